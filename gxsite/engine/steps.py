"""The steps of a build: load, check, plan, decide, make, write. Errors end it before its first write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import diagnose, message, words
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, ProjectError, Severity, in_order, phrase
from gxsite.checks.run import Findings, Rules, check_portal
from gxsite.config import FILE, check_severities
from gxsite.engine.decide import Decision, decide
from gxsite.engine.files import Found
from gxsite.engine.intact import Inquiry, by_digest, by_stat
from gxsite.engine.load import Project, load, load_baseline
from gxsite.engine.make import WORTH_A_FORK, Maker
from gxsite.engine.output import Output, Written
from gxsite.engine.pool import spread
from gxsite.engine.quarantine import can_hold, hold_back, remember
from gxsite.engine.quick import list_stat
from gxsite.engine.result import Result, Tick
from gxsite.engine.state import Made, State
from gxsite.engine.themes import ThemeInUse, use_theme
from gxsite.engine.timings import Timings
from gxsite.model.catalog import Catalog
from gxsite.render.body import missing
from gxsite.render.theme import KINDS, ThemeFiles
from gxsite.site.inputs import NONE, Inputs, one, short
from gxsite.site.plan import Plan, plan
from gxsite.site.portal import Portal
from gxsite.site.routes import ASSETS
from gxsite.site.views import WaiverView

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
        theme = use_theme(root, config.theme, state, config.theme_span)
        known = load_baseline(root, config.baseline) if use_baseline else Outcome(frozenset())
        rules = Rules(dict(config.severities), config.reconcile, known.value)
        relations = frozenset(r.id for form in project.catalog.forms.values() for r in form.relations)
        found = (
            *project.found,
            *known.diagnostics,
            *theme.diagnostics,
            *check_severities(config, relations),
            *missing(config.body.engine, Place(FILE, config.body.engine_span)),
            *_collisions(project),
        )
        return Checked(project, check_portal(project.catalog, found, project.echoes, rules), theme.value)


def _clashing(found: tuple[Diagnostic, ...]) -> frozenset[str]:
    """The other files of a clash: which of the two is wrong nobody can tell."""
    return frozenset(label.place.path for d in found if d.code == "GX803" for label in d.labels)


def _collisions(project: Project) -> tuple[Diagnostic, ...]:
    """Outputs that would share a path; reports whose form is not known have none."""
    return plan(Portal(project.config, _readable(project.catalog), {}), ()).diagnostics


def _readable(catalog: Catalog) -> Catalog:
    if all(report.form for report in catalog.reports.values()):
        return catalog
    return replace(catalog, reports={key: report for key, report in catalog.reports.items() if report.form})


class Build:
    """One build: its steps, and what they hand on."""

    def __init__(self, root: Path, folder: Path, state: State, jobs: int, tick: Tick, files: Sequence[Found]) -> None:
        self.files = files
        self.root = root
        self.folder = folder
        self.state = state
        self.jobs = jobs
        self.tick = tick
        self.timings = Timings()
        self.place = str(folder.resolve())
        self.inquiry: Inquiry
        self.moved: list[str] = []

    def run(self, adopt: bool, strict: bool, as_of: str, verify: bool) -> Result:
        """All steps; an error ends them before anything is written."""
        if self.state.meta("output") != self.place.encode():
            self.state.forget_made()  # that was another folder
        # Whoever died while writing left files of which the records say nothing.
        intact = by_digest if verify or self.state.meta("open") else by_stat
        self.inquiry = Inquiry(self.state, self.place, intact, self.jobs)
        try:
            return self._run(adopt, strict, as_of)._replace(timings=self.timings)
        finally:
            self.inquiry.close()

    def _run(self, adopt: bool, strict: bool, as_of: str) -> Result:
        project, findings, theme = check(self.root, self.state, self.tick, self.jobs, self.timings, files=self.files)
        found = findings.diagnostics
        held = findings.broken_files | _clashing(found)
        if strict and findings.count(Severity.WARNING):
            return Result(found, stopped=True)
        if held and (project.config.on_error == "stop" or not all(can_hold(path) for path in held)):
            return Result(found, stopped=True)
        if theme is None:  # however little the portal makes of it
            return Result(found, stopped=True)
        kept: frozenset[str] = frozenset()
        if held:
            outcome = hold_back(project, self.state, held)
            project, kept = outcome.value
            found = in_order((*found, *outcome.diagnostics))
        try:
            portal = _portal(project, findings, theme.files, kept, as_of or _epoch_day())
            result = self._write(project, portal, theme, adopt)
        except (ProjectError, OSError) as error:
            return Result(in_order((*found, *_reasons(error, self.folder))), changed=tuple(self.moved), stopped=True)
        if project.config.on_error == "quarantine":
            remember(self.root, project, self.state, held)
        return result._replace(findings=found, held=tuple(sorted(held)))

    def _write(self, project: Project, portal: Portal, theme: ThemeInUse, adopt: bool) -> Result:
        """Make what is stale, move it into place, remove what has no target any more, remember what was done."""
        _must_not_overlap(self.root, self.folder)
        output = Output(self.folder, adopt=adopt)
        with self.timings.phase("decide"):
            planned = plan(portal, theme.files.statics).value
            decision = decide(planned, _inputs(project, portal, theme), self.state, self.inquiry.answer())
            added, removed = self._differences(output, planned, decision)
        if self.state.meta("open"):
            output.tidy()
        if not decision.fresh and not added and not removed:
            return Result((), self._finished(output))
        self.state.set_meta({"open": b"1"})  # whoever dies from here on leaves files that nothing is known of
        output.begin(added)
        try:
            with self.timings.phase("make"):
                written = list(self._make(Maker(self.root, portal, theme, self.state, output), decision))
            with self.timings.phase("write"):
                changed = tuple(file.record.path for _, file in written if file.changed)
                output.finish(changed, added, removed)
        except (ProjectError, OSError):
            self.moved = output.moved
            output.abandon()
            raise
        files = {unit: list(records) for unit, records in decision.fresh.items()}
        for unit, file in written:
            files[unit].append(file.record)
        new = {unit: Made(decision.basis[unit], tuple(records)) for unit, records in files.items()}
        self.state.keep_made(new, decision.gone)
        count = self._finished(output, len(added) - len(removed))
        return Result((), count, changed, tuple(sorted(removed)), reasons=decision.reasons)

    def _differences(self, output: Output, planned: Plan, decision: Decision) -> tuple[frozenset[str], frozenset[str]]:
        """The paths that come to those in the output's list, and those that go."""
        units = decision.fresh.keys()
        now = frozenset(target.path for unit in units for target in planned.targets(unit))
        before = frozenset(
            r.path for part in (decision.before, decision.gone) for records in part.values() for r in records
        )
        if self.state.meta("list") == list_stat(self.place):  # then the list names what is recorded
            return now - before, before - now
        wanted = now | frozenset(path for path, *_ in self.state.files() if path not in before)
        return wanted - output.before, output.before - wanted

    def _finished(self, output: Output, more: int = 0) -> int:
        """The output is whole, and its list as it is now; the number of files that it names."""
        known = self.state.meta("count") if self.state.meta("output") == self.place.encode() else None
        count = int(known) + more if known else len(output.before)
        place = {"output": self.place.encode(), "list": list_stat(self.place), "count": str(count).encode()}
        self.state.set_meta({"open": b"", **place})
        return count

    def _make(self, maker: Maker, decision: Decision) -> Iterator[tuple[str, Written]]:
        """Make all tasks; each file as written, with its unit."""
        total = len(decision.tasks)
        maker.prepare(decision.tasks)
        self.tick("make", 0, total)
        for at, (written, bodies, timings, found) in spread(maker.do, decision.tasks, self.jobs, WORTH_A_FORK):
            if found:
                raise ProjectError(*found)
            self.timings.add(timings)
            self.state.keep_bodies(bodies)
            yield from written
            self.tick("make", at, total)


