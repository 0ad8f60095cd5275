"""Where the time of a build went: by phase, by kind of file, and the reports that took longest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOWEST = 5


@dataclass
class Timings:
    """Seconds by phase in this process; seconds and number of files by kind, and the slowest reports, over all."""

    phases: dict[str, float] = field(default_factory=dict)
    kinds: dict[str, tuple[float, int]] = field(default_factory=dict)
    units: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.phases[name] = self.phases.get(name, 0.0) + time.perf_counter() - start

    def made(self, unit: str, kind: str, seconds: float) -> None:
        """A file of a kind was made."""
        before, count = self.kinds.get(kind, (0.0, 0))
        self.kinds[kind] = before + seconds, count + 1
        if unit.startswith("report:"):
            self.units[unit] = self.units.get(unit, 0.0) + seconds

    def add(self, other: Timings) -> None:
        """Take over what another process measured; only the slowest units are kept."""
        for kind, (seconds, count) in other.kinds.items():
            before, number = self.kinds.get(kind, (0.0, 0))
            self.kinds[kind] = before + seconds, number + count
        units = {**self.units, **other.units}
        self.units = dict(sorted(units.items(), key=lambda item: (-item[1], item[0]))[:SLOWEST])
