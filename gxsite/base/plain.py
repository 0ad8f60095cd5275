"""The plainest YAML, read line by line: most files hold nothing else, and need no whole parser.

Only lines of ``key: value`` are read, nested by their indent: one-line values with or without quotes, flat lists of
words and figures, comments. Any other text goes to the full reader as a whole. So there are no findings here, and of
what is read both readers make the same values at the same places.

A mapping of figures only, as the tables of reports are, is read in one go and not line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence as Items
from typing import NamedTuple

from gxsite.base.diagnostic import Span
from gxsite.base.nodes import Entry, Figures, Mapping, Node, Scalar, Sequence

# Far below the limits of the full reader: no character makes two of its events, and a level takes a line.
MAX_CHARACTERS = 10_000
MAX_LEVELS = 8
MAX_KEY = 100

_LINE = re.compile(r"( *+)(\w[\w.-]*+(?::[\w.-]++)*+):(?: ++([^ #][^#]*+))?+ *+(?:(?<= )#(?: .*)?)?")
_NOTHING = re.compile(r" *+(?:#.*)?")
_ITEM = re.compile(r"[\w~/—][\w~/—.+%（）《》“”、-]*+")
_LIST = re.compile(rf"\[ *+{_ITEM.pattern}(?: *+, *+{_ITEM.pattern})*+ *+\]")
_QUOTED = re.compile(r"\"[^\"\\]*+\"|'[^']*+'")
# A mapping of figures below a key of the first level: its lines, and in each what stands there of a comment or not.
_BEHIND = r" *+(?:(?<= )#(?: [^\n]*+)?)?\n"
_WORD = r"(?:[0-9]++(?:\.[0-9]++)?+|~)"
_WORDS = rf"{_WORD}|\[ *+{_WORD}(?: *+, *+{_WORD})*+ *+\]"
_PART = r" ++", r"\w[\w.-]*+", r" ++", _WORDS  # the indent, the name, the gap behind its colon, the word
_NO_FIGURE = r" *+(?:#[^\n]*+)?\n"
# No group that is captured: inside what is matched possessively, Python 3.11 loses track of them.
_FIGURE = "{}{}:{}(?:{})".format(*_PART) + _BEHIND
_NAMED = re.compile(rf"^\w[\w.-]*+:{_BEHIND}(?:{_FIGURE}|{_NO_FIGURE})++(?=[^ ]|\Z)", re.M)
_FIGURES = re.compile("({})({}):({})({})".format(*_PART) + rf"{_BEHIND}|{_NO_FIGURE}")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")  # what no value without quotes begins with

_new = tuple.__new__  # makes a named tuple in half the time


class _Line(NamedTuple):
    """One ``key: value``; no value if nothing stands behind the colon, or only lines with a deeper indent."""

    indent: int
    key: Scalar
    value: Node | None


class _NotPlain(Exception):
    """The text needs the full reader."""


def read_plain(lines: list[str], first: int) -> Mapping | None:
    """The mapping in some lines, of which the first has the number ``first``; None if they are not that plain."""
    text = "".join(lines)
    if len(text) > MAX_CHARACTERS or not text.isprintable():  # what is printable has no space but U+0020
        return None
    try:
        written = list(_lines(lines, first, _figures(lines, first)))
        mapping, end = _mapping(written, 0, 1) if written else (None, 0)
    except _NotPlain:
        return None
    return mapping if end == len(written) else None


def _figures(lines: list[str], first: int) -> dict[int, tuple[int, Mapping]]:
    """The mappings of figures by the line of their key, each with the number of lines below it."""
    text, found, line, end = "\n".join((*lines, "")), {}, first, 0
    for block in _NAMED.finditer(text):
        line += text.count("\n", end, block.start())
        end = block.start()
        rows = _FIGURES.findall(text, text.index("\n", end) + 1, block.end())
        numbers: Items[int] = range(line + 1, line + 1 + len(rows))
        written = [row for row in rows if row[1]]
        if not written:
            continue
        if len(written) < len(rows):
            numbers = [number for number, row in zip(numbers, rows, strict=True) if row[1]]
        indents, names, gaps, words = zip(*written, strict=True)
        indent = len(indents[0])
        if len(set(indents)) > 1 or len(set(names)) < len(names) or max(map(len, names)) >= MAX_KEY:
            continue
        columns = [indent + 2 + len(name) + len(gap) for name, gap in zip(names, gaps, strict=True)]
        span = Span(numbers[0], indent + 1, numbers[-1], columns[-1] + len(words[-1]))
        found[line] = len(rows), Mapping(Figures(names, words, numbers, columns, indent), span)
    return found


def _lines(lines: list[str], first: int, figures: dict[int, tuple[int, Mapping]]) -> Iterator[_Line]:
    known = 0  # the last line of a mapping that is read already
    for number, line in enumerate(lines, first):
        if number <= known:
            continue
        match = _LINE.fullmatch(line)
        if match:
            space, name, written = match.groups()
            indent = len(space)
            end = indent + len(name) + 1
            if end - indent > MAX_KEY:
                raise _NotPlain
            key = _new(Scalar, (name, True, _new(Span, (number, indent + 1, number, end))))
            value: Node | None = None
            if written and written.isdecimal():  # as most are
                start = match.start(3) + 1
                value = _new(Scalar, (written, True, _new(Span, (number, start, number, start + len(written)))))
            elif written:
                value = _value(written, number, match.start(3))
            elif number in figures:
                below, value = figures[number]
                known = number + below
            yield _new(_Line, (indent, key, value))
        elif not _NOTHING.fullmatch(line):
            raise _NotPlain


def _value(written: str, line: int, start: int) -> Node:
    """The value that begins at an offset of a line."""
    raw = written.rstrip()
    span = _new(Span, (line, start + 1, line, start + len(raw) + 1))
    if raw[0] not in _INDICATORS:
        if ": " in raw or raw[-1] == ":":
            raise _NotPlain
        return _new(Scalar, (raw, True, span))
    if _QUOTED.fullmatch(raw):
        return _new(Scalar, (raw[1:-1], False, span))
    if not _LIST.fullmatch(raw):
        raise _NotPlain
    before = start + 1
    items = tuple(
        _new(Scalar, (item[0], True, _new(Span, (line, before + item.start(), line, before + item.end()))))
        for item in _ITEM.finditer(raw)
    )
    return _new(Sequence, (items, span))


def _mapping(lines: list[_Line], at: int, level: int) -> tuple[Mapping, int]:
    """The mapping that begins with a line, and the number of the first line behind it."""
    entries: dict[str, Entry] = {}
    begin, indent = lines[at].key.span, lines[at].indent
    end = begin
    while at < len(lines):
        here, key, value = lines[at]
        if here < indent:
            break
        if here > indent or key.value in entries or level > MAX_LEVELS:
            raise _NotPlain
        at += 1
        if value is None:
            if at < len(lines) and lines[at].indent > indent:
                value, at = _mapping(lines, at, level + 1)
            else:
                behind = key.span.end_column + 1
                value = Scalar("", True, Span(key.span.line, behind, key.span.line, behind))
        end = value.span
        entries[key.value] = _new(Entry, (key, value))
    return Mapping(tuple(entries.values()), Span(begin.line, begin.column, end.end_line, end.end_column)), at
