"""What YAML is read into: texts, lists and mappings, every one with its place in the file."""

from __future__ import annotations

from typing import NamedTuple

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


class Mapping(NamedTuple):
    """Keys and values in the order written; no key twice. ``damaged`` if lines had to be set aside to read it."""

    entries: tuple[Entry, ...]
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
