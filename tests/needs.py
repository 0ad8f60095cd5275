"""What a test may need and a machine may lack: such a test is skipped, counted and named, never silently lost.

    @needs("java", "vnu")
    def test_pages_are_valid_html() -> None: ...

The environment variable GXSITE_REQUIRE (names with commas between) turns a skip for want of one of these into a
failure of the whole run. Source of the tools: the Makefile's `tools`.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NODE_MODULES = ROOT / "tests/tools/node_modules"

_MISSING = "missing-need"


def _chromium() -> Path | None:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((Path(path) for path in found if path), None)


def _java() -> Path | None:
    path = shutil.which("java")
    if path is None:
        return None
    # Some systems have a `java` that only says where to get one.
    asked = subprocess.run([path, "-version"], check=False, capture_output=True, timeout=60)
    return Path(path) if asked.returncode == 0 else None


def _existing(path: Path) -> Path | None:
    return path if path.exists() else None


_FINDERS: Mapping[str, Callable[[], Path | None]] = {
    "axe": lambda: _existing(NODE_MODULES / "axe-core/axe.min.js"),
    "chromium": _chromium,
    "java": _java,
    "npm": lambda: Path(path) if (path := shutil.which("npm")) else None,
    "shared": lambda: _existing(ROOT.parent / "shared"),
    "vnu": lambda: _existing(NODE_MODULES / "vnu-jar/build/dist/vnu.jar"),
}
# A jar is of no use without Java, so whoever needs the one need not remember the other.
_IMPLIED: Mapping[str, tuple[str, ...]] = {"vnu": ("java",)}


@cache
def find(name: str) -> Path | None:
    """The program, file or folder that meets a need, or None where the machine lacks it. KeyError: no such need."""
    return _FINDERS[name]()


def path_of(name: str) -> Path:
    """As `find`, for a test that is marked with `needs(name)`: there it cannot be missing."""
    path = find(name)
    assert path is not None, f"{name} is missing: mark the test with needs({name!r})"
    return path


def needs(*names: str) -> pytest.MarkDecorator:
    """The mark of a test that is skipped where one of `names` is missing. ValueError: no such need."""
    if unknown := sorted(set(names) - set(_FINDERS)):
        raise ValueError(f"unknown need {', '.join(unknown)}; there are {', '.join(sorted(_FINDERS))}")
    return pytest.mark.needs(*names)


def _missing(item: pytest.Item) -> list[str]:
    named = [name for mark in item.iter_markers("needs") for name in mark.args]
    wanted = [part for name in named for part in (*_IMPLIED.get(name, ()), name)]
    return [name for name in dict.fromkeys(wanted) if find(name) is None]


class Wanting:
    """The pytest plugin that skips for want of a need, counts, and fails the run where GXSITE_REQUIRE says so."""

    def __init__(self, required: str) -> None:
        self.required = frozenset(name.strip() for name in required.split(",") if name.strip())
        self.skipped: Counter[str] = Counter()
        if unknown := sorted(self.required - set(_FINDERS)):
            raise pytest.UsageError(f"GXSITE_REQUIRE: unknown need {', '.join(unknown)}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if missing := _missing(item):
            # Properties travel with the report, also from a process of pytest-xdist.
            item.user_properties.extend((_MISSING, name) for name in missing)
            pytest.skip(f"needs {', '.join(missing)}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "setup" and report.skipped:
            self.skipped.update(str(name) for key, name in report.user_properties if key == _MISSING)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.unmet and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            counts = ", ".join(f"{name} ({count})" for name, count in sorted(self.skipped.items()))
            terminalreporter.write_line(f"skipped for want of: {counts}", yellow=True)
        if self.unmet:
            names = ", ".join(self.unmet)
            terminalreporter.write_line(f"FAILED: GXSITE_REQUIRE says that these must be here: {names}", red=True)

    @property
    def unmet(self) -> list[str]:
        """The required needs for want of which a test was skipped."""
        return sorted(self.required & set(self.skipped))


def from_environment() -> Wanting:
    """The plugin as GXSITE_REQUIRE asks for it."""
    return Wanting(os.environ.get("GXSITE_REQUIRE", ""))
