"""Findings as annotations of GitHub."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Place, Severity, Span
from gxsite.base.printing import github
from gxsite.base.width import is_hidden, visible

HERE = Span(3, 5, 3, 9)


def twice(path: str, key: str = "total", span: Span = HERE) -> Diagnostic:
    return diagnose("GX103", Place(path, span), key=key, line=2)


def test_a_command_with_message_and_help() -> None:
    assert github.render([twice("content/a/2018.md")], "zh") == (
        "::error file=content/a/2018.md,line=3,endLine=3,col=5,endColumn=9,title=GX103 同一个键写了两次"
        "::“total”写了两次，第一次在第 2 行%0A只留一处；本次以第 2 行为准\n"
    )


def test_english() -> None:
    out = github.render([twice("a.md")], "en")
    assert out.endswith(
        "title=GX103 duplicate key::`total` is written twice, first on line 2"
        "%0Akeep one of them; line 2 was used this time\n"
    )


def test_what_has_a_meaning_in_a_command_is_escaped() -> None:
    out = github.render([twice("唐河,县:100%.md", key="a:b,c%\r\n::error::x")], "zh")
    assert out.startswith("::error file=唐河%2C县%3A100%25.md,line=3,")
    assert "::“a:b,c%25<U+000D><U+000A>::error::x”" in out
    assert out.count("\n") == 1


def test_errors_come_first_each_severity_in_the_order_given() -> None:
    kinds = [Severity.NOTE, Severity.WARNING, Severity.ERROR, Severity.NOTE, Severity.ERROR]
    out = github.render([replace(twice(f"{i}.md"), severity=kind) for i, kind in enumerate(kinds)], "zh")
    commands = [re.findall(r"^::(\w+) file=(\d)", line)[0] for line in out.splitlines()]
    assert commands == [("error", "2"), ("error", "4"), ("warning", "1"), ("notice", "0"), ("notice", "3")]


def test_columns_are_given_within_one_line_only() -> None:
    out = github.render([twice("a.md", span=Span(3, 5, 6, 2))], "zh")
    assert out.startswith("::error file=a.md,line=3,endLine=6,title=GX103 ")


def test_no_findings() -> None:
    assert github.render([], "zh") == ""


@given(path=st.text(st.characters(exclude_categories=()), max_size=20), key=st.text(max_size=20))
def test_the_runner_reads_back_what_was_meant(path: str, key: str) -> None:
    out = github.render([twice(path, key)], "zh")
    assert not any(is_hidden(c) for c in out[:-1])
    command, said, data = re.fullmatch(r"::(\w+) ([^:]*)::(.*)\n", out).groups()  # type: ignore[union-attr]
    properties = dict(part.split("=", 1) for part in said.split(","))
    assert command == "error"
    assert unescape(properties["file"]) == visible(path)
    assert unescape(data).split("\n")[0] == f"“{visible(key)}”写了两次，第一次在第 2 行"


def unescape(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text
