"""Chinese texts in English pages: each is marked, by as few marks as can be, and nothing English is."""

import re
from html.parser import HTMLParser

import pytest

from gxsite.render.foreign import marked

ZH = ' lang="zh-CN"'


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>甲县</p>", f"<p{ZH}>甲县</p>"),
        ('<p class="a">甲县2020年IPV6改造</p>', f'<p{ZH} class="a">甲县2020年IPV6改造</p>'),
        ("<p>Reports</p><p>2020</p>", "<p>Reports</p><p>2020</p>"),
        # as few marks as can be
        (
            "<ul><li>甲</li><li>1</li><li><b>乙</b>丙</li></ul>",
            f"<ul{ZH}><li>甲</li><li>1</li><li><b>乙</b>丙</li></ul>",
        ),
        ("<ul><li>甲</li><li>Home</li></ul>", f"<ul><li{ZH}>甲</li><li>Home</li></ul>"),
        ("<h1><span>甲</span><span>2020年</span></h1>", f"<h1{ZH}><span>甲</span><span>2020年</span></h1>"),
        ("<div><p>甲</p><p>All</p></div>", f"<div><p{ZH}>甲</p><p>All</p></div>"),
        # Chinese words in an English sentence
        ("<p>Reports of 甲县（示例）, 2020</p>", f"<p>Reports of <span{ZH}>甲县（示例）</span>, 2020</p>"),
        ("<p>“甲”changed to “乙”</p>", f"<p><span{ZH}>“甲”</span>changed to <span{ZH}>“乙”</span></p>"),
        ("<p>甲<br>and more</p>", f"<p><span{ZH}>甲</span><br>and more</p>"),
        # words that are heard and cannot be marked
        ('<nav aria-label="Pages"><a>甲</a></nav>', f'<nav aria-label="Pages"><a{ZH}>甲</a></nav>'),
        ('<nav aria-label="2020"><a>甲</a></nav>', f'<nav{ZH} aria-label="2020"><a>甲</a></nav>'),
        # what bears a language already
        ('<p><a lang="zh-Hant">繁體</a></p>', '<p><a lang="zh-Hant">繁體</a></p>'),
        ('<p>甲<i lang="en">May</i></p>', f'<p{ZH}>甲<i lang="en">May</i></p>'),
        # where no element may stand
        ("<title>甲_Years</title>", "<title>甲_Years</title>"),
        ("<title>甲_2020</title>", f"<title{ZH}>甲_2020</title>"),
        ("<svg><text>甲 and</text><text>乙</text></svg>", f"<svg><text>甲 and</text><text{ZH}>乙</text></svg>"),
        ("<select><option>甲 or</option></select>", "<select><option>甲 or</option></select>"),
        # the frame, what is no prose, and tags that nobody closed
        ("<html><body>甲</body></html>", f"<html><body><span{ZH}>甲</span></body></html>"),
        ("<script>甲</script><code>甲</code><!--甲-->", "<script>甲</script><code>甲</code><!--甲-->"),
        ("<ul><li>甲<li>Home</ul>乙", f"<ul><li><span{ZH}>甲</span><li>Home</ul><span{ZH}>乙</span>"),
        ("</p><p>甲", f"</p><p{ZH}>甲"),
        ("<p>&lt;甲&gt;&nbsp;</p>", f"<p{ZH}>&lt;甲&gt;&nbsp;</p>"),
    ],
)
def test_marks(html: str, wanted: str) -> None:
    assert marked(html) == wanted


def test_a_body_is_one_thing() -> None:
    body = "<p>甲 in English</p>\n<p>more</p>"
    page = f'<main><p>All</p><div class="body">\n{body}\n</div></main>'
    assert marked(page, body) == f'<main><p>All</p><div{ZH} class="body">\n{body}\n</div></main>'
    assert marked(f"<main>All {body}</main>", body) == f"<main>All <div{ZH}>{body}</div></main>"
    assert marked("<p>without it</p>", body) == "<p>without it</p>"


class _Listener(HTMLParser):
    """Every text with the language that it is heard in."""

    def __init__(self) -> None:
        super().__init__()
        self.languages = ["en"]
        self.heard: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.languages.append(dict(attrs).get("lang") or self.languages[-1])

    def handle_endtag(self, tag: str) -> None:
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        self.heard.append((self.languages[-1], data))


def heard(html: str) -> list[tuple[str, str]]:
    """The texts of some HTML whose elements are all closed, each with its language."""
    listener = _Listener()
    listener.feed(html)
    listener.close()
    return listener.heard


@pytest.mark.parametrize("seed", range(40))
def test_every_chinese_character_is_heard_in_chinese_and_no_english_word_is(seed: int) -> None:
    from random import Random

    rng = Random(seed)

    def grown(depth: int) -> str:
        text = rng.choice(["甲县", "2020", "All reports", "of 甲县 in 2020", "（乙）", "IPV6 改造", " ", "PDF"])
        if depth == 0:
            return text
        inner = "".join(grown(depth - 1) for _ in range(rng.randint(1, 3)))
        return f"<{(tag := rng.choice(['p', 'div', 'td', 'b']))}>{inner}{text}</{tag}>"

    page = grown(4)
    result = marked(page)
    assert re.sub(r"<span lang=\"zh-CN\">([^<]*)</span>", r"\1", result).replace(ZH, "") == page
    for language, text in heard(result):
        if re.search("[\u4e00-\u9fff]", text):
            assert language == "zh-CN", text
        if re.search("[a-z]{2}", text):
            assert language == "en", text
