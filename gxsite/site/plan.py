"""The plan: every file that the build writes, each with what it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Phrase, Place, phrase
from gxsite.base.near import nearest
from gxsite.config import FILE
from gxsite.model.reports import Entry
from gxsite.site import routes
from gxsite.site.portal import Portal

Kind = Literal[
    "home", "agency", "report", "document", "page", "years", "year", "sitemap", "404", "csv", "excel", "xlsx", "json",
    "sitemap.xml", "feed", "attachment", "static", "moved",
]  # fmt: skip
# The kinds of which variants have a copy.
PAGES = ("home", "agency", "report", "document", "page", "years", "year", "sitemap", "moved")


class Target(NamedTuple):
    """A file to write: its path in the output, its kind, the key of what it shows, and the source it comes from.

    ``language`` is that of a page of a variant, "" for everything else.
    """

    path: str
    kind: Kind
    key: str
    source: str
    language: str = ""

    @property
    def look(self) -> str:
        """The kind, in a variant with its language: what has the same look is made with the same templates."""
        return f"{self.language}/{self.kind}" if self.language else self.kind


class Plan:
    """Everything that a build writes, in units: a report with its downloads, or a single file, each in all languages.

    A unit is named ``kind`` or ``kind:key``. The targets of a report are made out when they are asked for: after a
    change few of them are.
    """

    def __init__(self, portal: Portal, singles: tuple[Target, ...], dropped: frozenset[Target]) -> None:
        self.portal = portal
        self.singles = {f"{t.kind}:{t.key}" if t.key else t.kind: _in_all_languages(portal, t) for t in singles}
        self.dropped = dropped
        self._formats = _formats(portal.config.downloads)

    def reports(self) -> Iterator[tuple[str, Entry]]:
        """The units of the reports."""
        return ((f"report:{key}", entry) for key, entry in self.portal.catalog.entries.items())

    def targets(self, unit: str) -> tuple[Target, ...]:
        """The targets of a unit."""
        if unit in self.singles:
            return self.singles[unit]
        report = self.portal.catalog.entries[unit.partition(":")[2]]
        targets = _of_report(self.portal, report, self._formats)
        return tuple(t for t in targets if _original(t) not in self.dropped) if self.dropped else tuple(targets)

    def units(self) -> Iterator[str]:
        """The names of all units, in their order."""
        yield from self.singles
        yield from (f"report:{key}" for key in self.portal.catalog.entries)


def _in_all_languages(portal: Portal, target: Target) -> tuple[Target, ...]:
    """A target, and if it is a page those of its variants."""
    if not portal.config.variants or target.kind not in PAGES:
        return (target,)
    return tuple(
        target._replace(path=language.folder + target.path, language=language.code if language.folder else "")
        for language in portal.languages
    )


def _original(target: Target) -> Target:
    """The target of which one is the variant; itself if it is none."""
    return target._replace(path=target.path.partition("/")[2], language="") if target.language else target


def plan(portal: Portal, statics: Iterable[str]) -> Outcome[Plan]:
    """The plan; of two targets with one path the first stays, and the other is a finding.

    Reports lie in folders of their own, so among them only attachments can be in the way of other files.
    """
    chosen: dict[str, Target] = {}
    found = [*_claimed_twice(portal), *_not_in_foot(portal)]
    dropped: set[Target] = set()

    def choose(target: Target) -> None:
        first = chosen.setdefault(target.path.casefold(), target)
        if first is not target:
            found.append(_collision(target, first))
            dropped.add(target)

    singles = tuple(_single(portal, statics))
    for target in singles:
        choose(target)
    formats = _formats(portal.config.downloads)
    for key, report in portal.catalog.entries.items():
        if key in portal.catalog.attachments:
            for target in _of_report(portal, report, formats):
                if not target.language:
                    choose(target)
        elif portal.moves:
            choose(_page_of(report))
    kept = tuple(target for target in singles if target not in dropped)
    return Outcome(Plan(portal, kept, frozenset(dropped)), tuple(found))


def _page_of(report: Entry) -> Target:
    route = routes.report(report.agency, report.year)
    return Target(routes.file_of(route), "report", report.key, report.path)


def _of_report(portal: Portal, report: Entry, formats: Iterable[tuple[Kind, str]]) -> Iterator[Target]:
    """The page of a report, its downloads, and its attachments."""
    page = _page_of(report)
    yield from _in_all_languages(portal, page)
    stem = f"{routes.report(report.agency, report.year)}{report.agency}-{report.year}"
    for kind, suffix in formats:
        yield Target(stem + suffix, kind, page.key, report.path)
    for attached in portal.catalog.attachments.get(page.key, ()):
        path = routes.attachment(report.agency, report.year, attached.name)
        yield Target(path, "attachment", attached.path, attached.path)


def _formats(chosen: Iterable[str]) -> list[tuple[Kind, str]]:
    """The downloads beside each report, with their suffixes."""
    kinds: tuple[Kind, ...] = ("csv", "excel", "xlsx", "json")
    wanted = (k for k in kinds if k in chosen or (k == "excel" and "csv" in chosen))
    return [(kind, routes.SUFFIXES[kind]) for kind in wanted]


def _single(portal: Portal, statics: Iterable[str]) -> Iterator[Target]:
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
    for key, document in catalog.documents.items():
        yield Target(routes.file_of(routes.document(document.agency, document.slug)), "document", key, document.path)
    for page in catalog.pages.values():
        yield Target(routes.file_of(routes.page(page.slug)), "page", page.slug, page.path)
    for old in portal.moves:
        yield Target(routes.file_of(old), "moved", old, portal.renamed[old.partition("/")[0]].path)


def _claimed_twice(portal: Portal) -> Iterator[Diagnostic]:
    """Former ids that another agency has, or had as well: one finding for all pages of theirs."""
    for agency in portal.catalog.agencies.values():
        for old in dict.fromkeys(agency.former_ids):
            present, first = portal.catalog.agencies.get(old), portal.renamed.get(old)
            if present or first is not agency:
                one = _named(present.path) if present else _former(first.path if first else "")
                path = routes.file_of(routes.agency(old))
                yield diagnose("GX805", Place(agency.path, START), one=one, other=_former(agency.path), path=path)


def _not_in_foot(portal: Portal) -> Iterator[Diagnostic]:
    """Pages that the footer names and that there are not."""
    pages = portal.catalog.pages
    for name in portal.config.footer.pages:
        if name not in pages:
            place = Place(FILE, dict(portal.config.footer_places)["pages"])
            yield diagnose("GX804", place, target=name, near=nearest(name, pages))


def _collision(target: Target, first: Target) -> Diagnostic:
    place = Place(target.source or first.source, START)
    one, other = (
        _former(t.source) if t.kind == "moved" else _named(t.source or f"{t.kind}.html") for t in (first, target)
    )
    return diagnose("GX805", place, one=one, other=other, path=first.path)


def _named(source: str) -> Phrase:
    return phrase("route.other", name=source)


def _former(source: str) -> Phrase:
    return phrase("route.former", name=source)
