"""All reports: summaries are unpacked when they are asked for, many together, each once."""

from collections.abc import Sequence

import pytest

from gxsite.model import reports
from gxsite.model.reports import Entry, Grouped, Reports, entry_of
from gxsite.model.summary import NOTHING_ASKED, Summary, summarise
from tests.unit.build import report_of, small

FORM = small(rows=("a",))
ONE = summarise(report_of(FORM, {"a": 1}), FORM, NOTHING_ASKED, b"digest", settled=True)


class Packed:
    """Reports of some agencies and years, and the keys that were unpacked together."""

    def __init__(self, agencies: Sequence[str], years: Sequence[int]) -> None:
        summaries = [ONE._replace(agency=a, year=y, told=f"{a}{y}".encode()) for a in agencies for y in years]
        self.known = {summary.key: summary for summary in summaries}
        self.asked: list[list[str]] = []
        self.reports = Reports(map(entry_of, reversed(summaries)), self.unpack)

    def unpack(self, entries: Sequence[Entry]) -> list[Summary]:
        self.asked.append([entry.key for entry in entries])
        return [self.known[entry.key]._replace() for entry in entries]


def test_entries_are_in_order_and_cost_nothing() -> None:
    packed = Packed("ba", (2019, 2018))
    assert list(packed.reports) == ["a/2018", "a/2019", "b/2018", "b/2019"]
    assert (len(packed.reports), "a/2018" in packed.reports, "a/2017" in packed.reports) == (4, True, False)
    assert packed.reports.entries["a/2018"].told == b"a2018"
    assert packed.asked == []


def test_one_is_unpacked_once() -> None:
    packed = Packed("ab", (2018, 2019))
    assert packed.reports["a/2018"] is packed.reports["a/2018"]
    assert packed.reports.get("c/2018") is None
    with pytest.raises(KeyError):
        packed.reports["c/2018"]
    assert packed.asked == [["a/2018"]]


def test_all_come_together_in_order_and_leave_the_first_as_it_was() -> None:
    packed = Packed("ab", (2018, 2019))
    first = packed.reports["b/2018"]
    assert [summary.key for summary in packed.reports.values()] == list(packed.reports)
    assert packed.reports["b/2018"] is first
    assert dict(packed.reports.items()) == packed.known
    assert packed.asked == [["b/2018"], list(packed.reports)]


def test_who_asks_for_many_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MANY", 2)
    packed = Packed("abc", (2018,))
    for key in ("a/2018", "b/2018", "c/2018"):
        assert packed.reports[key].key == key
    assert [len(keys) for keys in packed.asked] == [1, 1, 3]


def test_groups_are_made_up_when_they_are_asked_for() -> None:
    packed = Packed("ab", (2018, 2019))
    grouped = Grouped({"a": ["a/2018", "a/2019"], "b": ["b/2018"]}, packed.reports)
    assert (list(grouped), len(grouped), "a" in grouped, "c" in grouped) == (["a", "b"], 2, True, False)
    assert packed.asked == []
    assert grouped["a"] is grouped["a"] == (packed.reports["a/2018"], packed.reports["a/2019"])
    assert grouped.get("c", ()) == ()
    assert packed.asked == [["a/2018"], ["a/2019"]]


def test_summaries_at_hand() -> None:
    at_hand = Reports.of([ONE])
    assert at_hand[ONE.key] is ONE
    assert list(at_hand.values()) == [ONE]
