"""Reading a theme: from the project, from the package, or from beside a checkout, with all that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Place, ProjectError, Span
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.text import decode
from gxsite.base.yaml import Scalar, Sequence, read_yaml
from gxsite.config import FILE
from gxsite.engine.files import read
from gxsite.render.colours import colour_of
from gxsite.render.labelfile import read_labels
from gxsite.render.themefiles import BENEATH, Grounds, Label, ThemeFiles

_PACKAGE = Path(__file__).parent.parent
_KEYS = ("name", "description", "extends", "styles", "icon", "grounds")
MAX_TEXT = 1024 * 1024
MAX_STATIC = 16 * 1024 * 1024


def read_theme(root: Path, name: str, asked: Span = START, languages: Iterable[str] = ()) -> ThemeFiles:
    """The files of a theme, with its words in some languages beside Chinese; ``asked`` is where it is named.

    One that cannot be read is a :class:`ProjectError` with its findings.
    """
    return _files(root, name, Place(FILE, asked), tuple(languages))


def theme_places(root: Path) -> tuple[Path, ...]:
    """Where themes are looked for, in this order: the project's own, those of the package, those of a checkout."""
    return root / "themes", _PACKAGE / "_themes", _PACKAGE.parent / "themes"


def theme_folders(root: Path, name: str) -> Iterator[Path]:
    """The folders of themes of a name, the one that counts first."""
    folders = (place / name for place in theme_places(root))
    return (folder for folder in folders if (folder / "theme.yaml").is_file())


def theme_names(root: Path) -> set[str]:
    """The names of all themes."""
    places = (place for place in theme_places(root) if place.is_dir())
    return {p.name for place in places for p in place.iterdir() if (p / "theme.yaml").is_file()}


def _files(root: Path, name: str, asked: Place, languages: tuple[str, ...], below: tuple[Path, ...] = ()) -> ThemeFiles:
    """A theme with all that it extends; ``asked`` is the place that names it, ``below`` the folders that extend it."""
    folder = next((folder for folder in theme_folders(root, name) if folder not in below), None)
    if folder is None:
        near = nearest(name, theme_names(root) - {name, *(folder.name for folder in below)})
        raise ProjectError(diagnose("GX904", asked, theme=name, near=near))
    shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"gxsite:themes/{name}"
    path = f"{shown}/theme.yaml"
    found: list[Diagnostic] = []
    text = decode(path, _bytes(folder, "theme.yaml", MAX_TEXT), MAX_TEXT)
    found += text.diagnostics
    yaml = read_yaml(text.value) if text.value else None
    if yaml is None or yaml.diagnostics:
        raise ProjectError(*found, *(yaml.diagnostics if yaml else ()))
    fields = Fields(path, yaml.value, "theme", _KEYS, found)
    extends, styles, icon = fields.text("extends"), fields.texts("styles"), fields.text("icon")
    named = {value: Place(path, span) for key in ("styles", "icon") for value, span in _spans(fields, key)}
    grounds = _grounds(fields)
    labels = {language: _labels(folder, shown, language, found) for language in languages}
    if found:
        raise ProjectError(*found)
    statics = _statics(folder)
    homes = dict.fromkeys(statics, shown)
    own = ThemeFiles(
        shown, _templates(folder, shown), statics, styles, icon, labels, (), homes, named, grounds or Grounds()
    )
    if not extends:
        return own
    place = Place(path, fields.span("extends"))
    return _over(_files(root, extends, place, languages, (*below, folder)), own, grounds)


def _over(base: ThemeFiles, own: ThemeFiles, grounds: Grounds | None) -> ThemeFiles:
    """A theme on top of the one it extends, whose templates stay reachable as ``base-theme/NAME``."""
    return ThemeFiles(
        own.path,
        {**{f"{BENEATH}{name}": text for name, text in base.templates.items()}, **own.templates},
        {**base.statics, **own.statics},
        (*(style for style in base.styles if style not in own.styles), *own.styles),
        own.icon or base.icon,
        {language: {**base.labels[language], **labels} for language, labels in own.labels.items()},
        (base.path, *base.beneath),
        {**base.homes, **own.homes},
        {**base.named, **own.named},
        grounds or base.grounds,
    )


def _spans(fields: Fields, key: str) -> Iterator[tuple[str, Span]]:
    """The names that a key gives, each with its place."""
    node = fields.node(key)
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            yield " ".join(item.value.split()), item.span


def _grounds(fields: Fields) -> Grounds | None:
    """The colours on which the theme writes; None if it does not say."""
    node = fields.map("grounds")
    if node is None:
        return None
    inner = Fields(fields.path, node, "grounds", ("light", "dark"), fields.found, ("light",))
    return Grounds(_colours(inner, "light"), _colours(inner, "dark"))


def _colours(fields: Fields, key: str) -> tuple[str, ...]:
    texts, node = fields.texts(key), fields.node(key)
    if node and not all(colour_of(text) for text in texts):
        fields.wrong(key, node, "colour", f'{key}: ["#ffffff", "#f4f6f8"]')
    return texts


def _templates(folder: Path, shown: str) -> dict[str, str]:
    top, templates = folder / "templates", {}
    for path in sorted(top.rglob("*.html")):
        name = path.relative_to(top).as_posix()
        text = decode(f"{shown}/templates/{name}", _bytes(top, name, MAX_TEXT), MAX_TEXT)
        if text.value is None:
            raise ProjectError(*text.diagnostics)
        templates[name] = text.value.text
    return templates


def _labels(folder: Path, shown: str, language: str, found: list[Diagnostic]) -> Mapping[str, Label]:
    """The words of a theme in a language; none if it has no list of them."""
    name = f"labels/{language}.yaml"
    if not (folder / name).is_file():
        return {}
    text = decode(f"{shown}/{name}", _bytes(folder, name, MAX_TEXT), MAX_TEXT)
    outcome = read_labels(text.value) if text.value else None
    found += (*text.diagnostics, *(outcome.diagnostics if outcome else ()))
    return outcome.value if outcome else {}


def _statics(folder: Path) -> dict[str, bytes]:
    top = folder / "static"
    files = (p for p in sorted(top.rglob("*")) if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(top).as_posix(): _bytes(top, p.relative_to(top).as_posix(), MAX_STATIC) for p in files}


def _bytes(folder: Path, path: str, limit: int) -> bytes:
    raw = read(folder, path, limit)
    if isinstance(raw, Diagnostic):
        raise ProjectError(raw)
    return raw
