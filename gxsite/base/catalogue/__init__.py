"""Every sentence that gxsite says about a file, in Chinese and English, by code.

Families: GX1 syntax, GX2 forms and values, GX3 relations, GX4 dates and filing, GX5 figures quoted in the body,
GX6 text, GX7 privacy, GX8 site and links, GX9 configuration and themes. A code is never given a second meaning.
"""

from __future__ import annotations

from typing import Literal

from gxsite.base.catalogue import gx1, gx2, gx3, gx4, gx5, gx8, gx9
from gxsite.base.catalogue.entry import Entry, Words
from gxsite.base.catalogue.phrases import PHRASES
from gxsite.base.diagnostic import Diagnostic, Fact, Phrase, Place

Language = Literal["zh", "en"]

ENTRIES: dict[str, Entry] = {
    entry.code: entry for family in (gx1, gx2, gx3, gx4, gx5, gx8, gx9) for entry in family.ENTRIES
}


def diagnose(code: str, place: Place, /, **facts: Fact | None) -> Diagnostic:
    """A finding of the catalogue at a place; a fact given as None counts as not known."""
    known = tuple((name, fact) for name, fact in facts.items() if fact is not None)
    return Diagnostic(code, ENTRIES[code].severity, place, known)


def say(fact: Fact, lang: Language) -> str:
    """A fact in words."""
    if isinstance(fact, Phrase):
        zh, en = PHRASES[fact.key]
        return (zh if lang == "zh" else en).format_map({k: say(v, lang) for k, v in fact.args})
    return str(fact)


def words(code: str, lang: Language) -> Words:
    """The sentences of a code in one language."""
    return getattr(ENTRIES[code], lang)  # type: ignore[no-any-return]


def message(diagnostic: Diagnostic, lang: Language) -> str:
    """The finding in one line, with the numbers."""
    return words(diagnostic.code, lang).message.format_map(_said(diagnostic, lang))


def help_lines(diagnostic: Diagnostic, lang: Language) -> tuple[str, ...]:
    """The ways out; a line whose facts are not known is left out."""
    said = _said(diagnostic, lang)
    lines = []
    for line in words(diagnostic.code, lang).help:
        try:
            lines.append(line.format_map(said))
        except KeyError:
            continue
    return tuple(lines)


def _said(diagnostic: Diagnostic, lang: Language) -> dict[str, str]:
    return {name: say(fact, lang) for name, fact in diagnostic.facts}
