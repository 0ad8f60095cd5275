"""What only the whole portal shows."""

import posixpath
from urllib.parse import unquote

import pytest

from gxsite.base.diagnostic import Diagnostic
from gxsite.checks.portal import check_agencies, check_index_numbers, check_links, check_parents
from gxsite.checks.run import Rules, check_all
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.links import Destination, needed, resolve
from gxsite.model.report import Attachment, Document, Page, Report
from gxsite.source.papers import read_agency, read_document, read_page
from gxsite.source.report import read_report
from tests.unit.build import at, catalog_of, codes, report_text, small, text_of

FORM = small(rows=["a"])
DATED = "published: 2019-01-05\n"


def agency(name: str, more: str = "") -> Agency:
    return read_agency(text_of(f"name: 某{name}\n{more}", f"content/{name}/agency.yaml"), name).value


def report(name: str, year: int = 2018, more: str = "", body: str = "") -> Report:
    source = text_of(report_text({"a": 1}, more=DATED + more, body=body), f"content/{name}/{year}.md")
    return read_report(source, name, year, {"small": FORM}).value


def document(name: str, slug: str, more: str = "", body: str = "") -> Document:
    source = text_of(f"---\ntitle: 文\n{more}---\n{body}", f"content/{name}/documents/{slug}.md")
    return read_document(source, name, slug).value


def page(slug: str, body: str) -> Page:
    return read_page(text_of(f"---\ntitle: 页\n---\n{body}", f"content/pages/{slug}.md"), slug).value


def facts(found: Diagnostic, *names: str) -> tuple[object, ...]:
    return tuple(found.fact.get(name) for name in names)


# -- parents ------------------------------------------------------------------------------------------------------


def tree(**parents: str) -> Catalog:
    agencies = [agency(name, f"parent: {above}\n" if above else "") for name, above in parents.items()]
    return catalog_of(FORM, agencies=agencies)


def test_a_tree_has_no_finding() -> None:
    assert not list(check_parents(tree(aa="", bb="aa", cc="bb", dd="aa")))


def test_a_parent_that_does_not_exist() -> None:
    (found,) = check_parents(tree(county="", school="conty"))
    assert (found.code, *facts(found, "parent", "near")) == ("GX809", "conty", "county")
    assert (found.place.path, at(found)) == ("content/school/agency.yaml", (2, 9, 5))


@pytest.mark.parametrize(
    ("parents", "path"),
    [
        ({"aa": "aa"}, "aa → aa"),
        ({"aa": "bb", "bb": "aa"}, "aa → bb → aa"),
        ({"aa": "bb", "bb": "cc", "cc": "aa", "dd": "aa"}, "aa → bb → cc → aa"),
        ({"aa": "bb", "bb": "cc", "cc": "bb"}, "bb → cc → bb"),
    ],
)
def test_a_circle_is_found_once(parents: dict[str, str], path: str) -> None:
    (found,) = check_parents(tree(**parents))
    assert (found.code, found.severity, found.fact["path"]) == ("GX810", "error", path)


def test_two_circles_are_two_findings() -> None:
    assert codes(check_parents(tree(aa="bb", bb="aa", cc="dd", dd="cc"))) == ["GX810", "GX810"]


# -- index numbers, agencies --------------------------------------------------------------------------------------


def test_an_index_number_used_twice_is_found_at_the_later_file() -> None:
    number = "card: {{index_number: {}}}\n"
    catalog = catalog_of(
        FORM,
        report("aa", 2017, number.format("003-1")),
        report("aa", 2018, number.format("003-2")),
        documents=[document("bb", "x", number.format("003-1")), document("bb", "y", "card: {index_number: }\n")],
    )
    (found,) = check_index_numbers(catalog)
    assert (found.code, *facts(found, "number", "other")) == ("GX803", "003-1", "content/aa/2017.md:7")
    assert (found.place.path, at(found)) == ("content/bb/documents/x.md", (3, 22, 5))


def test_agencies_without_content_reports_outside_their_years_and_scopes() -> None:
    catalog = catalog_of(
        FORM,
        report("county", 2018),
        report("school", 2018),
        report("school", 2010),
        report("school", 2020),
        agencies=[
            agency("county", "kind: government\n"),
            agency("school", "parent: county\nsince: 2011\nuntil: 2019\n"),
            agency("empty"),
        ],
    )
    found = sorted((d.code, d.place.path) for d in check_agencies(catalog))
    assert found == [
        ("GX814", "content/county/2018.md"),
        ("GX815", "content/empty/agency.yaml"),
        ("GX816", "content/school/2010.md"),
        ("GX816", "content/school/2020.md"),
    ]
    outside = [d.fact["years"] for d in check_agencies(catalog) if d.code == "GX816"]
    assert outside == ["2011-2019"] * 2


