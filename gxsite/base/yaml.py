"""YAML with respect for what was written: no guessing of types, no lost key, every value with its place.

Built from the parser's events alone, so nothing that the file says can make it run long, nest deep or expand:
aliases, anchors, tags and merge keys are refused, depth and event count are limited. After a syntax error the
line at fault is set aside and reading goes on, so that one run names all problems of a file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Outcome, Phrase, Place, Span, phrase
from gxsite.base.nodes import Entry, Mapping, Node, Scalar, Sequence, is_blank
from gxsite.base.plain import read_plain
from gxsite.base.text import Text

if TYPE_CHECKING:
    import yaml

__all__ = ["Entry", "Mapping", "Node", "Scalar", "Sequence", "is_blank", "read_yaml"]

MAX_DEPTH = 20
MAX_EVENTS = 20_000
MAX_REPAIRS = 12
MAX_EVENTS_IN_ALL = 3 * MAX_EVENTS  # over all readings of a damaged file


class Marked(Protocol):
    """A mark of either of the parser's two implementations."""

    line: int
    column: int


def read_yaml(text: Text, first: int = 1, last: int | None = None) -> Outcome[Mapping]:
    """The mapping written in lines ``first`` to ``last`` of a file (1-based, both included)."""
    lines = text.lines[first - 1 : last]
    plain = read_plain(lines, first)
    return Outcome(plain) if plain else _Reader(text.path, lines, first).read()


@cache
def _parser() -> Any:
    """The parser, imported where it is first needed: that takes longer than to read a hundred plain files.

    Kept, because a second import, after somebody took the first away, would know none of the first one's events.
    """
    import yaml

    return yaml


