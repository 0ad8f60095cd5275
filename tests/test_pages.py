"""What single pages say, to readers and to machines, in small portals that show what the example does not."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic
from gxsite.engine.build import check
from tests.test_portal import Page
from tests.test_variants import change, once, project, write

REPORT = "content/hecheng/2016.md"
GUIDE = "content/hecheng-edu/documents/guide.md"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
CORRECTED = "corrections:\n  - {date: 2019-04-09, reason: 正文错字。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small golden portal, not built yet."""
    return project(tmp_path / "p", "")


def configure(root: Path, text: str) -> None:
    """Add to the configuration."""
    write(root / "gxsite.yaml", (root / "gxsite.yaml").read_text("utf-8") + text)


def page_of(root: Path, path: str) -> Page:
    return Page.read(path, (root / "build" / path).read_text("utf-8"))


def social_of(page: Page) -> dict[str, str]:
    return {e["property"]: e["content"] for e in page.all("meta") if "property" in e}


def found(root: Path, code: str) -> list[Diagnostic]:
    return [d for d in check(root)[1].diagnostics if d.code == code]


def agency(root: Path, name: str, more: str) -> None:
    """One more agency."""
    write(root / f"content/{name}/agency.yaml", f"name: {name}\n{more}\n")
    write(root / f"content/{name}/documents/note.md", "---\ntitle: 说明\npublished: 2017-01-01\n---\n文。\n")


# -- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "chinese", "english"),
    [
        ("", "2019-04-09更正。", "Corrected on 2019-04-09."),
        (", from: 甲", "2019-04-09更正：删去“甲”。", "Corrected on 2019-04-09: “甲” removed."),
        (", to: 乙", "2019-04-09更正：增加“乙”。", "Corrected on 2019-04-09: “乙” added."),
        (", from: 甲, to: 乙", "2019-04-09更正：“甲”改为“乙”。", "Corrected on 2019-04-09: “甲” changed to “乙”."),
        (", cell: 第二条", "2019-04-09更正“第二条”。", "Corrected on 2019-04-09: “第二条”."),
        (
            ", cell: 第二条, to: 乙",
            "2019-04-09更正：“第二条”由空白改为乙。",
            "Corrected on 2019-04-09: “第二条” changed from Blank to 乙.",
        ),
    ],
)
def test_a_correction_says_what_is_known_of_it_and_no_more(root: Path, more: str, chinese: str, english: str) -> None:
    configure(root, "variants: [en]\n")
    change(root / GUIDE, "---\n", f"---\n{CORRECTED}{more}}}\n")
    once(root)
    for folder, said in (("", chinese), ("en/", english)):
        source = page_of(root, f"{folder}hecheng-edu/documents/guide/index.html").source
        notice = source.partition('id="part-corrections"')[2].partition("</section>")[0]
        first, reason = re.findall(r"<p.*?</p>", notice)
        assert re.sub(r"<[^>]*>", "", first) == said
        assert re.sub(r"<[^>]*>", "", reason) == "正文错字。"


# -- the policy ------------------------------------------------------------------------------------------------------


def test_the_policy_is_the_same_on_every_page_in_every_language(root: Path) -> None:
    configure(root, "variants: [zh-Hant, en]\n")
    once(root)
    policies = {
        element["content"]
        for path in (root / "build").rglob("*.html")
        for element in Page.read(path.name, path.read_text("utf-8")).all("meta")
        if element.get("http-equiv") == "Content-Security-Policy"
    }
    assert len(policies) == 1
    assert "script-src" not in policies.pop()


# -- years and sizes -------------------------------------------------------------------------------------------------


def test_the_archive_of_a_year_is_called_by_the_year(root: Path) -> None:
    configure(root, "variants: [en]\n")
    write(root / "content/hecheng/2016/一.txt", "a")
    change(root / REPORT, "](2016/明细表.csv)", "](2016/明细表.csv)、[一](2016/一.txt)")
    once(root)
    chinese, english = (page_of(root, f"{folder}years/2015/index.html") for folder in ("", "en/"))
    assert chinese.all("h1")[0].text == "2015年政府信息公开工作年度报告"
    assert chinese.meta["description"] == "2015年政府信息公开工作年度报告，已公布1份。"
    assert english.meta["description"].startswith("One annual report on government information disclosure in 2015 has")
    assert not re.search(r"\.[A-Z]", re.sub(r"<[^>]*>", "", english.source.partition('id="missing"')[2]))
    report = page_of(root, "en/hecheng/2016/index.html").source
    assert '<span class="size">1 byte</span>' in report


# -- old addresses ---------------------------------------------------------------------------------------------------


