"""Blocks of HTML in Markdown, as the dialect has them: from a block's tag at the start of a line to its end tag.

CommonMark ends such a block at the first blank line, and reads what follows as Markdown again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The tags that begin a block, as in Python-Markdown.
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol"),
        *("p", "pre", "section", "table", "ul", "canvas", "colgroup", "dd", "body", "dt", "group", "html", "iframe"),
        *("li", "legend", "math", "map", "noscript", "output", "object", "option", "progress", "script", "style"),
        *("summary", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "video", "center"),
    }
)
_FIRST = re.compile(r"^ {0,3}<([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>", re.M)
_BLANK = re.compile(r"\n *(?=\n)")
# Inside of these a comment is text.
_VERBATIM = re.compile(r"<(?:textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b", re.I)


def raw_and_prose(text: str) -> Iterator[tuple[bool, str]]:
    """The blocks of HTML (True), in a form that CommonMark leaves alone, and what stands between them (False)."""
    at = 0
    for match in _FIRST.finditer(text) if "<" in text else ():
        if match.start() < at or match[1].lower() not in BLOCKS:
            continue
        yield False, text[at : match.start()]
        at = _end(text, match)
        yield True, _whole(text[match.start() : at])
    yield False, text[at:]


def _end(text: str, first: re.Match[str]) -> int:
    """Where the block ends: after its end tag; an empty element after itself; at the end if nothing closes it."""
    tag = first[1]
    if tag.lower() == "hr" or first[0].endswith("/>"):
        return first.end()
    depth = 0
    for match in re.compile(rf"<(/?){tag}(?=[\s/>])[^<>]*>", re.I).finditer(text, first.start()):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(text)


def _whole(block: str) -> str:
    """Between blank lines, and without any inside: a comment in their place is taken out by the sanitiser."""
    if not _VERBATIM.search(block):
        block = _BLANK.sub("\n<!-- -->", block)
    return f"\n{block}\n\n"
