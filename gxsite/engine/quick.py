"""A build that has nothing to do: nothing that it reads or wrote has another size or time than when it ended.

Only stats are asked for, so hardly any of the program has to be loaded; whenever something differs the build proper
finds out what that means.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gxsite.engine.files import walk
from gxsite.engine.project import CONTENT
from gxsite.engine.state import State

if TYPE_CHECKING:
    from gxsite.engine.intact import Inquiry

# A file that changed so short a time ago may change again within the same tick of the clock.
YOUNG = 2_000_000_000
LIST = ".gxsite-output"
_PACKAGE = Path(__file__).parent.parent


class Snapshot:
    """Path, size and time of everything that a build reads, as one digest; ``files`` are the sources."""

    def __init__(self, root: Path, about: str = "") -> None:
        digest = hashlib.blake2b(about.encode("utf-8", "surrogatepass"))
        self.files = tuple(walk(root, CONTENT))
        paths, problems, sizes, times = zip(*self.files, strict=True) if self.files else ((), (), (), ())
        digest.update("\0".join(paths).encode("utf-8", "surrogateescape"))
        digest.update(marshal.dumps((sizes, times, [problem is None for problem in problems]), 2))
        self.newest = max(times, default=0)
        for line in self._others(root):
            digest.update(line)
        self.digest = digest.digest()

    def _others(self, root: Path) -> Iterator[bytes]:
        """Pictures, themes, configuration, baselines."""
        for folder in (root / "assets", root / "themes", _PACKAGE / "_themes", _PACKAGE.parent / "themes"):
            yield from self._below(str(folder), set())
        for entry in sorted(os.scandir(root), key=lambda e: e.name):
            if entry.name.endswith((".yaml", ".json")):
                yield self._line(entry)

    def _below(self, folder: str, above: set[tuple[int, int]]) -> Iterator[bytes]:
        """All files below a folder, through links too; a link to a folder above ends there."""
        try:
            stat = Path(folder).stat()
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            yield b"-"
            return
        here = (stat.st_dev, stat.st_ino)
        for entry in entries if here not in above else ():
            if entry.is_dir():
                yield from self._below(entry.path, above | {here})
            else:
                yield self._line(entry)

    def _line(self, entry: os.DirEntry[str]) -> bytes:
        try:
            stat = entry.stat()
        except OSError:
            return entry.path.encode("utf-8", "surrogateescape")
        self.newest = max(self.newest, stat.st_mtime_ns)
        line = f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_mode}\n"
        return line.encode("utf-8", "surrogateescape")


class Quick:
    """The stamp of everything that a build depends on, taken before it begins; ``files`` are its sources."""

    def __init__(self, root: Path, folder: Path, state: State, options: str) -> None:
        self.state = state
        self.folder = str(folder.resolve())
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        snapshot = Snapshot(root, f"{self.folder}\0{options}\0{epoch}")
        self.files = snapshot.files
        self.stamp = snapshot.digest
        self.is_old = snapshot.newest < time.time_ns() - YOUNG

    def known(self, asked: Inquiry) -> bytes | None:
        """How the last build ended, packed, if this one would end in the same way; None if that is not certain."""
        state = self.state
        if not self.is_old or state.meta("stamp") != self.stamp or state.meta("open"):
            return None
        if state.meta("list") != list_stat(self.folder) or asked.answer():
            return None
        return state.meta("result")

    def remember(self, result: bytes) -> None:
        """A build has ended well. Files younger than the clock's certainty are looked at again next time."""
        stamp = self.stamp if self.is_old else b""
        if self.state.meta("stamp") != stamp:
            self.state.set_meta({"stamp": stamp, "result": result})


def list_stat(folder: str) -> bytes:
    """Size and time of the list in an output folder: while it is as it was left, what it says is known."""
    try:
        stat = Path(folder, LIST).stat()
    except OSError:
        return b""
    return f"{stat.st_size} {stat.st_mtime_ns}".encode()
