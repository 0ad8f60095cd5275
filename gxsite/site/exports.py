"""What tells other programs of the portal: the feed, sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.site import routes
from gxsite.site.portal import Portal
from gxsite.site.views import AddressView, EntryView, FeedView

FEED_LENGTH = 50


def feed_of(portal: Portal) -> FeedView:
    """The newest reports whose date of publication is known."""
    config, catalog = portal.config, portal.catalog
    entries = tuple(
        EntryView(
            title=report.title,
            address=config.base + routes.report(report.agency, report.year),
            published=report.published.iso(config.utc_offset),
            agency=catalog.agencies[report.agency].name,
            summary=report.blurb,
        )
        for report in portal.newest(FEED_LENGTH, withdrawn=False)
        if report.published
    )
    updated = entries[0].published if entries else f"1970-01-01T00:00:00{config.utc_offset}"
    return FeedView(config.name, config.base + routes.FEED, config.base, updated, entries)


def addresses_of(portal: Portal) -> tuple[AddressView, ...]:
    """All pages in all languages for sitemap.xml, with the date of a report where it is known."""
    base, folders = portal.config.base, [language.folder for language in portal.languages]
    return tuple(
        AddressView(base + folder + route, day, alternates)
        for route, day in _routes(portal)
        for alternates in (portal.alternates(route),)
        for folder in folders
    )


def _routes(portal: Portal) -> Iterator[tuple[str, str]]:
    catalog = portal.catalog
    yield routes.HOME, ""
    yield routes.YEARS, ""
    yield from ((routes.year(year), "") for year in portal.years)
    yield routes.SITE_MAP, ""
    for agency in catalog.agencies:
        yield routes.agency(agency), ""
    for report in catalog.reports.values():
        yield routes.report(report.agency, report.year), report.published.date if report.published else ""
    for document in catalog.documents.values():
        day = document.published.moment.date if document.published else ""
        yield routes.document(document.agency, document.slug), day
    for slug in catalog.pages:
        yield routes.page(slug), ""
