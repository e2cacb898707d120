"""The questionnaire after a class: its questions, and what came back. Pure.

Marks run from 1 (rất không hài lòng) to 5 (rất hài lòng); a question left open counts nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MARKS = (1, 2, 3, 4, 5)
SCALE = {
    1: "rất không hài lòng", 2: "không hài lòng", 3: "bình thường", 4: "hài lòng",
    5: "rất hài lòng",
}  # fmt: skip
# By code, in the order of the sheet; a code once used keeps its question.
QUESTIONS = {
    "goal": "Nội dung lớp học đúng với nhu cầu công việc của tôi",
    "content": "Kiến thức cập nhật, chính xác, sát thực tế cơ sở",
    "material": "Tài liệu đầy đủ, dễ hiểu",
    "teacher": "Giảng viên nắm chắc chuyên môn",
    "method": "Phương pháp giảng dạy lôi cuốn, có trao đổi, thực hành",
    "time": "Thời gian và thời lượng phù hợp",
    "place": "Phòng học, trang thiết bị, tổ chức lớp chu đáo",
    "use": "Tôi sẽ vận dụng được điều đã học vào công việc",
}


@dataclass(frozen=True)
class Answered:
    """What came back on one question: how many gave which mark, and their mean."""

    code: str
    words: str
    numbers: tuple[int, ...]  # in the order of MARKS

    @property
    def total(self) -> int:
        """How many sheets answer the question."""
        return sum(self.numbers)

    @property
    def mean(self) -> Decimal | None:
        """The mean to two places, halves up; None where nobody answered."""
        if not self.total:
            return None
        weighed = sum(mark * number for mark, number in zip(MARKS, self.numbers, strict=True))
        return (Decimal(weighed) / self.total).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def mean_words(self) -> str:
        """4,25; "—" where nobody answered."""
        return "—" if self.mean is None else str(self.mean).replace(".", ",")


def summary(sheets: Iterable[Mapping[str, Any]]) -> list[Answered]:
    """What `sheets` (marks by code of the question) answer, question by question; what is no mark
    from 1 to 5 counts as left open."""
    counts = {code: [0] * len(MARKS) for code in QUESTIONS}
    for marks in sheets:
        for code, numbers in counts.items():
            mark = marks.get(code)
            if mark in MARKS:
                numbers[MARKS.index(mark)] += 1
    return [Answered(code, QUESTIONS[code], tuple(numbers)) for code, numbers in counts.items()]
