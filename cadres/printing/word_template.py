"""Makes the Word templates out of the papers; `manage.py make_word_templates` writes them.

The office may edit the files afterwards: words between braces are what the portal fills in.
"""

from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cadres.printing.layout import Heading, Line, Paper, Part, Signature, Table, Text

FONT = "Times New Roman"
_WIDTH = 165  # mm between the margins of NĐ 30/2020
_PHOTO, _BESIDE = 42, 4  # mm: the frame of the photo, and what is kept free beside it
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def template(paper: Paper) -> Any:
    """The template of a paper, as a document to be saved."""
    document = Document()
    _set_page(document)
    _set_style(document)
    _write(document, paper.number, size=9.5, italic=True, align=_RIGHT)
    if paper.has_motto:
        _write(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=_CENTRE)
        motto = _write(document, "", align=_CENTRE, after=6)
        _run(motto, "Độc lập – Tự do – Hạnh phúc", size=13.5, bold=True).underline = True
    for line in paper.head:
        _line(document, line)
    title = _write(document, paper.title, size=14.5, bold=True, align=_CENTRE, before=10, after=8)
    if paper.is_yearly:
        title.paragraph_format.space_after = Pt(0)
        _write(document, "Năm {{ year }}", bold=True, align=_CENTRE, after=8)
    _parts(document, paper)
    _signatures(document, paper.signatures)
    return document


def _parts(document: Any, paper: Paper) -> None:
    beside, below = paper.parts[: paper.beside_photo], paper.parts[paper.beside_photo :]
    if beside:
        _photo(document, beside)
    for part in below:
        _part(document, part)


def _part(place: Any, part: Part) -> None:
    if isinstance(part, Line):
        _line(place, part)
    elif isinstance(part, Table):
        _table(place, part)
    elif isinstance(part, Text):
        _write(place, part.label, before=3, keep=True)
        _dots_to(_write(place, f"{{{{ {part.field} }}}}"), _WIDTH)
    else:
        _heading(place, part)


def _heading(place: Any, heading: Heading) -> None:
    _write(place, heading.text, bold=heading.is_bold, before=6, keep=True)


def _line(place: Any, line: Line, *, after: float = 2, width: float = _WIDTH) -> None:
    words = "   ".join(f"{slot.label} {{{{ {slot.field} }}}}" for slot in line.slots)
    paragraph = _write(place, words, keep=bool(line.hint), after=0 if line.hint else after)
    _dots_to(paragraph, width)
    if line.hint:
        _write(place, line.hint, size=10, italic=True, after=after)


def _dots_to(paragraph: Any, width: float) -> None:
    """A tab in the paragraph becomes dots up to `width` mm."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _photo(document: Any, beside: tuple[Part, ...]) -> None:
    grid = document.add_table(rows=1, cols=2)
    _fix_widths(grid, [_PHOTO, _WIDTH - _PHOTO])
    grid.rows[0].height = Mm(61)
    left, right = grid.rows[0].cells
    _frame(left)
    _margins(left, 0)
    _margins(right, _BESIDE)
    left.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _fill(left, "{{ photo }}", align=_CENTRE)
    for part in beside:
        if isinstance(part, Line):
            _line(right, part, after=9, width=_WIDTH - _PHOTO - _BESIDE - 5)
    _remove(right.paragraphs[0])
    _write(document, "", after=0)


def _table(place: Any, table: Table) -> None:
    _write(place, table.title, bold=True, before=6, after=3, keep=True)
    columns = table.columns
    grid = place.add_table(rows=3 + table.has_head, cols=len(columns))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    total = sum(column.width for column in columns)
    _fix_widths(grid, [_WIDTH * column.width / total for column in columns])
    rows = list(grid.rows)
    if table.has_head:
        head = rows.pop(0)
        _repeat(head)
        for cell, column in zip(head.cells, columns, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            _fill(cell, column.head, bold=True, align=_CENTRE)
    begin, row, end = rows
    _fill(begin.cells[0], f"{{%tr for row in {table.field} %}}")
    _keep_whole(row)
    row.height = Mm(7)
    for cell, column in zip(row.cells, columns, strict=True):
        _fill(cell, f"{{{{ row.{column.field} }}}}", keep=bool(table.together))
    _fill(end.cells[0], "{%tr endfor %}")
    if table.note:
        _write(place, table.note, size=9.5, italic=True, before=3)


def _signatures(document: Any, both: tuple[Signature, Signature]) -> None:
    _write(document, "", after=6)
    grid = document.add_table(rows=1, cols=2)
    _fix_widths(grid, [_WIDTH / 2, _WIDTH / 2])
    _keep_whole(grid.rows[0])
    for cell, each in zip(grid.rows[0].cells, both, strict=True):
        _fill(cell, each.place, italic=True, align=_CENTRE)
        _write(cell, each.who, bold=True, align=_CENTRE)
        if each.says:
            _write(cell, each.says, align=_CENTRE)
        _write(cell, each.how, size=11, italic=True, align=_CENTRE, after=72)


# -- what python-docx has no word for -----------------------------------------------------------


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = _CENTRE
    _field(head, "PAGE")
    _run(head, "/", size=13)
    _field(head, "NUMPAGES")
    for foot in (section.footer, section.first_page_footer):
        _run(foot.paragraphs[0], "{{ foot }}", size=8.5)


def _set_style(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12.5)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    shape = normal.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.05
    document.core_properties.author = "Cổng cán bộ Đại Từ"
    document.core_properties.title = ""


def _run(paragraph: Any, text: str, *, size: float = 0, bold: bool = False, italic: bool = False):
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    return run


def _write(
    place: Any, text: str, *, size: float = 0, bold: bool = False, italic: bool = False,
    align: Any = None, before: float = 0, after: float = 2, keep: bool = False,
) -> Any:  # fmt: skip
    paragraph = place.add_paragraph()
    if text:
        _run(paragraph, text, size=size, bold=bold, italic=italic)
    shape = paragraph.paragraph_format
    shape.alignment, shape.keep_with_next = align, keep or None
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    return paragraph


def _fill(
    cell: Any, text: str, *, bold: bool = False, italic: bool = False, align: Any = None,
    keep: bool = False,
) -> None:  # fmt: skip
    """Write into the paragraph that each cell has from the beginning."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.keep_with_next = keep or None
    _run(paragraph, text, size=11.5, bold=bold, italic=italic)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word works out, e.g. the number of the page."""
    run = _run(paragraph, "", size=13)
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = text
        run._r.append(element)


def _fix_widths(grid: Any, widths: list[float]) -> None:
    """Columns as wide as they are said to be, in every program that reads the file."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _margins(cell: Any, left: float) -> None:
    """What is kept free inside a cell: `left` mm on its left, nothing elsewhere."""
    margins = OxmlElement("w:tcMar")
    for side, width in (("top", 0.0), ("left", left), ("bottom", 0.0), ("right", 0.0)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(Mm(width).twips if width else 0))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    cell._tc.get_or_add_tcPr().append(margins)


def _frame(cell: Any) -> None:
    """A thin line round a cell."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)


def _repeat(row: Any) -> None:
    """The head of a table stands again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _keep_whole(row)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _remove(paragraph: Any) -> None:
    """Take out the empty paragraph that a new cell begins with."""
    paragraph._p.getparent().remove(paragraph._p)