def test_two_agencies_that_had_one_id_are_a_finding(root: Path) -> None:
    agency(root, "one", "former_ids: [before]")
    agency(root, "two", "former_ids: [before, before]")
    (clash,) = found(root, "GX805")
    assert clash.place.path == "content/two/agency.yaml"
    assert message(clash, "zh") == (
        "content/one/agency.yaml 的 former_ids 与 content/two/agency.yaml 的 former_ids 的地址都是 before/index.html"
    )


def test_an_id_that_another_agency_has_now_is_a_finding_about_the_one_that_had_it(root: Path) -> None:
    """One finding, though each has pages below that id."""
    change(root / "content/hecheng/agency.yaml", "old-hecheng", "one")
    agency(root, "one", "")
    (clash,) = found(root, "GX805")
    assert clash.place.path == "content/hecheng/agency.yaml"
    assert message(clash, "en") == (
        "content/one/agency.yaml and former_ids of content/hecheng/agency.yaml would both be written to one/index.html"
    )


def test_a_page_where_an_agency_had_its_own_is_named_by_its_file(root: Path) -> None:
    write(root / "content/pages/old-hecheng.md", "---\ntitle: 旧\n---\n文。\n")
    (clash,) = found(root, "GX805")
    assert "moved" not in message(clash, "zh")
    assert "content/pages/old-hecheng.md" in message(clash, "zh")


def test_a_page_at_an_old_address_says_where_the_new_one_is_and_nothing_of_itself(root: Path) -> None:
    configure(root, "variants: [en]\n")
    once(root)
    for folder in ("", "en/"):
        page = page_of(root, f"{folder}old-hecheng/2016/index.html")
        canonical = [e["href"] for e in page.all("link") if e.get("rel") == "canonical"]
        assert canonical == [f"https://www.example.gov.cn/zwgk/nianbao/{folder}hecheng/2016/"]
        assert page.meta["robots"] == "noindex"
        assert [e for e in page.all("meta") if e.get("http-equiv") == "refresh"]
        assert not social_of(page)
        assert not page.all("script")
        assert not [e for e in page.all("link") if "hreflang" in e]
        assert {"ColumnName", "ArticleTitle"}.isdisjoint(page.meta)


# -- the menu --------------------------------------------------------------------------------------------------------


def here(page: Page) -> list[tuple[str, str]]:
    menu = page.elements[next(i for i, e in enumerate(page.elements) if e.get("class") == "menu") :]
    end = next(i for i, e in enumerate(menu) if e.tag == "main")
    return [(e.text, e["aria-current"]) for e in menu[:end] if e.tag == "a" and "aria-current" in e]


def test_the_menu_marks_the_page_and_what_is_above_it_by_address(root: Path) -> None:
    change(root / GUIDE, (root / GUIDE).read_text("utf-8").split("\n")[1], "title: 使用帮助")
    once(root)
    assert page_of(root, "help/index.html").all("h1")[0].text == "使用帮助"
    assert here(page_of(root, "help/index.html")) == [("使用帮助", "page")]
    assert here(page_of(root, "hecheng-edu/documents/guide/index.html")) == []
    assert here(page_of(root, "index.html")) == [("首页", "page")]
    assert here(page_of(root, "years/index.html")) == [("年度归档", "page")]
    assert here(page_of(root, "years/2016/index.html")) == [("年度归档", "true")]


# -- pages without a body --------------------------------------------------------------------------------------------


def test_a_page_without_a_body_is_found_and_stays_out_of_the_menu(root: Path) -> None:
    once(root)
    write(
        root / "content/pages/empty.md", "---\ntitle: 空栏目\ndescription: 说明\norder: 1\n---\n\n<!-- 以后再写 -->\n"
    )
    assert [d.place.path for d in found(root, "GX602")] == ["content/pages/empty.md"]
    once(root)
    linked = {
        path
        for path in ("index.html", "sitemap/index.html", "help/index.html")
        if "空栏目" in page_of(root, path).source
    }
    assert linked == {"sitemap/index.html"}
    write(root / "content/pages/empty.md", "---\ntitle: 空栏目\ndescription: 说明\norder: 1\n---\n\n有了。\n")
    assert found(root, "GX602") == []
    once(root)
    assert "空栏目" in page_of(root, "index.html").source
    assert "空栏目" in page_of(root, "help/index.html").source


def test_a_file_that_cannot_be_read_is_not_called_empty(root: Path) -> None:
    write(root / "content/pages/empty.md", "title: 空栏目\n---\n文。\n")
    assert found(root, "GX602") == []


