"""comrak gives the HTML of the default engine, for all that the manual shows and for much that follows from it.

What differs stands in the manual too, and must differ: a difference that is gone is to be taken out of the list.
"""

import re
from random import Random

import pytest

from bench.make_corpus import make_report
from gxsite.render.body import COMRAK, DEFAULT, body_engine
from gxsite.site.views import BodyView
from tests.needs import ROOT
from tests.unit.render.same import shape

ENGINES = [body_engine(DEFAULT), body_engine(COMRAK)]
MANUAL = (ROOT / "docs/formats.md").read_text("utf-8")


def converted(source: str) -> list[str]:
    return [shape(str(engine.convert(BodyView(source, ())).html)) for engine in ENGINES]


def agreed(source: str) -> str:
    default, comrak = converted(source)
    assert comrak == default
    return default


def shown(kind: str, block: str) -> str:
    match = re.search(rf"<!-- dialect: {kind} -->\n{block}", MANUAL, re.M | re.S)
    assert match, f"the manual shows nothing {kind}"
    return match[1]


def different() -> list[str]:
    """The first column of the manual's table of differences."""
    rows = shown("different", r"((?:\|[^\n]*\n)+)").splitlines()[2:]
    found = [match[1] for row in rows if (match := re.match(r"\| `((?:[^`\\|]|\\.)+)`", row))]
    assert len(found) == len(rows)
    return [text.replace("⏎", "\n").replace("␣", " ").replace("\\|", "|") for text in found]


def test_the_long_example_of_the_manual() -> None:
    html = agreed(shown("same", r"```markdown\n(.*?)^```"))
    tags = "h2 h3 p strong em code br ul ol li blockquote table th td dl dt dd a img hr pre details summary sub sup"
    assert [tag for tag in tags.split() if f"<{tag}" not in html] == []


@pytest.mark.parametrize("source", different())
def test_what_the_manual_says_is_different(source: str) -> None:
    default, comrak = converted(source)
    assert default != comrak


def test_on_the_bodies_of_the_corpus() -> None:
    for year in range(2000, 2030):
        report, _ = make_report(1, "a", "云山市财政局", year)  # type: ignore[no-untyped-call]
        agreed(report.split("\n---\n", 1)[1])


