"""GX4: dates of a report against its period, each other and the legal deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Fact, Place
from gxsite.model.agency import Agency
from gxsite.model.filing import deadline
from gxsite.model.report import Dated, Document, Report


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
    else:  # a year written wrong is one slip, not two
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


def _found(code: str, path: str, dated: Dated, expect: str, **facts: Fact) -> Diagnostic:
    return replace(diagnose(code, Place(path, dated.span), expect=expect, **facts), expect=expect)
