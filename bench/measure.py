"""Seconds, CPU seconds and peak memory of a command in a fresh process."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).parent.parent  # where `python -m gxsite` is this checkout
EVERY = 0.05  # seconds between two looks at the memory
# As anybody runs it who has installed it: a shell that forbids it to keep compiled modules compiles them each time.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Run(NamedTuple):
    """How long a command took: on the clock, and of all cores together, in seconds."""

    wall: float
    cpu: float


def put_aside(folder: Path) -> None:
    """Move a folder out of the way, into one beside it.

    It is not removed: for minutes after many files were, ext4 looks for the inode of each new one among theirs, and a
    build took up to four times the CPU time that it takes in a folder that was never there.
    """
    if folder.exists():
        aside = folder.with_name(f"{folder.name}.aside")
        aside.mkdir(exist_ok=True)
        folder.rename(aside / str(len(os.listdir(aside))))


def timed(command: Sequence[str | Path], folder: Path) -> Run:
    """Run a command in a folder; one that fails ends the comparison with what it printed."""
    os.sync()  # what earlier runs wrote is on the disk before the clock starts
    log = folder / "command.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = _started(command, output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    _succeeded(command, process.returncode, log)
    return Run(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str | Path], folder: Path) -> float | None:
    """The most memory that a command's processes held together, in MB; None where the system does not tell.

    It is the proportional set size, so a page that several processes share counts once. It is asked for so often that
    the run is slower: its time means nothing.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    log = folder / "command.log"
    most = 0
    with log.open("wb") as output:
        process = _started(command, output)
        while process.poll() is None:
            most = max(most, sum(_proportional(pid) for pid in _session(process.pid)))
            time.sleep(EVERY)
    _succeeded(command, process.returncode, log)
    return most / 1000


def _started(command: Sequence[str | Path], output: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env=ENVIRONMENT, start_new_session=True
    )


def _succeeded(command: Sequence[str | Path], code: int, log: Path) -> None:
    if code:
        said = log.read_text("utf-8", "replace")
        raise SystemExit(f"{' '.join(map(str, command))}\nended with {code}:\n{said[-4000:]}")


def _session(leader: int) -> Iterator[int]:
    """The processes of a session: the leader and all that descend from it."""
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                # The name of the program stands in parentheses and may hold anything; behind it: state, parent, group, session.
                fields = Path("/proc", name, "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(fields[3]) == leader:
                yield int(name)


def _proportional(pid: int) -> int:
    """The proportional set size of a process in kB, 0 if it has ended."""
    try:
        lines = Path("/proc", str(pid), "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