class _Stop(Exception):
    """Reading cannot go on; the finding says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


_FULL_COLON = re.compile(r"^(\s*(?:- )?[a-z_][a-z0-9_.]*)\s*：\s*")
_FULL_COLON_ANY = re.compile(r"^(\s*(?:- )?[^\s:：#\[\]{}\"']{1,60})：")
_HASH_GLUED = re.compile(r"\s*#[^\s#]")
_NUMBER_LIKE = re.compile(r"[-+0-9０-９.,，多余约近万亿]+")
_ENTRY = re.compile(r" *(?:- |[^#]*:(?:[ \t]|$))")
_OPENS = re.compile(r":\s*(?:#.*)?$")
_ODD_SPACE = {"\t": "Tab", "\u3000": "U+3000", "\xa0": "U+00A0"}
_TOO_DEEP = "exceeded maximum nesting depth"  # newer parsers look far ahead, and have a limit of their own
_BARE_DASH = re.compile(r"^(\s*[^\s#:]+:\s*)-\s*(?:#.*)?$")


class _Reader:
    """One reading of one stretch of lines; lives only inside :func:`read_yaml`."""

    def __init__(self, path: str, lines: list[str], first: int) -> None:
        self.path = path
        self.first = first
        self.lines = lines
        self.found: list[Diagnostic] = []
        self.shifts: dict[int, int] = {}
        self.damaged = False
        self.again = False
        self.events = 0
        self.traps = {row for row, line in enumerate(lines) if "#" in line or "：" in line}

    def read(self) -> Outcome[Mapping]:
        parser = _parser()
        for _ in range(MAX_REPAIRS):
            if self.events > MAX_EVENTS_IN_ALL:
                break
            mark = len(self.found)
            try:
                node = self._compose()
            except _Stop as stop:
                self.found.append(stop.diagnostic)
                break
            except (parser.MarkedYAMLError, parser.reader.ReaderError) as error:
                if self._mended_since(mark):
                    continue
                del self.found[mark:]
                self.damaged = True
                if isinstance(error, parser.MarkedYAMLError):
                    if error.problem == _TOO_DEEP:
                        self._add("GX108", self._gave_up(error), what=phrase("limit.depth"), limit=MAX_DEPTH)
                    elif self._set_aside(error):
                        continue
                else:
                    self._add("GX102", Span(self.first, 1, self.first, 1), problem=phrase("yaml.reader"))
                break
            if self._mended_since(mark):
                continue
            if isinstance(node, Mapping):
                return Outcome(Mapping(node.entries, node.span, self.damaged or self._said_error()), tuple(self.found))
            if not is_blank(node) and not self._mend_colons(1, len(self.lines)):
                self._add("GX113", node.span)
            elif not is_blank(node):
                continue
            break
        nothing = Span(self.first, 1, self.first, 1)
        return Outcome(Mapping((), nothing, damaged=bool(self.found)), tuple(self.found))

    def _mended_since(self, mark: int) -> bool:
        """Whether a line was mended after it had been read: all is read once more, only what was mended is kept."""
        if not self.again:
            return False
        self.again = False
        self.found[mark:] = [d for d in self.found[mark:] if d.code == "GX104"]
        return True

    def _said_error(self) -> bool:
        return any(d.severity == "error" for d in self.found)

    # -- from events to nodes ---------------------------------------------------------------------------------

    def _compose(self) -> Node:
        """One node from all events; an explicit stack, so depth costs no recursion."""
        parser = _parser()
        stack: list[tuple[yaml.CollectionStartEvent, list[Node]]] = []
        nodes: list[Node] = []
        documents, limit = 0, self.events + MAX_EVENTS + 1
        source = "\n".join(self.lines) + "\n"
        for count, event in enumerate(parser.parse(source, Loader=parser.CSafeLoader), self.events + 1):
            self.events = count
            if count > limit:
                raise _Stop(self._finding("GX108", self._span(event), what=phrase("limit.events"), limit=MAX_EVENTS))
            if isinstance(event, parser.ScalarEvent):
                nodes.append(self._scalar(event))
            elif isinstance(event, parser.CollectionStartEvent):
                self._refuse(event)
                if len(stack) >= MAX_DEPTH:
                    raise _Stop(self._finding("GX108", self._span(event), what=phrase("limit.depth"), limit=MAX_DEPTH))
                stack.append((event, nodes))
                nodes = []
            elif isinstance(event, parser.CollectionEndEvent):
                start, outer = stack.pop()
                span = self._extent(start, event, nodes)
                sequence = isinstance(event, parser.SequenceEndEvent)
                outer.append(Sequence(tuple(nodes), span) if sequence else self._mapping(nodes, span))
                nodes = outer
            elif isinstance(event, parser.AliasEvent):
                span = self._span(event)
                self._add("GX107", span, what=phrase("yaml.alias"))
                nodes.append(Scalar("", False, span))
            elif isinstance(event, parser.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(self._finding("GX102", self._span(event), problem=phrase("yaml.documents")))
        return nodes[-1] if nodes else Scalar("", True, Span(self.first, 1, self.first, 1))

    def _refuse(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._add("GX107", self._span(event), what=phrase("yaml.anchor"))
        elif event.tag is not None:
            self._add("GX107", self._span(event), what=phrase("yaml.tag"))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._refuse(event)
        span = self._span(event)
        plain = not event.style
        if plain:
            self._look_after(event, span)
        return Scalar(event.value, plain, span)

    def _extent(self, start: yaml.CollectionStartEvent, end: yaml.CollectionEndEvent, items: list[Node]) -> Span:
        """The place of a collection; the end of a block is noticed only where the next begins."""
        first = self._span(start)
        last = items[-1].span if items and not start.flow_style else self._span(end)
        return Span(first.line, first.column, last.end_line, last.end_column)

    def _mapping(self, items: list[Node], span: Span) -> Mapping:
        """Keys and values in turn; what is no key of its own is left out."""
        entries: dict[str, Entry] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._add("GX113", key.span)
            elif key.plain and key.value[:1] in _ODD_SPACE:
                self._add("GX111", key.span, character=_ODD_SPACE[key.value[0]])
            elif key.value in entries:
                first_key = entries[key.value].key.span
                self._add("GX103", key.span, key=key.value, line=first_key.line)
            elif key.value == "<<" and key.plain:
                self._add("GX107", key.span, what=phrase("yaml.merge"))
            else:
                entries[key.value] = Entry(key, value)
        return Mapping(tuple(entries.values()), span)

    def _look_after(self, event: yaml.ScalarEvent, span: Span) -> None:
        """Find words that YAML takes for a comment, and lines that it folds into the value before them."""
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, indent = event.start_mark.line, event.start_mark.column
        row, column = event.end_mark.line, event.end_mark.column
        if self.traps.isdisjoint(range(start, row + 1)):
            return
        rest = self.lines[row][column:] if row < len(self.lines) else ""
        if _HASH_GLUED.match(rest) and not (event.value and _NUMBER_LIKE.fullmatch(event.value)):
            at, line = column + rest.index("#"), self.first + row
            span = Span(line, self._at(row, at), line, self._at(row, column + len(rest.rstrip())))
            self._add("GX105", span, text=rest.strip())
        begins_its_line = start < len(self.lines) and not self.lines[start][:indent].strip()
        rows = [line for line in range(start, min(row + 1, len(self.lines))) if self.lines[line].strip()]
        keys = [match for line in rows if (match := _FULL_COLON.match(self.lines[line]))]
        if begins_its_line and keys and len(keys) == len(rows):  # prose may have such a line, a table has no other
            for line, match in zip(rows, keys, strict=True):
                self._full_colon(line, match)
            self.again = True

    # -- after a syntax error ---------------------------------------------------------------------------------

    def _gave_up(self, error: yaml.MarkedYAMLError) -> Span:
        """The character at which the parser gave up."""
        row, column = self._point(error.problem_mark) if error.problem_mark else (0, 0)
        line, start = self.first + row, self._at(row, column)
        return Span(line, start, line, start + 1)

    def _set_aside(self, error: yaml.MarkedYAMLError) -> bool:
        """Name the error, take its line (and the lines nested under it) out of the way; False if nothing is left."""
        mark, context = error.problem_mark, error.context_mark
        problem = _PROBLEMS.get(error.problem or "", "yaml.other")
        row = min(mark.line if mark else 0, len(self.lines) - 1)
        blamed = self._swallowing(row) if error.problem in _SWALLOWED else row
        near = min(context.line, row) if context and problem == "yaml.no_colon" else blamed
        levels = {_indent(self.lines[at]) for at in (row, near)}  # deeper lines are prose of a value above
        if self._mend_colons(near + 1, row + 1, levels):
            return True
        while row > 0 and not self.lines[row].strip():
            row -= 1
        column = mark.column if mark and mark.line == row else 0
        if context and problem in _OPENED_BEFORE:
            row, column = context.line, context.column
        if blamed < row:
            row, column, problem = blamed, _indent(self.lines[blamed]), "yaml.no_colon"
        self.found.append(self._explain(row, column, phrase(problem, detail=error.problem or "")))
        self._blank_out(row)
        return any(line.strip() for line in self.lines)

    def _swallowing(self, row: int) -> int:
        """The line above that lacks its colon, so that this one was read as its continuation; else this one."""
        first = row
        for above in range(row - 1, -1, -1):
            line = self.lines[above]
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if _indent(line) < _indent(self.lines[row]) and line.rstrip().endswith("："):
                return above
            if _indent(line) != _indent(self.lines[row]) or _ENTRY.match(line):
                return first if _OPENS.search(line) else row
            first = above
        return first

    def _explain(self, row: int, column: int, problem: Phrase) -> Diagnostic:
        line = self.lines[row]
        number = self.first + row
        dash = _BARE_DASH.match(line)
        if dash:
            at = len(dash[1])
            return self._finding("GX112", Span(number, self._at(row, at), number, self._at(row, at + 1)))
        indent = line[: _indent(line)]
        odd = next((name for space, name in _ODD_SPACE.items() if space in indent), None)
        if odd:
            return self._finding("GX111", Span(number, 1, number, len(indent) + 1), character=odd)
        end = max(1, len(line.rstrip()))
        start = min(column, end - 1)
        return self._finding("GX102", Span(number, self._at(row, start), number, self._at(row, end)), problem=problem)

    def _blank_out(self, row: int) -> None:
        indent = _indent(self.lines[row])
        self.lines[row] = ""
        for below in range(row + 1, len(self.lines)):
            if self.lines[below].strip() and _indent(self.lines[below]) <= indent:
                break
            self.lines[below] = ""

    def _mend_colons(self, first: int, last: int, levels: set[int] | None = None) -> bool:
        """Read ``key：value`` as ``key: value`` in lines (1-based here) of these indents; whether there was one."""
        mended = False
        for row in range(first - 1, min(last, len(self.lines))):
            match = _FULL_COLON_ANY.match(self.lines[row])
            if match and (levels is None or _indent(self.lines[row]) in levels):
                self._full_colon(row, match)
                mended = True
        return mended

    def _full_colon(self, row: int, match: re.Match[str]) -> None:
        line, at = self.lines[row], match.end(1)
        at = line.index("：", at)
        number = self.first + row
        self._add("GX104", Span(number, at + 1, number, at + 2), key=match[1].strip())
        self.damaged = True
        self.lines[row] = f"{line[:at]}: {line[at + 1 :]}"
        self.shifts[row] = at

    # -- places -----------------------------------------------------------------------------------------------

    def _span(self, event: yaml.Event) -> Span:
        """The place of an event, which never reaches beyond the last character of a line or of the file."""
        assert event.start_mark is not None  # only hand-made events lack marks
        assert event.end_mark is not None
        start, end = event.start_mark, event.end_mark
        row, column, behind = start.line, start.column, end.column
        if row == end.line and row < len(self.lines) and not self.shifts:  # nearly always, and then it is simple
            line = self.lines[row]
            if behind <= len(line) and line[column:behind].strip():
                return Span(self.first + row, column + 1, self.first + row, behind + 1)
        first, last = self._point(start), self._point(end)
        while last > first and not self.lines[last[0]][: last[1]].strip():  # a block ends where the next line begins
            last = (last[0] - 1, len(self.lines[last[0] - 1].rstrip())) if last[0] > first[0] else first
        return Span(self.first + first[0], self._at(*first), self.first + last[0], self._at(*last))

    def _point(self, mark: Marked) -> tuple[int, int]:
        """Row and column of a mark, counted from 0; the parser's last one lies behind the last line."""
        if mark.line < len(self.lines):
            return mark.line, min(mark.column, len(self.lines[mark.line]))
        return (len(self.lines) - 1, len(self.lines[-1])) if self.lines else (0, 0)

    def _at(self, row: int, column: int) -> int:
        """The 1-based column in the file of a 0-based one in a line that may have been mended."""
        shift = self.shifts.get(row)
        return column + 1 - (shift is not None and column > shift)

    def _finding(self, code: str, span: Span, **facts: Fact) -> Diagnostic:
        return diagnose(code, Place(self.path, span), **facts)

    def _add(self, code: str, span: Span, **facts: Fact) -> None:
        self.found.append(self._finding(code, span, **facts))


# Errors that a line makes which a line above, without its colon, has drawn into its value.
_SWALLOWED = ("mapping values are not allowed in this context", "did not find expected <document start>")
# Errors that are noticed far below the line where they began.
_OPENED_BEFORE = ("yaml.no_colon", "yaml.list_open", "yaml.mapping_open", "yaml.quote_open")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_PROBLEMS = {
    "mapping values are not allowed in this context": "yaml.colon",
    "found character that cannot start any token": "yaml.character",
    "block sequence entries are not allowed in this context": "yaml.dash",
    "could not find expected ':'": "yaml.no_colon",
    "did not find expected ',' or ']'": "yaml.list_open",
    "did not find expected ',' or '}'": "yaml.mapping_open",
    "found unexpected end of stream": "yaml.quote_open",
    "did not find expected key": "yaml.indent",
    "did not find expected '-' indicator": "yaml.indent",
    "did not find expected node content": "yaml.value",
    "found unknown escape character": "yaml.escape",
    "did not find expected hexdecimal number": "yaml.escape",
    "did not find expected alphabetic or numeric character": "yaml.value",
    "did not find expected whitespace or line break": "yaml.value",
    "did not find expected comment or line break": "yaml.value",
    "did not find expected <document start>": "yaml.indent",
}
