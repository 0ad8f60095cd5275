"""Findings at a terminal: every sign in its column, and nothing that a file could do to the terminal."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxsite.base.catalogue import Language, diagnose
from gxsite.base.diagnostic import START, Diagnostic, Fact, Label, Place, Severity, Span, phrase
from gxsite.base.printing import Counts, count, text
from gxsite.base.printing.closing import summary
from gxsite.base.width import char_width, is_hidden, visible

PATH = "content/a/2018.md"
REPORT = """\
---
title: 年度报告
table:
  requests.received.total: 12      # （一）收到申请数
  requests.received.counter: 1
  requests.received.fax: 0
  requests.received.web: 10

  review: [1, 20, 3]
---
"""


def span(line: int, column: int, length: int) -> Span:
    return Span(line, column, line, column + length)


def twice(place: Place, key: str = "total", line: int = 2) -> Diagnostic:
    """A finding with a short message."""
    return diagnose("GX103", place, key=key, line=line)


def label(line: int, column: int, length: int, words: Fact, path: str = PATH) -> Label:
    return Label(Place(path, span(line, column, length)), words)


def draw(
    *diagnostics: Diagnostic,
    sources: Mapping[str, str] | None = None,
    lang: Language = "zh",
    ascii_only: bool = False,
    ambiguous_width: int = 1,
    width: int = 100,
) -> str:
    return text.render(
        diagnostics,
        {PATH: REPORT} if sources is None else sources,
        lang,
        color=False,
        ascii_only=ascii_only,
        ambiguous_width=ambiguous_width,
        width=width,
    )


def excerpt(out: str) -> list[str]:
    """The lines between the place and the help, without their margin."""
    return [line.split("│", 1)[1].removeprefix(" ") for line in out.split("\n") if "│" in line]


SUM = replace(
    diagnose(
        "GX301",
        Place(PATH, span(4, 28, 2)),
        where="",
        left="收到申请数",
        left_value="12",
        right="各项之和",
        right_value="11",
        gap="1",
        because="四种方式合为总数",
        waive="requests.received",
        expect="12 ≠ 11",
    ),
    labels=(label(7, 26, 2, "网络 10"), label(5, 30, 1, "当面 1")),
)


def test_a_broken_sum_in_chinese() -> None:
    assert (
        draw(SUM)
        == """\
错误[GX301]：收到申请数 = 12，各项之和 = 11，两边应当相等，相差 1
  ╭▸ content/a/2018.md:4:28
4 │   requests.received.total: 12      # （一）收到申请数
  │                            ━━
5 │   requests.received.counter: 1
  │                              ─ 当面 1
  │ …
7 │   requests.received.web: 10
  │                          ── 网络 10
  ╰ 帮助：依据：四种方式合为总数
          若数字确实如此，在 waivers 下加一行并写明理由：- {check: requests.received, expect: '12 ≠ 11', reason: …}
"""
    )


def test_a_broken_sum_in_english_and_ascii() -> None:
    assert (
        draw(SUM, lang="en", ascii_only=True) == """\
error[GX301]: 收到申请数 = 12 but 各项之和 = 11; both sides must be equal, they differ by 1
  --> content/a/2018.md:4:28
4 |   requests.received.total: 12      # （一）收到申请数
  |                            ^^
5 |   requests.received.counter: 1
  |                              - 当面 1
  | ...
7 |   requests.received.web: 10
  |                          -- 网络 10
  = help: because: 四种方式合为总数
          if the figures are really so, add a line under waivers: - """
        """{check: requests.received, expect: '12 ≠ 11', reason: …}
"""
    )


def test_severities_have_words_of_their_own() -> None:
    found = twice(Place(PATH, span(2, 1, 5)))
    heads = [
        draw(replace(found, severity=severity), lang=lang).split("]")[0] + "]"
        for lang in ("zh", "en")
        for severity in Severity
    ]
    assert heads == ["错误[GX103]", "警告[GX103]", "提示[GX103]", "error[GX103]", "warning[GX103]", "note[GX103]"]


def test_the_order_given_is_kept_with_a_blank_line_between_and_none_around() -> None:
    late, early = twice(Place(PATH, span(7, 3, 4))), twice(Place(PATH, span(2, 1, 5)))
    blocks = draw(late, early).split("\n\n")
    assert [b.split("\n")[1] for b in blocks] == [f"  ╭▸ {PATH}:7:3", f"  ╭▸ {PATH}:2:1"]
    assert not blocks[0].startswith("\n")
    assert blocks[-1].endswith("\n")
    assert draw() == ""


def test_the_gutter_fits_the_largest_line_number() -> None:
    source = {PATH: "\n".join(f"行 {i}" for i in range(1, 121))}
    found = replace(twice(Place(PATH, span(9, 1, 1))), labels=(label(100, 3, 3, "这里"),))
    assert (
        draw(found, sources=source)
        == f"""\
