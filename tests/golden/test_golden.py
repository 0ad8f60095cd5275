"""Whole sites, file by file: what is missing, what is unexpected, what differs.

A folder holds ``project`` and ``expected``. Workbooks are compared by their cells (``.xlsx.txt``), everything else byte
by byte; the theme's own files are not repeated. ``python -m tests.golden.test_golden --update [SITE ...]`` writes
``expected`` anew, to be looked at before it is kept.
"""

import difflib
import re
import shutil
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from gxsite.engine.build import build
from tests.needs import ROOT

HERE = Path(__file__).parent
SITES = tuple(sorted(folder.parent.name for folder in HERE.glob("*/project")))
ASSETS = "assets/"
DIGEST = re.compile(rb'("[^"]*assets/[^"]+)\.[0-9a-f]{10}(?=\.)')
SHOWN = 40


def built(site: str, folder: Path) -> Path:
    """A copy of a site's project in a new folder, built; the folder of the output."""
    shutil.copytree(HERE / site / "project", folder / "project")
    result = build(folder / "project", folder / "output")
    assert not result.stopped, result.findings
    return folder / "output"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a tree by its path."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".gxsite-"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def comparable(output: Path) -> dict[str, bytes]:
    """The files of an output without those of the theme and without the digests in their names, workbooks by cells."""
    found = {}
    for path, data in files_of(output).items():
        if path.endswith(".xlsx"):
            found[f"{path}.txt"] = cells_of(output / path).encode()
        elif not path.startswith(ASSETS):
            found[path] = DIGEST.sub(rb"\1", data) if path.endswith(".html") else data
    return found


def cells_of(workbook: Path) -> str:
    """A workbook as text: its sheets, and for every cell its place, kind, value, number format and indent."""
    lines = []
    for sheet in load_workbook(workbook).worksheets:
        merged = len(sheet.merged_cells.ranges)
        lines.append(f"[{sheet.title}] {sheet.dimensions} freeze {sheet.freeze_panes} merged {merged}")
        for row in sheet.iter_rows():
            for cell in row:
                look = f"{cell.number_format} {cell.alignment.indent:g}"
                lines.append(f"{cell.coordinate} {cell.data_type} {cell.value!r} {look}")
    return "\n".join(lines) + "\n"


def update(sites: list[str]) -> None:
    """Write ``expected`` of some sites, or of all."""
    for site in sites or SITES:
        with tempfile.TemporaryDirectory() as folder:
            shutil.rmtree(HERE / site / "expected", ignore_errors=True)
            for path, data in comparable(built(site, Path(folder))).items():
                file = HERE / site / "expected" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)


def difference(path: str, expected: bytes, actual: bytes) -> str:
    """The first lines in which two files differ."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (expected, actual))
    lines = list(difflib.unified_diff(old, new, f"expected/{path}", f"output/{path}", lineterm="", n=1))
    return "\n".join(lines[:SHOWN]) or f"{path}: line ends differ"


@pytest.mark.parametrize("site", SITES)
def test_site(site: str, tmp_path: Path) -> None:
    expected, actual = files_of(HERE / site / "expected"), comparable(built(site, tmp_path))
    problems = [f"missing: {path}" for path in sorted(expected.keys() - actual.keys())]
    problems += [f"unexpected: {path}" for path in sorted(actual.keys() - expected.keys())]
    both = sorted(expected.keys() & actual.keys())
    problems += [difference(path, expected[path], actual[path]) for path in both if expected[path] != actual[path]]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("site", SITES)
def test_two_builds_are_equal_byte_for_byte(site: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "here/and/there").mkdir(parents=True)
    assert files_of(built(site, tmp_path / "a")) == files_of(built(site, tmp_path / "here/and/there"))


def test_the_files_of_the_theme_are_published_with_a_digest_in_their_names(tmp_path: Path) -> None:
    files = files_of(built("minimal", tmp_path))
    static = files_of(ROOT / "themes/default/static")
    assert static
    published = {p.removeprefix(ASSETS): d for p, d in files.items() if p.startswith(ASSETS)}
    assert {re.sub(r"\.[0-9a-f]{10}(?=\.)", "", p): d for p, d in published.items()} == static
    assert all(re.search(r"\.[0-9a-f]{10}\.", p) for p in published)
    named = set(re.findall(rb'"assets/([^"]+)"', files["index.html"]))
    assert {name.decode() for name in named} == set(published)


def test_workbooks_hold_no_formula_and_no_time_of_day(tmp_path: Path) -> None:
    books = sorted(built("full", tmp_path).rglob("*.xlsx"))
    assert len(books) == 3
    for book in books:
        with ZipFile(book) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in sheet for sheet in sheets)


if __name__ == "__main__":
    if sys.argv[1:2] != ["--update"]:
        raise SystemExit("python -m tests.golden.test_golden --update [SITE ...]")
    update(sys.argv[2:])
