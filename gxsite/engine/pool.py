"""All targets made and staged: in this process, or on all cores where that is faster.

Workers are forked, so they hold what this process holds without a copy; each makes whole chunks of targets and writes
them itself. The chunks are dealt in plan order, and what was made does not depend on their number.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from gxsite.base.diagnostic import Diagnostic, ProjectError
from gxsite.engine.make import Maker
from gxsite.engine.output import Output
from gxsite.site.plan import Target

# A fork and its way back cost about as much as this many pages.
WORTH_A_FORK = 200
CHUNKS_A_WORKER = 12


class _Work:
    """What the workers inherit."""

    def __init__(self, maker: Maker, output: Output, targets: Sequence[Target]) -> None:
        self.maker = maker
        self.output = output
        self.targets = targets

    def do(self, start: int, stop: int) -> tuple[list[str], tuple[Diagnostic, ...]]:
        """Make some targets; the paths that changed, and what was found if the theme failed."""
        changed: list[str] = []
        try:
            changed += (t.path for t in self.targets[start:stop] if self.output.put(t.path, self.maker.make(t)))
        except ProjectError as error:
            return changed, error.diagnostics
        return changed, ()


_inherited: _Work | None = None


def _do(start: int, stop: int) -> tuple[list[str], tuple[Diagnostic, ...]]:
    assert _inherited is not None
    return _inherited.do(start, stop)


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_all(
    maker: Maker, output: Output, targets: Sequence[Target], jobs: int, tick: Callable[[int, int], None]
) -> list[str]:
    """Make and stage all targets; the paths that changed, in plan order.

    A theme that fails is a :class:`ProjectError`.
    """
    work = _Work(maker, output, targets)
    size = max(1, -(-len(targets) // (max(jobs, 1) * CHUNKS_A_WORKER)))
    chunks = [(start, min(start + size, len(targets))) for start in range(0, len(targets), size)]
    alone = jobs <= 1 or len(targets) < WORTH_A_FORK or threading.active_count() > 1
    changed: list[str] = []
    for paths, found in _alone(work, chunks) if alone or not _can_fork() else _forked(work, chunks, jobs):
        if found:
            raise ProjectError(*found)
        changed += paths
        done = chunks.pop(0)[1]
        tick(done, len(targets))
    return changed


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _alone(work: _Work, chunks: Sequence[tuple[int, int]]) -> Iterator[tuple[list[str], tuple[Diagnostic, ...]]]:
    return (work.do(start, stop) for start, stop in list(chunks))


def _forked(
    work: _Work, chunks: Sequence[tuple[int, int]], jobs: int
) -> Iterator[tuple[list[str], tuple[Diagnostic, ...]]]:
    global _inherited  # noqa: PLW0603 - a fork hands on what this process holds, and nothing else can be so large
    _inherited = work
    gc.freeze()  # the pages that the workers share stay shared
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_do, *zip(*chunks, strict=True))
    finally:
        _inherited = None
        gc.unfreeze()
