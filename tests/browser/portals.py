"""Portals that try the pages out: everything that can happen to a report, one agency alone, nothing at all, very many.

Each function writes a project into a new folder. All names and figures are invented.
"""

import random
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from gxsite.engine.build import build
from gxsite.model.form import CellRef, Form
from tests.needs import ROOT
from tests.property.figures import Table, form_of, table_of

YEARS = range(2008, 2026)
LONG = "宁江市经济技术开发区暨高新技术产业示范园区管理委员会（宁江市对外开放口岸协调服务中心）"
OFFICES = (
    "财政", "教育", "水务", "民政", "审计", "统计", "商务", "林业", "公安", "司法", "农业农村", "交通运输", "应急管理",
    "医疗保障", "生态环境", "市场监督管理", "文化和旅游", "自然资源和规划",
)  # fmt: skip
TOWNS = ("城关", "石桥", "柳林", "青山", "白沙", "双河", "龙泉", "新店", "永安", "太平", "和平")
COUNTIES = ("云溪县", "清江县", "岚山县", "平原县", "安阳县", "临泽县", "长岭县", "丰泉县", "泰和县", "东湖区")
CONFIG = """
name: 宁江市政府信息公开年度报告
base: https://www.example.gov.cn/nianbao/
site_id: "9999010001"
description: 各机关政府信息公开工作年度报告的查阅和下载。
licence: 本站内容可以免费复制、传播和再利用，请注明出处。
footer: {host: 宁江市人民政府办公室, operator: 宁江市政务公开科, contact: 0000-5550100, icp: 例ICP备00000000号}
"""
HELP = """
按机关查找，见[宁江市人民政府](../ningjiang/agency.yaml)；也可以到[政府门户网站](https://www.example.gov.cn/)、
[**国家统计局**](http://www.stats.gov.cn/)看看。
"""
BODY = """
## 一、总体情况

{year}年，本机关按照《中华人民共和国政府信息公开条例》，把公开贯穿决策、执行、管理、服务全过程。全年召开专题会议3次，举办培训班2期，回应群众关心的问题。

## 二、存在的主要问题和改进措施

公开内容的深度与群众期待还有差距，政策解读的形式比较单一。下一步将完善公开目录，逐项明确责任科室和公开时限。

## 三、其他需要报告的事项

本年度没有收取信息处理费。
"""


def example(root: Path) -> None:
    """The portal that comes with the program."""
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "gxsite.yaml", root)


def empty(root: Path) -> None:
    """A portal that has just been made."""
    _write(root / "gxsite.yaml", "name: 新门户\n")


def alone(root: Path) -> None:
    """One agency with three reports."""
    _write(root / "gxsite.yaml", CONFIG.replace("宁江市政府信息公开年度报告", "鹤城县教育局年报"))
    _agency(root, "hecheng-edu", "鹤城县教育局", kind="department", region="999901")
    _series(root, "hecheng-edu", "鹤城县教育局", range(2019, 2022), random.Random(2))


def cases(root: Path) -> None:
    """Whatever can befall an agency or a report, in all languages; :func:`built` spoils a report that was built."""
    rng = random.Random(3)
    more = "on_error: quarantine\nyears: {from: 2015, to: 2022}\nvariants: [zh-Hant, en]\n"
    _write(root / "gxsite.yaml", CONFIG + more)
    _write(root / "content/pages/help.md", f"---\ntitle: 使用帮助\ndescription: 怎样查找和下载\n---\n{HELP}")
    below = {"parent": "ningjiang", "level": "city"}
    _agency(root, "ningjiang", "宁江市人民政府", kind="government", level="city")
    _agency(root, "ningjiang-zone", LONG, kind="zone", **below)
    _agency(root, "ningjiang-tourism", "宁江市旅游局", kind="department", until="2018", **below)
    _agency(root, "ningjiang-new", "宁江市数据管理局", kind="department", since="2022", **below)
    _agency(
        root, "ningjiang-culture-tourism", "宁江市文化和旅游局", kind="department", since="2019", **below,
        former_names="[宁江市文化局, 宁江市文物局]", former_ids="[ningjiang-culture]",
        predecessors="[{id: ningjiang-tourism, until: 2018}]",
    )  # fmt: skip
    _series(root, "ningjiang", "宁江市人民政府", range(2015, 2023), rng, "scope: own\n")
    _series(root, "ningjiang-zone", LONG, range(2018, 2022), rng)
    _series(root, "ningjiang-tourism", "宁江市旅游局", range(2016, 2019), rng)
    _series(root, "ningjiang-culture-tourism", "宁江市文化和旅游局", range(2019, 2022), rng)
    _add(root, "ningjiang-zone/2019", "withdrawn: {date: 2020-05-06, reason: 统计口径有误，正在重新编制。}\n")
    _add(
        root,
        "ningjiang-zone/2020",
        "corrections:\n"
        "  - {date: 2021-04-02, cell: requests.new.total, from: 12, to: 21, reason: 录入时数字颠倒。}\n"
        "  - {date: 2021-04-09, cell: art20.licences.decided, to: 8, reason: 漏填。}\n",
    )
    undated = root / "content/ningjiang-tourism/2017.md"
    _write(undated, undated.read_text("utf-8").replace("published: 2018-01-20\n", ""))
    guide = (
        "title: 宁江市政府信息公开指南\npublished: 2018-05-20\nwithdrawn: {date: 2019-12-01, reason: 已有新的指南。}\n"
    )
    _write(root / "content/ningjiang/documents/guide.md", f"---\n{guide}---\n见机构职能。\n")
    _write(root / "content/ningjiang-zone/2021/公开事项表.csv", "事项,时限\n预算,20日\n")


