"""Relations of a form: resolved against its cells, or found at the exact characters."""

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic, Outcome, Severity
from gxsite.base.text import Text
from gxsite.model.form import CellRef, Equation, Form
from gxsite.source.form import read_form
from tests.unit.build import FORM_PATH, at, codes, form_text, marked, only, small, sound

COLUMNS = ("natural", "business", "total")


def read(source: str) -> Outcome[Form | None]:
    outcome = read_form(Text(FORM_PATH, source))
    sound(source, outcome.diagnostics)
    return outcome


def problem(found: Diagnostic) -> str:
    return str(getattr(found.fact["problem"], "key", ""))


def shape(equation: Equation) -> str:
    """An equation as text."""

    def side(terms: tuple[object, ...]) -> str:
        return " ".join(
            f"{'+' if t.sign > 0 else '-'}{'' if t.when == 'now' else t.when + ':'}{t.ref or t.constant}"  # type: ignore[attr-defined]
            for t in terms
        )

    return f"{side(equation.left)} {equation.operator} {side(equation.right)}"


def test_a_relation_between_cells() -> None:
    form = small("id: sum, rule: t = a + b - 3, because: 合计等于分项之和")
    (relation,) = form.relations
    (equation,) = relation.equations
    assert (relation.id, relation.rule, relation.because) == ("sum", "t = a + b - 3", "合计等于分项之和")
    assert shape(equation) == "+t = +a +b -3"
    assert (equation.severity, equation.condition, equation.instance) == (Severity.ERROR, None, "")


def test_a_cell_is_written_indicator_dot_column_or_indicator_alone() -> None:
    form = small("id: one, rule: a.natural <= t.total", columns=COLUMNS)
    assert shape(form.equations[0]) == "+a.natural <= +t.total"
    form = small("id: one, rule: a <= t.n", columns=["n"])
    assert shape(form.equations[0]) == "+a.n <= +t.n"


def test_each_column_and_each_row() -> None:
    form = small("id: rows, rule: t = a + b, each: column", columns=COLUMNS)
    assert [(e.instance, shape(e)) for e in form.equations] == [(c, f"+t.{c} = +a.{c} +b.{c}") for c in COLUMNS]
    form = small("id: across, rule: total = natural + business, each: row", columns=COLUMNS)
    assert [e.instance for e in form.equations] == ["a", "b", "c", "t"]
    assert shape(form.equations[1]) == "+b.total = +b.natural +b.business"
    form = small("id: across, rule: total = natural, each: row, rows: [a, t]", columns=COLUMNS)
    assert [e.instance for e in form.equations] == ["a", "t"]


def test_a_row_by_row_relation_of_one_table_leaves_the_others_alone() -> None:
    source = form_text(columns=COLUMNS) + (
        "  - id: two\n    columns: [{id: natural, label: 甲}, {id: total, label: 计}]\n    rows: [{id: z, label: 单}]\n"
        "relations:\n  - {id: in_two, rule: total = natural, each: row, table: two}\n"
        "  - {id: all, rule: total >= natural, each: row}\n  - {id: col, rule: z >= t, each: column}\n"
    )
    outcome = read(source)
    assert not outcome.diagnostics
    assert outcome.value is not None
    by_id = {r.id: [e.instance for e in r.equations] for r in outcome.value.relations}
    assert by_id == {"in_two": ["z"], "all": ["a", "b", "c", "t", "z"], "col": ["natural", "total"]}


def test_severities_by_relation_and_by_column() -> None:
    form = small(
        "id: soft, rule: t >= a, each: column, severity: warning",
        'id: mixed, rule: t >= b, each: column, columns: {total: error, "*": warning}',
        "id: partly, rule: t >= c, each: column, severity: warning, columns: {natural: error}",
        columns=COLUMNS,
    )
    severities = {r.id: [str(e.severity) for e in r.equations] for r in form.relations}
    assert severities == {
        "soft": ["warning"] * 3,
        "mixed": ["warning", "warning", "error"],
        "partly": ["error", "warning", "warning"],
    }


