"""The pages that list others: home, agencies, years, site map, and the page for addresses that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from gxsite.model.agency import Agency
from gxsite.site import routes
from gxsite.site.frame import frame, shared
from gxsite.site.labels import KIND, LEVEL
from gxsite.site.lines import (
    agency_parts,
    agency_tree,
    document_lines,
    levels,
    places,
    report_lines,
    update_lines,
    year_lines,
)
from gxsite.site.meta import site_tags
from gxsite.site.portal import Portal, agency_link, report_link, year_link
from gxsite.site.series import series_of_agency, series_of_year
from gxsite.site.views import (
    AgencyView,
    FieldView,
    HomeView,
    LinkView,
    MapSection,
    MenuView,
    MovedView,
    NotFoundView,
    PageView,
    SeriesView,
    SiteMapView,
    YearsView,
    YearView,
)

# So many things that are new, and so many documents, has the home page.
NEWEST = 8
# With more agencies below it the page of an agency names them without their reports.
MANY_CHILDREN = 60


def home_page(portal: Portal) -> tuple[PageView, HomeView]:
    """The home page."""
    catalog = portal.catalog
    described = portal.config.description or portal.said("政府信息公开工作年度报告")
    page = frame(portal, "home", routes.HOME, portal.config.name, described)
    many = portal.has_many_agencies
    view = HomeView(
        intro=portal.config.description,
        agencies=() if many else tuple(agency_tree(portal, "")),
        series=_only_series(portal),
        places=places(portal, "") if many else (),
        levels=levels(portal, "") if many else (),
        years=year_lines(portal, ""),
        newest=update_lines(portal, "", NEWEST),
        documents=document_lines(portal, catalog.documents.values(), "")[:NEWEST],
        pages=tuple(
            LinkView(page.title, routes.page_href(routes.page(page.slug), ""), page.description)
            for page in portal.pages
        ),
        report_count=len(catalog.reports),
        agency_count=len(catalog.agencies),
        document_count=len(catalog.documents),
    )
    return page, view


def _only_series(portal: Portal) -> tuple[SeriesView, ...]:
    """The reports of the portal's single agency; none where there are several."""
    if len(portal.catalog.agencies) > 1:
        return ()
    return series_of_agency(portal, reversed((*portal.catalog.reports.values(),)), report_lines(portal, ""))


def agency_page(portal: Portal, agency: Agency) -> tuple[PageView, AgencyView]:
    """The index of an agency."""
    catalog = portal.catalog
    route = routes.agency(agency.id)
    root = routes.root_of(routes.file_of(route))
    parents = tuple((a.name, routes.agency(a.id)) for a in above(portal, agency))
    described = portal.said("{agency}历年政府信息公开工作年度报告。", agency=agency.name)
    page = frame(portal, "agency", route, agency.name, described, parents)
    parent = catalog.agencies.get(agency.parent)
    facts = (
        (portal.say("性质"), portal.say(KIND.get(agency.kind, ""))),
        (portal.say("层级"), portal.say(LEVEL.get(agency.level, ""))),
        (portal.say("行政区划代码"), agency.region),
        (portal.say("机构代码"), agency.code),
        (portal.say("联系方式"), agency.contact),
    )
    reports = catalog.reports_of.get(agency.id, ())
    children = catalog.children.get(agency.id, ())
    view = AgencyView(
        name=agency.name,
        former_names=agency.former_names,
        facts=tuple(FieldView(label, value) for label, value in facts if value),
        parent=agency_link(parent, root) if parent else None,
        predecessors=_predecessors(portal, agency, root),
        successors=tuple(agency_link(other, root) for other in portal.successors.get(agency.id, ())),
        children=agency_parts(portal, children, root, in_short=len(children) > MANY_CHILDREN),
        series=series_of_agency(portal, reversed(reports), report_lines(portal, root)),
        total=len(reports),
        missing=portal.missing_of(agency),
        as_of=portal.reference_day,
        documents=document_lines(portal, catalog.documents_of.get(agency.id, ()), root),
    )
    return page, view


