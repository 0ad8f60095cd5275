"""Pages in traditional characters: what is converted, and what must stay."""

import subprocess
import sys

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import START, Place
from gxsite.render.hant import Traditional, missing
from tests.needs import ROOT

NAMES = {"云溪县人民政府": "云溪县人民政府", "云溪县": "雲溪縣", "发改": "发改"}


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>政府信息公开</p>", "<p>政府信息公開</p>"),
        ("<p>皇后与以后，里程与公里</p>", "<p>皇后與以後，里程與公里</p>"),
        ('<img alt="统计图" src="图/统计.png">', '<img alt="統計圖" src="图/统计.png">'),
        (
            '<td id="数值" class="数值" data-label="数值">数</td>',
            '<td id="数值" class="数值" data-label="數值">數</td>',
        ),
        ('<nav aria-label="当前位置" aria-labelledby="当">', '<nav aria-label="當前位置" aria-labelledby="当">'),
        ('<meta name="description" content="报告">', '<meta name="description" content="報告">'),
        ('<meta property="og:title" content="报告">', '<meta property="og:title" content="報告">'),
        ('<meta name="ArticleTitle" content="报告">', '<meta name="ArticleTitle" content="报告">'),
        ('<meta name="Keywords" content="报告">', '<meta name="Keywords" content="报告">'),
        ("<code>报告</code><pre>报告</pre><kbd>报告</kbd>", "<code>报告</code><pre>报告</pre><kbd>报告</kbd>"),
        ("<script>报告</script><style>报告</style><!--报告-->", "<script>报告</script><style>报告</style><!--报告-->"),
        ('<script type="application/ld+json">"报告"</script>', '<script type="application/ld+json">"報告"</script>'),
        ('<a lang="zh-CN" title="简">简</a>报', '<a lang="zh-CN" title="簡">简</a>報'),
        ('<span translate="no">报</span>', '<span translate="no">报</span>'),
        ("<p>&lt;数&gt; &amp; 2 < 3</p>", "<p>&lt;數&gt; &amp; 2 < 3</p>"),
    ],
)
def test_what_readers_read_is_converted(html: str, written: str) -> None:
    assert Traditional("s2t", {}).page(html) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("由云溪县人民政府发布", "由云溪县人民政府發佈"),
        ("由云溪县人民政协发布", "由雲溪縣人民政協發佈"),
        ("云溪县人民政府云溪县", "云溪县人民政府雲溪縣"),
        ("县发改局", "縣发改局"),
        ("云雾", "雲霧"),
    ],
)
def test_names_are_written_as_given_the_longest_first(text: str, written: str) -> None:
    traditional = Traditional("s2t", NAMES)
    assert traditional.text(text) == written
    assert traditional.page(f'<p title="{text}">{text}</p>') == f'<p title="{written}">{written}</p>'


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<title>使用</title>", "<title>&lt;b&gt;&quot;q&amp;</title>"),
        ('<a title="报使用">报使用</a>', '<a title="報&lt;b&gt;&quot;q&amp;">報&lt;b&gt;&quot;q&amp;</a>'),
        (
            '<script type="application/ld+json">{"name":"报使用"}</script>',
            '<script type="application/ld+json">{"name":"報\\u003cb\\u003e\\"q\\u0026"}</script>',
        ),
    ],
)
def test_how_a_name_is_written_is_a_text_and_no_markup(html: str, written: str) -> None:
    assert Traditional("s2t", {"使用": '<b>"q&'}).page(html) == written


@pytest.mark.parametrize("text", ["旧&lt;名&gt;县&amp;镇", "旧&#60;名&#x3E;县&AMP;镇"])
def test_a_name_is_known_however_the_page_has_to_write_it(text: str) -> None:
    name = "旧<名>县&镇"
    written = "報旧&lt;名&gt;县&amp;镇，縣&nbsp;鎮 < 報"
    assert Traditional("s2t", {name: name}).page(f"<p>报{text}，县&nbsp;镇 < 报</p>") == f"<p>{written}</p>"
    assert Traditional("s2t", {name: name}).page(f'<img alt="报{text}">') == '<img alt="報旧&lt;名&gt;县&amp;镇">'


def test_a_name_is_known_in_data_too() -> None:
    traditional = Traditional("s2t", {'旧<"名">县': '旧<"名">县'})
    data = '<script type="application/ld+json">{"a":"报旧\\u003c\\"名\\"\\u003e县报","b":"县\\\\"}</script>'
    assert traditional.page(data) == data.replace("报", "報").replace('"县', '"縣')


def test_names_are_found_in_long_texts_too() -> None:
    assert Traditional("s2t", NAMES).text("发" * 200 + "云溪县发改") == "發" * 200 + "雲溪縣发改"


def test_a_name_without_ideographs_is_none() -> None:
    assert Traditional("s2t", {"": "", "tanghe": "x"}).text("tanghe报") == "tanghe報"


@pytest.mark.parametrize(("standard", "written"), [("s2t", "裏面爲羣"), ("s2tw", "裡面為群"), ("s2hk", "裏面為羣")])
def test_standards(standard: str, written: str) -> None:
    assert Traditional(standard, {}).text("里面为群") == written


def test_without_opencc_there_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    (found,) = missing(Place("gxsite.yaml", START))
    assert message(found, "en") == "variants has zh-Hant, but OpenCC, which converts to it, is not installed"


def test_opencc_is_imported_with_the_first_page() -> None:
    code = "import sys; import gxsite.render.hant as h; h.Traditional('s2t', {}); assert 'opencc' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
