"""Record card, waivers, corrections, withdrawal and sign-off."""

import pytest

from gxsite.base.dates import Moment
from gxsite.model.report import Report
from tests.unit.build import at, codes, marked, only, read, report_text, small, sound

FORM = small(rows=["a", "b"])


def report(more: str) -> tuple[Report, str, list[str]]:
    source = report_text("  a: 1\n  b: 2\n", more=more)
    outcome = read(source, FORM)
    sound(source, outcome.diagnostics)
    return outcome.value, source, codes(outcome.diagnostics)


def mistake(more: str) -> tuple[str, str]:
    """Code and characters of the only mistake."""
    source = report_text("  a: 1\n  b: 2\n", more=more)
    found = read(source, FORM).diagnostics
    assert len(found) == 1, codes(found)
    return found[0].code, marked(source, found[0])


# -- record card --------------------------------------------------------------------------------------------------


def test_a_card_keeps_numbers_as_text_and_the_order_of_the_rules() -> None:
    value, _, found = report(
        "card:\n  keywords: [公开, 年报]\n  index_number: 003111216\n  created: 2019-03-04\n  issuer: 某办\n"
        "  extra: {信息有效性: 有效, 主题词: 一  二}\n"
    )
    assert not found
    assert value.card.fields == (
        ("index_number", "003111216"),
        ("issuer", "某办"),
        ("created", "2019-03-04"),
        ("keywords", "公开、年报"),
    )
    assert value.card.extra == (("信息有效性", "有效"), ("主题词", "一 二"))
    assert (value.card.get("issuer"), value.card.get("office")) == ("某办", "")
    assert value.card.index_place is not None
    assert tuple(value.card.index_place.span) == (9, 17, 9, 26)


@pytest.mark.parametrize(
    ("more", "code", "mark"),
    [
        ("card: {isuer: 某办}\n", "GX201", "isuer"),
        ("card: {issuer: {a: 1}}\n", "GX203", "{a: 1}"),
        ("card: {created: 今天}\n", "GX401", "今天"),
        ("card: {extra: [a]}\n", "GX203", "[a]"),
        ("card: {extra: {题: [a]}}\n", "GX203", "[a]"),
    ],
)
def test_mistakes_in_a_card(more: str, code: str, mark: str) -> None:
    assert mistake(more) == (code, mark)


def test_an_index_number_that_is_blank_has_no_place() -> None:
    assert report("card: {index_number: }\n")[0].card.index_place is None


# -- waivers ------------------------------------------------------------------------------------------------------


def test_a_waiver_with_the_places_of_its_parts() -> None:
    value, source, found = report(
        "waivers:\n  - check: disclosure.channels\n    cell: a\n    expect: '9477 < 9483'\n"
        "    reason: 某些\n      缘由\n"
    )
    (waiver,) = value.waivers
    assert not found
    assert waiver[:4] == ("disclosure.channels", "a", "9477 < 9483", "某些 缘由")
    lines = source.split("\n")
    assert lines[waiver.span.line - 1][waiver.span.column - 1 : waiver.span.end_column - 1] == "disclosure.channels"
    assert lines[waiver.expect_span.line - 1][waiver.expect_span.column - 1 :] == "'9477 < 9483'"


def test_a_waiver_without_expectation_points_at_its_check() -> None:
    (waiver,) = report("waivers: [{check: GX402, reason: 某}]\n")[0].waivers
    assert waiver.expect_span == waiver.span


@pytest.mark.parametrize(
    ("more", "code", "mark"),
    [
        ("waivers: [{check: GX402}]\n", "GX202", "{"),
        ("waivers: [{check: GX402, reason: ''}]\n", "GX202", "reason"),
        ("waivers: [{reason: 某}]\n", "GX202", "{"),
        ("waivers: [{check: GX402, reason: 某, expects: 1}]\n", "GX201", "expects"),
        ("waivers: [GX402]\n", "GX203", "GX402"),
        ("waivers: GX402\n", "GX203", "GX402"),
    ],
)
def test_mistakes_in_waivers(more: str, code: str, mark: str) -> None:
    assert mistake(more) == (code, mark)


# -- corrections, withdrawal, sign-off ----------------------------------------------------------------------------


def test_a_correction() -> None:
    value, _, found = report("corrections:\n  - {date: 2019-05-06, cell: a, from: 5, to: 1, reason: 笔误}\n")
    assert not found
    assert value.corrections == ((Moment(2019, 5, 6), "a", "5", "1", "笔误"),)


@pytest.mark.parametrize(
    ("more", "code", "mark"),
    [
        ("corrections: [{date: 2019-05-06, cell: aa, reason: 笔误}]\n", "GX223", "aa"),
        ("corrections: [{date: 五月, cell: a, reason: 笔误}]\n", "GX401", "五月"),
        ("corrections: [{cell: a, reason: 笔误}]\n", "GX202", "{"),
        ("corrections: [{date: 2019-05-06, cell: a}]\n", "GX202", "{"),
        ("withdrawn: {date: 2019-05-06}\n", "GX202", "{"),
        ("withdrawn: 2019-05-06\n", "GX203", "2019-05-06"),
        ("sign_off: {date: 昨天}\n", "GX401", "昨天"),
        ("sign_off: {dat: 2019-05-06}\n", "GX201", "dat"),
    ],
)
def test_mistakes_in_notices(more: str, code: str, mark: str) -> None:
    assert mistake(more) == (code, mark)


def test_a_correction_of_an_unknown_cell_offers_the_near_one() -> None:
    form = small(rows=["requests.total", "b"])
    source = report_text("  b: 1\n", more="corrections: [{date: 2019-05-06, cell: requests.totl, reason: 某}]\n")
    found = only(read(source, form).diagnostics, "GX223")
    assert (found.fact["near"], at(found)[2]) == ("requests.total", 13)


def test_withdrawal_and_sign_off() -> None:
    value, _, found = report(
        "withdrawn: {date: 2019-05-06, reason: 重报}\nsign_off: {reviewer: 甲, date: 2019-03-14, phone: 0377-1}\n"
    )
    assert not found
    assert value.withdrawn == (Moment(2019, 5, 6), "重报")
    assert value.sign_off == (("date", "2019-03-14"), ("reviewer", "甲"), ("phone", "0377-1"))