# What is written, and a part of what both engines must make of it.
SAME = {
    # -- emphasis beside Chinese and other punctuation
    "**强调。**后面": "<strong>强调。</strong>后面",
    "**“公开”**为常态": "<strong>“公开”</strong>为",
    "2018年**“公开”**2019": "<strong>“公开”</strong>2019",
    "2018**(一)概述:**2018年": "2018<strong>(一)概述:</strong>2018年",
    "按照**《条例》**、*办法*的要求": "<strong>《条例》</strong>、<em>办法</em>的",
    "第**3.5%**，约**1,860**件": "<strong>3.5%</strong>，约<strong>1,860</strong>件",
    "全年**—**没有": "<strong>—</strong>",
    "中_文_字 a_b_c _弱_ __强__": "中_文_字 a_b_c <em>弱</em> <strong>强</strong>",
    "2*3*4 与 5 * 6 * 7": "2<em>3</em>4 与 5 * 6 * 7",
    "**甲 *乙* 丙**": "<strong>甲 <em>乙</em> 丙</strong>",
    "[**粗**](a.md)和**[粗](a.md)**后": '<strong><a href="a.md">粗</a></strong>后',
    "**未闭合，*也未": "**未闭合，*也未",
    # -- paragraphs, line breaks, escapes, entities
    "甲  \n乙\n丙": "甲\n<br>\n乙丙",
    "　　段首\n\n　　\n\n- 　项": "<p>\n段首\n</p>\n<ul>\n<li>\n项",
    "\\*不\\* \\_是\\_ \\#号 \\[x\\] \\`c\\` \\\\ \\{.x} \\| \\! \\.": "*不* _是_ #号 [x] `c` \\ {.x} | ! .",
    "C:\\目录 \\; \\/ \\\"引\\\" \\~": 'C:\\目录 \\; \\/ \\"引\\" \\~',
    "行末的\\\n反斜线": "行末的\\ 反斜线",
    "&copy; &amp; &#65; &#x4e00; A&B &foo; 5 < 6 > 4": "© & A 一 A&B &foo; 5 < 6 > 4",
    "甲\t乙\n\n-\t丙": "<li>\n丙",
    "{{ a.b }} 与 {x}": "{{ a.b }} 与 {x}",
    # -- headings
    "## 题 {#a .b}": '<h2 class="b" id="s-a">\n题',
    "## 题 ## {: #a }": '<h2 id="s-a">\n题\n</h2>',
    "##没有空格": "<h2",
    "# 一级": "<h2",
    "题\n===\n\n又\n---": '<h2 id="s-2">\n又',
    "## `{#a}`\n\n## 写作 \\{#b}\n\n## {{ x }}": "<code>{#a}</code>",
    "段\n## 题\n段": "</h2>\n<p>",
    # -- lists
    "- 甲\n    - 乙\n        1. 丙\n- 丁": "<ol>\n<li>\n丙",
    "1. 甲\n    续行\n1. 乙": "甲续行",
    "- 甲\n\n    续段\n\n- 乙": "<p>\n续段",
    "- 甲\n\n    > 引\n\n    | 甲 |\n    | --- |\n    | 1 |": "<blockquote>",
    "7. 甲\n9. 乙": '<ol start="7">',
    "- 甲\n\n1. 乙": "</ul>\n<ol>",
    "+ 甲\n+ 乙": "<ul>",
    "- 甲\n{: .c}\n- 乙": '<li class="c">\n甲',
    "1、甲\n2、乙": "1、甲 2、乙",
    # -- quotations
    "> 甲\n续\n\n> 乙": "</p>\n<p>\n乙\n</p>\n</blockquote>",
    "> 甲\n>\n> - 乙\n>     - 丙": "<li>\n丙",
    "> > 甲\n\n> > 乙": "<blockquote>\n<blockquote>\n<p>\n甲\n</p>\n<p>\n乙\n</p>\n</blockquote>\n</blockquote>",
    # -- tables
    "| 甲 | 乙 | 丙 |\n| :- | -: | :-: |\n| 1 | **2** | |\n| 少 |\n| 1 | 2 | 3 | 多 |": '<td class="right">\n<strong>2',
    "甲 | 乙\n--- | ---\n1 \\| 2 | `x`": "1 | 2",
    "| 甲 {.k} | 乙 |\n| --- | ---: |\n| 1 | 2 {#q .r} |": '<td class="r right" id="s-q">\n2',
    "| 甲 |\n| --- |\n| [a](b.md) |": '<a href="b.md">',
    # -- notes
    "甲[^1]乙[^注]丙[^1]\n\n[^注]: 先定义\n[^1]: 后定义": 'id="s-fnref2:1"',
    "甲[^1](含区县)[^2]\n\n[^1]: 一\n\n    二\n[^2]: - 三": "</sup>(含区县)<sup",
    "甲\n\n[^1]: 没有引用": "没有引用",
    "甲[^未]": "甲[^未]",
    # -- definitions
    "甲\n乙\n:   定义一\n:   定义二\n\n丙\n:   定义三": "<dt>\n甲\n</dt>\n<dt>\n乙\n</dt>\n<dd>\n定义一",
    "甲\n:   一\n\n    二": "<p>\n二",
    "甲\n\n:   一": "<dd>\n<p>\n一",
    # -- links and pictures
    '[甲](a.md "题 名")[乙](<a b.md>)[丙](a(1).md)': '<a href="a b.md">乙</a>',
    "[甲][r] [r] [乙][没有]\n\n[r]: a/ '题'": '<a href="a/" title="题">r</a>',
    "<https://www.example.gov.cn/中文?a=1&b=2> <a@example.gov.cn>": '<a href="mailto:a@example.gov.cn">',
    "https://www.example.gov.cn/ 不自动": "https://www.example.gov.cn/ 不自动",
    '![图](a.png "题"){width=100 height=50}': '<img alt="图" height="50" src="a.png" title="题" width="100">',
    '[甲](a.md){: .k #i title="x y"} ![](a.png){.k}': '<a class="k" href="a.md" id="s-i" title="x y">',
    "**乙**{.k}后 *丙*{.k}，`丁`{.k}": '<strong class="k">乙</strong>后 <em class="k">',
    "段\n{: .note #n lang=en}": '<p class="note" id="s-n" lang="en">',
    # -- code
    "`a*b*` `` x`y `` `<b>&amp;` `{.x}`": "<code>a*b*</code> <code>x`y</code> <code><b>&amp;</code> <code>{.x}</code>",
    "    甲 <b> **乙**\n\n    \\* {.x}\n丙": "‹b> **乙**\n\n\\* {.x}",
    # -- HTML
    "<div class='n'>\n**甲**\n\n**乙**\n</div>\n**丙**": "**甲** **乙**\n</div>",
    "<table>\n<tr><td rowspan=2>甲</td></tr>\n\n    <tr><td>乙</td></tr>\n</table>": '<td rowspan="2">',
    "<details>\n<summary>题</summary>\n\n<details></details>\n\n甲\n</details>乙": "</details>\n<p>\n乙",
    "<img src='a.png' alt='图'>\n\n<b>甲</b>\n**乙**": '<p>\n<img alt="图" src="a.png">',
    "<pre>\n#甲\n\n  乙\n</pre>": "#甲\n\n  乙",
    "甲<br>乙<sub>2</sub> <mark>丙</mark> <!-- 丁 --> <kbd>戊</kbd>": "<sub>2</sub> <mark>丙</mark>",
    "<hr>\n<div>甲\n\n乙": "<div>\n甲",
    # -- rules
    "甲\n\n---\n\n* * *\n\n___": "<hr>\n<hr>\n<hr>",
}  # fmt: skip


