"""Elements of sanitised HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator


def outermost(tags: re.Pattern[str], safe: str) -> Iterator[tuple[int, int]]:
    """Where elements begin and end that are in no other of their kind; ``tags`` finds both tags, (1) is the slash."""
    start = depth = 0
    for tag in tags.finditer(safe):
        if tag[1]:
            depth -= 1
            if depth == 0:
                yield start, tag.end()
        else:
            if depth == 0:
                start = tag.start()
            depth += 1
