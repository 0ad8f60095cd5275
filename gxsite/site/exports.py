"""What tells other programs of the portal: the feed, sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.base.dates import DAY, Moment
from gxsite.site import routes
from gxsite.site.portal import Portal
from gxsite.site.views import AddressView, EntryView, FeedView

FEED_LENGTH = 50


def feed_of(portal: Portal) -> FeedView:
    """The reports that were published, or corrected, last, of those whose date of publication is known."""
    config, catalog = portal.config, portal.catalog
    entries = tuple(
        EntryView(
            title=report.title,
            address=config.base + routes.report(report.agency, report.year),
            published=report.published.iso(config.utc_offset),
            updated=_updated(report.published, report.corrected, config.utc_offset),
            agency=catalog.agencies[report.agency].name,
            summary=report.blurb,
        )
        for report in portal.newest(FEED_LENGTH)
        if report.published
    )
    updated = entries[0].updated if entries else f"1970-01-01T00:00:00{config.utc_offset}"
    return FeedView(config.name, config.base + routes.FEED, config.base, updated, entries)


def _updated(published: Moment, corrected: str, offset: str) -> str:
    """When a report was published, or corrected later; of a correction only the day is known."""
    return f"{corrected}T00:00:00{offset}" if corrected > published.date else published.iso(offset)


def addresses_of(portal: Portal) -> tuple[AddressView, ...]:
    """All pages in all languages for sitemap.xml, with the day of a paper's last change where it is known."""
    base, folders = portal.config.base, [language.folder for language in portal.languages]
    return tuple(
        AddressView(base + folder + route, day, alternates)
        for route, day in days_of(portal)
        for alternates in (portal.alternates(route),)
        for folder in folders
    )


def days_of(portal: Portal) -> Iterator[tuple[str, str]]:
    """The routes of all pages, each with the day of its last change or ""."""
    catalog = portal.catalog
    yield routes.HOME, ""
    yield routes.YEARS, ""
    yield from ((routes.year(year), "") for year in portal.years)
    yield routes.SITE_MAP, ""
    for agency in catalog.agencies:
        yield routes.agency(agency), ""
    for report in catalog.reports.values():
        yield routes.report(report.agency, report.year), report.changed[:DAY]
    for document in catalog.documents.values():
        days = [correction.date.date for correction in document.corrections]
        days += [dated.moment.date for dated in (document.published,) if dated]
        days += [notice.date.date for notice in (document.withdrawn,) if notice]
        yield routes.document(document.agency, document.slug), max(days, default="")
    for slug in catalog.pages:
        yield routes.page(slug), ""
