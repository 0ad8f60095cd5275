"""Statistical tables in a real browser: a report on the form of 2021, wide, on a phone, on paper, read aloud.

Two reports are built: one with a figure in every cell, one with every other thing that a cell can say. What a page
must show is taken from the form and from the figures that were written, never from the page itself.
"""

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from bench.mutation import report_text
from bench.tables import Table, valid_table
from gxsite.engine.build import build
from gxsite.model.form import CellRef, Form
from tests.needs import ROOT, needs, path_of
from tests.unit.build import built_in

pytestmark = needs("chromium")

PHONE, NARROW, EDGE, TABLET, WIDE = 360, 320, 640, 768, 1280
# The type area of print.css: A4 without its margins, at 96 pixels to the inch.
PAPER = round((210 - 2 * 17) / 25.4 * 96)
# On a phone the names of the rows stand over the figures: 3 columns x 2 rows, 7 x 25; or a line for each: 15 x 1.
LEDGER, LINES = 6 + 175, 15
ONE_COLUMN = ("本年处理决定数量", "本年收费金额（单位：万元）")
CELLS = LEDGER + LINES + 4


class Expected(NamedTuple):
    """One figure: what it says, how its column is called, and all its headings from the outside in."""

    text: str
    column: str
    headings: tuple[str, ...]


class Built(NamedTuple):
    """A built portal and what the cells of its full report say, in printed order."""

    full: str
    sparse: str
    long: str
    cells: tuple[Expected, ...]


def _expected(form: Form, table: Table) -> Iterator[Expected]:
    for owner in form.tables:
        spanner = (owner.spanner,) if owner.spanner else ()
        above: list[str] = []
        for row in owner.rows:
            above[row.depth :] = [row.name + row.note]
            if row.kind != "indicator":
                continue
            for column in owner.columns:
                path = (*column.heads, column.label)
                headings = (*above, *spanner, *path)
                if owner.layout == "across":  # the rows are headings of columns there, the one row is the unit's
                    path = (*above, *path)
                    headings = ("件数", *path)
                yield Expected(str(table[CellRef(row.id, column.id)]), " / ".join(path), headings)


def _sparse(text: str) -> str:
    """A report in which nothing is a plain figure in some cells of each table."""
    for row, value in {
        "art20.regulations": "[/, /, 约30]",
        "requests.carried_in": "[~, ~, ~, ~, ~, ~, ~]",
        "lawsuit.direct": "无",
    }.items():
        text, count = re.subn(rf"^  {re.escape(row)}: .*$", f"  {row}: {value}", text, flags=re.MULTILINE)
        assert count == 1, row
    return text


def _long(text: str) -> str:
    """A report with a figure of seven digits in the table of requests, on both sides of each of its sums."""
    for row in ("requests.new", "requests.granted", "requests.outcome.total"):
        found = re.search(rf"^  {re.escape(row)}: \[(.*)\]$", text, flags=re.MULTILINE)
        assert found is not None, row
        first, *others, total = (int(value) for value in found[1].split(","))
        more = [1234567 + first, *others, 1234567 + total]
        text = text.replace(found[0], f"  {row}: [{', '.join(map(str, more))}]")
    return text


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("tables")
    form = built_in("cn-2021")
    table = valid_table(form, random.Random(5))
    text = report_text(form, table)
    folder = root / "content" / "hecheng"
    folder.mkdir(parents=True)
    (root / "gxsite.yaml").write_text("name: 鹤城年报\n", "utf-8")
    (folder / "agency.yaml").write_text("name: 鹤城县人民政府\n", "utf-8")
    (folder / "2021.md").write_text(text, "utf-8")
    (folder / "2025.md").write_text(_long(text), "utf-8")
    (folder / "2023.md").write_text(_sparse(text), "utf-8")
    result = build(root, root / "build")
    assert not result.stopped, result.findings
    pages = root / "build" / "hecheng"
    return Built(
        (pages / "2021" / "index.html").as_uri(),
        (pages / "2023" / "index.html").as_uri(),
        (pages / "2025" / "index.html").as_uri(),
        tuple(_expected(form, table)),
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


def show(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)


def figures(page: Page) -> list[dict[str, Any]]:
    """Every figure of every table: its text, where it stands, and what stands in its way."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll('.statistics td')].map(cell => {
            const box = cell.getBoundingClientRect(), table = cell.closest('table');
            const heads = cell.headers.split(' ').map(id => document.getElementById(id));
            return {
                text: cell.innerText.trim(), label: cell.dataset.label ?? '',
                left: box.left, right: box.right, width: box.width, height: box.height,
                cut: cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight,
                heads: heads.map(head => head && head.tagName === 'TH' && head.closest('table') === table
                    ? head.textContent.trim() : null),
                below: box.top - cell.parentElement.querySelector('th').getBoundingClientRect().bottom,
            };
        })"""
    )
    return found


