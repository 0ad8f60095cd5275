"""Finished HTML in pieces: nothing is lost, whatever it looks like."""

import pytest

from gxsite.render.markup import name_of, pieces, redirected

PAGES = (
    "<!doctype html>\n<p title=\"a > b\" class='<'>一<br>二</p> 3 < 4 & 5 > 4 <",
    '<script type="application/ld+json">{"name": "甲"}</script><script>if (a < b) "<p>甲</p>"</script>',
    "<pre><code>甲</code></pre><code>一<b>二</b></code><!-- <p>甲</p> --><style>p::before { content: '甲' }</style>",
    "<p a='1\"2'>甲<p a=\"'>\">",
    "",
    "没有标签",
)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_lost(page: str) -> None:
    found = pieces(page)
    assert "".join(found) == page
    assert len(found) % 2 == 1
    assert all(tag.startswith("<") and tag.endswith(">") for tag in found[1::2])


def test_texts_stand_at_even_places() -> None:
    assert pieces(PAGES[0])[::2] == ["", "\n", "一", "二", " 3 < 4 & 5 > 4 <"]


def test_elements_without_prose_are_one_piece() -> None:
    assert pieces(PAGES[1])[1::2] == [
        '<script type="application/ld+json">', "</script>", '<script>if (a < b) "<p>甲</p>"</script>'
    ]  # fmt: skip
    assert pieces(PAGES[2])[::2] == ["", "", "", "", ""]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("<p>", ("p", False)),
        ("</TD >", ("td", True)),
        ('<a title="a>b">', ("a", False)),
        ("<br/>", ("br", False)),
        ("<code>甲</code>", ("", False)),
        ("<!-- -->", ("", False)),
        ("<!doctype html>", ("", False)),
    ],
)
def test_names_of_tags(tag: str, name: tuple[str, bool]) -> None:
    assert name_of(tag) == name


def test_links_are_led_elsewhere_and_texts_are_not() -> None:
    html = '<a href="../a.pdf">href="../a.pdf"</a><img src="../a.pdf" alt="../a.pdf"><a href="../b.pdf">乙</a>'
    assert redirected(html, {"../a.pdf": "../../a.pdf"}) == (
        '<a href="../../a.pdf">href="../a.pdf"</a><img src="../../a.pdf" alt="../a.pdf"><a href="../b.pdf">乙</a>'
    )
    assert redirected(html, {}) is html
