"""The steps of a build: load, check, plan, decide, make, write. Errors end it before its first write."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gxsite.base.catalogue import Language, diagnose, message, words
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, ProjectError, Severity, in_order, phrase
from gxsite.checks.run import Across, Findings, Rules, check_across, check_portal, weighed
from gxsite.config import FILE, Config, check_severities
from gxsite.engine.decide import Decision, decide
from gxsite.engine.files import Found
from gxsite.engine.intact import Inquiry
from gxsite.engine.load import Project, load, load_baseline
from gxsite.engine.make import WORTH_A_FORK, Maker
from gxsite.engine.output import Output, Written
from gxsite.engine.pool import spread
from gxsite.engine.quarantine import can_hold, hold_back, remember
from gxsite.engine.quick import list_stat
from gxsite.engine.reading import blake
from gxsite.engine.result import Result, Tick
from gxsite.engine.state import Faulty, Links, State
from gxsite.engine.themes import ThemeInUse, use_theme
from gxsite.engine.timings import Timings
from gxsite.model.catalog import Catalog
from gxsite.render.body import missing
from gxsite.render.theme import KINDS
from gxsite.site.inputs import NONE, Inputs, one, short
from gxsite.site.languages import ENGLISH, TRADITIONAL, VARIANTS, words_of
from gxsite.site.plan import PAGES, Plan, plan
from gxsite.site.portal import Portal
from gxsite.site.routes import ASSETS
from gxsite.site.views import WaiverView

if TYPE_CHECKING:
    from gxsite.engine.links import MadePage

LAST_SECOND = 4_102_444_800  # the year 2100, the last that a report may have


class Checked(NamedTuple):
    """The project read, what is wrong with it, and its theme (None if it cannot be used)."""

    project: Project
    findings: Findings
    theme: ThemeInUse | None


def check(
    root: Path,
    state: State,
    tick: Tick,
    jobs: int,
    timings: Timings,
    *,
    files: Sequence[Found] | None = None,
    use_baseline: bool = True,
) -> Checked:
    """Read and check everything; ``files`` are those found below ``content``, if that is known."""
    with timings.phase("read"):
        project = load(root, state, lambda done, total: tick("load", done, total), jobs, files)
    with timings.phase("check"):
        config = project.config
        theme = use_theme(root, config, state, words_of(config.variants))
        known = load_baseline(root, config.baseline) if use_baseline else Outcome(frozenset())
        rules = Rules(dict(config.severities), config.reconcile, known.value)
        relations = frozenset(r.id for form in project.catalog.forms.values() for r in form.relations)
        found = (
            *project.found,
            *known.diagnostics,
            *theme.diagnostics,
            *check_severities(config, relations),
            *missing(config.body.engine, Place(FILE, config.body.engine_span)),
            *_cannot_convert(config),
        )
        across, collisions = _of_the_whole(project, rules, state)
        findings = check_portal(project.catalog, (*found, *collisions), project.echoes, rules, across)
        return Checked(project, findings, theme.value)


def _of_the_whole(project: Project, rules: Rules, state: State) -> tuple[Across, tuple[Diagnostic, ...]]:
    """What the portal as a whole shows, and its collisions; remembered, for after most edits there is nothing new."""
    basis = blake(project.stamp + repr(project.config).encode("utf-8", "surrogatepass"))
    packed = state.meta("across")
    if packed and packed[: len(basis)] == basis:
        known: tuple[Across, tuple[Diagnostic, ...]] = pickle.loads(packed[len(basis) :])
        return known
    shown = check_across(project.catalog, rules), _collisions(project)
    state.set_meta({"across": basis + pickle.dumps(shown, 5)})
    return shown


def _clashing(found: tuple[Diagnostic, ...]) -> frozenset[str]:
    """The other files of a clash: which of the two is wrong nobody can tell."""
    return frozenset(label.place.path for d in found if d.code == "GX803" for label in d.labels)


def _cannot_convert(config: Config) -> tuple[Diagnostic, ...]:
    """The finding that what converts to traditional characters is asked for and not installed."""
    if TRADITIONAL.code not in config.variants:
        return ()
    from gxsite.render import hant

    return hant.missing(Place(FILE, config.variants_span))


def _collisions(project: Project) -> tuple[Diagnostic, ...]:
    """Outputs that would share a path; reports whose form is not known have none."""
    return plan(Portal(project.config, _readable(project.catalog), {}), ()).diagnostics


def _readable(catalog: Catalog) -> Catalog:
    if all(entry.form for entry in catalog.entries.values()):
        return catalog
    return replace(catalog, reports={key: report for key, report in catalog.reports.items() if report.form})


class Change(NamedTuple):
    """Paths that come to the output's list or go from it; ``gone`` are those that earlier builds recorded."""

    added: frozenset[str]
    removed: frozenset[str]
    gone: frozenset[str]


