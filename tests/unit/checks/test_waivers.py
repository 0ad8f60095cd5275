"""Waivers: what they explain, and what is wrong with those that explain nothing."""

from dataclasses import replace

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.run import Findings, Rules, check_all
from gxsite.model.agency import Agency
from gxsite.model.form import Form
from tests.unit.build import PATH, at, catalog_of, codes, marked, only, read, report_of, report_text, small, sound

SUM = small("id: sum, rule: t = a + b", "id: part, rule: a <= c")
GRID = small("id: down, rule: t = a + b, each: column", rows=["a", "b", "t"], columns=["n", "m"])
BROKEN: dict[str, object] = {"a": 1, "b": 2, "c": 1, "t": 4}
DATED = "published: 2019-01-05\nsigned: 2019-01-04\n"
HEAD = 10  # the line of `waivers:` in a report with four rows and two dates


def check(waivers: str, table: dict[str, object] | None = None, form: Form = SUM, dates: str = DATED) -> Findings:
    table = BROKEN if table is None else table
    more = f"{dates}waivers:\n{waivers}"
    agency = Agency("demo", "content/demo/agency.yaml", "某县", kind="department")
    findings = check_all(catalog_of(form, report_of(form, table, more), agencies=[agency]), (), Rules())
    sound(report_text(table, form.id, more), findings.diagnostics)
    return findings


def waivers_of(findings: Findings) -> list[Diagnostic]:
    """The findings about the waivers themselves."""
    return [d for d in findings.diagnostics if d.code in {"GX304", "GX305", "GX306", "GX307", "GX308"}]


def waived(findings: Findings) -> list[tuple[str, str]]:
    return [(w.diagnostic.code, w.waiver.reason) for w in findings.waived[PATH]]


# -- what fits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check_", ["sum", "GX301"])
@pytest.mark.parametrize("expect", ["4 ≠ 3", "4≠3", "4 != 3", "4 <> 3", " 4  ≠ 3 "])
def test_a_waiver_names_the_relation_or_the_code_and_repeats_the_figures(check_: str, expect: str) -> None:
    findings = check(f"  - {{check: {check_}, expect: '{expect}', reason: 某些原因}}\n")
    assert findings.diagnostics == ()
    assert waived(findings) == [("GX301", "某些原因")]


def test_separators_and_full_width_signs_do_not_matter() -> None:
    table: dict[str, object] = {"a": 9483, "b": 0, "c": 9477, "t": 9483}
    findings = check("  - {check: part, expect: '9,483 ＞ 9,477', reason: 某}\n", table)
    assert findings.diagnostics == ()


def test_a_finding_without_figures_needs_no_expectation() -> None:
    fine: dict[str, object] = {"a": 1, "b": 2, "c": 1, "t": 3}
    findings = check("  - {check: GX402, reason: 日期不详}\n", fine, dates="signed: 2019-01-04\n")
    assert findings.diagnostics == ()
    assert waived(findings) == [("GX402", "日期不详")]


def test_dates_are_waived_with_their_figures() -> None:
    fine: dict[str, object] = {"a": 1, "b": 2, "c": 1, "t": 3}
    early = "published: 2019-01-05\nsigned: 2018-03-14\n"
    findings = check("  - {check: GX403, expect: '2018-03-14 < 2018-12-31', reason: 笔误}\n", fine, dates=early)
    assert findings.diagnostics == ()
    findings = check("  - {check: GX403, expect: '2018-03-15 < 2018-12-31', reason: 笔误}\n", fine, dates=early)
    assert codes(findings.diagnostics) == ["GX403", "GX305"]


def test_a_cell_narrows_a_relation_that_repeats() -> None:
    table: dict[str, object] = {"a": "[1, 1]", "b": "[1, 1]", "t": "[3, 3]"}
    both = check("  - {check: down, expect: '3 ≠ 2', reason: 某}\n", table, GRID)
    assert both.diagnostics == ()
    assert len(waived(both)) == 2
    one = check("  - {check: down, cell: t.m, expect: '3 ≠ 2', reason: 某}\n", table, GRID)
    assert [d.cells[0] for d in one.diagnostics] == ["t.n"]
    assert [w.diagnostic.cells[0] for w in one.waived[PATH]] == ["t.m"]
    none = check("  - {check: down, cell: t.x, expect: '3 ≠ 2', reason: 某}\n", table, GRID)
    assert sorted(codes(none.diagnostics)) == ["GX301", "GX301", "GX304"]


