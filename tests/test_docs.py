"""The manual says what the code does: generated pages and examples are fresh, and nothing that can be used is left out.

Tables of keys stand behind a mark, ``<!-- keys: report -->`` (the word is what ``Fields`` is told) or
``<!-- names: gxsite.render.csv.COLUMNS -->``; their first column must name exactly what the code knows.
"""

import ast
import importlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from docs import generate, transcripts, words
from gxsite.base.catalogue import ENTRIES
from gxsite.cli import main
from gxsite.render.theme import GLOBALS, KINDS
from tests import test_architecture as architecture
from tests.needs import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BY_HAND = generate.written_by_hand()
GENERATED = [path for path in PAGES if path not in BY_HAND]
READMES = [ROOT / "README.md", ROOT / "CHANGELOG.md"]
# Keys that an author chooses: nothing to document one by one.
FREE = {("config", "names"), ("relation", "known"), ("crosswalk", "tuple(forms)")}
_MARK = re.compile(r"<!-- (keys|names|rooms): (\S+) -->\n+((?:\|[^\n]*\n)+)")
_CODE = re.compile(r"`([^`]+)`")


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def tables(kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The marked tables of all pages: what each is about, and its first column with the rest of the line."""
    for page in PAGES:
        for match in _MARK.finditer(text_of(page)):
            if match[1] == kind:
                lines = [line.strip("|").split("|", 1) for line in match[3].splitlines()[2:]]
                yield match[2], {name: rest for first, rest in lines for name in _CODE.findall(first)}


# -- the pages themselves -----------------------------------------------------------------------------------------


def test_mkdocs_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    built = {p.relative_to(tmp_path / "site").with_suffix(".md") for p in (tmp_path / "site").rglob("*.html")}
    assert {p.relative_to(DOCS) for p in PAGES} <= built
    for page in (tmp_path / "site").rglob("*.html"):
        html = text_of(page)
        assert 'lang="zh-CN"' in html
        assert not re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="https?:', html), f"{page}: asks a third party"


@pytest.mark.parametrize("path", GENERATED, ids=lambda p: p.stem)
def test_generated_pages_are_up_to_date(path: Path) -> None:
    assert text_of(path) == generate.generated().get(path), "run python -m docs.generate"


@pytest.mark.parametrize("path", BY_HAND, ids=lambda p: p.stem)
def test_examples_print_what_the_pages_show(path: Path) -> None:
    assert text_of(path) == transcripts.refreshed(text_of(path)), "run python -m docs.generate"


def test_no_generated_page_is_missing_or_left_over() -> None:
    assert set(GENERATED) == set(generate.generated()), "run python -m docs.generate"


@pytest.mark.parametrize("path", BY_HAND, ids=lambda p: p.stem)
def test_every_page_speaks_english_too(path: Path) -> None:
    assert "\n## In English\n" in text_of(path)


def test_links_of_the_readme_lead_somewhere() -> None:
    for path in READMES:
        targets = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(path))
        assert [t for t in targets if not (ROOT / t).exists()] == []


def test_the_picture_shows_every_room() -> None:
    picture = ElementTree.fromstring(text_of(DOCS / "architecture.svg"))
    words_shown = " ".join(picture.itertext())
    rooms = set(architecture.MAY_IMPORT) - {"gxsite", "__main__"}
    assert [room for room in rooms if room not in words_shown] == []
    assert "prefers-color-scheme: dark" in words_shown


# -- commands -----------------------------------------------------------------------------------------------------


def commands(command: click.Command, name: str = "gxsite") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from commands(found, f"{name} {inner}")


COMMANDS = dict(commands(main))


def section(page: str, heading: str) -> str:
    """What stands below a heading of the second or third level, up to the next one."""
    match = re.search(rf"^##+ {re.escape(heading)}(?: [^\n]*)?\n(.*?)(?=^##|\Z)", page, re.S | re.M)
    assert match, f"no section {heading}"
    return match[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    text = section(text_of(DOCS / "commands.md"), f"`{name}`")
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert [o for o in parameter.opts if f"`{o}`" not in text] == []
        else:
            assert f"`{parameter.metavar or str(parameter.name).upper()}`" in text


def shown_commands() -> Iterator[tuple[str, str]]:
    for path in [*BY_HAND, ROOT / "README.md"]:
        yield from ((path.name, line) for line in transcripts.commands(text_of(path)))


def test_every_command_shown_can_be_called() -> None:
    for page, line in shown_commands():
        for part in line.split(" && "):
            arguments = shlex.split(part)
            if arguments[0] != "gxsite":
                continue
            name = "gxsite"
            options = {"-h", "--help", *(o for p in main.params for o in p.opts)}
            for argument in arguments[1:]:
                name = f"{name} {argument}" if f"{name} {argument}" in COMMANDS else name
                options |= {o for p in COMMANDS[name].params for o in p.opts}
                if argument.startswith("-"):
                    assert argument.partition("=")[0] in options, f"{page}: {line}"


def test_no_page_speaks_of_an_option_that_does_not_exist() -> None:
    known = {o for command in COMMANDS.values() for p in command.params for o in p.opts} | {"--help"}
    for path in BY_HAND:
        spoken = re.findall(r"`(--[a-z][a-z-]*)", text_of(path))
        assert [o for o in spoken if o not in known] == [], path.name


# -- codes, keys, names -------------------------------------------------------------------------------------------


def test_every_code_has_its_place() -> None:
    headings = re.findall(r"^### (GX\d+) .* \{ #(GX\d+) \}$", text_of(DOCS / "codes.md"), re.M)
    assert headings == [(code, code) for code in ENTRIES]


def test_pages_cite_codes_that_exist() -> None:
    for path in [*BY_HAND, *READMES]:
        assert set(re.findall(r"\bGX\d{3}\b", text_of(path))) <= set(ENTRIES), path.name


@cache
def fields_of_the_code() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every call of ``Fields`` in the package: the kind of mapping, its keys, those required."""
    found = []
    for name, tree in architecture.modules_of(ROOT / "gxsite").items():
        names = _assigned(tree) | (vars(importlib.import_module(name)) if name != "gxsite.__main__" else {})
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Fields":
                kind, keys, required = call.args[2], call.args[3], call.args[5:]
                required = required or [k.value for k in call.keywords if k.arg == "required"]
                assert isinstance(kind, ast.Constant)
                known = _value(keys, names)
                if known is None:
                    assert (str(kind.value), ast.unparse(keys)) in FREE, f"{name}:{call.lineno}"
                else:
                    needed = _value(required[0], names) if required else ()
                    found.append((str(kind.value), known, needed or ()))
    return found


def _assigned(tree: ast.Module) -> dict[str, object]:
    """Tuples of constants that functions give a name before they use it."""
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Name):
            value = _value(node.value, {})
            found |= {node.targets[0].id: value} if value else {}
    return found


