"""Which files of the output are not as they were left: asked in a second process while the first one reads."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gxsite.engine.files import fingerprint
from gxsite.engine.pool import cores
from gxsite.engine.state import Left, State

# Asking for the stats of so many files takes as long as a fork.
WORTH_A_FORK = 10_000


def by_stat(place: str, size: int, time: int, _digest: bytes) -> bool:
    """Whether a file has the size and time that it was left with."""
    try:
        stat = os.lstat(place)
    except OSError:
        return False
    return stat.st_mtime_ns == time and stat.st_size == size


def by_digest(place: str, size: int, time: int, digest: bytes) -> bool:
    """Whether a file also has the bytes that were written."""
    if not by_stat(place, size, time, digest):
        return False
    try:
        with open(place, "rb") as file:
            return fingerprint(file.read()) == digest
    except OSError:
        return False


Intact = Callable[[str, int, int, bytes], bool]


def altered(files: Iterable[Left], folder: str, intact: Intact) -> frozenset[str]:
    """The paths of the files in a folder that are not as they were left; "" is the folder we are in."""
    below = f"{folder}/" if folder else ""
    return frozenset(path for path, size, time, digest in files if not intact(below + path, size, time, digest))


@contextmanager
def inquiry(state: State, folder: Path, jobs: int, *, verify: bool) -> Iterator[Inquiry]:
    """Ask what became of the output since the last build; with ``verify`` every byte of it."""
    place = str(folder.resolve())
    if state.meta("output") != place.encode():
        state.forget_made()  # that was another folder
    # Whoever died while writing left files of which the records say nothing.
    asked = Inquiry(state, place, by_digest if verify or state.meta("open") else by_stat, jobs)
    try:
        yield asked
    finally:
        asked.close()


class Inquiry:
    """:func:`altered`, begun now and answered when :meth:`answer` is called."""

    def __init__(self, state: State, folder: str, intact: Intact, jobs: int) -> None:
        self._state, self._folder, self._intact = state, folder, intact
        self._answer: frozenset[str] | None = None
        self._pipe = -1
        alone = min(jobs, cores()) == 1 or not hasattr(os, "fork") or threading.active_count() > 1
        if not alone and int(state.meta("count") or 0) >= WORTH_A_FORK:
            self._pipe, end = os.pipe()
            self._child = os.fork()
            if not self._child:
                self._speak(end)
            os.close(end)

    def _speak(self, end: int) -> None:
        """The child: says what it found, and is gone. Every path ends in a NUL, and one more says that all are said."""
        try:
            files = self._state.files()
            os.chdir(self._folder)  # from there the way to each file is shorter
            with open(end, "wb") as out:
                paths = sorted(altered(files, "", self._intact))
                out.write(b"".join(os.fsencode(path) + b"\0" for path in paths) + b"\0")
        finally:
            os._exit(0)

    def answer(self) -> frozenset[str]:
        """The paths; asked here if nobody else could be asked, or did not answer to the end."""
        if self._answer is None:
            heard = self._hear() if self._pipe >= 0 else None
            self._answer = altered(self._state.files(), self._folder, self._intact) if heard is None else heard
        return self._answer

    def _hear(self) -> frozenset[str] | None:
        """What the child said; None if it did not say all."""
        with open(self._pipe, "rb") as said:
            paths = said.read()
        os.waitpid(self._child, 0)
        self._pipe = -1
        if paths == b"\0" or paths.endswith(b"\0\0"):
            return frozenset(os.fsdecode(path) for path in paths.split(b"\0") if path)
        return None

    def close(self) -> None:
        """Do without the answer."""
        if self._pipe >= 0:
            os.close(self._pipe)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._pipe = -1
