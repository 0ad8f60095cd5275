"""Dates as a report gives them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.dates import Moment, read_moment, read_year
from tests.unit.build import fuzz


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2019-03-26", Moment(2019, 3, 26)),
        ("2019-03-26 08:59", Moment(2019, 3, 26, "08:59")),
        ("2019-03-26 23:59:59", Moment(2019, 3, 26, "23:59:59")),
        ("2019-03-26T00:00", Moment(2019, 3, 26, "00:00")),
        (" 2016-02-29 ", Moment(2016, 2, 29)),
        ("1990-01-01", Moment(1990, 1, 1)),
        ("2100-12-31", Moment(2100, 12, 31)),
    ],
)
def test_a_day_with_or_without_a_time(raw: str, moment: Moment) -> None:
    assert read_moment(raw) == moment


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("2019-3-26", "date.format"),
        ("2019/03/26", "date.format"),
        ("2019年3月26日", "date.format"),
        ("20190326", "date.format"),
        ("２０１９-03-26", "date.format"),
        ("2019-03-26 8:59", "date.format"),
        ("2019-03-26 24:00", "date.format"),
        ("2019-03-26 08:60", "date.format"),
        ("2019-03-26 08:59:60", "date.format"),
        ("2019-03-26 08:59+08:00", "date.format"),
        ("2019-03-26\n08:59", "date.format"),
        ("", "date.format"),
        ("2019-02-29", "date.calendar"),
        ("2019-02-30", "date.calendar"),
        ("2019-04-31", "date.calendar"),
        ("2019-13-01", "date.calendar"),
        ("2019-00-10", "date.calendar"),
        ("2019-10-00", "date.calendar"),
        ("1989-12-31", "date.calendar"),
        ("2101-01-01", "date.calendar"),
        ("0000-01-01", "date.calendar"),
    ],
)
def test_what_is_no_date_says_why(raw: str, problem: str) -> None:
    assert read_moment(raw) == problem


def test_ways_to_write_a_moment() -> None:
    day, minute, second = Moment(2019, 3, 6), Moment(2019, 3, 6, "08:59"), Moment(2019, 3, 6, "08:59:06")
    assert [str(m) for m in (day, minute, second)] == ["2019-03-06", "2019-03-06 08:59", "2019-03-06 08:59:06"]
    assert [m.date for m in (day, second)] == ["2019-03-06"] * 2
    assert [m.minute for m in (day, second)] == ["2019-03-06 00:00", "2019-03-06 08:59"]
    assert [m.iso("+08:00") for m in (day, minute, second)] == [
        "2019-03-06T00:00:00+08:00",
        "2019-03-06T08:59:00+08:00",
        "2019-03-06T08:59:06+08:00",
    ]


def test_moments_sort_by_day_then_time() -> None:
    days = [Moment(2018, 12, 31, "23:59"), Moment(2019, 1, 1), Moment(2019, 1, 1, "00:01"), Moment(2019, 1, 2)]
    shuffled = [days[2], days[0], days[3], days[1]]
    assert sorted(shuffled) == days


@pytest.mark.parametrize(
    ("raw", "year"),
    [("1990", 1990), ("2100", 2100), ("1989", None), ("2101", None), ("18", None), ("２０１８", None), ("2018 ", None),
     ("2018\n", None), ("02018", None), ("", None)],
)  # fmt: skip
def test_years(raw: str, year: int | None) -> None:
    assert read_year(raw) == year


@fuzz
@given(st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 12, 31)))  # noqa: DTZ001
def test_every_moment_reads_back(value: datetime.datetime) -> None:
    written = value.strftime("%Y-%m-%d %H:%M:%S")
    moment = read_moment(written)
    assert isinstance(moment, Moment)
    assert str(moment) == written


@fuzz
@given(st.text() | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:]*)?", fullmatch=True))
def test_any_text_is_a_moment_or_a_reason(raw: str) -> None:
    assert isinstance(read_moment(raw), Moment | str)
