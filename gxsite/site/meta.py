"""What the head of a page tells machines: the tags of government sites, of social networks, the way home.

The names are those of 网页标签规范 and of the Open Graph protocol. What the former say is Chinese in every language of
a page: the state's own programs read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from gxsite.model.column import CATALOGUE, HOME, REPORTS
from gxsite.site import routes
from gxsite.site.languages import TRADITIONAL
from gxsite.site.portal import Portal

Tags = tuple[tuple[str, str], ...]
KEYWORDS = "政府信息公开,年度报告"
_COLUMNS = {"home": HOME, "page": CATALOGUE, "document": CATALOGUE, "sitemap": CATALOGUE}


class Article(NamedTuple):
    """What the tags of a content page say; ``published`` is ``YYYY-MM-DD HH:MM`` or ""."""

    published: str
    source: str
    keywords: str


def site_tags(portal: Portal) -> Tags:
    """The tags that every page of a government site carries; one that is not configured is left out."""
    config = portal.config
    return _given((("SiteName", config.name), ("SiteDomain", config.domain), ("SiteIDCode", config.site_id)))


def column_tags(kind: str, title: str, description: str, column: str) -> Tags:
    """The tags of a page that leads to others; ``column`` is its type, "" for that of its kind.

    Keywords are mandatory here: pages of reports have those of reports, any other has its type and its title.
    """
    name = column or _COLUMNS.get(kind, REPORTS)
    return (
        ("ColumnName", title),
        ("ColumnDescription", description),
        ("ColumnKeywords", KEYWORDS if name in (HOME, REPORTS) else ",".join(dict.fromkeys((name, title)))),
        ("ColumnType", name),
    )


def article_tags(kind: str, title: str, article: Article, column: str, address: str) -> Tags:
    """The tags of a page with content of its own; what is not known is left out, above all the date."""
    name = column or _COLUMNS.get(kind, REPORTS)
    return _given(
        (
            ("ColumnName", name),
            ("ColumnType", name),
            ("ArticleTitle", title),
            ("PubDate", article.published),
            ("ContentSource", article.source),
            ("Keywords", article.keywords),
            ("Url", address),
        )
    )


def social_tags(portal: Portal, title: str, description: str, address: str, *, is_article: bool) -> Tags:
    """Open Graph, so that a link that is passed on says where it leads; without a base there is nothing to pass on."""
    if not address:
        return ()
    tags = (
        ("og:title", title),
        ("og:description", description),
        ("og:type", "article" if is_article else "website"),
        ("og:url", address),
        ("og:site_name", portal.config.name),
        ("og:locale", _locale(portal)),
        *_picture(portal),
    )
    return _given(tags)


def _locale(portal: Portal) -> str:
    """``language_TERRITORY``, as the protocol wants it; for traditional characters that of the standard of OpenCC."""
    language = portal.language
    is_hong_kong = language is TRADITIONAL and portal.config.hant.standard == "s2hk"
    return f"{language.code.partition('-')[0]}_{'HK' if is_hong_kong else language.territory}"


def _picture(portal: Portal) -> Tags:
    """The crest, where it is of a format that those who show such tags can show."""
    crest = portal.crest
    if not crest or crest.href.lower().endswith(".svg"):
        return ()
    return ("og:image", routes.href(crest.href, portal.config.base)), ("og:image:alt", crest.alt)


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> str:
    """The way to a page as schema.org wants it, from names and full addresses, with no sign that could end a script.

    It is data: no browser runs it, and no policy has to allow it.
    """
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(trail, 1)
    ]
    listed = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _given(tags: Iterable[tuple[str, str]]) -> Tags:
    return tuple(tag for tag in tags if tag[1])
