"""One target to bytes: its view from the portal, its bytes from the renderer."""

from __future__ import annotations

from pathlib import Path

from gxsite.render.body import BodyEngine, Html
from gxsite.render.csv import excel_csv, plain_csv
from gxsite.render.report_json import report_json
from gxsite.render.theme import Theme
from gxsite.render.xlsx import report_xlsx
from gxsite.render.xml import atom, sitemap_xml
from gxsite.site import indexes, papers
from gxsite.site.exports import addresses_of, export_of, feed_of
from gxsite.site.plan import Target, moves
from gxsite.site.portal import Portal
from gxsite.site.views import BodyView, ExportView, PageView

_DOWNLOADS = {"csv": plain_csv, "excel": excel_csv, "xlsx": report_xlsx, "json": report_json}


class Maker:
    """Makes targets; one for each process, because the converter of bodies is used again."""

    def __init__(self, root: Path, portal: Portal, theme: Theme) -> None:
        self.root = root
        self.portal = portal
        self.theme = theme
        self.bodies = BodyEngine()
        self._exported: tuple[str, ExportView] | None = None

    def make(self, target: Target) -> bytes:
        """The bytes of a target."""
        download = _DOWNLOADS.get(target.kind)
        if download:
            return download(self._export(target.key))
        if target.kind == "attachment":
            return (self.root / target.key).read_bytes()
        if target.kind == "static":
            return self.theme.files.statics[target.key]
        if target.kind == "sitemap.xml":
            return sitemap_xml(addresses_of(self.portal))
        if target.kind == "feed":
            return atom(feed_of(self.portal))
        page, view = self._page(target)
        body: BodyView | None = getattr(view, "body", None)
        html: Html | None = self.bodies.convert(body) if body is not None else None
        return self.theme.render(self.portal.site, page, view, html)

    def _export(self, key: str) -> ExportView:
        """The data of a report; its downloads follow one another, so the last one is kept."""
        if self._exported is None or self._exported[0] != key:
            self._exported = key, export_of(self.portal, self.portal.catalog.reports[key])
        return self._exported[1]

    def _page(self, target: Target) -> tuple[PageView, object]:
        portal, catalog, key = self.portal, self.portal.catalog, target.key
        match target.kind:
            case "report":
                return papers.report_page(portal, catalog.reports[key])
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
                return indexes.moved_page(portal, key, *moves(portal)[key])
            case "404":
                return indexes.not_found_page(portal)
            case _:
                return indexes.home_page(portal)
