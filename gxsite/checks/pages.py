"""GX82: the links of finished pages. Faults of one cause are one finding, at its source or the first page."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Label, Place, phrase
from gxsite.base.near import nearest
from gxsite.base.paths import path_from

# Codes by kind of fault (gxsite/render/pagelinks.py). Those of GX823 lead elsewhere when the portal is moved.
CODES = {
    "dead": "GX821",
    "anchor": "GX822",
    "folder": "GX823",
    "root": "GX823",
    "host": "GX823",
    "outside": "GX823",
    "loose": "GX823",
    "twice": "GX824",
    "foreign": "GX825",
    "scheme": "GX826",
    "empty": "GX827",
}
INDEX = "index.html"
MAX_TEMPLATES = 3
MAX_PLACES = 8
_DIGITS = re.compile(r"\d+")
_UPWARDS = re.compile(r"(?:\.\./)+")
_HOST = re.compile(r"(?:[a-z]+:)?//[^/?#]*", re.IGNORECASE)


class PageFault(NamedTuple):
    """Something wrong with a page of the output: the kind, the link or path or id in question, the id of an anchor.

    ``look`` is the kind of page, which is the name of its template; ``folder`` that of its language, with a slash.
    ``place`` is where the source of the page says so, None if its template does; ``templates`` are the places in
    templates that agree with it.
    """

    kind: str
    target: str
    anchor: str
    page: str
    look: str
    language: str
    place: Place | None = None
    templates: tuple[Place, ...] = ()
    folder: str = ""

    @property
    def plain(self) -> tuple[str, str, str]:
        """The page, the target and the anchor, the same in all languages."""
        return self.page.removeprefix(self.folder), self.target.removeprefix(self.folder), self.anchor


class Group(NamedTuple):
    """Faults of one cause: the first of them, how many there are on how many pages, and of which kinds these are.

    A page counts once, in however many languages there is a copy of it.
    """

    first: PageFault
    pages: int
    looks: tuple[str, ...]
    faults: int


class Shown(NamedTuple):
    """A fault as it stands in a page: its place, the tag, the link as written."""

    place: Place
    tag: str
    written: str


def joined(faults: Iterable[PageFault], files: Container[str]) -> list[Group]:
    """Faults by cause, in the order of the first pages; ``files`` are those of the output.

    A place in a source is a cause, and so is one in a template, whatever it makes of how much data. Where templates
    only hand on what they are given, what is alike on different pages has one cause.
    """
    causes: dict[object, list[PageFault]] = {}
    for fault in faults:
        alike = fault.place or fault.templates or (_shape(fault, files), _DIGITS.sub("0", fault.anchor))
        causes.setdefault((fault.kind, alike), []).append(fault)
    return sorted(map(_group, causes.values()), key=lambda group: _order(group.first))


def _group(faults: Sequence[PageFault]) -> Group:
    plain = {fault.plain for fault in faults}
    looks = tuple(sorted({fault.look for fault in faults}))
    return Group(min(faults, key=_order), len({page for page, _, _ in plain}), looks, len(plain))


def _order(fault: PageFault) -> tuple[object, ...]:
    """Pages that everybody knows come first."""
    depth = fault.page.count("/")
    return fault.language, fault.look == "404", depth, fault.page, fault.kind, fault.target, fault.anchor


def _shape(fault: PageFault, files: Container[str]) -> str:
    """What is alike in the targets of one template on different pages: all but the names of what the portal holds."""
    page, target, _ = fault.plain
    if host := _HOST.match(target):
        return host[0]
    if target == page:
        return ""
    parts: list[str] = []
    known: set[str] = set()
    folder = ""
    *above, name = _UPWARDS.sub("", target).split("/")
    for part in above:
        folder += f"{part}/"
        if part and folder + INDEX in files:
            known.add(part)
        parts.append("*" if part in known else part)
    for part in sorted(known, key=len, reverse=True):
        name = name.replace(part, "*")
    return _DIGITS.sub("0", "/".join((*parts, name)))


def near_file(fault: PageFault, files: Iterable[str], below: str) -> str | None:
    """What was probably meant by a link, as the page would write it; ``below`` is the path of the portal on its server.

    Only files with the same name or in the same part of the portal are compared.
    """
    if fault.kind == "host":
        return f"https:{fault.target}"
    if fault.kind not in ("dead", "folder", "root"):
        return None
    wanted = fault.target.partition("#")[0].partition("?")[0]
    if fault.kind == "root":
        wanted = wanted[len(below) :] if wanted.startswith(below) else wanted[1:]
    if fault.kind == "folder" or not wanted or wanted.endswith("/"):
        wanted = f"{wanted.rstrip('/')}/{INDEX}".lstrip("/")
    top, name = wanted.partition("/")[0] + "/", "/" + wanted.rpartition("/")[2]
    near = nearest(wanted, (path for path in files if path.startswith(top) or f"/{path}".endswith(name)))
    return path_from(fault.page, near) if near else None


def finding(group: Group, shown: Shown, near: str | None) -> Diagnostic:
    """The finding about a group, as its first fault is shown; ``near`` is what was probably meant."""
    fault, looks = group.first, group.looks
    code = CODES[fault.kind]
    facts: dict[str, Fact | None] = {
        "target": fault.anchor if code == "GX822" else shown.written or fault.target,
        "more": _more(group),
        "near": near,
        "template": None if fault.place else _templates(looks),
    }
    if code == "GX822":
        facts["page"] = fault.target
    elif code == "GX823":
        facts["problem"] = phrase(f"page.{fault.kind}")
    found = diagnose(code, shown.place, **facts)
    labels = [Label(shown.place, shown.tag)] if shown.tag and not fault.place else []
    labels += [Label(place, "") for place in fault.templates[:MAX_PLACES]]
    return replace(found, labels=tuple(labels))


def _more(group: Group) -> Fact:
    """How many there are beside the first."""
    if group.faults == 1:
        return ""
    if group.pages == 1:
        return phrase("page.places", faults=group.faults)
    key = "page.more" if group.faults == group.pages else "page.many"
    return phrase(key, count=group.pages, faults=group.faults)


def _templates(looks: Sequence[str]) -> str:
    """The templates of some kinds of pages; many of them have what is wrong in common."""
    names = [f"{look}.html" for look in looks[:MAX_TEMPLATES]]
    return ", ".join((*names, "…") if len(looks) > MAX_TEMPLATES else names)
