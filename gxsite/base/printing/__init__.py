"""Findings as output, one module per format; each is a pure function from findings to text that ends in a newline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gxsite.base.diagnostic import Diagnostic, Severity

Sources = Mapping[str, str]
"""Decoded text by the path that places name; a path that is missing gets no excerpt."""


class Counts(NamedTuple):
    """How many findings there are of each severity."""

    error: int = 0
    warning: int = 0
    note: int = 0


def count(diagnostics: Iterable[Diagnostic]) -> Counts:
    """The findings, counted by severity."""
    severities = [d.severity for d in diagnostics]
    return Counts(*(severities.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)))
