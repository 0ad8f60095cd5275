"""What a body costs, by each engine: processor time, interleaved, the library as it comes for comparison.

python bench/make_corpus.py --reports 200 --out DIR
python -m bench.body DIR
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from gxsite.base.diagnostic import START, Place
from gxsite.render.bodies import python_markdown
from gxsite.render.bodies.safe_html import published
from gxsite.render.body import COMRAK, DEFAULT, body_engine, missing
from gxsite.site.views import BodyView

ROUNDS = 7
LIBRARY = "the library as it comes"


def main() -> None:
    """Convert all bodies below a folder with each, in turn, and print the median times and their ratios."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("folder", type=Path)
    files = sorted(options.parse_args().folder.glob("content/*/*.md"))
    bodies = [file.read_text("utf-8").split("\n---\n", 1)[1] for file in files]
    names = [DEFAULT] if missing(COMRAK, Place("", START)) else [DEFAULT, COMRAK]
    library = python_markdown.plain()

    def as_it_comes(body: str) -> str:
        return published(library.reset().convert(body), {})[0]

    ways: dict[str, Callable[[str], str]] = {LIBRARY: as_it_comes}
    ways |= {name: _converting(name) for name in names}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        made = {}
        for name, convert in ways.items():
            start = time.process_time()
            made[name] = [convert(body) for body in bodies]
            times[name].append((time.process_time() - start) / len(bodies))
        assert made[LIBRARY] == made[DEFAULT]
    first = statistics.median(times[LIBRARY])
    print(f"{len(bodies)} bodies of {sum(map(len, bodies)) // len(bodies)} characters, Markdown to published HTML")
    for name, spent in times.items():
        median = statistics.median(spent)
        print(f"{name:24} {median * 1e3:6.2f} ms a body, {median / first:.2f} of {LIBRARY}")
    for name in names:
        print(body_engine(name).id)


def _converting(name: str) -> Callable[[str], str]:
    engine = body_engine(name)
    return lambda body: str(engine.convert(BodyView(body, ())).html)


if __name__ == "__main__":
    main()
