"""The tables of a report as templates see them: shared with other reports is all but the figures, and nothing else."""

import random
from collections.abc import Mapping

import pytest

from gxsite.model.form import Form
from gxsite.site.shapes import KEPT
from gxsite.site.tables import tables_of
from gxsite.site.views import RowView, TableView
from gxsite.source.form import read_form
from tests.unit.build import FORM_PATH, built_in, report_of, small, text_of

OWN = "indicators:\n  - {id: x.own, label: 丙, unit: 期}\n"
FORM = """\
id: parts
family: test
years: {from: 2014, to: 2018}
title: 分段表
extra: true
tables:
  - id: one
    title: 甲表
    rows:
      - section: s
        label: 一、申请
        rows:
          - {id: s.a, label: 甲, unit: 件}
          - group: s.g
            label: 其中
            rows: [{id: s.b, label: 乙, unit: 件}, {id: s.c, label: 丙}]
      - section: e
        label: 二、其他
        rows: [{id: e.d, label: 丁, unit: 次}]
"""
WIDE = """\
id: wide
family: test
years: {from: 2014, to: 2018}
title: 宽表
tables:
  - id: two
    spanner: 情况
    unit: 件
    columns:
      - {id: n, label: 自然人}
      - label: 法人
        columns: [{id: b, label: 企业}, {id: o, label: 其他}]
    rows:
      - {id: a, label: 甲}
      - group: g
        label: 其中
        rows: [{id: c, label: 乙}]
"""


def form(source: str) -> Form:
    read = read_form(text_of(source, FORM_PATH))
    assert read.value is not None
    assert not read.diagnostics
    return read.value


PARTS, COLUMNS = form(FORM), form(WIDE)
PLAIN = {"s.a": 1, "s.b": 0, "s.c": 3, "e.d": 4}


def table(of: Form, cells: Mapping[str, object], more: str = "") -> TableView:
    (only,) = tables_of(report_of(of, cells, more), of)
    return only


def row(of: TableView, name: str) -> RowView:
    return next(row for row in of.rows if row.id == name)


def texts(of: TableView) -> dict[str, list[str]]:
    return {row.id: [cell.text for cell in row.cells] for row in of.rows if row.cells}


# -- what is shared ---------------------------------------------------------------------------------------------------


def test_reports_on_one_form_share_all_but_their_figures() -> None:
    one, two = table(PARTS, PLAIN), table(PARTS, {**PLAIN, "s.a": 2, "s.c": 0})
    assert one.shape is two.shape
    assert all(a.shape is b.shape for a, b in zip(one.rows, two.rows, strict=True))
    assert row(one, "s.a").cells[0].shape is row(two, "s.a").cells[0].shape
    assert row(one, "s.c").cells[0].shape.zero is False
    assert row(two, "s.c").cells[0].shape.zero is True
    assert texts(one) == {"s.a": ["1"], "s.b": ["0"], "s.c": ["3"], "e.d": ["4"]}
    assert texts(two) == {"s.a": ["2"], "s.b": ["0"], "s.c": ["0"], "e.d": ["4"]}


def test_own_rows_and_units_are_in_no_other_report() -> None:
    for _ in range(2):
        with_unit = table(PARTS, PLAIN, "units: {s.c: 元}\n")
        with_row = table(PARTS, {**PLAIN, "x.own": 6}, OWN)
        plain = table(PARTS, PLAIN)
        assert [r.unit for r in with_unit.rows if r.cells] == ["件", "件", "元", "次"]
        assert [r.unit for r in plain.rows if r.cells] == ["件", "件", "", "次"]
        assert [r.id for r in with_row.rows if not r.form_row] == ["x.own"]
        assert [r.id for r in plain.rows if not r.form_row] == []


def test_equal_forms_that_are_not_the_same_are_told_apart() -> None:
    other = form(FORM.replace("甲表", "乙表"))
    assert (table(PARTS, PLAIN).title, table(other, PLAIN).title) == ("甲表", "乙表")


def test_more_reports_with_units_of_their_own_than_are_kept() -> None:
    for _ in range(2):
        for n in range(KEPT + 3):
            assert row(table(PARTS, PLAIN, f"units: {{s.c: 元{n}}}\n"), "s.c").unit == f"元{n}"


@pytest.mark.parametrize("name", ["cn-narrative", "cn-2014", "cn-2019", "cn-2021"])
def test_every_figure_stands_where_it_was_written(name: str) -> None:
    """The rows of a file may come in any order."""
    of, rng = built_in(name), random.Random(name)
    cells = {str(ref): number for number, ref in enumerate(of.cells, 1)}
    rows: dict[str, dict[str, int]] = {}
    for ref in of.cells:
        rows.setdefault(ref.indicator, {})[ref.column] = cells[str(ref)]
    order = list(rows)
    rng.shuffle(order)
    written = {
        i: "{" + ", ".join(f"{c}: {n}" for c, n in rows[i].items()) + "}" if list(rows[i]) != [""] else rows[i][""]
        for i in order
    }
    printed = [cell for t in tables_of(report_of(of, written), of) for row in t.rows for cell in row.cells]
    assert {f"{c.indicator}.{c.column}".rstrip("."): c.text for c in printed} == {k: str(n) for k, n in cells.items()}


