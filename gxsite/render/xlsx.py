"""The workbook of a report in the official layout. It holds no formula; strings stay strings.

Everything but the figures is written once for a layout: a sheet is a list of texts with gaps, and a report fills them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from gxsite.render.workbook import (
    DEEPEST,
    HEAD,
    HEADS,
    MAIN,
    MAX_EXACT,
    NOTE,
    NUMBER,
    SECTION,
    STUB,
    TEXT,
    TITLE,
    UNIT,
    XML,
    Strings,
    fixed_parts,
    properties,
    text_element,
)
from gxsite.site.views import ExportCell, ExportLayout, ExportView, SheetView

_STUB_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH = 58, 8, 14
_PADDING = 0.7109375  # in characters of the standard font, as spreadsheets count it


def report_xlsx(layout: ExportLayout) -> Callable[[ExportView], bytes]:
    """One sheet for each table."""
    strings, headings = Strings(), _headings(layout)
    sheets = [
        (f"xl/worksheets/sheet{n}.xml", _Gapped(_sheet(sheet, layout, headings, strings, first=n == 1)))
        for n, sheet in enumerate(layout.sheets, 1)
    ]
    fixed = fixed_parts(layout, strings)

    def write(view: ExportView) -> bytes:
        fillings = [_number(word) for word in view.figures] or [_figure(cell) for cell in view.cells]
        fillings += (_string("无" if heading in view.nothing else "", TEXT) for heading in headings)
        fillings.append(_string(f"{view.agency_name}　{view.year}年度", NOTE))
        parts = [("docProps/core.xml", properties(view)), *((path, sheet.fill(fillings)) for path, sheet in sheets)]
        return fixed.add((path, xml.encode("utf-8")) for path, xml in parts).close()

    return write


class _Gapped:
    """A text with numbered gaps."""

    def __init__(self, pieces: Iterable[str | int]) -> None:
        texts = [""]
        self._gaps: list[int] = []
        for piece in pieces:
            if isinstance(piece, str):
                texts[-1] += piece
            else:
                self._gaps.append(piece)
                texts += "", ""
        self._texts = texts

    def fill(self, fillings: Sequence[str]) -> str:
        """The text with a filling in every gap."""
        texts = self._texts.copy()
        texts[1::2] = [fillings[gap] for gap in self._gaps]
        return "".join(texts)


def _headings(layout: ExportLayout) -> dict[str, int]:
    """The gaps of sections and groups by id; they come after those of the cells."""
    ids = dict.fromkeys(row.id for sheet in layout.sheets for row in sheet.rows if not row.slots)
    return {heading: len(layout.slots) + n for n, heading in enumerate(ids)}


def _figure(cell: ExportCell) -> str:
    """The filling of a cell: a number where it is exact, else its words."""
    text, value, _, _, _ = cell
    return _number(value) if value and text == value else _string(text, TEXT)


def _number(value: str) -> str:
    """The filling of a cell with a number; with its digits as a text, where a spreadsheet cannot hold them all."""
    places = len(value.partition(".")[2])
    if places < MAX_EXACT and (len(value) <= MAX_EXACT or len(value.replace(".", "").lstrip("-0")) <= MAX_EXACT):
        return f' s="{NUMBER + places}"><v>{value}</v></c>'
    return _string(value, TEXT)


def _string(text: str, style: int) -> str:
    """The filling of a cell with a text of this report."""
    return f' s="{style}" t="inlineStr"><is>{text_element(text)}</is></c>' if text else f' s="{style}"/>'


def _sheet(
    sheet: SheetView, layout: ExportLayout, headings: Mapping[str, int], strings: Strings, *, first: bool
) -> Iterator[str | int]:
    """A sheet: title, agency and year, heads, rows. Texts of the form are shared; whatever a report says is a gap."""
    values = range(2 if sheet.units else 1, sheet.columns + (2 if sheet.units else 1))

    def shared(place: str, text: str, style: int) -> str:
        inner = f' t="s"><v>{strings.number(text)}</v></c>' if text else "/>"
        return f'<c r="{place}" s="{style}"{inner}'

    yield _before_rows(sheet, values, first)
    yield f'<row r="1">{shared("A1", sheet.title or layout.form_title, TITLE)}</row>'
    yield from ('<row r="2"><c r="A2"', len(layout.slots) + len(headings), "</row>")
    heads = (shared(f"{_letters(column)}{HEADS}", text, HEAD) for column, text in enumerate(sheet.heads))
    yield f'<row r="{HEADS}">{"".join(heads)}</row>'
    for number, row in enumerate(sheet.rows, HEADS + 1):
        look = SECTION if row.kind == "section" else STUB + min(row.depth, DEEPEST)
        yield f'<row r="{number}">{shared(f"A{number}", row.label, look)}'
        if sheet.units:
            yield shared(f"B{number}", row.unit, UNIT)
        for column, gap in zip(values, row.slots or [headings[row.id]] * len(values), strict=True):
            yield from (f'<c r="{_letters(column)}{number}"', gap)
        yield "</row>"
    yield _AFTER_ROWS


def _before_rows(sheet: SheetView, values: range, first: bool) -> str:
    """What a sheet says before its rows: one page wide in print; the first column and the heads stay in sight."""
    below, selected = HEADS + 1, ' tabSelected="1"' if first else ""
    widths = [(1, 1, _STUB_WIDTH), (values.start + 1, values.stop, _NUMBER_WIDTH)]
    if sheet.units:
        widths.insert(1, (2, 2, _UNIT_WIDTH))
    columns = (f'<col min="{a}" max="{z}" width="{width + _PADDING}" customWidth="1"/>' for a, z, width in widths)
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{_letters(values.stop - 1)}{HEADS + len(sheet.rows)}"/>'
        f'<sheetViews><sheetView{selected} workbookViewId="0">'
        f'<pane xSplit="1" ySplit="{HEADS}" topLeftCell="B{below}" activePane="bottomRight" state="frozen"/>'
        f'<selection pane="topRight" activeCell="B1" sqref="B1"/>'
        f'<selection pane="bottomLeft" activeCell="A{below}" sqref="A{below}"/><selection pane="bottomRight"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{''.join(columns)}</cols><sheetData>"
    )


_AFTER_ROWS = (
    '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" fitToHeight="0" orientation="portrait"/></worksheet>'
)


def _letters(column: int) -> str:
    """The letters of a column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
