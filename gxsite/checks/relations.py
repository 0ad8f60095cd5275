"""GX301-GX303 and GX311: the relations of one report and to the year before, with the cell that is probably wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Label, Place, Severity
from gxsite.checks.earlier import Earlier
from gxsite.checks.judge import State, Verdict, judge
from gxsite.checks.localise import Figures, Linear, causes, linear, localise
from gxsite.checks.propagate import conflict
from gxsite.checks.scene import Scene
from gxsite.checks.waivers import fits
from gxsite.checks.wording import finding, merged, shown, with_suspects
from gxsite.model.form import CellRef, Equation, Form
from gxsite.model.report import Report, Status

SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}
NOTHING_BEFORE: Mapping[CellRef, Earlier] = {}


class Count(NamedTuple):
    """How many relations of a report hold, are broken, or cannot be decided because of blanks."""

    holds: int
    broken: int
    undecided: int


class _Broken(NamedTuple):
    equation: Equation
    verdict: Verdict
    diagnostic: Diagnostic


def check_relations(
    report: Report, form: Form, severities: Mapping[str, str], before: Mapping[CellRef, Earlier] = NOTHING_BEFORE
) -> tuple[Diagnostic, ...]:
    """The broken relations of a report, each with its operands, and the suspects of each cause.

    ``severities`` are the portal's own, by relation id ("off" takes a relation out); ``before`` are the figures of the
    year before. Relations to the agencies below are not judged here.
    """
    scene = Scene(report, form, before)
    equations = _equations(form, severities)
    broken = []
    for equation in equations:
        verdict = judge(equation, scene.cell)
        if verdict.state is State.BROKEN:
            broken.append(_Broken(equation, verdict, finding(equation, verdict, scene)))
    waived = {b.equation for b in broken if any(fits(w, b.diagnostic) for w in report.waivers)}
    suggested = _suggest([b for b in broken if b.equation not in waived], equations, waived, scene)
    explained = (b.diagnostic for b in broken if b.equation in waived)
    return (*_joined(suggested), *explained, *_conflicts(equations, {b.equation for b in broken}, scene))


def count_relations(report: Report, form: Form) -> Count:
    """The states of all relations within a report."""
    scene = Scene(report, form, NOTHING_BEFORE)
    within = (e for e in form.equations if not e.reaches("previous") and not e.reaches("children"))
    states = [judge(equation, scene.cell).state for equation in within]
    return Count(*(states.count(s) for s in (State.HOLDS, State.BROKEN, State.UNDECIDED)))


def _equations(form: Form, severities: Mapping[str, str]) -> list[Equation]:
    """The equations that are judged, with the severities of the portal."""
    chosen = []
    for equation in form.equations:
        word = severities.get(equation.relation)
        if word != "off" and not equation.reaches("children"):
            chosen.append(equation._replace(severity=SEVERITIES[word]) if word else equation)
    return chosen


def _joined(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Carry-overs that broke in several columns as one finding for each relation."""
    carried: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        if diagnostic.code == "GX311":
            carried.setdefault(diagnostic.relation or "", []).append(diagnostic)
    return [d for d in found if d.code != "GX311"] + [merged(group) for group in carried.values()]


# -- suspects -----------------------------------------------------------------------------------------------------


def _suggest(
    broken: Sequence[_Broken], equations: Sequence[Equation], waived: set[Equation], scene: Scene
) -> list[Diagnostic]:
    """The findings with the suspects of their cause; only hard breaks between exact figures have suspects."""
    found = {b.equation: b.diagnostic for b in broken}
    hard_breaks = [b.equation for b in broken if b.diagnostic.severity is Severity.ERROR]
    if not hard_breaks:
        return list(found.values())
    active = [e for e in equations if e not in waived and not e.condition and _in_force(e, scene)]
    hard = _linear([e for e in active if e.severity is Severity.ERROR], scene)
    soft = _linear([e for e in active if e.severity is not Severity.ERROR], scene)
    figures = Figures(scene.interval, scene.range, scene.neighbours, scene.position.__getitem__)
    for cause in causes(_linear(hard_breaks, scene)):
        known = {item.equation for item in hard}
        changes = localise(cause, hard + [i for i in cause if i.equation not in known], soft, figures)
        for item in cause if changes else ():
            found[item.equation] = with_suspects(found[item.equation], changes, len(cause), scene)
    return list(found.values())


def _linear(equations: Sequence[Equation], scene: Scene) -> list[Linear]:
    """The linear forms of the equations whose earlier figures are known."""
    forms = (linear(e, {ref: known.value for ref, known in scene.before.items()}) for e in equations)
    return [form for form in forms if form is not None]


def _in_force(equation: Equation, scene: Scene) -> bool:
    """Whether no cell marked not applicable takes the relation out of force."""
    sides = (side[0] for side in (equation.left, equation.right) if len(side) == 1)
    cells = (scene.cell(term) for term in sides)
    return all(cell is None or cell.status is not Status.NOT_APPLICABLE for cell in cells)


# -- all together -------------------------------------------------------------------------------------------------


def _conflicts(equations: Sequence[Equation], broken: set[Equation], scene: Scene) -> list[Diagnostic]:
    """Relations that may each hold but leave no value for the blanks together."""
    hard = [
        e
        for e in equations
        if e.severity is Severity.ERROR and e not in broken and not e.condition and _in_force(e, scene)
    ]
    items = conflict(_linear(hard, scene), scene.interval)
    if not items:
        return []
    refs = sorted({ref for item in items for ref in item.weights}, key=scene.position.__getitem__)
    held = [(ref, scene.report.cell[ref]) for ref in refs]
    placed = [(ref, cell) for ref, cell in held if cell.span and cell.status is Status.REPORTED]
    span = placed[0][1].span if placed else None
    place = Place(scene.report.path, span or scene.report.table_span)
    labels = tuple(
        Label(Place(place.path, cell.span), f"{scene.label(ref)} {shown(cell)}")
        for ref, cell in placed[1:]
        if cell.span
    )
    ids = tuple(dict.fromkeys(item.equation.relation for item in items))
    found = diagnose("GX303", place, relations="、".join(ids))
    return [replace(found, labels=labels, cells=tuple(str(ref) for ref in refs), relation=ids[0])]
