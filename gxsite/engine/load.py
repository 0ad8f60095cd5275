"""The project as it lies on the disk, read and parsed: configuration, forms, agencies, reports, documents, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, phrase
from gxsite.base.text import Text, decode
from gxsite.checks.baseline import Known, read_baseline
from gxsite.config import FILE, Config, read_config
from gxsite.engine.files import digest, read, walk
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import Form
from gxsite.model.report import Attachment, Document, Page, Report
from gxsite.source import crosswalk as crosswalks
from gxsite.source.collect import CONTENT, Role, attachment_name, bad_name, collect, role_of
from gxsite.source.form import overlaps, read_form
from gxsite.source.front import MAX_FILE, MAX_FRONT
from gxsite.source.papers import read_agency, read_document, read_page
from gxsite.source.report import read_report

BUILT_IN = Path(__file__).parent.parent / "forms"
BUILT_IN_PREFIX = "gxsite:forms/"
Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class Project:
    """What lies in a project folder, with what was found while reading it."""

    root: Path
    config: Config
    catalog: Catalog
    found: tuple[Diagnostic, ...]


@dataclass
class _Parsed:
    """Parsed files so far."""

    agencies: list[Agency] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    attachments: list[tuple[str, Attachment]] = field(default_factory=list)
    bad_folders: set[str] = field(default_factory=set)


def load_config(root: Path) -> Outcome[Config]:
    """The configuration of a project."""
    text = _text(root, FILE, MAX_FRONT)
    if text.value is None:
        return Outcome(Config(name=""), text.diagnostics)
    config = read_config(text.value)
    return Outcome(config.value, (*text.diagnostics, *config.diagnostics))


@dataclass(frozen=True)
class Forms:
    """All forms by id, and how they join."""

    forms: dict[str, Form]
    crosswalk: Crosswalk


def load_forms(root: Path | None) -> Outcome[Forms]:
    """The built-in forms and crosswalk, and those of a project below ``content/forms``."""
    found: list[Diagnostic] = []
    forms: dict[str, Form] = {}
    places = [(BUILT_IN, f.name, BUILT_IN_PREFIX + f.name) for f in sorted(BUILT_IN.glob("*.yaml"))]
    if root:
        own = (f.path for f in walk(root, f"{CONTENT}/forms") if not f.problem)
        places += [(root, path, path) for path in own if role_of(path).kind == "form"]
    walks = [place for place in places if Path(place[1]).name == crosswalks.NAME]
    for folder, path, shown in (place for place in places if place not in walks):
        text = _text(folder, path, MAX_FRONT, shown)
        found += text.diagnostics
        outcome = read_form(text.value) if text.value else Outcome(None)
        found += outcome.diagnostics
        form = outcome.value
        if form and form.id in forms:
            found.append(diagnose("GX236", Place(shown, START), form=form.id, other=forms[form.id].path))
        elif form:
            forms[form.id] = form
    joined = Crosswalk()
    for folder, path, shown in walks:
        text = _text(folder, path, MAX_FRONT, shown)
        found += text.diagnostics
        if text.value:
            crosswalk = crosswalks.read_crosswalk(text.value, forms)
            found += crosswalk.diagnostics
            joined = crosswalks.join(joined, crosswalk.value)
    return Outcome(Forms(forms, joined), (*found, *overlaps(tuple(forms.values()))))


def load(root: Path, tick: Tick = lambda done, total: None) -> Project:
    """Everything below a project folder; ``tick`` is told how many of how many files are read."""
    config, forms = load_config(root), load_forms(root)
    found = [*config.diagnostics, *forms.diagnostics]
    parsed = _Parsed()
    files = list(walk(root, CONTENT))
    for number, file in enumerate(files, 1):
        if file.problem:
            found.append(file.problem)
            _stand_in(file.path, role_of(file.path), forms.value.forms, parsed)
        else:
            found += _file(root, file.path, forms.value.forms, parsed)
        tick(number, len(files))
    catalog = collect(
        parsed.agencies,
        forms.value.forms.values(),
        parsed.reports,
        parsed.documents,
        parsed.pages,
        parsed.attachments,
    )
    joined = replace(catalog.value, crosswalk=forms.value.crosswalk)
    return Project(root, config.value, joined, (*found, *catalog.diagnostics))


def load_baseline(root: Path, name: str) -> Outcome[frozenset[Known]]:
    """The findings that the portal's baseline knows; none without one."""
    if not name:
        return Outcome(frozenset())
    text = _text(root, name, MAX_FILE)
    known = read_baseline(text.value.text) if text.value else frozenset()
    if known is None:
        return Outcome(frozenset(), (diagnose("GX908", Place(name, START), file=name),))
    return Outcome(known, text.diagnostics)


