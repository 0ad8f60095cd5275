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
from gxsite.model.summary import Summary


@dataclass(frozen=True)
class Catalog:
    """Agencies, forms, reports, documents, pages and attachments, each ordered by id and year.

    ``reports`` are summaries; ``whole`` gives a report as a whole where a check or a page needs it. ``attachments``
    are keyed by the report's ``agency/year``.
    """

    agencies: dict[str, Agency]
    forms: dict[str, Form]
    reports: dict[str, Summary]
    documents: dict[str, Document]
    pages: dict[str, Page]
    attachments: dict[str, tuple[Attachment, ...]]
    crosswalk: Crosswalk = field(default_factory=Crosswalk)
    whole: Mapping[str, Report] = field(default_factory=dict)

    @cached_property
    def reports_of(self) -> dict[str, tuple[Summary, ...]]:
        """The reports of each agency, oldest first."""
        found: dict[str, list[Summary]] = {}
        for report in self.reports.values():
            found.setdefault(report.agency, []).append(report)
        return {a: tuple(sorted(r, key=lambda x: x.year)) for a, r in found.items()}

    @cached_property
    def reports_in(self) -> dict[int, tuple[Summary, ...]]:
        """The reports of each year, by agency."""
        found: dict[int, list[Summary]] = {}
        for report in self.reports.values():
            found.setdefault(report.year, []).append(report)
        return {y: tuple(sorted(found[y], key=lambda x: x.agency)) for y in sorted(found)}

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
        for key, report in self.reports.items():
            found[report.path] = Destination("report", key)
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
