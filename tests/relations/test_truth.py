"""Tables of real reports: what is truly broken is found, and nothing else is."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gxsite.base.text import Text
from gxsite.source.form import read_form
from tests.needs import needs, path_of
from tests.relations.portal import Found, Portal, form_of, kinds, ref

TABLES = ("pingtan-2021", "suqian-2023", "suqian-2024", "seed-002", "seed-004")
PROSE = ("seed-000", "seed-001", "seed-003")
LOCAL = "pingtan-county-2011"

# The relations that the files call broken, in official numbers.
NAMES = {"1.2.1+…+1.2.5 >= 1.1": "disclosure.channels"}
NEGATED = {"Q>=": "<", "Q<=": ">", "I": "≠"}

pytestmark = needs("shared")


def truth(name: str) -> dict[str, Any]:
    text = (path_of("shared") / f"data/{name}.truth.json").read_text("utf-8")
    value: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return value


def written(value: dict[str, Any]) -> dict[str, str]:
    """The table as an author writes it: figures with the printed digits, blanks, tokens."""
    table = {cell: "~" if figure is None else str(figure) for cell, figure in value["cells"].items()}
    tokens: dict[str, str] = value.get("raw_tokens", {})
    return table | tokens


def file(portal: Portal, name: str, agency: str = "aa") -> int:
    """Write the report of a truth file; its year."""
    value = truth(name)
    form, year = form_of(value["form"]), int(value["year"])
    table = written(value)
    portal.report(agency, year, form, {ref(form, cell): text for cell, text in table.items() if cell in form.names})
    sections = [f"  {cell}: {text}\n" for cell, text in table.items() if cell.startswith("section:")]
    path = portal.root / f"content/{agency}/{year}.md"
    path.write_text(path.read_text("utf-8").replace("table:\n", "table:\n" + "".join(sections)), "utf-8")
    return year


def relations(found: list[Found]) -> list[Found]:
    """The findings about relations, their severity whatever it is."""
    return [f for f in found if f.diagnostic.code.startswith("GX3")]


@pytest.mark.parametrize("name", TABLES)
def test_a_real_table_breaks_what_it_breaks_and_nothing_else(name: str, tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    file(portal, name)
    value = truth(name)
    found = portal.everything()
    broken = value["broken_relations"]
    assert {(f.diagnostic.relation, f.diagnostic.expect) for f in relations(found)} == {
        (NAMES[b["rel"]], f"{b['left']} {NEGATED[b['kind']]} {b['right']}") for b in broken
    }
    assert [f.kind for f in found if f.diagnostic.severity == "error"] == [f.kind for f in relations(found)]
    assert len(relations(found)) == len(broken)


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_real_table_is_a_cell_of_its_form(name: str) -> None:
    value = truth(name)
    form = form_of(value["form"])
    assert set(value["cells"]) == set(form.names) & set(value["cells"])
    assert len(value["cells"]) == value["cell_count"] == len(form.cells)


def test_every_truth_file_is_judged() -> None:
    files = {p.name.removesuffix(".truth.json") for p in (path_of("shared") / "data").glob("*.truth.json")}
    assert files == {*TABLES, *PROSE, LOCAL}
    assert not any(truth(name)["cells"] for name in PROSE)


def test_two_real_years_continue_each_other(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    assert [file(portal, name) for name in ("suqian-2023", "suqian-2024")] == [2023, 2024]
    assert truth("suqian-2024")["cross_year_breaks"] == []
    assert not portal.check()


def test_a_slip_between_two_real_years_is_found(tmp_path: Path) -> None:
    portal = Portal(tmp_path)
    file(portal, "suqian-2023")
    file(portal, "suqian-2024")
    path = portal.root / "content/aa/2024.md"
    text = path.read_text("utf-8")
    for old, new in (
        ("requests.carried_in: [118, 3, 0, 0, 0, 0, 121]", "requests.carried_in: [181, 3, 0, 0, 0, 0, 184]"),
        ("requests.new: [3440, 75, 0, 1, 6, 3, 3525]", "requests.new: [3377, 75, 0, 1, 6, 3, 3462]"),
        ("art20.normative: [50, 227, 420]", "art20.normative: [50, 227, 402]"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    assert sorted(kinds(portal.check())) == [
        ("error", "requests.carry", "2024:requests.carried_in.total"),
        ("warning", "art20.normative.stock", "2024:art20.normative.in_force"),
    ]


# The provincial form of 2011: labels as keys, three sums, each in both columns.
SUMS = {
    "主动公开信息数": ("网站公开", "政府公报公开"),
    "受理依申请公开信息总数": (
        *("当面申请数", "传真申请数", "电子邮件申请数", "网上申请数", "信函申请数", "其它形式申请数"),
    ),
    "对申请的答复数": ("同意公开答复数", "同意部分公开答复数", "否决公开答复数"),
}


def provincial(labels: list[str]) -> str:
    """The provincial form as data."""
    ids = {label: f"r{n}" for n, label in enumerate(labels)}
    rows = [f"      - {{id: {ids[label]}, label: {label}}}" for label in labels]
    sums = [
        f"  - {{id: sum{n}, each: column, rule: {ids[total]} = {' + '.join(ids[part] for part in parts)}}}"
        for n, (total, parts) in enumerate(SUMS.items())
    ]
    return "\n".join(
        [
            "id: fujian-2011",
            "family: cn-fujian",
            "years: {from: 2011, to: 2013}",
            "status: local",
            "title: 表",
            "tables:",
            "  - id: one",
            "    columns: [{id: year, label: 2011年度}, {id: cumulative, label: 历年累计}]",
            "    rows:",
            *rows,
            "relations:",
            *sums,
            "  - {id: grown, each: row, rule: cumulative >= year}",
            "",
        ]
    )


@pytest.mark.parametrize(("cell", "broken"), [("", []), ("year", ["sum0"]), ("cumulative", ["sum0"])])
def test_a_real_table_on_a_provincial_form(cell: str, broken: list[str], tmp_path: Path) -> None:
    value = truth(LOCAL)
    labels = list(dict.fromkeys(name.split(".")[1] for name in value["cells"]))
    source = provincial(labels)
    portal = Portal(tmp_path)
    portal.write("content/forms/fujian-2011.yaml", source)
    form = read_form(Text("form.yaml", source)).value
    assert form
    columns = ("year", "cumulative")
    table = {
        ref(form, f"r{n}.{column}"): value["cells"][f"local.{label}.{column}"]
        for n, label in enumerate(labels)
        for column in columns
    }
    if cell:  # the first total with a digit doubled
        table[ref(form, f"r0.{cell}")] = int(f"{table[ref(form, f'r0.{cell}')]}5")
    portal.report("aa", value["year"], form, table)
    assert [f.diagnostic.relation for f in relations(portal.check())] == (
        broken + (["grown"] if cell == "year" else [])
    )
