"""The reader of plain lines: what it takes, it reads as the full reader does; all else it leaves alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxsite.base.diagnostic import Outcome, Span
from gxsite.base.nodes import Entry, Figures, Mapping, Scalar
from gxsite.base.plain import MAX_CHARACTERS, MAX_KEY, MAX_LEVELS, read_plain
from gxsite.base.text import Text
from gxsite.base.yaml import read_yaml
from tests.needs import ROOT
from tests.unit.build import fuzz, quickly

TABLE = """\
title: 某某县2018年政府信息公开工作年度报告
published: 2019-03-26 08:59
source: https://www.example.gov.cn/a?b=1
card:
  index_number: "003111216/2019: 1"
  keywords: [政府信息公开, 2018年, ~]  # 三个
  extra:
    标签: 'a: b'
# 表

table:
  section:requests: 无
  requests.total: 12   # 收到：12
  requests.new: [71, 3,0 , /]
  blank:
  note: 约30 条
empty:
"""


def full(source: str) -> Outcome[Mapping]:
    """What the full reader makes of a text: a comment with a space that is not plain keeps it from the other."""
    return read_yaml(Text("a.yaml", f"{source}\n# \u3000"))


def plain(source: str) -> Mapping | None:
    return read_plain(source.split("\n"), 1)


def test_a_report_is_plain_and_read_alike() -> None:
    mapping = plain(TABLE)
    assert mapping is not None
    assert full(TABLE) == Outcome(mapping)
    assert read_yaml(Text("a.yaml", TABLE)) == Outcome(mapping)
    assert [entry.key.value for entry in mapping.entries] == ["title", "published", "source", "card", "table", "empty"]


def test_places_are_those_of_the_file() -> None:
    mapping = read_plain(["t:", "  𠮷: x y  # z"], 7)
    inner = Entry(Scalar("𠮷", True, Span(8, 3, 8, 4)), Scalar("x y", True, Span(8, 6, 8, 9)))
    outer = Entry(Scalar("t", True, Span(7, 1, 7, 2)), Mapping((inner,), Span(8, 3, 8, 9)))
    assert mapping == Mapping((outer,), Span(7, 1, 8, 9))


@pytest.mark.parametrize(
    "source",
    [
        "", "# 注", "甲", "- a", "a: -", "a: |", "a: >", "a: &x 1", "a: *x", "a: !t 1", "a: ?", "a: @x", "a: `x`",
        "a: %x", "a: ]", "a: }", "a: {}", "a: ,", "a: 'a # b'", "a: x: y", "a: x:", "a: {b: 1}", "a: [1, [2]]",
        "a: [1, b: 2]", "a: [1,", "a: []", "a: 'it''s'", 'a: "\\n"', "a: 'x", "a: 'x' y", "a: 1\na: 2", "a: 1\n b: 2",
        "a:\n  b: 1\n c: 2", "  a: 1\nb: 2", "a: x\n  y", "a:\n  x", "a:\n- x", "a:1", "a：1", "a : 1", "<<: 1", "? a",
        "---", "a: 1\n...", "a: 1\n---\nb: 2", "a:\n\tb: 1", "a: \u3000", "a: 一\u3000二", "a: \xa0x", "a: #公开",
        "a: x #公开", "a: 1\x85b: 2", "a: \x00", "a: \ufeffx",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_full_reader(source: str) -> None:
    assert plain(source) is None


@pytest.mark.parametrize(
    "source", ["a: x # 注", "a: [1] # 注", "a: 'x' # 注", "a: # 注", "a:\n# 注\n  b: 1", "  a: 1\n"]
)
def test_comments_and_indents_that_are_plain(source: str) -> None:
    mapping = plain(source)
    assert mapping is not None
    assert full(source) == Outcome(mapping)


def test_limits() -> None:
    assert plain("k" * (MAX_KEY - 1) + ": 1") is not None
    assert plain("k" * (MAX_KEY + 1) + ": 1") is None
    assert plain("a: " + "x" * (MAX_CHARACTERS - 3)) is not None
    assert plain("a: " + "x" * (MAX_CHARACTERS - 2)) is None
    assert plain("".join(f"{' ' * n}a:\n" for n in range(MAX_LEVELS))) is not None
    assert plain("".join(f"{' ' * n}a:\n" for n in range(MAX_LEVELS + 1))) is None


@pytest.mark.parametrize(
    "source",
    [
        "a:" + " " * 9_990 + "x:",
        "a: [" + "1 " * 4_900,
        "a: [" + "1," * 4_900,
        "a:b" * 3_000,
        "a." * 4_900,
        "a:\n" * 4_900,
    ],
)
def test_nothing_takes_long(source: str) -> None:
    with quickly():
        plain(source)


def sources() -> list[Path]:
    """All files of the repository with front matter or YAML."""
    folders = (ROOT / "content", ROOT / "gxsite/forms", ROOT / "tests/checks", ROOT / "tests/golden")
    return sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".md", ".yaml") and p.is_file())


def test_of_all_files_of_the_repository_both_make_the_same() -> None:
    taken = 0
    for path in sources():
        lines = path.read_text("utf-8", errors="replace").split("\n")
        if path.suffix == ".md":
            lines = lines[1 : lines.index("---", 1)] if "---" in lines[1:] else []
        mapping = read_plain(lines, 1)
        if mapping is not None:
            taken += 1
            assert full("\n".join(lines)) == Outcome(mapping), path
    assert taken > 100


# -- anything like it ---------------------------------------------------------------------------------------------

NAMES = ("a", "b.c", "section:x", "题", "x_y", "a-b", "0", "A", "a:b", "1.", "é", "_", "~", "a b", "“q”", "k" * 99, "-")
VALUES = (
    *(
        "",
        "1",
        "~",
        "x  y",
        "《条例》",
        "http://a/b",
        "08:59",
        "/",
        "—",
        "：x",
        "x%",
        "=x",
        "x:",
        "x :y",
        "x, y",
        "x]y",
        "x'y",
    ),
    *(
        "a&b",
        "<x",
        "\\n",
        "...",
        "~ x",
        "½",
        "+5",
        ".5",
        "x#y",
        "-1",
        "- 1",
        "?x",
        "{a: 1}",
        "''",
        "'s'",
        "' s '",
        "'#'",
    ),
    *(
        '"q"',
        '"a: b"',
        '"x\'y"',
        "[1, 2,3]",
        "[ a ,b ]",
        "[~,/,—]",
        "[]",
        "[a b]",
        "[1,]",
        "[a:b]",
        "[（一）, “x”]",
        "[1",
    ),
)
names = st.sampled_from(NAMES)
values = st.sampled_from(VALUES) | st.text("ab题0:：-#'\"[]{},|>&*!%@`?~\\/ .—=+", max_size=6)
lines = st.tuples(
    st.sampled_from(("", "", "", "  ", "  ", "    ", " ")), names, st.sampled_from((": ", ": ", ":  ", ":"))
).map("".join)
ends = st.sampled_from(("", "", "", "  ", " # 注", "  #", " #注", "#"))
whole = st.tuples(lines, values, ends).map("".join) | st.sampled_from(
    ("", "# 注", "      # 注", "#：", "- x", "  x", "---")
)


@fuzz
@given(st.lists(whole, max_size=8).map("\n".join), st.text(max_size=20))
def test_what_is_taken_is_read_as_by_the_full_reader(source: str, scrap: str) -> None:
    for text in (source, scrap):
        mapping = plain(text)
        if mapping is not None:
            assert full(text) == Outcome(mapping)


@fuzz
@given(st.lists(st.tuples(names, values, ends), max_size=6, unique_by=lambda line: line[0]), st.data())
def test_plain_lines_in_blocks_are_read_as_by_the_full_reader(
    entries: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    source, indent = "", 0
    for name, value, end in entries:
        source += f"{' ' * indent}{name}: {value}{end}\n" if value else f"{' ' * indent}{name}:{end}\n"
        indent = indent + 2 if not value and data.draw(st.booleans()) else data.draw(st.sampled_from((indent, 0)))
    mapping = plain(source)
    if mapping is not None:
        assert full(source) == Outcome(mapping)


def test_the_parser_is_not_even_imported_for_what_is_plain() -> None:
    code = (
        "import sys, gxsite.source.report; from gxsite.base.text import Text; from gxsite.base.yaml import read_yaml;"
        "assert read_yaml(Text('a', 'a: 1\\n')).value.entries; assert 'yaml' not in sys.modules;"
        "assert read_yaml(Text('a', 'a: {b: 1}\\n')).value.entries; assert 'yaml' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


# -- mappings of figures ------------------------------------------------------------------------------------------

FIGURES = (
    "1", "0", "~", "12.5", "007", "1.", ".5", "1.2.3", "~~", "[1, 2]", "[ 1,2 , ~]", "[~]", "[]", "[1", "1 2", "-1",
    "１", "1 # 注", "1  #", "1 #注", "~ #注", "[1] # 注 # 又", "1#", "'1'", "", "1:2", "1e3", "x",
)  # fmt: skip
ROWS = st.builds(
    "{}{}:{}{}{}".format,
    st.sampled_from(("  ", "  ", "  ", "    ", " ")),
    st.sampled_from(("a", "b", "c.d", "e-f", "g_h", "9", "题", "section:x")),
    st.sampled_from((" ", " ", "   ", "")),
    st.sampled_from(FIGURES[:3]) | st.sampled_from(FIGURES),
    st.sampled_from(("", "", "  ")),
)
BETWEEN = st.sampled_from(("", "# 注", "   # 又 # 注", "#注", "  "))


@settings(fuzz, max_examples=1000)
@given(st.lists(ROWS | ROWS | ROWS | BETWEEN, max_size=6), st.sampled_from(("", "\nx: 1", "\n  - 1", "\n# 注\ny:")))
def test_any_mapping_of_figures_is_read_as_the_full_reader_does(rows: list[str], behind: str) -> None:
    source = "\n".join(("title: 题", "table:  # 表", *rows)) + behind
    mapping = plain(source)
    if mapping is not None:
        assert full(source) == Outcome(mapping)


def test_a_mapping_of_figures_is_taken_as_one() -> None:
    mapping = read_plain(["t:", "  # 注", "  a: 1  # 注", "", "  b:  [2, ~]", "u: 3"], 7)
    assert mapping is not None
    table = mapping.entries[0].value
    assert isinstance(table, Mapping)
    figures = table.entries
    assert isinstance(figures, Figures)
    assert (figures.names, figures.words) == (("a", "b"), ("1", "[2, ~]"))
    assert ([*figures.lines], [*figures.columns]) == ([9, 11], [6, 7])
    assert [entry.key.value for entry in figures[1:]] == ["b"]
    assert figures == tuple(figures)
    assert hash(figures) == hash(tuple(figures))
