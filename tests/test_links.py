"""Links of finished pages: looked at before anything is moved into place, told on every build, where they stand."""

import os
import shutil
import time
from pathlib import Path

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import Diagnostic, Severity
from gxsite.engine.build import build
from gxsite.engine.make import Maker
from gxsite.engine.output import Output
from gxsite.engine.result import Result
from gxsite.site.plan import Target
from tests.needs import ROOT
from tests.property.trees import differences, tree_of

KINDS = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")
BASE = """\
<!doctype html>
<title>{{ page.head_title }}</title>
<main id="main">
{% if page.root is not none %}
<a href="{{ page.root }}index.html">首页</a>
{% endif %}
{% block main %}{% endblock %}
</main>
"""
ABOVE = '{% extends "base.html" %}\n{% block main %}\n'
BODY = ABOVE + "{{ body.html }}\n{% endblock %}\n"
REPORT = (
    ABOVE + "{{ body.html }}\n{% for file in view.downloads %}\n"
    '<a href="{{ file.href }}">{{ file.label }}</a>\n{% endfor %}\n{% endblock %}\n'
)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal with a theme of its own, long enough ago for its stats to be trusted; not built yet."""
    root = tmp_path / "portal"
    shutil.copytree(ROOT / "tests/golden/full/project", root)
    write(root / "themes/bare/theme.yaml", "name: bare\n")
    templates = dict.fromkeys(KINDS, ABOVE + "{% endblock %}\n")
    templates |= {"base": BASE, "page": BODY, "document": BODY, "report": REPORT}
    for name, text in templates.items():
        write(root / f"themes/bare/templates/{name}.html", text)
    with (root / "gxsite.yaml").open("a", encoding="utf-8") as config:
        config.write("theme: bare\n")
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (1_600_000_000, 1_600_000_000))
    return root


def write(path: Path, text: str) -> None:
    """Write a file that looks a minute old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    at = time.time() - 60
    os.utime(path, (at, at))


def add(path: Path, text: str) -> None:
    """Add to a file, as by :func:`write`."""
    write(path, path.read_text("utf-8") + text)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))


def configure(portal: Path, text: str) -> None:
    add(portal / "gxsite.yaml", text)


def in_template(portal: Path, name: str, html: str) -> None:
    """Add to a template: in the base above the block that all others fill."""
    block = "{% block main %}"
    change(portal / f"themes/bare/templates/{name}.html", block, html + block if name == "base" else f"{block}\n{html}")


def in_body(portal: Path, path: str, text: str) -> None:
    add(portal / "content" / path, f"\n\n{text}\n")


def once(portal: Path, *, strict: bool = False, output: Path | None = None) -> Result:
    return build(portal, output, jobs=1, strict=strict)


def of_pages(result: Result) -> list[Diagnostic]:
    return [d for d in result.findings if d.code.startswith("GX82") and d.code > "GX820"]


def codes(result: Result) -> list[str]:
    return [d.code for d in of_pages(result)]


def made(result: Result) -> set[str]:
    return {reason.path for reason in result.reasons}


def test_a_portal_without_a_fault(portal: Path) -> None:
    assert codes(once(portal)) == []


def test_a_dead_link_of_a_template_stops_the_build_and_leaves_the_tree(portal: Path) -> None:
    once(portal)
    before = tree_of(portal / "build")
    times = {path: (portal / "build" / path).stat().st_mtime_ns for path in before}
    in_template(portal, "base", '<a href="{{ page.root }}help/indx.html">帮助</a>')
    result = once(portal)
    assert result.stopped
    assert (result.changed, result.removed) == ((), ())
    assert tree_of(portal / "build") == before
    assert {path: (portal / "build" / path).stat().st_mtime_ns for path in before} == times
    assert not (portal / "build/.gxsite-stage").exists()
    again = once(portal)
    assert again.findings == result.findings
    change(portal / "themes/bare/templates/base.html", "indx", "index")
    mended = once(portal)
    assert not mended.stopped
    assert "index.html" in mended.changed


