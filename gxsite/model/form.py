"""Forms (表样): tables of rows and columns, relations between cells, and how the tables are printed.

What may be filled in (cells) is apart from how it is printed (layout): a table is rows times columns of cells, and
``layout`` says whether its rows run down the page or stand side by side above the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from gxsite.base.diagnostic import Severity, Span
from gxsite.base.numerals import NumberType

RowKind = Literal["indicator", "section", "group"]
Layout = Literal["down", "across"]
When = Literal["now", "previous", "children"]
Operator = Literal["=", "<=", ">="]


class CellRef(NamedTuple):
    """A cell of a form; the column is "" in a table whose only column has no id."""

    indicator: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.indicator}.{self.column}" if self.column else self.indicator


class Grid:
    """The cells of a form or report in order, none twice, and ``at`` which position each stands.

    A grid equals itself only. ``names`` are its references as one text, for packing.
    """

    def __init__(self, refs: Iterable[CellRef]) -> None:
        self.refs = tuple(refs)
        self.at = {ref: at for at, ref in enumerate(self.refs)}

    @cached_property
    def names(self) -> str:
        """A reference on each line, its parts behind a tab."""
        return "\n".join("\t".join(ref) for ref in self.refs)


class Column(NamedTuple):
    """One column of cells. ``heads`` are the headings above its label, outermost first."""

    id: str
    label: str
    heads: tuple[str, ...] = ()
    unit: str = ""
    type: NumberType | None = None


class Row(NamedTuple):
    """One printed row: an indicator with cells, or a section or group that only carries a label.

    ``number`` is the official numbering (（一）), ``note`` the official bracket behind the label, ``under`` the ids of
    the sections and groups it stands in, its own section included. ``regulations``: it counts regulations (规章).
    """

    kind: RowKind
    id: str
    number: str
    label: str
    note: str
    unit: str
    type: NumberType
    depth: int
    under: tuple[str, ...]
    required: bool = False
    form_row: bool = True
    regulations: bool = False

    @property
    def name(self) -> str:
        """Number and label as officials cite the row."""
        return f"{self.number}{self.label}"


class Table(NamedTuple):
    """A table of a form: cells are its indicator rows times its columns.

    ``number`` is how officials cite it (表三), ``stub`` the heading over its rows, ``spanner`` the one over all
    columns.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    layout: Layout = "down"
    stub: str = ""
    number: str = ""
    spanner: str = ""

    @property
    def indicators(self) -> tuple[Row, ...]:
        """The rows that hold cells."""
        return tuple(row for row in self.rows if row.kind == "indicator")

    def column(self, name: str) -> Column | None:
        """A column by its id."""
        return next((c for c in self.columns if c.id == name), None)


class Term(NamedTuple):
    """A signed operand of a relation: a cell (of this, the previous or the children's reports) or a whole number."""

    sign: int
    ref: CellRef | None
    constant: int = 0
    when: When = "now"


class Condition(NamedTuple):
    """``when: fee.total > 0``: the relation is required only if this is so."""

    ref: CellRef
    operator: str
    constant: int

    def __str__(self) -> str:
        return f"{self.ref} {self.operator} {self.constant}"


