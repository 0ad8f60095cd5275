"""The list of a theme's words in another language: ``labels/en.yaml``, by the Chinese texts of its templates."""

from __future__ import annotations

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Outcome, Place, phrase
from gxsite.base.fields import Fields, shown
from gxsite.base.nodes import Node, Scalar, Sequence
from gxsite.base.text import Text
from gxsite.base.yaml import read_yaml
from gxsite.render.themefiles import Label

FORMS = ("one", "other")


def read_labels(text: Text) -> Outcome[dict[str, Label]]:
    """The labels written in a file; a text in quotes may be empty, for what the other language does not say."""
    yaml = read_yaml(text)
    found = list(yaml.diagnostics)
    labels = {
        entry.key.value: label
        for entry in yaml.value.entries
        if (label := _label(entry.value, Place(text.path, entry.key.span), entry.key.value, found))
    }
    return Outcome(labels, tuple(found))


def _label(node: Node, place: Place, key: str, found: list[Diagnostic]) -> Label | None:
    """One text, or one for a single thing and another for more."""
    if isinstance(node, Scalar) and (not node.plain or node.value.strip(" ~")):
        return Label(node.value, "", place)
    if isinstance(node, Scalar | Sequence):
        want = phrase("type.text")
        at = Place(place.path, node.span)
        found.append(diagnose("GX203", at, key=key, want=want, got=shown(node), example=f'{key}: "…"'))
        return None
    fields = Fields(place.path, node, "labels", FORMS, found, FORMS)
    one, other = fields.text("one"), fields.text("other")
    return Label(other, one, place) if one and other else None