def test_one_template_one_finding(portal: Path) -> None:
    once(portal)
    pages = sum(path.endswith(".html") for path in tree_of(portal / "build"))
    in_template(portal, "base", '<a href="{{ page.root }}help/indx.html">帮助</a>')
    found = of_pages(once(portal))
    assert [d.code for d in found] == ["GX821"]
    assert found[0].place.path == "index.html"
    assert [label.place.path for label in found[0].labels] == ["index.html", "themes/bare/templates/base.html"]
    assert message(found[0], "en").endswith(f"({pages} pages, this is the first)")
    assert found[0].fact["near"] == "help/index.html"


def test_a_template_that_leads_each_page_elsewhere_is_one_finding_too(portal: Path) -> None:
    in_template(portal, "report", '<a href="{{ view.downloads[0].href | replace(".xlsx", ".ods") }}">电子表格</a>')
    found = of_pages(once(portal))
    assert [(d.code, d.place.path) for d in found] == [("GX821", "hecheng-edu/2016/index.html")]
    assert "(3 pages, this is the first)" in message(found[0], "en")


def test_nothing_is_left_in_a_new_folder(portal: Path, tmp_path: Path) -> None:
    in_template(portal, "base", '<a href="none.html">无</a>')
    assert once(portal, output=tmp_path / "new").stopped
    assert list(tree_of(tmp_path / "new")) in ([], [".gxsite-output"])
    assert not [path for path in (tmp_path / "new").rglob("*") if path.suffix]


def test_a_place_that_goes_is_missed_where_it_is_led_to(portal: Path) -> None:
    """The page with the link is not made again, and the finding is told on every build until the place is back."""
    in_body(portal, "hecheng/2016.md", "## 收费 {#fee}\n\n没有。")
    in_body(portal, "hecheng-edu/2016.md", "见[市里的收费](../hecheng/2016.md#fee)。")
    first = once(portal)
    assert codes(first) == []
    change(portal / "content/hecheng/2016.md", " {#fee}", " {#fees}")
    result = once(portal)
    assert "hecheng/2016/index.html" in made(result)
    assert "hecheng-edu/2016/index.html" not in made(result)
    assert [(d.code, d.place.path) for d in of_pages(result)] == [("GX822", "content/hecheng-edu/2016.md")]
    assert of_pages(result)[0].fact["near"] == "fees"
    quick = once(portal)
    assert quick.timings is None
    assert quick.findings == result.findings
    in_body(portal, "pages/help.md", "又一段。")
    other = once(portal)
    assert made(other) == {"help/index.html"}
    assert of_pages(other) == of_pages(result)
    assert once(portal, strict=True).stopped
    change(portal / "content/hecheng/2016.md", " {#fees}", " {#fee}")
    assert codes(once(portal)) == []


def test_a_download_that_is_turned_off_is_missed(portal: Path) -> None:
    in_template(portal, "page", '<a href="{{ page.root }}hecheng/2016/hecheng-2016.xlsx">最近的报表</a>')
    assert not once(portal).stopped
    before = tree_of(portal / "build")
    configure(portal, "downloads: [csv]\n")
    result = once(portal)
    assert result.stopped
    assert codes(result) == ["GX821"]
    assert tree_of(portal / "build") == before


def test_an_attachment_that_is_removed_is_missed_by_a_page_that_is_not_made_again(portal: Path) -> None:
    in_template(portal, "page", '<a href="{{ page.root }}hecheng/2016/%E6%98%8E%E7%BB%86%E8%A1%A8.csv">明细</a>')
    assert not once(portal).stopped
    before = tree_of(portal / "build")
    change(portal / "content/hecheng/2016.md", "](2016/明细表.csv)", "](2015.md)")
    (portal / "content/hecheng/2016/明细表.csv").unlink()
    result = once(portal)
    assert result.stopped
    assert [(d.code, d.place.path) for d in of_pages(result)] == [("GX821", "help/index.html")]
    assert tree_of(portal / "build") == before


