"""YAML without guesses: what is kept, what is found, and where exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Diagnostic, Outcome, Span
from gxsite.base.text import Text
from gxsite.base.yaml import Entry, Mapping, Node, Scalar, Sequence, is_blank, read_yaml
from tests.unit.build import at, codes, fuzz, marked, only, sound


def read(source: str) -> Outcome[Mapping]:
    return read_yaml(Text("a.yaml", source))


def plain(node: Node) -> object:
    """A node as lists and dicts of texts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.value: plain(entry.value) for entry in node.entries}


def entry(mapping: Mapping, key: str) -> Entry:
    return next(e for e in mapping.entries if e.key.value == key)


# -- what is kept -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["0123", "1_860", "0x1F", "1:30", "190:20:30", "no", "on", "Yes", "true", "null", "1e3", "2019-03-14",
     "2019-02-30", "１２３", "9483，", "9,483条", "/", "—", "——", "无", "空", ".5", "1.", "+5", "-18", "=", "<<x"],
)  # fmt: skip
def test_no_value_is_taken_for_something_else(written: str) -> None:
    outcome = read(f"a: {written}\n")
    assert not outcome.diagnostics
    assert plain(outcome.value) == {"a": written}


def test_all_ways_to_write_a_value() -> None:
    outcome = read(
        "plain: 一 二\nsingle: 'it''s'\ndouble: \"a\\n#b\"\nflow: [1, ~, '']\nmap: {x: 1, y: }\nblock:\n  - a\n  - b\n"
        "long: 一\n  二\nkeep: |\n  一\n  二\n"
    )
    assert not outcome.diagnostics
    assert plain(outcome.value) == {
        "plain": "一 二",
        "single": "it's",
        "double": "a\n#b",
        "flow": ["1", "~", ""],
        "map": {"x": "1", "y": ""},
        "block": ["a", "b"],
        "long": "一 二",
        "keep": "一\n二\n",
    }


@pytest.mark.parametrize("written", ["", "~", "''", '""', "# 注", "'  '"])
def test_blank(written: str) -> None:
    assert is_blank(read(f"a: {written}\nb: 1\n").value.get("a"))


@pytest.mark.parametrize("written", ["0", "null", "'~'", "[]", "{}", "空", "/"])
def test_not_blank(written: str) -> None:
    assert not is_blank(read(f"a: {written}\nb: 1\n").value.get("a"))


def test_an_absent_key_is_blank() -> None:
    assert is_blank(read("a: 1\n").value.get("b"))


@pytest.mark.parametrize("source", ["", "\n\n", "# 注\n", "#注\n\n"])
def test_nothing_written_is_an_empty_mapping_without_a_finding(source: str) -> None:
    outcome = read(source)
    assert outcome == Outcome(Mapping((), Span(1, 1, 1, 1)))


def test_only_the_lines_asked_for_are_read_and_lines_are_those_of_the_file() -> None:
    outcome = read_yaml(Text("a.md", "---\na: 1\nb: x: y\n---\nc: d: e\n"), 2, 3)
    assert plain(outcome.value) == {"a": "1"}
    assert entry(outcome.value, "a").value.span == Span(2, 4, 2, 5)
    assert at(only(outcome.diagnostics, "GX102")) == (3, 5, 3)


# -- places -------------------------------------------------------------------------------------------------------


def test_spans_count_code_points() -> None:
    mapping = read("𠮷野: 𠮷𠮷\n表:\n  甲: [一, 𠮷, 三三]\n").value
    first = entry(mapping, "𠮷野")
    assert (first.key.span, first.value.span) == (Span(1, 1, 1, 3), Span(1, 5, 1, 7))
    table = entry(mapping, "表").value
    assert isinstance(table, Mapping)
    row = entry(table, "甲").value
    assert isinstance(row, Sequence)
    assert row.span == Span(3, 6, 3, 16)
    assert [item.span.column for item in row.items] == [7, 10, 13]
    assert row.items[2].span.end_column == 15


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("a:\n  b: 1\n  c: 22\n", (3, 8)),
        ("a:\n  b: 1\n  c: 22", (3, 8)),
        ("a:\n  - 1\n  - 22\n\n\n# 注\nz: 1\n", (3, 7)),
        ("a: |\n  一\n  二二\n\nz: 1\n", (3, 5)),
        ("a:\n  b: 1  \n", (2, 7)),
        ("a:\n  \u3000\nb: {}\n", (2, 3)),
    ],
)
def test_a_block_ends_with_its_last_character(source: str, end: tuple[int, int]) -> None:
    span = read(source).value.entries[0].value.span
    assert (span.end_line, span.end_column) == end


