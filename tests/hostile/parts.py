"""A workbook as its parts, so that each of them can be wrong: XML by hand, put into a zip."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEAD = ("Họ và tên", "Giới tính", "Ngày sinh")
PERSON = ("Nguyễn Văn Thử", "Nam", "12/05/1980")


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def text_cell(place: str, text: str) -> str:
    """A cell with its text in itself; control characters as they are, for the reader to mind."""
    where = f' r="{place}"' if place else ""
    return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number_cell(place: str, value: str, more: str = "") -> str:
    return f'<c r="{place}"{more}><v>{value}</v></c>'


def row(number: int, texts: Sequence[str]) -> str:
    cells = (text_cell(f"{letters(n)}{number}", t) for n, t in enumerate(texts, 1) if t)
    return f'<row r="{number}">{"".join(cells)}</row>'


def rows(*lines: Sequence[str]) -> str:
    """Rows one under another from the first, each a list of texts."""
    return "".join(row(number, line) for number, line in enumerate(lines, start=1))


def sheet(data: str, before: str = "", after: str = "") -> str:
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}" xmlns:r="{_REL}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def people(*lines: Sequence[str]) -> str:
    """A sheet with the usual head and these lines."""
    return sheet(rows(HEAD, *lines))


def with_cell(cell: str) -> str:
    """A sheet whose second row has a person and, as the fourth cell, this one."""
    texts = "".join(text_cell(f"{letters(n)}2", text) for n, text in enumerate(PERSON, 1))
    return sheet(f'{row(1, [*HEAD, "Ghi chú"])}<row r="2">{texts}{cell}</row>')


_OVERRIDE = '<Override PartName="{}" ContentType="{}"/>'


def content_types(book_kind: str = f"{_KIND}.sheet.main+xml", more: str = "") -> str:
    return (
        f'{DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{_OVERRIDE.format('/xl/workbook.xml', book_kind)}"
        f"{_OVERRIDE.format('/xl/worksheets/sheet1.xml', f'{_KIND}.worksheet+xml')}"
        f"{_OVERRIDE.format('/xl/styles.xml', f'{_KIND}.styles+xml')}"
        f"{_OVERRIDE.format('/xl/sharedStrings.xml', f'{_KIND}.sharedStrings+xml')}{more}</Types>"
    )


def workbook(sheets: Sequence[tuple[str, str]] = (("Hồ sơ", ""),), more: str = "") -> str:
    """`sheets`: (name, further attributes); all of them stand in part 1, 2 …"""
    named = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"{extra}/>'
        for n, (name, extra) in enumerate(sheets, start=1)
    )
    return (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{_REL}">{more}<sheets>{named}</sheets>'
        "</workbook>"
    )


def relations(count: int = 1) -> str:
    kinds = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    kinds += [("rId90", "styles", "styles.xml"), ("rId91", "sharedStrings", "sharedStrings.xml")]
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{target}"/>'
        for key, kind, target in kinds
    )
    return f'{DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


ROOT_RELATIONS = (
    f'{DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
STYLES = (
    f'{DECLARED}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/>'
    '<name val="Arial"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)
STRINGS = f'{DECLARED}<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>một</t></si></sst>'

Parts = dict[str, str | bytes]


def parts(sheet_xml: str | bytes | None = None, **named: str | bytes) -> Parts:
    """The parts of a sound workbook of one sheet; `named` (types, workbook, relations, styles,
    strings) stand for the usual ones."""
    return {
        "[Content_Types].xml": named.get("types", content_types()),
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": named.get("workbook", workbook()),
        "xl/_rels/workbook.xml.rels": named.get("relations", relations()),
        "xl/styles.xml": named.get("styles", STYLES),
        "xl/sharedStrings.xml": named.get("strings", STRINGS),
        "xl/worksheets/sheet1.xml": people(PERSON) if sheet_xml is None else sheet_xml,
    }


def zipped(content: Mapping[str, str | bytes], level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def book(sheet_xml: str | bytes | None = None, **named: str | bytes) -> bytes:
    """The file of a workbook of one sheet, with whatever is wrong in it."""
    return zipped(parts(sheet_xml, **named))


def book_of(sheets: Sequence[tuple[str, str, str]]) -> bytes:
    """The file of a workbook of several sheets: (name, further attributes, XML)."""
    kind = f"{_KIND}.worksheet+xml"
    more = "".join(
        _OVERRIDE.format(f"/xl/worksheets/sheet{n}.xml", kind) for n in range(2, len(sheets) + 1)
    )
    content = parts(
        sheets[0][2],
        types=content_types(more=more),
        workbook=workbook([(name, extra) for name, extra, _ in sheets]),
        relations=relations(len(sheets)),
    )
    for number, (_, _, xml) in enumerate(sheets[1:], start=2):
        content[f"xl/worksheets/sheet{number}.xml"] = xml
    return zipped(content)
