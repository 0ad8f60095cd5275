"""The name somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two names, or ``limit + 1`` if more.

    Only a band of ``limit`` cells on each side of the diagonal is worked out, and only for what the two names do not
    begin with alike: a file may hold thousands of unknown names.
    """
    more = limit + 1
    if abs(len(a) - len(b)) > limit:
        return more
    alike = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[alike:], b[alike:]
    before: list[int] = []
    last = [j if j <= limit else more for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [more] * (len(b) + 1)
        row[0] = i
        for j in range(max(1, i - limit), min(len(b), i + limit) + 1):
            y = b[j - 1]
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y), more)
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > limit:
            return more
        before, last = last, row
    return min(last[-1], more)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name nearest to ``name``, or None if nothing is near enough to offer.

    Near is: a third of the letters wrong at most; or the same last part of a dotted name, if only one has it.
    """
    known = sorted(set(names))
    folded = name.casefold().replace("-", "_")
    limit = max(1, min(4, len(name) // 3))
    best = None
    for other in known:
        edits = distance(folded, other.casefold().replace("-", "_"), limit)
        if edits <= limit:
            best, limit = other, edits - 1
        if limit < 0:
            break
    if best is not None:
        return best
    tail = name.rsplit(".", 1)[-1]
    same_tail = [k for k in known if k.rsplit(".", 1)[-1] == tail]
    return same_tail[0] if len(same_tail) == 1 and "." in same_tail[0] else None
