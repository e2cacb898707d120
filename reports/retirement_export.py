"""The list of those who retire as a workbook: one sheet of those who go, two of whom to look at."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from cadres.models import Cadre
from cadres.retirement import Leaver
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet
from daitu_portal.excel_explained import book_of
from reports.retirements import Found, notes_of

_COLUMNS = (
    Column("TT", width=6, says="Số thứ tự của dòng"),
    Column("Họ và tên", width=26, number_format=TEXT_FORMAT),
    Column("Ngày sinh", width=12, holds_days=True, says="Chỉ ghi phần đã biết"),
    Column("Giới tính", width=9),
    Column("Chức vụ, chức danh", width=36, wrap=True, says="Giữ vào ngày tính"),
    Column("Xã, thị trấn", width=20),
    Column("Tuổi nghỉ hưu", width=18, says="Theo năm sinh và giới tính"),
    Column("Ngày làm việc cuối", width=14, says="Ngày cuối trước khi nghỉ hưu"),
    Column("Hưởng lương hưu từ", width=14, says="Ngày đầu hưởng lương hưu"),
    Column("Thông báo trước", width=14, says="Hạn gửi thông báo nghỉ hưu"),
    Column("Quyết định trước", width=14, says="Hạn ban hành quyết định nghỉ hưu"),
    Column("Ghi chú", width=44, wrap=True, says="Điều cần xem ở hồ sơ"),
)


def sheets(found: Found) -> list[Sheet]:
    """The workbook: those who go within the days asked for, those past their age, and those
    without a birth date."""
    first, last = found.asked.window
    scope = [f"{chip['label']}: {chip['value']}" for chip in found.asked.chips]
    lead = [
        "Danh sách cán bộ, công chức đến tuổi nghỉ hưu",
        f"Nghỉ từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, tính đến ngày {found.asked.day:%d/%m/%Y}",
        *scope,
        "Tuổi theo Nghị định 135/2020/NĐ-CP; ngày sinh chỉ có năm thì tính là 01/01.",
        "Hạn thông báo, quyết định chỉ của cán bộ, công chức chưa có quyết định nghỉ hưu.",
    ]
    parts = (("Nghỉ hưu", found.leavers), ("Quá tuổi nghỉ hưu", found.overdue),
             ("Thiếu ngày sinh", found.unknown))  # fmt: skip
    return book_of(Sheet(title, _COLUMNS, _rows(people), lead=lead) for title, people in parts)


def _rows(people: Iterable[Leaver]) -> Iterator[list[Any]]:
    numbers = count(1)
    for person in people:
        units = dict.fromkeys(place.commune for place in person.places)
        yield [
            next(numbers),
            person.name,
            person.born,
            Cadre.Sex(person.sex).label,
            ", ".join(place.words for place in person.places),
            ", ".join(units),
            person.by_age.row.words if person.by_age else "",
            person.last_day,
            person.pension_on,
            person.notice_on,
            person.decision_on,
            notes_of(person),
        ]