class Spoken(NamedTuple):
    """The accessibility tree of a page: how often each role occurs, the tables, what cells and headings say."""

    roles: Counter[str]
    tables: list[str]
    cells: list[str]
    rows: list[str]


def spoken(page: Page) -> Spoken:
    session = page.context.new_cdp_session(page)
    nodes = {n["nodeId"]: n for n in session.send("Accessibility.getFullAXTree")["nodes"]}

    def words(node: dict[str, Any]) -> str:
        if node["role"]["value"] == "StaticText":
            return str(node["name"]["value"])
        return " ".join(filter(None, (words(nodes[i]) for i in node.get("childIds", ()) if i in nodes)))

    heard = [n for n in nodes.values() if not n["ignored"]]
    kinds = ("table", "row", "cell", "columnheader", "rowheader")
    return Spoken(
        Counter(role for n in heard if (role := n["role"]["value"]) in kinds),
        [n["name"]["value"] for n in heard if n["role"]["value"] == "table"],
        [words(n) for n in heard if n["role"]["value"] == "cell"],
        [words(n) for n in heard if n["role"]["value"] == "rowheader"],
    )


def test_every_figure_names_all_its_headings(built: Built, page: Page) -> None:
    show(page, built.full, WIDE)
    found = figures(page)
    assert len(found) == len(built.cells) == CELLS
    for cell, expected in zip(found, built.cells, strict=True):
        assert (cell["text"], tuple(cell["heads"])) == (expected.text, expected.headings)


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_table_stays_a_table_for_those_who_listen(built: Built, page: Page, width: int) -> None:
    show(page, built.full, width)
    heard = spoken(page)
    assert heard.roles["table"] == len(heard.tables) == 6
    assert heard.roles["cell"] == CELLS
    assert heard.roles["row"] == page.locator(".statistics tr").count()
    assert heard.roles["rowheader"] == page.locator(".statistics tbody th").count()
    assert heard.roles["columnheader"] == page.locator(".statistics thead th").count()
    assert heard.tables[4].startswith("表三　收到和处理政府信息公开申请情况")
    assert any(words.replace(" ", "") == "（三）不予公开" for words in heard.rows)
    for words, expected in zip(heard.cells, built.cells, strict=True):
        # On a phone the whole path of the column is said with the figure, but only where the table became sections.
        in_section = width == PHONE and expected.column not in ONE_COLUMN
        assert words == (f"{expected.column} {expected.text}" if in_section else expected.text)


def test_cells_without_a_figure_are_spoken(built: Built, page: Page) -> None:
    show(page, built.sparse, WIDE)
    said = Counter(spoken(page).cells)
    assert (said["空白"], said["不适用"], said["无"], said["约30"]) == (7, 2, 5, 1)


@pytest.mark.parametrize("report", ["full", "sparse"])
def test_the_page_never_scrolls_sideways(built: Built, page: Page, report: str) -> None:
    show(page, getattr(built, report), WIDE)
    for width in (NARROW, PHONE, EDGE, TABLET, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
        regions = page.evaluate(
            "[...document.querySelectorAll('.scroll')].map(region => region.scrollWidth - region.clientWidth)"
        )
        assert regions == [0] * 6, "at these widths no table needs its scroll region either"


@pytest.mark.parametrize("width", [NARROW, EDGE])
def test_on_a_phone_the_name_of_a_row_stands_over_its_figures(built: Built, page: Page, width: int) -> None:
    show(page, built.full, width)
    labelled = [cell for cell in figures(page) if cell["label"]]
    assert len(labelled) == LEDGER + LINES
    for cell in labelled:
        assert cell["left"] >= 0
        assert cell["right"] <= width
        assert min(cell["width"], cell["height"]) > 8
        assert cell["below"] >= 0, "the name of the row stands above its figures"
        assert not cell["cut"]


@pytest.mark.parametrize("width", [NARROW, PHONE, EDGE])
def test_on_a_phone_figures_stand_under_the_heads_of_their_columns(built: Built, page: Page, width: int) -> None:
    show(page, built.full, width)
    rows: list[list[list[float]]] = page.evaluate(
        """() => [...document.querySelectorAll('.ledger tbody tr')].map(row => [...row.querySelectorAll('td')]
            .map(cell => [cell, document.getElementById(cell.headers.split(' ').pop())]
                .flatMap(e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right])))"""
    )
    assert sum(map(len, rows)) == LEDGER
    for row in rows:
        for left, right, *head in row:
            assert [left, right] == pytest.approx(head, abs=1)
        assert row == sorted(row), "side by side, in the order of the form"


def test_on_a_phone_the_heads_of_columns_stay_in_sight(built: Built, page: Page) -> None:
    show(page, built.full, PHONE)
    last = page.locator(".ledger:has(#table-requests) tbody tr").last
    last.evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 300)")
    for head in page.locator(".ledger:has(#table-requests) thead th.figure:not(.all)").all():
        box = head.bounding_box()
        assert box is not None
        assert -1 <= box["y"] < 100


