"""Reading the keys of a mapping: each with its type, every mistake a finding at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gxsite.base.catalogue import diagnose
from gxsite.base.dates import Moment, read_moment, read_year
from gxsite.base.diagnostic import Diagnostic, Fact, Place, Span, phrase
from gxsite.base.near import nearest
from gxsite.base.yaml import Entry, Mapping, Node, Scalar, Sequence, is_blank

_SHOWN = 40


def shown(node: Node) -> str:
    """A value in short, for a message."""
    if isinstance(node, Scalar):
        text = " ".join(node.value.split())
        return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "[…]" if isinstance(node, Sequence) else "{…}"


class Fields:
    """One mapping of known keys. Unknown and missing keys are found at once, wrong types when a key is read."""

    def __init__(
        self,
        path: str,
        mapping: Mapping,
        what: str,
        known: Iterable[str],
        found: list[Diagnostic],
        required: Iterable[str] = (),
    ) -> None:
        self.path = path
        self.mapping = mapping
        self.found = found
        self._values = {e.key.value: e.value for e in mapping.entries}
        self._keys = {e.key.value: e.key for e in mapping.entries}
        names = tuple(known)
        meant = {self._unknown(e, what, names) for e in mapping.entries if e.key.value not in names}
        for key in required:
            if is_blank(self._values.get(key)) and not mapping.damaged and key not in meant:
                span = self._keys[key].span if key in self._keys else _head(mapping.span)
                self.add("GX202", span, what=phrase(f"file.{what}"), key=key)

    def _unknown(self, entry: Entry, what: str, names: tuple[str, ...]) -> str | None:
        """Find an unknown key; the known one that was probably meant, which then is not missing."""
        name = entry.key.value
        near = nearest(name, names)
        self.add(
            "GX201",
            entry.key.span,
            what=phrase(f"file.{what}"),
            key=name if len(name) <= _SHOWN else name[:_SHOWN] + "…",
            near=near,
            known=None if near else ", ".join(names),
        )
        return near

    def add(self, code: str, span: Span, **facts: Fact | None) -> None:
        """Add a finding at a place of this file."""
        self.found.append(diagnose(code, Place(self.path, span), **facts))

    def span(self, key: str) -> Span:
        """Where the value of a key stands; the key itself for a blank, the mapping's head for an absent one."""
        node = self._values.get(key)
        if node is None:
            return _head(self.mapping.span)
        return self._keys[key].span if is_blank(node) else node.span

    def has(self, key: str) -> bool:
        """Whether a key is given and not blank."""
        return not is_blank(self._values.get(key))

    def node(self, key: str) -> Node | None:
        """The value of a key, None if absent or blank."""
        node = self._values.get(key)
        return None if is_blank(node) else node

    def wrong(self, key: str, node: Node, want: str, example: str) -> None:
        """Say that a value is not what its key needs."""
        self.add("GX203", node.span, key=key, want=phrase(f"type.{want}"), got=shown(node), example=example)

    def text(self, key: str, pattern: str = "", want: str = "text", example: str = "") -> str:
        """A text on one line, "" if absent; it must match ``pattern`` if one is given."""
        node = self.node(key)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.wrong(key, node, want, example or f"{key}: …")
            return ""
        text = " ".join(node.value.split())
        if pattern and not re.fullmatch(pattern, text):
            self.wrong(key, node, want, example)
            return ""
        return text

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """One of some words, "" if absent or none of them."""
        known = tuple(choices)
        text = self.text(key)
        if text and text not in known:
            self.add("GX221", self.span(key), key=key, got=text, near=nearest(text, known), known=", ".join(known))
            return ""
        return text

    def moment(self, key: str) -> Moment | None:
        """A date with or without a time."""
        text = self.text(key, want="date", example=f"{key}: 2019-03-26")
        if not text:
            return None
        moment = read_moment(text)
        if isinstance(moment, str):
            self.add("GX401", self.span(key), key=key, raw=text, problem=phrase(moment))
            return None
        return moment

    def year(self, key: str) -> int | None:
        """A year from 1990 to 2100."""
        text = self.text(key, want="year", example=f"{key}: 2018")
        year = read_year(text) if text else None
        if text and year is None:
            self.wrong(key, self._values[key], "year", f"{key}: 2018")
        return year

    def years(self, key: str) -> tuple[int, int | None] | None:
        """A year, or ``{from: 2014, to: 2018}`` with an open end."""
        node = self.node(key)
        if node is None:
            return None
        if isinstance(node, Scalar):
            year = read_year(node.value)
            if year is not None:
                return year, year
        elif isinstance(node, Mapping):
            inner = Fields(self.path, node, "years", ("from", "to"), self.found, required=("from",))
            first, last = inner.year("from"), inner.year("to")
            if first is not None and (last is None or first <= last):
                return first, last
            if first is None:
                return None
        self.wrong(key, node, "years", f"{key}: {{from: 2014, to: 2018}}")
        return None

    def integer(self, key: str, default: int) -> int:
        """A small whole number."""
        text = self.text(key, r"-?[0-9]{1,6}", "integer", f"{key}: 1")
        return int(text) if text else default

    def boolean(self, key: str) -> bool:
        """``true`` or ``false``; false if absent."""
        return self.text(key, "true|false", "boolean", f"{key}: true") == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = []
        for item in items:
            if isinstance(item, Scalar) and item.value.strip():
                texts.append(" ".join(item.value.split()))
            else:
                self.wrong(key, item, "list", f"{key}: [甲, 乙]")
        return tuple(texts)

    def map(self, key: str) -> Mapping | None:
        """A nested mapping."""
        node = self.node(key)
        if node is None or isinstance(node, Mapping):
            return node
        self.wrong(key, node, "mapping", f"{key}: {{…: …}}")
        return None

    def maps(self, key: str) -> tuple[Mapping, ...]:
        """A list of mappings."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else None
        if items is None:
            self.wrong(key, node, "list", f"{key}: [{{…: …}}]")
            return ()
        for item in items:
            if not isinstance(item, Mapping):
                self.wrong(key, item, "mapping", f"{key}: [{{…: …}}]")
        return tuple(item for item in items if isinstance(item, Mapping))


def _head(span: Span) -> Span:
    """The first character of a stretch."""
    return Span(span.line, span.column, span.line, span.column + 1)
