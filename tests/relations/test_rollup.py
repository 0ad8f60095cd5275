"""A consolidated report against the reports below it: what is added, what is compared, how much a difference weighs."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.tables import valid_table
from gxsite.base.diagnostic import Severity
from gxsite.model.form import CellRef, Form
from tests.relations.portal import Found, Portal, Table, form_of, kinds, only

FORM = form_of("cn-2021")
CITY = "city"
PARTS = ("edu", "water", "town")


def tables(form: Form, *names: str, seed: int = 7) -> dict[str, dict[CellRef, int]]:
    rng = random.Random(seed)
    return {name: valid_table(form, rng, 0.5) for name in names}


def total(parts: Mapping[str, Mapping[CellRef, int]]) -> dict[CellRef, int]:
    """The table that a government consolidates from those below it."""
    summed: dict[CellRef, int] = {}
    for table in parts.values():
        for ref, value in table.items():
            summed[ref] = summed.get(ref, 0) + value
    return summed


OWN = tables(FORM, *PARTS)
WHOLE = total(OWN)


def tree(root: Path, config: str = "", names: tuple[str, ...] = PARTS) -> Portal:
    """A city with agencies directly below it."""
    portal = Portal(root, config)
    portal.agency(CITY, "kind: government\nlevel: city\n")
    for name in names:
        portal.agency(name, f"parent: {CITY}\nkind: department\n")
    return portal


def file(portal: Portal, name: str, table: Mapping[CellRef, int | str], scope: str = "own", form: Form = FORM) -> None:
    portal.report(name, max(form.years[0], 2021), form, dict(table), f"scope: {scope}\n")


def city(portal: Portal, changes: Mapping[str, int | str] | None = None, scope: str = "consolidated") -> None:
    """The report of the city with some cells changed."""
    table: Table = dict(WHOLE)
    table.update({FORM.names[name]: value for name, value in (changes or {}).items()})
    file(portal, CITY, table, scope)


def below(portal: Portal, *names: str) -> None:
    for name in names or PARTS:
        file(portal, name, OWN[name])


def rollups(found: list[Found]) -> list[Found]:
    return [f for f in found if f.diagnostic.code == "GX312"]


# Two more new requests, granted: the report is sound by itself.
MORE = {
    f"{row}.{column}": WHOLE[CellRef(row, column)] + 2
    for row in ("requests.new", "requests.granted", "requests.outcome.total")
    for column in ("natural", "total")
}
BROKEN = ("rollup.new", "rollup.outcome", "rollup.requests.granted")


def weights(portal: Portal) -> dict[str, str]:
    """The severity of each broken roll-up, and nothing else wrong."""
    found = portal.everything()
    assert [f.kind for f in found if f.diagnostic.severity is Severity.ERROR and f.diagnostic.code != "GX312"] == []
    return {f.diagnostic.relation or "": str(f.diagnostic.severity) for f in rollups(found)}


# -- what is compared ---------------------------------------------------------------------------------------------


def test_a_whole_that_is_the_sum_of_its_parts(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal)
    below(portal)
    assert not portal.check()


def test_columns_that_differ_are_one_finding_for_each_relation(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal, MORE)
    below(portal)
    found = rollups(portal.check())
    assert sorted(f.kind for f in found) == [
        ("warning", "rollup.new", "city/2021:requests.new.total"),
        ("warning", "rollup.outcome", "city/2021:requests.outcome.total.total"),
        ("warning", "rollup.requests.granted", "city/2021:requests.granted.total"),
    ]
    new = next(f for f in found if f.diagnostic.relation == "rollup.new")
    assert new.labels == ("city/2021:requests.new.natural",)
    whole = WHOLE[CellRef("requests.new", "total")]
    assert new.diagnostic.expect == f"{whole + 2} ≠ {whole}"
    assert {new.diagnostic.fact[key] for key in ("covered", "expected")} == {3}
    assert all(word in new.said for word in (str(whole + 2), str(whole), "3 份"))


@pytest.mark.parametrize("row", ["review", "lawsuit.direct", "lawsuit.after_review"])
def test_reviews_and_lawsuits_are_compared_too(tmp_path: Path, row: str) -> None:
    portal = tree(tmp_path)
    city(portal, {f"{row}.{column}": WHOLE[CellRef(row, column)] + 1 for column in ("pending", "total")})
    below(portal)
    assert [f.kind for f in rollups(portal.check())] == [("warning", f"rollup.{row}", f"city/2021:{row}.total")]


def test_an_own_report_is_compared_with_nothing(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal, MORE, scope="own")
    below(portal)
    assert not portal.check()


def test_stocks_are_not_added(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal, {"art20.normative.in_force": 900_000})
    below(portal)
    assert not portal.check()


# -- coverage -----------------------------------------------------------------------------------------------------


def test_full_coverage_is_a_warning_and_strict_an_error(tmp_path: Path) -> None:
    for config, severity in (("", "warning"), ("reconcile: strict\n", "error")):
        portal = tree(tmp_path, config)
        city(portal, MORE)
        below(portal)
        assert weights(portal) == dict.fromkeys(BROKEN, severity)


@pytest.mark.parametrize("config", ["", "reconcile: strict\n"])
def test_partial_coverage_is_a_note(tmp_path: Path, config: str) -> None:
    portal = tree(tmp_path, config)
    city(portal)
    below(portal, "edu", "water")
    found = weights(portal)
    assert set(BROKEN) <= set(found)
    assert set(found.values()) == {"note"}
    assert not portal.check()
    first = rollups(portal.everything())[0]
    assert (first.diagnostic.fact["covered"], first.diagnostic.fact["expected"]) == (2, 3)


@pytest.mark.parametrize("config", ["", "reconcile: strict\n"])
def test_a_part_that_exceeds_the_whole_is_a_warning(tmp_path: Path, config: str) -> None:
    portal = tree(tmp_path, config)
    file(portal, CITY, OWN["edu"], "consolidated")
    below(portal, "edu", "water")
    assert weights(portal)["rollup.new"] == "warning"


def test_without_any_report_below_nothing_is_said(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal, MORE)
    assert not rollups(portal.everything())


def test_a_withdrawn_report_is_a_missing_one(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal)
    below(portal, "edu", "water")
    portal.report("town", 2021, FORM, dict(OWN["town"]), "withdrawn: {date: 2022-03-01, reason: 重新统计}\n")
    assert set(weights(portal).values()) == {"note"}


@pytest.mark.parametrize("life", ["since: 2022\n", "until: 2020\n"])
def test_an_agency_that_did_not_exist_is_not_expected(tmp_path: Path, life: str) -> None:
    portal = tree(tmp_path)
    city(portal, MORE)
    below(portal)
    portal.agency("new-body", f"parent: {CITY}\nkind: department\n{life}")
    assert weights(portal) == dict.fromkeys(BROKEN, "warning")
    portal.agency("new-body", f"parent: {CITY}\nkind: department\nsince: 2021\nuntil: 2021\n")
    assert weights(portal) == dict.fromkeys(BROKEN, "note")


# -- what is added ------------------------------------------------------------------------------------------------


def county(portal: Portal, *names: str) -> None:
    """A county below the city, with agencies of its own."""
    portal.agency("county", f"parent: {CITY}\nkind: government\nlevel: county\n")
    for name in names:
        portal.agency(name, "parent: county\nkind: department\n")


def test_the_reports_of_all_levels_are_added(tmp_path: Path) -> None:
    portal = tree(tmp_path, names=("edu",))
    county(portal, "water", "town")
    city(portal)
    below(portal)
    assert weights(portal) == dict.fromkeys(weights(portal), "note")  # the county itself has no report
    portal.agency("county", f"parent: {CITY}\nkind: government\nlevel: county\nsince: 2022\n")
    assert not weights(portal)


def test_a_region_is_its_parts_and_never_its_consolidated_report_as_well(tmp_path: Path) -> None:
    portal = tree(tmp_path, names=("edu",))
    county(portal, "water", "town")
    city(portal)
    below(portal)
    file(portal, "county", total({name: OWN[name] for name in ("water", "town")}), "consolidated")
    assert not portal.check()
    assert not weights(portal)  # neither for the city nor for the county


def test_a_region_without_own_reports_is_its_one_consolidated_report(tmp_path: Path) -> None:
    portal = tree(tmp_path, names=("edu",))
    county(portal, "water", "town")
    file(portal, "edu", OWN["edu"])
    file(portal, "county", total({name: OWN[name] for name in ("water", "town")}), "consolidated")
    city(portal)
    assert not weights(portal)
    city(portal, MORE)
    assert weights(portal) == dict.fromkeys(BROKEN, "warning")


def test_a_wrong_consolidated_report_of_a_region_is_found_at_the_region(tmp_path: Path) -> None:
    portal = tree(tmp_path, names=("edu",))
    county(portal, "water", "town")
    city(portal)
    below(portal)
    regional: Table = dict(total({name: OWN[name] for name in ("water", "town")}))
    for column in ("pending", "total"):
        cell = CellRef("review", column)
        regional[cell] = int(regional[cell]) + 1
    file(portal, "county", regional, "consolidated")
    assert kinds(portal.check()) == [("warning", "rollup.review", "county/2021:review.total")]


# -- figures that are not exact, not there or not the same ---------------------------------------------------------


RESULTS = ("upheld", "corrected", "other", "pending", "total")


def test_a_blank_below_decides_only_what_is_certain(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    city(portal)
    below(portal, "edu", "water")
    file(portal, "town", {**OWN["town"], **{CellRef("review", column): "~" for column in RESULTS}})
    assert not weights(portal)
    known = {c: OWN["edu"][CellRef("review", c)] + OWN["water"][CellRef("review", c)] for c in RESULTS}
    assert known["total"] > 0
    city(portal, dict.fromkeys([f"review.{column}" for column in RESULTS], 0))  # less than the two that are known
    assert weights(portal) == {"rollup.review": "warning"}


def test_an_approximate_figure_below_is_a_range_and_makes_no_error(tmp_path: Path) -> None:
    portal = tree(tmp_path, "reconcile: strict\n")
    below(portal, "edu", "water")
    others = OWN["edu"][CellRef("art20.licences", "decided")] + OWN["water"][CellRef("art20.licences", "decided")]
    file(portal, "town", {**OWN["town"], CellRef("art20.licences", "decided"): "280多"})
    city(portal, {"art20.licences.decided": others + 289})
    assert not weights(portal)
    city(portal, {"art20.licences.decided": others + 290})
    assert weights(portal) == {"rollup.art20.licences.decided": "warning"}


def test_a_blank_or_none_of_the_whole_is_compared_as_it_stands(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    below(portal)
    city(portal, {str(ref): "~" for ref in FORM.cells if ref.indicator == "review"})
    assert not weights(portal)
    city(portal, {str(ref): "/" for ref in FORM.cells if ref.indicator == "review"})
    assert not weights(portal)


def test_a_part_on_an_older_form_is_added_where_the_series_is_the_same(tmp_path: Path) -> None:
    old = form_of("cn-2019")
    portal = tree(tmp_path, names=("edu", "water"))
    file(portal, "edu", OWN["edu"])
    town = tables(old, "town")["town"]
    file(portal, "water", town, form=old)  # filed on the wrong form, which is a warning of its own
    whole: Table = dict(OWN["edu"])
    for ref in FORM.cells:
        if ref in town and not ref.indicator.startswith("art20"):
            whole[ref] = int(whole[ref]) + town[ref]
    for column in ("natural", "business", "research", "welfare", "legal", "other", "total"):
        other = CellRef("requests.other.other", column)
        whole[other] = int(whole[other]) + town[CellRef("requests.other", column)]
    file(portal, CITY, whole, "consolidated")
    assert not weights(portal)
    whole[CellRef("lawsuit.direct", "pending")] = int(whole[CellRef("lawsuit.direct", "pending")]) + 1
    whole[CellRef("lawsuit.direct", "total")] = int(whole[CellRef("lawsuit.direct", "total")]) + 1
    file(portal, CITY, whole, "consolidated")
    assert weights(portal) == {"rollup.lawsuit.direct": "warning"}


def test_a_part_on_a_newer_form_decides_nothing(tmp_path: Path) -> None:
    old = form_of("cn-2019")
    portal = tree(tmp_path, names=("edu",))
    file(portal, "edu", OWN["edu"])
    file(portal, CITY, tables(old, "x")["x"], "consolidated", form=old)
    assert not weights(portal)


OPEN_UNIT = """\
id: local-units
family: local
years: {from: 2021}
status: local
title: 采购统计表
tables:
  - id: one
    columns: [{id: amount, label: 金额, type: decimal}, {id: count, label: 数量, unit: 件}]
    rows: [{id: buying, label: 采购}]
