"""What a link in a body leads to: the sources are the addresses, the site gives them routes."""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from gxsite.model.catalog import Catalog

Kind = Literal["external", "anchor", "report", "document", "page", "agency", "attachment", "dead", "root", "scheme"]
_PLAIN = re.compile(r"(?:\.\./)*[a-z0-9-]+(?:/[a-z0-9-]+)*(?:\.[a-z0-9]+)?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
ALLOWED_SCHEMES = frozenset({"http:", "https:", "mailto:", "tel:"})


class Destination(NamedTuple):
    """Where a link leads; ``key`` is the catalog's key or, for a dead link, the path looked for."""

    kind: Kind
    key: str = ""
    fragment: str = ""


def sources(catalog: Catalog) -> dict[str, Destination]:
    """Every source file that has a page or is published, by its path."""
    found: dict[str, Destination] = {}
    for key, report in catalog.reports.items():
        found[report.path] = Destination("report", key)
    for key, document in catalog.documents.items():
        found[document.path] = Destination("document", key)
    for slug, page in catalog.pages.items():
        found[page.path] = Destination("page", slug)
    for agency in catalog.agencies.values():
        found[agency.path] = Destination("agency", agency.id)
        found[posixpath.dirname(agency.path)] = Destination("agency", agency.id)
    for attachments in catalog.attachments.values():
        for attachment in attachments:
            found[attachment.path] = Destination("attachment", attachment.path)
    return found


def _beside(path: str, target: str) -> str:
    """A plain relative path, seen from a file."""
    folder = path.rpartition("/")[0]
    while target.startswith("../"):
        target, folder = target[3:], folder.rpartition("/")[0]
    return f"{folder}/{target}"


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