class Equation(NamedTuple):
    """One relation for one column or row: what is checked."""

    relation: str
    severity: Severity
    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]
    condition: Condition | None = None
    because: str = ""
    instance: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Left minus right."""
        return (*self.left, *(t._replace(sign=-t.sign) for t in self.right))

    def reaches(self, when: When) -> bool:
        """Whether an operand stands in the previous report, or in those of the agencies below."""
        return any(term.when == when for term in self.left + self.right)


class Difference(NamedTuple):
    """An equation within a report, brought to one side: a constant and cells by position, each with its factor.

    ``asked`` is the position of the cell in its condition; without a condition it means nothing.
    """

    operator: Operator
    constant: int
    weights: tuple[tuple[int, int], ...]
    condition: Condition | None
    asked: int


class Relation(NamedTuple):
    """A relation (勾稽关系) as the form states it, with the equations it stands for."""

    id: str
    rule: str
    because: str
    severity: Severity
    equations: tuple[Equation, ...]
    span: Span


class Phrasing(NamedTuple):
    """Words of a report's prose behind which the figure of a cell stands.

    ``plus``: the sum with these cells is as good. ``near``: a word that the paragraph or its heading must have.
    """

    text: str
    cell: CellRef
    plus: tuple[CellRef, ...] = ()
    near: str = ""


class Headline(NamedTuple):
    """A cell that stands for its report in lists and series, with a name short enough for the head of a column."""

    ref: CellRef
    label: str


Weights = dict[tuple[CellRef, When], int]


def weigh(terms: Iterable[Term]) -> tuple[Weights, int]:
    """The cells of a sum with their factors (a cell named twice counts once, with both signs), and the constant."""
    weights: Weights = {}
    constant = 0
    for term in terms:
        if term.ref is None:
            constant += term.sign * term.constant
        else:
            key = (term.ref, term.when)
            weights[key] = weights.get(key, 0) + term.sign
    return weights, constant


@dataclass(frozen=True)
class Form:
    """One edition of a form. ``years`` are first and last year of validity; the last may be open.

    ``fee_statement``: the body has to say what was charged for processing information. ``headlines`` are the cells by
    which lists and series show a report.
    """

    id: str
    family: str
    years: tuple[int, int | None]
    status: str
    title: str
    basis: str
    tables: tuple[Table, ...]
    relations: tuple[Relation, ...]
    extra: bool
    path: str
    years_span: Span
    phrases: tuple[Phrasing, ...] = ()
    fee_statement: bool = False
    headlines: tuple[Headline, ...] = ()

    @cached_property
    def rows(self) -> dict[str, tuple[Table, Row]]:
        """Every row by id with its table; an indicator that opens a section is found under both ids."""
        found: dict[str, tuple[Table, Row]] = {}
        for table in self.tables:
            for row in table.rows:
                found[row.id] = (table, row)
                if row.kind == "indicator" and row.under and row.under[-1] not in found:
                    found[row.under[-1]] = (table, row)
        return found

    @cached_property
    def cells(self) -> dict[CellRef, tuple[Table, Row, Column]]:
        """Every cell in form order."""
        return {
            CellRef(row.id, column.id): (table, row, column)
            for table in self.tables
            for row in table.indicators
            for column in table.columns
        }

    @cached_property
    def grid(self) -> Grid:
        """The places of all cells."""
        return Grid(self.cells)

    @cached_property
    def rows_of_cells(self) -> tuple[tuple[Row, tuple[Column, ...]], ...]:
        """The rows that hold cells, with their columns, in form order."""
        return tuple((row, table.columns) for table, row in self.indicators())

    @cached_property
    def row_names(self) -> tuple[str, ...]:
        """The ids of these rows."""
        return tuple(row.id for row, _ in self.rows_of_cells)

    @cached_property
    def names(self) -> dict[str, CellRef]:
        """Every way to write a cell: ``indicator.column``, or ``indicator`` in a table of one column."""
        return {
            name: ref
            for ref, (table, _row, _column) in self.cells.items()
            for name in ((str(ref), ref.indicator) if len(table.columns) == 1 else (str(ref),))
        }

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """All equations of all relations."""
        return tuple(e for relation in self.relations for e in relation.equations)

    def indicators(self) -> Iterator[tuple[Table, Row]]:
        """The rows that hold cells, with their tables."""
        return ((table, row) for table in self.tables for row in table.indicators)

    @cached_property
    def weighed(self) -> tuple[tuple[Equation, Weights, int], ...]:
        """All equations with their factors and constants."""
        return tuple((equation, *weigh(equation.terms)) for equation in self.equations)

    @cached_property
    def carried(self) -> tuple[tuple[Equation, Weights, int], ...]:
        """Those of them that reach the previous report, and no report of the agencies below."""
        return tuple(w for w in self.weighed if w[0].reaches("previous") and not w[0].reaches("children"))

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The equations within a report as sums over the positions of its cells."""
        at = self.grid.at
        return tuple(
            Difference(
                equation.operator,
                constant,
                tuple((at[ref], weight) for (ref, _), weight in weights.items()),
                equation.condition,
                at[equation.condition.ref] if equation.condition else 0,
            )
            for equation, weights, constant in self.weighed
            if all(when == "now" for _, when in weights)
        )

    @cached_property
    def reaching(self) -> dict[When, frozenset[CellRef]]:
        """The cells that relations take from other reports, by where they take them from."""
        found: dict[When, set[CellRef]] = {"now": set(), "previous": set(), "children": set()}
        for equation in self.equations:
            for term in equation.left + equation.right:
                if term.ref:
                    found[term.when].add(term.ref)
        return {when: frozenset(refs) for when, refs in found.items()}

    def fits(self, year: int) -> bool:
        """Whether the form was in force for a report year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    @property
    def years_text(self) -> str:
        """``2014-2018`` or ``2021-``."""
        first, last = self.years
        return str(first) if first == last else f"{first}-{last or ''}"


def cell_type(row: Row, column: Column) -> NumberType:
    """What may be written into a cell: the column's type where it has one, else the row's."""
    return column.type if column.type is not None else row.type


def cell_unit(row: Row, column: Column) -> str:
    """The unit of a cell: the column's where it has one, else the row's; "" where the form leaves it open."""
    return column.unit or row.unit
