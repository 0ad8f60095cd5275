"""Which files have to be made again, and why."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from hashlib import blake2b
from itertools import chain
from typing import Literal, NamedTuple

from gxsite.engine.make import Task
from gxsite.engine.state import Made, Record
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

    ``fresh`` are by unit the records of files that are as they should be, for the units of which some are not;
    ``basis`` is what these units rest on now.
    """

    tasks: tuple[Task, ...]
    reasons: tuple[Reason, ...]
    fresh: Mapping[str, tuple[Record, ...]]
    basis: Mapping[str, bytes]


def decide(
    plan: Plan,
    inputs: Inputs,
    made: Mapping[str, Made],
    intact: Callable[[Record], bool],
) -> Decision:
    """The targets whose inputs differ from those that were recorded, or whose file is not as it was left."""
    tasks: list[Task] = []
    reasons: list[Reason] = []
    fresh: dict[str, tuple[Record, ...]] = {}
    basis: dict[str, bytes] = {}
    singles = ((unit, inputs.of(target)) for unit, target in plan.singles.items())
    reports = ((unit, inputs.basis(report)) for unit, report in plan.reports())
    for unit, now in chain(singles, reports):
        known = made.get(unit)
        if known and known.basis == now and all(map(intact, known.files)):
            continue
        records = {record.path: record for record in known.files} if known else {}
        stale: list[tuple[Target, bytes]] = []
        good: list[Record] = []
        for target in plan.targets(unit):
            wanted, record = inputs.of(target), records.get(target.path)
            reason = _reason(target, wanted, record, inputs, intact)
            if reason:
                stale.append((target, wanted))
                reasons.append(reason)
            elif record:
                good.append(record)
        if stale:
            tasks.append(Task(unit, tuple(stale)))
        fresh[unit], basis[unit] = tuple(good), now
    return Decision(tuple(tasks), tuple(reasons), fresh, basis)


def _reason(
    target: Target, wanted: bytes, record: Record | None, inputs: Inputs, intact: Callable[[Record], bool]
) -> Reason | None:
    """Why a target is to be made, None if it is not."""
    if record is None:
        return Reason(target.path, "new")
    if record.inputs != wanted:
        return Reason(target.path, "changed", _what(record.inputs, wanted, target, inputs))
    return None if intact(record) else Reason(target.path, "altered")


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


def by_stat(folder: str) -> Callable[[Record], bool]:
    """Whether a file in a folder has the size and time that it was left with."""

    def intact(record: Record) -> bool:
        try:
            stat = os.lstat(f"{folder}/{record.path}")
        except OSError:
            return False
        return stat.st_mtime_ns == record.time and stat.st_size == record.size

    return intact


def by_digest(folder: str) -> Callable[[Record], bool]:
    """Whether a file in a folder has the bytes that were written."""

    def intact(record: Record) -> bool:
        place = f"{folder}/{record.path}"
        try:
            if os.path.islink(place):
                return False
            with open(place, "rb") as file:
                return blake2b(file.read(), digest_size=8).digest() == record.digest
        except OSError:
            return False

    return intact
