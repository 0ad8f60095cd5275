"""The short form of ``bench/mutation``: what is found, what is named, and that nothing else is said."""

import random
from collections.abc import Iterator

import pytest

from bench.mutation import Result, Score, findings, measure
from bench.oracle import explain
from bench.tables import valid_table
from gxsite.base.diagnostic import Severity
from gxsite.model.form import CellRef
from tests.relations.portal import form_of

FORMS = ("cn-2014", "cn-2019", "cn-2021", "cn-narrative")
SEED = 2024


def scores(result: Result) -> Iterator[Score]:
    return (score for score in (result.alone, result.crossed) if score.slips)


@pytest.mark.parametrize("name", FORMS)
def test_complete_tables(name: str) -> None:
    """Every slip is found; where sums cross, the true cell comes first; where one sum holds it, it is named."""
    result = measure(form_of(name), reports=25, slips=5, seed=SEED)
    assert (result.valid, result.alarms) == (25, 0)
    assert result.alone.slips + result.crossed.slips > 100
    assert [score.found for score in scores(result)] == [score.slips for score in scores(result)], result.missed
    assert result.alone.named == result.alone.slips
    assert result.crossed.first >= 0.95 * result.crossed.slips
    assert bool(result.crossed.slips) == (name in ("cn-2019", "cn-2021"))


@pytest.mark.parametrize("blanks", [0.1, 0.25])
@pytest.mark.parametrize("name", FORMS)
def test_tables_with_blanks(name: str, blanks: float) -> None:
    """Every slip is found that no figures in the blanks explain, and no other."""
    result = measure(form_of(name), reports=20, slips=4, seed=SEED, blanks=blanks)
    assert (result.alarms, result.open) == (0, 0)
    assert [score.found for score in scores(result)] == [score.slips for score in scores(result)], result.missed
    assert result.alone.slips + result.crossed.slips
    assert result.explained or blanks < 0.2


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("name", ["cn-2019", "cn-2021"])
def test_squares_of_blanks_that_only_many_relations_together_rule_out(name: str, size: int) -> None:
    result = measure(form_of(name), reports=8, slips=3, seed=SEED, squares=size)
    assert (result.alarms, result.open, result.explained) == (0, 0, 0)
    assert result.crossed.slips > 15
    assert result.crossed.found == result.crossed.slips, result.missed


# -- the oracle itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_the_oracle_finds_figures_for_a_valid_table(name: str) -> None:
    form, rng = form_of(name), random.Random(SEED)
    table = valid_table(form, rng)
    assert explain(form, table) == {}
    for _ in range(5):
        blanks = set(rng.sample(sorted(table), 12))
        found = explain(form, {ref: value for ref, value in table.items() if ref not in blanks})
        assert found is not None
        assert set(found) <= blanks
        assert all(value >= 0 for value in found.values())
        assert [d for d in findings(form, {**table, **found}) if d.severity is Severity.ERROR] == []


def test_the_oracle_knows_what_cannot_be() -> None:
    form = form_of("cn-2014")
    table = valid_table(form, random.Random(SEED))
    total, parts = CellRef("office.staff.total"), ("office.staff.full_time", "office.staff.part_time")
    full, part = (CellRef(name) for name in parts)
    open_part = {ref: value for ref, value in table.items() if ref != part}
    assert explain(form, {**open_part, total: 9, full: 9}) == {part: 0}
    assert explain(form, {**open_part, total: 9, full: 4}) == {part: 5}
    assert explain(form, {**open_part, total: 9, full: 10}) is None
    assert explain(form, {**table, total: 9, full: 4, part: 4}) is None
    channels = [ref for ref in form.cells if ref.indicator.startswith("disclosure.channel")]
    few = {ref: value for ref, value in table.items() if ref not in channels[1:]}
    assert explain(form, {**few, channels[0]: table[CellRef("disclosure.total")] + 1}) is None


def test_the_order_of_random_numbers_does_not_depend_on_the_machine() -> None:
    one = measure(form_of("cn-2021"), reports=3, slips=3, seed=1)
    assert one == measure(form_of("cn-2021"), reports=3, slips=3, seed=1)
    assert one != measure(form_of("cn-2021"), reports=3, slips=3, seed=2)