class Build:
    """One build: its steps, and what they hand on."""

    adopt = strict = False
    as_of = ""

    def __init__(self, root: Path, folder: Path, state: State, jobs: int, tick: Tick, files: Sequence[Found]) -> None:
        self.files = files
        self.root = root
        self.folder = folder
        self.state = state
        self.jobs = jobs
        self.tick = tick
        self.timings = Timings()
        self.place = str(folder.resolve())
        self.asked: Inquiry
        self.moved: list[str] = []
        self.is_listed = False
        self.read: list[object] = []

    def run(self, asked: Inquiry, adopt: bool, strict: bool, as_of: str) -> Result:
        """All steps; an error ends them before anything is written. ``asked`` knows what became of the output."""
        self.asked, self.adopt, self.strict, self.as_of = asked, adopt, strict, as_of
        return self._run()._replace(timings=self.timings, read=self.read)

    def _run(self) -> Result:
        project, findings, theme = check(self.root, self.state, self.tick, self.jobs, self.timings, files=self.files)
        self.read.append(project)
        found = findings.diagnostics
        held = findings.broken_files | _clashing(found)
        if self.strict and findings.count(Severity.WARNING):
            return Result(found, stopped=True)
        if held and (project.config.on_error == "stop" or not all(can_hold(path) for path in held)):
            return Result(found, stopped=True)
        if theme is None:  # however little the portal makes of it
            return Result(found, stopped=True)
        try:
            result, held, more = self._hold_back_and_write(project, findings, theme, held)
        except (ProjectError, OSError) as error:
            return Result(in_order((*found, *_reasons(error, self.folder))), changed=tuple(self.moved), stopped=True)
        return result._replace(findings=in_order((*found, *more, *result.findings)), held=tuple(sorted(held)))

    def _hold_back_and_write(
        self, whole: Project, findings: Findings, theme: ThemeInUse, held: frozenset[str]
    ) -> tuple[Result, frozenset[str], tuple[Diagnostic, ...]]:
        """Write the portal without the files that are held back; also these, and what is to be said of it.

        What only the finished pages show to be wrong with a file is reason to hold it back, and to begin again.
        """
        errors: list[Diagnostic] = []
        while True:
            project, kept, notes = whole, frozenset[str](), tuple[Diagnostic, ...]()
            if held:
                outcome = hold_back(whole, self.state, held)
                (project, kept), notes = outcome.value, outcome.diagnostics
            portal = _portal(project, findings, theme, kept, self.as_of or _epoch_day())
            result = self._write(project, portal, theme)
            wrong = [d for d in result.findings if d.severity is Severity.ERROR]
            paths = {d.place.path for d in wrong}
            may_hold = whole.config.on_error == "quarantine" and all(can_hold(path) for path in paths - held)
            if not result.stopped or not paths or not may_hold or paths & held:
                break
            errors += wrong
            held |= paths
        if whole.config.on_error == "quarantine" and not result.stopped:
            remember(self.root, project, self.state, held)
        return result, held, (*errors, *notes)

    def _write(self, project: Project, portal: Portal, theme: ThemeInUse) -> Result:
        """Make what is stale, move it into place, remove what has no target any more, remember what was done.

        All of it only if the links of all pages are as they should be.
        """
        _must_not_overlap(self.root, self.folder)
        output = Output(self.folder, adopt=self.adopt)
        self.read.append(portal)
        with self.timings.phase("decide"):
            planned = plan(portal, theme.assets).value
            inputs = _inputs(project, portal, theme)
            decision = decide(planned, inputs, self.state, self.asked.answer())
            change = self._change(output, planned, decision)
        was_open = self.state.meta("open") or b""
        if was_open or output.fresh:
            output.tidy()
        if not decision.fresh and not change.added and not change.removed:
            found = self._found(self.state.faulty(), output, change, portal, theme)
            return _stopped(found) if _stops(found, self.strict) else Result(found, self._finished(output, inputs))
        # Whoever dies from here on leaves files that nothing is known of.
        self.state.set_meta({"open": b"1", "surroundings": b""})
        output.begin(change.added)
        try:
            with self.timings.phase("make"):
                pages: list[MadePage] = []
                written = list(self._make(Maker(self.root, portal, theme, self.state, output), decision, pages))
            links, found = self._look_at_links(pages, output, change, portal, theme)
            if _stops(found, self.strict):
                output.abandon()
                self.state.set_meta({"open": was_open})
                return _stopped(found)
            with self.timings.phase("write"):
                changed = tuple(file.record.path for _, file in written if file.changed)
                output.finish(changed, change.added, change.removed)
        except (ProjectError, OSError):
            self.moved = output.moved
            output.abandon()
            raise
        files = {unit: list(records) for unit, records in decision.fresh.items()}
        for unit, file in written:
            files[unit].append(file.record)
        self.state.keep_made(files, decision.bases, decision.gone, links)
        count = self._finished(output, inputs, len(change.added) - len(change.removed))
        return Result(found, count, changed, tuple(sorted(change.removed)), reasons=decision.reasons)

    def _look_at_links(
        self, pages: Sequence[MadePage], output: Output, change: Change, portal: Portal, theme: ThemeInUse
    ) -> tuple[Links, tuple[Diagnostic, ...]]:
        """What is to be remembered of the links of all pages, and what is wrong with them."""
        with self.timings.phase("links"):
            from gxsite.engine.links import Files, Site, look

            links = look(self.state, Site(output, Files(output, change.added, change.removed)), pages, change.gone)
            return links, self._found(links.faulty, output, change, portal, theme)

    def _found(
        self, faulty: Mapping[str, Faulty], output: Output, change: Change, portal: Portal, theme: ThemeInUse
    ) -> tuple[Diagnostic, ...]:
        """What is wrong with pages, in the portal's own severities."""
        if not faulty:
            return ()
        from gxsite.engine.faults import findings
        from gxsite.engine.links import Files, Site

        severities = dict(portal.config.severities)
        site = Site(output, Files(output, change.added, change.removed))
        return weighed(findings(faulty, site, portal, theme.files), severities)

    def _change(self, output: Output, planned: Plan, decision: Decision) -> Change:
        """The paths that come to those in the output's list, and those that go."""
        units = decision.fresh.keys()
        now = frozenset(target.path for unit in units for target in planned.targets(unit))
        before = frozenset(
            r.path for part in (decision.before, decision.gone) for records in part.values() for r in records
        )
        self.is_listed = self.state.meta("list") == list_stat(self.place)
        if self.is_listed:  # then the list names what is recorded
            return Change(now - before, before - now, before - now)
        wanted = now | frozenset(path for files in self.state.files() for path in files().paths if path not in before)
        return Change(wanted - output.before, output.before - wanted, before - now)

    def _finished(self, output: Output, inputs: Inputs, more: int = 0) -> int:
        """The output is whole, its list as it is now, and made from these inputs; the number of files in the list."""
        known = self.state.meta("count") if self.is_listed else None
        count = int(known) + more if known else len(output.before)
        place = {"output": self.place.encode(), "list": list_stat(self.place), "count": str(count).encode()}
        self.state.set_meta({"open": b"", "surroundings": inputs.surroundings, **place})
        return count

    def _make(self, maker: Maker, decision: Decision, pages: list[MadePage]) -> Iterator[tuple[str, Written]]:
        """Make all tasks; each file as written, with its unit. Where pages lead is added to ``pages``."""
        total = len(decision.tasks)
        maker.prepare(decision.tasks)
        self.tick("make", 0, total)
        for at, (written, bodies, read, timings, found) in spread(maker.do, decision.tasks, self.jobs, WORTH_A_FORK):
            if found:
                raise ProjectError(*found)
            pages += read
            self.timings.add(timings)
            self.state.keep_bodies(bodies)
            yield from written
            self.tick("make", at, total)


