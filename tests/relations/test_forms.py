"""The forms of all eras: labels, numbers, units, ids and relations as the official forms have them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import pytest

from gxsite.base.diagnostic import Severity
from gxsite.engine.load import load_forms
from gxsite.model.crosswalk import Concept
from gxsite.model.form import CellRef, Equation, Form, Row, Table, cell_type, cell_unit, weigh
from tests.needs import ROOT, needs, path_of
from tests.relations.portal import FORMS, LOADED, form_of

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other", "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
DENIED = (
    "state_secret", "prohibited_by_law", "security_stability", "third_party", "internal_affairs", "deliberative",
    "enforcement_file", "administrative_query",
)  # fmt: skip
DECIDED = (
    "granted", "partial",
    *(f"denied.{name}" for name in DENIED),
    *(f"unavailable.{name}" for name in ("not_held", "requires_creation", "unclear")),
    *(f"not_processed.{name}" for name in ("petition", "duplicate", "publication", "excessive", "confirmation")),
)  # fmt: skip
OTHER_2021 = ("other.not_corrected", "other.fee_unpaid", "other.other")


def request_rows(other: Iterable[str]) -> list[str]:
    return [f"requests.{row}" for row in ("new", "carried_in", *DECIDED, *other, "outcome.total", "carried_out")]


def folded(text: str) -> str:
    """A label whatever the width of its punctuation, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(row: Row) -> str:
    return folded(row.number + row.label + row.note)


def table_of(form: Form, name: str) -> Table:
    return next(t for t in form.tables if t.id == name)


def columns_of(table: Table) -> list[str]:
    return [folded(c.label) for c in table.columns]


# -- cells --------------------------------------------------------------------------------------------------------


def cells(rows: Iterable[str], columns: Iterable[str]) -> list[str]:
    columns = list(columns)
    return [f"{row}.{column}" for row in rows for column in columns]


CELLS_2021 = [
    *cells(["art20.regulations", "art20.normative"], ["made", "repealed", "in_force"]),
    *cells(["art20.licences", "art20.penalties", "art20.coercion"], ["decided"]),
    "art20.fees.amount",
    *cells(request_rows(OTHER_2021), APPLICANTS),
    *cells(["review", "lawsuit.direct", "lawsuit.after_review"], RESULTS),
]
CELLS_2019 = [
    *cells(["art20.regulations", "art20.normative"], ["made", "published", "public_total"]),
    *cells(
        ["art20.licences", "art20.other_services", "art20.penalties", "art20.coercion"], ["prior", "change", "decided"]
    ),
    *cells(["art20.fees"], ["prior", "change"]),
    *cells(["art20.procurement"], ["count", "amount"]),
    *cells(request_rows(["other"]), APPLICANTS),
    *cells(["review", "lawsuit.direct", "lawsuit.after_review"], RESULTS),
]


@pytest.mark.parametrize(("name", "wanted"), [("cn-2021", CELLS_2021), ("cn-2019", CELLS_2019)])
def test_cells_of_the_forms_with_columns(name: str, wanted: list[str]) -> None:
    assert [str(cell) for cell in form_of(name).cells] == wanted
    assert len(wanted) == {"cn-2021": 200, "cn-2019": 198}[name]


# The official numbers of the 58 cells of 2014, in the order of the form.
_NUMBERS = (
    "1.1 1.1.a 1.1.b 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 "
    "2.1 2.2.1 2.2.1.a 2.2.2 2.2.2.a 2.2.3 2.2.4 2.2.5 "
    "3.1 3.1.1 3.1.2 3.1.3 3.1.4 3.2 3.2.1 3.2.2 3.3 3.3.1 3.3.2 3.3.3 3.3.4 "
    "3.3.4.a 3.3.4.b 3.3.4.c 3.3.4.d 3.3.4.e 3.3.4.f 3.3.5 3.3.6 3.3.7 3.3.8 "
    "4 4.1 4.2 4.3 5 5.1 5.2 5.3 6 7 8.1 8.2 8.3 8.3.1 8.3.2 8.4 9.1 9.2 9.3"
)
NUMBERS = _NUMBERS.split()


