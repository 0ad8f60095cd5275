"""What the portal has to know of a report without holding all of it: the part that lists, links and series need."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from gxsite.base.dates import Moment
from gxsite.base.diagnostic import Place, Span
from gxsite.base.lazy import Lazy
from gxsite.model.cells import ByRef, Cell, Cells, Status
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import CellRef, Form, Grid
from gxsite.model.links import needed
from gxsite.model.report import Link, Report, Scope, Waiver


class Details(NamedTuple):
    """The part of a summary that is seldom asked for.

    ``cells`` are those that other reports ask of this one, and those of its own that are compared with them.
    """

    cells: Cells
    unit: dict[str, str]
    table_span: Span
    links: tuple[Link, ...]
    waivers: tuple[Waiver, ...]
    index_place: Place | None


class Summary(NamedTuple):
    """A report in short.

    ``digest`` is that of its source; ``blurb`` its summary in words; ``corrected`` and ``withdrawn_on`` are the days of
    its newest correction and of its withdrawal or "", ``changed`` is the moment of the last of the three or ""
    (:class:`Moment` as text); ``headline`` are the figures of the form's headlines as (text, value, unit): the value
    is "" where there is no exact one, the unit where the form has it; ``targets`` are those of the links in its body,
    ``needs`` the files without which these lead nowhere ("" for one that never leads); ``face`` is a digest of all
    that lists show of the report, ``told`` one of all that is said here but for ``digest``; ``settled`` says that all
    relations within the report hold between exact figures, so that only those to other reports are left to be judged.
    """

    agency: str
    year: int
    path: str
    digest: bytes
    title: str
    form: str
    published: Moment | None
    scope: Scope | None
    corrected: str
    withdrawn_on: str
    changed: str
    damaged: bool
    settled: bool
    blurb: str
    headline: tuple[tuple[str, str, str], ...]
    index_number: str
    targets: tuple[str, ...]
    needs: tuple[str, ...]
    has_waivers: bool
    face: bytes
    told: bytes
    details: Lazy[Details]

    @property
    def key(self) -> str:
        """``tanghe/2018``."""
        return f"{self.agency}/{self.year}"

    @property
    def withdrawn(self) -> bool:
        """Whether the report no longer stands."""
        return bool(self.withdrawn_on)

    @property
    def cell(self) -> Mapping[CellRef, Cell]:
        """The cells that are compared between reports."""
        return ByRef(self.details.get().cells)

    @property
    def unit(self) -> Mapping[str, str]:
        """Units that the report gives where the form leaves them open, by cell."""
        return self.details.get().unit

    @property
    def table_span(self) -> Span:
        """The place of the table in the file."""
        return self.details.get().table_span

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the body."""
        return self.details.get().links if self.targets else ()

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The findings that the agency explains."""
        return self.details.get().waivers if self.has_waivers else ()

    @property
    def index_place(self) -> Place | None:
        """The place of the index number."""
        return self.details.get().index_place


Plain = tuple[object, ...]


def plain(summary: Summary) -> Plain:
    """A summary without its details, in nothing but texts, numbers and tuples of them: they are quickly unpacked."""
    fields: list[object] = [*summary[:_DETAILS]]
    fields[_PUBLISHED] = tuple(summary.published) if summary.published else None
    return tuple(fields)


def of_plain(fields: Plain, details: Callable[[], bytes]) -> Summary:
    """The summary that :func:`plain` took apart; ``details`` fetches its packed details."""
    moment: Iterable[Any] = fields[_PUBLISHED] or ()  # type: ignore[assignment]
    published = Moment._make(moment) if moment else None
    return Summary._make((*fields[:_PUBLISHED], published, *fields[_PUBLISHED + 1 :], Lazy.of(details)))


_PUBLISHED, _DETAILS = (Summary._fields.index(name) for name in ("published", "details"))

Asked = Mapping[str, Grid]
NOTHING_ASKED = Grid(())


def asked(forms: Iterable[Form], crosswalk: Crosswalk) -> Asked:
    """By form the cells that relations between reports ask for: of its own, and of those on other forms."""
    forms = tuple(forms)
    found: dict[str, set[CellRef]] = {form.id: set() for form in forms}
    for form in forms:
        across = [e for e in form.equations if e.reaches("previous") or e.reaches("children")]
        found[form.id] |= {t.ref for e in across for t in e.left + e.right if t.ref and t.when == "now"}
        for ref in form.reaching["previous"] | form.reaching["children"]:
            for other in forms:
                counterpart = crosswalk.counterpart(ref, form.id, other.id)
                if counterpart:
                    found[other.id].add(counterpart)
    return {form.id: Grid(ref for ref in form.cells if ref in found[form.id]) for form in forms}


def summarise(report: Report, form: Form | None, compared: Grid, digest: bytes, settled: bool) -> Summary:
    """The summary of a report; ``compared`` are the cells that are compared between reports."""
    details = Details(
        report.cells.picked(compared),
        report.unit,
        report.table_span,
        report.body.links,
        report.waivers,
        report.card.index_place,
    )
    published = report.published.moment if report.published else None
    headline = tuple(_figure(report, form, line.ref) for line in form.headlines) if form else ()
    corrected = max((correction.date.date for correction in report.corrections), default="")
    withdrawn = report.withdrawn.date.date if report.withdrawn else ""
    blurb = report.card.get("summary")
    targets = tuple(dict.fromkeys(link.target for link in report.body.links))
    shown = (report.key, report.title, report.form, published, report.scope, corrected, withdrawn, blurb, headline)
    summary = Summary(
        agency=report.agency,
        year=report.year,
        path=report.path,
        digest=digest,
        title=report.title,
        form=report.form,
        published=published,
        scope=report.scope,
        corrected=corrected,
        withdrawn_on=withdrawn,
        changed=max(str(published or ""), corrected, withdrawn),
        damaged=report.damaged,
        settled=settled,
        blurb=blurb,
        headline=headline,
        index_number=report.card.get("index_number"),
        targets=targets,
        needs=needed(targets, report.path),
        has_waivers=bool(report.waivers),
        face=_digest(repr(shown).encode()),
        told=b"",
        details=Lazy(details),
    )
    said: Any = plain(summary._replace(digest=b""))
    return summary._replace(told=_digest(marshal.dumps(said, 2) + summary.details.packed()))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()


def _figure(report: Report, form: Form, ref: CellRef) -> tuple[str, str, str]:
    """A figure as lists show it: its text, its exact value, and its unit where the report gives it."""
    cell = report.cell[ref]
    if cell.status is Status.REPORTED:
        return cell.shown, "" if cell.approximate else cell.digits, report.unit.get(str(ref), "")
    if cell.status is Status.BLANK:
        return "", "", ""
    return "/" if cell.status is Status.NOT_APPLICABLE else "无", "0", ""  # an addend of nothing