错误[GX103]：“total”写了两次，第一次在第 2 行
    ╭▸ {PATH}:9:1
  9 │ 行 9
    │ ━━
    │ …
100 │ 行 100
    │    ─── 这里
    ╰ 帮助：只留一处；本次以第 2 行为准
"""
    )


# -- columns ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "where", "under"),
    [
        ("标题: 年报", Span(1, 1, 1, 3), "━━━━"),
        ("标题: 年报", Span(1, 5, 1, 6), "      ━━"),
        ("e\u0301e: x", Span(1, 6, 1, 7), "    ━"),  # a combining mark takes no column
        ("𠮷: x", Span(1, 4, 1, 5), "    ━"),
        ("\tab", Span(1, 2, 1, 3), "    ━"),
        ("年\tb", Span(1, 3, 1, 4), "    ━"),  # a tab goes to the next stop
        ("a\tb", Span(1, 2, 1, 3), " ━━━"),
        ("a\x1bb", Span(1, 2, 1, 3), " ━━━━━━━━"),
        ("a: ", Span(1, 4, 1, 4), "   ━"),  # nothing there: one column, where it should stand
        ("abc", Span(1, 2, 1, 99), " ━━"),  # never beyond the line
        ("abc", Span(1, 50, 1, 51), "   ━"),
        ("年报: |  ", Span(1, 5, 3, 2), "      ━"),  # several lines: the first
        ("", Span(1, 1, 1, 2), "━"),
    ],
)
def test_underlines_stand_below_what_they_mean(line: str, where: Span, under: str) -> None:
    out = draw(twice(Place(PATH, where)), sources={PATH: f"{line}\nb\nc"})
    assert excerpt(out)[1:] == [under]


def test_tabs_are_spaces_and_hidden_characters_are_written_out() -> None:
    line = "a:\t\x1b]0;owned\x07 \u202e12"
    out = draw(twice(Place(PATH, span(1, 1, 1))), sources={PATH: line})
    assert excerpt(out)[0] == "a:  <U+001B>]0;owned<U+0007> <U+202E>12"


def test_ambiguous_width_moves_the_underline_and_draws_it_in_narrow_signs() -> None:
    found = twice(Place(PATH, span(1, 4, 2)))
    narrow, wide = (draw(found, sources={PATH: "“—”12"}, ambiguous_width=n) for n in (1, 2))
    assert excerpt(narrow) == ["“—”12", "   ━━"]
    assert excerpt(wide) == ["“—”12", "      ^^"]


@pytest.mark.parametrize(("ambiguous", "columns"), [(1, 10), (2, 11)])
def test_further_help_stands_below_the_first(ambiguous: int, columns: int) -> None:
    assert draw(SUM, ambiguous_width=ambiguous).split("\n")[-2].startswith(" " * columns + "若")


def test_marks_of_one_line_have_a_row_each_the_finding_first() -> None:
    found = replace(
        twice(Place(PATH, span(9, 15, 2))),
        labels=(label(9, 19, 1, "第三列"), label(9, 12, 1, "第一列")),
    )
    assert excerpt(draw(found)) == [
        "  review: [1, 20, 3]",
        "              ━━",
        "           ─ 第一列",
        "                  ─ 第三列",
    ]


def test_a_remark_on_the_very_place_stands_behind_its_underline() -> None:
    found = replace(twice(Place(PATH, span(9, 15, 2))), labels=(label(9, 15, 2, phrase("status.blank")),))
    assert excerpt(draw(found))[1:] == ["              ━━ 空白"]
    assert excerpt(draw(found, lang="en"))[1:] == ["              ━━ blank"]


def test_neighbouring_lines_have_no_ellipsis() -> None:
    found = replace(twice(Place(PATH, span(5, 30, 1))), labels=(label(6, 26, 1, "传真 0"),))
    assert "…" not in "".join(excerpt(draw(found)))


# -- long lines ---------------------------------------------------------------------------------------------------


def test_a_long_line_keeps_its_head_as_long_as_the_span_fits() -> None:
    out = draw(twice(Place(PATH, span(1, 17, 2))), sources={PATH: "requests.total: 12  # " + "注" * 40}, width=30)
    assert excerpt(out) == ["requests.total: 12  # 注…", "                ━━"]


def test_a_long_line_is_cut_around_the_span() -> None:
    out = draw(twice(Place(PATH, span(1, 101, 2))), sources={PATH: "前" * 100 + "99" + "后" * 100}, width=30)
    assert excerpt(out) == ["…前前前前前前99后后后后后…", "             ━━"]


def test_a_long_line_is_not_cut_behind_its_end() -> None:
    out = draw(twice(Place(PATH, span(1, 101, 2))), sources={PATH: "前" * 100 + "99"}, width=30)
    assert excerpt(out) == ["…前前前前前前前前前前前99", "                       ━━"]


def test_a_span_that_is_too_long_is_shown_from_its_start() -> None:
    out = draw(twice(Place(PATH, span(1, 51, 60))), sources={PATH: "a" * 50 + "b" * 60}, width=34)
    assert excerpt(out) == ["…" + "b" * 28 + "…", " " + "━" * 28]


def test_marks_too_far_apart_for_one_row_have_rows_of_their_own() -> None:
    found = replace(twice(Place(PATH, span(1, 1, 1))), labels=(label(1, 202, 1, "末尾"),))
    assert excerpt(draw(found, sources={PATH: "x" + "年" * 200 + "z"}, width=30)) == [
        "x年年年年年年年年年年年…",
        "━",
        "…年年年年年年年年年年年z",
        "                       ─ 末尾",
    ]


def test_ascii_cuts_with_three_dots() -> None:
    out = draw(twice(Place(PATH, span(1, 101, 2))), sources={PATH: "a" * 100 + "99"}, width=30, ascii_only=True)
    assert "\n1 | ..." + "a" * 18 + "99\n  | " + " " * 21 + "^^\n" in out


def test_of_a_very_long_line_only_the_neighbourhood_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def noted(char: str) -> str:
        read.append(char)
        return visible(char)

    monkeypatch.setattr("gxsite.base.printing.excerpt.visible", noted)
    found = replace(twice(Place(PATH, span(1, 500_000, 400_000))), labels=(label(1, 2, 1, "开头"),))
    out = draw(found, sources={PATH: "年" * 1_000_000})
    assert out.count("━") > 80
    assert len(read) < 2000


# -- without a line to show ---------------------------------------------------------------------------------------


def test_without_its_text_a_finding_still_names_the_place() -> None:
    found = replace(twice(Place(PATH, span(12, 3, 4))), labels=(label(13, 5, 1, "也在这里"),))
    assert (
        draw(found, sources={})
        == f"""\
