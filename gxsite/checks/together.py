"""GX303: relations that may each hold, but leave no values for the blanks together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Label, Place, Severity, phrase
from gxsite.checks.judge import applies
from gxsite.checks.localise import Linear
from gxsite.checks.propagate import conflict
from gxsite.checks.scene import Scene
from gxsite.checks.wording import conflicting, inherits, shown
from gxsite.model.cells import Status
from gxsite.model.form import CellRef, Equation


def check_together(equations: Iterable[Equation], suspects: Collection[CellRef], scene: Scene) -> list[Diagnostic]:
    """The hard relations that contradict each other, one finding for each cause, those with no cell in common.

    ``equations`` are those that are not broken by themselves. Nothing is concluded from the suspects of other findings,
    in this report or in the one of the year before. What only approximate or inherited figures show is a warning.
    """
    hard = [e for e in equations if e.severity is Severity.ERROR and applies(e, scene.cell) and scene.trusts(e)]
    items = [item for item in scene.linear(hard) if not item.weights.keys() & set(suspects)]
    found = []
    for severity in (Severity.ERROR, Severity.WARNING):
        chosen = [i for i in items if severity is Severity.WARNING or not _soft(i.equation, scene)]
        while parts := conflict(chosen, scene.interval):
            found.append(_finding(parts, severity, scene))
            named = {ref for item in parts for ref in item.weights}
            chosen, items = _apart(chosen, named), _apart(items, named)
    return found


def _apart(items: Sequence[Linear], named: set[CellRef]) -> list[Linear]:
    """The relations without any of the cells."""
    return [item for item in items if not item.weights.keys() & named]


def _soft(equation: Equation, scene: Scene) -> bool:
    cells = (scene.cell(term) for term in equation.left + equation.right)
    return inherits(equation, scene) or any(cell is not None and cell.approximate for cell in cells)


def _finding(items: Sequence[Linear], severity: Severity, scene: Scene) -> Diagnostic:
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
    before, figures = _before(items, scene)
    equations = [item.equation for item in items]
    expect = ", ".join((*(f"{ref}={cell.raw}" for ref, cell in placed), *figures))
    found = diagnose("GX303", place, **conflicting(equations, scene), expect=expect)
    cells = tuple(str(ref) for ref in refs)
    return replace(
        found, severity=severity, labels=labels + before, cells=cells, relation=equations[0].relation, expect=expect
    )


def _before(items: Sequence[Linear], scene: Scene) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """The figures of the year before that take part: where they stand, and what they are."""
    labels: list[Label] = []
    figures: list[str] = []
    for equation in (item.equation for item in items):
        for term in equation.left + equation.right:
            cell = scene.cell(term) if term.when == "previous" else None
            if cell:
                word = phrase("cell.value", cell=scene.short(term, equation), value=shown(cell), sign="")
                labels += [Label(where, word) for where in scene.places_of(term)]
                figures.append(f"previous({term.ref})={shown(cell)}")
    return tuple(labels), tuple(figures)
