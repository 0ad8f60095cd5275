"""Every kind of page in a real browser: by keyboard, read aloud, large, narrow, dark, on paper, without scripts, and
all links of whole portals from a disk and from a web server.

The pages are those of the pictures (tests/pictures.py), the portals those of portals.py; what is asked of a page is in
look.js. A complaint of the browser, or a request that leaves the portal, fails any test here.
"""

import gzip
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request, Response

from tests.browser.visit import DESK, LOOK, PHONE, SHOWN, Portal, Visit, Window
from tests.needs import needs, path_of
from tests.pictures import Shown
from tests.test_portal import Page as Source

pytestmark = needs("chromium")

# A window of 1280 x 1024 pixels, enlarged to 200 % and to 400 %: the room that WCAG 1.4.4 and 1.4.10 speak of.
TWICE, FOURFOLD = Window(640, 512), Window(320, 256)
# The type area of print.css: A4 without its margins, at 96 pixels to the inch; and a sheet in points.
PAPER = Window(round((210 - 2 * 17) / 25.4 * 96), 800)
A4 = (595, 842)
MARGIN = 17 / 25.4 * 72
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Bytes as a web server sends them: all styles together, and a report with them.
STYLES, REPORT = 10_000, 35_000
# Where the portals lie on the web server of these tests.
FOLDER = "/zwgk/nianbao/"

every_page = pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)


@pytest.fixture(scope="module")
def tab(browser: Browser, portal: Portal) -> Iterator[Visit]:
    """One tab for all tests here: to open another window costs the browser more than to look at a page."""
    opened = Visit(browser, portal)
    yield opened
    opened.context.close()


@pytest.fixture(scope="module")
def scriptless(browser: Browser, portal: Portal) -> Iterator[Visit]:
    opened = Visit(browser, portal, scripts=False)
    yield opened
    opened.context.close()


@pytest.fixture
def visit(tab: Visit) -> Iterator[Visit]:
    """The tab. Whatever a test looks at in it, the browser must have nothing to complain of."""
    tab.begin()
    yield tab
    assert tab.faults == []


def pages(*names: str) -> pytest.MarkDecorator:
    """Some pages instead of all."""
    return pytest.mark.parametrize("shown", [p for p in SHOWN if p.name in names], ids=lambda shown: shown.name)


def test_there_is_a_page_of_every_kind(portal: Portal) -> None:
    """The list of pages holds every kind that any portal has."""
    made = {shown.portal for shown in SHOWN}
    kinds = {file: _kind(file) for name in made for file in portal(name).rglob("*.html")}
    listed = {portal(shown.portal) / shown.path for shown in SHOWN}
    assert listed <= kinds.keys()
    assert {kinds[file] for file in listed} == set(kinds.values()) > {"home", "report", "agency", "moved", "404"}


def _kind(file: Path) -> str:
    found = re.search(r'<body class="is-([a-z0-9]+)"', file.read_text("utf-8"))
    assert found, file
    return found[1]


# -- colours, and what a checker finds -------------------------------------------------------------------------------


def axe(visit: Visit) -> set[str]:
    """The rules that axe saw at work; whatever one of them found fails the test."""
    result = visit.page.evaluate(
        """values => axe.run({runOnly: {type: "tag", values}, resultTypes: ["violations"], preload: false})""", TAGS
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result["violations"]] == []
    # What axe cannot judge: text on a picture, which `faint` of look.js can, and the heading of a group of rows, which
    # belongs to these by its scope alone.
    unsure = [v for v in result["incomplete"] if v["id"] != "color-contrast"]
    related = [part["html"] for v in unsure for n in v["nodes"] for check in n["all"] for part in check["relatedNodes"]]
    assert {v["id"] for v in unsure} <= {"th-has-data-cells"}
    assert all('scope="rowgroup"' in html for html in related)
    return {rule["id"] for kind in ("passes", "incomplete", "inapplicable") for rule in result[kind]}


