"""What single pages say, to readers and to machines, in small portals that show what the example does not."""

import re
from pathlib import Path

import pytest

from gxsite.engine.build import check
from tests.test_portal import Page
from tests.test_variants import change, once, project, write

REPORT = "content/hecheng/2016.md"
GUIDE = "content/hecheng-edu/documents/guide.md"
CORRECTED = "corrections:\n  - {date: 2019-04-09, reason: 正文错字。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small golden portal, not built yet."""
    return project(tmp_path / "p", "")


def configure(root: Path, text: str) -> None:
    """Add to the configuration."""
    write(root / "gxsite.yaml", (root / "gxsite.yaml").read_text("utf-8") + text)


def page_of(root: Path, path: str) -> Page:
    return Page.read(path, (root / "build" / path).read_text("utf-8"))


def codes(root: Path) -> list[tuple[str, str]]:
    return [(d.code, d.place.path) for d in check(root)[1].diagnostics]


# -- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "chinese", "english"),
    [
        ("", "2019-04-09更正。", "Corrected on 2019-04-09."),
        (", from: 甲", "2019-04-09更正：删去“甲”。", "Corrected on 2019-04-09: “甲” removed."),
        (", to: 乙", "2019-04-09更正：增加“乙”。", "Corrected on 2019-04-09: “乙” added."),
        (", from: 甲, to: 乙", "2019-04-09更正：“甲”改为“乙”。", "Corrected on 2019-04-09: “甲” changed to “乙”."),
        (", cell: 第二条", "2019-04-09更正“第二条”。", "Corrected on 2019-04-09: “第二条”."),
        (
            ", cell: 第二条, to: 乙",
            "2019-04-09更正：“第二条”由空白改为乙。",
            "Corrected on 2019-04-09: “第二条” changed from Blank to 乙.",
        ),
    ],
)
def test_a_correction_says_what_is_known_of_it_and_no_more(root: Path, more: str, chinese: str, english: str) -> None:
    configure(root, "variants: [en]\n")
    change(root / GUIDE, "---\n", f"---\n{CORRECTED}{more}}}\n")
    once(root)
    for folder, said in (("", chinese), ("en/", english)):
        source = page_of(root, f"{folder}hecheng-edu/documents/guide/index.html").source
        notice = source.partition('id="part-corrections"')[2].partition("</section>")[0]
        first, reason = re.findall(r"<p.*?</p>", notice)
        assert re.sub(r"<[^>]*>", "", first) == said
        assert re.sub(r"<[^>]*>", "", reason) == "正文错字。"


# -- the policy ------------------------------------------------------------------------------------------------------


def test_the_policy_is_the_same_on_every_page_in_every_language(root: Path) -> None:
    configure(root, "variants: [zh-Hant, en]\n")
    once(root)
    policies = {
        element["content"]
        for path in (root / "build").rglob("*.html")
        for element in Page.read(path.name, path.read_text("utf-8")).all("meta")
        if element.get("http-equiv") == "Content-Security-Policy"
    }
    assert len(policies) == 1
    assert "script-src" not in policies.pop()
