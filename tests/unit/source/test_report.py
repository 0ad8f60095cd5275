"""Report files: what is read, what must agree, and that nothing in one can stop the reader."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.dates import Moment
from gxsite.base.diagnostic import Outcome, in_order
from gxsite.base.numerals import NumberType
from gxsite.base.text import decode
from gxsite.model.cells import Status
from gxsite.model.form import CellRef
from gxsite.model.report import Report
from gxsite.source.front import MAX_FILE
from gxsite.source.report import read_report
from tests.needs import ROOT
from tests.unit.build import (
    PATH,
    at,
    built_in,
    cell_of,
    codes,
    fuzz,
    inside,
    marked,
    only,
    quickly,
    read,
    report_text,
    small,
    sound,
    text_of,
)

OPEN_UNITS = small(rows=["a", "{id: b, label: 乙, unit: 件}"], columns=["n", "m"], more="extra: true")
PLAIN = small(rows=["a", "b"])
FORMS = {name: built_in(name) for name in ("cn-2014", "cn-narrative")}


def report(more: str, table: str = "  a: 1\n  b: 2\n") -> tuple[Report, list[str]]:
    source = report_text(table, more=more)
    outcome = read(source, PLAIN)
    sound(source, outcome.diagnostics)
    return outcome.value, codes(outcome.diagnostics)


def test_a_whole_report() -> None:
    value, found = report(
        "published: 2019-03-26 08:59\nsigned: 2019-03-14\nfiled: 2019-03-20\n"
        "scope: consolidated\nagency: demo\nyear: 2018\n"
    )
    assert not found
    assert (value.key, value.path, value.title, value.form) == ("demo/2018", PATH, "某某年度报告", "small")
    assert value.published is not None
    assert value.signed is not None
    assert value.filed is not None
    assert value.published.moment == Moment(2019, 3, 26, "08:59")
    assert tuple(value.published.span) == (7, 12, 7, 28)
    assert (value.signed.moment.date, value.filed.moment.date) == ("2019-03-14", "2019-03-20")
    assert (value.scope, value.damaged) == ("consolidated", False)
    assert [cell.digits for cell in value.cells] == ["1", "2"]
    assert value.cell[CellRef("b")].digits == "2"
    assert value.body.text == "正文。\n"


def test_what_is_not_given_is_nothing() -> None:
    value, found = report("")
    assert not found
    assert (value.published, value.signed, value.filed, value.scope, value.withdrawn) == (None,) * 5
    assert (value.waivers, value.corrections, value.sign_off, value.units, value.rows) == ((),) * 5


@pytest.mark.parametrize(
    ("more", "code", "mark"),
    [
        ("agency: other", "GX801", "other"),
        ("year: 2017", "GX802", "2017"),
        ("year: '02018'", "GX802", "'02018'"),
        ("year: [2018]", "GX203", "[2018]"),
        ("pubished: 2019-01-01", "GX201", "pubished"),
        ("published: 2019-2-3", "GX401", "2019-2-3"),
        ("signed: 2019-02-30", "GX401", "2019-02-30"),
        ("filed: 明天", "GX401", "明天"),
        ("scope: everything", "GX221", "everything"),
        ("card: x", "GX203", "x"),
        ("waivers: {check: x}", "GX203", "{check: x}"),
        ("title: 又", "GX103", "title"),
        ("indicators: [{id: x.a, label: 甲}]", "GX222", "[{id: x.a, label: 甲}]"),
        ("units: {a: 元, zz: 元}", "GX223", "zz"),
    ],
)
def test_a_mistake_in_front_matter_is_found_at_its_place(more: str, code: str, mark: str) -> None:
    source = report_text("  a: 1\n  b: 2\n", more=more + "\n")
    outcome = read(source, PLAIN)
    sound(source, outcome.diagnostics)
    assert codes(outcome.diagnostics) == [code]
    assert marked(source, outcome.diagnostics[0]) == mark
    assert outcome.diagnostics[0].place.span.line == 7


@pytest.mark.parametrize("more", ["agency: demo", "year: 2018", "year: '2018'", "agency:\nyear: ~"])
def test_agency_and_year_may_be_repeated(more: str) -> None:
    assert report(more + "\n")[1] == []


# -- the form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["", "form:\n", "form: ~\n", 'form: ""\n'])
def test_a_report_needs_a_form(line: str) -> None:
    outcome = read(f"---\ntitle: 题\n{line}table:\n  a: 1\n---\n", PLAIN)
    assert codes(outcome.diagnostics) == ["GX202"]
    assert outcome.value.damaged
    assert not outcome.value.cells


@pytest.mark.parametrize("line", ["", "title:\n", "title: ''\n", "title: '  '\n"])
def test_a_report_needs_a_title(line: str) -> None:
    outcome = read(f"---\n{line}form: small\ntable:\n  a: 1\n  b: 1\n---\n", PLAIN)
    assert codes(outcome.diagnostics) == ["GX202"]


def test_a_form_that_does_not_exist() -> None:
    source = report_text({"a": "1"}, form="smal")
    outcome = read(source, PLAIN)
    found = only(outcome.diagnostics, "GX211")
    assert (at(found), found.fact["near"], found.fact["known"]) == ((3, 7, 4), "small", "small")
    assert outcome.value.damaged
    assert codes(outcome.diagnostics) == ["GX211"]


def test_a_form_of_other_years_is_a_warning_that_names_the_fitting_one() -> None:
    late = replace(PLAIN, id="late", years=(2019, None))
    outcome = read_report(text_of(report_text({"a": "1"}, "late")), "demo", 2018, {"small": PLAIN, "late": late})
    found = only(outcome.diagnostics, "GX212")
    assert (found.severity, found.fact["years"], found.fact["year"]) == ("warning", "2019-", 2018)
    assert found.fact["fitting"] == "small"
    assert not outcome.value.damaged


# -- own rows and units -------------------------------------------------------------------------------------------


def own(indicators: str, table: str = "") -> Outcome[Report]:
    source = report_text("  a: [1, 1]\n  b: [1, 1]\n" + table, more=f"indicators: {indicators}\n")
    outcome = read(source, OPEN_UNITS)
    sound(source, outcome.diagnostics)
    return outcome


def test_rows_of_ones_own_follow_those_of_the_form() -> None:
    outcome = own(
        "[{id: x.site_budget, label: 改版投入, unit: 万元, type: decimal, note: （注）}, "
        "{id: x.b.c, label: 乙, signed: true}]",
        "  x.site_budget: 12.5\n",
    )
    assert not outcome.diagnostics
    budget, change = outcome.value.rows
    assert (budget.id, budget.label, budget.unit, budget.type) == ("x.site_budget", "改版投入", "万元", NumberType(6))
    assert (budget.form_row, change.type) == (False, NumberType(0, signed=True))
    assert [str(c.ref) for c in outcome.value.cells] == ["a.n", "a.m", "b.n", "b.m", "x.site_budget", "x.b.c"]
    assert cell_of(outcome.value, "x.site_budget").digits == "12.5"
    blank = cell_of(outcome.value, "x.b.c")
    assert (blank.status, blank.interval.low) == (Status.BLANK, None)


@pytest.mark.parametrize(
    ("indicators", "code", "mark"),
    [
        ("[{id: budget, label: 甲}]", "GX220", "budget"),
        ("[{id: x, label: 甲}]", "GX220", "x"),
        ("[{id: x.题, label: 甲}]", "GX220", "x.题"),
        ("[{id: x.a, label: 甲}, {id: x.a, label: 乙}]", "GX220", "x.a"),
        ("[{label: 甲}]", "GX202", "{"),
        ("[{id: x.a}]", "GX202", "{"),
        ("[{id: x.a, label: 甲, typ: decimal}]", "GX201", "typ"),
        ("[{id: x.a, label: 甲, type: float}]", "GX221", "float"),
        ("[x.a]", "GX203", "x.a"),
    ],
)
def test_a_bad_row_of_ones_own(indicators: str, code: str, mark: str) -> None:
    found = own(indicators).diagnostics
    source = report_text("  a: [1, 1]\n  b: [1, 1]\n", more=f"indicators: {indicators}\n")
    assert (codes(found), marked(source, found[0])) == ([code], mark)


@pytest.mark.parametrize(("places", "kept"), [("2", 2), ("0", 0), ("99", 6), ("-3", 0)])
def test_places_of_ones_own_rows_have_bounds(places: str, kept: int) -> None:
    outcome = own(f"[{{id: x.a, label: 甲, type: decimal, places: {places}}}]", "  x.a: 约1.5\n" if kept else "")
    assert outcome.value.rows[0].type.places == kept


def test_a_row_of_ones_own_is_misspelt() -> None:
    found = only(own("[{id: x.budget, label: 甲}]", "  x.bugdet: 1\n").diagnostics, "GX204")
    assert (found.fact["near"], at(found)) == ("x.budget", (7, 3, 8))


def test_a_report_may_name_a_unit_only_where_the_form_leaves_it_open() -> None:
    def units(written: str) -> tuple[tuple[tuple[str, str], ...], list[str]]:
        outcome = read(report_text("  a: [1元, 1]\n  b: [1, 1]\n", more=f"units: {written}\n"), OPEN_UNITS)
        return outcome.value.units, codes(outcome.diagnostics)

    assert units("{a: 元}") == ((("a.n", "元"), ("a.m", "元")), ["GX209"])
    assert units("{a.n: 元}") == ((("a.n", "元"),), ["GX209"])
    assert units("{b: 元}") == ((), ["GX219", "GX207"])
    assert units("{c: 元}") == ((), ["GX223", "GX207"])
    assert units("{a: [元]}") == ((), ["GX203", "GX207"])
    assert units("元") == ((), ["GX203", "GX207"])


# -- a table that cannot be read ----------------------------------------------------------------------------------


def test_without_a_table_all_is_blank() -> None:
    outcome = read("---\ntitle: 题\nform: small\n---\n", PLAIN)
    assert codes(outcome.diagnostics) == ["GX216"]
    assert {cell.status for cell in outcome.value.cells} == {Status.BLANK}


@pytest.mark.parametrize("table", ["table: 5\n", "table: [1]\n", "table: a：1\n"])
def test_a_table_that_is_no_mapping_is_one_finding(table: str) -> None:
    outcome = read(f"---\ntitle: 题\nform: small\n{table}---\n", PLAIN)
    assert codes(in_order(outcome.diagnostics)) == ["GX203"]


def test_all_problems_of_a_file_in_one_run() -> None:
    source = report_text(
        "  disclosure.total: 1,8600\n  requests.received.totl: 3\n  complaint.total: -1\n  fee.total: -\n"
        "  office.units: 1\n  office.units: 2\n  training.people：5\n",
        "cn-2014",
        "pubished: 2019-03-04\nsigned: 2019-02-30\n𠮷: x\n",
        "# 题\n\n见 {{ fee.total }}。\n",
    )
    outcome = read_report(text_of(source), "demo", 2018, FORMS)
    sound(source, outcome.diagnostics)
    found = [(d.place.span.line, d.code) for d in sorted(outcome.diagnostics, key=lambda d: d.place.span)]
    assert found == [
        *((5, "GX207"), (6, "GX204"), (7, "GX208"), (8, "GX112"), (10, "GX103"), (11, "GX104")),
        *((12, "GX201"), (13, "GX401"), (14, "GX201"), (16, "GX601")),
    ]
    assert outcome.value.damaged


def test_a_damaged_report_says_so() -> None:
    assert read(report_text("  a: x: y\n"), PLAIN).value.damaged
    assert not read(report_text("  a: 1\n"), PLAIN).value.damaged


# -- anything -----------------------------------------------------------------------------------------------------

EXAMPLE = (ROOT / "content/tanghe/2018.md").read_text("utf-8")
NARRATIVE = (ROOT / "content/hewu/2011.md").read_text("utf-8")
shreds = st.sampled_from(
    [
        *(
            "",
            "---",
            "- ",
            "[",
            "{a: ",
            "'",
            '"',
            "|",
            "&a",
            "*a",
            "!x",
            "<<: 1",
            "#公开",
            "：",
            "\t",
            "\u3000",
            "~",
            "-",
        ),
        *(
            "1,860",
            "约30",
            "280多",
            "无",
            "/",
            "减4",
            "9" * 300,
            "title: 题",
            "table: 5",
            "  fee.total: 无",
            "{{ x }}",
            "\\{{",
        ),
        *("section:requests: 无", "\u2028", "\x00", "\r", "\ufeff", "𠮷", "%", "@", "`", ": ", " #"),
    ]
)


def whatever(source: str) -> None:
    """A text is read without an exception, and every place lies inside it."""
    decoded = decode(PATH, source.encode("utf-8", "surrogatepass"), MAX_FILE)
    if decoded.value is None:
        assert decoded.diagnostics
        return
    outcome = read_report(decoded.value, "demo", 2018, FORMS)
    sound(decoded.value.text, (*decoded.diagnostics, *outcome.diagnostics))
    places = [cell.span for cell in outcome.value.cells if cell.span]
    lines = decoded.value.lines
    assert all(inside(lines, outcome.value.form_place._replace(span=span)) for span in places)


@fuzz
@given(st.data(), st.sampled_from([EXAMPLE, NARRATIVE]))
def test_a_valid_report_with_a_few_changes_never_raises(data: st.DataObject, source: str) -> None:
    lines = source.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.integers(0, len(lines) - 1))
        line = lines[row]
        at_ = data.draw(st.integers(0, len(line)))
        what = data.draw(st.sampled_from(["insert", "cut", "drop", "double", "swap", "line"]))
        if what == "insert":
            lines[row] = line[:at_] + data.draw(shreds) + line[at_:]
        elif what == "cut":
            lines[row] = line[:at_]
        elif what == "drop":
            lines[row : row + 1] = []
        elif what == "double":
            lines.insert(row, line)
        elif what == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[row], lines[other] = lines[other], lines[row]
        else:
            lines.insert(row, data.draw(shreds))
        lines = lines or [""]
    whatever("\n".join(lines))


@fuzz
@given(st.lists(shreds, max_size=30).map("\n".join) | st.text(max_size=80))
def test_any_front_matter_never_raises(front: str) -> None:
    whatever(f"---\n{front}\n---\n正文\n")


@fuzz
@given(st.binary(max_size=200))
def test_any_bytes_never_raise(raw: bytes) -> None:
    decoded = decode(PATH, raw, 150)
    assert decoded.value is not None or decoded.diagnostics
    if decoded.value is not None:
        read_report(decoded.value, "demo", 2018, FORMS)


ENTRIES = {
    "waivers": "{{check: disclosure.channels, expect: '{n} < 3', reason: 某}}",
    "corrections": "{{date: 2019-01-01, cell: fee.total, from: {n}, to: 2, reason: 某}}",
    "indicators": "{{id: x.a{n}, label: 某}}",
    "card": "k{n}: 1",
}


@pytest.mark.parametrize("key", ["waivers", "corrections", "indicators"])
def test_thousands_of_entries_are_read_within_a_second(key: str) -> None:
    lines = "".join(f"  - {ENTRIES[key].format(n=n)}\n" for n in range(1500))
    with quickly():
        read_report(text_of(f"---\ntitle: 题\nform: cn-narrative\n{key}:\n{lines}---\n"), "demo", 2012, FORMS)
