"""The relations of a form: each rule resolved against the form's cells, one equation for each column or row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Place, Severity, Span, phrase
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.yaml import Mapping, Scalar
from gxsite.model.form import CellRef, Condition, Equation, Form, Relation, Row, Table, Term
from gxsite.source.names import listed
from gxsite.source.rule import BadRule, Operand, Rule, read_condition, read_rule

_RELATION = ("id", "rule", "each", "table", "rows", "when", "severity", "columns", "because")
_ID = r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*"


def read_relations(path: str, nodes: tuple[Mapping, ...], form: Form, found: list[Diagnostic]) -> tuple[Relation, ...]:
    """The relations that could be resolved; the others are findings."""
    relations: dict[str, Relation] = {}
    for node in nodes:
        fields = Fields(path, node, "relation", _RELATION, found, ("id", "rule"))
        name = fields.text("id", _ID, "id", "id: requests.received")
        if name in relations:
            fields.add("GX231", fields.span("id"), key=name, line=relations[name].span.line)
            continue
        relation = _Resolver(path, fields, form, found).relation(name) if name and fields.has("rule") else None
        if relation:
            relations[name] = relation
    return tuple(relations.values())


class _Instance(NamedTuple):
    """One column or row for which a rule is checked, and how its names read there."""

    name: str
    column: str | None = None
    row: str | None = None


class _Resolver:
    """Resolves one relation."""

    def __init__(self, path: str, fields: Fields, form: Form, found: list[Diagnostic]) -> None:
        self.path = path
        self.fields = fields
        self.form = form
        self.found = found
        self.each: Literal["column", "row", ""] = ""
        self.name = ""

    def relation(self, name: str) -> Relation | None:
        self.name = name
        text = self.fields.text("rule")
        rule = read_rule(text)
        if isinstance(rule, BadRule):
            self._bad("rule", rule)
            return None
        each = self.fields.choice("each", ("column", "row"))
        self.each = "column" if each == "column" else "row" if each == "row" else ""
        if self.fields.has("each") and not each:
            return None
        condition = self._condition()
        self._find_idle_keys()
        if self._unknown(rule) or (self.fields.has("when") and condition is None):
            return None
        instances = self._instances(rule)
        if instances is None:
            return None
        severity = self._severity(self.fields.choice("severity", ("error", "warning")))
        severities = self._column_severities(instances)
        because = self.fields.text("because")
        equations = [
            Equation(
                name,
                severities.get(instance.name, severities.get("*", severity)),
                tuple(self._term(o, instance) for o in rule.left),
                rule.operator,
                tuple(self._term(o, instance) for o in rule.right),
                condition,
                because,
                instance.name,
            )
            for instance in instances
        ]
        return Relation(name, text, because, severity, tuple(equations), self.fields.span("id"))

    # -- names ----------------------------------------------------------------------------------------------------

    def _names(self) -> set[str]:
        if self.each == "column":
            return {row.id for _, row in self.form.indicators()}
        if self.each == "row":
            return {column.id for table in self.form.tables for column in table.columns if column.id}
        return set(self.form.names)

    def _unknown(self, rule: Rule) -> bool:
        """Find the names that the form does not have."""
        names = self._names()
        unknown = [o for o in rule.left + rule.right if o.name and o.name not in names]
        for operand in unknown:
            span = self._within("rule", operand.offset, len(operand.name))
            near = nearest(operand.name, names)
            self._add("GX234", span, relation_id=self.name, key=operand.name, near=near)
        return bool(unknown)

    def _instances(self, rule: Rule) -> list[_Instance] | None:
        """The columns or rows for which a rule is checked; None if there are none or a name among them is wrong."""
        if not self.each:
            return [_Instance("")]
        names = [o.name for o in rule.left + rule.right if o.name]
        if self.each == "column":
            tables = {id(self.form.rows[n][0]): self.form.rows[n][0] for n in names}
            ids = [[c.id for c in table.columns] for table in tables.values()]
            found = [_Instance(c, column=c) for c in ids[0] if all(c in others for others in ids)] if ids else []
        else:
            rows = [(table, row) for table, row in self.form.indicators() if all(table.column(n) for n in names)]
            found = [_Instance(row.id, row=row.id) for row in self._chosen(rows)] if rows else []
            if rows and not found:
                return None
        if not found:
            problem = phrase("form.each_column" if self.each == "column" else "form.each_row")
            self._add("GX233", self.fields.span("rule"), relation_id=self.name, problem=problem)
        return found or None

    def _chosen(self, rows: Sequence[tuple[Table, Row]]) -> list[Row]:
        """The rows of the tables and the rows that a relation names; none if it names one that is not among them."""
        before = len(self.found)
        tables = listed(self.fields, "table", (table.id for table, _ in rows))
        of_tables = [row for table, row in rows if not tables or table.id in tables]
        names = listed(self.fields, "rows", (row.id for row in of_tables))
        return [row for row in of_tables if not names or row.id in names] if len(self.found) == before else []

    def _term(self, operand: Operand, instance: _Instance) -> Term:
        if not operand.name:
            return Term(operand.sign, None, operand.constant)
        if instance.row is not None:
            ref = CellRef(instance.row, operand.name)
        elif instance.column is not None:
            ref = CellRef(operand.name, instance.column)
        else:
            ref = self.form.names[operand.name]
        return Term(operand.sign, ref, 0, operand.when)

    # -- the other keys -------------------------------------------------------------------------------------------

    def _condition(self) -> Condition | None:
        text = self.fields.text("when")
        if not text:
            return None
        parsed = read_condition(text)
        if isinstance(parsed, BadRule):
            self._bad("when", parsed)
            return None
        ref = self.form.names.get(parsed.name)
        if ref is None:
            span = self._within("when", text.index(parsed.name), len(parsed.name))
            near = nearest(parsed.name, self.form.names)
            self._add("GX234", span, relation_id=self.name, key=parsed.name, near=near)
            return None
        return Condition(ref, parsed.operator, parsed.constant)

    def _find_idle_keys(self) -> None:
        """Find the keys that mean nothing without ``each``."""
        for key, each in (("columns", "column"), ("table", "row"), ("rows", "row")):
            if self.fields.has(key) and self.each != each:
                self._add("GX237", self.fields.span(key), problem=phrase("form.idle_key", name=key, each=each))

    def _column_severities(self, instances: Sequence[_Instance]) -> dict[str, Severity]:
        node = self.fields.map("columns") if self.each == "column" else None
        if node is None:
            return {}
        known = ("*", *(instance.name for instance in instances if instance.name))
        fields = Fields(self.path, node, "relation", known, self.found)
        return {key: self._severity(fields.choice(key, ("error", "warning"))) for key in known if fields.has(key)}

    @staticmethod
    def _severity(word: str) -> Severity:
        return Severity(word) if word else Severity.ERROR

    # -- findings -------------------------------------------------------------------------------------------------

    def _bad(self, key: str, bad: BadRule) -> None:
        span = self._within(key, bad.offset, bad.length)
        self._add("GX233", span, relation_id=self.name, problem=bad.problem)

    def _within(self, key: str, offset: int, length: int) -> Span:
        """The place of some characters of a value; the whole value where it spans lines or is folded."""
        span, node = self.fields.span(key), self.fields.node(key)
        if not isinstance(node, Scalar) or span.line != span.end_line or node.value != " ".join(node.value.split()):
            return span
        start = span.column + offset + (0 if node.plain else 1)
        return Span(span.line, start, span.line, start + length)

    def _add(self, code: str, span: Span, **facts: Fact | None) -> None:
        self.found.append(diagnose(code, Place(self.path, span), **facts))
