"""The closing line. Most runs find nothing: they print it, and need none of what prints findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxsite.base.printing import Counts

if TYPE_CHECKING:
    from gxsite.base.catalogue import Language


def summary(counts: Counts, lang: Language) -> str:
    """One closing line: how many errors and warnings there are, and how many notes besides."""
    error, warning, note = counts
    if lang == "zh":
        parts = [f"{n} 个{word}" for n, word in ((error, "错误"), (warning, "警告")) if n]
        head = "共 " + "、".join(parts) if parts else "没有错误，也没有警告" if note else "没有发现问题"
        return head + (f"（另有 {note} 条提示）" if note else "") + "\n"
    parts = [_plural(n, word) for n, word in ((error, "error"), (warning, "warning")) if n]
    head = ", ".join(parts) if parts else "no errors, no warnings" if note else "no problems found"
    return head + (f" (and {_plural(note, 'note')})" if note else "") + "\n"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
