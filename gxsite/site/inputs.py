"""What every target is made from, as a row of short digests with a name each.

A target is stale when its row differs from that of the file that was written; the first name whose digest differs is
the reason. The first digest of a row stands for what all targets of a kind share: code, configuration, templates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from gxsite.model.agency import Agency
from gxsite.model.reports import Entry
from gxsite.model.summary import Summary
from gxsite.site import indexes
from gxsite.site.exports import days_of, feed_of
from gxsite.site.languages import TRADITIONAL
from gxsite.site.plan import PAGES, Target
from gxsite.site.portal import Portal

SIZE = 8
NONE = bytes(SIZE)
DATA = ("csv", "excel", "xlsx", "json")


def short(value: object) -> bytes:
    """A digest of a plain value."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def one(data: bytes) -> bytes:
    """A digest of some bytes, or of digests put together."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


class Inputs:
    """The inputs of the targets of a portal.

    ``shared`` are the digests by kind of target; ``sources`` those of the source files by path, ``forms`` those of the
    forms by id, ``statics`` those of the theme's static files by name; ``stamp`` is that of what all summaries say and
    of all that is no report.
    """

    def __init__(
        self,
        portal: Portal,
        shared: Mapping[str, bytes],
        sources: Mapping[str, bytes],
        forms: Mapping[str, bytes],
        statics: Mapping[str, bytes],
        stamp: bytes,
    ) -> None:
        self.stamp = stamp
        self.portal = portal
        self.catalog = portal.catalog
        foot = short(portal.foot) if portal.foot else b""
        self.shared = {look: one(digest + foot) if _has_foot(look) else digest for look, digest in shared.items()}
        self.sources = sources
        self.statics = statics
        self._form = {form: (data or NONE)[:SIZE] for form, data in forms.items()}
        self._name = {agency.id: short((agency.id, agency.name)) for agency in portal.catalog.agencies.values()}

    def of(self, target: Target) -> bytes:
        """The digests of all that a target is made from, one after the other."""
        row = self._of(target)
        return row + self._written_names if target.language == TRADITIONAL.code else row

    def _of(self, target: Target) -> bytes:
        """The same but for what is done to a finished page."""
        shared = self.shared[target.look]
        match target.kind:
            case "report":
                return shared + self._report(self.catalog.reports[target.key])
            case "csv" | "excel" | "xlsx" | "json":
                report = self.catalog.reports[target.key]
                return shared + report.digest[:SIZE] + self._form[report.form] + self._name[report.agency]
            case "agency":
                return shared + self._agency(self.catalog.agencies[target.key])
            case "year":
                return shared + self._year(int(target.key))
            case "document":
                document = self.catalog.documents[target.key]
                name = self._name[document.agency]
                return (
                    shared
                    + self._source(target)
                    + name
                    + self._paper(target.source, [link.target for link in document.body.links])
                )
            case "page":
                page = self.catalog.pages[target.key]
                return (
                    shared
                    + self._source(target)
                    + NONE
                    + self._paper(target.source, [link.target for link in page.body.links])
                )
            case "attachment":
                return shared + self._source(target)
            case "static":
                return shared + self.statics[target.key]
            case _:
                return shared + self._whole(target)

    @cached_property
    def ground(self) -> bytes:
        """What the files of all reports rest on beside their own sources and notices.

        While it is the same, a report whose source and notices are the same has the same inputs.
        """
        catalog = self.catalog
        kinds = [digest for _, digest in sorted(self.shared.items())]
        around = ("\0".join(catalog.entries), list(self._name.items()))
        others = (list(catalog.documents), list(catalog.pages), list(catalog.agencies), catalog.attachments)
        names = self._written_names if TRADITIONAL.code in self.portal.config.variants else NONE
        return short((kinds, names, sorted(self._form.items()), around, others))

    @cached_property
    def surroundings(self) -> bytes:
        """What everything rests on that does not belong to one report: what is told of all, and the other sources.

        While it is the same, all indexes, papers and feeds have the same inputs.
        """
        portal = self.portal
        said = (sorted(portal.waivers.items()), sorted(portal.english_waivers.items()), sorted(portal.held))
        kinds = (sorted(self.shared.items()), sorted(self._form.items()), sorted(self.statics.items()))
        return short((portal.config, portal.as_of, said, kinds, self.stamp))

    def basis(self, report: Entry) -> bytes:
        """What all files of a report rest on."""
        return self.ground + report.digest[:SIZE] + self._notices(report.path)

    def names(self, target: Target) -> Iterator[str]:
        """The names of the digests of a target, in their order."""
        yield from self._names_of(target)
        if target.language == TRADITIONAL.code:
            yield "names"

    def _names_of(self, target: Target) -> Iterator[str]:
        yield "shared"
        match target.kind:
            case "report" | "csv" | "excel" | "xlsx" | "json":
                report = self.catalog.reports[target.key]
                yield from (f"report:{target.key}", f"form:{report.form}", f"agency:{report.agency}")
                yield from ("neighbours", "links", "notices", "attachments")
            case "agency":
                yield from (f"agency:{target.key}", "agencies", "missing", "documents")
                yield from (f"summary:{r.key}" for r in self.catalog.reports_of.get(target.key, ()))
            case "year":
                yield from ("agencies", "missing", "years")
                yield from (f"summary:{r.key}" for r in self.catalog.reports_in[int(target.key)])
            case "document" | "page":
                yield from (target.source, "agency", "links", "notices")
            case "attachment" | "static":
                yield target.source or f"static:{target.key}"
            case _:
                yield "view"

    def _source(self, target: Target) -> bytes:
        return self.sources[target.source][:SIZE]

    def _report(self, report: Summary) -> bytes:
        around = self.portal.around(report.key)
        beside = b"|".join(str(other.year).encode() + self._name[other.agency] if other else b"-" for other in around)
        attached = self.catalog.attachments.get(report.key)
        return b"".join(
            (
                report.digest[:SIZE],
                self._form[report.form],
                self._name[report.agency],
                one(beside),
                self._paper(report.path, report.targets),
                short(attached) if attached else NONE,
            )
        )

    def _paper(self, path: str, links: Sequence[str]) -> bytes:
        """Where the links of a body lead, and what a notice says of the file."""
        lead = short([self.portal.leads(target, path) for target in links]) if links else NONE
        return lead + self._notices(path)

    @cached_property
    def _noticed(self) -> frozenset[str]:
        """The files that a notice says something of."""
        return self.portal.held.union(path for path, waivers in self.portal.waivers.items() if waivers)

    def _notices(self, path: str) -> bytes:
        """What a notice says of a file."""
        if path not in self._noticed:
            return NONE
        portal = self.portal
        return short((portal.waivers.get(path, ()), portal.english_waivers.get(path), path in portal.held))

    @cached_property
    def _written_names(self) -> bytes:
        """How names are written in traditional characters."""
        return short(sorted(self.portal.written_names.items()))

    def _agency(self, agency: Agency) -> bytes:
        catalog = self.catalog
        above = [(a.id, a.name) for a in indexes.above(self.portal, agency)]
        before = [(p.id, p.until, self._name.get(p.id)) for p in agency.predecessors]
        after = [self._name[other.id] for other in self.portal.successors.get(agency.id, ())]
        below = [self._lines[child.id] for child in catalog.children.get(agency.id, ())]
        documents = [self._document_faces[d.path] for d in catalog.documents_of.get(agency.id, ())]
        return b"".join(
            (
                self._agency_digest(agency),
                short((above, below, before, after)) if above or below or before or after else NONE,
                short((self.portal.missing_of(agency), self.portal.reference_day)),
                short(documents) if documents else NONE,
                *(self._face(report) for report in catalog.reports_of.get(agency.id, ())),
            )
        )

    def _agency_digest(self, agency: Agency) -> bytes:
        """An agency with a file of its own is known by it, another by its folder."""
        return self.sources.get(agency.path, b"")[:SIZE] or self._name[agency.id]

    def _face(self, report: Summary) -> bytes:
        """What lists show of a report."""
        return one(report.face + b"held") if report.path in self.portal.held else report.face

    @cached_property
    def _lines(self) -> dict[str, bytes]:
        """What a list of agencies shows of each, and by what it is found."""
        reports = self.catalog.reports_of
        return {
            a.id: short((*_standing(a), a.name, [(r.year, r.title) for r in reports.get(a.id, ())]))
            for a in self.catalog.agencies.values()
        }

    @cached_property
    def _document_faces(self) -> dict[str, bytes]:
        """What lists show of each document."""
        found = {}
        for d in self.catalog.documents.values():
            days = [
                d.published and d.published.moment,
                d.withdrawn and d.withdrawn.date,
                *(c.date for c in d.corrections),
            ]
            found[d.path] = short((d.agency, d.slug, d.title, days, d.path in self.portal.held))
        return found

    @cached_property
    def _names(self) -> bytes:
        """The names of all agencies, and where each stands among the others."""
        return one(b"".join((*self._name.values(), short([_standing(a) for a in self.catalog.agencies.values()]))))

    def _year(self, year: int) -> bytes:
        missing = [agency.id for agency in self.portal.missing_in.get(year, ())]
        reports = self.catalog.reports_in[year]
        return b"".join(
            (
                self._names,
                short((missing, self.portal.reference_day)),
                short(self.portal.years),
                *(self._face(report) for report in reports),
            )
        )

    @cached_property
    def _in_years(self) -> list[tuple[int, int, list[str]]]:
        """How many reports each year has, and on which forms."""
        years = self.catalog.reports_in.items()
        return [(year, len(reports), list(dict.fromkeys(r.form for r in reports))) for year, reports in years]

    def _whole(self, target: Target) -> bytes:
        """Targets of which there is one, or few: what they show is their input."""
        portal, catalog = self.portal, self.catalog
        match target.kind:
            case "home":
                newest = [(day, kind, r.face) for day, kind, r in portal.updates(indexes.NEWEST)]
                pages = [(p.slug, p.title, p.description) for p in portal.pages]
                only = [self._face(r) for r in catalog.reports.values()] if len(catalog.agencies) == 1 else []
                shown = (newest, self._in_years, pages, only)
                return short((*shown, list(self._document_faces.values()), list(self._lines.values())))
            case "years":
                return short(self._in_years)
            case "sitemap":
                titles = [(p.slug, p.title) for p in catalog.pages.values()]
                return short((portal.years, titles, list(self._document_faces.items()), list(self._lines.values())))
            case "sitemap.xml":
                return short(list(days_of(portal)))
            case "feed":
                return short(feed_of(portal))
            case "moved":
                return short(portal.moves[target.key])
            case _:
                return NONE


def _has_foot(look: str) -> bool:
    """Whether targets of a look are pages, which all have the same footer."""
    return look.rpartition("/")[2] in (*PAGES, "404")


def _standing(agency: Agency) -> tuple[str, ...]:
    """Where an agency stands among the others."""
    return agency.id, agency.kind, agency.level, agency.parent, agency.region
