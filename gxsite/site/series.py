"""Headline figures: those of an agency over the years, those of a year over the agencies.

Figures stand in one column only if they are of one form, or of forms that the crosswalk says are one series in every
headline; other reports have a table of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from decimal import Decimal

from gxsite.model.catalog import Catalog
from gxsite.model.form import cell_unit
from gxsite.model.summary import Summary
from gxsite.site.places import ELSEWHERE
from gxsite.site.portal import Portal, agency_link
from gxsite.site.views import FieldView, FigureView, HeadlineView, LinkView, ReportLine, SeriesPart, SeriesView, SumView

Line = Callable[[Summary], ReportLine]
Parts = Sequence[tuple[LinkView | None, Sequence[Summary]]]


def series_of_agency(portal: Portal, reports: Iterable[Summary], line: Line) -> tuple[SeriesView, ...]:
    """The reports of an agency, given newest first: a new series begins where the forms are not one."""
    runs: list[list[Summary]] = []
    for report in reports:
        if runs and joined(portal.catalog, runs[-1][-1].form, report.form):
            runs[-1].append(report)
        else:
            runs.append([report])
    return tuple(_Series(portal.catalog, run).view([(None, run)], line) for run in runs)


def series_of_year(portal: Portal, reports: Iterable[Summary], root: str, line: Line) -> tuple[SeriesView, ...]:
    """The reports of a year, a table for each form or series, the largest first; many of them by place."""
    reports = tuple(reports)
    added = {report.key for report in added_up(portal.catalog, [r for r in reports if not r.withdrawn])}
    groups: list[list[Summary]] = []
    for report in reports:
        group = next((g for g in groups if joined(portal.catalog, g[0].form, report.form)), None)
        if group is None:
            groups.append([report])
        else:
            group.append(report)
    groups.sort(key=len, reverse=True)
    return tuple(_Series(portal.catalog, group).view(_parts(portal, group, root), line, added) for group in groups)


def _parts(portal: Portal, reports: list[Summary], root: str) -> Parts:
    """The reports newest first; many of them by place, that of the agency around which it lies first."""
    if not portal.has_many_agencies:
        return [(None, sorted(reports, key=lambda r: str(r.published or ""), reverse=True))]
    agencies, places = portal.catalog.agencies, portal.places
    found: dict[str, list[Summary]] = {}
    for report in sorted(reports, key=lambda r: (places.of[r.agency] != r.agency, r.agency)):
        found.setdefault(places.of[report.agency], []).append(report)
    return [
        (agency_link(agencies[head], root) if head != ELSEWHERE else None, found[head])
        for head in sorted(found, key=places.rank.__getitem__)
    ]


def joined(catalog: Catalog, one: str, other: str) -> bool:
    """Whether the headlines of two forms are the same cells, one by one."""
    if one == other:
        return True
    first, second = (catalog.forms[name].headlines for name in (one, other))
    return len(first) == len(second) and any(
        all(catalog.crosswalk.counterpart(a.ref, newer, older) == b.ref for a, b in zip(some, others, strict=True))
        for some, newer, others, older in ((first, one, second, other), (second, other, first, one))
    )


def added_up(catalog: Catalog, reports: Sequence[Summary]) -> tuple[Summary, ...]:
    """The reports of a year that may be added up: the agencies' own; a consolidated one only where it has no parts.

    Nothing is counted twice: a consolidated report counts if neither its agency nor one below it has an own report, and
    no agency above it a consolidated one that counts.
    """
    own = [report for report in reports if report.scope != "consolidated"]
    taken = {agency for report in own for agency in (report.agency, *_above(catalog, report.agency))}
    whole = {r.agency: r for r in reports if r.scope == "consolidated" and r.agency not in taken}
    return (*own, *(r for r in whole.values() if not any(a in whole for a in _above(catalog, r.agency))))


def _above(catalog: Catalog, agency: str) -> list[str]:
    """The agencies above one; a circle ends where it closes."""
    trail = [agency]
    while (above := catalog.agencies.get(catalog.agencies[trail[-1]].parent)) and above.id not in trail:
        trail.append(above.id)
    return trail[1:]


class _Series:
    """One table in the making; a report that is withdrawn keeps its line, but its figures count no more."""

    def __init__(self, catalog: Catalog, reports: Sequence[Summary]) -> None:
        self.catalog = catalog
        self.reports = reports
        self.standing = [report for report in reports if not report.withdrawn]
        self.forms = [catalog.forms[name] for name in dict.fromkeys(report.form for report in reports)]
        self.columns = range(len(self.forms[0].headlines))
        self.measures = [{self._unit(r, at) for r in self.standing if r.headline[at][0]} for at in self.columns]
        values = ([Decimal(v) for r in self.standing if (v := r.headline[at][1])] for at in self.columns)
        self.largest = [max(column, default=Decimal(0)) for column in values]

    def _unit(self, report: Summary, at: int) -> str:
        """The unit of a figure: the form's, else the one that the report gives."""
        form = self.catalog.forms[report.form]
        _, row, column = form.cells[form.headlines[at].ref]
        return cell_unit(row, column) or report.headline[at][2]

    def view(self, parts: Parts, line: Line, countable: Set[str] = frozenset()) -> SeriesView:
        """The table, with sums of the reports that may be added up, given by their keys, if there are several."""
        years = [report.year for report in self.reports]
        added = [report for report in self.standing if report.key in countable]
        heads = (
            HeadlineView(headline.label, next(iter(units)) if len(units) == 1 else "")
            for headline, units in zip(self.forms[0].headlines, self.measures, strict=True)
        )
        return SeriesView(
            id=self.forms[0].id,
            first=min(years),
            last=max(years),
            total=len(years),
            forms=tuple(FieldView(form.title, form.basis) for form in self.forms),
            heads=tuple(heads),
            parts=tuple(
                SeriesPart(place, tuple(line(report)._replace(figures=self._figures(report)) for report in some))
                for place, some in parts
            ),
            sums=tuple(self._sum(at, added) for at in self.columns) if len(added) > 1 else (),
            added=len(added),
            consolidated=sum(report.scope == "consolidated" for report in added),
            withdrawn=len(self.reports) - len(self.standing),
            covered=len(self.standing) - len(added) if countable else 0,
        )

    def _figures(self, report: Summary) -> tuple[FigureView, ...]:
        return () if report.withdrawn else tuple(self._figure(report, at) for at in self.columns)

    def _figure(self, report: Summary, at: int) -> FigureView:
        text, value, _ = report.headline[at]
        largest = self.largest[at]
        share = int(max(Decimal(value), Decimal(0)) * 100 / largest) if value and largest > 0 else 0
        unit = self._unit(report, at) if text and len(self.measures[at]) > 1 else ""
        return FigureView(text, unit, share if value else None)

    def _sum(self, at: int, reports: Iterable[Summary]) -> SumView:
        values = [Decimal(v) for report in reports if (v := report.headline[at][1])]
        return SumView(str(sum(values)) if values and len(self.measures[at]) == 1 else "", len(values))
