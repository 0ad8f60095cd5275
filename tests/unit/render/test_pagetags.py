"""Tags of a page, read fast and read exactly; what Chromium makes of the same pages is asked in tests/browser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxsite.render.pagetags import Tags, Use, tags_of
from tests.needs import ROOT
from tests.unit.render.nasty import NASTY

PIECES = (
    *("<a href=", "<img src=", "<p id=", "<b title='", 'class="', "href", "</a>"),
    *(
        "<title>",
        "</title>",
        "<TITLE>",
        "</TITLE>",
        "<script>",
        "<script src='s.js'>",
        "</script>",
        "<style>",
        "</style>",
    ),
    *("<textarea id=t>", "</textarea >", "<template>", "</template>", "<!--", "-->", "--!>", "<!", "<?"),
    *('"', "'", "<", ">", " ", "=", "/", "x", "y.html", "\n", "数", "&amp;"),
)


def fast(html: str) -> list[Use]:
    return Tags().of(html.encode())


def exact(html: str) -> list[Use]:
    return [use for tag in tags_of(html.encode()) for use in tag.uses]


@pytest.mark.parametrize("read", [fast, exact])
@pytest.mark.parametrize("name", NASTY)
def test_easily_mistaken(name: str, read: object) -> None:
    assert callable(read)
    found = read(NASTY[name].html)
    assert [use.value for use in found if use.kind == "id"] == NASTY[name].ids
    assert [use.value for use in found if use.kind in ("link", "load")] == NASTY[name].links


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_both_ways_of_reading_agree(html: str) -> None:
    assert fast(html) == exact(html)


def test_what_is_known_of_a_tag_is_forgotten_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gxsite.render.pagetags._MAX_KNOWN", 3)
    tags = Tags()
    for number in range(10):
        assert tags.of(f"<p id=i{number}><br><hr>".encode()) == [Use("id", f"i{number}")]
        assert len(tags) <= 3


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="x" ping="p q"><area href="y">', "link:x load:p load:q link:y"),
        ('<form action="f"><form action=""><button formaction="g">', "link:f link:g"),
        ('<a name="old"><map name="m"><input name="no">', "name:old name:m"),
        ('<img src="i" usemap="#m" longdesc="l.html">', "load:i link:#m link:l.html"),
        ('<img src="a" srcset="b 1x, c 2x">', "load:a load:b load:c"),
        ('<source srcset=" d.png 480w,e,f 800w ">', "load:d.png load:e,f"),
        (
            '<video src="v" poster="p"><track src="t"><embed src="e"><object data="o">',
            "load:v load:p load:t load:e load:o",
        ),
        ('<iframe src="i"><a href="no"></iframe>', "load:i"),
        ('<link rel="stylesheet" href="s"><link rel="shortcut icon" href="i">', "load:s load:i"),
        ('<link rel="canonical" href="c"><link href="n">', "link:c link:n"),
        ('<link rel="preload" as="image" imagesrcset="a 1x, b 2x">', "load:a load:b"),
        ("<meta http-equiv=Refresh content=\"0; URL='../x/index.html'\">", "load:../x/index.html"),
        ('<meta http-equiv="refresh" content="5;url=x.html"><meta http-equiv="refresh" content="30">', "load:x.html"),
        ('<meta property="og:image" content="i"><meta name="twitter:image" content="t">', "link:i link:t"),
        ('<meta property="og:url" content="u"><meta name="description" content="http://no">', "link:u"),
        ('<svg><a xlink:href="x"><use href="#g"/><image xlink:href="i"/></a></svg>', "link:x load:#g load:i"),
        ('<p style="background: url(b.png)">', "load:b.png"),
        ('<style>@import "i.css"; p { background: url(#local) }</style>', "load:i.css"),
        ('<script src="s.js"></script><base href="b/">', "load:s.js base:b/"),
        ('<q cite="no"><td headers="no" background="b"><time datetime="no">', "load:b"),
    ],
)
def test_what_leads_somewhere(html: str, found: str) -> None:
    assert fast(html) == exact(html) == [tuple(use.split(":", 1)) for use in found.split()]


def test_places() -> None:
    page = '<p>数据</p>\n<title>a</title><b>\n  <a\n href="x">'.encode()
    tag = next(tags_of(page))
    assert tag.text == b'<a\n href="x">'
    assert page[tag.start :] == tag.text


def test_pages_of_the_theme_are_read_fast(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default theme writes nothing that has to be read tag by tag, which takes ten times as long."""
    pages = [path.read_bytes() for path in (ROOT / "tests/golden/full/expected").rglob("*.html")]
    assert pages
    wanted = [exact(page.decode()) for page in pages]

    def refuse(_: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr("gxsite.render.pagetags.tags_of", refuse)
    assert [Tags().of(page) for page in pages] == wanted
