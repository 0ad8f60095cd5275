"""The tags of a finished page that name something or lead somewhere, read as a browser reads them.

A page has hundreds of tags, and a build thousands of pages, so most is done by one expression and each tag is looked
into once. What that expression could mistake (a ``>`` inside quotes, markup inside a script) is noticed, and the page
then read tag by tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from itertools import chain
from typing import Literal, NamedTuple

from gxsite.render.stylesheet import references

# An id; another name for an anchor; a link that readers may follow; a file that the browser asks for by itself; the
# address that all others are relative to.
Kind = Literal["id", "name", "link", "load", "base"]


class Use(NamedTuple):
    """What a tag names or leads to."""

    kind: Kind
    value: str


class Tag(NamedTuple):
    """An opening tag as written, where it begins, and what it uses; a style sheet counts to its ``<style>``."""

    start: int
    text: bytes
    uses: tuple[Use, ...]


class _Puzzle(NamedTuple):
    """A tag behind which the page may not be what it seems; ``uses`` are right if it is."""

    tag: bytes
    uses: tuple[Use, ...]


_VALUE = rb"""(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)|(?=>))"""
_ATTRIBUTE = re.compile(rb"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+" + _VALUE + rb"|(?!\s*+=))")
_OPENING = rb"[a-zA-Z][^\s/>]*+(?:[\s/]*+" + re.sub(rb"\((?!\?)", rb"(?:", _ATTRIBUTE.pattern) + rb")*+[\s/]*+>"
_COMMENT = rb"!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+>"
_BEGIN = re.compile(rb"<(?=[a-zA-Z!?])")
_FAST = re.compile(rb"<(?:[a-zA-Z][^>]*+>|" + _COMMENT + rb")", re.DOTALL)
_EXACT = re.compile(rb"<(?:" + _OPENING + rb"|" + _COMMENT + rb")", re.DOTALL)
_NAME = re.compile(rb"<([a-zA-Z][^\s/>]*)")
# Most links; their other attributes lead nowhere.
_PLAIN_LINK = re.compile(
    rb"""<a(?: class="[^"]*")? href="([^"&]+)"(?: (?:class|rel|type|title|lang|download|aria-current)(?:="[^"]*")?)*>"""
)
# Other tags that most pages have for themselves alone, and that lead nowhere.
_IDLE = re.compile(
    rb"""<(?:meta (?:name="[^":]*"|property="og:[^":iu]*") content="[^"]*"|(?:td|th|time|span|p|li|dd|div)"""
    rb"""(?: (?:class|scope|headers|datetime|colspan|rowspan|lang|title|role|aria-label)="[^"]*")*)>"""
)
_TIDY = re.compile(rb"""<[a-zA-Z][a-zA-Z0-9]*(?: [a-zA-Z:-]+(?:="[^"]*")?)* ?/?>""")
_OF_INTEREST = re.compile(
    rb"[\s\"'/](?:id|name|href|xlink:href|src|srcset|imagesrcset|poster|data|action|formaction|ping|background|longdesc"
    rb"|usemap|style)(?=[\s=/>])",
    re.IGNORECASE,
)
_META = re.compile(rb"http-equiv|:image|:url", re.IGNORECASE)
# Elements whose content is text, or is part of no page.
_RAW = frozenset(
    {"script", "style", "title", "textarea", "template", "iframe", "noembed", "noframes", "xmp", "plaintext"}
)
_OFTEN_PLAIN = ("title", "script")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL)
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s[^,]*(?:,|\Z)|\s*\Z)")
_LOADED = {
    "src": {"img", "script", "iframe", "frame", "embed", "audio", "video", "source", "track", "input"},
    "srcset": {"img", "source"},
    "poster": {"video"},
    "data": {"object"},
    "background": {"body", "table", "tr", "td", "th"},
    "ping": {"a", "area"},
    "href": {"use", "image", "feimage", "script", "mpath"},
}
_FOLLOWED = {
    "href": {"a", "area"},
    "action": {"form"},
    "formaction": {"button", "input"},
    "longdesc": {"img"},
    "usemap": {"img", "object", "input"},
}
# What a browser asks for when it reads a <link> of one of these kinds.
_LOADING = frozenset({
    *("stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest", "preload"),
    *("modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch", "pingback", "import"),
})  # fmt: skip
_OF_THE_PAGE = (":image", ":url", ":image:url", ":image:secure_url")
_MAX_KNOWN = 16384


class Tags(dict[bytes, tuple["Use | _Puzzle", ...]]):
    """What tags use, each looked into once; what recurs from page to page is known already."""

    def __missing__(self, tag: bytes) -> tuple[Use | _Puzzle, ...]:
        if len(self) >= _MAX_KNOWN:
            self.clear()
        found = self[tag] = _read(tag)
        return found

    def of(self, page: bytes) -> list[Use]:
        """All uses of a page in their order."""
        puzzles: list[_Puzzle] = []
        uses: list[Use] = []
        for use in chain.from_iterable(filter(None, map(self.__getitem__, _FAST.findall(page)))):
            if isinstance(use, Use):
                uses.append(use)
            else:
                puzzles.append(use)
                uses += use.uses
        if puzzles and _is_confusing(page, puzzles):
            return [use for tag in tags_of(page) for use in tag.uses]
        return uses


