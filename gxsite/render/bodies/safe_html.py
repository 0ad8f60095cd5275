"""HTML of a body made fit for publication: sanitised, links addressed, lines joined, headings numbered.

Sanitising comes first. What follows changes only what the sanitiser printed, so it meets nothing but well-formed tags
with quoted values, and brings in no tag or address that an author wrote. Most bodies hold none of the signs by which an
author could bring in a tag or an attribute: then all there are come from the converter, the sanitiser would change
nothing but addresses, and only these are looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gxsite.render.bodies.elements import outermost
from gxsite.render.bodies.heading import Heading
from gxsite.render.bodies.leaving import announced
from gxsite.render.bodies.lines import joined

if TYPE_CHECKING:
    import nh3

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
_MORE_TAGS = {
    *("section", "figure", "figcaption", "details", "summary", "caption", "colgroup", "col", "mark", "time"),
}
_FEWER_TAGS = {
    *("map", "area", "center", "article", "aside", "header", "footer", "nav", "main", "tt", "strike"),
    *("rp", "rt", "ruby"),
}
# Headings of the page have the first level; ids get a prefix so that a body cannot take the place of the page's own.
PREFIX = "s-"
# HTML, entities, quoted values, attribute lists, notes and pictures begin with these, or cannot do without.
_SIGNS = ("<", "&", '"', "{", "[^", "![", "\0", "\r", "\xa0")
_WRITTEN_OTHERWISE = (" />", "&", "<dt>")  # by the sanitiser, which also closes what two terms hold open
# Where a link may lead without being looked at by the sanitiser: no colon but that of a scheme, no space.
_HARMLESS = re.compile(r"(?:https?:|mailto:|tel:)?[^\s:\x00-\x20\x7f-\x9f]*")
_START = ("#", "#top")  # of the page, whatever it is made of
_ALIGN = re.compile(r'style="text-align: (left|center|right);"')
_CLASS_AND_ALIGN = re.compile(r'class="([^"<>]*)"((?: [a-z]+="[^"<>]*")*) style="text-align: (left|center|right);"')
_ATTRIBUTE = ' [a-z]+="[^"]*"'
_ADDRESSED = re.compile(rf'<[a-z][a-z0-9]*(?:{_ATTRIBUTE})*? (?:href|id|src|headers)="[^"]*"(?:{_ATTRIBUTE})*>')
_ADDRESS = re.compile(r' (href|id|src|headers)="([^"]*)"')
_HEADING = re.compile(rf"<h([1-6])((?:{_ATTRIBUTE})*)>(.*?)</h\1>", re.S)
_ID = re.compile(r' id="([^"]*)"')
_TAG = re.compile(r'<[^">]*(?:"[^"]*"[^">]*)*>')
_TABLE = re.compile(r"<(/?)table\b[^>]*>")


def is_plain(text: str) -> bool:
    """Whether a Markdown text brings in no HTML and no attributes, so that all tags are the converter's own."""
    return not any(sign in text for sign in _SIGNS)


def published(
    raw: str, links: Mapping[str, str], domain: str = "", *, plain: bool = False
) -> tuple[str, tuple[Heading, ...]]:
    """Safe HTML of any HTML, and its headings; ``links`` are addresses by what authors wrote, ``domain`` the site's.

    ``plain`` says that it was made from a text that :func:`is_plain`.
    """
    aligned = _aligned(raw)
    safe = aligned.strip() if plain and _is_harmless(aligned) else _cleaner().clean(aligned)

    def addressed(tag: re.Match[str]) -> str:
        return _ADDRESS.sub(lambda match: _address(match[1], match[2], links), tag[0])

    safe, contents = _numbered(joined(_ADDRESSED.sub(addressed, safe)))
    return announced(_scrolling(safe), domain), contents


