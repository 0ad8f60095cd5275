"""Crosswalks: cells of several forms that are one series, or may be compared."""

from dataclasses import replace

import pytest

from gxsite.base.diagnostic import Outcome
from gxsite.base.text import Text
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import CellRef
from gxsite.source.crosswalk import join, read_crosswalk
from gxsite.source.form import read_form
from tests.needs import ROOT
from tests.unit.build import FORM_PATH, built_in, codes, form_text, marked, small, sound

ADDED = read_form(Text(FORM_PATH, form_text() + "  - {id: added, title: 新表, rows: [{id: d, label: 新行}]}\n")).value
assert ADDED is not None
NEW = replace(ADDED, id="new")
OLD = replace(small(rows=["a", "b", "z"]), id="old")
FORMS = {"new": NEW, "old": OLD}


def read(source: str) -> Outcome[Crosswalk]:
    outcome = read_crosswalk(Text("content/forms/crosswalk.yaml", source), FORMS)
    sound(source, outcome.diagnostics)
    return outcome


def test_the_same_cells_of_two_forms() -> None:
    outcome = read("same:\n  - {older: old, newer: new, cells: [a]}\n")
    assert not outcome.diagnostics
    walk = outcome.value
    assert walk.counterpart(CellRef("a"), "new", "old") == CellRef("a")
    assert walk.counterpart(CellRef("b"), "new", "old") is None
    assert walk.counterpart(CellRef("a"), "old", "new") is None
    assert walk.counterpart(CellRef("c"), "new", "new") == CellRef("c")


def test_whole_tables_are_the_same_where_both_have_the_cell() -> None:
    walk = read("same: [{older: old, newer: new, tables: [one]}]\n").value
    assert [walk.counterpart(CellRef(row), "new", "old") is not None for row in "abc"] == [True, True, False]


def test_concepts_with_their_caveats() -> None:
    outcome = read(
        "concepts:\n  - {id: x, label: 概念, cells: {old: z, new: [a, b]}, comparable: roughly, caveat: 注意}\n"
    )
    assert not outcome.diagnostics
    (concept,) = outcome.value.concepts
    assert (concept.id, concept.label, concept.comparable, concept.caveat) == ("x", "概念", "roughly", "注意")
    assert concept.cells == (("old", (CellRef("z"),)), ("new", (CellRef("a"), CellRef("b"))))


@pytest.mark.parametrize(
    ("source", "code", "mark"),
    [
        ("same: [{older: odl, newer: new}]\n", "GX211", "odl"),
        ("same: [{older: old}]\n", "GX202", "{"),
        ("same: [{older: old, newer: new, cells: [c]}]\n", "GX223", "[c]"),
        ("same: [{older: old, newer: new, cell: [a]}]\n", "GX201", "cell"),
        ("same: [{older: old, newer: new, tables: [one, onne]}]\n", "GX221", "onne"),
        ("same: [{older: old, newer: new, tables: added}]\n", "GX221", "added"),  # the older form has none of its cells
        ("concepts: [{id: x, label: 概念, cells: {new: aa}, comparable: 'yes'}]\n", "GX223", "aa"),
        ("concepts: [{id: x, label: 概念, cells: {mew: a}, comparable: 'yes'}]\n", "GX201", "mew"),
        ("concepts: [{id: x, label: 概念, cells: {new: a}, comparable: perhaps}]\n", "GX221", "perhaps"),
        ("concepts: [{label: 概念, cells: {new: a}, comparable: 'yes'}]\n", "GX202", "{"),
        ("like: []\n", "GX201", "like"),
    ],
)
def test_mistakes_are_found_at_their_place(source: str, code: str, mark: str) -> None:
    found = read(source).diagnostics
    assert (codes(found), marked(source, found[0])) == ([code], mark)


def test_two_crosswalks_are_joined() -> None:
    one = read("same: [{older: old, newer: new, cells: [a]}]\n").value
    two = read("same: [{older: old, newer: new, cells: [b]}]\n").value
    both = join(one, two)
    assert [both.counterpart(CellRef(row), "new", "old") for row in "ab"] == [CellRef("a"), CellRef("b")]


def test_the_crosswalk_that_comes_with_gxsite() -> None:
    forms = {name: built_in(name) for name in ("cn-2014", "cn-narrative", "cn-2019", "cn-2021")}
    source = (ROOT / "gxsite/forms/crosswalk.yaml").read_text("utf-8")
    outcome = read_crosswalk(Text("gxsite:forms/crosswalk.yaml", source), forms)
    assert not outcome.diagnostics
    for older, newer, ref in outcome.value.same:
        assert (older, newer) == ("cn-2019", "cn-2021")
        assert ref in forms[older].cells
        assert not ref.indicator.startswith("art20.rules")
