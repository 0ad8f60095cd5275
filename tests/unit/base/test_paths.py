"""Paths from one file to another."""

from pathlib import Path

import pytest

from gxsite.base.paths import path_from


@pytest.mark.parametrize(
    ("file", "target", "path"),
    [
        ("a.css", "b.css", "b.css"),
        ("a.css", "img/b.svg", "img/b.svg"),
        ("css/a.css", "b.svg", "../b.svg"),
        ("css/a.css", "css/b.svg", "b.svg"),
        ("css/a.css", "css/img/b.svg", "img/b.svg"),
        ("css/x/a.css", "css/y/b.svg", "../y/b.svg"),
        ("css/css/a.css", "css/b.svg", "../b.svg"),
        ("x/css/a.css", "y/css/b.svg", "../../y/css/b.svg"),
    ],
)
def test_the_way_from_one_file_to_another(file: str, target: str, path: str) -> None:
    assert path_from(file, target) == path


def test_it_does_not_matter_where_the_program_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert path_from("css/a.css", "b.svg") == "../b.svg"