@needs("axe")
@every_page
def test_axe_finds_nothing_and_no_text_is_faint(visit: Visit, shown: Shown) -> None:
    """In both schemes and at both widths: colours do not depend on the width, nor all else on the scheme."""
    for window, dark in ((PHONE, False), (DESK, True)):
        visit.dress(dark=dark)
        visit.show(shown, window)
        visit.ask("unfold")
        visit.page.evaluate(path_of("axe").read_text("utf-8"))
        assert {"color-contrast", "target-size", "region"} <= axe(visit)
        assert visit.ask("faint") == []
        visit.dress(dark=not dark)
        assert visit.ask("faint") == []


@every_page
def test_colours_are_those_that_the_reader_asks_for(visit: Visit, shown: Shown) -> None:
    visit.show(shown, DESK)
    assert visit.ask("ground") > 0.9
    visit.dress(dark=True)
    assert visit.ask("ground") < 0.05
    for dark in (False, True):
        visit.dress(dark=dark, forced=True)
        assert visit.ask("faint") == []
    assert visit.ask("ground") == 0, "the reader's black, not a dark grey of ours"


# -- keyboard --------------------------------------------------------------------------------------------------------


@every_page
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(visit: Visit, shown: Shown) -> None:
    """There on a desk and back on a phone, where heads of tables stay in sight above; then past it all to the text."""
    visit.show(shown, DESK)
    stops = visit.ask("stops")
    there = _press(visit, "Tab", len(stops))
    assert [index for index, _ in there] == [*range(len(stops))]
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.matches('body, a.skip')"), "the last leads out of the page"
    visit.resize(PHONE)
    assert [where for _, where in visit.ask("stops")] == [where for _, where in stops]
    visit.ask("last")
    back = _press(visit, "Shift+Tab", len(stops) - 1)
    assert [index for index, _ in back] == [*reversed(range(len(stops) - 1))]
    assert [(stops[index][0], wrong) for index, wrong in there + back if wrong] == []
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement === document.querySelector('main')")
    beyond = next(i for i, (_, where) in enumerate(stops) if where != "before")
    assert _press(visit, "Tab", 1)[-1][0] == beyond > 1


def _press(visit: Visit, key: str, times: int) -> list[tuple[int, str]]:
    """The stops that pressing a key some times led to, each with what is wrong there."""
    for _ in range(times):
        visit.page.keyboard.press(key)
    return [(index, wrong) for index, wrong in visit.ask("trailed")]


@pages("agency", "report-2021", "report-narrative", "year", "document")
def test_what_scrolls_sideways_scrolls_by_keyboard(visit: Visit, shown: Shown) -> None:
    visit.show(shown, DESK)
    regions = visit.ask("regions")
    assert regions
    for region in regions:
        visit.page.locator(region).focus()
        visit.page.keyboard.press("ArrowRight")
        visit.page.wait_for_function("region => document.querySelector(region).scrollLeft > 0", arg=region)


@pages("home", "report-2014", "404", "home-en")
def test_large_type_is_switched_on_by_keyboard(visit: Visit, shown: Shown) -> None:
    """Text of 18 points, which are 24 pixels, as the rules for older readers ask."""
    visit.show(shown, PHONE)
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    small = visit.page.evaluate(size)
    visit.page.locator("#large-type").focus()
    visit.page.keyboard.press("Space")
    assert visit.page.evaluate(size) >= max(24, 1.4 * small)
    visit.page.keyboard.press("Space")
    assert visit.page.evaluate(size) == small


@pages("home-crowd")
def test_what_is_folded_opens_by_keyboard(visit: Visit, shown: Shown) -> None:
    visit.show(shown, PHONE)
    fold = visit.page.locator("details").first
    assert not fold.locator("a").first.is_visible()
    fold.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert fold.locator("a").first.evaluate("e => e === document.activeElement")


