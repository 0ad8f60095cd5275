"""Names that a file lists under a key and that must exist elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.yaml import Scalar, Sequence


def listed(fields: Fields, key: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names under a key, one or a list; each that is none of the known ones is a finding at its place."""
    names = tuple(dict.fromkeys(known))
    node = fields.node(key)
    for item in node.items if isinstance(node, Sequence) else (node,):
        name = " ".join(item.value.split()) if isinstance(item, Scalar) else ""
        if item and name and name not in names:
            near = nearest(name, names)
            choices = None if near else ", ".join(names) or None
            fields.add("GX221", item.span, key=key, got=name, near=near, known=choices)
    return fields.texts(key)
