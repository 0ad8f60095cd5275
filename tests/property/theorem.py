"""One step of the theorem: edits, then a build in place and a clean one of the same sources, which must agree."""

import shutil
from dataclasses import dataclass, field, replace
from random import Random

from tests.property import world as worlds
from tests.property.builds import Command, Ended, Lasting, bury, run_build, run_check
from tests.property.edits import AROUND, SOURCES, WEIGHTS, apply, repair
from tests.property.judgement import Clean, Folder, half_done, judge, judge_findings, look
from tests.property.state import carry_good, forget_all_but_good
from tests.property.trees import LIST, differences, tree_of
from tests.property.world import World

ATTEMPTS = 30
CLEAN = "clean"


@dataclass
class Step:
    """What was done, how it ended, and what was wrong with that; ``felt`` says whether anything changed by it."""

    kinds: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stopped: bool = False
    killed: bool = False
    felt: bool = False
    changed: int = 0
    made: int = 0

    def __str__(self) -> str:
        end = "stopped" if self.stopped else f"{self.made} files made, {self.changed} changed"
        return f"{'; '.join(self.said)} -> {'killed' if self.killed and not self.made else end}"


def step(world: World, lasting: Lasting, rng: Random, kinds: tuple[str, ...]) -> Step:
    """Edit the portal, build it in both ways, compare."""
    done = Step()
    if world.stops and rng.random() < (0.75 if world.stops == 1 else 0.95):
        done.kinds.append("repair")
        done.said.append(repair(rng, world))
    else:
        _edit(world, rng, kinds, done)
    _age(world, rng)
    command = _command(rng)
    done.said.append(str(command))
    clean = _clean(world, command, check=rng.random() < 0.15)
    if world.adopt:
        command = _refused(world, command, clean, done)
    if clean.checked:
        done.problems += judge_findings(clean.checked, run_check(world.root, command), "check: ")
    before = look(world.target)
    ended = _killed(world, command, clean, before, done)
    if done.killed:
        if rng.random() < 0.3:
            bury()
            return done  # the next edit finds what the killed build left
        before = look(world.target)
    if ended is None:
        build = lasting.build if rng.random() < 0.3 else run_build
        ended = build(world.root, world.target, command)
    bury()
    _compare(world, command, clean, ended, before, done)
    if not ended.stopped and not done.problems and rng.random() < 0.1:
        _again(world, command, ended, done)
    _remember(world, command, clean, ended, done)
    return done


def _edit(world: World, rng: Random, kinds: tuple[str, ...], done: Step) -> None:
    """One edit, seldom two, and often one of the sources beside what happens around them; none at first."""
    for _ in range(1 if rng.random() < 0.8 else 2):
        _one_edit(world, rng, kinds, done)
        if "list_lost" in done.kinds:
            return  # what is ours must be known for certain when the folder is taken over
    if all(kind in AROUND for kind in done.kinds) and rng.random() < 0.5:
        _one_edit(world, rng, tuple(kind for kind in kinds if kind in SOURCES), done)


def _one_edit(world: World, rng: Random, kinds: tuple[str, ...], done: Step) -> None:
    """The first of some random edits that has something to edit."""
    for kind in rng.choices(kinds, [WEIGHTS.get(kind, 1) for kind in kinds], k=ATTEMPTS) if kinds else ():
        said = apply(kind, rng, world) if kind != "list_lost" or not done.kinds else ""
        if said:
            done.kinds.append(kind)
            done.said.append(f"{kind}: {said}")
            return


def _age(world: World, rng: Random) -> None:
    """Let half of the edited files look old, so that their stat is all a build looks at."""
    for path in sorted(world.touched):
        if rng.random() < 0.5:
            world.age(path)
    world.touched.clear()


def _command(rng: Random) -> Command:
    return Command(
        jobs=rng.choice([1, 1, 2]),
        strict=rng.random() < 0.03,
        as_of=rng.choice(["2016-06-01", "2024-01-01"]) if rng.random() < 0.1 else "",
        epoch=rng.choice(["1500000000", "1700000000"]) if rng.random() < 0.1 else "",
        zone=rng.choice(["UTC", "Asia/Shanghai", "America/New_York"]),
        umask=rng.choice([0o022, 0o077]),
    )


