"""Output folders as values, and how two of them differ."""

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

Tree = dict[str, bytes]
LIST = ".gxsite-output"
OWN = (".gxsite-", f".{LIST}.")  # and what a killed build was writing into the list
BEFORE, SHOWN = 60, 200  # of a long line


def tree_of(folder: Path) -> Tree:
    """Every file of a folder; a link is what it points at, said so."""
    found = {}
    for place in folder.rglob("*"):
        path = place.relative_to(folder).as_posix()
        if place.is_symlink():
            found[path] = f"a link to {place.readlink()}".encode()
        elif place.is_file():
            found[path] = place.read_bytes()
    return found


def times_of(folder: Path) -> dict[str, int]:
    """When every file of a folder was last written."""
    return {p.relative_to(folder).as_posix(): p.lstat().st_mtime_ns for p in folder.rglob("*") if not p.is_dir()}


def served(tree: Tree) -> Tree:
    """The files that a reader can ask for: without the list, the stage and whatever else gxsite keeps for itself."""
    return {path: data for path, data in tree.items() if not any(p.startswith(OWN) for p in path.split("/"))}


def differences(expected: Tree, actual: Tree) -> list[str]:
    """What is missing, unexpected and different, the last with the first line that differs."""
    found = [f"missing: {path}" for path in sorted(expected.keys() - actual.keys())]
    found += [f"unexpected: {path}" for path in sorted(actual.keys() - expected.keys())]
    both = sorted(expected.keys() & actual.keys())
    return found + [_difference(p, expected[p], actual[p]) for p in both if expected[p] != actual[p]]


def _difference(path: str, expected: bytes, actual: bytes) -> str:
    """The first line that differs; of a workbook the part of it."""
    if path.endswith(".xlsx"):
        return f"different: {path}: {_part(expected, actual)}"
    old, new = (data.decode("utf-8", "replace").split("\n") for data in (expected, actual))
    number = next(
        (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    one, other = (rows[number] if number < len(rows) else "(no such line)" for rows in (old, new))
    column = next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    start = max(0, column - BEFORE)
    shown = [f"{'…' if start else ''}{line[start : start + SHOWN]}" for line in (one, other)]
    return f"different: {path}:{number + 1}:{column + 1}\n    clean: {shown[0]}\n    here:  {shown[1]}"


def _part(expected: bytes, actual: bytes) -> str:
    try:
        with ZipFile(BytesIO(expected)) as one, ZipFile(BytesIO(actual)) as other:
            names = one.namelist()
            if names != other.namelist():
                return "other parts"
            return next((f"part {n}" for n in names if one.read(n) != other.read(n)), "its packing")
    except BadZipFile:
        return f"{len(expected)} and {len(actual)} bytes"
