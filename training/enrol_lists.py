"""The people of a workbook that somebody sends to a class: found by the heads of its columns."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from daitu_portal.reading.cells import Cell, ReadSheet, Row
from daitu_portal.reading.container import check_fits
from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.places import place_of
from daitu_portal.reading.problems import NotAWorkbook, TooLarge
from daitu_portal.reading.reader import read_rows
from daitu_portal.text import clean, fold
from intake.rules.header_reading import read_headers
from training.rules.meant_people import MOST_LINES, Meant, without_address, year_of

_HEAD_ROWS = 30  # of a sheet, in which its heads are looked for
_HEADS_TOLD = 12
_LONGEST = 100
# What columns of lists mean here: the targets of the heads that intake knows, and our own words.
_OUR_HEADS = {"don vi": "unit", "don vi cong tac": "unit", "noi cong tac": "unit", "xa": "unit",
              "xa thi tran": "unit", "co quan don vi": "unit", "nam sinh": "year",
              "sinh nam": "year", "ten hoc vien": "name", "hoc vien": "name"}  # fmt: skip
_THEIR_HEADS = {"full_name": "name", "code": "code", "born_on": "year", "holding.commune": "unit",
                "national_id": "national_id"}  # fmt: skip
_COLUMNS_WANTED = (
    "Đặt tiêu đề “Họ và tên” ở một cột; có thể thêm “Đơn vị”, “Năm sinh”, “Số hiệu” rồi tải lên "
    "lại."
)


def meant_in(pieces: Iterable[bytes], name: str) -> list[Meant]:
    """The people that a workbook lists, each with its place. The file is judged, then read by a
    limited process, and nothing of it stays.

    Raises WorkbookProblem, which says what is wrong and where it was looked for.
    """
    with tempfile.TemporaryDirectory(prefix="portal-enrol-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as out:
            for piece in pieces:
                out.write(piece)
        check_fits(path, name)
        sheets = read_rows(path, INTERACTIVE)
    return _people(sheets)


def _people(sheets: list[ReadSheet]) -> list[Meant]:
    looked = []
    for sheet in sheets:
        if sheet.is_hidden:
            continue
        head = _head_of(sheet)
        if head is None:
            looked.append(_looked_at(sheet))
            continue
        found = _below(sheet, *head)
        if len(found) > MOST_LINES:
            raise TooLarge(
                f"Trang “{sheet.name}” có {len(found)} người; mỗi lần ghi danh nhiều nhất "
                f"{MOST_LINES}.",
                remedy="Chia danh sách thành nhiều tệp.",
            )
        if found:
            return found
        looked.append(
            f"trang “{sheet.name}”: có tiêu đề ở dòng {head[0]} nhưng không có ai dưới đó"
        )
    raise NotAWorkbook(
        f"Không tìm thấy danh sách người. Đã xem: {'; '.join(looked) or 'không có trang nào'}.",
        remedy=_COLUMNS_WANTED,
    )


def _head_of(sheet: ReadSheet) -> tuple[int, dict[str, int]] | None:
    """(row, column by what it holds) of the first row that heads a column of names."""
    for row in sheet.rows[:_HEAD_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in sorted(row.cells.items()):
            columns.setdefault(_meaning(_text(cell)), number)
        columns.pop("", None)
        if "name" in columns:
            return row.number, columns
    return None


def _meaning(head: str) -> str:
    """What the column under `head` holds; "" for what is not asked here."""
    ours = _OUR_HEADS.get(fold(head))
    if ours or len(head) > _LONGEST:
        return ours or ""
    return _THEIR_HEADS.get(read_headers((head,)).target or "", "")


def _looked_at(sheet: ReadSheet) -> str:
    rows = sheet.rows[:_HEAD_ROWS]
    if not rows:
        return f"trang “{sheet.name}” (trống)"
    seen = [_text(cell) for row in rows for cell in row.cells.values() if _text(cell)]
    told = ", ".join(f"“{text[:30]}”" for text in seen[:_HEADS_TOLD])
    return (
        f"trang “{sheet.name}”, dòng {rows[0].number}–{rows[-1].number}, cột A–"
        f"{place_of(max(sheet.width, 1))}: không có tiêu đề “Họ và tên”, chỉ thấy {told}"
    )


def _below(sheet: ReadSheet, head: int, columns: Mapping[str, int]) -> list[Meant]:
    found: list[Meant] = []
    for row in sheet.rows:
        if row.number > head and not row.is_hidden:
            meant = _meant(sheet, row, columns, len(found) + 1)
            if meant:
                found.append(meant)
    return found


def _meant(sheet: ReadSheet, row: Row, columns: Mapping[str, int], number: int) -> Meant | None:
    """Whom a row means; None where no name stands in it, as in a row of numbers of columns."""
    told = {
        what: _text(row.cells[column]) for what, column in columns.items() if column in row.cells
    }
    name = without_address(told.get("name", ""))
    if not any(char.isalpha() for char in name) or _meaning(name) == "name":
        return None
    digits = "".join(char for char in told.get("national_id", "") if char.isdigit())
    meant = Meant(
        number=number,
        text=" · ".join(filter(None, told.values()))[:200],
        name=name[:_LONGEST],
        unit=told.get("unit", "")[:_LONGEST],
        year=year_of(told.get("year", "")),
        code=told.get("code", "").replace(" ", "").upper()[:12],
        national_id=digits if len(digits) in (9, 12) else "",
    )
    return replace(meant, place=f"trang “{sheet.name}”, dòng {row.number}")


def _text(cell: Cell) -> str:
    """What a cell says: what its formula gave, a whole number without its point, a day as typed."""
    value = cell.cached if cell.kind == "formula" else cell.value
    if isinstance(value, bool) or value is None or cell.kind == "error":
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else ""
    if isinstance(value, int | str):
        return clean(str(value).replace("\x00", ""))
    return f"{value:%d/%m/%Y}"
