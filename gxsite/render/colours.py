"""Colours of the screen: how well one is read on another, and the nearest one that is read well enough.

Contrast is that of WCAG 2, 1 to 21. Lightness is that of the OKLab space, in which equal steps look equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor
from typing import NamedTuple

ENOUGH = 4.5  # WCAG 2 level AA, for text
_STEPS = 400


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


WHITE = Colour(255, 255, 255)


def colour_of(text: str) -> Colour | None:
    """The colour written as ``#rgb`` or ``#rrggbb``."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or digits == text or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        return None
    return Colour(*bytes.fromhex(digits))


def contrast(one: Colour, other: Colour) -> float:
    """How much lighter the one is than the other, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least(colour: Colour, grounds: Iterable[Colour]) -> tuple[float, Colour]:
    """The ground on which a colour is read worst, and how well it is read there."""
    return min((contrast(colour, ground), ground) for ground in grounds)


def ratio(value: float) -> str:
    """A contrast in words; never rounded up to one that would be enough."""
    return f"{floor(value * 100) / 100:.2f}"


def readable(colour: Colour, grounds: tuple[Colour, ...]) -> Colour | None:
    """The colour of the same hue and the nearest lightness that is read well on all grounds, itself if it is."""
    return next((near for near in _lighter_and_darker(colour) if least(near, grounds)[0] >= ENOUGH), None)


def _lighter_and_darker(colour: Colour) -> Iterator[Colour]:
    yield colour
    lightness, a, b = _to_oklab(colour)
    for step in range(1, _STEPS + 1):
        for moved in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= moved <= 1:
                yield _in_gamut(moved, a, b)


def _in_gamut(lightness: float, a: float, b: float) -> Colour:
    """A colour of the screen: as much of the chroma as there is at this lightness."""
    for share in range(20, -1, -1):
        linear = _to_linear(lightness, a * share / 20, b * share / 20)
        if all(-1e-4 <= part <= 1 + 1e-4 for part in linear):
            return Colour(*(_to_byte(part) for part in linear))
    return WHITE if lightness > 0.5 else Colour(0, 0, 0)


def _luminance(colour: Colour) -> float:
    red, green, blue = map(_from_byte, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _from_byte(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _to_byte(part: float) -> int:
    part = min(1.0, max(0.0, part))
    value = part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return round(value * 255)


def _to_oklab(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = map(_from_byte, colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _to_linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