def test_conditions_and_operands_of_other_reports() -> None:
    form = small(
        "id: carry, rule: a = previous(t)",
        "id: roll, rule: t >= children(t)",
        "id: if, rule: t >= 1, when: a > 0",
    )
    carry, roll, conditional = form.equations
    assert shape(carry) == "+a = +previous:t"
    assert carry.reaches("previous")
    assert roll.reaches("children")
    assert conditional.condition is not None
    assert str(conditional.condition) == "a > 0"
    assert conditional.condition.ref == CellRef("a")


# -- mistakes -----------------------------------------------------------------------------------------------------

FIRST = 14  # the line of the first relation in a small form


@pytest.mark.parametrize(
    ("relation", "code", "mark"),
    [
        ("id: r, rule: t = a + bb", "GX234", "bb"),
        ("id: r, rule: 't = a + bb'", "GX234", "bb"),
        ('id: r, rule: "t = a + bb"', "GX234", "bb"),
        ("id: r, rule: x.y <= t", "GX234", "x.y"),
        ("id: r, rule: t = previous(aa)", "GX234", "aa"),
        ("id: r, rule: t >= 1, when: aa > 0", "GX234", "aa"),
        ("id: r, rule: t = a + + b", "GX233", "+"),
        ("id: r, rule: t == a", "GX233", "="),
        ("id: r, rule: t ＝ a", "GX233", "＝"),
        ("id: r, rule: t = sum(a)", "GX233", "sum"),
        ("id: r, rule: t = a = b", "GX233", "="),
        ("id: r, rule: t = 2*a", "GX233", "*"),
        ("id: r, rule: t >= 1, when: a > b", "GX233", "a > b"),
        ("id: r, rule: t >= 1, when: a ~ 0", "GX233", "~"),
        ("id: 2r, rule: t = a", "GX203", "2r"),
        ("id: r, rule: t = a, severity: eror", "GX221", "eror"),
        ("id: r, rule: t = a, severty: error", "GX201", "severty"),
        ("id: r, rule: t = a, because: [x]", "GX203", "[x]"),
        ("id: r, rule: [t]", "GX203", "[t]"),
        ("id: r", "GX202", "{"),
        ("rule: t = a", "GX202", "{"),
    ],
)
def test_a_mistake_is_found_at_the_exact_characters(relation: str, code: str, mark: str) -> None:
    source = form_text(relation)
    found = next(d for d in read(source).diagnostics if d.code == code)
    assert at(found)[0] == FIRST
    assert marked(source, found) == mark


def test_the_end_of_an_unfinished_rule_is_marked() -> None:
    source = form_text("id: r, rule: 't = a +', because: 𠮷")
    found = only(read(source).diagnostics, "GX233")
    assert problem(found) == "rule.end"
    assert at(found) == (FIRST, source.split("\n")[FIRST - 1].index("+") + 2, 1)


def test_an_astral_character_before_a_rule_shifts_nothing() -> None:
    source = form_text("because: 𠮷𠮷, id: r, rule: t = a + bb")
    assert marked(source, only(read(source).diagnostics, "GX234")) == "bb"


def test_every_unknown_name_of_a_rule_is_found_with_its_near_name() -> None:
    source = form_text("id: r, rule: request.web + request.fax = t", rows=["requests.web", "requests.fax", "t"])
    found = read(source).diagnostics
    assert [(marked(source, d), d.fact["near"]) for d in found] == [
        ("request.web", "requests.web"),
        ("request.fax", "requests.fax"),
    ]


def test_a_folded_rule_is_marked_as_a_whole() -> None:
    source = form_text() + "relations:\n  - id: r\n    rule: >-\n      t = a\n      + bb\n"
    found = only(read(source).diagnostics, "GX234")
    assert (found.place.span.line, found.place.span.end_line) == (15, 17)


def test_a_relation_id_used_twice() -> None:
    source = form_text("id: r, rule: t >= a", "id: r, rule: t >= b")
    outcome = read(source)
    found = only(outcome.diagnostics, "GX231")
    assert (at(found)[0], found.fact["line"]) == (FIRST + 1, FIRST)
    assert outcome.value is not None
    assert [r.rule for r in outcome.value.relations] == ["t >= a"]


