"""Units to files: the view of each target from the portal, its bytes from the renderer, its place in the output."""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gxsite.base.diagnostic import Diagnostic, ProjectError
from gxsite.engine.output import Output, Written
from gxsite.engine.state import State
from gxsite.engine.themes import ThemeInUse
from gxsite.engine.timings import Timings
from gxsite.model.report import Report
from gxsite.site.languages import TRADITIONAL, VARIANTS
from gxsite.site.plan import PAGES, Target
from gxsite.site.portal import Portal
from gxsite.site.views import BodyView, ExportView, PageView

if TYPE_CHECKING:
    from gxsite.engine.links import MadePage
    from gxsite.render.body import BodyEngine, Html
    from gxsite.render.downloads import Downloads
    from gxsite.render.hant import Traditional
    from gxsite.render.pagelinks import Reader
    from gxsite.site.export import Exports

# A fork and its way back cost about as much as making the files of this many reports.
WORTH_A_FORK = 40


class Task(NamedTuple):
    """The targets of a unit that are to be made, with what they are made from."""

    unit: str
    targets: tuple[tuple[Target, bytes], ...]


class Done(NamedTuple):
    """What came of some tasks: files as written, bodies as converted, pages as read; and how the theme failed."""

    written: list[tuple[str, Written]]
    bodies: list[tuple[str, bytes, bytes]]
    pages: list[MadePage]
    timings: Timings
    found: tuple[Diagnostic, ...] = ()


