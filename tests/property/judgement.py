"""Where a build in place and a clean one of the same sources disagree, in words.

They agree if they find the same, stop or do not stop alike, hold back the same, and leave the same tree; where the
clean one stops, the tree must be left as it was. The report of a build must be true, too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic
from tests.property.builds import Ended
from tests.property.trees import Tree, differences, served, times_of, tree_of


@dataclass(frozen=True)
class Clean:
    """A build of the same sources from nothing, its tree, and a check if one was asked for."""

    ended: Ended
    tree: Tree
    checked: Ended | None = None


class Folder(NamedTuple):
    """An output folder at one moment: what lay there, and when it was written."""

    tree: Tree
    times: dict[str, int]


def look(folder: Path) -> Folder:
    """An output folder as it is now."""
    return Folder(tree_of(folder), times_of(folder))


def judge(clean: Clean, ended: Ended, before: Folder, after: Folder, foreign: Tree) -> list[str]:
    """All differences. ``foreign`` are files that are not ours and stay, unless one of ours has their place."""
    crashes = [
        f"the build crashed ({where}):\n{crash}"
        for where, crash in (("clean", clean.ended.crash), ("in place", ended.crash))
        if crash
    ]
    if crashes:
        return crashes
    found = judge_findings(clean.ended, ended)
    for what in ("stopped", "held"):
        wanted, got = getattr(clean.ended, what), getattr(ended, what)
        if wanted != got:
            found.append(f"{what}: clean {wanted}, here {got}")
    if clean.ended.stopped:
        lines = differences(served(before.tree), served(after.tree))
        return [*found, *(f"stopped, and yet {line}" for line in lines)]
    if ended.stopped:
        return found
    theirs = {path: data for path, data in foreign.items() if path not in clean.tree}
    return [*found, *differences({**clean.tree, **theirs}, after.tree), *_untrue(before, after, ended)]


def judge_findings(clean: Ended, ended: Ended, where: str = "") -> list[str]:
    """The same findings in the same order, to the last fact."""
    if ended.crash:
        return [f"{where}crashed:\n{ended.crash}"]
    if ended.findings == clean.findings:
        return []
    wanted, got = Counter(map(repr, clean.findings)), Counter(map(repr, ended.findings))
    by_repr = {repr(d): d for d in (*clean.findings, *ended.findings)}
    lines = [f"{where}finding is missing: {_shown(by_repr[r])}" for r in wanted - got]
    lines += [f"{where}finding is unexpected: {_shown(by_repr[r])}" for r in got - wanted]
    return lines or [f"{where}the findings stand in another order, or are of other types"]


def half_done(before: Folder, after: Folder, clean: Clean) -> Iterator[str]:
    """What a killed build must not leave: a file that is neither the old one nor the new one, or none of both."""
    old, now = served(before.tree), served(after.tree)
    new = old if clean.ended.stopped else served(clean.tree)
    for path in sorted(old.keys() | new.keys()) if old else ():  # where nothing was served nothing had to stay whole
        data = now.get(path)
        if data is not None and data not in (old.get(path), new.get(path)):
            yield f"killed, and half a file is served: {path}"
        elif data is None and path in old and path in new:
            yield f"killed, and a file is missing: {path}"


def _shown(found: Diagnostic) -> str:
    span = found.place.span
    return f"{found.severity} {found.code} {found.place.path}:{span.line}:{span.column} {message(found, 'en')}"


def _untrue(before: Folder, after: Folder, ended: Ended) -> Iterator[str]:
    """Where the build reports what it did not do, hides what it did, or writes what was there already."""
    old, new = served(before.tree), served(after.tree)
    written = {path for path in new if old.get(path) != new[path]}
    reported, removed = set(ended.changed), set(ended.removed)
    yield from _first("changed, and not reported", written - reported)
    yield from _first("reported as changed, and not changed", reported - written)
    yield from _first("removed, and not reported", old.keys() - new.keys() - removed)
    yield from _first("reported as removed, and there", removed & new.keys())
    same = (path for path in old.keys() & new.keys() if old[path] == new[path])
    yield from _first("written again without a change", (p for p in same if before.times[p] != after.times[p]))


def _first(what: str, paths: Iterable[str]) -> Iterator[str]:
    yield from (f"{what}: {path}" for path in sorted(paths)[:3])
