"""Themes on the disk: one block or one token overridden and nothing else, looks by configuration, names of assets."""

import os
import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from gxsite.base.catalogue import say
from gxsite.base.diagnostic import START, Place, UsageError
from gxsite.engine.build import build
from gxsite.engine.result import Result
from gxsite.engine.scaffold import new_theme
from gxsite.engine.themefolder import read_theme, theme_names
from gxsite.render.assets import publish
from gxsite.render.colours import Colour, colour_of, contrast
from gxsite.render.templates import properties_in
from tests.needs import ROOT

CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 0h60v20H0z"/></svg>'
OVER = '{% extends "base-theme/base.html" %}\n{% block footer_more %}…{% endblock %}\n'
COUNTY = {"theme.yaml": "name: county\nextends: default\n"}


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A small portal in which nothing is found."""
    root = tmp_path / "portal"
    shutil.copytree(ROOT / "tests/checks/_base", root)
    return root


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files, visibly: their times differ from what they were, and are old enough to be trusted."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        at = time.time() - 1000 + write.__dict__.setdefault("count", 0)
        write.__dict__["count"] += 3
        os.utime(path, (at, at))


def set_theme(root: Path, files: Mapping[str, str | bytes], name: str = "county") -> None:
    write(root, {f"themes/{name}/{path}": text for path, text in files.items()})


def configure(root: Path, lines: str) -> None:
    """The configuration of the portal and some lines more."""
    base = (ROOT / "tests/checks/_base/gxsite.yaml").read_text("utf-8")
    write(root, {"gxsite.yaml": base + lines})


def built(root: Path) -> dict[str, str]:
    """The pages and style sheets of a portal in which nothing is found."""
    result = made(root)
    assert result.findings == ()
    return texts(root)


def made(root: Path) -> Result:
    result = build(root, jobs=1)
    assert not result.stopped
    return result


def texts(root: Path) -> dict[str, str]:
    files = [path for path in (root / "build").rglob("*") if path.suffix in (".html", ".css", ".svg")]
    return {path.relative_to(root / "build").as_posix(): path.read_text("utf-8") for path in files}


def one(files: Mapping[str, str], name: str) -> str:
    """The published name of a static file."""
    stem, _, suffix = name.rpartition(".")
    (found,) = (path for path in files if re.fullmatch(rf"assets/{stem}\.[0-9a-f]{{10}}\.{suffix}", path))
    return found


def assets(root: Path) -> set[str]:
    return {path.relative_to(root / "build/assets").as_posix() for path in (root / "build/assets").rglob("*.*")}


def found(root: Path) -> list[tuple[str, str, int]]:
    return [(d.code, d.place.path, d.place.span.line) for d in build(root, jobs=1).findings]


# -- one block, one token ---------------------------------------------------------------------------------------------


def test_one_block_is_overridden_and_nothing_else(portal: Path) -> None:
    before = built(portal)
    block = '{% extends "base-theme/base.html" %}\n{% block footer_more %}\n<p>以原件为准。</p>\n{% endblock %}\n'
    set_theme(portal, {**COUNTY, "templates/base.html": block})
    configure(portal, "theme: county\n")
    after = built(portal)
    assert {path: text.replace("<p>以原件为准。</p>\n", "") for path, text in after.items()} == before
    assert all(text.count("以原件为准") == 1 for path, text in after.items() if path.endswith(".html"))


def test_one_token_is_overridden_and_nothing_else(portal: Path) -> None:
    before = built(portal)
    token = ":root { --measure: 40rem; }\n"
    set_theme(
        portal, {"theme.yaml": "name: county\nextends: default\nstyles: [county.css]\n", "static/county.css": token}
    )
    configure(portal, "theme: county\n")
    after = built(portal)
    sheet = one(after, "county.css")
    assert after.pop(sheet) == token
    link = re.compile(rf'<link rel="stylesheet" href="[^"]*{re.escape(sheet)}">\n')
    assert {path: link.sub("", text) for path, text in after.items()} == before
    page = after["hecheng/2018/index.html"]
    assert re.findall(r'stylesheet" href="../../assets/(\w+)\.', page) == ["style", "print", "county"]


@pytest.mark.parametrize("kind", ["home", "report", "document"])
def test_each_kind_of_page_may_be_changed_alone(portal: Path, kind: str) -> None:
    before = built(portal)
    block = f'{{% extends "base-theme/{kind}.html" %}}\n{{% block main %}}{{{{ super() }}}}\n<hr>\n{{% endblock %}}\n'
    set_theme(portal, {**COUNTY, f"templates/{kind}.html": block})
    configure(portal, "theme: county\n")
    after = built(portal)
    changed = {path for path in before if after[path] != before[path]}
    wanted = {
        "home": "index.html",
        "report": "hecheng/2018/index.html",
        "document": "hecheng/documents/guide/index.html",
    }
    assert changed == {wanted[kind]}


def test_static_files_and_the_icon_take_the_place_of_those_beneath(portal: Path) -> None:
    before = built(portal)
    set_theme(portal, {**COUNTY, "static/icon.svg": CREST, "static/print.css": "@media print {}\n"})
    configure(portal, "theme: county\n")
    after = built(portal)
    assert after[one(after, "icon.svg")] == CREST
    assert after[one(after, "print.css")] == "@media print {}\n"
    assert one(after, "style.css") == one(before, "style.css")
    set_theme(portal, {"theme.yaml": "name: county\nextends: default\nicon: seal.svg\n", "static/seal.svg": CREST})
    last = built(portal)
    assert f'<link rel="icon" href="{one(last, "seal.svg")}">' in last["index.html"]


def test_a_theme_may_extend_one_that_extends_the_default(portal: Path) -> None:
    def more(word: str) -> str:
        return OVER.replace("…", "{{ super() }}" + word)

    set_theme(portal, {**COUNTY, "templates/base.html": more("甲")})
    set_theme(portal, {"theme.yaml": "name: town\nextends: county\n", "templates/base.html": more("乙")}, "town")
    set_theme(portal, {"theme.yaml": "name: village\nextends: town\n"}, "village")
    configure(portal, "theme: village\n")
    assert "甲乙</div>" in "".join(built(portal)["index.html"].split())


def test_a_theme_may_stand_in_the_place_of_the_default_one(portal: Path) -> None:
    set_theme(portal, {"theme.yaml": "name: default\nextends: default\n", "static/icon.svg": CREST}, "default")
    after = built(portal)
    assert after[one(after, "icon.svg")] == CREST


def test_themes_that_extend_each_other_are_found(portal: Path) -> None:
    set_theme(portal, {"theme.yaml": "name: county\nextends: town\n"})
    set_theme(portal, {"theme.yaml": "name: town\nextends: county\n"}, "town")
    configure(portal, "theme: county\n")
    (circle,) = build(portal, jobs=1).findings
    assert (circle.code, circle.place.path, circle.place.span.line) == ("GX925", "themes/town/theme.yaml", 2)
    assert circle.fact == {"circle": "county → town → county"}


def test_a_theme_that_extends_itself_is_found(portal: Path) -> None:
    set_theme(portal, {"theme.yaml": "name: county\nextends: county\n"})
    configure(portal, "theme: county\n")
    assert found(portal) == [("GX925", "themes/county/theme.yaml", 2)]


@pytest.mark.parametrize(
    "name", ["static/pw.txt", "static/deep/pw.css", "templates/home.html", "labels/en.yaml", "theme.yaml"]
)
def test_links_that_leave_the_portal_are_not_followed(portal: Path, name: str) -> None:
    set_theme(portal, COUNTY)
    configure(portal, "theme: county\nvariants: [en]\n")
    write(portal.parent, {"secret.txt": "name: 秘密\nroot:x:0:0 {{ 秘密 }}\n"})
    link = portal / "themes/county" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(portal.parent / "secret.txt")
    (diagnostic,) = build(portal, jobs=1).findings
    assert (diagnostic.code, diagnostic.place) == ("GX817", Place(f"themes/county/{name}", START))
    assert not (portal / "build").exists()


@pytest.mark.parametrize("name", ["static", "templates", "labels", ""])
def test_nor_are_folders_that_leave_it(portal: Path, name: str) -> None:
    """All of a theme, or a part of it, lies elsewhere."""
    set_theme(portal, {**COUNTY, "static/a.txt": "秘密", "templates/x.txt": "", "labels/en.yaml": ""})
    configure(portal, "theme: county\nvariants: [en]\n")
    folder = portal / "themes/county" / name
    shutil.move(folder, portal.parent / "elsewhere")
    folder.symlink_to(portal.parent / "elsewhere")
    assert {code for code, *_ in found(portal)} == {"GX817"}
    assert not (portal / "build").exists()


def test_links_inside_the_portal_are_followed(portal: Path) -> None:
    write(portal, {"assets/seal.svg": CREST})
    set_theme(portal, {"theme.yaml": "name: county\nextends: default\nicon: seal.svg\n", "static/x.txt": ""})
    (portal / "themes/county/static/seal.svg").symlink_to("../../../assets/seal.svg")
    configure(portal, "theme: county\n")
    files = built(portal)
    assert files[one(files, "seal.svg")] == CREST
    (portal / "themes/county/static/gone.svg").symlink_to("nowhere.svg")
    assert found(portal) == [("GX817", "themes/county/static/gone.svg", 1)]


@pytest.mark.parametrize(
    ("yaml", "line", "near"),
    [
        ("extend: default", 2, "extends"),
        ("extends: defualt", 2, "default"),
        ("extends: default\nstyles: [county.css, stile.css]", 3, "style.css"),
        ("extends: default\nicon: ikon.svg", 3, "icon.svg"),
        ('extends: default\ngrounds: {lihgt: "#fff"}', 3, "light"),
    ],
)
def test_mistakes_in_theme_yaml_are_found_at_their_place(portal: Path, yaml: str, line: int, near: str) -> None:
    set_theme(portal, {"theme.yaml": f"name: county\n{yaml}\n", "static/county.css": ""})
    configure(portal, "theme: county\n")
    (diagnostic,) = build(portal, jobs=1).findings
    assert (diagnostic.place.path, diagnostic.place.span.line) == ("themes/county/theme.yaml", line)
    assert diagnostic.fact["near"] == near


def test_a_ground_is_a_colour(portal: Path) -> None:
    set_theme(portal, {"theme.yaml": 'name: county\nextends: default\ngrounds: {light: ["#fff", white]}\n'})
    configure(portal, "theme: county\n")
    assert found(portal) == [("GX203", "themes/county/theme.yaml", 3)]


# -- names of assets --------------------------------------------------------------------------------------------------


WAVE = {
    "theme.yaml": "name: county\nextends: default\nstyles: [css/county.css]\n",
    "static/css/county.css": '@import "../more.css";\n.masthead { background: url(../img/wave%20a.svg#x) }\n',
    "static/more.css": ".foot { background: url('img/wave a.svg') }\n",
    "static/img/wave a.svg": CREST,
}


def test_references_are_written_anew_and_names_follow_what_is_in_the_files(portal: Path) -> None:
    set_theme(portal, WAVE)
    configure(portal, "theme: county\n")
    first = built(portal)
    picture, more, sheet = (one(first, name) for name in ("img/wave a.svg", "more.css", "css/county.css"))
    quoted = picture.removeprefix("assets/").replace(" ", "%20")
    assert first[more] == f'.foot {{ background: url("{quoted}") }}\n'
    imported = f'@import "../{more.removeprefix("assets/")}";'
    assert first[sheet] == f'{imported}\n.masthead {{ background: url("../{quoted}#x") }}\n'
    style = one(first, "style.css")
    # Another picture has another name, and with it the sheets that lead to it; the old ones are gone.
    set_theme(portal, {"static/img/wave a.svg": CREST.replace("60", "61")})
    second = built(portal)
    new = {one(second, name) for name in ("img/wave a.svg", "more.css", "css/county.css")}
    assert new.isdisjoint({picture, more, sheet})
    assert one(second, "style.css") == style
    assert assets(portal) == {path.removeprefix("assets/") for path in second if path.startswith("assets/")}
    # And as it was the names are as they were.
    set_theme(portal, WAVE)
    assert built(portal) == first


def test_every_asset_that_a_page_links_is_there(portal: Path) -> None:
    set_theme(portal, WAVE)
    configure(portal, "theme: county\n")
    for path, text in built(portal).items():
        if path.endswith(".html") and path != "404.html":
            linked = re.findall(r'(?:href|src)="([^"]*assets/[^"]+)"', text)
            assert linked
            for href in linked:
                assert (portal / "build" / path).parent.joinpath(href).is_file()
            assert "integrity" not in text


def test_a_template_names_a_static_file(portal: Path) -> None:
    image = '<img src="{{ page.assets }}{{ "seal.svg" | asset }}" alt="" width="6" height="2">'
    block = f'{{% extends "base-theme/base.html" %}}\n{{% block footer_more %}}\n{image}\n{{% endblock %}}\n'
    set_theme(portal, {**COUNTY, "templates/base.html": block, "static/seal.svg": CREST})
    configure(portal, "theme: county\n")
    for crest in (CREST, CREST.replace("60", "59")):  # the second time with the templates that were compiled before
        set_theme(portal, {"static/seal.svg": crest})
        files = built(portal)
        seal = one(files, "seal.svg")
        assert f'src="{seal}"' in files["index.html"]
        assert f'src="../../{seal}"' in files["hecheng/2018/index.html"]
        assert f'src="https://www.example.gov.cn/nianbao/{seal}"' in files["404.html"]


def test_a_sheet_of_the_theme_beneath_finds_what_stands_above_it(portal: Path) -> None:
    set_theme(portal, WAVE)
    set_theme(portal, {"theme.yaml": "name: town\nextends: county\n", "static/img/wave a.svg": "<svg"}, "town")
    configure(portal, "theme: town\n")
    assert found(portal) == [("GX920", "themes/town/static/img/wave a.svg", 1)]
    set_theme(portal, {"static/css/county.css": "a { background: url(x.png) }"})
    set_theme(portal, {"static/img/wave a.svg": CREST.replace("60", "10")}, "town")
    assert found(portal) == [("GX920", "themes/county/static/css/county.css", 1)]


def test_a_sheet_that_is_no_text_is_found(portal: Path) -> None:
    set_theme(portal, {**WAVE, "static/more.css": "a { color: 红 }".encode("gb18030")})
    configure(portal, "theme: county\n")
    assert found(portal) == [("GX920", "themes/county/static/more.css", 1)]


SHEET = {"theme.yaml": "name: county\nextends: default\nstyles: [county.css]\n"}


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (":root { --acent: red }\n:root { --acent: blue }", [(1, 9, "--acent", "--accent")]),
        (
            ":root { --wahs: red; }\n.x { color: var(--linkk) }",
            [(1, 9, "--wahs", "--wash"), (2, 17, "--linkk", "--link")],
        ),
        (".x { color: var(--linkk, red); width: var(--nobody, 0) }", [(1, 17, "--linkk", "--link")]),
        (".x { color: var(--nobody) }", [(1, 17, "--nobody", None)]),
        (":root { --brand: red }\n.x { color: var(--brnad) }", [(2, 17, "--brnad", "--brand")]),
        (":root { --brand: red }\n.x { color: var(--brand) }", []),
        (":root { --brand: red }\n.x { transition: --brand 1s }", []),
        (".x { color: var(--inline) } /* --acent: 1 */ .x::after { content: '--acent: 1' }", []),
        ("@property --deg { syntax: '<angle>' }", [(1, 11, "--deg", None)]),
    ],
)
def test_custom_properties_without_effect(
    portal: Path, sheet: str, told: list[tuple[int, int, str, str | None]]
) -> None:
    block = OVER.replace("…", '<p class="x" data-x="--inline: 1">')
    set_theme(portal, {**SHEET, "static/county.css": sheet, "templates/base.html": block + "</p>"})
    configure(portal, "theme: county\n")
    files = read_theme(portal, "county")
    advice = publish(files, (), properties_in(files.templates)).diagnostics
    found = [(*d.place.span[:2], str(say(d.fact["problem"], "en")), d.fact.get("near")) for d in advice]
    assert [(line, column, near) for line, column, _, near in sorted(found)] == [(t[0], t[1], t[3]) for t in told]
    assert all(name in said for (_, _, said, _), (_, _, name, _) in zip(sorted(found), told, strict=True))
    assert {(d.code, d.place.path) for d in advice} <= {("GX926", "themes/county/static/county.css")}


def test_sheets_that_refer_to_each_other_are_found_once(portal: Path) -> None:
    loop = {
        "static/more.css": "@import 'b.css';",
        "static/b.css": "@import 'c.css';",
        "static/c.css": "@import 'b.css';",
    }
    set_theme(portal, {**WAVE, **loop})
    configure(portal, "theme: county\n")
    assert found(portal) == [("GX920", "themes/county/static/c.css", 1)]


# -- looks by configuration -------------------------------------------------------------------------------------------


def accents(root: Path) -> list[Colour]:
    files = texts(root)
    return [c for text in re.findall(r"--accent: (#\w+)", files[one(files, "accent.css")]) if (c := colour_of(text))]


def test_one_colour_is_enough(portal: Path) -> None:
    before = built(portal)
    configure(portal, 'look:\n  accent: "#06c"\n')
    after = built(portal)
    sheet = one(after, "accent.css")
    light, dark = accents(portal)
    assert str(light) == "#0066cc"
    grounds = read_theme(portal, "default").grounds
    for colour, papers in ((light, grounds.light), (dark, grounds.dark)):
        assert papers
        assert min(contrast(colour, paper) for text in papers if (paper := colour_of(text))) >= 4.5
    assert re.findall(r'stylesheet" href="assets/(\w+)\.', after["index.html"]) == ["style", "print", "accent"]
    assert "@media screen and (prefers-color-scheme: dark)" in after[sheet]
    link = re.compile(rf'<link rel="stylesheet" href="[^"]*{re.escape(sheet)}">\n')
    assert {path: link.sub("", text) for path, text in after.items() if path != sheet} == before
    configure(portal, "")
    assert built(portal) == before
    assert not any("accent" in name for name in assets(portal))


def test_both_colours_are_taken_as_they_are(portal: Path) -> None:
    configure(portal, 'look: {accent: "#06c", accent_dark: "#8CF"}\n')
    built(portal)
    assert [str(colour) for colour in accents(portal)] == ["#0066cc", "#88ccff"]


def test_the_crest_stands_on_every_page_with_its_size(portal: Path) -> None:
    write(portal, {"assets/徽.svg": CREST})
    configure(portal, "look: {crest: 徽.svg, crest_alt: 河城县徽}\n")
    files = built(portal)
    crest = one(files, "crest.svg")
    for path, root in (
        ("index.html", ""),
        ("hecheng/2018/index.html", "../../"),
        ("404.html", "https://www.example.gov.cn/nianbao/"),
    ):
        image = f'<img class="crest" src="{root}{crest}" width="144" height="48" alt="河城县徽">'
        assert files[path].count(image) == 1
    write(portal, {"assets/徽.svg": CREST.replace("60", "20")})
    files = built(portal)
    assert one(files, "crest.svg") != crest
    assert 'width="48" height="48"' in files["index.html"]
    configure(portal, "look: {crest: 徽.svg}\n")
    assert 'width="48" height="48" alt="">' in built(portal)["index.html"]


def test_the_icon_of_the_portal_takes_the_place_of_the_theme(portal: Path) -> None:
    write(portal, {"assets/own.svg": CREST})
    configure(portal, "look: {icon: own.svg}\n")
    files = built(portal)
    assert files[re.findall(r'rel="icon" href="([^"]+)"', files["index.html"])[0]] == CREST
    assert [path for path in files if "/icon." in path] == [one(files, "icon.svg")]  # the theme's is not published


@pytest.mark.parametrize(
    "uses",
    [
        {"static/county.css": ".foot { background: url(icon.svg) }\n"},
        {"static/county.css": "", "templates/base.html": OVER.replace("…", '<img src="{{ page.assets }}@" alt="">')},
    ],
)
def test_unless_it_is_used_elsewhere(portal: Path, uses: dict[str, str]) -> None:
    uses = {name: text.replace("@", '{{ "icon.svg" | asset }}') for name, text in uses.items()}
    set_theme(portal, {"theme.yaml": "name: county\nextends: default\nstyles: [county.css]\n", **uses})
    write(portal, {"assets/own.svg": CREST})
    configure(portal, "theme: county\nlook: {icon: own.svg}\n")
    files = built(portal)
    assert len([path for path in files if "/icon." in path]) == 2


def test_without_an_address_404_shows_no_crest(portal: Path) -> None:
    write(portal, {"assets/crest.svg": CREST})
    configure(portal, "look: {crest: crest.svg}\n")
    config = (portal / "gxsite.yaml").read_text("utf-8")
    write(portal, {"gxsite.yaml": "".join(line for line in config.splitlines(True) if not line.startswith("base:"))})
    made(portal)
    files = texts(portal)
    assert "crest" in files["index.html"]
    assert "crest" not in files["404.html"]


@pytest.mark.parametrize(
    ("look", "code", "line", "near"),
    [
        ('acent: "#06c"', "GX201", 9, "accent"),
        ("accent: blue", "GX203", 9, None),
        ('accent: "#ffc"', "GX921", 9, "#"),
        ('accent_dark: "#111"', "GX921", 9, "#"),
        ("crest: crset.svg", "GX922", 9, "crest.svg"),
        ("crest: sub/crest.svg", "GX203", 9, None),
        ("crest: note.txt", "GX922", 9, None),
        ("crest: fake.png", "GX922", 9, None),
        ("crest: script.svg", "GX922", 9, None),
        ("icon: anim.webp", "GX922", 9, None),
    ],
)
def test_mistakes_in_the_look_are_found_at_their_place(
    portal: Path, look: str, code: str, line: int, near: str | None
) -> None:
    script = CREST.replace("<path", "<script>1</script><path")
    names = {"crest.svg": CREST, "note.txt": "x", "fake.png": CREST, "script.svg": script, "anim.webp": "x"}
    write(portal, {f"assets/{name}": text for name, text in names.items()})
    configure(portal, f"\nlook:\n  {look}\n")
    (diagnostic,) = build(portal, jobs=1).findings
    assert (diagnostic.code, diagnostic.place.path, diagnostic.place.span.line) == (code, "gxsite.yaml", line)
    if near:
        assert str(diagnostic.fact["near"]).startswith(near)


def test_a_picture_outside_of_the_portal_is_not_taken(portal: Path) -> None:
    write(portal.parent, {"outside.svg": CREST})
    (portal / "assets").mkdir()
    (portal / "assets/crest.svg").symlink_to(portal.parent / "outside.svg")
    configure(portal, "look: {crest: crest.svg}\n")
    assert found(portal) == [("GX817", "assets/crest.svg", 1)]


def test_a_picture_that_is_too_large_is_not_taken(portal: Path) -> None:
    write(portal, {"assets/crest.svg": CREST + "<!-- " + "x" * 300_000})
    configure(portal, "look: {crest: crest.svg}\n")
    assert found(portal) == [("GX109", "assets/crest.svg", 1)]


# -- new themes, and those that come along ----------------------------------------------------------------------------


def test_a_new_theme_builds_without_a_finding_and_touches_nothing_else(portal: Path) -> None:
    before = built(portal)
    config = (portal / "gxsite.yaml").read_bytes()
    paths = new_theme(portal, "county")
    assert {path.relative_to(portal).as_posix() for path in paths} == {
        "themes/county/theme.yaml",
        "themes/county/static/county.css",
        "themes/county/templates/base.html",
        "themes/county/labels/en.yaml",
    }
    assert (portal / "gxsite.yaml").read_bytes() == config
    assert built(portal) == before
    configure(portal, "theme: county\n")
    after = built(portal)
    assert "--accent" in after[one(after, "county.css")]
    words = "<p>各项数字以各机关公布的原件为准。</p>\n"
    assert all(text.count(words) == 1 for path, text in after.items() if path.endswith(".html"))
    for path in paths:
        text = path.read_text("utf-8")
        assert re.search("[一-鿿]", text)
        assert re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{2,}", text)


def test_a_new_theme_is_said_in_english_too(portal: Path) -> None:
    new_theme(portal, "county")
    configure(portal, "theme: county\nvariants: [en]\n")
    result = made(portal)
    assert not [d for d in result.findings if "county" in d.place.path]
    assert "The figures are those of the originals" in texts(portal)["en/index.html"]


@pytest.mark.parametrize("name", ["county", "default", "County", "../x", "", "1a"])
def test_a_new_theme_never_takes_the_place_of_anything(portal: Path, name: str) -> None:
    (portal / "themes/county").mkdir(parents=True)
    with pytest.raises(UsageError):
        new_theme(portal, name)
    assert [p.name for p in (portal / "themes").rglob("*")] == ["county"]


SHIPPED = sorted(theme_names(ROOT) - {"default"})


def test_a_second_theme_comes_along() -> None:
    assert SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_theme_builds_without_a_finding_and_says_the_same(portal: Path, name: str) -> None:
    def words(page: str) -> set[str]:
        return set(re.findall(r"[\w，。（）]+", re.sub(r"<[^>]*>", " ", page)))

    before = built(portal)
    configure(portal, f"theme: {name}\n")
    after = built(portal)
    pages = {path for path in before if path.endswith(".html")}
    assert {path for path in after if path.endswith(".html")} == pages
    for path in pages:
        assert words(before[path]) <= words(after[path])


def dark_and_light(theme: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of a theme by the names of its tokens, in its light and in its dark scheme."""
    files = read_theme(ROOT, theme)
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for style in files.styles:
        text = files.statics[style].decode()
        found = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}", text)
        dark |= dict(re.findall(r"--([\w-]+): (#\w+);", found[1] if found else ""))
        if style != "print.css":
            root = re.search(r":root \{([^}]*)\}", text)
            light |= dict(re.findall(r"--([\w-]+): (#\w+);", root[1] if root else ""))
    return light, {**light, **dark}


