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
CHUNKS_A_WORKER = 12
# Enough for the pages of one chunk to be worth their way, few enough that no worker waits long for the last one.
MAX_CHUNK = 250

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
    size = min(MAX_CHUNK, max(1, -(-len(tasks) // (max(jobs, 1) * CHUNKS_A_WORKER))))
    chunks = [(start, min(start + size, len(tasks))) for start in range(0, len(tasks), size)]
    results = (do(tasks[start:stop]) for start, stop in chunks) if alone else _forked(do, tasks, chunks, jobs)
    for (_, stop), result in zip(chunks, results, strict=True):
        yield stop, result


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
