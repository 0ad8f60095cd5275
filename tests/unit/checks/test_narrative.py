"""What the prose of a report says against its table: found where it is plain, left alone where it may mean else."""

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.narrative import check_narrative
from gxsite.model.agency import Agency
from gxsite.source.form import read_form
from tests.unit.build import (
    FORM_PATH,
    built_in,
    codes,
    form_text,
    marked,
    quickly,
    read,
    report_text,
    small,
    sound,
    text_of,
)

FORMS = {name: built_in(name) for name in ("cn-2019", "cn-2021")}
TABLE: dict[str, object] = {
    "requests.new": "[10, 2, 0, 0, 0, 0, 12]",
    "requests.carried_in": "[1, 0, 0, 0, 0, 0, 1]",
    "requests.granted": "[8, 1, 0, 0, 0, 0, 9]",
    "requests.partial": "[~, ~, ~, ~, ~, ~, ~]",
    "requests.carried_out": "[3, 0, 0, 0, 0, 0, 3]",
    "review": "[0, 0, 0, 2, 2]",
}
FEE = "\n\n没有信息处理费。\n"
COUNTY = Agency("demo", "content/demo/agency.yaml", "河城县水利局", level="county")


def check(
    body: str, form: str = "cn-2021", year: int = 2022, agency: Agency = COUNTY, **table: object
) -> tuple[str, list[Diagnostic]]:
    rows = TABLE | {key.replace("__", "."): value for key, value in table.items()}
    source = report_text(rows, form, "published: 2023-01-20\n", body)
    found = list(check_narrative(read(source, FORMS[form], year=year).value, FORMS[form], agency))
    sound(source, found)
    return source, found


@pytest.mark.parametrize(
    ("sentence", "figure", "expect"),
    [
        ("2022年，我局新收政府信息公开申请13件。", "13", "13 ≠ 12"),
        ("本机关新收申请数量为１３件。", "１３", "13 ≠ 12"),
        ("申请办理情况：新收到 **1,012** 件，上年结转1件。", "1,012", "1012 ≠ 12"),
        ("1月1日至12月31日，河城县水利局收到政府信息公开申请共14件。", "14", "14 ≠ 12"),
        ("申请均已办结：予以公开８件，结转下年度3件。", "８", "8 ≠ 9"),
        ("- 转下年度办理4件（均为申请，年底收到）", "4", "4 ≠ 3"),
        ("发生政府信息公开行政复议案件3件，均未审结。", "3", "3 ≠ 2"),
    ],
)
def test_a_figure_directly_behind_the_words(sentence: str, figure: str, expect: str) -> None:
    source, found = check(f"𠮷\n\n{sentence}{FEE}")
    assert [(d.code, d.expect, marked(source, d)) for d in found] == [("GX510", expect, figure)]


@pytest.mark.parametrize(
    "sentence",
    [
        "新收政府信息公开申请12件，上年结转1件，予以公开9件，结转下年度继续办理3件。",
        "收到政府信息公开申请13件，即新收12件加上年结转的1件。",
        "新收政府信息公开申请20多件。",
        "新收政府信息公开申请约20件。",
        "条例施行以来新收申请150件。",
        "上半年新收申请7件，下半年新收申请5件。",
        "6月新收申请2件。",
        "2021年新收申请30件。",
        "比上年新收申请20件有所减少。",
        "其中，自然人申请予以公开8件。",
        "申请中不予公开和部分公开5件。",
        "予以公开、部分公开5件申请。",
        "申请答复书部分公开2件。",
        "予以公开7件规范性文件，方便申请。",
        "水务所新收{{ requests.new.total }}件申请。",
        "通过网站新收申请8件。",
        "备案的政府信息公开行政复议5件。",
        "审理政府信息公开行政复议5件。",
        "| 新收申请 | 20件 |",
        "样例`新收申请20件`",
        "    新收申请20件",
        "2021年的申请：\n\n- 新收20件",
        "许可文件予以公开7件。",
    ],
)
def test_what_may_mean_something_else_is_left_alone(sentence: str) -> None:
    assert check(f"开头\n\n{sentence}{FEE}")[1] == []


def test_blank_cells_of_a_sum_are_not_compared() -> None:
    body = f"收到政府信息公开申请20件。{FEE}"
    assert check(body, requests__carried_in="[~, ~, ~, ~, ~, ~, ~]")[1] == []
    assert codes(check(body)[1]) == ["GX510"]