def _portal(project: Project, findings: Findings, theme: ThemeFiles, kept: frozenset[str], as_of: str) -> Portal:
    styles = tuple(ASSETS + style for style in theme.styles)
    icon = ASSETS + theme.icon if theme.icon else ""
    catalog = _readable(project.catalog)
    return Portal(project.config, catalog, _waivers(findings, catalog), styles, icon, kept, as_of)


def _inputs(project: Project, portal: Portal, theme: ThemeInUse) -> Inputs:
    """The digests of what targets are made from: of a kind in common, and of single sources."""
    config = portal.config
    about = (config.name, config.base, config.domain, config.site_id, config.description, config.licence, config.footer)
    frame = short((about, config.utc_offset, config.downloads, portal.navigation, portal.styles, portal.icon))
    forms = short(sorted(project.form_digests.items()))
    shared: dict[str, bytes] = {kind: short((theme.digest_of(kind), frame)) for kind in KINDS}
    for kind in ("home", "agency", "year"):
        shared[kind] = short((shared[kind], forms))
    for kind in ("report", "document", "page"):
        shared[kind] = short((shared[kind], config.body.engine))
    for kind in ("sitemap.xml", "feed"):
        shared[kind] = frame
    for kind in ("csv", "excel", "xlsx", "json", "attachment", "static"):
        shared[kind] = NONE
    statics = {name: one(data) for name, data in theme.files.statics.items()}
    return Inputs(portal, shared, project.digests, project.form_digests, statics)


def _must_not_overlap(root: Path, folder: Path) -> None:
    """The output folder is neither around the sources nor among them."""
    place = folder.resolve()
    sources = (root / "content", root / "themes")
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


def _waivers(findings: Findings, catalog: Catalog) -> Mapping[str, tuple[WaiverView, ...]]:
    """The explained findings as the public page prints them: under what the relation says, or the title of the code."""
    because = {r.id: r.because for form in catalog.forms.values() for r in form.relations}
    return {
        path: tuple(
            WaiverView(
                check=waiver.check,
                title=because.get(found.relation or "") or words(found.code, "zh").title,
                message=message(found, "zh"),
                figures=found.expect or "",
                reason=waiver.reason,
            )
            for waiver, found in waived
        )
        for path, waived in findings.waived.items()
    }