def _predecessors(portal: Portal, agency: Agency, root: str) -> tuple[LinkView, ...]:
    """The agencies that one continues, each with the last year of its own."""
    known = ((portal.catalog.agencies.get(p.id), p.until) for p in agency.predecessors)
    return tuple(agency_link(other, root)._replace(note=str(until)) for other, until in known if other)


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
        portal.said("{year}年政府信息公开工作年度报告", year=year),
        portal.said("{year}年政府信息公开工作年度报告，已公布{count}份。", year=year, count=len(reports)),
        ((portal.say("年度归档"), routes.YEARS),),
    )
    at = portal.years.index(year)
    view = YearView(
        year=year,
        total=len(reports),
        series=series_of_year(portal, reports, root, report_lines(portal, root)),
        missing=tuple(agency_link(agency, root) for agency in portal.missing_in.get(year, ())),
        as_of=portal.reference_day,
        previous=year_link(portal, portal.years[at + 1], root) if at + 1 < len(portal.years) else None,
        next=year_link(portal, portal.years[at - 1], root) if at else None,
    )
    return page, view


def years_page(portal: Portal) -> tuple[PageView, YearsView]:
    """All years."""
    root = routes.root_of(routes.file_of(routes.YEARS))
    described = portal.said("按年度查阅政府信息公开工作年度报告。")
    page = frame(portal, "years", routes.YEARS, portal.said("年度归档"), described)
    return page, YearsView(year_lines(portal, root))


def site_map_page(portal: Portal) -> tuple[PageView, SiteMapView]:
    """The site map as a page."""
    root = routes.root_of(routes.file_of(routes.SITE_MAP))
    page = frame(portal, "sitemap", routes.SITE_MAP, portal.said("网站地图"), portal.said("本站全部栏目和页面。"))
    catalog = portal.catalog
    pages = tuple(LinkView(p.title, routes.page_href(routes.page(p.slug), root)) for p in catalog.pages.values())
    years = tuple(year_link(portal, y, root) for y in portal.years)
    sections = [MapSection(portal.say("栏目"), pages)] if pages else []
    sections += [MapSection(portal.say("年度归档"), years)] if years else []
    return page, SiteMapView((*sections, *(_of_places if portal.has_many_agencies else _of_agencies)(portal, root)))


def _of_agencies(portal: Portal, root: str) -> Iterator[MapSection]:
    """Each agency with its reports and documents."""
    catalog = portal.catalog
    for agency in catalog.agencies.values():
        reports = [report_link(report, root) for report in catalog.reports_of.get(agency.id, ())]
        documents = [line.link for line in document_lines(portal, catalog.documents_of.get(agency.id, ()), root)]
        yield MapSection(agency.name, (agency_link(agency, root), *reports, *documents))


def _of_places(portal: Portal, root: str) -> Iterator[MapSection]:
    """Each place with its agencies, each followed by its documents."""
    catalog = portal.catalog
    members = portal.places.members()
    for head, _ in portal.places.heads:
        around = [catalog.agencies[head]] if head else []
        links: list[LinkView] = []
        for agency in (*around, *members.get(head, ())):
            links.append(agency_link(agency, root))
            links += [line.link for line in document_lines(portal, catalog.documents_of.get(agency.id, ()), root)]
        yield MapSection(around[0].name if around else portal.say("其他机关"), tuple(links))


def moved_page(portal: Portal, old: str, route: str, title: str) -> tuple[PageView, MovedView]:
    """The page at an old route that points on to the present one, and says nothing of itself: it is no page to find."""
    root = routes.root_of(routes.file_of(old))
    page = frame(portal, "moved", old, title, portal.said("{title}已移至新地址。", title=title))
    address = portal.config.base + portal.language.folder + route if portal.config.base else ""
    page = page._replace(canonical=address, meta=site_tags(portal), social=(), data="", alternates=())
    return page, MovedView(LinkView(title, routes.page_href(route, root)))


def not_found_page(portal: Portal) -> tuple[PageView, NotFoundView]:
    """404.html, which a server may show at any depth: full addresses only, or none."""
    config = portal.config
    base = config.base
    nav = tuple(MenuView(label, base + route) for label, route in portal.navigation) if base else ()
    title = portal.say("找不到这个页面")
    page = PageView(
        kind="404",
        title=title,
        head_title=f"{title}_{config.name}",
        description="",
        root=base or None,
        canonical="",
        feed="",
        styles=tuple(routes.href(style, base) for style in portal.styles) if base else (),
        icon=routes.href(portal.icon, base) if portal.icon and base else "",
        nav=nav,
        crumbs=(),
        meta=site_tags(portal),
        assets=base + routes.ASSETS if base else None,
        crest=shared(portal.crest, base) if base else None,
        mark=shared(portal.mark, base) if base else None,
        foot=tuple(LinkView(label, base + route) for label, route in portal.foot) if base else (),
    )
    return page, NotFoundView(LinkView(config.name, base) if base else None)
