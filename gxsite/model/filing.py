"""When a report is due."""

from __future__ import annotations

from gxsite.model.agency import Agency

LAST_YEAR_OF_OLD_LAW = 2018
GOVERNMENT_DEADLINE = "03-31"
OFFICE_DEADLINE = "01-31"


def deadline(agency: Agency, year: int) -> str:
    """The last lawful day of publication for a report year, ``YYYY-MM-DD``.

    条例 of 2007: 31 March for all. 条例 of 2019: 31 January for departments and townships, 31 March for governments;
    where the kind is not known the later one is taken.
    """
    if agency.deadline:
        day = agency.deadline
    elif year > LAST_YEAR_OF_OLD_LAW and agency.kind in ("department", "township"):
        day = OFFICE_DEADLINE
    else:
        day = GOVERNMENT_DEADLINE
    return f"{year + 1}-{day}"
