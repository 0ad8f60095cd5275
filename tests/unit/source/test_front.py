"""The two parts of a Markdown file."""

import pytest

from gxsite.base.diagnostic import Outcome
from gxsite.base.text import Text, decode
from gxsite.source.body import MAX_BODY
from gxsite.source.front import MAX_FILE, MAX_FRONT, Parts, read_parts
from tests.unit.build import at, codes, only, quickly, sound


def read(source: str) -> Outcome[Parts]:
    outcome = read_parts(Text("a.md", source))
    sound(source, outcome.diagnostics)
    return outcome


def keys(parts: Parts) -> list[str]:
    return [entry.key.value for entry in parts.front.entries]


@pytest.mark.parametrize(
    ("source", "wanted", "body"),
    [
        ("---\na: 1\n---\n正文\n", ["a"], "正文\n"),
        ("---  \na: 1\n---\t\n正文", ["a"], "正文"),
        ("---\na: 1\n---", ["a"], ""),
        ("---\n---\n", [], ""),
        ("---\na: 1\n---\n\n---\n正文\n", ["a"], "\n---\n正文\n"),
        ("---\na: |\n  x\n  ---\nb: 2\n---\n", ["a", "b"], ""),
    ],
)
def test_front_matter_and_body(source: str, wanted: list[str], body: str) -> None:
    outcome = read(source)
    assert not outcome.diagnostics
    assert keys(outcome.value) == wanted
    assert outcome.value.body.text == body


def test_both_parts_keep_the_lines_of_the_file() -> None:
    outcome = read("---\ntitle: x: y\n---\n\n# 一\n")
    assert [(d.code, *at(d)) for d in outcome.diagnostics] == [("GX102", 2, 9, 3), ("GX601", 5, 1, 3)]


@pytest.mark.parametrize(
    "source", ["", "\n---\na: 1\n---\n", "正文\n", "----\na: 1\n---\n", "title: x\n", " ---\na: 1\n---\n"]
)
def test_a_file_without_an_opening_line(source: str) -> None:
    outcome = read(source)
    found = only(outcome.diagnostics, "GX106")
    assert getattr(found.fact["what"], "key", "") == "front.opening"
    assert outcome.value.front.damaged


@pytest.mark.parametrize("source", ["---", "---\na: 1\n", "---\na: 1\n ---\n", "---\na: 1\n----\n"])
def test_a_file_without_a_closing_line(source: str) -> None:
    found = only(read(source).diagnostics, "GX106")
    assert getattr(found.fact["what"], "key", "") == "front.closing"
    assert at(found) == (1, 1, 3)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    text = decode("a.md", b"\xef\xbb\xbf---\r\na: 1\r\n---\r\n", MAX_FILE).value
    assert text is not None
    assert keys(read_parts(text).value) == ["a"]


def test_front_matter_has_a_limit() -> None:
    line = f"a: '{'x' * (MAX_FRONT - 6)}'\n"
    assert len(line.encode()) == MAX_FRONT
    assert not read(f"---\n{line}---\n").diagnostics
    with quickly():
        outcome = read(f"---\n{line}#\n---\n")
    found = only(outcome.diagnostics, "GX109")
    assert (found.fact["size"], found.fact["limit"]) == (MAX_FRONT + 2, MAX_FRONT)
    assert outcome.value.front.damaged


def test_the_limit_counts_bytes() -> None:
    assert codes(read(f"---\na: '{'字' * (MAX_FRONT // 3)}'\n---\n").diagnostics) == ["GX109"]


def test_the_body_has_a_limit() -> None:
    with quickly():
        assert not read("---\na: 1\n---\n" + "x" * MAX_BODY).diagnostics
    with quickly():
        outcome = read("---\na: 1\n---\n" + "x" * (MAX_BODY + 1))
    found = only(outcome.diagnostics, "GX109")
    assert (at(found)[0], found.fact["size"]) == (4, MAX_BODY + 1)
    assert keys(outcome.value) == ["a"]


def test_a_file_beyond_all_limits_is_not_even_decoded() -> None:
    with quickly(0.1):
        assert codes(decode("a.md", b"x" * (MAX_FILE + 1), MAX_FILE).diagnostics) == ["GX109"]
