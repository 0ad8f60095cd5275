"""A broken relation in words: both sides with their operands, and the cells that are probably wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Label, Place, Severity, Suggestion, phrase
from gxsite.base.numerals import show
from gxsite.checks.judge import Verdict, show_interval
from gxsite.checks.localise import Change
from gxsite.checks.scene import Scene
from gxsite.model.cells import Cell, Status
from gxsite.model.form import Equation, Term

SHOWN_TERMS = 4
SHOWN_OTHERS = 3
SHOWN_RELATIONS = 4


def finding(equation: Equation, verdict: Verdict, scene: Scene) -> Diagnostic:
    """One broken equation. Approximate operands and inherited figures make it a warning."""
    place = scene.place(equation)
    expect = verdict.expect(equation.operator)
    facts: dict[str, Fact | None] = {
        "where": scene.where(equation),
        "left": _sum(equation.left, equation, scene),
        "right": _sum(equation.right, equation, scene),
        "left_value": show_interval(verdict.left),
        "right_value": show_interval(verdict.right),
        "gap": verdict.gap,
        "because": equation.because or None,
        "waive": equation.relation,
        "expect": expect,
    }
    code = "GX301" if equation.operator == "=" else "GX302"
    if equation.reaches("previous"):
        code = "GX311"
        facts["year"] = scene.report.year - 1
    if equation.operator != "=":
        facts["op"] = "≤" if equation.operator == "<=" else "≥"
        facts["left_short"] = _side(equation.left, equation, scene)
        facts["right_short"] = _side(equation.right, equation, scene)
        facts["condition"] = _condition(equation, scene)
    soft = verdict.approximate or inherits(equation, scene)
    severity = Severity.WARNING if soft and equation.severity is Severity.ERROR else equation.severity
    return replace(
        diagnose(code, place, **facts),
        severity=severity,
        labels=_labels(equation, scene, place),
        relation=equation.relation,
        cells=tuple(dict.fromkeys(str(t.ref) for t in equation.left + equation.right if t.ref)),
        expect=expect,
    )


def inherits(equation: Equation, scene: Scene) -> bool:
    """Whether a figure of the year before comes from predecessors."""
    terms = (t for t in equation.left + equation.right if t.ref and t.when == "previous")
    return any(known.inherited for t in terms if t.ref and (known := scene.before.get(t.ref)))


def conflicting(equations: Sequence[Equation], scene: Scene) -> dict[str, Fact | None]:
    """Relations that contradict each other, in the words of the form: each once, with its rows or columns."""
    groups: dict[tuple[str, str], list[Equation]] = {}
    for equation in equations:
        groups.setdefault((equation.relation, scene.spot(equation)[0]), []).append(equation)
    said = [_said(group, scene) for group in groups.values()]
    because = tuple(dict.fromkeys(e.because for e in equations if e.because))
    return {
        "relations": _listed(said),
        "because": "；".join(because[:SHOWN_RELATIONS]) or None,
        "ids": "、".join(dict.fromkeys(e.relation for e in equations)),
    }


def _said(group: Sequence[Equation], scene: Scene) -> Fact:
    first = group[0]
    left, right = (_sum(side, first, scene) for side in (first.left, first.right))
    sign = {"=": "=", "<=": "≤", ">=": "≥"}[first.operator]
    return phrase("conflict.relation", where=scene.where(*group), left=left, sign=sign, right=right)


def _listed(said: Sequence[Fact]) -> Fact:
    first, *others = said[:SHOWN_RELATIONS]
    if len(said) > SHOWN_RELATIONS:
        others.append(phrase("conflict.more", count=len(said) - SHOWN_RELATIONS))
    for other in others:
        first = phrase("list", first=first, rest=other)
    return first


def _labels(equation: Equation, scene: Scene, place: Place) -> tuple[Label, ...]:
    labels = []
    for term in equation.left + equation.right:
        cell = scene.cell(term)
        for where in scene.places_of(term):
            if cell and term.ref and where != place:
                sign = "−" if term.sign < 0 else ""
                word = phrase("cell.value", cell=scene.short(term, equation), value=shown(cell), sign=sign)
                labels.append(Label(where, word))
    return tuple(labels)


def shown(cell: Cell) -> str:
    """A cell's figure, or in brackets why it has none."""
    return cell.shown or {Status.BLANK: "（空白）", Status.NONE_BY_SECTION: "（无）"}.get(cell.status, "")


