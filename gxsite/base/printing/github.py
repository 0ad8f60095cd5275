"""Findings as workflow commands, which GitHub prints beside the lines of a change.

Source: "Workflow commands for GitHub Actions" in the documentation of GitHub, and the runner, which drops the columns
of an annotation over several lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from gxsite.base.catalogue import Language, help_lines, message, words
from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.base.width import visible

# In the order of printing: of one step only the first few annotations are shown.
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Iterable[Diagnostic], lang: Language) -> str:
    """One command a line, errors first, then warnings and notes, each in the order given; empty if there are none."""
    rank = list(_COMMANDS).index
    return "".join(f"{_command(d, lang)}\n" for d in sorted(diagnostics, key=lambda d: rank(d.severity)))


def _command(diagnostic: Diagnostic, lang: Language) -> str:
    path, span = diagnostic.place
    properties = {"file": path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.end_line == span.line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = f"{diagnostic.code} {words(diagnostic.code, lang).title}"
    said = ",".join(f"{name}={_property(visible(value))}" for name, value in properties.items())
    lines = (message(diagnostic, lang), *help_lines(diagnostic, lang))
    return f"::{_COMMANDS[diagnostic.severity]} {said}::" + "%0A".join(_data(visible(line)) for line in lines)


def _data(text: str) -> str:
    """The escapes of a message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The escapes of a property, where : and , have a meaning."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
