"""Keys with types: unknown, missing and wrong ones are found where they stand."""

from collections.abc import Callable

import pytest

from gxsite.base.dates import Moment
from gxsite.base.diagnostic import Diagnostic
from gxsite.base.fields import Fields, shown
from gxsite.base.text import Text
from gxsite.base.yaml import read_yaml
from tests.unit.build import at, codes, marked, only, quickly, sound

KNOWN = ("title", "form", "published", "when", "who")


def fields_of(source: str, *required: str) -> tuple[Fields, list[Diagnostic]]:
    outcome = read_yaml(Text("a.yaml", source))
    found = list(outcome.diagnostics)
    return Fields("a.yaml", outcome.value, "report", KNOWN, found, required), found


# -- unknown and missing ------------------------------------------------------------------------------------------


def test_an_unknown_key_with_its_near_name() -> None:
    source = "title: x\npubished: 2019-01-01\n"
    _, found = fields_of(source)
    unknown = only(found, "GX201")
    assert (marked(source, unknown), unknown.fact["near"]) == ("pubished", "published")
    assert "known" not in unknown.fact
    sound(source, found)


def test_an_unknown_key_that_is_near_nothing_lists_what_is_known() -> None:
    source = "𠮷标题: x\n"
    _, found = fields_of(source)
    unknown = only(found, "GX201")
    assert at(unknown) == (1, 1, 3)
    assert unknown.fact["known"] == ", ".join(KNOWN)
    sound(source, found)


def test_a_long_unknown_key_is_cut() -> None:
    _, found = fields_of("x" * 500 + ": 1\n")
    assert len(str(only(found, "GX201").fact["key"])) <= 41


@pytest.mark.parametrize(
    ("source", "where"),
    [("form: x\n", (1, 1, 1)), ("form: x\ntitle:\n", (2, 1, 5)), ("title: ~\n", (1, 1, 5)), ("", (1, 1, 1))],
)
def test_a_missing_key_is_found_at_the_blank_key_or_at_the_head(source: str, where: tuple[int, int, int]) -> None:
    _, found = fields_of(source, "title")
    assert at(only(found, "GX202")) == where


@pytest.mark.parametrize("blank", ['""', "''", '"  "', "|"])
def test_empty_quotes_do_not_count_as_given(blank: str) -> None:
    _, found = fields_of(f"title: {blank}\n", "title")
    assert codes(found) == ["GX202"]


def test_nothing_is_called_missing_where_lines_could_not_be_read() -> None:
    _, found = fields_of("form: a: b\n", "form", "title")
    assert codes(found) == ["GX102"]


# -- types --------------------------------------------------------------------------------------------------------


def test_values() -> None:
    fields, found = fields_of(
        "title: 一\n  二\nform: '003111216'\npublished: 2019-03-26 08:59\nwhen: 2018\nwho: [甲, 乙]\n"
    )
    assert fields.text("title") == "一 二"
    assert fields.text("form", "[0-9]{9}") == "003111216"
    assert fields.moment("published") == Moment(2019, 3, 26, "08:59")
    assert fields.year("when") == 2018
    assert fields.texts("who") == ("甲", "乙")
    assert fields.texts("title") == ("一 二",)
    assert not found


def test_absent_and_blank_values_have_their_defaults() -> None:
    fields, found = fields_of("title:\nform: ~\n")
    for key in ("title", "form", "published"):
        assert fields.text(key) == ""
        assert fields.moment(key) is None
        assert fields.year(key) is None
        assert fields.years(key) is None
        assert fields.integer(key, 7) == 7
        assert fields.boolean(key) is False
        assert fields.texts(key) == ()
        assert fields.map(key) is None
        assert fields.maps(key) == ()
        assert not fields.has(key)
    assert not found


@pytest.mark.parametrize(
    ("source", "years"),
    [
        ("2018", (2018, 2018)),
        ("{from: 2014, to: 2018}", (2014, 2018)),
        ("{from: 2014}", (2014, None)),
        ("{from: 2014, to: ~}", (2014, None)),
        ("{from: 2018, to: 2018}", (2018, 2018)),
    ],
)
def test_years(source: str, years: tuple[int, int | None]) -> None:
    fields, found = fields_of(f"when: {source}\n")
    assert fields.years("when") == years
    assert not found


