"""Pages in other languages: a copy of all pages in a folder, files in place, no more work than a change asks for."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from gxsite.base.catalogue import message
from gxsite.engine.build import build
from gxsite.engine.result import Result
from gxsite.render.body import BodyEngine
from tests.needs import ROOT, needs, path_of
from tests.test_portal import Element, Page

BASE = "https://www.example.gov.cn/zwgk/nianbao/"
FOLDERS = {"zh-CN": "", "zh-Hant": "zh-hant/", "en": "en/"}
VARIANTS = {code: folder for code, folder in FOLDERS.items() if folder}
BOTH = "variants: [zh-Hant, en]\n"
REPORT = "hecheng/2016/index.html"
HAN = re.compile("[\u4e00-\u9fff]")
OFFICIAL = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ColumnDescription", "ColumnKeywords",
            "ArticleTitle", "PubDate", "ContentSource", "Keywords")  # fmt: skip


def project(folder: Path, more: str = BOTH) -> Path:
    """The small golden portal with an old address, and something more in its configuration."""
    shutil.copytree(ROOT / "tests/golden/full/project", folder)
    write(folder / "gxsite.yaml", (folder / "gxsite.yaml").read_text("utf-8") + more)
    agency = folder / "content/hecheng/agency.yaml"
    write(agency, agency.read_text("utf-8") + "former_ids: [old-hecheng]\n")
    for path in folder.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def write(path: Path, text: str) -> None:
    """Write a file whose age is certain by its stat."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    at = time.time() - 60
    os.utime(path, (at, at))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))


def once(root: Path) -> Result:
    result = build(root, jobs=1)
    assert not result.stopped, [message(d, "en") for d in result.findings]
    return result


def reasons(result: Result) -> dict[str, str]:
    return {path: what or cause for path, cause, what in result.reasons}


def tree(root: Path) -> dict[str, bytes]:
    files = (p for p in (root / "build").rglob("*") if p.is_file() and not p.name.startswith(".gxsite"))
    return {p.relative_to(root / "build").as_posix(): p.read_bytes() for p in files}


