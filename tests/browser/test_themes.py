"""Other themes and looks in a real browser: nothing for axe to find, no faint text, nothing asked for in vain.

The theme that comes along beside the default one, a new one as `gxsite new theme` writes it, and the default theme with
a colour and a crest of the portal's.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gxsite.engine.build import build
from gxsite.engine.scaffold import new_theme
from tests.browser.portals import PORTALS
from tests.browser.visit import DESK, PHONE, SHOWN, Visit
from tests.needs import needs, path_of
from tests.pictures import Shown

pytestmark = [needs("chromium"), needs("axe")]

CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path fill="#0b5d3b" d="M0 0h9v3H0z"/></svg>'
LOOKS = {
    "qinghua": "theme: qinghua\nlook: {crest: crest.svg}\n",
    "new": "theme: county\n",
    "green": 'look: {accent: "#0b5d3b", crest: crest.svg, crest_alt: 宁江市徽}\n',
}
NAMES = (
    "home-cases", "agency-renamed", "report-withdrawn", "report-corrected", "year-cases", "document-withdrawn", "moved",
    "home-hant", "report-en",
)  # fmt: skip
PAGES = [shown for shown in SHOWN if shown.name in NAMES]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The pages of one portal in another look, by the name of the look."""

    def built(look: str) -> Path:
        root = tmp_path_factory.mktemp(look) / "portal"
        root.mkdir()
        PORTALS["cases"](root)
        if look == "new":
            new_theme(root, "county")
        (root / "assets").mkdir()
        (root / "assets/crest.svg").write_text(CREST, "utf-8")
        with (root / "gxsite.yaml").open("a", encoding="utf-8") as config:
            config.write(LOOKS[look])
        assert not build(root, jobs=1).stopped
        return root / "build"

    return cache(built)


@pytest.fixture(scope="module")
def tab(browser: Browser, dressed: Callable[[str], Path]) -> Iterator[Visit]:
    opened = Visit(browser, dressed)
    opened.context.add_init_script(path=path_of("axe"))
    yield opened
    opened.context.close()


@pytest.fixture
def visit(tab: Visit) -> Iterator[Visit]:
    tab.begin()
    yield tab
    assert tab.faults == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_nothing_is_found_in_either_scheme(visit: Visit, shown: Shown, look: str) -> None:
    for window, dark in ((PHONE, False), (DESK, True)):
        visit.dress(dark=dark)
        visit.show(shown._replace(portal=look), window)
        visit.ask("unfold")
        found = visit.page.evaluate(
            """values => axe.run({runOnly: {type: "tag", values}, resultTypes: ["violations"], preload: false})""", TAGS
        )
        assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        assert visit.ask("faint") == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", ["qinghua", "green"])
def test_the_crest_keeps_its_place_before_it_is_there(visit: Visit, look: str) -> None:
    """The page is laid out with the crest's proportion before the file has come, so nothing moves when it does."""
    shown = next(shown for shown in PAGES if shown.path.endswith("index.html"))._replace(portal=look)
    for window in (PHONE, DESK):
        visit.show(shown, window)
        there = "document.querySelector('img.crest').getBoundingClientRect().toJSON()"
        after = visit.page.evaluate(there)
        visit.page.evaluate("document.querySelector('img.crest').removeAttribute('src')")
        assert visit.page.evaluate(there) == after
        assert after["width"] / after["height"] == pytest.approx(3, rel=0.02)


def test_a_colour_of_the_portal_is_seen_in_both_schemes(visit: Visit) -> None:
    def line() -> str:
        script = "getComputedStyle(document.querySelector('.menu [aria-current]')).borderBottomColor"
        return str(visit.page.evaluate(script))

    shown = Shown("home", "green", "index.html")
    visit.show(shown, DESK)
    assert line() == "rgb(11, 93, 59)"
    visit.dress(dark=True)
    visit.show(shown, DESK)
    assert line() not in ("rgb(11, 93, 59)", "rgb(217, 101, 90)")
