"""The workbook: opened by a program that reads workbooks, and its parts looked at one by one."""

import io
import re
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from gxsite.render.xlsx import report_xlsx
from gxsite.site.views import ExportCell, ExportLayout, ExportView, SheetRow, SheetView
from tests.unit.build import fuzz
from tests.unit.exported import BLANK, about, exact, layout, slot, view

# What Excel allows in the name of a sheet.
NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")


def written(report: ExportView) -> bytes:
    return report_xlsx(report.layout)(report)


def opened(report: ExportView) -> Workbook:
    return load_workbook(io.BytesIO(written(report)))


def figure(said: ExportCell) -> Cell:
    """The cell of a report with one cell."""
    return opened(view(layout(slot()), said)).worksheets[0]["C4"]


def parts(data: bytes) -> dict[str, Element]:
    """All parts, parsed."""
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: fromstring(archive.read(name)) for name in archive.namelist()}


def names_of(report: ExportView) -> list[str]:
    """The names of the sheets as they are written: openpyxl tells equal ones apart when it reads them."""
    book = parts(written(report))["xl/workbook.xml"]
    return [e.get("name", "") for e in book.iter() if e.tag.endswith("}sheet")]


def sheets(*titles: str) -> ExportLayout:
    """A form with tables of these titles, one cell in each."""
    tables = (
        SheetView(t, ("指标", "数量"), 1, False, (SheetRow("indicator", "a", 0, "甲", "", (0,)),)) for t in titles
    )
    return ExportLayout("small", "小表", (slot(),), tuple(tables))


def test_the_table_stands_as_it_is_printed() -> None:
    form = layout(slot("a", "收到申请数"), slot("b", "答复申请数", unit=""), heading="一、申请")
    sheet = opened(view(form, exact("12"), BLANK)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["表一", None, None],
        ["某局　2018年度", None, None],
        ["指标", "单位", "数量"],
        ["一、申请", None, None],
        ["收到申请数", "件", 12],
        ["答复申请数", None, None],
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.print_title_rows) == ("表一", "B4", "$3:$3")
    assert sheet["A5"].alignment.indent == 1


@pytest.mark.parametrize(
    ("value", "number", "looks"),
    [
        ("0", 0, "0"),
        ("-18", -18, "0"),
        ("999999999999999", 999999999999999, "0"),
        ("12.50", 12.5, "0.00"),
        ("-0.000001", -0.000001, "0.000000"),
        ("123456789.123456", 123456789.123456, "0.000000"),
    ],
)
def test_an_exact_figure_is_a_number_with_its_places(value: str, number: float, looks: str) -> None:
    cell = figure(exact(value))
    assert (cell.data_type, cell.value, cell.number_format) == ("n", number, looks)


@pytest.mark.parametrize("value", ["1234567890123456", "1234567890.123456", "0.0000000000000001"])
def test_a_figure_with_more_digits_than_a_spreadsheet_holds_is_a_text(value: str) -> None:
    cell = figure(exact(value))
    assert (cell.data_type, cell.value) == ("s", value)


@pytest.mark.parametrize(
    "said",
    [
        about("30余万", "300000"),
        about("约30", "30"),
        ExportCell("/", "", "not_applicable", False, "/"),
        ExportCell("无", "", "none", False, "无"),
    ],
)
def test_words_stay_words(said: ExportCell) -> None:
    cell = figure(said)
    assert (cell.data_type, cell.value) == ("s", said.text)


def test_a_heading_under_which_nothing_happened_says_so() -> None:
    form = layout(slot(), heading="一、申请")
    said = ExportCell("", "", "none_by_section", False, "")
    assert opened(view(form, said, nothing="section:s")).worksheets[0]["C4"].value == "无"
    assert opened(view(form, BLANK)).worksheets[0]["C4"].value is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "http://example.org", "012", "1e3", "2018-01-01"])
def test_a_text_is_neither_formula_nor_link_nor_number(text: str) -> None:
    sheet = opened(view(layout(slot(label=text)), ExportCell(text, "", "none", False, text))).worksheets[0]
    for place in ("A4", "C4"):
        assert (sheet[place].data_type, sheet[place].value, sheet[place].hyperlink) == ("s", text, None)


@fuzz
@given(st.text(st.characters(codec="utf-8"), min_size=1))
@example("_x0041_x0042_ _x005F_")
@example("\x00\x01\r\n\t\x1f\ufffe\uffff")
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    report = view(layout(slot(label=text), title=text), about(text, "1"), title=text)
    strings = parts(written(report))
    shared = ["".join(t.itertext()) for t in strings["xl/sharedStrings.xml"]]
    inline = ["".join(t.itertext()) for t in strings["xl/worksheets/sheet1.xml"].iter() if t.tag.endswith("}is")]
    assert text in map(unescaped, shared)
    assert text in map(unescaped, inline)
    load_workbook(io.BytesIO(written(report)))


