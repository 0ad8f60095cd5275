"""What a link in a body leads to: the sources are the addresses, the site gives them routes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple
from urllib.parse import unquote

Kind = Literal["external", "anchor", "report", "document", "page", "agency", "attachment", "dead", "root", "scheme"]
_PLAIN = re.compile(r"(?:\.\./)*[a-z0-9-]+(?:/[a-z0-9-]+)*(?:\.[a-z0-9]+)?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ALLOWED_SCHEMES = frozenset({"http:", "https:", "mailto:", "tel:"})


class Destination(NamedTuple):
    """Where a link leads; ``key`` is the catalog's key or, for a dead link, the path looked for."""

    kind: Kind
    key: str = ""
    fragment: str = ""


def needed(targets: Iterable[str], path: str) -> tuple[str, ...]:
    """The files without which some links written in the file ``path`` lead nowhere; "" for one that never leads.

    They are known without the catalog, so that looking for dead links is looking for missing files.
    """
    needs: dict[str, None] = {}
    for target in targets:
        if _PLAIN.fullmatch(target):
            needs[_beside(path, target)] = None
            continue
        where = resolve(target, path, {})
        if where.kind not in ("external", "anchor"):
            needs[where.key if where.kind == "dead" else ""] = None
    return tuple(needs)


def _beside(path: str, target: str) -> str:
    """A plain relative path, seen from a file."""
    folder = path.rpartition("/")[0]
    while target.startswith("../"):
        target, folder = target[3:], folder.rpartition("/")[0]
    return f"{folder}/{target}"


def is_local(target: str) -> bool:
    """Whether where a link leads depends on the files that there are."""
    return not _SCHEME.match(target)


def resolve(target: str, path: str, known: dict[str, Destination]) -> Destination:
    """Where a link written in the file ``path`` leads."""
    plain = _PLAIN.fullmatch(target)
    if plain and (found := known.get(_beside(path, target))):  # most links, and nothing to be decoded in them
        return found
    scheme = _SCHEME.match(target)
    if scheme:
        return Destination("external" if scheme[0].lower() in ALLOWED_SCHEMES else "scheme", target)
    if target.startswith("//"):  # a host on the web, a folder of this machine when read from a disk
        return Destination("scheme", target)
    if target.startswith("#") or not target:
        return Destination("anchor", "", target[1:])
    if target.startswith("/"):
        return Destination("root", target)
    name, _, fragment = target.partition("#")
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(name.partition("?")[0])))
    found = known.get(wanted)
    return Destination(found.kind, found.key, fragment) if found else Destination("dead", wanted)
