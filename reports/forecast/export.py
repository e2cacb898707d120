"""A forecast as a workbook: by month, by commune and month, whom it counts, what is supposed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet
from daitu_portal.excel_explained import book_of
from reports.forecast.outcome import Cell, Outcome
from reports.forecast.page import people_lines

_NUMBERS = (
    Column("Tử số thấp", width=12, says="Trường hợp thấp"),
    Column("Tử số giữa", width=12, says="Số kỳ vọng, làm tròn đến người"),
    Column("Tử số cao", width=12, says="Trường hợp cao"),
    Column("Mẫu số", width=10, says="Đã trừ người rời, cộng người tuyển mới"),
    Column("Thiếu dữ liệu", width=12, says="Nằm trong mẫu số, không trong tử số"),
    Column("Tỷ lệ giữa (%)", width=12, says="Để trống khi không có ai"),
)
_INDICATOR = Column("Chỉ tiêu", width=52, wrap=True)
_DAY = Column("Ngày", width=12, holds_days=True, says="Ngày gốc, rồi cuối mỗi tháng")
_PEOPLE = (
    Column("TT", width=6, says="Số thứ tự của dòng"),
    Column("Mã hồ sơ", width=12, number_format=TEXT_FORMAT),
    Column("Họ và tên", width=26, number_format=TEXT_FORMAT),
    Column("Chức vụ, chức danh", width=30, wrap=True, says="Giữ vào ngày gốc"),
    Column("Xã, thị trấn", width=18, says="Đơn vị của chức vụ chính"),
    Column("Mục của kịch bản", width=16, says="Số thứ tự ở trang Giả định"),
    Column("Rời chức vụ từ", width=14, holds_days=True, says="Ngày đầu không còn giữ"),
    Column("Với chỉ tiêu thứ nhất", width=44, wrap=True, says="Vào ngày cuối của dự báo"),
)


def sheets(user: User, outcome: Outcome, name: str, day: date) -> list[Sheet]:
    """The workbook of a forecast; `day` is when it was calculated."""
    lead = [
        name,
        f"Dự báo từ {outcome.days[0]:%d/%m/%Y} đến {outcome.days[-1]:%d/%m/%Y}, "
        f"tính ngày {day:%d/%m/%Y}",
        outcome.bounds,
        *outcome.told,
    ]
    parts = [[number, words] for number, words in enumerate(outcome.parts, 1)]
    of_parts = (Column("Mục", width=6, says="Số thứ tự"), Column("Giả định", width=90, wrap=True))
    return book_of(
        [
            Sheet("Theo tháng", (_INDICATOR, _DAY, *_NUMBERS), _months(outcome), lead=lead),
            Sheet(
                "Theo xã",
                (_INDICATOR, Column("Xã, thị trấn", width=20), _DAY, *_NUMBERS),
                _communes(outcome),
                lead=lead[:2],
            ),
            Sheet("Người", _PEOPLE, _people(user, outcome), lead=lead[:2]),
            Sheet("Giả định", of_parts, iter(parts), lead=lead[:2]),
        ]
    )


def _numbers(cell: Cell | None) -> list[Any]:
    if cell is None:
        return [None] * len(_NUMBERS)
    percent = cell.middle.percent
    return [*cell.plain, float(percent) if percent is not None else None]


def _months(outcome: Outcome) -> Iterator[list[Any]]:
    for code, (name, _, _) in outcome.names.items():
        for day, cell in zip(outcome.days, outcome.line(code), strict=True):
            yield [name, day, *_numbers(cell)]


def _communes(outcome: Outcome) -> Iterator[list[Any]]:
    for code, (name, _, _) in outcome.names.items():
        for key, commune in outcome.communes.items():
            for number, day in enumerate(outcome.days):
                yield [name, commune, day, *_numbers(outcome.cell(code, number, key))]


def _people(user: User, outcome: Outcome) -> Iterator[Sequence[Any]]:
    first = next(iter(outcome.names), "")
    for number, line in enumerate(people_lines(user, outcome, first, outcome.people), 1):
        parts = ", ".join(map(str, line.parts))
        yield [
            number,
            line.code,
            line.name,
            line.posts,
            line.commune,
            parts,
            line.leaves,
            line.role,
        ]
