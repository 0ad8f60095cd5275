"""Pictures: how large they are, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from gxsite.base.diagnostic import Fact, phrase
from gxsite.render.stylesheet import references

SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
_ABSOLUTE = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|Q)?\s*")
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "Q": 96 / 101.6}


class Size(NamedTuple):
    """Width and height, of which only the proportion counts."""

    width: float
    height: float


class Svg(NamedTuple):
    """What an SVG file says of its size, and what is wrong with it."""

    size: Size | None
    faults: tuple[Fact, ...]


def size_of(name: str, data: bytes) -> Size | None:
    """The size of a picture of the kind that its name says; None if it is of no such kind, or says no size."""
    reader = _READERS.get(name.lower().rpartition(".")[2])
    size = reader(data) if reader else None
    return size if size and size.width > 0 and size.height > 0 else None


def faults_of(data: bytes) -> tuple[Fact, ...]:
    """What is wrong with an SVG file."""
    return _svg(data).faults


def _png(data: bytes) -> Size | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return Size(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def _webp(data: bytes) -> Size | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return Size(_little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF)
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = _little(data[21:25])
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8X":
        return Size(_little(data[24:27]) + 1, _little(data[27:30]) + 1)
    return None


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _ico(data: bytes) -> Size | None:
    if data[:4] != b"\0\0\1\0" or len(data) < 8:
        return None
    return Size(data[6] or 256, data[7] or 256)


def _svg_size(data: bytes) -> Size | None:
    return _svg(data).size


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {
    "png": _png,
    "webp": _webp,
    "ico": _ico,
    "svg": _svg_size,
}


def _svg(data: bytes) -> Svg:
    reader = _SvgReader()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError, LookupError) as error:
        return Svg(None, (phrase("svg.syntax", detail=str(error)),))
    if not reader.is_svg:
        return Svg(None, (phrase("svg.root"),))
    return Svg(reader.size, tuple(dict.fromkeys(reader.faults)))


class _SvgReader:
    """Looks at the elements of an SVG file as they come.

    In a page it is an image: browsers neither run what is in it nor ask for what it refers to. Opened by itself it is a
    document, which would do both.
    """

    def __init__(self) -> None:
        self.is_svg = False
        self.size: Size | None = None
        self.faults: list[Fact] = []
        self._depth = 0
        self._apart = 0  # the depth of an element in which addresses ask for nothing
        self._style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(" ")[2]
        if self._depth == 1:
            self.is_svg = name == f"{SVG} svg"
            self.size = _size(attributes)
        if local == "script" or any(key.lower().startswith("on") for key in attributes):
            self.faults.append(phrase("svg.script"))
        if local == "style":
            self._style = []
        if local == "metadata" and not self._apart:
            self._apart = self._depth
        if self._apart:
            return
        for key, value in attributes.items():
            if key in ("href", "src", f"{_LINK} href"):
                if local != "a":
                    self._refer(value)
                elif value.strip().lower().startswith("javascript:"):
                    self.faults.append(phrase("svg.script"))
            elif "(" in value:
                self._styled(value)

    def end(self, name: str) -> None:
        if self._apart == self._depth:
            self._apart = 0
        self._depth -= 1
        if self._style is not None and name.endswith("style"):
            self._styled("".join(self._style))
            self._style = None

    def text(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)

    def instruction(self, target: str, data: str) -> None:
        found = re.search(r"""\bhref\s*=\s*["']([^"']*)""", data)
        if target == "xml-stylesheet" and found:
            self._refer(found[1])

    def _styled(self, text: str) -> None:
        for reference in references(text):
            self._refer(reference.address)

    def _refer(self, address: str) -> None:
        address = address.strip()
        if address and not address.startswith("#") and not address.lower().startswith("data:"):
            self.faults.append(phrase("svg.foreign", address=address))


def _size(attributes: Mapping[str, str]) -> Size | None:
    """What ``width`` and ``height`` say in absolute units, else the proportion of the ``viewBox``."""
    sides = [_ABSOLUTE.fullmatch(attributes.get(key, "")) for key in ("width", "height")]
    if sides[0] and sides[1]:
        width, height = (float(side[1]) * _UNITS[side[2] or "px"] for side in sides if side)
        return Size(width, height)
    try:
        _, _, width, height = map(float, attributes.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return None
    return Size(width, height)
