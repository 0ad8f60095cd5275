"""Bodies as they are published, by either engine: anchors, links, headings, tables, and when what is imported."""

import re
import subprocess
import sys

import pytest

from gxsite.base.diagnostic import Place, ProjectError, Span
from gxsite.render.bodies.leaving import WORDS
from gxsite.render.body import COMRAK, DEFAULT, BodyEngine, body_engine, missing
from gxsite.site.views import BodyView
from tests.needs import ROOT

both = pytest.mark.parametrize("engine", [DEFAULT, COMRAK])
HERE = Place("gxsite.yaml", Span(2, 16, 2, 22))


def converted(engine: str, markdown: str, *links: tuple[str, str]) -> str:
    return str(body_engine(engine).convert(BodyView(markdown, links)).html)


def ids(engine: str, markdown: str) -> list[str]:
    return [heading.id for heading in body_engine(engine).convert(BodyView(markdown, ())).contents]


# -- links and anchors --------------------------------------------------------------------------------------------


@both
def test_an_anchor_leads_to_the_heading_on_this_page_and_on_another(engine: str) -> None:
    html = converted(
        engine,
        "## 一 {#a}\n\n[甲](#a)[乙](2018.md#a)[丙](2017.md)\n",
        ("2018.md#a", "../2018/index.html#a"),
        ("2017.md", "../2017/index.html"),
    )
    assert '<h2 id="s-a">' in html
    assert '<a href="#s-a">甲</a><a href="../2018/index.html#s-a">乙</a><a href="../2017/index.html">丙</a>' in html


@both
@pytest.mark.parametrize("written", ["附件.pdf", "<附件 一.pdf>", "%E9%99%84.pdf", "a?b=1&c=2", "100%.pdf", "a(1).pdf"])
def test_a_link_is_found_however_it_is_written(engine: str, written: str) -> None:
    target = written.strip("<>")
    html = converted(engine, f"[甲]({written})\n", (target, '2018/"x"&y.pdf'))
    assert html == '<p><a href="2018/&quot;x&quot;&amp;y.pdf">甲</a></p>'


@both
def test_a_link_to_what_is_held_back_is_text(engine: str) -> None:
    assert converted(engine, "[甲](gone.md)", ("gone.md", "")) == "<p><a>甲</a></p>"


@both
def test_an_anchor_may_be_chinese(engine: str) -> None:
    html = converted(engine, "## 一 {#概述}\n\n[甲](#概述)[乙](#%E6%A6%82%E8%BF%B0)[丙](#%22%3E%3Cb%3E)\n")
    assert '<h2 id="s-概述">' in html
    assert '<a href="#s-概述">甲</a><a href="#s-概述">乙</a><a href="#s-&quot;&gt;&lt;b&gt;">丙</a>' in html


@both
def test_other_addresses_stay_as_they_are(engine: str) -> None:
    html = converted(
        engine, '[甲](https://www.example.gov.cn/?a=1&b=2 "题")<span title=\' id="x" href="#y"\'>乙</span>\n'
    )
    assert 'href="https://www.example.gov.cn/?a=1&amp;b=2" title="题"' in html
    assert 'title=" id=&quot;x&quot; href=&quot;#y&quot;"' in html


@both
def test_a_link_that_leaves_the_site_says_so(engine: str) -> None:
    """The portal's own host is no other site, however it is written; nor are addresses that are no web pages."""
    written = (
        "[甲](https://b.cn/) [**乙**](http://B.CN:80) <HTTPS://A.cn.b.cn/> [丙](https://www.a.cn/x) [丁](http://A.CN)"
        " [戊](2017.md) [己](#top) <i@b.cn> [庚](tel:12345) ![图](p.png) <a href='https://b.cn'></a>\n\n"
        "## [辛](https://b.cn/?a=www.a.cn)"
    )
    html, contents = body_engine(engine).convert(BodyView(written, (), "www.a.cn"))
    said = [html[: at.start()].rpartition(">")[2] for at in re.finditer(re.escape(WORDS + "</a>"), html)]
    assert said == ["甲", "", "HTTPS://A.cn.b.cn/", "", "辛"]
    assert html.count("站外") == len(said)
    assert [heading.text for heading in contents] == ["辛"], "the contents do not lead out of the site"


