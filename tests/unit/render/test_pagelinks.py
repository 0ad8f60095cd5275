"""Where the links of a page lead, on a server below any path and on a disk."""

import pytest

from gxsite.render.pagelinks import Holds, Reader, Spot, ids_of, spot_of
from gxsite.render.pagetags import Use

BASE = "https://www.example.gov.cn/zwgk/nianbao/"
PAGE = "tanghe/2018/index.html"


def read(html: str, path: str = PAGE, *, anywhere: bool = False, base: str = BASE) -> Holds:
    return Reader(base).read(html.encode(), path, anywhere=anywhere)


def followed(link: str, path: str = PAGE, *, loaded: bool = False, base: str = BASE) -> tuple[str, str, str]:
    return Reader(base).follow(Use("load" if loaded else "link", link), path)


@pytest.mark.parametrize(
    ("link", "target", "anchor"),
    [
        ("a.csv", "tanghe/2018/a.csv", ""),
        ("./a.csv", "tanghe/2018/a.csv", ""),
        ("../index.html", "tanghe/index.html", ""),
        ("../../index.html", "index.html", ""),
        ("../../help/index.html#top", "help/index.html", ""),
        ("../../help/index.html#TOP", "help/index.html", ""),
        ("../../help/index.html#s-1", "help/index.html", "s-1"),
        ("../../help/index.html?x=1#s-1", "help/index.html", "s-1"),
        ("../../help/index.html#s-1:~:text=x", "help/index.html", "s-1"),
        ("../../help/index.html#%E6%95%B0", "help/index.html", "数"),
        ("%E6%89%AB%E6%8F%8F%20%E4%BB%B6.pdf", "tanghe/2018/扫描 件.pdf", ""),
        ("扫描 件.pdf", "tanghe/2018/扫描 件.pdf", ""),
        ("a%23b.pdf#page=2", "tanghe/2018/a#b.pdf", "page=2"),
        (" \t../in\ndex.html ", "tanghe/index.html", ""),
        ("../2017/../2016/index.html", "tanghe/2016/index.html", ""),
        ("", "", ""),
        ("../2017", "tanghe/2017", ""),
        ("../2017/", "tanghe/2017/", ""),
        ("..", "tanghe/", ""),
        (".", "tanghe/2018/", ""),
        ("../../", "/", ""),
        ("#x", PAGE, "x"),
        ("?x", PAGE, ""),
        ("#", PAGE, ""),
        (BASE, "index.html", ""),
        (BASE + "tanghe/", "tanghe/index.html", ""),
        (BASE + "tanghe/#x", "tanghe/index.html", "x"),
        (BASE + "tanghe/2018/a.csv", "tanghe/2018/a.csv", ""),
        (BASE + "tanghe", "tanghe", ""),
        (BASE + "./tanghe/../help/", "help/index.html", ""),
        ("HTTP://WWW.Example.gov.cn/zwgk/nianbao/help/index.html", "help/index.html", ""),
        (BASE.rstrip("/"), "index.html", ""),
    ],
)
def test_files(link: str, target: str, anchor: str) -> None:
    wanted = ("file", target, anchor) if link else ("empty", "", "")
    assert followed(link) == wanted