def _is_harmless(raw: str) -> bool:
    """Whether the HTML of a plain text is what the sanitiser would make of it."""
    end = 0
    for link in _ADDRESSED.finditer(raw):
        if link.start() < end:  # inside another one
            return False
        end = raw.find("</a>", link.end())
        if not all(_HARMLESS.fullmatch(address[2]) for address in _ADDRESS.finditer(link[0])):
            return False
    return not any(sign in raw for sign in _WRITTEN_OTHERWISE)


def _aligned(raw: str) -> str:
    """Alignment as a class: the pages' own policy forbids styles in attributes."""
    if '" style="text-align' in raw:
        raw = _CLASS_AND_ALIGN.sub(r'class="\1 \3"\2', raw)
    return _ALIGN.sub(r'class="\1"', raw)


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=(set(nh3.ALLOWED_TAGS) | _MORE_TAGS) - _FEWER_TAGS,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        strip_comments=True,
    )


def _address(name: str, value: str, links: Mapping[str, str]) -> str:
    """An attribute as published: links pointed at their addresses, ids and anchors under our prefix."""
    if name == "id":
        return f' id="{_prefixed(value)}"'
    if name == "headers":
        return f' headers="{" ".join(map(_prefixed, value.split()))}"'
    if value.startswith("#") and value.lower() not in _START:
        return f' {name}="#{_prefixed(_unquoted(value[1:]))}"'
    found = _looked_up(html.unescape(value), links)
    if found is None:
        return f' {name}="{value}"'
    page, anchor, fragment = found.partition("#")
    address = page + anchor + (_prefixed(fragment) if fragment else "")
    return f' {name}="{html.escape(address)}"' if address else ""  # "" is a link that leads nowhere any more


def _looked_up(value: str, links: Mapping[str, str]) -> str | None:
    """The address of what an author wrote, whether it stands here as written or percent-encoded."""
    found = links.get(value)
    return links.get(unquote(value)) if found is None and "%" in value else found


def _prefixed(name: str) -> str:
    return name if name.startswith(PREFIX) else PREFIX + name


def _unquoted(fragment: str) -> str:
    """A fragment as ids are written; what is encoded may be a quotation mark."""
    return html.escape(unquote(html.unescape(fragment))) if "%" in fragment else fragment


def _numbered(safe: str) -> tuple[str, tuple[Heading, ...]]:
    """Headings from the second level down, each with a stable id: its number in the outline (2-1-3)."""
    contents: list[Heading] = []
    counts = [0] * 7
    used: set[str] = set()

    def number(match: re.Match[str]) -> str:
        level = max(2, int(match[1]))
        counts[level] += 1
        counts[level + 1 :] = [0] * len(counts[level + 1 :])
        own = _ID.search(match[2]) if match[2] else None
        name = own[1] if own else ""
        if not name or name in used:
            name = PREFIX + "-".join(str(n) for n in counts[2 : level + 1])
            while name in used:
                name += "-"
        used.add(name)
        rest = _ID.sub("", match[2]) if match[2] else ""
        contents.append(Heading(level, _text(name), " ".join(_text(match[3]).split())))
        return f'<h{level} id="{name}"{rest}>{match[3]}</h{level}>'

    return _HEADING.sub(number, safe), tuple(contents)


def _text(safe: str) -> str:
    """What is read of a piece of HTML."""
    if "<" in safe:
        safe = _TAG.sub("", safe)
    return html.unescape(safe) if "&" in safe else safe


def _scrolling(safe: str) -> str:
    """Tables in regions that scroll, so that a wide one does not widen the page; a table inside one scrolls with it."""
    if "<table" not in safe:
        return safe
    parts, at = [], 0
    for count, (start, end) in enumerate(outermost(_TABLE, safe), 1):
        region = f'<div class="scroll" role="region" aria-label="正文表格{count}" tabindex="0">'
        parts += [safe[at:start], region, safe[start:end], "</div>"]
        at = end
    return "".join([*parts, safe[at:]])