def test_the_form_of_2014_has_58_cells_of_which_two_are_amounts() -> None:
    form = form_of("cn-2014")
    assert len(form.cells) == len(NUMBERS) == 58
    amounts = [str(ref) for ref, (_, row, column) in form.cells.items() if cell_type(row, column).places]
    assert amounts == ["fee.total", "office.budget"]
    assert [r.id for t in form.tables for r in t.rows if r.kind == "section"] == [
        *(f"section:{name}" for name in ("disclosure", "response", "requests")),
        *(f"section:{name}" for name in ("office", "training")),
    ]
    assert set(form.rows) >= {f"section:{name}" for name in ("review", "lawsuit", "complaint", "fee")}


def test_r5_counts_are_whole_and_not_negative_and_amounts_are_decimals() -> None:
    for name, form in FORMS.forms.items():
        for ref, (_, row, column) in form.cells.items():
            kind = cell_type(row, column)
            money = cell_unit(row, column) in ("万元", "元") or ref.column == "amount"
            share = cell_unit(row, column) == "%"
            assert (kind.places > 0) == (money or share), (name, ref)
            assert kind.signed == (ref.column == "change"), (name, ref)


@pytest.mark.parametrize(
    ("name", "years", "basis"),
    [
        ("cn-narrative", (2008, 2013), "2007"),
        ("cn-2014", (2014, 2018), "国办发〔2014〕32号"),
        ("cn-2019", (2019, 2020), "国办公开办函〔2019〕60号"),
        ("cn-2021", (2021, None), "国办公开办函〔2021〕30号"),
    ],
)
def test_every_year_since_2008_has_one_national_form(name: str, years: tuple[int, int | None], basis: str) -> None:
    form = form_of(name)
    assert (form.years, form.status, form.family) == (years, "national", "cn")
    assert basis in form.basis
    first, last = years
    for year in range(first, (last or first + 9) + 1):
        assert [f.id for f in FORMS.forms.values() if f.fits(year)] == [name]


def test_the_narrative_form_asks_for_nothing_and_takes_rows_of_its_own() -> None:
    form = form_of("cn-narrative")
    assert form.extra
    assert not any(row.required for _, row in form.indicators())
    assert not any(f.extra for name, f in FORMS.forms.items() if name != "cn-narrative")


def test_groups_of_results_carry_no_figures() -> None:
    for name, groups in (("cn-2021", 5), ("cn-2019", 4)):
        rows = table_of(form_of(name), "requests").rows
        assert [r.kind for r in rows if r.kind != "indicator"] == ["group"] * groups
        assert len([r for r in rows if r.kind == "indicator"]) == (25 if name == "cn-2021" else 23)


def test_headings_over_columns_and_tables_that_lie_across() -> None:
    for name in ("cn-2019", "cn-2021"):
        requests, reviews = table_of(form_of(name), "requests"), table_of(form_of(name), "reviews")
        assert [c.id for c in requests.columns] == list(APPLICANTS)
        assert [c.heads for c in requests.columns] == [(), *[("法人或其他组织",)] * 5, ()]
        assert (requests.layout, requests.spanner, requests.number) == ("down", "申请人情况", "表三")
        assert (reviews.layout, reviews.number) == ("across", "表四")
        assert [c.id for c in reviews.columns] == list(RESULTS)
        assert [(r.kind, r.label) for r in reviews.rows] == [
            ("indicator", "行政复议"),
            ("group", "行政诉讼"),
            ("indicator", "未经复议直接起诉"),
            ("indicator", "复议后起诉"),
        ]


# -- word for word ------------------------------------------------------------------------------------------------


def official() -> str:
    return (path_of("shared") / "design/forms.md").read_text("utf-8")


def chapter(start: str, end: str) -> str:
    text = official()
    at = text.index(start)
    return text[at : text.index(end, at)]


def lines_of(text: str, head: str) -> Iterator[list[str]]:
    """The rows of the Markdown table with this head."""
    lines = iter(text[text.index(head) :].split("\n"))
    next(lines)
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


