"""Python-Markdown with shorter ways: the HTML of the library as it comes, in a third of its time.

A step is left out, or taken by a shorter way, only where the text cannot make a difference: most Chinese prose holds
no character that a pattern of the library begins with. What is shortened are the walks between parsing and printing;
blocks, emphasis, links, notes and attribute lists are the library's own. The tests compare both on real and on random
bodies, and `python -m bench.body` says what it saves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import LINK_RE, DelimiterProcessor, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

from gxsite.render.bodies.tree import BLOCKS, printed

# A character that a pattern begins with, the two spaces of a forced line break, or a mark of the library's own.
_REACTS = re.compile(rf"[`\\\[<&*_{STX}]|  \n")
# One line that can only be a paragraph: no other block begins with its first character.
_PARAGRAPH = re.compile(r"[^\s\d#>\[:*+\-_=|][^\n]*\Z")
# The rest of a link without spaces, brackets, quotes or marks of the library's own.
_ADDRESS = re.compile(rf"\(([^\s()<>'\"{STX}{ETX}]+)\)")
# What must stand in a text for a pattern to find something there; a link needs the bracket that opens its address.
_NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")


class Tuned:
    """The library with shorter ways."""

    def __init__(self, library: markdown.Markdown) -> None:
        self.library = library
        parser = library.parser
        parser.blockprocessors.register(_Tables(parser, {"use_align_attribute": False}), "table", 75)
        parser.parseBlocks = _blocks(parser)  # type: ignore[method-assign, assignment]
        library.is_block_level = _is_block_level  # type: ignore[method-assign]
        emphasis = _Emphasis("*", "strong,em", library)
        emphasis.add("_", "strong,em", smart=True)
        library.inlinePatterns.register(emphasis, "em_strong", 60)
        library.inlinePatterns.register(_Links(LINK_RE, library), "link", 160)
        self.inline = _Inline(library)
        library.treeprocessors.register(self.inline, "inline", 20)

    def convert(self, text: str) -> str:
        """The HTML of a text; RecursionError where it needs more of the stack than the library itself would."""
        if not text.strip():
            return ""
        library = self.library.reset()
        text = _normalised(text)
        if "<" in text or "&" in text:
            text = "\n".join(library.preprocessors["html_block"].run(text.split("\n")))
        root = Element("div")
        library.parser.parseChunk(root, text)
        steps = library.treeprocessors
        steps["footnote"].run(root)
        self.inline.run(root)
        steps["footnote-duplicate"].run(root)
        attributes = "{" in text
        if attributes:
            steps["prettify"].run(root)
            steps["attr_list"].run(root)
        html = printed(root, pretty=not attributes).strip()
        if STX in html:
            for last in library.postprocessors:
                html = last.run(html)
        return html.strip()


def _is_block_level(tag: object) -> bool:
    return isinstance(tag, str) and (tag in BLOCKS or tag.lower().rstrip("/") in BLOCKS)


def _normalised(text: str) -> str:
    """As the library's first step leaves it."""
    text = text.replace(STX, "").replace(ETX, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
    if "\t" in text:
        text = text.expandtabs(4)
    if " \n" in text:
        text = re.sub(r"(?<=\n) +\n", "\n", text)
    return text


def _blocks(parser: markdown.blockparser.BlockParser) -> Callable[[Element, list[str]], None]:
    """``BlockParser.parseBlocks``: one line of prose is a paragraph without being shown to every kind of block."""
    kinds = [(kind.test, kind.run) for kind in parser.blockprocessors]
    paragraph = parser.blockprocessors["paragraph"].run
    plain_line = _PARAGRAPH.match

    def parse(parent: Element, blocks: list[str]) -> None:
        while blocks:
            if plain_line(blocks[0]):
                paragraph(parent, blocks)
                continue
            for test, run in kinds:
                if test(parent, blocks[0]) and run(parent, blocks) is not False:
                    break

    return parse


class _Tables(TableProcessor):
    """Rows without code and without escapes are split at their bars."""

    def _split(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            return super()._split(row)  # type: ignore[misc, no-any-return]
        return row.split("|")


class _Links(LinkInlineProcessor):
    """Most addresses are read at once, not character by character."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        found = _ADDRESS.match(data, index)
        return (found[1], None, found.end(), True) if found else super().getLink(data, index)


class _Emphasis(DelimiterProcessor):
    """The next mark is searched for by a pattern, not character by character."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for mark in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[mark[0]]
            found = delimiter.boundary.match(data, mark.start())
            if found and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None


class _Inline(InlineProcessor):
    """The library's inline step, for the texts and the patterns that have something to find.

    Its private methods go by their mangled names; only versions that were looked into get here.
    """

    def __init__(self, library: markdown.Markdown) -> None:
        super().__init__(library)
        patterns = library.inlinePatterns
        in_order = list(enumerate(sorted(_NEEDS, key=patterns.get_index_for_name)))
        self.all = [(index, patterns[name], _NEEDS[name]) for index, name in in_order]
        self.but_references = [self.all[index] for index, name in in_order if name not in _REFERENCES]
        self.patterns = self.all
        self.handle = self._InlineProcessor__handleInline
        self.apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        self.place = self._InlineProcessor__processPlaceholders  # type: ignore[attr-defined]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put elements for the marks in all texts of a tree, in the library's order."""
        self.stashed_nodes, self.parent_map, self.ancestors = {}, {}, []
        self.patterns = self.all if self.md.references else self.but_references
        queue = [tree]
        for parent in queue:
            new = []
            for child in parent:
                text = child.text
                if text and _REACTS.search(text) and not isinstance(text, AtomicString):
                    child.text = None
                    made = [element for element, _ in self.place(self.handle(text), child)]
                    queue += made
                    new.append((child, made))
                if child.tail and _REACTS.search(child.tail):
                    self._tail(parent, child, child.tail)
                if len(child):
                    queue.append(child)
            for child, made in new:
                child[:0] = made
        return tree

    def _tail(self, parent: Element, child: Element, text: str) -> None:
        holder, child.tail = Element("d"), None
        made = [element for element, _ in self.place(self.handle(text), holder, False)]
        child.tail = holder.tail or None
        at = list(parent).index(child) + 1
        parent[at:at] = made

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """All patterns from one on; those without a chance are passed over."""
        if isinstance(data, AtomicString):
            return data
        for index, pattern, needs in self.patterns:
            if index < patternIndex:
                continue
            for need in needs:
                if need in data:
                    break
            else:
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self.apply(pattern, data, index, start)
        return data
