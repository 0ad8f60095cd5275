"""The notation of relations: what is read, and where exactly it goes wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.source.rule import BadRule, Operand, ParsedCondition, Rule, read_condition, read_rule
from tests.unit.build import fuzz, quickly


def rule(text: str) -> Rule:
    found = read_rule(text)
    assert isinstance(found, Rule), found
    return found


def terms(operands: tuple[Operand, ...]) -> list[tuple[int, str | int, str]]:
    return [(o.sign, o.name or o.constant, o.when) for o in operands]


def test_sums_on_both_sides() -> None:
    found = rule("requests.new + requests.carried_in - 3 = requests.total")
    assert terms(found.left) == [(1, "requests.new", "now"), (1, "requests.carried_in", "now"), (-1, 3, "now")]
    assert found.operator == "="
    assert terms(found.right) == [(1, "requests.total", "now")]
    assert [o.offset for o in found.left + found.right] == [0, 15, 37, 41]


@pytest.mark.parametrize(
    ("text", "operator"),
    [("a=b", "="), ("a <= b", "<="), ("a>=b", ">="), ("a ≤ b", "<="), ("a ≥ b", ">="), ("  a\n  = b ", "=")],
)
def test_operators_and_spaces(text: str, operator: str) -> None:
    assert rule(text).operator == operator


def test_signs_constants_and_functions() -> None:
    found = rule("-a + 0 = previous( b ) - children(c.d)")
    assert terms(found.left) == [(-1, "a", "now"), (1, 0, "now")]
    assert terms(found.right) == [(1, "b", "previous"), (-1, "c.d", "children")]
    assert [o.offset for o in found.right] == [19, 34]


def test_function_names_are_free_as_names() -> None:
    assert terms(rule("previous = 1").left) == [(1, "previous", "now")]


@pytest.mark.parametrize(
    ("text", "problem", "offset", "length"),
    [
        ("", "rule.end", 0, 1),
        ("a", "rule.operator", 1, 1),
        ("a + b", "rule.operator", 5, 1),
        ("a =", "rule.end", 3, 1),
        ("a = b +", "rule.end", 7, 1),
        ("= b", "rule.token", 0, 1),
        ("a == b", "rule.token", 3, 1),
        ("a => b", "rule.token", 3, 1),
        ("a < b", "rule.token", 2, 1),
        ("a != b", "rule.token", 2, 1),
        ("a = b = c", "rule.twice", 6, 1),
        ("a <= b >= c", "rule.twice", 7, 1),
        ("a b = c", "rule.token", 2, 1),
        ("a + + b = c", "rule.token", 4, 1),
        ("(a) = b", "rule.token", 0, 1),
        ("2*a = b", "rule.token", 1, 1),
        ("a = 1.5", "rule.token", 5, 1),
        ("1a = b", "rule.token", 1, 1),
        ("a ＝ b", "rule.token", 2, 1),
        ("a = b，c", "rule.token", 5, 1),
        ("收到 = a", "rule.token", 0, 1),
        ("a = 𠮷", "rule.token", 4, 1),
        ("a = " + "9" * 16, "number.long", 4, 16),
        ("sum(a) = b", "rule.function", 0, 3),
        ("previous(", "rule.end", 9, 1),
        ("previous(a", "rule.end", 10, 1),
        ("previous() = a", "rule.token", 9, 1),
        ("previous(3) = a", "rule.token", 9, 1),
        ("previous(a + b) = c", "rule.token", 11, 1),
        ("previous(a = b", "rule.token", 11, 1),
        ("x" * 2001, "rule.long", 0, 1),
    ],
)
def test_a_bad_rule_is_placed(text: str, problem: str, offset: int, length: int) -> None:
    found = read_rule(text)
    assert isinstance(found, BadRule)
    assert (found.problem.key, found.offset, found.length) == (problem, offset, length)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("fee.total > 0", ("fee.total", ">", 0)),
        ("a>=10", ("a", ">=", 10)),
        ("a ≤ 3", ("a", "<=", 3)),
        ("a < 3", ("a", "<", 3)),
        ("a = 0", ("a", "=", 0)),
    ],
)
def test_conditions(text: str, condition: tuple[str, str, int]) -> None:
    assert read_condition(text) == ParsedCondition(*condition)


@pytest.mark.parametrize(
    "text", ["", "a", "a > b", "0 < a", "a > -1", "a > 0 + 1", "a != 0", "a > 0 and b > 0", "a > 1.5"]
)
def test_bad_conditions(text: str) -> None:
    assert isinstance(read_condition(text), BadRule)


tokens = st.sampled_from(
    ["a", "b.c", "previous(a)", "children", "(", ")", "+", "-", "=", "<=", ">", "3", "，", " ", "𠮷", "."]
)


@fuzz
@given(st.lists(tokens, max_size=12).map("".join) | st.text())
def test_any_text_is_a_rule_or_a_reason_inside_it(text: str) -> None:
    for found in (read_rule(text), read_condition(text)):
        if isinstance(found, BadRule):
            assert 0 <= found.offset <= len(text)
            assert found.length >= 1
            assert found.offset + found.length <= len(text) + 1


@fuzz
@given(st.lists(st.tuples(st.sampled_from("+-"), st.sampled_from(["a", "b.c", "7"])), min_size=1, max_size=6))
def test_every_sum_reads_back(parts: list[tuple[str, str]]) -> None:
    found = rule("".join(f" {sign} {name}" for sign, name in parts) + " >= 0")
    assert [("+" if o.sign > 0 else "-", o.name or str(o.constant)) for o in found.left] == parts


@pytest.mark.parametrize("text", ["a+" * 999 + "a=b", "(" * 2000, "previous(" * 200, "-" * 2000, "x" * 1_000_000])
def test_long_rules_cost_nothing(text: str) -> None:
    with quickly(0.2):
        read_rule(text)
