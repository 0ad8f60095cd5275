"""Ten years of one agency over three forms, with one slip at a time: found once, at both places, and nothing else."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bench.tables import valid_table
from gxsite.model.form import CellRef, Form
from tests.relations.portal import Found, Portal, Table, form_of, kinds, only

YEARS = range(2014, 2025)
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other")
STOCKS = ("art20.regulations", "art20.normative")
ITEMS = ("licences", "other_services", "penalties", "coercion", "fees")
Changes = Mapping[str, int | str]


def form_in(year: int) -> Form:
    return form_of("cn-2014" if year < 2019 else "cn-2019" if year < 2021 else "cn-2021")


def _series() -> dict[int, dict[CellRef, int]]:
    """Valid tables of all years of which each continues the one before."""
    rng = random.Random(2014)
    tables: dict[int, dict[CellRef, int]] = {}
    for year in YEARS:
        form = form_in(year)
        table = valid_table(form, rng, 0.5)
        if year >= 2019:
            # Enough of everything, so that each slip below leaves no figure negative.
            table[CellRef("requests.granted", "natural")] += 40
            table[CellRef("requests.granted", "business")] += 40
            _balance(table, tables[year - 1] if year > 2019 else None)
        if year > 2019:
            _continue(form, table, form_in(year - 1), tables[year - 1])
        tables[year] = table
    return tables


def _balance(table: dict[CellRef, int], before: Mapping[CellRef, int] | None) -> None:
    """Carry in what was carried out, and mend all sums by the new and the granted requests."""
    details = [r for r in dict.fromkeys(ref.indicator for ref in table) if r.startswith("requests.")]
    for row in ("requests.new", "requests.carried_in", "requests.carried_out", "requests.outcome.total"):
        details.remove(row)
    for column in COLUMNS:
        at = {row: CellRef(f"requests.{row}", column) for row in ("new", "carried_in", "granted", "carried_out")}
        if before:
            table[at["carried_in"]] = before[at["carried_out"]]
        table[CellRef("requests.carried_out", column)] += 5 if column in ("natural", "business") else 0
        spare = sum(table[CellRef(row, column)] for row in details) + table[at["carried_out"]] - table[at["carried_in"]]
        table[at["granted"]] += max(0, -spare)
        table[CellRef("requests.outcome.total", column)] = sum(table[CellRef(row, column)] for row in details)
        table[at["new"]] = max(0, spare)
    for row in dict.fromkeys(ref.indicator for ref in table if ref.indicator.startswith("requests.")):
        table[CellRef(row, "total")] = sum(table[CellRef(row, column)] for column in COLUMNS)


def _continue(form: Form, table: dict[CellRef, int], form_before: Form, before: Mapping[CellRef, int]) -> None:
    """The figures of article 20 that continue those of the year before on the same form."""
    if form is not form_before:
        return
    if form.id == "cn-2021":
        for row in STOCKS:
            made, repealed, stock = (CellRef(row, c) for c in ("made", "repealed", "in_force"))
            table[repealed] = min(table[repealed], before[stock] + table[made])
            table[stock] = before[stock] + table[made] - table[repealed]
        return
    for row in STOCKS:
        public, total = CellRef(row, "published"), CellRef(row, "public_total")
        table[total] = before[total] + table[public]
    for item in ITEMS:
        prior, change = (CellRef(f"art20.{item}", c) for c in ("prior", "change"))
        table[prior] = before[prior] + before[change]


SERIES = _series()


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """The whole series, without a slip."""
    portal = Portal(tmp_path)
    for year in YEARS:
        write(portal, year, {})
    return portal


def write(portal: Portal, year: int, changes: Changes, front: str = "", agency: str = "aa") -> None:
    """A report of the series with some cells changed."""
    form = form_in(year)
    table: Table = dict(SERIES[year])
    table.update({form.names[name]: value for name, value in changes.items()})
    portal.report(agency, year, form, table, front)


def value(year: int, name: str) -> int:
    return SERIES[year][form_in(year).names[name]]


def moved(year: int, **steps: int) -> dict[str, int]:
    """Cells of the request table moved by so much, in one column (``new__natural=1``) and in the column of totals."""
    changes: dict[str, int] = {}
    for key, step in steps.items():
        row, column = key.split("__")
        for name in (f"requests.{row}.{column}", f"requests.{row}.total"):
            changes[name] = changes.get(name, value(year, name)) + step
    return changes


def test_the_series_is_ten_years_long_and_valid(portal: Portal) -> None:
    assert len(YEARS) > 10
    assert not portal.check()
    held = [y for y in YEARS if y > 2019 and value(y, "requests.carried_in.total")]
    assert len(held) >= 4


# -- one slip -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "year", [2020, 2021, 2022, 2024], ids=["2019 form", "over the change of forms", "2022", "last"]
)
def test_a_figure_carried_in_that_fits_its_own_year(portal: Portal, year: int) -> None:
    write(portal, year, moved(year, carried_in__natural=3, new__natural=-3))
    found = only(portal.check())
    assert found.kind == ("error", "requests.carry", f"{year}:requests.carried_in.total")
    assert found.labels == (f"{year - 1}:requests.carried_out.total", f"{year}:requests.carried_in.natural")
    was = value(year, "requests.carried_in.total")
    assert found.diagnostic.expect == f"{was + 3} ≠ {was}"


@pytest.mark.parametrize("year", [2019, 2020, 2022])
def test_a_figure_carried_out_that_fits_its_own_year(portal: Portal, year: int) -> None:
    write(portal, year, moved(year, carried_out__business=2, new__business=2))
    found = only(portal.check())
    assert found.kind == ("error", "requests.carry", f"{year + 1}:requests.carried_in.total")
    assert found.labels == (f"{year}:requests.carried_out.total", f"{year + 1}:requests.carried_in.business")


def test_applicants_counted_in_another_column_are_one_warning(portal: Portal) -> None:
    steps = moved(2022, carried_in__natural=2, new__natural=-2, carried_in__business=-2, new__business=2)
    write(portal, 2022, steps)
    found = only(portal.check())
    assert found.kind == ("warning", "requests.carry", "2022:requests.carried_in.natural")
    assert found.labels == ("2021:requests.carried_out.natural", "2022:requests.carried_in.business")


@pytest.mark.parametrize("row", STOCKS)
@pytest.mark.parametrize("year", [2022, 2023])
def test_a_stock_that_does_not_continue(portal: Portal, year: int, row: str) -> None:
    cell = f"{row}.in_force"
    write(portal, year, {cell: value(year, cell) + 7})
    found = only(portal.check())
    assert found.kind == ("warning", f"{row}.stock", f"{year}:{cell}")
    assert set(found.labels) == {
        f"{year - 1}:{cell}",
        f"{year}:{row}.made",
        f"{year}:{row}.repealed",
        f"{year + 1}:{cell}",  # the next year does not continue the wrong figure, and that is no finding of its own
    }


@pytest.mark.parametrize("row", STOCKS)
def test_the_first_stock_of_a_form_is_wrong_where_the_next_does_not_continue_it(portal: Portal, row: str) -> None:
    cell = f"{row}.in_force"
    write(portal, 2021, {cell: value(2021, cell) + 7})
    found = only(portal.check())
    assert found.kind == ("warning", f"{row}.stock", f"2022:{cell}")
    assert f"2021:{cell}" in found.labels


@pytest.mark.parametrize("row", STOCKS)
def test_a_public_total_that_does_not_continue(portal: Portal, row: str) -> None:
    cell = f"{row}.public_total"
    write(portal, 2020, {cell: value(2020, cell) + 1})
    found = only(portal.check())
    assert found.kind == ("warning", f"{row}.stock", f"2020:{cell}")
    assert f"2019:{cell}" in found.labels


@pytest.mark.parametrize("item", ITEMS)
def test_items_of_the_year_before(portal: Portal, item: str) -> None:
    prior, change = f"art20.{item}.prior", f"art20.{item}.change"
    write(portal, 2020, {prior: value(2020, prior) + 5})
    found = only(portal.check())
    assert found.kind == ("error", f"art20.{item}.series", f"2020:{prior}")
    assert found.labels == (f"2019:{prior}", f"2019:{change}")
    assert found.suggestions[0] == {prior: str(value(2020, prior))}


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("written", ["减4", "+5", "-18"])
def test_a_change_of_the_year_before_may_have_a_sign(portal: Portal, item: str, written: str) -> None:
    step = {"减4": -4, "+5": 5, "-18": -18}[written]
    prior, change = f"art20.{item}.prior", f"art20.{item}.change"
    write(portal, 2019, {change: written, prior: 30})
    write(portal, 2020, {prior: 30 + step})
    assert not portal.check()
    write(portal, 2020, {prior: 30 - step})
    assert only(portal.check()).kind == ("error", f"art20.{item}.series", f"2020:{prior}")


def test_nothing_is_compared_from_2018_to_2019(portal: Portal) -> None:
    steps = {"requests.received.total": 0, "requests.received.counter": 0, "requests.received.fax": 0}
    nothing = dict.fromkeys([str(ref) for ref in SERIES[2018] if ref.indicator.startswith(("requests.", "fee."))], 0)
    write(portal, 2018, {**nothing, **steps})
    assert not portal.check()


def test_nothing_else_of_article_20_is_compared_from_2019_to_2021(portal: Portal) -> None:
    art20 = {str(ref): 900_000 for ref in SERIES[2020] if ref.indicator.startswith("art20.normative")}
    write(
        portal, 2020, {**art20, "art20.normative.public_total": value(2019, "art20.normative.public_total") + 900_000}
    )
    assert not portal.check()


def test_two_slips_in_two_years_are_two_findings(portal: Portal) -> None:
    write(portal, 2020, moved(2020, carried_in__natural=3, new__natural=-3))
    cell = "art20.normative.in_force"
    write(portal, 2023, {cell: value(2023, cell) + 1})
    assert kinds(portal.check()) == [
        ("error", "requests.carry", "2020:requests.carried_in.total"),
        ("warning", "art20.normative.stock", f"2023:{cell}"),
    ]


# -- one cause ----------------------------------------------------------------------------------------------------


def one_cause(found: list[Found], place: str, right: int) -> Found:
    """All findings stand in the year of the slip and suggest the same value for the same cell; the first of them."""
    year, name = place.split(":")
    assert found
    assert {f.diagnostic.code for f in found} == {"GX301"}
    assert {f.place.split(":")[0] for f in found} == {year}
    assert [f.suggestions for f in found] == [[{name: str(right)}]] * len(found)
    return found[0]


@pytest.mark.parametrize("column", ["natural", "total"])
@pytest.mark.parametrize("year", [2020, 2022])
def test_a_slip_that_also_breaks_the_next_year_is_told_in_its_own(portal: Portal, year: int, column: str) -> None:
    cell = f"requests.carried_out.{column}"
    write(portal, year, {cell: value(year, cell) + 30})
    found = portal.check()
    one_cause(found, f"{year}:{cell}", value(year, cell))
    assert {f.diagnostic.relation for f in found} == {"requests.flow", "requests.applicants"}
    elsewhere = [label for f in found for label in f.labels if not label.startswith(f"{year}:")]
    assert elsewhere == [f"{year + 1}:requests.carried_in.{column}"]


@pytest.mark.parametrize("column", ["natural", "total"])
@pytest.mark.parametrize("year", [2020, 2021, 2023])
def test_a_slip_that_also_breaks_with_the_year_before_is_told_once(portal: Portal, year: int, column: str) -> None:
    cell = f"requests.carried_in.{column}"
    write(portal, year, {cell: value(year, cell) + 30})
    found = [f for f in portal.check() if f.diagnostic.code != "GX311"]
    one_cause(found, f"{year}:{cell}", value(year, cell))
    everything = portal.check()
    elsewhere = [label for f in everything for label in f.labels if label.startswith(f"{year - 1}:")]
    assert elsewhere == [f"{year - 1}:requests.carried_out.{column}"]
    # In the column of totals the carry-over is an error of its own kind and says the same cell and value.
    assert [f.suggestions for f in everything] == [[{cell: str(value(year, cell))}]] * len(everything)
    assert len(everything) == (3 if column == "total" else 2)


# -- nothing to compare with --------------------------------------------------------------------------------------

WRONG = moved(2022, carried_in__natural=3, new__natural=-3)


def _no_report(portal: Portal) -> None:
    (portal.root / "content/aa/2021.md").unlink()


def _withdrawn(portal: Portal) -> None:
    write(portal, 2021, {}, "withdrawn: {date: 2022-05-01, reason: 重新统计}\n")


def _scope(portal: Portal) -> None:
    write(portal, 2021, {}, "scope: consolidated\n")


def _figures(written: str) -> Callable[[Portal], None]:
    def write_figures(portal: Portal) -> None:
        cells = [str(ref) for ref in SERIES[2021] if ref.indicator == "requests.carried_out"]
        write(portal, 2021, dict.fromkeys(cells, written))

    return write_figures


def _row_left_out(portal: Portal) -> None:
    path = portal.root / "content/aa/2021.md"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("  requests.carried_out")), "utf-8")


NOTHING: dict[str, Callable[[Portal], None]] = {
    "no report": _no_report,
    "withdrawn": _withdrawn,
    "another scope": _scope,
    "blank": _figures("~"),
    "not applicable": _figures("/"),
    "approximate": _figures("约400"),
    "a row left out": _row_left_out,
}


@pytest.mark.parametrize("case", NOTHING)
def test_without_an_exact_figure_of_the_year_before_nothing_is_said(portal: Portal, case: str) -> None:
    write(portal, 2022, WRONG)
    assert len(portal.check()) == 1
    NOTHING[case](portal)
    assert [f.kind for f in portal.check() if f.diagnostic.code == "GX311"] == []


def test_a_blank_of_this_year_is_no_break(portal: Portal) -> None:
    cells = [str(ref) for ref in SERIES[2022] if ref.indicator == "requests.carried_in"]
    write(portal, 2022, dict.fromkeys(cells, "~"))
    assert not portal.check()


def test_a_blank_of_this_year_that_can_only_hold_another_figure_is_a_conflict(portal: Portal) -> None:
    """The figures carried in are blank, but the sums leave one value for them, and it is not the one carried out."""
    cells = [str(ref) for ref in SERIES[2022] if ref.indicator == "requests.carried_in"]
    write(portal, 2022, {**dict.fromkeys(cells, "~"), **moved(2022, new__natural=-3)})
    found = only(portal.check())
    assert (found.diagnostic.code, found.diagnostic.severity) == ("GX303", "error")
    assert {"requests.carry", "requests.flow"} <= set(str(found.diagnostic.fact["ids"]).split("、"))
    assert "2021:requests.carried_out.total" in found.labels
    assert "表三 总计列：二、上年结转政府信息公开申请数量 = 上年度的四、结转下年度继续办理" in found.said
    assert "第一项加第二项之和" in found.said


# -- reforms ------------------------------------------------------------------------------------------------------


def reform(portal: Portal, carried_in: int, until: int = 2022) -> None:
    """Two agencies become one in 2023: what they carried out in 2022 is carried in by the new one."""
    for name in ("old-a", "old-b"):
        portal.agency(name, f"until: {until}\n")
        write(portal, 2022, {}, agency=name)
    portal.agency(
        "joined",
        "since: 2023\npredecessors:\n  - {id: old-a, until: 2022}\n  - {id: old-b, until: 2022}\n",
    )
    table: dict[CellRef, int] = dict(SERIES[2023])
    before = [SERIES[2022][CellRef("requests.carried_out", c)] for c in COLUMNS]
    for column, figure in zip(COLUMNS, before, strict=True):
        row = CellRef("requests.carried_in", column)
        step = 2 * figure - table[row]
        table[row] += step
        table[CellRef("requests.granted", column)] += step
        table[CellRef("requests.outcome.total", column)] += step
    table[CellRef("requests.carried_in", "natural")] += carried_in
    table[CellRef("requests.new", "natural")] -= carried_in
    for name in ("new", "carried_in", "granted", "outcome.total"):
        table[CellRef(f"requests.{name}", "total")] = sum(table[CellRef(f"requests.{name}", c)] for c in COLUMNS)
    for row_id in STOCKS:
        made, repealed, stock = (CellRef(row_id, c) for c in ("made", "repealed", "in_force"))
        table[stock] = 2 * SERIES[2022][stock] + table[made] - table[repealed]
    portal.report("joined", 2023, form_in(2023), dict(table))


def test_after_a_reform_the_sum_of_the_predecessors_is_continued(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    reform(portal, 0)
    assert not portal.check()


def test_after_a_reform_a_difference_is_a_warning_that_names_all_predecessors(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    reform(portal, 4)
    found = only(portal.check())
    assert found.kind == ("warning", "requests.carry", "joined/2023:requests.carried_in.natural")
    assert {label for label in found.labels if "2022" in label} == {
        "old-a/2022:requests.carried_out.natural",
        "old-b/2022:requests.carried_out.natural",
    }
    assert "joined/2023:requests.carried_in.total" in found.labels


def test_after_a_reform_without_the_report_of_one_predecessor_nothing_is_said(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    reform(portal, 4)
    (portal.root / "content/old-b/2022.md").unlink()
    assert not portal.check()


# -- waivers and severities ---------------------------------------------------------------------------------------


def waiver(found: Found, **more: str) -> str:
    """The line that a clerk copies from what was printed."""
    words = {"check": found.diagnostic.relation, "expect": f"'{found.diagnostic.expect}'", "reason": "口径调整"} | more
    return "  - {" + ", ".join(f"{key}: {word}" for key, word in words.items()) + "}\n"


def test_a_carry_over_is_waived_column_by_column_as_it_was_printed(portal: Portal) -> None:
    write(portal, 2022, WRONG)
    total = only(portal.check())
    assert f"expect: '{total.diagnostic.expect}'" in total.said
    write(portal, 2022, WRONG, "waivers:\n" + waiver(total))
    natural = only(portal.check())
    assert natural.kind == ("warning", "requests.carry", "2022:requests.carried_in.natural")
    both = "waivers:\n" + waiver(total) + waiver(natural)
    write(portal, 2022, WRONG, both)
    assert not portal.check()
    write(portal, 2022, moved(2022, carried_in__natural=4, new__natural=-4), both)
    assert sorted(f.diagnostic.code for f in portal.check()) == ["GX305", "GX305", "GX311"]


def test_a_column_of_a_carry_over_may_be_waived_alone(portal: Portal) -> None:
    steps = moved(2022, carried_in__natural=2, new__natural=-2, carried_in__business=-2, new__business=2)
    write(portal, 2022, steps)
    first = only(portal.check())
    cell = "requests.carried_in.business"
    was = value(2022, cell)
    alone = "waivers:\n" + waiver(first, cell=cell, expect=f"'{was - 2} ≠ {was}'")
    write(portal, 2022, steps, alone)
    left = only(portal.check())
    assert left.kind == first.kind
    assert not [label for label in left.labels if label.endswith(".business")]


def test_a_portal_may_make_carry_overs_warnings_or_take_them_out(portal: Portal) -> None:
    write(portal, 2022, WRONG)
    for word, wanted in (("warning", ["warning"]), ("off", [])):
        portal.write("gxsite.yaml", f"name: 门户\nlicence: 可以\nseverities:\n  requests.carry: {word}\n")
        assert [str(f.diagnostic.severity) for f in portal.check()] == wanted