def test_spans_of_a_mended_line_are_those_of_the_file() -> None:
    source = "标题：𠮷字 #公\nb: 1\n"
    outcome = read(source)
    first = entry(outcome.value, "标题")
    assert (first.key.span, first.value.span) == (Span(1, 1, 1, 3), Span(1, 4, 1, 6))
    assert [(d.code, marked(source, d)) for d in outcome.diagnostics] == [("GX104", "："), ("GX105", "#公")]


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\r"])
def test_places_lie_in_the_file_even_if_the_parser_counts_other_lines(separator: str) -> None:
    source = f"a: 1{separator}bbbbbbbbbbbb: 2\nc: 3\n"
    lines = source.split("\n")
    for node in walk(read(source).value):
        assert node.span.end_column <= len(lines[node.span.end_line - 1]) + 1


# -- what is found ------------------------------------------------------------------------------------------------


def key_of(found: Diagnostic) -> str:
    """The key of the phrase that says what is wrong."""
    problem = found.fact.get("problem") or found.fact["what"]
    return getattr(problem, "key", "")


@pytest.mark.parametrize(
    ("source", "line", "mark", "problem", "left"),
    [
        ("a: 《条例》: x\nb: 1\n", 1, ": x", "yaml.colon", {"b": "1"}),
        ("b: 1\n2018年: 总数: 3\n", 2, ": 3", "yaml.colon", {"b": "1"}),
        ("a: @x\nb: 1\n", 1, "@x", "yaml.character", {"b": "1"}),
        ("b: 1\na: `x`\n", 2, "`x`", "yaml.character", {"b": "1"}),
        ("a: %x\nb: 1\n", 1, "%x", "yaml.character", {"b": "1"}),
        ("a: 'x\nb: 1\nc: 2\n", 1, "'x", "yaml.quote_open", {"b": "1", "c": "2"}),
        ('b: 1\na: "x\nc: 2\n', 2, '"x', "yaml.quote_open", {"b": "1", "c": "2"}),
        ("a: [1, 2\nb: 1\n", 1, "[1, 2", "yaml.list_open", {"b": "1"}),
        ("a: {x: 1\nb: 1\n", 1, "{x: 1", "yaml.mapping_open", {"b": "1"}),
        ("b: 1\n没有冒号\nc: 2\n", 2, "没有冒号", "yaml.no_colon", {"b": "1", "c": "2"}),
        ("没有冒号\nb: 1\n", 1, "没有冒号", "yaml.no_colon", {"b": "1"}),
        ("a:1\nb: 2\n", 1, "a:1", "yaml.no_colon", {"b": "2"}),
        ("没有冒号 # 注\nb: 1\n", 1, "没有冒号 # 注", "yaml.no_colon", {"b": "1"}),
        ("{a: 1}\nb: 2\n", 2, "b: 2", "yaml.indent", {"a": "1"}),
        ("a:\xa01\nb: 2\n", 1, "a:\xa01", "yaml.no_colon", {"b": "2"}),
        ("t:\n  # 一、\n  没有冒号\n  b: 1\n", 3, "没有冒号", "yaml.no_colon", {"t": {"b": "1"}}),
        ("a: x\n  b: 1\nc: 2\n", 2, ": 1", "yaml.colon", {"a": "x", "c": "2"}),
        ("a: x\n  y\n  b: 1\nc: 2\n", 3, ": 1", "yaml.colon", {"a": "x y", "c": "2"}),
        ("a:\n    b: 1\n  c: 2\nd: 3\n", 3, "c: 2", "yaml.indent", {"a": {"b": "1"}, "d": "3"}),
        ("a: ]\nb: 1\n", 1, "]", "yaml.value", {"b": "1"}),
        ("a: *重要*\nb: 1\n", 1, "重要*", "yaml.value", {"b": "1"}),
        ("a: |x\nb: 1\n", 1, "x", "yaml.value", {"b": "1"}),
        ('a: "\\q"\nb: 1\n', 1, '\\q"', "yaml.escape", {"b": "1"}),
        ('a: "\\x"\nb: 1\n', 1, '"', "yaml.escape", {"b": "1"}),
        ("a: 'x' y\nb: 1\n", 1, "y", "yaml.indent", {"b": "1"}),
        ("𠮷: 𠮷: x\nb: 1\n", 1, ": x", "yaml.colon", {"b": "1"}),
    ],
)
def test_a_syntax_error_is_placed_and_all_other_lines_are_read(
    source: str, line: int, mark: str, problem: str, left: object
) -> None:
    outcome = read(source)
    found = only(outcome.diagnostics, "GX102")
    assert (found.place.span.line, marked(source, found), key_of(found)) == (line, mark, problem)
    assert plain(outcome.value) == left
    assert outcome.value.damaged


