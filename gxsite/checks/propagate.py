"""Bounds from all hard relations of a report together: relations that may each hold but not all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gxsite.base.numerals import Interval
from gxsite.checks.localise import Linear, bound, meet
from gxsite.model.form import CellRef

MAX_ROUNDS = 30


def conflict(hard: Sequence[Linear], interval: Callable[[CellRef], Interval]) -> list[Linear]:
    """A smallest set of relations that together leave some cell without a value; empty if there is none."""
    open_cells = {ref for item in hard for ref in item.weights if not interval(ref).exact}
    suspects = [item for item in hard if open_cells & item.weights.keys()]
    if len(suspects) < 2 or not _contradict(suspects, interval):
        return []
    for item in list(suspects):
        rest = [other for other in suspects if other is not item]
        if _contradict(rest, interval):
            suspects = rest
    return suspects


def _contradict(items: Sequence[Linear], interval: Callable[[CellRef], Interval]) -> bool:
    known: dict[CellRef, Interval] = {ref: interval(ref) for item in items for ref in item.weights}
    for _ in range(MAX_ROUNDS):
        moved = False
        for item in items:
            for ref in item.weights:
                narrowed = meet(known[ref], bound(item, ref, known.__getitem__))
                if narrowed.empty:
                    return True
                if narrowed != known[ref]:
                    known[ref] = narrowed
                    moved = True
        if not moved:
            return False
    return False
