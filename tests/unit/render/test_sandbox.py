"""A theme is data: it runs nothing, reaches nothing but what it is given, and comes to an end."""

import re
import time

import jinja2
import pytest

from gxsite.base.catalogue import message
from gxsite.render import sandbox
from gxsite.render.sandbox import FILTERS
from gxsite.render.templates import environment
from gxsite.render.theme import Theme, ThemeFiles, lint
from gxsite.site.views import LinkView, NotFoundView, YearLine, YearsView
from tests.needs import ROOT
from tests.unit.render.themes import failed, failure, files, problems, shown

YEARS = YearsView(
    tuple(YearLine(LinkView(f"{year}年", f"{year}/"), year, 3, 50, ("甲",)) for year in (2020, 2019, 2018))
)
MACRO = "{% macro one(x) %}{{ x }}{{ caller() if caller }}{% endmacro %}"


def refused(text: str, view: object = YEARS) -> str:
    """What is said of a template, by the lint or else when a page is made; never a page, never a traceback."""
    theme = files(page=text)
    found = [said for name, _, said in problems(theme) if name == "page.html"]
    return found[0] if found else failed(theme, view)[2]


# -- what cannot be reached -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''['__cl' ~ 'ass__'] }}",
        "{{ view._fields }}{{ view._replace(years=()) }}",
        "{{ view['_asdict']() }}",
        "{{ [view] | map(attribute='__class__') | list }}",
        "{{ [view] | map(attribute='years.__class__') | list }}",
        "{% set name = '__class__' %}{{ [view] | map(attribute=name) | join }}",
        "{{ [view] | sort(attribute='__class__') | first }}",
        "{{ [view] | groupby('__class__') | first }}",
        "{{ [view] | groupby('_fields') | length }}",
        "{{ [view] | unique(attribute='__doc__') | list | length }}",
        "{{ [view, view] | max(attribute='__doc__') }}",
        "{{ [1] | sum(attribute='real') }}",
        "{{ ['a'] | selectattr('__class__') | list | length }}",
        "{{ ['a'] | rejectattr('format', 'callable') | list | length }}",
        "{{ '' | attr('__class__') }}",
        "{{ ['x'] | map('attr', 'upper') | list }}",
        "{{ ['x'] | map('at' ~ 'tr', 'upper') | list }}",
        "{{ '{0.__class__}'.format(view) }}",
        "{{ '{a.__class__}'.format_map({'a': view}) }}",
        "{{ ('{0}' | safe).format(view) }}",
        "{{ ('{0}' | safe).format }}",
        "{{ '%s' | format(view) }}",
        "{{ '%s' % view }}",
        "{{ ['{0.__class__}'] | map('format', view) | list }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ namespace.mro() }}",
        "{% set n = namespace() %}{{ n.__class__ }}",
        "{% set n = namespace() %}{{ n['_Namespace__attrs'] }}",
        "{{ range.__class__ }}{{ range.start }}",
        "{{ range(3).count(1) }}",
        "{{ cycler(1) }}",
        "{{ joiner() }}",
        "{{ lipsum.__globals__ }}",
        "{{ dict(a=1) }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context }}",
        "{% block b %}{{ super.__self__ }}{{ self.b._context }}{% endblock %}",
        "{{ view.years.index(1) }}",
        "{{ view.count(1) }}",
        "{{ page.nav.count }}",
        MACRO + "{{ one.__globals__ }}",
        MACRO + "{{ one._func.__code__ }}",
        MACRO + "{{ one.name }}",
        MACRO + "{% call one(1) %}{{ caller._func }}{% endcall %}",
        "{% macro two() %}{{ caller.__init__ }}{% endmacro %}{% call two() %}{% endcall %}",
        "{% macro two() %}{{ varargs.append(1) }}{{ kwargs.update({}) }}{% endmacro %}{{ two() }}",
        "{% import 'm.html' as m %}{{ m.__class__ }}",
        "{% import 'm.html' as m %}{{ m['_body_stream'] }}",
        "{% from 'm.html' import __class__ as c %}{{ c }}",
        "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
        "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
        "{% set g = view.years | map('string') %}{{ g.gi_frame }}",
        "{% set g = ['a'] | map('upper') %}{{ g.gi_frame.f_builtins }}",
        "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}",
        "{% set d = {} %}{{ d.update({1: 1}) }}",
        "{{ {'a': 1}.__class__ }}{{ {}.pop('a') }}",
        "{{ 'a'.encode() }}",
        "{{ 'a'.join }}",
        "{{ 'a'.translate({97: 'b'}) }}",
        "{{ (1).real }}",
        "{{ (1).to_bytes(10, 'big') }}",
        "{{ true.numerator }}",
        "{{ site.footer.__class__ }}",
        "{{ body.html.__class__ }}",
        "{{ environment }}",
        "{{ context }}",
        "{{ view.years[0]['link']['_make'] }}",
        "{{ view.years[0].link() }}",
        "{{ 'a'() }}",
    ],
)
def test_nothing_is_reached(text: str) -> None:
    theme = files(page=text, m="{% macro x() %}{% endmacro %}")
    assert problems(theme) or failed(theme, YEARS)


