"""All checks together: order, waivers, the portal's severities, and the example of 2018."""

from dataclasses import replace

import pytest

from gxsite.base.diagnostic import Severity
from gxsite.checks.run import Findings, Rules, check_all
from gxsite.model.form import Equation
from gxsite.source.papers import read_agency
from gxsite.source.report import read_report
from tests.needs import ROOT
from tests.unit.build import PATH, at, built_in, catalog_of, codes, only, quickly, read, report_text, small, text_of

SUM = small("id: sum, rule: t = a + b", "id: usual, rule: c <= t, severity: warning")
DATED = "published: 2019-01-05\n"


def check(table: dict[str, object], more: str = DATED, body: str = "", **severities: str) -> Findings:
    outcome = read(report_text(table, more=more, body=body), SUM)
    return check_all(catalog_of(SUM, outcome.value), outcome.diagnostics, Rules(severities))


def test_everything_is_found_in_one_run_in_the_order_of_the_file() -> None:
    findings = check(
        {"a": 1, "b": 1, "c": 9, "t": 3, "d": 5},
        "signed: 2018-01-01\nunknown: 1\nwaivers: [{check: GX405, reason: 某}]\n",
        "# 题\n{{ zz }} [甲](none.md)\n",
    )
    assert [(d.place.span.line, d.code) for d in findings.diagnostics] == [
        *((1, "GX402"), (7, "GX302"), (8, "GX301"), (9, "GX204"), (10, "GX403"), (11, "GX201"), (12, "GX304")),
        *((14, "GX601"), (15, "GX501"), (15, "GX804")),
    ]
    assert findings.broken_files == {PATH}
    errors = [d for d in findings.diagnostics if d.severity == "error"]
    assert findings.count(Severity.ERROR) == len(errors) > findings.count(Severity.NOTE) == 0
    assert findings.count(Severity.WARNING) == len(findings.diagnostics) - len(errors)


def test_a_clean_report_has_no_finding() -> None:
    findings = check({"a": 1, "b": 1, "c": 1, "t": 2})
    assert findings == Findings((), {})
    assert findings.broken_files == frozenset()


@pytest.mark.parametrize("word", ["error", "warning", "note"])
@pytest.mark.parametrize("name", ["sum", "GX301"])
def test_the_portal_weighs_relations_and_codes(name: str, word: str) -> None:
    (found,) = check({"a": 1, "b": 1, "t": 3, "c": 0}, **{name: word}).diagnostics
    assert (found.code, found.severity) == ("GX301", word)


def test_a_relation_comes_before_its_code() -> None:
    (found,) = check({"a": 1, "b": 1, "t": 3, "c": 0}, GX301="note", sum="warning").diagnostics
    assert found.severity == "warning"


@pytest.mark.parametrize("name", ["sum", "GX301"])
def test_the_portal_may_take_a_check_out(name: str) -> None:
    assert not check({"a": 1, "b": 1, "t": 3, "c": 0}, **{name: "off"}).diagnostics


@pytest.mark.parametrize("word", ["note", "off"])
def test_what_cannot_be_waived_keeps_its_weight(word: str) -> None:
    (found,) = check({"a": 1, "b": 1, "t": 2, "c": 0}, DATED + "unknown: 1\n", GX201=word).diagnostics
    assert (found.code, found.severity) == ("GX201", "error")


def test_a_date_that_was_written_badly_is_not_missing_as_well() -> None:
    findings = check({"a": 1, "b": 1, "t": 2, "c": 0}, "published: 2019-1-5\n")
    assert codes(findings.diagnostics) == ["GX401"]


def test_relations_are_not_judged_where_lines_could_not_be_read() -> None:
    findings = check({"a": 1, "b": 1, "c": "x: y", "t": 3})
    assert codes(findings.diagnostics) == ["GX102"]


def test_the_dates_of_a_report_on_an_unknown_form_are_checked() -> None:
    outcome = read(report_text({"a": 1}, "smal", "published: 2018-01-05\n"), SUM)
    findings = check_all(catalog_of(SUM, outcome.value), outcome.diagnostics, Rules())
    assert "GX211" in codes(findings.diagnostics)
    assert "GX406" in codes(findings.diagnostics)


