"""Python-Markdown: the dialect of the manual, by the library that defines it."""

from __future__ import annotations

from collections.abc import Callable

import markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

# The versions whose inside `tuned` knows: it changes with small versions, too. Another one is used as it comes.
KNOWN = ("3.11.3",)


def version() -> str:
    """The version of the library."""
    return markdown.__version__


def converter() -> Callable[[str], str]:
    """Markdown to HTML, again and again."""
    library = plain()
    shorter: Callable[[str], str] | None = None
    if version() in KNOWN:
        from gxsite.render.bodies.tuned import Tuned

        shorter = Tuned(library).convert

    def convert(text: str) -> str:
        # The library remembers where a text broke off for want of stack, so the next one is begun anew.
        library.parser.state.clear()
        if shorter:
            try:
                return shorter(text)
            except RecursionError:  # the library itself needs less of it
                library.parser.state.clear()
        return library.reset().convert(text)

    return convert


def plain() -> markdown.Markdown:
    """The library as it comes. Heading ids are ours, so its toc would have nothing left to do."""
    extensions: tuple[Extension, ...] = (
        TableExtension(),
        FootnoteExtension(BACKLINK_TEXT="↩", BACKLINK_TITLE="回到正文第 {} 处引用"),
        DefListExtension(),
        SaneListExtension(),
        AttrListExtension(),
    )
    return markdown.Markdown(extensions=extensions, output_format="html", tab_length=4)
