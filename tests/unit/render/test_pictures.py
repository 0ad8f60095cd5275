"""Pictures: their sizes as their formats give them, and what an SVG file must not hold."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.base.catalogue import say
from gxsite.render.pictures import Size, faults_of, size_of
from tests.unit.build import fuzz

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))


def webp(kind: bytes, data: bytes) -> bytes:
    data += bytes(16)
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBP" + kind + struct.pack("<I", len(data)) + data


def svg(attributes: str = 'viewBox="0 0 20 10"', inner: str = "") -> bytes:
    return f"<svg {NS} {attributes}>{inner}</svg>".encode()


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", png(300, 200), Size(300, 200)),
        ("a.PNG", png(300, 200), Size(300, 200)),
        ("a.webp", webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 300 | 0x4000, 200)), Size(300, 200)),
        ("a.webp", webp(b"VP8L", b"\x2f" + struct.pack("<I", 299 | 199 << 14 | 1 << 28)), Size(300, 200)),
        ("a.webp", webp(b"VP8X", bytes(4) + (299).to_bytes(3, "little") + (199).to_bytes(3, "little")), Size(300, 200)),
        ("a.ico", b"\0\0\1\0\1\0\0\x20", Size(256, 32)),
        ("a.svg", svg(), Size(20, 10)),
        ("a.svg", svg('width="2in" height="96" viewBox="0 0 1 1"'), Size(192, 96)),
        ("a.svg", svg('width="100%" height="100%" viewBox="0,0,3,4"'), Size(3, 4)),
        ("a.svg", svg(""), None),
        ("a.svg", svg('viewBox="0 0 0 4"'), None),
        ("a.svg", svg('viewBox="0 0 x 4"'), None),
        ("a.png", svg(), None),
        ("a.svg", png(3, 4), None),
        ("a.png", png(3, 4)[:20], None),
        ("a.webp", b"RIFF", None),
        ("a.gif", b"GIF89a\1\0\1\0", None),
        ("a", png(3, 4), None),
    ],
)
def test_sizes(name: str, data: bytes, size: Size | None) -> None:
    assert size_of(name, data) == size


@fuzz
@given(st.sampled_from(["png", "webp", "ico", "svg"]), st.binary(max_size=40))
def test_any_bytes_can_be_read(suffix: str, data: bytes) -> None:
    for start in (b"", png(1, 1)[:8], b"RIFF\0\0\0\0WEBPVP8L", b"\0\0\1\0", svg()[:-3]):
        size = size_of(f"a.{suffix}", start + data)
        assert size is None or min(size) > 0
        faults_of(start + data)


@pytest.mark.parametrize(
    ("inner", "fault"),
    [
        ("<script>1</script>", "script"),
        ('<g onclick="x()"/>', "script"),
        ('<a href="javascript:x()"><path/></a>', "script"),
        ('<image href="https://www.example.com/a.png"/>', "another file, https://www.example.com/a.png,"),
        ('<image xlink:href="//www.example.com/a.png"/>', "another file, //www.example.com/a.png,"),
        ('<use href="other.svg#x"/>', "another file, other.svg#x,"),
        ("<style>@import 'x.css';</style>", "another file, x.css,"),
        ('<rect fill="url(x.svg#y)"/>', "another file, x.svg#y,"),
        ('<rect style="fill: url(http://x/y)"/>', "another file, http://x/y,"),
        # harmless
        ('<use href="#x"/><use xlink:href="#y"/><rect fill="url(#z)"/>', ""),
        ('<image href="data:image/png;base64,AA=="/>', ""),
        ('<a href="https://www.example.com/"><path/></a>', ""),
        ('<metadata><x xmlns="urn:x" href="http://y/" src="http://z/"/></metadata><title>http://x</title>', ""),
        ("<style>/* url(x.png) */ path { fill: red }</style>", ""),
    ],
)
def test_what_an_svg_file_must_not_hold(inner: str, fault: str) -> None:
    said = [say(found, "en") for found in faults_of(svg(inner=inner))]
    assert len(said) == bool(fault)
    assert all(fault in words for words in said)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"<svg", "not well-formed"),
        (b"", "not well-formed"),
        (b"<svg/>", "it is no SVG"),
        (b"<html></html>", "it is no SVG"),
        (b'<?xml-stylesheet href="http://x/y.css"?>' + svg(), "another file"),
        (b'<?xml version="1.0" encoding="nobody"?>' + svg(), "not well-formed"),
    ],
)
def test_what_is_no_picture(data: bytes, fault: str) -> None:
    (found,) = faults_of(data)
    assert fault in say(found, "en")


def test_entities_do_not_multiply() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "x">{lines}]><svg {NS} viewBox="0 0 1 1"><text>&e11;</text></svg>'
    assert faults_of(bomb.encode())
