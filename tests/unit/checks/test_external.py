"""Where links to other sites stand, and what is said of them."""

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Place, Severity, Span, phrase
from gxsite.checks.external import MAX_PLACES, Answer, by_address, findings, links_in, links_in_template
from gxsite.model.report import Link

SETTINGS = """\
base: https://www.example.gov.cn/nianbao/
# https://comment.example.com/
footer: {report_error: "https://a.example.com/x?y=1#z"}   # https://comment.example.com/
licence: 见 http://b.example.com/许可，或（https://c.example.com/）。
"""
PAPER = """\
---
title: 报告
card: {extra: {链接: https://a.example.com/#here}}
---
见 https://body.example.com/
"""


def test_addresses_in_settings() -> None:
    found = [(link.target, link.place.span) for link in links_in("gxsite.yaml", SETTINGS)]
    assert found == [
        ("https://a.example.com/x?y=1#z", Span(3, 25, 3, 54)),
        ("http://b.example.com/许可", Span(4, 12, 4, 35)),
        ("https://c.example.com/", Span(4, 38, 4, 60)),
    ]


def test_addresses_in_front_matter_and_not_in_what_follows() -> None:
    assert [link.target for link in links_in("a.md", PAPER)] == ["https://a.example.com/#here"]


def test_addresses_in_templates() -> None:
    text = (
        '<p>https://no.example.com/</p>\n<a class="x" href="https://a.example.com/?b&amp;c">\n'
        '<a href="{{ page.root }}x">'
        "<a href='http://b.example.com/{{ year }}'><img src=\"https://no.example.com/\"><a href='http://c.example.com'>"
    )
    assert [(link.target, link.place.span.line) for link in links_in_template("base.html", text)] == [
        ("https://a.example.com/?b&c", 2),
        ("http://c.example.com", 3),
    ]


def place(line: int) -> Place:
    return Place("a.md", Span(line, 1, line, 9))


def test_an_id_is_not_asked_for() -> None:
    links = [Link("https://a.example.com/x#1", place(1)), Link("https://a.example.com/x", place(2))]
    assert by_address(links) == {"https://a.example.com/x": [place(1), place(2)]}


def test_what_is_said() -> None:
    places = {name: [place(3), place(1), place(1), place(2)] for name in ("fine", "dead", "moved", "unsure")}
    answers = {
        "fine": Answer("fine"),
        "dead": Answer("dead", phrase("outside.gone", status=410)),
        "moved": Answer("moved", address="https://new.example.com/"),
        "unsure": Answer("unsure", phrase("outside.slow")),
    }
    dead, moved, unsure = findings(places, answers)
    assert [d.severity for d in (dead, moved, unsure)] == [Severity.WARNING, Severity.NOTE, Severity.NOTE]
    assert dead.place == place(1)
    assert [label.place for label in dead.labels] == [place(2), place(3)]
    assert message(dead, "en").endswith("(status 410) (in 3 places, this is the first)")
    assert "https://new.example.com/" in message(moved, "zh")


def test_many_places_are_counted_and_not_all_shown() -> None:
    (found,) = findings({"x": [place(n) for n in range(1, 50)]}, {"x": Answer("dead", "404")})
    assert len(found.labels) == MAX_PLACES - 1
    assert "49" in message(found, "zh")
