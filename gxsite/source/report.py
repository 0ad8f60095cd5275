"""A report file to a :class:`Report`."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict

from gxsite.base.diagnostic import Diagnostic, Outcome, Place
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.numerals import PLACES, NumberType
from gxsite.base.text import Text
from gxsite.base.yaml import Mapping, Scalar
from gxsite.model.cells import Cells
from gxsite.model.form import Form, Row, cell_unit
from gxsite.model.report import Report, Scope
from gxsite.source.front import Parts, read_parts
from gxsite.source.notices import (
    read_card,
    read_corrections,
    read_dated,
    read_sign_off,
    read_waivers,
    read_withdrawal,
)
from gxsite.source.table import TableReader

KEYS = (
    "title", "form", "published", "signed", "filed", "scope", "agency", "year", "card", "table", "indicators",
    "units", "waivers", "corrections", "withdrawn", "sign_off",
)  # fmt: skip
_INDICATOR = ("id", "label", "unit", "type", "places", "signed", "note")
_OWN_ID = r"x(\.[A-Za-z_][A-Za-z0-9_]*)+"


def read_report(text: Text, agency: str, year: int, forms: Dict[str, Form]) -> Outcome[Report]:
    """The report of an agency and year written in a file."""
    parts = read_parts(text)
    found = list(parts.diagnostics)
    report = _read(text.path, parts.value, agency, year, forms, found)
    return Outcome(report, tuple(found))


def _read(path: str, parts: Parts, agency: str, year: int, forms: Dict[str, Form], found: list[Diagnostic]) -> Report:
    front = parts.front
    fields = Fields(path, front, "report", KEYS, found, ("title", "form"))
    _agree(fields, agency, year)
    form = _form(fields, year, forms)
    rows = _own_rows(fields, form)
    units = _units(fields, form)
    cells = Cells.of(())
    if form:
        table = fields.map("table") or Mapping((), fields.span("table"), front.damaged)
        damaged = front.damaged or (fields.has("table") and not fields.map("table"))
        reader = TableReader(path, form, rows, dict(units), forms, found)
        cells = reader.read(Mapping(table.entries, table.span, damaged))
    scope = fields.choice("scope", ("own", "consolidated"))
    own: Scope | None = "own" if scope == "own" else "consolidated" if scope else None
    return Report(
        agency=agency,
        year=year,
        path=path,
        title=fields.text("title"),
        form=form.id if form else "",
        form_place=Place(path, fields.span("form")),
        published=read_dated(fields, "published"),
        signed=read_dated(fields, "signed"),
        filed=read_dated(fields, "filed"),
        scope=own,
        card=read_card(path, fields.map("card"), found),
        cells=cells,
        rows=rows,
        units=units,
        table_span=fields.span("table"),
        waivers=read_waivers(path, fields.maps("waivers"), found),
        corrections=read_corrections(path, fields.maps("corrections"), form, found, tuple(r.id for r in rows)),
        withdrawn=read_withdrawal(path, fields.map("withdrawn"), found),
        sign_off=read_sign_off(path, fields.map("sign_off"), found),
        body=parts.body,
        damaged=front.damaged or form is None,
    )


def _agree(fields: Fields, agency: str, year: int) -> None:
    """Agency and year may be repeated in a file and must then agree with its path."""
    written = fields.text("agency")
    if written and written != agency:
        fields.add("GX801", fields.span("agency"), got=written, want=agency)
    written = fields.text("year")
    if written and written != str(year):
        fields.add("GX802", fields.span("year"), got=written, want=year)


def _form(fields: Fields, year: int, forms: Dict[str, Form]) -> Form | None:
    name = fields.text("form")
    form = forms.get(name)
    if name and form is None:
        near = nearest(name, forms)
        fields.add("GX211", fields.span("form"), form=name, near=near, known="、".join(sorted(forms)))
    if form and not form.fits(year):
        fitting = "、".join(f.id for f in forms.values() if f.family == form.family and f.fits(year))
        fields.add(
            "GX212", fields.span("form"), form=form.id, years=form.years_text, year=year, fitting=fitting or None
        )
    return form


def _own_rows(fields: Fields, form: Form | None) -> tuple[Row, ...]:
    """Rows that the report declares itself."""
    nodes = fields.maps("indicators")
    if nodes and form and not form.extra:
        fields.add("GX222", fields.span("indicators"), form=form.id)
        return ()
    rows: dict[str, Row] = {}
    for node in nodes:
        inner = Fields(fields.path, node, "indicator", _INDICATOR, fields.found, ("id", "label"))
        name = inner.text("id")
        if name and (name in rows or not re.fullmatch(_OWN_ID, name)):
            inner.add("GX220", inner.span("id"), key=name)
            continue
        kind = inner.choice("type", ("integer", "decimal"))
        places = inner.integer("places", PLACES) if kind == "decimal" else 0
        if name:
            rows[name] = Row(
                kind="indicator",
                id=name,
                number="",
                label=inner.text("label"),
                note=inner.text("note"),
                unit=inner.text("unit"),
                type=NumberType(min(max(places, 0), PLACES), inner.boolean("signed")),
                depth=0,
                under=(),
                form_row=False,
            )
    return tuple(rows.values())


def _units(fields: Fields, form: Form | None) -> tuple[tuple[str, str], ...]:
    """Units that the report gives for cells whose unit the form leaves open."""
    node = fields.map("units")
    units = []
    for entry in node.entries if node and form else ():
        name = entry.key.value
        refs = [form.names[name]] if form and name in form.names else []
        if form and not refs and name in form.rows:
            refs = [ref for ref in form.cells if ref.indicator == name]
        if not refs or not form:
            near = nearest(name, form.names) if form else None
            fields.add("GX223", entry.key.span, key=name, form=form.id if form else "", near=near)
            continue
        fixed = [unit for ref in refs if (unit := cell_unit(*form.cells[ref][1:]))]
        if fixed:
            fields.add("GX219", entry.key.span, label=form.cells[refs[0]][1].name, unit=fixed[0])
        elif isinstance(entry.value, Scalar) and entry.value.value.strip():
            units += [(str(ref), entry.value.value.strip()) for ref in refs]
        else:
            fields.wrong("units", entry.value, "text", f"{name}: 元")
    return tuple(units)