# -- the example of 2018 ------------------------------------------------------------------------------------------

FORM = built_in("cn-2014")
TANGHE = "content/tanghe/2018.md"
SOURCE = (ROOT / TANGHE).read_text("utf-8")
AGENCY = read_agency(
    text_of((ROOT / "content/tanghe/agency.yaml").read_text("utf-8"), "content/tanghe/agency.yaml"), "tanghe"
)


def tanghe(source: str) -> Findings:
    outcome = read_report(text_of(source, TANGHE), "tanghe", 2018, {FORM.id: FORM})
    return check_all(catalog_of(FORM, outcome.value, agencies=[AGENCY.value]), outcome.diagnostics, Rules())


def without_waivers() -> str:
    lines = SOURCE.split("\n")
    first = lines.index("waivers:")
    last = next(i for i in range(first + 1, len(lines)) if not lines[i].startswith(" "))
    return "\n".join(lines[:first] + lines[last:])


def test_with_its_waivers_the_example_is_clean() -> None:
    findings = tanghe(SOURCE)
    assert not findings.diagnostics
    assert sorted(w.diagnostic.code for w in findings.waived[TANGHE]) == ["GX302", "GX403"]


def test_without_its_waivers_its_contradictions_are_found_at_the_right_lines() -> None:
    findings = tanghe(without_waivers())
    assert sorted(codes(findings.diagnostics)) == ["GX302", "GX403"]
    channels, signed = only(findings.diagnostics, "GX302"), only(findings.diagnostics, "GX403")
    lines = SOURCE.split("\n")
    assert (channels.relation, channels.expect) == ("disclosure.channels", "9477 < 9483")
    assert lines[channels.place.span.line - 1].startswith("  disclosure.total: 9483")
    assert lines[signed.place.span.line - 1].startswith("signed: 2018-03-14")
    assert at(signed)[1:] == (9, 10)


def wrong(equation: Equation, name: str) -> str:
    """The example with one figure changed so that the equation breaks, whatever its side and sign."""
    lines = without_waivers().split("\n")
    row = next(i for i, line in enumerate(lines) if line.startswith(f"  {name}:"))
    raises = any(str(t.ref) == name and t.sign > 0 for t in equation.left) == (equation.operator != ">=")
    value = 99_999 if raises or equation.operator == "=" else 0
    old = lines[row].split(":")[1].split("#")[0]
    lines[row] = lines[row].replace(f":{old}", f": {value} ", 1)
    return "\n".join(lines)


HARD = [e for e in FORM.equations if e.severity is Severity.ERROR and not e.reaches("previous")]
OPERANDS = [(e, str(t.ref)) for e in HARD for t in e.left + e.right if t.ref]


@pytest.mark.parametrize(("equation", "name"), OPERANDS, ids=[f"{e.relation}-{name}" for e, name in OPERANDS])
def test_every_figure_of_a_hard_relation_that_breaks_it_is_an_error_that_names_relation_and_line(
    equation: Equation, name: str
) -> None:
    source = wrong(equation, name)
    findings = tanghe(source)
    lines = source.split("\n")
    line = next(i for i, text in enumerate(lines, 1) if text.startswith(f"  {name}:"))
    broken = [d for d in findings.diagnostics if d.relation == equation.relation]
    if not broken and equation.operator != "=":  # a bound between noughts cannot be broken by making one of them less
        assert lines[line - 1].split()[1] == "0"
        return
    (found,) = broken
    assert found.severity == "error"
    assert name in found.cells
    assert line in {found.place.span.line, *(label.place.span.line for label in found.labels)}
    assert TANGHE in findings.broken_files


def test_a_hundred_reports_are_checked_within_a_second() -> None:
    outcome = read_report(text_of(SOURCE, TANGHE), "tanghe", 2018, {FORM.id: FORM})
    reports = [replace(outcome.value, agency=f"a{n}", path=f"content/a{n}/2018.md") for n in range(100)]
    catalog = catalog_of(FORM, *reports)
    with quickly(1.5):
        findings = check_all(catalog, (), Rules())
    assert findings.count(Severity.ERROR) == 0
