"""The statistical table of a report: every line to cells of the form."""

from __future__ import annotations

from collections.abc import Mapping as Dict

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Place, Span, phrase
from gxsite.base.near import nearest
from gxsite.base.nodes import Figures, items_of
from gxsite.base.numerals import ZERO, BadNumber, Interval, NumberType, is_plain_figure, read_number, show
from gxsite.base.yaml import Entry, Mapping, Node, Scalar, Sequence, is_blank
from gxsite.model.cells import Cell, Cells, Status, is_plain
from gxsite.model.form import CellRef, Column, Form, Row, Table, cell_type, cell_unit

_SINGLE = Table("extra", "", (), (Column("", ""),))
_WORDS = dict.fromkeys(("", "空"), Status.BLANK) | dict.fromkeys(("/", "／", "—", "——"), Status.NOT_APPLICABLE)
_WORDS["无"] = Status.NONE
_new = tuple.__new__  # makes a named tuple in half the time
MAX_NAMED = 4
MAX_UNKNOWN = 100


def type_range(kind: NumberType) -> Interval:
    """All values that a blank cell of a type may stand for."""
    return Interval(None if kind.signed else ZERO.low, None)


def cell_label(row: Row, column: Column) -> str:
    """A cell as officials cite it: row, and column where there are several."""
    return f"{row.name} {column.label}".strip() if column.id else row.name


