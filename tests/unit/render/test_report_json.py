"""The JSON of a report: its figures keep their digits."""

import json

from hypothesis import given
from hypothesis import strategies as st

from gxsite.render.report_json import report_json
from gxsite.site.views import ExportView
from tests.unit.build import fuzz
from tests.unit.exported import BLANK, about, exact, layout, slot, view

FORM = layout(slot("a"), slot("b"), slot("c"))


def text(report: ExportView) -> str:
    return report_json(report.layout)(report).decode("utf-8")


def test_numbers_have_the_digits_that_were_printed() -> None:
    report = view(FORM, exact("12.50"), exact("999999999999999.10"), exact("-0.00"))
    cells = json.loads(text(report), parse_float=str, parse_int=str)["cells"]
    assert [cell["value"] for cell in cells] == ["12.50", "999999999999999.10", "-0.00"]


def test_what_is_no_number_is_null_with_its_status_and_words() -> None:
    cells = json.loads(text(view(FORM, BLANK, about("30余万", "300000"), exact("7", "７"))))["cells"]
    assert cells[0] == {
        "indicator": "a", "column": "", "value": None, "status": "blank", "approximate": False, "raw": "",
        "form_row": True,
    }  # fmt: skip
    assert (cells[1]["value"], cells[1]["approximate"], cells[1]["raw"]) == (300000, True, "30余万")
    assert (cells[2]["value"], cells[2]["raw"]) == (7, "７")


def test_the_head_and_the_notices() -> None:
    report = view(FORM, BLANK, BLANK, BLANK)._replace(
        waivers=((("check", "GX402"), ("reason", "查不到")),),
        corrections=((("date", "2020-01-01"), ("from", "1"), ("to", "2")),),
    )
    found = json.loads(text(report))
    assert list(found) == [
        *("schema", "agency", "year", "form", "scope", "title", "published", "signed", "card", "cells"),
        *("waivers", "corrections"),
    ]
    assert (found["schema"], found["form"], found["year"]) == ("gxsite/report/1", "small", 2018)
    assert (found["published"], found["signed"]) == ("2019-03-01", None)
    assert found["card"] == {"issuer": "某局"}
    assert found["waivers"] == [{"check": "GX402", "reason": "查不到"}]
    assert found["corrections"] == [{"date": "2020-01-01", "from": "1", "to": "2"}]


@fuzz
@given(title=st.text(), raw=st.text())
def test_every_text_is_read_back_as_it_was(title: str, raw: str) -> None:
    found = json.loads(text(view(FORM, BLANK._replace(raw=raw), BLANK, BLANK, title=title)))
    assert (found["title"], found["cells"][0]["raw"]) == (title, raw)
