"""Forms: what they say is kept, and every mistake is found when they load."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Outcome
from gxsite.base.numerals import NumberType
from gxsite.base.text import Text
from gxsite.model.form import CellRef, Column, Form, cell_type, cell_unit
from gxsite.source.form import overlaps, read_form
from tests.unit.build import FORM_PATH, at, built_in, codes, form_text, fuzz, marked, only, quickly, small, sound


def read(source: str) -> Outcome[Form | None]:
    outcome = read_form(Text(FORM_PATH, source))
    sound(source, outcome.diagnostics)
    return outcome


def form(source: str) -> Form:
    outcome = read(source)
    assert not outcome.diagnostics, codes(outcome.diagnostics)
    assert outcome.value is not None
    return outcome.value


NESTED = """\
id: cn-x
family: cn
years: {from: 2019}
title: 表
basis: 某号文
status: local
extra: true
tables:
  - id: one
    title: 一
    stub: 指标
    unit: 件
    columns:
      - label: 申请人
        columns:
          - {id: natural, label: 自然人}
          - label: 法人
            columns:
              - {id: business, label: 企业}
              - {id: fee, label: 费用, unit: 元, type: decimal, places: 2}
      - {id: total, label: 总计}
    rows:
      - section: s
        number: 一、
        label: 段
        rows:
          - id: s.a
            label: 甲
            note: （注）
            unit: 条
            required: true
            rows:
              - {id: s.a.b, label: 其中：乙}
          - group: g
            label: 组
            rows:
              - {id: g.c, label: 丙, type: integer, signed: true}
      - {section: r, id: r.total, label: 复议, rows: [{id: r.x, label: 维持}]}
  - rows:
      - {id: z, label: 单}
