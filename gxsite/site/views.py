"""What templates and downloads are given: closed, plain values.

A template sees ``site`` (:class:`SiteView`), ``page`` (:class:`PageView`) and ``view`` (one of the views below), and
for pages with a body ``body`` (:class:`gxsite.render.body.Html`). Every ``href`` is relative to the page that bears
it. All names here are public: themes are written against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class LinkView(NamedTuple):
    """A link; ``note`` is a few words beside it."""

    label: str
    href: str
    note: str = ""


class MenuView(NamedTuple):
    """A link of the menu; ``here`` is page if it leads to the page that bears it, section if to one above, else ""."""

    label: str
    href: str
    here: str = ""


class FooterView(NamedTuple):
    """Who runs the site; "" for what the configuration does not give. ``icp`` and ``police`` are record numbers.

    ``police_link`` leads to the record with the police if its number can be read, else to where records are found.
    """

    host: str
    operator: str
    contact: str
    icp: str
    police: str
    police_link: str
    site_id: str
    report_error: str
    copyright: str
    ipv6: str


class SiteView(NamedTuple):
    """The portal as every page sees it. ``licence`` are the terms of reuse; ``domain`` is "" if it is not known."""

    name: str
    domain: str
    description: str
    licence: str
    footer: FooterView


class LanguageView(NamedTuple):
    """A language in which a page is to be had: its tag, its name in itself, the page; ``here`` if it is this one."""

    code: str
    label: str
    href: str
    here: bool


class CrestView(NamedTuple):
    """The portal's crest: its address, its size on the page in pixels, and its name, "" if it only adorns."""

    href: str
    width: int
    height: int
    alt: str


class MarkView(NamedTuple):
    """The mark of sites of party and government: its picture, as that of a crest, and the address that it leads to."""

    href: str
    width: int
    height: int
    alt: str
    link: str


class PageView(NamedTuple):
    """The frame of one page.

    ``root`` is the way to the portal's home ("../../", "" on the home page, the base address on 404.html; None if
    there is no way, on a 404.html without a base). ``nav`` is the menu; ``crumbs`` are links, the page itself the last
    with an empty href. ``meta`` are the required meta tags as (name, content), ``social`` those of the Open Graph as
    (property, content), none without a base; ``data`` tells programs the way to the page in JSON that is safe in a
    script element, "" without a base. ``canonical`` and ``feed`` are "" without a base. ``lang`` is the language of
    the page; in a portal with variants ``languages`` are all that it is to be had in, and ``alternates`` their
    addresses as (hreflang, address), none without a base. ``assets`` is the way to the theme's static files, None
    where ``root`` is. ``foot`` are links to those of the portal's own pages that its footer names.
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
    nav: tuple[MenuView, ...]
    crumbs: tuple[LinkView, ...]
    meta: tuple[tuple[str, str], ...]
    social: tuple[tuple[str, str], ...] = ()
    data: str = ""
    lang: str = "zh-CN"
    languages: tuple[LanguageView, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    assets: str | None = None
    crest: CrestView | None = None
    mark: MarkView | None = None
    foot: tuple[LinkView, ...] = ()


class HeadCell(NamedTuple):
    """A cell of a table's head."""

    text: str
    colspan: int
    rowspan: int
    id: str


class CellShape(NamedTuple):
    """A cell but for its figure: one object for all cells of that place and look in all reports on a form.

    ``column_label`` are all headings of its column; ``label`` is the last of them, ``group`` those above it ("" if it
    stands alone), ``starts`` whether it is the first of its group. ``headers`` are the ids of all headings, of its
    row and of its column. ``status`` is one of reported, blank, not_applicable, none, none_by_section, ``sign`` what
    stands where there is no figure ("/", "无", ""). ``zero``: the figure is 0.
    """

    indicator: str
    column: str
    column_label: str
    label: str
    group: str
    starts: bool
    headers: str
    unit: str
    decimal: bool
    status: str
    approximate: bool
    zero: bool
    sign: str


