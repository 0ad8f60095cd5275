"""What the commands share: options, languages, printing of findings, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from gxsite.base.diagnostic import Diagnostic, ProjectError, Severity, UsageError

if TYPE_CHECKING:
    from gxsite.base.catalogue import Language

CLEAN, FAILED, QUARANTINED = 0, 1, 3


class Call(NamedTuple):
    """How a command was called: where, and in which language it answers."""

    directory: Path
    lang: Language


def language(chosen: str | None, environment: Mapping[str, str] = os.environ, encoding: str = "utf-8") -> Language:
    """The language asked for, else that of the locale, else Chinese; English where the output cannot hold Chinese."""
    if chosen:
        return "en" if chosen == "en" else "zh"
    if not holds_chinese(encoding):
        return "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(name, "")
        if locale:
            return "zh" if locale.startswith(("zh", "C", "POSIX")) else "en"
    return "zh"


def holds_chinese(encoding: str) -> bool:
    """Whether an encoding has Chinese characters."""
    try:
        "错误".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def project_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-C`` and ``--lang``, hand over a :class:`Call`, and turn our exceptions into findings and exit codes."""

    @click.option("-C", "directory", metavar="DIR", help="门户所在文件夹 Folder of the portal.")
    @click.option("--lang", type=click.Choice(["zh", "en"]), help="信息语言 Language of messages.")
    @click.pass_context
    @wraps(function)
    def run(ctx: click.Context, /, directory: str | None, lang: str | None, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        shared = ctx.obj or {}
        call = Call(
            Path(directory or shared.get("directory", ".")),
            language(lang or shared.get("lang"), encoding=sys.stdout.encoding),
        )
        try:
            if not call.directory.is_dir():
                raise UsageError(
                    f"没有文件夹 {call.directory}" if call.lang == "zh" else f"there is no folder {call.directory}"
                )
            function(call, **options)
        except ProjectError as error:
            print_findings(error.diagnostics, call, {})
            leave(FAILED)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from None

    return run


def leave(code: int) -> NoReturn:
    """End with an exit code."""
    raise SystemExit(code)


def print_findings(diagnostics: Iterable[Diagnostic], call: Call, sources: Mapping[str, str]) -> None:
    """Findings as text on standard output."""
    from gxsite.base.printing import text

    found = tuple(diagnostics)
    if found:
        plain = not text.can_frame(sys.stdout.encoding or "ascii")
        click.echo(text.render(found, sources, call.lang, color=wants_color(), ascii_only=plain), nl=False)


def paths_of(diagnostics: Iterable[Diagnostic]) -> set[str]:
    """The files that findings speak of."""
    return {place.path for d in diagnostics for place in (d.place, *(label.place for label in d.labels))}


def wants_color() -> bool:
    """Whether standard output is a terminal that takes colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def print_summary(diagnostics: Iterable[Diagnostic], call: Call) -> None:
    """The closing line."""
    from gxsite.base.printing import count
    from gxsite.base.printing.closing import summary

    click.echo(summary(count(diagnostics), call.lang), nl=False)


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool) -> int:
    """0 without an error, 1 with one; with ``strict`` a warning counts as an error."""
    heavy = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return FAILED if any(d.severity in heavy for d in diagnostics) else CLEAN
