"""Where agencies are found: by the tree, else by the code of their region."""

from collections.abc import Iterable

from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.site.places import Places, by_kind, by_level
from tests.unit.build import catalog_of, small


def agency(key: str, kind: str = "", parent: str = "", region: str = "", level: str = "") -> Agency:
    path = f"content/{key}/agency.yaml"
    return Agency(key, path, key.upper(), kind=kind, parent=parent, region=region, level=level)


def catalog(agencies: Iterable[Agency]) -> Catalog:
    return catalog_of(small(), agencies=agencies)


def test_agencies_are_found_around_the_government_above_them() -> None:
    places = Places(
        catalog(
            [
                agency("city", "government"),
                agency("city-edu", "department", "city"),
                agency("school", "institution", "city-edu"),
                agency("county", "government", "city"),
                agency("town", "township", "county"),
            ]
        )
    )
    assert places.of == {
        "city": "city",
        "city-edu": "city",
        "school": "city",
        "county": "county",
        "town": "county",
    }
    assert places.heads == [("city", 0), ("county", 1)]
    assert {head: [a.id for a in some] for head, some in places.members().items()} == {
        "city": ["city-edu", "school"],
        "county": ["town"],
    }


def test_a_department_is_a_place_only_where_nothing_stands_above_it() -> None:
    places = Places(catalog([agency("edu", "department"), agency("school", "institution", "edu")]))
    assert places.of == {"edu": "edu", "school": "edu"}


def test_agencies_without_a_tree_are_found_by_their_region() -> None:
    places = Places(
        catalog(
            [
                agency("province", "government", region="410000", level="province"),
                agency("city", "government", region="411300", level="city"),
                agency("county", "government", region="411328", level="county"),
                agency("town", "government", region="411328", level="township"),
                agency("far", "government", region="500000", level="province"),
                agency("lost", "vertical"),
            ]
        )
    )
    assert places.of == {
        "province": "province",
        "city": "city",
        "county": "county",
        "town": "county",
        "far": "",
        "lost": "",
    }
    assert [head for head, _ in places.heads] == ["city", "county", "province", ""]
    assert places.rank["city"] == 0


def test_a_circle_of_parents_is_no_place() -> None:
    places = Places(catalog([agency("a", "government", "b"), agency("b", "government", "a"), agency("c", parent="a")]))
    assert set(places.of) == {"a", "b", "c"}
    assert set(places.of.values()) <= {"", "a", "b", "c"}
    assert sum(len(some) for some in places.members().values()) + len(places.heads) - ("" in places.of.values()) == 3


def test_kinds_and_levels_have_an_order() -> None:
    agencies = [
        agency("x"),
        agency("t", "township", level="township"),
        agency("g", "government", level="county"),
        agency("d", "department", level="county"),
        agency("h", "government", level="city"),
    ]
    assert [(kind, [a.id for a in some]) for kind, some in by_kind(agencies)] == [
        ("government", ["g", "h"]),
        ("department", ["d"]),
        ("township", ["t"]),
        ("", ["x"]),
    ]
    assert [(level, kind) for level, kind, _ in by_level(agencies)] == [
        ("city", "government"),
        ("county", "government"),
        ("county", "department"),
        ("township", "township"),
        ("", ""),
    ]
