"""Files without a form: agencies, documents and pages."""

from __future__ import annotations

from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, Severity
from gxsite.base.fields import Fields
from gxsite.base.text import Text
from gxsite.base.yaml import read_yaml
from gxsite.model.agency import KINDS, LEVELS, Agency, Predecessor
from gxsite.model.column import COLUMN_TYPES
from gxsite.model.report import Document, Page
from gxsite.source.collect import Role, bad_name
from gxsite.source.front import Parts, read_parts
from gxsite.source.notices import read_card, read_corrections, read_dated, read_waivers, read_withdrawal

_AGENCY = (
    "name", "short", "kind", "level", "parent", "region", "code", "since", "until", "deadline", "predecessors",
    "former_ids", "former_names", "contact", "owners",
)  # fmt: skip
_DOCUMENT = ("title", "agency", "column", "published", "signed", "card", "waivers", "corrections", "withdrawn")
_PAGE = ("title", "description", "column", "order")


def read_agency(text: Text, agency: str) -> Outcome[Agency]:
    """The agency of a folder; a file without a name leaves the folder's name."""
    yaml = read_yaml(text)
    found = list(yaml.diagnostics)
    fields = Fields(text.path, yaml.value, "agency", _AGENCY, found, ("name",))
    level, kind = fields.choice("level", (*LEVELS, *KINDS)), fields.choice("kind", KINDS)
    if level in KINDS and level not in LEVELS:  # a bare `level: department` says what kind of agency it is
        level, kind = "", kind or level
    predecessors = []
    for node in fields.maps("predecessors"):
        inner = Fields(text.path, node, "predecessor", ("id", "until"), found, ("id", "until"))
        name, until = inner.text("id"), inner.year("until")
        if name and until:
            predecessors.append(Predecessor(name, until))
    fields.texts("owners")
    value = Agency(
        id=agency,
        path=text.path,
        name=fields.text("name") or agency,
        short=fields.text("short"),
        kind=kind,
        level=level,
        parent=fields.text("parent"),
        region=fields.text("region", "[0-9]{6}", "region", 'region: "411328"'),
        code=fields.text("code"),
        since=fields.year("since"),
        until=fields.year("until"),
        deadline=fields.text("deadline", "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "date", 'deadline: "03-31"'),
        predecessors=tuple(predecessors),
        former_ids=_former_ids(fields),
        former_names=fields.texts("former_names"),
        contact=fields.text("contact"),
        parent_place=Place(text.path, fields.span("parent")) if fields.has("parent") else None,
    )
    return Outcome(value, tuple(found))


def _former_ids(fields: Fields) -> tuple[str, ...]:
    """Old folder names, each of which must be able to be an address."""
    names = []
    for name in fields.texts("former_ids"):
        bad = bad_name(Role("agency", name), fields.path)
        if bad:
            fields.found.append(replace(bad, place=Place(fields.path, fields.span("former_ids"))))
        else:
            names.append(name)
    return tuple(names)


def read_document(text: Text, agency: str, slug: str) -> Outcome[Document]:
    """A document with a record card."""
    parts = read_parts(text)
    found = list(parts.diagnostics)
    fields = Fields(text.path, parts.value.front, "document", _DOCUMENT, found, ("title",))
    written = fields.text("agency")
    if written and written != agency:
        fields.add("GX801", fields.span("agency"), got=written, want=agency)
    document = Document(
        agency=agency,
        slug=slug,
        path=text.path,
        title=fields.text("title") or slug,
        published=read_dated(fields, "published"),
        signed=read_dated(fields, "signed"),
        card=read_card(text.path, fields.map("card"), found),
        waivers=read_waivers(text.path, fields.maps("waivers"), found),
        corrections=read_corrections(text.path, fields.maps("corrections"), None, found),
        withdrawn=read_withdrawal(text.path, fields.map("withdrawn"), found),
        body=parts.value.body,
        column=fields.choice("column", COLUMN_TYPES),
        damaged=parts.value.front.damaged,
    )
    return Outcome(document, (*found, *_without_text(text.path, parts)))


def read_page(text: Text, slug: str) -> Outcome[Page]:
    """A page of the portal."""
    parts = read_parts(text)
    found = list(parts.diagnostics)
    fields = Fields(text.path, parts.value.front, "page", _PAGE, found, ("title",))
    page = Page(
        slug,
        text.path,
        fields.text("title") or slug,
        fields.text("description"),
        fields.integer("order", 100),
        parts.value.body,
        fields.choice("column", COLUMN_TYPES),
    )
    return Outcome(page, (*found, *_without_text(text.path, parts)))


def _without_text(path: str, parts: Outcome[Parts]) -> tuple[Diagnostic, ...]:
    """The finding that a file has no body, unless it could not be read."""
    unread = any(found.severity is Severity.ERROR for found in parts.diagnostics)
    return (diagnose("GX602", Place(path, START)),) if parts.value.body.is_empty and not unread else ()