def test_a_link_is_alive_again_when_its_page_comes(portal: Path) -> None:
    configure(portal, "severities: {GX821: warning}\n")
    in_template(portal, "sitemap", '<a href="{{ page.root }}rules/index.html#s-1">制度</a>')
    assert codes(once(portal)) == ["GX821"]
    write(portal / "content/pages/rules.md", "---\ntitle: 制度\n---\n没有标题。\n")
    result = once(portal)
    assert codes(result) == ["GX822"]
    in_body(portal, "pages/rules.md", "## 第一章")
    assert codes(once(portal)) == []
    (portal / "content/pages/rules.md").unlink()
    assert codes(once(portal)) == ["GX821"]


@pytest.mark.parametrize(
    ("word", "severity"),
    [("off", None), ("note", Severity.NOTE), ("warning", Severity.WARNING), ("error", Severity.ERROR)],
)
def test_the_portal_decides_how_much_it_weighs(portal: Path, word: str, severity: Severity | None) -> None:
    configure(portal, f"severities: {{GX821: {word}}}\n")
    in_template(portal, "sitemap", '<a href="none.html">无</a>')
    result = once(portal)
    assert [d.severity for d in of_pages(result)] == ([severity] if severity else [])
    assert result.stopped == (severity is Severity.ERROR)


def test_what_was_a_warning_becomes_an_error_though_no_page_is_made_again(portal: Path) -> None:
    in_template(portal, "sitemap", '<a href="#none">无</a>')
    assert codes(once(portal)) == ["GX822"]
    before = tree_of(portal / "build")
    configure(portal, "severities: {GX822: error}\n")
    result = once(portal)
    assert result.stopped
    assert tree_of(portal / "build") == before


def test_warnings_stop_a_strict_build(portal: Path) -> None:
    configure(portal, "severities: {GX402: note, GX403: note, GX404: note}\n")
    assert not once(portal, strict=True).stopped
    before = tree_of(portal / "build")
    in_template(portal, "sitemap", '<a href="#none">无</a>')
    assert once(portal, strict=True).stopped
    assert tree_of(portal / "build") == before
    assert not once(portal).stopped


def test_a_body_that_asks_another_site_is_held_back(portal: Path) -> None:
    configure(portal, "on_error: quarantine\n")
    assert not once(portal).stopped
    good = (portal / "build/hecheng/2016/index.html").read_bytes()
    in_body(portal, "hecheng/2016.md", "![图](https://img.example.com/x.png)")
    in_body(portal, "pages/help.md", "新的一段。")
    first = once(portal)
    in_body(portal, "pages/help.md", "再一段。")
    for result in (first, again := once(portal)):
        assert not result.stopped
        assert result.held == ("content/hecheng/2016.md",)
        assert [(d.code, d.place.path) for d in of_pages(result)] == [("GX825", "content/hecheng/2016.md")]
        assert "GX818" in {d.code for d in result.findings}
        assert (portal / "build/hecheng/2016/index.html").read_bytes() == good
        assert "新的一段" in (portal / "build/help/index.html").read_text("utf-8")
    elsewhere = portal.parent / "other"
    shutil.copytree(portal, elsewhere)
    shutil.rmtree(elsewhere / "build")
    assert once(elsewhere).findings == again.findings == first.findings
    assert differences(tree_of(elsewhere / "build"), tree_of(portal / "build")) == []


