"""How many slips the checks find, and how often they name the wrong cell first.

    python -m bench.mutation                      200 reports of each form, 5 slips in each
    python -m bench.mutation --reports 20 --slips 2 --seed 7

Valid reports of each built-in form are made, read and checked (a finding there is a false alarm); then one cell that
takes part in a hard identity is changed by a slip of the hand, and the report is read and checked again. Printed for
each form: the share of slips found, the share where the true cell is the first suggestion, and the share where it is
among the suggestions, apart for cells that one identity alone holds and for cells that several hold.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.base.text import Text
from gxsite.checks.relations import check_relations
from gxsite.engine.load import load_forms
from gxsite.model.form import CellRef, Form
from gxsite.source.report import read_report

Table = dict[CellRef, int]
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
    """One form: valid reports, false alarms among them, and the scores by ``alone`` and ``crossed``."""

    form: str
    valid: int = 0
    alarms: int = 0
    alone: Score = field(default_factory=Score)
    crossed: Score = field(default_factory=Score)
    missed: list[Slip] = field(default_factory=list)


def measure(form: Form, reports: int, slips: int, seed: int) -> Result:
    """Slips in valid reports of a form."""
    rng = random.Random(f"{seed}/{form.id}")
    result = Result(form.id)
    held = _identities(form)
    for _ in range(reports):
        table = valid_table(form, rng)
        result.valid += 1
        result.alarms += bool(_errors(form, table))
        cells = [ref for ref in held if ref in table]
        for _ in range(slips):
            slip = _slip(rng, form, table, rng.choice(cells)) if cells else None
            if slip:
                score = result.crossed if held[slip.ref] > 1 else result.alone
                _judge(form, table, slip, score, result)
    return result


def _judge(form: Form, table: Table, slip: Slip, score: Score, result: Result) -> None:
    found = _errors(form, {**table, slip.ref: slip.new})
    score.slips += 1
    if not found:
        result.missed.append(slip)
        return
    score.found += 1
    true = ((str(slip.ref), str(slip.old)),)
    ranked = [s.changes for d in found for s in d.suggestions[:1]]
    named = [s.changes for d in found for s in d.suggestions]
    score.first += true in ranked
    score.named += true in named


def _errors(form: Form, table: Table) -> list[Diagnostic]:
    """The errors of a report with this table, written as text and read as any other."""
    report = read_report(Text("report.md", report_text(form, table)), "agency", form.years[0], {form.id: form})
    errors = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert not errors, errors
    return [d for d in check_relations(report.value, form, {}) if d.severity is Severity.ERROR]


def report_text(form: Form, table: Table) -> str:
    """The text of a report."""
    lines = ["---", "title: 报告", f"form: {form.id}", "table:"]
    for owner, row in form.indicators():
        values = [str(table[CellRef(row.id, c.id)]) for c in owner.columns]
        lines.append(f"  {row.id}: {values[0]}" if len(values) == 1 else f"  {row.id}: [{', '.join(values)}]")
    return "\n".join([*lines, "---", ""])


def _identities(form: Form) -> dict[CellRef, int]:
    """The cells of hard identities within a report, with the number of identities that hold each."""
    held: dict[CellRef, int] = {}
    for equation in form.equations:
        outside = equation.reaches("previous") or equation.reaches("children")
        if equation.operator == "=" and equation.severity is Severity.ERROR and not outside:
            for term in equation.left + equation.right:
                if term.ref:
                    held[term.ref] = held.get(term.ref, 0) + 1
    return held


# -- valid tables -------------------------------------------------------------------------------------------------


def valid_table(form: Form, rng: random.Random) -> Table:
    """Random figures that satisfy all hard relations of a form (and most advisory ones)."""
    return _MAKERS[form.id](form, rng)


def _count(rng: random.Random) -> int:
    """A count as reports have them: often zero, mostly small, sometimes large."""
    return rng.choice([0, 0, 0, rng.randint(1, 9), rng.randint(1, 60), rng.randint(10, 900)])


def _requests(form: Form, rng: random.Random, table: Table) -> None:
    """The request and review tables of 2019 and 2021."""
    columns = ("natural", "business", "research", "welfare", "legal", "other")
    outside = ("requests.new", "requests.carried_in", "requests.carried_out", "requests.outcome.total")
    owner = next(t for t in form.tables if t.id == "requests")
    results = [row.id for row in owner.indicators if row.id not in outside]
    for column in columns:
        parts = {row: _count(rng) if column == "natural" or rng.random() < 0.15 else 0 for row in results}
        total, carried_out = sum(parts.values()), _count(rng) if column == "natural" else 0
        carried_in = rng.randint(0, min(30, total + carried_out))
        table.update({CellRef(row, column): value for row, value in parts.items()})
        table[CellRef("requests.outcome.total", column)] = total
        table[CellRef("requests.carried_in", column)] = carried_in
        table[CellRef("requests.carried_out", column)] = carried_out
        table[CellRef("requests.new", column)] = total + carried_out - carried_in
    for row in owner.indicators:
        table[CellRef(row.id, "total")] = sum(table[CellRef(row.id, column)] for column in columns)
    for row_id in ("review", "lawsuit.direct", "lawsuit.after_review"):
        results_of = {c: _count(rng) for c in ("upheld", "corrected", "other", "pending")}
        table.update({CellRef(row_id, c): value for c, value in results_of.items()})
        table[CellRef(row_id, "total")] = sum(results_of.values())


def _fill(form: Form, rng: random.Random, table: Table) -> Table:
    """Random counts for all cells that have none yet, in form order."""
    return {ref: table.get(ref, _count(rng)) for ref in form.cells}


def _form_2021(form: Form, rng: random.Random) -> Table:
    table: Table = {}
    _requests(form, rng, table)
    for row in ("art20.regulations", "art20.normative"):
        made, repealed = _count(rng), _count(rng)
        table[CellRef(row, "made")], table[CellRef(row, "repealed")] = made, repealed
        table[CellRef(row, "in_force")] = max(0, made - repealed) + _count(rng)
    return _fill(form, rng, table)


def _form_2019(form: Form, rng: random.Random) -> Table:
    table: Table = {}
    _requests(form, rng, table)
    for row in ("art20.regulations", "art20.normative"):
        made = _count(rng)
        published = rng.randint(0, made)
        table[CellRef(row, "made")], table[CellRef(row, "published")] = made, published
        table[CellRef(row, "public_total")] = published + _count(rng)
    return _fill(form, rng, table)


def _form_2014(form: Form, rng: random.Random) -> Table:
    table: Table = {}

    def put(total: str, parts: list[str]) -> None:
        values = [_count(rng) for _ in parts]
        table.update({CellRef(part): value for part, value in zip(parts, values, strict=True)})
        table[CellRef(total)] = sum(values)

    refused = [
        f"requests.answered.refused.{k}" for k in ("secret", "trade", "privacy", "security", "not_information", "law")
    ]
    answered = ["already_public", "granted", "partial", "refused.total", "not_ours", "absent", "amend", "redirected"]
    put("requests.received.total", [f"requests.received.{k}" for k in ("counter", "fax", "web", "letter")])
    put("requests.closed.total", [f"requests.closed.{k}" for k in ("on_time", "extended")])
    put("requests.answered.total", [f"requests.answered.{k}" for k in answered])
    left = table[CellRef("requests.answered.refused.total")]
    for name in refused:
        table[CellRef(name)] = rng.randint(0, left) if name != refused[-1] else left
        left -= table[CellRef(name)]
    for key in ("review", "lawsuit"):
        put(f"{key}.total", [f"{key}.{k}" for k in ("upheld", "corrected", "other")])
    put("office.staff.total", ["office.staff.full_time", "office.staff.part_time"])
    channels = [f"disclosure.channel.{k}" for k in ("gazette", "website", "weibo", "wechat", "other")]
    values = [_count(rng) for _ in channels]
    table.update({CellRef(c): v for c, v in zip(channels, values, strict=True)})
    total = rng.randint(max(values), sum(values))
    table[CellRef("disclosure.total")] = total
    table[CellRef("disclosure.normative.published")] = rng.randint(0, total)
    table[CellRef("disclosure.normative.issued")] = table[CellRef("disclosure.normative.published")] + _count(rng)
    for key in ("press", "interview"):
        table[CellRef(f"response.{key}.total")] = whole = _count(rng)
        table[CellRef(f"response.{key}.chief")] = rng.randint(0, whole)
    return _fill(form, rng, table)


def _narrative(form: Form, rng: random.Random) -> Table:
    staff = [_count(rng), _count(rng)]
    total = _count(rng)
    table = {
        CellRef("narrative.staff.full_time"): staff[0],
        CellRef("narrative.staff.part_time"): staff[1],
        CellRef("narrative.staff.total"): sum(staff),
        CellRef("narrative.disclosure.total"): total,
        CellRef("narrative.disclosure.full_text"): rng.randint(0, total),
        CellRef("narrative.disclosure.full_text_share"): rng.randint(0, 100),
    }
    return _fill(form, rng, table)


_MAKERS: dict[str, Callable[[Form, random.Random], Table]] = {
    "cn-narrative": _narrative,
    "cn-2014": _form_2014,
    "cn-2019": _form_2019,
    "cn-2021": _form_2021,
}


# -- slips --------------------------------------------------------------------------------------------------------


def _slip(rng: random.Random, form: Form, table: Table, ref: CellRef) -> Slip | None:
    """One cell changed as a hand does it; None if the kind drawn does not change this cell."""
    old = table[ref]
    kind, new = rng.choice(list(_changes(rng, form, table, ref)))
    return Slip(ref, old, new, kind) if new != old and 0 <= new < LARGEST else None


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
    if 0 <= near < len(rows):
        yield "shifted", table[CellRef(rows[near], ref.column)]


# -- output -------------------------------------------------------------------------------------------------------


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f} %" if whole else "       –"


def main() -> None:
    """Measure all built-in forms and print a table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--slips", type=int, default=5)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print(f"{'form':<14}{'cells':<10}{'valid':>6}{'alarms':>8}{'slips':>7}{'found':>9}{'first':>9}{'named':>9}")
    for form in load_forms(None).value.forms.values():
        result = measure(form, chosen.reports, chosen.slips, chosen.seed)
        for name, score in (("alone", result.alone), ("crossed", result.crossed)):
            print(
                f"{form.id:<14}{name:<10}{result.valid:>6}{result.alarms:>8}{score.slips:>7}"
                f"{_share(score.found, score.slips):>9}{_share(score.first, score.slips):>9}"
                f"{_share(score.named, score.slips):>9}"
            )
        for slip in result.missed[:3]:
            print(f"    missed: {slip}")


if __name__ == "__main__":
    main()
