"""``on_error: quarantine``: the last good source of every file is kept, and stands in for one that has errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, phrase
from gxsite.base.text import decode
from gxsite.engine.files import write_atomically
from gxsite.engine.project import CACHE
from gxsite.model.catalog import Catalog
from gxsite.model.report import Document, Page, Report
from gxsite.source.collect import role_of
from gxsite.source.front import MAX_FILE
from gxsite.source.papers import read_document, read_page
from gxsite.source.report import read_report

KINDS = ("report", "document", "page")


def can_hold(path: str) -> bool:
    """Whether a file can be held back while the rest is published."""
    return path.startswith("content/") and role_of(path).kind in KINDS


def hold_back(root: Path, catalog: Catalog, broken: Iterable[str]) -> Outcome[tuple[Catalog, frozenset[str]]]:
    """The catalog with broken files replaced by their last good versions or left out; one finding for each.

    Also the paths of those that stand in their last good version.
    """
    reports, documents, pages = dict(catalog.reports), dict(catalog.documents), dict(catalog.pages)
    found: list[Diagnostic] = []
    kept: set[str] = set()
    for path in sorted(broken):
        good = _good(root, path, catalog)
        found.append(diagnose("GX818", Place(path, START), kept=phrase("kept.yes" if good else "kept.no")))
        if good:
            kept.add(path)
        for values in (reports, documents, pages):
            for key in [key for key, paper in values.items() if paper.path == path]:
                del values[key]
        if isinstance(good, Report):
            reports[good.key] = good
        elif isinstance(good, Document):
            documents[f"{good.agency}/{good.slug}"] = good
        elif good:
            pages[good.slug] = good
    changed = replace(catalog, reports=reports, documents=documents, pages=pages)
    return Outcome((changed, frozenset(kept)), tuple(found))


def remember(root: Path, catalog: Catalog, held: frozenset[str]) -> None:
    """Keep the sources of all files that are good now."""
    papers: list[Report | Document | Page] = [
        *catalog.reports.values(),
        *catalog.documents.values(),
        *catalog.pages.values(),
    ]
    for paper in papers:
        if paper.path not in held:
            data = (root / paper.path).read_bytes()
            copy = _copy(root, paper.path)
            if not copy.is_file() or copy.read_bytes() != data:
                write_atomically(copy, data)


def _copy(root: Path, path: str) -> Path:
    return root / CACHE / "good" / path


def _good(root: Path, path: str, catalog: Catalog) -> Report | Document | Page | None:
    """The last good version, if there is one and it can still be read without an error."""
    copy = _copy(root, path)
    if not copy.is_file():
        return None
    text = decode(path, copy.read_bytes(), MAX_FILE).value
    if text is None:
        return None
    role = role_of(path)
    if role.kind == "report":
        report = read_report(text, role.agency, role.year, catalog.forms).value
        return report if report.form else None
    if role.kind == "document":
        return read_document(text, role.agency, role.slug).value
    return read_page(text, role.slug).value
