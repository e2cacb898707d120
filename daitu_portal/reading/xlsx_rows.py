"""The rows of an .xlsx that are written as nearly all are: by pattern, several times faster.

A row is read so only where every byte of it is one that the pattern allows: no comment, section,
entity of its own or unknown attribute. Any other row, and all that stands around the rows, goes
to the XML parser; where something else than rows stands between them, so does all that follows.
"""

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import XMLParserType

from daitu_portal.reading.told import Refused
from daitu_portal.reading.xlsx_strings import unescaped

if TYPE_CHECKING:
    from daitu_portal.reading.xlsx_sheet import SheetParser

_BEGIN, _ROW_BEGIN, _ROW_END = b"<sheetData>", b"<row", b"</row>"
_LONGEST_ROW = 4 * 1024 * 1024
# A carriage return would become a line feed; the others no XML may hold.
_PLAIN = r"[^<&>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*"
_REFERENCE = "&(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);"
_TEXT = f"{_PLAIN}(?:{_REFERENCE.replace('(', '(?:')}{_PLAIN})*"
_ROW = re.compile(r'\s*<row((?: [A-Za-z:0-9]+="[^"<&]*")*)(/?)>')
_ATTRIBUTE = re.compile(r' ([A-Za-z:0-9]+)="([^"<&]*)"')
_CELL = re.compile(
    '(<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]*)")?(?: t="([a-zA-Z]+)")?(?:/>|>(?:'
    f'<v>({_TEXT})</v>|<is><t(?: xml:space="preserve")?>({_TEXT})</t></is>)?</c>))'
)
_INLINE = "inlineStr"
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REMEMBERED = 20_000


class PlainRows:
    """Takes the bytes of a sheet, and hands each row to `sheet`, or what it does not know to
    `parser`."""

    def __init__(self, sheet: "SheetParser", parser: XMLParserType) -> None:
        self._sheet, self._parser = sheet, parser
        self._rest = b""
        self._is_begun = self._is_over = False
        self._encoding: str | None = None
        parser.XmlDeclHandler = self._declared

    def feed(self, piece: bytes) -> None:
        """The next bytes. Raises what reading them raises."""
        if self._is_over:
            self._parser.Parse(piece, False)
        elif self._is_begun:
            self._rows(self._rest + piece)
        else:
            self._begin(self._rest + piece)

    def end(self) -> None:
        """No bytes follow."""
        self._parser.Parse(self._rest, False)
        self._parser.Parse(b"", True)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = encoding

    def _begin(self, content: bytes) -> None:
        """What stands before the rows is the parser's."""
        at = content.find(_BEGIN)
        if at < 0:
            kept = len(content) - len(_BEGIN)
            self._parser.Parse(content[: max(kept, 0)], False)
            self._rest = content[max(kept, 0) :]
            return
        at += len(_BEGIN)
        self._parser.Parse(content[:at], False)
        self._is_begun = True
        if self._sheet.is_in_data and (self._encoding or "utf-8").lower() == "utf-8":
            self._rows(content[at:])
        else:
            self._leave(content[at:])

    def _leave(self, content: bytes) -> None:
        """From here on all is the parser's."""
        self._is_over, self._rest = True, b""
        self._parser.Parse(content, False)

    def _rows(self, content: bytes) -> None:
        end = content.rfind(_ROW_END)
        if end < 0:
            self._rest = content
            begin = content.lstrip()[: len(_ROW_BEGIN)]
            if len(content) > _LONGEST_ROW or not _ROW_BEGIN.startswith(begin):
                self._leave(content)
            return
        end += len(_ROW_END)
        block, at = content[:end].decode(), 0
        while 0 <= at < len(block):
            row = _ROW.match(block, at)
            if row is None:
                self._leave(block[at:].encode() + content[end:])
                return
            at = self._row(block, row)
        if at < 0:
            self._leave(content[end:])
        else:
            self._rest = content[end:]

    def _row(self, block: str, row: re.Match[str]) -> int:
        """Read one row; where the next begins. -1 where the parser took all of the block."""
        attributes = _ATTRIBUTE.findall(row[1])
        if row[2]:
            end, cells = row.end(), []
        else:
            end = block.find("</row>", row.end())
            cells = _CELL.findall(block, row.end(), end)
            end += len(_ROW_END)
        is_whole = bool(row[2]) or sum(len(cell[0]) for cell in cells) == end - row.end() - 6
        told = dict(attributes)
        if is_whole and len(told) == len(attributes) and _fits(cells, told.get("r")):
            self._sheet.start_row(told)
            self._keep(cells)
            self._sheet.end_row()
            return end
        return self._by_parser(block, row.start(), end)

    def _by_parser(self, block: str, start: int, end: int) -> int:
        self._parser.Parse(block[start:end].encode(), False)
        if not self._sheet.is_in_row:
            return end
        self._parser.Parse(block[end:].encode(), False)
        return -1

    def _keep(self, cells: list[Any]) -> None:
        """Add the cells that hold something to the row of the sheet."""
        sheet = self._sheet
        row, known, styles, told = sheet.row, sheet.known_columns, sheet.styles, sheet.told
        for _, letters, _, style_text, kind, text, inline in cells:
            if not text and not inline:
                continue
            if "&" in text or "&" in inline:
                text, inline = resolved(text), resolved(inline)
            place, style = styles[style_text or "0"]
            letter, value = told(kind or "n", unescaped(inline) if inline else text, style)
            if value == "":
                continue
            column = known.get(letters)
            if column is None:
                raise Refused("too_many_columns", sheet.name, row.number, sheet.columns)
            row.columns.append(column)
            row.kinds.append(letter)
            row.styles.append(place)
            row.values.append(row.keep_runs(value, style.font) if type(value) is tuple else value)


@lru_cache(maxsize=_REMEMBERED)
def resolved(text: str) -> str:
    """`text` with the characters that its references name. Raises ValueError for one that no XML
    may hold.

    >>> resolved("L&#234; &amp; H&#xf2;a")
    'Lê & Hòa'
    """
    return re.sub(_REFERENCE, _character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    is_none = 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > sys.maxunicode
    if is_none or (code < 0x20 and code not in (9, 10, 13)):
        raise ValueError(f"{found[0]} is no character")
    return chr(code)


def _fits(cells: list[Any], row: str | None) -> bool:
    """Whether the addresses name this row, and only cells of text hold text of their own."""
    return row is not None and all(
        cell[2] == row and (not cell[6] or cell[4] == _INLINE) for cell in cells
    )
