"""What the catalogue says about one code."""

from __future__ import annotations

from typing import NamedTuple

from gxsite.base.diagnostic import Severity


class Words(NamedTuple):
    """One language: a title, a one-line message, ways out, and what ``gxsite explain`` tells.

    ``{name}`` stands for a fact of the finding. A help line is printed only when all its facts are known.
    """

    title: str
    message: str
    help: tuple[str, ...]
    about: str


class Entry(NamedTuple):
    """One code."""

    code: str
    severity: Severity
    waivable: bool
    zh: Words
    en: Words


def error(code: str, zh: Words, en: Words, *, waivable: bool = False) -> Entry:
    """A code that stops the build."""
    return Entry(code, Severity.ERROR, waivable, zh, en)


def warning(code: str, zh: Words, en: Words, *, waivable: bool = False) -> Entry:
    """A code that asks for attention."""
    return Entry(code, Severity.WARNING, waivable, zh, en)


def note(code: str, zh: Words, en: Words) -> Entry:
    """A code that informs."""
    return Entry(code, Severity.NOTE, False, zh, en)
