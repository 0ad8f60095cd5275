"""``remembered``: what is printed is what would have been printed, and what could differ is refused beforehand."""

import random
import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from markupsafe import Markup, escape

from bench.tables import valid_table
from gxsite.engine.themefolder import read_theme
from gxsite.model.form import Form
from gxsite.render.theme import Theme, ThemeFiles
from gxsite.site.tables import tables_of
from gxsite.site.views import FieldView, LinkView, NoticeView, TableView
from tests.needs import ROOT
from tests.unit.build import built_in, report_of
from tests.unit.render.themes import failed, files, problems, shown

ONE = "{% macro one(x, y='') %}<b>{{ x }}{{ y }}</b>{% endmacro %}"
USE = "{{ 1 | remembered(one) }}"
BELOW = "\n" + USE
REFUSED = "`remembered` needs the name of a macro that uses its arguments only, and macros beside it that do the same"


class Pair(NamedTuple):
    """A view of anything."""

    first: object
    second: object = ""


class Tables(NamedTuple):
    """The part of a report that has tables."""

    year: int
    tables: tuple[TableView, ...]


# -- the same page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [1, -1])
def test_arguments_that_are_equal_and_not_the_same_are_told_apart(order: int) -> None:
    theme = Theme(
        files(page=ONE + "{{ view.first | remembered(one) }}{{ view.first | remembered(one, y=view.second) }}")
    )
    values = (1, True, "1", Markup("1"), 0, False, "0", "", "<", Markup("<"))[::order]
    for value in (*values, *values):
        said = escape(value)
        assert shown(theme, Pair(value, value)) == f"<b>{said}</b><b>{said}{said}</b>"


@pytest.mark.parametrize("order", [1, -1])
def test_views_of_other_classes_are_other_arguments(order: int) -> None:
    """Tuples are equal if their fields are; templates ask for fields by name."""
    theme = Theme(
        files(
            page="{% macro a(x) %}{{ x.label or '-' }}{% endmacro %}{{ view.first | remembered(a) }}",
            year="{% macro a(x) %}{{ x.date }}{% endmacro %}{{ view.first | remembered(a) }}",
        )
    )
    for _ in range(2):
        for kind, value in (("page", FieldView("甲", "乙")), ("year", NoticeView("甲", "乙")))[::order]:
            assert shown(theme, Pair(value), kind) == "甲"
    one = files(page="{% macro a(x) %}{{ x.reason }}{% endmacro %}{{ view.first | remembered(a) }}")
    assert shown(one, Pair(NoticeView("甲", "乙"))) == "乙"
    assert failed(one, Pair(FieldView("甲", "乙")))[2] == "there is no name `reason`"


def test_pages_with_macros_of_their_own_do_not_mix_them_up() -> None:
    theme = Theme(
        files(
            page=ONE + "{{ 'x' | remembered(one) }}",
            year="{% macro one(x) %}{{ x }}年{% endmacro %}{{ 'x' | remembered(one) }}",
        )
    )
    assert [shown(theme, kind=kind) for kind in ("page", "year", "page")] == ["<b>x</b>", "x年", "<b>x</b>"]


def test_more_can_be_printed_than_is_kept() -> None:
    theme = Theme(files(page=ONE + "{% for n in range(9000) %}{{ n | remembered(one) }}{% endfor %}"))
    wanted = "".join(f"<b>{n}</b>" for n in range(9000))
    assert shown(theme) == shown(theme) == wanted


def default_theme() -> ThemeFiles:
    return read_theme(ROOT, "default")


def without_remembering(theme: ThemeFiles) -> ThemeFiles:
    """The same with every macro called."""
    pattern = re.compile(r"([\w.]+) \| remembered\((\w+)(?:, ([^)]*))?\)")
    macros, count = pattern.subn(
        lambda m: f"{m[2]}({m[1]}{', ' + m[3] if m[3] else ''})", theme.templates["_macros.html"]
    )
    assert count >= 3
    assert "remembered(" not in macros
    return replace(theme, templates={**theme.templates, "_macros.html": macros})


def tables_only(theme: ThemeFiles) -> Theme:
    page = '{% import "_macros.html" as m %}{% for t in view.tables %}{{ m.statistics(t, view.year) }}{% endfor %}'
    return Theme(replace(theme, templates={**theme.templates, "page.html": page + "{{ m.legend(view.tables) }}"}))


def random_tables(form: Form, rng: random.Random) -> Tables:
    """The tables of a report, some of whose cells are blank, signs or words."""
    odd = rng.choice([0.0, 0.3])
    words = ("~", "/", "无", "约30", "280多", "0")
    cells = {
        str(ref): rng.choice(words) if rng.random() < odd else value for ref, value in valid_table(form, rng).items()
    }
    rows: dict[str, dict[str, object]] = {}
    for ref in form.cells:
        rows.setdefault(ref.indicator, {})[ref.column] = cells[str(ref)]
    table = {
        row: next(iter(v.values())) if list(v) == [""] else "{" + ", ".join(f"{c}: {x}" for c, x in v.items()) + "}"
        for row, v in rows.items()
    }
    return Tables(2018, tables_of(report_of(form, table), form))