def _stops(found: Iterable[Diagnostic], strict: bool) -> bool:
    """Whether findings about pages keep them from being published."""
    heavy = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(d.severity in heavy for d in found)


def _stopped(found: tuple[Diagnostic, ...]) -> Result:
    return Result(found, stopped=True)


def _portal(project: Project, findings: Findings, theme: ThemeInUse, kept: frozenset[str], as_of: str) -> Portal:
    styles = tuple(ASSETS + style for style in theme.styles)
    icon = ASSETS + theme.icon if theme.icon else ""
    crest = theme.crest._replace(href=ASSETS + theme.crest.href) if theme.crest else None
    mark = theme.mark._replace(href=ASSETS + theme.mark.href) if theme.mark else None
    catalog = _readable(project.catalog)
    waivers = _waivers(findings, catalog, "zh")
    english = _waivers(findings, catalog, "en") if ENGLISH.code in project.config.variants else {}
    return Portal(
        project.config, catalog, waivers, styles, icon, kept, as_of, english_waivers=english, crest=crest, mark=mark
    )


def _inputs(project: Project, portal: Portal, theme: ThemeInUse) -> Inputs:
    """The digests of what targets are made from: of a kind in common, and of single sources."""
    config = portal.config
    about = (config.name, config.base, config.domain, config.site_id, config.description, config.licence, config.footer)
    looks = portal.styles, portal.icon, portal.crest, portal.mark
    frame = short((about, config.utc_offset, config.downloads, portal.navigation, *looks))
    forms = short(sorted(project.form_digests.items()))
    shared: dict[str, bytes] = {kind: short((theme.digest_of(kind), frame)) for kind in KINDS}
    for kind in ("home", "agency", "year", "years"):
        shared[kind] = short((shared[kind], forms))
    for kind in ("report", "document", "page"):
        shared[kind] = short((shared[kind], config.body.engine))
    for kind in PAGES if config.variants else ():  # the switch on each, and the pages in other languages
        shared[kind] = short((shared[kind], config.variants))
        for code in config.variants:
            done = config.hant.standard if code == TRADITIONAL.code else ""
            shared[f"{code}/{kind}"] = short((shared[kind], theme.digest_of(kind, VARIANTS[code].words), done))
    shared["sitemap.xml"], shared["feed"] = short((frame, config.variants)), frame
    for kind in ("csv", "excel", "xlsx", "json", "attachment", "static"):
        shared[kind] = NONE
    statics = {name: one(data) for name, data in theme.assets.items()}
    return Inputs(portal, shared, project.digests, project.form_digests, statics, project.stamp)


