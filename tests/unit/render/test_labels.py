"""The words of a theme: the filter `t`, the list of another language, and what the lint says of both."""

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic, Outcome
from gxsite.render.labelfile import read_labels
from gxsite.render.lint_labels import advise, lint_labels
from gxsite.render.templates import environment
from gxsite.render.theme import Theme, ThemeFiles
from gxsite.render.themefiles import Label
from gxsite.site.views import PageView
from tests.unit.build import only, text_of
from tests.unit.render.themes import LINK, SITE, failed, files, problems, shown


def english(theme: ThemeFiles, labels: str) -> ThemeFiles:
    """A theme with an English list."""
    outcome = read(labels)
    assert outcome.diagnostics == ()
    return ThemeFiles(theme.path, theme.templates, theme.statics, theme.styles, "", {"en": outcome.value})


def read(labels: str) -> Outcome[dict[str, Label]]:
    return read_labels(text_of(labels, "themes/small/labels/en.yaml"))


def in_english(theme: ThemeFiles, title: str = "标题") -> str:
    page = PageView("page", title, title, "", "../", "", "", (), "", (), (), ())
    return Theme(theme).render(SITE, page, LINK, None, "en").decode()


def told(found: Diagnostic) -> tuple[str, str, int, str]:
    return found.code, found.place.path, found.place.span.line, message(found, "en")


# -- the filter ------------------------------------------------------------------------------------------------------


def test_in_chinese_a_text_stands_as_it_is() -> None:
    assert shown(files(page='{{ "跳到<主要>内容" | t }}')) == "跳到&lt;主要&gt;内容"


def test_in_english_by_the_list_and_else_as_it_is() -> None:
    theme = english(files(page='{{ "下载" | t }} {{ "附件" | t }}'), '下载: "Files & more"')
    assert in_english(theme) == "Files &amp; more 附件"
    assert shown(theme) == "下载 附件"


def test_values_are_escaped_and_safe_html_is_not() -> None:
    theme = files(page='{% set b %}<b>{{ page.title }}</b>{% endset %}{{ "{a}和{b}<" | t(a=page.title, b=b) }}')
    assert shown(theme, title="<甲>") == "&lt;甲&gt;和<b>&lt;甲&gt;</b>&lt;"
    assert in_english(english(theme, '"{a}和{b}<": "{b} & {a}"'), "<甲>") == "<b>&lt;甲&gt;</b> &amp; &lt;甲&gt;"


@pytest.mark.parametrize(("count", "said"), [(0, "0 reports"), (1, "one report"), (2, "2 reports")])
def test_english_counts(count: int, said: str) -> None:
    labels = '"{count} 份": {one: one report, other: "{count} reports"}'
    theme = english(files(page=f'{{{{ "{{count}} 份" | t(count={count}) }}}}'), labels)
    assert in_english(theme) == said
    assert shown(theme) == f"{count} 份"


def test_braces_that_are_no_names_stay() -> None:
    assert shown(files(page='{{ "{} {甲} {A} {a}" | t(a=1) }}')) == "{} {甲} {A} 1"


def test_a_text_without_values_costs_nothing_when_a_page_is_made() -> None:
    text = '{{ "下载" | t }}<p title="{{ "附件" | t }}">{% set all = [("a", "引用" | t)] %}{{ all }}'
    labels = {"下载": Label("Downloads"), "引用": Label("Cite")}
    chinese, english = (environment({"a.html": text}, None, said).compile(text, raw=True) for said in ({}, labels))
    for code in (chinese, english):  # looked up when the template is loaded, and never called
        assert code.count("t_1") == code.split("pass\n", 1)[0].count("t_1")
    assert "yield 'Downloads<p title=\"附件\">'" in english
    assert "('a', 'Cite')" in english


