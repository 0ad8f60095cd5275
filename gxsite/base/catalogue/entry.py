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
    """One code; a ``waivable`` one can be explained in a report, an ``adjustable`` one has the severity a portal wants."""

    code: str
    severity: Severity
    waivable: bool
    zh: Words
    en: Words
    adjustable: bool

    @property
    def may(self) -> tuple[str, str]:
        """What reports and the portal may do about it, in Chinese and English."""
        if self.waivable:
            return "可以豁免", "waivable"
        if self.adjustable:
            return "不能豁免，轻重可以改", "not waivable, of adjustable severity"
        return "不能豁免", "not waivable"


def error(code: str, zh: Words, en: Words, *, waivable: bool = False, adjustable: bool = False) -> Entry:
    """A code that stops the build."""
    return Entry(code, Severity.ERROR, waivable, zh, en, waivable or adjustable)


def warning(code: str, zh: Words, en: Words, *, waivable: bool = False, adjustable: bool = False) -> Entry:
    """A code that asks for attention."""
    return Entry(code, Severity.WARNING, waivable, zh, en, waivable or adjustable)


def note(code: str, zh: Words, en: Words, *, adjustable: bool = False) -> Entry:
    """A code that informs."""
    return Entry(code, Severity.NOTE, False, zh, en, adjustable)
