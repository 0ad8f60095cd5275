"""Findings for programs: one JSON object with everything a finding holds, in words of one language."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gxsite.base.catalogue import Language, help_lines, message, say, words
from gxsite.base.diagnostic import Diagnostic, Place, Suggestion
from gxsite.base.printing import count
from gxsite.base.width import is_hidden

SCHEMA = "gxsite/diagnostics/1"


def render(diagnostics: Iterable[Diagnostic], lang: Language) -> str:
    """The findings in the order given, with their number by severity.

    Lines and columns count from 1, columns in code points, ends not included. Text is UTF-8 as it is; only characters
    that could steer a terminal, or that no encoding holds, are written as escapes.
    """
    findings = tuple(diagnostics)
    document = {
        "schema": SCHEMA,
        "summary": count(findings)._asdict(),
        "diagnostics": [_finding(d, lang) for d in findings],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "".join(f"{_escaped(line)}\n" for line in text.split("\n"))


def _finding(diagnostic: Diagnostic, lang: Language) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "title": words(diagnostic.code, lang).title,
        "message": message(diagnostic, lang),
        **_place(diagnostic.place),
        "relation": diagnostic.relation,
        "cells": list(diagnostic.cells),
        "labels": [{**_place(label.place), "text": say(label.text, lang)} for label in diagnostic.labels],
        "help": list(help_lines(diagnostic, lang)),
        "expect": diagnostic.expect,
        "suggestions": [_suggestion(s) for s in diagnostic.suggestions],
    }


def _place(place: Place) -> dict[str, object]:
    line, column, end_line, end_column = place.span
    return {"path": place.path, "line": line, "column": column, "endLine": end_line, "endColumn": end_column}


def _suggestion(suggestion: Suggestion) -> dict[str, object]:
    """A change of one cell; cells that must change together with it follow under ``with``."""
    first, *others = ({"cell": cell, "value": value} for cell, value in suggestion.changes)
    return {**first, "with": others} if others else {**first}


def _escaped(line: str) -> str:
    """A line of JSON in which every hidden character is an escape; those occur within strings only."""
    if line.isprintable():
        return line
    return "".join(json.dumps(c)[1:-1] if is_hidden(c) else c for c in line)