def test_what_is_compiled_is_kept_apart_by_language() -> None:
    theme, kept = english(files(page='{{ "下载" | t }}'), "下载: Downloads"), dict[str, bytes]()
    for _ in range(2):
        made = Theme(theme, kept)
        assert shown(made) == "下载"
        assert in_english(theme) == "Downloads"
        made.compile(["page.html"], "en")
        assert len(kept) == 2


# -- the lint --------------------------------------------------------------------------------------------------------

RULE = 't stands behind a constant text and gives each {name} in it a value: {{ "截至{day}" | t(day=view.as_of) }}'


@pytest.mark.parametrize(
    "use",
    [
        "{{ page.title | t }}",
        "{{ 7 | t }}",
        '{{ ("甲" ~ page.title) | t }}',
        '{{ "甲" | t(1) }}',
        '{{ "甲" | t(a=1) }}',
        '{{ "甲{a}" | t }}',
        '{{ "甲{a}" | t(b=1) }}',
        '{{ "甲{a}" | t(a=1, b=1) }}',
        '{{ "甲" | t(**page) }}',
        "{% filter t %}甲{% endfilter %}",
    ],
)
def test_what_cannot_be_translated_is_a_finding(use: str) -> None:
    assert problems(files(page=f"一\n{use}")) == [("page.html", 2, RULE)]


def test_texts_are_translated_where_the_lint_sees_them() -> None:
    assert failed(files(page='一\n{{ [page.title] | map("t") | list }}')) == ("page.html", 2, "it failed (t: map)")


def test_an_english_text_asks_for_no_other_value() -> None:
    theme = english(files(page='{{ "{count} 份" | t(count=1) }}'), '"{count} 份": {one: "{n}", other: "{m} {count}"}')
    assert [told(found) for found in lint_labels(theme)] == [
        (
            "GX905",
            "themes/small/labels/en.yaml",
            1,
            f"the template is wrong: the English text asks for {name}, which is none of the values of `{{count}} 份`",
        )
        for name in ("m", "n")
    ]


def test_gaps_and_idle_entries_are_told_once_with_the_near_name() -> None:
    page = '{{ "下载文件" | t }}\n{{ "附件" | t }}{{ "附件" | t }}'
    theme = english(files(page=page, home='{{ "附件" | t }}'), "下载：文件: Downloads\n别的: Other")
    found = list(advise(theme, "en"))
    assert [(*told(each)[:3], each.fact["text"], each.fact.get("near")) for each in found] == [
        ("GX910", "themes/small/templates/home.html", 1, "附件", None),
        ("GX911", "themes/small/labels/en.yaml", 1, "下载：文件", "下载文件"),
        ("GX911", "themes/small/labels/en.yaml", 2, "别的", None),
    ]


def test_idle_entries_of_the_theme_beneath_are_not_this_one_s_business() -> None:
    theme = english(files(page='{{ "附件" | t }}'), "附件: Files\n别的: Other")
    above = ThemeFiles("themes/above", theme.templates, {}, (), "", theme.labels)
    assert list(advise(above, "en")) == []


# -- the list --------------------------------------------------------------------------------------------------------


def test_texts_keep_their_blanks_and_may_be_empty_in_quotes() -> None:
    assert {text: label[:2] for text, label in read('、: ", "\n份: ""\n"{day}": " {day} "').value.items()} == {
        "、": (", ", ""),
        "份": ("", ""),
        "{day}": (" {day} ", ""),
    }


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ("甲:", "GX203"),
        ("甲: ~", "GX203"),
        ("甲: [A]", "GX203"),
        ("甲: {one: A}", "GX202"),
        ("甲: {one: A, othr: B}", "GX201"),
        ("甲: A\n甲: B", "GX103"),
    ],
)
def test_mistakes_in_the_list_are_findings_at_their_place(labels: str, code: str) -> None:
    found = only(read(f"乙: B\n{labels}").diagnostics, code)
    assert found.place.path == "themes/small/labels/en.yaml"
    assert found.place.span.line >= 2
    assert read(f"乙: B\n{labels}").value["乙"].text == "B"
