"""Findings as JSON."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Label, Place, Severity, Span, Suggestion, phrase
from gxsite.base.printing import json as printing
from gxsite.base.width import is_hidden

SUM = replace(
    diagnose(
        "GX301",
        Place("content/唐河/2018.md", Span(33, 28, 33, 30)),
        where="",
        left="总数",
        left_value="12",
        right="分项",
        right_value="11",
        gap="1",
        because="合为总数",
    ),
    relation="requests.received",
    cells=("requests.received.total", "requests.received.web"),
    expect="12 ≠ 11",
    labels=(Label(Place("content/唐河/2017.md", Span(4, 5, 6, 1)), phrase("status.none")),),
    suggestions=(
        Suggestion((("requests.received.total", "11"),)),
        Suggestion((("a", "1"), ("b", "2"), ("c", "/"))),
    ),
)


def test_everything_a_finding_holds() -> None:
    assert json.loads(printing.render([SUM], "zh")) == {
        "schema": "gxsite/diagnostics/1",
        "summary": {"error": 1, "warning": 0, "note": 0},
        "diagnostics": [
            {
                "code": "GX301",
                "severity": "error",
                "title": "合计与分项不相等",
                "message": "总数 = 12，分项 = 11，两边应当相等，相差 1",
                "path": "content/唐河/2018.md",
                "line": 33,
                "column": 28,
                "endLine": 33,
                "endColumn": 30,
                "relation": "requests.received",
                "cells": ["requests.received.total", "requests.received.web"],
                "labels": [
                    {
                        "path": "content/唐河/2017.md",
                        "line": 4,
                        "column": 5,
                        "endLine": 6,
                        "endColumn": 1,
                        "text": "无",
                    }
                ],
                "help": ["依据：合为总数"],
                "expect": "12 ≠ 11",
                "suggestions": [
                    {"cell": "requests.received.total", "value": "11"},
                    {"cell": "a", "value": "1", "with": [{"cell": "b", "value": "2"}, {"cell": "c", "value": "/"}]},
                ],
            }
        ],
    }


def test_the_language_chooses_all_words() -> None:
    (found,) = json.loads(printing.render([SUM], "en"))["diagnostics"]
    assert found["title"] == "a sum does not agree"
    assert found["message"].endswith("they differ by 1")
    assert found["help"] == ["because: 合为总数"]
    assert found["labels"][0]["text"] == "none"


def test_what_a_finding_lacks_is_null_or_empty() -> None:
    (found,) = json.loads(printing.render([diagnose("GX903", Place("gxsite.yaml", Span(1, 1, 1, 1)))], "zh"))[
        "diagnostics"
    ]
    lacking = {name: found[name] for name in ("relation", "expect", "cells", "labels", "suggestions")}
    assert lacking == {"relation": None, "expect": None, "cells": [], "labels": [], "suggestions": []}


def test_the_order_is_kept_and_counted() -> None:
    note = replace(SUM, severity=Severity.NOTE)
    document = json.loads(printing.render([note, SUM, note], "zh"))
    assert [d["severity"] for d in document["diagnostics"]] == ["note", "error", "note"]
    assert document["summary"] == {"error": 1, "warning": 0, "note": 2}


def test_chinese_is_written_as_it_is_and_the_text_ends_in_one_newline() -> None:
    out = printing.render([SUM], "zh")
    assert '"message": "总数 = 12，' in out
    assert out.endswith("\n}\n")


def test_no_findings() -> None:
    assert json.loads(printing.render([], "zh"))["diagnostics"] == []


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_comes_back_and_no_character_of_it_steers_a_terminal(words: str) -> None:
    place = Place(words, Span(1, 1, 1, 2))
    found = replace(SUM, place=place, labels=(Label(place, words),))
    out = printing.render([found], "zh")
    assert not any(is_hidden(c) for c in out.replace("\n", ""))
    out.encode("utf-8")
    (read,) = json.loads(out)["diagnostics"]
    # Two lone halves side by side are one character for every reader of JSON.
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert (read["path"], read["labels"][0]["text"]) == (whole, whole)
