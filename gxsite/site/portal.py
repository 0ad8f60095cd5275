"""What every page is made from: the catalog, the configuration, the findings, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from gxsite.base.dates import DAY
from gxsite.config import Config
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.filing import deadline
from gxsite.model.links import Destination, is_local, resolve
from gxsite.model.report import Page
from gxsite.model.summary import Summary
from gxsite.site import routes
from gxsite.site.languages import CHINESE, ENGLISH, VARIANTS, Language, Said, say
from gxsite.site.places import Places
from gxsite.site.views import CrestView, FooterView, LinkView, MarkView, SiteView, WaiverView

PAGES_IN_NAVIGATION = 6
_RECORDS = "https://beian.mps.gov.cn/"
_RECORD = re.compile(r"(?<![0-9])[0-9]{14}(?![0-9])")
# Up to so many the home page and the site map lead to every report; beyond, to every agency.
MANY_AGENCIES = 60


class Around(NamedTuple):
    """The reports that stand beside one: of the same agency, and of the same year."""

    previous_year: Summary | None
    next_year: Summary | None
    previous_agency: Summary | None
    next_agency: Summary | None


@dataclass(frozen=True)
class Portal:
    """The whole input of the site.

    ``waivers`` are the explained findings by source file, ``english_waivers`` the same for English pages, ``styles``
    and ``icon`` static files, ``held`` the source files that stand in their last good version because the present one
    has errors. ``language`` is that of the pages to be made; each has all pages in a folder of its own, with the same
    routes.
    """

    config: Config
    catalog: Catalog
    waivers: Mapping[str, tuple[WaiverView, ...]]
    styles: tuple[str, ...] = ()
    icon: str = ""
    held: frozenset[str] = frozenset()
    as_of: str = ""
    language: Language = CHINESE
    english_waivers: Mapping[str, tuple[WaiverView, ...]] = field(default_factory=dict)
    crest: CrestView | None = None
    mark: MarkView | None = None

    def say(self, text: str, **values: object) -> str:
        """Words of the portal in the language of the page; the Chinese text is its own key (site/labels.py)."""
        if self.language is CHINESE:
            return text.format_map(values) if values else text
        return say(self.language, text, **values)

    def said(self, text: str, **values: object) -> Said:
        """The same with the Chinese words, for what the mandatory tags repeat."""
        chinese = say(CHINESE, text, **values)
        return Said(chinese, chinese if self.language is CHINESE else say(self.language, text, **values))

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """All languages that the pages are to be had in, Chinese first."""
        return (CHINESE, *(language for code, language in VARIANTS.items() if code in self.config.variants))

    def waivers_of(self, path: str) -> tuple[WaiverView, ...]:
        """The explained findings of a source file in the language of the page."""
        return (self.english_waivers if self.language is ENGLISH else self.waivers).get(path, ())

    @cached_property
    def written_names(self) -> dict[str, str]:
        """Names with what they are written as in traditional characters: those of agencies as they are."""
        names = {self.config.footer.host, self.config.footer.operator}
        names.update(*((a.name, a.short, *a.former_names) for a in self.catalog.agencies.values()))
        return {**{name: name for name in names if name}, **dict(self.config.hant.names)}

    def up(self, root: str) -> str:
        """The way to what all languages share (downloads, assets, feeds) from a page whose way home is ``root``."""
        return f"../{root}" if self.language.folder else root

    def alternates(self, route: str) -> tuple[tuple[str, str], ...]:
        """The addresses of a page in all languages as (hreflang, address), and for readers of any other."""
        base = self.config.base
        if not base or len(self.languages) == 1:
            return ()
        found = tuple((language.code, base + language.folder + route) for language in self.languages)
        return (*found, ("x-default", base + route))

    @cached_property
    def reference_day(self) -> str:
        """The day by which a report is or is not missing: ``as_of``, else the newest publication in the portal."""
        return self.as_of or max((r.published.date for r in self.catalog.reports.values() if r.published), default="")

    def leads(self, target: str, path: str) -> Destination:
        """Where a link written in the source file ``path`` leads."""
        return resolve(target, path, self.catalog.destinations if is_local(target) else {})

    @cached_property
    def _beside(self) -> dict[str, tuple[str, str]]:
        """The keys of the reports before and after each in the archive of its year, "" for none."""
        return {
            key: (before, after)
            for keys in self.catalog.keys_in.values()
            for before, key, after in zip(("", *keys), keys, (*keys[1:], ""), strict=False)
        }

    def around(self, key: str) -> Around:
        """The neighbours of a report."""
        report = self.catalog.reports[key]
        series = self.catalog.reports_of[report.agency]
        at = next(i for i, other in enumerate(series) if other is report)
        before, after = (self.catalog.reports[other] if other else None for other in self._beside[key])
        return Around(series[at - 1] if at else None, series[at + 1] if at + 1 < len(series) else None, before, after)

    @cached_property
    def renamed(self) -> dict[str, Agency]:
        """Former ids, each with the agency that it leads to: the first that had it, none if one has it now."""
        found: dict[str, Agency] = {}
        for agency in self.catalog.agencies.values():
            for old in agency.former_ids:
                if old not in self.catalog.agencies:
                    found.setdefault(old, agency)
        return found

    @cached_property
    def moves(self) -> dict[str, tuple[str, str]]:
        """Old routes of agencies that had other ids, each with the present route and its title."""
        catalog = self.catalog
        found = {}
        for old, agency in self.renamed.items():
            found[routes.agency(old)] = (routes.agency(agency.id), agency.name)
            for report in catalog.reports_of.get(agency.id, ()):
                found[routes.report(old, report.year)] = (routes.report(agency.id, report.year), report.title)
            for document in catalog.documents_of.get(agency.id, ()):
                route = routes.document(agency.id, document.slug)
                found[routes.document(old, document.slug)] = (route, document.title)
        return found

    def newest(self, count: int) -> list[Summary]:
        """The reports that stand and were published, or corrected, last, newest first."""
        reports = self.catalog.reports
        dated = ((r.changed, key) for key, r in reports.items() if r.published and not r.withdrawn_on)
        return [reports[key] for _, key in nlargest(count, dated)]

    def updates(self, count: int) -> list[tuple[str, str, Summary]]:
        """What is new: (day, kind, report), kind being published, corrected or withdrawn, newest first."""
        days = nlargest(count, (report.changed[:DAY] for report in self.catalog.reports.values()))
        found = (
            (day, kind, report.key)
            for report in self.catalog.reports.values()
            if report.changed[:DAY] >= days[-1]  # nothing of the others is among the newest
            for day, kind in (
                (report.published.date if report.published else "", "published"),
                (report.corrected, "corrected"),
                (report.withdrawn_on, "withdrawn"),
            )
            if day
        )
        return [(day, kind, self.catalog.reports[key]) for day, kind, key in nlargest(count, found)]

    @cached_property
    def places(self) -> Places:
        """Where each agency is found."""
        return Places(self.catalog)

    @cached_property
    def successors(self) -> dict[str, tuple[Agency, ...]]:
        """By agency those that continue it."""
        found: dict[str, list[Agency]] = {}
        for agency in self.catalog.agencies.values():
            for predecessor in agency.predecessors:
                found.setdefault(predecessor.id, []).append(agency)
        return {agency: tuple(some) for agency, some in found.items()}

    @cached_property
    def site(self) -> SiteView:
        """The part that every page shares."""
        config, foot = self.config, self.config.footer
        footer = FooterView(
            host=foot.host,
            operator=foot.operator,
            contact=foot.contact,
            icp=foot.icp,
            police=foot.police,
            police_link=_record_of(foot.police),
            site_id=config.site_id,
            report_error=foot.report_error,
            copyright=foot.copyright,
            ipv6=foot.ipv6,
        )
        return SiteView(config.name, config.domain, config.description, config.licence, footer)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years with a report, newest first."""
        return tuple(sorted(self.catalog.reports_in, reverse=True))

    @cached_property
    def expected_years(self) -> tuple[int, ...]:
        """The years for which reports are expected: those of the configuration, else from the first to the last."""
        if self.config.years:
            first, last = self.config.years
            return tuple(range(first, (last or max(self.years, default=first)) + 1))
        return tuple(range(min(self.years), max(self.years) + 1)) if self.years else ()

    def expected_of(self, agency: Agency) -> tuple[int, ...]:
        """The years for which an agency is expected to report."""
        first, last = agency.since or 0, agency.until or 9999
        return tuple(year for year in self.expected_years if first <= year <= last)

    @property
    def has_many_agencies(self) -> bool:
        """Whether lists of all agencies are better read without all of their reports."""
        return len(self.catalog.agencies) > MANY_AGENCIES

    @cached_property
    def missing_in(self) -> dict[int, tuple[Agency, ...]]:
        """By year the agencies whose report is due and not there."""
        found: dict[int, list[Agency]] = {}
        for agency in self.catalog.agencies.values():
            for year in self.missing_of(agency):
                found.setdefault(year, []).append(agency)
        return {year: tuple(agencies) for year, agencies in found.items()}

    def missing_of(self, agency: Agency) -> tuple[int, ...]:
        """The years whose report is due and not there, newest first; none for an agency that never filed one here."""
        filed = {report.year for report in self.catalog.reports_of.get(agency.id, ())}
        if not filed:
            return ()
        lacking = (year for year in reversed(self.expected_of(agency)) if year not in filed)
        return tuple(year for year in lacking if deadline(agency, year) < self.reference_day)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The portal's own pages that say something; one without a body is reached from the site map alone."""
        return tuple(page for page in self.catalog.pages.values() if not page.body.is_empty)

    @cached_property
    def navigation(self) -> tuple[tuple[str, str], ...]:
        """(label, route) of the links at the head of every page."""
        pages = [(page.title, routes.page(page.slug)) for page in self.pages]
        own = ((self.say("首页"), routes.HOME), (self.say("年度归档"), routes.YEARS))
        return (*own, *pages[:PAGES_IN_NAVIGATION])

    @cached_property
    def foot(self) -> tuple[tuple[str, str], ...]:
        """(label, route) of the portal's own pages that the footer names; one that is held back is left out."""
        pages = (self.catalog.pages.get(name) for name in self.config.footer.pages)
        return tuple((page.title, routes.page(page.slug)) for page in pages if page)

    def route_of(self, where: Destination) -> str:
        """The file that a destination inside the portal is written to."""
        if where.kind == "report":
            report = self.catalog.reports[where.key]
            return routes.file_of(routes.report(report.agency, report.year))
        if where.kind == "document":
            document = self.catalog.documents[where.key]
            return routes.file_of(routes.document(document.agency, document.slug))
        if where.kind == "page":
            return routes.file_of(routes.page(where.key))
        if where.kind == "agency":
            return routes.file_of(routes.agency(where.key))
        agency, year, *name = where.key.split("/")[1:]
        return routes.attachment(agency, int(year), "/".join(name))


def _record_of(police: str) -> str:
    """Where the police show a record, of which the number has 14 digits; "" without one."""
    number = _RECORD.search(police)
    return _RECORDS + (f"#/query/webSearch?code={number[0]}" if number else "") if police else ""


def report_link(report: Summary, root: str, label: str = "") -> LinkView:
    """A link to a report."""
    return LinkView(label or report.title, routes.page_href(routes.report(report.agency, report.year), root))


def agency_link(agency: Agency, root: str) -> LinkView:
    """A link to an agency."""
    return LinkView(agency.name, routes.page_href(routes.agency(agency.id), root))


def year_link(portal: Portal, year: int, root: str, note: str = "") -> LinkView:
    """A link to the archive of a year."""
    return LinkView(portal.say("{year}年度", year=year), routes.page_href(routes.year(year), root), note)
