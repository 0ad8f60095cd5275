"""The project as it lies on the disk: read where it changed, remembered where it did not."""

from __future__ import annotations

import marshal
import pickle
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place
from gxsite.base.text import Text, decode
from gxsite.checks.baseline import Known, read_baseline
from gxsite.checks.relations import Echo
from gxsite.checks.run import Rules
from gxsite.config import FILE, Config, read_config
from gxsite.engine.files import Found, read, walk
from gxsite.engine.judging import judge_all
from gxsite.engine.pool import cores
from gxsite.engine.project import CACHE
from gxsite.engine.reading import Reader, blake
from gxsite.engine.remembered import lost
from gxsite.engine.secret import secret
from gxsite.engine.sources import Sources, Tick
from gxsite.engine.state import State
from gxsite.engine.version import code_version
from gxsite.model.catalog import Catalog
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import Form
from gxsite.model.report import Attachment, Document, Page, Report
from gxsite.model.reports import Entry
from gxsite.model.summary import asked
from gxsite.source.collect import CONTENT, collect, role_of
from gxsite.source.front import MAX_FILE, MAX_FRONT

BUILT_IN = Path(__file__).parent.parent / "forms"
BUILT_IN_PREFIX = "gxsite:forms/"
CROSSWALK = "crosswalk.yaml"
DIGEST = 16


@dataclass(frozen=True)
class Project:
    """What lies in a project folder, with what was found while reading and judging its files one by one.

    ``digests`` are those of the sources by path, ``form_digests`` by form those of the forms; ``stamp`` is one of the
    forms, of what all summaries say, and of all that is no report.
    """

    root: Path
    config: Config
    catalog: Catalog
    found: tuple[Diagnostic, ...]
    echoes: tuple[Echo, ...]
    digests: Mapping[str, bytes]
    form_digests: Mapping[str, bytes]
    stamp: bytes


@dataclass(frozen=True)
class Forms:
    """All forms by id, and how they join."""

    forms: dict[str, Form]
    crosswalk: Crosswalk


class Whole(Mapping[str, Report]):
    """Whole reports by key, taken out of the state when they are asked for; some have another ``instead``."""

    def __init__(self, state: State, entries: Mapping[str, Entry], instead: Mapping[str, Report] | None = None) -> None:
        self.state = state
        self.entries = entries
        self.instead = instead or {}

    def __getitem__(self, key: str) -> Report:
        if key in self.instead:
            return self.instead[key]
        entry = self.entries[key]
        packed = self.state.whole(entry.path, entry.digest)
        if packed is None:
            raise lost(entry.path)
        report: Report = pickle.loads(packed)
        return report

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def load_config(root: Path) -> Outcome[Config]:
    """The configuration of a project."""
    return _config_of(read(root, FILE, MAX_FRONT))


def _config_of(raw: bytes | Diagnostic) -> Outcome[Config]:
    """The configuration that a file holds, if it could be read."""
    text = _decoded(FILE, raw, MAX_FRONT)
    if text.value is None:
        return Outcome(Config(name=""), text.diagnostics)
    config = read_config(text.value)
    return Outcome(config.value, (*text.diagnostics, *config.diagnostics))


def load_forms(root: Path | None) -> Outcome[Forms]:
    """The built-in forms and crosswalk, and those of a project below ``content/forms``."""
    from gxsite.source import crosswalk as crosswalks
    from gxsite.source.form import overlaps, read_form

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


def load(
    root: Path,
    state: State | None = None,
    tick: Tick = lambda done, total: None,
    jobs: int = 1,
    files: Sequence[Found] | None = None,
) -> Project:
    """Everything below a project folder; ``tick`` is told how many of how many files are read.

    ``files`` are those that were found there, if somebody has looked. What ``state`` remembers of a file that did not
    change is not read again; what is read is remembered there.
    """
    own_state = state is None
    state = state or State(root / CACHE, code_version(), secret())
    try:
        return _load(root, state, tick, jobs, tuple(walk(root, CONTENT)) if files is None else files)
    finally:
        if own_state:
            state.close()


