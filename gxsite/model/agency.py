"""Agencies (行政机关)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gxsite.base.diagnostic import Place

KINDS = ("government", "department", "township", "zone", "vertical", "institution")
LEVELS = ("national", "province", "city", "county", "township")

# Names of the portal's own folders; an agency with one of them would cover those pages.
RESERVED = frozenset(
    {
        *("years", "indicators", "forms", "data", "api", "documents", "pages", "search", "compare", "matrix"),
        *("rollups", "entry", "help", "assets", "feeds", "status", "corrections", "versions", "aliases"),
        *("sitemap", "index", "about", "zh-hant", "en", "static"),
    }
)
# Those of them that a page of the portal may have.
PAGES = frozenset({"help", "about"})


class Predecessor(NamedTuple):
    """An agency whose figures this one continues, up to and including a year."""

    id: str
    until: int


@dataclass(frozen=True)
class Agency:
    """One agency; ``id`` is its folder. ``parent`` is the id of the agency above it or ""."""

    id: str
    path: str
    name: str
    short: str = ""
    kind: str = ""
    level: str = ""
    parent: str = ""
    region: str = ""
    code: str = ""
    since: int | None = None
    until: int | None = None
    deadline: str = ""
    predecessors: tuple[Predecessor, ...] = ()
    former_ids: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    contact: str = ""
    parent_place: Place | None = None

    @property
    def label(self) -> str:
        """The name for narrow places."""
        return self.short or self.name
