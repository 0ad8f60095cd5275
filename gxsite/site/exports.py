"""What leaves the portal as data: downloads of a report, the feed, sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.model.form import CellRef, Form, cell_unit
from gxsite.model.report import Report
from gxsite.site import routes
from gxsite.site.portal import Portal
from gxsite.site.tables import OWN_TABLE, tables_of
from gxsite.site.views import AddressView, EntryView, ExportCell, ExportView, FeedView

FEED_LENGTH = 50


def export_of(portal: Portal, report: Report) -> ExportView:
    """A report for its downloads; the names of a sign-off are left out."""
    form = portal.catalog.forms[report.form]
    waivers = (
        (("check", w.check), ("cell", w.cell), ("expect", w.expect), ("reason", w.reason)) for w in report.waivers
    )
    corrections = (
        (("date", c.date.date), ("cell", c.cell), ("from", c.old), ("to", c.new), ("reason", c.reason))
        for c in report.corrections
    )
    extra = tuple((f"extra.{label}", value) for label, value in report.card.extra)
    return ExportView(
        agency=report.agency,
        agency_name=portal.catalog.agencies[report.agency].name,
        year=report.year,
        form=form.id,
        form_title=form.title,
        scope=report.scope or "own",
        title=report.title,
        published=str(report.published.moment) if report.published else "",
        signed=str(report.signed.moment) if report.signed else "",
        card=(*report.card.fields, *extra),
        cells=tuple(_cells(report, form)),
        tables=tables_of(report, form),
        waivers=tuple(waivers),
        corrections=tuple(corrections),
    )


def _cells(report: Report, form: Form) -> Iterator[ExportCell]:
    places = [(ref, *place) for ref, place in form.cells.items()]
    places += [(CellRef(row.id), OWN_TABLE, row, OWN_TABLE.columns[0]) for row in report.rows]
    for ref, table, row, column in places:
        cell = report.cell[ref]
        yield ExportCell(
            table=table.id,
            indicator=ref.indicator,
            column=ref.column,
            number=row.number,
            label=row.label,
            column_label=" / ".join((*column.heads, column.label)),
            unit=cell_unit(row, column) or report.unit.get(str(ref), ""),
            value=cell.digits,
            status=str(cell.status),
            approximate=cell.approximate,
            raw=cell.raw,
            form_row=row.form_row,
        )


def feed_of(portal: Portal) -> FeedView:
    """The newest reports whose date of publication is known."""
    config, catalog = portal.config, portal.catalog
    dated = [(r.published.moment, r) for r in catalog.reports.values() if r.published and not r.withdrawn]
    dated.sort(key=lambda pair: (str(pair[0]), pair[1].key), reverse=True)
    entries = tuple(
        EntryView(
            title=report.title,
            address=config.base + routes.report(report.agency, report.year),
            published=moment.iso(config.utc_offset),
            agency=catalog.agencies[report.agency].name,
            summary=report.card.get("summary"),
        )
        for moment, report in dated[:FEED_LENGTH]
    )
    updated = entries[0].published if entries else f"1970-01-01T00:00:00{config.utc_offset}"
    return FeedView(config.name, config.base + routes.FEED, config.base, updated, entries)


def addresses_of(portal: Portal) -> tuple[AddressView, ...]:
    """All pages for sitemap.xml, with the date of a report where it is known."""
    return tuple(AddressView(portal.config.base + route, day) for route, day in _routes(portal))


def _routes(portal: Portal) -> Iterator[tuple[str, str]]:
    catalog = portal.catalog
    yield routes.HOME, ""
    yield routes.YEARS, ""
    yield from ((routes.year(year), "") for year in portal.years)
    yield routes.SITE_MAP, ""
    for agency in catalog.agencies:
        yield routes.agency(agency), ""
    for report in catalog.reports.values():
        yield routes.report(report.agency, report.year), report.published.moment.date if report.published else ""
    for document in catalog.documents.values():
        day = document.published.moment.date if document.published else ""
        yield routes.document(document.agency, document.slug), day
    for slug in catalog.pages:
        yield routes.page(slug), ""
