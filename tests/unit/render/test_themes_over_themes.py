"""Themes that extend themes: which template is meant by a name, what overrides nothing, what nobody uses."""

import pytest

from gxsite.render.theme import ThemeFiles, closures, lint, unused
from gxsite.render.themefiles import KINDS, resolve
from tests.unit.render.themes import files, problems, shown

PAGES = {f"{kind}.html": '{% extends "base.html" %}' for kind in KINDS}
BASE = (
    '{% import "_words.html" as w %}{% block head %}{% endblock %}<h1>{{ page.title }}</h1>'
    "{% block main %}{{ w.say() }}{% endblock %}|{% block footer %}甲{% endblock %}"
)
WORDS = "{% macro say() %}好{% endmacro %}"


def layers(*own: dict[str, str]) -> ThemeFiles:
    """Themes that extend one another, the topmost first."""
    templates = {
        f"{'base-theme/' * depth}{name}": text for depth, layer in enumerate(own) for name, text in layer.items()
    }
    return ThemeFiles("themes/a", templates, {}, (), beneath=tuple(f"themes/{x}" for x in "bcdef"[: len(own) - 1]))


GROUND = {"base.html": BASE, "_words.html": WORDS, **PAGES}


def overriding(block: str, words: str) -> dict[str, str]:
    return {"base.html": f'{{% extends "base-theme/base.html" %}}{{% block {block} %}}{words}{{% endblock %}}'}


# -- which template is meant ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "within", "meant"),
    [
        ("x", "", "x"),
        ("x", "base-theme/base-theme/z", "x"),
        ("y", "x", "base-theme/y"),
        ("z", "", "base-theme/base-theme/z"),
        ("base-theme/x", "x", "base-theme/base-theme/x"),
        ("base-theme/y", "base-theme/y", ""),
        ("base-theme/z", "base-theme/y", "base-theme/base-theme/z"),
        ("base-theme/z", "base-theme/base-theme/z", ""),
        ("nobody", "", ""),
    ],
)
def test_the_topmost_is_meant_or_the_one_beneath(wanted: str, within: str, meant: str) -> None:
    templates = ["x", "base-theme/y", "base-theme/base-theme/x", "base-theme/base-theme/z"]
    assert resolve(templates, wanted, within) == meant


def test_one_block_is_overridden_and_nothing_else() -> None:
    theme = layers(overriding("footer", "{{ super() }}乙"), GROUND)
    assert lint(theme) == ()
    assert shown(theme) == "<h1>标题</h1>好|甲乙"


def test_each_of_four_themes_adds_to_the_same_block() -> None:
    theme = layers(*(overriding("footer", f"{{{{ super() }}}}{word}") for word in "丁丙乙"), GROUND)
    assert lint(theme) == ()
    assert shown(theme) == "<h1>标题</h1>好|甲乙丙丁"


def test_a_theme_between_may_leave_a_template_alone() -> None:
    theme = layers(overriding("footer", "{{ super() }}丙"), {}, GROUND)
    assert shown(theme) == "<h1>标题</h1>好|甲丙"
    assert shown(layers({}, overriding("footer", "乙"), GROUND)) == "<h1>标题</h1>好|乙"


def test_what_a_template_beneath_includes_may_be_overridden() -> None:
    theme = layers({"_words.html": "{% macro say() %}再见{% endmacro %}"}, GROUND)
    assert lint(theme) == ()
    assert shown(theme) == "<h1>标题</h1>再见|甲"


def test_a_page_is_made_with_what_it_reaches_through_all_themes() -> None:
    theme = layers(overriding("footer", "乙"), GROUND)
    assert closures(theme)["page"] == (
        "base-theme/_words.html", "base-theme/base.html", "base-theme/page.html", "base.html",
    )  # fmt: skip


