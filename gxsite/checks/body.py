"""GX5: figures that a body quotes from the table."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, phrase
from gxsite.base.near import nearest
from gxsite.model.cells import Status
from gxsite.model.form import CellRef, Form
from gxsite.model.report import Body, Report

# As with dead links, near names are sought for the first unknown cells only.
MAX_NEAR = 50


def quoted_cell(name: str, report: Report, form: Form) -> CellRef | None:
    """The cell that a quotation names: a cell of the form or a row of the report's own."""
    ref = form.names.get(name) or CellRef(name)
    return ref if ref in report.cell else None


def check_quotes(report: Report, form: Form) -> Iterator[Diagnostic]:
    """Quotations of cells that do not exist or hold no figure."""
    known = [*form.names, *(row.id for row in report.rows)]
    unknown = 0
    for quote in report.body.quotes:
        if not quote.cell:
            continue
        ref = quoted_cell(quote.cell, report, form)
        if ref is None:
            unknown += 1
            near = nearest(quote.cell, known) if unknown <= MAX_NEAR else None
            yield diagnose("GX501", quote.place, key=quote.cell or "{{ }}", form=form.id, near=near)
        elif report.cell[ref].status is not Status.REPORTED and not report.cell[ref].raw.strip("/—无"):
            status = phrase(f"status.{report.cell[ref].status}")
            yield diagnose("GX502", quote.place, label=quote.cell, status=status)


def check_no_quotes(body: Body) -> Iterator[Diagnostic]:
    """Quotations where there is no table."""
    for quote in body.quotes:
        if quote.cell:
            yield diagnose("GX503", quote.place, key=quote.cell)
