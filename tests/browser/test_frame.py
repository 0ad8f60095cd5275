"""The frame of a page: links that leave the site say so, and the menu of a phone is one line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import DESK, PHONE, SHOWN, Portal, Visit
from tests.needs import needs
from tests.pictures import Shown

pytestmark = needs("chromium")

OWN = ("https://www.example.gov.cn/",)
WORDS = {"zh-CN": "（站外链接）", "en": " (external link)"}
ARROW = "\u2197"

every_page = pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)


@pytest.fixture(scope="module")
def tab(browser: Browser, portal: Portal) -> Iterator[Visit]:
    opened = Visit(browser, portal)
    yield opened
    opened.context.close()


@pytest.fixture
def visit(tab: Visit) -> Iterator[Visit]:
    tab.begin()
    yield tab
    assert tab.faults == []


def page(name: str) -> Shown:
    return next(shown for shown in SHOWN if shown.name == name)


LINKS = """() => [...document.querySelectorAll("body a[href^='http']")].map(a => [
    a.getAttribute("href"), a.textContent, getComputedStyle(a, "::after").content])"""


@every_page
def test_links_that_leave_the_site_say_so_and_no_others(visit: Visit, shown: Shown) -> None:
    """In words at their end, and by an arrow that is not read aloud; on paper by their address."""
    visit.show(shown, DESK)
    links = visit.page.evaluate(LINKS)
    language = visit.page.evaluate("document.documentElement.lang")
    for href, text, after in links:
        leaves = not href.startswith(OWN)
        assert text.rstrip().endswith(("链接）", "鏈接）", "external link)")) == leaves, href
        assert (ARROW in after) == leaves, href
        assert not leaves or after.endswith('/ ""'), "the arrow is not read aloud"
    if language in WORDS:
        marks = visit.page.locator("footer .leaves").all_text_contents()
        assert set(marks) <= {WORDS[language]}
    assert visit.page.locator("a:not([href^=http]) .leaves").count() == 0
    visit.dress(paper=True)
    for href, _, after in visit.page.evaluate(LINKS):
        assert ARROW not in after, href


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("page-cases", ["国家统计局 （站外链接）", "例ICP备00000000号 （站外链接）"]),
        ("page-hant", ["國家統計局 （站外鏈接）", "例ICP備00000000號 （站外鏈接）"]),
        ("page-en", ["国家统计局 （站外链接）", "例ICP备00000000号 (external link)"]),
    ],
)
def test_the_words_are_part_of_what_a_link_is_called(visit: Visit, name: str, heard: list[str]) -> None:
    visit.show(page(name), PHONE)
    for words in heard:
        assert visit.page.get_by_role("link", name=words, exact=True).count() == 1
    assert visit.page.locator(".body .leaves").count() == 1, "the government's own site is no other"


# -- the whole window ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["404", "home-empty", "page"])
def test_the_foot_of_a_short_page_is_at_the_bottom_and_all_begins_at_the_same_edge(visit: Visit, name: str) -> None:
    visit.show(page(name), DESK)
    bottom = visit.page.locator("footer").evaluate("e => e.getBoundingClientRect().bottom")
    assert bottom >= DESK.height
    edges = "all => all.map(e => e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingLeft))"
    assert len(set(visit.page.locator(".wrap").evaluate_all(edges))) == 1


# -- the menu on a phone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "page", "year-en"])
@pytest.mark.parametrize("large", [False, True])
def test_on_a_phone_the_menu_is_one_line(visit: Visit, name: str, large: bool) -> None:
    """It scrolls, and shows at once where the page is; with the keyboard in it all entries are in sight."""
    visit.show(page(name), PHONE)
    visit.ask(f"change({{large: {str(large).lower()}}})")
    assert len({top for top, _, _ in _entries(visit)}) == 1
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") == PHONE.width
    if not large:
        here = visit.page.locator(".menu [aria-current]").bounding_box()
        assert here
        assert 0 <= here["x"] <= PHONE.width - here["width"]
    last = visit.page.locator(".menu a").last
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box
    assert box["x"] + box["width"] < PHONE.width - 32, "clear of where it fades"
    visit.page.locator(".brand a, #large-type").first.focus()
    while not visit.page.evaluate("document.activeElement.matches('.menu a')"):
        visit.page.keyboard.press("Tab")
    assert all(0 <= left <= right <= PHONE.width for _, left, right in _entries(visit))


def _entries(visit: Visit) -> list[tuple[int, int, int]]:
    """Where the entries of the menu are: the top, the left and the right of each."""
    places = """all => all.map(a => a.getBoundingClientRect())
        .map(box => [Math.round(box.top), Math.floor(box.left), Math.ceil(box.right)])"""
    found: list[tuple[int, int, int]] = visit.page.locator(".menu a").evaluate_all(places)
    return found
