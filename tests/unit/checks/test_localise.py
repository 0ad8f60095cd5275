"""Which cell is wrong: single cells before pairs, likely slips first, and all that tie."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import help_lines
from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.relations import check_relations
from gxsite.model.form import Form
from tests.unit.build import codes, fuzz, quickly, report_of, small

SUM = small("id: sum, rule: t = a + b", rows=["a", "b", "t"])
GRID = small(
    "id: across, rule: total = n + m, each: row",
    "id: down, rule: t = a + b, each: column",
    rows=["a", "b", "t"],
    columns=["n", "m", "total"],
)
Suggestions = list[tuple[tuple[str, str], ...]]


def check(form: Form, table: Mapping[str, object], more: str = "") -> tuple[Diagnostic, ...]:
    return check_relations(report_of(form, table, more), form, {})


def suggestions(found: Diagnostic) -> Suggestions:
    return [suggestion.changes for suggestion in found.suggestions]


def singles(form: Form, table: Mapping[str, object], more: str = "") -> list[tuple[str, str]]:
    """The single cells that are suggested for the only finding."""
    (found,) = check(form, table, more)
    assert all(len(changes) == 1 for changes in suggestions(found))
    return [changes[0] for changes in suggestions(found)]


# -- likely slips first -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "t", "wanted"),
    [
        (12, 30, 24, [("t", "42"), ("b", "12")]),  # two digits of the total swapped
        (110, 306, 614, [("t", "416"), ("a", "308"), ("b", "504")]),  # no slip fits: the total first
        (1, 41, 4, [("t", "42"), ("b", "3")]),  # a digit of the total dropped; no part can be negative
        (12, 30, 422, [("t", "42"), ("a", "392"), ("b", "410")]),  # a digit of the total doubled
        (12, 300, 42, [("b", "30"), ("t", "312")]),  # a nought too many, or a digit dropped
        (95, 17, 50, [("t", "112"), ("a", "33")]),  # only the total can be out of date
        (20, 31, 60, [("a", "29"), ("t", "51"), ("b", "40")]),  # one wrong digit, then the total, then the rest
    ],
)
def test_the_likeliest_slip_comes_first(a: int, b: int, t: int, wanted: list[tuple[str, str]]) -> None:
    assert singles(SUM, {"a": a, "b": b, "t": t}) == wanted


def test_a_figure_that_stands_one_row_off() -> None:
    form = small("id: sum, rule: t = a + b", rows=["t", "a", "b", "z"])
    assert singles(form, {"t": 76, "a": 40, "b": 15, "z": 36})[0] == ("b", "36")


def test_several_single_cells_that_tie_are_all_named() -> None:
    (found,) = check(SUM, {"a": 20, "b": 31, "t": 60})
    said = "\n".join(help_lines(found, "zh"))
    assert all(word in said for word in ("行a", "29", "行t", "51", "行b", "40"))


def test_nothing_negative_and_nothing_blank_is_suggested() -> None:
    assert singles(SUM, {"a": 13, "t": 12}) == [("t", "21"), ("a", "12")]
    assert singles(SUM, {"a": 33, "t": 11}) == [("t", "33"), ("a", "11")]


def test_the_nearest_value_mends_a_bound_unless_swapped_digits_do() -> None:
    form = small("id: bound, rule: a + b >= t", rows=["a", "b", "t"])
    assert sorted(singles(form, {"a": 90, "b": 4, "t": 99})) == [("a", "95"), ("b", "9"), ("t", "94")]
    assert singles(form, {"a": 9000, "b": 477, "t": 9483})[0] == ("b", "747")


def test_signed_cells_may_become_negative() -> None:
    form = small("id: change, rule: s = a - b", rows=["{id: s, label: 增减, signed: true}", "a", "b"])
    assert ("s", "-5") in singles(form, {"s": "5", "a": 10, "b": 15})


def test_decimals_keep_their_places() -> None:
    form = small("id: fee, rule: t = a + b", rows=[f"{{id: {r}, label: {r}, type: decimal}}" for r in "abt"])
    assert ("t", "3.75") in singles(form, {"a": "1.25", "b": "2.50", "t": "4.75"})


def test_only_values_of_the_type_are_suggested() -> None:
    form = small("id: twice, rule: a + a = t", rows=["a", "t"])
    assert singles(form, {"a": 1, "t": 5}) == [("t", "2")]


# -- all relations of one cause -----------------------------------------------------------------------------------

GOOD = {"a": [10, 5, 15], "b": [3, 4, 7], "t": [13, 9, 22]}


def grid(cell: str, value: int) -> dict[str, object]:
    """The good grid with one figure changed."""
    row, column = cell.split(".")
    figures = list(GOOD[row])
    figures[("n", "m", "total").index(column)] = value
    return {**GOOD, row: figures}


@pytest.mark.parametrize(
    ("cell", "value", "right", "relations"),
    [
        ("a.n", 19, "10", ["across", "down"]),
        ("b.m", 40, "4", ["across", "down"]),
        ("a.total", 51, "15", ["across", "down"]),
        ("t.n", 31, "13", ["across", "down"]),
        ("t.total", 32, "22", ["across", "down"]),
    ],
)
def test_where_a_row_and_a_column_cross_stands_the_wrong_cell(
    cell: str, value: int, right: str, relations: list[str]
) -> None:
    found = check(GRID, grid(cell, value))
    assert sorted(d.relation or "" for d in found) == relations
    assert [suggestions(d) for d in found] == [[((cell, right),)]] * len(found)


def test_findings_of_two_causes_have_suspects_of_their_own() -> None:
    form = small("id: one, rule: t = a", "id: two, rule: z = x", rows=["a", "t", "x", "z"])
    found = {d.relation: suggestions(d) for d in check(form, {"a": 100, "t": 500, "x": 70, "z": 900})}
    assert found["one"] == [(("a", "500"),), (("t", "100"),)]
    assert found["two"] == [(("x", "900"),), (("z", "70"),)]


def test_a_change_must_not_break_another_relation() -> None:
    form = small("id: sum, rule: t = a + b", "id: part, rule: a <= c", rows=["a", "b", "t", "c"])
    assert singles(form, {"a": 20, "b": 31, "t": 60, "c": 20}) == [("t", "51"), ("b", "40")]
    assert singles(form, {"a": 20, "b": 31, "t": 60, "c": 29}) == [("a", "29"), ("t", "51"), ("b", "40")]


def test_a_change_must_not_break_a_relation_whose_condition_holds() -> None:
    form = small("id: sum, rule: t = a + b", "id: part, rule: a <= 20, when: c > 0", rows=["a", "b", "t", "c"])
    assert singles(form, {"a": 20, "b": 31, "t": 60, "c": 1}) == [("t", "51"), ("b", "40")]


def test_a_relation_with_a_condition_has_suspects_of_its_own() -> None:
    form = small("id: if, rule: t >= 5, when: c > 0", rows=["t", "c"])
    assert singles(form, {"t": 1, "c": 1}) == [("t", "5")]


def test_a_softer_break_that_the_one_suspect_explains_is_no_finding_of_its_own() -> None:
    form = small(
        "id: across, rule: total = n + m, each: row",
        "id: down, rule: t = a + b, each: column",
        "id: usual, rule: a.n <= 12, severity: warning",
        "id: other, rule: b.n <= 2, severity: warning",
        rows=["a", "b", "t"],
        columns=["n", "m", "total"],
    )
    assert {d.relation for d in check(form, GOOD)} == {"other"}
    assert {d.relation for d in check(form, {**GOOD, "a": [14, 1, 15], "t": [17, 5, 22]})} == {"usual", "other"}
    assert {d.relation for d in check(form, grid("a.n", 19))} == {"across", "down", "other"}


def test_an_advisory_relation_forbids_nothing_but_ranks() -> None:
    form = small(
        "id: sum, rule: t = a + b",
        "id: usual, rule: t <= c, severity: warning",
        rows=["a", "b", "t", "c"],
    )
    assert singles(form, {"a": 110, "b": 306, "t": 614, "c": 614})[0] == ("t", "416")
    form = small(
        "id: sum, rule: t = a + b",
        "id: usual, rule: a <= c, severity: warning",
        rows=["a", "z", "b", "t", "c"],
    )
    ranked = singles(form, {"a": 110, "b": 306, "t": 614, "c": 110})
    assert ranked.index(("b", "504")) < ranked.index(("a", "308"))


def test_a_waived_relation_takes_no_part() -> None:
    waiver = "waivers: [{check: across, expect: '15 ≠ 24', reason: 某}]\n"
    found = {d.relation: d for d in check(GRID, grid("a.n", 19), waiver)}
    assert not found["across"].suggestions
    assert (("t.n", "22"),) not in suggestions(found["down"])  # that would break the row of totals
    assert (("a.n", "10"),) in suggestions(found["down"])


def test_a_relation_that_does_not_apply_takes_no_part() -> None:
    form = small("id: sum, rule: t = a + b", "id: other, rule: z = a + c", rows=["a", "b", "t", "c", "z"])
    table: dict[str, object] = {"a": 20, "b": 31, "t": 60, "c": 5, "z": "/"}
    assert ("a", "29") in singles(form, table)


def test_only_exact_figures_are_suspects() -> None:
    form = small("id: sum, rule: t = a + b", "id: part, rule: a <= c", rows=["a", "b", "t", "c"])
    assert singles(form, {"a": 30, "b": 31, "t": 20, "c": "约90"}) == [("t", "61")]


def test_a_break_between_approximate_figures_has_no_suspect() -> None:
    (found,) = check(SUM, {"a": "约30", "b": 5, "t": 90})
    assert (found.severity, found.suggestions) == ("warning", ())


def test_an_advisory_break_has_no_suspect() -> None:
    form = small("id: sum, rule: t = a + b, severity: warning", rows=["a", "b", "t"])
    (found,) = check(form, {"a": 1, "b": 1, "t": 3})
    assert (found.severity, found.suggestions) == ("warning", ())


# -- ties that relations settle together --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "t", "wanted"),
    [
        # Column n says 9 ≠ 8. Row a and column m both need the blank a.m, and agree only if a.n is 5.
        ("[6, ~, 10]", "[3, 4, ~]", "[8, 9, ~]", {"a.n"}),
        # The same column, but row a and column m agree on a.m as it is: a.n is right.
        ("[5, ~, 10]", "[4, 4, ~]", "[8, 9, ~]", {"b.n", "t.n"}),
        # Row a and column m agree on no change of column n: a mistake of its own, which settles nothing.
        ("[6, ~, 10]", "[3, 4, ~]", "[8, 90, ~]", {"a.n", "b.n", "t.n"}),
        # Nothing holds a.m but row a.
        ("[6, ~, 10]", "[3, ~, ~]", "[8, ~, ~]", {"a.n", "b.n", "t.n"}),
    ],
)
def test_a_tie_is_settled_by_what_several_relations_say_of_a_blank(a: str, b: str, t: str, wanted: set[str]) -> None:
    found = [d for d in check(GRID, {"a": a, "b": b, "t": t}) if d.code == "GX301"]
    assert [d.relation for d in found] == ["down"]
    assert {cell for ((cell, _),) in suggestions(found[0])} == wanted
    said = "\n".join(help_lines(found[0], "zh"))
    assert ("单凭数字分不出来" in said) == (len(wanted) > 1)


@fuzz
@given(
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.sets(st.sampled_from([f"{row}.{column}" for row in "abt" for column in ("n", "m", "total")]), max_size=5),
    st.sampled_from([f"{row}.{column}" for row in "abt" for column in ("n", "m", "total")]),
    st.integers(1, 9),
)
def test_the_one_wrong_cell_is_never_ruled_out(parts: list[int], blanks: set[str], wrong: str, step: int) -> None:
    an, am, bn, bm = parts
    rows = {"a": (an, am), "b": (bn, bm), "t": (an + bn, am + bm)}
    valid = {f"{r}.{c}": v for r, (n, m) in rows.items() for c, v in (("n", n), ("m", m), ("total", n + m))}
    shown = {cell: "~" if cell in blanks - {wrong} else str(v + step * (cell == wrong)) for cell, v in valid.items()}
    table = {row: f"[{', '.join(shown[f'{row}.{c}'] for c in ('n', 'm', 'total'))}]" for row in "abt"}
    for diagnostic in check(GRID, table):
        if diagnostic.code == "GX301":
            assert wrong in {cell for ((cell, _),) in suggestions(diagnostic)}


# -- pairs --------------------------------------------------------------------------------------------------------

TWO = small("id: one, rule: t = a + b", "id: two, rule: t = c + d", rows=["a", "b", "c", "d", "t"])


def test_pairs_are_looked_for_only_where_no_single_cell_will_do() -> None:
    found = check(TWO, {"a": 6, "b": 4, "c": 8, "d": 4, "t": 5})
    assert codes(found) == ["GX301", "GX301"]
    pairs = {tuple(sorted(changes)) for changes in suggestions(found[0])}
    assert suggestions(found[0]) == suggestions(found[1])
    assert pairs == {
        (("a", "8"), ("t", "12")),
        (("b", "6"), ("t", "12")),
        (("c", "6"), ("t", "10")),
        (("d", "2"), ("t", "10")),
        (("a", "1"), ("c", "1")),
    }


def test_a_pair_is_said_in_one_sentence() -> None:
    found = check(TWO, {"a": 6, "b": 4, "c": 8, "d": 4, "t": 5})[0]
    first = suggestions(found)[0]
    for lang in ("zh", "en"):
        said = "\n".join(help_lines(found, lang))
        assert all(f"行{cell}" in said and value in said for cell, value in first)


def test_a_single_cell_leaves_pairs_alone() -> None:
    found = check(TWO, {"a": 6, "b": 4, "c": 8, "d": 2, "t": 5})
    assert suggestions(found[0]) == [(("t", "10"),)]


def test_a_bound_forces_no_pair() -> None:
    form = small("id: one, rule: a >= t", "id: two, rule: b <= t", "id: three, rule: a + b = 4", rows=["a", "b", "t"])
    assert all(len(s.changes) == 1 for d in check(form, {"a": 1, "b": 3, "t": 2}) for s in d.suggestions)


# -- whatever the figures -----------------------------------------------------------------------------------------

figures = st.one_of(
    st.integers(0, 30).map(str), st.sampled_from(["", "无", "约10", "20多", "近30", "不少于5", "100以上"])
)
cells = st.lists(figures, min_size=3, max_size=3).map(lambda row: f"[{', '.join(v or '~' for v in row)}]")


def test_a_figure_in_place_of_not_applicable_must_not_break_its_relation() -> None:
    found = check(GRID, {"a": "[0, 0, 0]", "b": "[0, 0, 1]", "t": "[0, /, 1]"})
    assert (("t.m", "1"),) not in [changes for d in found for changes in suggestions(d)]


@fuzz
@given(st.fixed_dictionaries(dict.fromkeys("abt", cells)))
def test_every_single_suggestion_mends_its_cause_and_breaks_nothing(table: dict[str, str]) -> None:
    found = check(GRID, dict(table))
    hard = [d for d in found if d.severity == "error" and d.code == "GX301"]
    for diagnostic in hard:
        for suggestion in diagnostic.suggestions:
            mended = {row: value.strip("[]").split(", ") for row, value in table.items()}
            for cell, value in suggestion.changes:
                row, column = cell.split(".")
                mended[row][("n", "m", "total").index(column)] = value
            again = check(GRID, {row: f"[{', '.join(values)}]" for row, values in mended.items()})
            left = [d for d in again if d.severity == "error" and d.code == "GX301"]
            assert not [d for d in left if set(d.cells) & {cell for cell, _ in suggestion.changes}]
            assert len(left) < len(hard)


def test_a_large_table_full_of_mistakes_is_localised_within_a_second() -> None:
    rows = [f"r{n}" for n in range(40)]
    form = small(
        "id: across, rule: t = n + m + o, each: row",
        f"id: down, rule: r0 = {' + '.join(rows[1:])}, each: column",
        rows=rows,
        columns=["n", "m", "o", "t"],
    )
    report = report_of(form, {row: f"[{n}, {n * 2}, 7, {n}]" for n, row in enumerate(rows)})
    with quickly():
        assert check_relations(report, form, {})
