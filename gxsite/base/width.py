"""What a terminal makes of text: how wide it draws it, and what it must never be sent as it is."""

from __future__ import annotations

import unicodedata

# Controls, marks that hide, join or reorder text, lone surrogates, and line separators other than "\n".
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})


def is_hidden(char: str) -> bool:
    """Whether a character could steer a terminal, or change what a reader sees without being seen."""
    return unicodedata.category(char) in _HIDDEN


def visible(text: str) -> str:
    """The text with every hidden character, line ends and tabs included, written out as ``<U+001B>``."""
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if is_hidden(c) else c for c in text)


def char_width(char: str, ambiguous: int = 1) -> int:
    """The columns of one character: 2 for East Asian wide ones, 0 for combining and hidden ones, else 1.

    ``ambiguous`` is what the terminal takes for characters such as — “ ” … ① (UAX #11, class A): 1, or 2 with many
    Chinese fonts.
    """
    if " " <= char <= "~":
        return 1
    if unicodedata.category(char) in _COMBINING | _HIDDEN:
        return 0
    # The two ideographic planes are wide throughout, also what this Python's tables do not know yet.
    if 0x20000 <= ord(char) <= 0x3FFFD:
        return 2
    if unicodedata.category(char) == "Cn":
        return 1
    return {"W": 2, "F": 2, "A": ambiguous}.get(unicodedata.east_asian_width(char), 1)


def display_width(text: str, ambiguous: int = 1) -> int:
    """The columns that a terminal needs for a text; see ``char_width``."""
    return sum(char_width(c, ambiguous) for c in text)