"""


def test_a_form_in_all_its_parts() -> None:
    found = form(NESTED)
    assert (found.id, found.family, found.years, found.status) == ("cn-x", "cn", (2019, None), "local")
    assert (found.title, found.basis, found.extra, found.years_text) == ("表", "某号文", True, "2019-")
    one, two = found.tables
    assert [(c.id, c.heads) for c in one.columns] == [
        ("natural", ("申请人",)),
        ("business", ("申请人", "法人")),
        ("fee", ("申请人", "法人")),
        ("total", ()),
    ]
    assert two.columns == (Column("", ""),)
    assert [(r.kind, r.id, r.depth, r.under) for r in one.rows] == [
        ("section", "section:s", 0, ("section:s",)),
        ("indicator", "s.a", 1, ("section:s",)),
        ("indicator", "s.a.b", 2, ("section:s",)),
        ("group", "group:g", 1, ("section:s", "group:g")),
        ("indicator", "g.c", 2, ("section:s", "group:g")),
        ("indicator", "r.total", 0, ("section:r",)),
        ("indicator", "r.x", 1, ("section:r",)),
    ]
    assert (one.rows[0].name, one.rows[1].note, one.rows[1].required) == ("一、段", "（注）", True)


def test_units_and_types_come_from_column_row_or_table() -> None:
    found = form(NESTED)
    units = {str(ref): cell_unit(row, column) for ref, (_, row, column) in found.cells.items()}
    assert (units["s.a.natural"], units["s.a.fee"], units["s.a.b.natural"], units["z"]) == ("条", "元", "件", "")
    types = {str(ref): cell_type(row, column) for ref, (_, row, column) in found.cells.items()}
    assert types["s.a.natural"] == NumberType()
    assert types["s.a.fee"] == NumberType(2)
    assert types["g.c.total"] == NumberType(0, signed=True)


def test_cells_and_their_names() -> None:
    found = form(NESTED)
    assert [str(ref) for ref in found.cells][:4] == ["s.a.natural", "s.a.business", "s.a.fee", "s.a.total"]
    assert len(found.cells) == 5 * 4 + 1
    assert found.names["z"] == CellRef("z")
    assert "s.a" not in found.names
    assert found.rows["section:r"][1].id == "r.total"
    one_column = form(form_text(rows=["a"], columns=["n"]))
    assert one_column.names == {"a": CellRef("a", "n"), "a.n": CellRef("a", "n")}


def test_years_of_validity() -> None:
    found = form(NESTED)
    assert [found.fits(y) for y in (2018, 2019, 2100)] == [False, True, True]
    assert small().years_text == "2014-2018"
    assert [small().fits(y) for y in (2013, 2014, 2018, 2019)] == [False, True, True, False]


@pytest.mark.parametrize("name", ["cn-2014", "cn-narrative", "cn-2019", "cn-2021"])
def test_the_forms_that_come_with_gxsite_have_no_mistake(name: str) -> None:
    found = built_in(name)
    assert found.id == name
    assert not overlaps((found,))


def test_the_form_of_2014_has_its_58_cells_and_the_narrative_form_no_required_row() -> None:
    assert len(built_in("cn-2014").cells) == 58
    narrative = built_in("cn-narrative")
    assert narrative.extra
    assert not any(row.required for _, row in narrative.indicators())


# -- mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "mark"),
    [
        ("id: small", "id: Small", "GX203", "Small"),
        ("id: small\n", "", "GX202", "f"),
        ("family: test\n", "", "GX202", "i"),
        ("years: {from: 2014, to: 2018}", "years: 14", "GX203", "14"),
        ("years: {from: 2014, to: 2018}", "years: {from: 2018, to: 2014}", "GX203", "{from: 2018, to: 2014}"),
        ("title: 小表", "titel: 小表", "GX201", "titel"),
        ("title: 小表", "title: ''", "GX202", "title"),
        ("title: 小表", "title: 小表\nstatus: natonal", "GX221", "natonal"),
        ("title: 小表", "title: 小表\nextra: ja", "GX203", "ja"),
        ("title: 表一", "titel: 表一", "GX201", "titel"),
        ("title: 表一", "layout: sideways", "GX221", "sideways"),
        ("{id: b, label: 行b}", "{id: b, lable: 行b, label: 行b}", "GX201", "lable"),
        ("{id: b, label: 行b}", "{id: b}", "GX202", "{"),
        ("{id: b, label: 行b}", "{id: 2b, label: 行b}", "GX203", "2b"),
        ("{id: b, label: 行b}", "{id: a, label: 行b}", "GX231", "a"),
        ("{id: b, label: 行b}", "{label: 行b}", "GX237", "行b"),
        ("{id: b, label: 行b}", "{group: b, label: 行b, regulations: true}", "GX237", "true"),
        ("{id: b, label: 行b}", "{id: b, label: 行b, type: int}", "GX221", "int"),
        ("{id: b, label: 行b}", "{id: b, label: 行b, type: decimal, places: x}", "GX203", "x"),
        ("{id: b, label: 行b}", "b", "GX203", "b"),
    ],
)
def test_a_mistake_of_a_form_is_found_at_its_place(old: str, new: str, code: str, mark: str) -> None:
    source = form_text().replace(old, new, 1)
    found = only(read(source).diagnostics, code)
    assert marked(source, found) == mark


def test_without_rows_there_is_no_form() -> None:
    source = "id: xx\nfamily: xx\nyears: 2018\ntitle: x\ntables:\n  - rows:\n      - {section: s, label: 段}\n"
    outcome = read(source)
    assert outcome.value is None
    assert codes(outcome.diagnostics) == ["GX237"]


def test_an_id_used_twice_names_the_line_of_the_first() -> None:
    source = form_text(rows=["a", "{section: s, label: 段, rows: [{section: s, label: 段}, {id: a, label: 又}]}"])
    found = read(source).diagnostics
    assert [(d.code, d.fact["key"], d.fact["line"]) for d in found] == [("GX231", "section:s", 10), ("GX231", "a", 9)]
    assert [(at(d)[0], marked(source, d)) for d in found] == [(10, "s"), (10, "a")]
    assert at(found[0])[1] == source.split("\n")[9].rindex("section: s") + len("section: ") + 1


def test_columns_used_twice_or_without_id() -> None:
    source = form_text(columns=["n", "t"]).replace("{id: t, label: 列t}", "{id: n, label: 又}")
    twice = only(read(source).diagnostics, "GX231")
    assert (marked(source, twice), twice.fact["line"]) == ("n", 9)
    source = form_text(columns=["n", "t"]).replace("{id: t, label: 列t}", "{label: 列t}")
    assert marked(source, only(read(source).diagnostics, "GX237")) == "列t"


def test_a_cell_named_like_an_indicator_is_refused() -> None:
    source = form_text(rows=["a", "a.total"], columns=["n", "total"])
    found = only(read(source).diagnostics, "GX232")
    assert at(found) == (13, 14, 7)
    assert (found.fact["key"], found.fact["indicator"], found.fact["column"]) == ("a.total", "a", "total")


@pytest.mark.parametrize("places", [-1, 7, 30])
def test_the_number_of_places_has_bounds(places: int) -> None:
    source = form_text(rows=[f"{{id: a, label: 甲, type: decimal, places: {places}}}"])
    outcome = read(source)
    assert outcome.value is not None
    assert 0 <= outcome.value.cells[CellRef("a")][1].type.places <= 6


def test_tables_have_ids_of_their_own() -> None:
    source = form_text() + "  - {id: one, rows: [{id: z, label: 单}]}\n"
    assert codes(read(source).diagnostics) == ["GX231"]


def test_one_bad_column_id_is_one_finding() -> None:
    source = form_text(columns=["n", "t"]).replace("{id: t, label: 列", "{id: 2t, label: 列")
    assert codes(read(source).diagnostics) == ["GX203"]


# -- editions of a family -----------------------------------------------------------------------------------------


def edition(name: str, family: str, years: str) -> Form:
    return form(
        form_text()
        .replace("id: small", f"id: {name}")
        .replace("family: test", f"family: {family}")
        .replace("years: {from: 2014, to: 2018}", f"years: {years}")
    )


@pytest.mark.parametrize(
    ("one", "two", "years"),
    [
        ("{from: 2014, to: 2018}", "{from: 2018, to: 2020}", "2018-2018"),
        ("{from: 2014}", "2020", "2020-2020"),
        ("{from: 2014}", "{from: 2019}", "2019-"),
        ("{from: 2019}", "{from: 2014}", "2019-"),
    ],
)
def test_editions_of_a_family_may_not_overlap(one: str, two: str, years: str) -> None:
    found = only(overlaps((edition("aa", "cn", one), edition("bb", "cn", two))), "GX235")
    assert (found.fact["form"], found.fact["other"], found.fact["years"]) == ("bb", "aa", years)
    assert at(found)[:2] == (3, 8)


def test_other_families_and_other_years_do_not_overlap() -> None:
    local = edition("cc", "cn-local", "{from: 2014}")
    forms = (edition("aa", "cn", "{from: 2014, to: 2018}"), edition("bb", "cn", "{from: 2019}"), local)
    assert not overlaps(forms)


# -- anything -----------------------------------------------------------------------------------------------------


@fuzz
@given(st.data())
def test_a_form_with_a_line_changed_never_raises(data: st.DataObject) -> None:
    lines = NESTED.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = data.draw(
        st.sampled_from(["", "x", "  - ", "a: [", "years: {from: x}", "    rows: 5", "      - {id: s.a, label: }"])
        | st.text(max_size=20).map(lambda s: "".join(c for c in s if c.isprintable()))
    )
    read("\n".join(lines))


def test_a_form_of_many_rows_and_relations_loads_within_a_second() -> None:
    rows = [f"r{n}" for n in range(700)]
    source = form_text(*(f"id: q{n}, rule: r{n} <= r{n + 1}" for n in range(600)), rows=rows)
    with quickly():
        assert not read(source).diagnostics


# -- headlines --------------------------------------------------------------------------------------------------


def headlines(source: str) -> list[tuple[str, str]]:
    return [(str(headline.ref), headline.label) for headline in form(source).headlines]


def test_headlines_are_the_cells_that_the_form_names() -> None:
    source = form_text(more="headlines: [{cell: t, label: 合计}, {cell: b}]")
    assert headlines(source) == [("t", "合计"), ("b", "行b")]


def test_without_headlines_the_first_figure_of_each_section_stands_for_a_report() -> None:
    assert headlines(form_text(columns=("n", "total"))) == [("a.total", "行a")]
    sections = ["{section: s, label: 甲段, rows: [{id: s.a, label: 甲}, {id: s.b, label: 乙}]}"]
    sections += ["{section: e, id: e.total, label: 乙段, rows: [{id: e.a, label: 丙}]}"]
    assert headlines(form_text(rows=sections)) == [("s.a", "甲"), ("e.total", "乙段")]


def test_a_headline_that_is_no_cell_is_found() -> None:
    source = form_text(more="headlines: [{cell: tt}, {cell: b}]")
    outcome = read(source)
    found = only(outcome.diagnostics, "GX223")
    assert marked(source, found) == "tt"
    assert outcome.value is not None
    assert [str(headline.ref) for headline in outcome.value.headlines] == ["b"]
    assert codes(read(form_text(more="headlines: [{label: 甲}]")).diagnostics) == ["GX202"]
