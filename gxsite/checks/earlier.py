"""What ``previous(...)`` stands for: the same agency one year earlier, or the agencies that it continues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.diagnostic import Place
from gxsite.base.numerals import Interval
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.cells import Cell, Status
from gxsite.model.form import CellRef, Form
from gxsite.model.summary import Summary


class Earlier(NamedTuple):
    """A figure of the previous year: its value, where it stands, and whether it comes from predecessors.

    ``mended`` is the value that it should have had, where the checks of that year name it as the one suspect.
    """

    value: Decimal
    places: tuple[Place, ...]
    inherited: bool
    mended: Decimal | None = None

    @property
    def interval(self) -> Interval:
        """The value as an interval."""
        return Interval(self.value, self.value)


def earlier(
    report: Summary, form: Form, catalog: Catalog, mended: Mapping[str, Mapping[CellRef, Decimal]]
) -> dict[CellRef, Earlier]:
    """The figures one year earlier that the form's relations ask for, as far as they are exact.

    Nothing where there is no report, where its form has no such cell, where it is blank or approximate, or where it
    counts another scope. ``mended`` are the suspects of earlier reports, by report.
    """
    wanted = form.reaching["previous"]
    if not wanted:
        return {}
    agency = catalog.agencies[report.agency]
    sources = list(_sources(report, agency, catalog))
    inherited = any(source is None or source.agency != report.agency for source in sources)
    if not sources or None in sources:
        return {}
    found = {}
    for ref in wanted:
        figures = [_figure(source, ref, form, catalog) for source in sources if source]
        if None not in figures:
            cells = [cell for cell in figures if cell]
            value = sum((cell.interval.low or Decimal(0) for cell in cells), Decimal(0))
            places = (
                Place(source.path, cell.span or source.table_span)
                for source, cell in zip((s for s in sources if s), cells, strict=True)
            )
            meant = None if inherited else mended.get(f"{report.agency}/{report.year - 1}", {}).get(cells[0].ref)
            found[ref] = Earlier(value, tuple(places), inherited, meant)
    return found


def _sources(report: Summary, agency: Agency, catalog: Catalog) -> Iterator[Summary | None]:
    """The reports of the year before; None for a predecessor whose report is not there."""
    year = report.year - 1
    own = catalog.reports.get(f"{agency.id}/{year}")
    if own:
        yield own if _comparable(own, report) else None
    for predecessor in agency.predecessors:
        if predecessor.until == year and predecessor.id != agency.id:
            other = catalog.reports.get(f"{predecessor.id}/{year}")
            yield other if other and _comparable(other, report) else None


def _comparable(earlier_report: Summary, report: Summary) -> bool:
    same_scope = (earlier_report.scope or "own") == (report.scope or "own")
    return same_scope and not earlier_report.damaged and not earlier_report.withdrawn


def _figure(source: Summary, ref: CellRef, form: Form, catalog: Catalog) -> Cell | None:
    """The exact figure of a cell in an earlier report."""
    counterpart = catalog.crosswalk.counterpart(ref, form.id, source.form)
    cell = source.cell.get(counterpart) if counterpart else None
    if cell is None or cell.approximate or not cell.interval.exact:
        return None
    return None if cell.status is Status.NOT_APPLICABLE else cell
