"""A Markdown body: what it quotes from the table, where it links, and whether it is safe to convert."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import accumulate

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Outcome, Place, Span, phrase
from gxsite.base.text import Text
from gxsite.model.report import Body, Link, Quote

MAX_BODY = 2 * 1024 * 1024
# Beyond these numbers the conversion needs time that grows with the square of the input, or a call per level.
MAX_OPEN = 100
MAX_OPEN_IN_ALL = 1000
MAX_LEVELS = 20
MAX_TICKS = 1000
MAX_INLINE_IN_ALL = 10_000
# Signs of which each costs a pass over its whole block.
_COSTLY = ("&", "\\", "*", "_", "<")
MAX_NOTES = 400
FEW = min(MAX_OPEN, MAX_TICKS // 10, MAX_NOTES)  # so many of any sign or line reach no limit

# No pattern may look far ahead from many starts: spaces beside a lazy group, or two open ends, cost the square.
_QUOTE = re.compile(r"(\\?)\{\{(?:([^{}\n]*)\}\})?")
_TICKS = re.compile(r"(\\*)(`+)")
_TARGET = r"(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()<>]*\))+))"
_INLINE = re.compile(rf"\]\(\s*{_TARGET}")
_REFERENCE = re.compile(rf"^ {{0,3}}\[[^\]^][^\]\n]*\]:\s*{_TARGET}", re.M)
_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*?\b(?:href|src)\s*=\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s\"'<>=`]+))")
# A sign that Markdown, or HTML, has written otherwise: \\_ and &amp;.
_CODED = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
_IN_HTML = re.compile(_CODED)
_IN_MARKDOWN = re.compile(rf"\\[!-/:-@\[-`{{-~]|{_CODED}")
_LIST_ITEM = re.compile(r"\s{0,3}(?:[-*+]|[0-9]+[.)])\s|\s{0,3}:\s|\s{0,3}\[\^[^\]]+\]:")
_LEVEL = r"(?:\s*(?:>|[-*+]\s|[0-9]+\.\s))"
_TOO_NESTED = re.compile(f"{_LEVEL}{{{MAX_LEVELS + 1}}}")
_HEADING = re.compile(r"^#(?!#)(.*)$", re.M)
_UNDERLINED = re.compile(r"^(\S[^\n]*)(?=\n=+[ \t]*$)", re.M)


def read_body(text: Text, first: int) -> Outcome[Body]:
    """The body that begins at line ``first`` of a file."""
    lines = text.lines[first - 1 :]
    body = "\n".join(lines)
    size = len(body.encode())
    if size > MAX_BODY:
        place = Place(text.path, Span(first, 1, first, 2))
        return Outcome(Body(), (diagnose("GX109", place, size=size, limit=MAX_BODY),))
    found = [] if _is_tame(body, lines) else list(_hostile(text.path, lines, first))
    if found:
        return Outcome(Body(body, first=first), tuple(found))
    masked = _mask_code(body, lines)
    here = _Places(text.path, lines, first)
    quotes = tuple(
        _quote(m, here.at(m.start(), m.end())) for m in _find(_QUOTE, "{{", masked) if m[1] or m[2] is not None
    )
    links = [
        Link(
            _meant(next(g for g in m.groups() if g is not None), coded),
            here.at(m.start(m.lastindex or 0), m.end(m.lastindex or 0)),
        )
        for pattern, sign, coded in (
            (_INLINE, "](", _IN_MARKDOWN),
            (_REFERENCE, "]:", _IN_MARKDOWN),
            (_ATTRIBUTE, "<", _IN_HTML),
            (_ADDRESS, "<", _IN_HTML),
        )
        for m in _find(pattern, sign, masked)
    ]
    for match in (*_find(_HEADING, "#", masked), *_find(_UNDERLINED, "\n=", masked)):
        heading = match[1].strip().rstrip("#").rstrip()
        if heading:
            found.append(diagnose("GX601", here.at(match.start(), match.end()), text=heading))
    in_order = tuple(sorted(links, key=lambda link: link.place.span))
    return Outcome(Body(body, quotes, in_order, first), tuple(found))


def _meant(target: str, coded: re.Pattern[str]) -> str:
    """The target of a link as it is meant, of signs that are ``coded`` in the text."""
    if "&" not in target and "\\" not in target:
        return target
    return coded.sub(lambda sign: sign[0][1] if sign[0][0] == "\\" else unescape(sign[0]), target)


def _find(pattern: re.Pattern[str], sign: str, text: str) -> Iterable[re.Match[str]]:
    """The matches of a pattern, none of which lacks a sign: most bodies hold few of the signs."""
    return pattern.finditer(text) if sign in text else ()


def _quote(match: re.Match[str], place: Place) -> Quote:
    """A quotation, or ``\\{{``, of which only three characters are replaced. An empty one names no cell of any form."""
    if match[1]:
        return Quote(match.start(), match.start() + 3, "", place)
    return Quote(match.start(), match.end(), match[2].strip() or "{{ }}", place)


class _Places:
    """Places in the file for offsets in the body."""

    def __init__(self, path: str, lines: list[str], first: int) -> None:
        self.path = path
        self.lines = lines
        self.first = first
        self.offsets = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def at(self, start: int, end: int) -> Place:
        row = bisect_right(self.offsets, start) - 1
        column = start - self.offsets[row] + 1
        last = max(column + 1, min(column + end - start, len(self.lines[row]) + 1))
        return Place(self.path, Span(self.first + row, column, self.first + row, last))


def _code_rows(lines: list[str]) -> Iterator[int]:
    """The rows of indented code: four spaces after a blank line, outside of lists."""
    in_list, blank, code = False, True, False
    for row, line in enumerate(lines):
        empty = not line.strip()
        indented = line.startswith(("    ", "\t"))
        code = indented and not in_list and (blank or code) if not empty else code
        if not empty and not indented:
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and not blank)
        if code and not empty:
            yield row
        blank = empty or line.startswith("#")  # a heading ends its block, too


def _mask_code(body: str, lines: list[str]) -> str:
    """The body with code blanked out, every other character where it was."""
    indented = any(line.startswith(("    ", "\t")) for line in lines)
    if not indented and "`" not in body:
        return body
    code = set(_code_rows(lines)) if indented else set()
    parts: list[str] = []
    block: list[str] = []
    for row, line in enumerate(lines):
        if line.strip():
            block.append(" " * len(line) if row in code else line)
            continue
        parts += [*_mask_spans(block), line]
        block = []
    return "\n".join([*parts, *_mask_spans(block)])


def _mask_spans(block: list[str]) -> list[str]:
    """The lines of a block with the code between equal runs of backticks blanked out."""
    if not any("`" in line for line in block):
        return block
    text = "\n".join(block)
    runs = [(m.start(2), m.end(), len(m[1]) % 2) for m in _TICKS.finditer(text)]
    starts: dict[int, list[int]] = {}
    for start, end, _ in runs:
        starts.setdefault(end - start, []).append(start)
    longest = 0
    wanted: list[tuple[int, int, int]] = []
    for start, end, escaped in reversed(runs):  # a backslash takes the first backtick away, but only when it opens
        size = end - start - escaped
        closes = starts.get(size, [0])[-1] > end
        wanted.append((start, end, size if closes else longest if longest < size else 0))
        longest = max(longest, end - start)
    parts, at = [], 0
    for start, end, size in reversed(wanted):
        if start >= at and size:
            close = starts[size][bisect_right(starts[size], end)] + size
            parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:close])]
            at = close
    return "".join([*parts, text[at:]]).split("\n")


def _is_tame(body: str, lines: list[str]) -> bool:
    """Whether counts over the whole body show that no block of it can reach a limit, as in nearly all."""
    return (
        all(body.count(sign) <= FEW for sign in ("[", "]", "`", *_COSTLY))
        and (len(lines) <= FEW or all(len(block) <= FEW for _, block in _blocks(lines)))
        and not any(_TOO_NESTED.match(line) for line in lines if not line[:1].isalpha())
    )


def _hostile(path: str, lines: list[str], first: int) -> Iterator[Diagnostic]:
    """The first block whose conversion would exhaust the machine."""
    in_all = notes = declarations = inline = blocks_of_html = 0
    for row, block in _blocks(lines):
        text = "\n".join(block)
        deepest, left_open = _brackets(text)
        targets = max(0, text.count("](") - text.count(")"))
        tags = max(0, text.count("<") - text.count(">"))
        opened = max(deepest, left_open, targets, tags)
        marks = max(text.count(mark) for mark in _COSTLY)
        in_all += left_open + targets + tags
        notes += text.count("[^")
        declarations += text.count("<!")
        nested = any(map(_TOO_NESTED.match, block))
        terms = sum(line.lstrip().startswith(":") for line in block)
        rules = sum(not line.strip(" \t-*_=") for line in block)
        place = Place(path, Span(first + row, 1, first + row, len(block[0]) + 1))
        inline += marks if marks > MAX_TICKS // 10 else 0
        blocks_of_html += sum(line.lstrip().startswith("<") for line in block)
        if marks > MAX_TICKS or inline > MAX_INLINE_IN_ALL or blocks_of_html > MAX_TICKS:
            yield diagnose("GX114", place, what=phrase("limit.marks"), limit=MAX_TICKS)
            return
        if opened > MAX_OPEN or in_all > MAX_OPEN_IN_ALL or text.count("`") > MAX_TICKS or declarations > MAX_OPEN:
            yield diagnose("GX114", place, what=phrase("limit.brackets"), limit=MAX_OPEN)
            return
        if notes > MAX_NOTES:
            yield diagnose("GX114", place, what=phrase("limit.notes"), limit=MAX_NOTES)
            return
        if nested or terms > MAX_OPEN or rules > MAX_OPEN:
            yield diagnose("GX114", place, what=phrase("limit.nesting"), limit=MAX_LEVELS)
            return


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank lines, each with the row where it begins."""
    block: list[str] = []
    for row, line in enumerate(lines):
        if line.strip():
            block.append(line)
        elif block:
            yield row - len(block), block
            block = []
    if block:
        yield len(lines) - len(block), block


def _brackets(text: str) -> tuple[int, int]:
    """How deep square brackets nest, and how many stay open."""
    depth = deepest = 0
    for mark in re.findall(r"[\[\]]", text):
        depth = depth + 1 if mark == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest, depth
