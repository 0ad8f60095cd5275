"""Imports point down, and only two folders may touch the world: read from the source of every module of gxsite.

The tables below are the rules; docs/architecture.md shows them (tests/test_docs.py compares). A rule is a function from
modules to complaints, so that planted violations can show that it works.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.needs import ROOT

Modules = Mapping[str, ast.Module]

# Room: the rooms that it may import, deferred imports and those for type checking included.
MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "base": frozenset(),
    "model": frozenset({"base"}),
    "source": frozenset({"base", "model"}),
    "checks": frozenset({"base", "model"}),
    "config": frozenset({"base"}),
    "site": frozenset({"base", "model", "config"}),
    "render": frozenset({"base", "site"}),
    "engine": frozenset({"base", "config", "model", "source", "checks", "site", "render"}),
    "cli": frozenset({"base", "config", "model", "source", "checks", "site", "render", "engine", "gxsite"}),
    "__main__": frozenset({"cli"}),
    "gxsite": frozenset(),
}
THIRD_PARTY: Mapping[str, frozenset[str]] = {
    "base": frozenset({"yaml"}),
    "render": frozenset({"comrak", "jinja2", "markdown", "markupsafe", "nh3", "opencc"}),
    "cli": frozenset({"click"}),
}
# Narrower than a room: one module knows the YAML parser. MarkupSafe is no dependency of ours but a part of Jinja2's
# interface, the type by which its templates know safe HTML; bodies and the
# texts of themes are made of it, and what templates may print is told by it.
ONLY_FOR: Mapping[str, frozenset[str]] = {
    "yaml": frozenset({"gxsite.base.yaml"}),
    "markupsafe": frozenset({"gxsite.render.body", "gxsite.render.labels", "gxsite.render.sandbox"}),
}
# What renderers may see of the site: views and targets, never how they are made.
RENDER_SEES = frozenset({"gxsite.site.views", "gxsite.site.plan"})

PURE = frozenset({"base", "model", "source", "checks", "config", "site", "render", "gxsite"})
# Modules of the standard library that pure rooms may use, and of those with effects the harmless names.
PURE_LIBRARY: Mapping[str, frozenset[str] | None] = {
    "__future__": None,
    "bisect": None,
    "calendar": frozenset({"monthrange"}),
    "collections": None,
    "collections.abc": None,
    "csv": None,
    "base64": None,
    "dataclasses": None,
    "datetime": frozenset({"UTC", "date", "datetime"}),
    "decimal": frozenset({"Decimal"}),
    "enum": None,
    "fractions": None,
    "functools": None,
    "hashlib": None,
    "heapq": None,
    "html": None,
    "importlib.metadata": frozenset({"version"}),
    "io": frozenset({"BytesIO", "StringIO"}),
    "itertools": None,
    "json": None,
    "json.encoder": None,
    "marshal": frozenset({"dumps", "loads"}),
    "math": None,
    "operator": None,
    "pickle": frozenset({"dumps", "loads"}),
    "posixpath": frozenset({"basename", "commonpath", "dirname", "join", "normpath", "split", "splitext"}),
    "re": None,
    "string": None,
    "types": frozenset({"MappingProxyType", "BuiltinMethodType", "MethodType"}),
    "typing": None,
    "unicodedata": None,
    "urllib.parse": None,
    "xml.etree.ElementTree": frozenset({"Element"}),
    "xml.parsers.expat": frozenset({"ExpatError", "ParserCreate"}),
    "xml.sax.saxutils": frozenset({"escape", "quoteattr"}),
    "zlib": None,
}
EFFECTS = frozenset({"open", "input", "print", "exec", "eval", "breakpoint", "__import__"})
# Methods of paths, files, dates and contexts that look outside; in a pure room nothing has a method of these names.
EFFECT_METHODS = frozenset(
    {
        *("open", "read_text", "read_bytes", "write_text", "write_bytes", "touch"),
        *("mkdir", "rmdir", "unlink", "rename", "chmod", "symlink_to"),
        *("exists", "is_file", "is_dir", "is_symlink", "stat", "iterdir", "glob", "rglob", "resolve", "cwd"),
        *("now", "today", "utcnow", "fromtimestamp", "astimezone", "strftime", "environ", "getenv", "localcontext"),
    }
)
# The command line may read the environment, write to the terminal and ask the clock how long something takes.
# What it may not do is work on files, the network or processes: that is what the engine is for.
CLI_EFFECTS = EFFECTS - {"print"}
CLI_METHODS = EFFECT_METHODS - {"environ", "getenv", "resolve", "is_dir"}
CLI_LIBRARY = frozenset({"socket", "subprocess", "random", "secrets", "shutil", "tempfile", "locale", "http", "urllib"})


def modules_of(package: Path) -> dict[str, ast.Module]:
    """Every module of a package folder by its dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"), str(path))
    return found


