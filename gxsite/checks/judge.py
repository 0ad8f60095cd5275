"""Whether a relation can hold: interval arithmetic over cells that may be blank or approximate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from gxsite.base.numerals import Interval, show
from gxsite.model.cells import Cell, Status
from gxsite.model.form import Condition, Equation, Operator, Term, weigh

Lookup = Callable[[Term], Cell | None]
NEGATED: dict[Operator, str] = {"=": "≠", "<=": ">", ">=": "<"}


class State(Enum):
    """What is known of a relation: no values could satisfy it, all do, or some would."""

    BROKEN = "broken"
    HOLDS = "holds"
    UNDECIDED = "undecided"


class Verdict(NamedTuple):
    """The state of one equation with the sums of both sides; ``approximate`` if an operand is."""

    state: State
    left: Interval
    right: Interval
    approximate: bool

    def expect(self, operator: Operator) -> str:
        """The broken fact in figures, as a waiver repeats it: ``9477 < 9483``."""
        return f"{show_interval(self.left)} {NEGATED[operator]} {show_interval(self.right)}"

    @property
    def gap(self) -> str:
        """By how much the sides miss each other at least."""
        left, right = self.left, self.right
        if left.low is not None and right.high is not None and left.low > right.high:
            return show(left.low - right.high)
        if left.high is not None and right.low is not None and right.low > left.high:
            return show(right.low - left.high)
        return "?"


def show_interval(interval: Interval) -> str:
    """``13``, ``≥13``, ``280~289``."""
    low, high = interval
    if low is not None and high is not None:
        return show(low) if low == high else f"{show(low)}~{show(high)}"
    if low is not None:
        return f"≥{show(low)}"
    return f"≤{show(high)}" if high is not None else "?"


def scaled(interval: Interval, factor: int) -> Interval:
    """All values times a whole number."""
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high) if factor >= 0 else Interval(high, low)


def add(one: Interval, two: Interval) -> Interval:
    """All sums of a value of each."""
    return Interval(
        None if one.low is None or two.low is None else one.low + two.low,
        None if one.high is None or two.high is None else one.high + two.high,
    )


def total(terms: Iterable[Term], interval: Callable[[Term], Interval]) -> Interval:
    """The interval of a sum."""
    result = Interval(Decimal(0), Decimal(0))
    for term in terms:
        own = interval(term) if term.ref else Interval(Decimal(term.constant), Decimal(term.constant))
        result = add(result, scaled(own, term.sign))
    return result


def satisfiable(difference: Interval, operator: Operator) -> bool:
    """Whether some value of (left - right) satisfies the operator."""
    low, high = difference
    below = low is None or low <= 0
    above = high is None or high >= 0
    return below if operator == "<=" else above if operator == ">=" else below and above


def certain(difference: Interval, operator: Operator) -> bool:
    """Whether all values of (left - right) satisfy the operator."""
    low, high = difference
    below = high is not None and high <= 0
    above = low is not None and low >= 0
    return below if operator == "<=" else above if operator == ">=" else below and above


def judge(equation: Equation, lookup: Lookup) -> Verdict:
    """The state of an equation; undecided where an operand is not to be had or the condition is not certain."""
    cells: dict[Term, Cell] = {}
    nothing = Interval(None, None)
    for term in equation.left + equation.right:
        if term.ref is not None:
            cell = lookup(term)
            if cell is None:
                return Verdict(State.UNDECIDED, nothing, nothing, False)
            cells[term] = cell
    interval = lambda term: cells[term].interval  # noqa: E731
    left, right = total(equation.left, interval), total(equation.right, interval)
    approximate = any(cell.approximate for cell in cells.values())
    if not applies(equation, lookup):
        return Verdict(State.UNDECIDED, left, right, approximate)
    difference = add(left, scaled(right, -1))
    if _repeats(equation):
        difference = _combined(equation, cells)
    if not satisfiable(difference, equation.operator):
        return Verdict(State.BROKEN, left, right, approximate)
    state = State.HOLDS if certain(difference, equation.operator) else State.UNDECIDED
    return Verdict(state, left, right, approximate)


def _repeats(equation: Equation) -> bool:
    refs = [(t.ref, t.when) for t in equation.left + equation.right if t.ref]
    return len(set(refs)) < len(refs)


def _combined(equation: Equation, cells: dict[Term, Cell]) -> Interval:
    by_key = {(t.ref, t.when): cell.interval for t, cell in cells.items() if t.ref}
    weights, constant = weigh(equation.terms)
    result = Interval(Decimal(constant), Decimal(constant))
    for key, factor in weights.items():
        result = add(result, scaled(by_key[key], factor)) if factor else result
    return result


def applies(equation: Equation, lookup: Lookup) -> bool:
    """Whether a relation is in force: its condition is certainly met, and no cell that stands alone on its side is
    marked not applicable.
    """
    for side in (equation.left, equation.right):
        cell = lookup(side[0]) if len(side) == 1 and side[0].ref else None
        if cell and cell.status is Status.NOT_APPLICABLE:
            return False
    return _required(equation.condition, lookup)


def _required(condition: Condition | None, lookup: Lookup) -> bool:
    """Whether the relation is certainly required."""
    if condition is None:
        return True
    cell = lookup(Term(1, condition.ref))
    return cell is not None and is_met(condition, cell.interval)


def is_met(condition: Condition, interval: Interval) -> bool:
    """Whether a condition is met by whatever value its cell has."""
    low, high, value = interval.low, interval.high, condition.constant
    return {
        ">": low is not None and low > value,
        ">=": low is not None and low >= value,
        "<": high is not None and high < value,
        "<=": high is not None and high <= value,
        "=": low == value == high,
    }.get(condition.operator, False)
