"""The looks of a portal that its configuration gives: a colour, and pictures that lie in ``assets/``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Outcome, Place, phrase
from gxsite.base.near import nearest
from gxsite.config import CRESTS, FILE, ICONS, Config
from gxsite.engine.files import read, walk
from gxsite.render.assets import published_name
from gxsite.render.look import accent_sheet, fault_of, fitted, unused
from gxsite.render.pictures import size_of
from gxsite.render.themefiles import ThemeFiles
from gxsite.site.views import CrestView, MarkView

FOLDER = "assets"
MAX_PICTURE = 256 * 1024


class Look(NamedTuple):
    """Files by their published names, and those of them that pages name; each ``href`` is such a name."""

    files: dict[str, bytes]
    sheet: str = ""
    crest: CrestView | None = None
    icon: str = ""
    mark: MarkView | None = None


def read_look(root: Path, settings: Config, theme: ThemeFiles) -> Outcome[Look | None]:
    """The looks of a portal with its theme; what cannot be used is found and left out."""
    found: list[Diagnostic] = []
    look, config, mark = Look({}), settings.look, settings.footer.mark
    if config.accent or config.accent_dark:
        places = (Place(FILE, config.span(key)) for key in ("accent", "accent_dark"))
        sheet = accent_sheet(theme.grounds, config.accent, config.accent_dark, *places)
        found += sheet.diagnostics
        look = look._replace(sheet=_add(look, "accent.css", sheet.value.encode()))
    crest = Place(FILE, config.span("crest")) if config.crest else None
    if crest and (data := _picture(root, config.crest, crest, CRESTS, found)):
        size = size_of(config.crest, data)
        if size:
            width, height = fitted(size)
            href = _add(look, f"crest.{_suffix(config.crest)}", data)
            look = look._replace(crest=CrestView(href, width, height, config.crest_alt))
    if config.icon and (data := _picture(root, config.icon, Place(FILE, config.span("icon")), ICONS, found)):
        look = look._replace(icon=_add(look, f"icon.{_suffix(config.icon)}", data))
    marked = Place(FILE, dict(settings.footer_places)["mark"]) if mark else None
    if mark and marked and (data := _picture(root, mark.picture, marked, CRESTS, found)):
        size = size_of(mark.picture, data)
        if size:
            width, height = fitted(size)
            href = _add(look, f"mark.{_suffix(mark.picture)}", data)
            look = look._replace(mark=MarkView(href, width, height, mark.alt, mark.link))
    accent = next((Place(FILE, config.span(key)) for key in ("accent", "accent_dark") if getattr(config, key)), None)
    return Outcome(look, (*found, *unused(theme, settings.theme, accent, crest, marked)))


def _add(look: Look, name: str, data: bytes) -> str:
    published = published_name(name, data)
    look.files[published] = data
    return published


def _suffix(name: str) -> str:
    return name.lower().rpartition(".")[2]


def _picture(root: Path, name: str, place: Place, formats: tuple[str, ...], found: list[Diagnostic]) -> bytes | None:
    """The picture that the configuration names at a place, None with a finding if it cannot be used."""
    there = {file.path.removeprefix(f"{FOLDER}/"): file.problem for file in walk(root, FOLDER)}
    said = ", ".join(formats)
    if name not in there:
        problem, near = phrase("picture.missing"), nearest(name, there)
        found.append(diagnose("GX922", place, file=name, problem=problem, near=near, formats=said))
        return None
    data = there[name] or read(root, f"{FOLDER}/{name}", MAX_PICTURE)
    if isinstance(data, Diagnostic):
        found.append(data)
        return None
    fault = fault_of(name, data, formats)
    if fault:
        found.append(diagnose("GX922", place, file=name, problem=fault, formats=said))
        return None
    return data