@pytest.mark.parametrize("source", SAME)
def test_both_engines_say_the_same(source: str) -> None:
    assert SAME[source] in agreed(source)


# -- documents put together from documented constructs ------------------------------------------------------------

_PROSE = (
    *(
        "公开",
        "申请",
        "2018年",
        "12",
        "abc",
        "《条例》",
        "（一）",
        "(一)",
        "“公开”",
        "，",
        "。",
        "：",
        ":",
        "—",
        "3.5%",
        "A&B",
    ),
    *("&copy;", "5 < 6", "a_b_c", "C++", "x=y", "$1", "#5号", "~", "·", "…", ";", "!", "?", "/", "@", "、"),
)
_INNER = ("公", "开2", "(一)注", "“重”", "概述：", "a:", "强调。", "x")
_INLINE = (
    *("**{}**", "*{}*", "`{}`", "[{}](a.md)", '[{}](<附件 一.pdf> "题名")', "[{}][r]", "![图](p.png)", "<b>{}</b>"),
    *(
        "<https://www.example.gov.cn/中>",
        "<br>",
        "**{}**{{.k}}",
        '[{}](b.md){{#z title="t"}}',
        "![i](j.png){{width=9}}",
    ),
    *("<!-- {} -->", "<span class='k'>{}</span>", "\\*", "\\{{"),
)


class _Writer:
    """Writes bodies as the manual asks for them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def line(self) -> str:
        pick = self.random.choice
        marks = (pick(_INLINE).format(pick(_INNER)) for _ in range(self.random.randint(0, 3)))
        return "文" + "".join(mark + self.prose() for mark in (*marks, ""))

    def prose(self) -> str:
        return "".join(self.random.choices(_PROSE, k=self.random.randint(1, 3)))

    def items(self, depth: int) -> list[str]:
        mark = self.random.choice(("-", "1."))
        lines = []
        for _ in range(self.random.randint(1, 3)):
            lines.append(f"{'    ' * depth}{mark} {self.line()}")
            if depth < 2 and self.random.random() < 0.3:
                lines += self.items(depth + 1)
        return lines

    def block(self) -> str:
        cells = [f"| {self.line()} | {self.line()} |" for _ in range(3)]
        return self.random.choice(
            (
                f"{self.line()}  \n{self.line()}\n{self.line()}",
                f"{'#' * self.random.randint(2, 4)} {self.line()} {{: .k}}",
                "\n".join((cells[0], "| :--- | ---: |", *cells[1:])),
                "\n".join(self.items(0)) + "\n\n隔开",
                "\n\n".join(f"- {self.line()}\n\n    {self.line()}" for _ in range(2)) + "\n\n隔开",
                f"> {self.line()}\n> {self.line()}\n>\n> {self.line()}",
                f"术语\n另一\n:   {self.line()}\n:   {self.line()}\n\n隔开",
                "    code <b> **x** {.y}\n    二",
                "<div>\n甲 **乙**\n\n丙\n</div>",
                f"{self.line()}\n{{: .note}}",
                f"　　{self.line()}",
            )
        )

    def body(self) -> str:
        blocks = [self.block() for _ in range(self.random.randint(1, 6))]
        notes = "[r]: ref.md '参'\n\n[^1]: 注一\n\n[^注]: 注二"
        return "\n\n".join([*blocks, "甲[^1]乙[^注]", notes])


@pytest.mark.parametrize("seed", range(8))
def test_both_engines_say_the_same_of_any_body_written_so(seed: int) -> None:
    writer = _Writer(seed)
    for _ in range(40):
        agreed(writer.body())