class CellView(NamedTuple):
    """A cell: as printed (``text``), as the digits of its value (``value``, "" without one), as written (``raw``).

    ``measure`` is the unit to be printed behind the figure, "" where the table or the row says it. The names of its
    shape are names of the cell too: ``cell.status``.
    """

    shape: CellShape
    text: str
    value: str
    raw: str
    measure: str

    @property
    def indicator(self) -> str:
        """``shape.indicator``, and so on below."""
        return self.shape.indicator

    @property
    def column(self) -> str:
        return self.shape.column

    @property
    def column_label(self) -> str:
        return self.shape.column_label

    @property
    def headers(self) -> str:
        return self.shape.headers

    @property
    def unit(self) -> str:
        return self.shape.unit

    @property
    def decimal(self) -> bool:
        return self.shape.decimal

    @property
    def status(self) -> str:
        return self.shape.status

    @property
    def approximate(self) -> bool:
        return self.shape.approximate


class RowShape(NamedTuple):
    """A row but for its figures: one object for all reports on a form.

    ``kind`` is indicator, section or group; ``unit`` that of its first cell; ``depth`` 0 and up; ``form_row`` false for
    rows of the report's own. ``anchor`` is its id in the page; ``headers`` are the ids of the headings of its cells:
    those it stands under, and its own. ``opens`` says what begins with it: the table, a part (a section with its
    rows), own (the report's own rows below those of the form) or "".
    """

    kind: str
    id: str
    number: str
    label: str
    note: str
    unit: str
    depth: int
    form_row: bool
    anchor: str
    headers: str
    opens: str


class RowView(NamedTuple):
    """A row as printed; ``says`` is 无 on a section or group under which nothing happened, else "".

    The names of its shape are names of the row too: ``row.label``.
    """

    shape: RowShape
    cells: tuple[CellView, ...]
    says: str = ""

    @property
    def kind(self) -> str:
        """``shape.kind``, and so on below."""
        return self.shape.kind

    @property
    def id(self) -> str:
        return self.shape.id

    @property
    def number(self) -> str:
        return self.shape.number

    @property
    def label(self) -> str:
        return self.shape.label

    @property
    def note(self) -> str:
        return self.shape.note

    @property
    def unit(self) -> str:
        return self.shape.unit

    @property
    def depth(self) -> int:
        return self.shape.depth

    @property
    def form_row(self) -> bool:
        return self.shape.form_row


class TableShape(NamedTuple):
    """A table but for its rows: one object for all reports on a form.

    ``number`` is how officials cite it (表三) or ""; ``stub`` the heading over its rows; ``columns`` the number of
    value columns; ``unit`` the one unit of all its figures, "" if they differ; ``units`` whether the form gives units
    by row, so that they may have a column; ``parted`` whether there are sections or groups among its rows.
    """

    id: str
    number: str
    title: str
    stub: str
    unit: str
    units: bool
    columns: int
    parted: bool
    head: tuple[tuple[HeadCell, ...], ...]


class TableView(NamedTuple):
    """A statistical table as printed.

    ``signs`` are the statuses that occur, but for reported, and ``approximate`` if a figure is. The names of its shape
    are names of the table too: ``table.title``.
    """

    shape: TableShape
    rows: tuple[RowView, ...]
    signs: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """``shape.id``, and so on below."""
        return self.shape.id

    @property
    def number(self) -> str:
        return self.shape.number

    @property
    def title(self) -> str:
        return self.shape.title

    @property
    def stub(self) -> str:
        return self.shape.stub

    @property
    def unit(self) -> str:
        return self.shape.unit

    @property
    def units(self) -> bool:
        return self.shape.units

    @property
    def columns(self) -> int:
        return self.shape.columns

    @property
    def head(self) -> tuple[tuple[HeadCell, ...], ...]:
        return self.shape.head

    @property
    def longest(self) -> int:
        """The length of the longest figure."""
        return max((len(cell.text) for row in self.rows for cell in row.cells), default=0)


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
    """A body before conversion: Markdown with its quotations filled in, and the targets of its links as rewritten.

    Links to other hosts than ``domain`` leave the site.
    """

    markdown: str
    links: tuple[tuple[str, str], ...]
    domain: str = ""


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


class FigureView(NamedTuple):
    """A headline figure of a report as printed, with its unit where the head of the column does not say it.

    ``share`` is its part of the largest figure in the column, in percent; None where there is no exact figure.
    """

    text: str
    unit: str
    share: int | None


