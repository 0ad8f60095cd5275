"""Which cell is wrong, in the tables of the national forms; and what a portal may say about relations."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.mutation import findings, identities
from bench.tables import valid_table
from gxsite.base.catalogue import help_lines
from gxsite.base.diagnostic import Diagnostic
from gxsite.model.form import CellRef
from tests.conftest import RunGxsite
from tests.relations.portal import Portal, Table, form_of, kinds

FORM = form_of("cn-2021")
TABLE = valid_table(FORM, random.Random(11), 0.8)
REQUESTS = [ref for ref in FORM.cells if ref.indicator.startswith("requests.")]
REVIEWS = [ref for ref in FORM.cells if ref.indicator.startswith(("review", "lawsuit"))]


def slips(value: int) -> dict[str, int]:
    """What a hand makes of a figure."""
    text = str(value)
    made = {
        "one more": value + 1,
        "doubled": int(text[0] + text),
        "nought": value * 10,
        "digit": int(str((int(text[0]) % 9) + 1) + text[1:]),
    }
    if value:
        made["one less"] = value - 1
    if len(text) > 1:
        made["dropped"] = int(text[:-1])
        made["transposed"] = int(text[:-2] + text[-1] + text[-2])
    return {kind: new for kind, new in made.items() if new != value}


def changed(**cells: int) -> Table:
    """The valid table with some cells changed, ``granted__natural=13``."""
    table: Table = dict(TABLE)
    for name, value in cells.items():
        row, column = name.split("__")
        table[CellRef(f"requests.{row}", column)] = value
    return table


def check(cells: Mapping[CellRef, int]) -> list[Diagnostic]:
    return findings(FORM, {**TABLE, **cells})


def suggestions(found: Diagnostic) -> list[dict[str, str]]:
    return [dict(s.changes) for s in found.suggestions]


def said(found: Diagnostic, lang: str = "zh") -> str:
    return "\n".join(help_lines(found, "zh" if lang == "zh" else "en"))


# -- one wrong cell of the request table --------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["natural", "business", "research", "welfare", "legal", "other", "total"])
def test_every_cell_of_the_request_table_is_named_alone(column: str) -> None:
    """25 rows in 7 columns, each with two slips of the hand: rows and columns cross in one cell only."""
    rng = random.Random(column)
    for ref in (r for r in REQUESTS if r.column == column):
        for kind, new in rng.sample(sorted(slips(TABLE[ref]).items()), 2):
            found = check({ref: new})
            assert found, (ref, kind)
            assert [suggestions(d) for d in found] == [[{str(ref): str(TABLE[ref])}]] * len(found), (ref, kind)


def test_a_row_and_a_column_break_and_nothing_else() -> None:
    held = identities(FORM)
    assert {held[ref] for ref in REQUESTS} == {2, 3}
    for ref in REQUESTS[:: len(REQUESTS) // 30]:
        found = check({ref: TABLE[ref] + 1})
        assert len(found) == held[ref]
        assert len({d.relation for d in found}) == held[ref]
        assert all(str(ref) in d.cells for d in found)


@pytest.mark.parametrize("ref", REVIEWS, ids=str)
def test_where_one_sum_alone_holds_a_cell_it_is_among_those_that_tie(ref: CellRef) -> None:
    for new in slips(TABLE[ref]).values():
        (found,) = check({ref: new})
        assert found.relation == "reviews.results"
        assert {str(ref): str(TABLE[ref])} in suggestions(found)
        if len(found.suggestions) > 1:
            assert "单凭数字分不出来" in said(found)
            assert "the figures cannot tell" in said(found, "en")


def test_the_suggestion_speaks_in_the_coordinates_of_the_form() -> None:
    natural, total = (CellRef("requests.granted", c) for c in ("natural", "total"))
    table = {**TABLE, natural: 12, total: TABLE[total] + 12 - TABLE[natural]}
    step = 12 - TABLE[natural]
    for row in ("requests.outcome.total", "requests.new"):
        for column in ("natural", "total"):
            table[CellRef(row, column)] += step
    assert not findings(FORM, table)
    found = findings(FORM, {**table, natural: 13})
    assert {d.relation for d in found} == {"requests.outcome", "requests.applicants"}
    for diagnostic in found:
        assert "表三 第3行 自然人列“（一）予以公开”" in said(diagnostic)
        assert "13 可能应为 12，改后 2 处关系都相符" in said(diagnostic)
        assert "13 may have to be 12" in said(diagnostic, "en")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("requests.new", "total", "表三 第1行 总计列"),
        ("requests.denied.state_secret", "business", "表三 第5行 商业企业列"),
        ("requests.outcome.total", "legal", "表三 第24行 法律服务机构列"),
        ("requests.carried_out", "other", "表三 第25行 其他列"),
        ("review", "pending", "表四 行政复议 尚未审结"),
        ("lawsuit.direct", "total", "表四 行政诉讼 未经复议直接起诉 总计"),
        ("lawsuit.after_review", "upheld", "表四 行政诉讼 复议后起诉 结果维持"),
    ],
)
def test_lines_are_those_with_figures_and_tables_that_lie_across_have_none(row: str, column: str, words: str) -> None:
    ref = CellRef(row, column)
    assert words in "\n".join(said(d) for d in check({ref: TABLE[ref] * 10 + 7}))


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (4812, 4182, "相邻两位数字可能颠倒"),
        (4812, 482, "可能漏了一位数字"),
        (4812, 44812, "可能多了一位数字"),
        (4812, 4912, "可能有一位数字写错"),
    ],
)
def test_a_slip_of_the_hand_is_called_by_its_name(right: int, wrong: int, words: str) -> None:
    ref = CellRef("requests.partial", "natural")
    table = dict(TABLE)
    step = right - table[ref]
    for row in ("requests.partial", "requests.outcome.total", "requests.new"):
        for column in ("natural", "total"):
            table[CellRef(row, column)] += step
    found = findings(FORM, {**table, ref: wrong})
    assert len(found) == 2
    assert all(words in said(d) for d in found)


# -- two wrong cells ----------------------------------------------------------------------------------------------


def two(one: tuple[str, str, int], other: tuple[str, str, int]) -> tuple[list[Diagnostic], dict[str, str]]:
    """The findings after two cells were moved by so much, and the change that undoes both."""
    cells = {CellRef(f"requests.{row}", column): step for row, column, step in (one, other)}
    found = check({ref: TABLE[ref] + step for ref, step in cells.items()})
    return found, {str(ref): str(TABLE[ref]) for ref in cells}


def test_two_slips_in_rows_and_columns_of_their_own_are_a_pair() -> None:
    found, right = two(("granted", "natural", 7), ("not_processed.petition", "business", 20))
    assert len(found) == 4
    for diagnostic in found:
        assert suggestions(diagnostic) == [right]
        assert "可能同时错了两格" in said(diagnostic)


def test_two_slips_of_one_size_leave_two_pairs_that_tie() -> None:
    """As well as the two wrong cells, those where the row of the one crosses the column of the other."""
    one, other = ("denied.third_party", "natural"), ("not_processed.petition", "business")
    found, right = two((*one, 1), (*other, 1))
    crossed = {
        str(ref): str(TABLE[ref] - 1)
        for ref in (CellRef(f"requests.{one[0]}", other[1]), CellRef(f"requests.{other[0]}", one[1]))
    }
    assert all(int(value) >= 0 for value in crossed.values())
    assert len(found) == 4
    for diagnostic in found:
        assert sorted(map(sorted, suggestions(diagnostic))) == sorted(map(sorted, (right, crossed)))


def test_two_slips_in_one_row_are_a_pair() -> None:
    found, right = two(("granted", "natural", 7), ("granted", "business", 20))
    assert {d.relation for d in found} == {"requests.outcome", "requests.applicants"}
    assert all(right in suggestions(d) for d in found)


def test_slips_in_two_tables_are_two_causes() -> None:
    request, review = CellRef("requests.granted", "natural"), CellRef("review", "pending")
    found = {d.relation: suggestions(d) for d in check({request: TABLE[request] + 3, review: TABLE[review] + 40})}
    assert {str(review): str(TABLE[review])} in found.pop("reviews.results")
    assert set(found) == {"requests.outcome", "requests.applicants"}
    assert list(found.values()) == [[{str(request): str(TABLE[request])}]] * 2


# -- what the portal says -----------------------------------------------------------------------------------------

SLIP = changed(granted__natural=TABLE[CellRef("requests.granted", "natural")] + 3)
NATURAL = "2021:requests.granted.natural"
ROW, COLUMN = "requests.applicants", "requests.outcome"


def portal(root: Path, config: str = "", front: str = "", table: Table = SLIP) -> Portal:
    made = Portal(root, config)
    made.report("aa", 2021, FORM, table, front)
    return made


def expect(root: Path, relation: str) -> str:
    return next(f.diagnostic.expect or "" for f in portal(root).check() if f.diagnostic.relation == relation)


def test_a_waived_relation_takes_no_part(tmp_path: Path) -> None:
    waiver = f"waivers:\n  - {{check: {ROW}, expect: '{expect(tmp_path, ROW)}', reason: 另行说明}}\n"
    (found,) = portal(tmp_path, front=waiver).check()
    assert found.diagnostic.relation == COLUMN
    # Its neighbours in the column stand in rows that hold, so the cell of the waived row is the only suspect left.
    named = {cell for change in found.suggestions for cell in change}
    assert named == {"requests.granted.natural"}


@pytest.mark.parametrize("word", ["warning", "note"])
def test_a_portal_weighs_a_relation_otherwise_and_still_names_the_cell(tmp_path: Path, word: str) -> None:
    made = portal(tmp_path, f"severities:\n  {ROW}: {word}\n  {COLUMN}: {word}\n")
    found = [f for f in made.everything() if f.diagnostic.relation in (ROW, COLUMN)]
    assert {str(f.diagnostic.severity) for f in found} == {word}
    assert all({NATURAL[5:]: str(TABLE[CellRef("requests.granted", "natural")])} in f.suggestions for f in found)


def test_a_relation_that_is_off_is_neither_judged_nor_believed(tmp_path: Path) -> None:
    (found,) = portal(tmp_path, f"severities:\n  {ROW}: off\n").check()
    assert found.diagnostic.relation == COLUMN
    assert len(found.suggestions) > 1
    assert not portal(tmp_path, f"severities:\n  {ROW}: off\n  {COLUMN}: off\n").check()


BY_COLUMN = """\
id: by-column
family: local
years: {from: 2021}
status: local
title: 表
tables:
  - id: one
    columns: [{id: men, label: 男}, {id: women, label: 女}, {id: total, label: 总计}]
    rows: [{id: came, label: 来}, {id: stayed, label: 留}, {id: left, label: 走}]
