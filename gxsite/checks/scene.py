"""A report as its relations see it: cells of its own, figures of the year before, and the words officials use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gxsite.base.diagnostic import Fact, Place, phrase
from gxsite.base.numerals import Interval
from gxsite.checks.earlier import Earlier
from gxsite.checks.localise import Linear, linear
from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Equation, Form, Row, Table, Term, cell_type
from gxsite.model.report import Report
from gxsite.model.summary import Summary

SHOWN_LINES = 3


class Scene:
    """One report, its form, and what is known of the year before."""

    def __init__(self, report: Report | Summary, form: Form, before: Mapping[CellRef, Earlier]) -> None:
        self.report = report
        self.form = form
        self.before = before
        self.position = {ref: i for i, ref in enumerate(form.cells)}

    # -- figures ----------------------------------------------------------------------------------------------------

    def cell(self, term: Term) -> Cell | None:
        """The cell of an operand, None if it is not to be had."""
        if term.ref is None or term.when == "children":
            return None
        if term.when == "now":
            return self.report.cell.get(term.ref)
        known = self.before.get(term.ref)
        if known is None:
            return None
        digits = format(known.value, "f")
        return Cell(term.ref, Status.REPORTED, digits, digits, False, known.interval, None)

    def interval(self, ref: CellRef) -> Interval:
        """The values that a cell of this report may have."""
        return self.report.cell[ref].interval

    def figure(self, ref: CellRef) -> Decimal | None:
        """The exact figure that a cell reports; None for blanks, signs and approximate figures."""
        cell = self.report.cell[ref]
        return cell.interval.low if cell.status is Status.REPORTED and cell.interval.exact else None

    def step(self, ref: CellRef) -> Decimal:
        """The smallest difference that the type of a cell allows."""
        _, row, column = self.form.cells[ref]
        return cell_type(row, column).step

    def range(self, ref: CellRef) -> Interval:
        """The values that the type of a cell allows."""
        _, row, column = self.form.cells[ref]
        return Interval(None if cell_type(row, column).signed else Decimal(0), None)

    def neighbours(self, ref: CellRef) -> tuple[Decimal, ...]:
        """The values one row above and below, and one column left and right."""
        table, row, column = self.form.cells[ref]
        rows = [r.id for r in table.indicators]
        columns = [c.id for c in table.columns]
        i, j = rows.index(row.id), columns.index(column.id)
        around = [(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        refs = [CellRef(rows[y], columns[x]) for y, x in around if 0 <= y < len(rows) and 0 <= x < len(columns)]
        values = (self.interval(r) for r in refs)
        return tuple(v.low for v in values if v.exact and v.low)

    def linear(self, equations: Iterable[Equation]) -> list[Linear]:
        """The linear forms of the equations whose earlier figures are known."""
        before = {ref: known.value for ref, known in self.before.items()}
        return [form for e in equations if (form := linear(e, before))]

    def trusts(self, equation: Equation) -> bool:
        """Whether no figure of the year before that takes part is itself a suspect."""
        refs = (t.ref for t in equation.left + equation.right if t.ref and t.when == "previous")
        return all(self.before[ref].mended is None for ref in refs if ref in self.before)

    # -- words ------------------------------------------------------------------------------------------------------

    def label(self, ref: CellRef) -> str:
        """A cell in the form's own coordinates, 表三 第4行 自然人列; in a table of one column the name of its row."""
        table, row, column = self.form.cells[ref]
        if len(table.columns) == 1:
            return row.name
        if table.layout == "across":
            return f"{table.number} {_across(table, row)} {column.label}".strip()
        return f"{table.number} 第{_line(table, row)}行 {column.label}列“{row.name}”".strip()

    def where(self, *equations: Equation) -> str:
        """The rows or columns of one table in which a relation is checked, as the beginning of a sentence."""
        spots = [self.spot(equation) for equation in equations]
        if not all(line for _, line in spots):
            return ""
        shown = "、".join(line for _, line in spots[:SHOWN_LINES])
        more = f"等{len(spots)}处" if len(spots) > SHOWN_LINES else ""
        return f"{spots[0][0]} {shown}{more}：".lstrip()

    def spot(self, equation: Equation) -> tuple[str, str]:
        """The number of the table, and the row or column; "" twice for a relation that stands for itself."""
        refs = [t.ref for t in equation.left + equation.right if t.ref]
        if not equation.instance or not refs:
            return "", ""
        table, row, column = self.form.cells[refs[0]]
        if equation.instance != row.id:
            return table.number, f"{column.label}列"
        return table.number, _across(table, row) if table.layout == "across" else f"第{_line(table, row)}行“{row.name}”"

    def short(self, term: Term, equation: Equation) -> Fact:
        """An operand within its sentence: what :meth:`where` has said is not said again."""
        if term.ref is None:
            return str(term.constant)
        table, row, column = self.form.cells[term.ref]
        if equation.instance == row.id:
            word = column.label
        elif equation.instance or len(table.columns) == 1:
            word = row.name
        else:
            word = f"{row.name} {column.label}"
        return phrase("cell.previous", cell=word) if term.when == "previous" else word

    def place(self, equation: Equation) -> Place:
        """The value of this report that stands alone on its side, else the first operand that the file holds."""
        lone = [side[0] for side in (equation.left, equation.right) if len(side) == 1]
        for term in (*lone, *equation.left, *equation.right):
            cell = self.cell(term) if term.when == "now" else None
            if cell and cell.span:
                return Place(self.report.path, cell.span)
        return Place(self.report.path, self.report.table_span)

    def places_of(self, term: Term) -> tuple[Place, ...]:
        """Where an operand stands: in this report or in those of the year before."""
        if term.ref is None:
            return ()
        if term.when == "previous":
            known = self.before.get(term.ref)
            return known.places if known else ()
        cell = self.cell(term)
        return (Place(self.report.path, cell.span),) if cell and cell.span else ()


def _line(table: Table, row: Row) -> int:
    """The number of a row among those with figures: on paper headings stand beside their rows and take no line."""
    return [r.id for r in table.indicators].index(row.id) + 1


def _across(table: Table, row: Row) -> str:
    """A row that stands beside others, with the heading above it: 行政诉讼 未经复议直接起诉."""
    above = [r.label for r in table.rows if r.kind != "indicator" and r.id in row.under]
    return " ".join((*above, row.label))