def _must_not_overlap(root: Path, folder: Path) -> None:
    """The output folder is neither around the sources nor among them."""
    place = folder.resolve()
    sources = (root / "content", root / "themes", root / "assets")
    if root.is_relative_to(place) or any(place.is_relative_to(source) for source in sources):
        raise ProjectError(
            diagnose("GX820", Place(FILE, START), folder=folder.name or ".", problem=phrase("output.inside"))
        )


def _reasons(error: ProjectError | OSError, folder: Path) -> tuple[Diagnostic, ...]:
    """What stopped the writing."""
    if isinstance(error, ProjectError):
        return error.diagnostics
    return (diagnose("GX820", Place(FILE, START), folder=folder.name, problem=error.strerror or "?"),)


def _epoch_day() -> str:
    """The day that ``SOURCE_DATE_EPOCH`` names, "" if it names none."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdecimal() or len(seconds) > len(str(LAST_SECOND)) or int(seconds) > LAST_SECOND:
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()


def _begun(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _waivers(findings: Findings, catalog: Catalog, lang: Language) -> Mapping[str, tuple[WaiverView, ...]]:
    """The explained findings as the public page prints them: under what the relation says, or the title of the code."""
    because = {r.id: r.because for form in catalog.forms.values() for r in form.relations}
    return {
        path: tuple(
            WaiverView(
                check=waiver.check,
                title=because.get(found.relation or "") or _begun(words(found.code, lang).title),
                message=_begun(message(found, lang)),
                figures=found.expect or "",
                reason=waiver.reason,
            )
            for waiver, found in waived
        )
        for path, waived in findings.waived.items()
    }