@pytest.mark.parametrize("name", ["cn-narrative", "cn-2014", "cn-2019", "cn-2021"])
def test_the_default_theme_prints_the_same_without_it(name: str) -> None:
    form, rng, theme = built_in(name), random.Random(name), default_theme()
    views = [random_tables(form, rng) for _ in range(12)]
    calling, remembering = tables_only(without_remembering(theme)), tables_only(theme)
    plain = [shown(calling, view) for view in views]
    assert [shown(remembering, view) for view in views] == plain
    assert [shown(remembering, view) for view in reversed(views)] == plain[::-1]


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        ONE + BELOW,
        "{% macro in(x) %}{{ x }}{% endmacro %}{% macro one(x) %}{{ in(x) }}{{ range(2) | join }}{% endmacro %}" + USE,
        "{% macro one(x) %}{% set ns = namespace(a=x) %}{% set ns.a = 1 %}{{ ns.a }}{% endmacro %}" + USE,
        "{% macro one(x) %}{% if x %}{{ one(x - 1) }}{% endif %}{% endmacro %}" + USE,
        '{% import "_m.html" as m %}{{ 1 | remembered(m.one) }}',
        '{% from "_m.html" import one %}' + USE,
        '{% from "_m.html" import one as f %}{{ 1 | remembered(f) }}',
        '{% extends "base.html" %}{% block x %}{{ 1 | remembered(m.one, 2) }}{% endblock %}',
    ],
)
def test_macros_of_their_arguments_may_be_remembered(page: str) -> None:
    theme = files(page=page, _m=ONE, base='{% import "_m.html" as m %}{% block x %}{% endblock %}')
    assert problems(theme) == []
    shown(theme)


@pytest.mark.parametrize(
    "page",
    [
        "{% macro one(x) %}{{ x }}{{ page.title }}{% endmacro %}" + BELOW,
        "{% macro one(x, y=view) %}{{ x }}{% endmacro %}" + BELOW,
        "{% macro in() %}{{ view }}{% endmacro %}{% macro one(x) %}{{ in() }}{% endmacro %}" + BELOW,
        "{% set y = page.title %}{% macro one(x) %}{{ y }}{% endmacro %}" + BELOW,
        "{% set range = page.title %}{% macro one(x) %}{{ range }}{% endmacro %}" + BELOW,
        "{% set ns = namespace(n=0) %}{% macro one(x) %}{% set ns.n = ns.n + 1 %}{% endmacro %}" + BELOW,
        '{% macro one(x) %}{% include "_m.html" %}{% endmacro %}' + BELOW,
        '{% macro one(x) %}{% import "_m.html" as m with context %}{{ m.bad(x) }}{% endmacro %}' + BELOW,
        '{% import "_m.html" as m %}\n{{ 1 | remembered(m.bad) }}',
        '{% import "_m.html" as m with context %}\n{{ 1 | remembered(m.bad) }}',
        '{% import "_m.html" as m %}\n{{ 1 | remembered(m.none) }}',
        '{% from "_m.html" import bad as one %}' + BELOW,
        '{% extends "base.html" %}{% block x %}\n{{ 1 | remembered(m.bad) }}{% endblock %}',
        '{% import "_m.html" as m %}{% import "_n.html" as m %}\n{{ 1 | remembered(m.one) }}',
        ONE + "{% set one = page.title %}" + BELOW,
        ONE + "{% macro two(one) %}\n{{ 1 | remembered(one) }}{% endmacro %}",
        ONE
        + "{% if page.title %}{% macro one(x) %}{{ page.title }}{% endmacro %}{% endif %}\n{{ 1 | remembered(one) }}",
        ONE + "\n{{ 1 | remembered }}",
        ONE + "\n{{ 1 | remembered(one or page) }}",
        ONE + "\n{{ 1 | remembered(page.title) }}",
    ],
)
def test_other_macros_may_not(page: str) -> None:
    macros = ONE + "{% macro bad(x) %}{{ site.name }}{% endmacro %}"
    theme = files(page=page, _m=macros, _n="", base='{% import "_m.html" as m %}{% block x %}{% endblock %}')
    assert ("page.html", 2, REFUSED) in problems(theme)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("[1]", "it failed (unhashable type: 'list')"),
        ("(1, 2)", "it failed (remembered: tuple)"),
        ("namespace(a=1)", "it failed (remembered: Namespace)"),
        ("range(2)", "it failed (remembered: range)"),
        ("0.5", "it failed (remembered: float)"),  # 0.0 and -0.0 are equal
        ("page.nothing", "there is no name `nothing`"),
    ],
)
def test_arguments_that_may_change_are_refused(value: str, words: str) -> None:
    theme = files(page=f"{ONE}\n{{{{ {value} | remembered(one) }}}}{{{{ 1 | remembered(one, {value}) }}}}")
    assert failed(theme) == ("page.html", 2, words)


def test_it_cannot_be_called_by_a_name_that_nobody_sees() -> None:
    for how in ("'remembered'", "'remem' ~ 'bered'"):
        theme = files(page=f"{ONE}\n{{{{ [1, 2] | map({how}, one) | join }}}}")
        assert failed(theme) == ("page.html", 2, "it failed (remembered: map)")
    assert shown(files(page="{{ ['a'] | map('upper') | join }}")) == "A"


def test_links_are_views_too() -> None:
    page = "{% macro one(x) %}{{ x.label }}{% endmacro %}{{ view.first | remembered(one) }}"
    assert shown(files(page=page), Pair(LinkView("<甲>", "a"))) == "&lt;甲&gt;"
