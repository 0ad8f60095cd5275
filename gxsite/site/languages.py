"""The languages of a portal, and its own words in them.

The portal is in Chinese. A variant is a copy of its pages in a folder of its own: in traditional characters
(``zh-Hant``), made from the finished Chinese page, or with the words of theme and portal in English (``en``).
What agencies wrote, and official names, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gxsite.site import labels


class Language(NamedTuple):
    """A language of pages: its tag, the folder of its pages ("" for Chinese), its name for the switch.

    ``territory`` is the one whose usage the words follow.
    """

    code: str
    folder: str
    name: str
    territory: str = ""

    @property
    def words(self) -> str:
        """The language of the words that theme and portal put on its pages: zh or en."""
        return "en" if self is ENGLISH else "zh"


class Said(NamedTuple):
    """Words of the portal: in Chinese, as the mandatory tags want them, and in the language of the page."""

    chinese: str
    here: str


CHINESE = Language("zh-CN", "", "简体", "CN")
TRADITIONAL = Language("zh-Hant", "zh-hant/", "繁體", "TW")
ENGLISH = Language("en", "en/", "English", "US")
VARIANTS = {language.code: language for language in (TRADITIONAL, ENGLISH)}


def words_of(variants: Iterable[str]) -> tuple[str, ...]:
    """The languages beside Chinese of which variants need the words."""
    return tuple({VARIANTS[code].words: code for code in variants if VARIANTS[code].words != CHINESE.words})


def say(language: Language, text: str, **values: object) -> str:
    """A text of the portal, which is its own key, with its values; ``count`` decides between one and many."""
    if language is ENGLISH:
        said = labels.ENGLISH[text]
        text = said if isinstance(said, str) else said[values["count"] != 1]
    return text.format_map(values) if values else text