class TableReader:
    """Reads one ``table`` mapping against a form and the report's own rows."""

    def __init__(
        self,
        path: str,
        form: Form,
        extra: tuple[Row, ...],
        units: Dict[str, str],
        forms: Dict[str, Form],
        found: list[Diagnostic],
    ) -> None:
        self.path = path
        self.form = form
        self.extra = {row.id: row for row in extra}
        self.units = units
        self.forms = forms
        self.found = found
        self.cells: dict[CellRef, Cell] = {}
        self.none_sections: dict[str, Span] = {}
        self.meant: set[str] = set()
        self.unknown = 0

    def read(self, mapping: Mapping) -> Cells:
        """All cells of the form in form order, then those of the report's own rows."""
        if isinstance(mapping.entries, Figures) and not self.extra and (cells := self._figures(mapping.entries)):
            return cells
        written: set[str] = set()
        for entry in mapping.entries:
            name = entry.key.value
            written.add(name)
            place = self.form.rows.get(name)
            if name in self.extra:
                self._row(_SINGLE, self.extra[name], entry)
            elif place is None or (place[1].id != name and place[1].kind == "indicator" and ":" not in name):
                self._unknown(entry)
            elif ":" in name:
                self._section(place[1], entry)
            else:
                self._row(*place, entry)
        self._fill_blanks()
        self._none_by_section()
        self._missing(written, mapping)
        refs = (*self.form.cells, *map(CellRef, self.extra))
        return Cells.of(map(self.cells.__getitem__, refs), None if self.extra else self.form.grid)

    # -- tables of figures ----------------------------------------------------------------------------------------

    def _figures(self, entries: Figures) -> Cells | None:
        """All cells, if the rows are those of the form in their order and each holds as many words as it has cells.

        Then nothing can be missing or unknown, and of a figure in plain digits nothing can be wrong.
        """
        if entries.names != self.form.row_names:
            return None
        words, lines, starts = [], [], []
        for (row, columns), word, line, start in zip(
            self.form.rows_of_cells, entries.words, entries.lines, entries.columns, strict=True
        ):
            if word[0] != "[":
                if len(columns) > 1 or (row.required and word == "~"):
                    return None
                words.append(word)
                lines.append(line)
                starts.append(start)
                continue
            items = list(items_of(word, start))
            if len(items) != len(columns) or (row.required and "~" in word):
                return None
            words += [item for item, _ in items]
            lines += [line] * len(items)
            starts += [at for _, at in items]
        odd = self._odd(words, lines, starts)
        for at in odd:
            words[at], lines[at], starts[at] = "", 0, 0
        return Cells(self.form.grid, words, lines, starts, odd)

    def _odd(self, words: list[str], lines: list[int], starts: list[int]) -> dict[int, Cell]:
        """The cells that hold another word than a plain figure, by position."""
        odd: dict[int, Cell] = {}
        for at, word in enumerate(words):
            if not is_plain_figure(word):
                ref = self.form.grid.refs[at]
                _, row, column = self.form.cells[ref]
                span = Span(lines[at], starts[at], lines[at], starts[at] + len(word))
                self._cell(row, column, Scalar(word, True, span))
                if not is_plain(self.cells[ref]):
                    odd[at] = self.cells[ref]
        return odd

    # -- rows -----------------------------------------------------------------------------------------------------

    def _row(self, table: Table, row: Row, entry: Entry) -> None:
        node = entry.value
        columns = table.columns
        if isinstance(node, Sequence):
            self._list(columns, row, node)
        elif isinstance(node, Mapping):
            self._mapping(columns, row, node)
        elif len(columns) == 1 or is_blank(node) or node.value.strip() in _WORDS:
            for column in columns:
                self._cell(row, column, node)
        else:
            shown = ", ".join(column.id for column in columns)
            self._add("GX218", node.span, label=row.name, want=len(columns), raw=node.value, columns=shown)
            self._unread_row(row, columns, node.value, node.span)

    def _list(self, columns: tuple[Column, ...], row: Row, node: Sequence) -> None:
        if len(node.items) != len(columns):
            self._wrong_length(columns, row, node)
            return
        for column, item in zip(columns, node.items, strict=True):
            self._cell(row, column, item)

    def _wrong_length(self, columns: tuple[Column, ...], row: Row, node: Sequence) -> None:
        values = [item.value if isinstance(item, Scalar) else "…" for item in node.items[:50]]
        heads = [column.label or row.label for column in columns]
        heads += ["?"] * (len(values) - len(heads))
        shown = "，".join(f"{head}={value or '~'}" for head, value in zip(heads, values, strict=False))
        pair = _split_number(node)
        self._add(
            "GX206",
            node.span,
            label=row.name,
            want=len(columns),
            got=len(node.items),
            shown=shown,
            pair=pair,
            joined=pair.replace(",", "") if pair else None,
        )
        self._unread_row(row, columns, shown, node.span)

    def _mapping(self, columns: tuple[Column, ...], row: Row, node: Mapping) -> None:
        known = {column.id: column for column in columns if column.id}
        shown = ", ".join(known) or None
        for entry in node.entries:
            column = known.get(entry.key.value)
            if column is None:
                near = nearest(entry.key.value, known)
                self._add("GX213", entry.key.span, label=row.name, key=entry.key.value, near=near, known=shown)
                if near:  # written, though its name is misspelt
                    ref = CellRef(row.id, near)
                    self.cells.setdefault(ref, self._unread(ref, "…", entry.value.span))
            else:
                self._cell(row, column, entry.value)

    # -- cells ----------------------------------------------------------------------------------------------------

    def _cell(self, row: Row, column: Column, node: Node) -> None:
        ref = _new(CellRef, (row.id, column.id))
        if not isinstance(node, Scalar):
            self._bad(row, column, node.span, "…", "number.text")
            return
        raw = node.value.strip()
        status = Status.BLANK if node.plain and raw == "~" else _WORDS.get(raw)
        if status is None:
            self._number(ref, row, column, node, raw)
        elif status is Status.BLANK:
            self.cells[ref] = Cell(ref, status, "", "", False, type_range(cell_type(row, column)), node.span)
        else:
            self.cells[ref] = Cell(ref, status, "", raw, False, ZERO, node.span)

    def _number(self, ref: CellRef, row: Row, column: Column, node: Scalar, raw: str) -> None:
        unit = cell_unit(row, column)
        if not unit and self.units:
            unit = self.units.get(str(ref), "") or self.units.get(row.id, "")
        number = read_number(raw, cell_type(row, column), unit)
        if isinstance(number, BadNumber):
            if number.negative:
                self._add("GX208", node.span, label=cell_label(row, column), raw=raw)
                self.cells[ref] = self._unread(ref, raw, node.span)
            else:
                self._bad(row, column, node.span, raw, number.problem, unit)
            return
        if number.unit:
            self._add("GX209", node.span, label=cell_label(row, column), unit=unit, value=show(number.value))
        _, digits, interval, approximate, _ = number
        self.cells[ref] = _new(Cell, (ref, Status.REPORTED, digits, raw, approximate, interval, node.span))

    def _bad(self, row: Row, column: Column, span: Span, raw: str, problem: str, unit: str = "") -> None:
        kind = cell_type(row, column)
        short = raw if len(raw) <= 24 else raw[:23] + "…"
        self._add(
            "GX207",
            span,
            label=cell_label(row, column),
            raw=short,
            problem=phrase(_problem(problem, unit), unit=unit, places=kind.places),
            example="12.5" if kind.places else "128",
        )
        ref = CellRef(row.id, column.id)
        self.cells[ref] = self._unread(ref, raw, span)

    def _unread_row(self, row: Row, columns: tuple[Column, ...], raw: str, span: Span) -> None:
        for column in columns:
            ref = CellRef(row.id, column.id)
            self.cells[ref] = self._unread(ref, raw, span)

    @staticmethod
    def _unread(ref: CellRef, raw: str, span: Span) -> Cell:
        """A cell whose figure could not be read: it may stand for anything, so it breaks no relation."""
        return Cell(ref, Status.BLANK, "", raw, False, Interval(None, None), span)

    # -- sections -------------------------------------------------------------------------------------------------

    def _section(self, row: Row, entry: Entry) -> None:
        node = entry.value
        if isinstance(node, Scalar) and _WORDS.get(node.value.strip()) is Status.NONE:
            self.none_sections[entry.key.value] = node.span
        elif not is_blank(node):
            raw = node.value if isinstance(node, Scalar) else "…"
            self._add("GX214", node.span, label=row.name, raw=raw)

    def _fill_blanks(self) -> None:
        for ref, (_, row, column) in self.form.cells.items():
            if ref not in self.cells:
                interval = type_range(cell_type(row, column))
                self.cells[ref] = Cell(ref, Status.BLANK, "", "", False, interval, None)
        for name, row in self.extra.items():
            ref = CellRef(name)
            self.cells.setdefault(ref, Cell(ref, Status.BLANK, "", "", False, type_range(row.type), None))

    def _none_by_section(self) -> None:
        for section in self.none_sections:
            heading = self.form.rows[section][1]
            for ref, (_, row, column) in self.form.cells.items():
                cell = self.cells[ref]
                if section not in row.under:
                    continue
                if cell.status is Status.BLANK and not cell.raw:
                    self.cells[ref] = cell._replace(status=Status.NONE_BY_SECTION, interval=ZERO)
                elif cell.status is Status.REPORTED and cell.span:
                    label = cell_label(row, column)
                    self._add("GX215", cell.span, section=heading.name, label=label, raw=cell.raw)
                    self.cells[ref] = self._unread(ref, cell.raw, cell.span)

    # -- what is missing or unknown -------------------------------------------------------------------------------

    def _missing(self, written: set[str], mapping: Mapping) -> None:
        absent = []
        for _, row in self.form.indicators():
            if row.id in written and not row.required:
                continue
            silent = row.id not in written | self.meant and not any(s in self.none_sections for s in row.under)
            cells = [self.cells[CellRef(row.id, c.id)] for c in self.form.rows[row.id][0].columns]
            if row.required and row.id not in self.meant and all(c.status is Status.BLANK and not c.raw for c in cells):
                if not mapping.damaged:
                    span = next((e.key.span for e in mapping.entries if e.key.value == row.id), _head(mapping.span))
                    self._add("GX217", span, form=self.form.id, label=row.name)
            elif silent:
                absent.append(row.id)
        if absent and not mapping.damaged:
            rows = ", ".join(absent[:MAX_NAMED]) + (" …" if len(absent) > MAX_NAMED else "")
            self._add("GX216", _head(mapping.span), form=self.form.id, count=len(absent), rows=rows)

    def _unknown(self, entry: Entry) -> None:
        name, span = entry.key.value, entry.key.span
        for prefix in ("group:", "section:"):
            heading = self.form.rows.get(prefix + name)
            if heading and heading[1].kind != "indicator":
                raw = entry.value.value if isinstance(entry.value, Scalar) else "…"
                self._add("GX214", span, label=heading[1].name, raw=raw)
                return
        others = [f.id for f in self.forms.values() if name in f.rows and f.id != self.form.id]
        if others:
            self._add("GX205", span, key=name, form=self.form.id, other="、".join(others))
            return
        ref = self.form.names.get(name)
        near = ref.indicator if ref else self._near(name)
        label = self.form.rows[near][1].name if near in self.form.rows else near
        short = name if len(name) <= 60 else name[:59] + "…"
        self._add("GX204", span, key=short, form=self.form.id, near=near, near_label=label)
        if near in self.form.rows and ":" not in near and near not in self.meant:
            self.meant.add(near)
            self._leave_open(near, entry)

    def _near(self, name: str) -> str | None:
        """The row or section that was probably meant; sought for the first unknown names only, lest it take long."""
        self.unknown += 1
        if self.unknown > MAX_UNKNOWN:
            return None
        opened = self.form.rows.get(f"section:{name}") or self.form.rows.get(f"group:{name}")
        if opened:  # the bare name of a section that is an indicator itself
            return opened[1].id
        sections = [key for key in self.form.rows if ":" in key] if ":" in name else []
        return nearest(name, [*(row.id for _, row in self.form.indicators()), *self.extra, *sections])

    def _leave_open(self, row_id: str, entry: Entry) -> None:
        """A row whose id is misspelt was written, so nothing is concluded from its being absent."""
        table, row = self.form.rows[row_id]
        for column in table.columns:
            ref = CellRef(row.id, column.id)
            self.cells.setdefault(ref, self._unread(ref, "…", entry.value.span))

    def _add(self, code: str, span: Span, **facts: Fact | None) -> None:
        self.found.append(diagnose(code, Place(self.path, span), **facts))


def _problem(problem: str, unit: str) -> str:
    return "number.unit_open" if problem == "number.unit" and not unit else problem


def _split_number(node: Sequence) -> str | None:
    """``1,860`` where a list holds 1 and 860 with nothing but the comma between them."""
    for one, two in zip(node.items, node.items[1:], strict=False):
        if isinstance(one, Scalar) and isinstance(two, Scalar) and one.span.end_line == two.span.line:
            touching = two.span.column == one.span.end_column + 1
            if touching and one.value.isdigit() and two.value.isdigit() and len(two.value) == 3:
                return f"{one.value},{two.value}"
    return None


def _head(span: Span) -> Span:
    return Span(span.line, span.column, span.line, span.column + 1)