# -- room ------------------------------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """Text without spaces, and each character in the one form that counts: a PDF knows signs by their looks alone.

    Its reader also takes a hyphen at the end of a line for one that parts a word, and says U+FFFE for it.
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.replace("\ufffe", "-")))


@every_page
def test_nothing_is_lost_or_cut_in_little_room(visit: Visit, shown: Shown) -> None:
    visit.show(shown, DESK)
    visit.ask("unfold")
    texts = visit.ask("texts({heard: true})")
    trouble = {}
    for look, window, change in (
        ("as it is", DESK, "change()"),
        ("at 200 %", TWICE, "change()"),
        ("at 400 %", FOURFOLD, "change()"),
        ("at 400 %, spaced", FOURFOLD, "change({spaced: true})"),
        ("spaced", DESK, "change({spaced: true})"),
        ("type twice as large", DESK, "change({size: '200%'})"),
        ("type twice as large, on a phone", PHONE, "change({size: '200%'})"),
        ("large type", DESK, "change({large: true})"),
        ("large type, at 200 %", TWICE, "change({large: true})"),
        ("large type, at 400 %", FOURFOLD, "change({large: true})"),
    ):
        visit.resize(window)
        visit.ask(change)
        if misfits := visit.ask("misfits"):
            trouble[look] = misfits
        left = bare("".join(visit.ask("texts({heard: true})")))
        if lost := [text for text in texts if bare(text) not in left]:
            trouble[f"lost {look}"] = lost
    assert trouble == {}


# -- paper -----------------------------------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """A printed page: its size in points, its text, and how far to the left and right this reaches."""

    size: tuple[int, int]
    text: str
    left: float
    right: float


def read_sheets(data: bytes) -> Iterator[Sheet]:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        # The number of the page, which would part what goes on to the next.
        words = re.sub(r"\d+ / \d+\s*$|^\s*\d+ / \d+\s", "", text.get_text_range())
        yield Sheet((round(width), round(height)), words, min(b[0] for b in boxes), max(b[2] for b in boxes))
    document.close()


@every_page
def test_everything_but_the_way_about_is_on_paper(visit: Visit, shown: Shown) -> None:
    """Whatever the scheme: each character, the figures of each row, and the address of the page and of links.

    What the reader of PDF says of a heading in several lines is not in order, so that characters have to be counted.
    """
    visit.dress(paper=True, dark=True)
    visit.show(shown, PAPER)
    assert visit.ask("misfits") == []
    assert visit.ask("faint") == []
    assert visit.ask("navigation") == []
    texts, rows, outside = visit.ask("texts"), visit.ask("rows"), visit.ask("outside")
    canonical = visit.page.locator("link[rel=canonical]").evaluate_all("all => all.map(e => e.href)")
    assert len(canonical) == (shown.path != "404.html" and shown.portal != "empty")
    sheets = [*read_sheets(visit.page.pdf(prefer_css_page_size=True))]
    assert {sheet.size for sheet in sheets} == {A4}
    assert min(sheet.left for sheet in sheets) > MARGIN - 2
    assert max(sheet.right for sheet in sheets) < A4[0] - MARGIN + 2
    printed = bare("".join(sheet.text for sheet in sheets))
    assert Counter(bare("".join(texts))) <= Counter(printed)
    assert [words for words in (*rows, *outside, *canonical) if bare(words) not in printed] == []


# -- without scripts, and light --------------------------------------------------------------------------------------


@every_page
def test_without_scripts_everything_is_there(visit: Visit, scriptless: Visit, shown: Shown) -> None:
    visit.show(shown, PHONE)
    assert visit.page.evaluate("[...document.scripts].map(e => e.type)") in ([], ["application/ld+json"])
    scriptless.begin()
    scriptless.show(shown, PHONE)
    assert scriptless.page.inner_text("body") == visit.page.inner_text("body") != ""
    assert scriptless.faults == []


