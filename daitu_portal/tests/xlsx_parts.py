"""The smallest .xlsx, written by hand: what openpyxl would not write, or not in this way."""

import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(path, sheet, *, strings="", fonts=("Times New Roman",), xfs="", more=None, main=MAIN):
    """Write to `path` a workbook of one sheet “Trang 1” whose inside is `sheet`; return the path.

    `strings` are the <si> of the shared ones, `fonts` names, `xfs` the styles after the first;
    `more` are parts that replace or join the others.
    """
    font = "".join(f'<font><sz val="11"/><name val="{name}"/></font>' for name in fonts)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{_RELATED}"><sheets>'
            '<sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "/xl/styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{main}"><fonts>{font}</fonts>'
            f'<cellXfs><xf numFmtId="0" fontId="0"/>{xfs}</cellXfs></styleSheet>'
        ),
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def _rels(*relations):
    each = "".join(
        f'<Relationship Id="{key}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'


def data(rows):
    """The rows of a sheet."""
    return f"<sheetData>{rows}</sheetData>"
