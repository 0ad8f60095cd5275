"""Lines of lists: reports, documents, agencies, years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gxsite.model.agency import Agency
from gxsite.model.report import Document
from gxsite.model.summary import Summary
from gxsite.site import routes
from gxsite.site.labels import KIND, LEVEL, SCOPE
from gxsite.site.places import by_kind, by_level
from gxsite.site.portal import Portal, agency_link, report_link, year_link
from gxsite.site.views import AgencyGroup, AgencyLine, AgencyPart, DocumentLine, ReportLine, UpdateLine, YearLine


def report_lines(portal: Portal, root: str) -> Callable[[Summary], ReportLine]:
    """What makes the line of a report on a page whose way home is ``root``."""
    agencies, forms = portal.catalog.agencies, portal.catalog.forms

    def line(report: Summary) -> ReportLine:
        return ReportLine(
            link=report_link(report, root),
            agency=agency_link(agencies[report.agency], root),
            year=report.year,
            published=report.published.date if report.published else "",
            form=forms[report.form].title,
            scope=portal.say(SCOPE.get(report.scope or "", "")),
            withdrawn=report.withdrawn_on,
            corrected=report.corrected,
            held=report.path in portal.held,
        )

    return line


def update_lines(portal: Portal, root: str, count: int) -> tuple[UpdateLine, ...]:
    """What is new about reports."""
    agencies = portal.catalog.agencies
    return tuple(
        UpdateLine(kind, day, report_link(report, root), agency_link(agencies[report.agency], root))
        for day, kind, report in portal.updates(count)
    )


def document_lines(portal: Portal, documents: Iterable[Document], root: str) -> tuple[DocumentLine, ...]:
    """Documents, newest first."""
    ordered = sorted(documents, key=lambda d: str(d.published.moment) if d.published else "", reverse=True)
    return tuple(_document_line(portal, document, root) for document in ordered)


def _document_line(portal: Portal, document: Document, root: str) -> DocumentLine:
    href = routes.page_href(routes.document(document.agency, document.slug), root)
    agency = agency_link(portal.catalog.agencies[document.agency], root)
    return DocumentLine(
        link=agency._replace(label=document.title, href=href),
        agency=agency,
        published=document.published.moment.date if document.published else "",
        withdrawn=document.withdrawn.date.date if document.withdrawn else "",
        corrected=max((correction.date.date for correction in document.corrections), default=""),
        held=document.path in portal.held,
    )


def agency_line(portal: Portal, agency: Agency, root: str, depth: int = 0, *, in_short: bool = False) -> AgencyLine:
    """An agency, with a link to each of its reports unless ``in_short``."""
    reports = portal.catalog.reports_of.get(agency.id, ())
    shown = () if in_short else reversed(reports)
    return AgencyLine(
        link=agency_link(agency, root),
        kind=portal.say(KIND.get(agency.kind, "")),
        depth=depth,
        years=tuple(report_link(report, root, str(report.year)) for report in shown),
        total=len(reports),
        first=reports[0].year if reports else 0,
        last=reports[-1].year if reports else 0,
    )


def agency_tree(portal: Portal, root: str, parent: str = "", depth: int = 0) -> Iterator[AgencyLine]:
    """The agencies below one, each followed by those below it."""
    for agency in portal.catalog.children.get(parent, ()):
        yield agency_line(portal, agency, root, depth)
        yield from agency_tree(portal, root, agency.id, depth + 1)


def agency_parts(
    portal: Portal, agencies: Iterable[Agency], root: str, *, in_short: bool = True
) -> tuple[AgencyPart, ...]:
    """Agencies by kind."""
    return tuple(
        AgencyPart(portal.say(KIND.get(kind, "")), tuple(agency_line(portal, a, root, in_short=in_short) for a in some))
        for kind, some in by_kind(agencies)
    )


def places(portal: Portal, root: str) -> tuple[AgencyGroup, ...]:
    """All agencies by the place where they are found."""
    agencies, members = portal.catalog.agencies, portal.places.members()
    found = []
    for head, depth in portal.places.heads:
        agency = agencies.get(head)
        parts = agency_parts(portal, members.get(head, ()), root)
        count = sum(len(part.lines) for part in parts) + (agency is not None)
        line = agency_line(portal, agency, root, in_short=True) if agency else None
        found.append(AgencyGroup(f"place-{head}", agency.name if agency else "", line, depth, count, parts))
    return tuple(found)


def levels(portal: Portal, root: str) -> tuple[AgencyGroup, ...]:
    """All agencies by level and kind; none where there is nothing to tell apart."""
    found = []
    for level, kind, some in by_level(portal.catalog.agencies.values()):
        lines = tuple(agency_line(portal, agency, root, in_short=True) for agency in some)
        part = AgencyPart(portal.say(KIND.get(kind, "")), lines)
        title = portal.say(LEVEL.get(level, ""))
        found.append(AgencyGroup(f"level-{level}-{kind}", title, None, 0, len(lines), (part,)))
    return tuple(found) if len(found) > 1 else ()


def year_lines(portal: Portal, root: str) -> tuple[YearLine, ...]:
    """All years, newest first."""
    reports_in, forms = portal.catalog.reports_in, portal.catalog.forms
    most = max((len(reports) for reports in reports_in.values()), default=1)
    return tuple(
        YearLine(
            link=year_link(portal, year, root),
            year=year,
            total=len(reports_in[year]),
            share=len(reports_in[year]) * 100 // most,
            forms=tuple(dict.fromkeys(forms[report.form].title for report in reports_in[year])),
        )
        for year in portal.years
    )
