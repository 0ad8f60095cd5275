"""Writes those pages of the manual that repeat what the code says: ``python -m docs.generate``, from the top folder.

docs/codes.md from the catalogue of findings, docs/forms/ID.md from the built-in forms, docs/views.md from the views
that templates are given; and the output of the examples in the other pages (docs/transcripts.py).
"""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from docs.transcripts import refreshed
from docs.words import FIELDS, PARTS, TEMPLATES
from gxsite.base.catalogue import ENTRIES
from gxsite.base.catalogue.entry import Entry, Words
from gxsite.engine.load import load_forms
from gxsite.model.form import Form, Relation, Row, Table, cell_type
from gxsite.render.body import Heading, Html
from gxsite.site import views

DOCS = Path(__file__).parent
MARK = "<!-- 由 docs/generate.py 生成，请勿手改 -->"
FAMILIES = {
    "GX1": ("文件写法", "Syntax and limits"),
    "GX2": ("表样和填报的值", "Forms and values"),
    "GX3": ("勾稽关系和豁免", "Relations and waivers"),
    "GX4": ("日期和公布期限", "Dates and filing"),
    "GX5": ("正文引用的数字", "Figures quoted in the body"),
    "GX6": ("正文的文字", "Text of the body"),
    "GX7": ("隐私", "Privacy"),
    "GX8": ("机构、链接和网页地址", "Site and links"),
    "GX9": ("门户配置和版式", "Configuration and themes"),
}
SEVERITY = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}
_MARKED = re.compile(r"([\\`*_\[\]|<>&{}])")
_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "{": "&#123;", "}": "&#125;", "|": "&#124;"}


def plain(text: str) -> str:
    """A text that Markdown prints as it is."""
    return _MARKED.sub(lambda m: _HTML.get(m[1], f"\\{m[1]}"), text)


def sentence(template: str) -> str:
    """A sentence of the catalogue with the places of its facts left visible."""
    return plain(template.replace("{{", "{").replace("}}", "}"))


def generated() -> dict[Path, str]:
    """The whole text of every generated page."""
    forms = load_forms(None).value.forms.values()
    pages = {DOCS / "forms" / f"{form.id}.md": "".join(codebook(form)) for form in forms}
    return {DOCS / "codes.md": "".join(codes()), DOCS / "views.md": "".join(view_names()), **pages}


def written_by_hand() -> list[Path]:
    """The other pages."""
    return [path for path in sorted(DOCS.rglob("*.md")) if MARK not in path.read_text("utf-8")]


def codes() -> Iterator[str]:
    """docs/codes.md: every code in Chinese and English."""
    yield (
        f"# 代码\n\n{MARK}\n\n"
        "每个问题都有一个代码，代码的含义永不改变。`gxsite explain 代码` 显示同样的说明。"
        "花括号处在实际输出中换成具体内容。**可以豁免**的，报告单位可以写明理由（见[语义](semantics.md)）。\n\n"
        "*Every finding has a code, which never changes its meaning. Words in braces are replaced by facts.*\n"
    )
    for family, (zh, en) in FAMILIES.items():
        entries = [entry for code, entry in ENTRIES.items() if code.startswith(family)]
        if entries:
            yield f"\n## {family} {zh} {en} {{ #{family} }}\n"
        for entry in entries:
            yield from _code(entry)


def _code(entry: Entry) -> Iterator[str]:
    zh, en = SEVERITY[entry.severity]
    yield f"\n### {entry.code} {plain(entry.zh.title)} {{ #{entry.code} }}\n\n"
    yield f"**{zh}，{entry.may[0]}**\n\n"
    yield from _said(entry.zh, "办法：")
    yield "\n"
    yield f"*English: **{plain(entry.en.title)}*** ({en}, {entry.may[1]})\n\n"
    yield from _said(entry.en, "Way out: ")


def _said(words: Words, way_out: str) -> Iterator[str]:
    yield f"> {sentence(words.message)}\n\n{plain(words.about)}\n\n"
    yield "".join(f"- {way_out}{sentence(line)}\n" for line in words.help)


def codebook(form: Form) -> Iterator[str]:
    """docs/forms/ID.md: the rows, columns and relations of a form."""
    yield (
        f"# {form.id} {plain(form.title)}\n\n{MARK}\n\n"
        f"- 适用年度 Years: {form.years_text}\n"
        f"- 系列 Family: `{form.family}`（{'全国 national' if form.status == 'national' else '地方 local'}）\n"
        f"- 依据 Basis: {plain(form.basis) or '—'}\n"
        f"- 数值格 Cells: {len(form.cells)}\n"
        f"- 自设指标 Rows of a report's own: {'可以 allowed' if form.extra else '不可以 not allowed'}\n\n"
        "代号写在报告的 `table` 里。类型一栏：整数不能是负数，除非注明“可负”。\n\n"
        "*The ids go into `table` of a report. Types: 整数 whole number, 小数 decimal; 可负 may be negative.*\n"
    )
    for table in form.tables:
        yield from _table(table)
    yield "\n## 勾稽关系 Relations\n\n"
    yield "“错误”必须成立；“警告”一般成立，确有原因的可以写明理由豁免。\n\n"
    yield "“Errors” must hold; “warnings” usually do and can be waived with a reason.\n\n"
    yield "".join(_relation(form, relation) for relation in form.relations)


