"""The command that makes pictures: which pages it knows, and that it makes some."""

import re
import struct
from pathlib import Path

import pytest

from tests import pictures
from tests.browser.portals import PORTALS
from tests.needs import ROOT, needs


def size_of(picture: Path) -> tuple[int, int]:
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_pages_have_names_of_their_own_and_known_portals() -> None:
    assert len({page.name for page in pictures.PAGES}) == len(pictures.PAGES) > 30
    assert {page.portal for page in pictures.PAGES} <= PORTALS.keys()
    assert [page.name for page in pictures.pages_like(["home*", "404"])][-1] == "404"


def test_the_list_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main(["--list", "--pages", "home-empty"]) == 0
    assert capsys.readouterr().out.split() == ["home-empty", "empty", "index.html"]


def test_a_picture_from_its_pixels(tmp_path: Path) -> None:
    picture = tmp_path / "small.png"
    picture.write_bytes(pictures.png(2, 3, 8, bytes(range(24))))
    assert size_of(picture) == (2, 3)


@needs("chromium")
def test_pictures_are_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pictures"
    assert pictures.main(["--out", str(out), "--pages", "home-empty", "--widths", "360", "--schemes", "dark"]) == 0
    assert size_of(out / "home-empty-360-dark.png")[0] == 360
    assert list(out.glob("home-empty-paper*"))
    index = (out / "index.html").read_text("utf-8")
    assert "home-empty-360-dark.png" in index
    assert "home-empty-paper" in index
    assert str(out / "index.html") in capsys.readouterr().out


def test_the_pictures_of_the_manual_are_there_small_and_described() -> None:
    """``python -m tests.pictures --manual`` has taken each of them, and README and manual show it."""
    folder = ROOT / "docs/pictures"
    assert {file.name for file in folder.iterdir()} == {view.file for view in pictures.MANUAL}
    for view in pictures.MANUAL:
        assert size_of(folder / view.file) == (view.width, view.height)
        assert (folder / view.file).stat().st_size < 120_000
        for text in (ROOT / "README.md", ROOT / "docs/index.md"):
            shown = re.search(rf"!\[(.+)\]\(\S*pictures/{view.file}\)", text.read_text("utf-8"))
            assert shown, f"{text.name} does not show {view.file}"
            assert re.search("[\u4e00-\u9fff].*[a-z]{3} [a-z]{2}", shown[1]), "in Chinese and in English"
