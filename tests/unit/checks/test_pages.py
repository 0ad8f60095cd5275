"""Faults of pages joined by their causes, and what was probably meant."""

from collections.abc import Iterable

import pytest

from gxsite.base.catalogue import ENTRIES, help_lines, message
from gxsite.base.diagnostic import Place, Span
from gxsite.checks.pages import CODES, Group, PageFault, Shown, finding, joined, near_file

FILES = frozenset(
    path
    for agency in ("tanghe", "hewu", "hewu-edu")
    for path in (f"{agency}/index.html", *(f"{agency}/{y}/{n}" for y in (2017, 2018) for n in ("index.html", "t.csv")))
) | {"index.html", "help/index.html", "years/index.html", "years/2018/index.html", "assets/style.1.css"}


def fault(page: str, target: str = "", kind: str = "dead", anchor: str = "", **more: str | Place) -> PageFault:
    look = str(more.get("look", "report"))
    place = more.get("place")
    language = str(more.get("language", ""))
    templates = more.get("templates")
    return PageFault(
        kind,
        target,
        anchor,
        page,
        look,
        language,
        place if isinstance(place, Place) else None,
        (templates,) if isinstance(templates, Place) else (),
        f"{language}/" if language else "",
    )


def causes(faults: Iterable[PageFault]) -> list[tuple[str, int]]:
    return [(group.first.page, group.pages) for group in joined(faults, FILES)]


def test_what_all_pages_have_alike_is_one_cause() -> None:
    pages = [path for path in FILES if path.endswith(".html")]
    assert causes(fault(page, "help/indx.html") for page in pages) == [("index.html", len(pages))]
    assert causes(fault(page, f"{'../' * 3}x", "outside") for page in pages) == [("index.html", len(pages))]
    assert causes(fault(page, page, "anchor", "mian") for page in pages) == [("index.html", len(pages))]


def test_a_template_leads_each_page_elsewhere() -> None:
    faults = [
        fault(f"{agency}/{year}/index.html", f"{agency}/{year}/{agency}-{year}.ods")
        for agency in ("tanghe", "hewu", "hewu-edu")
        for year in (2017, 2018)
    ]
    assert causes(faults) == [("hewu-edu/2017/index.html", 6)]
    listed = [fault("years/2018/index.html", f"{agency}/2018/{agency}-2018.ods") for agency in ("tanghe", "hewu")]
    assert causes([*faults, *listed]) == [("hewu-edu/2017/index.html", 7)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fault("a", "help/indx.html"), fault("a", "hlep/index.html")),
        (fault("a", "help/indx.html"), fault("a", "help/indx.html", "anchor", "x")),
        (fault("a", "help/index.html", "anchor", "x"), fault("a", "help/index.html", "anchor", "y")),
        (fault("a", "https://a.example.com/x", "foreign"), fault("a", "https://b.example.com/x", "foreign")),
        (fault("a", "main", "twice"), fault("a", "part", "twice")),
        (
            fault("a", "x", place=Place("content/a.md", Span(1, 1, 1, 2))),
            fault("a", "x", place=Place("content/a.md", Span(2, 1, 2, 2))),
        ),
    ],
)
def test_two_causes(one: PageFault, other: PageFault) -> None:
    assert len(joined([one, other], FILES)) == 2


def test_the_same_place_in_a_source_is_one_cause_in_all_languages() -> None:
    place = Place("content/a.md", Span(1, 1, 1, 2))
    faults = [
        fault("en/tanghe/2018/index.html", "en/tanghe/2017/index.html", "anchor", "s-x", language="en", place=place),
        fault("tanghe/2018/index.html", "tanghe/2017/index.html", "anchor", "s-x", place=place),
    ]
    assert causes(faults) == [("tanghe/2018/index.html", 1)]