@pytest.mark.parametrize(
    ("sentence", "expect"),
    [
        ("9件，占12件的75%", ""),
        ("9件，占12件的76%", "76% ≠ 75%"),
        ("1件，占8件的12.5%", ""),
        ("1件，占8件的12%", ""),  # a half to the even digit
        ("1件，占8件的13%", ""),
        ("1件（占全部3件的33.4%）", "33.4% ≠ 33.3%"),
        ("答复的12件申请中，予以公开9件，占65%", "65% ≠ 75%"),
        ("答复的12件申请中，予以公开约9件，占65%", ""),
        ("9件，占12件的70%左右", ""),
        ("0件，占0件的5%", ""),
        ("9件，占总数的60%", ""),
    ],
)
def test_percentages_beside_their_figures(sentence: str, expect: str) -> None:
    source, found = check(f"𠮷{sentence}。{FEE}")
    assert [(d.code, d.expect) for d in found] == ([("GX511", expect)] if expect else [])
    assert all(marked(source, d) in sentence and marked(source, d).endswith("%") for d in found)


def test_percentages_below_a_table_of_percentages_are_looked_at() -> None:
    table = "| 类别 | 占比 |\n| --- | --- |\n| 甲 | 9件，占12件的70% |\n"
    assert check(table + FEE)[1] == []
    assert codes(check(f"{table}\n9件，占12件的76%。{FEE}")[1]) == ["GX511"]


def test_fees_for_processing_information_must_be_mentioned() -> None:
    source, (found,) = check("## 六、其他需要报告的事项\n\n没有。\n")
    assert (found.code, marked(source, found)) == ("GX512", "## 六、其他需要报告的事项")
    source, (found,) = check("一切照常。\n\n\n")
    assert (found.code, marked(source, found)) == ("GX512", "一切照常。")
    assert check("信息\n处理费0元。\n")[1] == []
    assert check("一切照常。\n", "cn-2019", 2020)[1] == []
    assert check("一切照常。\n", year=2020)[1] == []
    assert check("")[1] == []


@pytest.mark.parametrize(("level", "kind"), [("county", "department"), ("township", ""), ("", "township")])
def test_counties_and_townships_make_no_regulations(level: str, kind: str) -> None:
    agency = Agency("demo", "content/demo/agency.yaml", "某机关", level=level, kind=kind)
    source, (found,) = check(FEE, agency=agency, art20__regulations="[0, 0, 6]")
    assert (found.code, found.cells, found.expect) == ("GX513", ("art20.regulations.in_force",), "6 > 0")
    assert marked(source, found) == "6"
    assert check(FEE, agency=agency, art20__regulations="[0, 0, 0]")[1] == []


@pytest.mark.parametrize("level", ["", "city", "province", "national"])
def test_others_may(level: str) -> None:
    agency = Agency("demo", "content/demo/agency.yaml", "某机关", level=level)
    assert check(FEE, agency=agency, art20__regulations="[2, 0, 6]")[1] == []


def test_the_form_says_which_rows_count_regulations() -> None:
    agency = Agency("demo", "content/demo/agency.yaml", "某乡", level="township")
    rows = ["{id: rules, label: 规章, regulations: true}", "{id: art20.regulations, label: 其他文件}"]
    form = small(rows=rows)
    report = read(report_text({"rules": 3, "art20.regulations": 5}), form).value
    (found,) = check_narrative(report, form, agency)
    assert (found.code, found.cells, found.fact["label"]) == ("GX513", ("rules",), "规章")


def test_an_unknown_cell_of_a_phrase_is_found_in_the_form() -> None:
    more = "phrases:\n  - {text: 共收, cell: aa}\n  - {text: 收到, cell: a, plus: [b, x]}\n  - {text: 办结, cell: b}"
    source = form_text(more=more)
    outcome = read_form(text_of(source, FORM_PATH))
    assert outcome.value is not None
    assert [(d.code, d.fact["key"]) for d in outcome.diagnostics] == [("GX223", "aa"), ("GX223", "x")]
    assert marked(source, outcome.diagnostics[0]) == "aa"
    assert [p.text for p in outcome.value.phrases] == ["办结"]


@pytest.mark.parametrize("piece", ["新收", "件,", "9件中", " ", "1", "予以公开共", "\n", "1,111"])
def test_long_bodies_are_read_quickly(piece: str) -> None:
    with quickly(2):
        check(f"申请{piece * 20_000}{FEE}")
