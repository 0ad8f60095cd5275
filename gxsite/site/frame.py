"""The frame of a page: title, way home, navigation, breadcrumbs, mandatory meta tags."""

from __future__ import annotations

from typing import NamedTuple

from gxsite.site import routes
from gxsite.site.labels import COLUMN_TYPE, HOME_TYPE
from gxsite.site.portal import Portal
from gxsite.site.views import LinkView, PageView


class Article(NamedTuple):
    """What the meta tags of a content page say; ``published`` is ``YYYY-MM-DD HH:MM`` or ""."""

    published: str
    source: str
    keywords: str


def frame(
    portal: Portal,
    kind: str,
    route: str,
    title: str,
    description: str,
    crumbs: tuple[tuple[str, str], ...] = (),
    article: Article | None = None,
    column: str = "",
) -> PageView:
    """The frame of the page at a route. ``crumbs`` are (label, route) between home and the page itself."""
    config = portal.config
    root = routes.root_of(routes.file_of(route))
    trail = [LinkView(label, routes.page_href(where, root)) for label, where in (("首页", routes.HOME), *crumbs)]
    is_home = route == routes.HOME
    names = [title, *(label for label, _ in reversed(crumbs)), config.name]
    return PageView(
        kind=kind,
        title=title,
        head_title=config.name if is_home else "_".join(dict.fromkeys(names)),
        description=description,
        root=root,
        canonical=config.base + route if config.base else "",
        feed=root + routes.FEED if config.base else "",
        styles=tuple(routes.href(style, root) for style in portal.styles),
        icon=routes.href(portal.icon, root) if portal.icon else "",
        nav=tuple(LinkView(label, routes.page_href(where, root)) for label, where in portal.navigation),
        crumbs=() if is_home else (*trail, LinkView(title, "")),
        meta=(*site_meta(portal), *_meta(title, description, article, column or (HOME_TYPE if is_home else ""))),
    )


def site_meta(portal: Portal) -> tuple[tuple[str, str], ...]:
    """The tags that every page of a government site carries; one that is not configured is left out."""
    config = portal.config
    tags = (("SiteName", config.name), ("SiteDomain", config.domain), ("SiteIDCode", config.site_id))
    return tuple(tag for tag in tags if tag[1])


def _meta(title: str, description: str, article: Article | None, column: str) -> tuple[tuple[str, str], ...]:
    if article:
        tags = (
            ("ColumnName", COLUMN_TYPE),
            ("ColumnType", column or COLUMN_TYPE),
            ("ArticleTitle", title),
            ("PubDate", article.published),
            ("ContentSource", article.source),
            ("Keywords", article.keywords),
        )
        return tuple(tag for tag in tags if tag[1])
    return (
        ("ColumnName", title),
        ("ColumnDescription", description),
        ("ColumnKeywords", "政府信息公开,年度报告"),
        ("ColumnType", column or COLUMN_TYPE),
    )
