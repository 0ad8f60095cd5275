"""Figures as officials write them: exact, with separators, as changes, approximate."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxsite.base.numerals import BadNumber, Interval, Number, NumberType, fold, read_number, show
from tests.unit.build import fuzz, quickly

COUNT = NumberType()
DECIMAL = NumberType(6)
CHANGE = NumberType(0, signed=True)


def number(raw: str, kind: NumberType = COUNT, unit: str = "") -> Number:
    found = read_number(raw, kind, unit)
    assert isinstance(found, Number), found
    return found


def bad(raw: str, kind: NumberType = COUNT, unit: str = "") -> BadNumber:
    found = read_number(raw, kind, unit)
    assert isinstance(found, BadNumber), found
    return found


@pytest.mark.parametrize(
    ("raw", "kind", "digits"),
    [
        ("0", COUNT, "0"),
        ("9483", COUNT, "9483"),
        ("１２", COUNT, "12"),
        ("1,860", COUNT, "1860"),
        ("1，860", COUNT, "1860"),
        ("12,345,678", COUNT, "12345678"),
        (" 7 ", COUNT, "7"),
        ("-0", COUNT, "0"),
        ("999999999999999", COUNT, "999999999999999"),
        ("1.5万", COUNT, "15000"),
        ("3千", COUNT, "3000"),
        ("2亿", COUNT, "200000000"),
        ("12.50", DECIMAL, "12.50"),
        ("0.000001", DECIMAL, "0.000001"),
        ("1,860.5", DECIMAL, "1860.5"),
        ("１２．５", DECIMAL, "12.5"),
        ("7", DECIMAL, "7"),
        ("减4", CHANGE, "-4"),
        ("减少4", CHANGE, "-4"),
        ("下降7", CHANGE, "-7"),
        ("+5", CHANGE, "5"),
        ("增5", CHANGE, "5"),
        ("增加 3", CHANGE, "3"),
        ("-18", CHANGE, "-18"),
        ("－１８", CHANGE, "-18"),
        ("−18", CHANGE, "-18"),
        ("减0", CHANGE, "0"),
    ],
)
def test_exact_figures_keep_their_printed_digits(raw: str, kind: NumberType, digits: str) -> None:
    found = number(raw, kind)
    assert format(found.value, "f") == found.digits == digits
    assert found.interval == Interval(found.value, found.value)
    assert not found.approximate


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ("280多", 280, 289),
        ("280余", 280, 289),
        ("30多", 30, 39),
        ("5多", 5, 5),
        ("30余万", 300_000, 399_999),
        ("30万余", 300_000, 399_999),
        ("3.5万多", 35_000, 35_999),
        ("约30", 27, 33),
        ("大约 30", 27, 33),
        ("30左右", 27, 33),
        ("30上下", 27, 33),
        ("约5", 5, 5),
        ("约1,860", 1674, 2046),
        ("近500", 450, 500),
        ("近5", 5, 5),
        ("约0", 0, 0),
        ("不少于1", 1, None),
        ("至少3", 3, None),
        ("不低于3", 3, None),
        ("超过100", 100, None),
        ("逾100", 100, None),
        ("100以上", 100, None),
        ("１００以上", 100, None),
    ],
)
def test_approximate_counts(raw: str, low: int, high: int | None) -> None:
    found = number(raw)
    assert found.approximate
    assert found.interval == Interval(Decimal(low), None if high is None else Decimal(high))
    assert found.interval.holds(found.value)


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ("约1.5", "1.35", "1.65"),
        ("1.5余", "1.5", "1.599999"),
        ("近0.5", "0.45", "0.5"),
        ("0多", "0", "0.999999"),
        ("30多", "30", "39.999999"),
    ],
)
def test_approximate_decimals(raw: str, low: str, high: str) -> None:
    assert number(raw, DECIMAL).interval == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("raw", "kind", "unit", "value", "written"),
    [
        ("30件", COUNT, "件", 30, "件"),
        ("30 件", COUNT, "件", 30, "件"),
        ("30万元", DECIMAL, "万元", 30, "万元"),
        ("97％", DECIMAL, "%", 97, "%"),
        ("30多件", COUNT, "件", 30, ""),
        ("30余万元", DECIMAL, "元", 300_000, ""),
        ("减4件", CHANGE, "件", -4, "件"),
    ],
)
def test_the_unit_of_the_cell_may_stand_behind(raw: str, kind: NumberType, unit: str, value: int, written: str) -> None:
    found = number(raw, kind, unit)
    assert (int(found.value), found.unit) == (value, written)


@pytest.mark.parametrize(
    ("raw", "kind", "unit", "problem"),
    [
        ("", COUNT, "", "number.text"),
        ("十二", COUNT, "", "number.text"),
        ("no", COUNT, "", "number.text"),
        ("1_860", COUNT, "", "number.text"),
        ("0x1F", COUNT, "", "number.text"),
        ("1e3", COUNT, "", "number.text"),
        ("12:30", COUNT, "", "number.text"),
        ("1 860", COUNT, "", "number.text"),
        ("1/2", COUNT, "", "number.text"),
        ("٣", COUNT, "", "number.text"),
        (".5", DECIMAL, "", "number.text"),
        ("5.", DECIMAL, "", "number.text"),
        ("9483，", COUNT, "", "number.comma"),
        ("18,60", COUNT, "", "number.comma"),
        ("1,8600", COUNT, "", "number.comma"),
        ("1,,860", COUNT, "", "number.comma"),
        ("0123", COUNT, "", "number.zero"),
        ("00", COUNT, "", "number.zero"),
        ("1.0", COUNT, "", "number.fraction"),
        ("1.23456万", COUNT, "", "number.fraction"),
        ("0.1234567", DECIMAL, "", "number.places"),
        ("1" * 16, COUNT, "", "number.long"),
        ("9" * 300, COUNT, "", "number.long"),
        ("9" * 5000, COUNT, "", "number.long"),
        ("9" * 300, DECIMAL, "万元", "number.long"),
        ("999999999999999亿", COUNT, "", "number.long"),
        ("约999999999999999千亿", DECIMAL, "", "number.long"),
        ("30次", COUNT, "件", "number.unit"),
        ("30元", DECIMAL, "万元", "number.unit"),
        ("30万", DECIMAL, "万元", "number.unit"),
        ("30余万", DECIMAL, "万元", "number.unit"),
        ("3千", DECIMAL, "千元", "number.unit"),
    ],
)
def test_what_is_no_figure_of_its_cell_says_why(raw: str, kind: NumberType, unit: str, problem: str) -> None:
    assert bad(raw, kind, unit).problem == problem


@pytest.mark.parametrize("raw", ["-5", "－５", "减4", "减少4", "下降4"])
def test_a_negative_count_is_told_apart(raw: str) -> None:
    assert bad(raw).negative


@pytest.mark.parametrize("raw", ["+5", "增加5", "五", "0123"])
def test_other_faults_are_not_negative(raw: str) -> None:
    assert not bad(raw).negative


def test_folding_makes_digits_and_signs_narrow() -> None:
    assert fold("　１２，３４５．６－７％ ") == "12,345.6-7%"


@pytest.mark.parametrize(
    ("value", "shown"), [("12.500", "12.5"), ("100", "100"), ("1E+3", "1000"), ("0.000001", "0.000001"), ("-4.0", "-4")]
)
def test_shown_without_exponent_and_useless_zeros(value: str, shown: str) -> None:
    assert show(Decimal(value)) == shown


def test_intervals() -> None:
    assert Interval(Decimal(1), Decimal(1)).exact
    assert not Interval(None, None).exact
    assert not Interval(Decimal(1), None).exact
    assert Interval(Decimal(2), Decimal(1)).empty
    assert not Interval(None, Decimal(1)).empty
    assert Interval(None, Decimal(1)).holds(Decimal(-9))
    assert not Interval(Decimal(2), None).holds(Decimal(1))


kinds = st.builds(NumberType, st.sampled_from([0, 2, 6]), st.booleans())
words = st.sampled_from(["", "约", "大约", "近", "不少于", "至少", "超过", "减", "减少", "增", "+", "-"])
ends = st.sampled_from(["", "多", "余", "左右", "以上", "万", "余万", "万余", "亿", "多亿", "件", "％"])


@fuzz
@given(words, st.decimals(0, 10**12, places=3), ends, kinds, st.sampled_from(["", "件", "万元", "%"]))
def test_the_interval_holds_the_value_and_only_values_of_the_type(
    word: str, value: Decimal, end: str, kind: NumberType, unit: str
) -> None:
    found = read_number(f"{word}{show(value)}{end}", kind, unit)
    assume(isinstance(found, Number))
    assert isinstance(found, Number)
    low, high = found.interval
    assert found.interval.holds(found.value)
    assert kind.signed or (low is not None and low >= 0)
    assert all(end is None or end == end.quantize(kind.step) for end in (low, high, found.value))
    assert not found.interval.exact or found.approximate or low == found.value


@fuzz
@given(st.text(st.sampled_from("0123456789０９,，.．万亿千多余约近减+-－ 件％元左右以上"), max_size=14), kinds)
def test_any_text_of_figures_is_a_number_or_a_reason(raw: str, kind: NumberType) -> None:
    found = read_number(raw, kind, "件")
    assert isinstance(found, BadNumber) or found.interval.holds(found.value)


@fuzz
@given(st.text(), kinds, st.text(max_size=3))
def test_any_text_at_all_is_a_number_or_a_reason(raw: str, kind: NumberType, unit: str) -> None:
    assert isinstance(read_number(raw, kind, unit), Number | BadNumber)


@fuzz
@given(st.integers(0, 10**15 - 1))
def test_every_count_reads_back_with_and_without_separators(value: int) -> None:
    assert number(str(value)).value == number(f"{value:,}").value == value


@pytest.mark.parametrize("raw", ["1" + " " * 250_000 + "x", "约" + " " * 250_000, "9" * 250_000, "9," * 120_000])
def test_a_long_value_costs_nothing(raw: str) -> None:
    with quickly(0.2):
        read_number(raw, COUNT, "件")
