"""Reading folders and files, and writing so that no reader ever sees half a file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gxsite.base.diagnostic import Diagnostic

_BY_NAME = attrgetter("name")
_ORDINARY = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*\.(?:md|yaml)").fullmatch
_IGNORED = ("thumbs.db", "desktop.ini", "__macosx")


class Found(NamedTuple):
    """A file of the project: its path with forward slashes, its size and time of change, or why it cannot be used."""

    path: str
    problem: Diagnostic | None = None
    size: int = 0
    time: int = 0


def walk(root: Path, folder: str) -> Iterator[Found]:
    """All files below a folder of the project in the order of their names, without what editors and systems leave."""
    try:
        entries = sorted(os.scandir(f"{root}/{folder}"), key=_BY_NAME)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(folder, _unread(folder, "file.unread", reason=error.strerror or "?"))
        return
    for entry in entries:
        name = entry.name
        path = f"{folder}/{name}"
        if _ORDINARY(name) and entry.is_file(follow_symlinks=False):  # as nearly all are
            stat = entry.stat()
            yield Found(path, None, stat.st_size, stat.st_mtime_ns)
            continue
        if name[0] == "." or name[-1] == "~" or name.startswith("~$") or name.casefold() in _IGNORED:
            continue
        if not name.isprintable():  # nor are the halves of characters that names of other encodings turn into
            shown = path.encode("utf-8", "replace").decode()
            yield Found(shown, _unread(shown, "file.name"))
        elif problem := _unusable(root, entry):
            yield Found(path, _unread(path, problem))
        elif entry.is_dir(follow_symlinks=False):
            yield from walk(root, path)
        else:
            stat = entry.stat()
            yield Found(path, None, stat.st_size, stat.st_mtime_ns)


def _unusable(root: Path, entry: os.DirEntry[str]) -> str:
    """Why an entry of a folder cannot be read as a file of the project, as the key of a phrase; "" if it can."""
    if entry.is_symlink():
        return _leads_out(root, Path(entry.path)) or ("" if entry.is_file() else "file.special")
    if entry.is_dir():
        return "file.folder" if entry.name.endswith((".md", ".yaml")) else ""
    return "" if entry.is_file() else "file.special"


def _leads_out(root: Path, path: Path) -> str:
    """Why the links on a path cannot be followed, as the key of a phrase; "" if they can, or if there are none."""
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return "file.loop"
    return "" if inside else "file.symlink"


def link_problem(root: Path, path: str) -> Diagnostic | None:
    """The finding that a path, by links in any part of it, leads out of the project or nowhere."""
    problem = _leads_out(root, root / path)
    return _unread(path, problem) if problem else None


def read(root: Path, path: str, limit: int) -> bytes | Diagnostic:
    """The bytes of a file; one that is larger than ``limit`` is not read."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - a path object costs more than the rest
            size = os.fstat(file.fileno()).st_size
            if size <= limit:
                return file.read()
    except OSError as error:
        return _unread(path, "file.unread", reason=error.strerror or "?")
    from gxsite.base.catalogue import diagnose
    from gxsite.base.diagnostic import START, Place

    return diagnose("GX109", Place(path, START), size=size, limit=limit)


def digest(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), sha256


def fingerprint(data: bytes) -> bytes:
    """What tells a file of ours from an altered one, in 8 bytes; processors have instructions for this digest."""
    return hashlib.sha256(data).digest()[:8]


def write_atomically(path: Path, data: bytes) -> None:
    """Write a whole file or nothing, and never through a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unread(path: str, problem: str, **facts: str) -> Diagnostic:
    from gxsite.base.catalogue import diagnose
    from gxsite.base.diagnostic import START, Place, phrase

    return diagnose("GX817", Place(path, START), problem=phrase(problem, **facts))