def _table(table: Table) -> Iterator[str]:
    yield f"\n## {plain(f'{table.number} {table.title}'.strip()) or '统计表'}\n\n"
    if any(column.id for column in table.columns):
        yield "| 列 Column | 名称 Label | 单位 Unit |\n| --- | --- | --- |\n"
        for column in table.columns:
            yield f"| `{column.id}` | {plain(' / '.join((*column.heads, column.label)))} | {plain(column.unit)} |\n"
        yield "\n"
    yield "| 代号 Id | 指标 Label | 单位 Unit | 类型 Type |\n| --- | --- | --- | --- |\n"
    yield "".join(_row(table, row) for row in table.rows)


def _row(table: Table, row: Row) -> str:
    label = f"{'&emsp;' * row.depth}{plain(row.name + row.note)}"
    if row.kind != "indicator":
        return f"| `{row.id}` | {label} | | |\n"
    kinds = dict.fromkeys(cell_type(row, column) for column in table.columns)
    words = ((f"小数，{k.places} 位" if k.places else "整数") + ("，可负" if k.signed else "") for k in kinds)
    required = "，必填" if row.required else ""
    return f"| `{row.id}` | {label} | {plain(row.unit)} | {' / '.join(words)}{required} |\n"


def _relation(form: Form, relation: Relation) -> str:
    first = relation.equations[0]
    words = _severities(relation)
    if first.instance:
        words += "，逐行 for each row" if first.instance in form.rows else "，逐列 for each column"
    if first.condition:
        words += f"；当 when `{first.condition}`"
    return f"- **`{relation.id}`** {words}<br>`{relation.rule}`<br>{plain(relation.because)}\n"


def _severities(relation: Relation) -> str:
    """One severity, or those of the columns where they differ."""
    columns: dict[str, list[str]] = {}
    for equation in relation.equations:
        columns.setdefault(" ".join(SEVERITY[equation.severity]), []).append(equation.instance)
    if len(columns) == 1:
        return next(iter(columns))
    return "；".join(f"{words}: {', '.join(f'`{name}`' for name in names)}" for words, names in columns.items())


def view_classes() -> dict[str, type]:
    """Every class that a template or download is given, in the order of the source."""
    found = {n: c for n, c in vars(views).items() if inspect.isclass(c) and c.__module__ == views.__name__}
    return {**found, "Html": Html, "Heading": Heading}


def view_names() -> Iterator[str]:
    """docs/views.md: every name that a template may use. LookupError: docs/words.py does not say what one means."""
    known = {name: {field for field, _ in _annotations(cls)} for name, cls in view_classes().items()}
    if known.keys() != PARTS.keys() or known != {name: set(FIELDS.get(name, ())) for name in known}:
        wrong = [f"{n}.{f}" for n in known for f in sorted(known[n] ^ set(FIELDS.get(n, ())))]
        raise LookupError(f"docs/words.py differs: {', '.join([*wrong, *sorted(known.keys() ^ PARTS.keys())])}")
    yield (
        f"# 模板能用的名字\n\n{MARK}\n\n"
        "版式的模板只能使用下面这些名字，写错的名字报 [GX905](codes.md#GX905)。怎样做版式见[版式](themes.md)。\n\n"
        "*The names that templates may use; anything else is an error. `?` may be None, `[…]` is a list.*\n\n"
        "## 模板和视图 Templates\n\n| 模板 Template | `view` | `body` |\n| --- | --- | --- |\n"
    )
    for name, (view, body) in TEMPLATES.items():
        yield f"| `{name}.html` | {_link(view)} | {_link('Html') if body else '—'} |\n"
    yield f"\n每个模板另有 `site`（{_link('SiteView')}）和 `page`（{_link('PageView')}）。\n"
    for name, cls in view_classes().items():
        yield f"\n## {name} {{ #{name} }}\n\n{PARTS[name]}。\n\n| 名字 Name | 类型 Type | 含义 |\n| --- | --- | --- |\n"
        yield "".join(f"| `{f}` | {_type(t)} | {FIELDS[name][f]} |\n" for f, t in _annotations(cls))


def _annotations(cls: type) -> Iterable[tuple[str, str]]:
    return ((name, str(getattr(t, "__forward_arg__", t))) for name, t in inspect.get_annotations(cls).items())


def _type(annotation: str) -> str:
    """``tuple[LinkView, ...]`` as ``[LinkView]``, with links to the classes."""
    text = re.sub(r"^tuple\[(.*), \.\.\.\]$", r"[\1]", annotation)
    text = re.sub(r"tuple\[(.*), \.\.\.\]", r"[\1]", text)
    text = re.sub(r"tuple\[([^\[\]]*)\]", r"(\1)", text).replace(" | None", "?")
    return re.sub(r"\w+", lambda m: _link(m[0]) if m[0] in view_classes() else m[0], plain(text))


def _link(name: str) -> str:
    return f"[{name}](#{name})"


def main() -> None:
    """Write what has changed."""
    pages = generated()
    pages |= {path: refreshed(path.read_text("utf-8")) for path in written_by_hand()}
    for path, text in pages.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