@pytest.mark.parametrize(
    ("source", "code", "where"),
    [
        ("a: -\nb: 1\n", "GX112", (1, 4, 1)),
        ("b: 1\n𠮷: -   # 不适用\n", "GX112", (2, 4, 1)),
        ("a:\n\tb: 1\nc: 1\n", "GX111", (2, 1, 1)),
        ("a:\n\u3000\u3000b: 1\nc: 1\n", "GX111", (2, 1, 3)),
        ("\u3000b: 1\nc: 1\n", "GX111", (1, 1, 2)),
        ("a:\n\xa0\xa0b: 1\nc: 1\n", "GX111", (2, 1, 3)),
        ("a: 1\nb: 2\na: 3\n", "GX103", (3, 1, 1)),
        ("a: #公开\n", "GX105", (1, 4, 3)),
        ("a: 𠮷 #公 开 # 注\n", "GX105", (1, 6, 8)),
        ("a: 3件 #公开\n", "GX105", (1, 7, 3)),
        ("- #公开\n", "GX105", (1, 3, 3)),
        ("a: x\n  y #公开\n", "GX105", (2, 5, 3)),
        ("标题：x\n", "GX104", (1, 3, 1)),
        ("a: 1\n𠮷题：x\nb: 2\n", "GX104", (2, 3, 1)),
        ("t:\n  b.c：2\n  d.e：3\n", "GX104", (2, 6, 1)),
        ("t:\n  b.c：2\n  d.e: 3\n", "GX104", (2, 6, 1)),
        ("t:\n  b.c：2\n  \u3000\n", "GX104", (2, 6, 1)),
        ("a: &x 1\n", "GX107", (1, 4, 4)),
        ("a: *x\n", "GX107", (1, 4, 2)),
        ("a: !!int 1\n", "GX107", (1, 4, 7)),
        ("a: !x [1]\n", "GX107", (1, 4, 4)),
        ("<<: {a: 1}\n", "GX107", (1, 1, 2)),
        ("甲乙\n", "GX113", (1, 1, 2)),
        ("[a: 1]\n", "GX113", (1, 1, 6)),
        ("? [a]\n: 1\n", "GX113", (1, 3, 3)),
    ],
)
def test_a_trap_has_a_finding_of_its_own(source: str, code: str, where: tuple[int, int, int]) -> None:
    outcome = read(source)
    assert at(next(d for d in outcome.diagnostics if d.code == code)) == where
    assert outcome.value.damaged
    sound(source, outcome.diagnostics)


@pytest.mark.parametrize(
    "source", ["a: 12 #注\n", "a: 280多 #注\n", "a: x # 注\n", "#注\na: 1\n", "a: 'x #y'\n", "a: x#y\n"]
)
def test_a_hash_that_loses_nothing_is_no_finding(source: str) -> None:
    assert not read(source).diagnostics


def test_the_first_of_two_equal_keys_counts() -> None:
    outcome = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert plain(outcome.value) == {"a": "1", "b": {"c": "1"}}
    assert [(at(d)[0], d.fact["line"]) for d in outcome.diagnostics] == [(4, 3), (5, 1)]


