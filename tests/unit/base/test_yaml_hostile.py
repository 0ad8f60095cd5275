"""Files made to exhaust a reader: each gets a clear finding, within a second."""

from collections.abc import Callable

import pytest

from gxsite.base.diagnostic import Outcome
from gxsite.base.text import decode
from gxsite.base.yaml import MAX_DEPTH, MAX_EVENTS, Mapping, read_yaml
from tests.unit.build import at, codes, only, quickly, sound


def read(source: str) -> Outcome[Mapping]:
    """Bytes to mapping, all findings together."""
    with quickly():
        text = decode("a.yaml", source.encode(), 3_000_000)
        assert text.value is not None
        outcome = read_yaml(text.value)
    sound(text.value.text, (*text.diagnostics, *outcome.diagnostics[:50]))
    return Outcome(outcome.value, (*text.diagnostics, *outcome.diagnostics))


def bomb(value: str, join: Callable[[str], str]) -> str:
    """Each line nine times the one before."""
    lines = (f"k{level}: &a{level} {join(', '.join([f'*a{level - 1}'] * 9))}\n" for level in range(1, 9))
    return f"k0: &a0 {value}\n{''.join(lines)}"


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("100 kB of open lists", "a: " + "[" * 100_000, "GX108"),
        ("1 MB of open lists", "[" * 1_000_000, "GX108"),
        ("100 kB of open mappings", "a: " + "{" * 100_000, "GX108"),
        ("nested list items", "- " * 50_000, "GX108"),
        ("nested keys", "? " * 50_000, "GX108"),
        ("nested short mappings", "a: " * 50_000, "GX102"),
        ("thirty levels of lists", "a: " + "[" * 30 + "]" * 30 + "\n", "GX108"),
        ("thirty levels of blocks", "".join(f"{'  ' * n}a:\n" for n in range(30)), "GX108"),
        ("25,000 entries of a list", "a: [" + "1, " * 25_000 + "]\n", "GX108"),
        ("12,500 keys", "".join(f"k{n}: 1\n" for n in range(12_500)), "GX108"),
        ("merge keys", bomb("{x: 1}", lambda names: f"{{<<: [{names}]}}"), "GX107"),
        ("aliases", bomb("[x]", lambda names: f"[{names}]"), "GX107"),
        ("an alias of itself", "a: &a [*a]\n", "GX107"),
        ("9,000 aliases", "a: &a 1\nb: [" + "*a, " * 9_000 + "]\n", "GX107"),
        ("a tag of 200 kB", "a: !" + "x" * 200_000 + " 1\n", "GX107"),
        ("tags of Python", "a: !!python/object/apply:os.system ['echo x']\n", "GX107"),
        ("a key of 250 kB", "x" * 250_000 + ": 1\n", "GX102"),
        ("quotes never closed", "a: '" + "x\n" * 120_000, "GX102"),
        ("every line broken", "".join(f"k{n}: b: 1\n" for n in range(9_900)), "GX102"),
        ("broken after many lines", "".join(f"k{n}: 1\n" for n in range(9_900)) + "a: b: c\n" * 20, "GX102"),
        ("every quote open", "".join(f"k{n}: 'x\n" for n in range(9_901)), "GX102"),
        ("every dash alone", "".join(f"k{n}: -\n" for n in range(9_900)), "GX112"),
        ("every colon full-width", "".join(f"k{n}：1\n" for n in range(9_900)), "GX104"),
        ("every folded line a key", "t:\n" + "".join(f"  k{n}：1\n" for n in range(9_900)), "GX104"),
        ("every key the same", "a: 1\n" * 9_900, "GX103"),
        ("every value a comment", "".join(f"k{n}: #公开\n" for n in range(9_900)), "GX105"),
        ("a comment far away", "a: x" + " " * 250_000 + "#y\n", "GX105"),
        ("NUL bytes", "a: " + "\0" * 200_000 + "\n", "GX110"),
        ("line separators", "a: 1\u2028b: 2\n", "GX110"),
        ("next lines", "a: 1\x85b: 2\n", "GX110"),
    ],
)
def test_hostile_input_is_a_finding(name: str, source: str, code: str) -> None:
    assert code in codes(read(source).diagnostics), name


@pytest.mark.parametrize(
    "source",
    [
        "a: '" + "x" * 250_000 + "'\n",
        'a: "' + "\\n" * 120_000 + '"\n',
        "a: 1" + " " * 250_000 + "x\n",
        "a: |\n" + "  x\n" * 60_000,
        "a: x\n" + "  x\n" * 60_000,
        "# 注\n" * 60_000 + "a: 1\n",
        "\n" * 250_000 + "a: 1\n",
    ],
)
def test_what_is_only_large_is_read(source: str) -> None:
    outcome = read(source)
    assert not outcome.diagnostics
    assert [e.key.value for e in outcome.value.entries] == ["a"]


def test_depth_has_a_limit_and_nothing_short_of_it_is_refused() -> None:
    inner = MAX_DEPTH - 1  # the mapping around it is a level, too
    assert not read(f"a: {'[' * inner}{']' * inner}\n").diagnostics
    found = only(read(f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}\n").diagnostics, "GX108")
    assert at(found) == (1, 4 + inner, 1)
    assert found.fact["limit"] == MAX_DEPTH


def test_the_number_of_entries_has_a_limit_and_nothing_short_of_it_is_refused() -> None:
    around = 8  # begin and end of stream, document, mapping and list
    fits = MAX_EVENTS - around - 1
    assert not read("a: [" + "1, " * fits + "]\n").diagnostics
    found = only(read("a: [" + "1, " * (fits + 3) + "]\n").diagnostics, "GX108")
    assert found.fact["limit"] == MAX_EVENTS


def test_nothing_is_expanded() -> None:
    outcome = read("base: &b {x: 1}\na:\n  <<: *b\n  y: 2\nc: *b\n")
    found = [(d.code, at(d)[0], str(getattr(d.fact["what"], "key", ""))) for d in outcome.diagnostics]
    assert found == [
        ("GX107", 1, "yaml.anchor"),
        ("GX107", 3, "yaml.alias"),
        ("GX107", 3, "yaml.merge"),
        ("GX107", 5, "yaml.alias"),
    ]
    nested = outcome.value.get("a")
    assert isinstance(nested, Mapping)
    assert [e.key.value for e in nested.entries] == ["y"]


def test_lone_carriage_returns_are_line_ends() -> None:
    outcome = read("a: 1\rb: x: y\rc: 3\r")
    assert [e.key.value for e in outcome.value.entries] == ["a", "c"]
    assert at(only(outcome.diagnostics, "GX102"))[0] == 2


def test_a_line_separator_does_not_shift_the_lines_after_it() -> None:
    outcome = read("a: 一\u2028二\nb: x: y\n")
    assert [(d.code, *at(d)[:2]) for d in outcome.diagnostics] == [("GX110", 1, 5), ("GX102", 2, 5)]