@pytest.mark.parametrize("name", ["example", "cases"])
def test_a_report_is_light(portal: Portal, name: str) -> None:
    weights = {}
    for file in portal(name).rglob("[12][0-9][0-9][0-9]/index.html"):
        page = Source.read("", file.read_text("utf-8"))
        styles = [_sent(file.parent / e["href"]) for e in page.all("link") if e["rel"] == "stylesheet"]
        if page.kind == "report":
            assert 0 < sum(styles) <= STYLES
            weights[file] = sum(styles) + _sent(file)
    assert len(weights) > 10
    assert max(weights.values()) <= REPORT


def _sent(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


# -- links -----------------------------------------------------------------------------------------------------------


class _Handler(SimpleHTTPRequestHandler):
    """Below a path of another site; what is outside of it is not there."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(FOLDER)
        return super().translate_path(path[len(FOLDER) - 1 :]) if inside else f"{self.directory}/nothing"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address of a portal on a web server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(output))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def opened(output: Path) -> Iterator[str]:
    """The address of a portal on a disk."""
    yield f"{output.as_uri()}/"


PLACES: Mapping[str, Callable[[Path], AbstractContextManager[str]]] = {"disk": opened, "server": served}


class Walk:
    """All pages that links lead to, each opened, and what came of it."""

    def __init__(self, browser: Browser, root: str) -> None:
        self.root = root
        self.places: dict[str, set[str]] = {}
        self.files: set[str] = set()
        self.aims: set[tuple[str, str]] = set()
        self.faults: list[str] = []
        self.context = browser.new_context()
        self.context.add_init_script(path=LOOK)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("request", self._sent)
        self.page.on("response", self._came)
        self.page.on("requestfailed", self._failed)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _sent(self, request: Request) -> None:
        if not request.url.startswith(self.root):
            self.faults.append(f"leaves the portal: {request.url}")

    def _came(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # as it is when the next page is opened before an icon has come
            self.faults.append(f"{request.failure}: {request.url}")

    def through(self, path: str) -> None:
        """Open a page and all that it leads to."""
        waiting = [self.root + path]
        while waiting:
            here = waiting.pop()
            if here in self.places:
                continue
            self.page.goto(here)
            found = self.page.evaluate("look.links()")
            self.places[here] = {"", "top", *found["places"]}
            for link in (*found["led"], *found["made"]):
                aim, place = urldefrag(link)
                if aim.startswith(self.root):
                    self.aims.add((aim, unquote(place)))
                    if aim.endswith(".html"):
                        waiting.append(aim)
                    else:
                        self.files.add(aim)

    def dead(self) -> list[str]:
        """Links to files or places that are not there."""
        pages = {aim for aim, place in self.aims if aim in self.places and place not in self.places[aim]}
        return sorted(pages | {file for file in self.files if not self._there(file)})

    def _there(self, file: str) -> bool:
        if file.startswith("file:"):
            return Path(unquote(urlsplit(file).path)).is_file()
        return bool(self.context.request.get(file).ok)


@pytest.mark.parametrize(
    ("name", "place"), [("example", "disk"), ("cases", "server"), ("empty", "disk"), ("empty", "server")]
)
def test_every_link_leads_somewhere(browser: Browser, portal: Portal, name: str, place: str) -> None:
    """From the home page to every page but those for addresses of old, and to every file."""
    output = portal(name)
    with PLACES[place](output) as root:
        walk = Walk(browser, root)
        walk.through("index.html")
        assert walk.dead() == []
        assert walk.faults == []
        walk.context.close()
    linked = {f.relative_to(output).as_posix() for f in output.rglob("*.html") if _kind(f) not in ("moved", "404")}
    assert {unquote(page.removeprefix(root)) for page in walk.places} == linked


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_an_address_of_old_leads_on(browser: Browser, portal: Portal, place: str, scripts: bool) -> None:
    with PLACES[place](portal("cases")) as root:
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{root}ningjiang-culture/2019/index.html")
        page.wait_for_url(f"{root}ningjiang-culture-tourism/2019/index.html")
        context.close()