def test_spaces_around_a_text_are_kept() -> None:
    found = parts(written(view(layout(slot(label="  甲 ")), about(" 约3", "3"))))
    texts = [t for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml") for t in found[name].iter()]
    kept = [t.text for t in texts if t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"]
    assert kept == ["  甲 ", " 约3"]


def unescaped(text: str) -> str:
    """A string as ECMA-376 says that it is read (ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def test_no_text_is_longer_than_a_cell_may_be() -> None:
    assert len(figure(about("约" * 40000, "1")).value) == 32767


@fuzz
@given(st.lists(st.text(st.sampled_from("表一 1234'[]:*?/\\𠮷a"), max_size=40), min_size=1, max_size=6))
@example(["甲", "甲", "甲 2", "甲 3", ""])
@example(["A", "a", "A", "A 3"])
@example(["表2", "", "表 2", "表2 3", "表3", "表3"])
@example(["𠮷" * 40, "𠮷" * 40])
@example(["甲" * 26 + "'乙", "''", "甲" * 27 + "'乙"])
def test_sheets_have_names_that_spreadsheets_take(titles: list[str]) -> None:
    names = names_of(view(sheets(*titles), exact("1")))
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert NAME.fullmatch(name)
        assert len(name.encode("utf-16-le")) <= 2 * 31


def test_a_sheet_bears_the_title_of_its_table_where_it_can() -> None:
    titles = "收到申请", "", "收到申请", "费用[万元]", "很长" * 20
    names = names_of(view(sheets(*titles), exact("1")))
    assert names == ["收到申请", "表2", "收到申请 3", "费用_万元_", "很长" * 14]


def test_the_name_of_a_sheet_is_quoted_where_it_is_referred_to() -> None:
    data = written(view(sheets("a'b", 'c"<&>'), exact("1")))
    names = [e.text for e in parts(data)["xl/workbook.xml"].iter() if e.tag.endswith("}definedName")]
    assert names == ["'a''b'!$3:$3", "'c\"<&>'!$3:$3"]
    assert [sheet.print_title_rows for sheet in load_workbook(io.BytesIO(data))] == ["$3:$3", "$3:$3"]


def test_every_part_is_declared_and_found() -> None:
    found = parts(written(view(sheets("甲", "乙", "丙"), exact("1"))))
    declared = {e.get("PartName", "")[1:] for e in found["[Content_Types].xml"] if e.tag.endswith("}Override")}
    assert declared == {name for name in found if not name.endswith(".rels")} - {"[Content_Types].xml"}
    targets = {e.get("Target", "") for e in found["_rels/.rels"]}
    targets |= {"xl/" + e.get("Target", "") for e in found["xl/_rels/workbook.xml.rels"]}
    assert targets == declared


def test_every_cell_names_a_style_and_a_string_that_are_there() -> None:
    form = layout(slot(), slot("b"), heading="一")
    found = parts(written(view(form, exact("1." + "1" * 14), BLANK)))
    looks = len(next(e for e in found["xl/styles.xml"] if e.tag.endswith("}cellXfs")))
    strings = len(found["xl/sharedStrings.xml"])
    cells = [e for e in found["xl/worksheets/sheet1.xml"].iter() if e.tag.endswith("}c")]
    assert len(cells) == 3 * 4 + 2
    assert all(int(cell.get("s", "")) < looks for cell in cells)
    assert all(int(cell[0].text or "") < strings for cell in cells if cell.get("t") == "s")


def test_columns_beyond_the_26th_have_two_letters() -> None:
    slots = tuple(slot(f"a{n}") for n in range(60))
    row = SheetRow("indicator", "one", 0, "件数", "", tuple(range(60)))
    form = ExportLayout("small", "小表", slots, (SheetView("", ("指标", *["数量"] * 60), 60, False, (row,)),))
    sheet = opened(view(form, *(exact(str(n)) for n in range(60)))).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["件数", *range(60)]
    assert sheet["A1"].value == "小表"


def test_equal_reports_give_equal_bytes_without_a_date() -> None:
    first, second = (written(view(layout(slot()), exact("1"))) for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_workbook_says_what_it_is_and_whose() -> None:
    about_it = opened(view(layout(slot()), BLANK, title="某局<2018>&年报")).properties
    assert (about_it.title, about_it.creator) == ("某局<2018>&年报", "某局")
