"""The addresses of a style sheet: all that a browser would ask for, none that it would not, whatever the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxsite.render.stylesheet import properties, references
from tests.unit.build import fuzz


def addresses(text: str) -> list[str]:
    return [reference.address for reference in references(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a { background: url(x.png) }", ["x.png"]),
        ("a { background: URL( 'x y.png' ), url(\"z.png\") }", ["x y.png", "z.png"]),
        (r"a { background: url(x\(1\).png), url('it\'s.png'), url(\61 b.png) }", ["x(1).png", "it's.png", "ab.png"]),
        ("@import 'a.css'; @import url(b.css) print; @import \"c.css\" layer(x) supports(content: 'no');",
         ["a.css", "b.css", "c.css"]),
        ("@import/**/'a.css';", ["a.css"]),
        ('a { background: image-set("x.png" 1x, "y.png" type("image/png") 2x, url(z.png) 3x) }',
         ["x.png", "y.png", "z.png"]),
        ('a { background: url("x.png" crossorigin(anonymous)); src: src("f.woff") }', ["x.png", "f.woff"]),
        ('@font-face { src: local("甲"), url("f.woff2") format("woff2") }', ["f.woff2"]),
        ("a { --x: url(x.png); mask: url(#m) }", ["x.png", "#m"]),
        ("@media print { a { background: url(x.png) } }", ["x.png"]),
        # none of these is asked for
        ("/* url(x.png) */ a::after { content: 'url(y.png)' }", []),
        ("@charset 'utf-8'; @namespace svg url(http://www.w3.org/2000/svg); @namespace 'x';", []),
        (".myurl(x), -url(x) {} a[href='x.png'] {}", []),
        ("@media x { a { content: 'y' } }", []),
        ("/* never closed url(x.png)", []),
        ("a { background: url(x.png", []),
    ],
)  # fmt: skip
def test_what_is_asked_for(text: str, found: list[str]) -> None:
    assert addresses(text) == found


@fuzz
@given(st.text(r"url(\"') /*@import;{}a-#\n1", max_size=60))
def test_any_text_can_be_read_and_places_are_true(text: str) -> None:
    last = 0
    for found in references(text):
        assert last <= found.start < found.end <= len(text)
        token = text[found.start : found.end]
        assert token.lower().startswith("url(") and token.endswith(")") if found.is_url else token[0] == token[-1]
        last = found.end


@pytest.mark.parametrize("piece", ["a", "url(", '"', "\\a", "url(\\a", "(", "/*", 'url("', "url( ", "'\n", "@import "])
def test_long_nonsense_takes_no_time(piece: str) -> None:
    start = time.perf_counter()
    addresses(piece * (100_000 // len(piece)) + "url(" + " " * 50_000)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":root { --a: 1; --b : 2 }", ["--a declared", "--b declared"]),
        (":root{--a:var(--b,var(--c))}", ["--a declared", "--b asked_or", "--c asked"]),
        ("a { b { --a/**/: 1 } --c: {} ; VAR( --x: 1 ) }", ["--a declared", "--c declared", "--x asked"]),
        ("@property --a { inherits: true }", ["--a declared"]),
        ("a { transition: --a 1s, color 1s; --b:; }", ["--a mentioned", "--b declared"]),
        ("@container style(--a: 1) { a { color: var( /**/ --名字 ) } }", ["--a mentioned", "--名字 asked"]),
        (r":root { --\61 b: 1 }", ["--ab declared"]),
        ("/* --a: 1 */ .a--b {} a { content: '--c: 1'; background: url(--d); margin: -1px } --", []),
    ],
)
def test_custom_properties(text: str, found: list[str]) -> None:
    assert [f"{one.name} {one.role}" for one in properties(text)] == found


@fuzz
@given(st.text("-a:;{}()/*\\'\"va r,@", max_size=30))
def test_any_text_has_its_properties(text: str) -> None:
    assert all(text[one.start : one.end].startswith("--") for one in properties(text))
