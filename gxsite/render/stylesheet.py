"""What a style sheet names: every address in it that a browser would ask for, and every custom property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_TOKEN = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)
    | (?P<url>url\(\s*+(?:
        "(?P<double>(?:[^"\\\n]|\\.)*+)"
        | '(?P<single>(?:[^'\\\n]|\\.)*+)'
        | (?P<bare>(?:[^"'()\\\s]|\\[0-9a-f]{1,6}\s?|\\.)*+)
      )\s*+\))
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | @(?P<rule>[-\w]+)
    | (?P<function>[-\w]*\()
    | (?P<mark>[);{}])
    | (?P<word>(?:[-\w]|\\[0-9a-f]{1,6}\s?|\\[^\n])+)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|(.))", re.DOTALL)
# Functions in which a text alone is an address.
_OF_ADDRESSES = ("url(", "src(", "image-set(", "-webkit-image-set(")


_COLON = re.compile(r"(?:\s|/\*.*?\*/)*+:", re.DOTALL)
_COMMA = re.compile(r"(?:\s|/\*.*?\*/)*+,", re.DOTALL)


class Property(NamedTuple):
    """A custom property where it is named: declared, asked for by ``var()``, with or without another value, or else."""

    start: int
    end: int
    name: str
    role: Literal["declared", "asked", "asked_or", "mentioned"]


class Reference(NamedTuple):
    """An address as the browser reads it, and where ``url(…)`` or the quoted text that gives it begins and ends."""

    start: int
    end: int
    address: str
    is_url: bool


def references(text: str) -> Iterator[Reference]:
    """The addresses of a style sheet in their order; none in comments, in texts, and in names of namespaces."""
    rule, inside = "", list[str]()
    for token in _TOKEN.finditer(text):
        if name := token["rule"]:
            rule = name.lower()
        elif function := token["function"]:
            inside.append(function.lower())
        elif mark := token["mark"]:
            if mark != ")":
                rule, inside = "", []
            elif inside:
                inside.pop()
        elif token["url"]:
            if rule != "namespace":
                address = next(part for part in token.group("double", "single", "bare") if part is not None)
                yield Reference(*token.span(), _plain(address), is_url=True)
                rule = ""
        elif (string := token["string"]) and (inside[-1] in _OF_ADDRESSES if inside else rule == "import"):
            yield Reference(*token.span(), _plain(string[1:-1]), is_url=False)
            rule = rule if inside else ""


def properties(text: str) -> Iterator[Property]:
    """The custom properties of a style sheet in their order, each as often as it is named."""
    rule, begins, inside = "", True, list[str]()
    for token in _TOKEN.finditer(text):
        if token[0].startswith("/*"):
            continue
        if (word := token["word"]) and word.startswith("--") and len(word) > 2:
            yield Property(*token.span(), _plain(word), _role(text, token.end(), rule, begins, inside))
        begins = False
        if name := token["rule"]:
            rule = name.lower()
        elif function := token["function"]:
            inside.append(function.lower())
        elif token["mark"] == ")":
            del inside[-1:]
        elif token["mark"]:
            rule, begins, inside = "", True, []


def _role(
    text: str, end: int, rule: str, begins: bool, inside: list[str]
) -> Literal["declared", "asked", "asked_or", "mentioned"]:
    """How a custom property is named that ends there."""
    if inside and inside[-1] == "var(":
        return "asked_or" if _COMMA.match(text, end) else "asked"
    return "declared" if rule == "property" or (begins and _COLON.match(text, end)) else "mentioned"


def _plain(text: str) -> str:
    """A text without its escapes."""
    return _ESCAPE.sub(lambda m: _character(m[1]) if m[1] else m[2] or "", text)


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
