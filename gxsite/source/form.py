"""A form file to a :class:`Form`, with every mistake of the form found when it loads."""

from __future__ import annotations

from dataclasses import replace

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Outcome, Place, Span, phrase
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.numerals import PLACES, NumberType
from gxsite.base.text import Text
from gxsite.base.yaml import Mapping, read_yaml
from gxsite.model.form import CellRef, Column, Form, Headline, Layout, Phrasing, Row, RowKind, Table
from gxsite.source.relation import read_relations

_FORM = (
    "id", "family", "years", "status", "title", "basis", "tables", "headlines", "relations", "extra",
    "phrases", "text",
)  # fmt: skip
_TYPE = ("unit", "type", "places", "signed")
_TABLE = ("id", "number", "title", "stub", "spanner", "layout", "columns", "rows", *_TYPE)
_COLUMN = ("id", "label", "columns", *_TYPE)
_ROW = ("id", "section", "group", "number", "label", "note", "required", "regulations", "rows", *_TYPE)
_PHRASE = ("text", "cell", "plus", "near")
_TEXT = ("fee_statement",)
_HEADLINE = ("cell", "label")
_ID = r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*"
_FORM_ID = r"[a-z][a-z0-9-]{1,39}"
# So many headlines has a form that names none.
_HEADLINES = 4


def read_form(text: Text) -> Outcome[Form | None]:
    """The form written in a file; None if too little of it can be read to be of use."""
    outcome = read_yaml(text)
    found = list(outcome.diagnostics)
    form = _Reader(text.path, found).form(outcome.value)
    return Outcome(form, tuple(found))


def overlaps(forms: tuple[Form, ...]) -> tuple[Diagnostic, ...]:
    """A finding for each pair of editions of one family that are in force in the same years."""
    found = []
    for i, late in enumerate(forms):
        for early in forms[:i]:
            first = max(late.years[0], early.years[0])
            last = min(late.years[1] or 9999, early.years[1] or 9999)
            if late.family == early.family and first <= last:
                place = Place(late.path, late.years_span)
                years = f"{first}-{'' if last == 9999 else last}"
                found.append(diagnose("GX235", place, form=late.id, other=early.id, family=late.family, years=years))
    return tuple(found)


