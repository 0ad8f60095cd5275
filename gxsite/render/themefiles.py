"""A theme as it is read, and what its templates are called and given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Fact, Place, Span
from gxsite.base.near import nearest

GLOBALS = ("site", "page", "view", "body")
BENEATH = "base-theme/"
KINDS = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")


class Label(NamedTuple):
    """How a Chinese text of a theme is said in another language, for one in other words if ``one`` is given."""

    text: str
    one: str = ""
    place: Place = Place("", START)


class Assets(NamedTuple):
    """The published name of each static file, and by these names what became of style sheets that were rewritten."""

    names: Mapping[str, str]
    rewritten: Mapping[str, bytes]

    def files(self, statics: Mapping[str, bytes]) -> dict[str, bytes]:
        """The published files by their names."""
        return {new: self.rewritten.get(new, statics[name]) for name, new in self.names.items()}


class Grounds(NamedTuple):
    """The colours on which a theme writes, as ``#rrggbb``, in its light and in its dark scheme."""

    light: tuple[str, ...] = ("#ffffff",)
    dark: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeFiles:
    """A theme as read: its folder, template texts by name, static files by name, style sheets in order, icon.

    A template of the theme that it extends is named ``base-theme/NAME``, one of the theme beneath that
    ``base-theme/base-theme/NAME`` and so on; :meth:`find` says which of them is meant. ``labels`` are the texts of
    each language by the Chinese ones, ``beneath`` the folders of the extended themes from the nearest on, ``homes``
    those of static files by name, ``named`` the places in ``theme.yaml`` that name static files.
    """

    path: str
    templates: Mapping[str, str]
    statics: Mapping[str, bytes]
    styles: tuple[str, ...]
    icon: str = ""
    labels: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    beneath: tuple[str, ...] = ()
    homes: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, Place] = field(default_factory=dict)
    grounds: Grounds = field(default_factory=Grounds)

    def find(self, wanted: str, within: str = "") -> str:
        """The template that another (or the engine) means by a name, "" if there is none."""
        return resolve(self.templates, wanted, within)

    def place_of(self, static: str) -> Place:
        """Where ``theme.yaml`` names a static file."""
        return self.named.get(static, template_place(self, "theme.yaml", 1))


def resolve(templates: Collection[str], wanted: str, within: str = "") -> str:
    """The template meant by a name ``within`` another: the topmost of that name.

    Behind ``base-theme/`` it is the topmost of the themes beneath the one that the other template belongs to.
    """
    first = within.count(BENEATH) + 1 if wanted.startswith(BENEATH) else 0
    name = wanted.removeprefix(BENEATH)
    deepest = max((other.count(BENEATH) for other in templates), default=0)
    names = (BENEATH * level + name for level in range(first, deepest + 1))
    return next((other for other in names if other in templates), "")


def near_template(name: str, known: Iterable[str]) -> str | None:
    """The template that was probably meant, as other templates name it."""
    stems = {other.rpartition(BENEATH)[2].removesuffix(".html") for other in known}
    near = nearest(name.removeprefix(BENEATH).removesuffix(".html"), stems)
    return f"{near}.html" if near else None


def problem_in(
    files: ThemeFiles, name: str, line: int, problem: Fact, near: str | None = None, word: str = ""
) -> Diagnostic:
    """A finding about a line of a template, or of ``theme.yaml``; about a word in it if that is given."""
    place = template_place(files, name, line)
    lines = files.templates.get(name, "").split("\n")
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lines[line - 1]) if word and line <= len(lines) else None
    if found:
        place = Place(place.path, Span(line, found.start() + 1, line, found.end() + 1))
    return diagnose("GX905", place, problem=problem, near=near)


def template_place(files: ThemeFiles, name: str, line: int) -> Place:
    """A line of a template, or of ``theme.yaml``."""
    folder = (files.path, *files.beneath)[name.count(BENEATH)]
    plain = name.rpartition(BENEATH)[2]
    return Place(f"{folder}/{f'templates/{plain}' if plain.endswith('.html') else plain}", Span(line, 1, line, 2))