@both
def test_ids_of_a_body_cannot_be_those_of_the_page(engine: str) -> None:
    html = converted(engine, '<table>\n<tr><th id="search">甲</th><td headers="search b">乙</td></tr>\n</table>\n')
    assert '<th id="s-search">' in html
    assert '<td headers="s-search s-b">' in html


# -- headings -----------------------------------------------------------------------------------------------------


@both
def test_headings_have_stable_ids_from_their_place_in_the_outline(engine: str) -> None:
    body = body_engine(engine).convert(BodyView("# 题\n\n## **一** &amp; 二\n\n### 甲\n\n## 二\n", ()))
    assert [(h.level, h.id, h.text) for h in body.contents] == [
        (2, "s-1", "题"),
        (2, "s-2", "一 & 二"),
        (3, "s-2-1", "甲"),
        (2, "s-3", "二"),
    ]


@both
def test_no_two_headings_have_one_id(engine: str) -> None:
    assert ids(engine, "## 一 {#a}\n\n## 二 {#a}\n\n## 三 {#s-a}\n") == ["s-a", "s-2", "s-3"]
    assert ids(engine, "## 一 {#2}\n\n## 二\n") == ["s-2", "s-2-"]
    assert ids(engine, "## 一 {#s-2}\n\n## 二\n\n## 三 {#2}\n") == ["s-2", "s-2-", "s-3"]


@both
def test_what_is_no_heading_has_no_number(engine: str) -> None:
    source = "<!-- <h2>甲</h2> -->\n\n<span title='<h2>乙</h2>'>丙</span>\n\n    <h2>丁</h2>\n\n## 戊\n"
    assert ids(engine, source) == ["s-1"]


# -- tables -------------------------------------------------------------------------------------------------------


@both
def test_a_wide_table_scrolls_inside_its_own_region(engine: str) -> None:
    html = converted(engine, "| 甲 | 乙 |\n| --- | ---: |\n| 1 | 2 {.x} |\n")
    assert html.startswith('<div class="scroll" role="region" aria-label="正文表格1" tabindex="0"><table>')
    assert '<td class="x right">2</td>' in html


@both
def test_a_table_in_a_table_scrolls_with_it(engine: str) -> None:
    inner = "<table><tr><td>甲</td></tr></table>"
    html = converted(engine, f"<table>\n<tr><td>{inner}</td></tr>\n</table>\n\n{inner}\n")
    assert html.count("<div") == html.count("</div>") == 2
    assert html.index("</table></td>") < html.index("</table></div>") < html.index("正文表格2")


# -- engines ------------------------------------------------------------------------------------------------------


def test_an_engine_tells_what_its_html_depends_on() -> None:
    ours, other = body_engine(DEFAULT).id, body_engine(COMRAK).id
    assert ours.startswith("python-markdown 3.")
    assert other.startswith("comrak 0.")
    assert ", nh3 0." in ours
    assert BodyEngine().id == ours


def test_nothing_is_imported_before_the_first_body() -> None:
    code = (
        "import sys; from gxsite.render.body import body_engine\n"
        "engines = [body_engine('python-markdown'), body_engine('comrak')]\n"
        "print(sorted({'markdown', 'comrak', 'nh3', 'markupsafe', 'xml', 'html'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def test_an_engine_that_is_not_installed_is_a_finding_and_no_other_takes_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert missing(COMRAK, HERE) == missing(DEFAULT, HERE) == ()
    monkeypatch.setitem(sys.modules, "comrak", None)
    assert [(d.code, d.place) for d in missing(COMRAK, HERE)] == [("GX909", HERE)]
    assert missing(DEFAULT, HERE) == ()
    with pytest.raises(ProjectError, match="GX909"):
        body_engine(COMRAK).convert(BodyView("甲\n", ()))
