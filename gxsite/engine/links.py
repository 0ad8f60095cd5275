"""The links of the output: looked at before files are moved into place, and remembered.

Pages that were made are looked at whole. Of the others only those that lead to what is going, or to anchors in pages
that were made, can have changed; what was wrong with the rest is still wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from gxsite.checks.pages import INDEX
from gxsite.engine.output import Output
from gxsite.engine.state import Faulty, Leads, Links, State
from gxsite.render.pagelinks import HTML, OF_LINKS, Holds, ids_of


class MadePage(NamedTuple):
    """A page as it was made: its unit and language, and what it leads to."""

    path: str
    unit: str
    language: str
    holds: Holds


class Files:
    """The paths of the output as it will be; what lies there is listed only if somebody asks for it."""

    def __init__(self, output: Output, added: Set[str], removed: Set[str]) -> None:
        self._output = output
        self.added = added
        self.removed = removed

    def __contains__(self, path: object) -> bool:
        return path in self.added or (isinstance(path, str) and path not in self.removed and self._output.wrote(path))

    def __iter__(self) -> Iterator[str]:
        yield from self.added
        yield from self._output.before - self.added - self.removed


class Site:
    """The pages of the output as they will be, by path; the ids of a page are read once."""

    def __init__(self, output: Output, files: Files) -> None:
        self.output = output
        self.files = files
        self._ids: dict[str, frozenset[str]] = {}

    def ids(self, path: str) -> frozenset[str]:
        """The ids of a page."""
        if path not in self._ids:
            self._ids[path] = ids_of(self.output.read(path))
        return self._ids[path]

    def faults(self, files: Iterable[str], anchors: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        """Files and anchors that are not there."""
        for path in files:
            if path not in self.files:
                index = f"{path.rstrip('/')}/{INDEX}".lstrip("/")
                yield "folder" if index in self.files else "dead", path, ""
        for path, anchor in anchors:
            if path.endswith(HTML) and path in self.files and anchor not in self.ids(path):
                yield "anchor", path, anchor


def look(state: State, site: Site, made: Iterable[MadePage], gone: Set[str]) -> Links:
    """What is known of all links when some pages are made and some are gone."""
    pages: dict[str, Leads] = {}
    faulty = {path: page for path, page in state.faulty().items() if path not in gone}
    for path, unit, language, holds in made:
        pages[path] = Leads(unit, language, "\n".join(holds.files), holds.anchors)
        faults = (*holds.faults, *site.faults(holds.files, holds.anchors))
        faulty.pop(path, None)
        if faults:
            faulty[path] = Faulty(unit, language, faults)
    anchored = state.anchored()
    for path, leads in _touched(state, site.files, pages, gone, faulty, anchored):
        own = tuple(f for f in faulty[path].faults if f[0] not in OF_LINKS or f[1] == path) if path in faulty else ()
        faults = (*own, *site.faults(filter(None, leads.files.split("\n")), leads.anchors))
        faulty.pop(path, None)
        if faults:
            faulty[path] = Faulty(leads.unit, leads.language, faults)
    anchored |= {target for page in pages.values() for target, _ in page.anchors}
    return Links(pages, gone, dict(sorted(faulty.items())), anchored)


def _touched(
    state: State,
    files: Files,
    made: Mapping[str, Leads],
    gone: Set[str],
    faulty: Mapping[str, Faulty],
    anchored: Set[str],
) -> Iterator[tuple[str, Leads]]:
    """The pages that were not made and whose links may lead elsewhere than before."""
    faulty_links = {path for path, page in faulty.items() if any(fault[0] in OF_LINKS for fault in page.faults)}
    if files.removed or not anchored.isdisjoint(made):
        for path, leads in state.pages():
            if path in made or path in gone:
                continue
            if (
                path in faulty_links
                or not files.removed.isdisjoint(leads.files.split("\n"))
                or any(target in made for target, _ in leads.anchors)
            ):
                yield path, leads
    elif files.added:
        for path in faulty_links - made.keys():
            leads_known = state.page(path)
            if leads_known:
                yield path, leads_known
