"""What is wrong with the pages of the output, as findings: at the source or template that says so, with near names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gxsite.base.diagnostic import Diagnostic, Place, Span
from gxsite.base.near import nearest
from gxsite.checks.pages import Group, PageFault, Shown, finding, joined, near_file
from gxsite.engine.links import Site
from gxsite.engine.state import Faulty
from gxsite.model.report import Body, Document, Link, Page, Report
from gxsite.render.bodies.safe_html import PREFIX
from gxsite.render.linkplaces import LinkPlaces
from gxsite.render.pagelinks import Reader, Spot, is_about, spot_of
from gxsite.render.pagetags import Use
from gxsite.render.themefiles import ThemeFiles
from gxsite.site.bodies import addresses
from gxsite.site.languages import VARIANTS
from gxsite.site.portal import Portal
from gxsite.site.routes import NOT_FOUND, root_of

# Near names are sought for so many faults: to compare one with all paths of a large portal takes a while.
MAX_NEAR = 20


def findings(faulty: Mapping[str, Faulty], site: Site, portal: Portal, theme: ThemeFiles) -> tuple[Diagnostic, ...]:
    """What is wrong with pages, joined by causes."""
    if not faulty:
        return ()
    reader = Reader(portal.config.base)
    sources, templates = _Sources(portal, reader), LinkPlaces(theme)
    faults = (
        placed
        for path, page in faulty.items()
        for fault in page.faults
        for placed in _placed(path, page, fault, sources, templates)
    )
    groups = joined(faults, site.files)
    return tuple(_finding(group, site, reader, is_near=at < MAX_NEAR) for at, group in enumerate(groups))


def _placed(
    path: str, page: Faulty, fault: tuple[str, str, str], sources: _Sources, templates: LinkPlaces
) -> Iterator[PageFault]:
    """A fault of a page at each place of its source that says so; if none does, with those in templates."""
    folder = VARIANTS[page.language].folder if page.language else ""
    made = PageFault(*fault, path, page.unit.partition(":")[0], page.language, folder=folder)
    places = [made._replace(place=place) for place in sources.places(page, made)]
    plain, target, anchor = made.plain
    yield from places or [made._replace(templates=templates.of(made.kind, target, anchor, plain))]


def _finding(group: Group, site: Site, reader: Reader, *, is_near: bool) -> Diagnostic:
    fault = group.first
    spot = spot_of(
        site.output.read(fault.page), fault.page, reader, fault[:3], anywhere=fault.page == NOT_FOUND
    ) or Spot(1, 1, 1, "", fault.target)
    near = _near(fault, site, reader) if is_near else None
    if fault.place:  # the author does not know how the ids of bodies are told from those of templates
        plain = group._replace(first=fault._replace(anchor=fault.anchor.removeprefix(PREFIX)))
        written = spot.written.removeprefix(PREFIX) if fault.kind == "twice" else spot.written
        return finding(plain, Shown(fault.place, "", written), near and near.removeprefix(PREFIX))
    place = Place(fault.page, Span(spot.line, spot.column, spot.line, spot.end))
    return finding(group, Shown(place, spot.tag, spot.written), near)


def _near(fault: PageFault, site: Site, reader: Reader) -> str | None:
    """What was probably meant."""
    if fault.kind == "anchor":
        return nearest(fault.anchor, site.ids(fault.target))
    return near_file(fault, site.files, reader.path)


class _Sources:
    """Where a source says what is wrong with the page that is made of it."""

    def __init__(self, portal: Portal, reader: Reader) -> None:
        self._portal = portal
        self._reader = reader

    def places(self, page: Faulty, fault: PageFault) -> Iterator[Place]:
        """The places in the body of a page that have a fault, none if its template has it."""
        path, target, anchor = fault.plain
        kind, key = page.unit.partition(":")[::2]
        if fault.kind == "twice":
            yield from _again(*self._body(kind, key), target) if target.startswith(PREFIX) else ()
            return
        plain = fault.kind, target, anchor.removeprefix(PREFIX)
        source, links = self._links(kind, key)
        for link in links:
            address = self._address(source, link.target, path)
            use = Use("load" if fault.kind == "foreign" else "link", address)
            found = self._reader.follow(use, path)
            if is_about(found._replace(anchor=found.anchor.removeprefix(PREFIX)), plain):
                yield link.place

    def _address(self, source: str, target: str, path: str) -> str:
        """What a page makes of a link in its source."""
        return dict(addresses(self._portal, (target,), source, root_of(path))).get(target, target)

    def _links(self, kind: str, key: str) -> tuple[str, Sequence[Link]]:
        """The source of a page that has a body, and the links in it."""
        if kind == "report":  # for its links it need not be read as a whole
            report = self._portal.catalog.reports[key]
            return report.path, report.links
        path, body = self._body(kind, key)
        return path, body.links

    def _body(self, kind: str, key: str) -> tuple[str, Body]:
        """The source of a page that has a body, and the body."""
        catalog = self._portal.catalog
        paper: Report | Document | Page | None = None
        if kind == "report":
            paper = catalog.whole[key]
        elif kind in ("document", "page"):
            paper = catalog.documents[key] if kind == "document" else catalog.pages[key]
        return (paper.path, paper.body) if paper else ("", Body())


def _again(path: str, body: Body, name: str) -> Iterator[Place]:
    """Where a body gives an id again: ``{#name}`` behind a heading, ``{: #name }``, or a tag."""
    name = re.escape(name.removeprefix(PREFIX))
    listed, in_tag = rf"[^{{}}\n]*?(#{name})(?=[\s}}])", rf"""<[^<>]*?\sid\s*=\s*["']?({name})(?=["'\s>])"""
    given = re.compile(rf"^ {{0,3}}#[^\n]*\{{{listed}|\{{:{listed}|{in_tag}", re.MULTILINE)
    for found in list(given.finditer(body.text))[1:]:
        start, end = found.span(found.lastindex or 0)
        row, column = body.text.count("\n", 0, start), start - body.text.rfind("\n", 0, start)
        line = body.first + row
        yield Place(path, Span(line, column, line, column + end - start))
