"""Tables of reports: valid ones, each continuing the year before, and single figures changed in the text."""

import random
import re
from collections.abc import Mapping

from bench.tables import valid_table
from gxsite.model.form import CellRef, Form
from tests.relations.portal import FORMS

Table = dict[CellRef, int]
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other")
LOCAL = "local-2014"
_ITEMS = ("licences", "other_services", "penalties", "coercion", "fees")


def form_of(year: int) -> Form:
    """The national form of a year."""
    return next(f for f in FORMS.forms.values() if f.family == "cn" and f.fits(year))


def table_of(rng: random.Random, form: Form, before: Mapping[CellRef, int] | None = None) -> Table:
    """A valid table of a built-in form that carries on the figures of the year before on the same form."""
    table = dict(valid_table(form, rng))
    if before and form.id in ("cn-2019", "cn-2021"):
        _carry(table, before)
        for item in _ITEMS if form.id == "cn-2019" else ():
            prior, change = CellRef(f"art20.{item}", "prior"), CellRef(f"art20.{item}", "change")
            if prior in before and change in before:
                table[prior] = before[prior] + before[change]
    return table


def _carry(table: Table, before: Mapping[CellRef, int]) -> None:
    """What was carried out comes in, and the flow of every column is mended at its other end."""
    rows = ("requests.new", "requests.carried_in", "requests.carried_out")
    for column in COLUMNS:
        new, inward, outward = (CellRef(row, column) for row in rows)
        done = table[CellRef("requests.outcome.total", column)]
        table[inward] = before.get(outward, 0)
        table[new] = max(0, done - table[inward])
        table[outward] = table[new] + table[inward] - done
    for row in rows:
        table[CellRef(row, "total")] = sum(table[CellRef(row, column)] for column in COLUMNS)


def local_table(rng: random.Random) -> dict[str, object]:
    """Figures of the local form."""
    web, gazette = rng.randint(0, 90), rng.randint(0, 9)
    received = [rng.randint(0, 9), rng.randint(0, 9)]
    return {
        "local.total": web + gazette,
        "local.web": web,
        "local.gazette": gazette,
        "local.received": [*received, sum(received)],
    }


def lines_of(text: str) -> list[int]:
    """The numbers of the lines of a table that hold figures."""
    lines = text.split("\n")
    if "table:" not in lines:
        return []
    first = lines.index("table:") + 1
    last = next((i for i in range(first, len(lines)) if not lines[i].startswith("  ")), len(lines))
    return [i for i in range(first, last) if re.search(r":.*\d", lines[i])]


def with_figure(text: str, rng: random.Random, value: str = "") -> tuple[str, str]:
    """The text with one figure changed, by one if no value is given; and what was done."""
    lines = text.split("\n")
    number = rng.choice(lines_of(text))
    name, _, values = lines[number].partition(":")
    place = rng.choice(list(re.finditer(r"\d+", values)))
    new = value or str(int(place[0]) + 1)
    lines[number] = f"{name}:{values[: place.start()]}{new}{values[place.end() :]}"
    return "\n".join(lines), f"{name.strip()} {place[0]} -> {new}"


def with_cells(text: str, form: Form, changes: Mapping[CellRef, int]) -> str:
    """The text with some figures moved by so much; cells that hold no number stay."""
    lines = text.split("\n")
    for number in lines_of(text):
        row, _, written = lines[number].partition(": ")
        if row.strip() not in form.rows:
            continue
        columns = form.rows[row.strip()][0].columns
        values = written.strip("[]").split(", ")
        for i, column in enumerate(columns[: len(values)]):
            step = changes.get(CellRef(row.strip(), column.id), 0)
            if step and values[i].isdecimal():
                values[i] = str(int(values[i]) + step)
        lines[number] = f"{row}: {values[0]}" if len(columns) == 1 else f"{row}: [{', '.join(values)}]"
    return "\n".join(lines)
