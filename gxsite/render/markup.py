"""Finished HTML in pieces, so that its texts can be changed and its markup stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# Elements whose content is no prose; data for machines (JSON-LD) is read by people too, in search results.
_KEPT = "|".join(
    rf"<{name}\b.*?</{name}\s*>" for name in (r"script(?![^>]*ld\+json)", "style", "code", "pre", "kbd", "samp")
)
_PIECE = re.compile(rf"""(<!--.*?-->|{_KEPT}|<[a-zA-Z/!][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_LINK = re.compile(r'(\s(?:href|src)=")([^"]*)(?=")')
# In Unicode: ideographs with their extensions, and the numeral zero that is written as a circle.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")  # so wide a class takes milliseconds to compile, and most builds do without


def has_han(text: str) -> bool:
    """Whether a text holds an ideograph."""
    return _han().search(text) is not None


def pieces(html: str) -> list[str]:
    """Texts, at even places, with the tags between them; elements that hold no prose count as tags."""
    return _PIECE.split(html)


def name_of(tag: str) -> tuple[str, bool]:
    """The name of a tag and whether it closes an element; "" for a comment or an element as a whole."""
    found = _TAG.match(tag)
    if not found or (tag.count(">") > 1 and tag.endswith(f"</{found[2]}>")):
        return "", False
    return found[2].lower(), bool(found[1])


def redirected(html: str, links: Mapping[str, str]) -> str:
    """HTML with some of its links led elsewhere."""
    if not links:
        return html
    found = pieces(html)
    found[1::2] = [_LINK.sub(lambda at: at[1] + links.get(at[2], at[2]), tag) for tag in found[1::2]]
    return "".join(found)
