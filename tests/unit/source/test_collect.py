"""Files to their roles, and parsed files to one catalog."""

import pytest

from gxsite.base.diagnostic import Span
from gxsite.model.agency import Agency
from gxsite.model.report import Attachment, Body, Page
from gxsite.model.reports import Reports
from gxsite.model.summary import NOTHING_ASKED, Summary, summarise
from gxsite.source.collect import attachment_name, bad_name, collect, role_of
from tests.unit.build import codes, only, read, report_text, small

FORM = small(rows=["a"])


def report(agency: str, year: int) -> Summary:
    read_in = read(report_text({"a": "1"}), FORM, agency=agency, year=year).value
    return summarise(read_in, FORM, NOTHING_ASKED, b"", settled=True)


def page(slug: str, order: int) -> Page:
    return Page(slug, f"content/pages/{slug}.md", slug, "", order, Body())


# -- roles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("content/tanghe/agency.yaml", ("agency", "tanghe", 0, "")),
        ("content/tanghe/2018.md", ("report", "tanghe", 2018, "")),
        ("content/tanghe/documents/rules.md", ("document", "tanghe", 0, "rules")),
        ("content/tanghe/2018/表.xlsx", ("attachment", "tanghe", 2018, "表.xlsx")),
        ("content/tanghe/2018/a/b.pdf", ("attachment", "tanghe", 2018, "a/b.pdf")),
        ("content/pages/guide.md", ("page", "", 0, "guide")),
        ("content/forms/local.yaml", ("form", "", 0, "local")),
    ],
)
def test_the_role_of_a_file_is_its_place(path: str, role: tuple[str, str, int, str]) -> None:
    assert role_of(path)[:4] == role
    assert role_of(path).problem is None


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("content/tanghe/18.md", "file.year"),
        ("content/tanghe/1989.md", "file.year"),
        ("content/tanghe/2018年.md", "file.year"),
        ("content/tanghe/.md", "file.year"),
        ("content/readme.md", "file.stray"),
        ("content/tanghe/notes.txt", "file.stray"),
        ("content/tanghe/2018.MD", "file.stray"),
        ("content/tanghe/agency.yml", "file.stray"),
        ("content/tanghe/documents/scan.pdf", "file.stray"),
        ("content/tanghe/documents/a/b.md", "file.stray"),
        ("content/tanghe/pictures/a.png", "file.stray"),
        ("content/pages/guide.html", "file.stray"),
        ("content/pages/sub/guide.md", "file.stray"),
        ("content/pages/agency.yaml", "file.stray"),
        ("content/forms/local.json", "file.stray"),
    ],
)
def test_a_file_in_no_known_place_is_a_stray(path: str, problem: str) -> None:
    role = role_of(path)
    assert role.kind == "stray"
    assert role.problem is not None
    assert role.problem.key == problem


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("content/Tanghe/2018.md", "id.pattern"),
        ("content/唐河/2018.md", "id.pattern"),
        ("content/t/2018.md", "id.pattern"),
        ("content/9lives/agency.yaml", "id.pattern"),
        (f"content/{'a' * 41}/2018.md", "id.pattern"),
        ("content/years/2018.md", "id.reserved"),
        ("content/search/agency.yaml", "id.reserved"),
        ("content/zh-hant/documents/a.md", "id.reserved"),
        ("content/tanghe/documents/办法.md", "id.slug"),
        ("content/tanghe/documents/Rules.md", "id.slug"),
        ("content/pages/指南.md", "id.slug"),
        ("content/pages/years.md", "id.reserved"),
        (f"content/pages/{'a' * 61}.md", "id.slug"),
    ],
)
def test_a_name_that_cannot_be_an_address(path: str, problem: str) -> None:
    found = bad_name(role_of(path), path)
    assert found is not None
    assert (found.code, getattr(found.fact["problem"], "key", "")) == ("GX807", problem)
    assert found.place.path == path


@pytest.mark.parametrize(
    "path",
    [
        *("content/tanghe/2018.md", f"content/{'a' * 40}/2018.md", "content/a1/agency.yaml"),
        *("content/a-b/documents/2016-a.md", "content/tanghe/2018/任何 名字.PDF", "content/pages/about.md"),
    ],
)
def test_names_that_can(path: str) -> None:
    assert bad_name(role_of(path), path) is None


def test_an_attachment_is_called_by_its_place_below_the_report() -> None:
    assert attachment_name("content/tanghe/2018/a/表.xlsx") == "a/表.xlsx"


# -- the catalog --------------------------------------------------------------------------------------------------


def test_everything_in_order() -> None:
    agencies = [Agency("bb", "content/bb/agency.yaml", "乙"), Agency("aa", "content/aa/agency.yaml", "甲", parent="bb")]
    reports = [report("bb", 2018), report("aa", 2018), report("aa", 2016)]
    scan = Attachment("content/aa/2018/b.pdf", "b.pdf", 1, "0")
    table = Attachment("content/aa/2018/a.pdf", "a.pdf", 1, "0")
    pages = [page("help", 2), page("about", 2), page("guide", 1)]
    outcome = collect(agencies, [FORM], Reports.of(reports), [], pages, [("aa/2018", scan), ("aa/2018", table)])
    catalog = outcome.value
    assert not outcome.diagnostics
    assert list(catalog.agencies) == ["aa", "bb"]
    assert list(catalog.reports) == ["aa/2016", "aa/2018", "bb/2018"]
    assert list(catalog.pages) == ["guide", "about", "help"]
    assert catalog.attachments == {"aa/2018": (table, scan)}
    assert catalog.forms == {"small": FORM}
    assert {a: [r.year for r in rs] for a, rs in catalog.reports_of.items()} == {"aa": [2016, 2018], "bb": [2018]}
    assert {y: [r.agency for r in rs] for y, rs in catalog.reports_in.items()} == {2016: ["aa"], 2018: ["aa", "bb"]}
    assert {p: [a.id for a in below] for p, below in catalog.children.items()} == {"bb": ["aa"], "": ["bb"]}


def test_an_agency_without_a_file_is_found_once_and_has_the_name_of_its_folder() -> None:
    outcome = collect([], [FORM], Reports.of([report("aa", 2018), report("aa", 2017)]), [], [], [])
    found = only(outcome.diagnostics, "GX806")
    assert found.fact["folder"] == "content/aa"
    assert found.place.span == Span(1, 1, 1, 1)
    assert outcome.value.agencies["aa"].name == "aa"


def test_an_attachment_beside_no_report() -> None:
    lonely = Attachment("content/aa/2017/b.pdf", "b.pdf", 1, "0")
    agencies = [Agency("aa", "content/aa/agency.yaml", "甲")]
    outcome = collect(agencies, [FORM], Reports.of([report("aa", 2018)]), [], [], [("aa/2017", lonely)])
    assert codes(outcome.diagnostics) == ["GX808"]
    assert outcome.diagnostics[0].place.path == lonely.path
    assert outcome.value.attachments == {}
