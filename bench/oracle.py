"""Whether some whole numbers in the blanks of a table satisfy all hard relations of its form: exact, and on its own.

Nothing of ``gxsite.checks`` is used, so that the two can be held against each other. Equations are solved for one blank
each (Gauss), the other blanks are eliminated from the inequalities that remain (Fourier and Motzkin), all in fractions.
No rational solution means no solution; where there is one, whole numbers are put in from the last blank back to the
first and tried in every relation. Slow for many blanks that hang together; meant for a bench.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from gxsite.base.diagnostic import Severity
from gxsite.model.form import CellRef, Form, cell_type

Figures = Mapping[CellRef, int]
MAX_ROWS = 4000


class Undecided(Exception):
    """The blanks have a rational solution but no whole one was found, or there are too many of them."""


@dataclass(frozen=True)
class _Row:
    """``sum(weight * blank) + constant >= 0`` (or ``= 0``); ``sources`` are the inequalities that it comes from."""

    weights: dict[CellRef, Fraction]
    constant: Fraction
    sources: frozenset[int] = frozenset()

    def without(self, ref: CellRef, value: _Row) -> _Row:
        """With a blank replaced by what it equals."""
        factor = self.weights.get(ref)
        if factor is None:
            return self
        weights = {r: w for r, w in self.weights.items() if r != ref}
        for other, weight in value.weights.items():
            weights[other] = weights.get(other, Fraction(0)) + factor * weight
        return _Row({r: w for r, w in weights.items() if w}, self.constant + factor * value.constant, self.sources)

    def at(self, values: Mapping[CellRef, Fraction]) -> Fraction:
        """The value of the left side."""
        return sum((w * values[r] for r, w in self.weights.items()), self.constant)


def explain(form: Form, table: Figures) -> dict[CellRef, int] | None:
    """Whole numbers for the cells that the table lacks; None if no numbers satisfy all hard relations.

    Errors: :class:`Undecided`.
    """
    equations, bounds = _system(form, table)
    solved: list[tuple[CellRef, _Row]] = []
    for equation in equations:
        row = _with(equation, solved)
        if row.weights:
            solved = _solve(row, solved)
        elif row.constant:
            return None
    rows = [replace(_with(bound, solved), sources=frozenset({number})) for number, bound in enumerate(bounds)]
    levels = _eliminate(rows)
    return None if levels is None else _whole(levels, solved, equations, bounds)


def _system(form: Form, table: Figures) -> tuple[list[_Row], list[_Row]]:
    """The hard equations and inequalities within a report, figures put in; blanks are what their type allows."""
    equations: list[_Row] = []
    bounds: list[_Row] = []
    blanks: dict[CellRef, None] = {}
    for equation in form.equations:
        other = equation.reaches("previous") or equation.reaches("children") or equation.condition
        if equation.severity is not Severity.ERROR or other:
            continue
        weights: dict[CellRef, Fraction] = {}
        constant = Fraction(0)
        for side, sign in ((equation.left, 1), (equation.right, -1)):
            for term in side:
                factor = Fraction(sign * term.sign)
                if term.ref is None:
                    constant += factor * term.constant
                elif term.ref in table:
                    constant += factor * table[term.ref]
                else:
                    weights[term.ref] = weights.get(term.ref, Fraction(0)) + factor
                    blanks[term.ref] = None
        weights = {r: w for r, w in weights.items() if w}
        if equation.operator == "<=":
            weights, constant = {r: -w for r, w in weights.items()}, -constant
        (equations if equation.operator == "=" else bounds).append(_Row(weights, constant))
    for ref in blanks:
        _, row, column = form.cells[ref]
        if not cell_type(row, column).signed:
            bounds.append(_Row({ref: Fraction(1)}, Fraction(0)))
    return equations, bounds


def _with(row: _Row, solved: Iterable[tuple[CellRef, _Row]]) -> _Row:
    """A row without the blanks that are solved."""
    for ref, value in solved:
        row = row.without(ref, value)
    return row


def _solve(row: _Row, solved: list[tuple[CellRef, _Row]]) -> list[tuple[CellRef, _Row]]:
    """The solved blanks with one more: the first blank of the equation by the others."""
    ref, factor = next(iter(row.weights.items()))
    value = _Row({r: -w / factor for r, w in row.weights.items() if r != ref}, -row.constant / factor)
    return [(r, v.without(ref, value)) for r, v in solved] + [(ref, value)]


def _eliminate(rows: Iterable[_Row]) -> list[tuple[CellRef, list[_Row]]] | None:
    """The blanks in the order of their elimination, each with the rows that bound it; None if nothing satisfies all."""
    levels: list[tuple[CellRef, list[_Row]]] = []
    kept = _tightest(rows)
    while kept is not None and any(row.weights for row in kept):
        ref = _cheapest(kept)
        levels.append((ref, [row for row in kept if ref in row.weights]))
        above = [row for row in kept if row.weights.get(ref, 0) > 0]
        below = [row for row in kept if row.weights.get(ref, 0) < 0]
        joined = [_joined(one, two, ref) for one in above for two in below]
        # A row that comes from more inequalities than blanks were eliminated plus one follows from others (Chernikov).
        needed = (row for row in joined if len(row.sources) <= len(levels) + 1)
        kept = _tightest([*(row for row in kept if ref not in row.weights), *needed])
        if kept and len(kept) > MAX_ROWS:
            raise Undecided
    return levels if kept is not None else None


def _cheapest(rows: Sequence[_Row]) -> CellRef:
    """The blank whose elimination leaves the fewest rows."""
    count: dict[CellRef, list[int]] = {}
    for row in rows:
        for ref, weight in row.weights.items():
            count.setdefault(ref, [0, 0])[weight > 0] += 1
    return min(count, key=lambda ref: count[ref][0] * count[ref][1] - sum(count[ref]))


def _joined(one: _Row, two: _Row, ref: CellRef) -> _Row:
    """The sum of two rows in which a blank cancels out."""
    factor = -one.weights[ref] / two.weights[ref]
    weights = dict(one.weights)
    for other, weight in two.weights.items():
        weights[other] = weights.get(other, Fraction(0)) + factor * weight
    return _Row(
        {r: w for r, w in weights.items() if w}, one.constant + factor * two.constant, one.sources | two.sources
    )


def _tightest(rows: Iterable[_Row]) -> list[_Row] | None:
    """Of the rows that differ only in their constant the tightest; None if a row without blanks does not hold."""
    best: dict[frozenset[tuple[CellRef, Fraction]], _Row] = {}
    for row in rows:
        if not row.weights:
            if row.constant < 0:
                return None
            continue
        size = abs(row.weights[min(row.weights)])
        scaled = _Row({r: w / size for r, w in row.weights.items()}, row.constant / size, row.sources)
        key = frozenset(scaled.weights.items())
        other = best.get(key)
        if other is None or (scaled.constant, len(scaled.sources)) < (other.constant, len(other.sources)):
            best[key] = scaled
    return list(best.values())


def _whole(
    levels: Sequence[tuple[CellRef, list[_Row]]],
    solved: Sequence[tuple[CellRef, _Row]],
    equations: Sequence[_Row],
    bounds: Sequence[_Row],
) -> dict[CellRef, int]:
    """Whole numbers for all blanks, tried in every relation."""
    values: dict[CellRef, Fraction] = {}
    for row in (*equations, *bounds):
        values.update(dict.fromkeys(row.weights, Fraction(0)))
    for ref, rows in reversed(levels):
        rests = [(row.weights[ref], row.at({**values, ref: Fraction(0)})) for row in rows]
        low = max((ceil(-rest / weight) for weight, rest in rests if weight > 0), default=None)
        high = min((floor(-rest / weight) for weight, rest in rests if weight < 0), default=None)
        values[ref] = Fraction(low if low is not None else high if high is not None else 0)
    for ref, value in solved:
        values[ref] = value.at(values)
    fits = all(row.at(values) == 0 for row in equations) and all(row.at(values) >= 0 for row in bounds)
    if not fits or any(value.denominator != 1 for value in values.values()):
        raise Undecided
    return {ref: int(value) for ref, value in values.items()}
