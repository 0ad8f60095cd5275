"""The tidy CSV of a report: one line for each cell in form order, exact; and a copy that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gxsite.site.views import ExportView

COLUMNS = (
    "agency", "year", "form", "table", "indicator", "column", "number", "label", "column_label", "unit", "value",
    "status", "approximate", "raw", "form_row",
)  # fmt: skip
_WORDS = {True: "true", False: "false"}
_NUMBERS = frozenset({"year", "value"})
# A spreadsheet takes a text that begins so for a formula; full-width forms are folded by some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def plain_csv(view: ExportView) -> bytes:
    """UTF-8 without a byte order mark, LF, every value as it is; for programs and round trips."""
    return _write(_lines(view), "\n").encode("utf-8")


def excel_csv(view: ExportView) -> bytes:
    """With a byte order mark, CRLF, texts that look like formulas behind an apostrophe; for spreadsheets."""
    guarded = (
        [v if name in _NUMBERS else guard(v) for name, v in zip(COLUMNS, line, strict=True)] for line in _lines(view)
    )
    return b"\xef\xbb\xbf" + _write(guarded, "\r\n").encode("utf-8")


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _write(lines: Iterator[list[str]], end: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    return out.getvalue()


def _lines(view: ExportView) -> Iterator[list[str]]:
    head = [view.agency, str(view.year), view.form]
    for cell in view.cells:
        yield [*head, *(_WORDS[field] if isinstance(field, bool) else field for field in cell)]
