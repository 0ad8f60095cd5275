"""Where the templates of a theme write links and ids, so that a fault of a page is told where it is mended.

What a template has in full (``href="fig1.png"``, ``{{ page.root }}help/index.html``) is known by its words, what it
makes of data by the words around them (``{{ report.href }}.ods``). A link that is all data (``{{ link.href }}``) could
stand anywhere, so nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from gxsite.base.diagnostic import Place, Span
from gxsite.render.pagelinks import OF_LINKS
from gxsite.render.themefiles import BENEATH, ThemeFiles, template_place

_CODE = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(id|name|href|src|srcset|poster|data|action|formaction|ping|background|longdesc|usemap|content)\s*=\s*"
    rf"""(?:"((?:{_CODE}|[^"])*)"|'((?:{_CODE}|[^'])*)')""",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(rf"({_CODE})", re.DOTALL)
_REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
# A text in a template's code that may be a link, or the end of one.
_WORDS = re.compile(r"""(["'])([^"'\n]*[./#:][^"'\n]*)\1""")
_ROOT = re.compile(r"\{\{-?\s*page\.root\s*-?\}\}")
_UPWARDS = re.compile(r"(?:\.\.?/)*")
_NAMES = frozenset({"id", "name"})


class _Link(NamedTuple):
    """A link as a template writes it: its literal parts, between which there is data; the way ``home`` before them."""

    parts: tuple[str, ...]
    home: bool
    is_name: bool
    place: Place

    @property
    def words(self) -> int:
        """How much of it is written, and not data."""
        return sum(map(len, self.parts))

    def leads(self, page: str, target: str, anchor: str) -> bool:
        """Whether it may lead from a page to a file of the output, and in that to an id."""
        paths, ids = _at_anchor(self.parts)
        if anchor and (ids is None or not _fits(ids, anchor)):
            return False
        if paths == ("",):
            return target == page and not self.home
        paths = tuple(map(unquote, paths))
        if self.home or not paths[0]:
            return _reaches(paths, target)
        ups, folder = _UPWARDS.match(paths[0]), page
        above = ups[0].count("../") if ups else 0
        for _ in range(above + 1):
            folder = dirname(folder)
        first = join(folder, paths[0][ups.end() if ups else 0 :])
        return _reaches((first if len(paths) > 1 else normpath(first) + "/" * first.endswith("/"), *paths[1:]), target)

    def says(self, text: str) -> bool:
        """Whether it may be written so in a page."""
        return _fits(self.parts, text)


class LinkPlaces:
    """The links and ids that the templates of a theme write."""

    def __init__(self, theme: ThemeFiles) -> None:
        names = sorted(theme.templates, key=lambda name: (name.count(BENEATH), name))
        self._links = tuple(link for name in names for link in _links_in(theme, name))

    def of(self, kind: str, target: str, anchor: str, page: str) -> tuple[Place, ...]:
        """The places that agree best with a fault of a page, as :class:`gxsite.render.pagelinks.Holds` names it."""
        found = [link for link in self._links if _agrees(link, kind, target, anchor, page)]
        whole = [link for link in found if len(link.parts) == 1]
        most = max((link.words for link in found), default=0)
        best = whole or [link for link in found if link.words == most > 0]
        return tuple(dict.fromkeys(link.place for link in best))


def _agrees(link: _Link, kind: str, target: str, anchor: str, page: str) -> bool:
    if link.is_name or kind == "twice":
        return link.is_name and kind == "twice" and link.says(target)
    return link.leads(page, target, anchor) if kind in OF_LINKS else link.says(target)


def _reaches(parts: tuple[str, ...], path: str) -> bool:
    """Whether a path is made of these parts; a full address of a folder leads to the page in it."""
    return _fits(parts, path) or (parts[-1].endswith("/") and _fits((*parts[:-1], f"{parts[-1]}index.html"), path))


def _fits(parts: tuple[str, ...], text: str) -> bool:
    """Whether a text is made of these parts with anything between them."""
    first, *middle = parts
    if not middle:
        return text == first
    last = middle.pop()
    if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _at_anchor(parts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """The parts of a path, and those of the id behind it; None if there is no id."""
    for number, part in enumerate(parts):
        path, sign, anchor = part.partition("#")
        if sign:
            return _without_query((*parts[:number], path)), (anchor, *parts[number + 1 :])
    return _without_query(parts), None


def _without_query(parts: tuple[str, ...]) -> tuple[str, ...]:
    for number, part in enumerate(parts):
        if "?" in part:
            return (*parts[:number], part.partition("?")[0])
    return parts


def _links_in(theme: ThemeFiles, name: str) -> Iterator[_Link]:
    """The links and ids of one template: attributes, and texts in its code that are handed on to some."""
    text = _REMARK.sub(lambda remark: re.sub(r"[^\n]", " ", remark[0]), theme.templates[name])
    for found in _ATTRIBUTE.finditer(text):
        value = found.start(2) if found[2] is not None else found.start(3)
        yield from _link(found[found.lastindex or 0], _place(theme, name, text, value, found.end() - 1), found[1])
    for code in _PARTS.finditer(text):
        for words in _WORDS.finditer(code[0]):
            start = code.start() + words.start(2)
            place = _place(theme, name, text, start, start + len(words[2]))
            yield _Link((words[2],), False, False, place)
            yield _Link((words[2],), True, False, place)


def _link(written: str, place: Place, attribute: str) -> Iterable[_Link]:
    """The link that an attribute holds; none if all of it is data."""
    pieces = _PARTS.split(written)
    home = len(pieces) > 1 and not pieces[0] and bool(_ROOT.fullmatch(pieces[1]))
    literal = [unescape(piece) for piece in pieces[2 if home else 0 :: 2]]
    if any(literal) or len(pieces) == 1:
        yield _Link(tuple(literal), home, attribute.lower() in _NAMES, place)


def _place(theme: ThemeFiles, name: str, text: str, start: int, end: int) -> Place:
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    width = len(text[start:end].partition("\n")[0])
    return Place(template_place(theme, name, line).path, Span(line, column, line, column + max(1, width)))
