"""Edits of the portal's own form and of its crosswalk."""

import json
from random import Random
from typing import Any

from tests.property.figures import LOCAL
from tests.property.portal import sentence
from tests.property.world import World

PATH = f"content/forms/{LOCAL}.yaml"
WALK = "content/forms/crosswalk.yaml"


def _form(world: World) -> dict[str, Any] | None:
    """The local form, None if it is missing or damaged."""
    try:
        value = json.loads(world.read(PATH))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _write(world: World, form: dict[str, Any]) -> None:
    world.write(PATH, json.dumps(form, ensure_ascii=False, indent=1))


def form_words(rng: Random, world: World) -> str:
    """A label, a unit, a title: on every page of the form, and in its downloads."""
    form = _form(world)
    if form is None:
        return ""
    table = rng.choice(form["tables"])
    what = rng.choice([form, table, rng.choice(table["rows"]), rng.choice(table["columns"])])
    key = "title" if "tables" in what or "rows" in what else rng.choice(["label", "unit"])
    what[key] = sentence(rng)
    _write(world, form)
    return f"{PATH}: {key} {what[key]}"


def form_relation(rng: Random, world: World) -> str:
    """A relation added, removed, changed in its rule, its weight or its reason."""
    form = _form(world)
    if form is None:
        return ""
    relations = form.setdefault("relations", [])
    what = rng.choice(["rule", "severity", "because", "removed", "added", "unknown"])
    if what == "removed" and relations:
        relations.remove(rng.choice(relations))
    elif what == "added" or not relations:
        rule = rng.choice(
            ["local.web >= local.gazette", "local.total <= 60", "local.received.people <= previous(local.web)"]
        )
        relations.append({"id": f"local.r{rng.randint(1, 99)}", "rule": rule, "severity": "warning"})
    else:
        relation = rng.choice(relations)
        values = {"rule": "local.total >= local.web", "unknown": "local.total = local.nothing", "severity": "warning"}
        relation["rule" if what == "unknown" else what] = values.get(what, sentence(rng))
    _write(world, form)
    return f"{PATH}: relation {what}"


def form_rows(rng: Random, world: World) -> str:
    """A row added, required or not, removed, or moved: the order of cells in all downloads."""
    form = _form(world)
    if form is None:
        return ""
    rows, what = form["tables"][0]["rows"], rng.choice(["added", "removed", "moved"])
    if what == "added":
        row = {
            "id": f"local.more{len(rows)}",
            "label": sentence(rng),
            **({"required": True} if rng.random() < 0.2 else {}),
        }
        rows.insert(rng.randrange(len(rows) + 1), row)
    elif what == "removed" and len(rows) > 1:
        rows.pop()
    else:
        rows.reverse()
    _write(world, form)
    return f"{PATH}: a row {what}"


def form_years(rng: Random, world: World) -> str:
    """The years of a form: reports outside are warned of."""
    form = _form(world)
    if form is None:
        return ""
    form["years"] = rng.choice([{"from": 2010, "to": 2022}, {"from": 2016, "to": 2017}, {"from": 2014}])
    _write(world, form)
    return f"{PATH}: years {form['years']}"


def form_phrases(rng: Random, world: World) -> str:
    """What bodies may say of a cell."""
    form = _form(world)
    if form is None:
        return ""
    form["phrases"] = rng.choice([[], [{"text": [rng.choice(["公开", "申请"])], "cell": "local.web"}]])
    _write(world, form)
    return f"{PATH}: phrases {form['phrases']}"


def form_lost(rng: Random, world: World) -> str:
    """The form removed, renamed, or with another id: its reports are on no form then."""
    form = _form(world)
    if form is None:
        return ""
    what = rng.choice(["removed", "another id", "renamed"])
    if what == "removed":
        world.remove(PATH)
    elif what == "another id":
        _write(world, {**form, "id": rng.choice(["local-2077", "cn-2014"])})
    else:
        world.move(PATH, "content/forms/renamed.yaml")
    return f"{PATH}: {what}"


def crosswalk(rng: Random, world: World) -> str:
    """How the forms join, or no longer."""
    if not world.free(WALK) and rng.random() < 0.4:
        world.remove(WALK)
        return f"{WALK}: removed"
    cell = rng.choice(
        ["art20.fees.amount", "requests.new.total", "review.total"] if rng.random() < 0.9 else ["no.such"]
    )
    older, newer = rng.choice([("cn-2019", "cn-2021"), ("cn-2021", "cn-2019")])
    walk = {"same": [{"older": older, "newer": newer, "cells": [cell]}]}
    world.write(WALK, json.dumps(walk))
    return f"{WALK}: {cell} is the same"


EDITS = (form_words, form_relation, form_rows, form_years, form_phrases, form_lost, crosswalk)
