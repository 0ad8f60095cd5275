"""Lines of a source file with the places of a finding underlined, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gxsite.base.diagnostic import Span
from gxsite.base.width import display_width, visible

TAB = 4
LEAST_ROOM = 20

DIM, BOLD, BLUE = "2", "1", "34"


class Frame(NamedTuple):
    """The signs around an excerpt."""

    corner: str
    branch: str
    bar: str
    primary: str
    secondary: str
    foot: str
    ellipsis: str


LINES = Frame("╭▸", "├▸", "│", "━", "─", "╰", "…")
ASCII = Frame("-->", "-->", "|", "^", "-", "=", "...")


class Mark(NamedTuple):
    """A stretch to underline, with a remark behind the underline; one mark of a finding is the primary one."""

    span: Span
    text: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How excerpts are drawn: signs, SGR code of the severity, whether to colour, columns."""

    frame: Frame
    tone: str
    color: bool
    ambiguous: int
    width: int

    def ink(self, text: str, sgr: str) -> str:
        """The text in a colour, if colours are on."""
        return f"\x1b[{sgr}m{text}\x1b[0m" if self.color and text and sgr else text

    def columns(self, text: str) -> int:
        """The columns of a text on this terminal."""
        return display_width(text, self.ambiguous)

    def margin(self, gutter: int, number: int | None = None) -> str:
        """What stands left of an excerpt: a line number or nothing, and the bar."""
        shown = "" if number is None else str(number)
        return self.ink(f"{shown:>{gutter}} {self.frame.bar}", DIM)


def excerpt(lines: Sequence[str], marks: Sequence[Mark], gutter: int, look: Look) -> list[str]:
    """The marked lines in line order, each followed by its underlines; a gap stands for lines left out.

    ``lines`` are all lines of the file and hold every mark; ``gutter`` is the width of the largest line number.
    A mark over several lines is underlined on its first.
    """
    out: list[str] = []
    last = 0
    for number, group in groupby(sorted(marks, key=_reading_order), key=lambda m: m.span.line):
        if out and number > last + 1:
            out.append(f"{look.margin(gutter)} {look.frame.ellipsis}")
        out += _marked_line(lines[number - 1], list(group), gutter, look)
        last = number
    return out


def _reading_order(mark: Mark) -> tuple[int, bool, Span]:
    return (mark.span.line, not mark.primary, mark.span)


class _Glyph(NamedTuple):
    """One code point as drawn."""

    text: str
    width: int


def _marked_line(line: str, marks: Sequence[Mark], gutter: int, look: Look) -> list[str]:
    """A line and its underlines; marks too far apart for one row get a row each."""
    room = max(LEAST_ROOM, look.width - look.columns(f"{'':>{gutter}} {look.frame.bar} "))
    reaches = [_reach(m.span, line) for m in marks]
    low, high = min(a for a, _ in reaches), max(b for _, b in reaches)
    # A body may be one line of megabytes: only the neighbourhood is ever looked at.
    high = min(high, low + 2 * room)
    apart = sum(g.width for g in _glyphs(line[low:high], look)) > room - 2 * look.columns(look.frame.ellipsis)
    if apart and len(marks) > 1:
        return [row for mark in marks for row in _marked_line(line, [mark], gutter, look)]
    start = max(0, low - 2 * room)
    glyphs = _glyphs(line[start : high + 2 * room], look)
    whole = len(glyphs) == len(line) and sum(g.width for g in glyphs) <= room
    first, last = (0, len(glyphs)) if whole else _window(glyphs, low - start, high - start, room, look)
    before = look.frame.ellipsis if start + first > 0 else ""
    after = look.frame.ellipsis if start + last < len(line) else ""
    placed = [(m, max(a - start, first), min(b - start, last)) for m, (a, b) in zip(marks, reaches, strict=True)]
    text = before + _inked(glyphs, first, last, placed, look) + after
    margin = look.margin(gutter, marks[0].span.line)
    rows = [f"{margin} {text}" if line.strip() else margin]
    for mark, a, b in placed:
        offset = look.columns(before) + sum(g.width for g in glyphs[first:a])
        length = max(1, sum(g.width for g in glyphs[a:b]))
        rows.append(f"{look.margin(gutter)} {' ' * offset}{_underline(mark, length, look)}")
    return rows


def _reach(span: Span, line: str) -> tuple[int, int]:
    """What a span covers of its first line, as code points from 0; never beyond the line."""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    return start, max(start, min(end, len(line)))


def _glyphs(piece: str, look: Look) -> list[_Glyph]:
    """The code points as drawn: tabs as spaces, hidden characters written out."""
    glyphs = []
    column = 0
    for char in piece:
        text = " " * (TAB - column % TAB) if char == "\t" else visible(char)
        glyphs.append(_Glyph(text, look.columns(text)))
        column += glyphs[-1].width
    return glyphs


def _window(glyphs: Sequence[_Glyph], low: int, high: int, room: int, look: Look) -> tuple[int, int]:
    """The glyphs that fit between two ellipses: from the head of the line, or else around the span."""
    spare = room - 2 * look.columns(look.frame.ellipsis)
    from_head = sum(g.width for g in glyphs[:high]) <= spare
    first = last = 0 if from_head else low
    while last < high and glyphs[last].width <= spare:
        spare -= glyphs[last].width
        last += 1
    grown = True
    while grown:
        grown = False
        if first > 0 and glyphs[first - 1].width <= spare:
            first -= 1
            spare -= glyphs[first].width
            grown = True
        if last < len(glyphs) and glyphs[last].width <= spare:
            spare -= glyphs[last].width
            last += 1
            grown = True
    return first, last


def _inked(glyphs: Sequence[_Glyph], first: int, last: int, placed: Sequence[tuple[Mark, int, int]], look: Look) -> str:
    """The glyphs of the window; the marked ones stand out even where a terminal draws underlines askew."""
    tones = [""] * len(glyphs)
    for mark, a, b in sorted(placed, key=lambda item: item[0].primary):
        tones[a:b] = [f"{BOLD};4;{look.tone}" if mark.primary else BOLD] * max(0, b - a)
    runs = groupby(range(first, last), key=tones.__getitem__)
    return "".join(look.ink("".join(glyphs[i].text for i in run), tone) for tone, run in runs)


def _underline(mark: Mark, length: int, look: Look) -> str:
    sign = look.frame.primary if mark.primary else look.frame.secondary
    tone = f"{BOLD};{look.tone}" if mark.primary else BLUE
    text = f" {mark.text}" if mark.text else ""
    return look.ink(sign * length + text, tone)
