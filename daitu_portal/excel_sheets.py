"""What a workbook is made of, whoever writes it: columns, sheets, and what a cell holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from daitu_portal.dates import PartialDate

DAY_FORMAT = "dd/mm/yyyy"
TEXT_FORMAT = "@"
MOST_CHARACTERS = 32_767  # of one cell, by the format
INLINE_CHOICES = 255  # characters of a drop-down that stands in the rule itself, by the format
CREATOR = "Cổng cán bộ Đại Từ"
HEAD_COLOURS = "FFFFFF", "1F4E79"  # of the letters, of the ground

_FORBIDDEN_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header, width in characters, and how its cells are shown.

    `choices` become a drop-down; `choices_at` is where they stand ("'Danh mục'!$A$2:$A$9"), needed
    where they are too long for the rule itself. `help` is the hint that appears beside a cell that
    is being filled; `says` explains the column where nobody fills it. `holds_days` columns have
    whole days and text side by side. `is_read` says whether an import reads the column back.
    """

    header: str
    width: float = 18
    number_format: str = ""
    wrap: bool = False
    choices_at: str = ""
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    says: str = ""
    holds_days: bool = False
    is_read: bool = False

    @property
    def title(self) -> str:
        """The header as it stands in the head of the sheet."""
        return f"{self.header} *" if self.is_required else self.header

    @property
    def inline_choices(self) -> bool:
        """Whether the choices may stand in the rule of the drop-down: short, without commas."""
        written = ",".join(self.choices)
        is_plain = not any("," in each or '"' in each for each in self.choices)
        return bool(written) and is_plain and len(written) <= INLINE_CHOICES


@dataclass(frozen=True)
class Sheet:
    """A table: lines above it, its head, its rows. Rows may be a generator: they are streamed.

    `spare_rows` is how many rows below the last one get drop-downs and text cells too; None for a
    sheet that nobody fills, which has none at all. `expected` is about how many rows will come,
    where that may be many.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    lead: Sequence[str] = ()
    spare_rows: int | None = None
    is_hidden: bool = False
    expected: int = 0

    @property
    def head(self) -> int:
        """The row of the head, from 1: below the lead and an empty line."""
        return len(self.lead) + 2 if self.lead else 1


def sheet_title(title: str) -> str:
    """`title` as Excel takes a sheet's name: at most 31 characters, none of \\ / * ? : [ ]."""
    return _FORBIDDEN_IN_TITLE.sub(" ", title).strip(" '")[:31] or "Bảng"


def plain_text(text: str) -> str:
    """`text` without characters that a workbook cannot hold, and no longer than a cell."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST_CHARACTERS]


def excel_value(value: Any) -> Any:
    """What a cell holds for a value: a real date or number, else text; None stays empty.

    A day of which only the month or year is known is text, 05/1965 or 1965: Excel has no such
    dates. Yes and no are "Có" and "Không".
    """
    if isinstance(value, PartialDate):
        return value.earliest if value.precision == "day" else str(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, date | time | int | float | Decimal):
        return value
    return plain_text(str(value))