# -- tags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("standard", "territory"), [("s2t", "TW"), ("s2tw", "TW"), ("s2hk", "HK")])
def test_the_locale_has_a_language_and_a_territory(root: Path, standard: str, territory: str) -> None:
    configure(root, f"variants: [zh-Hant, en]\nhant: {{standard: {standard}}}\n")
    once(root)
    locales = {
        folder: social_of(page_of(root, f"{folder}index.html"))["og:locale"] for folder in ("", "zh-hant/", "en/")
    }
    assert locales == {"": "zh_CN", "zh-hant/": f"zh_{territory}", "en/": "en_US"}


@pytest.mark.parametrize("name", ["crest.png", "crest.svg"])
def test_a_crest_that_is_no_drawing_is_shown_where_a_link_is_passed_on(root: Path, name: str) -> None:
    picture = root / "assets" / name
    picture.parent.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    picture.write_bytes(PNG if name.endswith("png") else svg.encode())
    configure(root, f"look: {{crest: {name}, crest_alt: 市徽}}\nvariants: en\n")
    once(root)
    for path in ("index.html", "en/hecheng/2016/index.html"):
        social = social_of(page_of(root, path))
        if name.endswith("svg"):
            assert not [key for key in social if key.startswith("og:image")]
        else:
            base, address = "https://www.example.gov.cn/zwgk/nianbao/", social["og:image"]
            assert (root / "build" / address.removeprefix(base)).read_bytes() == PNG
            assert social["og:image:alt"] == "市徽"


def test_keywords_are_those_of_the_record_card_and_of_the_column(root: Path) -> None:
    write(root / "content/pages/guide.md", "---\ntitle: 公开指南\ncolumn: 信息公开指南\n---\n文。\n")
    once(root)
    assert page_of(root, "hecheng/2016/index.html").meta["Keywords"] == "年度报告,=公开"
    assert "Keywords" not in page_of(root, "hecheng-edu/documents/guide/index.html").meta
    assert page_of(root, "hecheng/index.html").meta["ColumnKeywords"] == "政府信息公开,年度报告"
    assert page_of(root, "guide/index.html").meta["ColumnKeywords"] == "信息公开指南,公开指南"
    assert page_of(root, "help/index.html").meta["ColumnKeywords"] == "信息公开目录,使用帮助"


# -- what other programs are told of changes -------------------------------------------------------------------------


def test_corrections_and_withdrawals_are_changes_for_programs_too(root: Path) -> None:
    change(root / GUIDE, "---\n", f"---\n{CORRECTED}}}\n")
    once(root)
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    top = ElementTree.fromstring((root / "build/sitemap.xml").read_bytes())
    days = {(url.findtext(f"{name}loc") or "").partition("/nianbao/")[2]: url.findtext(f"{name}lastmod") for url in top}
    assert days["hecheng/2016/"] == "2017-05-06"
    assert days["hecheng-edu/documents/guide/"] == "2019-04-09"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring((root / "build/feeds/reports.xml").read_bytes())
    newest = feed.findall(f"{atom}entry")[0]
    assert newest.findtext(f"{atom}id") == "https://www.example.gov.cn/zwgk/nianbao/hecheng/2016/"
    assert newest.findtext(f"{atom}updated") == feed.findtext(f"{atom}updated") == "2017-05-06T00:00:00+08:00"
    assert (newest.findtext(f"{atom}published") or "").startswith("2017-03-")
    change(root / REPORT, "corrections:", "withdrawn: {date: 2018-02-03, reason: 重报}\ncorrections:")
    once(root)
    assert "<lastmod>2018-02-03</lastmod>" in (root / "build/sitemap.xml").read_text("utf-8")
    assert "hecheng/2016/" not in (root / "build/feeds/reports.xml").read_text("utf-8")


# -- the footer ------------------------------------------------------------------------------------------------------

MARK = "  mark: {picture: mark.png, link: 'https://bszs.conac.cn/sitename?method=show&id=1', alt: 党政机关}\n"


def foot(root: Path, more: str) -> None:
    """Add to the footer of the configuration."""
    change(root / "gxsite.yaml", "footer:\n", f"footer:\n{more}")


def links_in_foot(page: Page) -> dict[str, str]:
    start = next(i for i, e in enumerate(page.elements) if e.tag == "footer")
    leaves = re.compile(r"（站外链接）| ?\(external link\)")
    return {leaves.sub("", e.text): e["href"] for e in page.elements[start:] if e.tag == "a"}


