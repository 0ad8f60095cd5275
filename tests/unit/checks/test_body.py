"""Figures that a body quotes from the table."""

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.body import check_no_quotes, check_quotes, quoted_cell
from gxsite.model.form import CellRef, Form
from gxsite.source.papers import read_page
from tests.unit.build import at, codes, marked, read, report_text, small, sound, text_of

FORM = small(rows=["requests.total", "requests.web", "b", "{section: s, label: 段, rows: [{id: s.x, label: 内}]}"])
GRID = small(rows=["a"], columns=["natural", "total"], more="extra: true")


def check(body: str, table: dict[str, object], form: Form = FORM, more: str = "") -> tuple[str, list[Diagnostic]]:
    source = report_text(table, form.id, more, body)
    found = list(check_quotes(read(source, form).value, form))
    sound(source, found)
    return source, found


@pytest.mark.parametrize("value", ["0", "12", "280多", "1,860", "约30"])
def test_a_figure_may_be_quoted(value: str) -> None:
    assert not check("共{{ b }}条。\n", {"b": value})[1]


@pytest.mark.parametrize(
    ("table", "status"),
    [({"b": ""}, "blank"), ({"requests.web": 1}, "blank"), ({"b": "无"}, "none"), ({"b": "/"}, "not_applicable")],
)
def test_quoting_what_holds_no_figure_is_an_error(table: dict[str, object], status: str) -> None:
    source, (found,) = check("𠮷共{{ b }}条。\n", table)
    assert (found.code, found.severity) == ("GX502", "error")
    assert getattr(found.fact["status"], "key", "") == f"status.{status}"
    assert (at(found)[1], marked(source, found)) == (3, "{{ b }}")


def test_quoting_what_its_section_denies_is_an_error() -> None:
    _, (found,) = check("共{{ s.x }}条。\n", {"section:s": "无"})
    assert getattr(found.fact["status"], "key", "") == "status.none_by_section"


def test_a_figure_that_could_not_be_read_has_its_finding_already() -> None:
    assert not check("共{{ b }}条。\n", {"b": "十二"})[1]


@pytest.mark.parametrize(
    ("name", "near"), [("request.web", "requests.web"), ("requests.totl", "requests.total"), ("x.y.z", None)]
)
def test_an_unknown_cell_with_its_near_name(name: str, near: str | None) -> None:
    source, (found,) = check(f"一\n\n二{{{{ {name} }}}}条。\n", {"b": 1})
    assert (found.code, found.fact.get("near")) == ("GX501", near)
    assert marked(source, found) == f"{{{{ {name} }}}}"


@pytest.mark.parametrize(
    "written", ["{{ }}", "{{}}", "{{ b + 1 }}", "{{ b | upper }}", "{{ __class__ }}", "{{ b.c.d }}"]
)
def test_nothing_else_of_a_template_language_exists(written: str) -> None:
    assert codes(check(f"共{written}条。\n", {"b": 1})[1]) == ["GX501"]


def test_escapes_and_code_are_left_alone() -> None:
    assert not check("写 \\{{ nothing }} 或 `{{ nothing }}`。\n\n    {{ nothing }}\n", {"b": 1})[1]


def test_cells_of_several_columns_and_own_rows() -> None:
    more = "indicators: [{id: x.own, label: 自设}]\n"
    table: dict[str, object] = {"a": "[1, 2]", "x.own": 5}
    assert not check("{{ a.total }}，{{ x.own }}\n", table, GRID, more)[1]
    assert codes(check("{{ a }}\n", table, GRID, more)[1]) == ["GX501"]
    report = read(report_text(table, "small", more), GRID).value
    assert quoted_cell("a.total", report, GRID) == CellRef("a", "total")
    assert quoted_cell("x.own", report, GRID) == CellRef("x.own")
    assert quoted_cell("a", report, GRID) is None


def test_where_there_is_no_table_nothing_can_be_quoted() -> None:
    source = "---\ntitle: 指南\n---\n共{{ b }}条，写作 \\{{ b }}。\n"
    page = read_page(text_of(source, "content/pages/guide.md"), "guide").value
    (found,) = check_no_quotes(page.body)
    assert (found.code, at(found)) == ("GX503", (4, 2, 7))
