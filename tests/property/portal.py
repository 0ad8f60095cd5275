"""Small random portals: agencies of two levels, reports of every form, documents, pages, attachments, a theme."""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from gxsite.model.form import CellRef
from tests.property import heads
from tests.property.figures import LOCAL, Table, form_of, local_table, table_of
from tests.property.world import World
from tests.relations.portal import report_text

SERIES = {"aa": range(2017, 2023), "bb": range(2012, 2016), "cc": range(2018, 2022), "dd": range(2014, 2018)}
NAMES = {"aa": "甲县人民政府", "bb": "乙局", "cc": "丙局", "dd": "丁镇人民政府", "ee": "戊中心", "ff": "己所"}
WORDS = ("公开", "目录", "申请", "答复", "网站", "培训", "渠道", "监督", "整改", "解读", "平台", "热线")

CONFIG: dict[str, object] = {
    "name": "甲县年报门户",
    "base": "https://www.example.gov.cn/nianbao/",
    "site_id": '"9999010001"',
    "description": "各机关年度报告",
    "licence": "可以自由使用",
    "years": {"from": 2012, "to": 2022},
    "downloads": ["csv", "json"],
    "footer": {"host": "甲县人民政府", "operator": "甲县公开股"},
}

FORM: dict[str, object] = {
    "id": LOCAL,
    "family": "local",
    "years": {"from": 2010, "to": 2022},
    "status": "local",
    "title": "地方统计表",
    "extra": True,
    "tables": [
        {
            "id": "figures",
            "title": "公开情况",
            "columns": [{"label": "数量"}],
            "rows": [
                {"id": "local.total", "label": "公开总数", "unit": "条"},
                {"id": "local.web", "label": "网站公开", "unit": "条"},
                {"id": "local.gazette", "label": "公报公开", "unit": "条"},
            ],
        },
        {
            "id": "requests",
            "title": "申请情况",
            "columns": [
                {"id": "people", "label": "公民"},
                {"id": "firms", "label": "企业"},
                {"id": "total", "label": "合计"},
            ],
            "rows": [{"id": "local.received", "label": "收到申请", "unit": "件"}],
        },
    ],
    "relations": [
        {"id": "local.sum", "rule": "local.total = local.web + local.gazette", "because": "总数等于各项之和"},
        {"id": "local.columns", "rule": "total = people + firms", "each": "row", "table": "requests"},
    ],
}

# A theme that shows all it is given, so that nothing a view holds can go stale unseen; and one on top of the default.
KINDS = ("home", "agency", "year", "years", "report", "document", "page", "sitemap", "moved", "404")
WITH_BODY = ("report", "document", "page")
PLAIN = {
    "theme.yaml": "name: plain\nstyles: [plain.css]\n",
    "static/plain.css": "body { color: black; background: url(img/wave.svg); }\n",
    "static/img/wave.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>\n',
    "templates/base.html": '{% import "_all.html" as a %}<!doctype html>\n<title>{{ page.head_title }}</title>\n'
    "<div>{{ a.of(site) }}\n{{ a.of(page) }}\n{{ a.of(view) }}</div>\n"
    '{% if page.assets is not none %}<img src="{{ page.assets }}{{ "img/wave.svg" | asset }}" alt="">{% endif %}\n'
    '{% block main %}{% endblock %}\n{% include "_note.html" %}\n',
    "templates/_note.html": '<p>{{ "以原件为准。" | t }}{{ "（{kind}）" | t(kind=page.kind) }}</p>\n',
    "labels/en.yaml": "以原件为准。: The originals count.\n（{kind}）: ' ({kind})'\n",
    "templates/_words.html": '{% import "_all.html" as a %}'
    "{% macro text(body) %}<article>{{ body.html }}</article>{{ a.of(body.contents) }}{% endmacro %}\n",
    "templates/_all.html": "{% macro of(x) %}{% if x is none %}-{% elif x is string or x is number %}{{ x }}"
    "{% else %}({% for y in x %}{{ of(y) }}, {% endfor %}){% endif %}{% endmacro %}\n",
    **{
        f"templates/{kind}.html": '{% extends "base.html" %}\n'
        + (
            '{% import "_words.html" as w %}\n{% block main %}\n{{ w.text(body) }}\n{% endblock %}\n'
            if kind in WITH_BODY
            else ""
        )
        for kind in KINDS
    },
}
# A page that is seldom made again leads to files and places that come and go.
LEADS = (
    *("help/index.html#s-here", "guide/index.html", "aa/index.html", "aa/2018/index.html", "aa/2018/aa-2018.csv"),
    *("aa/documents/plan/index.html#s-here", "aa/2018/scan.pdf", "en/index.html", "old-dd/index.html", "feeds/"),
)
LEADING = '{% extends "base.html" %}\n{% block main %}\n' + "".join(
    f'<a href="{{{{ page.root }}}}{path}">{path}</a>\n' for path in LEADS
)
OVER = {
    "theme.yaml": "name: over\nextends: plain\nstyles: [over.css]\n",
    "static/over.css": "p { color: green; }\n",
    "templates/base.html": '{% extends "base-theme/base.html" %}\n{% block main %}{{ super() }}<hr>{% endblock %}\n',
    "templates/year.html": '{% extends "base-theme/year.html" %}\n{% block main %}{{ view.year }}{% endblock %}\n',
}