@needs("shared")
def test_the_form_of_2014_word_for_word() -> None:
    wanted = []
    for number, label, measure in lines_of(chapter("## 2.", "## 3."), "| id | label"):
        unit = "" if measure == "——" else measure.split()[0]
        several = re.search(r"\d-\d$|[a-z]-[a-z]$", number)
        wanted += [(folded(text), unit) for text in (label.split(" / ") if several else [label])]
    form = form_of("cn-2014")
    assert [(printed(row), row.unit) for table in form.tables for row in table.rows] == wanted
    assert len(wanted) == 58 + 5 + 2


@needs("shared")
def test_article_20_of_2021_word_for_word() -> None:
    section = chapter("## 4.", "## 5.")
    clauses = {"一": "art20_1", "五": "art20_5", "六": "art20_6", "八": "art20_8"}
    for clause, columns, rows, measure in lines_of(section, "| 条款 | columns | rows | unit |"):
        key = re.search(r"[(（](.)[)）]项", clause)
        assert key
        table = table_of(form_of("cn-2021"), clauses.pop(key[1]))
        stub, *labels = columns.split(" · ")
        unit = measure.split(",")[0]
        assert (folded(table.title), table.stub) == (folded(clause), stub)
        assert columns_of(table) == [folded(label) for label in labels]
        assert [printed(r) for r in table.rows] == [folded(r) for r in rows.split(";")]
        assert {cell_unit(r, c) for r in table.rows for c in table.columns} == {unit}
    assert not clauses


@needs("shared")
def test_article_20_of_2019_word_for_word() -> None:
    section = chapter("## 3.", "## 4.")
    clauses = {"一": "art20_1", "五": "art20_5", "六": "art20_6", "八": "art20_8", "九": "art20_9"}
    before: list[str] = []
    for clause, columns, rows in lines_of(section, "| 条款 | columns | rows |"):
        key = re.search(r"[(（](.)[)）]项", clause)
        assert key
        table = table_of(form_of("cn-2019"), clauses.pop(key[1]))
        if not columns.startswith("same as"):
            before = re.sub(r" \(no unit.*", "", columns).split(" · ")
        assert folded(table.title) == folded(f"第二十条第({key[1]})项")
        assert [table.stub, *columns_of(table)] == [folded(label) for label in before]
        assert [printed(r) for r in table.rows] == [folded(r) for r in rows.split(";")]
        assert {cell_unit(r, c) for r in table.rows for c in table.columns} == {""}
    assert not clauses


def request_labels() -> list[str]:
    """The rows of the request table of 2021 as printed, groups on lines of their own."""
    labels: list[str] = []
    for _, text in lines_of(chapter("## 4.", "## 5."), "| key | row (verbatim) |"):
        group, colon, parts = text.partition(": ")
        labels.append(folded(group))
        labels += [folded(part) for part in re.split(r" (?=\d\.)", parts)] if colon else []
    return labels


@needs("shared")
def test_the_request_table_word_for_word() -> None:
    wanted = request_labels()
    assert len(wanted) == 25 + 5
    assert [printed(r) for r in table_of(form_of("cn-2021"), "requests").rows] == wanted
    other = next(i for i, label in enumerate(wanted) if label.startswith("(六)"))
    del wanted[other + 1 : other + 4]
    assert [printed(r) for r in table_of(form_of("cn-2019"), "requests").rows] == wanted


@needs("shared")
def test_the_heads_of_requests_and_reviews_word_for_word() -> None:
    section = folded(chapter("## 4.", "## 5."))
    head = re.search(r"Cornertext:(\([^)]*\))\.Columns:(.+?)→(.+?)\|(.+?)\{(.+?)\}\|(.+?)\(7\)", section)
    title = re.search(r"三、(收到和处理[^.]*)\.", section)
    across = re.search(r"四、([^:|]*):1row×15:行政复议\{(.+?)\}\|行政诉讼→(.+?)\{same5\}\|(.+?)\{same5\}", section)
    assert head
    assert title
    assert across
    for name in ("cn-2019", "cn-2021"):
        requests, reviews = table_of(form_of(name), "requests"), table_of(form_of(name), "reviews")
        assert (folded(requests.stub), requests.spanner, folded(requests.title)) == (head[1], head[2], title[1])
        assert columns_of(requests) == [head[3], *head[5].split(","), head[6]]
        assert {heads for c in requests.columns for heads in c.heads} == {head[4]}
        assert (folded(reviews.title), columns_of(reviews)) == (across[1], across[2].split(","))
        assert [r.label for r in reviews.indicators] == ["行政复议", across[3], across[4]]


