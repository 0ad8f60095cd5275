"""Reading folders and files, and writing so that no reader ever sees half a file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Phrase, Place, phrase

_IGNORED = ("thumbs.db", "desktop.ini", "__macosx")


class Found(NamedTuple):
    """A file of the project: its path with forward slashes, or why it cannot be used."""

    path: str
    problem: Diagnostic | None = None


def walk(root: Path, folder: str) -> Iterator[Found]:
    """All files below a folder of the project in the order of their names, without what editors and systems leave."""
    top = root / folder
    try:
        entries = sorted(os.scandir(top), key=lambda e: e.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(folder, _unread(folder, phrase("file.unread", reason=error.strerror or "?")))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith((".", "~$")) or entry.name.casefold() in _IGNORED or entry.name.endswith("~"):
            continue
        if not entry.name.isprintable() or any("\ud800" <= c <= "\udfff" for c in entry.name):
            shown = path.encode("utf-8", "replace").decode()
            yield Found(shown, _unread(shown, phrase("file.name")))
        elif problem := _unusable(root, entry):
            yield Found(path, _unread(path, problem))
        elif entry.is_dir(follow_symlinks=False):
            yield from walk(root, path)
        else:
            yield Found(path)


def _unusable(root: Path, entry: os.DirEntry[str]) -> Phrase | None:
    """Why an entry of a folder cannot be read as a file of the project."""
    if entry.is_symlink():
        try:
            inside = Path(entry.path).resolve(strict=True).is_relative_to(root.resolve())
        except (OSError, RuntimeError):
            return phrase("file.loop")
        if not inside:
            return phrase("file.symlink")
        return None if entry.is_file() else phrase("file.special")
    if entry.is_dir():
        return phrase("file.folder") if entry.name.endswith((".md", ".yaml")) else None
    return None if entry.is_file() else phrase("file.special")


def read(root: Path, path: str, limit: int) -> bytes | Diagnostic:
    """The bytes of a file, a little more than ``limit`` at most so that an excess can be seen."""
    try:
        with (root / path).open("rb") as file:
            raw = file.read(limit + 1)
            if len(raw) > limit:
                return diagnose("GX109", Place(path, START), size=os.fstat(file.fileno()).st_size, limit=limit)
            return raw
    except OSError as error:
        return _unread(path, phrase("file.unread", reason=error.strerror or "?"))


def digest(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), sha256


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


def _unread(path: str, problem: Phrase) -> Diagnostic:
    return diagnose("GX817", Place(path, START), problem=problem)
