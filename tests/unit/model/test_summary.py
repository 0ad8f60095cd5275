"""Summaries: what lists show of a report, and their way through bytes."""

import marshal
from dataclasses import replace
from typing import Any

import pytest

from gxsite.model.form import CellRef, Form, Headline
from gxsite.model.report import Report
from gxsite.model.summary import NOTHING_ASKED, Summary, of_plain, plain, summarise
from tests.unit.build import report_of, small

ROWS = ("a", "b", "{id: c, label: 丙, unit: 件}", "d", "e")
FORM: Form = replace(small(rows=ROWS), headlines=tuple(Headline(CellRef(key), key) for key in "abcde"))
TABLE = {"a": "1,860", "b": "约30", "c": "/", "d": "无"}


def summary(report: Report) -> Summary:
    return summarise(report, FORM, NOTHING_ASKED, b"digest", settled=True)


def test_headlines_have_a_text_a_value_if_it_is_exact_and_a_unit_if_the_form_has_none() -> None:
    assert summary(report_of(FORM, TABLE, "units: {a: 条}\n")).headline[:3] == (
        ("1860", "1860", "条"),
        ("约30", "", ""),
        ("/", "0", ""),
    )
    assert summary(report_of(FORM, TABLE)).headline[3:] == (("无", "0", ""), ("", "", ""))


def test_the_days_of_notices() -> None:
    plain = summary(report_of(FORM, TABLE))
    assert (plain.withdrawn, plain.withdrawn_on, plain.corrected) == (False, "", "")
    assert plain.changed == str(plain.published or "")
    changes = ", ".join(f"{{date: 2019-0{month}-01, cell: a, to: 1860, reason: 改}}" for month in (5, 7, 6))
    noted = summary(report_of(FORM, TABLE, f"corrections: [{changes}]\nwithdrawn: {{date: 2019-08-02, reason: 撤}}\n"))
    assert (noted.withdrawn, noted.withdrawn_on, noted.corrected) == (True, "2019-08-02", "2019-07-01")
    assert noted.changed == "2019-08-02"


def test_whatever_a_list_shows_changes_the_face() -> None:
    fronts = ["", "scope: own\n", "published: 2019-01-01\n", "withdrawn: {date: 2019-08-02, reason: 撤}\n"]
    fronts += ["corrections: [{date: 2019-05-01, cell: a, to: 1860, reason: 改}]\n", "units: {a: 条}\n"]
    reports = [report_of(FORM, TABLE, front) for front in fronts]
    reports += [report_of(FORM, TABLE | {"e": 1}), replace(reports[0], title="另一个标题")]
    assert len({summary(report).face for report in reports}) == len(reports)
    assert summary(report_of(FORM, TABLE, body="另一段。\n")).face == summary(reports[0]).face


@pytest.mark.parametrize("front", ["published: 2019-01-01 08:30\n", ""])
def test_a_summary_survives_its_bytes(front: str) -> None:
    whole = summary(report_of(FORM, TABLE, front))
    fields: Any = plain(whole)
    again = of_plain(marshal.loads(marshal.dumps(fields)), whole.details.packed)
    assert again._replace(details=whole.details) == whole
    assert again.details.get() == whole.details.get()


def test_details_are_fetched_once_and_only_when_they_are_asked_for() -> None:
    whole = summary(report_of(FORM, TABLE))
    asked = []

    def fetch() -> bytes:
        asked.append(1)
        return whole.details.packed()

    again = of_plain(plain(whole), fetch)
    assert (again.title, again.links, asked) == (whole.title, whole.links, [])
    assert (again.unit, again.table_span, asked) == (whole.unit, whole.table_span, [1])
