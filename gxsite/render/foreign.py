"""Chinese texts in an English page, marked as such, so that a screen reader speaks them right (WCAG 3.1.2).

What agencies wrote, and official names, are Chinese wherever they stand, in any theme; so the finished page is looked
through and ``lang="zh-CN"`` put on the largest elements whose text is all Chinese, and around Chinese words in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from gxsite.render.markup import HAN, has_han, name_of, pieces

LANG = ' lang="zh-CN"'
# Chinese words with what belongs to them: digits and capitals inside, punctuation of their own.
_MARKS = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u303f\uff00-\uffef"
_WORDS = re.compile(f"[0-9A-Z{_MARKS}]*[{HAN}](?:[^a-z<>]*[{HAN}{_MARKS}])?")
_ENGLISH = re.compile("[A-Za-z]{2}")
_ENGLISH_BESIDE = re.compile("[a-z]{2}")  # capitals beside Chinese words belong to them: PDF, ICP
_SPOKEN = re.compile(r'\s(?:alt|title|aria-label|aria-description|placeholder)="[^"]*[A-Za-z]{2}')
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# Elements in which words cannot be marked.
_ONLY_TEXT = frozenset({"title", "option", "textarea", "script", "style", "svg"})
_FRAME = frozenset({"html", "head", "body"})
_OWN = ' lang="'
_BODY = "\x00"


@dataclass
class _Element:
    """An element while it is open: where its tag stands, what is said in it, and what would have to be marked.

    One with a language of its ``own`` is nobody else's business.
    """

    name: str
    at: int
    own: bool = False
    is_chinese: bool = False
    is_english: bool = False
    marks: list[int] = field(default_factory=list)


def marked(html: str, body: str = "") -> str:
    """A page with its Chinese texts marked; ``body`` is the HTML in it that is Chinese as a whole."""
    if body:
        html = html.replace(body, _BODY, 1)
    found = pieces(html)
    for at in _marks(found):
        found[at] = _tagged(found[at]) if at % 2 else _spanned(found[at])
    page = "".join(found)
    return page.replace(_BODY, body, 1) if body else page


def _marks(found: list[str]) -> list[int]:
    """The tags that are to bear the language, and the texts in which words are to be marked."""
    top = _Element("", -1)
    open_elements = [top]
    for at, piece in enumerate(found):
        here = open_elements[-1]
        if at % 2 == 0:
            _hear(here, at, piece)
            continue
        name, closes = name_of(piece)
        if closes:
            _close(open_elements, name)
        elif name and name not in _VOID:
            own = _OWN in piece and name not in _FRAME
            open_elements.append(_Element(name, at, own, is_english=bool(_SPOKEN.search(piece))))
    while len(open_elements) > 1:
        _end(open_elements)
    return top.marks


def _hear(element: _Element, at: int, text: str) -> None:
    """Take a text into the account of the element that it stands in."""
    if "&" in text:
        text = unescape(text)
    if _BODY in text or has_han(text):
        element.is_chinese = True
        element.is_english |= bool(_ENGLISH_BESIDE.search(text))
        element.marks.append(at)
    elif _ENGLISH.search(text):
        element.is_english = True


def _close(open_elements: list[_Element], name: str) -> None:
    """A closing tag ends its element and those that were left open in it; one that closes nothing is left alone."""
    if any(element.name == name for element in open_elements[1:]):
        while open_elements[-1].name != name:
            _end(open_elements)
        _end(open_elements)


def _end(open_elements: list[_Element]) -> None:
    """The innermost element is over: it is marked as a whole, or what is in it is."""
    element = open_elements.pop()
    if element.own:
        return
    above = open_elements[-1]
    above.is_chinese |= element.is_chinese
    above.is_english |= element.is_english
    if element.is_chinese and not element.is_english and element.name not in _FRAME:
        above.marks.append(element.at)
    elif element.name in _ONLY_TEXT:
        above.marks += (at for at in element.marks if at % 2)
    else:
        above.marks += element.marks


def _tagged(tag: str) -> str:
    """A tag with the language."""
    end = 1 + len(name_of(tag)[0])
    return tag[:end] + LANG + tag[end:]


def _spanned(text: str) -> str:
    """A text with its Chinese words marked."""
    if _BODY in text:
        return text.replace(_BODY, f"<div{LANG}>{_BODY}</div>")
    return _WORDS.sub(lambda at: f"<span{LANG}>{at[0]}</span>", text)
