"""``gxsite.yaml``: how bodies are converted."""

import pytest

from gxsite.base.diagnostic import START, Span
from gxsite.config import ENGINES, BodyConfig, Config, read_config
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
