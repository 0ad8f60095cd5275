"""A portal of the benchmarks: made from a corpus, built from nothing, edited."""

from __future__ import annotations

import re
import shutil
import sys
import time
from pathlib import Path

from bench.measure import put_aside

ROOT = Path(__file__).parent.parent
THEMES = {"plain": ROOT / "bench/theme", "default": ROOT / "themes/default"}
SETTLED = 2.5  # seconds: a younger source is read again by the next build
# A headline figure, so that the indexes change too, and a part of it: raised together they keep every relation.
FIGURES = ("response.total", "response.other")


class Portal:
    """A corpus with a theme of its own, and what may happen to it between two builds."""

    def __init__(self, folder: Path, corpus: Path, theme: str) -> None:
        """Copy a corpus and a theme into a folder that is not there yet."""
        shutil.copytree(corpus, folder)
        shutil.copytree(THEMES[theme], folder / "themes" / theme)
        self.folder = folder
        self.theme = theme
        self.output = folder / "build"
        self._settings = (folder / "gxsite.yaml").read_text("utf-8")
        self._base = folder / "themes" / theme / "templates/base.html"
        self._frame = self._base.read_text("utf-8")
        reports = sorted((folder / "content").glob("*/*.md"))
        self._body, self._table = reports[len(reports) // 3], reports[2 * len(reports) // 3]
        self._body_text, self._table_text = self._body.read_text("utf-8"), self._table.read_text("utf-8")
        self._edited = time.time()
        self.configure("python-markdown", "csv, json")

    @property
    def command(self) -> tuple[str | Path, ...]:
        """What builds it."""
        return sys.executable, "-m", "gxsite", "-C", self.folder, "build"

    def configure(self, engine: str, downloads: str) -> None:
        """Choose what converts bodies, and the downloads."""
        settings = re.sub(r"(?m)^downloads: .*$", f"downloads: [{downloads}]", self._settings)
        settings += f"theme: {self.theme}\n"
        if engine != "python-markdown":
            settings += f"body: {{engine: {engine}}}\n"
        self._write(self.folder / "gxsite.yaml", settings)

    def clear(self) -> None:
        """As if it had never been built, and long enough after the last edit."""
        put_aside(self.output)
        put_aside(self.folder / ".gxsite")
        time.sleep(max(0.0, self._edited + SETTLED - time.time()))

    def edit_body(self, number: int) -> tuple[Path, str]:
        """Add a paragraph to a report; the output in which it must be found, and the pattern of the words."""
        words = f"补充说明之{number}：本报告的电子版与纸质版一致。"
        self._write(self._body, f"{self._body_text.rstrip()}\n\n{words}\n")
        return self._page_of(self._body) / "index.html", words

    def edit_figure(self, number: int) -> tuple[Path, str]:
        """Raise a figure of another report and a part of it; the output in which it must be found, and its pattern."""
        text = self._table_text
        values = []
        for name in FIGURES:
            line = re.search(rf"(?m)^  {re.escape(name)}: (\d+)$", text)
            assert line, name
            values.append(int(line[1]) + number)
            text = text.replace(line[0], f"  {name}: {values[-1]}")
        self._write(self._table, text)
        page = self._page_of(self._table)
        return (
            page / f"{self._table.parent.name}-{self._table.stem}.csv",
            rf"{re.escape(FIGURES[0])},.*,{values[0]},reported,",
        )

    def edit_theme(self, number: int) -> tuple[Path, str]:
        """Change the frame of every page; an output in which it must be found, and the pattern of the change."""
        mark = f"<!-- {number} --></body>"
        self._write(self._base, self._frame.replace("</body>", mark))
        return self._page_of(self._body) / "index.html", mark

    def _page_of(self, report: Path) -> Path:
        return self.output / report.parent.name / report.stem

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        self._edited = time.time()
