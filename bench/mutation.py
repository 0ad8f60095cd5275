"""How many slips the checks find, and how often they name the wrong cell first.

    python -m bench.mutation                      200 reports of each form, 5 slips in each
    python -m bench.mutation --reports 20 --slips 2 --seed 7
    python -m bench.mutation --blanks 0.2         the same with a fifth of the parts of sums left blank
    python -m bench.mutation --squares 3          with two squares of 3 x 3 blanks, the slip where their rows and
                                                  columns cross: only the sum of many relations shows it

Valid reports of each built-in form are made, read and checked (a finding there is a false alarm); then one cell that
takes part in a hard identity is changed by a slip of the hand, and the report is read and checked again. Printed for
each form: the share of slips found, the share where the true cell is the first suggestion, and the share where it is
among the suggestions, apart for cells that one identity alone holds and for cells that several hold.

With blanks a slip that some figures in the blanks explain (``bench/oracle.py``) is no mistake that anybody could find:
such slips are counted apart, and a finding there is a false alarm too. ``open`` are slips that the oracle left open.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from bench.oracle import Undecided, explain
from bench.tables import Table, valid_table
from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.base.text import Text
from gxsite.checks.relations import check_relations
from gxsite.engine.load import load_forms
from gxsite.model.form import CellRef, Equation, Form
from gxsite.source.report import read_report

LARGEST = 10**12


class Slip(NamedTuple):
    """A changed cell."""

    ref: CellRef
    old: int
    new: int
    kind: str


@dataclass
class Score:
    """What came of the slips in cells that the same number of identities holds."""

    slips: int = 0
    found: int = 0
    first: int = 0
    named: int = 0


@dataclass
class Result:
    """One form: valid reports, false alarms, and the scores by ``alone`` and ``crossed``.

    ``explained`` are slips that figures in the blanks explain, ``open`` those that the oracle could not decide.
    """

    form: str
    valid: int = 0
    alarms: int = 0
    explained: int = 0
    open: int = 0
    alone: Score = field(default_factory=Score)
    crossed: Score = field(default_factory=Score)
    missed: list[tuple[Table, Slip]] = field(default_factory=list)


def measure(form: Form, reports: int, slips: int, seed: int, blanks: float = 0, squares: int = 0) -> Result:
    """Slips in valid reports of a form, ``blanks`` the share of the parts of sums that are left blank.

    ``squares`` is the size of the two squares of blanks in the request table; a form without one has no slips then.
    """
    rng = random.Random(f"{seed}/{form.id}")
    result = Result(form.id)
    held, parts = identities(form), _parts(form)
    for _ in range(reports):
        table, places = valid_table(form, rng, 0.8 if squares else 0.15), list(held)
        if blanks:
            table = {ref: value for ref, value in table.items() if ref not in parts or rng.random() >= blanks}
        if squares:
            places = _squares(form, squares, rng, table)
        result.valid += 1
        result.alarms += bool(findings(form, table))
        cells = [ref for ref in places if ref in table]
        for _ in range(slips):
            slip = _slip(rng, form, table, rng.choice(cells)) if cells else None
            if slip:
                score = result.crossed if held[slip.ref] > 1 else result.alone
                _judge(form, table, slip, score, result)
    return result


def _judge(form: Form, table: Table, slip: Slip, score: Score, result: Result) -> None:
    changed = {**table, slip.ref: slip.new}
    found = [d for d in findings(form, changed) if d.severity is Severity.ERROR]
    if len(table) < len(form.cells):
        try:
            explained = explain(form, changed) is not None
        except Undecided:
            result.open += 1
            return
        if explained:
            result.explained += 1
            result.alarms += bool(found)
            return
    score.slips += 1
    if not found:
        result.missed.append((table, slip))
        return
    score.found += 1
    true = ((str(slip.ref), str(slip.old)),)
    score.first += true in [s.changes for d in found for s in d.suggestions[:1]]
    score.named += true in [s.changes for d in found for s in d.suggestions]


def findings(form: Form, table: Table) -> list[Diagnostic]:
    """What the relations of a report with this table show; it is written as text and read as any other."""
    report = read_report(Text("report.md", report_text(form, table)), "agency", form.years[0], {form.id: form})
    errors = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert not errors, errors
    return list(check_relations(report.value, form, {}))


def report_text(form: Form, table: Table, front: str = "") -> str:
    """The text of a report; ``front`` are further lines of its front matter."""
    lines = ["---", "title: 报告", f"form: {form.id}", *front.splitlines(), "table:"]
    for owner, row in form.indicators():
        values = [str(table.get(CellRef(row.id, c.id), "~")) for c in owner.columns]
        lines.append(f"  {row.id}: {values[0]}" if len(values) == 1 else f"  {row.id}: [{', '.join(values)}]")
    return "\n".join([*lines, "---", ""])


def identities(form: Form) -> dict[CellRef, int]:
    """The cells of hard identities within a report, with the number of identities that hold each."""
    held: dict[CellRef, int] = {}
    for equation in _hard(form):
        for term in equation.left + equation.right:
            if term.ref:
                held[term.ref] = held.get(term.ref, 0) + 1
    return held


def _parts(form: Form) -> set[CellRef]:
    """The cells of hard identities that are nowhere the total."""
    sides = [side for equation in _hard(form) for side in (equation.left, equation.right)]
    totals = {side[0].ref for side in sides if len(side) == 1}
    return {ref for ref in identities(form) if ref not in totals}


def _squares(form: Form, size: int, rng: random.Random, table: Table) -> list[CellRef]:
    """Take two squares of cells out of the request table; the cells in the rows of one and the columns of the other."""
    parts = _parts(form)
    crossed = [ref for ref, count in identities(form).items() if count > 1 and ref in parts]
    rows = list(dict.fromkeys(ref.indicator for ref in crossed))
    columns = list(dict.fromkeys(ref.column for ref in crossed))
    if len(rows) < 2 * size or len(columns) < 2 * size:
        return []
    rows, columns = rng.sample(rows, 2 * size), rng.sample(columns, 2 * size)
    for row, column in product(rows, columns):
        if (row in rows[:size]) == (column in columns[:size]):
            table.pop(CellRef(row, column), None)
    return [CellRef(row, column) for row, column in product(rows, columns) if CellRef(row, column) in table]


def _hard(form: Form) -> Iterator[Equation]:
    for equation in form.equations:
        outside = equation.reaches("previous") or equation.reaches("children")
        if equation.operator == "=" and equation.severity is Severity.ERROR and not outside:
            yield equation


# -- slips --------------------------------------------------------------------------------------------------------


def _slip(rng: random.Random, form: Form, table: Table, ref: CellRef) -> Slip | None:
    """One cell changed as a hand does it, all kinds that change it alike; None if none does."""
    old = table[ref]
    changes = [(kind, new) for kind, new in _changes(rng, form, table, ref) if new != old and 0 <= new < LARGEST]
    if not changes:
        return None
    kind, new = rng.choice(changes)
    return Slip(ref, old, new, kind)


def _changes(rng: random.Random, form: Form, table: Table, ref: CellRef) -> Iterator[tuple[str, int]]:
    text = str(table[ref])
    at = rng.randrange(len(text))
    yield "one more or less", table[ref] + rng.choice([-1, 1])
    yield "digit", int(text[:at] + str(rng.randint(0, 9)) + text[at + 1 :])
    yield "doubled", int(text[: at + 1] + text[at:])
    if len(text) > 1:
        yield "dropped", int(text[:at] + text[at + 1 :])
        at = rng.randrange(len(text) - 1)
        yield "transposed", int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    owner, row, _ = form.cells[ref]
    rows = [r.id for r in owner.indicators]
    near = rows.index(row.id) + rng.choice([-1, 1])
    beside = CellRef(rows[near], ref.column) if 0 <= near < len(rows) else None
    if beside in table:
        yield "shifted", table[beside]


# -- output -------------------------------------------------------------------------------------------------------


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:7.2f} %"


def main() -> None:
    """Measure all built-in forms and print a table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--slips", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--blanks", type=float, default=0, help="share of the parts of sums that are left blank")
    options.add_argument("--squares", type=int, default=0, help="size of two squares of blanks in the request table")
    options.add_argument("--form", help="only this form")
    chosen = options.parse_args()
    columns = f"{'form':<14}{'cells':<10}{'valid':>6}{'alarms':>8}{'slips':>7}{'found':>10}{'first':>10}{'named':>10}"
    gaps = bool(chosen.blanks or chosen.squares)
    print(columns + (f"{'explained':>11}{'open':>6}" if gaps else ""))
    for form in load_forms(None).value.forms.values():
        if chosen.form in (None, form.id):
            _print(measure(form, chosen.reports, chosen.slips, chosen.seed, chosen.blanks, chosen.squares), gaps)


def _print(result: Result, gaps: bool) -> None:
    for name, score in (("alone", result.alone), ("crossed", result.crossed)):
        if not score.slips:
            continue
        line = (
            f"{result.form:<14}{name:<10}{result.valid:>6}{result.alarms:>8}{score.slips:>7}"
            f"{_share(score.found, score.slips):>10}{_share(score.first, score.slips):>10}"
            f"{_share(score.named, score.slips):>10}"
        )
        print(line + (f"{result.explained:>11}{result.open:>6}" if gaps else ""))
    for _, slip in result.missed[:3]:
        print(f"    missed: {slip}")


if __name__ == "__main__":
    main()