class Built(NamedTuple):
    """A portal with both variants, and the same without any."""

    root: Path
    files: dict[str, bytes]
    plain: dict[str, bytes]
    pages: dict[str, Page]

    def originals(self) -> Iterator[str]:
        """The paths of the pages that have copies."""
        return (path for path in self.plain if path.endswith(".html") and path != "404.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("variants")
    root, plain = project(folder / "both"), project(folder / "plain", "")
    once(root)
    once(plain)
    files = tree(root)
    pages = {path: Page.read(path, data.decode()) for path, data in files.items() if path.endswith(".html")}
    return Built(root, files, tree(plain), pages)


def language_of(path: str) -> str:
    return next((code for code, folder in VARIANTS.items() if path.startswith(folder)), "zh-CN")


def aim(page: Page, href: str) -> str:
    """The file that a link leads to, "" outside of the portal."""
    parts = urlsplit(href)
    return "" if parts.scheme else normpath(join(dirname(page.path), unquote(parts.path))) if parts.path else page.path


def links(page: Page) -> list[Element]:
    return [e for e in page.elements if "href" in e or "src" in e]


# -- what there is ---------------------------------------------------------------------------------------------------


def test_each_variant_has_all_pages_and_nothing_else(built: Built) -> None:
    copies = {folder + path for folder in VARIANTS.values() for path in built.originals()}
    assert built.files.keys() == built.plain.keys() | copies
    assert "en/old-hecheng/2016/index.html" in copies


def test_downloads_assets_and_feeds_are_those_of_a_portal_without_variants(built: Built) -> None:
    pages = {*built.originals(), "sitemap.xml"}
    assert {path: built.files[path] for path in built.plain if path not in pages} == {
        path: data for path, data in built.plain.items() if path not in pages
    }


def test_without_variants_no_page_speaks_of_them(built: Built) -> None:
    for path in built.originals():
        page = Page.read(path, built.plain[path].decode())
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert not [e for e in page.elements if "hreflang" in e or e.get("class") == "languages"]
        chinese = built.pages[path].source
        rest = re.sub(r"<link [^>]*hreflang[^>]*>\n|<nav class=\"languages\".*?</nav>\n", "", chinese, flags=re.DOTALL)
        assert rest == page.source


# -- where links lead ------------------------------------------------------------------------------------------------


def test_links_lead_to_pages_of_the_same_language_and_to_files_in_place(built: Built) -> None:
    for path, page in built.pages.items():
        language = language_of(path)
        for element in links(page):
            target = aim(page, element.get("href") or element.get("src", ""))
            if not target or element.get("rel") == "canonical" or path == "404.html":
                continue
            assert target in built.files, (path, element)
            if "hreflang" in element:
                assert language_of(target) == element["hreflang"]
            elif target.endswith(".html"):
                assert language_of(target) == language, (path, element)
            else:
                assert language_of(target) == "zh-CN", (path, element)


def test_a_link_of_a_body_to_an_attachment_leads_to_it_from_each_language(built: Built) -> None:
    for folder in FOLDERS.values():
        page = built.pages[folder + REPORT]
        found = [e for e in page.all("a") if "明细" in e.text or "明細" in e.text]
        assert [aim(page, e["href"]) for e in found] == ["hecheng/2016/明细表.csv"] * 2  # in the body, in the list


def test_old_addresses_point_on_within_their_language(built: Built) -> None:
    for code, folder in FOLDERS.items():
        page = built.pages[f"{folder}old-hecheng/2016/index.html"]
        refresh = next(e["content"] for e in page.all("meta") if e.get("http-equiv") == "refresh")
        assert aim(page, refresh.partition("url=")[2]) == folder + REPORT
        canonical = next(e["href"] for e in page.all("link") if e.get("rel") == "canonical")
        assert canonical == f"{BASE}{folder}hecheng/2016/"
        assert page.all("html")[0]["lang"] == code


def test_every_page_leads_to_itself_in_the_other_languages(built: Built) -> None:
    for path in built.originals():
        for code, folder in FOLDERS.items():
            page = built.pages[folder + path]
            switch = {e["hreflang"]: aim(page, e["href"]) for e in page.all("a") if "hreflang" in e}
            others = {other: where + path for other, where in FOLDERS.items() if other != code}
            assert switch == others
            assert [e["lang"] for e in page.all("span") if e.get("aria-current") == "true" and "lang" in e] == [code]
            assert all(e["lang"] == e["hreflang"] for e in page.all("a") if "hreflang" in e)


def test_languages_and_addresses_are_declared(built: Built) -> None:
    for path in built.originals():
        route = path.removesuffix("index.html")
        alternates = [(code, BASE + folder + route) for code, folder in FOLDERS.items()]
        alternates.append(("x-default", BASE + route))
        for code, folder in FOLDERS.items():
            page = built.pages[folder + path]
            assert page.all("html")[0]["lang"] == code
            assert [(e["hreflang"], e["href"]) for e in page.all("link") if "hreflang" in e] == alternates
            if page.kind != "moved":
                assert [e["href"] for e in page.all("link") if e.get("rel") == "canonical"] == [BASE + folder + route]


def test_the_site_map_for_machines_lists_every_page_with_its_alternates(built: Built) -> None:
    top = ElementTree.fromstring(built.files["sitemap.xml"])
    name, more = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}link"
    listed = {
        url.findtext(f"{name}loc"): {(e.get("hreflang"), e.get("href")) for e in url.findall(more)} for url in top
    }
    pages = {path for path in built.originals() if built.pages[path].kind != "moved"}
    assert listed.keys() == {
        BASE + folder + path.removesuffix("index.html") for folder in FOLDERS.values() for path in pages
    }
    for path in pages:
        route = path.removesuffix("index.html")
        wanted = {(code, BASE + folder + route) for code, folder in FOLDERS.items()} | {("x-default", BASE + route)}
        assert all(listed[BASE + folder + route] == wanted for folder in FOLDERS.values())
    assert b"xhtml" not in built.plain["sitemap.xml"]


def test_without_a_base_there_is_the_switch_alone(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "variants: en\n")
    change(root / "gxsite.yaml", f"base: {BASE}\n", "")
    once(root)
    page = Page.read("en/index.html", (root / "build/en/index.html").read_text("utf-8"))
    assert [e["href"] for e in page.elements if "hreflang" in e] == ["../index.html"]


# -- what they say ---------------------------------------------------------------------------------------------------


def test_mandatory_tags_are_the_same_in_all_languages(built: Built) -> None:
    for path in built.originals():
        chinese = {name: built.pages[path].meta.get(name) for name in OFFICIAL}
        for folder in VARIANTS.values():
            assert {name: built.pages[folder + path].meta.get(name) for name in OFFICIAL} == chinese


