"""Attribute lists, ``{#id .class name=value}``, in the HTML of an engine that prints them as text."""

from __future__ import annotations

import html
import re

_LIST = r"\{:? *(?P<list>[^\n {}][^\n{}]*)\}"
# At the end of a heading, a term or a cell; on the last line of a paragraph or an item; right after an inline mark.
_PLACES = (
    re.compile(rf"(?P<cut>(?<![ #]) *+(?:#++ ++)?(?<= ){_LIST} *)(?=</(?P<tag>h[1-6])>)"),
    re.compile(rf"(?P<cut>(?<! ) ++{_LIST} *)(?=</(?P<tag>dt|td|th)>)"),
    re.compile(rf"(?P<cut>\n *+{_LIST} *)(?=</(?P<tag>p|li|dd)>)"),
    re.compile(rf"</(?P<tag>em|strong|a|code)>(?P<cut>{_LIST})"),
    re.compile(rf"<(?P<tag>img) [^<>]*>(?P<cut>{_LIST})"),
)
_ONE = re.compile(r"""([^ =}]+)=("[^"]*"|'[^']*'|[^ =}]+)|([^ =}]+)""")
_NAME = re.compile("[A-Za-z][A-Za-z-]*")


def with_attributes(text: str, apart: str) -> str:
    """HTML with its attribute lists on their elements; one that begins with ``apart`` is no list but was escaped."""
    edits: list[tuple[int, int, str]] = []
    for place in _PLACES:
        searched: dict[str, int] = {}  # elements of one name do not overlap, so none is looked for twice
        for match in place.finditer(text):
            tag = match["tag"]
            opened = text.rfind(f"<{tag}", searched.get(tag, 0), match.start("cut"))
            searched[tag] = match.end()
            if opened < 0 or match["list"].startswith(apart) or text.find(f"</{tag}>", opened, match.start()) >= 0:
                continue
            at = opened + 1 + len(tag)
            edits += [(at, at, _attributes(html.unescape(match["list"]))), (*match.span("cut"), "")]
    parts, at = [], 0
    for start, end, instead in sorted(edits):
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])


def _attributes(written: str) -> str:
    """A list as HTML writes it; of a name that comes twice the last value holds, and classes add up."""
    values: dict[str, str] = {}
    for name, value, word in _ONE.findall(written):
        if word.startswith("."):
            values["class"] = f"{values.get('class', '')} {word[1:]}".strip()
        elif word.startswith("#"):
            values["id"] = word[1:]
        elif _NAME.fullmatch(name or word):
            values[name or word] = value.strip("\"'")
    return "".join(f' {name}="{html.escape(value)}"' for name, value in values.items())
