"""``--twice``: the same portal built once more, by another process in other surroundings, must have the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gxsite.engine.quick import LIST

# Everything that must not matter: the seed of hashes, the locale, the time zone, the number of processes.
SURROUNDINGS = {"PYTHONHASHSEED": "4711", "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"}


def differences(root: Path, output: Path, options: Sequence[str]) -> list[str]:
    """The paths at which a second build, from nothing, differs from a finished one; all in the order of their names.

    A build that fails says so by the path of the output itself.
    """
    with tempfile.TemporaryDirectory(prefix="gxsite-") as folder:
        again = Path(folder) / "a folder of another name"
        command = [sys.executable, "-m", "gxsite", "-C", str(root), "build", "--output", str(again)]
        command += ["--cache", f"{folder}/cache", "--jobs", "1", *options]
        done = subprocess.run(
            command, env={**os.environ, **SURROUNDINGS}, cwd=folder, umask=0o027, capture_output=True, check=False
        )
        if done.returncode not in (0, 1) or not again.is_dir():
            return [str(output)]
        first, second = _tree(output), _tree(again)
        paths = first.keys() | second.keys()
        return sorted(path for path in paths if first.get(path) != second.get(path))


def _tree(folder: Path) -> dict[str, bytes]:
    """The files that the list of an output folder names; others there are not ours."""
    names = (folder / LIST).read_text("utf-8").split("\n")[1:]
    return {name: (folder / name).read_bytes() for name in names if name and (folder / name).is_file()}
