"""The example portal as it is published: links, markup, tags, feeds; and what `check` says of 唐河县 2018."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.checks.run import Findings
from gxsite.cli.common import exit_code
from gxsite.config import Config
from gxsite.engine.build import build, check
from gxsite.engine.load import Project, load
from gxsite.model.column import COLUMN_TYPES
from gxsite.model.form import CellRef, Form
from tests.needs import ROOT, needs, path_of

NOT_FOUND = "404.html"
TANGHE = "content/tanghe/2018.md"
FETCHED = {"img", "script", "iframe", "source", "video", "audio", "embed", "object", "input", "track"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element(dict[str, str]):
    """An element's attributes, with its name and the text directly inside it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        super().__init__(attributes)
        self.tag = tag
        self.text = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


@dataclass(frozen=True)
class Page:
    """A page of the output: its path, and its elements in document order."""

    path: str
    source: str
    elements: list[Element] = field(default_factory=list)

    @classmethod
    def read(cls, path: str, source: str) -> "Page":
        reader = _Reader()
        reader.feed(source)
        reader.close()
        return cls(path, source, reader.elements)

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.elements if e.tag in tags]

    @cached_property
    def ids(self) -> list[str]:
        return [e["id"] for e in self.elements if "id" in e]

    @cached_property
    def meta(self) -> dict[str, str]:
        return {e["name"]: e["content"] for e in self.all("meta") if "name" in e}

    @property
    def kind(self) -> str:
        return self.all("body")[0]["class"].removeprefix("is-")


@dataclass(frozen=True)
class Site:
    """The built portal."""

    folder: Path
    project: Project
    pages: dict[str, Page]
    files: frozenset[str]

    @property
    def config(self) -> Config:
        return self.project.config

    def aim(self, page: Page, href: str) -> tuple[str, str]:
        """The file and fragment that a link leads to."""
        parts = urlsplit(href)
        path = normpath(join(dirname(page.path), unquote(parts.path))) if parts.path else page.path
        return path, unquote(parts.fragment)


