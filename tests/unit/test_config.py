"""``gxsite.yaml``: how bodies are converted, and in which languages there are pages."""

import pytest

from gxsite.base.catalogue import message
from gxsite.base.diagnostic import START, Span
from gxsite.config import ENGINES, BodyConfig, Config, HantConfig, read_config
from gxsite.render.body import COMRAK, DEFAULT
from tests.unit.build import only, text_of

NAME = "name: 年报\n"


def read(more: str) -> tuple[Config, list[str]]:
    outcome = read_config(text_of(NAME + more, "gxsite.yaml"))
    return outcome.value, [d.code for d in outcome.diagnostics if d.code not in ("GX902", "GX903", "GX907")]


def test_the_engine_of_bodies_and_its_place() -> None:
    config, found = read("body: {engine: comrak}\n")
    assert config.body == BodyConfig("comrak", Span(2, 16, 2, 22))
    assert found == []


@pytest.mark.parametrize("more", ["", "body:\n", "body: {}\n", "body: {engine: }\n"])
def test_without_a_choice_the_default_is_used(more: str) -> None:
    config, found = read(more)
    assert config.body == BodyConfig("python-markdown", START)
    assert found == []


@pytest.mark.parametrize(
    ("more", "code", "near"),
    [("body: {engine: comark}", "GX221", "comrak"), ("body: {enigne: comrak}", "GX201", "engine")],
)
def test_a_slip_is_a_finding_with_the_near_name(more: str, code: str, near: str) -> None:
    outcome = read_config(text_of(NAME + more + "\n", "gxsite.yaml"))
    assert only(outcome.diagnostics, code).fact["near"] == near
    assert outcome.value.body == BodyConfig()


def test_an_engine_alone_is_no_mapping() -> None:
    assert read("body: comrak\n")[1] == ["GX203"]


def test_the_engines_are_those_that_there_are() -> None:
    assert ENGINES == (DEFAULT, COMRAK)


@pytest.mark.parametrize(
    ("more", "variants"),
    [
        ("", ()),
        ("variants:\n", ()),
        ("variants: []\n", ()),
        ("variants: en\n", ("en",)),
        ("variants: [en, zh-Hant, en]\n", ("zh-Hant", "en")),
    ],
)
def test_there_are_no_variants_but_those_asked_for(more: str, variants: tuple[str, ...]) -> None:
    config, found = read(more)
    assert config.variants == variants
    assert found == []


def test_the_place_of_the_variants() -> None:
    assert read("variants: [en]\n")[0].variants_span == Span(2, 11, 2, 15)
    assert read("")[0].variants_span == START


@pytest.mark.parametrize(
    ("more", "code", "near"),
    [
        ("variants: [zh-hant]", "GX221", "zh-Hant"),
        ("variants: [english]", "GX221", None),
        ("hant: {standard: s2hkk}", "GX221", "s2hk"),
        ("hant: {name: {范县: 范縣}}", "GX201", "names"),
        ("hant: {names: {范县: }}", "GX203", None),
        ('hant: {names: {范县: ""}}', "GX203", None),
    ],
)
def test_a_slip_in_the_variants_is_a_finding(more: str, code: str, near: str | None) -> None:
    outcome = read_config(text_of(NAME + more + "\n", "gxsite.yaml"))
    assert only(outcome.diagnostics, code).fact.get("near") == near
    assert outcome.value.variants == ()
    assert outcome.value.hant == HantConfig()


@pytest.mark.parametrize(
    "address",
    [
        "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=9999010001&url=https%3A%2F%2Fwww.example.gov.cn",
        "https://www.example.gov.cn?id=1",
        "http://www.example.gov.cn/#/query",
    ],
)
def test_a_link_in_the_footer_may_have_parts_that_the_base_cannot_have(address: str) -> None:
    config, found = read(f'footer: {{report_error: "{address}"}}\n')
    assert config.footer.report_error == address
    assert found == []
    assert read(f'base: "{address}"\n')[1] == ["GX203"]


def test_what_is_no_address_is_refused_and_said_so_for_each_key() -> None:
    for key, more, words in (("base", "base: ftp://x", "? 和 #"), ("report_error", "footer: {report_error: /x}", "")):
        outcome = read_config(text_of(f"{NAME}{more}\n", "gxsite.yaml"))
        found = only(outcome.diagnostics, "GX203")
        assert found.fact["key"] == key
        assert words in message(found, "zh")
        assert ("? 和 #" in message(found, "zh")) == bool(words)


def test_how_the_copy_in_traditional_characters_is_made() -> None:
    config, found = read("hant:\n  standard: s2hk\n  names:\n    范县: 范縣\n    后土: 后土\n")
    assert config.hant == HantConfig("s2hk", (("范县", "范縣"), ("后土", "后土")))
    assert found == []
