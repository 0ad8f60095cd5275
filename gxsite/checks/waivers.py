"""Waivers against findings: which findings are explained, which waivers fit nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gxsite.base.catalogue import ENTRIES, diagnose
from gxsite.base.diagnostic import Diagnostic, Outcome, Phrase, Place, phrase
from gxsite.base.near import nearest
from gxsite.model.report import Waiver


class Waived(NamedTuple):
    """A finding that the agency explains."""

    waiver: Waiver
    diagnostic: Diagnostic


def concerns(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Whether a waiver speaks of this finding, whatever its figures."""
    about = waiver.check in (diagnostic.relation, diagnostic.code)
    return about and (not waiver.cell or any(_names(waiver.cell, cell) for cell in diagnostic.cells))


def _names(written: str, cell: str) -> bool:
    """Whether a waiver's ``cell`` means a cell: by its full name, or by its row alone."""
    return cell == written or cell.startswith(f"{written}.")


def fits(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Whether a waiver explains this finding with the figures it has now."""
    if not concerns(waiver, diagnostic) or not ENTRIES[diagnostic.code].waivable or diagnostic.parts:
        return False  # the parts of a joined finding were held against the waivers one by one
    return diagnostic.expect is None or _plain(waiver.expect) == _plain(diagnostic.expect)


def settle(
    path: str, waivers: tuple[Waiver, ...], found: Iterable[Diagnostic], relations: Mapping[str, object]
) -> Outcome[tuple[Waived, ...]]:
    """The waived findings of one file; the other findings and those about the waivers themselves remain."""
    waived: list[Waived] = []
    kept: list[Diagnostic] = []
    used: set[Waiver] = set()
    for diagnostic in found:
        waiver = next((w for w in waivers if fits(w, diagnostic)), None)
        if waiver is None:
            kept.append(diagnostic)
        else:
            waived.append(Waived(waiver, diagnostic))
            used.add(waiver)
    for waiver in waivers:
        if waiver not in used:
            kept.append(_unfit(path, waiver, kept, relations))
    return Outcome(tuple(waived), tuple(kept))


def _unfit(path: str, waiver: Waiver, found: list[Diagnostic], relations: Mapping[str, object]) -> Diagnostic:
    """Why a waiver explains nothing."""
    place = Place(path, waiver.span)
    check = waiver.check
    entry = ENTRIES.get(check)
    if entry is None and check not in relations:
        return diagnose("GX307", place, check=check, near=nearest(check, [*relations, *ENTRIES]))
    if entry is not None and not entry.waivable:
        return diagnose("GX306", place, check=check, title=_title(check))
    now = next((d for d in found if concerns(waiver, d)), None)
    actual = _expect_of(waiver, now) if now else None
    if actual is not None:
        if not waiver.expect:
            return diagnose("GX308", place, check=check, actual=actual)
        return diagnose("GX305", Place(path, waiver.expect_span), check=check, expect=waiver.expect, actual=actual)
    return diagnose("GX304", place, check=check)


def _expect_of(waiver: Waiver, diagnostic: Diagnostic) -> str | None:
    """The figures of the part that a waiver speaks of."""
    for cells, expect in diagnostic.parts:
        if waiver.cell and any(_names(waiver.cell, cell) for cell in cells):
            return expect
    return diagnostic.expect


def _title(code: str) -> Phrase:
    return phrase("code.title", zh=ENTRIES[code].zh.title, en=ENTRIES[code].en.title)


def _plain(expect: str) -> str:
    """An expectation with its spaces and spellings levelled: ``!=`` and ``<>`` are ``≠``."""
    text = "".join(expect.split()).replace("!=", "≠").replace("<>", "≠")
    return text.replace("＜", "<").replace("＞", ">").replace(",", "")