def test_findings_name_the_theme_that_a_template_belongs_to() -> None:
    theme = layers(
        overriding("footer", "{{ noboby }}"), {**GROUND, "year.html": "{{ pagee }}"}, {"home.html": "{% if %}"}
    )
    assert [d.place.path for d in lint(theme)] == [
        "themes/c/templates/home.html",
        "themes/b/templates/year.html",
        "themes/a/templates/base.html",
    ]


# -- what has no effect -----------------------------------------------------------------------------------------------


def over(text: str) -> list[tuple[str, int, str]]:
    return problems(layers({"base.html": '{% extends "base-theme/base.html" %}\n' + text}, GROUND))


def test_a_block_that_overrides_nothing_is_found_with_the_near_name() -> None:
    (found,) = lint(layers(overriding("foter", "乙"), GROUND))
    assert (found.code, found.place.path, found.fact["near"]) == ("GX905", "themes/a/templates/base.html", "footer")
    assert over("\n{% block foter %}{% endblock %}") == [
        ("base.html", 3, "there is no block `foter` to override, so what is in it never appears")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{% block main %}{% block inner %}{% endblock %}{% endblock %}",
        "{% block extra %}丙{% endblock %}{% block main %}{{ self.extra() }}{% endblock %}",
        "{% set x = 1 %}{% macro y() %}words{% endmacro %}{% import '_words.html' as z %}\n \n{# words #}",
    ],
)
def test_blocks_inside_blocks_and_definitions_are_no_mistakes(text: str) -> None:
    assert over(text) == []


@pytest.mark.parametrize(
    "text", ["words", "<p>{{ page.title }}</p>", "{{ page.title }}", '{% include "_words.html" %}']
)
def test_words_outside_of_blocks_never_appear(text: str) -> None:
    said = "what stands outside of blocks never appears, because this template extends another"
    assert over(f"{{% block footer %}}{{% endblock %}}\n\n {text}") == [("base.html", 4, said)]


def test_nothing_is_said_of_blocks_while_a_parent_cannot_be_read() -> None:
    theme = layers(overriding("foter", "乙"), {**GROUND, "base.html": "{% if %}"})
    assert [d.place.path for d in lint(theme)] == ["themes/b/templates/base.html"]


def test_templates_that_nobody_uses_are_found_with_the_near_name() -> None:
    theme = layers({"hom.html": "", "_none.html": "", "years.html": ""}, {**GROUND, "_idle.html": ""})
    found = unused(theme, closures(theme))
    assert [(d.code, d.place.path, d.fact.get("near")) for d in found] == [
        ("GX923", "themes/a/templates/hom.html", "home.html"),
        ("GX923", "themes/a/templates/_none.html", None),
    ]


# -- static files -----------------------------------------------------------------------------------------------------


def test_static_files_are_named_by_what_they_are_published_as() -> None:
    from gxsite.render.theme import Theme

    page = '{{ page.assets }}{{ "img/印 1.svg" | asset }}'
    theme = ThemeFiles("themes/a", files(page=page).templates, {"img/印 1.svg": b""}, ())
    assert problems(theme) == []
    assert shown(Theme(theme, {}, {"img/印 1.svg": "img/印 1.0a.svg"})) == "../assets/img/%E5%8D%B0%201.0a.svg"


def test_the_name_is_not_kept_with_what_is_compiled() -> None:
    from gxsite.render.theme import Theme

    theme = ThemeFiles("themes/a", files(page='{{ "a.svg" | asset }}').templates, {"a.svg": b""}, ())
    kept: dict[str, bytes] = {}
    assert shown(Theme(theme, kept, {"a.svg": "a.1.svg"})) == "a.1.svg"
    assert kept
    assert shown(Theme(theme, kept, {"a.svg": "a.2.svg"})) == "a.2.svg"


def test_a_static_file_that_there_is_not() -> None:
    theme = ThemeFiles("themes/a", files(page='\n{{ "sael.svg" | asset }}').templates, {"seal.svg": b""}, ())
    (found,) = lint(theme)
    assert (found.place.path, found.place.span.line, found.fact["near"]) == (
        "themes/a/templates/page.html",
        2,
        "seal.svg",
    )
