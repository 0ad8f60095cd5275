"""Dates as written in a report: a day, perhaps with a time, in the portal's offset from UTC."""

from __future__ import annotations

import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1990, 2100
DAY = len("2019-03-26")  # of a moment as text


class Moment(NamedTuple):
    """A day with the time that was written beside it ("" if none). Compares by day first."""

    year: int
    month: int
    day: int
    time: str = ""

    @property
    def date(self) -> str:
        """``2019-03-26``."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def minute(self) -> str:
        """``2019-03-26 08:59``, midnight if no time is known."""
        return f"{self.date} {self.time[:5] or '00:00'}"

    def __str__(self) -> str:
        return f"{self.date} {self.time}".rstrip()

    def iso(self, offset: str) -> str:
        """RFC 3339, as feeds want it."""
        time = self.time or "00:00"
        return f"{self.date}T{time if len(time) > 5 else time + ':00'}{offset}"


_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?))?")


def read_moment(raw: str) -> Moment | str:
    """The moment a text gives, or the key of the phrase that says why it gives none."""
    match = _MOMENT.fullmatch(raw.strip())
    if not match:
        return "date.format"
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return "date.calendar"
    if not 1 <= day <= _days(year, month):
        return "date.calendar"
    return Moment(year, month, day, match[4] or "")


def _days(year: int, month: int) -> int:
    """How many days a month has; the library's calendar takes longer to import than a report to read."""
    if month == 2:
        return 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return 30 if month in (4, 6, 9, 11) else 31


def read_year(raw: str) -> int | None:
    """A year from 1990 to 2100, or None."""
    return int(raw) if re.fullmatch("[0-9]{4}", raw) and FIRST_YEAR <= int(raw) <= LAST_YEAR else None
