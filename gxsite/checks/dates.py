"""GX4: dates of a report against its period, each other and the legal deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Fact, Place
from gxsite.model.agency import Agency
from gxsite.model.report import Dated, Document, Report

LAST_YEAR_OF_OLD_LAW = 2018
OLD_DEADLINE = GOVERNMENT_DEADLINE = "03-31"
OFFICE_DEADLINE = "01-31"


def deadline(agency: Agency, year: int) -> str:
    """The last lawful day of publication for a report year, ``YYYY-MM-DD``.

    条例 of 2007: 31 March for all. 条例 of 2019: 31 January for departments and townships, 31 March for governments;
    where the kind is not known the later one is taken.
    """
    if agency.deadline:
        day = agency.deadline
    elif year <= LAST_YEAR_OF_OLD_LAW:
        day = OLD_DEADLINE
    else:
        day = OFFICE_DEADLINE if agency.kind in ("department", "township") else GOVERNMENT_DEADLINE
    return f"{year + 1}-{day}"


def check_dates(report: Report, agency: Agency) -> Iterator[Diagnostic]:
    """The dates of one report."""
    end = f"{report.year}-12-31"
    published, signed = report.published, report.signed
    if published is None and not report.damaged:
        yield diagnose("GX402", Place(report.path, START))
    if signed and signed.moment.date < end:
        yield _found("GX403", report.path, signed, f"{signed.moment.date} < {end}", signed=signed.moment.date, end=end)
    if published and published.moment.date < end:
        expect = f"{published.moment.date} < {end}"
        yield _found("GX406", report.path, published, expect, published=published.moment.date, end=end)
    yield from check_order(report)
    filed = report.filed or published
    last = deadline(agency, report.year)
    if filed and filed.moment.date > last:
        expect = f"{filed.moment.date} > {last}"
        yield _found("GX405", report.path, filed, expect, filed=filed.moment.date, deadline=last)


def check_order(paper: Report | Document) -> Iterator[Diagnostic]:
    """Publication before signature."""
    published, signed = paper.published, paper.signed
    if published and signed and published.moment.date < signed.moment.date:
        expect = f"{published.moment.date} < {signed.moment.date}"
        yield _found("GX404", paper.path, published, expect, published=published.moment.date, signed=signed.moment.date)


def is_late(report: Report, agency: Agency) -> bool | None:
    """Whether a report was published after its deadline; None if the date is not known."""
    filed = report.filed or report.published
    return filed.moment.date > deadline(agency, report.year) if filed else None


def _found(code: str, path: str, dated: Dated, expect: str, **facts: Fact) -> Diagnostic:
    return replace(diagnose(code, Place(path, dated.span), expect=expect, **facts), expect=expect)
