"""Portals made of tables of figures: written as files, checked as a whole, every finding led back to its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gxsite.base.catalogue import help_lines, message
from gxsite.base.diagnostic import Diagnostic, Place, Severity
from gxsite.checks.run import Rules, check_across, check_portal
from gxsite.engine.load import Forms, load, load_baseline, load_forms
from gxsite.model.form import CellRef, Form

Table = dict[CellRef, int | str]
LOADED = load_forms(None)
FORMS: Forms = LOADED.value


def form_of(name: str) -> Form:
    return FORMS.forms[name]


def ref(form: Form, name: str) -> CellRef:
    """A cell by the name that a report would use."""
    return form.names[name]


@dataclass(frozen=True)
class Found:
    """A finding with its places as ``2018:requests.new.total`` (another agency's: ``edu/2018:...``)."""

    diagnostic: Diagnostic
    place: str
    labels: tuple[str, ...]

    @property
    def kind(self) -> tuple[str, str, str]:
        """Severity, relation (or code) and place."""
        return (str(self.diagnostic.severity), self.diagnostic.relation or self.diagnostic.code, self.place)

    @property
    def suggestions(self) -> list[dict[str, str]]:
        return [dict(suggestion.changes) for suggestion in self.diagnostic.suggestions]

    @property
    def said(self) -> str:
        """Everything a clerk reads."""
        return "\n".join((message(self.diagnostic, "zh"), *help_lines(self.diagnostic, "zh")))


class Portal:
    """A project folder of the test's own."""

    def __init__(self, root: Path, config: str = "") -> None:
        self.root = root
        self.forms: dict[str, Form] = dict(FORMS.forms)
        self.write("gxsite.yaml", f"name: 门户\nlicence: 可以自由使用\n{config}")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def agency(self, name: str, more: str = "") -> None:
        self.write(f"content/{name}/agency.yaml", f"name: {name}机关\n{more}")

    def report(self, agency: str, year: int, form: Form, table: Mapping[CellRef, int | str], front: str = "") -> None:
        """A report filed in time; cells that the table lacks are blank."""
        if not (self.root / f"content/{agency}/agency.yaml").exists():
            self.agency(agency)
        dates = f"published: {year + 1}-01-20\nsigned: {year + 1}-01-10\n"
        self.write(f"content/{agency}/{year}.md", report_text(form, table, dates + front))

    def check(self) -> list[Found]:
        """All findings but notes and those about the text, which these reports have none of."""
        found = (f for f in self.everything() if not f.diagnostic.code.startswith("GX5"))
        return [f for f in found if f.diagnostic.severity is not Severity.NOTE]

    def everything(self) -> list[Found]:
        """All findings about files, relations and the portal; the theme is not looked at."""
        project = load(self.root)
        baseline = load_baseline(self.root, project.config.baseline)
        rules = Rules(dict(project.config.severities), project.config.reconcile, baseline.value)
        found = (*project.found, *baseline.diagnostics)
        findings = check_portal(project.catalog, found, project.echoes, rules, check_across(project.catalog, rules))
        self.forms = project.catalog.forms
        return [self._found(d) for d in findings.diagnostics]

    def _found(self, diagnostic: Diagnostic) -> Found:
        labels = tuple(self.spot(label.place) for label in diagnostic.labels)
        return Found(diagnostic, self.spot(diagnostic.place), labels)

    def spot(self, place: Place) -> str:
        """The cell at a place, or the path and the line where there is no table."""
        lines = (self.root / place.path).read_text("utf-8").splitlines() or [""]
        line = lines[place.span.line - 1]
        name = place.path.removeprefix("content/").removesuffix(".md").removeprefix("aa/")
        if not line.startswith("  ") or "table:" not in lines[: place.span.line]:
            return f"{name}:{line.partition(':')[0]}"
        row, _, values = line.partition(":")
        before = line[: place.span.column - 1].count(",")
        form = self.forms[next(s for s in lines if s.startswith("form:")).partition(":")[2].strip()]
        columns = form.rows[row.strip()][0].columns
        column = columns[before].id if values.lstrip().startswith("[") and len(columns) > 1 else ""
        return f"{name}:{row.strip()}{'.' if column else ''}{column}"


def report_text(form: Form, table: Mapping[CellRef, int | str], front: str = "") -> str:
    """The text of a report."""
    lines = ["---", "title: 年度报告", f"form: {form.id}", *front.splitlines(), "table:"]
    for owner, row in form.indicators():
        values = [str(table.get(CellRef(row.id, c.id), "~")) for c in owner.columns]
        lines.append(f"  {row.id}: {values[0]}" if len(values) == 1 else f"  {row.id}: [{', '.join(values)}]")
    return "\n".join([*lines, "---", "正文。", ""])


def kinds(found: Iterable[Found]) -> list[tuple[str, str, str]]:
    """Severity, relation and place of each finding."""
    return [f.kind for f in found]


def only(found: Iterable[Found]) -> Found:
    """The one finding."""
    (single,) = found
    return single
