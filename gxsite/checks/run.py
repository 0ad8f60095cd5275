"""All checks of one report, and all of the portal; waivers and the portal's severities applied at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from gxsite.base.catalogue import ENTRIES
from gxsite.base.diagnostic import Diagnostic, Outcome, Severity, in_order
from gxsite.checks.baseline import Known, quieten
from gxsite.checks.body import check_no_quotes, check_quotes
from gxsite.checks.dates import check_dates, check_order
from gxsite.checks.earlier import earlier
from gxsite.checks.narrative import check_narrative
from gxsite.checks.portal import CATALOG_CHECKS
from gxsite.checks.relations import Echo, Judged, judge_relations, settled, settled_across, with_echoes
from gxsite.checks.rollup import check_rollups
from gxsite.checks.waivers import Waived, settle
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.form import CellRef, Form
from gxsite.model.report import Document, Report
from gxsite.model.summary import Summary

Mended = Mapping[CellRef, Decimal]
NOTHING_JUDGED = Judged((), {}, ())


@dataclass(frozen=True)
class Findings:
    """What was found in the whole project, in order; and by file what is waived."""

    diagnostics: tuple[Diagnostic, ...]
    waived: Mapping[str, tuple[Waived, ...]]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    @property
    def broken_files(self) -> frozenset[str]:
        """The files with an error."""
        return frozenset(d.place.path for d in self.diagnostics if d.severity is Severity.ERROR)


class Across(NamedTuple):
    """What only the portal as a whole shows: of the reports that sum up others, and of all; who explains findings.

    ``waiving`` are the keys of the reports with waivers.
    """

    below: tuple[Diagnostic, ...]
    around: tuple[Diagnostic, ...]
    waiving: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """What the portal says of the checks: severities by code or relation id ("off" drops them), and ``reconcile``.

    ``known`` are the findings of its baseline.
    """

    severities: Mapping[str, str] = field(default_factory=dict)
    reconcile: str = "advise"
    known: frozenset[Known] = frozenset()


def examine(report: Report, form: Form | None, agency: Agency) -> Outcome[bool]:
    """The checks of a report that need no other; whether all its relations hold between exact figures."""
    found = list(check_dates(report, agency))
    if form is None:
        return Outcome(False, tuple(found))
    found += check_quotes(report, form)
    found += check_narrative(report, form, agency)
    return Outcome(not report.damaged and settled(report, form), tuple(found))


def judge_report(report: Summary, catalog: Catalog, mended: Mapping[str, Mended], rules: Rules) -> Judged:
    """The relations of a report within itself and to the year before; ``mended`` are the suspects of earlier reports.

    The report as a whole is looked into only where not all is plain.
    """
    form = catalog.forms.get(report.form)
    if form is None or report.damaged:
        return NOTHING_JUDGED
    before = earlier(report, form, catalog, mended)
    if report.settled and settled_across(report, form, before):
        return NOTHING_JUDGED
    return judge_relations(catalog.whole[report.key], form, rules.severities, before)


def check_reports(catalog: Catalog, rules: Rules) -> tuple[list[Diagnostic], list[Echo]]:
    """The findings of all reports, oldest first for each agency, so that one wrong figure is one finding."""
    found: list[Diagnostic] = []
    mended: dict[str, Mended] = {}
    echoes: list[Echo] = []
    for key, report in catalog.reports.items():
        found += examine(
            catalog.whole[key], catalog.forms.get(report.form), catalog.agencies[report.agency]
        ).diagnostics
        judged = judge_report(report, catalog, mended, rules)
        found += judged.diagnostics
        mended[key] = judged.mended
        echoes += judged.echoes
    return found, echoes


def check_paper(document: Document) -> tuple[Diagnostic, ...]:
    """The findings within one document."""
    return (*check_order(document), *check_no_quotes(document.body))


def check_all(catalog: Catalog, parsed: Iterable[Diagnostic], rules: Rules) -> Findings:
    """Everything: what reading found, the checks of each file, those of the portal; waived and weighed."""
    found, echoes = check_reports(catalog, rules)
    for document in catalog.documents.values():
        found += check_paper(document)
    for page in catalog.pages.values():
        found += check_no_quotes(page.body)
    return check_portal(catalog, (*parsed, *found), echoes, rules, check_across(catalog, rules))


def check_across(catalog: Catalog, rules: Rules) -> Across:
    """What only the portal as a whole shows; it rests on nothing but summaries and what is no report."""
    below: list[Diagnostic] = []
    for report in catalog.reports.values():
        form = catalog.forms.get(report.form)
        if form and report.scope == "consolidated" and not report.damaged:
            below += check_rollups(report, form, catalog, rules.severities, rules.reconcile)
    around = tuple(d for check in CATALOG_CHECKS for d in check(catalog))
    waiving = tuple(key for key, report in catalog.reports.items() if report.has_waivers)
    return Across(tuple(below), around, waiving)


def check_portal(
    catalog: Catalog, found: Iterable[Diagnostic], echoes: Sequence[Echo], rules: Rules, across: Across
) -> Findings:
    """What was found in the files one by one and in the portal as a whole; waived and weighed."""
    files = with_echoes([*found, *across.below], echoes)
    misdated = {d.place.path for d in files if d.code == "GX401" and d.fact["key"] == "published"}
    # A date that was written, though not well, is not missing.
    kept = [d for d in (*files, *across.around) if d.code != "GX402" or d.place.path not in misdated]
    return _settle(catalog, kept, rules, across.waiving)


def _settle(catalog: Catalog, found: list[Diagnostic], rules: Rules, waiving: Iterable[str]) -> Findings:
    """Apply the waivers of each file, then the portal's severities and baseline."""
    severities = rules.severities
    relations = {r.id: r for form in catalog.forms.values() for r in form.relations}
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    waived: dict[str, tuple[Waived, ...]] = {}
    papers: tuple[Summary | Document, ...] = (*map(catalog.reports.__getitem__, waiving), *catalog.documents.values())
    for paper in papers:
        if paper.waivers:
            outcome = settle(paper.path, paper.waivers, by_path.get(paper.path, []), relations)
            by_path[paper.path] = list(outcome.diagnostics)
            waived[paper.path] = outcome.value
    kept = (_weighed(d, severities) for diagnostics in by_path.values() for d in diagnostics if not _off(d, severities))
    return Findings(in_order(quieten(kept, rules.known)), waived)


def weighed(found: Iterable[Diagnostic], severities: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Findings that no file can waive, with the portal's own severities."""
    return in_order(_weighed(d, severities) for d in found if not _off(d, severities))


def _off(diagnostic: Diagnostic, severities: Mapping[str, str]) -> bool:
    """Whether the portal has taken a check out that may be taken out."""
    return severities.get(diagnostic.code) == "off" and ENTRIES[diagnostic.code].adjustable


def _weighed(diagnostic: Diagnostic, severities: Mapping[str, str]) -> Diagnostic:
    """The portal's own severity, where it gives one and the code may be changed."""
    word = severities.get(diagnostic.code)
    if word and diagnostic.relation not in severities and ENTRIES[diagnostic.code].adjustable:
        return replace(diagnostic, severity=Severity(word))
    return diagnostic
