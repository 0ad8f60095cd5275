"""A consolidated report against the sum of those below it."""

from dataclasses import replace

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.rollup import below
from gxsite.checks.run import Rules, check_all
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.report import Report
from gxsite.source.report import read_report
from tests.unit.build import catalog_of, codes, report_text, small, text_of

FORM = small("id: parts, rule: t = children(t)", rows=["t", "{id: fee, label: 费用, type: decimal}"])


def agency(name: str, parent: str = "", since: int | None = None) -> Agency:
    return Agency(name, f"content/{name}/agency.yaml", f"某{name}", kind="government", parent=parent, since=since)


def report(name: str, t: object, scope: str = "own", more: str = "") -> Report:
    source = report_text({"t": t}, more=f"published: 2019-01-05\nscope: {scope}\n{more}")
    return read_report(text_of(source, f"content/{name}/2018.md"), name, 2018, {"small": FORM}).value


TREE = (agency("county"), agency("aa", "county"), agency("bb", "county"), agency("cc", "bb"))


def catalog(*reports: Report, agencies: tuple[Agency, ...] = TREE) -> Catalog:
    return catalog_of(FORM, *reports, agencies=agencies)


def check(*reports: Report, reconcile: str = "advise", agencies: tuple[Agency, ...] = TREE) -> list[Diagnostic]:
    found = check_all(catalog(*reports, agencies=agencies), (), Rules(reconcile=reconcile)).diagnostics
    return [d for d in found if d.code == "GX312"]


def whole(t: object) -> Report:
    return report("county", t, "consolidated")


PARTS = (report("aa", 1), report("bb", 2), report("cc", 3))


def test_a_whole_that_is_the_sum_of_its_parts() -> None:
    assert not check(whole(6), *PARTS)


@pytest.mark.parametrize(("reconcile", "severity"), [("advise", "warning"), ("strict", "error")])
def test_a_difference_at_full_coverage(reconcile: str, severity: str) -> None:
    (found,) = check(whole(7), *PARTS, reconcile=reconcile)
    assert (found.severity, found.relation, found.expect) == (severity, "parts", "7 ≠ 6")
    assert (found.fact["covered"], found.fact["expected"]) == (3, 3)
    assert (found.place.path, found.place.span.line) == ("content/county/2018.md", 5)


@pytest.mark.parametrize(("t", "severity"), [(9, "note"), (2, "warning")])
def test_a_difference_at_partial_coverage_weighs_only_where_the_parts_exceed_the_whole(t: int, severity: str) -> None:
    (found,) = check(whole(t), *PARTS[:2], reconcile="strict")
    assert (found.severity, found.fact["covered"], found.fact["expected"]) == (severity, 2, 3)


def test_only_consolidated_reports_are_compared() -> None:
    assert not check(report("county", 99), *PARTS)
    assert not check(whole(99))


def test_nothing_is_counted_twice() -> None:
    reports = (report("aa", 1), report("bb", 5, "consolidated"), report("cc", 3))
    assert [r.agency for r in below("county", 2018, catalog(*reports)).reports] == ["aa", "cc"]
    alone = (report("aa", 1), report("bb", 5, "consolidated"))
    assert [r.agency for r in below("county", 2018, catalog(*alone)).reports] == ["aa", "bb"]


def test_agencies_that_did_not_exist_are_not_expected() -> None:
    tree = (agency("county"), agency("aa", "county"), agency("bb", "county", since=2020))
    assert below("county", 2018, catalog(report("aa", 1), agencies=tree)).complete


@pytest.mark.parametrize("value", ["", "约3", "x"])
def test_what_is_not_exact_below_decides_only_what_is_certain(value: str) -> None:
    assert not check(whole(6), report("aa", 1), report("bb", 2), report("cc", value))


def test_a_difference_may_be_waived() -> None:
    waiver = "waivers: [{check: parts, expect: '7 ≠ 6', reason: 某}]\n"
    assert not check(report("county", 7, "consolidated", waiver), *PARTS)


@pytest.mark.parametrize(
    "tree",
    [
        (replace(agency("county"), parent="county"),),
        (agency("county", "aa"), agency("aa", "county")),
        (agency("county"), agency("aa", "county"), agency("bb", "cc"), agency("cc", "bb")),
    ],
)
def test_a_circle_of_parents_is_a_finding_and_no_endless_walk(tree: tuple[Agency, ...]) -> None:
    reports = [report(a.id, 1, "consolidated") for a in tree]
    found = check_all(catalog(*reports, agencies=tree), (), Rules()).diagnostics
    assert codes(found).count("GX810") == 1
