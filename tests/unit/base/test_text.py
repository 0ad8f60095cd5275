"""Bytes to text: encodings, line ends, characters that hide, and limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Span
from gxsite.base.text import Text, decode
from tests.unit.build import at, codes, fuzz, only, quickly, sound

BOM = b"\xef\xbb\xbf"


def read(raw: bytes, limit: int = 1000) -> str:
    outcome = decode("a.md", raw, limit)
    assert outcome.value is not None
    assert not outcome.diagnostics
    return outcome.value.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"a\nb\n", "a\nb\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\n\r\nb", "a\n\nb"),
        (BOM + "题\n".encode(), "题\n"),
        ("𠮷\t〇\u3000\xa0\n".encode(), "𠮷\t〇\u3000\xa0\n"),
    ],
)
def test_text_has_line_feeds_only_and_no_mark_in_front(raw: bytes, text: str) -> None:
    assert read(raw) == text


def test_lines_and_places_count_code_points() -> None:
    text = Text("a.md", "一\n𠮷𠮷x\n")
    assert text.lines == ["一", "𠮷𠮷x", ""]
    assert text.place(text.text.index("x")).span == Span(2, 3, 2, 4)
    assert text.place(0, 1).span == Span(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("raw", "guess", "line", "column"),
    [
        ("标题：政府\n".encode("gbk"), "GB18030", 1, 1),
        ("a: 1\nb: 标题\n".encode("gbk"), "GB18030", 2, 4),
        ("a: 标题\n".encode("utf-16"), "UTF-16", 1, 1),
        ("a: 标题\n".encode("utf-16-be").join((b"\xfe\xff", b"")), "UTF-16", 1, 1),
        ("𠮷\r\n𠮷é".encode() + b"\xff", "", 2, 3),
        (BOM + "é".encode() * 3 + b"\xff", "", 1, 4),
        (BOM + "题\n题".encode() + b"\xff", "", 2, 2),
    ],
)
def test_another_encoding_is_named_with_the_first_bad_byte(raw: bytes, guess: str, line: int, column: int) -> None:
    outcome = decode("a.md", raw, 1000)
    found = only(outcome.diagnostics, "GX101")
    assert outcome.value is None
    assert str(found.fact.get("guess", "")).startswith(guess)
    assert bool(guess) == ("guess" in found.fact)
    assert at(found) == (line, column, 1)
    assert str(found.fact["byte"]).startswith("0x")


def test_half_a_character_at_the_end_is_found() -> None:
    assert codes(decode("a.md", "题".encode()[:2], 10).diagnostics) == ["GX101"]


def test_more_bytes_than_the_limit_are_not_read() -> None:
    assert read(b"x" * 1000) == "x" * 1000
    outcome = decode("a.md", b"x" * 1001, 1000)
    found = only(outcome.diagnostics, "GX109")
    assert outcome.value is None
    assert (found.fact["size"], found.fact["limit"]) == (1001, 1000)


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f"),
        *("\u061c", "\u200b", "\u200e", "\u200f", "\u2060"),
        *("\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffe", "\uffff"),
    ],
)
def test_a_character_that_hides_or_splits_is_found_once_and_read_as_a_space(character: str) -> None:
    outcome = decode("a.md", f"一\n𠮷{character}x{character}\n".encode(), 1000)
    found = only(outcome.diagnostics, "GX110")
    assert outcome.value is not None
    assert outcome.value.text == "一\n𠮷 x \n"
    assert at(found) == (2, 2, 1)
    assert (found.fact["character"], found.fact["count"]) == (f"U+{ord(character):04X}", 2)


def test_each_hidden_character_has_its_own_finding() -> None:
    assert codes(decode("a.md", "\x00\u2028\x00".encode(), 1000).diagnostics) == ["GX110", "GX110"]


@fuzz
@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda s: s.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_text_or_a_finding(raw: bytes) -> None:
    outcome = decode("a.md", raw, 50)
    assert outcome.value is not None or outcome.diagnostics
    if outcome.value is not None:
        assert not set(outcome.value.text) & set("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        sound(outcome.value.text, outcome.diagnostics)


@pytest.mark.parametrize(
    "raw", [b"\0" * 2_000_000, b"\r" * 2_000_000, b"\xff" * 2_000_000, "\u2028".encode() * 600_000]
)
def test_two_megabytes_of_rubbish_are_read_in_no_time_to_speak_of(raw: bytes) -> None:
    with quickly():
        decode("a.md", raw, 3_000_000)