def named(paragraph: str) -> list[str]:
    """The cells of a paragraph of section 8: ``a.b|c`` are two rows, ``(columns `x, y`)`` holds for the rows before."""
    found: list[str] = []
    for chunk in re.split(r"·|(?<=\)),", paragraph):
        columns = re.search(r"\(columns? `([^`]*)`", chunk)
        rows = re.findall(r"`([^`]*)`", chunk[: columns.start()] if columns else chunk)
        expanded = []
        for row in rows:
            first, *others = "".join(row.split()).split("|")
            expanded += [first, *(f"{first.rpartition('.')[0]}.{other}" for other in others)]
        wide = [c.strip() for c in columns[1].split(",")] if columns else [""]
        found += [f"{row}.{column}".rstrip(".") for row in expanded for column in wide]
    return found


@needs("shared")
def test_the_ids_of_section_8() -> None:
    section = official()[official().index("## 8.") :]
    ids_2014 = section[section.index("cn-2014:") : section.index("In the order of")]
    assert named(ids_2014) == [str(ref) for ref in form_of("cn-2014").cells]
    sections = re.findall(r"`(section:[a-z]+)`", section)
    assert set(sections) <= set(form_of("cn-2014").rows)
    assert len(sections) == 9
    ids_2021 = section[section.index("cn-2021:") : section.index("cn-2019:")]
    rows = set(request_rows(OTHER_2021))
    wanted = [
        cell
        for name in named(ids_2021)
        for cell in ([f"{name}.{column}" for column in APPLICANTS] if name in rows else [name])
    ]
    assert wanted == [str(ref) for ref in form_of("cn-2021").cells]
    ids_2019 = section[section.index("article 20 as", section.index("cn-2019:")) :]
    art20 = [str(ref) for ref in form_of("cn-2019").cells if ref.indicator.startswith("art20")]
    assert named(ids_2019) == art20


@needs("shared")
def test_the_ids_of_the_narrative_form() -> None:
    text = (path_of("shared") / "design/semantics.md").read_text("utf-8")
    paragraph = text[text.index("`cn-narrative` rows:") + len("`cn-narrative` rows:") :].split("\n")[0]
    assert sorted(named(paragraph)) == sorted(str(ref) for ref in form_of("cn-narrative").cells)


# -- relations ----------------------------------------------------------------------------------------------------

Kind = tuple[str, str, str]  # severity, sum with everything on one side, condition


def joined(parts: Iterable[str], operator: str, constant: int = 0) -> str:
    """A shape: signed cells in order, a constant and the operator, against 0."""
    tail = [f"{constant:+d}"] if constant else []
    return " ".join([*sorted(parts), *tail, "=" if operator == "=" else ">="])


def shape(equation: Equation) -> str:
    """An equation, however it is written."""
    weights, constant = weigh(equation.terms)
    sign = -1 if equation.operator == "<=" else 1
    words = {"now": "", "previous": "previous ", "children": "children "}
    parts = (f"{sign * factor:+d} {words[when]}{cell}" for (cell, when), factor in weights.items())
    return joined(parts, equation.operator, sign * constant)


def within(form: Form) -> dict[str, str]:
    """The relations of a form, roll-ups apart: shape and severity."""
    found: dict[str, str] = {}
    for equation in form.equations:
        if not equation.reaches("children"):
            condition = f" when {equation.condition}" if equation.condition else ""
            key = shape(equation) + condition
            assert key not in found, f"{equation.relation} says what another relation says"
            found[key] = str(equation.severity)
    return found


