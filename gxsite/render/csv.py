"""The tidy CSV of a report: one line for each cell in form order, exact; and a copy that spreadsheets open safely."""

from __future__ import annotations

import re
from collections.abc import Callable

from gxsite.site.views import ExportLayout, ExportView

COLUMNS = (
    "agency", "year", "form", "table", "indicator", "column", "number", "label", "column_label", "unit", "value",
    "status", "approximate", "raw", "form_row",
)  # fmt: skip
_WORDS = {True: "true", False: "false"}
_BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a text that begins so for a formula; full-width forms are folded by some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_TO_QUOTE = re.compile('[",\r\n]')


def plain_csv(layout: ExportLayout) -> Callable[[ExportView], bytes]:
    """UTF-8 without a byte order mark, LF, every value as it is; for programs and round trips."""
    return _writer(layout, _quoted, "", "\n")


def excel_csv(layout: ExportLayout) -> Callable[[ExportView], bytes]:
    """With a byte order mark, CRLF, texts that look like formulas behind an apostrophe; for spreadsheets."""
    return _writer(layout, lambda text: _quoted(guard(text)), _BYTE_ORDER_MARK, "\r\n")


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _quoted(text: str) -> str:
    """A field, in quotation marks where it would not be read back as one (RFC 4180)."""
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def _writer(layout: ExportLayout, field: Callable[[str], str], mark: str, end: str) -> Callable[[ExportView], bytes]:
    """Numbers are never guarded, so that a spreadsheet reads them as numbers; all else goes through ``field``."""
    heading = mark + ",".join(COLUMNS) + end
    form = field(layout.form)
    # table, indicator, column, number, label, column_label, unit; and what stands behind the raw words.
    around = [
        ("".join(field(text) + "," for text in slot[:7]), f",{_WORDS[slot.form_row]}{end}") for slot in layout.slots
    ]

    def write(view: ExportView) -> bytes:
        head = f"{field(view.agency)},{view.year},{form},"
        if view.figures:
            lines = [
                f"{head}{before}{word},reported,false,{word if word.isdecimal() else field(word)}{behind}"
                for (before, behind), word in zip(around, view.figures, strict=True)
            ]
            return "".join([heading, *lines]).encode("utf-8")
        lines = [heading]
        for (before, behind), (_, value, status, approximate, raw) in zip(around, view.cells, strict=True):
            words = field(raw) if raw and not raw.isdecimal() else raw
            lines.append(f"{head}{before}{value},{status},{_WORDS[approximate]},{words}{behind}")
        return "".join(lines).encode("utf-8")

    return write
