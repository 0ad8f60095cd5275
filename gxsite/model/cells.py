"""The cells of a report: what was written in each, kept in columns because nearly all are plain figures."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, overload

from gxsite.base.diagnostic import Span
from gxsite.base.numerals import Interval
from gxsite.model.form import CellRef, Grid


class Status(StrEnum):
    """What a cell says. ``0`` is reported."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NONE = "none"
    NONE_BY_SECTION = "none_by_section"


class Cell(NamedTuple):
    """A filled or empty cell.

    ``raw`` is what was written; ``digits`` the value with the printed digits ("" without a value); ``interval`` the
    values it may stand for; ``span`` the value's place, None if the cell is not in the file.
    """

    ref: CellRef
    status: Status
    digits: str
    raw: str
    approximate: bool
    interval: Interval
    span: Span | None

    @property
    def shown(self) -> str:
        """The cell as the table prints it: figures in their words, signs for not applicable and none."""
        if self.status is Status.REPORTED:
            return self.raw if self.approximate else self.digits
        return {Status.NOT_APPLICABLE: "/", Status.NONE: "无"}.get(self.status, "")


_new = tuple.__new__  # makes a named tuple in half the time
_REPORTED = Status.REPORTED


class Cells(Sequence[Cell]):
    """The cells of a report in form order.

    A plain figure is an exact one that stands in the file in the very digits of its value. Of such only the word and
    its place are kept, in ``figures``, ``lines`` and ``columns`` (1-based); all else follows from them. The other cells
    are ``odd``, by position, and have "" and 0 there. What works on columns is several times as fast as on cells.
    """

    __slots__ = ("_made", "columns", "figures", "grid", "lines", "odd")

    def __init__(
        self,
        grid: Grid,
        figures: Sequence[str],
        lines: Sequence[int],
        columns: Sequence[int],
        odd: Mapping[int, Cell],
    ) -> None:
        self.grid = grid
        self.figures = tuple(figures)
        self.lines = tuple(lines)
        self.columns = tuple(columns)
        self.odd = MappingProxyType(dict(odd))
        self._made: tuple[Cell, ...] | None = None

    @classmethod
    def of(cls, cells: Iterable[Cell], grid: Grid | None = None) -> Cells:
        """Cells in columns; ``grid`` is that of their references, if there is one."""
        cells = tuple(cells)
        figures, lines, columns = [""] * len(cells), [0] * len(cells), [0] * len(cells)
        odd: dict[int, Cell] = {}
        for at, cell in enumerate(cells):
            if is_plain(cell) and cell.span:
                figures[at], lines[at], columns[at] = cell.raw, cell.span.line, cell.span.column
            else:
                odd[at] = cell
        return cls(grid or Grid(cell.ref for cell in cells), figures, lines, columns, odd)

    @property
    def all_plain(self) -> bool:
        """Whether every cell is a plain figure."""
        return not self.odd

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, at: int | slice) -> Cell | tuple[Cell, ...]:
        return self.made[at]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.figures)

    def __eq__(self, other: object) -> bool:
        return self.made == other.made if isinstance(other, Cells) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.made)

    def __repr__(self) -> str:
        return f"Cells.of({self.made!r})"

    @property
    def made(self) -> tuple[Cell, ...]:
        """All cells, made when they are first asked for."""
        if self._made is None:
            self._made = tuple(map(self.one, range(len(self))))
        return self._made

    def picked(self, grid: Grid) -> Cells:
        """Those of the cells that another grid names; it names no others."""
        chosen = [self.grid.at[ref] for ref in grid.refs]
        return Cells(
            grid,
            [self.figures[old] for old in chosen],
            [self.lines[old] for old in chosen],
            [self.columns[old] for old in chosen],
            {new: self.odd[old] for new, old in enumerate(chosen) if old in self.odd} if self.odd else {},
        )

    def one(self, at: int) -> Cell:
        """The cell at a position from 0, without making the others."""
        if at in self.odd:
            return self.odd[at]
        word, line, column = self.figures[at], self.lines[at], self.columns[at]
        span = _new(Span, (line, column, line, column + len(word)))
        return _new(Cell, (self.grid.refs[at], _REPORTED, word, word, False, _between(word, word), span))

    def __getstate__(self) -> tuple[object, ...]:
        """What is pickled, in a fraction of the time and room that cells would take."""
        known: dict[tuple[object, ...], tuple[object, ...]] = {}  # equal tuples are pickled once
        rows = ((at, _packed(cell)) for at, cell in self.odd.items())
        odd = tuple((at, known.setdefault(row, row)) for at, row in rows)
        return _packed_names(self.grid.names), "\t".join(self.figures), self.lines, self.columns, odd

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        names, figures, lines, columns, rows = state
        grid = _grid(names)
        odd = {at: _unpacked(grid.refs[at], row) for at, row in rows}
        self.__init__(grid, figures.split("\t") if columns else (), lines, columns, odd)  # type: ignore[misc]


class ByRef(Mapping[CellRef, Cell]):
    """Cells by reference, of which hardly any are asked for."""

    __slots__ = ("_cells", "_known")

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._known: dict[CellRef, Cell] = {}

    def __getitem__(self, ref: CellRef) -> Cell:
        known = self._known
        if ref not in known:
            known[ref] = self._cells.one(self._cells.grid.at[ref])
        return known[ref]

    def __iter__(self) -> Iterator[CellRef]:
        return iter(self._cells.grid.refs)

    def __len__(self) -> int:
        return len(self._cells)


def is_plain(cell: Cell) -> bool:
    """Whether a cell holds a plain figure: all of it follows from its word and where that begins."""
    _, status, digits, raw, approximate, (low, high), span = cell
    return (
        status is Status.REPORTED
        and not approximate
        and low is high
        and raw == digits == str(low)
        and span is not None
        and span == (span.line, span.column, span.line, span.column + len(raw))
    )


def _packed(cell: Cell) -> tuple[object, ...]:
    _, status, digits, raw, approximate, (low, high), span = cell
    bounds = (None if low is None else str(low), None if high is None else str(high))
    return status.value, digits, raw, approximate, bounds, span and tuple(span)


def _unpacked(ref: CellRef, row: tuple[Any, ...]) -> Cell:
    status, digits, raw, approximate, bounds, place = row
    return Cell(ref, Status(status), digits, raw, approximate, _between(*bounds), place and Span(*place))


@lru_cache(4096)
def _between(low: str | None, high: str | None) -> Interval:
    """The values between two of them as text; equal ends are one object, as they are in what was read."""
    first = None if low is None else Decimal(low)
    return Interval(first, first if low == high else None if high is None else Decimal(high))


@lru_cache(64)
def _packed_names(names: str) -> bytes:
    return zlib.compress(names.encode())


@lru_cache(64)
def _grid(names: bytes) -> Grid:
    """The references of all cells, the same value for all reports on a form."""
    text = zlib.decompress(names).decode()
    return Grid(CellRef(*name.split("\t")) for name in text.split("\n")) if text else Grid(())
