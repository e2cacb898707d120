"""Papers as PDF, by typst: what is on record goes in as data, never as markup."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from cadres.printing import fonts
from cadres.printing.layout import Heading, Line, Paper, Part, Table, Text
from cadres.printing.photo import as_svg

_FOLDER = Path(__file__).parent / "paper"  # typst reads nothing outside


@dataclass(frozen=True)
class Sheet:
    """What is printed of one person: the words of the form, the photo, the line at the foot."""

    words: Any
    photo: bytes | None
    foot: str


def pdf_of(paper: Paper, sheets: Sequence[Sheet]) -> bytes:
    """One file with everyone, each on a page of its own and numbered from 1."""
    return _compile(paper, sheets, "pdf")[0]


def pictures_of(paper: Paper, sheets: Sequence[Sheet], *, dots_an_inch: int = 72) -> list[bytes]:
    """The same pages as PNG, one for each page: for looking at them."""
    return _compile(paper, sheets, "png", ppi=dots_an_inch)


def _compile(paper: Paper, sheets: Sequence[Sheet], kind: Any, **more: Any) -> list[bytes]:
    data = {"paper": _paper(paper), "people": [_person(paper, sheet) for sheet in sheets]}
    made = typst.compile(
        _FOLDER / "paper.typ",
        root=_FOLDER,
        format=kind,
        font_paths=[],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "font": fonts.family()},
        pdf_tags=len(sheets) == 1,  # for readers of screens; ten times the size
        **more,
    )
    return made if isinstance(made, list) else [made]


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "number": paper.number,
        "title": paper.title,
        "motto": paper.has_motto,
        "beside_photo": paper.beside_photo,
        "signatures": [
            {"who": each.who, "says": each.says, "how": each.how, "place": each.place}
            for each in paper.signatures
        ],
    }


def _person(paper: Paper, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.words.full_name,
        "year": getattr(sheet.words, "year", ""),
        "photo": as_svg(sheet.photo),
        "foot": sheet.foot,
        "head": [_part(line, sheet.words) for line in paper.head],
        "parts": [_part(part, sheet.words) for part in paper.parts],
    }


def _part(part: Part, words: Any) -> dict[str, Any]:
    if isinstance(part, Line):
        slots = [
            {
                "label": slot.label,
                "value": getattr(words, slot.field),
                "dots": slot.dots,
                "blank": slot.blank,
            }
            for slot in part.slots
        ]
        return {"kind": "line", "slots": slots, "hint": part.hint}
    if isinstance(part, Table):
        return _table(part, words)
    if isinstance(part, Text):
        value = getattr(words, part.field)
        return {"kind": "text", "label": part.label, "value": value, "lines": part.lines}
    return {"kind": "heading", "text": part.text, "bold": _is_bold(part)}


def _is_bold(heading: Heading) -> bool:
    return heading.is_bold


def _table(table: Table, words: Any) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": table.title,
        "note": table.note,
        "heads": [column.head for column in table.columns] if table.has_head else [],
        "widths": [column.width for column in table.columns],
        "rows": rows_of(table, words),
        "together": table.together,
    }


def rows_of(table: Table, words: Any) -> list[list[str]]:
    """The cells of a table, with the empty rows that are left for a pen."""
    rows = [
        [getattr(row, column.field) for column in table.columns]
        for row in getattr(words, table.field)
    ]
    empty = table.more_rows if rows else table.blank_rows
    return rows + [[""] * len(table.columns)] * empty
