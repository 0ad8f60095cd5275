"""What is wrong with the words of a theme: texts that are no constants, values that do not fit, lists with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import jinja2
from jinja2 import nodes

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Place, phrase
from gxsite.base.near import nearest
from gxsite.render.labels import TRANSLATE, placeholders
from gxsite.render.templates import environment
from gxsite.render.themefiles import Label, ThemeFiles, problem_in, template_place


def texts_of(templates: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each template the texts in it that stand behind ``t``."""
    return {name: tuple(dict(_texts(tree))) for name, tree in _trees(templates)}


def lint_labels(files: ThemeFiles) -> Iterator[Diagnostic]:
    """Uses of ``t`` that cannot be translated or lack a value, and translations that ask for a value not given."""
    for name, tree in _trees(files.templates):
        for use in _uses(tree):
            text = _text(use)
            given = {value.key for value in use.kwargs}
            if text is None or use.args or use.dyn_args or use.dyn_kwargs or given != placeholders(text):
                yield problem_in(files, name, use.lineno, phrase("template.label"))
    for text, label in _all(files.labels.values()):
        for name in sorted((placeholders(label.text) | placeholders(label.one)) - placeholders(text)):
            yield diagnose("GX905", label.place, problem=phrase("label.value", name=name, text=text))


def advise(files: ThemeFiles, language: str) -> Iterator[Diagnostic]:
    """The texts that a language lacks, each once, and the entries of the theme's own list that no template uses."""
    labels = files.labels.get(language, {})
    used: dict[str, Place] = {}
    for name, tree in _trees(files.templates):
        for text, line in _texts(tree):
            used.setdefault(text, template_place(files, name, line))
    lacking = [text for text in used if text not in labels]
    idle = [
        text for text, label in labels.items() if text not in used and label.place.path.startswith(f"{files.path}/")
    ]
    meant = {text: nearest(text, lacking) for text in idle}
    for text in lacking:
        if text not in meant.values():  # else the slip in the list says it all
            yield diagnose("GX910", used[text], text=text, file=f"labels/{language}.yaml")
    for text, near in meant.items():
        yield diagnose("GX911", labels[text].place, text=text, near=near)


def _trees(templates: Mapping[str, str]) -> Iterator[tuple[str, nodes.Template]]:
    """All templates that can be parsed, those of the theme itself before those beneath."""
    known = environment(templates)
    for name in sorted(templates, key=lambda name: ("/" in name, name)):
        try:
            tree = known.parse(templates[name], name)
            list(tree.find_all(nodes.Filter))  # which needs a stack as deep as the template nests
        except (jinja2.TemplateSyntaxError, ValueError, RecursionError):  # lint_templates says so
            continue
        yield name, tree


def _uses(tree: nodes.Template) -> Iterator[nodes.Filter]:
    return (use for use in tree.find_all(nodes.Filter) if use.name == TRANSLATE)


def _texts(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The texts behind ``t`` with their lines."""
    return ((text, use.lineno) for use in _uses(tree) if (text := _text(use)) is not None)


def _text(use: nodes.Filter) -> str | None:
    """The text that is translated, None if it is not written there."""
    value = use.node
    return value.value if isinstance(value, nodes.Const) and isinstance(value.value, str) else None


def _all(lists: Iterable[Mapping[str, Label]]) -> Iterator[tuple[str, Label]]:
    return (item for labels in lists for item in labels.items())