def _sum(terms: Sequence[Term], equation: Equation, scene: Scene) -> Fact:
    """A side in words; a long sum by its first operand and their number."""
    if all(term.ref is None for term in terms):
        return phrase("side.limit")
    first: Fact = scene.short(terms[0], equation)
    if terms[0].sign < 0:
        first = phrase("sum.minus", rest=first)
    if len(terms) > SHOWN_TERMS:
        return phrase("sum.long", first=first, count=len(terms))
    for term in terms[1:]:
        key = "sum.plus" if term.sign > 0 else "sum.less"
        first = phrase(key, first=first, rest=scene.short(term, equation))
    return first


def _condition(equation: Equation, scene: Scene) -> str | None:
    """What makes the relation required, in the words of the form."""
    condition = equation.condition
    return f"{scene.label(condition.ref)} {condition.operator} {condition.constant}" if condition else None


def _side(terms: Sequence[Term], equation: Equation, scene: Scene) -> Fact:
    """A side in one word for the comparison."""
    return scene.short(terms[0], equation) if len(terms) == 1 else phrase("side.sum")


def with_suspects(
    diagnostic: Diagnostic, changes: Sequence[tuple[Change, ...]], relations: int, scene: Scene
) -> Diagnostic:
    """The finding with the changes that would mend its cause, likeliest first; the cause breaks so many relations."""
    first, others = changes[0], changes[1:]
    facts: list[tuple[str, Fact]] = [("suspect", _suspect(first, relations, scene))]
    if others:
        facts.append(("more", phrase("suspect.more", others=_others(others[:SHOWN_OTHERS], scene))))
    suggestions = tuple(Suggestion(tuple((str(c.ref), show(c.new)) for c in change)) for change in changes)
    return replace(diagnostic, facts=(*diagnostic.facts, *facts), suggestions=suggestions)


def _suspect(change: tuple[Change, ...], relations: int, scene: Scene) -> Fact:
    one = change[0]
    if len(change) == 1:
        return phrase(
            "suspect.one" if relations == 1 else "suspect.all",
            cell=scene.label(one.ref),
            slip=phrase(f"slip.{one.slip}"),
            old=show(one.old),
            new=show(one.new),
            count=relations,
        )
    two = change[1]
    return phrase(
        "suspect.pair",
        cell=scene.label(one.ref),
        new=show(one.new),
        cell2=scene.label(two.ref),
        new2=show(two.new),
    )


def _others(changes: Sequence[tuple[Change, ...]], scene: Scene) -> Fact:
    first = _other(changes[0], scene)
    return phrase("list", first=first, rest=_others(changes[1:], scene)) if changes[1:] else first


def _other(change: tuple[Change, ...], scene: Scene) -> Fact:
    said: list[Fact] = [phrase("suspect.other", cell=scene.label(c.ref), new=show(c.new)) for c in change]
    return said[0] if len(said) == 1 else phrase("suspect.both", one=said[0], two=said[1])


def merged(found: Sequence[Diagnostic]) -> Diagnostic:
    """Breaks of one relation in several columns as one finding: the gravest first, the others named beside it."""
    ranked = sorted(found, key=lambda d: list(Severity).index(d.severity))
    first, others = ranked[0], ranked[1:]
    if not others:
        return first
    labels = tuple(
        Label(d.place, phrase("carry.also", where=d.fact.get("where", ""), expect=d.expect or "")) for d in others
    )
    cells = tuple(dict.fromkeys(cell for d in ranked for cell in d.cells))
    parts = tuple((d.cells, d.expect or "") for d in ranked)
    return replace(first, labels=(*first.labels, *labels), cells=cells, parts=parts)
