"""GX51: what the body says in words against the table. All of it advice: a false alarm is worse than a miss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import Diagnostic, Fact, Place, Span
from gxsite.model.agency import Agency
from gxsite.model.cells import Status
from gxsite.model.form import CellRef, Form, Phrasing
from gxsite.model.report import Body, Report

# One character for one, so that offsets stay: full-width signs, digits and letters.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})"
_LINK = r"(?:案件|申请)?(?:数量|件数|总数|总量|数)?的?:?(?:共计|合计|总计|共|了|到|为|是|有|计)*[ *]*"
# Behind the figure the clause ends, or names what is counted in the words of the form.
_BEHIND = r" *\**(?=[,;、。()!?\s]|$|政府信息公开申请|信息公开申请|申请(?:[,;、。()]|$))"
_PERCENT = r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?)%(?!左右|上下|以上|以内|多)"
_SHARES = (
    re.compile(rf"(?<![0-9.,])(?P<part>{_NUMBER})件[,(]?占[^,。;:0-9%]{{0,12}}(?P<whole>{_NUMBER})件的{_PERCENT}"),
    re.compile(
        rf"(?<![0-9.,])(?P<whole>{_NUMBER})件[^,。;:0-9%]{{0,8}}中,?[^,。;:0-9%]{{0,16}}(?<![近约超逾])"
        rf"(?P<part>{_NUMBER})件[,(]?占比?为?{_PERCENT}"
    ),
)

# Another scope than the year and the agency of the table, wherever the sentence says so, or only in front.
_PERIOD = re.compile(r"(?:自|从)?1月1日(?:起)?(?:至|到|-|—)+12月31日|截[至止]12月(?:31日|底)")
_ELSEWHERE = re.compile(r"累计|以来|历年|季度|半年|月|备案|近[0-9一二三四五六七八九十两]+年")
_NARROWED = re.compile(
    r"其中|占比|%|(?:去年|上一?年)(?!度?结转)|同期|自然人|法人|企业|本级|镇|乡|街道|(?<![我本])(?:[局委厅]|部门|单位)"
    r"|网|平台|信函|邮|当面|现场|渠道|涉|包括|含|预计|目标|审理|受理|审结|承办"
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
_JOINED = re.compile(r"[不未非应拟可和及与或者并]$|(?<![件项宗)*])[、/]$")

_A_SHARE = re.compile("[%％]")
_ITEM_SIZE = 16  # characters that a mark of a list and its number are looked for in
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|[0-9]+[.)])\s")
_DIGIT = re.compile(r"[0-9]")
_SENTENCE = re.compile(r"[^。!?]+")
_FEE = re.compile(r"信息(?:公开)?处理费")
_FEE_SINCE = 2021


class _Sentence(NamedTuple):
    """A sentence in folded characters, where it begins in the body, and the heading and lead-in it stands under."""

    text: str
    start: int
    heading: str
    lead: str
    paragraph: str


def check_narrative(report: Report, form: Form, agency: Agency) -> Iterator[Diagnostic]:
    """What the prose says otherwise than the table or not at all, and regulations of those who cannot make any."""
    if report.damaged:
        return
    yield from _contradictions(report, form, agency)
    yield from _shares(report)
    yield from _fee_statement(report, form)
    yield from _regulations(report, form, agency)


# -- GX510: a figure behind the words of a cell -------------------------------------------------------------------


def _contradictions(report: Report, form: Form, agency: Agency) -> Iterator[Diagnostic]:
    patterns = {p.text.translate(_FOLD): p for p in form.phrases}
    if not patterns:
        return
    words = "|".join(re.escape(text) for text in sorted(patterns, key=len, reverse=True))
    units = "|".join(sorted({"件", "项", "宗"} | {_unit(form, p.cell) for p in form.phrases} - {""}))
    pattern = re.compile(rf"(?P<words>{words}){_LINK}(?P<figure>{_NUMBER})[ *]*(?:{units}){_BEHIND}")
    own = sorted({agency.name.translate(_FOLD), agency.short.translate(_FOLD)} - {""}, key=len, reverse=True)
    for sentence in _sentences(report.body, _any_of(form.phrases)):
        for match in pattern.finditer(sentence.text):
            phrasing = patterns[match["words"]]
            if _speaks_of_the_table(sentence, match, phrasing, report.year, own):
                yield from _compare(report, form, phrasing, match, sentence.start)


def _speaks_of_the_table(
    sentence: _Sentence, match: re.Match[str], phrasing: Phrasing, year: int, own: list[str]
) -> bool:
    """Whether a figure is plainly that of the agency and the year."""
    if phrasing.near not in sentence.heading + sentence.paragraph + sentence.lead:
        return False
    before = sentence.text[: match.start()]
    around = f"{sentence.heading} {sentence.lead} {before} {sentence.text[match.end() :]}"
    if _JOINED.search(before) or _ELSEWHERE.search(_PERIOD.sub("", around)):
        return False
    if any(int(y) != year for y in _YEAR.findall(around)):
        return False
    front = f"{sentence.heading} {sentence.lead} {before}"
    for name in own:
        front = front.replace(name, "")
    return not _NARROWED.search(front)


def _compare(report: Report, form: Form, phrasing: Phrasing, match: re.Match[str], start: int) -> Iterator[Diagnostic]:
    figures = [_exact(report, ref) for ref in (phrasing.cell, *phrasing.plus)]
    if any(figure is None for figure in figures):
        return
    value = figures[0] or Decimal(0)
    said = _decimal(match["figure"])
    if said in (value, sum((f for f in figures if f is not None), Decimal(0))):
        return
    table, row, column = form.cells[phrasing.cell]
    label = f"{row.label}（{column.label}）" if len(table.columns) > 1 else row.label
    place = _place(report, start + match.start("figure"), start + match.end("figure"))
    expect = f"{said} ≠ {value}"
    facts: dict[str, Fact] = {"words": match["words"], "said": str(said), "label": label, "value": str(value)}
    yield _found("GX510", place, str(phrasing.cell), expect, **facts)


def _unit(form: Form, ref: CellRef) -> str:
    _, row, column = form.cells[ref]
    return re.escape(column.unit or row.unit)


def _exact(report: Report, ref: CellRef) -> Decimal | None:
    """The figure of a cell; None if it has none or is not exact."""
    cell = report.cell.get(ref)
    if cell is None or cell.status is not Status.REPORTED or not cell.interval.exact:
        return None
    return cell.interval.low


# -- GX511: percentages -------------------------------------------------------------------------------------------


def _shares(report: Report) -> Iterator[Diagnostic]:
    """Percentages beside their two figures that are not their quotient at the printed precision."""
    for sentence in _sentences(report.body, _A_SHARE):
        for match in (m for pattern in _SHARES for m in pattern.finditer(sentence.text)):
            part, whole, share = (_decimal(match[name]) for name in ("part", "whole", "share"))
            if not whole:
                continue
            unit = Decimal(1).scaleb(-len(match["share"].partition(".")[2]))
            true = [(part * 100 / whole).quantize(unit, rounding) for rounding in ("ROUND_HALF_UP", "ROUND_HALF_EVEN")]
            if share in true:
                continue
            place = _place(report, sentence.start + match.start("share"), sentence.start + match.end("share") + 1)
            expect = f"{share}% ≠ {true[0]}%"
            facts = {"part": str(part), "whole": str(whole), "said": f"{share}%", "value": f"{true[0]}%"}
            yield _found("GX511", place, "", expect, **facts)


# -- GX512 and GX513: what must be said, what cannot be -----------------------------------------------------------


def _fee_statement(report: Report, form: Form) -> Iterator[Diagnostic]:
    """A published report that says nothing of fees for processing information; a body elsewhere is not judged."""
    text = report.body.text
    due = form.fee_statement and report.year >= _FEE_SINCE and report.published and not report.withdrawn
    if due and text.strip() and not _FEE.search("".join(text.split())):
        lines = [m for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
        line = next((m for m in lines if m[0].startswith("#") and "其他需要报告" in m[0]), lines[-1])
        yield diagnose("GX512", _place(report, line.start(), line.end()), year=report.year)


def _regulations(report: Report, form: Form, agency: Agency) -> Iterator[Diagnostic]:
    """Regulations of a county or township: they have no power to make any."""
    if agency.level not in ("county", "township") and agency.kind != "township":
        return
    rows = {row.id for _, row in form.indicators() if row.regulations}
    for ref in (ref for ref in form.cells if ref.indicator in rows):
        value, span = _exact(report, ref), report.cell[ref].span
        if value and value > 0 and span:
            table, row, column = form.cells[ref]
            label = f"{row.label}（{column.label}）" if len(table.columns) > 1 else row.label
            place = Place(report.path, span)
            yield _found("GX513", place, str(ref), f"{value} > 0", label=label, value=str(value))
            return


# -- sentences and places -----------------------------------------------------------------------------------------


def _sentences(body: Body, wanted: re.Pattern[str]) -> Iterator[_Sentence]:
    """The sentences with a figure in paragraphs that hold what is wanted.

    Tables, code and comments are left out, and so are paragraphs that hold code. Only what is looked at is folded:
    that takes longer than all the rest.
    """
    heading = lead = ""
    if not any(map(partial(_is_prose, body.text), wanted.finditer(body.text))):
        return
    for start, raw in _paragraphs(body.text):
        if raw.startswith(("#", "＃")):
            heading, lead = raw, ""
            continue
        if not _ITEM.match(raw[:_ITEM_SIZE].translate(_FOLD)):
            lead = raw if raw.rstrip().endswith((":", "：")) else ""
        if not wanted.search(raw):
            continue
        text = raw.translate(_FOLD)
        if "`" in text or "<!--" in text:
            continue
        above, before = heading.translate(_FOLD), "" if lead == raw else lead.translate(_FOLD)
        for match in filter(_has_figure, _SENTENCE.finditer(text)):
            yield _Sentence(match[0], start + match.start(), above, before, text)


@lru_cache(16)
def _any_of(phrases: tuple[Phrasing, ...]) -> re.Pattern[str]:
    """Any of the wordings, in characters of whatever width."""
    unfolded = {narrow: chr(wide) for wide, narrow in _FOLD.items()}
    words = {"".join(f"[{re.escape(c)}{unfolded.get(ord(c), '')}]" for c in p.text.translate(_FOLD)) for p in phrases}
    return re.compile("|".join(sorted(words)))


def _is_prose(text: str, found: re.Match[str]) -> bool:
    """Whether something that was found does not stand in the row of a table."""
    return not text.startswith("|", text.rfind("\n", 0, found.start()) + 1)


def _has_figure(sentence: re.Match[str]) -> bool:
    return _DIGIT.search(sentence[0]) is not None


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, headings and items of lists, each with its offset."""
    offset, start, block = 0, 0, ""
    for line in (*text.split("\n"), ""):
        apart = not line.strip() or line.startswith(("#", "|", "    ", "\t"))
        if block and (apart or _ITEM.match(line)):
            yield start, block
            block = ""
        if line.startswith("#"):
            yield offset, line
        elif not apart:
            block, start = (f"{block}\n{line}", start) if block else (line, offset)
        offset += len(line) + 1


def _place(report: Report, start: int, end: int) -> Place:
    """The place in the file of some characters on one line of the body."""
    above = report.body.text[:start]
    line = report.body.first + above.count("\n")
    column = start - (above.rfind("\n") + 1) + 1
    return Place(report.path, Span(line, column, line, column + end - start))


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _found(code: str, place: Place, cell: str, expect: str, **facts: Fact) -> Diagnostic:
    known: dict[str, Fact] = {"cell": cell} if cell else {}
    found = diagnose(code, place, expect=expect, **known, **facts)
    return replace(found, expect=expect, cells=(cell,) if cell else ())