def test_the_program_of_the_review_does_not_run() -> None:
    text = (
        "{% for c in ''.__class__.__mro__[1].__subclasses__() if c.__name__ == '_wrap_close' %}"
        "{{ c.__init__.__globals__['popen']('id').read() }}{% endfor %}"
    )
    theme = files(page="\n" + text)
    found = [d for d in lint(theme) if "__class__" in message(d, "en")]
    assert message(found[0], "en").endswith("`__class__` begins with an underscore, and themes may not use such names")
    assert "“__class__”以下划线开头" in message(found[0], "zh")
    assert found[0].place.span[:2] == (2, text.index("__class__") + 1)
    assert failed(theme)[2].startswith("`__class__` begins")


def test_only_filters_of_the_list_are_there_and_the_manual_has_them_all() -> None:
    known = environment({})
    assert set(known.filters) == FILTERS | {"t", "asset", "remembered"}
    assert set(known.globals) == {"range", "namespace"}
    table = (ROOT / "docs/themes.md").read_text("utf-8").partition("<!-- filters -->")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == FILTERS
    assert set(jinja2.Environment(autoescape=True).filters) >= FILTERS


# -- what is printed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ view.years }}", "only texts and numbers can be printed, and this is a list, which takes `for` or `join`"),
        ("{{ view.years[0] }}", "only texts and numbers can be printed, and this is a view, of which a name"),
        ("{{ view.years[0].link ~ '' }}", "only texts and numbers can be printed, and this is a view, of which a name"),
        ("{{ page.title.upper }}", "only texts and numbers can be printed, and this is a macro or a method, which"),
        (MACRO + "{{ one }}", "only texts and numbers can be printed, and this is a macro or a method, which"),
        ("{{ range }}", "only texts and numbers can be printed, and this is a macro or a method, which"),
        ("{{ [view.years] | join }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ view.years | upper }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ view.years | string }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ view.years | safe }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ '{a}' | t(a=view.years) }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ ([1] | map('string')) }}", "only texts and numbers can be printed, and this is a list"),
        ("{% autoescape false %}{{ view.years }}{% endautoescape %}", "only texts and numbers can be printed"),
        ("{% autoescape page.title %}{{ view.years }}{% endautoescape %}", "only texts and numbers can be printed"),
        ("{{ none }}", "the value is None here and cannot be printed; ask with `if` first"),
        ("{{ [] }}", "only texts and numbers can be printed, and this is a list"),
        ("{{ page.crest }}", "page.crest is None on this page and cannot be printed; ask with `if` first"),
        ("{{ page.crest.href }}", "what stands before `href` is None; ask with `if` first"),
        ("{{ view.years | map(attribute='lnk') | list | length }}", "there is no name `lnk`"),
        ("{{ view.years[99].link }}", "there is no [99] here: of 3 items the first is [0]"),
        ("{{ view.years[0].link.href[9] }}", "there is no [9] here: of 5 items the first is [0]"),
        ("{{ {'a': 1}[2] }}", "there is no such item"),
        ("{{ {'labels': 1}['label'] }}", "there is no name `label`"),
    ],
)
def test_only_texts_and_numbers_are_printed(text: str, words: str) -> None:
    assert refused("{% set view = view %}" + text).startswith(words)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 'a' if false }}|{{ ('b' if false) ~ 'c' }}", "|c"),
        ("{{ 1 }}{{ 1.5 }}{{ true }}{{ page.title }}", "11.5True标题"),
        ("{{ view.years[0].link.label }}{{ view.years[-1]['year'] }}{{ view.years[1:] | length }}", "2020年20182"),
        ("{{ view.years | map(attribute='link.label') | join('、') }}", "2020年、2019年、2018年"),
        ("{{ view.years | map(attribute='none', default='-') | join }}", "---"),
        ("{{ view.nothing is defined }}{{ view.nothing | default('甲') }}", "False甲"),
        (
            "{% set d = {'a': 1, 'items': 2} %}{{ d.a }}{{ d['items'] }}{% for k, v in d.items() %}{{ k }}{% endfor %}",
            "12aitems",
        ),
        ("{{ 'a<b'.split('<') | join('<') }}{{ ('<' | safe) + '<' }}", "a&lt;b<&lt;"),
        ("{{ view.years | sum(attribute='total') }}{{ [[1], [2]] | sum(start=[]) | join }}", "912"),
        ("{% for x in [1, [2, [3]]] recursive %}{{ loop(x) if x is iterable else x }}{% endfor %}", "123"),
        (
            "{% for x in 'ab' %}{{ loop.index }}{{ loop.cycle('甲', '乙') }}{{ loop.last }}{% endfor %}",
            "1甲False2乙True",
        ),
        ("{% for g in view.years | groupby('total') %}{{ g.grouper }}{{ g.list | length }}{% endfor %}", "33"),
        (MACRO + "{% call one(1) %}甲{% endcall %}{% block b %}乙{% endblock %}{{ self.b() }}", "1甲乙乙"),
        ("{{ 2 ** 8 }}{{ 7 % 4 }}{{ 1.5 | round }}{{ 'abcdef'[::2] }}{{ 3.14159 | round(2) }}", "25632.0ace3.14"),
        ("{% set n = namespace(a=1) %}{% set n.a = n.a + 1 %}{{ n.a }}", "2"),
        ("{{ 'a&b' | replace('&', '<') }}{{ ['b', 'a'] | sort | join }}{{ 'ab' | list | last }}", "a&lt;babb"),
    ],
)
def test_what_themes_do_still_works(text: str, printed: str) -> None:
    theme = files(page="{% set view = view %}" + text)
    assert problems(theme) == []
    assert shown(theme, YEARS) == printed


