"""Findings as values: a place, a code, the facts and a way out.

A finding holds no sentence. It names an entry of the catalogue and carries the facts that the entry's
sentences need, so the same value can be printed in Chinese, in English, as JSON or as an annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T", covariant=True)


class Severity(StrEnum):
    """How much a finding weighs: an error stops a build, a warning does not, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and code-point columns, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A stretch of a named file; the path is relative to the project, with forward slashes."""

    path: str
    span: Span


START = Span(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of ours inside a finding, by their key in the catalogue, so that they too can be translated."""

    key: str
    args: tuple[tuple[str, Fact], ...] = ()


Fact = str | int | Phrase


def phrase(key: str, **args: Fact) -> Phrase:
    """A phrase with its facts."""
    return Phrase(key, tuple(args.items()))


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that belongs to a finding, with what stands there."""

    place: Place
    text: Fact


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change that would mend the finding: cells and the values they would take, in form order."""

    changes: tuple[tuple[str, str], ...]
    why: Fact = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one cause.

    ``facts`` fill the sentences of the catalogue entry ``code``. ``relation`` is the id of the broken relation, if any;
    ``cells`` are the cells concerned, written ``indicator.column``; ``expect`` is the fact a waiver must repeat.
    A finding joined from several columns has ``parts``: the cells and the ``expect`` of each.
    """

    code: str
    severity: Severity
    place: Place
    facts: tuple[tuple[str, Fact], ...] = ()
    labels: tuple[Label, ...] = ()
    relation: str | None = None
    cells: tuple[str, ...] = ()
    expect: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    parts: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def figures(self) -> str:
        """All figures of the finding, those of its parts included: when one moves it is another finding."""
        return "; ".join(expect for _, expect in self.parts) or self.expect or ""

    @property
    def fact(self) -> Mapping[str, Fact]:
        """The facts by name."""
        return dict(self.facts)


def by_place(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    """Sort key: path, line, column, code."""
    return (diagnostic.place.path, diagnostic.place.span, diagnostic.code, diagnostic.relation or "")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings sorted by place, exact repetitions dropped."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=by_place))


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a total function returns: the best value it could make, and what it found on the way."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = field(default=())


class ProjectError(Exception):
    """The project cannot be worked on; carries the findings that say why (exit code 1)."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(d.code for d in diagnostics))
        self.diagnostics = diagnostics


class UsageError(Exception):
    """The command was called with words it cannot use (exit code 2)."""
