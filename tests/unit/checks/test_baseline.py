"""The baseline: findings that a portal knows of already."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.checks.baseline import quieten, read_baseline, signature, write_baseline
from gxsite.checks.run import Rules, check_all
from tests.unit.build import catalog_of, fuzz, read, report_text, small

FORM = small("id: sum, rule: t = a + b")
MORE = "published: 2019-01-05\nunknown: 1\n"


def findings(t: int, more: str = MORE, known: str = "") -> tuple[Diagnostic, ...]:
    outcome = read(report_text({"a": 1, "b": 1, "c": 0, "t": t}, more=more), FORM)
    rules = Rules(known=read_baseline(known) or frozenset())
    return check_all(catalog_of(FORM, outcome.value), outcome.diagnostics, rules).diagnostics


def weights(found: tuple[Diagnostic, ...]) -> dict[str, str]:
    return {d.code: str(d.severity) for d in found}


def test_known_findings_become_notes_and_what_cannot_be_waived_stays() -> None:
    assert weights(findings(3)) == {"GX301": "error", "GX201": "error"}
    assert weights(findings(3, known=write_baseline(findings(3)))) == {"GX301": "note", "GX201": "error"}


def test_a_finding_is_known_by_its_figures_and_not_by_its_line() -> None:
    known = write_baseline(findings(3))
    assert weights(findings(4, known=known))["GX301"] == "error"
    moved = "published: 2019-01-05\nsigned: 2019-01-04\n"
    assert weights(findings(3, moved, known)) == {"GX301": "note"}


def test_a_baseline_reads_back() -> None:
    found = findings(3)
    assert read_baseline(write_baseline(found)) == frozenset(signature(d) for d in found if d.code == "GX301")
    assert read_baseline(write_baseline(())) == frozenset()
    assert [d.severity for d in quieten(found, frozenset())] == [d.severity for d in found]
    noted = [replace(d, severity=Severity.NOTE) for d in found]
    assert read_baseline(write_baseline(noted)) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "5", "null", "{}", '{"schema": "x", "known": []}', '{"schema": "gxsite/baseline/1"}'),
        *('{"schema": "gxsite/baseline/1", "known": [5]}', '{"schema": "gxsite/baseline/1", "known": {"a": 1}}'),
        '{"schema": "gxsite/baseline/1", "known": [{"path": [], "code": 1, "relation": 2, "cells": [], "expect": 3}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline(text: str) -> None:
    assert read_baseline(text) is None


@fuzz
@given(st.text(max_size=40))
def test_any_text_is_a_baseline_or_none(text: str) -> None:
    assert read_baseline(text) is None or text
