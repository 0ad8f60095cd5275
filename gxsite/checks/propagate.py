"""All hard relations of a report together: relations that may each hold, but leave no value for the blanks at once.

Narrowing the bounds of one cell after another misses what only the sum of several relations shows, as where blanks
form a square. So it is decided exactly, by the simplex method in the form of Dutertre and de Moura ("A Fast
Linear-Arithmetic Solver for DPLL(T)", 2006): every relation is a sum of open cells with bounds of its own. A sum
outside its bounds is brought back by moving a cell, or another sum, that still has room; where none has, that sum and
the sums it is made of are the conflict, and none of them can be left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from gxsite.base.numerals import Interval
from gxsite.checks.localise import Change, Linear
from gxsite.model.form import CellRef

MAX_MOVES = 10_000

# Cells are numbered first, then relations. Whole numbers stay ``int``, which is several times faster.
_Exact = int | Fraction
_Bound = _Exact | None


def conflict(hard: Sequence[Linear], interval: Callable[[CellRef], Interval]) -> list[Linear]:
    """A smallest set of relations that together leave no values for the open cells; empty if there is none.

    ``hard`` are relations of which each can hold by itself. Cells are taken for real numbers; where all factors are
    1 and each cell stands in one row and one column, as in the national forms, whole numbers come to the same.
    """
    open_items = [item for item in hard if any(not interval(ref).exact for ref in item.weights)]
    return _Sums(open_items, interval).conflict() if len(open_items) > 1 else []


def mending(
    changes: Sequence[tuple[Change, ...]],
    hard: Sequence[Linear],
    interval: Callable[[CellRef], Interval],
    range_of: Callable[[CellRef], Interval],
) -> list[tuple[Change, ...]]:
    """The changes after which the relations leave values for all blanks at once; all of them where none does so.

    ``hard`` are the relations that the changes mend one by one, and those that hold. What contradicts itself whatever
    cells are changed has another cause and settles nothing.
    """

    def opened(change: tuple[Change, ...]) -> Callable[[CellRef], Interval]:
        cells = {one.ref for one in change}
        return lambda ref: range_of(ref) if ref in cells else interval(ref)

    if len(changes) < 2:
        return list(changes)
    items, anything = list(hard), opened(tuple(one for change in changes for one in change))
    while parts := conflict(items, anything):
        items = [item for item in items if item not in parts]
    return [change for change in changes if not conflict(items, opened(change))] or list(changes)


class _Sums:
    """The relations as sums of cells. ``rows`` are the numbers that depend on others, with their factors."""

    def __init__(self, items: Sequence[Linear], interval: Callable[[CellRef], Interval]) -> None:
        self.items = items
        cells = dict.fromkeys(ref for item in items for ref in item.weights if not interval(ref).exact)
        self.number = {ref: n for n, ref in enumerate(cells)}
        self.bounds = [(_exact(low), _exact(high)) for low, high in map(interval, cells)]
        self.value: list[_Exact] = [low if low is not None else min(0, high or 0) for low, high in self.bounds]
        self.rows: dict[int, dict[int, _Exact]] = {}
        for item in items:
            self._add(item, interval)

    def _add(self, item: Linear, interval: Callable[[CellRef], Interval]) -> None:
        row: dict[int, _Exact] = {}
        rest = item.constant
        for ref, weight in item.weights.items():
            if ref in self.number:
                row[self.number[ref]] = weight
            else:
                rest += weight * (interval(ref).low or Decimal(0))
        limit = _exact(-rest)
        operator = item.equation.operator
        self.rows[len(self.bounds)] = row
        self.value.append(sum(self.value[n] * factor for n, factor in row.items()))
        self.bounds.append((None if operator == "<=" else limit, None if operator == ">=" else limit))

    def conflict(self) -> list[Linear]:
        """The relations of a sum that cannot be brought within its bounds."""
        for _ in range(MAX_MOVES):
            # Always the first of the numbers that qualify: so the moves never run in a circle (Bland).
            broken = next((n for n in sorted(self.rows) if self._goal(n) is not None), None)
            if broken is None:
                return []
            helper = next((n for n in sorted(self.rows[broken]) if self._has_room(broken, n)), None)
            if helper is None:
                first = len(self.number)
                return [self.items[n - first] for n in sorted((broken, *self.rows[broken])) if n >= first]
            self._move(broken, helper)
        return []

    def _goal(self, n: int) -> _Bound:
        """The bound that a number is outside of."""
        low, high = self.bounds[n]
        if low is not None and self.value[n] < low:
            return low
        return high if high is not None and self.value[n] > high else None

    def _has_room(self, broken: int, n: int) -> bool:
        """Whether a number can move to where it helps a broken one that depends on it."""
        low, high = self.bounds[n]
        too_small = self.value[broken] < (self._goal(broken) or 0)
        if too_small == (self.rows[broken][n] > 0):
            return high is None or self.value[n] < high
        return low is None or self.value[n] > low

    def _move(self, broken: int, helper: int) -> None:
        """Bring a number to its bound by moving another, which depends on it from now on."""
        row = self.rows.pop(broken)
        factor = row.pop(helper)
        goal = self._goal(broken) or 0
        step = _over(goal - self.value[broken], factor)
        self.value[broken] = goal
        self.value[helper] += step
        turned = {n: _over(-other, factor) for n, other in row.items()}
        turned[broken] = _over(1, factor)
        for dependent, sums in self.rows.items():
            share = sums.pop(helper, 0)
            if share:
                self.value[dependent] += share * step
                for n, other in turned.items():
                    total = sums.get(n, 0) + share * other
                    if total:
                        sums[n] = total
                    else:
                        del sums[n]
        self.rows[helper] = turned


def _over(one: _Exact, two: _Exact) -> _Exact:
    quotient = Fraction(one) / two
    return quotient.numerator if quotient.denominator == 1 else quotient


def _exact(value: Decimal | None) -> _Bound:
    return None if value is None else _over(Fraction(value), 1)
