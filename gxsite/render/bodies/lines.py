"""Lines of a paragraph joined where Chinese goes on: a browser makes a space of every line break, and Chinese has none.

A break goes if Chinese stands on both sides of it, whatever marks of emphasis, links or footnotes there are in between.
Beside letters and digits of other scripts it stays, and so it does in code.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from typing import NamedTuple

from gxsite.render.bodies.elements import outermost
from gxsite.render.markup import HAN

# Besides ideographs the punctuation and the forms that are as wide as one; not the wide space, with which who writes
# it means one.
_CHINESE = f"{HAN}\u3001-\u303f\u3105-\u312f\u3200-\u33ff\uff01-\uff60\uffe0-\uffe6"
# In all scripts: dots, dashes, quotation marks, numbers in circles. What stands beyond them decides.
_NEUTRAL = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff"
_ATTRIBUTES = '(?: [a-z]+(?:="[^"]*")?)*'
_TAG = (
    "</?(?:abbr|a|bdi|bdo|b|cite|code|data|del|dfn|em|ins|i|kbd|mark|q|samp|small|span|strong|sub|sup|s|time|u|var)"
    f"{_ATTRIBUTES}>"
)
_NOTE = rf'<sup id="[^"]*"><a class="footnote-ref"{_ATTRIBUTES}>\d+</a></sup>'
# A break, and what does not count behind it up to the first character that does.
_BREAK = re.compile(rf"\n {{0,15}}(?=(?:{_NOTE}|{_TAG}|[{_NEUTRAL}])*+[{_CHINESE}])")
_VERBATIM = re.compile(r"<(/?)(?:pre|code|kbd|samp)\b[^>]*>")


class _Before(NamedTuple):
    """What may stand before a break."""

    tag: re.Pattern[str]
    note: re.Pattern[str]
    neutral: re.Pattern[str]
    chinese: re.Pattern[str]


@cache
def _before() -> _Before:
    """Compiled where a break is found: the last one takes milliseconds."""
    return _Before(re.compile(_TAG), re.compile(_NOTE), re.compile(f"[{_NEUTRAL}]"), re.compile(f"[{_CHINESE}]"))


def joined(safe: str) -> str:
    """Sanitised HTML without the line breaks inside Chinese."""
    if not _BREAK.search(safe):
        return safe
    kept = list(outermost(_VERBATIM, safe))
    parts, at = [], 0
    for found in _BREAK.finditer(safe):
        end = found.start()
        while safe.endswith(" ", at, end):
            end -= 1
        inside = bisect(kept, (end, len(safe))) - 1
        if _follows_chinese(safe, end) and not (inside >= 0 and end < kept[inside][1]):
            parts.append(safe[at:end])
            at = found.end()
    return "".join([*parts, safe[at:]])


def _follows_chinese(safe: str, at: int) -> bool:
    """Whether the last character that counts before a place is Chinese."""
    tag, is_note, neutral, chinese = _before()
    while at:
        if safe[at - 1] != ">":
            if not neutral.match(safe, at - 1):
                return bool(chinese.match(safe, at - 1))
            at -= 1
            continue
        note = safe.rfind("<sup", 0, at) if safe.endswith("</a></sup>", 0, at) else -1
        start = note if note >= 0 and is_note.fullmatch(safe, note, at) else safe.rfind("<", 0, at)
        if start != note and not tag.fullmatch(safe, start, at):
            return False
        at = start
    return False
