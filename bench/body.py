"""What the body engine saves against the library as it comes, on the same bodies, with the same HTML.

python bench/make_corpus.py --reports 200 --out DIR
python -m bench.body DIR
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import markdown

from gxsite.render.body import EXTENSIONS, BodyEngine

ROUNDS = 5


def main() -> None:
    """Convert all bodies below a folder with both, in turn, and print the median times and their ratio."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("folder", type=Path)
    files = sorted(options.parse_args().folder.glob("content/*/*.md"))
    bodies = [file.read_text("utf-8").split("\n---\n", 1)[1] for file in files]
    plain = markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")
    ours = BodyEngine().library
    times: dict[str, list[float]] = {"library": [], "ours": []}
    for _ in range(ROUNDS):
        made = {}
        for name, engine in (("library", plain), ("ours", ours)):
            start = time.process_time()
            made[name] = [engine.reset().convert(body) for body in bodies]
            times[name].append((time.process_time() - start) / len(bodies))
        assert made["library"] == made["ours"]
    library, own = (statistics.median(times[name]) for name in ("library", "ours"))
    print(f"{len(bodies)} bodies: library {library * 1e3:.2f} ms, ours {own * 1e3:.2f} ms, ratio {own / library:.2f}")


if __name__ == "__main__":
    main()