def _file(root: Path, path: str, forms: dict[str, Form], parsed: _Parsed) -> Iterable[Diagnostic]:
    """Parse one file into its place; what was found."""
    role = role_of(path)
    if role.kind == "form":
        return ()
    if role.kind == "stray":
        return (diagnose("GX808", Place(path, START), problem=role.problem or phrase("file.stray")),)
    bad = bad_name(role, path)
    if bad:
        known = role.agency in parsed.bad_folders
        parsed.bad_folders.add(role.agency)
        return () if known and role.agency else (bad,)
    if role.kind == "attachment":
        return _attachment(root, path, role, parsed)
    text = _text(root, path, MAX_FRONT if role.kind == "agency" else MAX_FILE)
    if text.value is None:
        _stand_in(path, role, forms, parsed)
        return text.diagnostics
    return (*text.diagnostics, *_parse(text.value, role, forms, parsed))


def _stand_in(path: str, role: Role, forms: dict[str, Form], parsed: _Parsed) -> None:
    """An empty value for a file that cannot be read, so that no link to it is called dead and no agency missing."""
    if role.kind in ("agency", "report", "document", "page") and not bad_name(role, path):
        tuple(_parse(Text(path, ""), role, forms, parsed))


def _parse(text: Text, role: Role, forms: dict[str, Form], parsed: _Parsed) -> Iterator[Diagnostic]:
    if role.kind == "agency":
        agency = read_agency(text, role.agency)
        parsed.agencies.append(agency.value)
        yield from agency.diagnostics
    elif role.kind == "report":
        report = read_report(text, role.agency, role.year, forms)
        parsed.reports.append(report.value)
        yield from report.diagnostics
    elif role.kind == "document":
        document = read_document(text, role.agency, role.slug)
        parsed.documents.append(document.value)
        yield from document.diagnostics
    else:
        page = read_page(text, role.slug)
        parsed.pages.append(page.value)
        yield from page.diagnostics


def _attachment(root: Path, path: str, role: Role, parsed: _Parsed) -> Iterable[Diagnostic]:
    try:
        size, sha256 = digest(root / path)
    except OSError as error:
        problem = phrase("file.unread", reason=error.strerror or "?")
        return (diagnose("GX817", Place(path, START), problem=problem),)
    attachment = Attachment(path, attachment_name(path), size, sha256)
    parsed.attachments.append((f"{role.agency}/{role.year}", attachment))
    return ()


def _text(root: Path, path: str, limit: int, shown: str = "") -> Outcome[Text | None]:
    raw = read(root, path, limit)
    return Outcome(None, (raw,)) if isinstance(raw, Diagnostic) else decode(shown or path, raw, limit)


def texts_of(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The texts of some files, for excerpts; a file that cannot be read is left out."""
    texts = {}
    for path in set(paths):
        built_in = path.startswith(BUILT_IN_PREFIX)
        name = path.removeprefix(BUILT_IN_PREFIX)
        text = _text(BUILT_IN if built_in else root, name, MAX_FILE, path)
        if text.value is not None:
            texts[path] = text.value.text
    return texts
