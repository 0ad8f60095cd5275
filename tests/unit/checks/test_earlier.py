"""Relations to the year before: which figures they take, and how one wrong figure stays one finding."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.run import Rules, check_all
from gxsite.model.agency import Agency, Predecessor
from gxsite.model.catalog import Catalog
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import CellRef, Form
from gxsite.model.report import Report
from gxsite.source.report import read_report
from tests.unit.build import catalog_of, codes, only, report_text, small, text_of

ROWS = ("in", "new", "done", "out")
FORM = small("id: flow, rule: new + in = done + out", "id: carry, rule: in = previous(out)", rows=ROWS)
GRID = small("id: carry, rule: in = previous(out), each: column", rows=ROWS, columns=["n", "m", "total"])


def report(year: int, cells: Mapping[str, object], form: Form = FORM, agency: str = "demo", more: str = "") -> Report:
    dates = f"published: {year + 1}-01-05\n"
    source = text_of(report_text(cells, form.id, dates + more), f"content/{agency}/{year}.md")
    return read_report(source, agency, year, {form.id: form}).value


def check(*reports: Report, agencies: tuple[Agency, ...] = (), form: Form = FORM) -> list[Diagnostic]:
    found = check_all(catalog_of(form, *reports, agencies=agencies), (), Rules()).diagnostics
    return [d for d in found if d.relation]


GOOD_2016 = {"in": 0, "new": 9, "done": 5, "out": 4}


def test_what_was_carried_out_is_carried_in() -> None:
    assert not check(report(2016, GOOD_2016), report(2017, {"in": 4, "new": 1, "done": 5, "out": 0}))
    (found,) = check(report(2016, GOOD_2016), report(2017, {"in": 3, "new": 2, "done": 5, "out": 0}))
    assert (found.code, found.relation, found.expect) == ("GX311", "carry", "3 ≠ 4")
    assert (found.place.path, found.place.span.line) == ("content/demo/2017.md", 5)
    assert [(label.place.path, label.place.span.line) for label in found.labels] == [("content/demo/2016.md", 8)]


@pytest.mark.parametrize("before", ["", "/", "约4", "4多", "不少于4", "四"])
def test_what_is_not_exact_in_the_year_before_decides_nothing(before: str) -> None:
    earlier = report(2016, {"in": 0, "out": before})
    assert not check(earlier, report(2017, {"in": 9, "new": 0, "done": 9, "out": 0}))


def test_none_is_nought() -> None:
    earlier = report(2016, {"in": 0, "new": 0, "done": 0, "out": "无"})
    assert codes(check(earlier, report(2017, {"in": 9, "new": 0, "done": 9, "out": 0}))) == ["GX311"]


LATE = {"in": 9, "new": 0, "done": 9, "out": 0}


def test_a_gap_a_damaged_a_withdrawn_report_and_another_scope_decide_nothing() -> None:
    assert not check(report(2015, GOOD_2016), report(2017, LATE))
    assert not check(report(2016, GOOD_2016, more="x: y: z\n"), report(2017, LATE))
    withdrawn = "withdrawn: {date: 2017-05-06, reason: 重报}\n"
    assert not check(report(2016, GOOD_2016, more=withdrawn), report(2017, LATE))
    assert not check(report(2016, GOOD_2016, more="scope: consolidated\n"), report(2017, LATE))


def test_a_cell_that_is_blank_now_decides_nothing() -> None:
    assert not check(report(2016, GOOD_2016), report(2017, {"new": 1}))


def test_columns_of_one_relation_are_one_finding() -> None:
    early = report(2016, {"out": "[1, 2, 3]"}, GRID)
    late = report(2017, {"in": "[2, 2, 5]"}, GRID)
    (found,) = check(early, late, form=GRID)
    assert (found.code, found.expect) == ("GX311", "2 ≠ 1")
    assert {"in.n", "in.total"} <= set(found.cells)
    assert len({label.place for label in found.labels}) >= 2


def test_a_wrong_closing_figure_is_found_in_its_own_year() -> None:
    early, late = report(2016, {**GOOD_2016, "out": 40}), report(2017, {"in": 4, "new": 1, "done": 5, "out": 0})
    flow = only(check(early, late), "GX301")
    assert flow.place.path == "content/demo/2016.md"
    assert (("out", "4"),) in [suggestion.changes for suggestion in flow.suggestions]


# -- other forms and other agencies -------------------------------------------------------------------------------

OLDER = replace(FORM, id="older", relations=())


def crossed(same: bool) -> Catalog:
    pairs = {("older", "small", CellRef("out"))} if same else set()
    early, late = report(2016, GOOD_2016, OLDER), report(2017, LATE)
    return catalog_of(FORM, early, late, other=[OLDER], crosswalk=Crosswalk(frozenset(pairs)))


def test_years_on_two_forms_are_joined_only_through_the_crosswalk() -> None:
    found = check_all(crossed(same=True), (), Rules()).diagnostics
    assert [d.expect for d in found if d.relation] == ["9 ≠ 4"]
    found = check_all(crossed(same=False), (), Rules()).diagnostics
    assert [d.expect for d in found if d.relation] == []


HEIR = Agency(
    "demo", "content/demo/agency.yaml", "某局", predecessors=(Predecessor("aa", 2016), Predecessor("bb", 2016))
)


def test_an_agency_continues_the_sum_of_its_predecessors_as_a_warning_only() -> None:
    one, two = report(2016, GOOD_2016, agency="aa"), report(2016, GOOD_2016, agency="bb")
    (found,) = check(one, two, report(2017, LATE), agencies=(HEIR,))
    assert (found.severity, found.expect) == ("warning", "9 ≠ 8")
    assert {label.place.path for label in found.labels} == {"content/aa/2016.md", "content/bb/2016.md"}
    assert not check(one, two, report(2017, {"in": 8, "new": 0, "done": 8, "out": 0}), agencies=(HEIR,))


def test_a_predecessor_without_a_report_decides_nothing() -> None:
    assert not check(report(2016, GOOD_2016, agency="aa"), report(2017, LATE), agencies=(HEIR,))