def test_a_report_that_another_one_mends_comes_back_to_the_lists(portal: Path) -> None:
    shutil.rmtree(portal / "themes")
    config = portal / "gxsite.yaml"
    write(config, config.read_text("utf-8").replace("theme: bare\n", ""))
    configure(portal, "on_error: quarantine\nseverities: {GX822: error}\n")
    in_body(portal, "hecheng-edu/2016.md", "见[市里的收费](../hecheng/2016.md#fee)。")
    in_body(portal, "hecheng/2015.md", "见[诉讼](2016.md#law)。")
    assert once(portal).held == ("content/hecheng-edu/2016.md", "content/hecheng/2015.md")
    assert not (portal / "build/hecheng-edu/2016").exists()
    in_body(portal, "hecheng/2016.md", "## 收费 {#fee}")
    assert once(portal).held == ("content/hecheng/2015.md",)
    elsewhere = portal.parent / "other"
    shutil.copytree(portal, elsewhere, ignore=shutil.ignore_patterns("build", ".gxsite"))
    once(elsewhere)
    assert differences(tree_of(elsewhere / "build"), tree_of(portal / "build")) == []


def test_a_template_cannot_be_held_back(portal: Path) -> None:
    configure(portal, "on_error: quarantine\n")
    once(portal)
    before = tree_of(portal / "build")
    in_template(portal, "base", '<img src="https://cdn.example.com/x.png" alt="">')
    in_body(portal, "hecheng/2016.md", "![图](https://img.example.com/x.png)")
    result = once(portal)
    assert result.stopped
    assert result.held == ()
    assert [d.place.path for d in of_pages(result)] == ["content/hecheng/2016.md", "index.html"]
    assert tree_of(portal / "build") == before


def test_copies_in_other_languages_have_the_same_cause(portal: Path) -> None:
    configure(portal, "variants: [en]\n")
    in_body(portal, "hecheng-edu/2016.md", "见[市里的收费](../hecheng/2016.md#fee)，[下文](#below)。")
    in_template(portal, "agency", '<a href="#none">无</a>')
    found = of_pages(once(portal))
    assert [(d.code, d.place.path) for d in found] == [
        ("GX822", "content/hecheng-edu/2016.md"),
        ("GX822", "content/hecheng-edu/2016.md"),
        ("GX822", "hecheng-edu/index.html"),
    ]
    assert [d.fact["target"] for d in found] == ["fee", "below", "none"]
    assert "(2 pages" in message(found[2], "en")
    assert "第一" not in message(found[0], "zh")  # one place in one file


def test_every_place_in_a_template_is_named_in_one_run(portal: Path) -> None:
    configure(portal, "variants: [en]\n")
    links = ("fig1.png", "fig2.png", "{{ page.root }}x/2019.pdf", "{{ page.root }}x/2020.pdf", "#p1", "#p2")
    pictures = ("https://img.example.com/a.png", "https://img.example.com/b.png")
    html = "".join(f'<a href="{link}">甲</a>\n' for link in links)
    in_template(portal, "agency", html + "".join(f'<img src="{picture}" alt="">\n' for picture in pictures))
    found = of_pages(once(portal))
    assert {d.labels[1].place.span.line for d in found} == set(range(3, 11))
    assert {label.place.path for d in found for label in d.labels[1:]} == {"themes/bare/templates/agency.html"}
    assert [d.place.path for d in found] == ["hecheng-edu/index.html"] * len(found)
    assert len(found) == 8
    assert all("(2 pages, this is the first)" in message(d, "en") for d in found)


def test_a_loop_over_data_is_one_place_however_much_it_leads_to(portal: Path) -> None:
    loop = '{% for line in view.sections %}{% for link in line.links %}<a href="{{ link.href }}.pdf">文</a>{% endfor %}'
    in_template(portal, "sitemap", loop + "{% endfor %}")
    (found,) = of_pages(once(portal))
    assert "places on this page" in message(found, "en")
    assert [label.place.path for label in found.labels] == ["sitemap/index.html", "themes/bare/templates/sitemap.html"]


def test_the_same_dead_link_in_two_templates_names_both(portal: Path) -> None:
    for name in ("agency", "page"):
        in_template(portal, name, '<a href="{{ page.root }}help/indx.html">帮助</a>')
    (found,) = of_pages(once(portal))
    assert [label.place.path.rpartition("/")[2] for label in found.labels[1:]] == ["agency.html", "page.html"]


