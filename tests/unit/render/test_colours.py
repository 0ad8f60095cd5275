"""Colours: contrast as WCAG defines it, and the nearest colour that is read well enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.render.colours import ENOUGH, WHITE, Colour, colour_of, contrast, least, ratio, readable
from tests.unit.build import fuzz

BLACK = Colour(0, 0, 0)
LIGHT = (WHITE, Colour(0xF4, 0xF6, 0xF8))
DARK = (Colour(0x14, 0x18, 0x1C), Colour(0x1C, 0x22, 0x28))
colours = st.builds(Colour, *[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#9b1c1c", Colour(155, 28, 28)),
        ("#ABC", Colour(170, 187, 204)),
        ("9b1c1c", None),
        ("#9b1c1", None),
        ("#gggggg", None),
        ("#+1+1+1", None),
        ("", None),
    ],
)
def test_colours_are_written_in_hexadecimal(text: str, colour: Colour | None) -> None:
    assert colour_of(text) == colour


# From the worked figures that checkers of contrast agree on.
@pytest.mark.parametrize(
    ("one", "other", "words"),
    [("#000", "#fff", "21.00"), ("#fff", "#fff", "1.00"), ("#777", "#fff", "4.47"), ("#767676", "#fff", "4.54"),
     ("#f00", "#fff", "3.99"), ("#00f", "#fff", "8.59"), ("#0f0", "#000", "15.30")],
)  # fmt: skip
def test_contrast(one: str, other: str, words: str) -> None:
    first, second = colour_of(one), colour_of(other)
    assert first
    assert second
    assert ratio(contrast(first, second)) == ratio(contrast(second, first)) == words


def test_a_ratio_is_never_rounded_up_to_enough() -> None:
    assert ratio(4.4999) == "4.49"


@fuzz
@given(colours, st.sampled_from([LIGHT, DARK]))
def test_the_nearest_colour_is_read_well_and_a_good_one_stays(colour: Colour, grounds: tuple[Colour, ...]) -> None:
    near = readable(colour, grounds)
    assert near
    assert least(near, grounds)[0] >= ENOUGH
    if least(colour, grounds)[0] >= ENOUGH:
        assert near == colour


def test_the_hue_stays() -> None:
    near = readable(Colour(155, 28, 28), DARK)
    assert near
    assert near.red > 180 > 120 > max(near.green, near.blue)


def test_there_may_be_no_such_colour() -> None:
    assert readable(Colour(128, 128, 128), (WHITE, BLACK, Colour(118, 118, 118))) is None


def test_the_worst_ground_counts() -> None:
    assert least(Colour(119, 119, 119), LIGHT)[1] == LIGHT[1]
