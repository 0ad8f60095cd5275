"""The relations between reports, judged again only where a figure they rest on may have changed."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Set

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.relations import Echo, Judged
from gxsite.checks.run import NOTHING_JUDGED, Mended, Rules, judge_report
from gxsite.engine.reading import blake
from gxsite.engine.sources import Sources
from gxsite.engine.state import Said
from gxsite.model.catalog import Catalog
from gxsite.model.reports import Entry


def judge_all(catalog: Catalog, rules: Rules, sources: Sources, forms: bytes) -> tuple[list[Diagnostic], list[Echo]]:
    """What the relations of all reports show, in order of years within an agency; what is new is remembered.

    What a judgement rests on is the report, its form, its agency, the portal's severities, and the reports of the year
    before with their suspects. Where none of these changed the remembered judgement stands; in an agency of which no
    source was touched, nor of one that it continues, there is nothing to ask.
    """
    ground = blake(forms + repr(sorted(rules.severities.items())).encode())
    touched = _touched(catalog, sources) if sources.state.meta("ground") == ground else catalog.agencies.keys()
    found: list[Diagnostic] = []
    echoes: list[Echo] = []
    mended: dict[str, Mended] = {}
    for key, entry in catalog.entries.items():
        if entry.agency not in touched:
            if not sources.now[entry.path].noted:
                continue
            judged = _remembered(sources.said(entry.path))
        else:
            said, asked = sources.said(entry.path), _asked(entry, catalog, sources, mended, ground)
            if said.asked == asked:
                judged = _remembered(said)
            else:
                judged = judge_report(catalog.reports[key], catalog, mended, rules)
                sources.judged(entry.path, asked, pickle.dumps(judged, 5) if judged != NOTHING_JUDGED else b"")
        if judged is not NOTHING_JUDGED:
            found += judged.diagnostics
            echoes += judged.echoes
            if judged.mended:
                mended[key] = judged.mended
    sources.keep()
    if sources.state.meta("ground") != ground:
        sources.state.set_meta({"ground": ground})
    return found, echoes


def _remembered(said: Said) -> Judged:
    judged: Judged = pickle.loads(said.judged) if said.judged else NOTHING_JUDGED
    return judged


def _touched(catalog: Catalog, sources: Sources) -> Set[str]:
    """The agencies of which a source was touched, and those that continue one of them."""
    touched = sources.touched()
    heirs = (a.id for a in catalog.agencies.values() if any(p.id in touched for p in a.predecessors))
    return touched | set(heirs)


def _asked(report: Entry, catalog: Catalog, sources: Sources, mended: Mapping[str, Mended], ground: bytes) -> bytes:
    """What the judgement of a report rests on, as bytes."""
    agency = catalog.agencies[report.agency]
    before = f"{report.agency}/{report.year - 1}"
    own = sources.now.get(agency.path)
    parts = [ground, report.digest, own.digest if own else b""]
    for key in (before, *(f"{p.id}/{p.until}" for p in agency.predecessors if p.until == report.year - 1)):
        other = catalog.entries.get(key)
        parts.append(other.digest if other else b"-")
    if before in mended:
        parts.append(repr(sorted(mended[before].items())).encode())
    return b"|".join(parts)
