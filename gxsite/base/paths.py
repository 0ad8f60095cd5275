"""Paths as values: of files in a project or an output, with ``/`` between their parts."""

from __future__ import annotations


def path_from(file: str, target: str) -> str:
    """How a file refers to another one; ``relpath`` of the library would ask for the current folder."""
    *folders, name = target.split("/")
    here = file.split("/")[:-1]
    shared = 0
    while folders[shared : shared + 1] == here[shared : shared + 1] != []:
        shared += 1
    return "/".join((*[".."] * (len(here) - shared), *folders[shared:], name))
