"""Findings about broken relations: where they stand, what they say, how much they weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import help_lines, message, say
from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.relations import check_relations, count_relations, settled
from gxsite.model.form import Form
from tests.unit.build import at, built_in, fuzz, only, read, report_of, report_text, small, sound

SUM = small("id: sum, rule: t = a + b - c, because: 合计等于分项之和")


def check(form: Form, table: dict[str, object], more: str = "", **severities: str) -> tuple[Diagnostic, ...]:
    found = check_relations(report_of(form, table, more), form, severities)
    sound(report_text(table, form.id, more), found)
    return found


# -- places and words ---------------------------------------------------------------------------------------------


def test_a_broken_sum_stands_at_its_total_with_all_operands_beside_it() -> None:
    (found,) = check(SUM, {"a": 7, "b": 60, "c": 5, "t": 12})
    assert (found.code, found.severity, found.relation) == ("GX301", "error", "sum")
    assert at(found) == (8, 6, 2)
    assert found.cells == ("t", "a", "b", "c")
    assert found.expect == "12 ≠ 62"
    assert [label.place.span[:2] for label in found.labels] == [(5, 6), (6, 6), (7, 6)]
    for lang in ("zh", "en"):
        said = message(found, lang) + "".join(help_lines(found, lang))
        assert all(word in said for word in ("12", "62", "50", "行t", "行a", "合计等于分项之和", "12 ≠ 62"))


def test_a_value_alone_on_the_right_is_the_place_too() -> None:
    form = small("id: sum, rule: a + b + c = t")
    assert at(only(check(form, {"t": 12, "a": 7, "b": 6, "c": 5}), "GX301")) == (5, 6, 2)


def test_where_the_total_is_not_written_the_first_operand_is_the_place() -> None:
    form = small("id: least, rule: a + b >= 5")
    (found,) = check(form, {"b": 2, "a": 1})
    assert at(found) == (6, 6, 1)
    form = small("id: sum, rule: a - b = t + 3", rows=["a", "b", "t"])
    assert at(only(check(form, {"a": 1, "t": 5}), "GX301")) == (5, 6, 1)


def test_columns_are_counted_in_code_points() -> None:
    source = "---\ntitle: 题\nform: small\ntable: {'a': 1, b: 1, c: 0, t: 𠮷}\n---\n"
    assert at(only(read(source, SUM).diagnostics, "GX207")) == (4, 32, 1)
    source = "---\ntitle: 题\nform: small\ntable: {a: 约1, b: １, c: 0, t: 9} # 𠮷\n---\n"
    (found,) = check_relations(read(source, SUM).value, SUM, {})
    line = source.split("\n")[3]
    assert at(found) == (4, line.index("9") + 1, 1)
    assert [label.place.span.column for label in found.labels] == [line.index(v) + 1 for v in ("约1", "１", "0")]


def test_a_bound_says_both_sides_and_its_condition() -> None:
    form = small("id: courses, rule: a + b >= t, when: c > 0, because: 理由")
    (found,) = check(form, {"a": 1, "b": 1, "c": 1, "t": 3})
    assert (found.code, found.expect, found.fact["op"], found.fact["condition"]) == ("GX302", "2 < 3", "≥", "行c > 0")
    assert not check(form, {"a": 1, "b": 1, "c": 0, "t": 3})


def test_blanks_are_said_to_be_blank() -> None:
    (found,) = check(SUM, {"a": 13, "b": "", "c": 0, "t": 12})
    assert found.expect == "12 ≠ ≥13"
    words = [say(label.text, "zh") for label in found.labels]
    assert any("空白" in word for word in words)


def test_a_long_sum_is_shortened() -> None:
    rows = [f"r{n}" for n in range(9)]
    form = small(f"id: sum, rule: r0 = {' + '.join(rows[1:])}", rows=rows)
    (found,) = check(form, dict.fromkeys(rows, 1))
    assert len(message(found, "zh")) < 80
    assert len(found.labels) == 8


def test_each_column_is_a_finding_of_its_own() -> None:
    form = small("id: down, rule: t = a + b, each: column", rows=["a", "b", "t"], columns=["n", "m", "total"])
    found = check(form, {"a": "[1, 1, 1]", "b": "[1, 1, 1]", "t": "[3, 2, 4]"})
    assert [(d.relation, d.cells[0], d.expect, at(d)) for d in found] == [
        ("down", "t.n", "3 ≠ 2", (7, 7, 1)),
        ("down", "t.total", "4 ≠ 2", (7, 13, 1)),
    ]


# -- severities ---------------------------------------------------------------------------------------------------


def test_relations_that_only_usually_hold_are_warnings() -> None:
    form = small("id: usual, rule: a <= t, severity: warning")
    (found,) = check(form, {"a": 3, "t": 2})
    assert found.severity == "warning"


@pytest.mark.parametrize("value", ["约90", "90多", "近90", "不少于90", "90以上"])
def test_a_break_that_rests_on_an_approximate_figure_is_a_warning(value: str) -> None:
    (found,) = check(SUM, {"a": value, "b": 1, "c": 0, "t": 12})
    assert (found.severity, found.relation) == ("warning", "sum")


def test_an_approximate_figure_elsewhere_changes_nothing() -> None:
    form = small("id: sum, rule: t = a + b", "id: other, rule: c >= 0")
    (found,) = check(form, {"a": 1, "b": 1, "c": "约3", "t": 3})
    assert found.severity == "error"


def test_severities_by_column() -> None:
    form = small(
        'id: down, rule: t = a, each: column, columns: {total: error, "*": warning}',
        rows=["a", "t"],
        columns=["n", "total"],
    )
    found = check(form, {"a": "[1, 1]", "t": "[2, 2]"})
    assert [d.severity for d in found] == ["warning", "error"]


@pytest.mark.parametrize("word", ["error", "warning", "note"])
def test_the_portal_may_weigh_a_relation_otherwise(word: str) -> None:
    (found,) = check(SUM, {"a": 1, "b": 1, "c": 0, "t": 3}, sum=word)
    assert found.severity == word


def test_the_portal_may_take_a_relation_out() -> None:
    assert not check(SUM, {"a": 1, "b": 1, "c": 0, "t": 3}, sum="off")


def test_a_waived_break_is_still_found_so_that_the_page_can_print_it() -> None:
    waiver = "waivers: [{check: sum, expect: '3 ≠ 2', reason: 某}]\n"
    (found,) = check(SUM, {"a": 1, "b": 1, "c": 0, "t": 3}, waiver)
    assert (found.relation, found.suggestions) == ("sum", ())


# -- nothing at all -----------------------------------------------------------------------------------------------


def test_relations_to_other_reports_are_not_judged_without_them() -> None:
    form = small("id: carry, rule: a = previous(t)", "id: roll, rule: t = children(t)")
    assert not check(form, {"a": 1, "t": 2})


def test_counts_of_states() -> None:
    form = small(
        "id: holds, rule: a <= b",
        "id: broken, rule: b <= a",
        "id: open, rule: c <= t",
        "id: carry, rule: a = previous(t)",
    )
    report = report_of(form, {"a": 1, "b": 2, "t": 5})
    assert count_relations(report, form) == (1, 1, 1)


def test_a_blank_table_breaks_nothing() -> None:
    for name in ("cn-2014", "cn-narrative", "cn-2019", "cn-2021"):
        form = built_in(name)
        source = report_text("", name, body="")
        assert not check_relations(read(source, form).value, form, {})


def test_negative_figures_that_break_a_bound_are_found() -> None:
    form = small("id: least, rule: a >= b", rows=["{id: a, label: 甲, signed: true}", "b"])
    for a, b in ((-12, 5), (-5, 3), (-21, 0)):
        assert [d.code for d in check(form, {"a": a, "b": b})] == ["GX302"]


# -- what need not be looked into ---------------------------------------------------------------------------------

CONDITIONAL = small(
    "id: sum, rule: t = a + b",
    "id: least, rule: b >= 2, when: a > 0",
    "id: same, rule: c = 3, when: b <= 1",
    rows=["a", "b", "c", "t"],
)
EXACT = st.integers(0, 4).map(str)
ANY = EXACT | EXACT | st.sampled_from(("~", "/", "约3", "3余"))


@fuzz
@given(st.tuples(EXACT, EXACT, EXACT, EXACT) | st.tuples(ANY, ANY, ANY, ANY))
def test_a_report_is_settled_only_if_no_relation_of_it_breaks(words: tuple[str, ...]) -> None:
    report = report_of(CONDITIONAL, dict(zip("abct", words, strict=True)))
    found = check_relations(report, CONDITIONAL, {})
    if settled(report, CONDITIONAL):
        assert not found
    elif all(word.isdecimal() for word in words):
        assert found


def test_a_relation_that_is_not_in_force_does_not_unsettle_a_report() -> None:
    assert settled(report_of(CONDITIONAL, {"a": 0, "b": 2, "c": 9, "t": 2}), CONDITIONAL)
    assert settled(report_of(CONDITIONAL, {"a": 0, "b": 0, "c": 3, "t": 0}), CONDITIONAL)
    assert not settled(report_of(CONDITIONAL, {"a": 0, "b": 0, "c": 9, "t": 0}), CONDITIONAL)
