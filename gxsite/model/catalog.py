"""Everything a portal holds, in one value."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gxsite.model.agency import Agency
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import Form
from gxsite.model.links import Destination
from gxsite.model.report import Attachment, Document, Page, Report
from gxsite.model.reports import Entry, Grouped, Reports, entry_of
from gxsite.model.summary import Summary


@dataclass(frozen=True)
class Catalog:
    """Agencies, forms, reports, documents, pages and attachments, each ordered by id and year.

    ``reports`` are summaries; ``whole`` gives a report as a whole where a check or a page needs it. ``attachments``
    are keyed by the report's ``agency/year``.
    """

    agencies: dict[str, Agency]
    forms: dict[str, Form]
    reports: Mapping[str, Summary]
    documents: dict[str, Document]
    pages: dict[str, Page]
    attachments: dict[str, tuple[Attachment, ...]]
    crosswalk: Crosswalk = field(default_factory=Crosswalk)
    whole: Mapping[str, Report] = field(default_factory=dict)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """What is known of all reports without unpacking their summaries."""
        reports = self.reports
        return reports.entries if isinstance(reports, Reports) else {k: entry_of(r) for k, r in reports.items()}

    @cached_property
    def reports_of(self) -> Mapping[str, tuple[Summary, ...]]:
        """The reports of each agency, oldest first."""
        found: dict[str, list[str]] = {}
        for key, entry in sorted(self.entries.items(), key=lambda item: item[1].year):
            found.setdefault(entry.agency, []).append(key)
        return Grouped(found, self.reports)

    @cached_property
    def keys_in(self) -> dict[int, list[str]]:
        """The keys of the reports of each year, by agency."""
        found: dict[int, list[str]] = {}
        for key, entry in sorted(self.entries.items(), key=lambda item: (item[1].year, item[1].agency)):
            found.setdefault(entry.year, []).append(key)
        return found

    @cached_property
    def reports_in(self) -> Mapping[int, tuple[Summary, ...]]:
        """The reports of each year, by agency."""
        return Grouped(self.keys_in, self.reports)

    @cached_property
    def documents_of(self) -> dict[str, tuple[Document, ...]]:
        """The documents of each agency, by slug."""
        found: dict[str, list[Document]] = {}
        for document in self.documents.values():
            found.setdefault(document.agency, []).append(document)
        return {a: tuple(sorted(d, key=lambda x: x.slug)) for a, d in found.items()}

    @cached_property
    def destinations(self) -> dict[str, Destination]:
        """Every source file that has a page or is published, by its path."""
        found: dict[str, Destination] = {}
        for key, entry in self.entries.items():
            found[entry.path] = Destination("report", key)
        for key, document in self.documents.items():
            found[document.path] = Destination("document", key)
        for slug, page in self.pages.items():
            found[page.path] = Destination("page", slug)
        for agency in self.agencies.values():
            found[agency.path] = Destination("agency", agency.id)
            found[posixpath.dirname(agency.path)] = Destination("agency", agency.id)
        for attachments in self.attachments.values():
            for attachment in attachments:
                found[attachment.path] = Destination("attachment", attachment.path)
        return found

    @cached_property
    def children(self) -> dict[str, tuple[Agency, ...]]:
        """The agencies directly below each agency; those without a known parent, or in a circle, under ""."""
        found: dict[str, list[Agency]] = {}
        for agency in self.agencies.values():
            found.setdefault(agency.parent if self._hangs(agency) else "", []).append(agency)
        return {parent: tuple(sorted(below, key=lambda a: a.id)) for parent, below in found.items()}

    def _hangs(self, agency: Agency) -> bool:
        """Whether an agency has a known parent and its parents lead up to one that has none."""
        above, seen = self.agencies.get(agency.parent), {agency.id}
        if above is None:
            return False
        while above is not None:
            if above.id in seen:
                return False
            seen.add(above.id)
            above = self.agencies.get(above.parent)
        return True
