"""The pages that list others: home, agencies, years, site map, and the page for addresses that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.model.agency import Agency
from gxsite.model.report import Document
from gxsite.model.summary import Summary
from gxsite.site import routes
from gxsite.site.frame import frame, site_meta
from gxsite.site.labels import KIND, LEVEL
from gxsite.site.portal import Portal, agency_link, report_link, year_link
from gxsite.site.views import (
    AgencyLine,
    AgencyView,
    DocumentLine,
    FieldView,
    HomeView,
    LinkView,
    MapSection,
    MovedView,
    NotFoundView,
    PageView,
    ReportLine,
    SiteMapView,
    YearsView,
    YearView,
)

NEWEST = 8


def home_page(portal: Portal) -> tuple[PageView, HomeView]:
    """The home page."""
    catalog = portal.catalog
    page = frame(
        portal, "home", routes.HOME, portal.config.name, portal.config.description or "政府信息公开工作年度报告"
    )
    view = HomeView(
        intro=portal.config.description,
        agencies=tuple(_tree(portal, "")),
        years=tuple(year_link(y, "", f"{len(catalog.reports_in[y])} 份") for y in portal.years),
        newest=tuple(_report_line(portal, report, "") for report in portal.newest(NEWEST, withdrawn=True)),
        documents=tuple(
            _document_line(d, "") for d in sorted(catalog.documents.values(), key=_document_date, reverse=True)
        ),
        pages=tuple(
            LinkView(p.title, routes.page_href(routes.page(p.slug), ""), p.description) for p in catalog.pages.values()
        ),
        report_count=len(catalog.reports),
        agency_count=len(catalog.agencies),
    )
    return page, view


def _tree(portal: Portal, root: str, parent: str = "", depth: int = 0) -> Iterator[AgencyLine]:
    """The agencies below one, each followed by those below it."""
    for agency in portal.catalog.children.get(parent, ()):
        yield _agency_line(portal, agency, root, depth, in_short=portal.has_many_agencies)
        yield from _tree(portal, root, agency.id, depth + 1)


def _agency_line(portal: Portal, agency: Agency, root: str, depth: int = 0, *, in_short: bool = False) -> AgencyLine:
    reports = portal.catalog.reports_of.get(agency.id, ())
    if in_short and reports:
        years = f"{reports[0].year}—{reports[-1].year}年度，" if len(reports) > 1 else f"{reports[0].year}年度，"
        link = agency_link(agency, root)._replace(note=f"{years}共{len(reports)}份")
        return AgencyLine(link, KIND.get(agency.kind, ""), depth, ())
    links = tuple(report_link(report, root, str(report.year)) for report in reversed(reports))
    return AgencyLine(agency_link(agency, root), KIND.get(agency.kind, ""), depth, links)


def _report_line(portal: Portal, report: Summary, root: str) -> ReportLine:
    agency, form = portal.catalog.agencies[report.agency], portal.catalog.forms[report.form]
    return ReportLine(
        link=report_link(report, root),
        agency=agency_link(agency, root),
        year=report.year,
        published=report.published.date if report.published else "",
        form=form.title,
        withdrawn=report.withdrawn,
        figures=tuple(FieldView(*figure) for figure in report.headline),
    )


def _document_line(document: Document, root: str) -> DocumentLine:
    href = routes.page_href(routes.document(document.agency, document.slug), root)
    return DocumentLine(LinkView(document.title, href), document.published.moment.date if document.published else "")


def agency_page(portal: Portal, agency: Agency) -> tuple[PageView, AgencyView]:
    """The index of an agency."""
    catalog = portal.catalog
    route = routes.agency(agency.id)
    root = routes.root_of(routes.file_of(route))
    parents = tuple((a.name, routes.agency(a.id)) for a in above(portal, agency))
    page = frame(portal, "agency", route, agency.name, f"{agency.name}历年政府信息公开工作年度报告。", parents)
    parent = catalog.agencies.get(agency.parent)
    facts = (
        ("性质", KIND.get(agency.kind, "")),
        ("层级", LEVEL.get(agency.level, "")),
        ("行政区划代码", agency.region),
        ("机构代码", agency.code),
        ("联系方式", agency.contact),
    )
    reports = reversed(catalog.reports_of.get(agency.id, ()))
    documents = sorted(catalog.documents_of.get(agency.id, ()), key=_document_date, reverse=True)
    view = AgencyView(
        name=agency.name,
        former_names=agency.former_names,
        facts=tuple(FieldView(label, value) for label, value in facts if value),
        parent=agency_link(parent, root) if parent else None,
        children=tuple(_agency_line(portal, child, root) for child in catalog.children.get(agency.id, ())),
        reports=tuple(_report_line(portal, report, root) for report in reports),
        missing=portal.missing_of(agency),
        as_of=portal.reference_day,
        documents=tuple(_document_line(document, root) for document in documents),
    )
    return page, view


def _document_date(document: Document) -> str:
    return str(document.published.moment) if document.published else ""


def above(portal: Portal, agency: Agency) -> list[Agency]:
    """The agencies above one, the topmost first; a circle ends where it closes."""
    trail: list[Agency] = []
    parent = portal.catalog.agencies.get(agency.parent)
    while parent and parent not in trail and parent is not agency:
        trail.insert(0, parent)
        parent = portal.catalog.agencies.get(parent.parent)
    return trail


def year_page(portal: Portal, year: int) -> tuple[PageView, YearView]:
    """The archive of a year."""
    catalog = portal.catalog
    route = routes.year(year)
    root = routes.root_of(routes.file_of(route))
    reports = catalog.reports_in[year]
    page = frame(
        portal,
        "year",
        route,
        f"{year}年度政府信息公开工作年度报告",
        f"{year}年度已公布的政府信息公开工作年度报告，共{len(reports)}份。",
        (("年度归档", routes.YEARS),),
    )
    titles = dict.fromkeys(catalog.forms[report.form].title for report in reports)
    at = portal.years.index(year)
    view = YearView(
        year=year,
        reports=tuple(_report_line(portal, report, root) for report in reports),
        missing=tuple(agency_link(agency, root) for agency in portal.missing_in.get(year, ())),
        as_of=portal.reference_day,
        form_title="、".join(titles),
        previous=year_link(portal.years[at + 1], root) if at + 1 < len(portal.years) else None,
        next=year_link(portal.years[at - 1], root) if at else None,
    )
    return page, view


def years_page(portal: Portal) -> tuple[PageView, YearsView]:
    """All years."""
    root = routes.root_of(routes.file_of(routes.YEARS))
    page = frame(portal, "years", routes.YEARS, "年度归档", "按年度查阅政府信息公开工作年度报告。")
    counts = portal.catalog.reports_in
    return page, YearsView(tuple(year_link(y, root, f"{len(counts[y])} 份报告") for y in portal.years))


def site_map_page(portal: Portal) -> tuple[PageView, SiteMapView]:
    """The site map as a page."""
    root = routes.root_of(routes.file_of(routes.SITE_MAP))
    page = frame(portal, "sitemap", routes.SITE_MAP, "网站地图", "本站全部栏目和页面。")
    catalog = portal.catalog
    pages = tuple(LinkView(p.title, routes.page_href(routes.page(p.slug), root)) for p in catalog.pages.values())
    years = tuple(year_link(y, root) for y in portal.years)
    sections = [MapSection("栏目", pages)] if pages else []
    sections += [MapSection("年度归档", years)] if years else []
    for agency in catalog.agencies.values():
        links = [agency_link(agency, root)]
        if not portal.has_many_agencies:
            links += [report_link(report, root) for report in catalog.reports_of.get(agency.id, ())]
        links += [_document_line(document, root).link for document in catalog.documents_of.get(agency.id, ())]
        sections.append(MapSection(agency.name, tuple(links)))
    return page, SiteMapView(tuple(sections))


def moved_page(portal: Portal, old: str, route: str, title: str) -> tuple[PageView, MovedView]:
    """The page at an old route that points on to the present one."""
    root = routes.root_of(routes.file_of(old))
    page = frame(portal, "moved", old, title, f"{title}已移至新地址。")
    address = portal.config.base + route if portal.config.base else ""
    return page._replace(canonical=address), MovedView(LinkView(title, routes.page_href(route, root)))


def not_found_page(portal: Portal) -> tuple[PageView, NotFoundView]:
    """404.html, which a server may show at any depth: full addresses only, or none."""
    config = portal.config
    base = config.base
    nav = tuple(LinkView(label, base + route) for label, route in portal.navigation) if base else ()
    page = PageView(
        kind="404",
        title="找不到这个页面",
        head_title=f"找不到这个页面_{config.name}",
        description="",
        root=base or None,
        canonical="",
        feed="",
        styles=tuple(routes.href(style, base) for style in portal.styles) if base else (),
        icon=routes.href(portal.icon, base) if portal.icon and base else "",
        nav=nav,
        crumbs=(),
        meta=site_meta(portal),
    )
    return page, NotFoundView(LinkView(config.name, base) if base else None)