def _load(root: Path, state: State, tick: Tick, jobs: int, files: Sequence[Found]) -> Project:
    started = time.time_ns()
    config = _config(root, state)
    forms_digest, form_digests, forms = _forms(root, state, files)
    sources = Sources(state, files, started, tick, jobs or cores())
    reader = Reader(root, forms.value.forms, asked(forms.value.forms.values(), forms.value.crosswalk))
    sources.read_agencies(reader)
    agencies = sources.agencies()  # before any report is read: this keeps what is not yet to be kept of those
    reader.agencies = {agency.id: agency for agency in agencies}
    sources.read_others(reader, forms_digest)
    catalog = collect(
        agencies,
        forms.value.forms.values(),
        sources.reports(),
        sources.values("document", Document),
        sources.values("page", Page),
        (("/".join(a.path.split("/")[1:3]), a) for a in sources.values("attachment", Attachment)),
    )
    whole = Whole(state, catalog.value.entries)
    joined = replace(catalog.value, crosswalk=forms.value.crosswalk, whole=whole)
    judged, echoes = judge_all(
        joined, Rules(dict(config.value.severities), config.value.reconcile), sources, forms_digest
    )
    found = [*config.diagnostics, *forms.diagnostics, *sources.found]
    found += sources.found_in_files()
    found += [*catalog.diagnostics, *judged]
    digests = {path: source.digest for path, source in sources.now.items()}
    around = [(path, s.kind, s.told if s.kind == "report" else s.digest) for path, s in sources.now.items()]
    stamp = blake(forms_digest + marshal.dumps(around, 2))
    return Project(root, config.value, joined, tuple(found), tuple(echoes), digests, form_digests, stamp)


def _config(root: Path, state: State) -> Outcome[Config]:
    """The configuration; parsed only when its file changed, for that takes a whole YAML parser."""
    raw = read(root, FILE, MAX_FRONT)
    digest = blake(raw) if isinstance(raw, bytes) else b""
    packed = state.meta("config") if digest else None
    if packed and packed[:DIGEST] == digest:
        known: Outcome[Config] = pickle.loads(packed[DIGEST:])
        return known
    config = _config_of(raw)
    if digest:
        state.set_meta({"config": digest + pickle.dumps(config, 5)})
    return config


def _forms(root: Path, state: State, files: Iterable[Found]) -> tuple[bytes, dict[str, bytes], Outcome[Forms]]:
    """A digest of all local forms, one of each form and crosswalk, and the forms; read only when one changed."""
    own = [f.path for f in files if not f.problem and f.path.startswith(f"{CONTENT}/forms/")]
    own = [path for path in own if role_of(path).kind == "form"]
    raws = {path: read(root, path, MAX_FRONT) for path in own}
    texts = {path: blake(raw if isinstance(raw, bytes) else b"") for path, raw in raws.items()}
    digest = blake(repr(sorted(texts.items())).encode())
    packed = state.meta("forms")
    if packed and packed[:DIGEST] == digest:
        forms: Outcome[Forms] = pickle.loads(packed[DIGEST:])
    else:
        forms = load_forms(root)
        state.set_meta({"forms": digest + pickle.dumps(forms, 5)})
    joins = {path: text for path, text in texts.items() if path.endswith(f"/{CROSSWALK}")}
    return digest, {form.id: texts.get(form.path, b"") for form in forms.value.forms.values()} | joins, forms


def load_baseline(root: Path, name: str) -> Outcome[frozenset[Known]]:
    """The findings that the portal's baseline knows; none without one."""
    if not name:
        return Outcome(frozenset())
    text = _text(root, name, MAX_FILE)
    known = read_baseline(text.value.text) if text.value else frozenset()
    if known is None:
        return Outcome(frozenset(), (diagnose("GX908", Place(name, START), file=name),))
    return Outcome(known, text.diagnostics)


def _text(root: Path, path: str, limit: int, shown: str = "") -> Outcome[Text | None]:
    return _decoded(shown or path, read(root, path, limit), limit)


def _decoded(path: str, raw: bytes | Diagnostic, limit: int) -> Outcome[Text | None]:
    return Outcome(None, (raw,)) if isinstance(raw, Diagnostic) else decode(path, raw, limit)


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
