"""``on_error: quarantine``: the last good source of every file is kept, and stands in for one that has errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Outcome, Place, phrase
from gxsite.base.text import decode
from gxsite.engine.load import Project, Whole
from gxsite.engine.reading import blake
from gxsite.engine.state import State
from gxsite.model.report import Document, Page, Report
from gxsite.model.reports import entry_of
from gxsite.model.summary import asked, summarise
from gxsite.source.collect import role_of
from gxsite.source.front import MAX_FILE
from gxsite.source.papers import read_document, read_page
from gxsite.source.report import read_report

KINDS = ("report", "document", "page")


def can_hold(path: str) -> bool:
    """Whether a file can be held back while the rest is published."""
    return path.startswith("content/") and role_of(path).kind in KINDS


def hold_back(project: Project, state: State, broken: Iterable[str]) -> Outcome[tuple[Project, frozenset[str]]]:
    """The project with broken files replaced by their last good versions or left out; one finding for each.

    Also the paths of those that stand in their last good version.
    """
    catalog = project.catalog
    reports, documents, pages = dict(catalog.reports), dict(catalog.documents), dict(catalog.pages)
    cells = asked(catalog.forms.values(), catalog.crosswalk)
    whole: dict[str, Report] = {}
    digests = dict(project.digests)
    found = []
    kept: set[str] = set()
    for path in sorted(broken):
        data = state.good(path)
        good = _good(path, data, project) if data else None
        found.append(diagnose("GX818", Place(path, START), kept=phrase("kept.yes" if good else "kept.no")))
        if good and data:
            kept.add(path)
            digests[path] = blake(data)
        for values in (reports, documents, pages):
            for key in [key for key, paper in values.items() if paper.path == path]:
                del values[key]
        if isinstance(good, Report):
            form = catalog.forms[good.form]
            reports[good.key] = summarise(good, form, cells[good.form], digests[path], settled=False)
            whole[good.key] = good
        elif isinstance(good, Document):
            documents[f"{good.agency}/{good.slug}"] = good
        elif good:
            pages[good.slug] = good
    changed = replace(
        catalog,
        reports=dict(sorted(reports.items(), key=lambda item: (item[1].agency, item[1].year))),
        documents=dict(sorted(documents.items(), key=lambda item: (item[1].agency, item[1].slug))),
        pages=dict(sorted(pages.items(), key=lambda item: (item[1].order, item[1].slug))),
        whole=Whole(state, {key: entry_of(report) for key, report in reports.items()}, whole),
    )
    said = [(path, digests[path] if path in kept else None) for path in sorted(broken)]
    stamp = blake(project.stamp + repr(said).encode("utf-8", "surrogatepass"))
    return Outcome((replace(project, catalog=changed, digests=digests, stamp=stamp), frozenset(kept)), tuple(found))


def remember(root: Path, project: Project, state: State, held: frozenset[str]) -> None:
    """Keep the sources of all files that are good now, forget those of files that are gone."""
    catalog = project.catalog
    known = state.good_digests()
    paths = {paper.path for papers in (catalog.reports, catalog.documents, catalog.pages) for paper in papers.values()}
    new = [path for path in paths - held if known.get(path) != project.digests[path]]
    rows = [(path, project.digests[path], (root / path).read_bytes()) for path in new]
    gone = [path for path in known if path not in paths | held]
    if rows or gone:
        state.keep_good([row for row in rows if blake(row[2]) == row[1]], gone)


def _good(path: str, data: bytes, project: Project) -> Report | Document | Page | None:
    """The last good version, if it can still be read without an error."""
    text = decode(path, data, MAX_FILE).value
    if text is None:
        return None
    role = role_of(path)
    if role.kind == "report":
        report = read_report(text, role.agency, role.year, project.catalog.forms).value
        return report if report.form else None
    if role.kind == "document":
        return read_document(text, role.agency, role.slug).value
    return read_page(text, role.slug).value
