"""Near names: what is offered, what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.near import distance, nearest
from tests.unit.build import built_in, fuzz, quickly

KEYS = ("title", "form", "published", "signed", "card", "table", "waivers")
CELLS = ("requests.received.total", "requests.received.web", "disclosure.total", "fee.total", "office.budget")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("titel", "title"),
        ("titl", "title"),
        ("Title", "title"),
        ("pubished", "published"),
        ("publishd", "published"),
        ("publised_", "published"),
        ("signd", "signed"),
        ("waiver", "waivers"),
        ("xyz", None),
        ("", None),
        ("标题", None),
        ("something-else-entirely", None),
    ],
)
def test_keys(name: str, near: str | None) -> None:
    assert nearest(name, KEYS) == near


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("requests.recieved.total", "requests.received.total"),
        ("requests.received.totals", "requests.received.total"),
        ("requests-received-web", "requests.received.web"),
        ("request.received.web", "requests.received.web"),
        ("budget", "office.budget"),
        ("money.budget", "office.budget"),
        ("total", None),
        ("some.other.total", None),
    ],
)
def test_dotted_names_by_letters_or_by_their_last_part_if_it_is_the_only_one(name: str, near: str | None) -> None:
    assert nearest(name, CELLS) == near


def test_hyphens_and_underscores_are_alike_and_the_smallest_distance_wins() -> None:
    assert nearest("CN_2014", ["cn-2014", "cn-2019"]) == "cn-2014"
    assert nearest("cn-2013", ["cn-2014", "cn-2019"]) == "cn-2014"
    assert nearest("cn-2020", ["cn-2019", "cn-2021"]) == "cn-2021"
    assert nearest("abcd", ["abce", "abcd"]) == "abcd"


def plain_distance(a: str, b: str) -> int:
    """The textbook table, for comparison."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a), len(b)]


@fuzz
@given(st.text("ab.", max_size=9), st.text("ab.", max_size=9), st.integers(0, 5))
def test_distance_is_the_textbook_one_up_to_its_limit(a: str, b: str, limit: int) -> None:
    assert distance(a, b, limit) == min(plain_distance(a, b), limit + 1)


@fuzz
@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_nearest_is_one_of_the_names(name: str, names: list[str]) -> None:
    assert nearest(name, names) in {None, *names}


def test_a_huge_name_costs_nothing() -> None:
    with quickly(0.2):
        assert nearest("x" * 200_000, KEYS) is None


def test_a_thousand_misspelt_names_cost_less_than_a_second() -> None:
    names = [row.id for _, row in built_in("cn-2014").indicators()]
    with quickly():
        for number in range(1000):
            nearest(f"requests.received.totel{number:04}", names)