def test_each_needs_columns_or_rows_that_fit() -> None:
    source = form_text(columns=COLUMNS) + (
        "  - {id: two, columns: [{id: n, label: 甲}, {id: m, label: 乙}], rows: [{id: z, label: 单}]}\n"
        "relations:\n  - {id: q, rule: z >= t, each: column}\n  - {id: r, rule: natural = n, each: row}\n"
    )
    found = [d for d in read(source).diagnostics if d.code == "GX233"]
    assert [problem(d) for d in found] == ["form.each_column", "form.each_row"]
    source = form_text("id: r, rule: a = b, each: row", columns=COLUMNS)
    assert codes(read(source).diagnostics) == ["GX234", "GX234"]
    source = form_text("id: r, rule: a.total = b.total, each: column", columns=COLUMNS)
    assert codes(read(source).diagnostics) == ["GX234", "GX234"]


def test_a_column_that_no_table_has() -> None:
    source = form_text('id: r, rule: t >= a, each: column, columns: {totl: error, "*": warning}', columns=COLUMNS)
    found = only(read(source).diagnostics, "GX201")
    assert (marked(source, found), found.fact["near"]) == ("totl", "total")


TWO_TABLES = form_text(columns=COLUMNS) + "  - {id: two, title: 表二, rows: [{id: alone, label: 单}]}\n"


@pytest.mark.parametrize(
    ("keys", "mark", "near"),
    [
        ("each: row, table: onee", "onee", "one"),
        ("each: row, table: [one, onee]", "onee", "one"),
        ("each: row, table: two", "two", None),  # it has none of these columns
        ("each: row, rows: [a, tt]", "tt", "t"),
        ("each: row, rows: [a, alone]", "alone", None),
        ("each: row, table: one, rows: [elsewhere]", "elsewhere", None),
    ],
)
def test_a_table_or_row_that_the_relation_cannot_mean(keys: str, mark: str, near: str | None) -> None:
    source = f"{TWO_TABLES}relations:\n  - {{id: r, rule: total >= natural, {keys}}}\n"
    outcome = read(source)
    (found,) = outcome.diagnostics
    assert (found.code, marked(source, found), found.fact.get("near")) == ("GX221", mark, near)
    assert near or {"one", "a"} & set(str(found.fact["known"]).split(", "))
    assert outcome.value is not None
    assert not outcome.value.relations


@pytest.mark.parametrize(
    ("keys", "idle"),
    [
        ("columns: {total: warning}", "columns"),
        ("each: row, columns: {total: warning}", "columns"),
        ("table: one", "table"),
        ("each: column, rows: [a]", "rows"),
    ],
)
def test_keys_that_mean_nothing_without_each(keys: str, idle: str) -> None:
    rule = {"each: r": "total >= natural", "each: c": "t >= a"}.get(keys[:7], "t.total >= a.total")
    outcome = read(form_text(f"id: r, rule: {rule}, {keys}", columns=COLUMNS))
    found = only(outcome.diagnostics, "GX237")
    assert codes(outcome.diagnostics) == ["GX237"]
    assert problem(found) == "form.idle_key"
    assert f"{idle} " in message(found, "zh")
    assert outcome.value is not None
    assert {str(e.severity) for e in outcome.value.equations} == {"error"}


def test_a_column_that_the_rows_of_the_relation_do_not_have() -> None:
    source = TWO_TABLES + "relations:\n  - {id: r, rule: alone >= 1, each: column, columns: {total: warning}}\n"
    assert marked(source, only(read(source).diagnostics, "GX201")) == "total"


@pytest.mark.parametrize("relation", ["id: r, rule: t = a + bb", "id: r, rule: t = = a", "id: r, rule: t"])
def test_a_broken_relation_is_left_out(relation: str) -> None:
    outcome = read(form_text(relation, "id: good, rule: t >= a"))
    assert outcome.value is not None
    assert [r.id for r in outcome.value.relations] == ["good"]


@pytest.mark.parametrize("condition", ["when: aa > 0", "when: a > b", "when: [a]"])
def test_a_relation_with_a_broken_condition_is_left_out(condition: str) -> None:
    outcome = read(form_text(f"id: r, rule: t >= 1, {condition}"))
    assert outcome.value is not None
    assert not outcome.value.relations


def test_a_bad_each_is_one_finding() -> None:
    outcome = read(form_text("id: r, rule: t = a, each: colum", columns=COLUMNS))
    assert codes(outcome.diagnostics) == ["GX221"]
