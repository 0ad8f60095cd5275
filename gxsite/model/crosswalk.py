"""Crosswalks: which cells of different forms are the same, and which may be compared with what caveat.

Years and forms are joined only through this; equal ids in two forms mean nothing by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from gxsite.model.form import CellRef

Comparable = Literal["yes", "roughly", "no"]


class Concept(NamedTuple):
    """One thing counted on several forms: ``cells`` are (form, cells that are added)."""

    id: str
    label: str
    cells: tuple[tuple[str, tuple[CellRef, ...]], ...]
    comparable: Comparable
    caveat: str


@dataclass(frozen=True)
class Crosswalk:
    """``same`` are (older form, newer form, cell) that are one series; ``concepts`` what may be compared."""

    same: frozenset[tuple[str, str, CellRef]] = frozenset()
    concepts: tuple[Concept, ...] = ()

    def counterpart(self, ref: CellRef, newer: str, older: str) -> CellRef | None:
        """The cell of an older form that a cell of a newer form continues; None if there is none."""
        return ref if newer == older or (older, newer, ref) in self.same else None
