"""What templates and downloads are given: closed, plain values.

A template sees ``site`` (:class:`SiteView`), ``page`` (:class:`PageView`) and ``view`` (one of the views below), and
for pages with a body ``body`` (:class:`gxsite.render.body.Html`). Every ``href`` is relative to the page that bears
it. All names here are public: themes are written against them.
"""

from __future__ import annotations

from typing import NamedTuple


class LinkView(NamedTuple):
    """A link; ``note`` is a few words beside it."""

    label: str
    href: str
    note: str = ""


class FooterView(NamedTuple):
    """Who runs the site; "" for what the configuration does not give. ``icp`` and ``police`` are record numbers."""

    host: str
    operator: str
    contact: str
    icp: str
    police: str
    site_id: str
    report_error: str


class SiteView(NamedTuple):
    """The portal as every page sees it. ``licence`` are the terms of reuse."""

    name: str
    description: str
    licence: str
    footer: FooterView


class PageView(NamedTuple):
    """The frame of one page.

    ``root`` is the way to the portal's home ("../../", "" on the home page, the base address on 404.html; None if
    there is no way, on a 404.html without a base). ``nav`` and ``crumbs`` are links, the page itself the last crumb
    with an empty href. ``meta`` are the required meta tags as (name, content). ``canonical`` and ``feed`` are ""
    without a base.
    """

    kind: str
    title: str
    head_title: str
    description: str
    root: str | None
    canonical: str
    feed: str
    styles: tuple[str, ...]
    icon: str
    nav: tuple[LinkView, ...]
    crumbs: tuple[LinkView, ...]
    meta: tuple[tuple[str, str], ...]


class HeadCell(NamedTuple):
    """A cell of a table's head."""

    text: str
    colspan: int
    rowspan: int
    id: str


class CellView(NamedTuple):
    """A cell as printed (``text``) and as exported.

    ``status`` is one of reported, blank, not_applicable, none, none_by_section; ``value`` the digits or "";
    ``headers`` the ids of its head cells.
    """

    indicator: str
    column: str
    column_label: str
    text: str
    status: str
    value: str
    approximate: bool
    raw: str
    unit: str
    decimal: bool
    headers: str = ""


class RowView(NamedTuple):
    """A row as printed: ``kind`` indicator, section or group; ``depth`` 0 and up; ``form_row`` false for own rows.

    ``says`` is 无 on a section or group under which nothing happened, else "".
    """

    kind: str
    id: str
    number: str
    label: str
    note: str
    unit: str
    depth: int
    form_row: bool
    cells: tuple[CellView, ...]
    says: str = ""


class TableView(NamedTuple):
    """A statistical table as printed.

    ``number`` is how officials cite it (表三) or ""; ``columns`` the number of value columns; ``units`` whether there
    is a unit column.
    """

    id: str
    number: str
    title: str
    stub: str
    units: bool
    columns: int
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[RowView, ...]


class DownloadView(NamedTuple):
    """A download: ``format`` is csv, excel, xlsx or json."""

    format: str
    label: str
    href: str
    hint: str


class AttachmentView(NamedTuple):
    """An attachment, published byte for byte."""

    name: str
    href: str
    size: str
    sha256: str


class WaiverView(NamedTuple):
    """A finding that the agency explains: what is checked (``title``), what the check says, the figures, the reason."""

    check: str
    title: str
    message: str
    figures: str
    reason: str


class CorrectionView(NamedTuple):
    """A dated notice of a change; ``what`` names the cell in words."""

    date: str
    what: str
    old: str
    new: str
    reason: str


class NoticeView(NamedTuple):
    """A dated notice, such as a withdrawal."""

    date: str
    reason: str


class FieldView(NamedTuple):
    """A line of a record card or sign-off."""

    label: str
    value: str


class BodyView(NamedTuple):
    """A body before conversion: Markdown with its quotations filled in, and the targets of its links as rewritten."""

    markdown: str
    links: tuple[tuple[str, str], ...]


class ReportView(NamedTuple):
    """One annual report.

    ``published`` is "" if the date is not known; ``scope`` is 本级, 汇总 or ""; ``held`` says that this is the last
    good version, because the present one has errors.
    """

    title: str
    agency: LinkView
    year: int
    year_link: LinkView
    form_title: str
    form_basis: str
    published: str
    signed: str
    scope: str
    card: tuple[FieldView, ...]
    body: BodyView
    tables: tuple[TableView, ...]
    waivers: tuple[WaiverView, ...]
    corrections: tuple[CorrectionView, ...]
    withdrawn: NoticeView | None
    held: bool
    sign_off: tuple[FieldView, ...]
    downloads: tuple[DownloadView, ...]
    attachments: tuple[AttachmentView, ...]
    previous_year: LinkView | None
    next_year: LinkView | None
    previous_agency: LinkView | None
    next_agency: LinkView | None
    citation: str


