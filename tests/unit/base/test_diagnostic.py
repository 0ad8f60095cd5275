"""Findings as values, and the catalogue that words them."""

import re
import string

import pytest

from gxsite.base.catalogue import ENTRIES, diagnose, help_lines, message, say
from gxsite.base.catalogue.phrases import PHRASES
from gxsite.base.diagnostic import START, Place, ProjectError, Span, in_order, phrase


def place(path: str, line: int, column: int) -> Place:
    return Place(path, Span(line, column, line, column + 1))


def test_findings_are_sorted_by_path_line_column_code_and_repetitions_dropped() -> None:
    wanted = (
        diagnose("GX103", place("a", 2, 1), key="x", line=1),
        diagnose("GX201", place("a", 2, 1), what="x", key="y"),
        diagnose("GX103", place("a", 2, 5), key="x", line=1),
        diagnose("GX103", place("a", 10, 1), key="x", line=1),
        diagnose("GX103", place("b", 1, 1), key="x", line=1),
    )
    assert in_order([*reversed(wanted), wanted[0]]) == wanted


def test_facts_that_are_not_known_are_left_out_with_the_help_that_needs_them() -> None:
    known = diagnose("GX201", place("a", 1, 1), what="一", key="titel", near="title")
    unknown = diagnose("GX201", place("a", 1, 1), what="一", key="titel", near=None)
    assert "near" not in unknown.fact
    assert any("title" in line for line in help_lines(known, "zh"))
    assert not help_lines(unknown, "zh")


def test_phrases_are_said_in_the_language_asked_for() -> None:
    inner = phrase("suspect.other", cell="甲", new="5")
    said = phrase("suspect.both", one=inner, two="乙")
    assert say(said, "en").startswith("甲 should be 5")
    assert say(said, "zh").startswith("甲 应为 5")
    assert say(7, "zh") == "7"


def test_an_error_of_the_project_names_its_codes() -> None:
    error = ProjectError(diagnose("GX901", Place("gxsite.yaml", START)), diagnose("GX902", Place("gxsite.yaml", START)))
    assert str(error) == "GX901, GX902"
    assert len(error.diagnostics) == 2


def names(template: str) -> set[str]:
    """The facts that a sentence asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", list(ENTRIES))
def test_both_languages_of_a_code_ask_for_the_same_facts(code: str) -> None:
    zh, en = ENTRIES[code].zh, ENTRIES[code].en
    assert re.fullmatch("GX[1-9][0-9]{2}", code)
    assert names(zh.message) == names(en.message)
    assert [names(line) for line in zh.help] == [names(line) for line in en.help]
    assert all((zh.title, zh.about, en.title, en.about))
    assert "\n" not in zh.message + en.message


@pytest.mark.parametrize("key", sorted(PHRASES.keys() - {"code.title"}))  # that one carries both languages itself
def test_both_languages_of_a_phrase_ask_for_the_same_facts(key: str) -> None:
    zh, en = PHRASES[key]
    assert names(zh) == names(en)


def test_hostile_facts_stay_facts() -> None:
    found = diagnose("GX103", place("a", 1, 1), key="{line} {0} %s {{", line=3)
    assert "{line} {0} %s {{" in message(found, "zh")
