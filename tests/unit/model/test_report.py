"""Reports as values: what is pickled comes back as it was, and takes little room."""

import copy
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Span
from gxsite.base.numerals import Interval
from gxsite.model.cells import Cell, Cells, Status, is_plain
from gxsite.model.form import CellRef
from gxsite.model.report import Report
from gxsite.source.report import read_report
from tests.needs import ROOT
from tests.unit.build import built_in, fuzz, read, report_text, small, text_of

OWN = small(rows=["a", "{id: b, label: 乙}"], columns=["n", "m"], more="extra: true")
FORMS = {name: built_in(name) for name in ("cn-narrative", "cn-2014", "cn-2019", "cn-2021")}


def assert_comes_back(report: Report) -> None:
    """Equal, and equal in the digits that Decimal keeps but does not compare."""
    back = pickle.loads(pickle.dumps(report, pickle.HIGHEST_PROTOCOL))
    assert back == report
    assert repr(back) == repr(report)


@pytest.mark.parametrize(
    "table",
    [
        "  a: [1, 0]\n  b: [~, 无]\n",
        "  a: [12, 3]\n  b: ['4', \"5\"]\n  x.own: 1.50\n",
        "  a: ['1,860', 280多]\n  b: [约30, 不少于1]\n  x.own: 0.0\n",
        "  a: [１２, 3件]\n  b: [/, x]\n",
        "  a: {n: 1}\n  b: 7\n",
        "  a: |\n    7\n  b: 无\n",
        "",
    ],
)
def test_a_report_comes_back_as_it_was(table: str) -> None:
    more = "indicators:\n  - {id: x.own, label: 本地, type: decimal}\ncard: {index_number: '1', extra: {甲: 乙}}\n"
    report = read(report_text(table, more=more, body="一 {{ a.n }} [二](三.md)\n"), OWN).value
    assert_comes_back(report)
    assert copy.deepcopy(report) == report


@pytest.mark.parametrize("path", sorted((ROOT / "content").glob("*/2*.md")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_real_reports_come_back_as_they_were(path: Path) -> None:
    assert_comes_back(read_report(text_of(path.read_bytes()), path.parent.name, int(path.stem), FORMS).value)


def test_a_report_without_a_form_comes_back() -> None:
    report = read(report_text("  a: 1\n")).value
    assert not report.cells
    assert_comes_back(report)


def test_nothing_derived_is_pickled_and_cells_are_found_by_reference() -> None:
    report = read(report_text("  a: [1, 2]\n  b: [3, ~]\n"), OWN).value
    fresh = pickle.dumps(report)
    assert report.cell[CellRef("a", "m")].digits == "2"
    assert report.unit == {}
    assert pickle.dumps(report) == fresh
    back = pickle.loads(fresh)
    assert back.cell[CellRef("a", "m")] == report.cell[CellRef("a", "m")]
    assert back.cell[CellRef("b", "m")].status is Status.BLANK


def test_what_is_pickled_is_little_more_than_the_file() -> None:
    table = {row.id: 0 for _, row in FORMS["cn-2014"].indicators()}
    source = report_text(table, "cn-2014", body="字" * 1000)
    report = read_report(text_of(source), "demo", 2018, FORMS).value
    assert len(pickle.dumps(report)) < len(source.encode()) + 500


bounds = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
words = st.text(max_size=4) | st.integers(0, 99).map(str)
spans = st.none() | st.builds(Span, *[st.integers(1, 300)] * 4)
cells = st.builds(
    Cell,
    st.builds(CellRef, st.sampled_from(("a", "b.c")), st.sampled_from(("", "n"))),
    st.sampled_from(Status),
    words,
    words,
    st.booleans(),
    st.builds(Interval, bounds, bounds),
    spans,
)


TWELVE, FINER, THIRTEEN = Decimal(12), Decimal("12.0"), Decimal(13)
PLAIN = Cell(CellRef("a", "n"), Status.REPORTED, "12", "12", False, Interval(TWELVE, TWELVE), Span(3, 4, 3, 6))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"ref": CellRef("a")},
        {"status": Status.NONE},
        {"digits": "12.0"},
        {"raw": "１２"},
        {"approximate": True},
        {"interval": Interval(TWELVE, THIRTEEN)},
        {"interval": Interval(THIRTEEN, THIRTEEN)},
        {"interval": Interval(FINER, FINER)},
        {"interval": Interval(TWELVE, None)},
        {"interval": Interval(None, TWELVE)},
        {"interval": Interval(TWELVE, FINER)},
        {"span": None},
        {"span": Span(3, 4, 3, 8)},
        {"span": Span(3, 4, 4, 6)},
    ],
)
def test_what_is_nearly_a_plain_figure_keeps_its_difference(change: dict[str, object]) -> None:
    cells = (PLAIN, PLAIN._replace(**change))  # type: ignore[arg-type]
    assert repr(tuple(Cells.of(cells))) == repr(cells)
    assert repr(tuple(pickle.loads(pickle.dumps(Cells.of(cells))))) == repr(cells)


@fuzz
@given(st.lists(cells, max_size=6).map(tuple))
def test_any_cells_come_back(written: tuple[Cell, ...]) -> None:
    kept = Cells.of(written)
    back = pickle.loads(pickle.dumps(kept))
    assert back == kept
    assert [tuple(kept), tuple(back)] == [written, written]
    assert repr(tuple(kept)) == repr(tuple(back)) == repr(written)
    assert [kept[at] for at in range(len(kept))] == [*written]
    assert kept.all_plain == all(is_plain(cell) for cell in written)
