"""Where agencies are found: around the government, or other agency, that they belong to, and by their level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from gxsite.model.agency import KINDS, LEVELS, Agency
from gxsite.model.catalog import Catalog

ELSEWHERE = ""
# Kinds of agencies around which others are found, if they are below; a kind that is not known may be one of them.
_CENTRES = ("government", "zone", "")


class Places:
    """The places of a catalog: ``of`` leads from each agency to the one around which it is found, "" for none.

    A government with others below it is a place, and they are found there, also those below its departments. One that
    hangs nowhere is found around the government of its region, or else of the city or province that the region is in.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        governments = _governments(catalog)
        self.of: dict[str, str] = {}

        def settle(parent: str, place: str) -> None:
            for agency in catalog.children.get(parent, ()):
                below = agency.id in catalog.children
                if below and (agency.kind in _CENTRES or not place):
                    self.of[agency.id] = agency.id
                else:
                    self.of[agency.id] = place or _nearest(agency, governments)
                settle(agency.id, self.of[agency.id] if below else place)

        settle("", ELSEWHERE)
        for head in set(self.of.values()) - {ELSEWHERE}:
            self.of[head] = head

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each place in that order."""
        return {head: at for at, (head, _) in enumerate(self.heads)}

    @cached_property
    def heads(self) -> list[tuple[str, int]]:
        """The places in order of the tree, each with its depth below other places; "" last, if somebody is there."""
        known = set(self.of.values())

        def walk(parent: str, depth: int) -> Iterator[tuple[str, int]]:
            for agency in self._catalog.children.get(parent, ()):
                if agency.id in known:
                    yield agency.id, depth
                yield from walk(agency.id, depth + (agency.id in known))

        return [*walk("", 0), *([(ELSEWHERE, 0)] if ELSEWHERE in known else [])]

    def members(self) -> dict[str, list[Agency]]:
        """The agencies of each place without the one around which it lies, in order of ids."""
        found: dict[str, list[Agency]] = {}
        for agency in self._catalog.agencies.values():
            place = self.of[agency.id]
            if place != agency.id:
                found.setdefault(place, []).append(agency)
        return found


def by_kind(agencies: Iterable[Agency]) -> list[tuple[str, list[Agency]]]:
    """Agencies by kind, in the order of the kinds; those of no kind last."""
    found: dict[str, list[Agency]] = {}
    for agency in agencies:
        found.setdefault(agency.kind, []).append(agency)
    return [(kind, found[kind]) for kind in (*KINDS, "") if kind in found]


def by_level(agencies: Iterable[Agency]) -> list[tuple[str, str, list[Agency]]]:
    """Agencies by level and kind, from the top; those of which neither is known last."""
    found: dict[tuple[str, str], list[Agency]] = {}
    for agency in agencies:
        found.setdefault((agency.level, agency.kind), []).append(agency)
    order = ((level, kind) for level in (*LEVELS, "") for kind in (*KINDS, ""))
    return [(*key, found[key]) for key in order if key in found]


def _governments(catalog: Catalog) -> dict[str, str]:
    """The government of each region by its code; of several the highest."""
    ranks = {level: rank for rank, level in enumerate((*LEVELS, ""))}
    found: dict[str, str] = {}
    for agency in sorted(catalog.agencies.values(), key=lambda a: (ranks[a.level], a.id)):
        if agency.kind == "government" and agency.region:
            found.setdefault(agency.region, agency.id)
    return found


def _nearest(agency: Agency, governments: Mapping[str, str]) -> str:
    """The government of the region of an agency, or of the city or province around it, other than itself."""
    region = agency.region
    if not region:
        return ELSEWHERE
    codes = (region, f"{region[:4]}00", f"{region[:2]}0000")
    return next((g for code in codes if (g := governments.get(code)) and g != agency.id), ELSEWHERE)