def tags_of(page: bytes) -> Iterator[Tag]:
    """The tags of a page that use something, with their places, however they are written."""
    at = 0
    while begin := _BEGIN.search(page, at):
        found = _EXACT.match(page, begin.start())
        if not found:
            return  # a tag without an end takes the rest of the page with it
        at = found.end()
        if found[0].startswith((b"<!", b"<?")):
            continue
        name = _name(found[0])
        uses = _uses(name, found[0])
        if name in _RAW:
            end = _end_of(name).search(page, at)
            content = page[at : end.start() if end else len(page)]
            at += len(content)
            if name == "style":
                uses += tuple(_addresses(_text(content)))
        if uses:
            yield Tag(found.start(), found[0], uses)


def _read(tag: bytes) -> tuple[Use | _Puzzle, ...]:
    """What a tag uses, as far as the tag alone tells."""
    if link := _PLAIN_LINK.fullmatch(tag):
        return (Use("link", link[1].decode("utf-8", "replace")),)
    if tag.startswith((b"<!", b"<?")) or _IDLE.fullmatch(tag):
        return ()
    name = _name(tag)
    uses = _uses(name, tag)
    return uses if name not in _RAW and _is_whole(tag) else (_Puzzle(tag, uses),)


def _is_whole(tag: bytes) -> bool:
    """Whether a tag ends where it seems to end, and not with a ``>`` inside quotes."""
    return bool(_TIDY.fullmatch(tag) or _EXACT.fullmatch(tag))


def _is_confusing(page: bytes, puzzles: Sequence[_Puzzle]) -> bool:
    """Whether a page has to be read tag by tag: quotes hold a ``>``, or raw elements anything but plain text."""
    at = 0
    for tag, _ in puzzles:
        name = _name(tag)
        if name not in _OFTEN_PLAIN or not _is_whole(tag):
            return True
        start = page.index(tag, at)
        if page.find(b"<!--", at, start) >= 0:
            return True  # what was found may be part of a comment
        at = start + len(tag)
        if not _end_of(name).match(page, page.find(b"<", at)):
            return True
    return False


@cache
def _end_of(name: str) -> re.Pattern[bytes]:
    """The closing tag of an element."""
    return re.compile(rb"</" + name.encode() + rb"(?=[\s/>])", re.IGNORECASE)


def _name(tag: bytes) -> str:
    found = _NAME.match(tag)
    return found[1].decode("utf-8", "replace").lower() if found else ""


def _text(data: bytes) -> str:
    """A text of the page as it is meant."""
    text = data.decode("utf-8", "replace")
    return unescape(text) if "&" in text else text


def _uses(name: str, tag: bytes) -> tuple[Use, ...]:
    if not (_META if name == "meta" else _OF_INTEREST).search(tag):
        return ()
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(tag, 1 + len(name.encode())):
        attributes.setdefault(key.decode("utf-8", "replace").lower(), _text(b"".join(values)))
    return tuple(_of_meta(attributes) if name == "meta" else _of(name, attributes))


def _of(name: str, attributes: dict[str, str]) -> Iterator[Use]:
    for key, value in attributes.items():
        plain = key.removeprefix("xlink:")
        if key == "id" and value:
            yield Use("id", value)
        elif key == "name" and name in ("a", "map"):
            yield Use("name", value)
        elif key == "style":
            yield from _addresses(value)
        elif key == "href" and name == "base":
            yield Use("base", value)
        elif key in ("href", "imagesrcset") and name == "link":
            is_loaded = not _LOADING.isdisjoint(attributes.get("rel", "").lower().split())
            yield from _addressed("load" if is_loaded else "link", key, value)
        elif name in _LOADED.get(plain, ()):
            yield from _addressed("load", plain, value)
        elif name in _FOLLOWED.get(plain, ()) and (value or plain == "href"):
            yield Use("link", value)


def _of_meta(attributes: dict[str, str]) -> Iterator[Use]:
    """Where a page sends its readers on, and the addresses that it gives of itself."""
    content = attributes.get("content", "")
    about = attributes.get("property") or attributes.get("name") or ""
    if attributes.get("http-equiv", "").lower() == "refresh":
        found = _REFRESH.match(content)
        target = "".join(part for part in found.groups() if part) if found else ""
        if target:
            yield Use("load", target)
    elif about.lower().endswith(_OF_THE_PAGE):
        yield Use("link", content)


def _addressed(kind: Kind, key: str, value: str) -> Iterator[Use]:
    """One address, or several."""
    if key in ("srcset", "imagesrcset"):
        yield from (Use(kind, address) for address in _CANDIDATE.findall(value))
    elif key == "ping":
        yield from (Use(kind, address) for address in value.split())
    else:
        yield Use(kind, value)


def _addresses(sheet: str) -> Iterator[Use]:
    """The files that a style sheet asks for."""
    yield from (Use("load", found.address) for found in references(sheet) if not found.address.startswith("#"))
