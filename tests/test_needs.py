"""A skip for want of a tool is named and counted, and fails the run where the tool is required."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.needs import ROOT, needs

CONFTEST = """
from tests import needs

def pytest_configure(config):
    config.addinivalue_line("markers", "needs(*names): see tests/needs.py")
    needs.find.cache_clear()
    needs._FINDERS = {**needs._FINDERS, "java": lambda: None, "vnu": lambda: needs.ROOT, "chromium": lambda: needs.ROOT}
    config.pluginmanager.register(needs.from_environment(), "needs")
"""
TESTS = """
import pytest
from tests.needs import needs, path_of

@needs("java")
def test_one(): raise AssertionError("must not run")

@needs("vnu")
def test_implied(): raise AssertionError("must not run")

@pytest.mark.parametrize("x", [0, pytest.param(1, marks=needs("java", "chromium"))])
def test_parameter(x): assert x == 0

@needs("chromium")
def test_present(): assert path_of("chromium").is_dir()

def test_plain(): pass
"""

Inner = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def inner(tmp_path: Path) -> Inner:
    """Runs pytest over TESTS on a machine that seems to lack Java."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_inner.py").write_text(TESTS, encoding="utf-8")

    def run(*args: str, require: str = "") -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *args],
            check=False,
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(ROOT), "GXSITE_REQUIRE": require},
            capture_output=True,
            encoding="utf-8",
        )

    return run


@pytest.mark.parametrize("args", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_skips_are_named_and_counted(inner: Inner, args: tuple[str, ...]) -> None:
    done = inner(*args)
    assert done.returncode == 0, done.stdout
    assert "skipped for want of: java (3)" in done.stdout
    assert "3 passed, 3 skipped" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("args", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_required_need_fails_the_run(inner: Inner, args: tuple[str, ...]) -> None:
    done = inner(*args, require="chromium, java")
    assert done.returncode == 1, done.stdout
    assert "must be here: java\n" in done.stdout


def test_a_required_need_that_is_met_changes_nothing(inner: Inner) -> None:
    assert inner(require="chromium").returncode == 0


def test_a_run_of_skips_alone_fails_too(inner: Inner) -> None:
    assert inner("-k", "test_one", require="java").returncode == 1


def test_unknown_names_are_refused(inner: Inner) -> None:
    with pytest.raises(ValueError, match="unknown need jawa"):
        needs("jawa")
    done = inner(require="jawa")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "GXSITE_REQUIRE: unknown need jawa" in done.stderr
