"""The output folder: it belongs to gxsite, is changed only when all targets are made, and pruned by its own list."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Place, ProjectError
from gxsite.engine.files import write_atomically

LIST = ".gxsite-output"
_STAGE = ".gxsite-stage"
_HEAD = "gxsite-output 1"


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
        self.before = self._listed()
        if self.before is None and not adopt and folder.is_dir() and any(folder.iterdir()):
            raise ProjectError(diagnose("GX813", Place(folder.name, START), folder=folder.name))
        self.fresh = not folder.is_dir() or not any(p.name != LIST for p in folder.iterdir())
        self._made: set[str] = set()

    def begin(self, paths: Iterable[str]) -> None:
        """Make ready for the files of this build."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.stage, ignore_errors=True)
        if self.fresh:
            self._write_list(paths)
        elif self.before is None:
            self._write_list(())

    def _listed(self) -> frozenset[str] | None:
        """What an earlier build wrote, None if this is not a folder of ours."""
        try:
            lines = (self.folder / LIST).read_text("utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return frozenset(line for line in lines[1:] if line) if lines[0] == _HEAD else None

    def put(self, path: str, data: bytes) -> bool:
        """Stage a file if its bytes differ from what lies there; whether they do."""
        place = os.path.join(self.folder, path)
        if not self.fresh and _same(place, data):
            return False
        target = place if self.fresh else os.path.join(self.stage, path)
        folder = os.path.dirname(target)
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        with open(target, "wb") as file:
            file.write(data)
        return True

    def finish(self, paths: Iterable[str], changed: Iterable[str]) -> tuple[str, ...]:
        """Move what changed into place, remove what earlier builds wrote and this one did not; the removed paths."""
        wanted = frozenset(paths)
        before = self.before or frozenset()
        if not self.fresh:
            moves = tuple(changed)
            for path in moves:  # all of them before the first is moved
                self._must_be_free(path)
            self._write_list(before | wanted)
            for path in moves:
                self._move(path)
        removed = tuple(sorted(before - wanted))
        for path in removed:
            self._remove(path)
        self._write_list(wanted)
        shutil.rmtree(self.stage, ignore_errors=True)
        return removed

    def abandon(self) -> None:
        """Leave the folder as it was; in a fresh one, remove what this build wrote."""
        shutil.rmtree(self.stage, ignore_errors=True)
        if self.fresh and self.folder.is_dir():
            for path in self._listed() or ():
                self._remove(path)
            self._write_list(())

    def _must_be_free(self, path: str) -> None:
        """Find a folder that lies where a file belongs, or a file where a folder belongs."""
        place = self.folder / path
        above = [p for p in place.parents if p != self.folder and p.is_relative_to(self.folder)]
        taken = place if place.is_dir() and not place.is_symlink() else next((p for p in above if p.is_file()), None)
        if taken:
            raise ProjectError(diagnose("GX819", Place(path, START), path=f"{self.folder.name}/{path}"))

    def _move(self, path: str) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        (self.stage / path).replace(place)

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
        write_atomically(self.folder / LIST, "\n".join((_HEAD, *sorted(paths), "")).encode("utf-8"))


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
