"""The parts of a workbook (Office Open XML, ECMA-376) around its sheets: names, styles, strings, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gxsite.render.archive import Archive
from gxsite.site.views import ExportLayout, ExportView, SheetView

# The line of a sheet that holds the heads of its columns; it stays in sight and on every printed page.
HEADS = 3
# Styles of cells, by their positions in styles.xml.
TITLE, NOTE, HEAD, TEXT, UNIT, SECTION, STUB = 1, 2, 3, 4, 5, 6, 7
DEEPEST = 5
# A whole number; with n places it is NUMBER + n. A spreadsheet holds no more digits.
NUMBER = STUB + DEEPEST + 1
MAX_EXACT = 15

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CREATED = "2000-01-01T00:00:00Z"  # of every workbook, so that equal reports give equal bytes

_MAX_TEXT = 32767
# What XML cannot hold is written _xHHHH_; so an underline that begins such a word is written so itself.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_MAX_NAME = 28


def text_xml(text: str) -> str:
    """A text as the content of an element or attribute."""
    return _UNSAFE.sub(lambda m: f"_x{ord(m[0]):04X}_", text).translate(_MARKUP)


def text_element(text: str) -> str:
    """``<t>``: the text of a cell, as long as a cell may be."""
    text = text[:_MAX_TEXT]
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{text_xml(text)}</t>"


class Strings:
    """The strings that sheets share: each is written once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number by which a cell names a string."""
        return self._known.setdefault(text, len(self._known))

    def xml(self) -> str:
        """The part that holds them."""
        return f'{XML}<sst xmlns="{MAIN}">{"".join(f"<si>{text_element(text)}</si>" for text in self._known)}</sst>'


def fixed_parts(layout: ExportLayout, strings: Strings) -> Archive:
    """The beginning of a workbook: all parts that do not depend on the report."""
    names = tuple(sheet_names(layout.sheets))
    parts = {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": strings.xml(),
    }
    return Archive().add((path, xml.encode("utf-8")) for path, xml in parts.items())


def properties(view: ExportView) -> str:
    """The part that says what the workbook is and whose."""
    author = text_xml(view.agency_name)
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text_xml(view.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:modified></cp:coreProperties>'
    )


def sheet_names(sheets: Sequence[SheetView]) -> Iterator[str]:
    """A name for each sheet that spreadsheets take: short, of allowed characters, no two alike."""
    taken: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        plain = f"表{number}"
        short = _cut(_NOT_IN_NAMES.sub("_", sheet.title), _MAX_NAME) or plain
        tries = (short, f"{_cut(short, _MAX_NAME - 3)} {number}", plain, *(f"{plain} {n}" for n in range(len(sheets))))
        name = next(name for name in tries if name.casefold() not in taken)
        taken.add(name.casefold())
        yield name


def _cut(name: str, units: int) -> str:
    """The beginning of a name, measured as spreadsheets do (in UTF-16); no apostrophe may stand at its ends."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip("' ")


def _content_types(sheets: int) -> str:
    kinds = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    parts = {f"/xl/{name}.xml": f"{_TYPE}.{kind}+xml" for name, kind in kinds.items()}
    parts |= {f"/xl/worksheets/sheet{n}.xml": f"{_TYPE}.worksheet+xml" for n in range(1, sheets + 1)}
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = (f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    inner = (f'<Relationship Id="rId{n}" Type="{t}" Target="{to}"/>' for n, (t, to) in enumerate(targets, 1))
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(inner)}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    """The list of sheets, and which of their lines stands on every printed page."""
    sheets, titles = "", ""
    for number, name in enumerate(name.translate(_MARKUP) for name in names):
        quoted = "'" + name.replace("'", "''") + "'"
        sheets += f'<sheet name="{name}" sheetId="{number + 1}" r:id="rId{number + 1}"/>'
        titles += f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">'
        titles += f"{quoted}!${HEADS}:${HEADS}</definedName>"
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{titles}</definedNames></workbook>"
    )


def _styles() -> str:
    """The looks of cells, in the order of the constants above; number format 163 + n has n places."""
    font = '<font>{}<sz val="{}"/>{}<name val="Calibri"/><family val="2"/></font>'
    fonts = (("", 11, ""), ("<b/>", 14, ""), ("", 11, '<color rgb="FF555555"/>'), ("<b/>", 11, ""))
    formats = (f'<numFmt numFmtId="{163 + places}" formatCode="0.{"0" * places}"/>' for places in range(1, MAX_EXACT))
    sides = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
    looks = tuple(_looks())
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="{MAX_EXACT - 1}">{"".join(formats)}</numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(font.format(*each) for each in fonts)}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{sides}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{"".join(looks)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _looks() -> Iterator[str]:
    """Cells without a style, then title, note, head, text, unit, section, stubs by depth, numbers by places."""
    middle, wrapped, bold = 'vertical="center"', 'vertical="center" wrapText="1"', 3
    yield from (_look(), _look(font=1), _look(font=2))
    yield _look(f'horizontal="center" {wrapped}', font=bold)
    yield _look(f'horizontal="right" {middle}')
    yield _look(f'horizontal="center" {middle}')
    yield _look(wrapped, font=bold)
    yield _look(wrapped)
    yield from (_look(f'horizontal="left" {wrapped} indent="{depth}"') for depth in range(1, DEEPEST + 1))
    # As many places as were printed: 12.50 stays 12.50. Number format 1 is "0".
    yield _look(middle, number=1)
    yield from (_look(middle, number=163 + places) for places in range(1, MAX_EXACT))


def _look(alignment: str = "", *, font: int = 0, number: int = 0) -> str:
    """A look; cells with an alignment are those of the table, which have a frame."""
    applied = "".join(
        f' apply{what}="1"'
        for what, is_so in (("NumberFormat", number), ("Font", font), ("Border", alignment), ("Alignment", alignment))
        if is_so
    )
    inner = f"><alignment {alignment}/></xf>" if alignment else "/>"
    framed = 1 if alignment else 0
    return f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="{framed}" xfId="0"{applied}{inner}'
