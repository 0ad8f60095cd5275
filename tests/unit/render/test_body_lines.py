"""Line breaks inside Chinese are no spaces: joined where Chinese goes on, kept everywhere else, by either engine."""

from itertools import pairwise
from random import Random

import pytest

from gxsite.render.bodies.safe_html import published
from gxsite.render.body import COMRAK, DEFAULT, body_engine
from gxsite.site.views import BodyView
from tests.unit.render.same import shape

ENGINES = [body_engine(DEFAULT), body_engine(COMRAK)]


def converted(markdown: str) -> str:
    """What both engines make of a text."""
    default, comrak = (str(engine.convert(BodyView(markdown, ())).html) for engine in ENGINES)
    assert shape(comrak) == shape(default)
    return default


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("公开\n信息", "<p>公开信息</p>"),
        ("公开，\n（信息）。\n《条例》", "<p>公开，（信息）。《条例》</p>"),
        ("公开 \n   信息", "<p>公开信息</p>"),
        ("一\n二\n三\n四", "<p>一二三四</p>"),
        ("𠮷\n〇", "<p>𠮷〇</p>"),
        ("**公开**\n信息", "<p><strong>公开</strong>信息</p>"),
        ("公开\n**信息**", "<p>公开<strong>信息</strong></p>"),
        ("**公开**\n[*信息*](a.md)", '<strong>公开</strong><a href="a.md"><em>信息</em></a></p>'),
        ("[公开\n信息](a.md)", '<p><a href="a.md">公开信息</a></p>'),
        ("公开\n`信息`\n编码", "<p>公开<code>信息</code>编码</p>"),
        ("公开<sup>注</sup>\n信息", "<p>公开<sup>注</sup>信息</p>"),
        ("他问：“好吗？”\n“好。”——\n——“①对…”\n②错", "<p>他问：“好吗？”“好。”————“①对…”②错</p>"),
        ("- 公开\n  信息\n- 甲", "<li>公开信息</li>"),
        ("> 公开\n> 信息", "<p>公开信息</p>"),
        ("术语\n:   公开\n    信息", "<dd>公开信息</dd>"),
        ("<p>公开\n信息</p>", "<p>公开信息</p>"),
        ("公开[^1]\n信息\n\n[^1]: 注\n    释", ">1</a></sup>信息</p>"),
        ("公开\n信息[^1]\n\n[^1]: 注\n    释", "<p>注释"),
    ],
)
def test_a_break_inside_chinese_goes(markdown: str, html: str) -> None:
    assert html in converted(markdown)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("公开  \n信息", "<p>公开<br>\n信息</p>"),
        ("公开<br>\n信息", "<p>公开<br>\n信息</p>"),
        ("公开\n\n信息", "<p>公开</p>\n<p>信息</p>"),
        ("公开\nPDF\n信息", "<p>公开\nPDF\n信息</p>"),
        ("公开\n2018\n年", "<p>公开\n2018\n年</p>"),
        ("公开**A**\n信息", "<p>公开<strong>A</strong>\n信息</p>"),
        ("“open”\n“信息”", "<p>“open”\n“信息”</p>"),
        ("“公开”\n“data”", "<p>“公开”\n“data”</p>"),
        ("公开\n![图](p.png)\n信息", "<p>公开\n<img "),
        ("公开\n![图](p.png)\n信息", ">\n信息</p>"),
        ("公开\n　　信息", "<p>公开\n　　信息</p>"),
        ("한국\n信息", "<p>한국\n信息</p>"),
        ("    公开\n    信息", "<pre><code>公开\n信息\n</code></pre>"),
        ("<pre>公开\n信息</pre>\n\n公开", "<pre>公开\n信息</pre>"),
    ],
)
def test_any_other_break_stays(markdown: str, html: str) -> None:
    assert html in converted(markdown)


def test_a_break_inside_code_stays() -> None:
    default, comrak = (str(engine.convert(BodyView("公\n开`信\n息`编\n码", ())).html) for engine in ENGINES)
    assert default == "<p>公开<code>信\n息</code>编码</p>"
    assert comrak == "<p>公开<code>信 息</code>编码</p>"
    nested = "<pre>公\n<pre>开</pre>\n信\n<code>息</code></pre>"
    assert published(f"{nested}\n<p>编\n码</p>", {})[0] == f"{nested}\n<p>编码</p>"


@pytest.mark.parametrize("seed", range(4))
def test_nothing_but_breaks_between_chinese_is_lost(seed: int) -> None:
    """Whatever the lines are made of: joined by hand where both ends are Chinese, as the definition says."""
    random = Random(seed)
    ends = ("公", "，", "）", "a", "8", "”", "—", "%")
    for _ in range(200):
        lines = [random.choice(ends[:3]) + random.choice(("", "文", "x")) + random.choice(ends) for _ in range(6)]
        wanted = lines[0]
        for before, line in pairwise(lines):
            last = before.rstrip("”—")[-1]
            wanted += ("" if last in "公文，）" else "\n") + line
        assert converted("\n".join(lines)) == f"<p>{wanted}</p>"
