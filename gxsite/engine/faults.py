"""What is wrong with the pages of the output, as findings: at the source or template that says so, with near names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxsite.base.diagnostic import Diagnostic, Place, Span
from gxsite.base.near import nearest
from gxsite.checks.pages import Group, PageFault, Shown, finding, joined, near_file
from gxsite.engine.links import Site
from gxsite.engine.state import Faulty
from gxsite.model.report import Document, Link, Page
from gxsite.render.bodies.safe_html import PREFIX
from gxsite.render.pagelinks import Reader, Spot, is_about, spot_of
from gxsite.render.pagetags import Use
from gxsite.render.themefiles import ThemeFiles, template_place
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
    sources = _Sources(portal, reader)
    faults = [
        PageFault(*fault, path, page.unit.partition(":")[0], page.language, sources.place(page, path, fault))
        for path, page in faulty.items()
        for fault in page.faults
    ]
    groups = joined(faults, site.files)
    return tuple(_finding(group, site, reader, theme, is_near=at < MAX_NEAR) for at, group in enumerate(groups))


def _finding(group: Group, site: Site, reader: Reader, theme: ThemeFiles, *, is_near: bool) -> Diagnostic:
    fault = group.first
    spot = spot_of(
        site.output.read(fault.page), fault.page, reader, fault[:3], anywhere=fault.page == NOT_FOUND
    ) or Spot(1, 1, 1, "", fault.target)
    near = _near(fault, site, reader) if is_near else None
    if fault.place:
        plain = group._replace(first=fault._replace(anchor=fault.anchor.removeprefix(PREFIX)))
        return finding(plain, Shown(fault.place, "", spot.written), near and near.removeprefix(PREFIX), None)
    place = Place(fault.page, Span(spot.line, spot.column, spot.line, spot.end))
    return finding(group, Shown(place, spot.tag, spot.written), near, _in_template(spot.written, theme))


def _near(fault: PageFault, site: Site, reader: Reader) -> str | None:
    """What was probably meant."""
    if fault.kind == "anchor":
        return nearest(fault.anchor, site.ids(fault.target))
    return near_file(fault, site.files, reader.path)


def _in_template(written: str, theme: ThemeFiles) -> Place | None:
    """The only place in the templates of a theme where a link, or its end, is written."""
    for words in dict.fromkeys((written, written.lstrip("./"))):
        found = [name for name, text in theme.templates.items() if len(words) > 1 and words in text]
        if len(found) == 1 and theme.templates[found[0]].count(words) == 1:
            text = theme.templates[found[0]]
            at = text.index(words)
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            path = template_place(theme, found[0], line).path
            return Place(path, Span(line, column, line, column + len(words)))
    return None


class _Sources:
    """Where a source says what is wrong with the page that is made of it."""

    def __init__(self, portal: Portal, reader: Reader) -> None:
        self._portal = portal
        self._reader = reader

    def place(self, page: Faulty, path: str, fault: tuple[str, str, str]) -> Place | None:
        """The link in the body of a page that has a fault, None if its template has it."""
        folder = VARIANTS[page.language].folder if page.language else ""
        kind, target, anchor = fault
        plain = kind, target.removeprefix(folder), anchor.removeprefix(PREFIX)
        source, links = self._body(*page.unit.partition(":")[::2])
        for link in links:
            address = self._address(source, link.target, path.removeprefix(folder))
            use = Use("load" if kind == "foreign" else "link", address)
            found = self._reader.follow(use, path.removeprefix(folder))
            if is_about(found._replace(anchor=found.anchor.removeprefix(PREFIX)), plain):
                return link.place
        return None

    def _address(self, source: str, target: str, path: str) -> str:
        """What a page makes of a link in its source."""
        return dict(addresses(self._portal, (target,), source, root_of(path))).get(target, target)

    def _body(self, kind: str, key: str) -> tuple[str, Sequence[Link]]:
        """The source of a page that has a body, and the links in it."""
        catalog = self._portal.catalog
        if kind == "report":
            return catalog.reports[key].path, catalog.reports[key].links
        paper: Document | Page | None = None
        if kind in ("document", "page"):
            paper = catalog.documents[key] if kind == "document" else catalog.pages[key]
        return (paper.path, paper.body.links) if paper else ("", ())