def example(folder: Path, *agencies: str) -> Path:
    """A copy of the example portal's sources, of some agencies only if any are named."""
    for name in agencies or ("",):
        shutil.copytree(ROOT / "content" / name, folder / "content" / name)
    shutil.copy(ROOT / "gxsite.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = example(tmp_path_factory.mktemp("example") / "portal")
    result = build(root)
    assert not result.stopped
    assert {d.severity for d in result.findings} <= {Severity.NOTE}
    folder = root / "build"
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    html = sorted(path for path in files if path.endswith(".html"))
    pages = {path: Page.read(path, (folder / path).read_text("utf-8")) for path in html}
    return Site(folder, load(root), pages, frozenset(files - {".gxsite-output"}))


def links_of(page: Page) -> Iterator[tuple[str, str]]:
    """(element, address) of everything that a page links or fetches."""
    for element in page.elements:
        for name in ("href", "src", "srcset", "action", "poster", "data"):
            if name in element:
                yield element.tag, element[name]


# -- links -----------------------------------------------------------------------------------------------------------


def test_there_is_a_page_of_every_kind(site: Site) -> None:
    kinds = {"home", "agency", "year", "years", "report", "document", "page", "sitemap", "404"}
    assert {page.kind for page in site.pages.values()} >= kinds
    catalog = site.project.catalog
    assert len([p for p in site.pages.values() if p.kind == "report"]) == len(catalog.reports) > 10
    assert {"tanghe/2018/index.html", "yingjiang/documents/rectification-2015/index.html"} <= site.pages.keys()


def test_every_link_leads_to_a_file(site: Site) -> None:
    """Relative and naming the file, so that the tree works below any path, and from a disk."""
    wrong = []
    for page in site.pages.values():
        for tag, href in links_of(page):
            parts = urlsplit(href)
            if page.path == NOT_FOUND or (tag == "link" and href == site.config.base + dirname(page.path + "/")):
                continue
            if parts.scheme in ("http", "https", "mailto", "tel"):
                continue
            path, fragment = site.aim(page, href)
            if parts.scheme or parts.netloc or href.startswith("/") or path not in site.files:
                wrong.append(f"{page.path}: {href}")
            elif fragment and (path not in site.pages or fragment not in site.pages[path].ids):
                wrong.append(f"{page.path}: {href} (no such place)")
    assert wrong == []


def test_only_anchors_lead_outside(site: Site) -> None:
    """No page asks another server for anything, and no page has an address of its own server but the canonical one."""
    wrong = []
    for page in site.pages.values():
        canonical = [e["href"] for e in page.all("link") if e.get("rel") == "canonical"]
        route = page.path.removesuffix("index.html")
        assert canonical == ([] if page.path == NOT_FOUND else [site.config.base + route])
        for element in page.elements:
            address = element.get("href") or element.get("src") or ""
            outside = bool(urlsplit(address).netloc)
            fetched = element.tag in FETCHED or (element.tag == "link" and element.get("rel") != "canonical")
            if outside and (fetched or (address.startswith(site.config.base) and element.tag == "a")):
                wrong.append(f"{page.path}: {address}")
    wrong = [line for line in wrong if not line.startswith(f"{NOT_FOUND}: {site.config.base}")]
    assert wrong == []
    for path in site.files:
        if path.endswith(".css"):
            style = (site.folder / path).read_text("utf-8")
            assert not re.search(r"@import|url\(\s*['\"]?(https?:|//|/)", style), path


def test_404_has_full_addresses_only(site: Site) -> None:
    page = site.pages[NOT_FOUND]
    hrefs = [href for _, href in links_of(page) if not href.startswith("#")]
    own = [href for href in hrefs if href.startswith(site.config.base)]
    police = "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000000"
    assert set(hrefs) - set(own) <= {"https://beian.miit.gov.cn/", police}
    assert site.config.base in {href.removesuffix("index.html") for href in own}
    for href in own:
        path = unquote(href.removeprefix(site.config.base))
        assert path in site.files or f"{path}index.html" in site.files, href


def test_every_page_is_reached_from_the_home_page(site: Site) -> None:
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path not in seen and path in site.pages:
            seen.add(path)
            waiting += [site.aim(site.pages[path], href)[0] for tag, href in links_of(site.pages[path]) if tag == "a"]
    assert site.pages.keys() - seen == {NOT_FOUND}


def test_every_file_is_linked(site: Site) -> None:
    linked = {site.aim(page, href)[0] for page in site.pages.values() for _, href in links_of(page)}
    assert site.files - linked <= {NOT_FOUND, "sitemap.xml"}


# -- markup ----------------------------------------------------------------------------------------------------------


def test_nothing_is_inline(site: Site) -> None:
    wrong = []
    for page in site.pages.values():
        for element in page.elements:
            bad = [name for name in element if name == "style" or name.startswith("on")]
            is_data = element.get("type") == "application/ld+json"  # no script engine reads it
            runs = element.tag == "script" and not is_data and ("src" not in element or element.text.strip())
            if element.tag == "style" or runs:
                bad.append(element.tag)
            wrong += [f"{page.path}: {name}" for name in bad]
    assert wrong == []


def test_the_content_security_policy(site: Site) -> None:
    """The first thing in the head after the encoding, and the same everywhere; it works from a disk too."""
    policies = set()
    for page in site.pages.values():
        head = page.elements[: next(i for i, e in enumerate(page.elements) if e.tag in ("link", "script", "body"))]
        policy = next(e["content"] for e in head if e.get("http-equiv") == "Content-Security-Policy")
        policies.add(policy)
        assert page.elements[2].items() >= {"charset": "utf-8"}.items()
        assert not any("integrity" in e or e.get("type") == "module" for e in page.elements)
    (policy,) = policies
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert {rules["style-src"], rules["img-src"], rules["connect-src"]} == {"'self'"}  # nothing connects but checkers
    assert "script-src" not in rules
    assert {rules["base-uri"], rules["form-action"]} <= {"'none'", "'self'"}


def test_the_tags_of_government_sites(site: Site) -> None:
    """Source: 网页标签规范, the tags that every page, every column page and every content page must have."""
    config = site.config
    every = {"SiteName": config.name, "SiteDomain": config.domain, "SiteIDCode": config.site_id}
    reports = {f"{r.agency}/{r.year}/index.html": r for r in site.project.catalog.reports.values()}
    for page in site.pages.values():
        assert page.meta.items() >= every.items(), page.path
        assert all(page.meta.values()), page.path
        assert len(page.meta) == len([e for e in page.all("meta") if "name" in e]), page.path
        if page.kind in ("report", "document"):
            wanted = {"ArticleTitle", "ContentSource", "ColumnName"}
            report = reports.get(page.path)
            if report is None or report.published:
                wanted.add("PubDate")
                assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", page.meta.get("PubDate", ""))
            else:
                assert "PubDate" not in page.meta
        elif page.kind != "404":
            wanted = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
        else:
            wanted = set()
        assert wanted <= page.meta.keys(), page.path
    assert site.pages["tanghe/2018/index.html"].meta["PubDate"] == "2019-03-26 08:59"
    types = {path: site.pages[path].meta["ColumnType"] for path in site.pages if path != NOT_FOUND}
    assert set(types.values()) <= set(COLUMN_TYPES)
    assert [path for path, kind in types.items() if kind == "首页"] == ["index.html"]
    assert types["guide/index.html"] == types["yunxi/documents/guide-2018/index.html"] == "信息公开指南"
    assert types["apply/index.html"] == "依申请公开"
    assert types["help/index.html"] == types["sitemap/index.html"] == "信息公开目录"
    assert {types[path] for path in (*reports, "tanghe/index.html", "years/2018/index.html")} == {"信息公开年报"}


def test_what_a_page_says_of_itself_when_it_is_passed_on(site: Site) -> None:
    """Source: the Open Graph protocol; the addresses are canonical ones."""
    for page in site.pages.values():
        social = {e["property"]: e["content"] for e in page.all("meta") if "property" in e}
        if page.kind == "404":
            assert social == {}
            continue
        (canonical,) = [e["href"] for e in page.all("link") if e["rel"] == "canonical"]
        assert canonical == site.config.base + page.path.removesuffix("index.html")
        assert social["og:url"] == canonical
        assert page.all("title")[0].text.startswith(social["og:title"])
        assert social["og:type"] == ("article" if page.kind in ("report", "document") else "website")
        assert all(social.values())


def test_the_way_to_a_page_can_be_read_by_programs(site: Site) -> None:
    """Source: schema.org BreadcrumbList; it says what the breadcrumbs of the page say."""
    for page in site.pages.values():
        data = [json.loads(e.text) for e in page.all("script")]
        crumbs = [e for e in page.all("nav") if e.get("aria-label") == "当前位置"]
        assert len(data) == len(crumbs) == (0 if page.kind in ("home", "404") else 1), page.path
        for trail in data:
            steps = trail["itemListElement"]
            assert trail["@type"] == "BreadcrumbList"
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert "".join(step["name"] for step in steps) == re.sub(r"\s", "", crumbs[0].text)
            for step in steps:
                assert f"{step['item'].removeprefix(site.config.base)}index.html" in site.pages
            assert steps[-1]["item"] == site.config.base + page.path.removesuffix("index.html")


def test_the_foot_of_every_page(site: Site) -> None:
    foot = site.config.footer
    for page in site.pages.values():
        (footer,) = page.all("footer")
        for words in (foot.host, foot.operator, foot.contact, foot.icp, foot.police, site.config.site_id):
            assert words in footer.text, page.path


def test_every_page_stands_on_its_own(site: Site) -> None:
    titles = [page.all("title")[0].text for page in site.pages.values()]
    assert len(set(titles)) == len(titles)
    for page in site.pages.values():
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert len(page.all("h1")) == len(page.all("main")) == 1, page.path
        assert page.all("h1")[0].text.strip()
        assert len(set(page.ids)) == len(page.ids), page.path
        levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(b <= a + 1 for a, b in pairwise(levels)), f"{page.path}: {levels}"
        named = {words for e in page.elements for words in e.get("aria-labelledby", "").split()}
        assert named <= set(page.ids), page.path
        skip = next(e for e in page.all("a"))
        assert skip["href"].removeprefix("#") in page.ids


def test_the_table_has_the_official_rows(site: Site) -> None:
    """All 58 cells of the form of 2014 with their labels and numbering, in their order, under a caption."""
    page = site.pages["tanghe/2018/index.html"]
    form = site.project.catalog.forms["cn-2014"]
    report = site.project.catalog.whole["tanghe/2018"]
    tables = [e for e in page.all("table") if "statistics" in e.get("class", "")]
    assert len(tables) == len(page.all("caption")) == 1
    assert len(form.cells) == 58
    figures = [e.text.strip() for e in page.all("td") if "figure" in e.get("class", "").split()]
    assert figures == [report.cell[ref].shown for ref in form.cells]
    heads = ["".join(e.text.split()) for e in page.all("th") if e.get("scope") in ("row", "rowgroup")]
    assert heads == ["".join(f"{row.name}{row.note}".split()) for table in form.tables for row in table.rows]
    assert all("scope" in e or "id" in e for e in page.all("th") if e.text.strip() in heads)


@needs("java", "vnu")
def test_pages_are_valid_html(site: Site) -> None:
    """Every page by the checker of the W3C, in one process."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", path_of("vnu"), "--format", "json", "--stdout", "--skip-non-html", site.folder],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    # The checker takes 'self' of a page on a disk for nothing at all, browsers take it for the disk; and it takes data
    # for a script (test_nothing_is_inline says that there is none).
    violates = r"violates Content Security Policy \(meta tag\): "
    mistaken = re.compile(rf"Resource {violates}external stylesheet .*|Inline script {violates}.*")
    messages = [m for m in json.loads(done.stdout)["messages"] if not mistaken.fullmatch(m["message"])]
    found = {f"{unquote(m['url']).partition('/build/')[2]}:{m.get('lastLine')}: {m['message']}" for m in messages}
    assert sorted(found) == []
    assert done.returncode == 0


# -- feeds -----------------------------------------------------------------------------------------------------------


def test_the_sitemap_names_every_page(site: Site) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(site.folder / "sitemap.xml").getroot()
    addresses = [url.findtext(f"{namespace}loc") or "" for url in root]
    pages = {site.config.base + path.removesuffix("index.html") for path in site.pages if path != NOT_FOUND}
    assert sorted(addresses) == sorted(pages)
    days = {url.findtext(f"{namespace}loc"): url.findtext(f"{namespace}lastmod") for url in root}
    assert days[f"{site.config.base}tanghe/2018/"] == "2019-03-26"


def test_the_feed(site: Site) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.parse(site.folder / "feeds/reports.xml").getroot()
    base = site.config.base
    links = {e.get("rel"): e.get("href") for e in root.findall(f"{atom}link")}
    assert links == {"self": f"{base}feeds/reports.xml", "alternate": base}
    entries = root.findall(f"{atom}entry")
    dated = [r for r in site.project.catalog.reports.values() if r.published and not r.withdrawn]
    assert len(entries) == min(50, len(dated))
    published = [entry.findtext(f"{atom}published") or "" for entry in entries]
    updated = [entry.findtext(f"{atom}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert published != updated
    moments = [*published, *updated]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", moment) for moment in moments)
    assert root.findtext(f"{atom}updated") == updated[0]
    for entry in entries:
        address = entry.findtext(f"{atom}id") or ""
        link = entry.find(f"{atom}link")
        assert link is not None
        assert link.get("href") == address
        assert f"{address.removeprefix(base)}index.html" in site.pages
        assert entry.findtext(f"{atom}title")
        assert entry.findtext(f"{atom}author/{atom}name")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(
        [e["href"] for e in page.all("link") if e.get("type") == "application/atom+xml"]
        == (["../" * path.count("/") + "feeds/reports.xml"] if path != NOT_FOUND else [])
        for path, page in site.pages.items()
    )


# -- what check says of the example ----------------------------------------------------------------------------------


def line_of(root: Path, start: str) -> int:
    """The number of the only line of 唐河县's report that begins so."""
    lines = (root / TANGHE).read_text("utf-8").split("\n")
    (number,) = (i for i, line in enumerate(lines, 1) if line.startswith(start))
    return number


def found_in(findings: Findings, path: str) -> list[Diagnostic]:
    return [d for d in findings.diagnostics if d.place.path == path and d.severity is not Severity.NOTE]


def test_without_its_waivers_the_example_shows_what_the_original_got_wrong(tmp_path: Path) -> None:
    root = example(tmp_path / "portal")
    assert check(root)[1].broken_files == frozenset()
    assert exit_code(check(root)[1].diagnostics, strict=True) == 0
    for path in (root / "content").rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^waivers:\n(?:[ -].*\n)+", "", text, flags=re.M), "utf-8")
    assert "waivers" not in (root / TANGHE).read_text("utf-8").split("\n---\n")[0]
    signature, channels = found_in(check(root)[1], TANGHE)
    assert (channels.code, channels.relation, channels.severity) == ("GX302", "disclosure.channels", Severity.ERROR)
    assert channels.expect == "9477 < 9483"
    assert channels.place.span[:2] == (line_of(root, "  disclosure.total:"), len("  disclosure.total: ") + 1)
    assert [label.place.span.line for label in channels.labels] == [
        line_of(root, f"  disclosure.channel.{channel}:")
        for channel in ("gazette", "website", "weibo", "wechat", "other")
    ]
    assert (signature.code, signature.expect) == ("GX403", "2018-03-14 < 2018-12-31")
    assert signature.place.span[:2] == (line_of(root, "signed:"), len("signed: ") + 1)
    assert exit_code(check(root)[1].diagnostics, strict=False) == 1


def hard_cells() -> list[CellRef]:
    """The cells of the form of 2014 that take part in a relation that must hold."""
    form = _form()
    hard = {t.ref for e in form.equations if e.severity is Severity.ERROR for t in (*e.left, *e.right) if t.ref}
    return [ref for ref in form.cells if ref in hard]


@cache
def _form() -> Form:
    return load(ROOT / "tests/golden/minimal/project").catalog.forms["cn-2014"]


# 0 of 0 and not below 0: no other number breaks these totals of nothing.
UNBREAKABLE = {CellRef("review.total"), CellRef("lawsuit.total")}


@pytest.fixture(scope="module")
def tanghe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example(tmp_path_factory.mktemp("tanghe") / "portal", "tanghe")


@pytest.mark.parametrize("ref", hard_cells(), ids=str)
def test_every_wrong_figure_is_found(tanghe: Path, ref: CellRef) -> None:
    """A figure changed so that a relation breaks: exit code 1, the relation and the line named."""
    path = tanghe / TANGHE
    original = path.read_text("utf-8")
    (match,) = re.finditer(rf"^  {re.escape(str(ref))}: +([0-9]+)", original, re.M)
    line = line_of(tanghe, f"  {ref}:")
    relations = {e.relation for e in _form().equations if any(t.ref == ref for t in (*e.left, *e.right))}
    named = 0
    try:
        for figure in (0, int(match[1]) + 1, 1_000_000):
            path.write_text(f"{original[: match.start(1)]}{figure}{original[match.end(1) :]}", "utf-8")
            findings = check(tanghe)[1]
            errors = [d for d in findings.diagnostics if d.severity is Severity.ERROR]
            assert exit_code(findings.diagnostics, strict=False) == bool(errors)
            for error in errors:
                assert error.relation in relations
                lines = {error.place.span.line, *(label.place.span.line for label in error.labels)}
                assert line in lines
                named += 1
    finally:
        path.write_text(original, "utf-8")
    assert (named == 0) == (ref in UNBREAKABLE)
