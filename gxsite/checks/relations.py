"""GX301, GX302 and GX311: the relations of one report and to the year before, with the cell that is probably wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.diagnostic import Diagnostic, Label, Place, Severity, phrase
from gxsite.base.numerals import Interval
from gxsite.checks.earlier import Earlier
from gxsite.checks.judge import State, Verdict, applies, is_met, judge
from gxsite.checks.localise import Change, Figures, Linear, causes, localise
from gxsite.checks.propagate import mending
from gxsite.checks.scene import Scene
from gxsite.checks.together import check_together
from gxsite.checks.waivers import fits
from gxsite.checks.wording import finding, inherits, merged, with_suspects
from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Condition, Equation, Form, Operator, Term, Weights
from gxsite.model.report import Report
from gxsite.model.summary import Summary

SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}
NOTHING_BEFORE: Mapping[CellRef, Earlier] = {}


class Count(NamedTuple):
    """How many relations of a report hold, are broken, or cannot be decided because of blanks."""

    holds: int
    broken: int
    undecided: int


class Echo(NamedTuple):
    """A relation to the year before that breaks only because a figure of that year is wrong, and was found there.

    ``place`` and ``cell`` are the wrong figure; ``label`` says where it comes out again.
    """

    place: Place
    cell: str
    label: Label


class Judged(NamedTuple):
    """What the relations of one report show.

    ``mended`` are the values that single suspects should have, so that the next year is judged by what was meant.
    """

    diagnostics: tuple[Diagnostic, ...]
    mended: Mapping[CellRef, Decimal]
    echoes: tuple[Echo, ...]


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
    return judge_relations(report, form, severities, before).diagnostics


def judge_relations(
    report: Report, form: Form, severities: Mapping[str, str], before: Mapping[CellRef, Earlier]
) -> Judged:
    """As :func:`check_relations`, with what the next year needs to know."""
    doubtful = [e for e, weights, constant in form.weighed if not plainly(weights, constant, e, report, before)]
    if not doubtful:
        return Judged((), {}, ())
    scene = Scene(report, form, before)
    equations = _equations(form.equations, severities)
    broken: list[_Broken] = []
    echoes: list[Echo] = []
    for equation in _equations(doubtful, severities):
        verdict = judge(equation, scene.cell)
        if verdict.state is State.BROKEN:
            found = _Broken(equation, verdict, finding(equation, verdict, scene))
            echo = _echo(found, scene)
            if echo:
                echoes += echo
            else:
                broken.append(found)
    waived = {b.equation for b in broken if any(fits(w, b.diagnostic) for w in report.waivers)}
    open_breaks = [b for b in broken if b.equation not in waived]
    suggested, suspects, doubted = _suggest(open_breaks, equations, waived, form, scene)
    explained = (b.diagnostic for b in broken if b.equation in waived)
    known = {b.equation for b in broken}
    conflicts = check_together([e for e in equations if e not in known], doubted, scene)
    mended = {ref: value for b in open_breaks for ref, value in _continued(b, scene)} | suspects
    return Judged((*_joined(suggested), *explained, *conflicts), mended, tuple(echoes))


def _echo(broken: _Broken, scene: Scene) -> list[Echo]:
    """The wrong figures of the year before that alone make a relation break; none if it is broken in itself."""
    equation = broken.equation
    refs = [t.ref for t in equation.left + equation.right if t.ref and t.when == "previous"]
    wrong = {ref: known for ref in refs if (known := scene.before.get(ref)) and known.mended is not None}
    if not wrong:
        return []
    meant = {
        **scene.before,
        **{ref: known._replace(value=known.mended or Decimal(0)) for ref, known in wrong.items()},
    }
    if judge(equation, Scene(scene.report, scene.form, meant).cell).state is State.BROKEN:
        return []
    place = broken.diagnostic.place
    label = Label(place, phrase("series.echo", year=scene.report.year, expect=broken.diagnostic.expect or ""))
    return [Echo(known.places[0], str(ref), label) for ref, known in wrong.items()]


def with_echoes(found: Sequence[Diagnostic], echoes: Sequence[Echo]) -> list[Diagnostic]:
    """The findings with the places where a wrong figure comes out again in the year after."""
    result = list(found)
    for echo in echoes:
        for i, diagnostic in enumerate(result):
            if diagnostic.place.path == echo.place.path and echo.cell in diagnostic.cells and diagnostic.relation:
                result[i] = replace(diagnostic, labels=(*diagnostic.labels, echo.label))
                break
    return result


def count_relations(report: Report, form: Form) -> Count:
    """The states of all relations within a report."""
    scene = Scene(report, form, NOTHING_BEFORE)
    within = (e for e in form.equations if not e.reaches("previous") and not e.reaches("children"))
    states = [judge(equation, scene.cell).state for equation in within]
    return Count(*(states.count(s) for s in (State.HOLDS, State.BROKEN, State.UNDECIDED)))


def plainly(
    weights: Weights, constant: int, equation: Equation, report: Report | Summary, before: Mapping[CellRef, Earlier]
) -> bool:
    """Whether an equation holds between exact figures, or is not to be judged here: nearly always, and quickly seen."""
    condition = equation.condition
    asked = report.cell.get(condition.ref) if condition else None
    if condition and asked and not is_met(condition, asked.interval):
        return True  # it is not in force
    difference = Decimal(constant)
    for (ref, when), weight in weights.items():
        if when == "now":
            cell = report.cell[ref]
            low, high = cell.interval
            if low is None or low != high or cell.status is Status.NOT_APPLICABLE:
                return False
            difference += low * weight
        elif when == "previous" and ref in before:
            difference += before[ref].value * weight
        else:
            return True  # the levels below are judged elsewhere; without a figure of the year before nothing is
    return _holds(difference, equation.operator)


def _differences_hold(figures: Sequence[int | Decimal], form: Form) -> bool:
    """Whether all relations within a report hold between exact figures, which stand in form order."""
    for operator, constant, weights, condition, asked in form.differences:
        difference = constant + sum([figures[at] * weight for at, weight in weights])
        if not _holds(difference, operator) and (condition is None or _meets(figures[asked], condition)):
            return False
    return True


def _meets(figure: int | Decimal, condition: Condition) -> bool:
    value = Decimal(figure)
    return is_met(condition, Interval(value, value))


def _holds(difference: Decimal | int, operator: Operator) -> bool:
    """Whether the left side of an equation may exceed the right one by a difference."""
    return difference == 0 or (difference < 0 and operator == "<=") or (difference > 0 and operator == ">=")


def settled(report: Report, form: Form) -> bool:
    """Whether all relations within a report hold between exact figures."""
    if report.cells.all_plain:
        return _differences_hold(
            [int(word) if word.isdecimal() else Decimal(word) for word in report.cells.figures], form
        )
    return all(plainly(weights, constant, e, report, NOTHING_BEFORE) for e, weights, constant in form.weighed)


def settled_across(report: Summary, form: Form, before: Mapping[CellRef, Earlier]) -> bool:
    """Whether all relations of a report to the year before hold between exact figures."""
    return all(plainly(weights, constant, e, report, before) for e, weights, constant in form.carried)


def _equations(equations: Iterable[Equation], severities: Mapping[str, str]) -> list[Equation]:
    """The equations that are judged, with the severities of the portal."""
    chosen = []
    for equation in equations:
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
    broken: Sequence[_Broken], equations: Sequence[Equation], waived: set[Equation], form: Form, scene: Scene
) -> tuple[list[Diagnostic], dict[CellRef, Decimal], set[CellRef]]:
    """The findings with the suspects of their cause; the values that single suspects should have; all doubted cells.

    Only breaks of hard relations between exact figures have suspects; hard is what the form calls an error, however the
    portal weighs it. A softer break that the one suspect explains is not a finding of its own: its places are named
    beside the cause. Causes that no single cell explains are sought together, as two cells may be behind them.
    """
    found = {b.equation: b.diagnostic for b in broken}
    suspects: dict[CellRef, Decimal] = {}
    doubted: set[CellRef] = set()
    firm = {(e.relation, e.instance) for e in form.equations if e.severity is Severity.ERROR}

    def is_hard(equation: Equation) -> bool:
        return (equation.relation, equation.instance) in firm

    hard_breaks = [b.equation for b in broken if is_hard(b.equation) and not _soft_break(b, scene)]
    if not hard_breaks:
        return list(found.values()), suspects, doubted
    active = [e for e in equations if e not in waived and applies(e, scene.cell)]
    hard = scene.linear(e for e in active if is_hard(e))
    soft = scene.linear(e for e in active if not is_hard(e))
    breaks = scene.linear(hard_breaks)
    doubted |= {ref for item in breaks for ref in item.weights}
    known = {b.equation for b in broken}
    whole = [item for item in hard if item.equation not in known and scene.trusts(item.equation)]
    for items, tied in _explained(breaks, hard, soft, scene):
        changes = mending(tied, [*whole, *items], scene.interval, scene.range)
        for item in items:
            found[item.equation] = with_suspects(found[item.equation], changes, len(items), scene)
        if len(changes) == 1 and len(changes[0]) == 1:
            suspect = changes[0][0]
            suspects[suspect.ref] = suspect.new
            _fold(found, [item.equation for item in items], suspect, scene)
    return list(found.values()), suspects, doubted


def _explained(
    breaks: Sequence[Linear], hard: Sequence[Linear], soft: Sequence[Linear], scene: Scene
) -> list[tuple[list[Linear], list[tuple[Change, ...]]]]:
    """The broken relations of each cause, with the changes of which each would mend them one by one."""
    figures = Figures(
        scene.interval, scene.figure, scene.range, scene.step, scene.neighbours, scene.position.__getitem__
    )
    known = {item.equation for item in hard}
    hard = [*hard, *(item for item in breaks if item.equation not in known)]
    found = [(cause, localise(cause, hard, soft, figures)) for cause in causes(breaks)]
    unexplained = [item for cause, changes in found if not changes for item in cause]
    if unexplained:
        found.append((unexplained, localise(unexplained, hard, soft, figures)))
    return [(items, changes) for items, changes in found if changes]


def _soft_break(broken: _Broken, scene: Scene) -> bool:
    """Whether a break rests on approximate or inherited figures."""
    return broken.verdict.approximate or inherits(broken.equation, scene)


def _continued(broken: _Broken, scene: Scene) -> list[tuple[CellRef, Decimal]]:
    """The value that a series asks of the cell that stands alone on its side."""
    equation, verdict = broken.equation, broken.verdict
    if not equation.reaches("previous") or equation.operator != "=":
        return []
    for side, other in ((equation.left, verdict.right), (equation.right, verdict.left)):
        if len(side) == 1 and side[0].ref and side[0].when == "now" and other.exact and other.low is not None:
            return [(side[0].ref, other.low * side[0].sign)]
    return []


def _fold(found: dict[Equation, Diagnostic], cause: Sequence[Equation], suspect: Change, scene: Scene) -> None:
    """Take out the softer findings that the suspect explains, and name their places beside its cause."""
    first = cause[0]

    def meant(term: Term) -> Cell | None:
        cell = scene.cell(term)
        if cell and term.ref == suspect.ref and term.when == "now":
            return cell._replace(interval=Interval(suspect.new, suspect.new))
        return cell

    for equation, diagnostic in list(found.items()):
        concerned = any(t.ref == suspect.ref and t.when == "now" for t in equation.left + equation.right)
        soft = diagnostic.severity is not Severity.ERROR and equation not in cause
        if soft and concerned and judge(equation, meant).state is not State.BROKEN:
            del found[equation]
            elsewhere = tuple(lab for lab in diagnostic.labels if lab.place.path != diagnostic.place.path)
            found[first] = replace(found[first], labels=(*found[first].labels, *elsewhere))
