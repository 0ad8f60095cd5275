"""gxsite and Hugo on the same reports, in turn: one table of medians and of their ratios to Hugo's cold build.

python -m bench.compare                     10,000 reports, five rounds: about half an hour
python -m bench.compare --reports 500 --runs 3 --hugo DIR/bin/hugo
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.hugo import HOW_TO_GET, find_hugo, make_site
from bench.measure import Run, peak_memory, put_aside, timed
from bench.portal import THEMES, Portal

MARK = "gxsite-bench"  # the file that says that a folder may be emptied
SMALLER = 10  # how many times fewer reports the second corpus has


class Line(NamedTuple):
    """A line of the table: its key, what was measured, what is aimed at (a ratio to Hugo's cold build)."""

    key: str
    words: str
    target: float


LINES = (
    Line("cold", "cold", 1.4),
    Line("fast", "cold, comrak", 0.8),
    Line("xlsx", "cold, comrak, XLSX too", 1.0),
    Line("theme", "after a theme edit", 0.6),
    Line("body", "after one body edit", 0.025),
    Line("figure", "after one figure edit", 0.03),
    Line("nothing", "nothing changed", 0.0125),
)
MEMORY, GROWTH = 0.2, 10.5  # the targets of the last two lines
# The default engine comes last: the edits begin with what it leaves.
COLD = (
    ("fast", "comrak", "csv, json"),
    ("xlsx", "comrak", "csv, json, xlsx"),
    ("cold", "python-markdown", "csv, json"),
)


class Hugo:
    """The Hugo program and its site."""

    def __init__(self, program: Path, corpus: Path, folder: Path) -> None:
        self.output = folder / "hugo-output"
        make_site(corpus, folder / "hugo")
        self.command = (program, "--quiet", "--source", folder / "hugo", "--destination", self.output)
        said = subprocess.run([program, "version"], check=True, capture_output=True, text=True).stdout
        self.version = said.split("+", 1)[0].split("-", 1)[0]

    def clear(self) -> None:
        """As if it had never been built."""
        put_aside(self.output)


class Comparison:
    """The runs of all rounds by theme and key of a line; "hugo" are Hugo's between those of a theme, "small" fewer reports."""

    def __init__(self, folder: Path, reports: int, themes: Sequence[str], hugo: Path | None) -> None:
        self.folder = folder
        self.reports, self.fewer = reports, max(5, reports // SMALLER)
        self.runs: dict[tuple[str, str], list[list[Run]]] = {}  # a list for each round
        self.memory: dict[str, float | None] = {}
        self.comrak = importlib.util.find_spec("comrak") is not None
        corpus, small = folder / "corpus", folder / "corpus-small"
        for where, number in ((corpus, self.reports), (small, self.fewer)):
            _tell(f"{number} reports")
            script = Path(__file__).parent / "make_corpus.py"
            command: list[str | Path] = [sys.executable, script, "--reports", str(number), "--out", where]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self.portals = {theme: Portal(folder / theme, corpus, theme) for theme in themes}
        self.small = {theme: Portal(folder / f"{theme}-small", small, theme) for theme in themes}
        self.hugo = Hugo(hugo, corpus, folder) if hugo else None

    def round(self, number: int) -> None:
        """Every line once; Hugo before each cold build."""
        for theme, portal in self.portals.items():
            for key, engine, downloads in COLD:
                if engine != "comrak" or self.comrak:
                    self._run_hugo(theme, number)
                    portal.configure(engine, downloads)
                    portal.clear()
                    self._run(theme, key, number, portal)
            self._run(theme, "nothing", number, portal)
            self._run(theme, "body", number, portal, portal.edit_body)
            self._run(theme, "figure", number, portal, portal.edit_figure)
            self._run(theme, "theme", number, portal, portal.edit_theme)
            self.small[theme].clear()
            self._run(theme, "small", number, self.small[theme])

    def measure_memory(self) -> None:
        """A cold build of each, looked at while it runs."""
        for theme, portal in self.portals.items():
            _tell(f"memory: {theme}")
            portal.clear()
            self.memory[theme] = peak_memory(portal.command, self.folder)
        if self.hugo:
            _tell("memory: Hugo")
            self.hugo.clear()
            self.memory["hugo"] = peak_memory(self.hugo.command, self.folder)

    def _run_hugo(self, theme: str, number: int) -> None:
        if self.hugo:
            self.hugo.clear()
            self._keep(theme, "hugo", number, timed(self.hugo.command, self.folder))

    def _run(
        self,
        theme: str,
        key: str,
        number: int,
        portal: Portal,
        edit: Callable[[int], tuple[Path, str]] | None = None,
    ) -> None:
        """One build, after an edit if there is one, which must then be found in the output."""
        expected = edit(number) if edit else None
        self._keep(theme, key, number, timed(portal.command, self.folder))
        if expected and not re.search(expected[1], expected[0].read_text("utf-8")):
            raise SystemExit(f"{expected[0]} was not built again: it lacks {expected[1]}")

    def _keep(self, theme: str, key: str, number: int, run: Run) -> None:
        rounds = self.runs.setdefault((theme, key), [])
        rounds += [[] for _ in range(number - len(rounds))]
        rounds[-1].append(run)
        _tell(f"round {number}  {theme:8}{key:8}{run.wall:8.2f} s {run.cpu:8.2f} s CPU")

    def median(self, theme: str, key: str) -> Run | None:
        """The median times of a line; None if it was not measured."""
        return _median([run for one in self.runs.get((theme, key), []) for run in one])

    def ratio(self, theme: str, key: str, to: str = "hugo") -> Run | None:
        """How many times longer than another line, the median over the rounds: a machine is not equally busy in all."""
        pairs = zip(self.runs.get((theme, key), []), self.runs.get((theme, to), []), strict=False)
        medians = [(_median(one), _median(other)) for one, other in pairs]
        return _median([Run(a.wall / b.wall, a.cpu / b.cpu) for a, b in medians if a and b])


def _median(runs: Sequence[Run]) -> Run | None:
    return Run(*map(statistics.median, zip(*runs, strict=True))) if runs else None


def table(result: Comparison) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    themes = list(result.portals)
    heads = [f"{theme}: {unit}" for theme in themes for unit in ("s", "ratio", "CPU s", "CPU ratio")]
    yield _row(["", "target", *heads])
    yield _row(["---", *["---:"] * (1 + len(heads))])
    for line in (Line("hugo", "Hugo, cold", 1), *LINES):
        cells = [
            cell for theme in themes for cell in _times(result.median(theme, line.key), result.ratio(theme, line.key))
        ]
        yield _row([line.words, f"{line.target:g}", *cells])
    peaks = [cell for theme in themes for cell in _memory(result.memory.get(theme), result.memory.get("hugo"))]
    yield _row(["peak memory, MB", f"{MEMORY:g}", *peaks])
    growth = [cell for theme in themes for cell in _growth(result.ratio(theme, "cold", "small"))]
    yield _row([f"cold, {result.reports} over {result.fewer} reports", f"{GROWTH:g}", *growth])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _times(run: Run | None, ratio: Run | None) -> tuple[str, ...]:
    wall, cpu = (f"{run.wall:.2f}", f"{run.cpu:.2f}") if run else ("-", "-")
    return (wall, f"{ratio.wall:.4f}", cpu, f"{ratio.cpu:.4f}") if ratio else (wall, "-", cpu, "-")


def _memory(peak: float | None, hugo: float | None) -> tuple[str, ...]:
    return f"{peak:.0f}" if peak else "-", f"{peak / hugo:.4f}" if peak and hugo else "-", "", ""


def _growth(ratio: Run | None) -> tuple[str, ...]:
    return ("", f"{ratio.wall:.2f}", "", f"{ratio.cpu:.2f}") if ratio else ("", "-", "", "-")


def notes(result: Comparison) -> Iterator[str]:
    """What the figures rest on, and what is missing."""
    version = result.hugo.version if result.hugo else "no Hugo"
    rounds = max(map(len, result.runs.values()))
    yield f"{result.reports} reports, medians of {rounds} rounds, {os.cpu_count()} cores, Python {platform.python_version()}, {version}"
    for theme, portal in result.portals.items():
        yield f"{theme} writes {_files(portal.output)}"
    if result.hugo:
        memory = result.memory["hugo"]
        yield f"Hugo writes {_files(result.hugo.output)}" + (f"; its peak memory is {memory:.0f} MB" if memory else "")
    else:
        yield HOW_TO_GET
    if not result.comrak:
        yield "comrak is not there, so its lines are empty: pip install 'gxsite[fast]'"


def _files(folder: Path) -> str:
    """How many files of which kind lie in a folder, and how large they are together."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    kinds = Counter(path.suffix.lstrip(".") or "other" for path in files)
    listed = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    return f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB ({listed})"


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def workplace(asked: Path | None) -> Iterator[Path]:
    """An empty folder: one that is removed afterwards, or the one that was asked for, which is kept."""
    if asked is None:
        with tempfile.TemporaryDirectory(prefix="gxsite-bench-") as made:
            yield Path(made)
        return
    if asked.exists() and any(asked.iterdir()):
        if not (asked / MARK).exists():
            raise SystemExit(f"{asked} is not empty and not an earlier comparison")
        shutil.rmtree(asked)
    asked.mkdir(parents=True, exist_ok=True)
    (asked / MARK).touch()
    yield asked.resolve()


def main() -> None:
    """Prepare the corpora, run every line in turn, print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--reports", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=5, help="how often each line is measured")
    options.add_argument("--work", type=Path, help="a folder to work in, kept afterwards; else a temporary one")
    options.add_argument("--hugo", default="", help="the Hugo program, else the one on the path")
    options.add_argument("--themes", nargs="+", choices=THEMES, default=list(THEMES))
    options.add_argument("--json", type=Path, help="write every run into this file")
    given = options.parse_args()
    hugo = find_hugo(given.hugo)
    if hugo is None and given.hugo:
        raise SystemExit(f"{given.hugo} is no program")
    with workplace(given.work) as folder:
        result = Comparison(folder, given.reports, given.themes, hugo)
        for number in range(1, given.runs + 1):
            result.round(number)
        result.measure_memory()
        print("\n".join([*table(result), "", *notes(result)]))
        if given.json:
            runs = {" ".join(key): values for key, values in result.runs.items()}
            given.json.write_text(json.dumps({"runs": runs, "memory": result.memory}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