Read = Callable[[Fields], object]


@pytest.mark.parametrize(
    ("value", "read", "code", "where"),
    [
        ("[1, 2]", lambda f: f.text("who"), "GX203", (1, 6, 6)),
        ("{a: 1}", lambda f: f.text("who"), "GX203", (1, 6, 6)),
        ("𠮷x", lambda f: f.text("who", "[0-9]+"), "GX203", (1, 6, 2)),
        ("'12a'", lambda f: f.text("who", "[0-9]+"), "GX203", (1, 6, 5)),
        ("yes", lambda f: f.boolean("who"), "GX203", (1, 6, 3)),
        ("1.5", lambda f: f.integer("who", 0), "GX203", (1, 6, 3)),
        ("1234567", lambda f: f.integer("who", 0), "GX203", (1, 6, 7)),
        ("1989", lambda f: f.year("who"), "GX203", (1, 6, 4)),
        ("18", lambda f: f.years("who"), "GX203", (1, 6, 2)),
        ("[2014, 2018]", lambda f: f.years("who"), "GX203", (1, 6, 12)),
        ("{from: 2018, to: 2014}", lambda f: f.years("who"), "GX203", (1, 6, 22)),
        ("{to: 2014}", lambda f: f.years("who"), "GX202", (1, 6, 1)),
        ("{from: 2014, until: 2018}", lambda f: f.years("who"), "GX201", (1, 19, 5)),
        ("[甲, [乙]]", lambda f: f.texts("who"), "GX203", (1, 10, 3)),
        ("[甲, '']", lambda f: f.texts("who"), "GX203", (1, 10, 2)),
        ("x", lambda f: f.map("who"), "GX203", (1, 6, 1)),
        ("x", lambda f: f.maps("who"), "GX203", (1, 6, 1)),
        ("[{a: 1}, x]", lambda f: f.maps("who"), "GX203", (1, 15, 1)),
        ("2019-02-30", lambda f: f.moment("who"), "GX401", (1, 6, 10)),
        ("2019.3.4", lambda f: f.moment("who"), "GX401", (1, 6, 8)),
        ("[2019-03-04]", lambda f: f.moment("who"), "GX203", (1, 6, 12)),
        ("natonal", lambda f: f.choice("who", ("national", "local")), "GX221", (1, 6, 7)),
    ],
)
def test_a_wrong_value_is_found_at_the_value(value: str, read: Read, code: str, where: tuple[int, int, int]) -> None:
    source = f"who: {value}\n"
    fields, found = fields_of(source)
    read(fields)
    assert codes(found) == [code]
    assert at(found[0]) == where
    sound(source, found)


def test_a_choice_offers_the_near_word() -> None:
    fields, found = fields_of("who: Natonal\n")
    assert fields.choice("who", ("national", "local")) == ""
    assert found[0].fact["near"] == "national"


def test_the_good_items_of_a_list_are_kept() -> None:
    fields, found = fields_of("who:\n  - {a: 1}\n  - x\n  - {b: 2}\n")
    assert [m.entries[0].key.value for m in fields.maps("who")] == ["a", "b"]
    assert at(only(found, "GX203")) == (3, 5, 1)


def test_what_is_shown_of_a_value_is_short() -> None:
    fields, _ = fields_of(f"title: {'字' * 99}\nform: [1]\nwho: {{a: 1}}\nwhen: |\n  一\n  二\n")
    said = [shown(node) for key in ("title", "form", "who", "when") if (node := fields.node(key))]
    assert said == ["字" * 39 + "…", "[…]", "{…}", "一 二"]


def test_spans_of_values_keys_and_nothing() -> None:
    fields, _ = fields_of("title: 一二\nform:\n")
    assert [tuple(fields.span(key)) for key in ("title", "form", "who")] == [(1, 8, 1, 10), (2, 1, 2, 5), (1, 1, 1, 2)]


def test_thousands_of_unknown_keys_are_found_within_a_second() -> None:
    source = "".join(f"k{n:04}: 1\n" for n in range(9_000))
    with quickly():
        _, found = fields_of(source)
    assert len(found) == 9_000