def test_full_width_colons_are_read_as_meant() -> None:
    source = "标题：一\ntable：\n  a.b：5\n  a.c: 6\n说明：二：三\n"
    outcome = read(source)
    assert plain(outcome.value) == {"标题": "一", "table": {"a.b": "5", "a.c": "6"}, "说明": "二：三"}
    assert set(codes(outcome.diagnostics)) == {"GX104"}
    assert {(*at(d)[:2], str(d.fact["key"])) for d in outcome.diagnostics} == {
        (1, 3, "标题"),
        (2, 6, "table"),
        (3, 6, "a.b"),
        (5, 3, "说明"),
    }


def test_a_full_width_colon_inside_a_value_is_no_finding() -> None:
    assert not read("a: 一：二\nb: '三：四'\nc: |\n  五：六\nd: 七\n  app：八\n  九\ne: 十\n  app：一\n").diagnostics


@pytest.mark.parametrize("bad", ["b: x: y", " b: 1", "b: 'x", "b: [1", "没有冒号", "b: -", "b: @x"])
def test_a_mistake_elsewhere_makes_no_key_of_prose(bad: str) -> None:
    source = f"a: 一\n  说明：二\n{bad}\nc: 3\n"
    outcome = read(source)
    (found,) = outcome.diagnostics
    assert found.place.span.line == 3
    assert plain(outcome.value) == {"a": "一 说明：二", "c": "3"}


def test_a_wrong_indent_below_makes_no_key_of_prose_above() -> None:
    outcome = read("a: 一\n  说明：二\nb:\n    c: 1\n  d: 2\ne: 3\n")
    assert [(d.code, d.place.span.line) for d in outcome.diagnostics] == [("GX102", 5)]
    assert plain(outcome.value) == {"a": "一 说明：二", "b": {"c": "1"}, "e": "3"}


def test_a_second_document_is_refused() -> None:
    assert key_of(only(read("a: 1\n---\nb: 2\n").diagnostics, "GX102")) == "yaml.documents"


def test_many_problems_in_one_run() -> None:
    source = "a: b: c\nd: 1\ne: -\nf: 'x\ng: 2\nd: 3\nh：4\ni: #五\nj: 5\n"
    outcome = read(source)
    assert [(d.code, d.place.span.line) for d in sorted(outcome.diagnostics, key=lambda d: d.place.span)] == [
        ("GX102", 1),
        ("GX112", 3),
        ("GX102", 4),
        ("GX103", 6),
        ("GX104", 7),
        ("GX105", 8),
    ]
    assert plain(outcome.value) == {"d": "1", "g": "2", "h": "4", "i": "", "j": "5"}


# -- anything at all ----------------------------------------------------------------------------------------------

signs = st.sampled_from([*"a题𠮷0:：-#'\"[]{},|>&*!%@`?~\\/ \t", "\n", "\n  ", "\n    ", ": ", "- ", " #", "<<: "])
scraps = st.lists(signs, max_size=40).map("".join)


def walk(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return [node, *(n for item in node.items for n in walk(item))]
    if isinstance(node, Mapping):
        return [node, *(n for e in node.entries for part in (e.key, e.value) for n in walk(part))]
    return [node]


@fuzz
@given(scraps | st.text(max_size=60).map(lambda s: "".join(c if c.isprintable() else "\n" for c in s)))
def test_any_text_is_read_and_all_places_lie_inside_it(source: str) -> None:
    outcome = read(source)
    lines = source.split("\n")
    sound(source, outcome.diagnostics)
    for node in walk(outcome.value):
        line, column, end_line, end_column = node.span
        assert 1 <= line <= end_line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert 1 <= end_column <= len(lines[end_line - 1]) + 1
        assert (line, column) <= (end_line, end_column)


@fuzz
@given(st.dictionaries(st.from_regex(r"[a-z][a-z.]{0,8}", fullmatch=True), st.text(max_size=12), max_size=6))
def test_quoted_texts_read_back(values: dict[str, str]) -> None:
    clean = {key: "".join(c for c in value if c.isprintable()) for key, value in values.items()}
    source = "".join(f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in clean.items())
    outcome = read(source)
    assert not outcome.diagnostics
    assert plain(outcome.value) == clean
    for item in outcome.value.entries:
        line, column, end_line, end_column = item.value.span
        assert line == end_line
        written = source.split("\n")[line - 1][column - 1 : end_column - 1]
        assert written == f"'{clean[item.key.value].replace(chr(39), chr(39) * 2)}'"
