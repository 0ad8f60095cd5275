"""Findings for a reader at a terminal: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gxsite.base.catalogue import Language, help_lines, message, say
from gxsite.base.diagnostic import START, Diagnostic, Severity, Span
from gxsite.base.printing import Sources
from gxsite.base.printing.excerpt import ASCII, BOLD, DIM, LINES, Look, Mark, excerpt
from gxsite.base.width import visible


class _Words(NamedTuple):
    severity: dict[Severity, str]
    colon: str
    help: str
    semicolon: str


_WORDS: dict[Language, _Words] = {
    "zh": _Words({Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}, "：", "帮助：", "；"),
    "en": _Words({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}, ": ", "help: ", "; "),
}
_TONES = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Sources,
    lang: Language,
    *,
    color: bool,
    ambiguous_width: int = 1,
    ascii_only: bool = False,
    width: int = 100,
) -> str:
    """The findings in the order given, a blank line between them; empty if there are none.

    ``color`` adds ANSI colours, which are the only control characters in the output besides newlines: whatever a file
    holds is printed visibly. ``ambiguous_width`` is explained in ``gxsite.base.width``. ``ascii_only`` draws the frame
    with ASCII signs (see ``can_frame``). Excerpts are cut to ``width`` columns; messages are left to the terminal.
    """
    frame = ASCII if ascii_only else LINES
    if ambiguous_width == 2:
        # There ━ and ─ are as wide as two digits, too coarse to point at one.
        frame = frame._replace(primary=ASCII.primary, secondary=ASCII.secondary)
    findings = tuple(diagnostics)
    named = {place.path for d in findings for place in (d.place, *(label.place for label in d.labels))}
    lines = {path: sources[path].split("\n") for path in named & sources.keys()}
    blocks = []
    for diagnostic in findings:
        look = Look(frame, _TONES[diagnostic.severity], color, ambiguous_width, width)
        blocks.append("".join(f"{line}\n" for line in _block(diagnostic, lines, lang, look)))
    return "\n".join(blocks)


def can_frame(encoding: str) -> bool:
    """Whether an encoding has all signs of the frame; if not, ``render`` wants ``ascii_only``."""
    try:
        "".join(LINES).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _block(diagnostic: Diagnostic, lines: dict[str, list[str]], lang: Language, look: Look) -> list[str]:
    """One finding, line by line."""
    marks = _marks(diagnostic, lang)
    shown = {path: [m for m in found if _stands(m, lines.get(path))] for path, found in marks.items()}
    gutter = max((len(str(m.span.line)) for found in shown.values() for m in found), default=1)
    out = [_head(diagnostic, lang, look)]
    for path, found in marks.items():
        own = path == diagnostic.place.path
        lost = [m for m in found if m not in shown[path]]
        if own:
            said = next((f" {mark.text}" for mark in lost if mark.primary and mark.text), "")
            out.append(_where(look.frame.corner, path, diagnostic.place.span, gutter, look) + said)
        elif shown[path]:
            out.append(_where(look.frame.branch, path, shown[path][0].span, gutter, look))
        out += excerpt(lines.get(path, ()), shown[path], gutter, look)
        for mark in lost:
            if mark.text and not mark.primary:
                out.append(f"{_where(look.frame.branch, path, mark.span, gutter, look)} {mark.text}")
    return out + _foot(help_lines(diagnostic, lang), lang, gutter, look)


def _marks(diagnostic: Diagnostic, lang: Language) -> dict[str, list[Mark]]:
    """What to underline, by file, the finding's own file first; a remark on the very place goes to its underline."""
    own = [visible(say(label.text, lang)) for label in diagnostic.labels if label.place == diagnostic.place]
    primary = Mark(diagnostic.place.span, _WORDS[lang].semicolon.join(own), primary=True)
    marks = {diagnostic.place.path: [primary]}
    for label in diagnostic.labels:
        if label.place != diagnostic.place:
            mark = Mark(label.place.span, visible(say(label.text, lang)))
            marks.setdefault(label.place.path, []).append(mark)
    return marks


def _stands(mark: Mark, lines: Sequence[str] | None) -> bool:
    """Whether there is a line to show; a finding about a file as a whole has none."""
    return lines is not None and mark.span != START and mark.span.line <= len(lines)


def _head(diagnostic: Diagnostic, lang: Language, look: Look) -> str:
    words = _WORDS[lang]
    kind = look.ink(f"{words.severity[diagnostic.severity]}[{diagnostic.code}]", f"{BOLD};{look.tone}")
    return kind + look.ink(f"{words.colon}{visible(message(diagnostic, lang))}", BOLD)


def _where(sign: str, path: str, span: Span, gutter: int, look: Look) -> str:
    return f"{'':>{gutter}} {look.ink(sign, DIM)} {visible(path)}:{span.line}:{span.column}"


def _foot(help_: Sequence[str], lang: Language, gutter: int, look: Look) -> list[str]:
    """The ways out; the first has the label, the others stand below its text."""
    label = _WORDS[lang].help
    indent = " " * (gutter + 1 + look.columns(f"{look.frame.foot} {label}"))
    first = f"{'':>{gutter}} {look.ink(look.frame.foot, DIM)} {look.ink(label, BOLD)}"
    return [f"{indent if i else first}{visible(line)}" for i, line in enumerate(help_)]
