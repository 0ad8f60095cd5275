"""Reports, documents and pages: what one Markdown file says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from gxsite.base.dates import Moment
from gxsite.base.diagnostic import Place, Span
from gxsite.model.cells import ByRef, Cell, Cells
from gxsite.model.form import CellRef, Row

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Heading(NamedTuple):
    """A heading of a body."""

    level: int
    text: str


class Quote(NamedTuple):
    """``{{ cell }}`` in a body: where it stands in the text and which cell it names ("" for an escaped ``{{``)."""

    start: int
    end: int
    cell: str
    place: Place


class Link(NamedTuple):
    """A link target as written in a body."""

    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown below the front matter, with what the checks need to know of it; it begins on line ``first``."""

    text: str = ""
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    first: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether readers see nothing of it."""
        return not _COMMENT.sub("", self.text).strip()


class Card(NamedTuple):
    """A record card (目录信息): values by key in the order of the rules, then local fields by label."""

    fields: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    index_place: Place | None = None

    def get(self, key: str) -> str:
        """A field, "" if it is not given."""
        return next((value for name, value in self.fields if name == key), "")


class Waiver(NamedTuple):
    """A finding that the agency explains instead of mending."""

    check: str
    cell: str
    expect: str
    reason: str
    span: Span
    expect_span: Span


class Correction(NamedTuple):
    """A dated notice that a figure was changed."""

    date: Moment
    cell: str
    old: str
    new: str
    reason: str


class Withdrawal(NamedTuple):
    """A notice that a report no longer stands."""

    date: Moment
    reason: str


class Dated(NamedTuple):
    """A moment with its place in the file."""

    moment: Moment
    span: Span


class Attachment(NamedTuple):
    """A file published byte for byte beside a report; ``path`` is relative to the project, size in bytes."""

    path: str
    name: str
    size: int
    sha256: str


Scope = Literal["own", "consolidated"]


@dataclass(frozen=True)
class Report:
    """One annual report. ``rows`` are the rows of its own that it declares; ``cells`` are in form order, then those.

    ``damaged`` means that parts of the file could not be read, so that nothing may be concluded from what is missing.
    """

    agency: str
    year: int
    path: str
    title: str
    form: str
    form_place: Place
    published: Dated | None
    signed: Dated | None
    filed: Dated | None
    scope: Scope | None
    card: Card
    cells: Cells
    rows: tuple[Row, ...]
    units: tuple[tuple[str, str], ...]
    table_span: Span
    waivers: tuple[Waiver, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None
    sign_off: tuple[tuple[str, str], ...]
    body: Body
    damaged: bool = False

    def __getstate__(self) -> tuple[object, ...]:
        """What is pickled: the fields and nothing that is derived from them."""
        return tuple(self.__dict__[name] for name in self.__dataclass_fields__)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        self.__dict__.update(zip(self.__dataclass_fields__, state, strict=True))

    @property
    def key(self) -> str:
        """``tanghe/2018``."""
        return f"{self.agency}/{self.year}"

    @cached_property
    def cell(self) -> Mapping[CellRef, Cell]:
        """Cells by reference: made one by one where all is plain, because then hardly any is asked for."""
        cells = self.cells
        return ByRef(cells) if cells.all_plain else dict(zip(cells.grid.refs, cells.made, strict=True))

    @cached_property
    def unit(self) -> dict[str, str]:
        """Units that the report gives where the form leaves them open, by cell."""
        return dict(self.units)


@dataclass(frozen=True)
class Document:
    """A disclosure document with a record card and no form; ``column`` as :mod:`gxsite.model.column` has it, or ""."""

    agency: str
    slug: str
    path: str
    title: str
    published: Dated | None
    signed: Dated | None
    card: Card
    waivers: tuple[Waiver, ...]
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None
    body: Body
    column: str = ""
    damaged: bool = False

    @property
    def index_number(self) -> str:
        """The index number (索引号) of the record card."""
        return self.card.get("index_number")

    @property
    def index_place(self) -> Place | None:
        """The place of the index number."""
        return self.card.index_place


@dataclass(frozen=True)
class Page:
    """A page of the portal itself; ``column`` as :mod:`gxsite.model.column` has it, or ""."""

    slug: str
    path: str
    title: str
    description: str
    order: int
    body: Body
    column: str = ""
