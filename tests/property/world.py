"""A portal on the disk while it is being edited, and what has to be known of the folders around it."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gxsite.base.diagnostic import Diagnostic
from tests.property.trees import Tree, tree_of

YOUNG = 2.0  # seconds: a source younger than this when it was read must be hashed again (docs/architecture.md)
SOURCES = ("gxsite.yaml", "baseline.json", "content", "themes", "assets", "shared")
REPORT = r"content/([a-z][a-z0-9-]*)/([0-9]{4})\.md"
DOCUMENT = r"content/([a-z][a-z0-9-]*)/documents/([a-z0-9-]+)\.md"
PAGE = r"content/pages/([a-z0-9-]+)\.md"
AGENCY = r"content/([a-z][a-z0-9-]*)/agency\.yaml"
ATTACHMENT = r"content/([a-z][a-z0-9-]*)/([0-9]{4})/(.+)"
THEME = "themes/local"


@dataclass
class Kill:
    """A build to be killed: before its ``effect``-th change of the disk, or after some seconds.

    What it forked dies with it, unless it is killed ``alone``: then its workers live on beside the next build.
    """

    effect: int = 0
    seconds: float = 0.0
    alone: bool = False

    def __str__(self) -> str:
        when = f"before effect {self.effect}" if self.effect else f"after {self.seconds:.3f} s"
        return f"{when}{', without its workers' if self.alone else ''}"


@dataclass
class World:
    """``folder`` holds the project and its output folders, of which ``output`` names the one in use.

    ``foreign`` are files in an output folder that are not ours; ``adopt`` lets the next build take its folder over.
    ``damaged`` says that something happened to the state of which no build has spoken yet.
    ``found`` is what the last build found, ``effects`` how often it changed the disk, ``seconds`` how long it took.
    """

    folder: Path
    output: str = "build"
    adopt: bool = False
    damaged: bool = False
    kill: Kill | None = None
    foreign: dict[str, dict[str, bytes]] = field(default_factory=lambda: {"build": {}, "other": {}})
    settled: set[str] = field(default_factory=set)
    found: tuple[Diagnostic, ...] = ()
    effects: int = 0
    seconds: float = 0.3
    touched: set[str] = field(default_factory=set)
    kept: dict[str, bytes] = field(default_factory=dict)
    put_aside: tuple[str, dict[str, bytes]] = field(default_factory=lambda: ("", {}))
    stops: int = 0
    ages: int = 0

    @property
    def root(self) -> Path:
        """The project."""
        return self.folder / "project"

    @property
    def target(self) -> Path:
        """The output folder in use."""
        return self.place_of(self.output)

    def place_of(self, output: str) -> Path:
        """An output folder: the project's own, or one beside it."""
        return self.root / "build" if output == "build" else self.folder / output

    def tree(self) -> Tree:
        """The output folder in use, file by file."""
        return tree_of(self.target)

    # -- sources ----------------------------------------------------------------------------------------------------

    def paths(self, pattern: str = ".*") -> list[str]:
        """The source files whose whole path fits a pattern, in order."""
        return [path for path in sorted(self._walk()) if re.fullmatch(pattern, path)]

    def _walk(self) -> Iterator[str]:
        for name in SOURCES:
            top = self.root / name
            for place in (top, *top.rglob("*")) if top.is_dir() else (top,):
                if place.is_file():
                    yield place.relative_to(self.root).as_posix()

    def agencies(self) -> list[str]:
        """The folders of agencies."""
        return sorted({path.split("/")[1] for path in self.paths(r"content/[^/]+/.+")} - {"forms", "pages"})

    def read(self, path: str) -> str:
        """A source as text."""
        return (self.root / path).read_text("utf-8", errors="replace")

    def write(self, path: str, text: str | bytes) -> None:
        """Write a source, visibly: its size or time differ from what they were."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        overwrite(self.root / path, data)
        self.touched.add(path)

    def move(self, old: str, new: str) -> None:
        """Rename a source or a folder of sources."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def remove(self, path: str) -> None:
        """Remove a source or a folder of sources."""
        place = self.root / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    def free(self, path: str) -> bool:
        """Whether nothing lies at a path."""
        return not (self.root / path).exists() and not (self.root / path).is_symlink()

    def sources(self) -> dict[str, bytes]:
        """All sources by path."""
        return {path: (self.root / path).read_bytes() for path in self.paths()}

    # -- times ------------------------------------------------------------------------------------------------------

    def old_time(self) -> int:
        """A time of long ago that no file had before, in nanoseconds, so that stats can be trusted and tell apart."""
        self.ages += 1
        return 1_600_000_000_000_000_000 + self.ages * 1_000_003

    def age(self, path: str) -> None:
        """Make a source look old."""
        place = self.root / path
        if place.is_file() and not place.is_symlink():
            set_time(place, self.old_time())

    def is_young(self, path: str) -> bool:
        """Whether every build that has read a source as it lies there now had to hash it, whatever its stat."""
        return time.time() < (self.root / path).stat().st_mtime + YOUNG * 0.9


def overwrite(place: Path, data: bytes) -> None:
    """Write a file so that its size or its time differ from before: the clock of a file system ticks slowly."""
    before = place.stat() if place.exists() else None
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    while before and (place.stat().st_size, place.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns):
        time.sleep(0.001)
        place.write_bytes(data)


def set_time(place: Path, nanoseconds: int) -> None:
    """Set the time of a file."""
    os.utime(place, ns=(nanoseconds, nanoseconds))
