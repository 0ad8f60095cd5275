"""Bytes of a source file to text that is safe to read, with every finding on the way."""

from __future__ import annotations

import re
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, Span


class Text(NamedTuple):
    """A source file as text: ``\\n`` line ends only, no character that hides or splits lines."""

    path: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines without their ends; the first is line 1 of every span."""
        return self.text.split("\n")

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of ``length`` characters at ``offset``, within one line."""
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return Place(self.path, Span(line, column, line, column + length))


# Controls, the line separators that YAML and editors count differently, and the marks that reorder or hide text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_OTHER_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def decode(path: str, raw: bytes, limit: int) -> Outcome[Text | None]:
    """The text of a file of at most ``limit`` bytes; None if it is too large or not UTF-8.

    A forbidden character is a finding and is read as a space, so that all places stay what they were.
    """
    if len(raw) > limit:
        return Outcome(None, (diagnose("GX109", Place(path, START), size=len(raw), limit=limit),))
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Outcome(None, (_not_utf8(path, raw, error.start),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _forbidden(Text(path, text))
    return Outcome(Text(path, _FORBIDDEN.sub(" ", text) if found else text), found)


def _not_utf8(path: str, raw: bytes, start: int) -> Diagnostic:
    before = raw[:start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    guess = next((name for mark, name in _OTHER_ENCODINGS if raw.startswith(mark)), "")
    if not guess:
        try:
            raw.decode("gb18030")
            guess = "GB18030 (GBK)"
        except UnicodeDecodeError:
            guess = ""
    return diagnose(
        "GX101", Place(path, Span(line, column, line, column + 1)), byte=f"0x{raw[start]:02X}", guess=guess or None
    )


def _forbidden(text: Text) -> tuple[Diagnostic, ...]:
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for match in _FORBIDDEN.finditer(text.text):
        first.setdefault(match[0], match.start())
        count[match[0]] = count.get(match[0], 0) + 1
    return tuple(
        diagnose("GX110", text.place(offset), character=f"U+{ord(char):04X}", count=count[char])
        for char, offset in first.items()
    )