def test_figures_too_long_to_stand_side_by_side_have_a_line_each(built: Built, page: Page) -> None:
    show(page, built.long, NARROW)
    assert page.evaluate("document.scrollingElement.scrollWidth") == NARROW
    table = page.locator("table:has(#table-requests)")
    assert "many" in str(table.get_attribute("class")).split()
    assert max(len(figure) for figure in table.inner_text().split()) >= 7
    assert page.locator("table:has(#table-art20_1).ledger").count() == 1, "the others stay as they are"


def test_the_relation_printed_on_the_form_is_seen_on_a_phone(built: Built, page: Page) -> None:
    show(page, built.full, PHONE)
    box = page.locator("caption", has_text="第一项加第二项之和，等于第三项加第四项之和").locator(".rule").bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert not page.locator(".statistics thead th", has_text="申请人情况").evaluate("e => e.offsetWidth > 1")


def test_names_of_rows_stay_in_sight_beside_what_scrolls(built: Built, page: Page) -> None:
    show(page, built.full, TABLET)
    page.add_style_tag(content=".wide { width: 70rem !important; }")
    region = page.locator(".scroll", has=page.locator("#table-requests"))
    name = page.locator("#requests-requests\\.granted")
    group = page.locator("#requests-group\\:requests\\.denied span").first
    still = name.bounding_box()
    region.evaluate("e => { e.scrollLeft = 300 }")
    assert region.evaluate("e => e.scrollLeft") == 300
    assert name.bounding_box() == still
    inside, heading = region.bounding_box(), group.bounding_box()
    assert inside is not None
    assert heading is not None
    assert inside["x"] <= heading["x"] < inside["x"] + 50


def test_every_figure_is_on_paper(built: Built, page: Page) -> None:
    show(page, built.full, PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    found = figures(page)
    assert [cell["text"] for cell in found] == [expected.text for expected in built.cells]
    for cell in found:
        assert cell["left"] >= 0
        assert cell["right"] <= PAPER + 1
        assert min(cell["width"], cell["height"]) > 8
        assert not cell["cut"]
    displays = page.locator(".statistics thead").evaluate_all("all => all.map(e => getComputedStyle(e).display)")
    assert displays == ["table-header-group"] * 6, "heads are repeated on every sheet"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    # Sheets of A4, as upright as the text: one for the text and small tables, one or two for the others.
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert {(round(float(width)), round(float(height))) for width, height in sheets} == {(595, 842)}
    assert 2 <= len(sheets) <= 4


@needs("axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_axe_finds_nothing(built: Built, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show(page, built.sparse, width)
    page.add_script_tag(path=path_of("axe"))
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result["violations"]] == []
    assert result["passes"], "axe has looked at something"


def test_no_form_of_the_example_portal_is_wider_than_a_phone(page: Page, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "gxsite.yaml", tmp_path)
    result = build(tmp_path, tmp_path / "build")
    assert not result.stopped, result.findings
    by_form: dict[str, Path] = {}
    for source in sorted(tmp_path.glob("content/*/[12]*.md")):
        form = source.read_text("utf-8").partition("\nform: ")[2].partition("\n")[0]
        by_form[form] = tmp_path / "build" / source.parent.name / source.stem / "index.html"
    assert set(by_form) == {"cn-narrative", "cn-2014", "cn-2019", "cn-2021", "dingxi-2008"}
    widths = {}
    for form, file in by_form.items():
        show(page, file.as_uri(), NARROW)
        widths[form] = page.evaluate("document.scrollingElement.scrollWidth")
    assert widths == dict.fromkeys(by_form, NARROW)
