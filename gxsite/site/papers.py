"""The pages of reports, documents and plain pages."""

from __future__ import annotations

from gxsite.base.dates import Moment
from gxsite.model.form import Form
from gxsite.model.report import Card, Correction, Dated, Document, Page, Report, Withdrawal
from gxsite.model.summary import Summary
from gxsite.site import routes
from gxsite.site.bodies import body_of, no_quotes, quoted_from
from gxsite.site.frame import frame
from gxsite.site.labels import CARD, DOWNLOADS, SCOPE, SIGN_OFF, UNKNOWN_DATE
from gxsite.site.meta import Article
from gxsite.site.portal import Portal, agency_link, report_link, year_link
from gxsite.site.tables import tables_of
from gxsite.site.views import (
    AttachmentView,
    CorrectionView,
    DocumentView,
    DownloadView,
    FieldView,
    LinkView,
    NoticeView,
    PageView,
    ReportView,
    TextView,
)


def report_page(portal: Portal, report: Report) -> tuple[PageView, ReportView]:
    """The page of a report."""
    catalog, form = portal.catalog, portal.catalog.forms[report.form]
    agency = catalog.agencies[report.agency]
    route = routes.report(report.agency, report.year)
    root = routes.root_of(routes.file_of(route))
    issuer = report.card.get("issuer") or agency.name
    around = portal.around(report.key)
    page = frame(
        portal,
        "report",
        route,
        report.title,
        report.card.get("summary")
        or portal.said("{agency}{year}年度政府信息公开工作报告及统计表。", agency=agency.name, year=report.year),
        ((agency.name, routes.agency(agency.id)),),
        Article(report.published.moment.minute if report.published else "", issuer, _keywords(report.card)),
    )
    view = ReportView(
        title=report.title,
        agency=agency_link(agency, root),
        year=report.year,
        year_link=year_link(portal, report.year, root),
        form_title=form.title,
        form_basis=form.basis,
        published=_date(report.published),
        signed=_date(report.signed),
        scope=portal.say(SCOPE.get(report.scope or "", "")),
        card=_card(report.card, report.title, report.published),
        body=body_of(portal, report.body, report.path, root, quoted_from(report, form)),
        tables=tables_of(report, form),
        waivers=portal.waivers_of(report.path),
        corrections=tuple(_correction(c, report, form) for c in report.corrections),
        withdrawn=_withdrawal(report.withdrawn),
        held=report.path in portal.held,
        sign_off=tuple(FieldView(SIGN_OFF[key], value) for key, value in report.sign_off),
        downloads=downloads_of(portal, report),
        attachments=_attachments(portal, report),
        previous_year=_year(portal, around.previous_year, root),
        next_year=_year(portal, around.next_year, root),
        previous_agency=_neighbour(portal, around.previous_agency, root),
        next_agency=_neighbour(portal, around.next_agency, root),
        citation=_citation(portal, report, issuer, page.canonical),
    )
    return page, view


def _year(portal: Portal, report: Summary | None, root: str) -> LinkView | None:
    return report_link(report, root, portal.say("{year}年度", year=report.year)) if report else None


def _neighbour(portal: Portal, report: Summary | None, root: str) -> LinkView | None:
    return report_link(report, root, portal.catalog.agencies[report.agency].name) if report else None


def downloads_of(portal: Portal, report: Report) -> tuple[DownloadView, ...]:
    """The downloads that lie beside a report."""
    chosen = portal.config.downloads
    found = []
    for format_id, (label, hint) in DOWNLOADS.items():
        if format_id in chosen or (format_id == "excel" and "csv" in chosen):
            name = routes.download(report.agency, report.year, format_id).rpartition("/")[2]
            href = _beside(portal, report, name)
            found.append(DownloadView(format_id, portal.say(label), href, portal.say(hint)))
    return tuple(found)


