"""GX301-GX303: the relations of one report, with the cell that is probably wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Label, Place, Severity, Suggestion, phrase
from gxsite.base.numerals import Interval, show
from gxsite.checks.judge import State, Verdict, judge, show_interval
from gxsite.checks.localise import Change, Figures, Linear, causes, linear, localise
from gxsite.checks.propagate import conflict
from gxsite.checks.waivers import fits
from gxsite.model.form import CellRef, Equation, Form, Term, cell_type
from gxsite.model.report import Cell, Report, Status

SHOWN_TERMS = 4
SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}


class Count(NamedTuple):
    """How many relations of a report hold, are broken, or cannot be decided because of blanks."""

    holds: int
    broken: int
    undecided: int


class _Broken(NamedTuple):
    equation: Equation
    verdict: Verdict
    diagnostic: Diagnostic


def check_relations(report: Report, form: Form, severities: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """The broken relations of a report, each with its operands, and the suspects of each cause.

    ``severities`` are the portal's own, by relation id. Relations to other reports are not judged here.
    """
    names = _Names(report, form)
    equations = [_weighted(e, severities) for e in form.equations if e.local]
    broken = []
    for equation in equations:
        verdict = judge(equation, names.cell)
        if verdict.state is State.BROKEN:
            broken.append(_Broken(equation, verdict, _finding(equation, verdict, names)))
    waived = {b.equation for b in broken if any(fits(w, b.diagnostic) for w in report.waivers)}
    suggested = _suggest([b for b in broken if b.equation not in waived], equations, waived, names)
    explained = (b.diagnostic for b in broken if b.equation in waived)
    return (*suggested, *explained, *_conflicts(equations, {b.equation for b in broken}, names))


def count_relations(report: Report, form: Form) -> Count:
    """The states of all relations within a report."""
    names = _Names(report, form)
    states = [judge(e, names.cell).state for e in form.equations if e.local]
    return Count(*(states.count(s) for s in (State.HOLDS, State.BROKEN, State.UNDECIDED)))


class _Names:
    """A report's cells as relations and readers name them."""

    def __init__(self, report: Report, form: Form) -> None:
        self.report = report
        self.form = form
        self.position = {ref: i for i, ref in enumerate(form.cells)}

    def cell(self, term: Term) -> Cell | None:
        return self.report.cell.get(term.ref) if term.ref and term.when == "now" else None

    def interval(self, ref: CellRef) -> Interval:
        return self.report.cell[ref].interval

    def label(self, ref: CellRef) -> str:
        _, row, column = self.form.cells[ref]
        return f"{row.name} {column.label}" if column.id else row.name

    def range(self, ref: CellRef) -> Interval:
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
        values = (self.report.cell[r].interval for r in refs)
        return tuple(v.low for v in values if v.exact and v.low)

    def place(self, equation: Equation) -> Place:
        """The value that stands alone on its side, else the first operand that the file holds."""
        lone = [side[0] for side in (equation.left, equation.right) if len(side) == 1 and side[0].ref]
        for term in (*lone, *equation.left, *equation.right):
            cell = self.cell(term)
            if cell and cell.span:
                return Place(self.report.path, cell.span)
        return Place(self.report.path, self.report.table_span)


def _weighted(equation: Equation, severities: Mapping[str, str]) -> Equation:
    severity = severities.get(equation.relation)
    return equation._replace(severity=SEVERITIES[severity]) if severity else equation


# -- one broken relation ------------------------------------------------------------------------------------------


def _finding(equation: Equation, verdict: Verdict, names: _Names) -> Diagnostic:
    place = names.place(equation)
    expect = verdict.expect(equation.operator)
    facts: dict[str, Fact | None] = {
        "left": _sum(equation.left, names),
        "right": _sum(equation.right, names),
        "left_value": show_interval(verdict.left),
        "right_value": show_interval(verdict.right),
        "gap": verdict.gap,
        "because": equation.because or None,
        "waive": equation.relation,
        "expect": expect,
    }
    if equation.operator != "=":
        facts["op"] = "≤" if equation.operator == "<=" else "≥"
        facts["left_short"], facts["right_short"] = _side(equation.left, names), _side(equation.right, names)
        facts["condition"] = str(equation.condition) if equation.condition else None
    labels = []
    for term in equation.left + equation.right:
        cell = names.cell(term)
        if cell and term.ref and cell.span and cell.span != place.span:
            sign = "−" if term.sign < 0 else ""
            labels.append(Label(Place(place.path, cell.span), f"{sign}{names.label(term.ref)} {_shown(cell)}"))
    found = diagnose("GX301" if equation.operator == "=" else "GX302", place, **facts)
    severity = Severity.WARNING if verdict.approximate and equation.severity is Severity.ERROR else equation.severity
    cells = tuple(dict.fromkeys(str(t.ref) for t in equation.left + equation.right if t.ref))
    return replace(
        found, severity=severity, labels=tuple(labels), relation=equation.relation, cells=cells, expect=expect
    )


def _shown(cell: Cell) -> str:
    return cell.shown or {Status.BLANK: "（空白）", Status.NONE_BY_SECTION: "（无）"}.get(cell.status, "")