# -- what never ends --------------------------------------------------------------------------------------------------

DOUBLE = "{% set n = namespace(s='甲') %}{% for _ in range(60) %}{% set n.s = @ %}{% endfor %}{{ n.s | length }}"
LISTS = DOUBLE.replace("'甲'", "[1]")
DEEP = "{% set n = namespace(t=()) %}{% for i in range(9999) %}{% set n.t = @ %}{% endfor %}"
LONG = (
    "{% set n = namespace(x='b', y='') %}{% for i in range(19) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
    "{% set n.y = n.x ~ 'b' %}{% for i in range(99999) %}{{ 1 if @ }}{% endfor %}"
)
NEST = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}@"
NEST += "{% endfor %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ range(10**10) | list }}",
        "{{ range(10**10) | max }}",
        "{% for x in range(10**10) %}x{% endfor %}",
        NEST.replace("@", ""),
        NEST.replace("@", "x"),
        NEST.replace("@", "{% if false %}{% endif %}"),
        NEST.replace("range(99999)", "[1,2,3,4,5,6,7,8,9]") + NEST.replace("range(99999)", "'x' | list")
        + "{% for a in range(9999) %}{% for b in range(9999) %}{{ page.title }}{% endfor %}{% endfor %}",
        "{% set n = namespace(l=[]) %}{% for _ in range(99999) %}{% set n.l = [n.l, range(9999) | list] %}{% endfor %}",
        "{% set n = namespace(l=[]) %}{% for a in range(99999) %}{% set n.l = n.l + [a] %}{% endfor %}",
        DOUBLE.replace("@", "n.s ~ n.s"),
        DOUBLE.replace("@", "n.s + n.s"),
        DOUBLE.replace("@", "'{a}{a}' | t(a=n.s)"),
        DOUBLE.replace("@", "[n.s, n.s] | join"),
        DOUBLE.replace("@", "n.s | replace('甲', '甲甲')"),
        DOUBLE.replace("@", "[n.s, n.s] | sum(start='')"),
        LISTS.replace("@", "n.s + n.s"),
        LISTS.replace("@", "[n.s, n.s] | sum(start=[])"),
        DOUBLE.replace("{% set n.s = @ %}", "{% set x %}{{ n.s }}{{ n.s }}{% endset %}{% set n.s = x %}"),
        "{% macro two(x) %}{{ x }}{{ x }}{% endmacro %}" + DOUBLE.replace("@", "two(n.s)"),
        "{% set l = range(9999) | list %}" + LISTS.replace("@", "n.s + l + l").replace("60", "9999"),
        "{{ 'x' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 10**10**10 }}",
        "{% set n = namespace(s=3) %}{% for _ in range(99) %}{% set n.s = n.s * n.s %}{% endfor %}{{ n.s }}",
        "{% set n = namespace(s=3) %}{% for _ in range(999) %}{% set n.s = n.s - -n.s %}{% endfor %}{{ n.s }}",
        "{{ 2 | round(10**9, 'ceil') }}",
        "{{ [1] | batch(10**9, 'x') | list | length }}",
        "{{ [1] | slice(10**9) | list | length }}",
        "{{ 'x' | center(10**9) }}",
        "{{ 'x' | indent(10**9) }}",
        "{{ [1] | tojson(indent=10**9) }}",
        "{{ 'x'.ljust(10**9) }}{{ 'x'.zfill(10**9) }}{{ 'x'.expandtabs(10**9) }}",
        DEEP.replace("@", "(n.t,)") + "{{ [n.t] | unique | list | length }}",
        DEEP.replace("@", "{1: n.t}.items() | first") + "{{ {n.t: 1} | length }}",
        DEEP.replace("@", "[n.t, n.t]"),
        "{% set l = range(90000) | list %}{% for i in range(9000) %}{{ 'x' if -1 in l }}{% endfor %}",
        *(
            LONG.replace("@", question)
            for question in ("n.x is lower", "n.x == n.y", "'c' in n.x", "n.x | int(7)", "n.x < n.y", "n.x is eq(n.y)")
        ),
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% block b %}{{ self.b() }}{% endblock %}",
        "{% set n = namespace(d=0) %}{% block b %}{{ self.b() if view.years }}{{ self.b() }}{% endblock %}",
        "{% include 'page.html' %}",
        "{% for x in [[1]] recursive %}{{ loop([x, x]) }}{% endfor %}",
        "{{ " + "9" * 5000 + " }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "[" * 150 + "1" + "]" * 150 + " }}",
        "{{ " + "not " * 150 + "1 }}",
        "{{ 1 }}" + "{% if view %}" * 120 + "{% endif %}" * 120,
        "{% for x in view %}" * 25 + "{% endfor %}" * 25,
        "{{ '\\ud800' }}",
        "{{ 3 | dictsort }}",
        "{{ [1] | sort(attribute=1.5) }}",
    ],
)  # fmt: skip
def test_what_never_ends_is_a_finding(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "STEPS", 400_000)
    monkeypatch.setattr(sandbox, "CHARACTERS", 4_000_000)
    start = time.process_time()
    assert refused("{% set view = view %}" + text)
    assert time.process_time() - start < 10


