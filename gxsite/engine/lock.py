"""One at a time: whoever works on a folder holds it, and the others wait."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without these locks: its users see to it themselves
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a folder; ``waiting`` is called if somebody else does. One that is not there is not held.

    The lock is the system's own, on the folder itself, and ends with its process however that ends.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        if fcntl is not None:
            _take(handle, waiting)
        yield
    finally:
        os.close(handle)


def _take(handle: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system that knows no locks
        return
