"""Headline figures: one column holds one series, bars measure an agency against itself, sums count nothing twice."""

from dataclasses import replace

import pytest

from gxsite.config import Config
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import CellRef, Form, Headline
from gxsite.model.report import Report
from gxsite.site.lines import report_lines
from gxsite.site.portal import Portal
from gxsite.site.series import added_up, joined, series_of_agency, series_of_year
from gxsite.site.views import SeriesView
from tests.unit.build import built_in, catalog_of, report_of, small

ROWS = ("{id: a, label: 甲, unit: 件}", "{id: b, label: 乙}")
OLD = replace(small(rows=ROWS), headlines=(Headline(CellRef("a"), "甲数"), Headline(CellRef("b"), "乙数")))
NEW = replace(OLD, id="newer", title="新表")
SAME = Crosswalk(frozenset({("small", "newer", CellRef("a")), ("small", "newer", CellRef("b"))}))
WITHDRAWN = "withdrawn: {date: 2019-05-01, reason: 有误}\n"


def report(agency: str, year: int, table: dict[str, object], more: str = "", form: Form = OLD, day: str = "") -> Report:
    published = f"published: {day or f'{year + 1}-01-20'}\n"
    made = report_of(form, table, published + more)
    return replace(made, agency=agency, year=year, path=f"content/{agency}/{year}.md")


def portal(*reports: Report, crosswalk: Crosswalk = SAME, agencies: tuple[Agency, ...] = ()) -> Portal:
    catalog = catalog_of(OLD, *reports, other=(NEW,), crosswalk=crosswalk, agencies=agencies)
    return Portal(Config(name="门户"), catalog, {})


def of_agency(of: Portal) -> tuple[SeriesView, ...]:
    return series_of_agency(of, reversed(of.catalog.reports_of["x"]), report_lines(of, ""))


def of_year(of: Portal, year: int = 2018) -> tuple[SeriesView, ...]:
    return series_of_year(of, of.catalog.reports_in[year], "", report_lines(of, ""))


def figures(series: SeriesView) -> list[list[tuple[str, int | None]]]:
    return [[(f.text, f.share) for f in line.figures] for part in series.parts for line in part.lines]


def test_the_story_of_an_agency() -> None:
    (series,) = of_agency(
        portal(report("x", 2016, {"a": 50, "b": 0}), report("x", 2017, {"a": 200}), report("x", 2018, {"a": "约30"}))
    )
    assert (series.first, series.last, series.total) == (2016, 2018, 3)
    assert [(h.label, h.unit) for h in series.heads] == [("甲数", "件"), ("乙数", "")]
    assert figures(series) == [[("约30", None), ("", None)], [("200", 100), ("", None)], [("50", 25), ("0", 0)]]
    assert series.sums == ()


def test_what_is_withdrawn_keeps_its_line_and_loses_its_figures() -> None:
    (series,) = of_agency(portal(report("x", 2017, {"a": 10}), report("x", 2018, {"a": 1000}, WITHDRAWN)))
    first, second = series.parts[0].lines
    assert (first.withdrawn, first.figures) == ("2019-05-01", ())
    assert [f.share for f in second.figures] == [100, None]


def test_forms_are_one_series_only_if_the_crosswalk_joins_every_headline() -> None:
    reports = report("x", 2017, {"a": 1}), report("x", 2018, {"a": 2}, form=NEW)
    assert [s.total for s in of_agency(portal(*reports))] == [2]
    half = Crosswalk(frozenset({("small", "newer", CellRef("a"))}))
    apart = of_agency(portal(*reports, crosswalk=half))
    assert [(s.id, s.first, s.last) for s in apart] == [("newer", 2018, 2018), ("small", 2017, 2017)]
    assert figures(apart[1]) == [[("1", 100), ("", None)]]


def test_a_form_that_comes_back_begins_anew() -> None:
    apart = of_agency(
        portal(
            report("x", 2016, {"a": 1}),
            report("x", 2017, {"a": 2}, form=NEW),
            report("x", 2018, {"a": 3}),
            crosswalk=Crosswalk(),
        )
    )
    assert [s.first for s in apart] == [2018, 2017, 2016]


def test_a_unit_that_differs_is_said_with_each_figure_and_nothing_is_added() -> None:
    (series,) = of_year(
        portal(
            report("x", 2018, {"a": 1, "b": 2}, "units: {b: 元}\n"),
            report("y", 2018, {"a": 1, "b": 3}, "units: {b: 万元}\n"),
        )
    )
    assert [(h.label, h.unit) for h in series.heads] == [("甲数", "件"), ("乙数", "")]
    assert sorted(line.figures[1].unit for line in series.parts[0].lines) == ["万元", "元"]
    assert [(s.text, s.reports) for s in series.sums] == [("2", 2), ("", 2)]


def test_a_year_is_newest_first_and_says_how_many_figures_a_sum_rests_on() -> None:
    (series,) = of_year(
        portal(
            report("x", 2018, {"a": 1, "b": "/"}, day="2019-01-03"),
            report("y", 2018, {"a": 5, "b": "无"}, day="2019-02-01"),
            report("z", 2018, {"b": 4}),
        )
    )
    assert [line.agency.label for line in series.parts[0].lines] == ["y", "z", "x"]
    assert [(s.text, s.reports) for s in series.sums] == [("6", 2), ("4", 3)]
    assert series.added == 3


