"""Edits of agencies: what they are called, where they stand, what they were."""

from random import Random

from tests.property.edits.papers import change, pick
from tests.property.portal import sentence
from tests.property.world import AGENCY, World


def _agency(rng: Random, world: World) -> str:
    return pick(rng, world, AGENCY)


def name(rng: Random, world: World) -> str:
    """Another name, which every page that names the agency shows."""
    path = _agency(rng, world)
    key = rng.choice(["name", "name", "short", "former_names"])
    return change(world, path, key, [sentence(rng)] if key == "former_names" else sentence(rng) + "局")


def parent(rng: Random, world: World) -> str:
    """Another agency above: any, itself included, none, or one that is not there."""
    path = _agency(rng, world)
    return change(world, path, "parent", rng.choice([*world.agencies(), "aa", "aa", None, "nobody"]))


def predecessors(rng: Random, world: World) -> str:
    """Other agencies before this one, whose figures it carries on."""
    path = _agency(rng, world)
    before = [{"id": rng.choice([*world.agencies(), "nobody"]), "until": rng.randint(2013, 2020)}]
    return change(world, path, "predecessors", rng.choice([before, before, None]))


def former_ids(rng: Random, world: World) -> str:
    """Old addresses, which may be somebody's."""
    path = _agency(rng, world)
    ids = rng.sample(["old-one", "old-two", "old-dd", "bb", "zz"], rng.randint(1, 2))
    return change(world, path, "former_ids", rng.choice([ids, ids, None]))


def years(rng: Random, world: World) -> str:
    """Since when or until when there is the agency: reports outside are found, missing ones change."""
    path = _agency(rng, world)
    return change(world, path, rng.choice(["since", "until"]), rng.choice([str(rng.randint(2012, 2022)), None]))


def kind(rng: Random, world: World) -> str:
    """What the agency is, and by when it has to report."""
    path = _agency(rng, world)
    key, values = rng.choice(
        [
            ("kind", ["government", "department", "township", "zone"]),
            ("level", ["county", "city", "township"]),
            ("deadline", ['"03-31"', '"01-15"']),
            ("contact", [sentence(rng)]),
            ("region", ['"999901"', '"99"']),
        ]
    )
    return change(world, path, key, rng.choice([*values, None]))


EDITS = (name, parent, predecessors, former_ids, years, kind)
