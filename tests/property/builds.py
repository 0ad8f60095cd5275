"""Builds in processes of their own, as they are in life: nothing is left in memory but what a lasting one keeps.

A forked child inherits faults that a test has planted. It counts its changes of the disk, and can be killed before one.
"""

import importlib
import os
import pkgutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

import gxsite
from gxsite.base.diagnostic import Diagnostic
from gxsite.engine import pool
from gxsite.engine.build import build, check
from tests.property.world import Kill

PATIENCE = 120.0
_EFFECTS = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink"})
_LIBRARIES = (
    "concurrent.futures.process", "jinja2.ext", "markdown.extensions.attr_list", "markdown.extensions.def_list",
    "markdown.extensions.footnotes", "markdown.extensions.sane_lists", "markdown.extensions.tables",
    "markdown.extensions.toc", "multiprocessing.popen_fork", "nh3", "opencc", "yaml",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_orphaned: list[int] = []


@dataclass(frozen=True)
class Command:
    """What is asked of a build, and the surroundings that must not matter: the zone and the umask."""

    jobs: int = 1
    strict: bool = False
    as_of: str = ""
    epoch: str = ""
    adopt: bool = False
    zone: str = "UTC"
    umask: int = 0o022

    def __str__(self) -> str:
        said = [f"jobs={self.jobs}"]
        said += [f"{name}={value}" for name in ("strict", "as_of", "epoch", "adopt") if (value := getattr(self, name))]
        return " ".join(said)


@dataclass(frozen=True)
class Ended:
    """How a build ended; ``made`` are the files that it made, ``crash`` is a traceback, ``killed`` says that it was."""

    findings: tuple[Diagnostic, ...] = ()
    stopped: bool = False
    held: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    note: str = ""
    effects: int = 0
    seconds: float = 0.0
    crash: str = ""
    killed: bool = False


def preload() -> None:
    """Import what builds import late, so that not every child has to."""
    for module in pkgutil.walk_packages(gxsite.__path__, "gxsite."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in _LIBRARIES:
        importlib.import_module(name)


def run_build(root: Path, output: Path, command: Command, kill: Kill | None = None) -> Ended:
    """A build in a process of its own. It and what it forks are a group, which is killed as a whole."""
    return _in_child(lambda: _build(root, output, command), kill)


def run_check(root: Path, command: Command) -> Ended:
    """A check in a process of its own."""
    return _in_child(lambda: _check(root, command))


class Lasting:
    """A process in which one build follows another, as in ``gxsite serve``."""

    def __init__(self) -> None:
        self._child: int | None = None
        self._pipe: Connection | None = None

    def build(self, root: Path, output: Path, command: Command) -> Ended:
        """A build in this process, which a crash ends."""
        if self._pipe is None:
            self._child, self._pipe = _fork(self._serve)
        self._pipe.send((root, output, command))
        ended = _received(self._pipe, PATIENCE)
        if ended is None or ended.crash:
            self.end()
        return ended or Ended(crash="the lasting process ended")

    @staticmethod
    def _serve(pipe: Connection) -> None:
        with suppress(EOFError):
            while True:
                root, output, command = pipe.recv()
                pipe.send(_tried(lambda: _build(root, output, command)))  # noqa: B023 - called at once

    def end(self) -> None:
        """End the process."""
        if self._child and self._pipe:
            self._pipe.close()
            _kill(self._child)
            os.waitpid(self._child, 0)
        self._child = self._pipe = None


def _in_child(job: Callable[[], Ended], kill: Kill | None = None) -> Ended:
    child, pipe = _fork(lambda answers: answers.send(_tried(job)), kill)
    with pipe:
        ended = _received(pipe, kill.seconds if kill and kill.seconds else PATIENCE)
        if ended is None:
            _kill(child, alone=kill is not None and kill.alone)
    os.waitpid(child, 0)
    if ended is None and kill and kill.alone:
        _orphaned.append(child)
    if ended is None and kill is None:
        return Ended(crash=f"ended without an answer, or none after {PATIENCE:g} s")
    return ended or Ended(killed=True)


def _fork(job: Callable[[Connection], None], kill: Kill | None = None) -> tuple[int, Connection]:
    """A child, the first of a group of its own, that does a job with its end of a pipe."""
    here, there = Pipe()
    child = os.fork()
    if child:
        there.close()
        with suppress(OSError):  # the child does the same: whoever comes first
            os.setpgid(child, child)
        return child, here
    here.close()
    os.setpgid(0, 0)
    _count_effects(kill)
    try:
        job(there)
    finally:
        os._exit(0)


def _received(pipe: Connection, seconds: float) -> Ended | None:
    """What a child sends; None if it ends or does not send it in time."""
    try:
        value = pipe.recv() if pipe.poll(seconds) else None
    except (EOFError, OSError):
        return None
    return value if isinstance(value, Ended) else None


def bury() -> None:
    """End the workers of builds that were killed without them."""
    while _orphaned:
        _kill(_orphaned.pop())


def _kill(child: int, *, alone: bool = False) -> None:
    with suppress(ProcessLookupError):
        (os.kill if alone else os.killpg)(child, signal.SIGKILL)


# -- in the child ----------------------------------------------------------------------------------------------------

_effects = 0


def _tried(job: Callable[[], Ended]) -> Ended:
    try:
        return job()
    except BaseException:
        return Ended(crash=traceback.format_exc())


def _build(root: Path, output: Path, command: Command) -> Ended:
    _surround(command)
    start, before = time.perf_counter(), _effects
    given = None if output == root / "build" else output
    result = build(root, given, adopt=command.adopt, strict=command.strict, jobs=command.jobs, as_of=command.as_of)
    return Ended(
        tuple(result.findings),
        result.stopped,
        tuple(result.held),
        tuple(result.changed),
        tuple(result.removed),
        tuple(reason.path for reason in result.reasons),
        result.note,
        _effects - before,
        time.perf_counter() - start,
    )


def _check(root: Path, command: Command) -> Ended:
    _surround(command)
    return Ended(tuple(check(root)[1].diagnostics))


def _surround(command: Command) -> None:
    os.umask(command.umask)
    os.environ["TZ"] = command.zone
    time.tzset()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    if command.epoch:
        os.environ["SOURCE_DATE_EPOCH"] = command.epoch
    _spread_early()


def _spread_early() -> None:
    """Let whoever spreads work fork for the least of it: portals here are too small to be worth a fork in life."""
    real = pool.spread
    if real.__name__ == "eager":
        return

    def eager(do: Any, tasks: Any, jobs: int, worth: int) -> Any:
        return real(do, tasks, jobs, min(worth, 2))

    for name, module in list(sys.modules.items()):
        if name.startswith("gxsite.engine.") and getattr(module, "spread", None) is real:
            vars(module)["spread"] = eager


def _count_effects(kill: Kill | None) -> None:
    """Count every change of the disk in this process and those it forks, and kill them before a given one."""
    first = os.getpid()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        global _effects  # noqa: PLW0603 - a hook can be told nothing, and can never be taken back
        if event in _EFFECTS or (event == "open" and isinstance(args[2], int) and args[2] & _WRITING):
            _effects += 1
            if kill and _effects == kill.effect and (os.getpid() == first or not kill.alone):
                (os.kill if kill.alone else os.killpg)(first, signal.SIGKILL)

    sys.addaudithook(hook)
