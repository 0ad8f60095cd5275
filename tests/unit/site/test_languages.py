"""The portal's own words: whatever it says in Chinese it can say in English, but for what is official."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from gxsite.config import VARIANTS as CONFIGURED
from gxsite.model.agency import RESERVED
from gxsite.site import labels
from gxsite.site.languages import CHINESE, ENGLISH, TRADITIONAL, VARIANTS, say, words_of
from gxsite.site.meta import KEYWORDS
from tests.needs import ROOT

SITE = ROOT / "gxsite/site"
HAN = re.compile("[\u4e00-\u9fff]")
# Words of record cards, sign-offs, forms and mandatory tags, which stay Chinese in every language.
OFFICIAL = {
    *labels.CARD.values(),
    *labels.SIGN_OFF.values(),
    *("发布日期", "信息名称"),
    *("自设指标", "指标", "数量", "件数", "件", "单位", "单位：", "无"),
    KEYWORDS,
    *(language.name for language in (CHINESE, TRADITIONAL)),
}


def written() -> Iterator[tuple[str, str]]:
    """Every Chinese text in the code of the site, but for what explains the code: place, text."""
    for path in sorted(SITE.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in explains)
        for node in texts:
            if isinstance(node.value, str) and HAN.search(node.value):
                yield f"{path.name}:{node.lineno}", node.value


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_all_that_the_portal_says_is_official_or_has_english_words() -> None:
    known = OFFICIAL | labels.ENGLISH.keys()
    assert [f"{place}: {text}" for place, text in written() if text not in known] == []


def test_no_english_words_are_left_over() -> None:
    said = {text for place, text in written() if not place.startswith("labels.py")}
    listed = (labels.KIND, labels.LEVEL, labels.SCOPE)
    said.update(*(each.values() for each in listed), *labels.DOWNLOADS.values(), ("", labels.UNKNOWN_DATE))
    assert labels.ENGLISH.keys() - said == set()


def test_english_words_name_the_values_of_the_chinese_ones() -> None:
    for text, said in labels.ENGLISH.items():
        for form in (said,) if isinstance(said, str) else said:
            assert names(form) <= names(text), text
        assert isinstance(said, str) or "count" in names(text), text


@pytest.mark.parametrize(("count", "said"), [(0, "0 reports"), (1, "1 report"), (12, "12 reports")])
def test_counts(count: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(labels.ENGLISH, "{count} 份", ("{count} report", "{count} reports"))
    assert say(ENGLISH, "{count} 份", count=count) == said
    assert say(CHINESE, "{count} 份", count=count) == say(TRADITIONAL, "{count} 份", count=count) == f"{count} 份"


def test_texts_and_values_may_hold_braces() -> None:
    assert say(CHINESE, "{title}已移至新地址。", title="{甲}") == "{甲}已移至新地址。"
    assert say(CHINESE, "甲{乙}") == "甲{乙}"


def test_a_text_without_english_words_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        say(ENGLISH, "没有这句话")


def test_variants_are_those_of_the_configuration_and_their_folders_are_reserved() -> None:
    assert tuple(VARIANTS) == CONFIGURED
    assert {language.folder.rstrip("/") for language in VARIANTS.values()} <= RESERVED


def test_only_english_pages_need_other_words() -> None:
    assert words_of(("zh-Hant", "en")) == ("en",)
    assert words_of(("zh-Hant",)) == ()
