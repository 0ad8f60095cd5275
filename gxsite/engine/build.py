"""Building and checking a portal. What has nothing to do is done at once: see :mod:`gxsite.engine.quick`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gxsite.engine.intact import inquiry
from gxsite.engine.lock import held
from gxsite.engine.pool import cores
from gxsite.engine.project import CACHE, OUTPUT
from gxsite.engine.quick import Quick
from gxsite.engine.result import Result, Tick, silent
from gxsite.engine.secret import secret
from gxsite.engine.state import DamagedError, State
from gxsite.engine.version import code_version

if TYPE_CHECKING:
    from gxsite.checks.run import Findings
    from gxsite.engine.load import Project

T = TypeVar("T")


def check(root: Path, tick: Tick = silent, *, use_baseline: bool = True, jobs: int = 0) -> tuple[Project, Findings]:
    """The project read and checked, the plan's collisions included; nothing is written but the state."""
    from gxsite.engine import steps
    from gxsite.engine.timings import Timings

    def work(state: State) -> tuple[Project, Findings]:
        checked = steps.check(root, state, tick, jobs or cores(), Timings(), use_baseline=use_baseline)
        return checked.project, checked.findings

    return _with_state(root / CACHE, work, lambda: tick("wait", 0, 0))[0]


def build(
    root: Path,
    output: Path | None = None,
    *,
    adopt: bool = False,
    strict: bool = False,
    jobs: int = 0,
    as_of: str = "",
    verify: bool = False,
    cache: Path | None = None,
    tick: Tick = silent,
) -> Result:
    """Build the portal into ``output`` (``build/`` of the project by default).

    With ``strict`` warnings stop it too; ``jobs`` is the number of processes, 0 for one on each core; ``as_of`` the day
    (``YYYY-MM-DD``) by which reports are missing, else that of ``SOURCE_DATE_EPOCH``, else the newest publication;
    with ``verify`` the files of earlier builds are read and not trusted by their size and time. The state is kept in
    ``cache`` (``.gxsite/`` of the project by default).
    """
    folder = output or root / OUTPUT

    processes = jobs or cores()

    def work(state: State) -> Result:
        with inquiry(state, folder, processes, verify=verify) as asked:
            import pickle  # while the question is being answered there is time for it

            quick = Quick(root, folder, state, repr((strict, as_of)))
            made = None if verify else quick.known(asked)
            if made is not None:
                return Result(*pickle.loads(made))
            from gxsite.engine.steps import Build

            result = Build(root, folder, state, processes, tick, quick.files).run(asked, adopt, strict, as_of)
            if not result.stopped:
                quick.remember(pickle.dumps((result.findings, result.made, (), (), result.held), 5))
            return result

    def wait() -> None:
        tick("wait", 0, 0)

    place = cache or root / CACHE
    with held(folder, wait) if folder.resolve() != place.resolve() else nullcontext():
        result, note = _with_state(place, work, wait)
    return result._replace(note=note)


def _with_state(folder: Path, work: Callable[[State], T], wait: Callable[[], None]) -> tuple[T, str]:
    """Work done with the state in a folder, from nothing if the state proves damaged; and the note on that."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    with held(folder, wait):
        state = State(folder, code_version(), secret())
        try:
            try:
                return work(state), state.note
            except (DamagedError, sqlite3.DatabaseError) as error:
                state.start_anew(error)
                return work(state), state.note
        finally:
            state.close()
