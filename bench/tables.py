"""Random tables of the built-in forms that satisfy all relations within a report, with figures as reports have them."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

from gxsite.model.form import CellRef, Form

Table = dict[CellRef, int]


def valid_table(form: Form, rng: random.Random, density: float = 0.15) -> Table:
    """Random figures that satisfy all relations within a report of a built-in form, the advisory ones too.

    ``density`` is the share of the cells for organisations in the request table that may differ from 0.
    """
    return _MAKERS[form.id](form, rng, density)


def _count(rng: random.Random) -> int:
    """A count as reports have them: often zero, mostly small, sometimes large."""
    return rng.choice([0, 0, 0, rng.randint(1, 9), rng.randint(1, 60), rng.randint(10, 900)])


def _requests(form: Form, rng: random.Random, density: float, table: Table) -> None:
    """The request and review tables of 2019 and 2021."""
    columns = ("natural", "business", "research", "welfare", "legal", "other")
    outside = ("requests.new", "requests.carried_in", "requests.carried_out", "requests.outcome.total")
    owner = next(t for t in form.tables if t.id == "requests")
    results = [row.id for row in owner.indicators if row.id not in outside]
    for column in columns:
        parts = {row: _count(rng) if column == "natural" or rng.random() < density else 0 for row in results}
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


def _form_2021(form: Form, rng: random.Random, density: float) -> Table:
    table: Table = {}
    _requests(form, rng, density, table)
    for row in ("art20.regulations", "art20.normative"):
        made, repealed = _count(rng), _count(rng)
        table[CellRef(row, "made")], table[CellRef(row, "repealed")] = made, repealed
        table[CellRef(row, "in_force")] = max(0, made - repealed) + _count(rng)
    return _fill(form, rng, table)


def _form_2019(form: Form, rng: random.Random, density: float) -> Table:
    table: Table = {}
    _requests(form, rng, density, table)
    for row in ("art20.regulations", "art20.normative"):
        made = _count(rng)
        published = rng.randint(0, made)
        table[CellRef(row, "made")], table[CellRef(row, "published")] = made, published
        table[CellRef(row, "public_total")] = published + _count(rng)
    return _fill(form, rng, table)


def _split(rng: random.Random, total: int, parts: list[str]) -> Table:
    """A total cut into parts."""
    cuts = [0, *sorted(rng.randint(0, total) for _ in parts[1:]), total]
    return {CellRef(part): high - low for part, (low, high) in zip(parts, pairwise(cuts), strict=True)}


def _form_2014(form: Form, rng: random.Random, _density: float) -> Table:
    table: Table = {}

    def put(total: str, parts: list[str]) -> None:
        """Random parts and their sum."""
        table.update({CellRef(part): _count(rng) for part in parts})
        table[CellRef(total)] = sum(table[CellRef(part)] for part in parts)

    def cut(total: str, value: int, parts: list[str]) -> None:
        """A total and random parts of it."""
        table.update({CellRef(total): value, **_split(rng, value, parts)})

    answered = ["already_public", "granted", "partial", "refused.total", "not_ours", "absent", "amend", "redirected"]
    reasons = ["secret", "trade", "privacy", "security", "not_information", "law"]
    put("requests.answered.total", [f"requests.answered.{k}" for k in answered])
    replies = table[CellRef("requests.answered.total")]
    refused = table[CellRef("requests.answered.refused.total")]
    cut("requests.answered.refused.total", refused, [f"requests.answered.refused.{k}" for k in reasons])
    cut("requests.closed.total", replies, [f"requests.closed.{k}" for k in ("on_time", "extended")])
    ways = [f"requests.received.{k}" for k in ("counter", "fax", "web", "letter")]
    cut("requests.received.total", replies + _count(rng), ways)
    for key in ("review", "lawsuit"):
        put(f"{key}.total", [f"{key}.{k}" for k in ("upheld", "corrected", "other")])
    put("office.staff.total", ["office.staff.full_time", "office.staff.part_time"])
    _disclosure(rng, table)
    table[CellRef("fee.total")] = _count(rng) if table[CellRef("requests.received.total")] else 0
    table[CellRef("training.courses")] = courses = _count(rng)
    table[CellRef("training.people")] = _count(rng) if courses else 0
    return _fill(form, rng, table)


def _disclosure(rng: random.Random, table: Table) -> None:
    """The first two sections of the form of 2014: totals that count an item once, whatever its channels."""
    channels = {f"disclosure.channel.{k}": _count(rng) for k in ("gazette", "website", "weibo", "wechat", "other")}
    table.update({CellRef(name): value for name, value in channels.items()})
    total = rng.randint(max(channels.values()), sum(channels.values()))
    table[CellRef("disclosure.total")] = total
    table[CellRef("disclosure.normative.published")] = published = rng.randint(0, total)
    table[CellRef("disclosure.normative.issued")] = published + _count(rng)
    answers = {f"response.{k}": _count(rng) for k in ("press.total", "interview.total", "social", "other")}
    table.update({CellRef(name): value for name, value in answers.items()})
    for key in ("press", "interview"):
        table[CellRef(f"response.{key}.chief")] = rng.randint(0, answers[f"response.{key}.total"])
    table[CellRef("response.total")] = rng.randint(0, sum(answers.values()))


def _narrative(form: Form, rng: random.Random, _density: float) -> Table:
    staff, total, answered = [_count(rng), _count(rng)], _count(rng), _count(rng)
    replies = [f"narrative.requests.{k}" for k in ("granted", "partial", "refused")]
    table = {
        CellRef("narrative.staff.full_time"): staff[0],
        CellRef("narrative.staff.part_time"): staff[1],
        CellRef("narrative.staff.total"): sum(staff),
        CellRef("narrative.disclosure.total"): total,
        CellRef("narrative.disclosure.full_text"): rng.randint(0, total),
        CellRef("narrative.disclosure.full_text_share"): rng.randint(0, 100),
        CellRef("narrative.requests.answered"): answered,
        **_split(rng, answered, replies),
    }
    return _fill(form, rng, table)


_MAKERS: dict[str, Callable[[Form, random.Random, float], Table]] = {
    "cn-narrative": _narrative,
    "cn-2014": _form_2014,
    "cn-2019": _form_2019,
    "cn-2021": _form_2021,
}
