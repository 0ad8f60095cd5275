"""The theorem in short, and faults that it must find. The long run: ``python -m tests.property --edits 2000``."""

import re
import subprocess
import sys

import pytest

from tests.needs import ROOT
from tests.property.faults import FAULTS

# A process of its own can fork: it has no threads, as those that run tests in parallel do.
LONGEST = 300


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.property", *args],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
    )


@pytest.mark.parametrize("seed", ["11", "12"])
def test_builds_in_place_are_clean_builds(seed: str) -> None:
    """Sixty random edits, killed builds and lost caches among them."""
    done = run("--edits", "30", "--seed", seed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "30 edits, 0 failures" in done.stdout


@pytest.mark.parametrize("name", FAULTS)
def test_planted_faults_are_found(name: str) -> None:
    done = run("--edits", "120", "--seed", "1", "--fault", name)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(FAULTS[name].sign, done.stdout), done.stdout
