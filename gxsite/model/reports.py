"""All reports of a portal as summaries, each unpacked when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import NamedTuple, TypeVar

from gxsite.model.summary import Summary

K = TypeVar("K", bound=Hashable)
# Who has asked for so many one by one will ask for all, and they come faster together.
MANY = 60


class Entry(NamedTuple):
    """A report in the list of all, without its summary; ``told`` is a digest of all that the summary says.

    ``digest`` is that of the source, which is not part of what it says.
    """

    agency: str
    year: int
    path: str
    form: str
    digest: bytes
    told: bytes

    @property
    def key(self) -> str:
        """``tanghe/2018``."""
        return f"{self.agency}/{self.year}"


def entry_of(summary: Summary) -> Entry:
    """The entry of a report whose summary is at hand."""
    return Entry(summary.agency, summary.year, summary.path, summary.form, summary.digest, summary.told)


class Reports(Mapping[str, Summary]):
    """Summaries by key, ordered by agency and year; ``entries`` are there without unpacking any."""

    def __init__(self, entries: Iterable[Entry], unpack: Callable[[Sequence[Entry]], Iterable[Summary]]) -> None:
        self.entries = {e.key: e for e in sorted(entries, key=lambda e: (e.agency, e.year))}
        self._unpack: Callable[[Sequence[Entry]], Iterable[Summary]] | None = unpack
        self._summaries: dict[str, Summary] = {}

    @classmethod
    def of(cls, summaries: Iterable[Summary]) -> Reports:
        """Reports whose summaries are at hand."""
        known = {s.key: s for s in summaries}
        return cls(map(entry_of, known.values()), lambda entries: [known[e.key] for e in entries])

    def __getitem__(self, key: str) -> Summary:
        known = self._summaries.get(key)
        if known is not None:
            return known
        entry = self.entries[key]
        if self._unpack is None or len(self._summaries) >= MANY:
            return self._all()[key]
        (summary,) = self._unpack([entry])
        self._summaries[key] = summary
        return summary

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def values(self) -> ValuesView[Summary]:
        """All summaries."""
        return self._all().values()

    def _all(self) -> dict[str, Summary]:
        """All summaries; those that were unpacked before are the same."""
        if self._unpack is not None:
            entries = tuple(self.entries.values())
            unpacked = dict(zip(self.entries, self._unpack(entries), strict=True))
            self._summaries = {**unpacked, **self._summaries}
            self._unpack = None  # and let go of what they were packed in
        return self._summaries


class Grouped(Mapping[K, tuple[Summary, ...]]):
    """Reports in groups, each made up when somebody asks for it."""

    def __init__(self, keys: Mapping[K, Sequence[str]], reports: Mapping[str, Summary]) -> None:
        self._keys = keys
        self._reports = reports
        self._groups: dict[K, tuple[Summary, ...]] = {}

    def __getitem__(self, name: K) -> tuple[Summary, ...]:
        if name not in self._groups:
            self._groups[name] = tuple(self._reports[key] for key in self._keys[name])
        return self._groups[name]

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, name: object) -> bool:
        return name in self._keys
