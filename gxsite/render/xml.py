"""sitemap.xml and the Atom feed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from gxsite.site.views import AddressView, EntryView, FeedView

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap_xml(addresses: Iterable[AddressView]) -> bytes:
    """All addresses, with the day of the last change where it is known."""
    lines = []
    is_translated = False
    for address, modified, alternates in addresses:
        day = f"<lastmod>{modified}</lastmod>" if modified else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(other)}"/>'
            for language, other in alternates
        )
        is_translated = is_translated or bool(others)
        lines.append(f"<url><loc>{escape(address)}</loc>{day}{others}</url>\n")
    more = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if is_translated else ""
    head = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{more}>\n'
    return "".join((_HEAD, head, *lines, "</urlset>\n")).encode("utf-8")


def atom(feed: FeedView) -> bytes:
    """The feed (RFC 4287); an entry's id is its address, which never changes."""
    lines = [
        _HEAD,
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n',
        f"<title>{escape(feed.title)}</title>\n<id>{escape(feed.home)}</id>\n<updated>{feed.updated}</updated>\n",
        f'<link rel="self" type="application/atom+xml" href="{escape(feed.address)}"/>\n',
        f'<link rel="alternate" type="text/html" href="{escape(feed.home)}"/>\n',
        *(_entry(entry) for entry in feed.entries),
        "</feed>\n",
    ]
    return "".join(lines).encode("utf-8")


def _entry(entry: EntryView) -> str:
    summary = f"<summary>{escape(entry.summary)}</summary>" if entry.summary else ""
    return (
        f"<entry><title>{escape(entry.title)}</title><id>{escape(entry.address)}</id>"
        f'<link rel="alternate" type="text/html" href="{escape(entry.address)}"/>'
        f"<published>{entry.published}</published><updated>{entry.updated}</updated>"
        f"<author><name>{escape(entry.agency)}</name></author>{summary}</entry>\n"
    )
