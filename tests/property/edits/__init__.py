"""All kinds of edits by name: functions of a random source and a portal on the disk that say what they did, or "".

An edit may break the portal; that is for both builds to say. "" means that there was nothing to edit.
"""

from collections.abc import Callable, Mapping
from random import Random

from tests.property.edits import agencies, around, figures, files, forms, looks, papers, settings
from tests.property.world import World

Edit = Callable[[Random, World], str]

SOURCES: Mapping[str, Edit] = {
    edit.__name__: edit for room in (papers, figures, files, agencies, settings, looks, forms) for edit in room.EDITS
}
AROUND: Mapping[str, Edit] = {edit.__name__: edit for edit in around.EDITS}
ALL: Mapping[str, Edit] = {**SOURCES, **AROUND}

# What is most likely to leave something behind comes more often.
OFTEN = ("restored", "other_output", "state_lost", "unseen_in_young", "body_anchor")
WEIGHTS: Mapping[str, int] = {"killed": 6, **dict.fromkeys(OFTEN, 2)}


def apply(kind: str, rng: Random, world: World) -> str:
    """Edit once; "" where there is nothing to edit."""
    try:
        return ALL[kind](rng, world)
    except papers.NothingToEdit:
        return ""


def repair(_rng: Random, world: World) -> str:
    """All sources as they were when they last built without an error."""
    now = world.sources()
    for path in now.keys() - world.kept.keys():
        world.remove(path)
    for path, data in world.kept.items():
        if now.get(path) != data:
            world.write(path, data)
    return f"repaired: {len({p for p in now.keys() | world.kept.keys() if now.get(p) != world.kept.get(p)})} files"