def many(root: Path) -> None:
    """A city with ten counties: some three hundred agencies, eighteen years."""
    rng = random.Random(4)
    _write(root / "gxsite.yaml", f"{CONFIG}years: {{from: {YEARS[0]}, to: {YEARS[-1]}}}\n")
    _write(root / "content/pages/guide.md", "---\ntitle: 信息公开指南\ndescription: 怎样查，怎样申请\n---\n见条例。\n")
    _place(root, rng, "ningjiang", "宁江市", "city", "", (), YEARS)
    for number, county in enumerate(COUNTIES, 1):
        years = range(rng.choice((2008, 2014, 2014, 2019)), YEARS[-1])
        _place(root, rng, f"county-{number:02}", county, "county", "ningjiang", TOWNS, years)


def crowd(root: Path) -> None:
    """A city with two counties: just more agencies than a home page names with all their reports."""
    rng = random.Random(5)
    _write(root / "gxsite.yaml", CONFIG)
    _place(root, rng, "ningjiang", "宁江市", "city", "", (), YEARS[-3:])
    for number, county in enumerate(COUNTIES[:2], 1):
        _place(root, rng, f"county-{number:02}", county, "county", "ningjiang", TOWNS, YEARS[-3:])


def _place(
    root: Path, rng: random.Random, key: str, name: str, level: str, parent: str, towns: Iterable[str], years: range
) -> None:
    """A government with what is below it."""
    _agency(root, key, f"{name}人民政府", kind="government", level=level, parent=parent)
    _series(root, key, f"{name}人民政府", years, rng, "scope: own\n")
    offices = [(f"{key}-o{n:02}", f"{name}{office}局", "department", level) for n, office in enumerate(OFFICES)]
    offices += [(f"{key}-t{n:02}", f"{name}{town}镇人民政府", "township", "township") for n, town in enumerate(towns)]
    for agency, full, kind, of in offices:
        _agency(root, agency, full, kind=kind, level=of, parent=key)
        first = rng.choice((years[-3], years[-3], max(2019, years[0]), max(2019, years[0]), years[-1]))
        _series(root, agency, full, range(first, years[-1] + 1), rng)


PORTALS: Mapping[str, Callable[[Path], None]] = {
    "example": example, "cases": cases, "alone": alone, "empty": empty, "crowd": crowd, "many": many,
}  # fmt: skip


def built(name: str, folder: Path) -> Path:
    """A portal made and built in a new folder; the folder of its pages."""
    root, output = folder / "project", folder / "output"
    root.mkdir(parents=True)
    PORTALS[name](root)
    result = build(root, output)
    assert not result.stopped, result.findings
    if name == "cases":  # what stood in the report stays published, with a notice
        _add(root, "ningjiang-tourism/2018", "no_such_key: 3\n")
        result = build(root, output)
        assert result.held, result.findings
    return output


def _series(root: Path, agency: str, name: str, years: range, rng: random.Random, front: str = "") -> None:
    """Reports on the national forms, each carrying on the figures of the one before."""
    before: tuple[str, Table] = "", {}
    for year in years:
        form = form_of(year)
        joined = form.id == before[0] or (form.id, before[0]) == ("cn-2021", "cn-2019")
        table = table_of(rng, form, before[1] if joined else None)
        before = form.id, table
        _write(root / f"content/{agency}/{year}.md", _report(form, table, name, year, front))


def _report(form: Form, table: Table, name: str, year: int, front: str) -> str:
    lines = ["---", f"title: {name}{year}年政府信息公开工作年度报告", f"form: {form.id}"]
    lines += [f"published: {year + 1}-01-20", f"signed: {year + 1}-01-10", *front.splitlines()]
    lines += ["card:", f"  issuer: {name}", "  genre: 报告", "table:"]
    for owner, row in form.indicators():
        values = [str(table.get(CellRef(row.id, column.id), "~")) for column in owner.columns]
        lines.append(f"  {row.id}: {values[0]}" if len(values) == 1 else f"  {row.id}: [{', '.join(values)}]")
    return "\n".join(lines) + f"\n---\n{BODY.format(year=year)}"


def _agency(root: Path, key: str, name: str, **more: str) -> None:
    lines = {"name": name, **more}
    _write(root / f"content/{key}/agency.yaml", "".join(f"{k}: {value}\n" for k, value in lines.items() if value))


def _add(root: Path, report: str, front: str) -> None:
    """Further lines for the front matter of a report."""
    file = root / f"content/{report}.md"
    _write(file, file.read_text("utf-8").replace("table:\n", f"{front}table:\n", 1))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