@pytest.mark.parametrize("name", ["default", *SHIPPED])
def test_the_grounds_of_a_theme_are_those_of_its_style_sheet_and_its_colours_are_read_on_them(name: str) -> None:
    grounds = read_theme(ROOT, name).grounds
    for tokens, papers in zip(dark_and_light(name), (grounds.light, grounds.dark), strict=True):
        assert {colour_of(tokens["paper"]), colour_of(tokens["wash"])} == {colour_of(paper) for paper in papers}
        for token in ("ink", "soft", "accent", "link", "visited", "seal", "note"):
            for paper in papers:
                colour, ground = colour_of(tokens[token]), colour_of(paper)
                assert colour
                assert ground
                assert contrast(colour, ground) >= 4.5, f"{token} on {paper}"


# -- the manual -------------------------------------------------------------------------------------------------------

MANUAL = (ROOT / "docs/themes.md").read_text("utf-8")


def table(mark: str) -> dict[str, str]:
    """The rows below a mark of the manual: first column, rest."""
    lines = MANUAL.partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0].splitlines()[2:]
    return dict(line.strip("| ").split(" | ", 1) for line in lines)


def test_the_manual_lists_every_block_of_the_default_theme() -> None:
    told = {name.strip("`"): set(re.findall(r"`(\w+)`", rest)) for name, rest in table("blocks: default").items()}
    blocks = {}
    for path in (ROOT / "themes/default/templates").glob("*.html"):
        text = path.read_text("utf-8")
        own = set(re.findall(r"{%-? block (\w+)", text))
        blocks[path.name] = own if path.name == "base.html" else own - {"main", "head"}
    assert told == {name: own for name, own in blocks.items() if own}


def test_the_manual_lists_every_token_of_the_default_theme() -> None:
    told = [name for first in table("tokens: default") for name in re.findall(r"`([\w-]+)`", first)]
    root = re.search(r":root \{(.*?)\n\}", (ROOT / "themes/default/static/style.css").read_text("utf-8"), re.S)
    assert root
    assert sorted(told) == sorted(re.findall(r"^ +--([\w-]+):", root[1], re.M))