relations:
  - {id: rollup.buying, rule: buying = children(buying), each: column, severity: warning}
"""


@pytest.mark.parametrize(
    ("unit_below", "broken"),
    [("units: {buying.amount: 万元}\n", ["rollup.buying"]), ("units: {buying.amount: 元}\n", []), ("", [])],
)
def test_only_equal_units_are_added(tmp_path: Path, unit_below: str, broken: list[str]) -> None:
    portal = tree(tmp_path, names=("edu",))
    portal.write("content/forms/local-units.yaml", OPEN_UNIT)
    for name, amount, front in (
        (CITY, 7, "scope: consolidated\nunits: {buying.amount: 万元}\n"),
        ("edu", 5, unit_below),
    ):
        dates = "published: 2022-01-20\nsigned: 2022-01-10\n"
        text = f"---\ntitle: 报告\nform: local-units\n{dates}{front}table:\n  buying: [{amount}, 3]\n---\n"
        portal.write(f"content/{name}/2021.md", text)
    assert [f.diagnostic.relation for f in rollups(portal.everything())] == broken


def test_counts_are_compared_whatever_the_unit_of_the_amount(tmp_path: Path) -> None:
    portal = tree(tmp_path, names=("edu",))
    portal.write("content/forms/local-units.yaml", OPEN_UNIT)
    dates = "published: 2022-01-20\nsigned: 2022-01-10\n"
    for name, count, front in ((CITY, 4, "scope: consolidated\n"), ("edu", 3, "units: {buying.amount: 元}\n")):
        text = f"---\ntitle: 报告\nform: local-units\n{dates}{front}table:\n  buying: [7, {count}]\n---\n"
        portal.write(f"content/{name}/2021.md", text)
    (found,) = rollups(portal.everything())
    assert found.place == "city/2021:buying.count"


# -- waivers and severities ---------------------------------------------------------------------------------------


def test_a_difference_may_be_waived_with_its_figures(tmp_path: Path) -> None:
    portal = tree(tmp_path)
    below(portal)
    steps = {f"review.{column}": WHOLE[CellRef("review", column)] + 1 for column in ("pending", "total")}
    city(portal, steps)
    printed = only(portal.check())
    assert f"expect: '{printed.diagnostic.expect}'" in printed.said
    lines = []
    for column in ("pending", "total"):
        was = WHOLE[CellRef("review", column)]
        words = f"check: rollup.review, cell: review.{column}, expect: '{was + 1} ≠ {was}', reason: 口径不同"
        lines.append(f"  - {{{words}}}\n")
    table: Table = dict(WHOLE)
    table.update({FORM.names[name]: value for name, value in steps.items()})
    portal.report(CITY, 2021, FORM, table, "scope: consolidated\nwaivers:\n" + "".join(lines))
    assert not portal.check()


def test_a_portal_may_take_a_roll_up_out(tmp_path: Path) -> None:
    portal = tree(tmp_path, "severities:\n  rollup.new: off\n")
    city(portal, MORE)
    below(portal)
    assert weights(portal) == {"rollup.outcome": "warning", "rollup.requests.granted": "warning"}


def test_the_portal_s_own_severity_of_a_roll_up_holds_at_full_coverage(tmp_path: Path) -> None:
    portal = tree(tmp_path, "severities:\n  rollup.new: error\n")
    city(portal, MORE)
    below(portal)
    assert weights(portal) == {name: "error" if name == "rollup.new" else "warning" for name in BROKEN}
