"""What the results of this program depend on beside their sources: its own code, and the libraries that it calls."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_LIBRARIES = ("jinja2", "markupsafe", "markdown", "yaml", "nh3", "comrak", "opencc")
_SUFFIXES = (".py", ".yaml")


def code_version() -> bytes:
    """A digest that changes with the code, the built-in forms, the libraries and the version of Python.

    Files are known by size and time, not read: this is asked at every start.
    """
    digest = hashlib.blake2b(
        repr((sys.version_info, sys.implementation.name, zlib.ZLIB_RUNTIME_VERSION)).encode(), digest_size=16
    )
    for path, stat in _files(str(_PACKAGE)):
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec and spec.origin:
            stat = Path(spec.origin).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.digest()


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.is_dir():
            if not entry.name.startswith(("_", ".")):
                yield from _files(entry.path)
        elif entry.name.endswith(_SUFFIXES):
            yield entry.path, entry.stat()
