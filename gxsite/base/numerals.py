"""Figures as officials write them: exact, with separators, approximate, or as a change.

All arithmetic is ``int`` and ``Decimal``. Only ``[0-9]`` after width folding counts as a digit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

MAX_DIGITS = 15
MAX_LENGTH = 60
PLACES = 6


class NumberType(NamedTuple):
    """What a cell may hold: whole numbers (``places`` 0) or decimals, with or without a sign."""

    places: int = 0
    signed: bool = False

    @property
    def step(self) -> Decimal:
        """The smallest difference between two values."""
        return Decimal(1).scaleb(-self.places)


class Interval(NamedTuple):
    """All values a cell may have; None is without bound. Both ends belong to it."""

    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> bool:
        """Whether there is one value only."""
        return self.low is not None and self.low == self.high

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        return self.low is not None and self.high is not None and self.low > self.high

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


ZERO = Interval(Decimal(0), Decimal(0))


class Number(NamedTuple):
    """A figure as read: its value, the same in printed digits, the values it may stand for, and what else was seen.

    ``unit`` is the unit written behind an exact figure, which the form gives already.
    """

    value: Decimal
    digits: str
    interval: Interval
    approximate: bool = False
    unit: str = ""


class BadNumber(NamedTuple):
    """Why a text is no figure of its type: the key of a phrase; the unit or number of places it is about."""

    problem: str
    negative: bool = False


_FOLD = str.maketrans("０１２３４５６７８９，．＋－−–％　", "0123456789,.+---% ")
_SCALE = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11}
_PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
_DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_EXACT = re.compile(rf"(?P<sign>[-+]|减少?|增加?|下降)?\s*(?P<digits>{_DIGITS})(?P<scale>[十百千万]?[万亿]|[百千])?")
_APPROXIMATE = re.compile(
    rf"(?P<before>约|大约|近|不少于|至少|不低于|超过|逾)?\s*(?P<digits>{_DIGITS})\s*(?P<more>多|余)?"
    r"(?P<scale>[十百千]?[万亿]|[百千])?(?P<more2>多|余)?\s*(?P<after>左右|上下|以上)?"
)
_WITH_UNIT = re.compile(rf"[^0-9]{{0,4}}{_DIGITS}\s*[^0-9\s.,:：/()（）]{{1,6}}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DOWN = ("-", "减", "减少", "下降")


def fold(raw: str) -> str:
    """Full-width digits and signs made ASCII, outer space removed."""
    return raw.translate(_FOLD).strip()


def is_plain_figure(word: str) -> bool:
    """Whether a word is a whole number of at most :data:`MAX_DIGITS` digits, written just as its value is printed."""
    return word.isdecimal() and word.isascii() and len(word) <= MAX_DIGITS and (word[0] != "0" or word == "0")


def read_number(raw: str, kind: NumberType, unit: str = "") -> Number | BadNumber:
    """The figure that a text gives for a cell of this type and unit."""
    return _read(raw, kind, unit) if len(raw) > MAX_LENGTH else _remembered(raw, kind, unit)


def _read(raw: str, kind: NumberType, unit: str) -> Number | BadNumber:
    if _PLAIN.fullmatch(raw):
        return _whole(Decimal(raw))
    text = fold(raw)
    if not re.search("[0-9]", text):
        return BadNumber("number.text")
    if len(text) > MAX_LENGTH:  # also keeps the patterns below from going astray in long runs of spaces
        return BadNumber("number.long" if re.fullmatch("[-+]?[0-9.,]+", text) else "number.text")
    bare = text.removesuffix(unit).rstrip() if unit else text
    match = _EXACT.fullmatch(bare)
    if match:
        return _exact(match, kind, unit, unit if bare != text else "")
    match = _APPROXIMATE.fullmatch(bare)
    if match and (match["before"] or match["more"] or match["more2"] or match["after"]):
        return _approximate(match, kind, unit)
    return BadNumber("number.unit" if _WITH_UNIT.fullmatch(bare) else "number.text")


_remembered = lru_cache(4096)(_read)  # small figures, 0 above all, fill most cells of most tables


def _exact(match: re.Match[str], kind: NumberType, unit: str, written: str) -> Number | BadNumber:
    value = _value(match["digits"], match["scale"], kind, unit)
    if isinstance(value, BadNumber):
        return value
    sign = match["sign"] or ""
    if sign and not kind.signed:
        return BadNumber("number.text", negative=sign in _DOWN) if value else _whole(value, written)
    return _whole(-value if sign in _DOWN else value, written)


def _whole(value: Decimal, unit: str = "") -> Number:
    return Number(value, format(value, "f"), Interval(value, value), unit=unit)


def _value(digits: str, scale: str | None, kind: NumberType, unit: str) -> Decimal | BadNumber:
    """The exact value of digits and a 万 or the like behind them."""
    if "," in digits and not _GROUPED.fullmatch(digits):
        return BadNumber("number.comma")
    if scale and unit[:1] in tuple("十百千万亿"):  # 30余万 counted in 万元: nobody can tell which is meant
        return BadNumber("number.unit")
    plain = digits.replace(",", "")
    whole, _, fraction = plain.partition(".")
    power = _SCALE.get(scale or "", 0)
    if max(len(whole) + len(fraction), len(whole) + power) > MAX_DIGITS:
        return BadNumber("number.long")
    if len(whole) > 1 and whole.startswith("0"):
        return BadNumber("number.zero")
    places = max(0, len(fraction) - power)
    if places > kind.places:
        return BadNumber("number.places" if kind.places else "number.fraction")
    return Decimal(format(Decimal(plain).scaleb(power), "f")) if scale else Decimal(plain)


def _approximate(match: re.Match[str], kind: NumberType, unit: str) -> Number | BadNumber:
    value = _value(match["digits"], match["scale"], kind, unit)
    if isinstance(value, BadNumber):
        return value
    before, after = match["before"] or "", match["after"] or ""
    if before in ("不少于", "至少", "不低于", "超过", "逾") or after == "以上":
        interval = Interval(value, None)
    elif match["more"] or match["more2"]:
        interval = Interval(value, value + _unit_of_last_digit(value) - kind.step)
    elif before == "近":
        interval = Interval(_up(value * 9 / 10, kind), value)
    else:
        interval = Interval(_up(value * 9 / 10, kind), _down(value * 11 / 10, kind))
    return Number(value, format(value, "f"), interval, approximate=True)


def _unit_of_last_digit(value: Decimal) -> Decimal:
    """The place value of the last digit that is not zero: 280 gives 10, 300000 gives 100000; 0 gives 1."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def _down(value: Decimal, kind: NumberType) -> Decimal:
    return value.quantize(kind.step, rounding="ROUND_FLOOR")


def _up(value: Decimal, kind: NumberType) -> Decimal:
    return value.quantize(kind.step, rounding="ROUND_CEILING")


def show(value: Decimal) -> str:
    """A value in plain digits, without an exponent or useless zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
