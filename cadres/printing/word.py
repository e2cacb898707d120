"""Papers as Word, filled by docxtpl into templates that the office can edit.

What is on record is escaped as XML, and the templates run in Jinja's sandbox.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import SandboxedEnvironment

from cadres.printing.layout import Paper, Slot, Table, Text
from cadres.printing.pdf import Sheet, rows_of

_FOLDER = Path(__file__).parent / "paper"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_PHOTO = "Ảnh màu\n(4 × 6 cm)"
_DOTTED = "\t."  # a tab alone at the end of a cell has no dots in LibreOffice
_LETTERS_OF_A_LINE = 80  # at 12.5 pt; a dot is half a letter


def template_of(paper: Paper) -> Path:
    """Where the template of a paper stands."""
    return _FOLDER / f"{paper.code}.docx"


def word_of(paper: Paper, sheet: Sheet) -> bytes:
    """The paper of one person as a Word file."""
    document = DocxTemplate(template_of(paper))
    context = _context(paper, sheet)
    context["photo"] = _photo(document, sheet.photo)
    document.render(context, SandboxedEnvironment(), autoescape=True)
    for picture in document.docx.element.body.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):  # else LibreOffice keeps 3 mm free
            picture.set(side, "0")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _context(paper: Paper, sheet: Sheet) -> dict[str, Any]:
    """What the template calls by name: each field, and dots in place of what is not known."""
    words = sheet.words
    found: dict[str, Any] = {"foot": sheet.foot, "year": getattr(words, "year", "")}
    for line in paper.lines:
        for slot in line.slots:
            found[slot.field] = getattr(words, slot.field) or _dots(slot, line.slots)
    found |= {table.field: _rows(table, words) for table in paper.tables}
    found |= {text.field: getattr(words, text.field) or _lines(text) for text in paper.texts}
    return found


def _dots(slot: Slot, beside: Sequence[Slot]) -> str:
    """Dots to the end of the line for its last slot, by the tab of the template; the others get
    their share of what the labels leave free."""
    if slot.blank:
        return slot.blank
    if slot is beside[-1]:
        return _DOTTED
    taken = sum(len(each.label) + len(each.blank) for each in beside) + 4 * len(beside)
    share = sum(each.dots for each in beside if not each.blank)
    return "." * (max(_LETTERS_OF_A_LINE - taken, 10) * 2 * slot.dots // share)


def _lines(text: Text) -> str:
    return "\n".join([_DOTTED] * text.lines)


def _rows(table: Table, words: Any) -> list[dict[str, str]]:
    names = [column.field for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in rows_of(table, words)]


def _photo(document: DocxTemplate, photo: bytes | None) -> Any:
    if photo is None:
        return NO_PHOTO
    return InlineImage(document, BytesIO(photo), width=Mm(40), height=Mm(60))