def new_world(folder: Path, rng: random.Random) -> World:
    """A random portal in a new folder, which builds without an error."""
    world = World(folder)
    config = {key: value for key, value in CONFIG.items() if key == "name" or rng.random() < 0.8}
    for name, theme in (("plain", PLAIN), ("over", OVER)):
        for path, text in theme.items():
            world.write(f"themes/{name}/{path}", text)
    if rng.random() < 0.6:
        config["severities"] = {"GX821": "warning", "GX823": "note"}
        world.write("themes/plain/templates/years.html", LEADING + "{% endblock %}\n")
    if rng.random() < 0.4:
        config["variants"] = rng.choice([["en"], ["zh-Hant"], ["zh-Hant", "en"]])
    if rng.random() < 0.4:
        config["look"] = {"accent": "#9b1c1c", "crest": "crest.svg"}
        world.write("assets/crest.svg", picture(rng))
    # The default theme takes long to compile, so it is the exception.
    config["theme"] = rng.choices(["plain", "over", "default"], [14, 5, 1])[0]
    world.write("gxsite.yaml", "".join(heads.put("", key, value) for key, value in config.items()))
    world.write(f"content/forms/{LOCAL}.yaml", json.dumps(FORM, ensure_ascii=False, indent=1))
    _agencies(world, rng)
    for agency, years in SERIES.items():
        first = rng.randrange(len(years) - 1)
        _series(world, rng, agency, years[first : first + rng.randint(2, 3)])
    _papers(world, rng)
    for path in world.paths():
        world.age(path)
    world.kept = world.sources()
    return world


def _agencies(world: World, rng: random.Random) -> None:
    world.write("content/aa/agency.yaml", agency_text("aa", kind="government", level="county", region='"999901"'))
    world.write("content/bb/agency.yaml", agency_text("bb", kind="department", parent="aa"))
    more = {"predecessors": [{"id": "bb", "until": 2018}]} if rng.random() < 0.5 else {}
    world.write("content/cc/agency.yaml", agency_text("cc", kind="department", parent="aa", since="2018", **more))
    world.write("content/dd/agency.yaml", agency_text("dd", kind="township", parent="aa", former_ids=["old-dd"]))


def agency_text(agency: str, **more: object) -> str:
    """The file of an agency."""
    text = heads.put("", "name", NAMES.get(agency, f"{agency}机关"))
    for key, value in more.items():
        text = heads.put(text, key, value)
    return text


def _series(world: World, rng: random.Random, agency: str, years: range) -> None:
    """Reports of some years, the figures of one on the same form carried on by the next."""
    before: tuple[str, Table] = "", {}
    for year in years:
        if agency == "dd":
            world.write(f"content/{agency}/{year}.md", local_report(rng, world, agency, year))
            continue
        form = form_of(year)
        joined = form.id == before[0] or (form.id, before[0]) == ("cn-2021", "cn-2019")
        table = table_of(rng, form, before[1] if joined else None)
        before = form.id, table
        world.write(f"content/{agency}/{year}.md", national_report(rng, world, agency, year, table))


def national_report(
    rng: random.Random, world: World, agency: str, year: int, table: Mapping[CellRef, int] | None = None
) -> str:
    """The text of a report on the form of its year."""
    form = form_of(year)
    text = report_text(form, table or table_of(rng, form), _front(rng, year))
    return _dressed(rng, world, text, agency, year)


