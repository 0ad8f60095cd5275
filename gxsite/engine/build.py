"""A build: load, check, plan, make, write. Errors stop it before its first write."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from gxsite.base.catalogue import diagnose, message, words
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, ProjectError, Severity, in_order, phrase
from gxsite.checks.run import Findings, Rules, check_all
from gxsite.config import FILE, check_severities
from gxsite.engine.load import Project, load, load_baseline
from gxsite.engine.make import Maker
from gxsite.engine.output import Output
from gxsite.engine.pool import cores, make_all
from gxsite.engine.project import OUTPUT
from gxsite.engine.quarantine import can_hold, hold_back, remember
from gxsite.engine.themes import load_theme
from gxsite.model.catalog import Catalog
from gxsite.site.plan import plan
from gxsite.site.portal import Portal
from gxsite.site.routes import ASSETS
from gxsite.site.views import WaiverView

LAST_SECOND = 4_102_444_800  # the year 2100, the last that a report may have
Phase = Literal["load", "make"]
Tick = Callable[[Phase, int, int], None]


@dataclass(frozen=True)
class Result:
    """How a build ended: what was found, how many files were made, written and removed, which sources are held back."""

    findings: tuple[Diagnostic, ...]
    made: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    stopped: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(d.severity is severity for d in self.findings)


def silent(phase: Phase, done: int, total: int) -> None:
    """Tell nobody."""


def check(root: Path, tick: Tick = silent, *, use_baseline: bool = True) -> tuple[Project, Findings]:
    """The project read and checked, the plan's collisions included; nothing is written."""
    project = load(root, lambda done, total: tick("load", done, total))
    known = load_baseline(root, project.config.baseline) if use_baseline else Outcome(frozenset())
    rules = Rules(dict(project.config.severities), project.config.reconcile, known.value)
    relations = frozenset(r.id for form in project.catalog.forms.values() for r in form.relations)
    found = (
        *project.found,
        *known.diagnostics,
        *_theme_findings(root, project),
        *check_severities(project.config, relations),
        *_collisions(project),
    )
    return project, check_all(project.catalog, found, rules)


def _clashing(found: tuple[Diagnostic, ...]) -> frozenset[str]:
    """The other files of a clash: which of the two is wrong nobody can tell."""
    return frozenset(label.place.path for d in found if d.code == "GX803" for label in d.labels)


def _theme_findings(root: Path, project: Project) -> tuple[Diagnostic, ...]:
    """What is wrong with the theme."""
    try:
        load_theme(root, project.config.theme, project.config.theme_span)
    except ProjectError as error:
        return error.diagnostics
    return ()


def _collisions(project: Project) -> tuple[Diagnostic, ...]:
    """Outputs that would share a path; reports whose form is not known have none."""
    reports = {key: report for key, report in project.catalog.reports.items() if report.form}
    readable = replace(project.catalog, reports=reports)
    return plan(Portal(project.config, readable, {}), ()).diagnostics


def build(
    root: Path,
    output: Path | None = None,
    *,
    adopt: bool = False,
    strict: bool = False,
    jobs: int = 0,
    as_of: str = "",
    tick: Tick = silent,
) -> Result:
    """Build the portal into ``output`` (``build/`` of the project by default).

    With ``strict`` warnings stop it too; ``jobs`` is the number of processes, 0 for one on each core; ``as_of`` the day
    (``YYYY-MM-DD``) by which reports are missing, else that of ``SOURCE_DATE_EPOCH``, else the newest publication.
    """
    project, findings = check(root, tick)
    catalog, found = project.catalog, findings.diagnostics
    held = findings.broken_files | _clashing(found)
    if strict and findings.count(Severity.WARNING):
        return Result(found, stopped=True)
    if held and (project.config.on_error == "stop" or not all(can_hold(path) for path in held)):
        return Result(found, stopped=True)
    kept: frozenset[str] = frozenset()
    if held:
        outcome = hold_back(root, catalog, held)
        catalog, kept = outcome.value
        found = in_order((*found, *outcome.diagnostics))
    try:
        theme = load_theme(root, project.config.theme, project.config.theme_span)
    except ProjectError as error:
        return Result(in_order((*found, *error.diagnostics)), stopped=True)
    styles = tuple(ASSETS + style for style in theme.files.styles)
    icon = ASSETS + theme.files.icon if theme.files.icon else ""
    portal = Portal(project.config, catalog, _waivers(findings, catalog), styles, icon, kept, as_of or _epoch_day())
    targets = plan(portal, theme.files.statics).value
    maker = Maker(root, portal, theme)
    writer: Output | None = None
    try:
        folder = output or root / OUTPUT
        _must_not_overlap(root, folder)
        writer = Output(folder, adopt=adopt)
        writer.begin(target.path for target in targets)
        changed = make_all(maker, writer, targets, jobs or cores(), lambda done, total: tick("make", done, total))
        removed = writer.finish((target.path for target in targets), changed)
    except (ProjectError, OSError) as error:
        if writer:
            writer.abandon()
        return Result(in_order((*found, *_reasons(error, output or root / OUTPUT))), stopped=True)
    if project.config.on_error == "quarantine":
        remember(root, catalog, held)
    return Result(found, len(targets), tuple(changed), removed, tuple(sorted(held)))


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
    if not seconds.isdecimal() or int(seconds) > LAST_SECOND:
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
