"""Where the project is."""

from __future__ import annotations

from pathlib import Path

FILE = "gxsite.yaml"
OUTPUT = "build"
CONTENT = "content"
CACHE = ".gxsite"


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that holds ``gxsite.yaml``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    from gxsite.base.catalogue import diagnose
    from gxsite.base.diagnostic import START, Place, ProjectError

    raise ProjectError(diagnose("GX901", Place(FILE, START), folder=str(start)))
