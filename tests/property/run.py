"""Many steps over many portals, with a tally by kind of edit."""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.property.builds import Lasting, preload
from tests.property.edits import ALL
from tests.property.portal import new_world
from tests.property.theorem import Step, step

CHAPTER = 40
SHOWN = 20


@dataclass
class Tally:
    """What happened, by kind of edit: how often, felt, stopped, killed, wrong."""

    edits: int = 0
    done: Counter[str] = field(default_factory=Counter)
    felt: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, taken: Step) -> None:
        """Count a step."""
        self.edits += 1
        for kind in taken.kinds:
            self.done[kind] += 1
            self.felt[kind] += taken.felt
            self.stopped[kind] += taken.stopped
            self.killed[kind] += taken.killed
            self.wrong[kind] += bool(taken.problems)

    def table(self) -> str:
        """One line for each kind of edit, and the kinds that never came."""
        lines = [f"{'edit':26}{'done':>6}{'felt':>6}{'stopped':>9}{'killed':>8}{'wrong':>7}"]
        for kind in sorted(self.done):
            counts = (counter[kind] for counter in (self.done, self.felt, self.stopped, self.killed, self.wrong))
            done, felt, stopped, killed, wrong = counts
            lines.append(f"{kind:26}{done:6}{felt:6}{stopped:9}{killed:8}{wrong:7}")
        never = sorted(ALL.keys() - self.done.keys())
        return "\n".join([*lines, f"never done: {', '.join(never)}" if never else "every kind of edit was done"])


@dataclass(frozen=True)
class Plan:
    """How long to go on and with what: ``chapters`` narrows a run down to the portals that failed."""

    edits: int
    seed: int
    kinds: tuple[str, ...] = tuple(ALL)
    chapters: tuple[int, ...] = ()
    go_on: bool = False
    keep: Path | None = None


def run(plan: Plan, tell: Callable[[str], None]) -> Tally:
    """Chapters of edits, each on a portal of its own, until all are done or one has failed."""
    preload()
    tally, lasting, start = Tally(), Lasting(), time.monotonic()
    try:
        for number in plan.chapters or range(-(-plan.edits // CHAPTER)):
            left = plan.edits if plan.chapters else plan.edits - number * CHAPTER
            failure = _chapter(plan, number, min(CHAPTER, left), lasting, tally)
            spent = time.monotonic() - start
            if not failure:
                tell(f"chapter {number}: {tally.edits} edits, {spent:.0f} s, {sum(tally.stopped.values())} stopped")
                continue
            tally.failures.append(failure)
            tell(failure)
            if not plan.go_on:
                break
    finally:
        lasting.end()
    return tally


def _chapter(plan: Plan, number: int, edits: int, lasting: Lasting, tally: Tally) -> str:
    """One portal and its edits; the story of the step that failed, "" if none did."""
    with _folder(plan.keep, number) as folder:
        world = new_world(folder, Random(f"{plan.seed}/{number}"))
        history: list[Step] = []
        for place in range(edits + 1):
            rng = Random(f"{plan.seed}/{number}/{place}")
            taken = step(world, lasting, rng, plan.kinds if place else ())
            history.append(taken)
            if place:
                tally.add(taken)
            if taken.problems:
                return _story(plan, number, history)
            if not place and world.stops:
                return f"{_story(plan, number, history)}\n  a portal that does not build proves nothing"
    return ""


@contextmanager
def _folder(keep: Path | None, number: int) -> Iterator[Path]:
    """A folder for a portal: one that goes away, or one to look into afterwards."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="gxsite-property-") as name:
            yield Path(name)
    else:
        folder = keep.resolve() / str(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder


def _story(plan: Plan, number: int, history: list[Step]) -> str:
    """How a failure came about and what it is."""
    head = f"FAILED: seed {plan.seed}, chapter {number}, edit {len(history) - 1}"
    lines = [f"  {i:3}  {taken}" for i, taken in enumerate(history)]
    problems = history[-1].problems
    more = [f"  ... and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    return "\n".join([head, *lines, *(f"  {problem}" for problem in problems[:SHOWN]), *more])