def heard(page: Page) -> Iterator[tuple[str, str]]:
    """Every text of a page with the language that it is heard in."""
    language: list[str] = []
    kept = ""
    for tag, text in re.findall(r"(<[^<>]*>)|([^<>]+)", page.source):
        name = re.match(r"</?([a-z0-9]+)", tag)
        if text and not kept:
            yield language[-1] if language else "", text
        elif tag.startswith("</") and name:
            kept = "" if name[1] == kept else kept
            language.pop()
        elif name and name[1] not in ("meta", "link", "br", "hr", "img", "col", "wbr", "input"):
            own = re.search(r'\slang="([^"]*)"', tag)
            language.append(own[1] if own else language[-1] if language else "")
            kept = kept or (name[1] if name[1] in ("code", "script", "style") else "")


def test_english_pages_are_english_and_what_is_chinese_in_them_says_so(built: Built) -> None:
    for path in built.originals():
        for language, text in heard(built.pages["en/" + path]):
            if HAN.search(text) and not re.search("[a-z]{3}", text):
                assert language.startswith("zh"), (path, text)


@pytest.mark.parametrize(
    "words",
    [
        "Skip to main content",
        "Catalogue record",
        "Statistical tables",
        "Excel workbook (XLSX)",
        "Sign-off",
    ],
)
def test_the_words_of_theme_and_portal_are_english(built: Built, words: str) -> None:
    assert words in built.pages[f"en/{REPORT}"].source


def test_explained_findings_are_told_in_english(built: Built) -> None:
    page = built.pages["en/hecheng/2015/index.html"]
    assert "<h3>No publication date</h3>" in page.source
    assert "原网页已经下线，查不到发布日期" in page.source


def test_official_words_stay_chinese_in_english_pages(built: Built) -> None:
    source = built.pages[f"en/{REPORT}"].source
    assert "索引号" in source
    assert "河城市人民政府（示例）2016年政府信息公开工作年度报告" in built.pages[f"en/{REPORT}"].all("title")[0].text


def test_traditional_pages_are_converted_but_for_names(built: Built) -> None:
    page = built.pages[f"zh-hant/{REPORT}"]
    assert "<title>河城市人民政府（示例）2016年政府信息公開工作年度報告_" in page.source
    main = page.source.partition("<main")[2]
    agencies = ("河城市人民政府", "河城地区行政公署", "河城市教育局", "河城市政务公开科")
    names = "|".join((*(f"{agency}（示例）" for agency in agencies), "河城市政府", "<code>.*?</code>"))
    text = re.sub(r"<[^>]*>", "", re.sub(names, "", main))
    assert "政府信息公開" in text
    assert not re.search("[报开门历]", text)
    assert {e["id"] for e in page.elements if "id" in e} == set(built.pages[REPORT].ids)


def test_names_may_be_given_as_they_are_written(tmp_path: Path) -> None:
    hant = "hant:\n  standard: s2tw\n  names: {河城市人民政府（示例）: 河城市人民政府（示例甲）, 工作: 工做}\n"
    root = project(tmp_path / "p", f"variants: zh-Hant\n{hant}")
    once(root)
    source = (root / "build/zh-hant" / REPORT).read_text("utf-8")
    assert "<title>河城市人民政府（示例甲）2016年政府信息公開工做年度報告_" in source


@needs("java", "vnu")
def test_pages_in_all_languages_are_valid_html(built: Built) -> None:
    folders = [str(built.root / "build" / folder) for folder in VARIANTS.values()]
    command = [
        "java",
        "-Xss2m",
        "-jar",
        str(path_of("vnu")),
        "--format",
        "json",
        "--stdout",
        "--skip-non-html",
        *folders,
    ]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=300)
    messages = [m["message"] for m in json.loads(done.stdout)["messages"]]
    assert [m for m in messages if "Content Security Policy" not in m] == []


# -- no more work than is asked for ----------------------------------------------------------------------------------


def test_a_body_is_converted_once_for_all_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    real = BodyEngine.convert

    def convert(self: BodyEngine, body: object) -> object:
        converted.append(str(body))
        return real(self, body)  # type: ignore[arg-type]

    monkeypatch.setattr(BodyEngine, "convert", convert)
    root = project(tmp_path / "p", "")
    once(root)
    bodies = sorted(converted)
    converted.clear()
    write(root / "gxsite.yaml", (root / "gxsite.yaml").read_text("utf-8") + BOTH)
    once(root)
    assert converted == []  # remembered from the portal without variants
    other = project(tmp_path / "other")
    once(other)
    assert sorted(converted) == bodies


