"""What Chromium finds in pages whose tags are easily mistaken."""

from playwright.sync_api import Browser

from tests.needs import needs
from tests.unit.render.nasty import NASTY

pytestmark = needs("chromium")

IDS = "[...document.querySelectorAll('[id]')].map(e => e.id).filter(id => id)"
LINKS = (
    "[...document.querySelectorAll('[href], [src]')]"
    ".flatMap(e => ['href', 'src'].filter(n => e.hasAttribute(n)).map(n => e.getAttribute(n)))"
)


def test_chromium_reads_them_so(browser: Browser) -> None:
    page = browser.new_page()
    for name, (html, ids, links) in NASTY.items():
        page.set_content(html)
        assert (page.evaluate(IDS), page.evaluate(LINKS)) == (ids, links), name
    page.close()