@pytest.mark.parametrize("template", [None, Place("themes/a/templates/base.html", Span(3, 1, 3, 9))])
def test_a_template_has_the_same_fault_in_all_languages(template: Place | None) -> None:
    faults = [
        fault(f"{folder}{page}", f"{folder}help/indx.html", language=folder.rstrip("/"), templates=template or "")
        for folder in ("en/", "", "zh-hant/")
        for page in ("tanghe/index.html", "index.html")
    ]
    assert causes(faults) == [("index.html", 2)]


def test_places_in_templates_are_causes_of_their_own_whatever_they_make_of_data() -> None:
    one, other = (Place("themes/a/templates/page.html", Span(line, 1, line, 9)) for line in (3, 4))
    faults = [fault("help/index.html", f"help/fig{n}.png", templates=one) for n in (1, 2, 3)]
    groups = joined([*faults, fault("help/index.html", "help/fig4.png", templates=other)], FILES)
    assert [(group.first.target, group.pages, group.faults) for group in groups] == [
        ("help/fig1.png", 1, 3),
        ("help/fig4.png", 1, 1),
    ]


def test_a_page_counts_once_and_the_one_for_wrong_addresses_comes_last() -> None:
    faults = [fault("404.html", "part-1", "twice", look="404"), fault("index.html", "part-2", "twice")]
    (group,) = joined([*faults, fault("index.html", "part-3", "twice")], FILES)
    assert (group.first.page, group.pages, group.faults) == ("index.html", 2, 3)


@pytest.mark.parametrize(
    ("made", "near"),
    [
        (fault("index.html", "help/indx.html"), "help/index.html"),
        (fault("tanghe/2018/index.html", "help/indx.html"), "../../help/index.html"),
        (fault("tanghe/2018/index.html", "tanghe/2018/tt.csv"), "t.csv"),
        (fault("tanghe/index.html", "tanghe/2018/", "folder"), "2018/index.html"),
        (fault("tanghe/index.html", "/", "folder"), "../index.html"),
        (fault("index.html", "hlep/"), "help/index.html"),
        (fault("tanghe/index.html", "/zwgk/help/index.html#x", "root"), "../help/index.html"),
        (fault("tanghe/index.html", "/zwgk/help/", "root"), "../help/index.html"),
        (fault("tanghe/index.html", "/help/index.html?x", "root"), "../help/index.html"),
        (fault("index.html", "//example.com/x", "host"), "https://example.com/x"),
        (fault("index.html", "../../x", "outside"), None),
        (fault("index.html", "nothing/of/this.pdf"), None),
        (fault("index.html", "", "empty"), None),
    ],
)
def test_what_was_meant(made: PageFault, near: str | None) -> None:
    assert near_file(made, FILES, "/zwgk/") == near


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize(
    ("pages", "faults", "zh", "en"),
    [
        (1, 1, "", ""),
        (5, 5, "（共 5 个网页，这是第一个）", " (5 pages, this is the first)"),
        (5, 7, "（共 5 个网页、7 处，这是第一处）", " (7 places on 5 pages, this is the first)"),
        (1, 7, "（这一页有 7 处，这是第一处）", " (7 places on this page, this is the first)"),
    ],
)
def test_every_kind_is_said_in_both_languages(kind: str, pages: int, faults: int, zh: str, en: str) -> None:
    template = Place("themes/a/templates/base.html", Span(1, 1, 1, 2))
    first = fault("index.html", "help/x.html", kind, "here", templates=template)
    group = Group(first, pages, ("home", "page", "report", "year"), faults)
    shown = Shown(Place("index.html", Span(3, 1, 3, 9)), '<a href="x">', "x")
    found = finding(group, shown, "y")
    assert ENTRIES[found.code].adjustable
    for lang, more in (("zh", zh), ("en", en)):
        assert message(found, lang).endswith(more)  # type: ignore[arg-type]
        assert ("第一" in message(found, lang) or "the first" in message(found, lang)) == bool(more)  # type: ignore[arg-type]
        assert any("home.html, page.html, report.html, …" in line for line in help_lines(found, lang))  # type: ignore[arg-type]
    assert [label.place.path for label in found.labels] == ["index.html", "themes/a/templates/base.html"]
