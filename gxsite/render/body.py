"""Markdown to safe HTML: converted, headings numbered, sanitised, links pointed where the view says."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

import markdown
import nh3
from markdown.treeprocessors import InlineProcessor
from markupsafe import Markup

from gxsite.site.views import BodyView

# Contents lists and heading ids are ours, so the dialect's toc extension has nothing left to do.
EXTENSIONS = ("tables", "footnotes", "def_list", "sane_lists", "attr_list")
_COMMON = {"id", "class", "title", "lang", "dir"}
_ATTRIBUTES = {
    "*": _COMMON,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "q": {"cite"},
    "blockquote": {"cite"},
}
_TAGS = (
    set(nh3.ALLOWED_TAGS)
    | {"section", "figure", "figcaption", "details", "summary", "caption", "colgroup", "col", "mark", "time"}
) - {"map", "area", "center", "article", "aside", "header", "footer", "nav", "main", "tt", "strike", "rp", "rt", "ruby"}
# Headings of the page have the first level; ids get a prefix so that a body cannot take the place of the page's own.
PREFIX = "s-"
_HEADING = re.compile(r"<h([1-6])( [^>]*)?>(.*?)</h\1>", re.S)
_ID = re.compile(r'\bid="([^"]*)"')
_ALIGN = re.compile(r'style="text-align: (left|center|right);"')
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
# A character that one of the inline patterns begins with, or the two spaces of a forced line break.
_REACTS = re.compile(r"[`\\\[<&*_]|  \n")
INLINE_PRIORITY = 20
_TAG = re.compile(r"<[^>]*>")


class _Inline(InlineProcessor):
    """The library's inline step, passed over for text that holds nothing it reacts to: most Chinese prose.

    The same HTML in seven tenths of the time (``bench/body.py``). The method is the library's own, under its
    mangled name; if a release renames it, everything is processed as before.
    """

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if patternIndex == 0 and not _REACTS.search(data):
            return data
        processed: str = InlineProcessor._InlineProcessor__handleInline(  # type: ignore[attr-defined]
            self, data, patternIndex
        )
        return processed


class Heading(NamedTuple):
    """An entry of the contents list."""

    level: int
    id: str
    text: str


class Html(NamedTuple):
    """A converted body: safe HTML, and its headings for a contents list."""

    html: Markup
    contents: tuple[Heading, ...]


class BodyEngine:
    """A converter that is used again and again; one for each process."""

    def __init__(self) -> None:
        configs: dict[str, dict[str, object]] = {
            "footnotes": {"BACKLINK_TEXT": "↩", "BACKLINK_TITLE": "回到正文第 {} 处引用", "UNIQUE_IDS": False},
        }
        self.library = markdown.Markdown(
            extensions=list(EXTENSIONS), extension_configs=configs, output_format="html", tab_length=4
        )
        self.library.treeprocessors.register(_Inline(self.library), "inline", INLINE_PRIORITY)

    def convert(self, body: BodyView) -> Html:
        """The HTML of a body. A body too deeply nested to convert is shown as it was written."""
        try:
            raw = self.library.reset().convert(body.markdown)
        except RecursionError:
            raw = f"<pre>{html.escape(body.markdown)}</pre>"
        raw, contents = _number_headings(raw)
        raw = _ALIGN.sub(r'class="\1"', raw)
        links = dict(body.links)

        def rewrite(_tag: str, attribute: str, value: str) -> str | None:
            return _attribute(attribute, value, links)

        safe = nh3.clean(
            raw,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=rewrite,
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel"},
            strip_comments=True,
        )
        return Html(Markup(_scrolling(safe)), contents)


def _attribute(attribute: str, value: str, links: Mapping[str, str]) -> str | None:
    """An attribute as published: links pointed at their addresses, ids and anchors under our prefix."""
    if attribute in ("href", "src"):
        if value.startswith("#"):
            return "#" + _prefixed(value[1:])
        found = links.get(value) or links.get(html.unescape(value))
        if found is None:
            return value
        page, anchor, name = found.partition("#")
        return page + anchor + (_prefixed(name) if name else "") or None  # "" is a link that leads nowhere any more
    if attribute == "id":
        return _prefixed(value)
    if attribute == "headers":
        return " ".join(_prefixed(v) for v in value.split())
    return value


def _scrolling(safe: str) -> str:
    """Tables in regions that scroll, so that a wide one does not widen the page."""
    count = 0

    def wrapped(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<div class="scroll" role="region" aria-label="正文表格{count}" tabindex="0">{match[0]}</div>'

    return _TABLE.sub(wrapped, safe)


def _prefixed(name: str) -> str:
    return name if name.startswith(PREFIX) else PREFIX + name


def _number_headings(raw: str) -> tuple[str, tuple[Heading, ...]]:
    """Headings from the second level down, each with a stable id: its number in the outline (2-1-3)."""
    contents: list[Heading] = []
    counts = [0] * 7
    used: set[str] = set()

    def number(match: re.Match[str]) -> str:
        level = max(2, int(match[1]))
        counts[level] += 1
        counts[level + 1 :] = [0] * len(counts[level + 1 :])
        own = _ID.search(match[2] or "")
        name = own[1] if own and not re.fullmatch(r"h(_\d+)?", own[1]) else ""
        outline = "-".join(str(n) for n in counts[2 : level + 1])
        name = name if name and name not in used else outline
        used.add(name)
        rest = _ID.sub("", match[2] or "").rstrip()
        text = " ".join(html.unescape(_TAG.sub("", match[3])).split())
        contents.append(Heading(level, PREFIX + name, text))
        return f'<h{level} id="{name}"{rest}>{match[3]}</h{level}>'

    return _HEADING.sub(number, raw), tuple(contents)
