"""How wide a terminal draws text, and what is written out instead of being sent to it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.width import char_width, display_width, is_hidden, visible


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc 12", 6),
        ("年报", 4),
        ("（一）", 6),
        ("㎡〇", 4),
        ("\u3000", 2),
        ("ｶﾅ", 2),
        ("𠮷", 2),
        ("e\u0301", 1),
        ("\u0301", 0),
        ("a\u20dd", 1),
        ("\U00031350", 2),  # an ideograph of a later Unicode than that of Python 3.11
        ("\u0378", 1),  # not assigned
        ("\x1b\u200b", 0),
    ],
)
def test_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize("char", "—“”…·①")
def test_ambiguous_characters_are_as_wide_as_the_terminal_says(char: str) -> None:
    assert [char_width(char), char_width(char, 2)] == [1, 2]


def test_a_combining_mark_of_ambiguous_width_stays_narrow() -> None:
    assert unicodedata.east_asian_width("\u0301") == "A"
    assert char_width("\u0301", 2) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("共 3 条\u3000无", "共 3 条\u3000无"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\tb\nc\r", "a<U+0009>b<U+000A>c<U+000D>"),
        ("\x9b2J\x7f", "<U+009B>2J<U+007F>"),
        ("12\u202e34\u2066", "12<U+202E>34<U+2066>"),
        ("\u200b\ufeff\u00ad\u2028", "<U+200B><U+FEFF><U+00AD><U+2028>"),
        ("\udcff\U000e0041", "<U+DCFF><U+E0041>"),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_what_is_visible_is_safe_and_stays(text: str) -> None:
    shown = visible(text)
    assert not any(is_hidden(c) for c in shown)
    assert visible(shown) == shown
    shown.encode("utf-8")
    assert display_width(shown) >= display_width(text)