@pytest.mark.parametrize("scope", ["own", "consolidated"])
def test_a_government_that_states_its_scope_is_fine(scope: str) -> None:
    catalog = catalog_of(
        FORM,
        report("county", 2018, f"scope: {scope}\n"),
        report("school", 2018),
        agencies=[agency("county", "kind: government\n"), agency("school", "parent: county\n")],
    )
    assert not list(check_agencies(catalog))


# -- links --------------------------------------------------------------------------------------------------------


def links(body: str) -> list[Diagnostic]:
    """The findings on the links of the report content/aa/2018.md."""
    catalog = catalog_of(
        FORM,
        report("aa", 2018, body=body),
        report("aa", 2017),
        documents=[document("aa", "rules")],
        pages=[page("guide", "")],
        agencies=[agency("aa")],
    )
    scan = Attachment("content/aa/2018/表 一.xlsx", "表 一.xlsx", 1, "0")
    catalog.attachments["aa/2018"] = (scan,)
    return list(check_links(catalog))


@pytest.mark.parametrize(
    "target",
    [
        *("2017.md", "2017.md#一", "2017.md?x=1#一", "./2018.md", "documents/rules.md", "../pages/guide.md"),
        *("agency.yaml", "../aa/agency.yaml", "<2018/表 一.xlsx>", "2018/%E8%A1%A8%20%E4%B8%80.xlsx", "#一"),
        *("https://example.org/", "http://example.org", "mailto:a@example.org", "tel:0377-1", "HTTPS://EXAMPLE.ORG"),
    ],
)
def test_links_that_lead_somewhere(target: str) -> None:
    assert not links(f"[甲]({target})\n")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("2016.md", "GX804"),
        ("documents/ruls.md", "GX804"),
        ("../../../etc/passwd", "GX804"),
        ("2018/表.xlsx", "GX804"),
        ("/zwgk/index.html", "GX811"),
        ("javascript:alert", "GX812"),
        ("file:///etc/passwd", "GX812"),
        ("data:text/html,x", "GX812"),
    ],
)
def test_links_that_lead_nowhere_or_must_not_be_published(target: str, code: str) -> None:
    (found,) = links(f"𠮷[甲]({target})\n")
    assert (found.code, found.fact["target"]) == (code, target)
    assert at(found)[1:] == (6, len(target))


def test_a_dead_link_offers_the_near_file() -> None:
    (found,) = links("[甲](documents/ruls.md)\n")
    assert found.fact["near"] == "documents/rules.md"


def test_links_of_pages_and_documents_are_followed_too() -> None:
    catalog = catalog_of(
        FORM,
        report("aa"),
        documents=[document("aa", "rules", body="[甲](../2017.md)\n")],
        pages=[page("guide", "[乙](../aa/2018.md) [丙](none.md)\n")],
        agencies=[agency("aa")],
    )
    found = [d for d in check_all(catalog, (), Rules()).diagnostics if d.code == "GX804"]
    assert [d.place.path for d in found] == ["content/aa/documents/rules.md", "content/pages/guide.md"]


@pytest.mark.parametrize(
    "target",
    [
        *(
            "2017.md",
            "../demo/2017.md",
            "./2017.md",
            "../demo/../demo/2017.md",
            "agency.yaml",
            "../demo",
            ".",
            "%32017.md",
        ),
        *("../../content/demo/2017.md", "../../../x.md", "2017.md#a", "2017.md?b", "../../../demo/2017.md"),
    ],
)
def test_plain_links_lead_where_all_links_do(target: str) -> None:
    """The quick way to a file beside another finds what the way through the rules of addresses finds."""
    known = catalog_of(FORM, report("demo")).destinations | {"content/demo/2017.md": Destination("report", "demo/2017")}
    path, _, fragment = target.partition("#")
    wanted = posixpath.normpath(posixpath.join("content/demo", unquote(path.partition("?")[0])))
    found = resolve(target, "content/demo/2018.md", known)
    assert found == (known[wanted]._replace(fragment=fragment) if wanted in known else Destination("dead", wanted))


@pytest.mark.parametrize(
    "target",
    [
        *("2017.md", "2016.md", "../demo/2017.md", "../../demo/2017.md", "2017.md#a", "%32017.md", "x y.md", "#a", ""),
        *("https://www.example.gov.cn/", "mailto:a@example.gov.cn", "/zwgk/", "//example.gov.cn/x", "javascript:x"),
        *("..", "."),
    ],
)
def test_a_link_leads_if_the_files_that_it_needs_are_there(target: str) -> None:
    known = catalog_of(FORM, report("demo")).destinations | {"content/demo/2017.md": Destination("report", "demo/2017")}
    leads = resolve(target, "content/demo/2018.md", known).kind not in ("dead", "root", "scheme")
    assert all(path in known for path in needed([target], "content/demo/2018.md")) == leads
