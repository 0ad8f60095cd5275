"""Bodies as they are published: anchors, links, and what is taken out."""

from gxsite.render.body import BodyEngine
from gxsite.site.views import BodyView


def converted(markdown: str, *links: tuple[str, str]) -> str:
    return str(BodyEngine().convert(BodyView(markdown, links)).html)


def test_an_anchor_leads_to_the_heading_on_this_page_and_on_another() -> None:
    html = converted(
        "## 一 {#a}\n\n[甲](#a)[乙](2018.md#a)[丙](2017.md)\n",
        ("2018.md#a", "../2018/index.html#a"),
        ("2017.md", "../2017/index.html"),
    )
    assert '<h2 id="s-a">' in html
    assert '<a href="#s-a">甲</a><a href="../2018/index.html#s-a">乙</a><a href="../2017/index.html">丙</a>' in html


def test_a_link_to_what_is_held_back_is_text() -> None:
    assert converted("[甲](gone.md)", ("gone.md", "")) == "<p><a>甲</a></p>"


def test_scripts_styles_and_handlers_are_taken_out() -> None:
    html = converted("<script>x()</script>\n\n<p onclick='x()' style='color:red'>甲</p>\n\n[乙](javascript:x)\n")
    assert "script" not in html
    assert "onclick" not in html
    assert "style" not in html
    assert "甲" in html


def test_headings_have_stable_ids_from_their_place_in_the_outline() -> None:
    body = BodyEngine().convert(BodyView("# 题\n\n## 一\n\n### 甲\n\n## 二\n", ()))
    assert [(h.level, h.id, h.text) for h in body.contents] == [
        (2, "s-1", "题"),
        (2, "s-2", "一"),
        (3, "s-2-1", "甲"),
        (2, "s-3", "二"),
    ]


def test_a_wide_table_scrolls_inside_its_own_region() -> None:
    html = converted("| 甲 | 乙 |\n| --- | ---: |\n| 1 | 2 |\n")
    assert html.startswith('<div class="scroll" role="region" aria-label="正文表格1" tabindex="0"><table>')
    assert '<td class="right">2</td>' in html
