"""Whatever a body holds, nothing runs, nothing poses as the page, and it takes no time to speak of."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from random import Random
from types import ModuleType

import nh3
import pytest

from gxsite.render.bodies import commonmark, python_markdown
from gxsite.render.bodies.leaving import WORDS
from gxsite.render.bodies.safe_html import is_plain, published
from gxsite.render.body import COMRAK, DEFAULT, body_engine
from gxsite.site.views import BodyView
from tests.unit.build import quickly
from tests.unit.render.pieces import HOSTILE, PIECES, text

both = pytest.mark.parametrize("engine", [DEFAULT, COMRAK])
# A body's own HTML, and what gxsite puts around a table.
TAGS = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup"),
    *("data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5"),
    *("h6", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rtc", "s", "samp"),
    *("section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("time", "tr", "u", "ul", "var", "wbr"),
}
ATTRIBUTES = {
    *("id", "class", "title", "lang", "dir", "href", "src", "alt", "width", "height", "colspan", "rowspan", "headers"),
    *("scope", "start", "reversed", "value", "datetime", "cite", "role", "aria-label", "tabindex"),
}


class _Reader(HTMLParser):
    """The tags of a text as a browser meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def faults(html: str) -> Iterator[str]:
    """What may not stand in the HTML of a body."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for tag, attributes in reader.tags:
        if tag not in TAGS:
            yield f"<{tag}>"
        yield from (f"<{tag} {name}>" for name in attributes if name not in ATTRIBUTES)
        if (attributes.get("id") or "s-").find("s-") != 0:
            yield f"id {attributes['id']}"
        for name in ("href", "src", "cite"):
            address = re.sub("[\t\r\n]", "", attributes.get(name) or "").lstrip(" \x00\x0b\x0c\x1c").lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", address)
            if scheme and scheme[0] not in ("http", "https", "mailto", "tel"):
                yield f"{name} {attributes[name]}"


def converted(engine: str, source: str) -> str:
    return str(body_engine(engine).convert(BodyView(source, (("gone.md", ""), ("a.md", '../a/index.html#"x"')))).html)


@both
@pytest.mark.parametrize(
    "source",
    [
        "<script>x()</script>\n\n<p onclick='x()' style='color:red'>甲</p>\n\n[乙](javascript:x)\n",
        "<img src=x onerror=alert(1)>甲<svg><script>x</script></svg>",
        "[甲](javascript:alert(1)) [甲](JAVASCRIPT:x) [甲](java&#115;cript:x) [甲](<java\tscript:x>) <javascript:x>",
        "[甲](&#x6A;avascript&colon;x) [甲](data:text/html;base64,PHNjcmlwdD4=) ![甲](vbscript:x)",
        "[甲][r]\n\n[r]: javascript:alert(1) '\"><script>x</script>'",
        '[甲](a "\\"><script>x</script>") ![\\"><script>x</script>](a.png)',
        "## 甲 {onclick=\"x\" style='x' .k}\n\n甲\n{: onmouseover=x href=javascript:x }\n\n**乙**{onclick=x}",
        "[甲](b.md){href=javascript:x} ![乙](b.png){src=javascript:x onerror=x}",
        '甲[^"><script>x</script>]\n\n[^"><script>x</script>]: 乙 <script>x</script>',
        "`<script>x</script>` `` ` <script> `` \n\n    <script>x</script>\n",
        "&lt;script&gt;甲&#60;script&#62;乙\\<script>丙",
        "<div><div><script><script>x</script></script></div>\n\n<script>\n\nx</script>\n</div>",
        "<textarea><script>x</script></textarea><title><img src=x onerror=x></title><xmp><script>x</script></xmp>甲",
        "<noscript><p title='</noscript><img src=x onerror=x>'>甲</noscript>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=x&gt;'>甲",
        "<svg></p><style><a id='</style><img src=x onerror=x>'>甲",
        "<a href='#\"><script>x</script>'>甲</a> [乙](#%22%3E%3Cscript%3E) <b id='\" onclick=\"x'>丙</b>",
        "<section class='footnotes' data-footnotes>\n<ol>\n<li id='fn-1'>\n<script>x</script></li>\n</ol>甲[^1]",
        "<!-- <script>x</script> --><!--><script>x</script>--> <![CDATA[<script>x</script>]]> <?x <b>?>甲",
        "| <script>x</script> | <b onclick=x>甲</b> |\n| --- | :-: |\n| [乙](javascript:x) {onclick=x} | `<script>` |",
        "[甲](a.md)[乙](gone.md)<a href='a.md' onclick='x'>丙</a>",
    ],
)
def test_nothing_runs(engine: str, source: str) -> None:
    assert list(faults(converted(engine, source))) == []


@both
@pytest.mark.parametrize("seed", range(3))
def test_nothing_runs_however_it_is_put_together(engine: str, seed: int) -> None:
    random = Random(seed)
    for _ in range(500):
        source = text(random, (*PIECES, *HOSTILE, *HOSTILE))
        html = converted(engine, source)
        assert list(faults(html)) == [], source


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<p onclick='x'>",
        "<p style='x'>",
        "<a href='javascript:x'>",
        "<img src=' java\tscript:x'>",
        "<p id='search'>",
        "<svg>",
        "<iframe src='x'>",
    ],
)
def test_faults_are_seen(html: str) -> None:
    assert list(faults(html))


# -- publishing changes what the sanitiser printed as a callback inside of it would ----------------------------------


def by_callback(raw: str, links: dict[str, str]) -> str:
    """Addresses and ids set by the sanitiser itself, for HTML without headings and tables."""

    def prefixed(name: str) -> str:
        return name if name.startswith("s-") else "s-" + name

    def attribute(_tag: str, name: str, value: str) -> str | None:
        if name in ("href", "src"):
            if value.startswith("#") and value.lower() not in ("#", "#top"):
                return "#" + prefixed(value[1:])
            found = links.get(value)
            return value if found is None else found or None
        if name == "id":
            return prefixed(value)
        return " ".join(map(prefixed, value.split())) if name == "headers" else value

    return nh3.clean(
        raw,
        tags=(nh3.ALLOWED_TAGS | ADDED) - NOT_ALLOWED,
        attributes={
            "*": {"id", "class", "title", "lang", "dir"},
            "a": {"href"},
            "img": {"src", "alt", "width", "height"},
            "q": {"cite"},
            "blockquote": {"cite"},
            "ol": {"start", "reversed"},
            "li": {"value"},
        },
        attribute_filter=attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )


ADDED = {"section", "figure", "figcaption", "details", "summary", "mark", "time"}
NOT_ALLOWED = {
    *("map", "area", "center", "article", "aside", "header", "footer", "nav", "tt", "strike", "rp", "rt", "ruby"),
    *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_RAW = (
    *("<a href='{}'>", "<a id={} href={}>", "<img src='{}' alt=\"{}\">", "<b id='{}'>", "<i title='{}' id=x>", "</a>"),
    *("</b>", "<q cite='{}'>", "<p class='{}'>", "甲", "&amp;", '&lt;a href="#x"&gt;', ' id="x"', "<", ">", '"'),
)
_VALUES = (
    *("a.md", "gone.md", "b.md#c", "#d", "#s-d", "x", "s-x", "", "https://a.cn/?b=1&amp;c", "javascript:x", "a&quot;b"),
    *("#", "#Top", "&lt;b&gt;", "a&amp;amp;b", "甲 乙", "&nbsp;", "//a.cn", "mailto:a@b.cn", " a.md", "a.md#"),
    *("\\", "data:x"),
)


@pytest.mark.parametrize("seed", range(4))
def test_addresses_are_set_as_a_callback_of_the_sanitiser_would(seed: int) -> None:
    random = Random(seed)
    links = {"a.md": '../"a"/index.html?b&c', "gone.md": "", "b.md#c": "b/index.html#s-c", "a&b": "x"}
    changed = 0
    for _ in range(500):
        parts = [random.choice(_RAW) for _ in range(random.randint(1, 12))]
        raw = "".join(part.replace("{}", random.choice(_VALUES)) for part in parts)
        wanted = by_callback(raw, links)
        assert published(raw, links)[0].replace(WORDS, "") == wanted, raw
        changed += "s-" in wanted or "index.html" in wanted
    assert changed > 100


_LINKS = (
    *("[甲](javascript:x)", "[甲](http://a.cn)", "[a](x.md)", "[a](java\tscript:x)", "[乙](", "[a](a b)", "[a](:x)"),
    *("[a](JAVASCRIPT:x)", "[a](//b.cn)", "[a](x 't')", "[a](x (t))", "[a [b](c) d](e)", "[甲](mailto:a@b.cn)"),
)
PLAIN = tuple(piece for piece in (*PIECES, *HOSTILE, *_LINKS) if is_plain(piece))


@pytest.mark.parametrize("module", [commonmark, python_markdown])
@pytest.mark.parametrize("seed", range(4))
def test_a_plain_body_is_what_the_sanitiser_would_make_of_it(module: ModuleType, seed: int) -> None:
    random, convert, looked_at = Random(seed), module.converter(), 0
    for _ in range(400):
        markdown = text(random, PLAIN)
        if is_plain(markdown):
            raw, links = convert(markdown), {"x.md": "../x/index.html"}
            assert published(raw, links, plain=True) == published(raw, links), markdown
            looked_at += 1
    assert looked_at > 200


@both
def test_a_plain_body_with_a_dangerous_address_is_sanitised(engine: str) -> None:
    for address in ("javascript:x", "JaVascript:x", "data:text/html,x", "vbscript:x", "x:y"):
        html = str(body_engine(engine).convert(BodyView(f"甲[乙]({address})丙", ())).html)
        assert address not in html, address
        assert "乙" in html


# -- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "*",
            "**a",
            "_a ",
            "`",
            "[",
            "[^",
            "[^1]",
            "](",
            "![",
            "<",
            "<div",
            "<dt>\n",
            "&",
            "\\",
            "{",
            "{a",
            " {.x",
            "#",
        ),
        *(
            " ",
            "|",
            "\n:",
            "甲\n: 乙\n",
            "甲\n: 乙\n\n",
            "甲*(",
            "</em>{.x}",
            "\n ",
            "<p>　",
            " #",
            "[^1]: a\n",
            "- ",
            "\t",
        ),
        *("　", "> 甲\n\n", "<b></b>", "<div></div>\n\n", "\n\n    ", "甲{.x}\n\n", "## 甲 {#a}\n", "a[^1](b"),
        *("甲\n", "<b>甲</b>\n", "”\n", "`甲`\n"),
    ],
)
def test_the_fast_engine_needs_no_more_time_than_the_text_is_long(piece: str) -> None:
    with quickly(2):
        converted(COMRAK, piece * (60_000 // len(piece)) + "甲")
        converted(COMRAK, "甲" + piece * (60_000 // len(piece)))
