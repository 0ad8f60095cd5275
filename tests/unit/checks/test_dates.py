"""Dates against the period, each other and the legal deadline."""

from dataclasses import replace

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.dates import check_dates, check_order
from gxsite.model.agency import Agency
from gxsite.model.filing import deadline
from gxsite.model.report import Report
from gxsite.source.papers import read_document
from tests.unit.build import at, codes, only, read, report_text, small, sound, text_of

FORM = small(rows=["a"])
GOVERNMENT = Agency("demo", "content/demo/agency.yaml", "某县", kind="government")


def report(dates: str, year: int = 2018) -> Report:
    return read(report_text({"a": 1}, more=dates), FORM, year=year).value


def check(dates: str, year: int = 2018, agency: Agency = GOVERNMENT) -> list[Diagnostic]:
    found = list(check_dates(report(dates, year), agency))
    sound(report_text({"a": 1}, more=dates), found)
    return found


def agency(kind: str = "", own: str = "") -> Agency:
    return replace(GOVERNMENT, kind=kind, deadline=own)


@pytest.mark.parametrize(
    "dates",
    [
        "published: 2019-03-26\n",
        "published: 2019-03-26 08:59:06\nsigned: 2019-03-14\n",
        "published: 2019-03-31 23:59\nsigned: 2019-03-31\n",
        "published: 2018-12-31\nsigned: 2018-12-31\n",
        "published: 2019-06-01\nfiled: 2019-03-31\n",
        "published: 2019-01-05\nsigned: 2019-01-05 18:00\n",
    ],
)
def test_good_dates(dates: str) -> None:
    assert not check(dates)


@pytest.mark.parametrize(
    ("dates", "code", "severity", "where", "expect"),
    [
        ("published: 2019-03-26\nsigned: 2018-03-14\n", "GX403", None, (7, 9, 10), "2018-03-14 < 2018-12-31"),
        ("published: 2019-03-26\nsigned: 2018-12-30\n", "GX403", None, (7, 9, 10), "2018-12-30 < 2018-12-31"),
        ("published: 2019-03-12\nsigned: 2019-03-14\n", "GX404", None, (6, 12, 10), "2019-03-12 < 2019-03-14"),
        ("published: 2019-04-01\n", "GX405", "warning", (6, 12, 10), "2019-04-01 > 2019-03-31"),
        ("published: 2019-03-01\nfiled: 2019-04-02 09:00\n", "GX405", "warning", (7, 8, 16), "2019-04-02 > 2019-03-31"),
        ("published: 2018-11-05\n", "GX406", None, (6, 12, 10), "2018-11-05 < 2018-12-31"),
    ],
)
def test_a_wrong_date_stands_at_its_value_with_the_fact_a_waiver_repeats(
    dates: str, code: str, severity: str | None, where: tuple[int, int, int], expect: str
) -> None:
    found = only(check(dates), code)
    assert (at(found), found.expect) == (where, expect)
    assert severity is None or found.severity == severity
    for part in expect.split(" ")[::2]:
        assert part in message(found, "zh")


def test_no_date_of_publication_is_a_waivable_warning() -> None:
    (found,) = check("signed: 2019-03-14\n")
    assert (found.code, found.severity, found.expect) == ("GX402", "warning", None)
    assert at(found)[:2] == (1, 1)


def test_nothing_is_called_missing_in_a_report_that_could_not_be_read_whole() -> None:
    assert not check("x: y: z\n")


def test_several_wrong_dates_at_once() -> None:
    assert codes(check("published: 2018-03-13\nsigned: 2018-03-14\n")) == ["GX403", "GX406"]


@pytest.mark.parametrize(
    ("kind", "own", "year", "day"),
    [
        ("government", "", 2018, "2019-03-31"),
        ("department", "", 2018, "2019-03-31"),
        ("township", "", 2008, "2009-03-31"),
        ("government", "", 2019, "2020-03-31"),
        ("department", "", 2019, "2020-01-31"),
        ("township", "", 2023, "2024-01-31"),
        ("zone", "", 2019, "2020-03-31"),
        ("vertical", "", 2019, "2020-03-31"),
        ("", "", 2019, "2020-03-31"),
        ("department", "02-20", 2019, "2020-02-20"),
        ("government", "01-15", 2014, "2015-01-15"),
    ],
)
def test_the_legal_deadline(kind: str, own: str, year: int, day: str) -> None:
    assert deadline(agency(kind, own), year) == day


@pytest.mark.parametrize(
    ("dates", "year", "kind", "late"),
    [
        ("published: 2020-02-01\n", 2019, "department", True),
        ("published: 2020-01-31 23:59:59\n", 2019, "department", False),
        ("published: 2020-02-01\n", 2019, "government", False),
        ("published: 2020-02-01\nfiled: 2020-01-20\n", 2019, "department", False),
        ("published: 2020-01-20\nfiled: 2020-02-01\n", 2019, "department", True),
        ("signed: 2020-02-01\n", 2019, "department", False),
    ],
)
def test_late_is_judged_by_filing_else_by_publication(dates: str, year: int, kind: str, late: bool) -> None:
    assert ("GX405" in codes(check(dates, year, agency(kind)))) is late


def test_a_late_report_is_not_called_unlawful() -> None:
    said = message(only(check("published: 2019-04-01\n"), "GX405"), "zh")
    assert "晚于" in said
    assert "违规" not in said


def test_a_document_published_before_it_was_signed() -> None:
    source = "---\ntitle: 某办法\npublished: 2016-05-01\nsigned: 2016-05-04\n---\n"
    document = read_document(text_of(source, "content/demo/documents/a.md"), "demo", "a").value
    (found,) = check_order(document)
    assert (found.code, at(found)) == ("GX404", (3, 12, 10))
