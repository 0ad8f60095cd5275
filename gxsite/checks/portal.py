"""GX8: what only the whole portal shows: parents, index numbers, links, years, scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Label, Place, Span
from gxsite.base.near import nearest
from gxsite.base.paths import path_from
from gxsite.model.catalog import Catalog
from gxsite.model.links import Destination, resolve
from gxsite.model.report import Document, Link, Page
from gxsite.model.summary import Summary

# A near name is sought for the first dead links of a file only: thousands of them are one mistake.
MAX_NEAR = 50


def check_parents(catalog: Catalog) -> Iterator[Diagnostic]:
    """Parents that do not exist, and circles of parents."""
    in_circle: set[str] = set()
    for agency in catalog.agencies.values():
        place = agency.parent_place or Place(agency.path, START)
        if agency.parent and agency.parent not in catalog.agencies:
            near = nearest(agency.parent, [a for a in catalog.agencies if a != agency.id])
            yield diagnose("GX809", place, parent=agency.parent, near=near)
        trail = [agency.id]
        while (above := catalog.agencies[trail[-1]].parent) in catalog.agencies and above not in trail:
            trail.append(above)
        if above == agency.id and agency.id not in in_circle:
            in_circle |= set(trail)
            yield diagnose("GX810", place, path=" → ".join([*trail, agency.id]))


def check_index_numbers(catalog: Catalog) -> Iterator[Diagnostic]:
    """Index numbers used twice, reported at the later file."""
    first: dict[str, Summary | Document] = {}
    papers: tuple[Summary | Document, ...] = (*catalog.reports.values(), *catalog.documents.values())
    for paper in papers:
        number = paper.index_number
        other = first.setdefault(number, paper) if number else paper
        if other is not paper:
            place, known = paper.index_place, other.index_place
            if place and known:
                found = diagnose("GX803", place, number=number, other=f"{known.path}:{known.span.line}")
                yield replace(found, labels=(Label(known, number),))


def check_agencies(catalog: Catalog) -> Iterator[Diagnostic]:
    """Agencies without content, reports outside an agency's years, governments that do not state their scope."""
    for agency in catalog.agencies.values():
        reports = catalog.reports_of.get(agency.id, ())
        if not reports and agency.id not in catalog.documents_of:
            yield diagnose("GX815", Place(agency.path, START), name=agency.name, folder=agency.id)
        years = f"{agency.since or ''}-{agency.until or ''}"
        has_below = agency.kind in ("government", "zone") and agency.id in catalog.children
        for report in reports:
            place = Place(report.path, Span(1, 1, 1, 4))
            if report.year < (agency.since or report.year) or report.year > (agency.until or report.year):
                yield diagnose("GX816", place, year=report.year, name=agency.name, years=years)
            if has_below and report.scope is None and not report.damaged:
                yield diagnose("GX814", place, name=agency.name)


def check_links(catalog: Catalog) -> Iterator[Diagnostic]:
    """Links of all bodies that lead nowhere or must not be published."""
    known = catalog.destinations
    for report in catalog.reports.values():
        if report.needs and not all(path in known for path in report.needs):
            yield from _links(report.path, report.links, known)
    papers: tuple[Document | Page, ...] = (*catalog.documents.values(), *catalog.pages.values())
    for paper in papers:
        yield from _links(paper.path, paper.body.links, known)


def _links(path: str, links: Iterable[Link], known: dict[str, Destination]) -> Iterator[Diagnostic]:
    dead = 0
    for link in links:
        where = resolve(link.target, path, known)
        if where.kind == "dead":
            dead += 1
            near = nearest(where.key, known) if dead <= MAX_NEAR else None
            written = path_from(path, near) if near else None
            yield diagnose("GX804", link.place, target=link.target, near=written)
        elif where.kind == "root":
            yield diagnose("GX811", link.place, target=link.target)
        elif where.kind == "scheme":
            yield diagnose("GX812", link.place, target=link.target[:60])


CATALOG_CHECKS = (check_parents, check_index_numbers, check_agencies, check_links)
