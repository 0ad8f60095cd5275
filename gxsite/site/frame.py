"""The frame of a page: title, way home, navigation, breadcrumbs, languages, what its head tells machines."""

from __future__ import annotations

from collections.abc import Set
from typing import TypeVar

from gxsite.site import routes
from gxsite.site.languages import Said
from gxsite.site.meta import Article, article_tags, breadcrumbs, column_tags, site_tags, social_tags
from gxsite.site.portal import Portal
from gxsite.site.views import CrestView, LanguageView, LinkView, MarkView, MenuView, PageView

Picture = TypeVar("Picture", CrestView, MarkView)


def frame(
    portal: Portal,
    kind: str,
    route: str,
    title: str | Said,
    description: str | Said,
    crumbs: tuple[tuple[str, str], ...] = (),
    article: Article | None = None,
    column: str = "",
) -> PageView:
    """The frame of the page at a route. ``crumbs`` are (label, route) between home and the page itself.

    ``article`` is given for a page with content of its own; ``column`` is the page's type in the words of
    :mod:`gxsite.model.column`, "" for that of its kind.
    """
    config = portal.config
    title, named = _both(title)
    description, described = _both(description)
    root = routes.root_of(routes.file_of(route))
    above = ((portal.say("首页"), routes.HOME), *crumbs)
    trail = [LinkView(label, routes.page_href(where, root)) for label, where in above]
    up = portal.up(root)
    is_home = route == routes.HOME
    base = config.base + portal.language.folder if config.base else ""
    address = base + route if base else ""
    if article:
        tags = article_tags(kind, named, article, column, address)
    else:
        tags = column_tags(kind, named, described, column)
    names = [title, *(label for label, _ in reversed(crumbs)), config.name]
    return PageView(
        kind=kind,
        title=title,
        head_title=config.name if is_home else "_".join(dict.fromkeys(names)),
        description=description,
        root=root,
        canonical=address,
        feed=up + routes.FEED if config.base else "",
        styles=tuple(routes.href(style, up) for style in portal.styles),
        icon=routes.href(portal.icon, up) if portal.icon else "",
        nav=_menu(portal, root, route, {where for _, where in crumbs}),
        crumbs=() if is_home else (*trail, LinkView(title, "")),
        meta=(*site_tags(portal), *tags),
        social=social_tags(portal, title, description, address, is_article=article is not None),
        data=""
        if is_home or not base
        else breadcrumbs((*((name, base + where) for name, where in above), (title, address))),
        lang=portal.language.code,
        languages=_languages(portal, route, up) if config.variants else (),
        alternates=portal.alternates(route) if config.variants else (),
        assets=up + routes.ASSETS,
        crest=shared(portal.crest, up),
        mark=shared(portal.mark, up),
        foot=tuple(LinkView(label, routes.page_href(where, root)) for label, where in portal.foot),
    )


def _menu(portal: Portal, root: str, route: str, above: Set[str]) -> tuple[MenuView, ...]:
    """The menu of the page at a route that lies below others."""
    return tuple(
        MenuView(
            label, routes.page_href(where, root), "page" if where == route else "section" if where in above else ""
        )
        for label, where in portal.navigation
    )


def _languages(portal: Portal, route: str, up: str) -> tuple[LanguageView, ...]:
    """The page in each of its languages."""
    return tuple(
        LanguageView(
            language.code, language.name, routes.page_href(language.folder + route, up), language is portal.language
        )
        for language in portal.languages
    )


def _both(words: str | Said) -> tuple[str, str]:
    """Words in the language of the page, and in Chinese."""
    return (words, words) if isinstance(words, str) else (words.here, words.chinese)


def shared(picture: Picture | None, root: str) -> Picture | None:
    """A picture of the portal as a page sees it from which ``root`` leads to what all pages share."""
    return picture._replace(href=routes.href(picture.href, root)) if picture else None
