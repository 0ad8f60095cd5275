"""Footnotes as Python-Markdown prints them, from those of comrak: numbered by where they are defined."""

from __future__ import annotations

import html
import re
from collections import Counter
from urllib.parse import unquote

_SECTION = '<section class="footnotes" data-footnotes>\n<ol>\n'
_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.M)
_NOTE = re.compile(r'<li id="fn-([^"]*)">\n(.*?)\n?</li>\n(?=<li id="fn-|</ol>\n</section>)', re.S)
_BACK = re.compile(
    r' ?<a href="#fnref-[^"]*" class="footnote-backref"[^>]*>↩(?:<sup class="footnote-ref">\d+</sup>)?</a>'
)
_REFERENCE = re.compile(
    r'<sup class="footnote-ref"><a href="#fn-([^"]*)" id="fnref-\1(?:-(\d+))?" data-footnote-ref>\d+</a></sup>'
)


def all_referred_to(source: str, mark: str) -> str:
    """A last paragraph that refers to every note of a text: comrak leaves out notes that nothing refers to."""
    return f"\n\n{mark}{''.join(f'[^{name}]' for name in _DEFINED.findall(source))}\n"


def with_footnotes(text: str, source: str, mark: str) -> str:
    """HTML with its notes in the order of ``source``, with ids, numbers and ways back as in the default dialect."""
    before, _, after = text.rpartition(mark)
    text = before.removesuffix("<p>") + after.partition("\n")[2]
    body, section, notes = text.rpartition(_SECTION)
    if not section:
        return text
    defined = [_key(name) for name in _DEFINED.findall(source)]
    found = sorted(_NOTE.findall(notes), key=lambda note: _rank(note[0], defined))
    numbers = {name: number for number, (name, _) in enumerate(found, 1)}
    often = Counter(match[1] for match in _REFERENCE.finditer(text))

    def reference(match: re.Match[str]) -> str:
        name, again = html.escape(unquote(match[1])), match[2] or ""
        link = f'<a class="footnote-ref" href="#fn:{name}">{numbers.get(match[1])}</a>'
        return f'<sup id="fnref{again}:{name}">{link}</sup>'

    items = []
    for encoded, content in found:
        name = html.escape(unquote(encoded))
        links = (_back(name, again, numbers[encoded]) for again in range(1, max(1, often[encoded]) + 1))
        items.append(f'<li id="fn:{name}">\n{_ending_in(_BACK.sub("", content), "".join(links))}\n</li>\n')
    return _REFERENCE.sub(reference, f'{body}<div class="footnote">\n<hr>\n<ol>\n{"".join(items)}</ol>\n</div>')


def _back(name: str, again: int, number: int) -> str:
    """The way back to the first or a later reference."""
    target = f"fnref{again if again > 1 else ''}:{name}"
    return f'<a class="footnote-backref" href="#{target}" title="回到正文第 {number} 处引用">↩</a>'


def _ending_in(content: str, back: str) -> str:
    """The ways back stand at the end of the last paragraph, or in one of their own."""
    content = content.rstrip()
    if content.endswith("</p>"):
        return f"{content[:-4]}&#160;{back}</p>"
    return f"{content}\n<p>{back}</p>"


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rank(name: str, defined: list[str]) -> int:
    key = _key(unquote(name))
    return defined.index(key) if key in defined else len(defined)
