"""Finding and reading a theme: in the project, in the package, or beside a checkout."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, ProjectError, Span
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.text import decode
from gxsite.base.yaml import read_yaml
from gxsite.config import FILE
from gxsite.engine.files import read
from gxsite.engine.state import State
from gxsite.render.theme import KINDS, Theme, ThemeFiles, closures, lint
from gxsite.site.views import PageView, SiteView

if TYPE_CHECKING:
    from gxsite.render.body import Html

_PACKAGE = Path(__file__).parent.parent
_KEYS = ("name", "description", "extends", "styles", "icon")
MAX_TEXT = 1024 * 1024
MAX_STATIC = 16 * 1024 * 1024


class ThemeInUse:
    """A theme in which nothing is wrong, with what the state knows of it: what its templates need, compiled code."""

    def __init__(self, files: ThemeFiles, state: State, digest: bytes) -> None:
        self.files = files
        self._state = state
        self._digest = digest
        self._closures: dict[str, tuple[str, ...]]
        self._compiled: dict[str, bytes]
        kept = state.meta("theme") or b""
        if kept[: len(digest)] == digest:
            self._closures, self._compiled = pickle.loads(kept[len(digest) :])
        else:
            self._closures, self._compiled = closures(files), {}
            self._keep()
        self._theme = Theme(files, self._compiled)

    def _keep(self) -> None:
        self._state.set_meta({"theme": self._digest + pickle.dumps((self._closures, self._compiled), 5)})

    def compile_for(self, kinds: Iterable[str]) -> None:
        """Compile what some kinds of targets need: before a fork once for all, and remembered for the next build."""
        known = len(self._compiled)
        for kind in sorted({kind for kind in kinds if kind in KINDS}):
            self._theme.compile(self._closures[f"{kind}.html"])
        if len(self._compiled) != known:
            self._keep()

    def render(self, site: SiteView, page: PageView, view: object, body: Html | None) -> bytes:
        """A page."""
        return self._theme.render(site, page, view, body)

    def digest_of(self, kind: str) -> bytes:
        """A digest of all templates that a kind of page is made with."""
        texts = "".join(f"{name}\0{self.files.templates[name]}\0" for name in self._closures[f"{kind}.html"])
        return hashlib.blake2b(texts.encode(), digest_size=16).digest()


def read_theme(root: Path, name: str, asked: Span = START) -> ThemeFiles:
    """The files of a theme; one that cannot be read is a :class:`ProjectError` with its findings."""
    return _files(root, name, Place(FILE, asked))


def use_theme(root: Path, name: str, state: State, asked: Span = START) -> Outcome[ThemeInUse | None]:
    """The theme of a name, looked through unless the state knows that nothing is wrong with it.

    ``asked`` is where the configuration names it.
    """
    try:
        files = read_theme(root, name, asked)
    except ProjectError as error:
        return Outcome(None, error.diagnostics)
    digest = _digest(files)
    is_good = (state.meta("theme") or b"")[: len(digest)] == digest
    found = () if is_good else lint(files)
    return Outcome(None, found) if found else Outcome(ThemeInUse(files, state, digest))


def _digest(files: ThemeFiles) -> bytes:
    """A digest of all that a theme consists of, but for what is in its static files."""
    names = repr((files.path, files.styles, files.icon, sorted(files.statics)))
    texts = "".join(f"{name}\0{text}\0" for name, text in sorted(files.templates.items()))
    return hashlib.blake2b((names + texts).encode(), digest_size=16).digest()


def _places(root: Path) -> tuple[Path, ...]:
    """Where themes are looked for, in this order."""
    return root / "themes", _PACKAGE / "_themes", _PACKAGE.parent / "themes"


def theme_folders(root: Path, name: str) -> tuple[Path, ...]:
    """The folder of a theme; empty if there is none."""
    folders = (place / name for place in _places(root))
    return tuple(folder for folder in folders if (folder / "theme.yaml").is_file())[:1]


def _files(root: Path, name: str, asked: Place, below: tuple[str, ...] = ()) -> ThemeFiles:
    """A theme with all that it extends; ``asked`` is the place that names it, ``below`` the themes that extend it."""
    folders = theme_folders(root, name)
    if not folders or name in below:
        known = {p.name for place in _places(root) if place.is_dir() for p in place.iterdir() if p.is_dir()}
        raise ProjectError(diagnose("GX904", asked, theme=name, near=nearest(name, known - {name, *below})))
    folder = folders[0]
    shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"gxsite:themes/{name}"
    found: list[Diagnostic] = []
    text = decode(f"{shown}/theme.yaml", _bytes(folder, "theme.yaml", MAX_TEXT), MAX_TEXT)
    found += text.diagnostics
    yaml = read_yaml(text.value) if text.value else None
    if yaml is None or yaml.diagnostics:
        raise ProjectError(*found, *(yaml.diagnostics if yaml else ()))
    fields = Fields(f"{shown}/theme.yaml", yaml.value, "theme", _KEYS, found)
    extends, styles, icon = fields.text("extends"), fields.texts("styles"), fields.text("icon")
    if found:
        raise ProjectError(*found)
    own = ThemeFiles(shown, _templates(folder, shown), _statics(folder), styles, icon)
    if not extends:
        return own
    return _over(_files(root, extends, Place(f"{shown}/theme.yaml", fields.span("extends")), (*below, name)), own)


def _over(base: ThemeFiles, own: ThemeFiles) -> ThemeFiles:
    """A theme on top of the one it extends; base templates stay reachable as ``base-theme/NAME``."""
    beneath = {f"base-theme/{name}": text for name, text in base.templates.items()}
    return ThemeFiles(
        own.path,
        {**base.templates, **beneath, **own.templates},
        {**base.statics, **own.statics},
        (*base.styles, *own.styles),
        own.icon or base.icon,
    )


def _templates(folder: Path, shown: str) -> dict[str, str]:
    templates = {}
    for path in sorted((folder / "templates").glob("*.html")):
        text = decode(f"{shown}/templates/{path.name}", _bytes(path.parent, path.name, MAX_TEXT), MAX_TEXT)
        if text.value is None:
            raise ProjectError(*text.diagnostics)
        templates[path.name] = text.value.text
    return templates


def _statics(folder: Path) -> dict[str, bytes]:
    top = folder / "static"
    files = (p for p in sorted(top.rglob("*")) if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(top).as_posix(): _bytes(top, p.relative_to(top).as_posix(), MAX_STATIC) for p in files}


def _bytes(folder: Path, path: str, limit: int) -> bytes:
    raw = read(folder, path, limit)
    if isinstance(raw, Diagnostic):
        raise ProjectError(raw)
    return raw
