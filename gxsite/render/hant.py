"""A finished Chinese page in traditional characters: its texts, and what its attributes say to readers.

Addresses, ids, codes and the mandatory tags stay, names are written as they are given, and so is what a theme marks
with ``lang`` or ``translate="no"``. OpenCC is imported with the first page: who has no such copy needs none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from gxsite.render.markup import has_han, name_of, pieces

if TYPE_CHECKING:
    from gxsite.base.diagnostic import Diagnostic, Place

VARIANT = "zh-Hant"
PACKAGE = "gxsite[hant]"
# Labels, headings and the like recur from page to page; sentences do not.
_RECURS = 80
_REMEMBERED = 16384
_SAID = re.compile(
    r'(\s(?:alt|title|placeholder|label|abbr|summary|aria-(?:label|description|roledescription|valuetext)|data-[a-z-]+)=")'
    r'([^"]*)(?=")'
)
_CONTENT = re.compile(r'(\scontent=")([^"]*)(?=")')
_DATA = re.compile(r"<script\b[^>]*ld\+json", re.IGNORECASE)
_FOR_READERS = re.compile(
    r'\s(?:name="(?:description|twitter:[a-z:]+)"|property="og:(?:title|description|site_name|image:alt)")'
)


class _Code(NamedTuple):
    """How a language writes the signs that mean something in it: ``mark`` begins them, ``sign`` finds one."""

    mark: str
    sign: re.Pattern[str]
    said: Callable[[str], str]
    written: Callable[[str], str]

    def read(self, text: str) -> tuple[str, list[int]]:
        """What a text says, and where each character of that begins in it."""
        said: list[str] = []
        starts: list[int] = []
        at = 0
        for found in self.sign.finditer(text):
            character = self.said(found[0])
            said += (text[at : found.start()], character)
            starts += (*range(at, found.start()), *[found.start()] * len(character))
            at = found.end()
        return "".join((*said, text[at:])), [*starts, *range(at, len(text) + 1)]


def _in_json(text: str) -> str:
    """A text inside a JSON string, with no sign in it that could end a script element."""
    text = json.dumps(text, ensure_ascii=False)[1:-1]
    return re.sub("[<>&]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


_HTML = _Code("&", re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);"), unescape, escape)
_JSON = _Code("\\", re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)"), lambda sign: str(json.loads(f'"{sign}"')), _in_json)


class Traditional:
    """Converts pages by a standard of OpenCC; ``names`` are texts with what they are written as."""

    def __init__(self, standard: str, names: Mapping[str, str]) -> None:
        self._standard = standard
        self._names = {name: said for name, said in names.items() if has_han(name)}
        self._lengths: dict[str, list[int]] = {}
        for length, first in sorted({(len(name), name[0]) for name in self._names}, reverse=True):
            self._lengths.setdefault(first, []).append(length)
        self._short = lru_cache(_REMEMBERED)(self._write)

    @cached_property
    def _convert(self) -> Callable[[str], str]:
        import opencc

        convert: Callable[[str], str] = opencc.OpenCC(self._standard).convert
        return convert

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        """A character that a name may begin with; nothing if there are no names."""
        return re.compile("[" + "".join(map(re.escape, self._lengths)) + "]" if self._lengths else r"(?!)")

    def prepare(self) -> None:
        """Load what conversion needs; before a fork that is done once for all."""
        self._convert("")

    def page(self, html: str) -> str:
        """A page in traditional characters."""
        found = pieces(html)
        for at in range(0, len(found), 2):
            if found[at].isascii() or (at and _is_kept(found[at - 1])):
                continue
            is_data = at and _DATA.match(found[at - 1])
            found[at] = self._write(found[at], _JSON) if is_data else self.text(found[at])
        for at in range(1, len(found), 2):
            if not found[at].isascii():
                found[at] = self._tag(found[at])
        return "".join(found)

    def text(self, text: str) -> str:
        """A text of a page in traditional characters, but for the names in it."""
        return self._short(text) if len(text) < _RECURS else self._write(text)

    def _write(self, text: str, code: _Code = _HTML) -> str:
        """Names are looked for in what a text says, which the page may have to write otherwise: ``&amp;`` for ``&``."""
        said, starts = code.read(text) if code.mark in text else (text, None)
        written: list[str] = []
        at = 0
        for start, name in self._names_in(said):
            end = start + len(name)
            before = text[at : starts[start] if starts else start]
            written += (self._convert(before), code.written(self._names[name]))
            at = starts[end] if starts else end
        return "".join((*written, self._convert(text[at:])))

    def _names_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The names in a text from the left, the longest where several begin."""
        at = 0
        for found in self._begins.finditer(text):
            start = found.start()
            if start < at:
                continue
            for length in self._lengths[found[0]]:
                if (name := text[start : start + length]) in self._names:
                    yield start, name
                    at = start + length
                    break

    def _tag(self, tag: str) -> str:
        name, _ = name_of(tag)
        if not name:
            return tag
        said = _CONTENT if name == "meta" and _FOR_READERS.search(tag) else _SAID
        return said.sub(lambda at: at[1] + self.text(at[2]), tag)


def _is_kept(tag: str) -> bool:
    """Whether the text behind a tag has a language of its own, or is not to be translated."""
    return ' lang="' in tag or ' translate="no"' in tag


def missing(place: Place) -> tuple[Diagnostic, ...]:
    """The finding that OpenCC is not installed, at the place that asks for it."""
    try:
        import opencc  # noqa: F401
    except ImportError:
        from gxsite.base.catalogue import diagnose

        return (diagnose("GX912", place, variant=VARIANT, package=PACKAGE),)
    return ()
