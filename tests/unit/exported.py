"""Reports as their downloads give them, made by hand: a layout of one table, and what a report says in it."""

from gxsite.site.views import ExportCell, ExportLayout, ExportSlot, ExportView, SheetRow, SheetView

BLANK = ExportCell("", "", "blank", False, "")


def exact(value: str, raw: str = "") -> ExportCell:
    """An exact figure."""
    return ExportCell(value, value, "reported", False, raw or value)


def about(words: str, value: str) -> ExportCell:
    """An approximate figure."""
    return ExportCell(words, value, "reported", True, words)


def slot(indicator: str = "a", label: str = "甲", unit: str = "件", column_label: str = "数量") -> ExportSlot:
    """A cell of a form."""
    return ExportSlot("one", indicator, "", "", label, column_label, unit, True)


def layout(*slots: ExportSlot, title: str = "表一", heading: str = "") -> ExportLayout:
    """A table with a row for each slot, under a section if there is a heading."""
    rows = [SheetRow("section", "section:s", 0, heading, "", ())] if heading else []
    rows += [SheetRow("indicator", s.indicator, 1, s.number + s.label, s.unit, (n,)) for n, s in enumerate(slots)]
    return ExportLayout("small", "小表", slots, (SheetView(title, ("指标", "单位", "数量"), 1, True, tuple(rows)),))


def view(form: ExportLayout, *cells: ExportCell, title: str = "某某年度报告", nothing: str = "") -> ExportView:
    """A report of 2018 on a form."""
    return ExportView(
        agency="demo",
        agency_name="某局",
        year=2018,
        scope="own",
        title=title,
        published="2019-03-01",
        signed="",
        card=(("issuer", "某局"),),
        layout=form,
        figures=(),
        other_cells=cells,
        nothing=frozenset({nothing} if nothing else ()),
        waivers=(),
        corrections=(),
    )