def room_of(module: str) -> str:
    """``base`` for ``gxsite.base.yaml``; ``gxsite`` for the package itself."""
    return module.split(".")[1] if "." in module else module


def imports_of(name: str, tree: ast.Module, known: Modules) -> Iterator[tuple[str, str, int]]:
    """What a module imports wherever it does so: (module, name taken from it or "", line)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", node.lineno
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield f"relative import in {name}", "", node.lineno
                continue
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner, "", node.lineno) if inner in known else (node.module or "", alias.name, node.lineno)


def upward_imports(modules: Modules) -> Iterator[str]:
    """Imports of a room that the table does not allow."""
    for name, tree in modules.items():
        room = room_of(name)
        for target, _, line in imports_of(name, tree, modules):
            if target.split(".")[0] != "gxsite":
                continue
            to = room_of(target)
            if to != room and to not in MAY_IMPORT.get(room, frozenset()):
                yield f"{name}:{line}: {room} may not import {target}"
            elif room == "render" and to == "site" and target not in RENDER_SEES:
                yield f"{name}:{line}: render sees the site's views only, not {target}"


def foreign_imports(modules: Modules) -> Iterator[str]:
    """Third-party packages outside the rooms that may use them."""
    for name, tree in modules.items():
        for target, _, line in imports_of(name, tree, modules):
            top = target.split(".")[0]
            if top in sys.stdlib_module_names or top == "gxsite":
                continue
            if top not in THIRD_PARTY.get(room_of(name), frozenset()):
                yield f"{name}:{line}: {room_of(name)} may not use {target}"
            elif name not in ONLY_FOR.get(top, frozenset({name})):
                yield f"{name}:{line}: only {', '.join(ONLY_FOR[top])} may use {top}"


def cycles(modules: Modules) -> Iterator[str]:
    """Modules that import each other, over any number of steps."""
    graph = {n: {t for t, _, _ in imports_of(n, tree, modules) if t in modules} for n, tree in modules.items()}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> Iterator[str]:
        if name in trail:
            yield " -> ".join((*trail[trail.index(name) :], name))
        elif name not in done:
            for target in sorted(graph[name]):
                yield from walk(target, (*trail, name))
            done.add(name)

    for name in graph:
        yield from walk(name, ())


def effects(modules: Modules) -> Iterator[str]:
    """What touches the world in rooms that may not."""
    for name, tree in modules.items():
        room = room_of(name)
        if room in PURE:
            yield from _library(name, tree, modules)
            yield from _calls(name, tree, EFFECTS, EFFECT_METHODS)
        elif room == "cli":
            for target, _, line in imports_of(name, tree, modules):
                if target.split(".")[0] in CLI_LIBRARY:
                    yield f"{name}:{line}: the command line may not use {target}"
            yield from _calls(name, tree, CLI_EFFECTS, CLI_METHODS)


def _library(name: str, tree: ast.Module, modules: Modules) -> Iterator[str]:
    for target, taken, line in imports_of(name, tree, modules):
        if target.split(".")[0] not in sys.stdlib_module_names:
            continue
        if target not in PURE_LIBRARY:
            yield f"{name}:{line}: {target} is not among the modules of pure rooms"
            continue
        harmless = PURE_LIBRARY[target]
        if taken and harmless is not None and taken not in harmless:
            yield f"{name}:{line}: {target}.{taken} has effects or is ambient"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            harmless = PURE_LIBRARY.get(node.value.id)
            if harmless is not None and node.attr not in harmless and _is_module(node.value.id, tree):
                yield f"{name}:{node.lineno}: {node.value.id}.{node.attr} has effects or is ambient"


def _is_module(name: str, tree: ast.Module) -> bool:
    """Whether a name is bound by ``import name``."""
    return any(alias.name == name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names)


def _calls(name: str, tree: ast.Module, functions: frozenset[str], methods: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions:
            yield f"{name}:{node.lineno}: {node.id}() has effects"
        elif isinstance(node, ast.Attribute) and node.attr in methods:
            yield f"{name}:{node.lineno}: .{node.attr} has effects"


RULES: tuple[Callable[[Modules], Iterator[str]], ...] = (upward_imports, foreign_imports, cycles, effects)


@pytest.fixture(scope="module")
def package() -> dict[str, ast.Module]:
    return modules_of(ROOT / "gxsite")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Callable[[Modules], Iterator[str]], package: Modules) -> None:
    assert list(rule(package)) == []


def test_every_module_stands_in_a_room(package: Modules) -> None:
    assert {room_of(name) for name in package} == set(MAY_IMPORT)


def test_folders_without_python_have_none() -> None:
    for folder in (ROOT / "gxsite/forms", ROOT / "themes"):
        assert [p for p in folder.rglob("*") if p.suffix in (".py", ".pyc", ".so")] == []


PLANTED = [
    (upward_imports, "gxsite.base.text", "from gxsite.model import report"),
    (upward_imports, "gxsite.model.form", "def f():\n    import gxsite.site.views"),
    (upward_imports, "gxsite.checks.run", "from gxsite.source.report import read_report"),
    (upward_imports, "gxsite.render.csv", "from gxsite.model.report import Status"),
    (upward_imports, "gxsite.render.csv", "from gxsite.site import routes"),
    (upward_imports, "gxsite.config", "if TYPE_CHECKING:\n    from gxsite.engine.load import load"),
    (upward_imports, "gxsite.parlour.sofa", "from gxsite.base.text import decode"),
    (foreign_imports, "gxsite.source.front", "import yaml"),
    (foreign_imports, "gxsite.base.fields", "import yaml"),
    (foreign_imports, "gxsite.model.form", "from jinja2 import meta"),
    (foreign_imports, "gxsite.engine.build", "def f():\n    import click"),
    (cycles, "gxsite.base.text", "def f():\n    from gxsite.base.dates import Moment"),
    (cycles, "gxsite.base.text", "from gxsite.site import routes"),
    (effects, "gxsite.source.front", "open('x')"),
    (effects, "gxsite.site.plan", "from pathlib import Path"),
    (effects, "gxsite.site.plan", "def f(path): return path.read_text()"),
    (effects, "gxsite.base.near", "import os.path"),
    (effects, "gxsite.base.near", "import io\nio.open('x')"),
    (effects, "gxsite.base.dates", "from datetime import datetime\ndatetime.now()"),
    (effects, "gxsite.base.dates", "from calendar import month_name"),
    (effects, "gxsite.config", "def f():\n    import locale"),
    (effects, "gxsite.render.xlsx", "import posixpath\nposixpath.exists('x')"),
    (effects, "gxsite.checks.dates", "import time"),
    (effects, "gxsite.model.agency", "import random"),
    (effects, "gxsite.render.theme", "print('x')"),
    (effects, "gxsite.cli.new", "from pathlib import Path\nPath('x').write_text('y')"),
    (effects, "gxsite.cli.serve", "import socket"),
]


@pytest.mark.parametrize(("rule", "module", "code"), PLANTED)
def test_a_planted_violation_is_caught(rule: Callable[[Modules], Iterator[str]], module: str, code: str) -> None:
    others = {
        "gxsite.base.dates": "from gxsite.base.text import decode",
        "gxsite.base.text": "",
        "gxsite.model.report": "",
        "gxsite.site.routes": "from gxsite.base import dates",
        "gxsite.site.views": "",
    }
    modules = {name: ast.parse(text) for name, text in others.items()}
    assert list(rule(modules)) == []
    complaints = list(rule(modules | {module: ast.parse(code)}))
    assert complaints
    assert all(module in complaint for complaint in complaints)


def test_what_is_allowed_is_no_violation() -> None:
    code = {
        "gxsite.base.text": "import re\nre.compile('x')",
        "gxsite.base.yaml": "import yaml",
        "gxsite.render.csv": "import io\nfrom gxsite.site.views import ExportView\nio.BytesIO()",
        "gxsite.site.views": "from gxsite.base.text import decode",
        "gxsite.engine.files": "import os, time\nopen('x')",
        "gxsite.cli.common": "import os, time, click\nos.environ.get('LANG')\nprint()",
    }
    modules = {name: ast.parse(text) for name, text in code.items()}
    assert [complaint for rule in RULES for complaint in rule(modules)] == []