def _clean(world: World, command: Command, *, check: bool, with_good: bool = True) -> Clean:
    """The same sources in another folder, built there from nothing but the last good versions of some."""
    top = world.folder / CLEAN
    shutil.rmtree(top, ignore_errors=True)
    root = top / "project"
    root.mkdir(parents=True)
    for name in worlds.SOURCES:
        place = world.root / name
        if place.is_dir():
            shutil.copytree(place, root / name, symlinks=True)
        elif place.is_file():
            shutil.copy2(place, root / name)
    if with_good:
        carry_good(world.root, root)
    checked = run_check(root, command) if check else None
    forget_all_but_good(root)
    output = root / "build" if world.output == "build" else top / world.output
    ended = run_build(root, output, replace(command, jobs=1))
    return Clean(ended, tree_of(output), checked)


def _refused(world: World, command: Command, clean: Clean, done: Step) -> Command:
    """A folder whose list is lost must be refused as it is; the command that takes it over."""
    world.adopt = False
    if clean.ended.stopped:
        shutil.rmtree(world.target)
        world.foreign[world.output] = {}
        return command
    before = world.tree()
    refused = run_build(world.root, world.target, command)
    if not refused.stopped or "GX813" not in {d.code for d in refused.findings}:
        done.problems.append(f"a folder that is not ours was not refused {refused.crash}")
    done.problems += [f"refused, and yet: {line}" for line in differences(before, world.tree())]
    return replace(command, adopt=True)


def _killed(world: World, command: Command, clean: Clean, before: Folder, done: Step) -> Ended | None:
    """The build in place that was to be killed, if it came to its end before."""
    kill, world.kill = world.kill, None
    if kill is None:
        return None
    ended = run_build(world.root, world.target, command, kill)
    if not ended.killed:
        return ended
    done.killed = world.damaged = True
    world.settled.clear()
    if LIST in before.tree:
        done.problems += half_done(before, look(world.target), clean)
    return None


def _compare(world: World, command: Command, clean: Clean, ended: Ended, before: Folder, done: Step) -> None:
    """Judge; where the state was damaged, the last good versions in it may be lost or not."""
    after, foreign = look(world.target), world.foreign[world.output]
    problems = judge(clean, ended, before, after, foreign)
    if problems and world.damaged and "quarantine" in world.read("gxsite.yaml"):
        without = _clean(world, command, check=False, with_good=False)
        problems = judge(without, ended, before, after, foreign) and problems
    if ended.note and not world.damaged:
        problems.append(f"nobody touched the state, and it was of no use: {ended.note}")
    done.problems += problems


def _again(world: World, command: Command, ended: Ended, done: Step) -> None:
    """The same build once more has nothing to do."""
    before = look(world.target)
    again = run_build(world.root, world.target, replace(command, adopt=False))
    done.problems += [f"again: {path} is made" for path in again.made[:3]]
    done.problems += judge_findings(ended, again, "again: ")
    done.problems += [f"again: {line}" for line in differences(before.tree, world.tree())]
    if again.changed or again.removed or before.times != look(world.target).times:
        done.problems.append(f"again: written {again.changed[:3]}, removed {again.removed[:3]}")


def _remember(world: World, command: Command, clean: Clean, ended: Ended, done: Step) -> None:
    """What the next steps must know of this one."""
    done.stopped, done.changed, done.made = ended.stopped, len(ended.changed), len(ended.made)
    done.felt = bool(ended.changed or ended.removed) or ended.findings != world.found
    world.found, world.effects, world.seconds = ended.findings, ended.effects, ended.seconds
    world.damaged = world.damaged and not ended.note  # what is damaged may be read much later
    if ended.stopped:
        world.stops += not command.strict
        world.settled.clear()
        return
    world.settled = {world.output}
    known = world.foreign[world.output]
    world.foreign[world.output] = {path: data for path, data in known.items() if path not in clean.tree}
    world.stops = world.stops + 1 if ended.held else 0
    if not ended.held:
        world.kept = world.sources()