relations:
  - {id: flow, rule: came = stayed + left, each: column, columns: {total: error, "*": warning}}
"""


@pytest.mark.parametrize(
    ("came", "wanted"),
    [
        ("[3, 4, 7]", []),
        ("[4, 3, 7]", [("warning", "2021:came.men"), ("warning", "2021:came.women")]),
        ("[3, 4, 8]", [("error", "2021:came.total")]),
    ],
)
def test_a_relation_may_weigh_by_column(tmp_path: Path, came: str, wanted: list[tuple[str, str]]) -> None:
    made = Portal(tmp_path)
    made.agency("aa")
    made.write("content/forms/by-column.yaml", BY_COLUMN)
    dates = "published: 2022-01-20\nsigned: 2022-01-10\n"
    rows = f"  came: {came}\n  stayed: [1, 1, 2]\n  left: [2, 3, 5]\n"
    made.write("content/aa/2021.md", f"---\ntitle: 报告\nform: by-column\n{dates}table:\n{rows}---\n")
    assert [(f.kind[0], f.place) for f in made.check()] == wanted


# -- the baseline -------------------------------------------------------------------------------------------------

BASELINE = "baseline: baseline.json\n"


def recorded(run: RunGxsite, root: Path, table: Table = SLIP) -> Portal:
    """A portal whose findings were written into its baseline."""
    made = portal(root, BASELINE, table=table)
    made.write("baseline.json", '{"schema": "gxsite/baseline/1", "known": []}\n')
    done = run(["check", "--write-baseline"], root)
    assert done.returncode == 0, done.stderr
    return made


def test_known_findings_are_notes(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = recorded(run_gxsite, tmp_path)
    assert len(json.loads((tmp_path / "baseline.json").read_text("utf-8"))["known"]) >= 2
    assert not made.check()
    assert {str(f.diagnostic.severity) for f in made.everything() if f.diagnostic.relation in (ROW, COLUMN)} == {"note"}
    assert run_gxsite(["check", "--strict"], tmp_path).returncode == 0


def test_a_known_finding_with_other_figures_is_new(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = recorded(run_gxsite, tmp_path)
    made.report("aa", 2021, FORM, changed(granted__natural=TABLE[CellRef("requests.granted", "natural")] + 4))
    assert [f.kind[0] for f in made.check()] == ["error", "error"]


def test_a_known_finding_may_move_to_another_line(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = recorded(run_gxsite, tmp_path)
    made.report("aa", 2021, FORM, SLIP, "card:\n  issuer: 某办公室\n")
    assert not made.check()


def test_a_new_finding_is_told_beside_known_ones(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = recorded(run_gxsite, tmp_path)
    review = CellRef("review", "pending")
    made.report("aa", 2021, FORM, {**SLIP, review: TABLE[review] + 40})
    assert [f.diagnostic.relation for f in made.check()] == ["reviews.results"]


def test_what_cannot_be_waived_cannot_be_known(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = recorded(run_gxsite, tmp_path, {**SLIP, CellRef("art20.licences", "decided"): "很多"})
    known = (tmp_path / "baseline.json").read_text("utf-8")
    assert "GX207" not in known
    assert [f.diagnostic.code for f in made.check()] == ["GX207"]
    forged = json.loads(known)
    forged["known"].append({"path": "content/aa/2021.md", "code": "GX207", "relation": "", "cells": [], "expect": ""})
    made.write("baseline.json", json.dumps(forged))
    assert [f.diagnostic.code for f in made.check()] == ["GX207"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": "other/1", "known": []}', '{"known": [1]}', "坏\x00"])
def test_a_baseline_that_cannot_be_read_is_a_finding_and_quietens_nothing(tmp_path: Path, text: str) -> None:
    made = portal(tmp_path, BASELINE)
    made.write("baseline.json", text)
    found = made.check()
    assert [f.kind[1] for f in found if f.diagnostic.code != "GX301"] == ["GX908"]
    assert len([f for f in found if f.diagnostic.code == "GX301"]) == 2


def test_strict_takes_warnings_for_errors(run_gxsite: RunGxsite, tmp_path: Path) -> None:
    made = portal(tmp_path, table=dict(TABLE), front="scope: own\n")
    assert kinds(made.check()) == []
    stock = CellRef("art20.normative", "in_force")
    made.report("aa", 2021, FORM, {**TABLE, stock: 0, CellRef("art20.normative", "made"): 900})
    assert [f.kind[:2] for f in made.check()] == [("warning", "art20.normative.floor")]
    assert run_gxsite(["check"], tmp_path).returncode == 0
    assert run_gxsite(["check", "--strict"], tmp_path).returncode == 1
