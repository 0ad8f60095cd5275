"""A theme as it is read, and what its templates are called and given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Place, Span

GLOBALS = ("site", "page", "view", "body")
KINDS = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")


@dataclass(frozen=True)
class ThemeFiles:
    """A theme as read: its folder, template texts by name, static files by name, style sheets in order, icon."""

    path: str
    templates: Mapping[str, str]
    statics: Mapping[str, bytes]
    styles: tuple[str, ...]
    icon: str = ""


def problem_in(files: ThemeFiles, name: str, line: int, problem: Fact, near: str | None = None) -> Diagnostic:
    """A finding about a line of a template, or of ``theme.yaml``."""
    folder = f"{files.path}/templates" if name.endswith(".html") else files.path
    return diagnose("GX905", Place(f"{folder}/{name}", Span(line, 1, line, 2)), problem=problem, near=near)
