"""One browser for all tests of this folder, and the portals they look at, each built when it is first asked for."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.portals import built
from tests.needs import path_of


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path_of("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of the pages of a portal of tests/browser/portals.py, by its name."""
    return cache(lambda name: built(name, tmp_path_factory.mktemp("portals") / name))
