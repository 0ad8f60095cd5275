"""What earlier runs said of sources, unpacked where somebody needs it."""

from __future__ import annotations

from collections.abc import Set

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Place, ProjectError, phrase
from gxsite.engine.state import DamagedError, Said, Source, State

FEW = 60  # folders that are looked into one by one


class Remembered:
    """What was said of sources, by folders: of a few these alone, of many all at once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._said: dict[str, Said] = {}
        self._folders: set[str] = set()  # those that were looked into
        self._has_all = False

    def look_into(self, folders: Set[str]) -> None:
        """Unpack what was said in some folders."""
        new = folders - self._folders
        if self._has_all or not new:
            return
        self._folders |= new
        if len(self._folders) > FEW:
            self._has_all, self._said = True, self._state.said()
        else:
            self._said.update(self._state.said(new))

    def said(self, source: Source) -> Said:
        """What was said of a source; a :class:`DamagedError` if that was of other bytes, or in another context."""
        self.look_into({folder_of(source.path)})
        said = self._said.get(source.path)
        if said is None or said.basis != source.basis:  # a power cut kept a part of what was written
            raise DamagedError
        return said


class Details:
    """The packed details of summaries: of what was read in this run at hand, of the others in the state."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._read: dict[tuple[str, bytes], bytes] = {}

    def add(self, path: str, digest: bytes, details: bytes) -> None:
        """Those of a report that was read now."""
        self._read[path, digest] = details

    def fetch(self, path: str, digest: bytes) -> bytes:
        """Those of any report."""
        packed = self._read.get((path, digest)) or self._state.details(path, digest)
        if packed is None:
            raise lost(path)
        return packed


def lost(path: str) -> ProjectError:
    """What is remembered of a file was not read from what lies there."""
    return ProjectError(diagnose("GX817", Place(path, START), problem=phrase("file.changed")))


def folder_of(path: str) -> str:
    """The agency of a source, or the other folder below ``content`` that it lies in."""
    return path.split("/", 2)[1]
