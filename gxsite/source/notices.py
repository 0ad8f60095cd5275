"""What stands around a table or text: record card, waivers, corrections, withdrawal, sign-off."""

from __future__ import annotations

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Place
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.yaml import Mapping, Scalar
from gxsite.model.form import Form
from gxsite.model.report import Card, Correction, Dated, Waiver, Withdrawal

# Keys of the record card in the order in which it is printed; the labels belong to the theme.
CARD_KEYS = (
    "index_number", "category", "issuer", "office", "created", "document_number", "source", "keywords", "subject",
    "genre", "audience", "lifecycle", "scope", "method", "validity", "format", "language", "summary", "related",
)  # fmt: skip
SIGN_OFF_KEYS = ("date", "responsible", "reviewer", "filler", "phone", "office")


def read_dated(fields: Fields, key: str) -> Dated | None:
    """A date with its place."""
    moment = fields.moment(key)
    return Dated(moment, fields.span(key)) if moment else None


def read_card(path: str, node: Mapping | None, found: list[Diagnostic]) -> Card:
    """The record card; numbers such as 003111216 stay text."""
    if node is None:
        return Card()
    fields = Fields(path, node, "card", (*CARD_KEYS, "extra"), found)
    values: list[tuple[str, str]] = []
    for key in CARD_KEYS:
        if key == "created":
            moment = fields.moment(key)
            value = str(moment) if moment else ""
        else:
            value = "、".join(fields.texts(key))
        if value:
            values.append((key, value))
    extra: list[tuple[str, str]] = []
    local = fields.map("extra")
    for entry in local.entries if local else ():
        if isinstance(entry.value, Scalar):
            extra.append((entry.key.value, " ".join(entry.value.value.split())))
        else:
            fields.wrong("extra", entry.value, "text", f"{entry.key.value}: …")
    place = Place(path, fields.span("index_number")) if fields.has("index_number") else None
    return Card(tuple(values), tuple(extra), place)


def read_waivers(path: str, nodes: tuple[Mapping, ...], found: list[Diagnostic]) -> tuple[Waiver, ...]:
    """The waivers; whether they fit anything is judged when all findings are known."""
    waivers = []
    for node in nodes:
        fields = Fields(path, node, "waiver", ("check", "cell", "expect", "reason"), found, ("check", "reason"))
        check, reason = fields.text("check"), fields.text("reason")
        if check and reason:
            waivers.append(
                Waiver(
                    check,
                    fields.text("cell"),
                    fields.text("expect"),
                    reason,
                    fields.span("check"),
                    fields.span("expect") if fields.has("expect") else fields.span("check"),
                )
            )
    return tuple(waivers)


def read_corrections(
    path: str, nodes: tuple[Mapping, ...], form: Form | None, found: list[Diagnostic], own: tuple[str, ...] = ()
) -> tuple[Correction, ...]:
    """Dated notices of what was changed; the cell must exist where there is a form."""
    corrections = []
    for node in nodes:
        fields = Fields(path, node, "correction", ("date", "cell", "from", "to", "reason"), found, ("date", "reason"))
        moment, cell = fields.moment("date"), fields.text("cell")
        if cell and form and cell not in form.names and cell not in own:
            near = nearest(cell, form.names)
            place = Place(path, fields.span("cell"))
            found.append(diagnose("GX223", place, key=cell, form=form.id, near=near))
        if moment:
            corrections.append(Correction(moment, cell, fields.text("from"), fields.text("to"), fields.text("reason")))
    return tuple(corrections)


def read_withdrawal(path: str, node: Mapping | None, found: list[Diagnostic]) -> Withdrawal | None:
    """The notice that a report no longer stands."""
    if node is None:
        return None
    fields = Fields(path, node, "withdrawn", ("date", "reason"), found, ("date", "reason"))
    moment = fields.moment("date")
    return Withdrawal(moment, fields.text("reason")) if moment else None


def read_sign_off(path: str, node: Mapping | None, found: list[Diagnostic]) -> tuple[tuple[str, str], ...]:
    """Who signed and when; names are optional."""
    if node is None:
        return ()
    fields = Fields(path, node, "sign_off", SIGN_OFF_KEYS, found)
    moment = fields.moment("date")
    values = {key: fields.text(key) for key in SIGN_OFF_KEYS if key != "date"}
    values["date"] = str(moment) if moment else ""
    return tuple((key, values[key]) for key in SIGN_OFF_KEYS if values[key])
