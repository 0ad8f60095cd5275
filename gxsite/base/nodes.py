"""What YAML is read into: texts, lists and mappings, every one with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Items
from typing import NamedTuple, overload

from gxsite.base.diagnostic import Span


class Scalar(NamedTuple):
    """A single value as written; ``plain`` means without quotes."""

    value: str
    plain: bool
    span: Span


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Entry(NamedTuple):
    """One ``key: value`` of a mapping."""

    key: Scalar
    value: Node


class Figures(Items[Entry]):
    """The entries of a mapping that holds nothing but figures and lists of figures, as most tables do.

    Only what was read off the lines is kept, and entries are made when they are asked for: the ``names`` in the order
    written, none twice, the ``words`` behind them as they stand there (``12``, ``[3, 4]``, ``~``), and their places,
    ``lines`` and ``columns`` (1-based) of the words. All names begin in the same column, behind ``indent`` spaces.
    """

    __slots__ = ("_made", "columns", "indent", "lines", "names", "words")

    def __init__(
        self, names: Items[str], words: Items[str], lines: Items[int], columns: Items[int], indent: int
    ) -> None:
        self.names = tuple(names)
        self.words = tuple(words)
        self.lines = tuple(lines)
        self.columns = tuple(columns)
        self.indent = indent
        self._made: tuple[Entry, ...] | None = None

    @property
    def made(self) -> tuple[Entry, ...]:
        """All entries."""
        if self._made is None:
            self._made = tuple(map(self._entry, self.names, self.words, self.lines, self.columns))
        return self._made

    def _entry(self, name: str, word: str, line: int, column: int) -> Entry:
        key = Scalar(name, True, Span(line, self.indent + 1, line, self.indent + 1 + len(name)))
        end = column + len(word)
        if word[0] != "[":
            return Entry(key, Scalar(word, True, Span(line, column, line, end)))
        items = (Scalar(item, True, Span(line, at, line, at + len(item))) for item, at in items_of(word, column))
        return Entry(key, Sequence(tuple(items), Span(line, column, line, end)))

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        return self.made[at]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        return self.made == (other.made if isinstance(other, Figures) else other)

    def __hash__(self) -> int:
        return hash(self.made)


def items_of(word: str, column: int) -> Iterator[tuple[str, int]]:
    """The items of a flat list that begins in a column, as it was written, each with its own column."""
    column += 1
    for piece in word[1:-1].split(","):
        item = piece.strip(" ")
        yield item, column + piece.find(item)
        column += len(piece) + 1


class Mapping(NamedTuple):
    """Keys and values in the order written; no key twice. ``damaged`` if lines had to be set aside to read it."""

    entries: Items[Entry]
    span: Span
    damaged: bool = False

    def get(self, name: str) -> Node | None:
        """The value of a key, or None."""
        return next((e.value for e in self.entries if e.key.value == name), None)


Node = Scalar | Sequence | Mapping


def is_blank(node: Node | None) -> bool:
    """Whether nothing was written: no node, ``~``, or an empty value, in quotes or not."""
    if isinstance(node, Scalar):
        return not node.value.strip() or (node.plain and node.value == "~")
    return node is None
