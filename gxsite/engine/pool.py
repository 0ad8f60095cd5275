"""Work spread over all cores, or done in this process where that is faster.

Workers are forked, so they hold what this process holds without a copy. Tasks are dealt in order and their results
come back in that order, so that what comes out does not depend on the number of processes.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")
# A chunk is a share of what is left, so that the last ones are small and no worker waits long for another. None is so
# small that its way is not worth it, or so large that its results crowd the memory.
SHARES_A_WORKER = 3
MIN_CHUNK, MAX_CHUNK = 10, 250

_inherited: Callable[[int, int], object] | None = None


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    do: Callable[[Sequence[Task]], Result], tasks: Sequence[Task], jobs: int, worth: int
) -> Iterator[tuple[int, Result]]:
    """The results of chunks of tasks in order, each with the number of tasks that are done by then.

    Fewer tasks than ``worth`` are not worth a fork.
    """
    alone = jobs <= 1 or len(tasks) < worth or threading.active_count() > 1 or not _can_fork()
    chunks = tuple(_chunks(len(tasks), max(jobs, 1)))
    results = (do(tasks[start:stop]) for start, stop in chunks) if alone else _forked(do, tasks, chunks, jobs)
    for (_, stop), result in zip(chunks, results, strict=True):
        yield stop, result


def _chunks(count: int, jobs: int) -> Iterator[tuple[int, int]]:
    """The chunks of so many tasks: where each begins and ends."""
    start = 0
    while start < count:
        size = -(-(count - start) // (jobs * SHARES_A_WORKER))
        stop = min(count, start + max(MIN_CHUNK, min(MAX_CHUNK, size)))
        yield start, stop
        start = stop


def _can_fork() -> bool:
    import multiprocessing  # late: what has nothing to spread does without

    return "fork" in multiprocessing.get_all_start_methods()


def _do(start: int, stop: int) -> object:
    assert _inherited is not None
    return _inherited(start, stop)


def _follow(parent: int) -> None:
    """End this worker when the process that it works for is gone: killed, it could not tell it so."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _forked(
    do: Callable[[Sequence[Task]], Result], tasks: Sequence[Task], chunks: Sequence[tuple[int, int]], jobs: int
) -> Iterator[Result]:
    global _inherited  # noqa: PLW0603 - a fork hands on what this process holds, and nothing else can be so large
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    _inherited = lambda start, stop: do(tasks[start:stop])  # noqa: E731 - one line, and never sent anywhere
    done = 0
    gc.freeze()  # the pages that the workers share stay shared
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_follow, initargs=(os.getpid(),)) as pool:
            for result in pool.map(_do, *zip(*chunks, strict=True)):
                done += 1
                yield cast("Result", result)
    except BrokenProcessPool:  # the system killed a worker, perhaps for want of memory: this process does the rest
        yield from (do(tasks[start:stop]) for start, stop in chunks[done:])
    finally:
        _inherited = None
        gc.unfreeze()
