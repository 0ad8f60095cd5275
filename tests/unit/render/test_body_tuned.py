"""The default engine gives the HTML of the library as it comes."""

from pathlib import Path
from random import Random

import pytest

from bench.make_corpus import make_report
from gxsite.render.bodies import python_markdown
from gxsite.render.bodies.tree import BLOCKS
from gxsite.render.bodies.tuned import Tuned
from gxsite.render.body import BodyEngine
from gxsite.site.views import BodyView
from tests.needs import ROOT
from tests.unit.render.pieces import HOSTILE, PIECES, text

TUNED = Tuned(python_markdown.plain())
PLAIN = python_markdown.plain()
RANDOM = 3000


def body_of(file: str) -> str:
    return file.split("\n---\n", 1)[1]


def same(source: str) -> bool:
    made = TUNED.convert(source)
    assert made == PLAIN.reset().convert(source)
    return "<" in made


def test_on_the_bodies_of_the_corpus() -> None:
    reports = (make_report(1, slug, "云山市财政局", year)[0] for slug in ("a", "b") for year in range(2000, 2020))  # type: ignore[no-untyped-call]
    assert all(same(body_of(report)) for report in reports)


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda p: p.stem)
def test_on_the_bodies_of_the_example(path: Path) -> None:
    same(body_of(path.read_text("utf-8")))


def test_on_the_pages_of_the_manual() -> None:
    assert all(same(path.read_text("utf-8")) for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("seed", range(4))
def test_on_texts_that_nobody_would_write(seed: int) -> None:
    random = Random(seed)
    tagged = sum(same(text(random, (*PIECES, *HOSTILE))) for _ in range(RANDOM // 4))
    assert tagged > RANDOM // 5


@pytest.mark.parametrize("first", [chr(code) for code in (*range(32, 127), 0xA0, 0x3000, 0xFF11, 0x0661)])
def test_on_single_lines_whatever_they_begin_with(first: str) -> None:
    for rest in ("", "甲", " 甲", ". 甲", "# 甲", "[a]: b", "> 甲", "--", "    甲", ": 甲"):
        same(f"甲\n\n{first}{rest}\n\n- 乙\n\n    {first}{rest}\n")


def test_on_what_only_deep_recursion_prints() -> None:
    source = "*a **b " * 600 + "c** d* " * 600
    with pytest.raises(RecursionError):
        TUNED.convert(source)
    assert python_markdown.converter()(source) == PLAIN.reset().convert(source)


def test_blocks_are_those_of_the_library() -> None:
    assert set(PLAIN.block_level_elements) == BLOCKS


def test_the_library_is_used_as_it_comes_where_it_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "**强调。**后面 {.x}\n"
    wanted = python_markdown.converter()(source)
    monkeypatch.setattr(python_markdown, "KNOWN", ())
    monkeypatch.setattr(Tuned, "convert", None)
    assert python_markdown.converter()(source) == wanted


@pytest.mark.parametrize("known", [python_markdown.KNOWN, ()])
def test_a_body_that_is_too_deep_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...]) -> None:
    monkeypatch.setattr(python_markdown, "KNOWN", known)
    engine = BodyEngine()
    source = BodyView("甲\n\n- 乙\n\n    丙\n", ())
    before = engine.convert(source)
    deep = "".join("    " * level + "- 甲\n" for level in range(400))
    assert engine.convert(BodyView(deep, ())).html.startswith("<pre>- 甲\n    - 甲")
    assert engine.convert(source) == before