def _value(node: ast.expr, names: dict[str, object]) -> tuple[str, ...] | None:
    """What an expression of constants and names of its module is worth; None if it takes more to know."""
    try:
        value = eval(compile(ast.Expression(node), "<keys>", "eval"), {"__builtins__": {}}, names)  # noqa: S307
    except (NameError, TypeError):
        return None
    return tuple(value)


def test_every_key_is_documented() -> None:
    documented = [(kind, frozenset(rows)) for kind, rows in tables("keys")]
    known = [(kind, frozenset(keys)) for kind, keys, _ in fields_of_the_code()]
    assert sorted(set(known) - set(documented), key=str) == []
    assert sorted(set(documented) - set(known), key=str) == []


def test_required_keys_are_marked() -> None:
    for kind, rows in tables("keys"):
        marked = {key for key, rest in rows.items() if "必填" in rest}
        needed = {frozenset(r) for k, keys, r in fields_of_the_code() if (k, set(keys)) == (kind, set(rows))}
        assert needed == {frozenset(marked)}, kind


def test_lists_of_names_are_those_of_the_code() -> None:
    found = dict(tables("names"))
    assert len(found) >= 5
    for dotted, rows in found.items():
        module, _, name = dotted.rpartition(".")
        assert set(rows) == {str(v) for v in getattr(importlib.import_module(module), name)}, dotted


def test_every_name_of_the_views_is_documented() -> None:
    page = text_of(DOCS / "views.md")
    for name, cls in generate.view_classes().items():
        rows = re.findall(r"^\| `(\w+)` \|", section(page, name), re.M)
        assert rows == list(cls.__annotations__)


def test_templates_are_those_of_the_engine() -> None:
    assert set(words.TEMPLATES) == set(KINDS)
    page = text_of(DOCS / "themes.md")
    assert [name for name in GLOBALS if f"`{name}`" not in page] == []


def test_the_import_table_is_the_one_that_is_enforced() -> None:
    rows = dict(tables("rooms"))["gxsite"]
    shown = {}
    for room, rest in rows.items():
        may, third, _ = rest.split("|")[:3]
        shown[room] = (set(_CODE.findall(may)), set(_CODE.findall(third)))
    wanted = {
        room: (set(may) - {"gxsite"}, set(architecture.THIRD_PARTY.get(room, ())))
        for room, may in architecture.MAY_IMPORT.items()
        if room not in ("gxsite", "__main__")
    }
    assert shown == wanted