def test_the_tables_of_a_year_are_apart_by_form_the_largest_first() -> None:
    tables = of_year(
        portal(
            report("x", 2018, {"a": 1}),
            report("y", 2018, {"a": 2}, form=NEW),
            report("z", 2018, {"a": 3}, form=NEW),
            crosswalk=Crosswalk(),
        )
    )
    assert [(s.id, s.total, s.added) for s in tables] == [("newer", 2, 2), ("small", 1, 1)]
    assert tables[1].sums == ()


def tree(*edges: tuple[str, str]) -> tuple[Agency, ...]:
    return tuple(Agency(key, f"content/{key}/agency.yaml", key, parent=parent) for key, parent in edges)


WHOLE, OWN = "scope: consolidated\n", "scope: own\n"


@pytest.mark.parametrize(
    ("scopes", "counted"),
    [
        ({"city": WHOLE, "county": OWN, "town": OWN}, {"county", "town"}),
        ({"city": WHOLE, "county": WHOLE, "town": ""}, {"town"}),
        ({"city": WHOLE, "county": WHOLE}, {"city"}),
        ({"city": OWN, "county": WHOLE}, {"city", "county"}),
        ({"county": WHOLE, "other": WHOLE}, {"county", "other"}),
        ({"city": WHOLE, "other": OWN}, {"other"}),
    ],
)
def test_nothing_is_added_twice(scopes: dict[str, str], counted: set[str]) -> None:
    agencies = tree(("city", ""), ("county", "city"), ("town", "county"), ("other", "city"))
    catalog = portal(
        *(report(agency, 2018, {"a": 1}, scope) for agency, scope in scopes.items()), agencies=agencies
    ).catalog
    assert {r.agency for r in added_up(catalog, catalog.reports_in[2018])} == counted


def test_consolidated_reports_in_a_sum_are_counted() -> None:
    (series,) = of_year(portal(report("x", 2018, {"a": 1}), report("y", 2018, {"a": 2}, WHOLE)))
    assert (series.added, series.consolidated, series.withdrawn, series.covered) == (2, 1, 0, 0)


def test_a_sum_says_what_it_leaves_out() -> None:
    """What is withdrawn, and a consolidated report of which there are parts; without these it counts itself."""
    agencies = tree(("city", ""), ("a", "city"), ("b", "city"), ("c", "city"))
    city, a, b = report("city", 2018, {"a": 30}, WHOLE), report("a", 2018, {"a": 1}), report("b", 2018, {"a": 2})
    (series,) = of_year(portal(city, a, b, report("c", 2018, {"a": 90}, WITHDRAWN), agencies=agencies))
    assert series.sums[0].text == "3"
    assert (series.total, series.added, series.withdrawn, series.covered) == (4, 2, 1, 1)
    gone = [report(key, 2018, {"a": 1}, WITHDRAWN) for key in ("a", "b")]
    other = report("z", 2018, {"a": 4})
    (series,) = of_year(portal(city, *gone, other, agencies=(*agencies, *tree(("z", "")))))
    assert series.sums[0].text == "34"
    assert (series.added, series.consolidated, series.withdrawn, series.covered) == (2, 1, 2, 0)


def test_what_is_counted_in_one_table_is_not_counted_again_in_another() -> None:
    agencies = tree(("city", ""), ("a", "city"), ("z", ""))
    city, a = report("city", 2018, {"a": 30}, WHOLE), report("a", 2018, {"a": 1}, form=NEW)
    rest = [report("z", 2018, {"a": 5}), report("y", 2018, {"a": 6})]
    tables = of_year(portal(city, a, *rest, crosswalk=Crosswalk(), agencies=(*agencies, *tree(("y", "")))))
    assert [(s.id, s.added, s.covered) for s in tables] == [("small", 2, 1), ("newer", 1, 0)]
    assert tables[0].sums[0].text == "11"


def test_many_reports_stand_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxsite.site.portal.MANY_AGENCIES", 1)
    agencies = (*tree(("b", ""), ("b-edu", "b"), ("a-edu", "b"), ("z", "")),)
    (series,) = of_year(portal(*(report(a.id, 2018, {"a": 1}) for a in agencies), agencies=agencies))
    shown = [(part.place and part.place.label, [line.agency.label for line in part.lines]) for part in series.parts]
    assert shown == [("b", ["b", "a-edu", "b-edu"]), (None, ["z"])]


def test_the_built_in_forms_of_2019_and_2021_are_one_series_and_no_others() -> None:
    from gxsite.engine.load import load_forms

    loaded = load_forms(None).value
    catalog: Catalog = replace(catalog_of(OLD), forms=loaded.forms, crosswalk=loaded.crosswalk)
    names = ["cn-narrative", "cn-2014", "cn-2019", "cn-2021"]
    pairs = {(one, two) for one in names for two in names if one < two and joined(catalog, one, two)}
    assert pairs == {("cn-2019", "cn-2021")}
    assert all(built_in(name).headlines for name in names)
