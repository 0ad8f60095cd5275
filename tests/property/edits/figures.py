"""Edits of figures."""

from random import Random

from gxsite.model.form import CellRef
from tests.property import heads
from tests.property.edits.papers import pick
from tests.property.figures import COLUMNS, LOCAL, form_of, lines_of, with_cells, with_figure
from tests.property.portal import local_report, national_report
from tests.property.world import REPORT, World
from tests.relations.portal import FORMS

TOKENS = ("~", "~", "~", "/", "无", "280多", "约30", "近500", "１２", "012", "1,860", "x")


def figure(rng: Random, world: World) -> str:
    """One more of something: most relations that hold it break."""
    path = pick(rng, world, REPORT)
    if not lines_of(world.read(path)):
        return ""
    text, what = with_figure(world.read(path), rng)
    world.write(path, text)
    return f"{path}: {what}"


def figure_token(rng: Random, world: World) -> str:
    """A figure that becomes a blank, a sign, an approximate number or nonsense."""
    path = pick(rng, world, REPORT)
    if not lines_of(world.read(path)):
        return ""
    text, what = with_figure(world.read(path), rng, rng.choice(TOKENS))
    world.write(path, text)
    return f"{path}: {what}"


def figures_in_step(rng: Random, world: World) -> str:
    """A figure changed with all sums that it is part of, so that every relation within the report still holds."""
    path = pick(rng, world, REPORT)
    text, step = world.read(path), rng.randint(1, 9)
    form = FORMS.forms.get(str(heads.get(text, "form")))
    if form is None or form.id == "cn-narrative":
        return ""
    if form.id == "cn-2014":
        cells = [CellRef(f"requests.received.{way}") for way in ("total", rng.choice(["counter", "fax", "web"]))]
    else:
        column = rng.choice(COLUMNS)
        rows = ("requests.new", "requests.granted", "requests.outcome.total")
        cells = [CellRef(row, c) for row in rows for c in (column, "total")]
    world.write(path, with_cells(text, form, dict.fromkeys(cells, step)))
    return f"{path}: {', '.join(map(str, cells))} + {step}"


def figures_carried(rng: Random, world: World) -> str:
    """More carried over to the next year, where only that year's report, or that of a successor, can disagree."""
    years = {(path.split("/")[1], int(path[-7:-3])) for path in world.paths(REPORT)}
    paths = [p for p in world.paths(REPORT) if (p.split("/")[1], int(p[-7:-3]) + 1) in years]
    path = rng.choice(paths or world.paths(REPORT))
    text = world.read(path)
    form = FORMS.forms.get(str(heads.get(text, "form")))
    if form is None or form.id not in ("cn-2019", "cn-2021"):
        return ""
    column = rng.choice(COLUMNS)
    cells = [CellRef(row, c) for row in ("requests.new", "requests.carried_out") for c in (column, "total")]
    world.write(path, with_cells(text, form, dict.fromkeys(cells, 1)))
    return f"{path}: one more carried over, {column}"


def table(rng: Random, world: World) -> str:
    """A report written anew, with another valid table."""
    path = pick(rng, world, REPORT)
    agency, year = path.split("/")[1], int(path.split("/")[2].removesuffix(".md"))
    local = heads.get(world.read(path), "form") == LOCAL
    if not local and not 2008 <= year <= 2099:
        return ""
    world.write(path, local_report(rng, world, agency, year) if local else national_report(rng, world, agency, year))
    return f"{path}: written anew on {LOCAL if local else form_of(year).id}"


EDITS = (figure, figure_token, figures_in_step, figures_carried, table)