@pytest.mark.parametrize(
    ("link", "way"),
    [
        ("/zwgk/nianbao/index.html", "root"),
        ("\\zwgk", "root"),
        ("//www.example.gov.cn/x", "host"),
        ("\\\\server\\x", "host"),
        ("../../../index.html", "outside"),
        ("../../../nianbao/index.html", "outside"),
        ("../../..", "outside"),
        ("javascript:alert(1)", "scheme"),
        (" java\nscript:alert(1)", "scheme"),
        ("JavaScript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("C:\\报告\\a.pdf", "scheme"),
        ("https://www.example.gov.cn/", "away"),
        ("https://www.example.gov.cn/zwgk/nianbao2/", "away"),
        (BASE + "../", "away"),
        ("https://stats.example.com/x", "away"),
        ("mailto:a@example.com", "away"),
        ("tel:010", "away"),
        ("%0Ax", "dead"),
    ],
)
def test_others(link: str, way: str) -> None:
    assert followed(link)[0] == way


@pytest.mark.parametrize(
    ("link", "way"),
    [
        ("https://cdn.example.com/x.js", "foreign"),
        ("https://www.example.gov.cn/logo.png", "away"),
        ("https://www.example.gov.cn:8443/logo.png", "foreign"),
        ("data:image/png;base64,AA==", "away"),
        ("javascript:x", "scheme"),
        ("//cdn.example.com/x.js", "host"),
        ("x.js", "file"),
        ("", "empty"),
    ],
)
def test_what_the_browser_asks_for_by_itself(link: str, way: str) -> None:
    assert followed(link, loaded=True)[0] == way


def test_without_a_base_every_full_address_is_another_site() -> None:
    assert followed(BASE, base="")[0] == "away"
    assert followed(BASE + "x.png", base="", loaded=True)[0] == "foreign"


def test_of_the_home_page() -> None:
    assert followed("help/index.html", "index.html") == ("file", "help/index.html", "")
    assert followed("../index.html", "index.html")[0] == "outside"
    assert followed("./", "index.html") == ("file", "/", "")


def test_what_a_page_holds() -> None:
    page = """<a href="#main">1</a><a href="#nowhere">2</a><p id="main"><a name="old">3</a><a href="#old">4</a>
    <a href="../../help/index.html#a">5</a><a href="../../help/index.html#b">6</a><a href="a.pdf#page=2">7</a>
    <a href="index.html#main">8</a><a href="index.html#no">9</a><img src="https://cdn.example.com/x.png">
    <p id="main"><p id="twice"><p id="twice"><a href="https://example.com/">10</a><a href="">11</a><a href="">12</a>"""
    assert read(page) == Holds(
        ("help/index.html", "tanghe/2018/a.pdf"),
        (("help/index.html", "a"), ("help/index.html", "b")),
        (
            ("twice", "main", ""),
            ("twice", "twice", ""),
            ("anchor", PAGE, "nowhere"),
            ("anchor", PAGE, "no"),
            ("foreign", "https://cdn.example.com/x.png", ""),
            ("empty", "", ""),
        ),
    )


def test_a_page_that_is_shown_anywhere_has_no_relative_links() -> None:
    page = f'<a href="#main">1</a><p id="main"><a href="index.html">2</a><a href="{BASE}help/">3</a>'
    assert read(page, "404.html", anywhere=True) == Holds(("help/index.html",), (), (("loose", "index.html", ""),))


@pytest.mark.parametrize(
    ("base", "files"),
    [
        ("../", ("tanghe/x.html",)),
        ("../../", ("x.html",)),
        (BASE, ("x.html",)),
        ("../../help/index.html", ("help/x.html",)),
    ],
)
def test_a_page_may_say_what_its_links_are_relative_to(base: str, files: tuple[str, ...]) -> None:
    holds = read(f'<base href="{base}"><a href="x.html">1</a>')
    assert holds.files == files
    assert holds.faults == ()


def test_with_a_base_even_anchors_lead_to_another_page() -> None:
    holds = read('<base href="../index.html"><p id="x"><a href="#x">1</a>')
    assert holds.anchors == (("tanghe/index.html", "x"),)
    assert read('<base href="https://example.com/">').faults == (("foreign", "https://example.com/", ""),)


def test_what_is_known_of_one_page_is_not_taken_for_another() -> None:
    reader = Reader(BASE)
    page = b'<a href="../../help/index.html">1</a><a href="a.csv">2</a><a href="../index.html">3</a><a href="#x">4</a>'
    for path, files in (
        ("a/1/index.html", ("help/index.html", "a/1/a.csv", "a/index.html")),
        ("b/2/index.html", ("help/index.html", "b/2/a.csv", "b/index.html")),
        ("en/b/2/index.html", ("en/help/index.html", "en/b/2/a.csv", "en/b/index.html")),
        ("a/1/index.html", ("help/index.html", "a/1/a.csv", "a/index.html")),
    ):
        assert reader.read(page, path) == Holds(files, (), (("anchor", path, "x"),))
    assert reader.read(b'<a href="help/index.html">', "index.html").files == ("help/index.html",)
    assert reader.read(b'<a href="help/index.html">', "404.html", anywhere=True).faults[0][0] == "loose"


def test_places_of_faults() -> None:
    page = (
        '<p id="a">数据<a href="../../none.html">\n'
        '<title>t</title>数据 <a class="x"\n href="../../none.html#s">1</a>'
        '<p id="a"><a href="../../help/index.html#no">'
    ).encode()
    reader = Reader(BASE)
    assert spot_of(page, PAGE, reader, ("dead", "none.html", "")) == Spot(
        1, 13, 39, '<a href="../../none.html">', "../../none.html"
    )
    twice = spot_of(page, PAGE, reader, ("twice", "a", ""))
    assert twice is not None
    assert twice[:2] == (3, 32)
    anchor = spot_of(page, PAGE, reader, ("anchor", "help/index.html", "no"))
    assert anchor is not None
    assert anchor.written == "../../help/index.html#no"
    assert spot_of(page, PAGE, reader, ("anchor", "help/index.html", "other")) is None
    assert spot_of(page, PAGE, reader, ("root", "none.html", "")) is None


def test_ids() -> None:
    assert ids_of(b'<p id="a"><a name="b"><p id="a">') == {"a", "b"}
