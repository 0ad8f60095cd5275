"""Reading a theme: from the project, from the package, or from beside a checkout, with all that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, ProjectError, Span
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.text import Text, decode
from gxsite.base.yaml import Scalar, Sequence, read_yaml
from gxsite.config import FILE
from gxsite.engine.files import link_problem, read, walk
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
    folders = list(theme_folders(root, name))
    folder = next((folder for folder in folders if folder not in below), None)
    if folder is None and folders:
        circle = " → ".join((*(folder.name for folder in below), name))
        raise ProjectError(diagnose("GX925", asked, circle=circle))
    if folder is None:
        near = nearest(name, theme_names(root) - {name, *(folder.name for folder in below)})
        raise ProjectError(diagnose("GX904", asked, theme=name, near=near))
    is_own = folder.is_relative_to(root)
    files = _Folder(root if is_own else folder.parent, folder.relative_to(root).as_posix() if is_own else name, is_own)
    shown = files.shown
    path = f"{shown}/theme.yaml"
    found: list[Diagnostic] = []
    text = files.text("theme.yaml")
    found += text.diagnostics
    yaml = read_yaml(text.value) if text.value else None
    if yaml is None or yaml.diagnostics:
        raise ProjectError(*found, *(yaml.diagnostics if yaml else ()))
    fields = Fields(path, yaml.value, "theme", _KEYS, found)
    extends, styles, icon = fields.text("extends"), fields.texts("styles"), fields.text("icon")
    named = {value: Place(path, span) for key in ("styles", "icon") for value, span in _spans(fields, key)}
    grounds = _grounds(fields)
    labels = {language: _labels(files, language, found) for language in languages}
    if found:
        raise ProjectError(*found)
    statics = {name: files.bytes(f"static/{name}", MAX_STATIC) for name in files.names("static")}
    homes = dict.fromkeys(statics, shown)
    own = ThemeFiles(shown, _templates(files), statics, styles, icon, labels, (), homes, named, grounds or Grounds())
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


def _templates(files: _Folder) -> dict[str, str]:
    templates = {}
    for name in files.names("templates"):
        if name.endswith(".html"):
            text = files.text(f"templates/{name}")
            if text.value is None:
                raise ProjectError(*text.diagnostics)
            templates[name] = text.value.text
    return templates


def _labels(files: _Folder, language: str, found: list[Diagnostic]) -> Mapping[str, Label]:
    """The words of a theme in a language; none if it has no list of them."""
    name = f"{language}.yaml"
    if name not in files.names("labels"):
        return {}
    text = files.text(f"labels/{name}")
    outcome = read_labels(text.value) if text.value else None
    found += (*text.diagnostics, *(outcome.diagnostics if outcome else ()))
    return outcome.value if outcome else {}


class _Folder(NamedTuple):
    """The folder of a theme below the one that its links may not leave: the portal, or where the package's themes lie.

    What cannot be read is a :class:`ProjectError`.
    """

    top: Path
    path: str
    is_own: bool

    @property
    def shown(self) -> str:
        """The folder as findings name it."""
        return self.path if self.is_own else f"gxsite:themes/{self.path}"

    def names(self, inner: str) -> list[str]:
        """The files of a folder inside, without what editors and systems leave."""
        path = f"{self.path}/{inner}"
        if (self.top / path).is_symlink() and (problem := link_problem(self.top, path)):
            raise ProjectError(problem)
        there = list(walk(self.top, path))
        problems = [file.problem for file in there if file.problem]
        if problems:
            raise ProjectError(*problems)
        return [file.path.removeprefix(f"{path}/") for file in there]

    def text(self, name: str) -> Outcome[Text | None]:
        """A text inside."""
        return decode(f"{self.shown}/{name}", self.bytes(name, MAX_TEXT), MAX_TEXT)

    def bytes(self, name: str, limit: int) -> bytes:
        """A file inside."""
        path = f"{self.path}/{name}"
        raw = link_problem(self.top, path) or read(self.top, path, limit)
        if isinstance(raw, Diagnostic):
            raise ProjectError(raw)
        return raw
