"""What every test may ask for."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from tests import needs


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(needs.from_environment(), "needs")


class RunGxsite(Protocol):
    """Runs `gxsite ARGS` in the folder `cwd` as a process of its own and returns its status, output and errors."""

    def __call__(
        self, args: Sequence[str], cwd: Path, *, env: Mapping[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def run_gxsite() -> RunGxsite:
    """The command line of this checkout, whatever is installed; `env` adds to a plain UTF-8 environment."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("GXSITE_", "LC_", "LANG"))}
    for name in ("SOURCE_DATE_EPOCH", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8"):
        keep.pop(name, None)
    base = keep | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(needs.ROOT)}

    def run(
        args: Sequence[str], cwd: Path, *, env: Mapping[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gxsite", *args],
            check=False,
            cwd=cwd,
            env=base | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
        )

    return run