class ReportLine(NamedTuple):
    """A report in a list. ``published`` is "" if the date is not known, ``scope`` 本级, 汇总 or "".

    ``withdrawn`` and ``corrected`` are the days of the withdrawal and of the newest correction or "", ``held`` is as
    in :class:`ReportView`. ``figures`` are those of the headlines of its series; one that is withdrawn has none.
    """

    link: LinkView
    agency: LinkView
    year: int
    published: str
    form: str
    scope: str
    withdrawn: str
    corrected: str
    held: bool
    figures: tuple[FigureView, ...] = ()


class HeadlineView(NamedTuple):
    """The head of a column of headline figures; ``unit`` is "" where each figure says its own."""

    label: str
    unit: str


class SumView(NamedTuple):
    """A sum of headline figures, and of how many reports; ``text`` is "" where nothing may be added."""

    text: str
    reports: int


class SeriesPart(NamedTuple):
    """Reports of one place, with a link to the agency around which it lies; None where places are not told apart."""

    place: LinkView | None
    lines: tuple[ReportLine, ...]


class SeriesView(NamedTuple):
    """Reports whose headline figures stand in one table: on one form, or on forms that are one series.

    ``first`` and ``last`` are its years, ``total`` the number of its reports, ``forms`` the titles of the forms with
    what they are based on. In the archive of a year ``sums`` are the figures of ``added`` reports together, some of
    them ``consolidated`` ones; ``withdrawn`` reports are left out, and ``covered`` ones, whose figures others hold.
    """

    id: str
    first: int
    last: int
    total: int
    forms: tuple[FieldView, ...]
    heads: tuple[HeadlineView, ...]
    parts: tuple[SeriesPart, ...]
    sums: tuple[SumView, ...] = ()
    added: int = 0
    consolidated: int = 0
    withdrawn: int = 0
    covered: int = 0

    @property
    def longest(self) -> int:
        """The length of the longest figure."""
        texts = [figure.text for part in self.parts for line in part.lines for figure in line.figures]
        return max((len(text) for text in (*texts, *(sum_.text for sum_ in self.sums))), default=0)


class UpdateLine(NamedTuple):
    """Something new: ``kind`` is published, corrected or withdrawn, ``date`` the day."""

    kind: str
    date: str
    link: LinkView
    agency: LinkView


class DocumentLine(NamedTuple):
    """A document in a list; ``withdrawn``, ``corrected`` and ``held`` are as in :class:`ReportLine`."""

    link: LinkView
    agency: LinkView
    published: str
    withdrawn: str
    corrected: str
    held: bool


class AgencyLine(NamedTuple):
    """An agency in a list; ``depth`` 0 for the top; ``years`` the years with a report, newest first.

    ``total`` is the number of its reports, ``first`` and ``last`` their years. Lists of many agencies leave ``years``
    out.
    """

    link: LinkView
    kind: str
    depth: int
    years: tuple[LinkView, ...]
    total: int
    first: int
    last: int


class AgencyPart(NamedTuple):
    """Agencies of one kind."""

    title: str
    lines: tuple[AgencyLine, ...]


class AgencyGroup(NamedTuple):
    """Agencies that are found together: those of a place, or of a level.

    ``id`` is an anchor; ``head`` the agency around which a place lies, None where there is none; ``depth`` is that of
    the head below the top, ``total`` the number of agencies, the head among them.
    """

    id: str
    title: str
    head: AgencyLine | None
    depth: int
    total: int
    parts: tuple[AgencyPart, ...]


class AgencyView(NamedTuple):
    """The index of one agency; ``missing`` are the years whose report was due ``as_of`` a day and is not there.

    ``series`` are all its ``total`` reports with their headline figures, newest first. The notes of ``predecessors``
    say until when they reported; ``successors`` are the agencies that name this one as theirs.
    """

    name: str
    former_names: tuple[str, ...]
    facts: tuple[FieldView, ...]
    parent: LinkView | None
    predecessors: tuple[LinkView, ...]
    successors: tuple[LinkView, ...]
    children: tuple[AgencyPart, ...]
    series: tuple[SeriesView, ...]
    total: int
    missing: tuple[int, ...]
    as_of: str
    documents: tuple[DocumentLine, ...]


