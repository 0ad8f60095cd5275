"""Names that the views do not have are found before a page is made, where that is certain."""

import pytest

from docs import words
from gxsite.render.lint import lint_templates
from gxsite.render.lint_views import VIEWS
from tests.unit.render.themes import files, problems


def test_the_views_are_those_of_the_manual() -> None:
    told = {kind: view for kind, (view, _) in words.TEMPLATES.items()}
    assert {kind: view.__name__ for kind, view in VIEWS.items()} == told


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("{{ page.titel }}", "titel", "title"),
        ("{{ site.footer.hots }}", "hots", "host"),
        ("{{ view.agencyy }}", "agencyy", "agency"),
        ("{% for link in page.nav %}{{ link.lable }}{% endfor %}", "lable", "label"),
        ("{% for link in page.nav if link.hreff %}{{ link.href }}{% endfor %}", "hreff", "href"),
        ("{% for t in view.tables %}{% for r in t.rows %}{{ r.lable }}{% endfor %}{% endfor %}", "lable", "label"),
        ("{% for x in page.nav %}{{ x }}{% else %}{{ page.titel }}{% endfor %}", "titel", "title"),
        ("{% set crest = page.crest %}{{ crest.widht }}", "widht", "width"),
        ("{{ (page.crumbs | sort | first).hre }}", "hre", "href"),
        ("{{ page.nav[1:][0].labl }}", "labl", "label"),
        ("{{ body.contents[0].levle }}", "levle", "level"),
        ("{{ view.tables[0].shape.titel }}", "titel", "title"),
        ("{% block x %}{% if 1 %}{{ page.titel | upper }}{% endif %}{% endblock %}", "titel", "title"),
        ("{% with x = page.crest %}{{ page.titel }}{% endwith %}", "titel", "title"),
        ("{% set x %}{{ page.titel }}{% endset %}", "titel", "title"),
        ("{{ page.nav | map(attribute='lable') | join }}", "lable", "label"),
        ("{{ view.tables | map(attribute='shape.titel') | join }}", "titel", "title"),
        ("{{ (page.crumbs | selectattr('noet') | first).href }}", "noet", "note"),
        ("{{ page.nav | sort(attribute='labl') | length }}{{ page.nav | groupby('label') | length }}", "labl", "label"),
        ("{% for h in view.tables | map(attribute='shape') %}{{ h.titel }}{% endfor %}", "titel", "title"),
    ],
)
def test_wrong_names_are_found(text: str, name: str, near: str) -> None:
    (found,) = lint_templates(files(report=f"\n {text}"))
    assert (found.fact["near"], found.place.span.line) == (near, 2)
    assert problems(files(report=text)) == [("report.html", 1, f"there is no name `{name}`")]


def test_lists_have_no_names() -> None:
    assert problems(files(report="{{ view.tables.count }}")) == [("report.html", 1, "there is no name `count`")]


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title.x }}{{ page.title.split() }}{{ body.html.striptags() }}",
        "{% for name, content in page.meta %}{{ name.x }}{% endfor %}",
        "{% for link in page.nav %}{{ loop.index }}{{ loop.first }}{% endfor %}",
        "{% macro m(page, view=1) %}{{ page.x }}{{ view.x }}{% endmacro %}",
        "{% set page = 3 %}{{ page.x }}",
        "{% set x = page.crest %}{% set x = 1 %}{{ x.y }}",
        "{% set n = namespace(x=page) %}{% set n.x = 1 %}{{ n.x }}{{ n.y }}",
        "{% for site in [1] %}{{ site.x }}{% endfor %}{% with page = 1 %}{{ page.x }}{% endwith %}",
        "{% for link in page.nav | map('upper') %}{{ link.y }}{% endfor %}",
        "{{ (view.tables or page.nav)[0].x }}{{ (page.nav + page.crumbs)[0].x }}",
        "{{ view.tables[0].title }}{{ view.tables[0].longest }}{{ view.withdrawn.reason }}",
    ],
)
def test_nothing_is_said_of_what_is_not_certain(text: str) -> None:
    assert problems(files(report=text)) == []


def test_a_template_of_several_pages_may_ask_for_any_view() -> None:
    assert problems(files(base="{{ view.whatever }}", report='{% extends "base.html" %}')) == []
    assert problems(files(base="{{ page.titel }}")) == [("base.html", 1, "there is no name `titel`")]