def read(text: str, names: dict[str, str]) -> str:
    """The shape of a relation in official numbers: ``3.1 = 3.1.1 + 3.1.2``."""
    left, operator, right = re.split(r" (=|<=|>=) ", text)
    sign = -1 if operator == "<=" else 1
    parts, constant = [], 0
    for side, factor in ((left, 1), (right, -1)):
        for part in side.split(" + "):
            if part in names:
                parts.append(f"{sign * factor:+d} {names[part]}")
            else:
                constant += factor * int(part)
    return joined(parts, operator, sign * constant)


RELATIONS_2014 = {
    "3.1 = 3.1.1 + 3.1.2 + 3.1.3 + 3.1.4": "error",
    "3.2 = 3.2.1 + 3.2.2": "error",
    "3.3 = 3.3.1 + 3.3.2 + 3.3.3 + 3.3.4 + 3.3.5 + 3.3.6 + 3.3.7 + 3.3.8": "error",
    "3.3.4 = 3.3.4.a + 3.3.4.b + 3.3.4.c + 3.3.4.d + 3.3.4.e + 3.3.4.f": "warning",
    "4 >= 4.1 + 4.2 + 4.3": "error",
    "5 >= 5.1 + 5.2 + 5.3": "error",
    "4 = 4.1 + 4.2 + 4.3": "warning",
    "5 = 5.1 + 5.2 + 5.3": "warning",
    "8.3 = 8.3.1 + 8.3.2": "error",
    "1.2.1 + 1.2.2 + 1.2.3 + 1.2.4 + 1.2.5 >= 1.1": "error",
    "1.2.1 <= 1.1": "error",
    "1.2.2 <= 1.1": "error",
    "1.2.3 <= 1.1": "warning",
    "1.2.4 <= 1.1": "warning",
    "1.2.5 <= 1.1": "warning",
    "1.1.a <= 1.1": "error",
    "1.1.a <= 1.1.b": "warning",
    "2.2.1.a <= 2.2.1": "error",
    "2.2.2.a <= 2.2.2": "error",
    "2.2.1 + 2.2.2 + 2.2.4 + 2.2.5 >= 2.1": "warning",
    "3.2 <= 3.1": "warning",
    "3.3 = 3.2": "warning",
}


def test_every_relation_of_2014_with_its_kind() -> None:
    form = form_of("cn-2014")
    names = dict(zip(NUMBERS, map(str, form.cells), strict=True))
    wanted = {read(text, names): severity for text, severity in RELATIONS_2014.items()}
    wanted[read("3.1 >= 1", names) + " when fee.total > 0"] = "warning"
    wanted[read("9.2 >= 1", names) + " when training.people > 0"] = "warning"
    assert within(form) == wanted


def requests_of(other: Iterable[str]) -> dict[str, str]:
    """R1-R4 and R6 with their kinds."""
    wanted: dict[str, str] = {}
    details = [f"requests.{row}" for row in (*DECIDED, *other)]
    for column in APPLICANTS:
        cell = {row: f"{row}.{column}" for row in request_rows(other)}
        new, carried_in, out = (cell[f"requests.{row}"] for row in ("new", "carried_in", "carried_out"))
        total = cell["requests.outcome.total"]
        wanted[joined([f"+1 {new}", f"+1 {carried_in}", f"-1 {total}", f"-1 {out}"], "=")] = "error"
        wanted[joined([f"+1 {total}", *(f"-1 {cell[row]}" for row in details)], "=")] = "error"
        carry = joined([f"+1 {carried_in}", f"-1 previous {out}"], "=")
        wanted[carry] = "error" if column == "total" else "warning"
    for row in request_rows(other):
        wanted[added(row, APPLICANTS)] = "error"
    for row in ("review", "lawsuit.direct", "lawsuit.after_review"):
        wanted[added(row, RESULTS)] = "error"
    return wanted


def added(row: str, columns: Iterable[str]) -> str:
    *parts, total = columns
    return joined([f"+1 {row}.{total}", *(f"-1 {row}.{part}" for part in parts)], "=")


