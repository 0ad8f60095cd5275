"""The tree that Python-Markdown makes, printed in one walk: line breaks between blocks, escapes undone, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import serializers
from markdown.util import BLOCK_LEVEL_ELEMENTS, ETX, STX

BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_EMPTY = frozenset({"br", "hr", "img"})
_BOOLEAN = serializers.BOOLEAN_ATTRIBUTES["html"]  # type: ignore[attr-defined]
_AMPERSAND = serializers.RE_AMP
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")


def printed(root: Element, *, pretty: bool) -> str:
    """The children of ``root`` as the library's prettify, unescape and serialize print them one after another.

    ``pretty`` is False for a tree that has its line breaks already. A RecursionError is the caller's.
    """
    parts = [_text(root.text)] if root.text else []
    write = parts.append
    for child in root:
        _write(child, write, pretty, pretty and child.tag in BLOCKS)
    return "".join(parts)


def _write(element: Element, write: Callable[[str], None], pretty: bool, broken: bool) -> None:
    """One element; ``broken`` says that it stands in a chain of blocks, where line breaks are put between them."""
    tag, text, tail = element.tag, element.text, element.tail
    if broken:
        if tag == "pre":
            _end_code(element)
            broken = False
        elif len(element) and element[0].tag in BLOCKS and not (text and text.strip()):
            text = "\n"
        if not (tail and tail.strip()):
            tail = "\n"
    elif pretty and tag == "br":
        tail = "\n" + tail if tail and tail.strip() else "\n"
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if text:
        write(_text(text, unescape=tag != "code"))
    for child in element:
        _write(child, write, pretty, broken and child.tag in BLOCKS)
    if tag not in _EMPTY:
        write(f"</{tag}>")
    if tail:
        write(_text(tail))


def _end_code(pre: Element) -> None:
    """A block of code ends in one line break."""
    if len(pre) and pre[0].tag == "code" and not len(pre[0]) and pre[0].text is not None:
        pre[0].text = pre[0].text.rstrip() + "\n"


def _text(text: str, *, unescape: bool = True) -> str:
    if unescape and STX in text:
        text = _ESCAPED.sub(_character, text)
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attributes(element: Element) -> str:
    """In alphabetical order; one without a value (None) is its bare name."""
    parts = []
    items: list[tuple[str, str | None]] = sorted(element.items())
    for name, value in items:
        if value is None:
            parts.append(f" {name}")
            continue
        shown = _text(value).replace('"', "&quot;")
        parts.append(f" {shown}" if name == shown and name in _BOOLEAN else f' {name}="{shown}"')
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1]))