class ReportLine(NamedTuple):
    """A report in a list. ``published`` is "" if the date is not known; ``figures`` are (label, text with unit)."""

    link: LinkView
    agency: LinkView
    year: int
    published: str
    form: str
    withdrawn: bool
    figures: tuple[FieldView, ...]


class DocumentLine(NamedTuple):
    """A document in a list."""

    link: LinkView
    published: str


class AgencyLine(NamedTuple):
    """An agency in a list; ``depth`` 0 for the top; ``years`` the years with a report, newest first."""

    link: LinkView
    kind: str
    depth: int
    years: tuple[LinkView, ...]


class AgencyView(NamedTuple):
    """The index of one agency; ``missing`` are the years whose report was due ``as_of`` a day and is not there."""

    name: str
    former_names: tuple[str, ...]
    facts: tuple[FieldView, ...]
    parent: LinkView | None
    children: tuple[AgencyLine, ...]
    reports: tuple[ReportLine, ...]
    missing: tuple[int, ...]
    as_of: str
    documents: tuple[DocumentLine, ...]


class YearView(NamedTuple):
    """The archive of one year: who filed, and whose report was due ``as_of`` a day and is not there."""

    year: int
    reports: tuple[ReportLine, ...]
    missing: tuple[LinkView, ...]
    as_of: str
    form_title: str
    previous: LinkView | None
    next: LinkView | None


class YearsView(NamedTuple):
    """All years with the number of reports in each."""

    years: tuple[LinkView, ...]


class HomeView(NamedTuple):
    """The home page: agencies as a tree, years, the newest reports, the pages of the portal."""

    intro: str
    agencies: tuple[AgencyLine, ...]
    years: tuple[LinkView, ...]
    newest: tuple[ReportLine, ...]
    documents: tuple[DocumentLine, ...]
    pages: tuple[LinkView, ...]
    report_count: int
    agency_count: int


class DocumentView(NamedTuple):
    """A disclosure document with its record card; ``held`` as in :class:`ReportView`."""

    title: str
    agency: LinkView
    published: str
    signed: str
    card: tuple[FieldView, ...]
    body: BodyView
    waivers: tuple[WaiverView, ...]
    corrections: tuple[CorrectionView, ...]
    withdrawn: NoticeView | None
    held: bool


class TextView(NamedTuple):
    """A page of the portal; ``held`` as in :class:`ReportView`."""

    title: str
    held: bool
    body: BodyView


class MapSection(NamedTuple):
    """A part of the site map."""

    title: str
    links: tuple[LinkView, ...]


class SiteMapView(NamedTuple):
    """The site map as a page."""

    sections: tuple[MapSection, ...]


class NotFoundView(NamedTuple):
    """404.html; ``home`` is None without a base address."""

    home: LinkView | None


class ExportCell(NamedTuple):
    """One cell as exported: a line of the tidy table, in its order of columns."""

    table: str
    indicator: str
    column: str
    number: str
    label: str
    column_label: str
    unit: str
    value: str
    status: str
    approximate: bool
    raw: str
    form_row: bool


class ExportView(NamedTuple):
    """A report as its downloads give it. Texts are "" where nothing is known; ``card`` is (key, value).

    ``cells`` are all cells in form order; ``tables`` the same as they are printed.
    """

    agency: str
    agency_name: str
    year: int
    form: str
    form_title: str
    scope: str
    title: str
    published: str
    signed: str
    card: tuple[tuple[str, str], ...]
    cells: tuple[ExportCell, ...]
    tables: tuple[TableView, ...]
    waivers: tuple[tuple[tuple[str, str], ...], ...]
    corrections: tuple[tuple[tuple[str, str], ...], ...]


class EntryView(NamedTuple):
    """A report in the feed; ``published`` as RFC 3339."""

    title: str
    address: str
    published: str
    agency: str
    summary: str


class FeedView(NamedTuple):
    """The Atom feed; ``updated`` is the newest date of publication."""

    title: str
    address: str
    home: str
    updated: str
    entries: tuple[EntryView, ...]


class AddressView(NamedTuple):
    """An address for sitemap.xml; ``modified`` is a date or ""."""

    address: str
    modified: str


class MovedView(NamedTuple):
    """An old address, and the page that it points on to."""

    target: LinkView
