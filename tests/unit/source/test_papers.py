"""Agencies, documents and pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.diagnostic import Outcome
from gxsite.base.text import decode
from gxsite.model.agency import Agency, Predecessor
from gxsite.model.report import Document, Page
from gxsite.source.front import MAX_FILE
from gxsite.source.papers import read_agency, read_document, read_page
from tests.unit.build import at, codes, fuzz, marked, only, sound, text_of

AGENCY = "content/demo/agency.yaml"
DOCUMENT = "content/demo/documents/rules.md"


def agency(source: str) -> Outcome[Agency]:
    outcome = read_agency(text_of(source, AGENCY), "demo")
    sound(source, outcome.diagnostics)
    return outcome


def document(source: str) -> Outcome[Document]:
    outcome = read_document(text_of(source, DOCUMENT), "demo", "rules")
    sound(source, outcome.diagnostics)
    return outcome


def page(source: str) -> Outcome[Page]:
    outcome = read_page(text_of(source, "content/pages/guide.md"), "guide")
    sound(source, outcome.diagnostics)
    return outcome


# -- agencies -----------------------------------------------------------------------------------------------------


def test_a_name_is_enough() -> None:
    outcome = agency("name: 某县人民政府\n")
    assert outcome == Outcome(Agency("demo", AGENCY, "某县人民政府"))
    assert outcome.value.label == "某县人民政府"


def test_an_agency_in_full() -> None:
    outcome = agency(
        "name: 某县教育局\nshort: 教育局\nkind: department\nlevel: county\nparent: some-county\nregion: '411328'\n"
        "code: 003111216\nsince: 2009\nuntil: 2018\ndeadline: 01-31\npredecessors:\n  - {id: old-edu, until: 2012}\n"
        "former_ids: [edu]\nformer_names: [某县教体局, 某县文教局]\ncontact: 0377-1\nowners: [someone]\n"
    )
    assert not outcome.diagnostics
    found = outcome.value
    assert (found.label, found.kind, found.level, found.parent) == ("教育局", "department", "county", "some-county")
    assert (found.region, found.code, found.since, found.until) == ("411328", "003111216", 2009, 2018)
    assert (found.deadline, found.predecessors) == ("01-31", (Predecessor("old-edu", 2012),))
    assert (found.former_ids, found.former_names) == (("edu",), ("某县教体局", "某县文教局"))
    assert found.parent_place is not None
    assert tuple(found.parent_place.span) == (5, 9, 5, 20)


@pytest.mark.parametrize(
    ("source", "kind", "level"),
    [
        ("level: department", "department", ""),
        ("level: zone", "zone", ""),
        ("level: county", "", "county"),
        ("level: township", "", "township"),
        ("kind: township", "township", ""),
        ("level: department\nkind: vertical", "vertical", ""),
    ],
)
def test_a_bare_level_that_is_a_kind_is_read_as_one(source: str, kind: str, level: str) -> None:
    outcome = agency(f"name: 某\n{source}\n")
    assert not outcome.diagnostics
    assert (outcome.value.kind, outcome.value.level) == (kind, level)


@pytest.mark.parametrize(
    ("line", "code", "mark"),
    [
        ("nmae: 某", "GX201", "nmae"),
        ("kind: departmnt", "GX221", "departmnt"),
        ("level: city-state", "GX221", "city-state"),
        ("region: 41132", "GX203", "41132"),
        ("region: 4113281", "GX203", "4113281"),
        ("since: 08", "GX203", "08"),
        ("deadline: 3月31日", "GX203", "3月31日"),
        ("deadline: 13-01", "GX203", "13-01"),
        ("predecessors: [{id: old}]", "GX202", "{"),
        ("predecessors: [{id: old, until: x}]", "GX203", "x"),
        ("former_ids: {a: 1}", "GX203", "{a: 1}"),
        ("name: 又", "GX103", "name"),
    ],
)
def test_mistakes_of_an_agency(line: str, code: str, mark: str) -> None:
    source = f"name: 某\n{line}\n"
    found = agency(source).diagnostics
    assert (codes(found), marked(source, found[0])) == ([code], mark)


@pytest.mark.parametrize("node", ["{id: old}", "{until: 2012}", "{id: old, until: x}", "old"])
def test_a_predecessor_needs_both_its_parts(node: str) -> None:
    outcome = agency(f"name: 某\npredecessors: [{node}]\n")
    assert outcome.diagnostics
    assert outcome.value.predecessors == ()


@pytest.mark.parametrize("source", ["", "short: 某\n", "name:\n", "name: ''\n"])
def test_an_agency_without_a_name_has_that_of_its_folder(source: str) -> None:
    outcome = agency(source)
    assert codes(outcome.diagnostics) == ["GX202"]
    assert outcome.value.name == "demo"


# -- documents and pages ------------------------------------------------------------------------------------------


def test_a_document() -> None:
    outcome = document(
        "---\ntitle: 某办法\nagency: demo\npublished: 2016-05-04\nsigned: 2016-05-01\n"
        "card: {index_number: 00123}\n---\n正文\n"
    )
    assert not outcome.diagnostics
    found = outcome.value
    assert (found.title, found.slug, found.path, found.body.text) == ("某办法", "rules", DOCUMENT, "正文\n")
    assert found.card.get("index_number") == "00123"
    assert found.published is not None
    assert found.published.moment.date == "2016-05-04"


@pytest.mark.parametrize(
    ("line", "code", "mark"),
    [
        ("form: cn-2014", "GX201", "form"),
        ("table: {a: 1}", "GX201", "table"),
        ("agency: other", "GX801", "other"),
        ("published: 2016-5-4", "GX401", "2016-5-4"),
    ],
)
def test_mistakes_of_a_document(line: str, code: str, mark: str) -> None:
    source = f"---\ntitle: 某办法\n{line}\n---\n正文\n"
    found = document(source).diagnostics
    assert (codes(found), marked(source, found[0])) == ([code], mark)


def test_a_document_without_a_title_has_that_of_its_file() -> None:
    outcome = document("---\npublished: 2016-05-04\n---\n正文\n")
    assert (codes(outcome.diagnostics), outcome.value.title) == (["GX202"], "rules")


def test_a_page() -> None:
    outcome = page("---\ntitle: 指南\ndescription: 说明\norder: 3\n---\n正文\n")
    assert not outcome.diagnostics
    assert outcome.value == Page("guide", "content/pages/guide.md", "指南", "说明", 3, outcome.value.body)
    assert page("---\ntitle: 指南\n---\n").value.order == 100


def test_mistakes_of_a_page() -> None:
    source = "---\ntitle: 指南\norder: first\npublished: 2019-01-01\n---\n正文\n"
    found = page(source).diagnostics
    assert sorted((d.code, marked(source, d)) for d in found) == [("GX201", "published"), ("GX203", "first")]
    assert at(only(found, "GX203")) == (3, 8, 5)


@fuzz
@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from(["name: x", "- ", "kind: [", "---", "a：b", "{{ x }}"])).map("\n".join)
)
def test_any_text_is_an_agency_a_document_and_a_page(source: str) -> None:
    text = decode(DOCUMENT, source.encode("utf-8", "surrogatepass"), MAX_FILE).value
    if text is not None:
        sound(text.text, read_agency(text, "demo").diagnostics)
        sound(text.text, read_document(text, "demo", "rules").diagnostics)
        sound(text.text, read_page(text, "guide").diagnostics)