def test_the_mark_of_government_sites_is_a_file_of_the_portal_that_leads_to_its_record(root: Path) -> None:
    (root / "assets").mkdir()
    (root / "assets/mark.png").write_bytes(PNG)
    foot(root, MARK)
    configure(root, "variants: [en]\n")
    once(root)
    for path in ("index.html", "hecheng/2016/index.html", "en/hecheng/2016/index.html", "404.html"):
        page = page_of(root, path)
        (picture,) = [e for e in page.all("img") if e["alt"] == "党政机关"]
        published = picture["src"].rpartition("assets/")[2]
        assert (root / "build/assets" / published).read_bytes() == PNG
        assert (picture["width"], picture["height"]) == ("48", "48")
        assert links_in_foot(page)[""] == "https://bszs.conac.cn/sitename?method=show&id=1"
    (root / "assets/mark.png").write_bytes(PNG + b"x")
    assert "hecheng/2016/index.html" in once(root).changed
    change(root / "gxsite.yaml", MARK, "")
    assert "hecheng/2016/index.html" in once(root).changed
    assert not list((root / "build/assets").glob("mark.*"))


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("{picture: mark.png, link: 'https://a.example.cn/', alt: 党政机关}", "GX922"),
        ("{picture: mark.png, alt: 党政机关}", "GX202"),
        ("{picture: mark.png, link: /x, alt: 党政机关}", "GX203"),
        ("{pictur: mark.png, link: 'https://a.example.cn/', alt: 党政机关}", "GX201"),
    ],
)
def test_a_slip_in_the_mark_is_a_finding(root: Path, mark: str, code: str) -> None:
    foot(root, f"  mark: {mark}\n")
    assert len(found(root, code)) == 1


def test_a_theme_that_does_not_show_the_mark_says_so(root: Path) -> None:
    (root / "assets").mkdir()
    (root / "assets/mark.png").write_bytes(PNG)
    foot(root, MARK)
    configure(root, "theme: mine\n")
    write(root / "themes/mine/theme.yaml", "name: mine\nextends: default\n")
    assert found(root, "GX924") == []
    write(root / "themes/mine/theme.yaml", "name: mine\n")
    kinds = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")
    for kind in kinds:
        write(root / f"themes/mine/templates/{kind}.html", "{{ page.title }}\n")
    assert [d.fact["key"] for d in found(root, "GX924")] == ["footer.mark"]


def test_the_record_of_the_police_is_led_to_where_its_number_can_be_read(root: Path) -> None:
    text = (root / "gxsite.yaml").read_text("utf-8")
    (said,) = re.findall(r"police: *(.*)", text)
    for number, rest in (("34081102000277", "#/query/webSearch?code=34081102000277"), ("3408", "")):
        write(root / "gxsite.yaml", text.replace(said, f"皖公网安备 {number}号"))
        once(root)
        address = links_in_foot(page_of(root, "index.html"))[f"皖公网安备 {number}号"]
        assert address == f"https://beian.mps.gov.cn/{rest}"


def test_the_footer_says_what_it_is_given_and_leads_to_pages(root: Path) -> None:
    foot(root, "  copyright: 版权归河城市所有\n  ipv6: 本站支持 IPv6\n  pages: [privacy]\n")
    write(root / "content/pages/privacy.md", "---\ntitle: 隐私声明\n---\n不收集。\n")
    once(root)
    page = page_of(root, "hecheng/2016/index.html")
    assert links_in_foot(page)["隐私声明"] == "../../privacy/index.html"
    assert "<li>本站支持 IPv6</li>\n<li>版权归河城市所有</li>" in page.source
    assert links_in_foot(page_of(root, "404.html"))["隐私声明"] == "https://www.example.gov.cn/zwgk/nianbao/privacy/"
    change(root / "content/pages/privacy.md", "隐私声明", "隐私政策")
    once(root)
    assert "隐私政策" in links_in_foot(page_of(root, "hecheng/2016/index.html"))
    assert "隐私政策" in links_in_foot(page_of(root, "404.html"))
    change(root / "gxsite.yaml", "[privacy]", "[privcy]")
    (dead,) = found(root, "GX804")
    assert (dead.place.path, dead.fact["near"]) == ("gxsite.yaml", "privacy")


# -- files that pages ask for ----------------------------------------------------------------------------------------


def test_an_icon_that_another_takes_the_place_of_is_not_published(root: Path) -> None:
    once(root)
    assert list((root / "build/assets").glob("icon.*.svg"))
    (root / "assets").mkdir()
    (root / "assets/own.png").write_bytes(PNG)
    configure(root, "look: {icon: own.png}\n")
    once(root)
    assert [path.suffix for path in (root / "build/assets").glob("icon.*")] == [".png"]


def test_a_style_sheet_for_paper_does_not_hold_up_a_screen(root: Path) -> None:
    once(root)
    sheets = {
        e["href"]: e.get("media", "") for e in page_of(root, "index.html").all("link") if e["rel"] == "stylesheet"
    }
    assert {re.sub(r"\.[0-9a-f]{10}", "", href): media for href, media in sheets.items()} == {
        "assets/style.css": "",
        "assets/print.css": "print",
    }
