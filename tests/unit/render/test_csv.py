"""The tidy CSV: exact for programs, harmless for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.render.csv import COLUMNS, excel_csv, plain_csv
from gxsite.site.views import ExportCell, ExportView
from tests.unit.build import fuzz
from tests.unit.exported import BLANK, about, exact, layout, slot, view

TEXTS = st.text(st.sampled_from("甲a0 =+-@＝－\t\r\n,\"'，"), max_size=5)


def plain(report: ExportView) -> str:
    return plain_csv(report.layout)(report).decode("utf-8")


def excel(report: ExportView) -> str:
    return excel_csv(report.layout)(report).decode("utf-8")


def test_a_line_for_each_cell() -> None:
    form = layout(slot("a", "收到申请数"), slot("b", "其中：“网络”, 信函"), slot("c", unit=""))
    assert plain(view(form, exact("1860", "1,860"), about("约30", "30"), BLANK)) == (
        "agency,year,form,table,indicator,column,number,label,column_label,unit,value,status,approximate,raw,form_row\n"
        'demo,2018,small,one,a,,,收到申请数,数量,件,1860,reported,false,"1,860",true\n'
        'demo,2018,small,one,b,,,"其中：“网络”, 信函",数量,件,30,reported,true,约30,true\n'
        "demo,2018,small,one,c,,,甲,数量,,,blank,false,,true\n"
    )


@fuzz
@given(label=TEXTS, unit=TEXTS, raw=TEXTS)
def test_every_text_is_read_back_as_it_was(label: str, unit: str, raw: str) -> None:
    said = ExportCell("12", "12", "reported", True, raw)
    lines = list(csv.reader(io.StringIO(plain(view(layout(slot("a", label, unit)), said)), newline="")))
    assert lines[0] == list(COLUMNS)
    assert lines[1:] == [
        ["demo", "2018", "small", "one", "a", "", "", label, "数量", unit, "12", "reported", "true", raw, "true"]
    ]


@fuzz
@given(label=TEXTS, unit=TEXTS, raw=TEXTS)
def test_a_spreadsheet_takes_no_field_for_a_formula(label: str, unit: str, raw: str) -> None:
    text = excel(view(layout(slot("a", label, unit)), ExportCell("12", "12", "reported", False, raw)))
    fields = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for name, written in (("label", label), ("unit", unit), ("raw", raw)):
        assert not fields[name].startswith(tuple("=+-@\t\r＝＋－＠"))
        assert fields[name] in (written, "'" + written)


def test_the_copy_for_spreadsheets_has_a_mark_and_crlf() -> None:
    text = excel(view(layout(slot()), exact("3")))
    assert text.startswith("\ufeffagency,")
    assert text.count("\r\n") == text.count("\n") == 2


def test_a_negative_figure_stays_a_number_and_its_words_become_text() -> None:
    assert ",-3,reported,false,'-3,true\r\n" in excel(view(layout(slot()), exact("-3")))
    assert ",-3,reported,false,-3,true\n" in plain(view(layout(slot()), exact("-3")))


def test_cells_must_be_those_of_the_layout() -> None:
    with pytest.raises(ValueError, match="shorter"):
        plain(view(layout(slot("a"), slot("b")), BLANK))
