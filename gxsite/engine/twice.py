"""``--twice``: the same portal built once more, by another process in other surroundings, must have the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gxsite.engine.quick import LIST
from gxsite.engine.secret import secret
from gxsite.engine.state import State
from gxsite.engine.version import code_version

QUARANTINED = 3

# Everything that must not matter: the seed of hashes, the locale, the time zone, the number of processes.
SURROUNDINGS = {"PYTHONHASHSEED": "4711", "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"}


def differences(root: Path, output: Path, cache: Path, options: Sequence[str]) -> list[str] | None:
    """The paths at which a second build, from nothing, differs from a finished one, in the order of their names.

    It is given the last good versions that the state in ``cache`` keeps: they are sources. None if it does not succeed.
    """
    with tempfile.TemporaryDirectory(prefix="gxsite-") as folder:
        again = Path(folder) / "a folder of another name"
        command = [sys.executable, "-m", "gxsite", "-C", str(root), "build", "--output", str(again)]
        command += ["--cache", f"{folder}/cache", "--jobs", "1", *options]
        _hand_on(cache, Path(folder) / "cache")
        done = subprocess.run(
            command, env={**os.environ, **SURROUNDINGS}, cwd=folder, umask=0o027, capture_output=True, check=False
        )
        if done.returncode not in (0, QUARANTINED):
            return None
        first, second = _tree(output), _tree(again)
        paths = first.keys() | second.keys()
        return sorted(path for path in paths if first.get(path) != second.get(path))


def _hand_on(cache: Path, other: Path) -> None:
    """Copy the last good versions from one state to another."""
    mine, its = (State(folder, code_version(), secret()) for folder in (cache, other))
    its.keep_good(mine.good_rows())
    mine.close()
    its.close()


def _tree(folder: Path) -> dict[str, bytes]:
    """The files that the list of an output folder names; others there are not ours."""
    names = (folder / LIST).read_text("utf-8").split("\n")[1:]
    return {name: (folder / name).read_bytes() for name in names if name and (folder / name).is_file()}