def _sum(terms: Sequence[Term], names: _Names) -> Fact:
    """A side in words; a long sum by its first operand and their number."""
    parts = []
    for i, term in enumerate(terms):
        word = names.label(term.ref) if term.ref else str(term.constant)
        parts.append(("− " if term.sign < 0 else "+ " if i else "") + word)
    if len(parts) > SHOWN_TERMS:
        return phrase("sum.long", first=parts[0], count=len(parts))
    return " ".join(parts)


def _side(terms: Sequence[Term], names: _Names) -> Fact:
    """A side in one word for the comparison."""
    if len(terms) == 1:
        return names.label(terms[0].ref) if terms[0].ref else str(terms[0].constant)
    return phrase("side.sum")


# -- suspects -----------------------------------------------------------------------------------------------------


def _suggest(
    broken: Sequence[_Broken], equations: Sequence[Equation], waived: set[Equation], names: _Names
) -> list[Diagnostic]:
    """The findings with the suspects of their cause; only hard breaks between exact figures have suspects."""
    hard_breaks = [b for b in broken if b.diagnostic.severity is Severity.ERROR]
    active = [e for e in equations if e not in waived and not e.condition]
    hard = [linear(e) for e in active if e.severity is Severity.ERROR]
    soft = [linear(e) for e in active if e.severity is not Severity.ERROR]
    figures = Figures(names.interval, names.range, names.neighbours, names.position.__getitem__)
    found = {b.equation: b.diagnostic for b in broken}
    for cause in causes([linear(b.equation) for b in hard_breaks]):
        changes = localise(cause, _with_cause(hard, cause), soft, figures)
        for item in cause:
            if changes:
                found[item.equation] = _with_suspects(found[item.equation], changes, names)
    return list(found.values())


def _with_cause(hard: list[Linear], cause: Sequence[Linear]) -> list[Linear]:
    """The hard relations and those of the cause, which may be conditional."""
    known = {item.equation for item in hard}
    return hard + [item for item in cause if item.equation not in known]


def _with_suspects(diagnostic: Diagnostic, changes: list[tuple[Change, ...]], names: _Names) -> Diagnostic:
    first, others = changes[0], changes[1:]
    facts: list[tuple[str, Fact]] = [("suspect", _suspect(first, names))]
    if others and len(first) == 1:
        facts.append(("more", phrase("suspect.more", others=_others([c[0] for c in others[:3]], names))))
    suggestions = tuple(Suggestion(tuple((str(c.ref), show(c.new)) for c in change)) for change in changes)
    return replace(diagnostic, facts=(*diagnostic.facts, *facts), suggestions=suggestions)


def _suspect(change: tuple[Change, ...], names: _Names) -> Fact:
    one = change[0]
    if len(change) == 1:
        return phrase(
            "suspect.one",
            cell=names.label(one.ref),
            slip=phrase(f"slip.{one.slip}"),
            old=show(one.old),
            new=show(one.new),
        )
    two = change[1]
    return phrase(
        "suspect.pair",
        cell=names.label(one.ref),
        new=show(one.new),
        cell2=names.label(two.ref),
        new2=show(two.new),
    )


def _others(changes: list[Change], names: _Names) -> Fact:
    first: Fact = phrase("suspect.other", cell=names.label(changes[0].ref), new=show(changes[0].new))
    return phrase("suspect.list", first=first, rest=_others(changes[1:], names)) if changes[1:] else first


def _in_force(equation: Equation, names: _Names) -> bool:
    """Whether no cell marked not applicable takes the relation out of force."""
    sides = (side[0] for side in (equation.left, equation.right) if len(side) == 1)
    cells = (names.cell(term) for term in sides)
    return all(cell is None or cell.status is not Status.NOT_APPLICABLE for cell in cells)


# -- all together -------------------------------------------------------------------------------------------------


def _conflicts(equations: Sequence[Equation], broken: set[Equation], names: _Names) -> list[Diagnostic]:
    """Relations that may each hold but leave no value for the blanks together."""
    hard = [
        linear(e)
        for e in equations
        if e.severity is Severity.ERROR and e not in broken and not e.condition and _in_force(e, names)
    ]
    items = conflict(hard, names.interval)
    if not items:
        return []
    refs = sorted({ref for item in items for ref in item.weights}, key=names.position.__getitem__)
    held = [(ref, names.report.cell[ref]) for ref in refs]
    placed = [(ref, cell) for ref, cell in held if cell.span and cell.status is Status.REPORTED]
    span = placed[0][1].span if placed else None
    place = Place(names.report.path, span or names.report.table_span)
    labels = tuple(
        Label(Place(place.path, cell.span), f"{names.label(ref)} {_shown(cell)}")
        for ref, cell in placed[1:]
        if cell.span
    )
    ids = tuple(dict.fromkeys(item.equation.relation for item in items))
    found = diagnose("GX303", place, relations="、".join(ids))
    cells = tuple(str(ref) for ref in refs)
    return [replace(found, labels=labels, cells=cells, relation=ids[0])]
