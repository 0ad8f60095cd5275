"""Static files as they are published: ``style.css`` as ``style.4f0c9d21ab.css``, so that browsers may keep it for ever.

The name holds a digest of what is in the file, so another content has another address. References from one static file
to another inside style sheets are written anew; one that leads nowhere, or to another host, is a finding.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import quote, unquote

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Fact, Outcome, Place, Span, phrase
from gxsite.base.near import nearest
from gxsite.base.paths import path_from
from gxsite.render.look import ACCENT
from gxsite.render.pictures import faults_of
from gxsite.render.stylesheet import Property, Reference, properties, references
from gxsite.render.themefiles import Assets, ThemeFiles

DIGITS = 10
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class _Link(NamedTuple):
    """A reference to another static file: its name, and what follows the path of the address."""

    where: Reference
    target: str
    rest: str


class _Sheet(NamedTuple):
    text: str
    links: tuple[_Link, ...]


def published_name(name: str, data: bytes) -> str:
    """``img/crest.svg`` and what is in it to ``img/crest.4f0c9d21ab.svg``."""
    digest = hashlib.blake2b(data, digest_size=DIGITS // 2).hexdigest()
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    return f"{folder}{slash}{stem}.{digest}.{suffix}" if dot and stem else f"{name}.{digest}"


def publish(theme: ThemeFiles, asked: Iterable[str], named: Set[str] = frozenset()) -> Outcome[Assets | None]:
    """The static files of a theme under their new names, None if one is wrong.

    ``asked`` are those that templates name, ``named`` the custom properties that they name.

    A style sheet is named after what is in it once its references are written anew, so those it refers to come first.
    """
    statics = theme.statics
    found: list[Diagnostic] = []
    names = {name: published_name(name, data) for name, data in statics.items() if not _is_sheet(name)}
    rewritten: dict[str, bytes] = {}
    sheets: dict[str, _Sheet] = {}
    for name, data in statics.items():
        problems = _Problems(theme, name, found)
        if _is_sheet(name):
            sheets[name] = _read(name, data, statics, problems)
        elif name.lower().endswith(".svg"):
            for problem in faults_of(data):
                problems.add(problem)
    waiting = dict(sheets)
    while waiting:
        ready = [name for name, sheet in waiting.items() if not any(link.target in waiting for link in sheet.links)]
        if not ready:
            name, link = _circle(waiting)
            _Problems(theme, name, found).at(waiting[name].text, link.where, phrase("static.circle"))
            break
        for name in ready:
            sheet = waiting.pop(name)
            data = _rewritten(name, sheet, names) if sheet.links else statics[name]
            names[name] = published_name(name, data)
            if sheet.links:
                rewritten[names[name]] = data
    if found:
        return Outcome(None, tuple(found))
    linked = {link.target for sheet in sheets.values() for link in sheet.links}
    advice = (*_idle(theme, sheets, {*theme.styles, *asked, *linked}), *_without_effect(theme, sheets, named))
    return Outcome(Assets(names, rewritten), advice)


def _idle(theme: ThemeFiles, sheets: Iterable[str], used: Set[str]) -> Iterator[Diagnostic]:
    """The theme's own style sheets that nothing refers to."""
    for name in sheets:
        if name not in used and theme.homes.get(name) == theme.path:
            place = Place(f"{theme.path}/static/{name}", START)
            yield diagnose("GX923", place, near=nearest(name, used))


