"""Parsed files to one catalog: what belongs together, and what stands in no proper place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.dates import read_year
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Phrase, Place, phrase
from gxsite.model.agency import PAGES, RESERVED, Agency
from gxsite.model.catalog import Catalog
from gxsite.model.form import Form
from gxsite.model.report import Attachment, Document, Page
from gxsite.model.reports import Entry, Reports

CONTENT = "content"
_AGENCY_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
_REPORT = re.compile(r"content/(?!pages/|forms/)([^/]+)/([0-9]{4})\.md")  # most files of a portal
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
Kind = Literal["agency", "report", "document", "page", "form", "attachment", "stray"]


class Role(NamedTuple):
    """What a file under ``content/`` is by its path; ``problem`` says why it is nothing."""

    kind: Kind
    agency: str = ""
    year: int = 0
    slug: str = ""
    problem: Phrase | None = None


def role_of(path: str) -> Role:
    """The role of a file, from its path alone (relative to the project)."""
    plainly = _REPORT.fullmatch(path)
    if plainly and (number := read_year(plainly[2])):
        return Role("report", plainly[1], number)
    parts = path.split("/")[1:]
    name = parts[-1]
    stem, dot, suffix = name.rpartition(".")
    if len(parts) == 2 and parts[0] in ("pages", "forms"):
        wanted = "md" if parts[0] == "pages" else "yaml"
        if dot and suffix == wanted:
            return Role("page" if parts[0] == "pages" else "form", slug=stem)
    elif len(parts) == 2 and name == "agency.yaml":
        return Role("agency", parts[0])
    elif len(parts) == 2 and suffix == "md":
        year = read_year(stem)
        return Role("report", parts[0], year) if year else Role("stray", parts[0], problem=phrase("file.year"))
    elif len(parts) == 3 and parts[1] == "documents" and suffix == "md":
        return Role("document", parts[0], slug=stem)
    elif len(parts) >= 3 and (year := read_year(parts[1])):
        return Role("attachment", parts[0], year, "/".join(parts[2:]))
    return Role("stray", problem=phrase("file.stray"))


def bad_name(role: Role, path: str) -> Diagnostic | None:
    """A folder or file whose name cannot be an address."""
    name = role.agency or role.slug
    problem = None
    if role.agency:
        if not _AGENCY_ID.fullmatch(role.agency):
            problem = phrase("id.pattern")
        elif role.agency in RESERVED:
            problem = phrase("id.reserved")
    if problem is None and role.kind in ("document", "page") and not _SLUG.fullmatch(role.slug):
        name, problem = role.slug, phrase("id.slug")
    if role.kind == "page" and role.slug in RESERVED - PAGES:
        problem = phrase("id.reserved")
    return diagnose("GX807", Place(path, START), name=name, problem=problem) if problem else None


def collect(
    agencies: Iterable[Agency],
    forms: Iterable[Form],
    reports: Reports,
    documents: Iterable[Document],
    pages: Iterable[Page],
    attachments: Iterable[tuple[str, Attachment]],
) -> Outcome[Catalog]:
    """The catalog; an agency that has no file of its own gets one that bears its folder's name."""
    found: list[Diagnostic] = []
    known = {a.id: a for a in sorted(agencies, key=lambda a: a.id)}
    papers = {f"{d.agency}/{d.slug}": d for d in sorted(documents, key=lambda d: (d.agency, d.slug))}
    owned: tuple[Entry | Document, ...] = (*reports.entries.values(), *papers.values())
    for paper in owned:
        if paper.agency not in known:
            agency = stand_in(paper.agency)
            found.append(diagnose("GX806", Place(agency.path, START), folder=posixpath.dirname(agency.path)))
            known[paper.agency] = agency
    beside: dict[str, list[Attachment]] = {}
    for key, attachment in sorted(attachments, key=lambda pair: pair[1].path):
        if key in reports:
            beside.setdefault(key, []).append(attachment)
        else:
            found.append(diagnose("GX808", Place(attachment.path, START), problem=phrase("file.no_report")))
    catalog = Catalog(
        agencies=dict(sorted(known.items())),
        forms={f.id: f for f in forms},
        reports=reports,
        documents=papers,
        pages={p.slug: p for p in sorted(pages, key=lambda p: (p.order, p.slug))},
        attachments={key: tuple(files) for key, files in beside.items()},
    )
    return Outcome(catalog, tuple(found))


def stand_in(agency: str) -> Agency:
    """An agency whose folder has no file that says who it is: it bears the folder's name."""
    return Agency(agency, f"{CONTENT}/{agency}/agency.yaml", agency)


def attachment_name(path: str) -> str:
    """The name of an attachment below the folder of its report."""
    return posixpath.join(*path.split("/")[3:])
