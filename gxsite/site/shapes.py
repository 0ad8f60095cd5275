"""The tables of a form as they are printed, all but the figures: prepared once, used for all reports on the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Column, Form, Row, Table, cell_type, cell_unit
from gxsite.site.headings import Head
from gxsite.site.views import CellShape, CellView, RowShape, RowView, TableShape

# Rows that a report declares itself.
OWN_NUMBER = 99
OWN_TABLE = Table("own", "自设指标", (), (Column("", "数量"),))
# A portal may hold any number of reports with rows or units of their own; the shapes of the latest are kept.
KEPT = 64

_REPORTED, _APPLIES_NOT, _NONE = Status.REPORTED, Status.NOT_APPLICABLE, Status.NONE
_new = tuple.__new__  # makes a named tuple in half the time
_SIGNS = {_APPLIES_NOT: "/", _NONE: "无"}


class Slot:
    """The place of a figure; the shapes that its cells may have are made when the first such cell is printed."""

    __slots__ = ("_measure", "_plain", "_shape", "_shapes", "_zero", "ref")

    def __init__(self, ref: CellRef, shape: CellShape, measure: str) -> None:
        self.ref = ref
        self._shape = shape
        self._shapes: dict[tuple[Status, bool, bool], CellShape] = {}
        self._measure = measure
        self._plain = self._shaped(_REPORTED, False, False)
        self._zero = CellView(self._shaped(_REPORTED, False, True), "0", "0", "0", measure)

    def view(self, cell: Cell) -> CellView:
        """A cell as printed; nearly all are exact figures, and most of those 0."""
        _, status, digits, raw, approximate, _, _ = cell
        if status is not _REPORTED or approximate:
            shape = self._shaped(status, approximate, False)
            return CellView(shape, cell.shown, digits, raw, self._measure if digits else "")
        return self.figure(raw) if raw == digits else self.figure(digits)._replace(raw=raw)

    def figure(self, word: str) -> CellView:
        """A plain figure as printed."""
        return self._zero if word == "0" else _new(CellView, (self._plain, word, word, word, self._measure))

    def _shaped(self, status: Status, approximate: bool, zero: bool) -> CellShape:
        key = status, approximate, zero
        if key not in self._shapes:
            self._shapes[key] = self._shape._replace(
                status=str(status), approximate=approximate, zero=zero, sign=_SIGNS.get(status, "")
            )
        return self._shapes[key]


class Line(NamedTuple):
    """A printed row: its shape and the places of its figures; for a heading its view, and the cells under it."""

    shape: RowShape
    slots: tuple[Slot, ...]
    heading: RowView
    under: tuple[CellRef, ...]


class Printed(NamedTuple):
    """A printed table without its figures."""

    shape: TableShape
    lines: tuple[Line, ...]


def printed_tables(form: Form, rows: tuple[Row, ...], units: tuple[tuple[str, str], ...]) -> tuple[Printed, ...]:
    """The tables of a form with the rows and units that a report adds: the same objects each time they are asked for.

    Rows of a report's own stand below those of the last table; in a table of their own where that has several columns.
    """
    return _printed(_Same(form), rows, units)


class _Same:
    """A form as a key: equal to itself only, because its hash over hundreds of rows would cost more than is saved."""

    __slots__ = ("form",)

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.form is other.form


@lru_cache(KEPT)
def _printed(same: _Same, rows: tuple[Row, ...], units: tuple[tuple[str, str], ...]) -> tuple[Printed, ...]:
    tables, found = same.form.tables, list[Printed]()
    for number, table in enumerate(tables):
        cells = {str(CellRef(row.id, column.id)) for row in table.indicators for column in table.columns}
        given = {cell: unit for cell, unit in units if cell in cells}
        below = rows if table is tables[-1] and len(_paths(table)) == 1 else ()
        if (rows or units) and not given and not below:
            found.append(_printed(same, (), ())[number])
        else:
            found.append(_Draft(table, number, given, below).printed())
    if rows and len(_paths(tables[-1])) > 1:
        found.append(_Draft(OWN_TABLE._replace(rows=rows), OWN_NUMBER, {}, ()).printed())
    return tuple(found)


class _Place(NamedTuple):
    """A cell before the headings of its row are known; ``position`` is its column as printed."""

    row: Row
    column: Column
    position: int


class _Draft:
    """A table on its way to its printed form: with the units and, below its rows, the rows of a report's own."""

    def __init__(self, table: Table, number: int, units: Mapping[str, str], own: tuple[Row, ...]) -> None:
        self.table = table
        self.units = units
        self.across = table.layout == "across"
        self.id = table.id or f"t{number + 1}"
        self.head = Head(_paths(table), f"t{number + 1}")
        below = OWN_TABLE._replace(rows=own)
        self.rows = (*(_one_row(table) if self.across else _rows(table)), *_rows(below))
        self.stated = ""
        self.has_units = (not self.across and _units_by_row(table)) or _units_by_row(below)

    def unit_of(self, place: _Place) -> str:
        """The unit of a cell: the form's, else the one that the report gives."""
        ref = CellRef(place.row.id, place.column.id)
        return cell_unit(place.row, place.column) or self.units.get(str(ref), "")

    def printed(self) -> Printed:
        """The table but for its figures."""
        measures = {self.unit_of(place) for _, places in self.rows for place in places}
        unit = measures.pop() if len(measures) == 1 else ""
        # What a heading of the form says in words, 本年收费金额（单位：万元）, is not said again.
        self.stated = unit if any(f"单位：{unit}" in word for path in self.head.paths for word in path) else ""
        shape = TableShape(
            id=self.id,
            number=self.table.number,
            title=self.table.title,
            stub=self.table.stub or "指标",
            unit="" if self.stated else unit,
            units=self.has_units and not self.stated,
            columns=len(self.head.paths),
            parted=len({row.kind for row, _ in self.rows}) > 1,
            head=self.head.rows,
        )
        return Printed(shape, tuple(self._lines(shape)))

    def _lines(self, table: TableShape) -> Iterator[Line]:
        above: list[str] = []
        own: tuple[str, ...] = ()
        for number, (row, places) in enumerate(self.rows):
            opens = "" if number else "table"
            if not row.form_row and not own and self.rows[0][0].form_row:
                own, opens = (f"{self.id}-own",), "own"
            elif row.kind == "section" and number:
                opens = "part"
            anchor = f"{self.id}-{row.id}"
            above[row.depth :] = [anchor]
            unit = row.unit or (self.unit_of(places[0]) if places else "")
            shape = RowShape(
                row.kind, row.id, row.number, row.label, row.note, unit, row.depth, row.form_row, anchor,
                " ".join((*own, *above)), opens,
            )  # fmt: skip
            yield Line(shape, tuple(self._slots(table, shape, places)), RowView(shape, ()), _under(self.table, row))

    def _slots(self, table: TableShape, row: RowShape, places: Iterable[_Place]) -> Iterator[Slot]:
        said = {"", self.stated, table.unit, row.unit if table.units and not table.unit else ""}
        before = ""
        for place in places:
            *group, label = self.head.words(place.position)
            unit, over = self.unit_of(place), " / ".join(group)
            shape = CellShape(
                indicator=place.row.id,
                column=place.column.id,
                column_label=" / ".join((*group, label)),
                label=label,
                group=over,
                starts=over != before,
                headers=f"{row.headers} {self.head.ids(place.position)}",
                unit=unit,
                decimal=cell_type(place.row, place.column).places > 0,
                status="",
                approximate=False,
                zero=False,
                sign="",
            )
            before = over
            yield Slot(CellRef(place.row.id, place.column.id), shape, "" if unit in said else unit)


