"""The relations between reports, judged again only where a figure they rest on may have changed."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.relations import Echo, Judged
from gxsite.checks.run import NOTHING_JUDGED, Mended, Rules, judge_report
from gxsite.engine.reading import blake
from gxsite.engine.state import Source
from gxsite.model.catalog import Catalog
from gxsite.model.summary import Summary


def judge_all(
    catalog: Catalog,
    rules: Rules,
    digests: Mapping[str, bytes],
    sources: dict[str, Source],
    forms: bytes,
    changed: set[str],
) -> tuple[list[Diagnostic], list[Echo]]:
    """What the relations of all reports show, in order of years within an agency.

    What a judgement rests on is the report, its form, its agency, the portal's severities, and the reports of the year
    before with their suspects. Where none of these changed the remembered judgement stands; the others are put into
    ``sources``, their paths into ``changed``.
    """
    ground = blake(forms + repr(sorted(rules.severities.items())).encode())
    found: list[Diagnostic] = []
    echoes: list[Echo] = []
    mended: dict[str, Mended] = {}
    for key, report in catalog.reports.items():
        source = sources[report.path]
        asked = _asked(report, catalog, digests, mended, ground)
        if source.asked == asked:
            judged: Judged = pickle.loads(source.judged) if source.judged else NOTHING_JUDGED
        else:
            judged = judge_report(report, catalog, mended, rules)
            packed = pickle.dumps(judged, 5) if judged != NOTHING_JUDGED else b""
            sources[report.path] = source._replace(asked=asked, judged=packed)
            changed.add(report.path)
        if judged is not NOTHING_JUDGED:
            found += judged.diagnostics
            echoes += judged.echoes
            if judged.mended:
                mended[key] = judged.mended
    return found, echoes


def _asked(
    report: Summary, catalog: Catalog, digests: Mapping[str, bytes], mended: Mapping[str, Mended], ground: bytes
) -> bytes:
    """What the judgement of a report rests on, as bytes."""
    agency = catalog.agencies[report.agency]
    before = f"{report.agency}/{report.year - 1}"
    parts = [ground, report.digest, digests.get(agency.path, b"")]
    for key in (before, *(f"{p.id}/{p.until}" for p in agency.predecessors if p.until == report.year - 1)):
        other = catalog.reports.get(key)
        parts.append(other.digest if other else b"-")
    if before in mended:
        parts.append(repr(sorted(mended[before].items())).encode())
    return b"|".join(parts)
