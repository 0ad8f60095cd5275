"""The statistical table of a report as it is printed and exported."""

from __future__ import annotations

from gxsite.model.form import CellRef, Column, Form, Row, Table, cell_type, cell_unit
from gxsite.model.report import Report
from gxsite.site.views import CellView, HeadCell, RowView, TableView

# Rows that a report declares itself.
OWN_NUMBER = 99
OWN_TABLE = Table("own", "自设指标", (), (Column("", "数量"),))


def tables_of(report: Report, form: Form) -> tuple[TableView, ...]:
    """All tables of a report in form order; rows of its own stand below those of the last table."""
    tables = [_table(report, table, i) for i, table in enumerate(form.tables)]
    if report.rows:
        tables[-1:] = _with_own_rows(report, tables[-1])
    return tuple(tables)


def _with_own_rows(report: Report, last: TableView) -> list[TableView]:
    """The last table with the report's own rows; a table of their own where the last has several columns."""
    own = _table(report, OWN_TABLE._replace(rows=report.rows), OWN_NUMBER)
    if last.columns > 1:
        return [last, own]
    return [last._replace(rows=(*last.rows, *own.rows), units=last.units or own.units)]


def _table(report: Report, table: Table, number: int) -> TableView:
    prefix = f"t{number + 1}"
    across = table.layout == "across"
    rows = tuple(_row(report, table, row, prefix) for row in table.rows)
    return TableView(
        id=table.id or prefix,
        title=table.title,
        stub=table.stub or "指标",
        units=not across and any(row.unit for row in table.indicators) and not any(c.unit for c in table.columns),
        columns=len(table.columns),
        head=_head(table.columns, prefix),
        rows=rows,
    )


def _row(report: Report, table: Table, row: Row, prefix: str) -> RowView:
    cells = tuple(_cell(report, row, column, prefix) for column in table.columns) if row.kind == "indicator" else ()
    return RowView(row.kind, row.id, row.number, row.label, row.note, row.unit, row.depth, row.form_row, cells)


def _cell(report: Report, row: Row, column: Column, prefix: str) -> CellView:
    cell = report.cell[CellRef(row.id, column.id)]
    unit = cell_unit(row, column) or report.unit.get(str(cell.ref), "")
    return CellView(
        indicator=row.id,
        column=column.id,
        column_label=" / ".join((*column.heads, column.label)),
        text=cell.shown,
        status=str(cell.status),
        value=cell.digits,
        approximate=cell.approximate,
        raw=cell.raw,
        unit=unit,
        decimal=cell_type(row, column).places > 0,
        headers=" ".join(_head_ids(column, prefix)) if column.heads else "",
    )


def _head_ids(column: Column, prefix: str) -> list[str]:
    """The ids of the head cells above a column, outermost first."""
    ids = [f"{prefix}-h{depth}-{column.heads[depth - 1]}" for depth in range(1, len(column.heads) + 1)]
    return [_html_id(name) for name in (*ids, f"{prefix}-c-{column.id or 'value'}")]


def _html_id(text: str) -> str:
    return "".join(text.split())


def _head(columns: tuple[Column, ...], prefix: str) -> tuple[tuple[HeadCell, ...], ...]:
    """The rows of the head: equal neighbours of one level are joined, a label without heads reaches down."""
    levels = max(len(column.heads) for column in columns) + 1
    rows: list[tuple[HeadCell, ...]] = []
    for level in range(levels):
        cells: list[HeadCell] = []
        before: tuple[str, ...] | None = None
        for column in columns:
            path = (*column.heads, column.label)
            if level >= len(path):
                continue
            is_label = level == len(path) - 1
            if not is_label and before == path[: level + 1] and cells:
                cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + 1)
                continue
            before = None if is_label else path[: level + 1]
            name = f"{prefix}-c-{column.id or 'value'}" if is_label else f"{prefix}-h{level + 1}-{path[level]}"
            cells.append(HeadCell(path[level], 1, levels - level if is_label else 1, _html_id(name)))
        rows.append(tuple(cells))
    return tuple(rows)
