"""The name somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two names, or ``limit + 1`` if more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name nearest to ``name``, or None if nothing is near enough to offer.

    Near is: a third of the letters wrong at most; or the same last part of a dotted name, if only one has it.
    """
    known = sorted(set(names))
    folded = name.casefold().replace("-", "_")
    limit = max(1, min(4, len(name) // 3))
    ranked = sorted((distance(folded, k.casefold().replace("-", "_"), limit), k) for k in known)
    if ranked and ranked[0][0] <= limit:
        return ranked[0][1]
    tail = name.rsplit(".", 1)[-1]
    same_tail = [k for k in known if k.rsplit(".", 1)[-1] == tail]
    return same_tail[0] if len(same_tail) == 1 and "." in same_tail[0] else None
