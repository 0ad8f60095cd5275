"""Which places in templates agree with a fault of a page."""

import pytest

from gxsite.render.linkplaces import LinkPlaces
from gxsite.render.themefiles import ThemeFiles


def lines(
    templates: str | dict[str, str], kind: str, target: str, anchor: str = "", page: str = "a/b/index.html"
) -> list[str]:
    """The places that are found, as ``template:line``."""
    named = {"page.html": templates} if isinstance(templates, str) else templates
    found = LinkPlaces(ThemeFiles("themes/a", named, {}, ())).of(kind, target, anchor, page)
    return [f"{place.path.rpartition('/')[2].removesuffix('.html')}:{place.span.line}" for place in found]


@pytest.mark.parametrize(
    ("html", "kind", "target"),
    [
        ('<a href="x.png">', "dead", "a/b/x.png"),
        ("<a href='./x.png'>", "dead", "a/b/x.png"),
        ('<a href="../../x.png?v=1#top">', "dead", "x.png"),
        ('<a href="%E5%9B%BE.png">', "dead", "a/b/图.png"),
        ('<a href="{{ page.root }}help/indx.html">', "dead", "help/indx.html"),
        ('<a href="{{page.root}}help/{{ view.year }}.html">', "dead", "help/2018.html"),
        ('<a href="{{ link.href }}.pdf">', "dead", "tanghe/2018/index.html.pdf"),
        ('<a href="{{ page.root }}hecheng/">', "folder", "hecheng/"),
        ('<a href="{{ page.root }}hecheng/">', "dead", "hecheng/index.html"),
        ('{{ m.link("help/indx.html") }}', "dead", "help/indx.html"),
        ('{{ page.root ~ "help/indx.html" }}', "dead", "help/indx.html"),
        ('<a href="/x">', "root", "/x"),
        ('<a href="">', "empty", ""),
        ('<img src="https://a.example.com/x.png?a=1&amp;b=2">', "foreign", "https://a.example.com/x.png?a=1&b=2"),
        ('<img alt="{{ "id" | t }}" id="part-{{ n }}">', "twice", "part-7"),
    ],
)
def test_what_agrees(html: str, kind: str, target: str) -> None:
    assert lines(f"\n{html}\n", kind, target) == ["page:2"]


@pytest.mark.parametrize(
    ("html", "kind", "target"),
    [
        ('<a href="{{ link.href }}">', "dead", "x.png"),
        ('<a href="x.png">', "dead", "x.png"),
        ('<a href="{{ page.root }}x.png">', "dead", "a/b/x.png"),
        ('<a href="{{ page.root }}index.html">', "dead", "help/index.html"),
        ('<a data-href="x.png">', "dead", "a/b/x.png"),
        ('<a id="x.png">', "dead", "a/b/x.png"),
        ('<a href="part">', "twice", "part"),
        ('{# <a href="x.png"> #}<!-- <a href="x.png"> -->', "dead", "a/b/x.png"),
    ],
)
def test_what_does_not_agree(html: str, kind: str, target: str) -> None:
    assert lines(html, kind, target) == []


def test_an_id_is_part_of_a_link() -> None:
    html = '<a href="#p1">\n<a href="#p2">\n<a href="{{ page.root }}help/index.html#p1">\n<a href="#{{ id }}">'
    assert lines(html, "anchor", "a/b/index.html", "p1") == ["page:1"]
    assert lines(html, "anchor", "a/b/index.html", "p2") == ["page:2"]
    assert lines(html, "anchor", "help/index.html", "p1") == ["page:3"]
    assert lines(html, "anchor", "help/index.html", "p2") == []


def test_what_has_most_words_of_its_own_is_meant_and_all_that_have_as_many() -> None:
    html = '<a href="{{ x }}.pdf">\n<a href="{{ x }}-{{ y }}.pdf">\n<a href="{{ z }}-{{ y }}.pdf">'
    assert lines(html, "dead", "a/2018-1.pdf") == ["page:2", "page:3"]
    assert lines({"b.html": '<a href="x.pdf">', "a.html": '\n<a href="x.pdf">'}, "dead", "a/b/x.pdf") == ["a:2", "b:1"]
