"""Edits of themes: templates, what they include, static files."""

from random import Random

from tests.property import heads
from tests.property.edits.papers import change, pick
from tests.property.portal import picture, sentence
from tests.property.world import World


def _theme(world: World) -> str:
    """The folder of the theme in use; of the one that is most used where that is the package's."""
    name = str(heads.get(world.read("gxsite.yaml"), "theme") or "")
    return f"themes/{name if name in ('plain', 'over') else 'plain'}"


def template(rng: Random, world: World) -> str:
    """Words added to a template, to one that others include, extend or import as well."""
    path = pick(rng, world, rf"{_theme(world)}/templates/.+\.html")
    text = world.read(path)
    marks = [f"<i>{sentence(rng)}</i>", f"{{# {sentence(rng)} #}}"]
    places = ("{% block main %}", "{% block footer %}", "{% macro text(body) %}", "<p>", "<title>")
    place = next((p for p in places if p in text), "")
    mark = rng.choice(marks)
    world.write(path, text.replace(place, place + mark, 1) if place else text + mark + "\n")
    return f"{path}: {mark}"


def template_added(rng: Random, world: World) -> str:
    """A template of the theme's own: one that another includes now, or one in the place of the theme beneath."""
    theme = _theme(world)
    if theme.endswith("over") and rng.random() < 0.5:
        name = rng.choice(["report", "agency", "404", "moved", "page"])
        path = f"{theme}/templates/{name}.html"
        if not world.free(path):
            return ""
        block = "{% block main %}{{ super() }}<hr>{% endblock %}"
        world.write(path, f'{{% extends "base-theme/{name}.html" %}}\n{block}\n')
        return f"{path}: added"
    note = f"{theme}/templates/_note.html"
    name = f"_part{rng.randint(1, 3)}.html"
    if world.free(note) or not world.free(f"{theme}/templates/{name}"):
        return ""
    world.write(f"{theme}/templates/{name}", f"<p>{sentence(rng)}</p>\n")
    world.write(note, f'{world.read(note)}{{% include "{name}" %}}\n')
    return f"{theme}/templates/{name}: added and included"


def template_removed(rng: Random, world: World) -> str:
    """A template removed: what lies beneath shows again, or something is missing."""
    path = pick(rng, world, rf"{_theme(world)}/templates/.+\.html")
    world.remove(path)
    return f"{path}: removed"


def label(rng: Random, world: World) -> str:
    """What a text of a template is in English: said otherwise, for a text that no template has, or not at all."""
    path = f"{_theme(world)}/labels/en.yaml"
    there = [] if world.free(path) else world.read(path).splitlines(keepends=True)
    lines = [line for line in there if rng.random() < 0.7]
    text = rng.choice(["以原件为准。", "（{kind}）", "（{kind}）", "以原件为淮。"])
    lines = [line for line in lines if not line.startswith(text)]
    said = rng.choice(
        ["Words", "Others", "{other}" if rng.random() < 0.2 else "Words of", "{kind}" if "{" in text else ""]
    )
    world.write(path, "".join([*lines, f"{text}: '{said} {rng.randint(1, 99)}'\n"]))
    return f"{path}: {text}"


def template_broken(rng: Random, world: World) -> str:
    """A template that cannot be compiled, or fails when it is used."""
    path = pick(rng, world, rf"{_theme(world)}/templates/.+\.html")
    late = "{% macro late(p) %}{{ p.nothing }}{% endmacro %}{{ late(page) }}"  # shows when a page is made
    mark = rng.choice(
        ["{% if %}", "{{ nobody }}", "{{ page.nothing }}", late, '{% include "none.html" %}', "{% block main %}"]
    )
    world.write(path, world.read(path) + mark + "\n")
    return f"{path}: {mark}"


def theme_file(rng: Random, world: World) -> str:
    """Which style sheets pages link and which icon."""
    theme = _theme(world)
    path = f"{theme}/theme.yaml"
    if world.free(path):
        return ""
    statics = [p.rpartition("/")[2] for p in world.paths(rf"{theme}/static/.+")]
    if rng.random() < 0.4:
        return change(world, path, "icon", rng.choice([*statics, None]))
    return change(world, path, "styles", rng.sample(statics, rng.randint(0, len(statics))))


def static(rng: Random, world: World) -> str:
    """A static file added, changed or removed."""
    theme = _theme(world)
    there, what = world.paths(rf"{theme}/static/.+"), rng.choice(["added", "changed", "changed", "removed"])
    path = rng.choice(there or [""])
    if what == "removed" and path:
        world.remove(path)
        return f"{path}: {what}"
    if what == "added" or not path:
        path = f"{theme}/static/{rng.choice(['more.css', 'icon.svg', 'img/crest.svg', 'img/wave.svg'])}"
    before = "" if world.free(path) else world.read(path)
    world.write(path, f"{before}/* {sentence(rng)} */\n" if path.endswith(".css") else picture(rng))
    return f"{path}: {what}"


def reference(rng: Random, world: World) -> str:
    """What a style sheet refers to: another static file, another sheet, seldom one that is not there."""
    theme = _theme(world)
    path = pick(rng, world, rf"{theme}/static/.+\.css")
    statics = [p.removeprefix(f"{theme}/static/") for p in world.paths(rf"{theme}/static/.+") if p != path]
    target = rng.choice([*statics, "none.svg"]) if rng.random() < 0.2 else rng.choice(statics or ["none.svg"])
    lines = [line for line in world.read(path).splitlines(keepends=True) if rng.random() < 0.7]
    if target.endswith(".css"):
        lines = [f'@import "{target}";\n', *lines]
    else:
        lines += [f"p {{ background: url({target}#{rng.randint(1, 9)}); }}\n"]
    world.write(path, "".join(lines))
    return f"{path}: {target}"


def drawing(rng: Random, world: World) -> str:
    """A picture of the portal's own added, changed, removed, or spoilt."""
    path, what = f"assets/{rng.choice(['crest.svg', 'crest.svg', 'icon.svg'])}", rng.random()
    if what < 0.2 and not world.free(path):
        world.remove(path)
        return f"{path}: removed"
    world.write(path, "spoilt" if what > 0.9 else picture(rng))
    return f"{path}: {'spoilt' if what > 0.9 else 'drawn'}"


EDITS = (template, label, template_added, template_removed, template_broken, theme_file, static, reference, drawing)
