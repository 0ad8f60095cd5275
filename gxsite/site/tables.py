"""The statistical table of a report as it is printed and exported."""

from __future__ import annotations

from gxsite.model.form import CellRef, Column, Form, Row, Table, cell_type, cell_unit
from gxsite.model.report import Report, Status
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
    paths = _across(table) if across else [(*c.heads, c.label) for c in table.columns]
    if table.spanner:
        paths = [(table.spanner, *path) for path in paths]
    head = _Head(paths, prefix)
    return TableView(
        id=table.id or prefix,
        number=table.number,
        title=table.title,
        stub=table.stub or "指标",
        units=not across and any(row.unit for row in table.indicators) and not any(c.unit for c in table.columns),
        columns=len(paths),
        head=head.rows,
        rows=(_one_row(report, table, head),) if across else tuple(_row(report, table, r, head) for r in table.rows),
    )


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


def _row(report: Report, table: Table, row: Row, head: _Head) -> RowView:
    cells: tuple[CellView, ...] = ()
    if row.kind == "indicator":
        cells = tuple(_cell(report, row, column, head, i) for i, column in enumerate(table.columns))
    says = _says_none(report, table, row)
    return RowView(row.kind, row.id, row.number, row.label, row.note, row.unit, row.depth, row.form_row, cells, says)


def _says_none(report: Report, table: Table, heading: Row) -> str:
    """无 on a heading under which nothing happened, as the report says."""
    if heading.kind == "indicator":
        return ""
    rows = [row for row in table.indicators if heading.id in row.under]
    statuses = {report.cell[CellRef(row.id, column.id)].status for row in rows for column in table.columns}
    return "无" if Status.NONE_BY_SECTION in statuses <= {Status.NONE, Status.NONE_BY_SECTION} else ""


def _one_row(report: Report, table: Table, head: _Head) -> RowView:
    """All cells of a table in one printed row."""
    places = [(row, column) for row in table.indicators for column in table.columns]
    cells = tuple(_cell(report, row, column, head, i) for i, (row, column) in enumerate(places))
    unit = next((row.unit for row in table.indicators if row.unit), "")
    return RowView("indicator", table.id, "", "件数" if unit == "件" else "数量", "", unit, 0, True, cells)


def _cell(report: Report, row: Row, column: Column, head: _Head, position: int) -> CellView:
    cell = report.cell[CellRef(row.id, column.id)]
    path = head.paths[position]
    return CellView(
        indicator=row.id,
        column=column.id,
        column_label=" / ".join(path[head.spanned :]),
        text=cell.shown,
        status=str(cell.status),
        value=cell.digits,
        approximate=cell.approximate,
        raw=cell.raw,
        unit=cell_unit(row, column) or report.unit.get(str(cell.ref), ""),
        decimal=cell_type(row, column).places > 0,
        headers=head.ids(position),
    )


class _Head:
    """The head of a table: one path of headings above each column, equal neighbours of a level joined."""

    def __init__(self, paths: list[tuple[str, ...]], prefix: str) -> None:
        self.paths = paths
        self.prefix = prefix
        self.levels = max(len(path) for path in paths)
        # How many levels span the whole table: they say nothing about a single column.
        self.spanned = sum(len({path[: n + 1] for path in paths}) == 1 for n in range(min(len(p) for p in paths) - 1))
        self.rows = tuple(self._level(level) for level in range(self.levels))

    def _id(self, level: int, column: int) -> str:
        return f"{self.prefix}-{level + 1}-{column + 1}"

    def _first(self, level: int, column: int) -> int:
        """The leftmost column that shares the heading of a level."""
        path = self.paths[column]
        while column and level < len(path) - 1 and self.paths[column - 1][: level + 1] == path[: level + 1]:
            column -= 1
        return column

    def _level(self, level: int) -> tuple[HeadCell, ...]:
        cells = []
        for column, path in enumerate(self.paths):
            if level < len(path) and self._first(level, column) == column:
                is_label = level == len(path) - 1
                width = sum(
                    level < len(p) and self._first(level, i) == column
                    for i, p in enumerate(self.paths[column:], column)
                )
                height = self.levels - level if is_label else 1
                cells.append(HeadCell(path[level], width, height, self._id(level, column)))
        return tuple(cells)

    def ids(self, column: int) -> str:
        """The ids of the headings above a column; "" where there is one level, which needs none."""
        if self.levels == 1:
            return ""
        return " ".join(self._id(level, self._first(level, column)) for level in range(len(self.paths[column])))
