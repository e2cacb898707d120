"""Reads what one cell says: a value of the field's kind, or a problem that its sender can mend."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cadres.records import Field, Kind
from cadres.rules.levels import LEVELS, Strand
from daitu_portal.dates import PartialDate
from daitu_portal.numbers import AmbiguousNumber, decimal_of
from daitu_portal.reading.cells import Cell
from daitu_portal.text import MOST_CHARACTERS, clean, fold
from intake.rules.day_columns import as_shown

FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2100, 12, 31)
_ERASE_WORDS = {"xoa"}
_YES, _NO = {"co", "x", "1", "true", "dung"}, {"khong", "0", "false", "sai"}
_WHOLE_ID = 12  # a number of 12 digits has lost no zero in front


class Erase:
    """Stands for "take away what is there": the word (xóa) in a cell."""

    def __repr__(self) -> str:
        return "ERASE"


ERASE = Erase()


class ValueProblem(Exception):
    """A cell that cannot be taken as it is."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def value_of(field: Field, cell: Cell) -> Any:
    """The value of a cell, ERASE, or None where it holds only blanks. Raises ValueProblem.

    References come back as the text that names them, levels as their label: both need more than
    the cell to be understood.
    """
    if cell.kind == "formula":
        raise ValueProblem(
            "Ô chứa công thức.", "Chép ô, dán lại bằng “Dán giá trị” (Paste Values)."
        )
    if cell.kind == "error":
        raise ValueProblem("Ô báo lỗi của Excel.", "Gõ lại giá trị hoặc để trống.")
    if isinstance(cell.value, str):
        if not clean(cell.value):
            return None
        if cell.value.strip().startswith("(") and fold(cell.value) in _ERASE_WORDS:
            return ERASE
    return _READERS.get(field.kind, _text)(field, cell)


def shown_value(value: Any) -> str:
    """A cell's value as its sender saw it, short enough for a list of problems."""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value)[:120]


def _text(field: Field, cell: Cell) -> str:
    if isinstance(cell.value, bool | date):
        raise ValueProblem("Ô này phải là chữ.", f"Gõ lại “{field.header}” dưới dạng chữ (Text).")
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    text = str(cell.value)
    if len(text) > MOST_CHARACTERS:
        raise ValueProblem(
            f"Chữ quá dài ({len(text)} ký tự, tối đa {MOST_CHARACTERS}).", "Rút gọn nội dung của ô."
        )
    if field.kind == Kind.NOTE:
        return "\n".join(clean(line) for line in text.splitlines()).strip()
    return clean(text)


def _digits(field: Field, cell: Cell) -> str:
    if cell.kind == "number" and len(str(cell.value)) != _WHOLE_ID:
        raise ValueProblem(
            "Ô lưu dạng số nên có thể đã mất số 0 ở đầu.",
            "Chọn cột, định dạng ô là Text, rồi gõ lại cả số 0 ở đầu.",
        )
    return re.sub(r"[\s.\-]", "", _text(field, cell))


def _integer(field: Field, cell: Cell) -> int:
    text = str(cell.value).strip()
    if isinstance(cell.value, float) and cell.value.is_integer():
        text = str(int(cell.value))
    if cell.kind not in ("number", "text") or not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueProblem("Không phải số nguyên.", f"Nhập {field.header} bằng chữ số, ví dụ 2022.")
    return int(text)


def _identifier(field: Field, cell: Cell) -> str:
    if isinstance(cell.value, float) and not cell.value.is_integer():
        raise ValueProblem(
            "Ô lưu dạng số nên có thể đã mất số 0 ở đầu.",
            "Chọn cột, định dạng ô là Text, rồi gõ lại, ví dụ 01.003.",
        )
    return _text(field, cell)


def _decimal(field: Field, cell: Cell) -> Decimal:
    try:
        if cell.kind == "number":
            return Decimal(str(round(float(cell.value), 6)))  # type: ignore[arg-type]  # a number
        return decimal_of(str(cell.value))
    except AmbiguousNumber as error:
        raise ValueProblem(
            "Không rõ là phần nghìn hay phần thập phân.", "Ghi tối đa hai chữ số lẻ, ví dụ 2,67."
        ) from error
    except ValueError as error:
        raise ValueProblem(
            "Không phải số.", f"Nhập {field.header} bằng chữ số, ví dụ 2,67."
        ) from error


def _partial(field: Field, cell: Cell) -> PartialDate:
    text = str(cell.value)
    if isinstance(cell.value, date):
        text = as_shown(cell.value, cell.number_format)
    try:
        found = PartialDate.parse(text.strip())
    except ValueError as error:
        raise ValueProblem(
            "Không phải ngày có thật.",
            "Nhập ngày/tháng/năm, tháng/năm hoặc chỉ năm: 12/05/1965, 05/1965, 1965.",
        ) from error
    if not FIRST_DAY.year - 30 <= found.year <= LAST_DAY.year:
        raise ValueProblem(f"Năm {found.year} ngoài khoảng hợp lệ.", "Kiểm tra lại năm.")
    return found


def _day(field: Field, cell: Cell) -> date:
    found = _partial(field, cell)
    if found.precision != "day":
        raise ValueProblem(f"{field.header} phải có đủ ngày, tháng, năm.", "Nhập như 12/05/2021.")
    if not FIRST_DAY <= found.earliest <= LAST_DAY:
        raise ValueProblem(f"Năm {found.year} ngoài khoảng hợp lệ.", "Kiểm tra lại năm.")
    return found.earliest


def _last_day(field: Field, cell: Cell) -> date:
    """The day after the last one: how an end is stored."""
    return _day(field, cell) + timedelta(days=1)


def _yes_no(field: Field, cell: Cell) -> bool:
    word = fold(str(cell.value))
    if word in _YES | _NO:
        return word in _YES
    raise ValueProblem("Chỉ nhận Có hoặc Không.", "Chọn Có hoặc Không.")


def _choice(field: Field, cell: Cell) -> Any:
    told, choices = clean(str(cell.value)), field.choices or {}
    for value, label in choices.items():  # as it stands first: folded, AB− is AB
        if told in (label, str(value)):
            return value
    wanted = fold(told)
    for value, label in choices.items():
        if wanted in (fold(label), fold(str(value))):
            return value
    raise ValueProblem(
        f"“{field.header}” không có giá trị này.", f"Chọn một trong: {_listed(field)}."
    )


def _listed(field: Field) -> str:
    return "; ".join((field.choices or {}).values())


def level_rank(strand: str, label: str) -> int:
    """The rank of a level in its strand, by its name. Raises ValueProblem with the names."""
    rank = _RANKS[Strand(strand)].get(fold(label))
    if rank is None:
        names = "; ".join(LEVELS[Strand(strand)])
        raise ValueProblem("Nội dung này không có mức ấy.", f"Chọn một trong: {names}.")
    return rank


def _ranks(names: Sequence[str]) -> dict[str, int]:
    """By the folded name; of two that are folded alike the lower one."""
    return {fold(name): rank for rank, name in reversed([*enumerate(names)])}


_RANKS = {strand: _ranks(names) for strand, names in LEVELS.items()}


_READERS = {
    Kind.DIGITS: _digits,
    Kind.IDENTIFIER: _identifier,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.PARTIAL: _partial,
    Kind.DAY: _day,
    Kind.LAST_DAY: _last_day,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}
