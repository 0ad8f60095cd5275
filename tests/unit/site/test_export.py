"""A report for its downloads: shared with other reports is what its form says, and nothing else."""

from gxsite.model.form import Form
from gxsite.model.report import Report
from gxsite.site.export import MAX_LAYOUTS, Exports
from gxsite.site.views import ExportCell, ExportView
from gxsite.source.form import read_form
from tests.unit.build import FORM_PATH, built_in, report_of, small, text_of

ROWS = ("{id: a, label: 甲, unit: 件}", "{id: b, label: 乙}")
FORM = small(rows=ROWS, more="extra: true")
WIDE = small(rows=ROWS, columns=["n", "m"], more="extra: true")
OWN = "indicators:\n  - {id: x.own, label: 丙, unit: 期}\n"
SECTIONS = """\
id: sections
family: test
years: {from: 2014, to: 2018}
title: 分段表
tables:
  - id: one
    rows:
      - section: s
        label: 一、申请
        rows:
          - {id: s.a, label: 甲}
          - group: s.g
            label: 其中
            rows: [{id: s.b, label: 乙}, {id: s.c, label: 丙}]
      - {id: d, label: 丁}
"""


def sections() -> Form:
    form = read_form(text_of(SECTIONS, FORM_PATH)).value
    assert form is not None
    return form


def exported(form: Form, report: Report) -> ExportView:
    return Exports({form.id: form}).view(report, "某局")


def test_reports_on_one_form_share_their_layout() -> None:
    exports = Exports({FORM.id: FORM})
    one, two = (exports.view(report_of(FORM, {"a": n, "b": n}), "某局") for n in (1, 2))
    assert one.layout is two.layout
    assert [cell.value for cell in one.cells] == ["1", "1"]
    assert [cell.value for cell in two.cells] == ["2", "2"]


def test_own_rows_and_units_are_in_no_other_report() -> None:
    exports = Exports({FORM.id: FORM})
    plain = report_of(FORM, {"a": 1, "b": 2})
    with_unit = report_of(FORM, {"a": 1, "b": 2}, more="units: {b: 元}\n")
    with_row = report_of(FORM, {"a": 1, "b": 2, "x.own": 6}, more=OWN)
    for _ in range(2):
        assert [s.unit for s in exports.view(with_unit, "某局").layout.slots] == ["件", "元"]
        assert [s.unit for s in exports.view(plain, "某局").layout.slots] == ["件", ""]
        own = exports.view(with_row, "某局").layout.slots[-1]
        assert (own.table, own.indicator, own.label, own.unit, own.form_row) == ("own", "x.own", "丙", "期", False)
        assert len(exports.view(plain, "某局").layout.slots) == 2


def test_more_layouts_than_are_kept_are_all_right() -> None:
    exports = Exports({FORM.id: FORM})
    reports = [report_of(FORM, {"a": n}, more=f"units: {{b: 单位{n}}}\n") for n in range(MAX_LAYOUTS + 5)]
    for n, report in (*enumerate(reports), *enumerate(reports)):
        view = exports.view(report, "某局")
        assert (view.layout.slots[1].unit, view.cells[0].value) == (f"单位{n}", str(n))


def test_own_rows_stand_below_a_table_of_one_column_and_beside_a_wider_one() -> None:
    below = exported(FORM, report_of(FORM, {"a": 1, "x.own": 6}, more=OWN)).layout
    assert [[row.slots for row in sheet.rows] for sheet in below.sheets] == [[(0,), (1,), (2,)]]
    beside = exported(WIDE, report_of(WIDE, {"a": "[1, 2]", "x.own": 6}, more=OWN)).layout
    assert [[row.slots for row in sheet.rows] for sheet in beside.sheets] == [[(0, 1), (2, 3)], [(4,)]]
    assert beside.sheets[1].title == "自设指标"


def test_cells_say_what_is_printed_and_what_was_written() -> None:
    cells = exported(WIDE, report_of(WIDE, {"a": "['1,860', 约30]", "b": "[/, ~]"})).cells
    assert cells == (
        ExportCell("1860", "1860", "reported", False, "1,860"),
        ExportCell("约30", "30", "reported", True, "约30"),
        ExportCell("/", "", "not_applicable", False, "/"),
        ExportCell("", "", "blank", False, ""),
    )


def test_nothing_happened_under_a_heading_only_if_the_report_says_so() -> None:
    form = sections()
    assert exported(form, report_of(form, {"section:s": "无", "d": 1})).nothing == {"section:s", "group:s.g"}
    assert exported(form, report_of(form, {"group:s.g": "无", "s.a": 3})).nothing == {"group:s.g"}
    assert exported(form, report_of(form, {"s.b": "无", "s.c": "无"})).nothing == set()


def test_header_levels_are_joined_in_a_workbook_and_the_spanner_left_out() -> None:
    form = built_in("cn-2021")
    heads = next(s.heads for s in exported(form, report_of(form, "")).layout.sheets if "申请" in s.title)
    assert heads[1:] == (
        "单位",
        "自然人",
        *(f"法人或其他组织 / {kind}" for kind in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
        "总计",
    )


def test_all_cells_of_every_built_in_form_have_their_place_in_a_workbook() -> None:
    for name in ("cn-narrative", "cn-2014", "cn-2019", "cn-2021"):
        form = built_in(name)
        view = exported(form, report_of(form, ""))
        places = [slot for sheet in view.layout.sheets for row in sheet.rows for slot in row.slots]
        assert sorted(places) == list(range(len(form.cells)))
        assert len(view.cells) == len(view.layout.slots) == len(form.cells)
