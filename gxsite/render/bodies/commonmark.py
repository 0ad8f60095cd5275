"""comrak, a CommonMark in Rust, made to speak the dialect of the manual.

What CommonMark reads otherwise is put right in the text before, what comrak prints otherwise in the HTML after. Every
step asks first whether there is anything of its kind, so most bodies pass untouched. docs/formats.md lists what stays
different, and the tests hold that list too. Nothing here is trusted: the HTML is sanitised afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import comrak

from gxsite.render.bodies.attribute_lists import with_attributes
from gxsite.render.bodies.footnotes import all_referred_to, with_footnotes
from gxsite.render.bodies.raw_html import BLOCKS, raw_and_prose

# Keeps a mark apart from its neighbour, and is taken out of the HTML again. No text may hold this code point.
APART = "\ufdd0"
_APART_ENCODED = "%EF%B7%90"
_LAST = APART * 2
_HEADING = re.compile(r"\n(#{1,6})(?=[^#\s])")
# Emphasis may begin and end beside any punctuation, as in 2018年**(一)**2019 or **注:**2018. CommonMark allows that
# beside Chinese characters and Chinese punctuation only.
_OTHER_MARK = r"[^\w\s*\\{\u3001-\u303f\uff01-\uffef]"
_LETTER = r"[^\W_]"
_BEGINS = re.compile(rf"(\*(?<={_LETTER}\*)\**)(?={_OTHER_MARK})")
_ENDS = re.compile(rf"\*(?<={_OTHER_MARK}\*)\**(?={_LETTER})")
# Python-Markdown escapes fewer characters, and knows no backslash at the end of a line.
_NO_ESCAPE = re.compile(r"\\(?=[\"$%&',/:;<=?@^~\n])")
_NOTE_AND_BRACKET = re.compile(r"(\[\^[^\]\n]+\])(?=\()")
_TAG_FIRST = re.compile(r"^([ >]*+)(?=</?([a-zA-Z][a-zA-Z0-9]*))", re.M)
# Definitions right below their term, and whether they go on in a paragraph of their own.
_DEFINITIONS = re.compile(r"\n( {0,3}: [^\n]*(?:\n[^\n]+)*+)(\n\n+    )?")
_SIDES = ("left", "center", "right")
_CLASS_AND_SIDE = re.compile(r' class="([^"]*)"((?: [a-z]+="[^"]*")*) align="(left|center|right)">')
_TERM = re.compile(r"<dt>([^<]*(?:<(?!/?dt>)[^<]*)*)</dt>")
_QUOTES = "</blockquote>\n<blockquote>\n"
_LEADING = re.compile(r"(<(?:p|li|d[td]|h[1-6])>)[^\S\n]+")
_NOTHING = re.compile(r"<p>\s*</p>\n?")


def version() -> str:
    """The version of the library, which does not tell by itself."""
    from importlib.metadata import version as installed

    return installed("comrak-ext")


def converter() -> Callable[[str], str]:
    """Markdown to HTML, again and again."""
    extensions = comrak.ExtensionOptions(table=True, footnotes=True, description_lists=True, cjk_friendly_emphasis=True)
    parsing, printing = comrak.ParseOptions(), comrak.RenderOptions(unsafe_=True)

    def convert(text: str) -> str:
        text = _prepared(text)
        return _as_default(comrak.markdown_to_html(text, extensions, parsing, printing), text)

    return convert


def _prepared(text: str) -> str:
    """The text with what CommonMark would read otherwise put right."""
    text = text.replace(APART, "")
    if "\t" in text:
        text = text.expandtabs(4)
    ready = "".join(part if raw else _prose(part) for raw, part in raw_and_prose(text))
    return ready + all_referred_to(text, _LAST) if "[^" in text else ready


def _prose(text: str) -> str:
    text = _HEADING.sub(r"\n\1 ", "\n" + text)
    if "*" in text:
        text = _ENDS.sub(rf"{APART}\g<0>", _BEGINS.sub(rf"\1{APART}", text))
    if "\\" in text:
        text = _NO_ESCAPE.sub(rf"\\{APART}", text.replace("\\{", "\\{" + APART))
    if "](" in text and "[^" in text:
        text = _NOTE_AND_BRACKET.sub(rf"\1{APART}", text)
    if "\n:" in text or "\n :" in text:
        text = _DEFINITIONS.sub(_definitions, text)
    if "<" in text:
        text = _TAG_FIRST.sub(_tag_first, text)
    return text


def _tag_first(match: re.Match[str]) -> str:
    """A line that begins with an inline tag belongs to a paragraph, also where the tag stands alone."""
    return match[1] if match[2].lower() in BLOCKS else match[1] + APART


def _definitions(match: re.Match[str]) -> str:
    """Paragraphs of a definition are kept as such only where there is a blank line below the term."""
    return f"\n\n{match[1]}{match[2]}" if match[2] else match[0]


def _as_default(html: str, text: str) -> str:
    """The HTML with what comrak prints otherwise put right."""
    if "{" in text:
        html = _CLASS_AND_SIDE.sub(r' class="\1 \3"\2>', with_attributes(html, APART))
    if "[^" in text:
        html = with_footnotes(html, text, _LAST)
    if ' align="' in html:
        for side in _SIDES:
            html = html.replace(f' align="{side}">', f' class="{side}">')
    if "<dt>" in html:
        html = _TERM.sub(_each_term, html)
    while _QUOTES in html:
        html = html.replace(_QUOTES, "")
    if "\u3000" in text or "\xa0" in text:
        html = _NOTHING.sub("", _LEADING.sub(r"\1", html))
    if APART in text:
        html = html.replace(APART, "").replace(_APART_ENCODED, "")
    return html.strip()


def _each_term(match: re.Match[str]) -> str:
    """Each line is a term of its own."""
    return "\n".join(f"<dt>{line.strip()}</dt>" for line in match[1].split("\n"))