def test_every_relation_of_2021_with_its_kind() -> None:
    wanted = requests_of(OTHER_2021)
    for row in ("art20.regulations", "art20.normative"):
        made, repealed, stock = (f"{row}.{column}" for column in ("made", "repealed", "in_force"))
        wanted[joined([f"+1 {stock}", f"-1 previous {stock}", f"-1 {made}", f"+1 {repealed}"], "=")] = "warning"
        wanted[joined([f"+1 {stock}", f"-1 {made}", f"+1 {repealed}"], ">=")] = "warning"
    assert within(form_of("cn-2021")) == wanted
    assert len(wanted) == 7 + 7 + 25 + 3 + 7 + 2 + 2


def test_every_relation_of_2019_with_its_kind() -> None:
    wanted = requests_of(["other"])
    for row in ("art20.regulations", "art20.normative"):
        made, public, total = (f"{row}.{column}" for column in ("made", "published", "public_total"))
        wanted[joined([f"+1 {total}", f"-1 {public}"], ">=")] = "error"
        wanted[joined([f"+1 {made}", f"-1 {public}"], ">=")] = "warning"
        wanted[joined([f"+1 {total}", f"-1 previous {total}", f"-1 {public}"], "=")] = "warning"
    for row in ("licences", "other_services", "penalties", "coercion", "fees"):
        prior, change = (f"art20.{row}.{column}" for column in ("prior", "change"))
        wanted[joined([f"+1 {prior}", f"-1 previous {prior}", f"-1 previous {change}"], "=")] = "error"
    assert within(form_of("cn-2019")) == wanted
    assert len(wanted) == 7 + 7 + 23 + 3 + 7 + 6 + 5


# Figures that are no sum of the levels below: stocks of documents and items that several levels may count.
NOT_ADDED = {
    "cn-2019": cells(["art20.regulations", "art20.normative"], ["public_total"])
    + cells(["art20.licences", "art20.other_services", "art20.penalties", "art20.coercion"], ["prior", "change"])
    + cells(["art20.fees"], ["prior", "change"]),
    "cn-2021": cells(["art20.regulations", "art20.normative"], ["in_force"]),
}
HEADLINES_2014 = ["disclosure", "requests.received", "requests.answered", "review", "lawsuit"]


def test_r12_additive_figures_are_compared_with_the_levels_below_as_a_warning() -> None:
    for name in ("cn-2014", "cn-2019", "cn-2021"):
        form = form_of(name)
        compared = [e for e in form.equations if e.reaches("children")]
        assert {e.severity for e in compared} == {Severity.WARNING}
        for equation in compared:
            (own,), (below,) = equation.left, equation.right
            assert (own.ref, own.when, below.ref, below.when) == (own.ref, "now", own.ref, "children")
        covered = [str(e.left[0].ref) for e in compared]
        assert len(set(covered)) == len(covered)
        if name in NOT_ADDED:
            assert {str(ref) for ref in form.cells} - set(covered) == set(NOT_ADDED[name])
        else:
            assert set(covered) >= {f"{row}.total" for row in HEADLINES_2014}


def test_every_relation_says_why() -> None:
    for form in FORMS.forms.values():
        assert [r.id for r in form.relations if not r.because] == []
        assert len({r.id for r in form.relations}) == len(form.relations)


# -- crosswalk ----------------------------------------------------------------------------------------------------


def test_the_built_in_forms_and_their_crosswalk_load_without_a_finding() -> None:
    assert LOADED.diagnostics == ()
    assert list(FORMS.forms) == ["cn-2014", "cn-2019", "cn-2021", "cn-narrative"]


def test_only_requests_reviews_and_decisions_continue_from_2019_to_2021() -> None:
    shared = [row for row in request_rows([]) if row != "requests.other"]
    wanted = {
        *cells(shared, APPLICANTS),
        *cells(["review", "lawsuit.direct", "lawsuit.after_review"], RESULTS),
        *cells(["art20.licences", "art20.penalties", "art20.coercion"], ["decided"]),
    }
    assert {(older, newer) for older, newer, _ in FORMS.crosswalk.same} == {("cn-2019", "cn-2021")}
    assert {str(cell) for _, _, cell in FORMS.crosswalk.same} == wanted
    made = CellRef("art20.normative", "made")
    assert made in form_of("cn-2019").cells
    assert made in form_of("cn-2021").cells
    assert FORMS.crosswalk.counterpart(made, "cn-2021", "cn-2019") is None
    assert FORMS.crosswalk.counterpart(made, "cn-2021", "cn-2021") == made
    assert FORMS.crosswalk.counterpart(CellRef("requests.new", "total"), "cn-2019", "cn-2021") is None


