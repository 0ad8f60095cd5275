"""A crosswalk file to a :class:`Crosswalk`."""

from __future__ import annotations

from collections.abc import Mapping as Dict

from gxsite.base.diagnostic import Diagnostic, Outcome
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.text import Text
from gxsite.base.yaml import Mapping, Scalar, Sequence, read_yaml
from gxsite.model.crosswalk import Comparable, Concept, Crosswalk
from gxsite.model.form import CellRef, Form
from gxsite.source.names import listed

NAME = "crosswalk.yaml"
_KEYS = ("same", "concepts")
_SAME = ("older", "newer", "tables", "cells")
_CONCEPT = ("id", "label", "cells", "comparable", "caveat")
_COMPARABLE: tuple[Comparable, ...] = ("yes", "roughly", "no")


def read_crosswalk(text: Text, forms: Dict[str, Form]) -> Outcome[Crosswalk]:
    """The crosswalk written in a file; names of forms and cells must exist."""
    yaml = read_yaml(text)
    found = list(yaml.diagnostics)
    fields = Fields(text.path, yaml.value, "crosswalk", _KEYS, found)
    same = [pair for node in fields.maps("same") for pair in _same(text.path, node, forms, found)]
    concepts = [_concept(text.path, node, forms, found) for node in fields.maps("concepts")]
    return Outcome(Crosswalk(frozenset(same), tuple(concepts)), tuple(found))


def join(one: Crosswalk, two: Crosswalk) -> Crosswalk:
    """Both crosswalks."""
    return Crosswalk(one.same | two.same, (*one.concepts, *two.concepts))


def _same(path: str, node: Mapping, forms: Dict[str, Form], found: list[Diagnostic]) -> list[tuple[str, str, CellRef]]:
    fields = Fields(path, node, "crosswalk", _SAME, found, ("older", "newer"))
    older, newer = (_form(fields, key, forms) for key in ("older", "newer"))
    if older is None or newer is None:
        return []
    shared = {ref: table.id for ref, (table, _, _) in newer.cells.items() if ref in older.cells}
    tables = listed(fields, "tables", shared.values())
    refs = [ref for ref, table in shared.items() if table in tables]
    for name in fields.texts("cells"):
        ref = newer.names.get(name)
        if ref is None or ref not in older.cells:
            fields.add("GX223", fields.span("cells"), key=name, form=newer.id, near=nearest(name, newer.names))
        else:
            refs.append(ref)
    return [(older.id, newer.id, ref) for ref in refs]


def _form(fields: Fields, key: str, forms: Dict[str, Form]) -> Form | None:
    name = fields.text(key)
    if name and name not in forms:
        known = "、".join(sorted(forms))
        fields.add("GX211", fields.span(key), form=name, near=nearest(name, forms), known=known)
    return forms.get(name)


def _concept(path: str, node: Mapping, forms: Dict[str, Form], found: list[Diagnostic]) -> Concept:
    fields = Fields(path, node, "crosswalk", _CONCEPT, found, ("id", "label", "cells", "comparable"))
    cells = []
    by_form = fields.map("cells")
    inner = Fields(path, by_form, "crosswalk", tuple(forms), found) if by_form else None
    for entry in by_form.entries if by_form and inner else ():
        form = forms.get(entry.key.value)
        names = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        refs = []
        for name in names if form else ():
            ref = form.names.get(name.value) if form and isinstance(name, Scalar) else None
            if ref:
                refs.append(ref)
            elif form:
                written = name.value if isinstance(name, Scalar) else "…"
                fields.add("GX223", name.span, key=written, form=form.id, near=nearest(written, form.names))
        if form:
            cells.append((form.id, tuple(refs)))
    word = fields.choice("comparable", _COMPARABLE)
    comparable: Comparable = "yes" if word == "yes" else "roughly" if word == "roughly" else "no"
    return Concept(fields.text("id"), fields.text("label"), tuple(cells), comparable, fields.text("caveat"))
