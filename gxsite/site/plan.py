"""The plan: every file that the build writes, each with what it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, phrase
from gxsite.site import routes
from gxsite.site.portal import Portal

Kind = Literal[
    "home", "agency", "report", "document", "page", "years", "year", "sitemap", "404", "csv", "excel", "xlsx", "json",
    "sitemap.xml", "feed", "attachment", "static", "moved",
]  # fmt: skip


class Target(NamedTuple):
    """A file to write: its path in the output, its kind, the key of what it shows, and the source it comes from."""

    path: str
    kind: Kind
    key: str
    source: str


def plan(portal: Portal, statics: Iterable[str]) -> Outcome[tuple[Target, ...]]:
    """All targets in a fixed order; two targets with one path are a finding, the first one stays."""
    chosen: dict[str, Target] = {}
    found: list[Diagnostic] = []
    for target in _targets(portal, statics):
        folded = target.path.casefold()
        first = chosen.setdefault(folded, target)
        if first is not target:
            found.append(_collision(target, first))
    return Outcome(tuple(chosen.values()), tuple(found))


def _targets(portal: Portal, statics: Iterable[str]) -> Iterator[Target]:
    catalog, config = portal.catalog, portal.config
    yield Target(routes.file_of(routes.HOME), "home", "", "")
    yield Target(routes.NOT_FOUND, "404", "", "")
    yield Target(routes.file_of(routes.YEARS), "years", "", "")
    for year in portal.years:
        yield Target(routes.file_of(routes.year(year)), "year", str(year), "")
    yield Target(routes.file_of(routes.SITE_MAP), "sitemap", "", "")
    if config.base:
        yield Target(routes.SITEMAP_XML, "sitemap.xml", "", "")
        yield Target(routes.FEED, "feed", "", "")
    for name in statics:
        yield Target(routes.ASSETS + name, "static", name, "")
    for agency in catalog.agencies.values():
        yield Target(routes.file_of(routes.agency(agency.id)), "agency", agency.id, agency.path)
    for report in catalog.reports.values():
        yield Target(routes.file_of(routes.report(report.agency, report.year)), "report", report.key, report.path)
        kinds: tuple[Kind, ...] = ("csv", "excel", "xlsx", "json")
        for kind in kinds:
            if kind in config.downloads or (kind == "excel" and "csv" in config.downloads):
                yield Target(routes.download(report.agency, report.year, kind), kind, report.key, report.path)
        for attachment in catalog.attachments.get(report.key, ()):
            path = routes.attachment(report.agency, report.year, attachment.name)
            yield Target(path, "attachment", attachment.path, attachment.path)
    for key, document in catalog.documents.items():
        yield Target(routes.file_of(routes.document(document.agency, document.slug)), "document", key, document.path)
    for page in catalog.pages.values():
        yield Target(routes.file_of(routes.page(page.slug)), "page", page.slug, page.path)
    for old in moves(portal):
        yield Target(routes.file_of(old), "moved", old, "")


def moves(portal: Portal) -> dict[str, tuple[str, str]]:
    """Old routes of agencies that had other ids, each with the present route and its title."""
    catalog = portal.catalog
    found = {}
    for agency in catalog.agencies.values():
        for old in agency.former_ids:
            found[routes.agency(old)] = (routes.agency(agency.id), agency.name)
            for report in catalog.reports_of.get(agency.id, ()):
                found[routes.report(old, report.year)] = (routes.report(agency.id, report.year), report.title)
            for document in catalog.documents_of.get(agency.id, ()):
                route = routes.document(agency.id, document.slug)
                found[routes.document(old, document.slug)] = (route, document.title)
    return found


def _collision(target: Target, first: Target) -> Diagnostic:
    place = Place(target.source or first.source, START)
    one, other = (phrase("route.other", name=t.source or t.kind) for t in (first, target))
    return diagnose("GX805", place, one=one, other=other, path=first.path)