def _beside(portal: Portal, report: Report, href: str) -> str:
    """The link from the page of a report to a file beside its Chinese page, whose link is ``href``."""
    if not portal.language.folder:
        return href
    route = routes.report(report.agency, report.year)
    return portal.up(routes.root_of(routes.file_of(route))) + route + href


def _attachments(portal: Portal, report: Report) -> tuple[AttachmentView, ...]:
    found = portal.catalog.attachments.get(report.key, ())
    return tuple(
        AttachmentView(a.name, _beside(portal, report, routes.href(a.name, "")), _size(portal, a.size), a.sha256)
        for a in found
    )


def _size(portal: Portal, size: int) -> str:
    """A size for readers: ``812 字节``, ``35 KB``, ``1.2 MB``."""
    if size < 1024:
        return portal.say("{count} 字节", count=size)
    return f"{size // 1024} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def _citation(portal: Portal, report: Report, issuer: str, canonical: str) -> str:
    published = _date(report.published) or portal.say(UNKNOWN_DATE)
    return f"{issuer}：《{report.title}》，{portal.config.name}，{published}" + (
        f"，{canonical}" if canonical else "。"
    )


def _correction(correction: Correction, report: Report, form: Form) -> CorrectionView:
    ref = form.names.get(correction.cell)
    own = {row.id: row.label for row in report.rows}
    what = own.get(correction.cell, correction.cell)
    if ref:
        _, row, column = form.cells[ref]
        what = f"{row.name} {column.label}" if column.id else row.name
    return CorrectionView(correction.date.date, what, correction.old, correction.new, correction.reason)


def _withdrawal(withdrawn: Withdrawal | None) -> NoticeView | None:
    return NoticeView(withdrawn.date.date, withdrawn.reason) if withdrawn else None


def _date(dated: Dated | None) -> str:
    return dated.moment.date if dated else ""


def _card(card: Card, title: str, published: Dated | None) -> tuple[FieldView, ...]:
    """The record card: name and date of publication come from the file itself."""
    fields = [FieldView(CARD[key], value) for key, value in card.fields]
    at = sum(1 for key, _ in card.fields if key in ("index_number", "category", "issuer", "office", "created"))
    moment: Moment | None = published.moment if published else None
    own = [FieldView("发布日期", str(moment) if moment else UNKNOWN_DATE), FieldView("信息名称", title)]
    return (*fields[:at], *own, *fields[at:], *(FieldView(label, value) for label, value in card.extra if value))


def _keywords(card: Card) -> str:
    return card.get("keywords").replace("、", ",")


def document_page(portal: Portal, document: Document) -> tuple[PageView, DocumentView]:
    """The page of a document."""
    agency = portal.catalog.agencies[document.agency]
    route = routes.document(document.agency, document.slug)
    root = routes.root_of(routes.file_of(route))
    published = document.published.moment.minute if document.published else ""
    page = frame(
        portal,
        "document",
        route,
        document.title,
        document.card.get("summary") or document.title,
        ((agency.name, routes.agency(agency.id)),),
        Article(published, document.card.get("issuer") or agency.name, _keywords(document.card)),
        document.column,
    )
    view = DocumentView(
        title=document.title,
        agency=agency_link(agency, root),
        published=_date(document.published),
        signed=_date(document.signed),
        card=_card(document.card, document.title, document.published),
        body=body_of(portal, document.body, document.path, root, no_quotes),
        waivers=portal.waivers_of(document.path),
        corrections=tuple(CorrectionView(c.date.date, c.cell, c.old, c.new, c.reason) for c in document.corrections),
        withdrawn=_withdrawal(document.withdrawn),
        held=document.path in portal.held,
    )
    return page, view


def text_page(portal: Portal, text: Page) -> tuple[PageView, TextView]:
    """A page of the portal."""
    route = routes.page(text.slug)
    root = routes.root_of(routes.file_of(route))
    page = frame(portal, "page", route, text.title, text.description or text.title, column=text.column)
    body = body_of(portal, text.body, text.path, root, no_quotes)
    return page, TextView(text.title, text.path in portal.held, body)
