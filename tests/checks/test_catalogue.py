"""The sentences themselves: both languages say the same, from the same facts, and nothing is left over."""

import re
import string

import pytest

from gxsite.base.catalogue import ENTRIES
from gxsite.base.catalogue.entry import Entry, Words
from gxsite.base.catalogue.phrases import PHRASES
from tests.needs import ROOT

# What a clerk writes in a report is Chinese in every language.
WRITTEN = re.compile("无|280多|约30|近500|本年增/减")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

every_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))


def facts(text: str) -> set[str]:
    """The names that a sentence wants filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sentences(words: Words) -> tuple[str, ...]:
    return words.title, words.message, *words.help, words.about


@every_entry
def test_both_languages_say_the_same(entry: Entry) -> None:
    zh, en = entry.zh, entry.en
    assert facts(zh.message) == facts(en.message)
    assert [facts(line) for line in zh.help] == [facts(line) for line in en.help]
    assert facts(zh.title) == facts(en.title) == set()


@every_entry
def test_each_language_is_its_own(entry: Entry) -> None:
    assert all(CHINESE.search(text) or re.fullmatch(r"\{\w+\}", text) for text in sentences(entry.zh))
    assert not any(CHINESE.search(WRITTEN.sub("", text)) for text in sentences(entry.en))
    for text in (*sentences(entry.zh), *sentences(entry.en)):
        assert text == text.strip()
        assert "  " not in text
    for text in (entry.zh.message, *entry.zh.help, entry.en.message, *entry.en.help):
        assert not text.endswith((".", "。"))


@every_entry
def test_a_waivable_code_may_be_waived_by_what_it_says(entry: Entry) -> None:
    shown = any("check: " in line for line in entry.zh.help)
    assert not shown or entry.waivable


def test_every_phrase_is_used_and_says_the_same_in_both_languages() -> None:
    code = "\n".join(p.read_text("utf-8") for p in (ROOT / "gxsite").rglob("*.py") if p.name != "phrases.py")
    made = set(re.findall(r'f"([a-z]+)\.\{', code))
    unused = {key for key in PHRASES if f'"{key}"' not in code and key.partition(".")[0] not in made}
    assert unused == set()
    assert {key for key, (zh, en) in PHRASES.items() if facts(zh) != facts(en)} <= {"code.title"}
    assert {key for key in re.findall(r'phrase\(\s*"([a-z_.]+)"', code) if key not in PHRASES} == set()
