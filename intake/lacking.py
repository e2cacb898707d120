"""What no column of an old list says and its new records need: asked once, not row by row."""

from collections.abc import Sequence

from cadres.records import Field
from intake.reader import Problem, SourceRow

_ROWS_NAMED = 8


def what_lacks(lacking: Sequence[tuple[SourceRow, Field]]) -> Problem:
    """The question about one field that rows of a sheet lack."""
    first, field = lacking[0]
    numbers = [str(row.number) for row, _ in lacking]
    more = "…" if len(numbers) > _ROWS_NAMED else ""
    return Problem(
        first.sheet, 0, field.header, "", "",
        f"Danh sách không có cột “{field.header}”, mà {len(numbers)} dòng ghi mới vào "
        f"“{first.table.sheet}” cần có (dòng {', '.join(numbers[:_ROWS_NAMED])}{more}).",
        "Ở bước Đối chiếu cột, chọn cột ghi nội dung ấy, hoặc ghi một giá trị chung.",
        is_question=True,
    )  # fmt: skip
