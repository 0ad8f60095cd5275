"""Bodies: quotations, links, headings, code, and what would exhaust the conversion."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Outcome
from gxsite.base.text import Text
from gxsite.model.report import Body
from gxsite.source.body import FEW, MAX_BODY, MAX_LEVELS, MAX_NOTES, MAX_OPEN, read_body
from tests.unit.build import at, codes, fuzz, inside, only, quickly, sound


def read(source: str, first: int = 1) -> Outcome[Body]:
    outcome = read_body(Text("a.md", source), first)
    sound(source, outcome.diagnostics)
    return outcome


def quoted(source: str) -> list[str]:
    return [quote.cell for quote in read(source).value.quotes]


def linked(source: str) -> list[str]:
    return [link.target for link in read(source).value.links]


# -- quotations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["{{ a.b }}", "{{a.b}}", "{{  a.b\t}}", "**{{ a.b }}**", "（{{ a.b }}条）", "| {{ a.b }} |"]
)
def test_a_quotation(written: str) -> None:
    assert quoted(f"共{written}。\n") == ["a.b"]


def test_places_of_quotations() -> None:
    source = "---\n---\n𠮷𠮷{{ a.b }}，{{ c }}\n\n- 乙 {{ d }}\n"
    body = read(source, 3).value
    assert [tuple(q.place.span) for q in body.quotes] == [(3, 3, 3, 12), (3, 13, 3, 20), (5, 5, 5, 12)]
    assert [body.text[q.start : q.end] for q in body.quotes] == ["{{ a.b }}", "{{ c }}", "{{ d }}"]


def test_an_escaped_quotation_is_only_the_two_braces() -> None:
    body = read("写作 \\{{ a.b }} 即可，如 {{ c }}\n").value
    assert [(q.cell, body.text[q.start : q.end]) for q in body.quotes] == [("", "\\{{"), ("c", "{{ c }}")]


@pytest.mark.parametrize("written", ["{{}}", "{{ }}", "{{   }}"])
def test_an_empty_quotation_is_one_of_an_unknown_cell(written: str) -> None:
    assert quoted(f"共{written}条\n") == ["{{ }}"]


@pytest.mark.parametrize(
    "written", ["{ a }", "{{ a", "{{ a }", "{{ a\n}}", "{a}}", "{% if a %}", "{# a #}", "{{ {a} }}"]
)
def test_what_is_no_quotation(written: str) -> None:
    assert quoted(f"共{written}。\n") == []


@pytest.mark.parametrize(
    "source",
    [
        "写 `{{ a }}` 即可",
        "写 ``{{ a }} ` `` 即可",
        "写 \\\\`{{ a }}` 即可",
        "写 ```{{ a }}` 即可",
        "写 `一\n{{ a }}\n二` 即可",
        "一\n\n    {{ a }}\n\n二",
        "一\n\n\t{{ a }}\n",
        "    {{ a }}\n",
        "一\n\n    x\n\n    {{ a }}\n",
        "## 一\n    {{ a }}\n",
    ],
)
def test_code_is_literal(source: str) -> None:
    assert quoted(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "一 ` 二 {{ a }}",
        "`一` {{ a }} `二`",
        "一 ` 二\n\n{{ a }} ` 三",
        "\\`{{ a }}\\`",
        "\\`{{ a }}`",
        "`一\\` {{ a }}",
        "一\n    {{ a }}",
        "- 一\n\n    {{ a }}",
        "1. 一\n\n    {{ a }}\n\n    二",
        "一\n:   {{ a }}\n\n    二",
        "[^1]: 一\n\n    {{ a }}",
    ],
)
def test_what_only_looks_like_code_is_not(source: str) -> None:
    assert quoted(source) == ["a"]


# -- links --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ("[甲](a.md)", ["a.md"]),
        ("[甲]( a.md '题')", ["a.md"]),
        ("[甲](<a b.md>)", ["a b.md"]),
        ("[甲](a_(b).md)", ["a_(b).md"]),
        ("![图](a.png)", ["a.png"]),
        ("[![图](a.png)](b.md)", ["a.png", "b.md"]),
        ("[甲][1]\n\n[1]: a.md", ["a.md"]),
        ("[1]: <a b.md> '题'", ["a b.md"]),
        ('<a href="a.md">甲</a>', ["a.md"]),
        ("<a class=x href='a.md'>甲</a>", ["a.md"]),
        ("<a href=a.md>甲</a>", ["a.md"]),
        ('<a\n href="a.md">甲</a>', ["a.md"]),
        ('<img src="a.png">', ["a.png"]),
        ("[甲](#一)", ["#一"]),
        ("[甲](https://example.org/?a=b#c)", ["https://example.org/?a=b#c"]),
        ("[甲]()", []),
        ("[^1]: 注", []),
        ("`[甲](a.md)`", []),
        ("    [甲](a.md)", []),
        ("一 a.md 二", []),
    ],
)
def test_links(source: str, targets: list[str]) -> None:
    assert linked(source) == targets


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("[a](2020/a&amp;b.csv)", "2020/a&b.csv"),
        ("[a](<2020/a&#38;b c.csv>)", "2020/a&b c.csv"),
        ("[a](a\\_b\\(1\\).csv)", "a_b(1).csv"),
        ("[a]: a&amp;\\_b.csv", "a&_b.csv"),
        ('<a href="2020/a&amp;b\\_c.csv">a</a>', "2020/a&b\\_c.csv"),
        ("<https://www.example.gov.cn/ok?a=1&amp;b=2>", "https://www.example.gov.cn/ok?a=1&b=2"),
        ("[a](https://www.example.gov.cn/?a=1&copy=2&b)", "https://www.example.gov.cn/?a=1&copy=2&b"),
        ("[a](C:\\report.pdf)", "C:\\report.pdf"),
    ],
)
def test_a_link_is_what_is_meant_and_not_how_it_has_to_be_written(source: str, target: str) -> None:
    assert read(source).value.links[0].target == target


def test_places_of_links_are_those_of_their_targets_in_the_order_of_the_text() -> None:
    source = "---\n---\n𠮷[甲](a.md) <a href='b.md'>乙</a>\n\n[丙]: c.md\n[丁](<d e.md>)\n"
    links = read(source, 3).value.links
    lines = source.split("\n")
    assert [link.target for link in links] == ["a.md", "b.md", "c.md", "d e.md"]
    assert [tuple(link.place.span)[:2] for link in links] == [(3, 6), (3, 21), (5, 6), (6, 6)]
    for link in links:
        line, column, _, end = link.place.span
        assert lines[line - 1][column - 1 : end - 1] == link.target


# -- headings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text"), [("# 题", "题"), ("#题", "题"), ("# 𠮷 题 ##", "𠮷 题"), ("#  C# 与", "C# 与")]
)
def test_a_heading_of_the_first_level_is_a_warning(line: str, text: str) -> None:
    source = f"一\n\n{line}\n二\n"
    found = only(read(source).diagnostics, "GX601")
    assert (found.severity, found.fact["text"]) == ("warning", text)
    assert at(found) == (3, 1, len(line))


@pytest.mark.parametrize("line", ["=", "===", "== "])
def test_an_underlined_heading_is_one_of_the_first_level(line: str) -> None:
    found = only(read(f"一\n\n题目\n{line}\n").diagnostics, "GX601")
    assert (found.fact["text"], at(found)) == ("题目", (3, 1, 2))


@pytest.mark.parametrize("source", ["## 题", "#\n\n正文", "#\n正文", "    # 题", "`# 题`", "一 # 题", "\\# 题"])
def test_what_is_no_heading_of_the_first_level(source: str) -> None:
    assert not read(source).diagnostics


# -- what would exhaust the conversion ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("open brackets", "[" * 20_000),
        ("open brackets with spaces", "[ " * 10_000),
        ("open pictures", "![" * 10_000),
        ("open notes", "[^" * 10_000),
        ("open links", "[a](" * 5_000),
        ("ends of links", "](" * 5_000),
        ("open tags", "<a " * 5_000),
        ("open comments", "<!--" * 5_000),
        ("nested brackets", "[" * 5_000 + "]" * 5_000),
        ("nested links", "[" * 5_000 + "](b)" * 5_000),
        ("backticks", "`" * 20_000),
        ("backticks apart", "` " * 10_000),
        ("quotes", ">" * 5_000),
        ("quotes apart", "> " * 5_000),
        ("lists", "- " * 5_000),
        ("numbered lists", "1. " * 5_000),
        ("definitions", ": 一\n" * 5_000),
        ("rules", "***\n" * 5_000),
        ("dashes", "-\n" * 5_000),
        ("underlines", "题\n===\n" * 5_000),
        ("notes", "一[^1] " * 5_000),
        ("declarations", "<!a>\n" * 5_000),
        ("open brackets in many blocks", ("[" * 50 + "\n\n") * 400),
        ("two megabytes of brackets", "[" * 2_000_000),
    ],
)
def test_hostile_bodies_are_a_finding_within_a_second(name: str, source: str) -> None:
    with quickly():
        outcome = read_body(Text("a.md", source), 1)
    assert codes(outcome.diagnostics) == ["GX114"], name
    assert outcome.value.text == source
    sound(source, outcome.diagnostics)


def test_only_the_block_at_fault_is_marked() -> None:
    source = f"---\n---\n一\n\n{'[' * 300}\n\n二\n"
    found = only(read(source, 3).diagnostics, "GX114")
    assert at(found) == (5, 1, 300)


@pytest.mark.parametrize(
    "source",
    [
        "[" * MAX_OPEN + "]" * MAX_OPEN,
        "[甲](a.md) " * 2000,
        "".join(f"一[^{n}]\n\n" for n in range(MAX_NOTES // 2)) + "[^1]: 注\n",
        "> " * MAX_LEVELS + "一",
        "- 一\n" * 3000,
        "| 一 | 二 |\n| --- | ---: |\n" + "| 1 | 2 |\n" * 3000,
        "`a` " * 400,
        "".join(f"{n}. 一\n" for n in range(3000)),
        "一 < 二，三 > 四\n" * 90,
    ],
)
def test_honest_bodies_pass(source: str) -> None:
    with quickly():
        assert not read(source).diagnostics


@pytest.mark.parametrize(
    "source",
    [
        "{{" + " " * 100_000 + "x",
        "{{ " * 20_000,
        "`" * 999 + "a" * 1_000_000,
        "".join("`" * n + "a " for n in range(1, 44)) + "b" * 1_000_000,
        "# 一" + " " * 200_000 + "二",
        "#" * 200_000,
        "[a]:" + " " * 200_000,
        "[a](" + " " * 200_000 + ")",
        ("<a href " * 90 + ">" * 90 + "\n") * 2000,
        "<a " + "href=" * 50_000 + ">",
        "一 " * 500_000,
        "{{ a.b }} " * 50_000,
        "\\{{" * 100_000,
    ],
)
def test_no_pattern_costs_the_square_of_its_input(source: str) -> None:
    with quickly():
        read_body(Text("a.md", source), 1)


def test_a_body_beyond_the_limit_is_not_kept() -> None:
    outcome = read_body(Text("a.md", "---\n---\n" + "字" * (MAX_BODY // 3 + 1)), 3)
    assert at(only(outcome.diagnostics, "GX109")) == (3, 1, 1)
    assert outcome.value == Body()


# -- anything -----------------------------------------------------------------------------------------------------

scraps = st.sampled_from(
    [
        *"`\\[](){}<>#*_-=:|!^ \n",
        "{{ a }}",
        "\\{{",
        "``",
        "    ",
        "\t",
        "[a](b)",
        "<a href='b'>",
        "\n\n",
        "- ",
        "𠮷",
        "题",
        "[a]: b",
    ]
)


@fuzz
@given(st.lists(scraps, max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_is_a_body_and_all_places_lie_inside_it(source: str) -> None:
    source = re.sub(r"[\r\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]", " ", source)
    outcome = read(source)
    body, lines = outcome.value, source.split("\n")
    at_ = 0
    for quote in body.quotes:
        assert at_ <= quote.start < quote.end <= len(body.text)
        assert body.text[quote.start : quote.end].startswith(("{{", "\\{{"))
        assert inside(lines, quote.place)
        at_ = quote.end
    for link in body.links:
        assert inside(lines, link.place)
        assert link.target in source


@fuzz
@given(
    st.lists(st.tuples(scraps, st.sampled_from((1, 1, MAX_LEVELS, MAX_LEVELS + 1, MAX_OPEN, MAX_OPEN + 1))), max_size=9)
)
def test_counts_over_the_whole_body_hide_no_block_that_is_hostile(parts: list[tuple[str, int]]) -> None:
    source = "".join(scrap * times for scrap, times in parts)
    counted = f"{source}\n\n" + "]" * (FEW + 1)  # harms nothing, but is too much to be passed by its counts
    hostile = [[d for d in read(text).diagnostics if d.code == "GX114"] for text in (source, counted)]
    assert hostile[0] == hostile[1]