def test_every_place_in_a_body_is_named(portal: Path) -> None:
    in_body(portal, "pages/help.md", "见[下文](#below)。\n\n又见[下文](#below)。")
    found = of_pages(once(portal))
    assert [d.place.path for d in found] == ["content/pages/help.md"] * 2
    assert found[1].place.span.line == found[0].place.span.line + 2


def test_an_id_that_a_body_gives_again_is_told_in_its_own_words_and_lines(portal: Path) -> None:
    in_body(portal, "hecheng/2016.md", "## 甲 {#main}\n\n文 {#main}。\n\n乙\n{: #main }\n\n文。")
    (found,) = of_pages(once(portal))
    lines = (portal / "content/hecheng/2016.md").read_text("utf-8").split("\n")
    span = found.place.span
    assert (found.code, found.place.path, found.fact["target"]) == ("GX824", "content/hecheng/2016.md", "main")
    assert lines[span.line - 1] == "{: #main }"
    assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == "#main"


def test_addresses_below_the_base_lead_into_the_portal(portal: Path) -> None:
    in_template(portal, "404", '<a href="{{ page.root }}hecheng/">市</a><a href="{{ page.root }}hecheng/2099/">年</a>')
    found = of_pages(once(portal))
    assert [(d.code, d.fact["target"]) for d in found] == [
        ("GX821", "https://www.example.gov.cn/zwgk/nianbao/hecheng/2099/")
    ]
    change(portal / "gxsite.yaml", "base: https://www.example.gov.cn/zwgk/nianbao/", "base: https://example.gov.cn/")
    assert [d.fact["target"] for d in of_pages(once(portal))] == ["https://example.gov.cn/hecheng/2099/"]


def test_no_matter_how_many_processes(portal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(portal, "severities: {GX821: warning}\n")
    in_template(portal, "base", '<a href="{{ page.root }}help/indx.html">帮助</a><p id="main">')
    alone = once(portal)
    monkeypatch.setattr("gxsite.engine.steps.WORTH_A_FORK", 2)
    several = build(portal, tmp_path / "other", jobs=3, cache=tmp_path / "cache")
    assert of_pages(several) == of_pages(alone) != []


def test_a_lost_state_loses_no_finding(portal: Path) -> None:
    in_template(portal, "base", '<a href="#none">无</a>')
    first = once(portal)
    shutil.rmtree(portal / ".gxsite")
    assert once(portal).findings == first.findings
    assert codes(first) == ["GX822"]


def test_nothing_is_remembered_of_a_build_that_died(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It had moved its files; what it found out about links must be found out again."""
    once(portal)
    in_body(portal, "hecheng/2016.md", "见[下文](#below)。")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("gxsite.engine.state.State.keep_made", die)
        with pytest.raises(KeyboardInterrupt):
            once(portal)
    assert codes(once(portal)) == ["GX822"]


def test_pages_are_not_read_again_without_need(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_template(portal, "page", '<a href="{{ page.root }}hecheng/2016/index.html#main">报告</a>')
    once(portal)
    read: list[str] = []
    real = Output.read

    def reading(self: Output, path: str) -> bytes:
        read.append(path)
        return real(self, path)

    monkeypatch.setattr(Output, "read", reading)
    in_body(portal, "hecheng/2015.md", "又一段。")
    once(portal)
    assert read == []
    in_body(portal, "hecheng/2016.md", "又一段。")
    once(portal)
    assert read == ["hecheng/2016/index.html"]


def test_a_planted_dead_link_is_found(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever makes the pages: a fault of the program is found like one of a theme."""
    real = Maker.make

    def make(self: Maker, target: Target) -> bytes:
        data = real(self, target)
        return data.replace(b"hecheng-2016.csv", b"hecheng-2016.cvs") if target.kind == "report" else data

    monkeypatch.setattr(Maker, "make", make)
    assert [(d.code, d.place.path) for d in of_pages(once(portal))] == [("GX821", "hecheng/2016/index.html")]
