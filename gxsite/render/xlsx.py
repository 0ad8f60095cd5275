"""The workbook of a report in the official layout. It holds no formula; strings stay strings."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gxsite.site.views import CellView, ExportView, RowView, TableView

_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
# The zip and the properties carry this date, so that equal reports give equal bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_STUB_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH = 58, 8, 14
_FORBIDDEN = str.maketrans("[]:*?/\\", "_______")
MAX_EXACT = 15


def report_xlsx(view: ExportView) -> bytes:
    """One sheet for each table."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": view.title, "author": view.agency_name, "created": _CREATED})
    formats = _Formats(book)
    names: set[str] = set()
    for number, table in enumerate(view.tables, 1):
        _sheet(book.add_worksheet(_sheet_name(table, number, names)), table, view, formats)
    book.close()
    return out.getvalue()


class _Formats:
    """The looks of cells."""

    def __init__(self, book: Workbook) -> None:
        frame = {"border": 1, "valign": "vcenter"}
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.note: Format = book.add_format({"font_color": "#555555"})
        self.head: Format = book.add_format({**frame, "bold": True, "text_wrap": True, "align": "center"})
        self.text: Format = book.add_format({**frame, "align": "right"})
        self.unit: Format = book.add_format({**frame, "align": "center"})
        self.number: Format = book.add_format({**frame, "num_format": "0"})
        # As many places as were printed: 12.50 stays 12.50.
        self.decimal: list[Format] = [
            book.add_format({**frame, "num_format": "0." + "0" * places}) for places in range(1, MAX_EXACT)
        ]
        self.section: Format = book.add_format({**frame, "bold": True, "text_wrap": True})
        self.stub: list[Format] = [book.add_format({**frame, "text_wrap": True, "indent": n}) for n in range(6)]


def _sheet_name(table: TableView, number: int, names: set[str]) -> str:
    name = (table.title or f"表{number}").translate(_FORBIDDEN).strip("'")[:28] or f"表{number}"
    if name.casefold() in names:
        name = f"{name[:25]} {number}"
    names.add(name.casefold())
    return name


def _sheet(sheet: Worksheet, table: TableView, view: ExportView, formats: _Formats) -> None:
    first_value = 2 if table.units else 1
    sheet.set_column(0, 0, _STUB_WIDTH)
    if table.units:
        sheet.set_column(1, 1, _UNIT_WIDTH)
    sheet.set_column(first_value, first_value + table.columns - 1, _NUMBER_WIDTH)
    sheet.write_string(0, 0, table.title or view.form_title, formats.title)
    sheet.write_string(1, 0, f"{view.agency_name}　{view.year}年度", formats.note)
    heads = [table.stub, *(["单位"] if table.units else []), *_column_heads(table)]
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, formats.head)
    for number, row in enumerate(table.rows, 3):
        _row(sheet, number, row, table, first_value, formats)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _column_heads(table: TableView) -> list[str]:
    """Header levels joined, so that no cell is merged: 法人或其他组织 / 商业企业."""
    first = next((row.cells for row in table.rows if row.cells), ())
    return [cell.column_label or "数量" for cell in first]


def _row(sheet: Worksheet, number: int, row: RowView, table: TableView, first: int, formats: _Formats) -> None:
    label = f"{row.number}{row.label}{row.note}"
    looks = formats.section if row.kind == "section" else formats.stub[min(row.depth, 5)]
    sheet.write_string(number, 0, label, looks)
    if table.units:
        sheet.write_string(number, 1, row.unit, formats.unit)
    for column, cell in enumerate(row.cells, first):
        _value(sheet, number, column, cell, formats)
    if not row.cells:
        for column in range(first, first + table.columns):
            sheet.write_string(number, column, row.says, formats.text)


def _value(sheet: Worksheet, row: int, column: int, cell: CellView, formats: _Formats) -> None:
    """An exact figure as a number where a spreadsheet can hold all its digits, everything else as it is printed."""
    digits = cell.value.replace(".", "").lstrip("-0")
    if cell.value and cell.text == cell.value and len(digits) <= MAX_EXACT:
        places = len(cell.value.partition(".")[2])
        looks = formats.decimal[places - 1] if places else formats.number
        sheet.write_number(row, column, float(cell.value) if "." in cell.value else int(cell.value), looks)
    elif cell.text:
        sheet.write_string(row, column, cell.text, formats.text)
    else:
        sheet.write_blank(row, column, None, formats.text)