def test_it_ends_with_the_real_budget_too() -> None:
    assert refused(NEST.replace("@", "{{ page.title }}")).startswith("this page does too much")
    assert refused("{% set s = page.title %}" + "{% set s = s ~ s %}" * 40).startswith("this page writes too much")


def test_each_page_has_the_whole_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "STEPS", 50_000)
    monkeypatch.setattr(sandbox, "PAID_LOOPS", 0)
    theme = Theme(files(page="{% for x in range(5000) %}{{ x }}{% endfor %}"))
    assert {len(shown(theme)) for _ in range(9)} == {18890}


def test_what_is_remembered_is_small() -> None:
    text = (
        "{% macro big(x) %}{% for n in range(20000) %}{{ x }}99{% endfor %}{% endmacro %}\n{{ 8888 | remembered(big) }}"
    )
    name, line, said = failed(files(page=text))
    assert (name, line) == ("page.html", 2)
    assert said.startswith("`remembered` keeps 65536 characters at most")


# -- filters and tests ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ('{{ "a.svg" | assset }}', "filter `assset`", "asset"),
        ("{% if false %}{{ 1 | uper }}{% endif %}", "filter `uper`", "upper"),
        ("{{ 1 if 1 is definde else 2 }}", "test `definde`", "defined"),
        ("{{ ['a'] | map('uper') | join }}", "filter `uper`", "upper"),
        ("{{ [1] | select('odds') | join }}", "test `odds`", "odd"),
        ("{{ page.crumbs | selectattr('note', 'equalsto', '') | list | length }}", "test `equalsto`", "equalto"),
    ],
)
def test_filters_and_tests_that_there_are_not(text: str, words: str, near: str) -> None:
    (found,) = lint(files(page="\n  " + text))
    assert message(found, "en") == f"the template is wrong: there is no {words}"
    word = words.split("`")[1]
    assert (found.fact["near"], found.place.span[:2]) == (near, (2, text.index(word) + 3))
    assert ("过滤器" if "filter" in words else "测试") in message(found, "zh")


def test_they_hide_nothing_else() -> None:
    theme = files(page="{{ 1 | uper }}\n{{ page.titel }}\n{{ veiw }}\n{{ 1 | lowwer }}", year="{{ 1 | uper }}")
    assert sorted(problems(theme)) == [
        ("page.html", 1, "there is no filter `uper`"),
        ("page.html", 2, "there is no name `titel`"),
        ("page.html", 3, "there is no name `veiw`"),
        ("page.html", 4, "there is no filter `lowwer`"),
        ("year.html", 1, "there is no filter `uper`"),
    ]


# -- None -------------------------------------------------------------------------------------------------------------


def test_a_page_without_an_address_says_that_it_has_no_assets() -> None:
    theme = ThemeFiles("themes/a", files(**{"404": '<p>\n<img src="{{ page.assets }}x">'}).templates, {}, ())
    found = failure(theme, NotFoundView(None), kind="404", assets=None)
    assert (found.place.path, found.place.span[:2]) == ("themes/a/templates/404.html", (2, 14))
    assert "在这一页 page.assets 是 None" in message(found, "zh")
    assert "page.assets is None on this page" in message(found, "en")
