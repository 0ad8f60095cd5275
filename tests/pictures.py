"""Pictures of every kind of page, to be looked at: phone, tablet and desk, light and dark, and as printed.

    python -m tests.pictures                              everything, below build/pictures/
    python -m tests.pictures --out DIR --pages 'home*'    some pages, into another folder
    python -m tests.pictures --widths 360 --schemes dark --no-paper
    python -m tests.pictures --manual                     those of README and manual, in docs/pictures/

The portals are those of tests/browser/portals.py: the example, and made-up ones for what the example has not. The
folder holds one picture for each page, width and scheme, the printed pages, and index.html with all of them side by
side. Needs Chromium; printed sheets become pictures where pypdfium2 or pdftoppm is at hand, else they stay PDF files.
"""

from __future__ import annotations

import argparse
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from html import escape
from importlib import import_module
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.portals import built
from tests.needs import ROOT, find

HOME = "https://www.example.gov.cn/nianbao/"
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
# A picture is cut here: what follows on longer pages is more of the same.
TALLEST = 6000
SHEETS = 6
COLOURS = 64
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title>
<style>
body { font: 16px sans-serif; margin: 1rem; background: #888 }
section { display: flex; gap: 1rem; overflow: auto }
figure { margin: 0 }
img { width: 15rem; max-height: 32rem; object-fit: cover; object-position: top }
</style>"""


class Shown(NamedTuple):
    """A page to be shown: its name in the pictures, the portal it is from, its file there."""

    name: str
    portal: str
    path: str


PAGES = tuple(
    Shown(*line.split())
    for line in """\
home example index.html
home-cases cases index.html
home-alone alone index.html
home-empty empty index.html
home-many many index.html
agency example yunxi/index.html
agency-one-report example tanghe/index.html
agency-merged example yunxi-market/index.html
agency-none example yunxi-aic/index.html
agency-long-name cases ningjiang-zone/index.html
agency-renamed cases ningjiang-culture-tourism/index.html
agency-alone alone hecheng-edu/index.html
agency-top-of-many many ningjiang/index.html
agency-county many county-01/index.html
report-narrative example yunxi/2012/index.html
report-2014 example tanghe/2018/index.html
report-2019 example yunxi/2019/index.html
report-2021 example yunxi/2022/index.html
report-local-form example shihe/2009/index.html
report-withdrawn cases ningjiang-zone/2019/index.html
report-corrected cases ningjiang-zone/2020/index.html
report-attachment cases ningjiang-zone/2021/index.html
report-undated cases ningjiang-tourism/2017/index.html
report-held cases ningjiang-tourism/2018/index.html
year example years/2018/index.html
year-cases cases years/2019/index.html
year-alone alone years/2020/index.html
year-many many years/2022/index.html
years example years/index.html
years-empty empty years/index.html
years-many many years/index.html
sitemap example sitemap/index.html
sitemap-empty empty sitemap/index.html
sitemap-many many sitemap/index.html
document example yunxi/documents/guide-2018/index.html
document-withdrawn cases ningjiang/documents/guide/index.html
page example help/index.html
moved cases ningjiang-culture/2019/index.html
home-hant cases zh-hant/index.html
agency-hant cases zh-hant/ningjiang/index.html
report-hant cases zh-hant/ningjiang-zone/2020/index.html
home-en cases en/index.html
agency-en cases en/ningjiang-culture-tourism/index.html
report-en cases en/ningjiang-zone/2020/index.html
year-en cases en/years/2019/index.html
years-en cases en/years/index.html
sitemap-en cases en/sitemap/index.html
document-en cases en/ningjiang/documents/guide/index.html
page-cases cases help/index.html
page-hant cases zh-hant/help/index.html
page-en cases en/help/index.html
404 example 404.html""".splitlines()
)


class View(NamedTuple):
    """What a window of a size shows of a page, from the element that a selector names: a picture of the manual."""

    file: str
    page: str
    width: int
    height: int
    top: str


MANUAL = (
    View("home.png", "home", 1280, 860, "body"),
    View("report.png", "report-2021", 1280, 860, "#part-tables ~ .scroll:has(thead tr + tr)"),
    View("phone.png", "agency", 360, 780, "body"),
)


class Picture(NamedTuple):
    """A picture that was made."""

    page: str
    look: str
    file: Path


def pages_like(patterns: Iterable[str]) -> tuple[Shown, ...]:
    """The pages whose names fit one of some patterns with ``*``."""
    return tuple(page for page in PAGES if any(fnmatch(page.name, pattern) for pattern in patterns))


def take(
    pages: Iterable[Shown], out: Path, widths: Iterable[int] = WIDTHS, schemes: Iterable[str] = SCHEMES, *, paper: bool
) -> Iterator[Picture]:
    """Pictures of some pages, each as soon as it is made."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        portals: dict[str, Path] = {}
        for shown in pages:
            if shown.portal not in portals:
                portals[shown.portal] = built(shown.portal, Path(folder) / shown.portal)
            yield from _pictures(browser, portals[shown.portal], shown, out, widths, schemes, paper=paper)


def take_manual(out: Path) -> Iterator[Path]:
    """The pictures of the manual, all of the example portal; where Pillow is at hand with few colours, so that they are
    a third as large."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        output = built("example", Path(folder) / "example")
        for view in MANUAL:
            page = browser.new_page(viewport={"width": view.width, "height": view.height}, reduced_motion="reduce")
            page.route("**/*", lambda route: _serve(route, output))
            page.goto(HOME + next(shown.path for shown in PAGES if shown.name == view.page))
            page.evaluate("top => document.querySelector(top).scrollIntoView()", view.top)
            page.screenshot(path=out / view.file)
            page.close()
            if find_spec("PIL"):
                picture = import_module("PIL.Image").open(out / view.file).convert("RGB")
                picture.quantize(COLOURS, dither=0).save(out / view.file, optimize=True)
            yield out / view.file


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find("chromium"), args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        yield browser
        browser.close()


def _pictures(
    browser: Browser,
    output: Path,
    shown: Shown,
    out: Path,
    widths: Iterable[int],
    schemes: Iterable[str],
    *,
    paper: bool,
) -> Iterator[Picture]:
    page = browser.new_page()
    page.route("**/*", lambda route: _serve(route, output))
    for width in widths:
        for scheme in schemes:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(HOME + shown.path)
            file = out / f"{shown.name}-{width}-{scheme}.png"
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=file)
            yield Picture(shown.name, f"{width} {scheme}", file)
    if paper:
        page.goto(HOME + shown.path)
        for number, file in enumerate(_sheets(page, out / f"{shown.name}-paper.pdf"), 1):
            yield Picture(shown.name, f"paper {number}", file)
    page.close()


def _serve(route: Route, output: Path) -> None:
    """Answer from the folder of a portal, wherever its addresses say that it lies."""
    file = output / route.request.url.partition("/nianbao/")[2].partition("#")[0]
    if not file.is_file():
        route.fulfill(status=404)
        return
    # A page that points on to another would be gone before its picture is taken.
    body = file.read_bytes().replace(b'http-equiv="refresh"', b'name="refresh"')
    route.fulfill(body=body, content_type=guess_type(file.name)[0] or "application/octet-stream")


def _sheets(page: Page, file: Path) -> list[Path]:
    """The first sheets of a printed page as pictures; where they cannot be made, the PDF file."""
    page.pdf(path=file, prefer_css_page_size=True)
    stem = file.with_suffix("")
    if find_spec("pypdfium2"):
        document = import_module("pypdfium2").PdfDocument(file)
        made = [stem.with_name(f"{stem.name}-{number + 1}.png") for number in range(min(len(document), SHEETS))]
        for number, picture in enumerate(made):
            sheet = document[number].render(scale=1.5, rev_byteorder=True)
            picture.write_bytes(png(sheet.width, sheet.height, sheet.stride, bytes(sheet.buffer)))
            sheet.close()
        document.close()
        return made
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-png", "-r", "108", "-l", str(SHEETS), str(file), str(stem)], check=True)
        return sorted(stem.parent.glob(f"{stem.name}-*.png"))
    return [file]


def png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """A picture in red, green and blue, given line by line, of which each takes ``stride`` bytes."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + pixels[at * stride : at * stride + 3 * width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(lines)) + part(b"IEND", b"")


def contact_sheet(pictures: Iterable[Picture]) -> str:
    """A page with all pictures, those of one page in a row."""
    rows: dict[str, list[Picture]] = {}
    for picture in pictures:
        rows.setdefault(picture.page, []).append(picture)
    parts = [HEAD]
    for name, row in rows.items():
        parts.append(f"<h2>{escape(name)}</h2><section>")
        for picture in row:
            look = f"<img src={picture.file.name} alt=''>" if picture.file.suffix == ".png" else "PDF"
            parts.append(f"<figure><a href={picture.file.name}>{look}<br>{escape(picture.look)}</a></figure>")
        parts.append("</section>")
    return "\n".join(parts)


def main(args: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Pictures of every kind of page.")
    parser.add_argument("--out", type=Path, default=ROOT / "build/pictures", help="folder for the pictures")
    parser.add_argument("--pages", nargs="*", default=["*"], help="names of pages, with * (--list shows them)")
    parser.add_argument("--widths", nargs="*", type=int, default=WIDTHS)
    parser.add_argument("--schemes", nargs="*", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--no-paper", action="store_true", help="leave the printed pages out")
    parser.add_argument("--manual", action="store_true", help="take those of README and manual, into docs/pictures/")
    parser.add_argument("--list", action="store_true", help="say which pages there are")
    options = parser.parse_args(args)
    pages = pages_like(options.pages)
    if options.list:
        sys.stdout.write("".join(f"{page.name:20} {page.portal:8} {page.path}\n" for page in pages))
        return 0
    if find("chromium") is None:
        sys.stderr.write("Chromium is missing.\n")
        return 1
    out: Path = ROOT / "docs/pictures" if options.manual else options.out
    out.mkdir(parents=True, exist_ok=True)
    if options.manual:
        sys.stdout.writelines(f"{file}\n" for file in take_manual(out))
        return 0
    made = []
    for picture in take(pages, out, options.widths, options.schemes, paper=not options.no_paper):
        made.append(picture)
        sys.stdout.write(f"{picture.file.name}\n")
        sys.stdout.flush()
    (out / "index.html").write_text(contact_sheet(made), "utf-8")
    sys.stdout.write(f"{out / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
