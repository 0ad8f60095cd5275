"""The table of a report: every token to its status, every mistake to its place."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxsite.base.catalogue import help_lines, message
from gxsite.base.diagnostic import Diagnostic, Outcome
from gxsite.base.nodes import Figures, Mapping
from gxsite.base.numerals import Interval
from gxsite.base.plain import read_plain
from gxsite.model.cells import Cells, Status
from gxsite.model.form import Form
from gxsite.model.report import Report
from gxsite.source.table import TableReader
from tests.unit.build import at, built_in, cell_of, codes, fuzz, marked, only, quickly, read, report_text, small, sound

ROWS = (
    "a",
    "b",
    "{section: s, label: 段, rows: [{id: s.x, label: 内一}, {id: s.y, label: 内二}]}",
    "{section: r, id: r.total, label: 复议, rows: [{id: r.x, label: 维持}]}",
    "{group: g, label: 组, rows: [{id: g.x, label: 组内}]}",
    "{id: d, label: 费用, unit: 万元, type: decimal}",
    "{id: e, label: 增减, signed: true}",
)
SINGLE = small(rows=ROWS)
MATRIX = small(rows=["a", "b", "{id: q, label: 必填, required: true}"], columns=["natural", "legal", "total"])
ZERO = Interval(Decimal(0), Decimal(0))
COUNT = Interval(Decimal(0), None)
ANYTHING = Interval(None, None)


def single(table: dict[str, str]) -> tuple[Report, list[Diagnostic]]:
    """A report on the form of one column, with its findings but for the note on absent rows."""
    source = report_text(table)
    outcome = read(source, SINGLE)
    sound(source, outcome.diagnostics)
    return outcome.value, [d for d in outcome.diagnostics if d.code != "GX216"]


def matrix(row: str, required: str = "[1, 1, 1]") -> tuple[Report, list[Diagnostic]]:
    """As above, on the form of three columns; ``a`` is the row in question, on line 5."""
    source = report_text({"a": row, "q": required})
    outcome = read(source, MATRIX)
    sound(source, outcome.diagnostics)
    return outcome.value, [d for d in outcome.diagnostics if d.code != "GX216"]


def status(report: Report) -> dict[str, Status]:
    return {str(cell.ref): cell.status for cell in report.cells}


# -- tokens and statuses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "state", "digits", "shown", "interval"),
    [
        ("0", Status.REPORTED, "0", "0", ZERO),
        ("12", Status.REPORTED, "12", "12", Interval(Decimal(12), Decimal(12))),
        ("'12'", Status.REPORTED, "12", "12", Interval(Decimal(12), Decimal(12))),
        ("１２", Status.REPORTED, "12", "12", Interval(Decimal(12), Decimal(12))),
        ("1,860", Status.REPORTED, "1860", "1860", Interval(Decimal(1860), Decimal(1860))),
        ("280多", Status.REPORTED, "280", "280多", Interval(Decimal(280), Decimal(289))),
        ("约30", Status.REPORTED, "30", "约30", Interval(Decimal(27), Decimal(33))),
        ("不少于1", Status.REPORTED, "1", "不少于1", Interval(Decimal(1), None)),
        ("", Status.BLANK, "", "", COUNT),
        ("~", Status.BLANK, "", "", COUNT),
        ('""', Status.BLANK, "", "", COUNT),
        ("''", Status.BLANK, "", "", COUNT),
        ("空", Status.BLANK, "", "", COUNT),
        ("    # 一（一）", Status.BLANK, "", "", COUNT),
        ("/", Status.NOT_APPLICABLE, "", "/", ZERO),
        ("／", Status.NOT_APPLICABLE, "", "/", ZERO),
        ("—", Status.NOT_APPLICABLE, "", "/", ZERO),
        ("——", Status.NOT_APPLICABLE, "", "/", ZERO),
        ("无", Status.NONE, "", "无", ZERO),
        ("' 无 '", Status.NONE, "", "无", ZERO),
    ],
)
def test_every_token_has_its_status(written: str, state: Status, digits: str, shown: str, interval: Interval) -> None:
    report, found = single({"a": written, "b": "1"})
    cell = cell_of(report, "a")
    assert (cell.status, cell.digits, cell.shown, cell.interval) == (state, digits, shown, interval)
    assert cell.approximate == (shown not in ("", digits, "/", "无"))
    assert not found


def test_a_row_left_out_is_blank_and_never_zero() -> None:
    report, _ = single({"b": "1"})
    cell = cell_of(report, "a")
    assert (cell.status, cell.digits, cell.interval, cell.span) == (Status.BLANK, "", COUNT, None)


@pytest.mark.parametrize(
    ("written", "digits", "shown", "raw"),
    [
        ("减4", "-4", "-4", "减4"),
        ("+5", "5", "5", "+5"),
        ("-18", "-18", "-18", "-18"),
        ("－１８", "-18", "-18", "－１８"),
    ],
)
def test_changes_are_signed_and_keep_their_words(written: str, digits: str, shown: str, raw: str) -> None:
    report, found = single({"e": written})
    cell = cell_of(report, "e")
    assert (cell.digits, cell.shown, cell.raw, cell.approximate) == (digits, shown, raw, False)
    assert not found


def test_a_blank_change_may_be_anything() -> None:
    report, _ = single({"e": ""})
    assert cell_of(report, "e").interval == ANYTHING


def test_decimals_keep_their_printed_places() -> None:
    report, found = single({"d": "12.50"})
    assert cell_of(report, "d").digits == "12.50"
    assert not found


def test_the_places_of_values_count_code_points() -> None:
    report, _ = single({"a": "12      # 𠮷", "'b'": "'7'"})
    assert [tuple(cell_of(report, name).span or ()) for name in ("a", "b")] == [(5, 6, 5, 8), (6, 8, 6, 11)]


# -- sections and groups ------------------------------------------------------------------------------------------


def test_none_on_a_section_covers_its_blank_cells() -> None:
    report, found = single({"section:s": "无", "s.x": "/", "section:r": "无", "group:g": "无", "g.x": ""})
    assert status(report) == {
        "a": Status.BLANK,
        "b": Status.BLANK,
        "s.x": Status.NOT_APPLICABLE,
        "s.y": Status.NONE_BY_SECTION,
        "r.total": Status.NONE_BY_SECTION,
        "r.x": Status.NONE_BY_SECTION,
        "g.x": Status.NONE_BY_SECTION,
        "d": Status.BLANK,
        "e": Status.BLANK,
    }
    covered = cell_of(report, "s.y")
    assert (covered.interval, covered.shown) == (ZERO, "")
    assert not found


@pytest.mark.parametrize("value", ["0", "5", "约5"])
def test_a_figure_under_a_section_that_says_none_is_an_error(value: str) -> None:
    _, found = single({"section:s": "无", "s.x": value})
    assert codes(found) == ["GX215"]
    assert at(found[0]) == (6, 8, len(value))


@pytest.mark.parametrize("blank", ["", "~", '""'])
def test_a_section_without_a_token_says_nothing(blank: str) -> None:
    report, found = single({"section:s": blank, "s.x": "1"})
    assert cell_of(report, "s.x").digits == "1"
    assert not found


@pytest.mark.parametrize("value", ["5", "/", "0", "[1]", "{x: 1}"])
@pytest.mark.parametrize("name", ["section:s", "group:g"])
def test_a_section_or_group_holds_no_figure(name: str, value: str) -> None:
    _, found = single({name: value})
    assert codes(found) == ["GX214"]
    assert at(found[0]) == (5, 5 + len(name), len(value))


@pytest.mark.parametrize("name", ["s", "g"])
def test_a_figure_under_the_bare_name_of_a_heading_gets_help_of_its_own(name: str) -> None:
    _, found = single({name: "5"})
    assert codes(found) == ["GX214"]
    assert at(found[0]) == (5, 3, 1)


def test_the_bare_name_of_a_section_with_a_figure_leads_to_its_indicator() -> None:
    _, found = single({"r": "5"})
    assert codes(found) == ["GX204"]
    assert found[0].fact["near"] == "r.total"


def test_a_misspelt_section_is_offered_the_near_one() -> None:
    source = report_text({"section:reqests": "无"}, "cn-2014")
    found = only(read(source, built_in("cn-2014")).diagnostics, "GX204")
    assert found.fact["near"] == "section:requests"


# -- rows of several columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "[71, 3, 74]",
        "{natural: 71, legal: 3, total: 74}",
        "{total: 74, natural: 71, legal: 3}",
        "\n    - 71\n    - 3\n    - 74",
    ],
)
def test_a_list_in_column_order_or_a_mapping(written: str) -> None:
    report, found = matrix(written)
    assert [cell_of(report, f"a.{c}").digits for c in ("natural", "legal", "total")] == ["71", "3", "74"]
    assert not found


def test_tokens_in_lists_and_mappings() -> None:
    report, found = matrix("[/, 无, ~]", "{natural: '', total: 0}")
    assert list(status(report).values()) == [
        *(Status.NOT_APPLICABLE, Status.NONE, Status.BLANK),
        *(Status.BLANK,) * 3,
        *(Status.BLANK, Status.BLANK, Status.REPORTED),
    ]
    assert not found


@pytest.mark.parametrize(
    ("written", "state"),
    [("/", Status.NOT_APPLICABLE), ("——", Status.NOT_APPLICABLE), ("无", Status.NONE), ("", Status.BLANK),
     ("~", Status.BLANK), ("''", Status.BLANK)],
)  # fmt: skip
def test_a_token_stands_for_the_whole_row(written: str, state: Status) -> None:
    report, found = matrix(written)
    assert [cell_of(report, f"a.{c}").status for c in ("natural", "legal", "total")] == [state] * 3
    assert not found


@pytest.mark.parametrize(("written", "state"), [("空", Status.BLANK), ("' 无 '", Status.NONE)])
def test_all_tokens_stand_for_the_whole_row(written: str, state: Status) -> None:
    report, found = matrix(written)
    assert cell_of(report, "a.total").status == state
    assert not found


def test_separators_are_accepted_in_a_quoted_value_of_a_list() -> None:
    report, found = matrix("['1,860', 2, '1，862']")
    assert [cell_of(report, f"a.{c}").digits for c in ("natural", "legal", "total")] == ["1860", "2", "1862"]
    assert not found


@pytest.mark.parametrize(
    ("written", "got", "shown", "pair"),
    [
        ("[71, 3]", 2, "列natural=71，列legal=3", None),
        ("[]", 0, "", None),
        ("[71, 3, 0, 74]", 4, "列natural=71，列legal=3，列total=0，?=74", None),
        ("[1,860, 2, 1862]", 4, "列natural=1，列legal=860，列total=2，?=1862", "1,860"),
        ("[2, 1,860, 1862]", 4, "列natural=2，列legal=1，列total=860，?=1862", "1,860"),
        ("[1, 860, 2, 1862]", 4, "列natural=1，列legal=860，列total=2，?=1862", None),
        ("[1,86, 2, 1862]", 4, "列natural=1，列legal=86，列total=2，?=1862", None),
        ("[~, 2]", 2, "列natural=~，列legal=2", None),
    ],
)
def test_a_list_of_the_wrong_length_shows_each_value_under_its_column(
    written: str, got: int, shown: str, pair: str | None
) -> None:
    report, found = matrix(written)
    (wrong,) = found
    assert (wrong.code, at(wrong)) == ("GX206", (5, 6, len(written)))
    assert (wrong.fact["want"], wrong.fact["got"], wrong.fact["shown"]) == (3, got, shown)
    assert wrong.fact.get("pair") == pair
    assert any((pair or "-") in line for line in help_lines(wrong, "zh")) == bool(pair)
    assert cell_of(report, "a.natural").status == Status.BLANK


def test_separators_in_a_list_of_one_column_are_explained_too() -> None:
    _, found = single({"a": "[1,860]"})
    assert (codes(found), found[0].fact["joined"]) == (["GX206"], "1860")


def test_a_long_wrong_list_is_cut() -> None:
    _, found = matrix(f"[{'1, ' * 5000}]")
    assert len(message(found[0], "zh")) < 1000


@pytest.mark.parametrize(
    ("written", "code", "mark"),
    [
        ("5", "GX218", "5"),
        ("{natural: 1, legl: 2}", "GX213", "legl"),
        ("[1, x, 3]", "GX207", "x"),
        ("[1, [2], 3]", "GX207", "[2]"),
        ("{natural: {x: 1}}", "GX207", "{x: 1}"),
        ("[1, -2, 3]", "GX208", "-2"),
        ("[1, '~', 3]", "GX207", "'~'"),
    ],
)
def test_a_mistake_in_a_row_is_found_at_its_characters(written: str, code: str, mark: str) -> None:
    source = report_text({"a": written, "q": "[1, 1, 1]"})
    _, found = matrix(written)
    assert codes(found) == [code]
    assert marked(source, found[0]) == mark


def test_an_unknown_column_is_offered_the_near_one() -> None:
    _, found = matrix("{natural: 1, legl: 2}")
    assert found[0].fact["near"] == "legal"


def test_a_mapping_in_a_table_of_one_column_is_offered_no_empty_list() -> None:
    _, found = single({"a": "{n: 1}"})
    assert "" not in found[0].fact.values()


# -- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "written", "code", "problem"),
    [
        ("a", "十二", "GX207", "number.text"),
        ("a", "0123", "GX207", "number.zero"),
        ("a", "1.0", "GX207", "number.fraction"),
        ("a", "18,60", "GX207", "number.comma"),
        ("a", "9483，", "GX207", "number.comma"),
        ("a", "9" * 300, "GX207", "number.long"),
        ("a", "'-'", "GX207", "number.text"),
        ("a", "no", "GX207", "number.text"),
        ("d", "0.1234567", "GX207", "number.places"),
        ("d", "30余万", "GX207", "number.unit"),
        ("d", "30元", "GX207", "number.unit"),
        ("a", "-5", "GX208", None),
        ("a", "减4", "GX208", None),
        ("d", "-0.5", "GX208", None),
    ],
)
def test_what_is_no_figure_is_one_finding_and_breaks_nothing(
    row: str, written: str, code: str, problem: str | None
) -> None:
    report, found = single({row: written})
    assert codes(found) == [code]
    assert at(found[0]) == (5, 6, len(written))
    assert getattr(found[0].fact.get("problem"), "key", None) == problem
    cell = cell_of(report, row)
    assert (cell.status, cell.interval) == (Status.BLANK, ANYTHING)
    assert len(message(found[0], "zh")) < 120


def test_the_unit_of_the_form_behind_a_figure_is_a_warning() -> None:
    report, found = single({"d": "12.5万元"})
    assert [(d.code, d.severity, d.fact["value"]) for d in found] == [("GX209", "warning", "12.5")]
    assert cell_of(report, "d").digits == "12.5"


# -- rows unknown, absent, required -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("requests.recieved.total", "requests.received.total"),
        ("requests.received.totl", "requests.received.total"),
        ("disclosure.chanel.website", "disclosure.channel.website"),
        ("budget", "office.budget"),
        ("something.else", None),
    ],
)
def test_an_unknown_indicator_with_its_near_name(name: str, near: str | None) -> None:
    source = report_text({name: "1"}, "cn-2014")
    outcome = read(source, built_in("cn-2014"))
    found = only(outcome.diagnostics, "GX204")
    assert at(found) == (5, 3, len(name))
    assert found.fact.get("near") == near
    assert ("near_label" in found.fact) == bool(near)
    sound(source, outcome.diagnostics)


def test_an_indicator_of_another_form() -> None:
    source = report_text({"narrative.budget": "1"}, "cn-2014")
    found = only(read(source, built_in("cn-2014"), built_in("cn-narrative")).diagnostics, "GX205")
    assert (found.fact["other"], at(found)) == ("cn-narrative", (5, 3, 16))


def test_a_cell_is_no_row() -> None:
    source = report_text({"a.natural": "1", "q": "[1, 1, 1]"})
    found = only(read(source, MATRIX).diagnostics, "GX204")
    assert found.fact["near"] == "a"


def test_absent_rows_are_one_note_and_blank_ones_none() -> None:
    outcome = read(report_text({"a": "", "section:s": "无"}), SINGLE)
    found = only(outcome.diagnostics, "GX216")
    assert (found.severity, found.fact["count"]) == ("note", 6)
    assert "s.x" not in str(found.fact["rows"])
    assert codes(outcome.diagnostics) == ["GX216"]


@pytest.mark.parametrize("written", ["", "~", "[~, ~, ~]", None])
def test_a_required_row_may_not_be_blank(written: str | None) -> None:
    table = {"a": "[1, 1, 1]"} | ({"q": written} if written is not None else {})
    outcome: Outcome[Report] = read(report_text(table), MATRIX)
    found = only(outcome.diagnostics, "GX217")
    assert at(found)[:2] == ((6, 3) if written is not None else (5, 3))


@pytest.mark.parametrize("written", ["[0, ~, ~]", "/", "无", "{total: 3}"])
def test_a_required_row_is_filled_by_any_token(written: str) -> None:
    _, found = matrix("[1, 1, 1]", written)
    assert not found


@pytest.mark.parametrize("written", ["[1, 2]", "5", "{naturl: 1}"])
def test_a_required_row_that_cannot_be_read_is_one_finding(written: str) -> None:
    _, found = matrix("[1, 1, 1]", written)
    assert len(found) == 1


def test_nothing_is_called_absent_where_lines_could_not_be_read() -> None:
    source = report_text("  a: b: c\n  q: [1, 1, 1]\n")
    assert codes(read(source, MATRIX).diagnostics) == ["GX102"]


# -- limits -------------------------------------------------------------------------------------------------------


def test_a_value_of_250_kb_costs_nothing() -> None:
    for value in ("1" + " " * 240_000 + "x", "9" * 240_000, "约" * 80_000 + "1"):
        with quickly():
            assert codes(single({"a": f"'{value}'"})[1]) == ["GX207"]


def test_thousands_of_unknown_rows_are_found_within_a_second() -> None:
    rows = "".join(f"  requests.received.totel{n:04}: 1\n" for n in range(6000))
    source, form = report_text(rows, "cn-2014"), built_in("cn-2014")
    with quickly():
        read(source, form)


# -- tables of figures, which are read as a whole -----------------------------------------------------------------

REQUIRED = small(rows=["a", "{id: q, label: 必填, required: true}", "{id: d, label: 费用, type: decimal}"])
ODD = ("0", "12", "~", "12.5", "007", "1.0", "0.50", "123456789012345", "1234567890123456", "[1]", "[~]", "~ # 注")
ITEMS = st.sampled_from(("0", "7", "12", "~", "1.5", "00"))


def read_table(mapping: Mapping, form: Form) -> tuple[Cells, list[Diagnostic], bool]:
    """The cells of a table and the findings; whether it was read as a whole."""
    found: list[Diagnostic] = []
    reader = TableReader("a.md", form, (), {}, {form.id: form}, found)
    cells = reader.read(mapping)
    return cells, found, len(reader.cells) < len(form.cells)


def words_for(columns: int) -> st.SearchStrategy[str]:
    """What may stand in a row of so many cells, mostly as many words."""
    if columns == 1:
        return st.just("5") | st.just("5") | st.sampled_from(ODD)
    right = st.lists(ITEMS, min_size=columns, max_size=columns)
    lists = right | right | right | st.lists(ITEMS, min_size=1, max_size=4)
    return lists.map(", ".join).map("[{}]".format) | right.map(" ,".join).map("[ {} ]".format)


@settings(fuzz, max_examples=500)
@given(st.sampled_from((SINGLE, MATRIX, REQUIRED, built_in("cn-2021"))), st.data())
def test_a_table_of_figures_is_read_as_it_is_row_by_row(form: Form, data: st.DataObject) -> None:
    names = data.draw(st.sampled_from((form.row_names, form.row_names, form.row_names[1:], form.row_names[::-1])))
    columns = {row.id: len(columns) for row, columns in form.rows_of_cells}
    lines = [f"  {name}: {data.draw(words_for(columns[name]))}" for name in names]
    table = read_plain(["table:", *lines], 3)
    assert table is not None
    node = table.entries[0].value
    assert isinstance(node, Mapping)
    assert isinstance(node.entries, Figures)
    whole, found, _ = read_table(node, form)
    by_row, found_by_row, _ = read_table(node._replace(entries=tuple(node.entries)), form)
    assert tuple(whole) == tuple(by_row)
    assert found == found_by_row
    assert (whole.grid.refs, whole.odd) == (by_row.grid.refs, by_row.odd)
    assert (whole.figures, whole.lines, whole.columns) == (by_row.figures, by_row.lines, by_row.columns)


@pytest.mark.parametrize(
    ("form", "rows", "found", "as_a_whole"),
    [
        (REQUIRED, ("1", "2", "3.5"), [], True),
        (REQUIRED, ("~", "2", "~"), [], True),
        (REQUIRED, ("1", "~", "3"), ["GX217"], False),
        (REQUIRED, ("1234567890123456", "2", "3"), ["GX207"], True),
        (REQUIRED, ("1", "2", "03"), ["GX207"], True),
        (MATRIX, ("[1, 2, 3]", "[0, ~, 0]", "[4, 5, 6]"), [], True),
        (MATRIX, ("[1, 2, 3]", "[0, 0, 0]", "[~, ~, ~]"), ["GX217"], False),
        (MATRIX, ("[1, 2, 3]", "[0, 0]", "[4, 5, 6]"), ["GX206"], False),
        (MATRIX, ("[1, 2, 3]", "7", "[4, 5, 6]"), ["GX218"], False),
    ],
)
def test_what_is_read_as_a_whole(form: Form, rows: tuple[str, ...], found: list[str], as_a_whole: bool) -> None:
    lines = [f"  {name}: {word}" for name, word in zip(form.row_names, rows, strict=True)]
    table = read_plain(["table:", *lines], 3)
    assert table is not None
    node = table.entries[0].value
    assert isinstance(node, Mapping)
    _, findings, was_whole = read_table(node, form)
    assert (codes(findings), was_whole) == (found, as_a_whole)
