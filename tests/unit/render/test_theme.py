"""Themes: what is found before and while a page is made, what a page is made with, what is kept between builds."""

import subprocess
import sys
from typing import NamedTuple

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from gxsite.render.theme import KINDS, Theme, ThemeFiles, closures, lint
from gxsite.site.views import HeadCell
from tests.needs import ROOT
from tests.unit.build import fuzz
from tests.unit.render.themes import PLAIN, failed, failure, files, problems, shown

MACROS = "{% macro one(x) %}<b>{{ x }}</b>{% endmacro %}"


class Values(NamedTuple):
    """A view of anything."""

    first: object
    second: object = ""


# -- before a page is made --------------------------------------------------------------------------------------------


def test_a_sound_theme_has_no_problems() -> None:
    assert problems(files()) == []
    assert shown(files(), title="一 & 二") == "一 &amp; 二"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n{% if x %}", 2, "syntax (Unexpected end of template."),
        ("\n\n{{ veiw.title }}", 3, "there is no name `veiw`"),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, "syntax (block 'a' defined twice)"),
        ('{% include "basis.html" %}', 1, "there is no template basis.html"),
        ("{% include page.title %}", 1, "include and extends must name their template"),
        # What is printed would differ from build to build.
        ("{{ [1, 2] | random }}", 1, "there is no filter `random`"),
        ("{{ lipsum() }}", 1, "there is no name `lipsum`"),
    ],
)
def test_mistakes_in_a_template(text: str, line: int, words: str) -> None:
    theme = files(page=text, base="")
    (found,) = problems(theme)
    assert found[:2] == ("page.html", line)
    assert found[2].startswith(words)


def test_blocks_see_what_their_parents_bind() -> None:
    base = '{% import "macros.html" as m %}{% set word = "甲" %}{% block main %}{% endblock %}'
    child = '{% extends "base.html" %}{% block main %}{{ m.one(word) }}{% endblock %}'
    assert shown(files(page=child, base=base, macros=MACROS)) == "<b>甲</b>"
    assert problems(files(page=child, base=base, macros=MACROS)) == []


def test_what_a_theme_lacks() -> None:
    templates = {name: text for name, text in PLAIN.items() if name != "year.html"}
    theme = ThemeFiles("themes/small", templates, {"style.css": b""}, ("stile.css",), "icon.svg")
    found = lint(theme)
    assert {d.place.path for d in found} == {"themes/small/theme.yaml"}
    assert [d.fact.get("near") for d in found] == [None, "style.css", None]
    assert [p[2] for p in problems(theme)] == [
        "there is no template year.html",
        "the folder static has no stile.css",
        "the folder static has no icon.svg",
    ]


# -- while it is made -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ page.titel }}", "there is no name `titel`"),
        ("{{ 1 + page.title }}", "it failed (unsupported operand type(s) for +: 'int' and 'str')"),
        ("{{ 1 / (page.title | length - 2) }}", "it failed (division by zero)"),
        ("{{ page.title | int(base=99) | round(1, 'up') }}", "it failed (method must be common, ceil or floor)"),
        ("{{ again() }}", "it failed (maximum recursion depth exceeded"),
    ],
)
def test_what_fails_is_a_finding_about_its_line(text: str, words: str) -> None:
    parent = "{% macro again() %}{{ again() }}{% endmacro %}\n" + text
    name, line, said = failed(files(page='{% extends "base.html" %}', base=parent))
    assert (name, line) == ("base.html", 2 if "again" not in text else 1)
    assert said.startswith(words)


def test_a_misspelt_name_is_looked_for_where_it_was_asked() -> None:
    cell = Values(HeadCell("甲", 1, 1, "t1"))

    def near(text: str) -> object:
        return failure(files(page=text), cell).fact.get("near")

    assert near("{{ view.first.colspam }}") == "colspan"
    assert near("{{ page.styless }}") == "styles"
    assert near("{{ view.first.count_ }}") is None


@fuzz
@given(
    st.one_of(
        st.text(), st.text("&<>'\"甲1a", max_size=4), st.text().map(Markup), st.integers(), st.booleans(), st.floats(),
    )
)  # fmt: skip
def test_values_are_printed_as_jinja_prints_them(value: object) -> None:
    text = (
        "{{ view.first }}|{% set x %}{{ view.first }}{% endset %}{{ x }}{{ m(view.first) }}{{ view.first ~ '<' }}"
        "{% autoescape false %}{{ view.first }}{% endautoescape %}{% for y in [view.first] %}{{ y }}{{ y }}{% endfor %}"
    )
    text = "{% macro m(x) %}{{ x }}{% if x %}<i>{% endif %}{% endmacro %}" + text
    stock = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    wanted = stock.from_string(text).render(view=Values(value))
    assert shown(files(page=text), Values(value)) == wanted


# -- what a page is made with -----------------------------------------------------------------------------------------


def test_the_closure_is_all_that_is_reached() -> None:
    theme = files(
        page='{% extends "base.html" %}{% block x %}{% include ["foot.html", "gone.html"] %}{% endblock %}',
        base='{% import "_m.html" as m %}{% block x %}{% endblock %}',
        foot='{% from "_n.html" import f %}',
        _m='{% import "_n.html" as n %}',
        _n='{% include "page.html" %}',
    )
    made_with = closures(theme)
    assert made_with["page"] == ("_m.html", "_n.html", "base.html", "foot.html", "page.html")
    assert made_with["year"] == ("year.html",)
    assert set(made_with) == set(KINDS)


class Kept(dict[str, bytes]):
    """Counts what is put in."""

    puts = 0

    def __setitem__(self, key: str, value: bytes) -> None:
        self.puts += 1
        super().__setitem__(key, value)


def test_what_is_compiled_is_kept() -> None:
    kept = Kept()
    theme = files(page='{% extends "base.html" %}', base="{{ page.title }}甲")
    assert shown(Theme(theme, kept)) == shown(Theme(theme)) == "标题甲"
    assert kept.puts == 2, "compiled is what was asked for"
    assert shown(Theme(theme, kept)) == "标题甲"
    assert kept.puts == 2
    changed = files(page='{% extends "base.html" %}', base="{{ page.title }}乙")
    assert shown(Theme(changed, kept)) == "标题乙"
    assert kept.puts == 3
    Theme(theme, kept).compile(["year.html"])
    assert kept.puts == 4


def test_what_is_kept_and_cannot_be_read_is_compiled_again() -> None:
    kept: dict[str, bytes] = {}
    Theme(files(), kept).compile(["page.html"])
    for damaged in (b"", b"junk", *(data[: len(data) // 2] for data in kept.values())):
        assert shown(Theme(files(), dict.fromkeys(kept, damaged))) == "标题"


def test_jinja_is_imported_when_a_page_is_made() -> None:
    code = "import sys, gxsite.render.theme as t; t.Theme(t.ThemeFiles('', {}, {}, ())); assert not {*sys.modules} & {"
    code += "'jinja2', 'markupsafe', 'markdown', 'nh3'}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)
