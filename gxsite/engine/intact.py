"""Which files of the output are not as they were left: asked in a second process while the first one reads."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from hashlib import blake2b

from gxsite.engine.pool import cores
from gxsite.engine.state import Record, State

# Asking for the stats of so many files takes as long as a fork.
WORTH_A_FORK = 2000


def by_stat(folder: str, record: Record) -> bool:
    """Whether a file in a folder has the size and time that it was left with."""
    try:
        stat = os.lstat(f"{folder}/{record.path}")
    except OSError:
        return False
    return stat.st_mtime_ns == record.time and stat.st_size == record.size


def by_digest(folder: str, record: Record) -> bool:
    """Whether a file in a folder also has the bytes that were written."""
    if not by_stat(folder, record):
        return False
    try:
        with open(f"{folder}/{record.path}", "rb") as file:
            return blake2b(file.read(), digest_size=8).digest() == record.digest
    except OSError:
        return False


def altered(state: State, folder: str, intact: Callable[[str, Record], bool]) -> frozenset[str]:
    """The paths of the recorded files that are not as they were left."""
    return frozenset(r.path for r in map(Record._make, state.files()) if not intact(folder, r))


class Inquiry:
    """:func:`altered`, begun now and answered when :meth:`answer` is called."""

    def __init__(self, state: State, folder: str, intact: Callable[[str, Record], bool], jobs: int) -> None:
        self._question = (state, folder, intact)
        self._pipe = -1
        alone = min(jobs, cores()) == 1 or not hasattr(os, "fork") or threading.active_count() > 1
        if not alone and state.count_made() >= WORTH_A_FORK:
            self._pipe, end = os.pipe()
            self._child = os.fork()
            if not self._child:
                self._speak(end)
            os.close(end)

    def _speak(self, end: int) -> None:
        """The child: says what it found, and is gone. Every path ends in a NUL, and one more says that all are said."""
        try:
            with open(end, "wb") as out:
                out.write(b"".join(os.fsencode(path) + b"\0" for path in sorted(altered(*self._question))) + b"\0")
        finally:
            os._exit(0)

    def answer(self) -> frozenset[str]:
        """The paths; asked here if nobody else could be asked, or did not answer to the end."""
        if self._pipe >= 0:
            with open(self._pipe, "rb") as said:
                paths = said.read()
            os.waitpid(self._child, 0)
            self._pipe = -1
            if paths.endswith(b"\0") and (paths == b"\0" or paths.endswith(b"\0\0")):
                return frozenset(os.fsdecode(path) for path in paths.split(b"\0") if path)
        return altered(*self._question)

    def close(self) -> None:
        """Do without the answer."""
        if self._pipe >= 0:
            os.close(self._pipe)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._pipe = -1
