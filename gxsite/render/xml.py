"""sitemap.xml and the Atom feed."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from gxsite.site.views import AddressView, EntryView, FeedView

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap_xml(addresses: Iterable[AddressView]) -> bytes:
    """All addresses, with the day of the last change where it is known."""
    lines = [_HEAD, '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n']
    for address, modified in addresses:
        day = f"<lastmod>{modified}</lastmod>" if modified else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{day}</url>\n")
    lines.append("</urlset>\n")
    return "".join(lines).encode("utf-8")


def atom(feed: FeedView) -> bytes:
    """The feed (RFC 4287); an entry's id is its address, which never changes."""
    lines = [
        _HEAD,
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n',
        f"<title>{escape(feed.title)}</title>\n<id>{escape(feed.home)}</id>\n<updated>{feed.updated}</updated>\n",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>\n',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>\n',
        *(_entry(entry) for entry in feed.entries),
        "</feed>\n",
    ]
    return "".join(lines).encode("utf-8")


def _entry(entry: EntryView) -> str:
    summary = f"<summary>{escape(entry.summary)}</summary>" if entry.summary else ""
    return (
        f"<entry><title>{escape(entry.title)}</title><id>{escape(entry.address)}</id>"
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>'
        f"<published>{entry.published}</published><updated>{entry.published}</updated>"
        f"<author><name>{escape(entry.agency)}</name></author>{summary}</entry>\n"
    )