def local_report(rng: random.Random, world: World, agency: str, year: int) -> str:
    """The text of a report on the local form."""
    rows = "".join(f"  {row}: {json.dumps(value)}\n" for row, value in local_table(rng).items())
    text = f"---\ntitle: 年度报告\nform: {LOCAL}\n{_front(rng, year)}table:\n{rows}---\n正文。\n"
    return _dressed(rng, world, text, agency, year)


def _front(rng: random.Random, year: int) -> str:
    published = f"published: {year + 1}-01-{rng.randint(10, 28)}{rng.choice(['', ' 08:59', ' 15:00:01'])}\n"
    return f"{published}signed: {year + 1}-01-{rng.randint(1, 9):02}\n"


def _dressed(rng: random.Random, world: World, text: str, agency: str, year: int) -> str:
    text = heads.put(text, "title", f"{NAMES.get(agency, agency)}{year}年政府信息公开工作年度报告")
    card = {"index_number": f"{rng.randrange(10**8):09}", "issuer": NAMES.get(agency, agency), "genre": "报告"}
    text = heads.put(text, "card", card)
    if agency == "aa":
        text = heads.put(text, "scope", rng.choice(["own", "consolidated"]))
    return heads.with_body(text, body(rng, world, f"content/{agency}/{year}.md", text))


def body(rng: random.Random, world: World, path: str, front: str = "") -> str:
    """A body: headings, a list or a table, quotations of the table, and links to files that are there already."""
    parts = [f"## 一、{sentence(rng)}", sentence(rng)]
    if front and rng.random() < 0.7:
        parts.append("".join(f"{sentence(rng)}{{{{ {cell} }}}}。" for cell in _quotable(rng, front)))
    if rng.random() < 0.5:
        parts.append(link(rng, world, path))
    parts.append(
        rng.choice(
            ["| 甲 | 乙 |\n| --- | ---: |\n| 一 | 二 |", "1. 第一项\n2. 第二项", "**强调。**后面[^1]。\n\n[^1]: 注。"]
        )
    )
    return "\n\n".join(parts) + "\n"


def _quotable(rng: random.Random, front: str) -> Iterator[str]:
    """One or two cells of one-column rows that hold a figure."""
    rows = [line.split(":")[0].strip() for line in front.split("\n") if line.startswith("  ") and line[-1:].isdecimal()]
    yield from rng.sample(rows, min(len(rows), 2))


def link(rng: random.Random, world: World, path: str, target: str = "", anchor: str = "") -> str:
    """A sentence with a link from one file of the content to another, perhaps to a place in it."""
    known = world.paths(r"content/(?!forms/).*")
    target = target or (rng.choice(known) if known else "content/pages/none.md")
    ups = "../" * (path.count("/") - 1)
    return f"见[{sentence(rng)}]({ups}{target.removeprefix('content/')}{anchor})。"


def sentence(rng: random.Random) -> str:
    """A few words without figures."""
    return "".join(rng.choices(WORDS, k=rng.randint(2, 6)))


def picture(rng: random.Random) -> str:
    """A picture of some proportion."""
    box = f"0 0 {rng.randint(1, 9)} {rng.randint(1, 9)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><title>{sentence(rng)}</title></svg>\n'


def page_text(rng: random.Random, world: World, slug: str) -> str:
    """The text of a page of the portal."""
    front = f"---\ntitle: {sentence(rng)}\ndescription: {sentence(rng)}\norder: {rng.randint(1, 9)}\n---\n"
    return front + body(rng, world, f"content/pages/{slug}.md")


def document_text(rng: random.Random, world: World, agency: str, slug: str) -> str:
    """The text of a document."""
    front = f"---\ntitle: {sentence(rng)}\npublished: 2018-05-{rng.randint(10, 28)}\ncard: {{}}\n---\n"
    return front + body(rng, world, f"content/{agency}/documents/{slug}.md")


def _papers(world: World, rng: random.Random) -> None:
    """Pages, a document and attachments."""
    for slug in ("help", "guide"):
        world.write(f"content/pages/{slug}.md", page_text(rng, world, slug))
    world.write("content/aa/documents/plan.md", document_text(rng, world, "aa", "plan"))
    for path in rng.sample(world.paths(r"content/../\d{4}\.md"), 2):
        world.write(f"{path.removesuffix('.md')}/{rng.choice(['明细.csv', 'scan.pdf'])}", rng.randbytes(40))