# -- headings ---------------------------------------------------------------------------------------------------------


def test_every_cell_names_all_its_headings() -> None:
    wide = table(COLUMNS, {"a": "[1, 2, 3]", "c": "[4, 5, 6]"})
    first, last = row(wide, "a"), row(wide, "c")
    assert [c.headers for c in first.cells] == [
        "two-a t1-1-1 t1-2-1",
        "two-a t1-1-1 t1-2-2 t1-3-2",
        "two-a t1-1-1 t1-2-2 t1-3-3",
    ]
    assert [c.headers.split()[:2] for c in last.cells] == [["two-group:g", "two-c"]] * 3
    ids = {row.shape.anchor for row in wide.rows} | {cell.id for line in wide.head for cell in line}
    assert {name for r in wide.rows for c in r.cells for name in c.headers.split()} <= ids
    assert [(c.column_label, c.shape.label, c.shape.group, c.shape.starts) for c in first.cells] == [
        ("自然人", "自然人", "", False),
        ("法人 / 企业", "企业", "法人", True),
        ("法人 / 其他", "其他", "法人", False),
    ]


def test_rows_say_what_begins_with_them() -> None:
    parts = table(PARTS, {**PLAIN, "x.own": 6}, OWN)
    assert [(r.id, r.shape.opens) for r in parts.rows if r.shape.opens] == [
        ("section:s", "table"), ("section:e", "part"), ("x.own", "own"),
    ]  # fmt: skip
    assert row(parts, "s.b").shape.headers == "one-section:s one-group:s.g one-s.b"
    assert row(parts, "x.own").shape.headers == "one-own one-x.own"
    assert parts.shape.parted
    assert not table(small(), {"a": 1}).shape.parted


def test_own_rows_have_a_table_of_their_own_beside_several_columns() -> None:
    of = small(columns=["n", "m"], more="extra: true")
    first, own = tables_of(report_of(of, {"a": "[1, 2]", "x.own": 7}, OWN), of)
    assert (own.id, own.title, texts(own), own.rows[0].shape.opens) == ("own", "自设指标", {"x.own": ["7"]}, "table")
    (alone,) = tables_of(report_of(of, {"a": "[1, 2]"}), of)
    assert first == alone
    assert first.shape is alone.shape


# -- units, signs -----------------------------------------------------------------------------------------------------


def test_a_unit_is_said_once() -> None:
    """By the table if it is the same everywhere, else by the row, else behind the figure."""
    one = table(COLUMNS, {"a": "[1, 2, 3]"})
    assert (one.unit, {c.measure for r in one.rows for c in r.cells}) == ("件", {""})
    mixed = table(PARTS, PLAIN)
    assert (mixed.unit, mixed.units, [r.unit for r in mixed.rows if r.cells]) == ("", True, ["件", "件", "", "次"])
    assert {c.measure for r in mixed.rows for c in r.cells} == {""}
    of = form(WIDE.replace("    unit: 件\n", "").replace("label: 自然人}", "label: 自然人, unit: 人}"))
    given = table(of, {"a": "[1, 2, ~]"}, "units: {a.b: 件, a.o: 件}\n")
    assert (given.unit, given.units, [c.measure for c in row(given, "a").cells]) == ("", False, ["人", "件", ""])


def test_signs_are_those_that_occur() -> None:
    assert table(PARTS, PLAIN).signs == ()
    odd = table(PARTS, {"s.a": "约30", "s.b": "/", "s.c": "无", "e.d": "~"})
    assert odd.signs == ("approximate", "blank", "none", "not_applicable")
    cells = {r.id: r.cells[0] for r in odd.rows if r.cells}
    assert [(c.text, c.value, c.shape.sign) for c in cells.values()] == [
        ("约30", "30", ""), ("/", "", "/"), ("无", "", "无"), ("", "", ""),
    ]  # fmt: skip
    assert [c.status for c in cells.values()] == ["reported", "not_applicable", "none", "blank"]


def test_a_section_under_which_nothing_happened_says_so() -> None:
    nothing = table(PARTS, {"section:s": "无", "e.d": 1})
    assert {r.id: r.says for r in nothing.rows if r.says} == {"section:s": "无", "group:s.g": "无"}
    assert [r.says for r in table(PARTS, PLAIN).rows] == [""] * len(nothing.rows)
    assert nothing.signs == ("none_by_section",)
