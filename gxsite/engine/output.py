"""The output folder: it belongs to gxsite, is changed only when all targets are made, and pruned by its own list."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from stat import S_IFDIR, S_IFMT
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Place, ProjectError
from gxsite.engine.files import fingerprint, write_atomically
from gxsite.engine.left import Record
from gxsite.engine.quick import LIST

_STAGE = ".gxsite-stage"
_HEAD = "gxsite-output 1"
_UNFINISHED = f".{LIST}.*.tmp"  # a list that a build died over
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
NOTHING = 0  # no kind of file
FEW = 30  # looked for in a list of a hundred thousand, they take as long as to take it apart


class Written(NamedTuple):
    """A target as made, and whether its bytes differ from those that lay there."""

    record: Record
    changed: bool


class Output:
    """An output folder while it is being written.

    New bytes wait in a stage inside the folder; :meth:`finish` moves them into place. Until then, and whatever
    happens before, the tree that is being served stays as it was. In a folder that nothing was built into before
    there is nothing to protect, so files go straight to their places, where an unfinished build leaves them listed.
    """

    def __init__(self, folder: Path, *, adopt: bool = False) -> None:
        """Take a folder over: an empty one, one of ours, or any with ``adopt``. Else a :class:`ProjectError`."""
        self.folder = folder
        self.stage = folder / _STAGE
        self.ours = _is_ours(folder / LIST)
        self.fresh = not folder.is_dir() or all(p.name == LIST or p.match(_UNFINISHED) for p in folder.iterdir())
        is_empty = self.fresh and not (folder / LIST).exists()
        if not self.ours and not is_empty and not adopt:
            raise ProjectError(diagnose("GX813", Place(folder.name, START), folder=folder.name))
        self._made: set[str] = set()
        self._free: set[str] = set()
        self._sought = 0
        self.moved: list[str] = []

    @cached_property
    def _listed(self) -> str:
        """The folder's own list, a path on each line; "" if it has none."""
        try:
            text = (self.folder / LIST).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""
        return text.removeprefix(_HEAD) if text.startswith(f"{_HEAD}\n") else ""

    @cached_property
    def before(self) -> frozenset[str]:
        """What earlier builds wrote, by the folder's own list."""
        return frozenset(filter(None, self._listed.split("\n")))

    def wrote(self, path: str) -> bool:
        """Whether earlier builds wrote a file; a few are looked for in the list, for many it is taken apart."""
        self._sought += 1
        if self._sought > FEW or "before" in self.__dict__:
            return path in self.before
        return f"\n{path}\n" in self._listed and bool(path)

    def tidy(self) -> None:
        """Remove what a build that died has left behind."""
        if self.stage.exists():
            shutil.rmtree(self.stage, ignore_errors=True)
        for temporary in self.folder.glob(_UNFINISHED):
            temporary.unlink(missing_ok=True)

    def begin(self, added: Set[str]) -> None:
        """Make ready for the files of this build; ``added`` are paths that the list does not name yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.fresh:
            self._write_list(self.before | added)
        elif not self.ours:
            self._write_list(())

    def put(self, path: str, data: bytes, inputs: bytes = b"") -> Written:
        """Stage a file if its bytes differ from what lies there."""
        place = os.path.join(self.folder, path)
        changed = self.fresh or not _same(place, data)
        if changed:
            target = place if self.fresh else self._staged(path)
            folder = os.path.dirname(target)
            if folder not in self._made:
                _make_folder(folder)
                self._made.add(folder)
            stat = _write(target, data, waits=not self.fresh)
        else:
            stat = os.lstat(place)
        return Written(Record(path, inputs, stat.st_size, stat.st_mtime_ns, fingerprint(data)), changed)

    def read(self, path: str) -> bytes:
        """A file as it will be when all is in place; nothing if it cannot be read."""
        for place in (self._staged(path), os.path.join(self.folder, path)):
            try:
                with open(place, "rb") as file:
                    return file.read()
            except OSError:
                continue
        return b""

    def finish(self, changed: Sequence[str], added: Set[str], removed: Set[str]) -> None:
        """Move what changed into place, remove what is gone; ``added`` and ``removed`` change the list."""
        if not self.fresh:
            for path in changed:  # all of them before the first is moved
                self._must_be_free(path)
            if added:
                self._write_list(self.before | added)
            for path in changed:
                self._move(path)
                self.moved += (path,)
        for path in sorted(removed):
            self._remove(path)
        if removed:
            self._write_list(self.before - removed)
        if self.stage.exists():
            shutil.rmtree(self.stage, ignore_errors=True)

    def abandon(self) -> None:
        """Leave the folder as it was; in a fresh one, remove what this build wrote."""
        shutil.rmtree(self.stage, ignore_errors=True)
        if self.fresh and self.folder.is_dir():
            for path in self.before:
                self._remove(path)
            self._write_list(())

    def _staged(self, path: str) -> str:
        """Where a file waits: in one flat folder, since to make a tree and take it down costs more than its files."""
        return os.path.join(self.stage, hashlib.blake2b(path.encode(), digest_size=16).hexdigest())

    def _must_be_free(self, path: str) -> None:
        """Find a folder that lies where a file belongs, or a file or a link where a folder belongs."""
        taken = _kind(os.path.join(self.folder, path)) == S_IFDIR
        above = os.path.dirname(path)
        while not taken and above and above not in self._free:
            taken = _kind(os.path.join(self.folder, above)) not in (S_IFDIR, NOTHING)
            self._free.add(above)
            above = os.path.dirname(above)
        if taken:
            raise ProjectError(diagnose("GX819", Place(path, START), path=f"{self.folder.name}/{path}"))

    def _move(self, path: str) -> None:
        place = os.path.join(self.folder, path)
        try:
            os.replace(self._staged(path), place)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.replace(self._staged(path), place)

    def _remove(self, path: str) -> None:
        """Remove a file of ours and the folders that it leaves empty."""
        place = self.folder / path
        if not place.resolve().is_relative_to(self.folder.resolve()):
            return  # a list that was tampered with removes nothing outside
        if place.is_dir() and not place.is_symlink():
            return  # we write no folders under such a name, so it is not ours
        place.unlink(missing_ok=True)
        for above in place.parents:
            if above == self.folder or not above.is_dir() or any(above.iterdir()):
                break
            above.rmdir()

    def _write_list(self, paths: Iterable[str]) -> None:
        write_atomically(self.folder / LIST, "\n".join((_HEAD, *sorted(set(paths)), "")).encode("utf-8"))
        for known in ("_listed", "before"):
            self.__dict__.pop(known, None)


def _kind(place: str) -> int:
    """What lies at a place, as the system numbers it; a link is a link."""
    try:
        return S_IFMT(os.lstat(place).st_mode)
    except OSError:
        return NOTHING


def _write(place: str, data: bytes, *, waits: bool) -> os.stat_result:
    """Write a file and say how it lies there: without a file object, which takes as long as the system's own part.

    One that ``waits`` to be moved over another gets its place on the disk now, while other processes do the same. Some
    file systems would seek it during the move, and moves go one by one.
    """
    file = os.open(place, _NEW, 0o666)
    try:
        if waits and data and hasattr(os, "posix_fallocate"):
            with suppress(OSError):  # the file system cannot; if the disk is full, writing will tell
                os.posix_fallocate(file, 0, len(data))
        done = os.write(file, data)
        while done < len(data):
            done += os.write(file, data[done:])
        return os.fstat(file)
    finally:
        os.close(file)


def _make_folder(place: str) -> None:
    """Make a folder; mostly the one above is there already, and to ask first would take as long again."""
    try:
        os.mkdir(place)
    except OSError:
        os.makedirs(place, exist_ok=True)


def _is_ours(path: Path) -> bool:
    """Whether a folder's list is one of ours."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEAD) + 1).rstrip(b"\n") == _HEAD.encode()
    except OSError:
        return False


def _same(place: str, data: bytes) -> bool:
    """Whether a file, not a link, holds these bytes."""
    try:
        stat = os.lstat(place)
        if stat.st_size != len(data) or os.path.islink(place):
            return False
        with open(place, "rb") as file:
            return file.read() == data
    except OSError:
        return False