class YearView(NamedTuple):
    """The archive of one year: who filed, and whose report was due ``as_of`` a day and is not there.

    ``series`` are the reports with their headline figures, newest first; many of them in parts by place.
    """

    year: int
    total: int
    series: tuple[SeriesView, ...]
    missing: tuple[LinkView, ...]
    as_of: str
    previous: LinkView | None
    next: LinkView | None


class YearLine(NamedTuple):
    """A year in a list: how many reports it has, that as a part of the most in percent, the titles of their forms."""

    link: LinkView
    year: int
    total: int
    share: int
    forms: tuple[str, ...]


class YearsView(NamedTuple):
    """All years, newest first."""

    years: tuple[YearLine, ...]


class HomeView(NamedTuple):
    """The home page: agencies as a tree, years, what is new, the pages of the portal.

    In a portal of many agencies ``agencies`` is empty: ``places`` and ``levels`` have them in groups. In that of a
    single one ``series`` are its reports, as on its own page. ``documents`` are the newest of ``document_count``.
    """

    intro: str
    agencies: tuple[AgencyLine, ...]
    series: tuple[SeriesView, ...]
    places: tuple[AgencyGroup, ...]
    levels: tuple[AgencyGroup, ...]
    years: tuple[YearLine, ...]
    newest: tuple[UpdateLine, ...]
    documents: tuple[DocumentLine, ...]
    pages: tuple[LinkView, ...]
    report_count: int
    agency_count: int
    document_count: int


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


class ExportSlot(NamedTuple):
    """What a form says of one cell: the columns of the tidy table that are the same in every report."""

    table: str
    indicator: str
    column: str
    number: str
    label: str
    column_label: str
    unit: str
    form_row: bool


class ExportCell(NamedTuple):
    """What a report says in one cell: as printed (``text``) and as exported, as in :class:`CellView`."""

    text: str
    value: str
    status: str
    approximate: bool
    raw: str


class SheetRow(NamedTuple):
    """A row of a workbook's sheet: ``slots`` are the positions of its cells, none on a section or group."""

    kind: str
    id: str
    depth: int
    label: str
    unit: str
    slots: tuple[int, ...]


class SheetView(NamedTuple):
    """A table as a workbook prints it: ``heads`` is one line, from the stub over the unit, if any, to the last column.

    ``columns`` is the number of value columns; they are the last ones.
    """

    title: str
    heads: tuple[str, ...]
    columns: int
    units: bool
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, eq=False, slots=True)
class ExportLayout:
    """What all reports on a form have in common, so that a download prepares it once.

    Reports with rows or units of their own have a layout of their own. A layout equals itself only, so it is a quick
    key.
    """

    form: str
    form_title: str
    slots: tuple[ExportSlot, ...]
    sheets: tuple[SheetView, ...]


class ExportView(NamedTuple):
    """A report as its downloads give it. Texts are "" where nothing is known; ``card`` is (key, value).

    ``cells`` are in the order of the layout's slots; where all are plain figures, printed and exported as they were
    written, there are these ``figures`` instead, and cells are made of them when they are asked for. ``nothing`` are
    the ids of the sections and groups under which nothing happened.
    """

    agency: str
    agency_name: str
    year: int
    scope: str
    title: str
    published: str
    signed: str
    card: tuple[tuple[str, str], ...]
    layout: ExportLayout
    figures: tuple[str, ...]
    other_cells: tuple[ExportCell, ...]
    nothing: frozenset[str]
    waivers: tuple[tuple[tuple[str, str], ...], ...]
    corrections: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def cells(self) -> tuple[ExportCell, ...]:
        """What the report says in each cell."""
        return self.other_cells or tuple([ExportCell(word, word, "reported", False, word) for word in self.figures])


class EntryView(NamedTuple):
    """A report in the feed; ``published`` and ``updated``, when it was last corrected, as RFC 3339."""

    title: str
    address: str
    published: str
    updated: str
    agency: str
    summary: str


class FeedView(NamedTuple):
    """The Atom feed; ``updated`` is when an entry last was."""

    title: str
    address: str
    home: str
    updated: str
    entries: tuple[EntryView, ...]


class AddressView(NamedTuple):
    """An address for sitemap.xml; ``modified`` is a date or "", ``alternates`` are as in :class:`PageView`."""

    address: str
    modified: str
    alternates: tuple[tuple[str, str], ...] = ()


class MovedView(NamedTuple):
    """An old address, and the page that it points on to."""

    target: LinkView
