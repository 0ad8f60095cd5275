"""What happens to the folders around the sources: times, the state, the output, and builds that are killed.

What the program need not see is not done: the bytes of a source changed under the size and time they had, when that
time is older than two seconds, and those of an output likewise while the state that vouches for it is whole. No program
that trusts a stat can tell; `build --verify-output` is the way out for outputs, and touching the file for sources.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from random import Random

from tests.property.state import FOLDER, HEAD, files_of
from tests.property.trees import LIST, served, tree_of
from tests.property.world import Kill, World, overwrite, set_time

FOREIGN = ("robots.txt", "CNAME", ".nojekyll", "aa/extra.html", "own/deep/file.txt")
SAVED = "saved"


def touch(rng: Random, world: World) -> str:
    """New times without new bytes: the present one, an old one, one to come."""
    paths = rng.sample(world.paths(), rng.randint(1, 4)) if rng.random() < 0.8 else world.paths()
    when = rng.choice(["now", "long ago", "in an hour"])
    for path in paths:
        if when == "long ago":
            world.age(path)
        else:
            os.utime(world.root / path, None)
            if when == "in an hour":
                set_time(world.root / path, (world.root / path).stat().st_mtime_ns + 3_600_000_000_000)
    return f"touched ({when}): {', '.join(paths)}"


def unseen_in_young(rng: Random, world: World) -> str:
    """Other bytes of the same size at the same time, in sources so young that no build could trust their stat."""
    young = [p for p in world.paths(r".*\.(md|yaml|html|css|csv|bin)") if world.is_young(p)]
    if not young:
        return ""
    path = rng.choice(young)
    place = world.root / path
    data, time = place.read_bytes(), place.stat().st_mtime_ns
    digits = [i for i, byte in enumerate(data) if chr(byte) in "12345678" and data[i - 1 : i] not in (b"-", b"#")]
    if not digits:
        return ""
    at = rng.choice(digits)
    place.write_bytes(data[:at] + bytes([data[at] + 1]) + data[at + 1 :])
    set_time(place, time)
    return f"{path}: byte {at} changed under the same size and time"


# -- the state -------------------------------------------------------------------------------------------------------


def state_lost(rng: Random, world: World) -> str:
    """The whole folder, or the files in it."""
    world.damaged = True
    if rng.random() < 0.5:
        shutil.rmtree(world.root / FOLDER, ignore_errors=True)
        return "the folder of the state removed"
    for place in files_of(world.root):
        place.unlink()
    return "the files of the state removed"


def _damaged(rng: Random, world: World, what: str, damage: Callable[[bytes], bytes]) -> str:
    files = files_of(world.root)
    if not files:
        return ""
    world.damaged = True
    place = rng.choice(files)
    overwrite(place, damage(place.read_bytes()))
    return f"{place.name}: {what}"


def state_cut(rng: Random, world: World) -> str:
    """A state that ends too early."""
    share = rng.choice([0.0, 0.01, rng.random(), 0.999])
    return _damaged(rng, world, f"cut at {share:.3f}", lambda data: data[: int(len(data) * share)])


def state_overwritten(rng: Random, world: World) -> str:
    """Noise at the head of the state, in its middle, or all over it."""
    noise, where = rng.randbytes(rng.choice([16, 100, 5000])), rng.choice(["head", "middle", "all"])

    def damage(data: bytes) -> bytes:
        at = 0 if where == "head" else rng.randrange(len(data) + 1)
        return noise if where == "all" else data[:at] + noise + data[at + len(noise) :]

    return _damaged(rng, world, f"{len(noise)} bytes of noise ({where})", damage)


def state_flipped(rng: Random, world: World) -> str:
    """A few bytes of the state that are not what was written."""

    def damage(data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(min(len(data), 8)):
            changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        return bytes(changed)

    return _damaged(rng, world, "eight bits flipped", damage)


def state_of_another_version(rng: Random, world: World) -> str:
    """A state that another gxsite has written: another number, other tables, or no database at all."""
    databases = [place for place in files_of(world.root) if place.read_bytes().startswith(HEAD)]
    if not databases:
        return ""
    world.damaged = True
    place, what = databases[0], rng.choice(["number", "tables", "text"])
    if what != "number":
        place.unlink()
    if what == "text":
        place.write_bytes(b"gxsite-state 77\n")
        return f"{place.name}: of another version (text)"
    try:
        with closing(sqlite3.connect(place)) as database:
            if what == "number":
                database.execute("update meta set value = ? where name = 'version'", (rng.randbytes(16),))
            else:
                database.execute("create table meta (name text, worth blob)")
            database.commit()
    except sqlite3.DatabaseError:
        return ""
    return f"{place.name}: of another version ({what})"


# -- the output ------------------------------------------------------------------------------------------------------


def _ours(world: World) -> list[str]:
    """The files of the output folder in use that are ours."""
    foreign = world.foreign[world.output]
    return sorted(path for path in served(world.tree()) if path not in foreign and not path.endswith(".tmp"))


def output_removed(rng: Random, world: World) -> str:
    """Some files of the output gone, a folder of it, or all of it."""
    ours, what = _ours(world), rng.choice(["files", "files", "folder", "all"])
    if not ours:
        return ""
    if what == "all":
        shutil.rmtree(world.target)
        world.foreign[world.output] = {}
        return "the output folder removed"
    paths = rng.sample(ours, min(len(ours), rng.randint(1, 3)))
    if what == "folder" and "/" in paths[0]:
        top = paths[0].split("/")[0]
        paths = [path for path in ours if path.startswith(f"{top}/")]
    for path in paths:
        (world.target / path).unlink()
    return f"removed from the output: {', '.join(paths[:5])}"


def output_changed(rng: Random, world: World) -> str:
    """Files of the output cut, written into, appended to, emptied, replaced by a link or a copy."""
    ours = _ours(world)
    paths = rng.sample(ours, min(len(ours), rng.randint(1, 3)))
    for path in paths:
        place = world.target / path
        data, what = place.read_bytes(), rng.choice(["cut", "byte", "more", "empty", "link"])
        if what == "link":
            kept = world.folder / f"linked-{rng.randrange(10**9)}"
            kept.write_bytes(data if rng.random() < 0.5 else b"other")
            place.unlink()
            place.symlink_to(kept)
        else:
            changed = {"cut": data[: len(data) // 2], "more": data + b"\n", "empty": b""}
            at = rng.randrange(len(data)) if data else 0
            overwrite(place, changed.get(what, data[:at] + b"\x00" + data[at + 1 :]))
    return f"changed in the output: {', '.join(paths)}" if paths else ""


def output_touched(rng: Random, world: World) -> str:
    """New times of output files, their bytes as they were."""
    paths = [path for path in _ours(world) if rng.random() < 0.3]
    for path in paths:
        if not (world.target / path).is_symlink():
            os.utime(world.target / path, None)
    return f"touched in the output: {len(paths)} files" if paths else ""


def output_swapped(rng: Random, world: World) -> str:
    """Two files of the output in each other's place."""
    ours = _ours(world)
    if len(ours) < 2:
        return ""
    one, two = (world.target / path for path in rng.sample(ours, 2))
    stats = {(place.lstat().st_size, place.lstat().st_mtime_ns) for place in (one, two)}
    if len(stats) == 1:
        return ""  # nobody can tell
    one.rename(world.folder / "swapped")
    two.rename(one)
    (world.folder / "swapped").rename(two)
    return f"swapped in the output: {one.name}, {two.name}"


