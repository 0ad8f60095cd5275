"""GX83: links to other sites. Where they stand is found here, what became of them is asked elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Literal, NamedTuple
from urllib.parse import urldefrag

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Label, Place, Span, phrase
from gxsite.model.catalog import Catalog
from gxsite.model.report import Document, Link, Page
from gxsite.model.summary import Summary

CODES = {"dead": "GX831", "moved": "GX832", "unsure": "GX833"}
# A link that stands in many places is named in so many of them.
MAX_PLACES = 8
_ADDRESS = re.compile(r"https?://[^\s\"'<>(){}\[\]（），。；、]+", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["'](https?://[^\s"'<>{}]+)["']""", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_OWN = re.compile(r"base\s*:")


class Answer(NamedTuple):
    """What became of a link: ``problem`` says it in words, ``address`` is where it has moved to."""

    outcome: Literal["fine", "dead", "moved", "unsure"]
    problem: Fact = ""
    address: str = ""


def links_of(catalog: Catalog) -> Iterator[Link]:
    """The links to other sites in all bodies."""
    papers: tuple[Summary | Document | Page, ...]
    papers = (*catalog.reports.values(), *catalog.documents.values(), *catalog.pages.values())
    for paper in papers:
        for link in paper.links if isinstance(paper, Summary) else paper.body.links:
            if _ADDRESS.match(link.target):
                yield link


def links_in(path: str, text: str) -> Iterator[Link]:
    """The addresses of other sites in a YAML file, or in the front matter of a paper; comments are not published."""
    is_paper = text.startswith("---")
    for number, line in enumerate(text.split("\n"), 1):
        if is_paper and number > 1 and line.startswith("---"):
            return
        if _OWN.match(line):
            continue
        for found in _ADDRESS.finditer(_COMMENT.sub("", line)):
            span = Span(number, found.start() + 1, number, found.end() + 1)
            yield Link(found[0].rstrip(".,;:!?"), Place(path, span))


def links_in_template(path: str, text: str) -> Iterator[Link]:
    """The links to other sites that a template has in full."""
    for number, line in enumerate(text.split("\n"), 1):
        for found in _HREF.finditer(line):
            yield Link(unescape(found[1]), Place(path, Span(number, found.start(1) + 1, number, found.end(1) + 1)))


def by_address(links: Iterable[Link]) -> dict[str, list[Place]]:
    """The places of links by what has to be asked for: an id in a page is nothing that its server is told."""
    found: dict[str, list[Place]] = {}
    for link in links:
        found.setdefault(urldefrag(link.target).url, []).append(link.place)
    return found


def findings(places: Mapping[str, list[Place]], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """What is to be said of links, each at the first place where it stands."""
    for address, answer in answers.items():
        if answer.outcome == "fine":
            continue
        first, *others = sorted(set(places[address]))
        more = phrase("outside.more", count=1 + len(others)) if others else ""
        near = answer.address or None
        found = diagnose(
            CODES[answer.outcome], first, target=address, more=more, near=near, problem=answer.problem or None
        )
        yield replace(found, labels=tuple(Label(place, "") for place in others[: MAX_PLACES - 1]))