错误[GX103]：“total”写了两次，第一次在第 2 行
  ╭▸ {PATH}:12:3
  ├▸ {PATH}:13:5 也在这里
  ╰ 帮助：只留一处；本次以第 2 行为准
"""
    )


def test_a_finding_about_the_whole_file_shows_no_line() -> None:
    assert excerpt(draw(diagnose("GX402", Place(PATH, START)))) == []


def test_a_line_beyond_the_text_is_not_shown() -> None:
    assert excerpt(draw(twice(Place(PATH, span(99, 1, 1))))) == []


def test_labels_in_another_file_stand_under_its_own_name() -> None:
    other = "content/a/2017.md"
    labels = (label(2, 7, 2, "上年结转 3", other), label(4, 28, 2, "本年 12"), label(1, 1, 1, "不在", "b.md"))
    found = replace(twice(Place(PATH, span(7, 26, 2))), labels=labels)
    out = draw(found, sources={PATH: REPORT, other: "---\nout: 33\n"})
    assert (
        out
        == f"""\
错误[GX103]：“total”写了两次，第一次在第 2 行
  ╭▸ {PATH}:7:26
4 │   requests.received.total: 12      # （一）收到申请数
  │                            ── 本年 12
  │ …
7 │   requests.received.web: 10
  │                          ━━
  ├▸ {other}:2:7
2 │ out: 33
  │       ─ 上年结转 3
  ├▸ b.md:1:1 不在
  ╰ 帮助：只留一处；本次以第 2 行为准