def test_a_variant_that_is_turned_on_adds_its_pages_and_off_again_takes_them(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "")
    once(root)
    before = tree(root)
    config = (root / "gxsite.yaml").read_text("utf-8")
    write(root / "gxsite.yaml", f"{config}variants: [en]\n")
    result = once(root)
    pages = {path for path in before if path.endswith(".html") and path != "404.html"}
    wanted = {**dict.fromkeys([*pages, "sitemap.xml"], "shared"), **{f"en/{path}": "new" for path in pages}}
    assert reasons(result) == wanted
    assert set(result.changed) == {*pages, *(f"en/{path}" for path in pages), "sitemap.xml"}
    write(root / "gxsite.yaml", config)
    result = once(root)
    assert set(result.removed) == {f"en/{path}" for path in pages}
    assert reasons(result) == dict.fromkeys([*pages, "sitemap.xml"], "shared")
    assert tree(root) == before
    assert not (root / "build/en").exists()


def test_an_edit_of_a_body_makes_its_page_in_all_languages(tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    once(root)
    assert once(root).reasons == ()
    change(root / "content/pages/help.md", "附在后面。", "附在后面吧。")
    assert reasons(once(root)) == {f"{folder}help/index.html": "content/pages/help.md" for folder in FOLDERS.values()}


def test_a_change_of_an_english_text_makes_the_english_pages_that_show_it(tmp_path: Path) -> None:
    root = project(tmp_path / "p", f"{BOTH}theme: mine\n")
    write(root / "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    page = '{% extends "base-theme/page.html" %}{% block main %}{{ "甲" | t }}{{ super() }}{% endblock %}\n'
    write(root / "themes/mine/templates/page.html", page)
    write(root / "themes/mine/labels/en.yaml", "甲: A\n")
    once(root)
    write(root / "themes/mine/labels/en.yaml", "甲: B\n")
    assert reasons(once(root)) == {"en/help/index.html": "shared"}
    write(root / "themes/mine/labels/en.yaml", "甲: B\n跳到主要内容: To the page\n")
    assert reasons(once(root)).keys() == {path for path in tree(root) if path.startswith("en/")}


def test_a_change_of_names_makes_the_pages_in_traditional_characters(tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    once(root)
    config = (root / "gxsite.yaml").read_text("utf-8")
    write(root / "gxsite.yaml", f"{config}hant: {{names: {{公开: 公开}}}}\n")
    hant = {path for path in tree(root) if path.startswith("zh-hant/")}
    assert reasons(once(root)) == dict.fromkeys(hant, "names")
    write(root / "gxsite.yaml", f"{config}hant: {{standard: s2tw, names: {{公开: 公开}}}}\n")
    assert reasons(once(root)) == dict.fromkeys(hant, "shared")


def test_one_process_and_more_make_the_same(tmp_path: Path) -> None:
    one, more = project(tmp_path / "one"), project(tmp_path / "more")
    assert not build(one, jobs=1).stopped
    assert not build(more, jobs=2).stopped
    assert tree(one) == tree(more)


def test_gaps_in_the_english_of_a_theme_are_warnings_that_are_told_again(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "variants: [en]\ntheme: mine\n")
    write(root / "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    page = '{% extends "base-theme/years.html" %}\n{% block main %}{{ "甲" | t }}{{ super() }}{% endblock %}\n'
    write(root / "themes/mine/templates/years.html", page)
    write(root / "themes/mine/labels/en.yaml", "没有的文字: B\n")
    for _ in range(2):
        found = [(d.code, d.place.path) for d in once(root).findings if d.place.path.startswith("themes/mine")]
        assert found == [
            ("GX911", "themes/mine/labels/en.yaml"),
            ("GX910", "themes/mine/templates/years.html"),
        ]
        change(root / "content/pages/help.md", "开始", "开始、")


def test_the_default_theme_has_all_its_english() -> None:
    from gxsite.engine.themes import read_theme
    from gxsite.render.lint_labels import advise

    theme = read_theme(ROOT, "default", languages=("en",))
    assert [message(found, "en") for found in advise(theme, "en")] == []
