"""A baseline: findings in old reports that the portal knows of and does not want to hear of again.

It is not a waiver: nothing is explained to the public. A finding is known by what it says (file, code, relation, cells,
figures), not by its line; when its figures change it is new. Only what can be waived can be known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from gxsite.base.catalogue import ENTRIES
from gxsite.base.diagnostic import Diagnostic, Severity

SCHEMA = "gxsite/baseline/1"


class Known(NamedTuple):
    """What a finding is known by."""

    path: str
    code: str
    relation: str
    cells: tuple[str, ...]
    expect: str


def signature(diagnostic: Diagnostic) -> Known:
    """What a finding is known by."""
    return Known(
        diagnostic.place.path,
        diagnostic.code,
        diagnostic.relation or "",
        diagnostic.cells,
        diagnostic.figures,
    )


def quieten(found: Iterable[Diagnostic], known: frozenset[Known]) -> list[Diagnostic]:
    """The findings with the known ones turned into notes."""
    return [replace(d, severity=Severity.NOTE) if _is_known(d, known) else d for d in found]


def _is_known(diagnostic: Diagnostic, known: frozenset[Known]) -> bool:
    return signature(diagnostic) in known and ENTRIES[diagnostic.code].waivable


def write_baseline(found: Iterable[Diagnostic]) -> str:
    """All findings that can be known, one a line, in order."""
    worth = (d for d in found if ENTRIES[d.code].waivable and d.severity is not Severity.NOTE)
    lines = [json.dumps(signature(d)._asdict(), ensure_ascii=False) for d in worth]
    return f'{{"schema": "{SCHEMA}", "known": [\n' + ",\n".join(lines) + "\n]}\n"


def read_baseline(text: str) -> frozenset[Known] | None:
    """The known findings, None if the text is no baseline."""
    try:
        value = json.loads(text)
        if value["schema"] != SCHEMA:
            return None
        return frozenset(
            Known(k["path"], k["code"], k["relation"], tuple(k["cells"]), k["expect"]) for k in value["known"]
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
