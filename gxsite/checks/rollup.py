"""GX312: a consolidated report against the sum of the reports below it, with coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Label, Severity, phrase
from gxsite.base.numerals import Interval, show
from gxsite.checks.judge import NEGATED, add, satisfiable, scaled, show_interval, total
from gxsite.checks.scene import Scene
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.form import CellRef, Equation, Form, Term, cell_unit
from gxsite.model.report import Report, Status


class Below(NamedTuple):
    """The reports that make up a sum, and how many agencies should have one."""

    reports: tuple[Report, ...]
    expected: int

    @property
    def complete(self) -> bool:
        """Whether no report is missing."""
        return len(self.reports) == self.expected


def below(agency: str, year: int, catalog: Catalog) -> Below:
    """The reports below an agency that are added: ``own`` ones; where a region has none, its one consolidated report.

    Never both, so nothing is counted twice.
    """
    reports: list[Report] = []
    expected = 0
    for child in catalog.children.get(agency, ()):
        filed = catalog.reports.get(f"{child.id}/{year}")
        report = filed if filed and filed.withdrawn is None else None
        inner = below(child.id, year, catalog)
        if report and report.scope == "consolidated":
            if inner.reports:  # the parts speak for themselves
                reports += inner.reports
                expected += inner.expected
            else:
                reports.append(report)
                expected += 1
            continue
        reports += ([report] if report else []) + list(inner.reports)
        expected += inner.expected + _expected(child, year)
    return Below(tuple(reports), expected)


def _expected(agency: Agency, year: int) -> bool:
    return (agency.since or year) <= year <= (agency.until or year)


def check_rollups(
    report: Report, form: Form, catalog: Catalog, severities: Mapping[str, str], reconcile: str
) -> Iterator[Diagnostic]:
    """The relations of a consolidated report to those below it; one finding for each relation.

    Full coverage: a warning, or an error where the portal says ``reconcile: strict``. Else a note, unless the part that
    is covered exceeds the whole already.
    """
    if report.scope != "consolidated" or not form.reaching["children"]:
        return
    parts = below(report.agency, report.year, catalog)
    if not parts.reports:
        return
    scene = Scene(report, form, {})
    broken: dict[str, list[tuple[Equation, Interval, Interval]]] = {}
    for equation in form.equations:
        if equation.reaches("children") and severities.get(equation.relation) != "off":
            sides = _sides(equation, scene, parts, catalog)
            if sides and not satisfiable(add(sides[0], scaled(sides[1], -1)), equation.operator):
                broken.setdefault(equation.relation, []).append((equation, *sides))
    for found in broken.values():
        yield _finding(found, scene, parts, reconcile)


def _sides(equation: Equation, scene: Scene, parts: Below, catalog: Catalog) -> tuple[Interval, Interval] | None:
    """Both sides of an equation, sums below put in; None where a figure is not to be had."""
    known: dict[Term, Interval] = {}
    for term in equation.left + equation.right:
        if term.ref is None:
            continue
        if term.when == "children":
            value = _sum(term.ref, scene.form, parts, catalog)
        else:
            cell = scene.cell(term)
            value = cell.interval if cell and cell.status is Status.REPORTED else None
        if value is None:
            return None
        known[term] = value
    return total(equation.left, known.__getitem__), total(equation.right, known.__getitem__)


def _sum(ref: CellRef, form: Form, parts: Below, catalog: Catalog) -> Interval | None:
    """The sum of a cell over the reports below; None if one lacks the cell, or counts it in another unit."""
    result = Interval(Decimal(0), Decimal(0))
    for part in parts.reports:
        counterpart = catalog.crosswalk.counterpart(ref, form.id, part.form)
        cell = part.cell.get(counterpart) if counterpart else None
        if cell is None or part.damaged or _unit(part, ref, catalog) != cell_unit(*form.cells[ref][1:]):
            return None
        result = add(result, cell.interval)
    return result


def _unit(report: Report, ref: CellRef, catalog: Catalog) -> str:
    _, row, column = catalog.forms[report.form].cells[ref]
    return cell_unit(row, column) or report.unit.get(str(ref), "")


def _finding(
    found: Sequence[tuple[Equation, Interval, Interval]], scene: Scene, parts: Below, reconcile: str
) -> Diagnostic:
    equation, left, right = found[-1]  # the last column is the total where there is one
    place = scene.place(equation)
    expect = f"{show_interval(left)} {NEGATED[equation.operator]} {show_interval(right)}"
    exceeds = any(low is not None and high is not None and low > high for (_, (_, high), (low, _)) in found)
    if parts.complete:
        severity = Severity.ERROR if reconcile == "strict" else Severity.WARNING
    else:
        severity = Severity.WARNING if exceeds else Severity.NOTE
    gap = abs((left.low or Decimal(0)) - (right.low or Decimal(0)))
    also = [
        Label(scene.place(e), phrase("carry.also", where=scene.where(e), expect=_pair(a, b))) for e, a, b in found[:-1]
    ]
    own = [t.ref for t in equation.left + equation.right if t.ref and t.when == "now"]
    diagnostic = diagnose(
        "GX312",
        place,
        cell=scene.label(own[0]) if own else "",
        value=show_interval(left),
        sum=show_interval(right),
        gap=show(gap),
        covered=len(parts.reports),
        expected=parts.expected,
        because=equation.because or None,
        waive=equation.relation,
        expect=expect,
    )
    cells = tuple(dict.fromkeys(str(t.ref) for e, _, _ in found for t in e.left + e.right if t.ref))
    return replace(
        diagnostic, severity=severity, labels=tuple(also), relation=equation.relation, cells=cells, expect=expect
    )


def _pair(left: Interval, right: Interval) -> str:
    return f"{show_interval(left)} ≠ {show_interval(right)}"
