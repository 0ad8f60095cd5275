"""Relations that may each hold, but not all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import help_lines, message
from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.relations import check_relations
from gxsite.model.form import Form
from tests.unit.build import at, codes, fuzz, quickly, read, report_of, report_text, small, sound

ROWS = ("a", "b", "c", "d", "t")


def check(form: Form, **cells: object) -> tuple[Diagnostic, ...]:
    found = check_relations(report_of(form, cells), form, {})
    sound(report_text(cells), found)
    return found


def test_a_blank_between_two_relations() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: a >= c", "id: idle, rule: d <= t", rows=ROWS)
    (found,) = check(form, t=5, b=3, c=4)
    assert (found.code, found.severity, found.fact["ids"]) == ("GX303", "error", "sum、least")
    assert found.cells == ("a", "b", "c", "t")
    assert at(found) == (6, 6, 1)  # b, the first figure in form order
    assert sorted(label.place.span.line for label in found.labels) == [5, 7]
    assert not check(form, t=5, b=3, c=2)
    assert not check(form, t=5, b=3)


def test_an_approximate_figure_between_two_relations() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: a <= c", rows=ROWS)
    assert codes(check(form, t=50, b=21, a="近30", c=28)) == ["GX303"]
    assert not check(form, t=50, b=21, a="近30", c=29)


def test_a_chain_names_its_links_and_nothing_else() -> None:
    form = small(
        "id: one, rule: a <= b",
        "id: two, rule: b <= c",
        "id: three, rule: c <= d",
        "id: aside, rule: t >= b",
        rows=ROWS,
    )
    (found,) = check(form, a=9, d=8)
    assert found.fact["ids"] == "one、two、three"


def test_there_is_nothing_to_add_to_a_relation_that_is_broken_by_itself() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: a >= c", rows=ROWS)
    assert codes(check(form, t=5, b=6, c=4)) == ["GX301"]


def test_conflicts_between_relations_of_the_same_kind_are_found_beside_a_break() -> None:
    form = small("id: broken, rule: d <= 1", "id: sum, rule: t = a + b", "id: least, rule: a >= c", rows=ROWS)
    assert codes(check(form, d=2, t=5, b=3, c=4)) == ["GX302", "GX303"]


@pytest.mark.parametrize(
    "relation",
    ["id: least, rule: a >= c, severity: warning", "id: least, rule: a >= c, when: d > 0"],
)
def test_advisory_relations_and_those_not_required_take_no_part(relation: str) -> None:
    form = small("id: sum, rule: t = a + b", relation, rows=ROWS)
    assert not check(form, t=5, b=3, c=4)


def test_a_hard_relation_whose_condition_holds_takes_part() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: a >= c, when: d > 0", rows=ROWS)
    assert codes(check(form, t=5, b=3, c=4, d=1)) == ["GX303"]


def test_a_relation_that_does_not_apply_takes_no_part() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: c >= b", rows=ROWS)
    assert not check(form, t="/", a=3)


def test_a_figure_that_could_not_be_read_may_be_anything() -> None:
    form = small("id: sum, rule: t = a + b", "id: most, rule: a <= c", rows=ROWS)
    assert codes(check(form, t=3, b="5", c=0)) == ["GX301"]
    report = read(report_text({"t": 3, "a": -2, "b": 5, "c": 0}), form).value
    assert not check_relations(report, form, {})


def test_one_column_of_several() -> None:
    form = small(
        "id: down, rule: t = a + b, each: column",
        "id: across, rule: total = n + m, each: row",
        rows=["a", "b", "t"],
        columns=["n", "m", "total"],
    )
    assert not check(form, a="[1, ~, 3]", b="[~, 2, ~]", t="[~, ~, 9]")
    (found,) = check(form, a="[5, ~, ~]", b="[~, ~, 2]", t="[~, ~, 4]")  # a.total >= 5, yet 4 = a.total + 2
    assert found.code == "GX303"
    assert set(str(found.fact["ids"]).split("、")) == {"across", "down"}
    assert message(found, "zh").endswith("：列total列：行t = 行a + 行b；第1行“行a”：列total = 列n + 列m")


def test_relations_are_said_in_the_words_of_the_form_with_their_reasons() -> None:
    form = small(
        "id: sum, rule: t = a + b - 1, because: 合计减一",
        "id: least, rule: a >= c, because: 甲不少于丙",
        "id: most, rule: d <= 3",
        rows=ROWS,
    )
    (found,) = check(form, t=5, b=3, c=4)
    assert "：行t = 行a + 行b − 1；行a ≥ 行c" in message(found, "zh")
    assert ": 行t = 行a + 行b − 1; 行a ≥ 行c" in message(found, "en")
    assert "依据：合计减一；甲不少于丙" in help_lines(found, "zh")
    assert "关系代号：sum、least" in help_lines(found, "zh")


def test_without_reasons_none_are_said() -> None:
    form = small("id: sum, rule: t = a + b", "id: least, rule: a >= c", rows=ROWS)
    (found,) = check(form, t=5, b=3, c=4)
    assert not [line for line in help_lines(found, "zh") if line.startswith("依据")]


def test_one_relation_in_many_rows_is_said_once() -> None:
    rows = ["a", "b", "c", "d", "e", "t"]
    form = small(
        "id: across, rule: total = n + m, each: row, rows: [a, b, c, d, e]",
        "id: down, rule: t = a + b + c + d + e, each: column",
        rows=rows,
        columns=["n", "m", "total"],
    )
    part = "[~, 1, 3]"
    (found,) = check(form, a=part, b=part, c=part, d=part, e=part, t="[9, ~, ~]")
    said = message(found, "zh")
    assert said.count("列total = 列n + 列m") == 1
    assert "第1行“行a”、第2行“行b”、第3行“行c”等5处：列total" in said


values = st.one_of(st.just(""), st.integers(0, 6).map(str), st.sampled_from(["约5", "不少于3", "近5"]))
RULES = (
    "id: one, rule: t = a + b",
    "id: two, rule: a >= c",
    "id: three, rule: b + d <= c",
    "id: four, rule: d = a - b",
)


@fuzz
@given(st.fixed_dictionaries(dict.fromkeys(ROWS, values)))
def test_no_conflict_is_claimed_where_figures_exist(table: dict[str, str]) -> None:
    form = small(*RULES, rows=ROWS)
    report = report_of(form, dict(table))
    found = check_relations(report, form, {})

    def choices(row: str) -> list[int]:
        low, high = next(c.interval for c in report.cells if c.ref.indicator == row)
        return [n for n in range(13) if (low is None or n >= low) and (high is None or n <= high)]

    possible = any(
        t == a + b and a >= c and b + d <= c and d == a - b
        for t in choices("t")
        for a in choices("a")
        for b in choices("b")
        for c in choices("c")
        for d in choices("d")
    )
    assert not (possible and found)


def test_a_long_chain_is_cut_short() -> None:
    rows = [f"r{n}" for n in range(10)]
    form = small(*(f"id: q{n}, rule: r{n} <= r{n + 1}" for n in range(9)), rows=rows)
    (found,) = check(form, r0=5, r9=4)
    assert message(found, "zh").endswith("行r3 ≤ 行r4；另有 5 条")
    assert message(found, "en").endswith("行r3 ≤ 行r4; 5 more")


def test_a_long_chain_is_followed_within_a_second() -> None:
    rows = [f"r{n}" for n in range(25)]
    form = small(*(f"id: q{n}, rule: r{n} <= r{n + 1}" for n in range(24)), rows=rows)
    report = report_of(form, {"r0": 5, "r24": 4})
    with quickly():
        (found,) = check_relations(report, form, {})
    assert len(str(found.fact["ids"]).split("、")) == 24
