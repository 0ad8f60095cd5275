"""What a build tells: while it runs, and when it has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from gxsite.base.diagnostic import Diagnostic
    from gxsite.engine.decide import Reason
    from gxsite.engine.timings import Timings

Phase = Literal["load", "make", "ask", "wait"]
Tick = Callable[[Phase, int, int], None]


class Result(NamedTuple):
    """How a build ended: what was found, how many files there are, which were made (and why), which were removed.

    ``changed`` are the files whose bytes are new; ``held`` the sources that are held back; ``note`` says why nothing
    of earlier builds could be used ("version", "damaged" or ""). ``read`` is what the build has read: to let go of so
    many values takes time, so that is left to whoever has the result.
    """

    findings: tuple[Diagnostic, ...]
    made: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    stopped: bool = False
    reasons: tuple[Reason, ...] = ()
    note: str = ""
    timings: Timings | None = None
    read: object = None


def silent(phase: Phase, done: int, total: int) -> None:
    """Tell nobody."""
