"""Small forms and reports for unit tests, made the way the program makes them: from text, through the readers."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from hypothesis import settings

from gxsite.base.catalogue import help_lines, message
from gxsite.base.diagnostic import Diagnostic, Outcome, Place
from gxsite.base.text import Text, decode
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.cells import Cell
from gxsite.model.crosswalk import Crosswalk
from gxsite.model.form import Form
from gxsite.model.report import Document, Page, Report
from gxsite.model.summary import NOTHING_ASKED, asked, summarise
from gxsite.source.form import read_form
from gxsite.source.front import MAX_FILE
from gxsite.source.report import read_report
from tests.needs import ROOT

PATH = "content/demo/2018.md"
FORM_PATH = "content/forms/small.yaml"

UNRELATED = Crosswalk()

# The same examples on every run: a unit test that fails must fail again.
fuzz = settings(deadline=None, database=None, derandomize=True, max_examples=150)


def text_of(source: str | bytes, path: str = PATH) -> Text:
    """A source that can be decoded without a finding."""
    outcome = decode(path, source.encode() if isinstance(source, str) else source, MAX_FILE)
    assert outcome.value is not None
    assert not outcome.diagnostics
    return outcome.value


def codes(found: Iterable[Diagnostic]) -> list[str]:
    """The codes in the order in which they were found."""
    return [d.code for d in found]


def only(found: Iterable[Diagnostic], code: str) -> Diagnostic:
    """The one finding of a code."""
    matching = [d for d in found if d.code == code]
    assert len(matching) == 1, codes(matching)
    return matching[0]


def at(found: Diagnostic) -> tuple[int, int, int]:
    """Line, column and width of a finding within one line."""
    line, column, end_line, end_column = found.place.span
    assert line == end_line
    return line, column, end_column - column


def marked(source: str, found: Diagnostic) -> str:
    """The characters that a finding within one line points at."""
    line, column, width = at(found)
    return source.split("\n")[line - 1][column - 1 : column - 1 + width]


def sound(source: str, found: Iterable[Diagnostic]) -> None:
    """Every finding stands inside its file and can be said in both languages with all its facts."""
    lines = source.split("\n")
    for diagnostic in found:
        for place in (diagnostic.place, *(label.place for label in diagnostic.labels)):
            assert inside(lines, place), (diagnostic, place)
        for lang in ("zh", "en"):
            words = (message(diagnostic, lang), *help_lines(diagnostic, lang))
            assert all(words), diagnostic


def inside(lines: list[str], place: Place) -> bool:
    """Whether a place lies inside a file; a caret may stand on the line end itself."""
    line, column, end_line, end_column = place.span
    if not 1 <= line <= end_line <= len(lines) or (line, column) > (end_line, end_column):
        return False
    return 1 <= column <= len(lines[line - 1]) + 1 and 1 <= end_column <= len(lines[end_line - 1]) + 2


@contextmanager
def quickly(seconds: float = 3.0) -> Iterator[None]:
    """The block must not need more processor time than this, whatever it was given.

    It needs a small part of it; but what shares a core with other work needs a multiple of its own time.
    """
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert spent < seconds, f"{spent:.1f} s"


# -- forms --------------------------------------------------------------------------------------------------------


def built_in(name: str) -> Form:
    """A form that comes with gxsite."""
    text = (ROOT / "gxsite" / "forms" / f"{name}.yaml").read_text("utf-8")
    outcome = read_form(text_of(text, f"gxsite:forms/{name}.yaml"))
    assert outcome.value is not None
    assert not outcome.diagnostics
    return outcome.value


def form_text(
    *relations: str,
    rows: Iterable[str] = ("a", "b", "c", "t"),
    columns: Iterable[str] = (),
    more: str = "",
) -> str:
    """The text of a form with one table. A row is an id or a whole flow mapping, a relation a flow mapping without
    its braces.
    """
    lines = ["id: small", "family: test", "years: {from: 2014, to: 2018}", "title: 小表"]
    lines += [more] if more else []
    lines += ["tables:", "  - id: one", "    title: 表一"]
    if columns:
        lines += ["    columns:", *(f"      - {{id: {c}, label: 列{c}}}" for c in columns)]
    lines += ["    rows:", *(f"      - {r if r.startswith('{') else f'{{id: {r}, label: 行{r}}}'}" for r in rows)]
    lines += ["relations:", *(f"  - {{{r}}}" for r in relations)] if relations else []
    return "\n".join(lines) + "\n"


def small(
    *relations: str,
    rows: Iterable[str] = ("a", "b", "c", "t"),
    columns: Iterable[str] = (),
    more: str = "",
) -> Form:
    """A form without a mistake."""
    source = form_text(*relations, rows=rows, columns=columns, more=more)
    outcome = read_form(text_of(source, FORM_PATH))
    assert not outcome.diagnostics, [message(d, "en") for d in outcome.diagnostics]
    assert outcome.value is not None
    return outcome.value


# -- reports ------------------------------------------------------------------------------------------------------


def report_text(
    table: str | Mapping[str, object] = "", form: str = "small", more: str = "", body: str = "正文。\n"
) -> str:
    """The text of a report: title on line 2, form on line 3, ``table:`` on line 4, its first row on line 5."""
    rows = table if isinstance(table, str) else "".join(f"  {key}: {value}\n" for key, value in table.items())
    rows = f"table:\n{rows}" if rows else ""
    return f"---\ntitle: 某某年度报告\nform: {form}\n{rows}{more}---\n{body}"


def read(source: str | bytes, *forms: Form, agency: str = "demo", year: int = 2018) -> Outcome[Report]:
    """The report written in a text."""
    return read_report(text_of(source), agency, year, {form.id: form for form in forms})


def report_of(form: Form, table: str | Mapping[str, object], more: str = "", body: str = "正文。\n") -> Report:
    """A report whose reading finds no error."""
    outcome = read(report_text(table, form.id, more, body), form)
    assert not [d for d in outcome.diagnostics if d.severity == "error"], codes(outcome.diagnostics)
    return outcome.value


def cell_of(report: Report, name: str) -> Cell:
    """A cell by its name."""
    return next(cell for cell in report.cells if str(cell.ref) == name)


def catalog_of(
    form: Form,
    *reports: Report,
    agencies: Iterable[Agency] = (),
    documents: Iterable[Document] = (),
    pages: Iterable[Page] = (),
    other: Iterable[Form] = (),
    crosswalk: Crosswalk = UNRELATED,
) -> Catalog:
    """A catalog of these; an agency that is not given has only its name."""
    known = {a.id: a for a in agencies}
    papers: tuple[Report | Document, ...] = (*reports, *documents)
    for paper in papers:
        known.setdefault(paper.agency, Agency(paper.agency, f"content/{paper.agency}/agency.yaml", paper.agency))
    forms = {f.id: f for f in (form, *other)}
    cells = asked(forms.values(), crosswalk)
    return Catalog(
        agencies=known,
        forms=forms,
        reports={
            r.key: summarise(r, forms.get(r.form), cells.get(r.form, NOTHING_ASKED), b"", settled=False)
            for r in reports
        },
        whole={r.key: r for r in reports},
        documents={f"{d.agency}/{d.slug}": d for d in documents},
        pages={p.slug: p for p in pages},
        attachments={},
        crosswalk=crosswalk,
    )
