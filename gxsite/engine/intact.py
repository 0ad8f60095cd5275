"""Which files of the output are not as they were left: asked in a second process while the first one reads."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gxsite.engine.files import fingerprint
from gxsite.engine.left import Left
from gxsite.engine.pool import cores
from gxsite.engine.state import State

# Asking for the stats of so many files takes as long as a fork.
WORTH_A_FORK = 10_000
PARTS = 32


def by_stat(files: Left, below: str) -> Iterator[str]:
    """The files that have not the size and time that they were left with; ``below`` is the way to them."""
    lstat = os.lstat
    for path, size, time in zip(files.paths, files.sizes, files.times, strict=True):
        try:
            stat = lstat(below + path)
        except OSError:
            yield path
            continue
        if stat.st_mtime_ns != time or stat.st_size != size:
            yield path


def by_digest(files: Left, below: str) -> Iterator[str]:
    """The files that have not the size, time and bytes that they were left with."""
    lost = set(by_stat(files, below))
    for at, path in enumerate(files.paths):
        if path in lost or _fingerprint(below + path) != files.digest(at):
            yield path


def _fingerprint(place: str) -> bytes:
    try:
        with open(place, "rb") as file:
            return fingerprint(file.read())
    except OSError:
        return b""


Altered = Callable[[Left, str], Iterator[str]]


def altered(files: Iterable[Callable[[], Left]], folder: str, look: Altered) -> frozenset[str]:
    """The paths of the files in a folder that are not as they were left; "" is the folder we are in."""
    below = f"{folder}/" if folder else ""
    return frozenset(path for some in files for path in look(some(), below))


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
    """:func:`altered`, begun now and answered when :meth:`answer` is called.

    The files lie in parts, and there is a ticket for each. A child takes one after the other; who waits for its answer
    takes some too.
    """

    def __init__(self, state: State, folder: str, look: Altered, jobs: int) -> None:
        self._state, self._folder, self._look = state, folder, look
        self._answer: frozenset[str] | None = None
        self._pipe = -1
        alone = min(jobs, cores()) == 1 or not hasattr(os, "fork") or threading.active_count() > 1
        if not alone and int(state.meta("count") or 0) >= WORTH_A_FORK:
            self._tickets, filling = os.pipe()
            os.write(filling, bytes(range(PARTS)))
            os.close(filling)
            self._pipe, end = os.pipe()
            self._child = os.fork()
            if not self._child:
                self._speak(end)
            os.close(end)

    def _speak(self, end: int) -> None:
        """The child: says what it found, and is gone. Every path ends in a NUL, and one more says that all are said."""
        try:
            os.chdir(self._folder)  # from there the way to each file is shorter
            with open(end, "wb") as out:
                paths = self._take("")
                out.write(b"".join(os.fsencode(path) + b"\0" for path in paths) + b"\0")
        finally:
            os._exit(0)

    def _take(self, folder: str) -> frozenset[str]:
        """What is altered in the parts that nobody else has taken."""
        found: set[str] = set()
        files: Sequence[Callable[[], Left]] = ()
        while ticket := os.read(self._tickets, 1):
            files = files or self._state.files()
            found |= altered(files[ticket[0] :: PARTS], folder, self._look)
        os.close(self._tickets)
        return frozenset(found)

    def answer(self) -> frozenset[str]:
        """The paths; asked here if nobody else could be asked, or did not answer to the end."""
        if self._answer is None:
            own = self._take(self._folder) if self._pipe >= 0 else frozenset()
            heard = self._hear() if self._pipe >= 0 else None
            self._answer = altered(self._state.files(), self._folder, self._look) if heard is None else own | heard
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
            os.close(self._tickets)
            os.close(self._pipe)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._pipe = -1
