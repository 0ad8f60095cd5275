"""The statistical tables of a report as they are printed: the shapes of its form, filled with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Form
from gxsite.model.report import Report
from gxsite.site.shapes import OWN_TABLE, Line, Printed, printed_tables
from gxsite.site.views import RowView, TableView

__all__ = ["OWN_TABLE", "tables_of"]

_REPORTED, _NONE, _BY_SECTION = Status.REPORTED, Status.NONE, Status.NONE_BY_SECTION


def tables_of(report: Report, form: Form) -> tuple[TableView, ...]:
    """All tables of a report in form order; rows of its own stand below those of the last table."""
    printed = printed_tables(form, report.rows, report.units)
    if report.cells.all_plain:
        figures = iter(report.cells.figures)
        return tuple([_plain_table(table, figures) for table in printed])
    # What there is besides exact figures decides on the signs and on 无 beside headings.
    odd = {cell.ref: cell for cell in report.cells.odd.values() if cell.status is not _REPORTED or cell.approximate}
    cells = iter(report.cells)
    return tuple([_table(table, cells, odd) for table in printed])


def _plain_table(table: Printed, figures: Iterator[str]) -> TableView:
    """A table of plain figures: the next ones, because a report has them in the order in which they are printed."""
    rows = [
        RowView(line.shape, tuple([slot.figure(word) for slot, word in zip(line.slots, figures, strict=False)]))
        if line.slots
        else line.heading
        for line in table.lines
    ]
    return TableView(table.shape, tuple(rows))


def _table(table: Printed, cells: Iterator[Cell], odd: Mapping[CellRef, Cell]) -> TableView:
    """A table; its cells are the next ones."""
    rows = [
        RowView(line.shape, tuple([slot.view(cell) for slot, cell in zip(line.slots, cells, strict=False)]))
        if line.slots
        else line.heading
        for line in table.lines
    ]
    if not odd:
        return TableView(table.shape, tuple(rows))
    rows = [
        row._replace(says=_says(line, odd)) if line.under else row for row, line in zip(rows, table.lines, strict=True)
    ]
    return TableView(table.shape, tuple(rows), _signs(table, odd))


def _says(line: Line, odd: Mapping[CellRef, Cell]) -> str:
    """无 on a section or group under which nothing happened, as the report says."""
    statuses = {odd[ref].status if ref in odd else _REPORTED for ref in line.under}
    return "无" if _BY_SECTION in statuses <= {_NONE, _BY_SECTION} else ""


def _signs(table: Printed, odd: Mapping[CellRef, Cell]) -> tuple[str, ...]:
    """What else than plain figures occurs in a table."""
    found = set()
    for line in table.lines:
        for slot in line.slots:
            cell = odd.get(slot.ref)
            if cell:
                found.add("approximate" if cell.approximate else str(cell.status))
    return tuple(sorted(found))
