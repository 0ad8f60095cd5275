"""A tab that shows the pages of made-up portals as a web server would give them, and notes whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.pictures import PAGES, Shown

LOOK = Path(__file__).with_name("look.js")
# The portals say that they lie here; one of them lies deeper.
ORIGIN = "https://www.example.gov.cn"
FOLDER = "/nianbao/"
BELOW: Mapping[str, str] = {"example": "/zwgk/nianbao/"}
# Pages of the portal `crowd` instead of those of `many`, which takes long to make.
CROWD = tuple(
    Shown(f"{name}-crowd", "crowd", path)
    for name, path in {
        "home": "index.html", "agency": "county-01/index.html", "year": "years/2024/index.html",
        "sitemap": "sitemap/index.html",
    }.items()
)  # fmt: skip
SHOWN = (*(page for page in PAGES if page.portal != "many"), *CROWD)


# The folder of the pages of a portal, by its name (conftest.py).
Portal = Callable[[str], Path]


class Window(NamedTuple):
    """The room that a page gets, in pixels of a style sheet."""

    width: int
    height: int


PHONE, DESK = Window(360, 640), Window(1280, 800)


def address(shown: Shown) -> str:
    """Where a page of a portal is published. The page for what is not there stands wherever nothing is."""
    folder = f"{ORIGIN}{BELOW.get(shown.portal, FOLDER)}"
    return f"{folder}no/such/page.html" if shown.path == "404.html" else folder + shown.path


class Visit:
    """A tab. ``faults`` are complaints of the browser, and requests that leave the portal or find nothing there."""

    def __init__(self, browser: Browser, portal_of: Portal, *, scripts: bool = True) -> None:
        self._portal_of = portal_of
        self._output = Path()
        self.faults: list[str] = []
        # Without motion, so that what is looked at has arrived where it goes.
        self.context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
        self.context.add_init_script(path=LOOK)
        self.context.route("**/*", self._serve)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def begin(self) -> None:
        """Forget what was shown and what went wrong before."""
        self.page.goto("about:blank")
        self.dress()
        self.faults.clear()

    def show(self, shown: Shown, window: Window) -> None:
        """Show a page of a portal."""
        self._output = self._portal_of(shown.portal)
        self.page.set_viewport_size({"width": window.width, "height": window.height})
        self.page.goto(address(shown))

    def resize(self, window: Window) -> None:
        """Give the page other room."""
        self.page.set_viewport_size({"width": window.width, "height": window.height})

    def dress(self, *, dark: bool = False, forced: bool = False, paper: bool = False) -> None:
        """Ask for a colour scheme, for the reader's own colours, for the page as it is printed."""
        self.page.emulate_media(
            media="print" if paper else "screen",
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced else "none",
        )

    def ask(self, what: str) -> Any:
        """What a function of look.js says of the page; with words to be given in brackets, or none."""
        return self.page.evaluate(f"look.{what}" if what.endswith(")") else f"look.{what}()")

    def _serve(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith(f"{ORIGIN}/") or FOLDER not in url:
            self.faults.append(f"leaves the portal: {url}")
            route.abort()
            return
        file = self._output / url.partition(FOLDER)[2].partition("#")[0]
        if not file.is_file():
            if route.request.resource_type != "document":
                self.faults.append(f"is not there: {url}")
            file = self._output / "404.html"
        # A page that points on to another would be gone before anybody has looked at it.
        body = file.read_bytes().replace(b'http-equiv="refresh"', b'name="refresh"')
        route.fulfill(body=body, content_type=guess_type(file.name)[0] or "application/octet-stream")

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)