def _paths(table: Table) -> list[tuple[str, ...]]:
    """The headings above each printed column, outermost first."""
    paths = _across(table) if table.layout == "across" else [(*c.heads, c.label) for c in table.columns]
    return [(table.spanner, *path) for path in paths] if table.spanner else paths


def _across(table: Table) -> list[tuple[str, ...]]:
    """The headings above each value where the rows stand side by side: 行政诉讼, 未经复议直接起诉, 结果维持."""
    paths: list[tuple[str, ...]] = []
    trail: list[str] = []
    for row in table.rows:
        del trail[row.depth :]
        trail.append(row.label)
        if row.kind == "indicator":
            paths += [(*trail, *column.heads, column.label) for column in table.columns]
    return paths


def _units_by_row(table: Table) -> bool:
    return any(row.unit for row in table.indicators) and not any(column.unit for column in table.columns)


def _rows(table: Table) -> Iterator[tuple[Row, tuple[_Place, ...]]]:
    for row in table.rows:
        columns = table.columns if row.kind == "indicator" else ()
        yield row, tuple(_Place(row, column, i) for i, column in enumerate(columns))


def _one_row(table: Table) -> Iterator[tuple[Row, tuple[_Place, ...]]]:
    """All cells of a table in one printed row."""
    places = [(row, column) for row in table.indicators for column in table.columns]
    unit = next((row.unit for row in table.indicators if row.unit), "")
    label = "件数" if unit == "件" else "数量"
    line = table.indicators[0]._replace(id=table.id, number="", label=label, note="", unit=unit, depth=0)
    yield line, tuple(_Place(row, column, i) for i, (row, column) in enumerate(places))


def _under(table: Table, heading: Row) -> tuple[CellRef, ...]:
    """The cells that stand under a section or group."""
    rows = (row for row in table.indicators if heading.kind != "indicator" and heading.id in row.under)
    return tuple(CellRef(row.id, column.id) for row in rows for column in table.columns)
