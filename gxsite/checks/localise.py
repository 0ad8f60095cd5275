"""Which cell is wrong: the cells whose change mends all broken relations of one cause without breaking another.

First every single cell, then pairs whose values are forced, nothing beyond (Fellegi and Holt's principle of the
least change). Likely slips of the hand come first; where the figures cannot tell, all candidates are given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from gxsite.base.numerals import Interval, show
from gxsite.checks.judge import add, satisfiable, scaled
from gxsite.model.form import CellRef, Equation, weigh

MAX_SUGGESTIONS = 30
NOTHING: Mapping[CellRef, Decimal] = {}
MAX_PAIR_CELLS = 80
_SLIPS = ("transposed", "dropped", "doubled", "shifted", "digit", "total", "other")


class Change(NamedTuple):
    """A cell and the value that would mend things; ``slip`` says which slip of the hand would explain it."""

    ref: CellRef
    old: Decimal
    new: Decimal
    slip: str


class Linear(NamedTuple):
    """An equation as factors of cells: ``sum(factor * cell) + constant <operator> 0``."""

    weights: dict[CellRef, int]
    constant: Decimal
    equation: Equation


class Figures(NamedTuple):
    """What is known of the cells.

    Their intervals; the exact figures that they report; the intervals of their types and the smallest differences; the
    figures around them; their places in the form.
    """

    interval: Callable[[CellRef], Interval]
    figure: Callable[[CellRef], Decimal | None]
    range: Callable[[CellRef], Interval]
    step: Callable[[CellRef], Decimal]
    neighbours: Callable[[CellRef], tuple[Decimal, ...]]
    order: Callable[[CellRef], int]


def linear(equation: Equation, before: Mapping[CellRef, Decimal] = NOTHING) -> Linear | None:
    """The linear form of an equation, figures of the year before put in as constants; None if one is not known."""
    weights, constant = weigh(equation.terms)
    own: dict[CellRef, int] = {}
    known = Decimal(constant)
    for (ref, when), weight in weights.items():
        if when == "now":
            own[ref] = own.get(ref, 0) + weight
        elif when == "previous" and ref in before:
            known += weight * before[ref]
        else:
            return None
    return Linear({ref: weight for ref, weight in own.items() if weight}, known, equation)


def causes(broken: Sequence[Linear]) -> list[list[Linear]]:
    """The broken relations in groups that share cells: one group, one cause."""
    groups: list[list[Linear]] = []
    for item in broken:
        touching = [g for g in groups if any(item.weights.keys() & other.weights.keys() for other in g)]
        merged = [*(x for g in touching for x in g), item]
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def localise(
    cause: Sequence[Linear], hard: Sequence[Linear], soft: Sequence[Linear], figures: Figures
) -> list[tuple[Change, ...]]:
    """The changes that mend one cause, likeliest first: single cells, or pairs if no single cell will do."""
    shared = set(cause[0].weights).intersection(*(item.weights for item in cause[1:]))
    singles = [change for ref in shared if (change := _single(ref, cause, hard, figures))]
    if singles:
        singles.sort(key=lambda c: (_SLIPS.index(c.slip), _soft_breaks(c, soft, figures), figures.order(c.ref)))
        return [(change,) for change in singles[:MAX_SUGGESTIONS]]
    cells = sorted({ref for item in cause for ref in item.weights}, key=figures.order)
    if len(cause) < 2 or len(cells) > MAX_PAIR_CELLS:
        return []
    pairs: list[tuple[Change, ...]] = []
    for one, two in combinations(cells, 2):
        if all(one in item.weights or two in item.weights for item in cause):
            pair = _pair(one, two, cause, hard, figures)
            if pair:
                pairs.append(pair)
    pairs.sort(key=lambda p: (sum(_SLIPS.index(c.slip) for c in p), figures.order(p[0].ref)))
    return pairs[:MAX_SUGGESTIONS]


def _single(ref: CellRef, cause: Sequence[Linear], hard: Sequence[Linear], figures: Figures) -> Change | None:
    old = figures.figure(ref)
    if old is None:
        return None
    allowed = figures.range(ref)
    for item in hard:
        if ref in item.weights:
            allowed = meet(allowed, bound(item, ref, figures.interval))
    allowed = _stepped(allowed, figures.step(ref))
    return None if allowed.empty else _change(ref, old, allowed, cause, figures)


def _pair(
    one: CellRef, two: CellRef, cause: Sequence[Linear], hard: Sequence[Linear], figures: Figures
) -> tuple[Change, Change] | None:
    """Two changes if the relations force both values."""
    if figures.figure(one) is None or figures.figure(two) is None:
        return None
    free = {one: figures.range(one), two: figures.range(two)}
    touching = [item for item in hard if one in item.weights or two in item.weights]
    interval = lambda ref: free[ref] if ref in free else figures.interval(ref)  # noqa: E731
    for _ in range(4):
        for item in touching:
            for ref in (one, two):
                if ref in item.weights:
                    free[ref] = meet(free[ref], bound(item, ref, interval))
                    if free[ref].empty:
                        return None
    changes = []
    for ref in (one, two):
        old, new = figures.figure(ref), _stepped(free[ref], figures.step(ref))
        if old is None or new.low is None or not new.exact or new.low == old:
            return None
        changes.append(Change(ref, old, new.low, _slip(ref, old, new.low, cause, figures)))
    return changes[0], changes[1]


def bound(item: Linear, ref: CellRef, interval: Callable[[CellRef], Interval]) -> Interval:
    """The values that one relation leaves to one of its cells, given the intervals of the others."""
    rest = Interval(item.constant, item.constant)
    for other, weight in item.weights.items():
        if other != ref:
            rest = add(rest, scaled(interval(other), weight))
    weight = item.weights[ref]
    operator = item.equation.operator
    # weight * x + rest <operator> 0, so weight * x lies in the values that some rest can balance.
    low = None if operator == "<=" or rest.high is None else -rest.high
    high = None if operator == ">=" or rest.low is None else -rest.low
    if weight < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    size = abs(weight)
    return Interval(None if low is None else low / size, None if high is None else high / size)


def _stepped(interval: Interval, step: Decimal) -> Interval:
    """The values of an interval that a type can have: whole numbers, or decimals of so many places."""
    low, high = interval
    return Interval(
        None if low is None else low.quantize(step, "ROUND_CEILING"),
        None if high is None else high.quantize(step, "ROUND_FLOOR"),
    )


def meet(one: Interval, two: Interval) -> Interval:
    """The values that two intervals share."""
    low = two.low if one.low is None else one.low if two.low is None else max(one.low, two.low)
    high = two.high if one.high is None else one.high if two.high is None else min(one.high, two.high)
    return Interval(low, high)


def _change(ref: CellRef, old: Decimal, allowed: Interval, cause: Sequence[Linear], figures: Figures) -> Change | None:
    """The likeliest value among those allowed: a slip of the hand if one fits, else the nearest."""
    if allowed.holds(old):
        return None
    if allowed.exact and allowed.low is not None:
        return Change(ref, old, allowed.low, _slip(ref, old, allowed.low, cause, figures))
    for new in _swaps(old):
        if allowed.holds(new):
            return Change(ref, old, new, "transposed")
    nearest = allowed.low if allowed.low is not None and old < allowed.low else allowed.high
    if nearest is None:
        return None
    return Change(ref, old, nearest, _slip(ref, old, nearest, cause, figures))


def _swaps(value: Decimal) -> list[Decimal]:
    """The values made by swapping two neighbouring digits."""
    text = show(value)
    swapped = (text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1))
    return [Decimal(s) for s in swapped if s != text and s.isdecimal() and s[0] != "0"]


def _slip(ref: CellRef, old: Decimal, new: Decimal, cause: Sequence[Linear], figures: Figures) -> str:
    """Which slip of the hand turns the new value into the old one."""
    a, b = show(old), show(new)
    if a != b and any(a == b[:i] + b[i + 1] + b[i] + b[i + 2 :] for i in range(len(b) - 1)):
        return "transposed"
    if len(b) > 1 and _without_one(b, a):
        return "dropped"
    if len(a) > 1 and _without_one(a, b):
        return "doubled"
    if (old and old in figures.neighbours(ref)) or (new and new in figures.neighbours(ref)):
        return "shifted"
    if len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        return "digit"
    if all(_alone(ref, item.equation) for item in cause):
        return "total"
    return "other"


def _without_one(long: str, short: str) -> bool:
    """Whether leaving out one character of ``long`` gives ``short``."""
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _alone(ref: CellRef, equation: Equation) -> bool:
    lone = any(len(side) == 1 and side[0].ref == ref for side in (equation.left, equation.right))
    return lone and not equation.reaches("previous")


def _soft_breaks(change: Change, soft: Sequence[Linear], figures: Figures) -> int:
    """How many advisory relations the change would leave broken."""
    broken = 0
    for item in soft:
        if change.ref in item.weights:
            difference = Interval(item.constant, item.constant)
            for ref, weight in item.weights.items():
                own = Interval(change.new, change.new) if ref == change.ref else figures.interval(ref)
                difference = add(difference, scaled(own, weight))
            broken += not satisfiable(difference, item.equation.operator)
    return broken
