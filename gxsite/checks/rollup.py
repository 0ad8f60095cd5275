"""GX312: a consolidated report against the sum of the reports below it, with coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.base.numerals import Interval, show
from gxsite.checks.judge import NEGATED, add, satisfiable, scaled, show_interval, total
from gxsite.checks.scene import Scene
from gxsite.checks.waivers import fits
from gxsite.checks.wording import merged
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.cells import Status
from gxsite.model.form import CellRef, Equation, Form, Term, cell_unit
from gxsite.model.report import Report
from gxsite.model.summary import Summary

_COUNTED = (Status.REPORTED, Status.NONE, Status.NONE_BY_SECTION)


class Below(NamedTuple):
    """The reports that make up a sum, and how many agencies should have one."""

    reports: tuple[Summary, ...]
    expected: int

    @property
    def complete(self) -> bool:
        """Whether no report is missing."""
        return len(self.reports) == self.expected


def below(agency: str, year: int, catalog: Catalog) -> Below:
    """The reports below an agency that are added: ``own`` ones; where a region has none, its one consolidated report.

    Never both, so nothing is counted twice.
    """
    reports: list[Summary] = []
    expected = 0
    for child in catalog.children.get(agency, ()):
        filed = catalog.reports.get(f"{child.id}/{year}")
        report = filed if filed and not filed.withdrawn else None
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
    report: Summary, form: Form, catalog: Catalog, severities: Mapping[str, str], reconcile: str
) -> Iterator[Diagnostic]:
    """The relations of a consolidated report to those below it; one finding for each relation.

    Full coverage: a warning, an error where the portal says ``reconcile: strict``, or what its ``severities`` say of
    the relation. Else a note, unless the part that is covered exceeds the whole already.
    """
    if report.scope != "consolidated" or not form.reaching["children"]:
        return
    parts = below(report.agency, report.year, catalog)
    if not parts.reports:
        return
    scene = Scene(report, form, {})
    broken: dict[str, list[Diagnostic]] = {}
    for equation in form.equations:
        word = severities.get(equation.relation, "error" if reconcile == "strict" else "warning")
        if equation.reaches("children") and word != "off":
            sides = _sides(equation, scene, parts, catalog)
            if sides and not satisfiable(add(sides[0], scaled(sides[1], -1)), equation.operator):
                found = _finding(equation, sides, scene, parts, _severity(equation, sides, scene, parts, word))
                if any(fits(waiver, found) for waiver in report.waivers):
                    yield found
                else:
                    broken.setdefault(equation.relation, []).append(found)
    for columns in broken.values():
        yield merged(list(reversed(columns)))  # the total, which stands last, speaks for the others


def _severity(equation: Equation, sides: tuple[Interval, Interval], scene: Scene, parts: Below, word: str) -> Severity:
    """How much a difference weighs: ``word`` at full coverage, a warning where approximate figures take part."""
    (_, high), (low, _) = sides
    if not parts.complete:
        return Severity.WARNING if high is not None and low is not None and low > high else Severity.NOTE
    refs = {t.ref for t in equation.left + equation.right if t.ref}
    reports = (scene.report, *parts.reports)
    about = any(report.cell[ref].approximate for report in reports for ref in refs if ref in report.cell)
    return Severity.WARNING if about and word == "error" else Severity(word)


def _sides(equation: Equation, scene: Scene, parts: Below, catalog: Catalog) -> tuple[Interval, Interval] | None:
    """Both sides of an equation, sums below put in; None where a figure is not to be had."""
    known: dict[Term, Interval] = {}
    for term in equation.left + equation.right:
        if term.ref is None:
            continue
        if term.when == "children":
            value = _sum(term.ref, scene, parts, catalog)
        else:
            cell = scene.cell(term)
            value = cell.interval if cell and cell.status in _COUNTED else None
        if value is None:
            return None
        known[term] = value
    return total(equation.left, known.__getitem__), total(equation.right, known.__getitem__)


def _sum(ref: CellRef, scene: Scene, parts: Below, catalog: Catalog) -> Interval | None:
    """The sum of a cell over the reports below; None if one lacks the cell, or counts it in another unit."""
    result = Interval(Decimal(0), Decimal(0))
    for part in parts.reports:
        counterpart = catalog.crosswalk.counterpart(ref, scene.form.id, part.form)
        cell = part.cell.get(counterpart) if counterpart else None
        if cell is None or part.damaged or _unit(part, ref, catalog) != _unit(scene.report, ref, catalog):
            return None
        result = add(result, cell.interval)
    return result


def _unit(report: Report | Summary, ref: CellRef, catalog: Catalog) -> str:
    _, row, column = catalog.forms[report.form].cells[ref]
    return cell_unit(row, column) or report.unit.get(str(ref), "")


def _finding(
    equation: Equation, sides: tuple[Interval, Interval], scene: Scene, parts: Below, severity: Severity
) -> Diagnostic:
    left, right = sides
    expect = f"{show_interval(left)} {NEGATED[equation.operator]} {show_interval(right)}"
    own = [t.ref for t in equation.left + equation.right if t.ref and t.when == "now"]
    label = scene.label(own[0]) if own else ""
    diagnostic = diagnose(
        "GX312",
        scene.place(equation),
        where=f"{label}：",
        cell=label,
        value=show_interval(left),
        sum=show_interval(right),
        gap=show(abs((left.low or Decimal(0)) - (right.low or Decimal(0)))),
        covered=len(parts.reports),
        expected=parts.expected,
        because=equation.because or None,
        waive=equation.relation,
        expect=expect,
    )
    cells = tuple(dict.fromkeys(str(t.ref) for t in equation.left + equation.right if t.ref))
    return replace(diagnostic, severity=severity, relation=equation.relation, cells=cells, expect=expect)