"""
    )


# -- safety and colour --------------------------------------------------------------------------------------------


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=30)


@settings(deadline=None)
@given(source=HOSTILE, key=HOSTILE, path=HOSTILE, remark=HOSTILE, a=st.integers(1, 40), b=st.integers(0, 40))
def test_nothing_of_a_file_reaches_the_terminal_raw(
    source: str, key: str, path: str, remark: str, a: int, b: int
) -> None:
    found = diagnose("GX104", Place(path, Span(1, a, 1, a + b)), key=key)  # the key is in message and help
    found = replace(found, labels=(Label(found.place, remark), Label(Place(path, Span(2, 1, 2, 2)), remark)))
    args: tuple[list[Diagnostic], dict[str, str], Language] = ([found], {path: source}, "zh")
    plain = text.render(*args, color=False)
    assert not any(is_hidden(c) for c in plain.replace("\n", ""))
    plain.encode("utf-8")
    assert plain.count("\n\n") == 0
    colored = text.render(*args, color=True)
    assert re.sub("\x1b\\[[0-9;]+m", "", colored) == plain
    assert colored.count("\x1b[0m") * 2 == colored.count("\x1b")


@settings(deadline=None)
@given(
    line=st.text(st.sampled_from("ab 年报（）—“…\x1b\u200b1𠮷"), min_size=1, max_size=120),
    data=st.data(),
    ambiguous=st.sampled_from([1, 2]),
    width=st.integers(50, 120),
)
def test_the_underline_covers_exactly_the_span(line: str, data: st.DataObject, ambiguous: int, width: int) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, min(len(line), start + 4)))
    found = twice(Place(PATH, Span(1, start + 1, 1, end + 1)))
    out = draw(found, sources={PATH: line}, ambiguous_width=ambiguous, width=width)
    row, under = excerpt(out)
    first, last = len(under) - len(under.lstrip(" ")), len(under)
    covered, column = "", 0
    for char in row:
        covered += char if first <= column < last else ""
        column += char_width(char, ambiguous)
    assert covered.rstrip(" ") == visible(line[start:end]).rstrip(" ")
    assert column <= width - len("1 │ ")


@pytest.mark.parametrize(
    ("severity", "tone"), [(Severity.ERROR, "31"), (Severity.WARNING, "33"), (Severity.NOTE, "36")]
)
def test_colour_tells_the_severity_and_marks_the_span_in_the_line(severity: Severity, tone: str) -> None:
    out = text.render([replace(SUM, severity=severity)], {PATH: REPORT}, "en", color=True)
    assert out.startswith(f"\x1b[1;{tone}m{severity}[GX301]\x1b[0m")
    assert f"requests.received.total: \x1b[1;4;{tone}m12\x1b[0m  " in out
    assert f"\x1b[1;{tone}m━━\x1b[0m\n" in out
    assert "requests.received.web: \x1b[1m10\x1b[0m\n" in out
    assert "\x1b[34m── 网络 10\x1b[0m\n" in out


def test_overlapping_marks_keep_the_finding_on_top() -> None:
    found = replace(twice(Place(PATH, span(1, 3, 2))), labels=(label(1, 1, 6, "整段"),))
    out = text.render([found], {PATH: "abcdef"}, "zh", color=True)
    assert "\x1b[1mab\x1b[0m\x1b[1;4;31mcd\x1b[0m\x1b[1mef\x1b[0m" in out


@pytest.mark.parametrize(
    ("encoding", "possible"),
    [("utf-8", True), ("gb18030", True), ("gbk", False), ("ascii", False), ("latin-1", False), ("no-such", False)],
)
def test_which_encodings_hold_the_frame(encoding: str, possible: bool) -> None:
    assert text.can_frame(encoding) is possible


def test_the_fallback_frame_is_ascii() -> None:
    assert draw(twice(Place("a.md", span(1, 3, 1))), sources={"a.md": "a" * 300}, lang="en", ascii_only=True).isascii()


# -- the closing line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "zh", "en"),
    [
        (Counts(3, 1, 2), "共 3 个错误、1 个警告（另有 2 条提示）", "3 errors, 1 warning (and 2 notes)"),
        (Counts(1, 0, 0), "共 1 个错误", "1 error"),
        (Counts(0, 2, 1), "共 2 个警告（另有 1 条提示）", "2 warnings (and 1 note)"),
        (Counts(0, 0, 1), "没有错误，也没有警告（另有 1 条提示）", "no errors, no warnings (and 1 note)"),
        (Counts(), "没有发现问题", "no problems found"),
    ],
)
def test_the_closing_line(counts: Counts, zh: str, en: str) -> None:
    assert [summary(counts, "zh"), summary(counts, "en")] == [zh + "\n", en + "\n"]


def test_counting() -> None:
    found = twice(Place(PATH, span(1, 1, 1)))
    assert count([found, replace(found, severity=Severity.NOTE), found]) == Counts(error=2, warning=0, note=1)
