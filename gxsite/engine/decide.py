"""Which files have to be made again, and why."""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import chain
from typing import Literal, NamedTuple

from gxsite.engine.left import Record
from gxsite.engine.make import Task
from gxsite.engine.state import State
from gxsite.site.inputs import SIZE, Inputs
from gxsite.site.plan import Plan, Target

Cause = Literal["new", "altered", "changed"]


class Reason(NamedTuple):
    """Why a file is made: it was not built before, is not as it was left, or an input of it has changed (``what``)."""

    path: str
    cause: Cause
    what: str = ""


class Decision(NamedTuple):
    """The work to be done, with its reasons.

    For the units of which some file is not as it should be: ``before`` are all their records, ``fresh`` those of files
    that are right. ``bases`` are what all units rest on now, ``gone`` the records of those that are no more.
    """

    tasks: tuple[Task, ...]
    reasons: tuple[Reason, ...]
    before: Mapping[str, tuple[Record, ...]]
    fresh: Mapping[str, tuple[Record, ...]]
    bases: Mapping[str, bytes]
    gone: Mapping[str, tuple[Record, ...]]


def decide(plan: Plan, inputs: Inputs, state: State, altered: Set[str]) -> Decision:
    """The targets whose inputs differ from those that were recorded, or whose file was ``altered``."""
    known = state.bases()
    alike = state.meta("surroundings") == inputs.surroundings
    disturbed = state.units_of(altered) if altered else frozenset()
    tasks: list[Task] = []
    reasons: list[Reason] = []
    before: dict[str, tuple[Record, ...]] = {}
    fresh: dict[str, tuple[Record, ...]] = {}
    bases: dict[str, bytes] = {}
    singles = (
        (unit, known[unit] if alike and unit in known else b"".join(map(inputs.of, targets)))
        for unit, targets in plan.singles.items()
    )
    reports = ((unit, inputs.basis(report)) for unit, report in plan.reports())
    doubtful: list[str] = []
    for unit, now in chain(singles, reports):
        if known.get(unit) != now or unit in disturbed:
            doubtful.append(unit)
        bases[unit] = now
    recorded = state.records(unit for unit in doubtful if unit in known)
    for unit in doubtful:
        before[unit] = recorded.get(unit, ())
        records = {record.path: record for record in before[unit]}
        stale: list[tuple[Target, bytes]] = []
        good: list[Record] = []
        for target in plan.targets(unit):
            wanted, record = inputs.of(target), records.get(target.path)
            reason = _reason(target, wanted, record, inputs, altered)
            if reason:
                stale.append((target, wanted))
                reasons.append(reason)
            elif record:
                good.append(record)
        if stale:
            tasks.append(Task(unit, tuple(stale)))
        fresh[unit] = tuple(good)
    lost = known.keys() - bases.keys()
    recorded = state.records(lost)
    gone = {unit: recorded.get(unit, ()) for unit in lost}
    return Decision(tuple(tasks), tuple(reasons), before, fresh, bases, gone)


def _reason(target: Target, wanted: bytes, record: Record | None, inputs: Inputs, altered: Set[str]) -> Reason | None:
    """Why a target is to be made, None if it is not."""
    if record is None:
        return Reason(target.path, "new")
    if record.inputs != wanted:
        return Reason(target.path, "changed", _what(record.inputs, wanted, target, inputs))
    return Reason(target.path, "altered") if record.path in altered else None


def _what(before: bytes, now: bytes, target: Target, inputs: Inputs) -> str:
    """The name of the first input that differs."""
    if before[:SIZE] != now[:SIZE]:
        return "shared"
    if len(before) != len(now):
        return "list"
    for i, name in enumerate(inputs.names(target)):
        if before[i * SIZE : (i + 1) * SIZE] != now[i * SIZE : (i + 1) * SIZE]:
            return name
    return "shared"
