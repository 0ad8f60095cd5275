"""A report for its downloads: what its form says of every cell is prepared once, what it says itself each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Form, Row, cell_unit
from gxsite.model.report import Report
from gxsite.site.tables import OWN_TABLE, tables_of
from gxsite.site.views import (
    ExportCell,
    ExportLayout,
    ExportSlot,
    ExportView,
    RowView,
    SheetRow,
    SheetView,
    TableView,
)

# A form's layout is small, but a portal may hold any number of reports with rows or units of their own.
MAX_LAYOUTS = 64
_REPORTED = str(Status.REPORTED)
_BY_SECTION = str(Status.NONE_BY_SECTION)
_NONE = frozenset({str(Status.NONE), _BY_SECTION})
_STATUS = attrgetter("status")

_Key = tuple[str, tuple[Row, ...], tuple[tuple[str, str], ...]]


class _Prepared(NamedTuple):
    """A layout, and for each section and group of the form the positions of the cells under it."""

    layout: ExportLayout
    headings: tuple[tuple[str, tuple[int, ...]], ...]


class Exports:
    """The reports on some forms as their downloads give them; keeps the layouts that it has made."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._prepared: dict[_Key, _Prepared] = {}

    def view(self, report: Report, agency_name: str) -> ExportView:
        """A report for its downloads; the names of a sign-off are left out."""
        layout, headings = self._prepare(report)
        plain = report.cells.all_plain
        cells = () if plain else tuple([_cell(cell) for cell in report.cells])
        return ExportView(
            agency=report.agency,
            agency_name=agency_name,
            year=report.year,
            scope=report.scope or "own",
            title=report.title,
            published=str(report.published.moment) if report.published else "",
            signed=str(report.signed.moment) if report.signed else "",
            card=(*report.card.fields, *((f"extra.{label}", value) for label, value in report.card.extra)),
            layout=layout,
            figures=report.cells.figures if plain else (),
            other_cells=cells,
            nothing=frozenset(_nothing(cells, headings)),
            waivers=tuple(
                (("check", w.check), ("cell", w.cell), ("expect", w.expect), ("reason", w.reason))
                for w in report.waivers
            ),
            corrections=tuple(
                (("date", c.date.date), ("cell", c.cell), ("from", c.old), ("to", c.new), ("reason", c.reason))
                for c in report.corrections
            ),
        )

    def _prepare(self, report: Report) -> _Prepared:
        key = report.form, report.rows, report.units
        known = self._prepared.get(key)
        if known is None:
            if len(self._prepared) >= MAX_LAYOUTS:
                self._prepared.clear()
            known = self._prepared[key] = _prepared(report, self._forms[report.form])
        return known


def _cell(cell: Cell) -> ExportCell:
    """What a cell says; nearly all are exact figures, which are printed as they are."""
    _, status, digits, raw, approximate, _, _ = cell
    if status is Status.REPORTED and not approximate:
        return ExportCell(digits, digits, _REPORTED, False, raw)
    return ExportCell(cell.shown, digits, str(status), approximate, raw)


def _nothing(cells: tuple[ExportCell, ...], headings: tuple[tuple[str, tuple[int, ...]], ...]) -> Iterator[str]:
    """The headings under which nothing happened, as the report says."""
    if _BY_SECTION in map(_STATUS, cells):
        for heading, slots in headings:
            statuses = {cells[slot].status for slot in slots}
            if _BY_SECTION in statuses <= _NONE:
                yield heading


def _prepared(report: Report, form: Form) -> _Prepared:
    """What a report has in common with all that are on the same form and have the same rows and units of their own."""
    slots = tuple(_slots(report, form))
    position = {(slot.indicator, slot.column): number for number, slot in enumerate(slots)}
    sheets = tuple(_sheet(table, position) for table in tables_of(report, form))
    headings = tuple(
        (
            heading.id,
            tuple(position[row.id, c.id] for row in table.indicators if heading.id in row.under for c in table.columns),
        )
        for table in form.tables
        for heading in table.rows
        if heading.kind != "indicator"
    )
    return _Prepared(ExportLayout(form.id, form.title, slots, sheets), headings)


def _slots(report: Report, form: Form) -> Iterator[ExportSlot]:
    places = [(ref, *place) for ref, place in form.cells.items()]
    places += [(CellRef(row.id), OWN_TABLE, row, OWN_TABLE.columns[0]) for row in report.rows]
    for ref, table, row, column in places:
        yield ExportSlot(
            table=table.id,
            indicator=ref.indicator,
            column=ref.column,
            number=row.number,
            label=row.label,
            column_label=" / ".join((*column.heads, column.label)),
            unit=cell_unit(row, column) or report.unit.get(str(ref), ""),
            form_row=row.form_row,
        )


def _sheet(table: TableView, position: Mapping[tuple[str, str], int]) -> SheetView:
    """A table without its figures, its header levels joined, so that no cell is merged: 法人或其他组织 / 商业企业."""
    first = next((row.cells for row in table.rows if row.cells), ())
    labels = (cell.column_label or "数量" for cell in first)
    return SheetView(
        title=table.title,
        heads=(table.stub, *(("单位",) if table.units else ()), *labels),
        columns=table.columns,
        units=table.units,
        rows=tuple(_row(row, position) for row in table.rows),
    )


def _row(row: RowView, position: Mapping[tuple[str, str], int]) -> SheetRow:
    slots = tuple(position[cell.indicator, cell.column] for cell in row.cells)
    return SheetRow(row.kind, row.id, row.depth, f"{row.number}{row.label}{row.note}", row.unit, slots)