def _without_effect(theme: ThemeFiles, sheets: Mapping[str, _Sheet], named: Set[str]) -> Iterator[Diagnostic]:
    """Custom properties in the theme's own style sheets that nothing declares, or that nothing uses.

    A theme that extends none may declare what only themes above it use.
    """
    found = [(name, one) for name, sheet in sheets.items() for one in properties(sheet.text)]
    used = {one.name for _, one in found if one.role != "declared"} | named
    declared = {one.name for _, one in found if one.role == "declared"} | named | {ACCENT}
    own = [(name, one) for name, one in found if theme.homes.get(name) == theme.path]
    told = set(declared)
    for name, one in own:
        if one.role in ("asked", "asked_or") and one.name not in told:
            near = nearest(one.name, declared)
            if near or one.role == "asked":
                told.add(one.name)
                used |= {near} if near else set()  # else one slip would be told twice
                yield _property("property.unknown", theme, name, sheets[name].text, one, near)
    told = set(used)
    for name, one in own if theme.beneath else ():
        if one.role == "declared" and one.name not in told:
            told.add(one.name)
            yield _property("property.idle", theme, name, sheets[name].text, one, nearest(one.name, used))


def _property(problem: str, theme: ThemeFiles, sheet: str, text: str, where: Property, near: str | None) -> Diagnostic:
    place = Place(f"{theme.path}/static/{sheet}", _span(text, where.start, where.end))
    return diagnose("GX926", place, problem=phrase(problem, name=where.name), near=near)


def _span(text: str, start: int, end: int) -> Span:
    """A part of a style sheet, as far as it stands in one line."""
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Span(line, column, line, column + len(text[start:end].split("\n", 1)[0]))


def _is_sheet(name: str) -> bool:
    return name.lower().endswith(".css")


class _Problems:
    """Adds findings about one static file."""

    def __init__(self, theme: ThemeFiles, name: str, found: list[Diagnostic]) -> None:
        self.path = f"{theme.homes.get(name, theme.path)}/static/{name}"
        self.found = found

    def add(self, problem: Fact, span: Span = START, near: str | None = None) -> None:
        """About the file."""
        self.found.append(diagnose("GX920", Place(self.path, span), problem=problem, near=near))

    def at(self, text: str, where: Reference, problem: Fact, near: str | None = None) -> None:
        """About an address in a style sheet."""
        self.add(problem, _span(text, where.start, where.end), near)


def _read(name: str, data: bytes, statics: Mapping[str, bytes], problems: _Problems) -> _Sheet:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        problems.add(phrase("static.encoding"))
        return _Sheet("", ())
    return _Sheet(text, tuple(_links(name, text, statics, problems)))


def _links(name: str, text: str, statics: Mapping[str, bytes], problems: _Problems) -> Iterator[_Link]:
    """The references of a style sheet to other static files; what cannot be followed is found."""
    for where in references(text):
        address = where.address.strip()
        scheme = _SCHEME.match(address)
        if not address or address[0] == "#" or (scheme and scheme[0].lower() == "data:"):
            continue
        if scheme or address.startswith("//"):
            problems.at(text, where, phrase("static.foreign", address=address))
        elif address[0] == "/":
            problems.at(text, where, phrase("static.root", address=address))
        else:
            path = re.split(r"[?#]", address, maxsplit=1)[0]
            target = normpath(join(dirname(name), unquote(path)))
            if target in statics:
                yield _Link(where, target, address[len(path) :])
            else:
                near = nearest(target, statics)
                problems.at(text, where, phrase("static.missing", name=target), near and path_from(name, near))


def _circle(waiting: Mapping[str, _Sheet]) -> tuple[str, _Link]:
    """A reference that closes a circle: each of these sheets refers to another of them."""
    name, seen = next(iter(waiting)), set[str]()
    while True:
        seen.add(name)
        link = next(link for link in waiting[name].links if link.target in waiting)
        if link.target in seen:
            return name, link
        name = link.target


def _rewritten(name: str, sheet: _Sheet, names: Mapping[str, str]) -> bytes:
    pieces, at = [], 0
    for where, target, rest in sheet.links:
        address = quote(path_from(name, names[target])) + quote(rest, safe="?#&=/%")
        pieces += [sheet.text[at : where.start], f'url("{address}")' if where.is_url else f'"{address}"']
        at = where.end
    return "".join((*pieces, sheet.text[at:])).encode("utf-8")