class _Reader:
    """One reading of one form file; remembers where each id was first used."""

    def __init__(self, path: str, found: list[Diagnostic]) -> None:
        self.path = path
        self.found = found
        self.seen: dict[str, Span] = {}
        self.tables: dict[str, Span] = {}

    def form(self, root: Mapping) -> Form | None:
        required = ("id", "family", "years", "title", "tables")
        fields = Fields(self.path, root, "form", _FORM, self.found, required)
        form_id = fields.text("id", _FORM_ID, "id", "id: cn-2014")
        years = fields.years("years")
        tables = tuple(self._table(node) for node in fields.maps("tables"))
        if not any(table.indicators for table in tables):
            if fields.has("tables"):
                self._add("GX237", fields.span("tables"), problem=phrase("form.no_rows"))
            return None
        if not form_id or years is None:
            return None
        form = Form(
            id=form_id,
            family=fields.text("family", _FORM_ID, "id", "family: cn"),
            years=years,
            status=fields.choice("status", ("national", "local")) or "national",
            title=fields.text("title"),
            basis=fields.text("basis"),
            tables=tables,
            relations=(),
            extra=fields.boolean("extra"),
            path=self.path,
            years_span=fields.span("years"),
        )
        self._find_collisions(form)
        return replace(
            form,
            relations=read_relations(self.path, fields.maps("relations"), form, self.found),
            phrases=tuple(p for node in fields.maps("phrases") for p in self._phrases(node, form)),
            fee_statement=self._fee_statement(fields.map("text")),
            headlines=self._headlines(fields.maps("headlines"), form) or _first_figures(form),
        )

    def _headlines(self, nodes: tuple[Mapping, ...], form: Form) -> tuple[Headline, ...]:
        """The cells that the form names as those that stand for a report."""
        found = []
        for node in nodes:
            fields = Fields(self.path, node, "headline", _HEADLINE, self.found, ("cell",))
            name = fields.text("cell")
            if name in form.names:
                ref = form.names[name]
                found.append(Headline(ref, fields.text("label") or form.cells[ref][1].label))
            elif name:
                self._add("GX223", fields.span("cell"), key=name, form=form.id, near=nearest(name, form.names))
        return tuple(found)

    def _phrases(self, node: Mapping, form: Form) -> tuple[Phrasing, ...]:
        """One entry of ``phrases``: wordings of the same cell."""
        fields = Fields(self.path, node, "phrase", _PHRASE, self.found, ("text", "cell"))
        texts, plus = fields.texts("text"), fields.texts("plus")
        names = (fields.text("cell"), *plus)
        for key, name in zip(("cell", *["plus"] * len(plus)), names, strict=True):
            if name and name not in form.names:
                near = nearest(name, form.names)
                self._add("GX223", fields.span(key), key=name, form=form.id, near=near)
        if any(name not in form.names for name in names):
            return ()
        cell, *others = (form.names[name] for name in names)
        return tuple(Phrasing(text, cell, tuple(others), fields.text("near")) for text in texts)

    def _fee_statement(self, node: Mapping | None) -> bool:
        return node is not None and Fields(self.path, node, "text", _TEXT, self.found).boolean("fee_statement")

    def _find_collisions(self, form: Form) -> None:
        indicators = {row.id for _, row in form.indicators()}
        for ref in form.cells:
            if ref.column and str(ref) in indicators:
                self._add("GX232", self.seen[str(ref)], key=str(ref), indicator=ref.indicator, column=ref.column)

    def _table(self, node: Mapping) -> Table:
        fields = Fields(self.path, node, "table", _TABLE, self.found, ("rows",))
        layout: Layout = "across" if fields.choice("layout", ("down", "across")) == "across" else "down"
        columns = self._columns(fields.maps("columns"), (), {})
        unit, kind = fields.text("unit"), _number_type(fields) or NumberType()
        rows = self._rows(fields.maps("rows"), 0, (), unit, kind)
        name = fields.text("id")
        if name and name in self.tables:
            self._add("GX231", fields.span("id"), key=name, line=self.tables[name].line)
        self.tables.setdefault(name, fields.span("id"))
        return Table(
            name,
            fields.text("title"),
            tuple(rows),
            tuple(columns) or (Column("", ""),),
            layout,
            fields.text("stub"),
            fields.text("number"),
            fields.text("spanner"),
        )

    def _columns(self, nodes: tuple[Mapping, ...], heads: tuple[str, ...], seen: dict[str, Span]) -> list[Column]:
        columns: list[Column] = []
        for node in nodes:
            fields = Fields(self.path, node, "column", _COLUMN, self.found, ("label",))
            label = fields.text("label")
            if fields.has("columns"):
                columns += self._columns(fields.maps("columns"), (*heads, label), seen)
                continue
            name = fields.text("id", _ID, "id", "id: total")
            if not name and fields.has("id"):
                continue  # found already
            if not name and (len(nodes) > 1 or heads):
                self._add("GX237", fields.span("label"), problem=phrase("form.column_id"))
            elif name in seen:
                self._add("GX231", fields.span("id"), key=name, line=seen[name].line)
            else:
                seen[name] = fields.span("id")
                columns.append(Column(name, label, heads, fields.text("unit"), _number_type(fields)))
        return columns

    def _rows(
        self, nodes: tuple[Mapping, ...], depth: int, under: tuple[str, ...], unit: str, kind: NumberType
    ) -> list[Row]:
        """The rows of one level and, behind each, the rows nested in it."""
        rows: list[Row] = []
        for node in nodes:
            fields = Fields(self.path, node, "row", _ROW, self.found, ("label",))
            names = {key: fields.text(key, _ID, "id", f"{key}: requests.total") for key in ("id", "section", "group")}
            inside = under + tuple(f"{key}:{names[key]}" for key in ("section", "group") if names[key])
            ids = ([names["id"]] if names["id"] else []) + list(inside[len(under) :])
            if not ids and any(fields.has(key) for key in names):
                continue  # found already
            if not ids:
                self._add("GX237", fields.span("label"), problem=phrase("form.row_id"))
                continue
            for row_id in ids:
                self._claim(row_id, fields)
            row_kind: RowKind = "indicator" if names["id"] else "section" if names["section"] else "group"
            row = Row(
                kind=row_kind,
                id=ids[0],
                number=fields.text("number"),
                label=fields.text("label"),
                note=fields.text("note"),
                unit=(fields.text("unit") or unit) if row_kind == "indicator" else "",
                type=_number_type(fields) or kind,
                depth=depth,
                under=inside,
                required=fields.boolean("required"),
                regulations=fields.boolean("regulations"),
            )
            if row.regulations and row_kind != "indicator":
                self._add("GX237", fields.span("regulations"), problem=phrase("form.regulations"))
            rows += [row, *self._rows(fields.maps("rows"), depth + 1, inside, unit, kind)]
        return rows

    def _claim(self, row_id: str, fields: Fields) -> None:
        span = fields.span(row_id.partition(":")[0] if ":" in row_id else "id")
        if row_id in self.seen:
            self._add("GX231", span, key=row_id, line=self.seen[row_id].line)
        else:
            self.seen[row_id] = span

    def _add(self, code: str, span: Span, **facts: Fact | None) -> None:
        self.found.append(diagnose(code, Place(self.path, span), **facts))


def _first_figures(form: Form) -> tuple[Headline, ...]:
    """The first figure of each section, or of a table without sections; of several columns the last, the total."""
    firsts: dict[str, Headline] = {}
    for number, table in enumerate(form.tables):
        for row in table.indicators:
            section = row.under[0] if row.under else str(number)
            firsts.setdefault(section, Headline(CellRef(row.id, table.columns[-1].id), row.label))
    return tuple(firsts.values())[:_HEADLINES]


def _number_type(fields: Fields) -> NumberType | None:
    """The type that a table, row or column states; None if it states none."""
    name = fields.choice("type", ("integer", "decimal"))
    signed = fields.boolean("signed")
    if not name and not signed:
        return None
    places = min(max(fields.integer("places", PLACES), 0), PLACES) if name == "decimal" else 0
    return NumberType(places, signed)