class Maker:
    """Makes targets; one for each process, because the converter of bodies is used again."""

    def __init__(self, root: Path, portal: Portal, theme: ThemeInUse, state: State, output: Output) -> None:
        self.root = root
        self.portal = portal
        self.theme = theme
        self.state = state
        self.output = output
        self._converter: BodyEngine | None = None
        self._whole: Report | None = None
        self._exporters: tuple[Exports, Downloads] | None = None
        self._exported: tuple[str, ExportView] | None = None
        self._has_bodies = state.has_bodies()  # in a first build there are none to be looked for
        self._bodies: list[tuple[str, bytes, bytes]] = []
        self._body_made: tuple[bytes, Html] | None = None
        self._variants: dict[str, Portal] = {}
        self._hant: Traditional | None = None
        self._reader: Reader | None = None

    def prepare(self, tasks: Sequence[Task]) -> None:
        """Load and compile what many tasks need: done before a fork it is done once."""
        looks = {(target.kind, target.language) for task in tasks for target, _ in task.targets}
        kinds = {kind for kind, _ in looks}
        self.theme.compile_for((kind, self._portal(language).language.words) for kind, language in looks)
        if len(tasks) < WORTH_A_FORK:
            return
        if kinds & {"report", "document", "page"}:
            from gxsite.site import papers  # noqa: F401

            self._engine().prepare()
        if any(language == TRADITIONAL.code for _, language in looks):
            self._traditional().prepare()
        if kinds & {"csv", "excel", "xlsx", "json"}:
            self._prepare_downloads()

    def do(self, tasks: Sequence[Task]) -> Done:
        """Make and stage some targets."""
        self._bodies = []
        written: list[tuple[str, Written]] = []
        pages: list[MadePage] = []
        timings = Timings()
        try:
            for task in tasks:
                for target, inputs in task.targets:
                    start = time.perf_counter()
                    data = self.make(target)
                    written.append((task.unit, self.output.put(target.path, data, inputs)))
                    if target.kind in PAGES or target.kind == "404":
                        pages.append(self._read(target, task.unit, data))
                    timings.made(task.unit, target.kind, time.perf_counter() - start)
        except ProjectError as error:
            return Done(written, self._bodies, pages, timings, error.diagnostics)
        return Done(written, self._bodies, pages, timings)

    def _read(self, target: Target, unit: str, data: bytes) -> MadePage:
        """Where a page leads."""
        from gxsite.engine.links import MadePage

        if self._reader is None:
            from gxsite.render.pagelinks import Reader

            self._reader = Reader(self.portal.config.base)
        holds = self._reader.read(data, target.path, anywhere=target.kind == "404")
        return MadePage(target.path, unit, target.language, holds)

    def make(self, target: Target) -> bytes:
        """The bytes of a target."""
        if target.kind == "attachment":
            return (self.root / target.key).read_bytes()
        if target.kind == "static":
            return self.theme.assets[target.key]
        if target.kind in ("csv", "excel", "xlsx", "json"):
            return self._download(target.kind, target.key)
        if target.kind in ("sitemap.xml", "feed"):
            return self._xml(target.kind)
        page, view = self._page(target)
        body: BodyView | None = getattr(view, "body", None)
        html = self._body(target.source, body) if body is not None else None
        if target.language:
            return self._variant(target, page, view, body, html)
        return self.theme.render(self.portal.site, page, view, html)

    def _variant(self, target: Target, page: PageView, view: object, body: BodyView | None, html: Html | None) -> bytes:
        """A page in another language: made like the Chinese one, then worked over as a whole."""
        from gxsite.render.markup import redirected
        from gxsite.site.bodies import shared_links

        portal = self._portal(target.language)
        if html is not None and body is not None:
            html = html._replace(html=type(html.html)(redirected(html.html, shared_links(portal, body))))
        finished = self.theme.render(portal.site, page, view, html, portal.language.words).decode()
        if portal.language == TRADITIONAL:
            return self._traditional().page(finished).encode()
        from gxsite.render.foreign import marked

        return marked(finished, html.html if html else "").encode()

    def _portal(self, language: str) -> Portal:
        """The portal whose pages are in a language; "" is the Chinese one."""
        if not language:
            return self.portal
        if language not in self._variants:
            self._variants[language] = replace(self.portal, language=VARIANTS[language])
        return self._variants[language]

    def _traditional(self) -> Traditional:
        if self._hant is None:
            from gxsite.render.hant import Traditional

            self._hant = Traditional(self.portal.config.hant.standard, self.portal.written_names)
        return self._hant

    def _xml(self, kind: str) -> bytes:
        from gxsite.render.xml import atom, sitemap_xml
        from gxsite.site.exports import addresses_of, feed_of

        return atom(feed_of(self.portal)) if kind == "feed" else sitemap_xml(addresses_of(self.portal))

    def _body(self, path: str, body: BodyView) -> Html:
        """A body as HTML: remembered if nothing that it is made from has changed, else converted.

        The pages of a body in all languages follow one another, so the last one is kept.
        """
        around = self.portal.config.body.engine, len(body.markdown), body._replace(markdown="")
        key = hashlib.blake2b((repr(around) + body.markdown).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if self._body_made and self._body_made[0] == key:
            return self._body_made[1]
        packed = self.state.body(path, key) if self._has_bodies else None
        if packed is not None:
            html: Html = pickle.loads(packed)
        else:
            html = self._convert(body)
            self._bodies.append((path, key, pickle.dumps(html, 5)))
        self._body_made = key, html
        return html

    def _convert(self, body: BodyView) -> Html:
        return self._engine().convert(body)

    def _engine(self) -> BodyEngine:
        if self._converter is None:
            from gxsite.render.body import BodyEngine

            self._converter = BodyEngine(self.portal.config.body.engine)
        return self._converter

    def _report(self, key: str) -> Report:
        """A whole report; the files of a report follow one another, so the last one is kept."""
        if self._whole is None or self._whole.key != key:
            self._whole = self.portal.catalog.whole[key]
        return self._whole

    def _download(self, kind: str, key: str) -> bytes:
        """A download; those of a report follow one another, so what they have in common is kept."""
        exports, downloads = self._prepare_downloads()
        if self._exported is None or self._exported[0] != key:
            report = self._report(key)
            name = self.portal.catalog.agencies[report.agency].name
            self._exported = key, exports.view(report, name)
        return downloads.write(kind, self._exported[1])

    def _prepare_downloads(self) -> tuple[Exports, Downloads]:
        if self._exporters is None:
            from gxsite.render.downloads import Downloads
            from gxsite.site.export import Exports

            self._exporters = Exports(self.portal.catalog.forms), Downloads()
        return self._exporters

    def _page(self, target: Target) -> tuple[PageView, object]:
        from gxsite.site import indexes, papers

        portal, catalog, key = self._portal(target.language), self.portal.catalog, target.key
        match target.kind:
            case "report":
                return papers.report_page(portal, self._report(key))
            case "document":
                return papers.document_page(portal, catalog.documents[key])
            case "page":
                return papers.text_page(portal, catalog.pages[key])
            case "agency":
                return indexes.agency_page(portal, catalog.agencies[key])
            case "year":
                return indexes.year_page(portal, int(key))
            case "years":
                return indexes.years_page(portal)
            case "sitemap":
                return indexes.site_map_page(portal)
            case "moved":
                return indexes.moved_page(portal, key, *portal.moves[key])
            case "404":
                return indexes.not_found_page(portal)
            case _:
                return indexes.home_page(portal)
