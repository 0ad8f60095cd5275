"""Files as they were left: those of a folder in columns, since all are looked at in every build and few looked into."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

DIGEST = 8


class Record(NamedTuple):
    """A file that was written: digests of what it was made from, its size and time on the disk, its own digest."""

    path: str
    inputs: bytes
    size: int
    time: int
    digest: bytes


class Left(NamedTuple):
    """The files of some units, one unit after the other; ``counts`` says how many each unit has.

    ``joined`` are their paths with a NUL between two, ``digests`` those of all in a row.
    """

    units: tuple[str, ...]
    counts: tuple[int, ...]
    joined: str
    sizes: tuple[int, ...]
    times: tuple[int, ...]
    digests: bytes

    @property
    def paths(self) -> list[str]:
        """The paths of all."""
        return self.joined.split("\0") if self.sizes else []

    def digest(self, at: int) -> bytes:
        """The digest of one file."""
        return self.digests[at * DIGEST : (at + 1) * DIGEST]

    def of_units(self) -> Iterator[tuple[str, range]]:
        """The units, with the places of their files."""
        start = 0
        for unit, count in zip(self.units, self.counts, strict=True):
            yield unit, range(start, start + count)
            start += count


def left(made: Mapping[str, Sequence[Record]]) -> Left:
    """The files of some units as they were left."""
    records = tuple(chain.from_iterable(made.values()))
    return Left(
        units=tuple(made),
        counts=tuple(map(len, made.values())),
        joined="\0".join(record.path for record in records),
        sizes=tuple(record.size for record in records),
        times=tuple(record.time for record in records),
        digests=b"".join(record.digest for record in records),
    )


def records_of(
    files: Left, inputs: Sequence[bytes], units: Container[str], *, among: bool
) -> dict[str, tuple[Record, ...]]:
    """The records of each unit that is, or is not, among some: from the files, and from what all were made from."""
    paths, sizes, times = files.paths, files.sizes, files.times
    return {
        unit: tuple(Record(paths[at], inputs[at], sizes[at], times[at], files.digest(at)) for at in places)
        for unit, places in files.of_units()
        if (unit in units) is among
    }