def test_columns_with_other_figures_need_waivers_of_their_own() -> None:
    table: dict[str, object] = {"a": "[1, 1]", "b": "[1, 1]", "t": "[3, 4]"}
    findings = check(
        "  - {check: down, expect: '3 ≠ 2', reason: 某}\n  - {check: down, expect: '4 ≠ 2', reason: 又}\n", table, GRID
    )
    assert findings.diagnostics == ()
    assert [reason for _, reason in waived(findings)] == ["某", "又"]


# -- what does not ------------------------------------------------------------------------------------------------


def test_an_expired_waiver_says_what_moved() -> None:
    waiver = "  - {check: sum, expect: '5 ≠ 3', reason: 某}\n"
    findings = check(waiver)
    found = only(findings.diagnostics, "GX305")
    assert (found.severity, found.fact["expect"], found.fact["actual"]) == ("warning", "5 ≠ 3", "4 ≠ 3")
    assert marked(report_text(BROKEN, more=f"{DATED}waivers:\n{waiver}"), found) == "'5 ≠ 3'"
    assert codes(findings.diagnostics) == ["GX301", "GX305"]
    assert waived(findings) == []


def test_a_waiver_without_the_figures_explains_nothing() -> None:
    findings = check("  - {check: sum, reason: 某}\n")
    found = only(findings.diagnostics, "GX308")
    assert (found.severity, found.fact["actual"]) == ("error", "4 ≠ 3")
    assert codes(findings.diagnostics) == ["GX301", "GX308"]


@pytest.mark.parametrize("check_", ["part", "GX302", "GX405"])
def test_an_unused_waiver_is_a_warning(check_: str) -> None:
    findings = check(
        f"  - {{check: sum, expect: '4 ≠ 3', reason: 某}}\n  - {{check: {check_}, expect: x, reason: 某}}\n"
    )
    (found,) = findings.diagnostics
    assert (found.code, found.severity, found.fact["check"]) == ("GX304", "warning", check_)
    assert at(found) == (HEAD + 3, 13, len(check_))


def test_of_two_waivers_of_one_finding_the_second_is_unused() -> None:
    waiver = "  - {check: sum, expect: '4 ≠ 3', reason: 某}\n"
    found = only(check(waiver * 2).diagnostics, "GX304")
    assert at(found)[0] == HEAD + 3


@pytest.mark.parametrize(("check_", "near"), [("summ", "sum"), ("GX3O1", "GX301"), ("what.ever", None)])
def test_a_waiver_of_nothing_known(check_: str, near: str | None) -> None:
    found = only(check(f"  - {{check: {check_}, expect: x, reason: 某}}\n").diagnostics, "GX307")
    assert (found.severity, found.fact.get("near")) == ("error", near)
    assert at(found) == (HEAD + 2, 13, len(check_))


@pytest.mark.parametrize("code", ["GX102", "GX110", "GX201", "GX204", "GX207", "GX304", "GX807"])
def test_syntax_keys_and_paths_cannot_be_waived(code: str) -> None:
    found = only(waivers_of(check(f"  - {{check: {code}, reason: 某}}\n")), "GX306")
    assert (found.severity, found.fact["check"]) == ("error", code)


def test_what_cannot_be_waived_stays_a_finding() -> None:
    more = "waivers: [{check: GX201, reason: 某}]\nunknown: 1\n"
    outcome = read(report_text({"a": 1, "b": 1, "c": 1, "t": 2}, more=more), SUM)
    findings = check_all(catalog_of(SUM, outcome.value), outcome.diagnostics, Rules())
    assert {"GX201", "GX306"} <= set(codes(findings.diagnostics))


def test_a_waiver_does_not_reach_into_another_report() -> None:
    agency = Agency("demo", "content/demo/agency.yaml", "某县")
    waiver = "waivers: [{check: sum, expect: '4 ≠ 3', reason: 某}]\n"
    one = read(report_text(BROKEN, more=DATED + waiver), SUM).value
    two = read(report_text(BROKEN, more=DATED), SUM, year=2017).value
    two = replace(two, path="content/demo/2017.md")
    findings = check_all(catalog_of(SUM, one, two, agencies=[agency]), (), Rules())
    assert [d.place.path for d in findings.diagnostics if d.code == "GX301"] == ["content/demo/2017.md"]