def foreign_file(rng: Random, world: World) -> str:
    """A file of somebody else's in the output folder, or one of them removed."""
    if not (world.target / LIST).is_file():
        return ""
    path, known = rng.choice(FOREIGN), world.foreign[world.output]
    if path in known:
        (world.target / path).unlink()
        del known[path]
        return f"foreign file removed: {path}"
    known[path] = rng.randbytes(10)
    overwrite(world.target / path, known[path])
    return f"foreign file: {path}"


def list_lost(rng: Random, world: World) -> str:
    """The list of what is ours: the build must refuse the folder, and takes it over when it is told to."""
    if world.output not in world.settled or not (world.target / LIST).is_file() or not _ours(world):
        return ""
    if rng.random() < 0.5:
        (world.target / LIST).unlink()
    else:
        overwrite(world.target / LIST, b"something else\n")
    world.foreign[world.output] = {p: d for p, d in world.tree().items() if p != LIST}
    world.adopt = True
    return "the list of the output lost"


def other_output(_rng: Random, world: World) -> str:
    """From now on another output folder, which may be new, or may have missed some edits."""
    world.output = "other" if world.output == "build" else "build"
    return f"output goes to {world.output}"


def unseen_without_state(rng: Random, world: World) -> str:
    """An output changed under the same size and time, and the state lost that vouched for it."""
    ours = [path for path in _ours(world) if (world.target / path).lstat().st_size]
    ours = [path for path in ours if not (world.target / path).is_symlink()]
    if not ours:
        return ""
    place = world.target / rng.choice(ours)
    data, time = place.read_bytes(), place.stat().st_mtime_ns
    place.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    set_time(place, time)
    lost = rng.choice([state_lost, state_of_another_version])(rng, world) or state_lost(rng, world)
    return f"{place.name}: changed in the output under the same size and time; {lost}"


# -- yesterday's folders ---------------------------------------------------------------------------------------------


def saved(_rng: Random, world: World) -> str:
    """A copy of state and output put aside."""
    place = world.folder / SAVED
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, folder in ((FOLDER, world.root / FOLDER), ("output", world.target)):
        if folder.is_dir():
            shutil.copytree(folder, place / name, symlinks=True)
    world.put_aside = world.output, dict(world.foreign[world.output])
    return "state and output put aside"


def restored(rng: Random, world: World) -> str:
    """The state put aside comes back, or the output, or both, times included: as from a cache or a backup."""
    place, what = world.folder / SAVED, rng.choice([(FOLDER,), ("output",), (FOLDER, "output")])
    output, foreign = world.put_aside
    if not place.is_dir() or (output != world.output and "output" in what):
        return ""
    world.damaged = True
    for name in what:
        folder = world.root / FOLDER if name == FOLDER else world.target
        shutil.rmtree(folder, ignore_errors=True)
        if (place / name).is_dir():
            shutil.copytree(place / name, folder, symlinks=True)
    if "output" in what:
        world.foreign[output] = {p: d for p, d in foreign.items() if tree_of(world.target).get(p) == d}
        world.settled.discard(output)
    return f"restored: {', '.join(what)}"


# -- builds ----------------------------------------------------------------------------------------------------------


def killed(rng: Random, world: World) -> str:
    """The next build killed, with everything it forked or without, at some moment or before some change of the disk."""
    alone = rng.random() < 0.25
    if rng.random() < 0.3:
        world.kill = Kill(seconds=rng.random() * max(world.seconds, 0.05), alone=alone)
    else:
        world.kill = Kill(effect=rng.randint(1, rng.choice([6, 20, max(world.effects, 6)])), alone=alone)
    return f"the next build is killed {world.kill}"


EDITS = (
    touch, unseen_in_young, state_lost, state_cut, state_overwritten, state_flipped, state_of_another_version,
    output_removed, output_changed, output_touched, output_swapped, foreign_file, list_lost, other_output,
    unseen_without_state, saved, restored, killed,
)  # fmt: skip