COMPARABLE = {
    "requests.new": "yes",
    "requests.decided": "roughly",
    "requests.granted": "roughly",
    "requests.partial": "yes",
    "requests.refused": "no",
    "requests.state_secret": "yes",
    "requests.not_held": "roughly",
    "requests.unclear": "roughly",
    "requests.redirected": "no",
    "review": "roughly",
    "lawsuit": "roughly",
    "normative.made": "roughly",
    "normative.valid": "no",
    "decisions.licences": "yes",
    "decisions.penalties": "yes",
    "decisions.coercion": "yes",
    "fees.administrative": "no",
}


def test_concepts_say_how_far_figures_of_two_forms_compare() -> None:
    concepts = {c.id: c for c in FORMS.crosswalk.concepts}
    assert len(concepts) == len(FORMS.crosswalk.concepts)
    assert {name: c.comparable for name, c in concepts.items()} == COMPARABLE
    for concept in concepts.values():
        assert len(concept.cells) >= 2
        for form, refs in concept.cells:
            assert refs
            assert set(refs) <= set(form_of(form).cells)
        assert concept.caveat or concept.comparable == "yes"


def parts(concept: Concept, form: str) -> list[str]:
    return [str(ref) for name, refs in concept.cells if name == form for ref in refs]


def test_what_concepts_add_up() -> None:
    concepts = {c.id: c for c in FORMS.crosswalk.concepts}
    assert parts(concepts["requests.granted"], "cn-2014") == [
        "requests.answered.already_public",
        "requests.answered.granted",
    ]
    for form in ("cn-2019", "cn-2021"):
        assert parts(concepts["requests.refused"], form) == [f"requests.denied.{name}.total" for name in DENIED]
        assert parts(concepts["lawsuit"], form) == ["lawsuit.direct.total", "lawsuit.after_review.total"]


# -- a form of the portal's own -----------------------------------------------------------------------------------


def local() -> Form:
    loaded = load_forms(ROOT)
    assert loaded.diagnostics == ()
    return loaded.value.forms["dingxi-2008"]


def test_the_local_example_is_data_like_the_national_forms() -> None:
    form = local()
    assert (form.status, form.family) == ("local", "cn-dingxi")
    (table,) = form.tables
    assert [c.id for c in table.columns] == ["current", "cumulative"]
    assert [r.number for r in table.indicators] == [f"{n:02d}" for n in range(1, 36)]
    assert len(form.cells) == 70


def test_the_relations_of_the_local_example_by_its_codes() -> None:
    form = local()
    code = {row.number: row.id for _, row in form.indicators()}
    wanted = {}
    for column in ("current", "cumulative"):
        names = {number.lstrip("0"): f"{row}.{column}" for number, row in code.items()}
        for text in (
            "2 <= 1",
            "10 = " + " + ".join(str(n) for n in range(11, 17)),
            "17 = 18 + 19 + 20",
            "20 = " + " + ".join(str(n) for n in range(21, 32)),
            "35 <= 34",
        ):
            wanted[read(text, names)] = "error"
    for row in code.values():
        names = {"year": f"{row}.cumulative", "now": f"{row}.current"}
        wanted[read("year >= now", names)] = "error"
    assert within(form) == wanted


@needs("shared")
def test_the_local_example_word_for_word() -> None:
    text = (path_of("shared") / "data/dingxi-stat-form-2008.txt").read_text("utf-8")
    plain = folded(text)
    for _, row in local().indicators():
        assert folded(row.label) in plain, row.label
    assert [folded(c.label) for c in local().tables[0].columns] == ["本期实际", "本年累计"]
