"""Reports, documents and pages: what one Markdown file says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from gxsite.base.dates import Moment
from gxsite.base.diagnostic import Place, Span
from gxsite.base.numerals import Interval
from gxsite.model.form import CellRef, Row


class Status(StrEnum):
    """What a cell says. ``0`` is reported."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NONE = "none"
    NONE_BY_SECTION = "none_by_section"


class Cell(NamedTuple):
    """A filled or empty cell.

    ``raw`` is what was written; ``digits`` the value with the printed digits ("" without a value); ``interval`` the
    values it may stand for; ``span`` the value's place, None if the cell is not in the file.
    """

    ref: CellRef
    status: Status
    digits: str
    raw: str
    approximate: bool
    interval: Interval
    span: Span | None

    @property
    def shown(self) -> str:
        """The cell as the table prints it: figures in their words, signs for not applicable and none."""
        if self.status is Status.REPORTED:
            return self.raw if self.approximate else self.digits
        return {Status.NOT_APPLICABLE: "/", Status.NONE: "无"}.get(self.status, "")


_new = tuple.__new__  # makes a named tuple in half the time
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
Packed = tuple[bytes, tuple[tuple[object, ...], ...]]


def pack(cells: Iterable[Cell]) -> Packed:
    """Cells to be pickled in a fraction of the time and room: their names in one text, and a tuple of each.

    Of a plain figure, as most cells are, only what was written and where; all else follows from that.
    """
    names: list[str] = []
    rows: list[tuple[object, ...]] = []
    known: dict[tuple[object, ...], tuple[object, ...]] = {}
    for ref, status, digits, raw, approximate, (low, high), span in cells:
        names.append("\t".join(ref))
        is_plain = status is Status.REPORTED and not approximate and low is high and raw == digits == str(low)
        if is_plain and span and span == (span.line, span.column, span.line, span.column + len(raw)):
            rows.append((raw, span.line, span.column))
            continue
        bounds = (None if low is None else str(low), None if high is None else str(high))
        row = (status.value, digits, raw, approximate, bounds, span and tuple(span))
        rows.append(known.setdefault(row, row))  # equal tuples are pickled once
    return _packed_names("\n".join(names)), tuple(rows)


def unpack(packed: Packed) -> tuple[Cell, ...]:
    """The cells that :func:`pack` packed."""
    names, rows = packed
    return tuple(map(_cell, _refs(names), rows))


def _cell(ref: CellRef, row: tuple[Any, ...]) -> Cell:
    if len(row) == 3:
        raw, line, column = row
        span = _new(Span, (line, column, line, column + len(raw)))
        return _new(Cell, (ref, Status.REPORTED, raw, raw, False, _between((raw, raw)), span))
    status, digits, raw, approximate, bounds, place = row
    return Cell(ref, Status(status), digits, raw, approximate, _between(bounds), place and Span(*place))


@lru_cache(4096)
def _between(bounds: tuple[str | None, str | None]) -> Interval:
    low, high = (None if bound is None else Decimal(bound) for bound in bounds)
    return Interval(low, low if bounds[0] == bounds[1] else high)


@lru_cache(64)
def _packed_names(names: str) -> bytes:
    return zlib.compress(names.encode())


@lru_cache(64)
def _refs(names: bytes) -> tuple[CellRef, ...]:
    """The references of all cells, the same values for all reports on a form."""
    return tuple(CellRef(*name.split("\t")) for name in zlib.decompress(names).decode().split("\n"))


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
    cells: tuple[Cell, ...]
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
        """What is pickled: the fields and nothing that is derived from them, the cells packed."""
        return tuple(pack(self.cells) if f == "cells" else self.__dict__[f] for f in self.__dataclass_fields__)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.__dict__.update(zip(self.__dataclass_fields__, state, strict=True))
        self.__dict__["cells"] = unpack(self.__dict__["cells"])

    @property
    def key(self) -> str:
        """``tanghe/2018``."""
        return f"{self.agency}/{self.year}"

    @cached_property
    def cell(self) -> dict[CellRef, Cell]:
        """Cells by reference."""
        return {cell.ref: cell for cell in self.cells}

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
