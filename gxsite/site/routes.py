"""Every address of the portal, in one table.

A route is the path of a page's folder relative to the home page, with a trailing slash ("" is the home page). Pages are
written to ``<route>index.html``; links name that file, canonical addresses end in the slash.
"""

from __future__ import annotations

from urllib.parse import quote

HOME = ""
YEARS = "years/"
SITE_MAP = "sitemap/"
NOT_FOUND = "404.html"
SITEMAP_XML = "sitemap.xml"
FEED = "feeds/reports.xml"
ASSETS = "assets/"
SUFFIXES = {"csv": ".csv", "excel": ".excel.csv", "xlsx": ".xlsx", "json": ".json"}


def agency(agency_id: str) -> str:
    """The index of an agency."""
    return f"{agency_id}/"


def report(agency_id: str, year: int) -> str:
    """A report."""
    return f"{agency_id}/{year}/"


def document(agency_id: str, slug: str) -> str:
    """A disclosure document."""
    return f"{agency_id}/documents/{slug}/"


def year(number: int) -> str:
    """The archive of a year."""
    return f"years/{number}/"


def page(slug: str) -> str:
    """A page of the portal."""
    return f"{slug}/"


def download(agency_id: str, number: int, format_id: str) -> str:
    """The file of a download, beside its report."""
    return f"{report(agency_id, number)}{agency_id}-{number}{SUFFIXES[format_id]}"


def attachment(agency_id: str, number: int, name: str) -> str:
    """The file of an attachment, beside its report."""
    return f"{report(agency_id, number)}{name}"


def file_of(route: str) -> str:
    """The file that a page is written to."""
    return f"{route}index.html"


def root_of(path: str) -> str:
    """The way from a file back to the home page's folder."""
    return "../" * path.count("/")


def href(path: str, root: str) -> str:
    """A link to a file of the output from a page whose way home is ``root``."""
    return root + quote(path)


def page_href(route: str, root: str) -> str:
    """A link to a page, naming its file, so that it also opens from a disk."""
    return href(file_of(route), root)
