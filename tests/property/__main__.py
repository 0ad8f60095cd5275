"""``python -m tests.property --edits 2000 --seed 1``: the long run. Exit code 1 if the two builds ever differ."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from tests.property.edits import ALL
from tests.property.faults import FAULTS, planted
from tests.property.run import Plan, run


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.property", description="incremental == clean, by random edits"
    )
    parser.add_argument("--edits", type=int, default=300, help="how many (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="where the random edits begin (default 1)")
    parser.add_argument("--only", nargs="+", default=[], metavar="KIND", help=f"only these kinds: {', '.join(ALL)}")
    parser.add_argument("--without", nargs="+", default=[], metavar="KIND", help="all kinds but these")
    parser.add_argument("--chapter", type=int, nargs="+", default=[], help="only these portals, to repeat a failure")
    parser.add_argument("--go-on", action="store_true", help="go on with the next portal after a failure")
    parser.add_argument("--keep", type=Path, help="leave the portals in this folder")
    parser.add_argument("--fault", choices=sorted(FAULTS), help="plant a fault that must be found")
    given = parser.parse_args()
    unknown = {*given.only, *given.without} - ALL.keys()
    if unknown:
        parser.error(f"no such kind of edit: {', '.join(sorted(unknown))}")
    chosen = given.only or (FAULTS[given.fault].kinds if given.fault else ALL)
    kinds = tuple(kind for kind in chosen if kind not in given.without)
    plan = Plan(given.edits, given.seed, kinds, tuple(given.chapter), given.go_on, given.keep)
    with planted(FAULTS[given.fault]) if given.fault else nullcontext():
        tally = run(plan, say)
    say(tally.table())
    say(f"{tally.edits} edits, {len(tally.failures)} failures")
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
