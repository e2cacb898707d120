"""What of a list is not read, and why: columns nobody knows, those that are derived, tables side by
side."""

from collections.abc import Mapping

from intake.healing.lists import CHOSEN, FoundList, ListColumn
from intake.reader import Problem, Reading
from intake.rules.layout import Layout
from intake.warnings import UNREAD


def tell_columns(
    found: FoundList, layout: Layout, headers: Mapping[int, str], reading: Reading
) -> None:
    """Put into the reading what its sender must know of the columns; `headers` are by number."""
    for column in found.columns:
        header = headers[column.number]
        reading.places[found.sheet, header] = column.number
        if not column.target and column.samples and column.how != CHOSEN:
            reading.warnings.append(_unread(found.sheet, layout.head_rows[-1], column, header))
        if column.is_asked and column.samples:
            reading.problems.append(_to_confirm(found.sheet, column, header))
    derived = [f"“{headers[column.number]}”" for column in found.columns if column.target == "info"]
    if derived:
        reading.notices.append(
            f"Trang “{found.sheet}”: các cột {', '.join(derived)} do cổng tính ra nên không đọc."
        )
    _tell_layout(found.sheet, layout, reading)


def _unread(sheet: str, row: int, column: ListColumn, header: str) -> Problem:
    return Problem(
        sheet, row, header or column.letter, f"{column.letter}{row}", header,
        column.fault or f"Chưa rõ cột {column.letter} là mục nào nên chưa đọc cột này.",
        "Ở bước Đối chiếu cột, chọn mục của hồ sơ hoặc “Không nhập cột này”.", UNREAD,
    )  # fmt: skip


def _to_confirm(sheet: str, column: ListColumn, header: str) -> Problem:
    return Problem(
        sheet, 0, header or column.letter, "", header, sentence(column.fault),
        f"Ở bước Đối chiếu cột, chọn cột {column.letter} là mục nào.", is_question=True,
    )  # fmt: skip


def _tell_layout(sheet: str, layout: Layout, reading: Reading) -> None:
    for problem in layout.problems:
        if problem.is_refusal:
            reading.problems.append(Problem(
                sheet, 0, "", "", "", sentence(problem.message),
                "Chép mỗi bảng sang một trang riêng rồi tải lên lại.",
            ))  # fmt: skip
        else:
            reading.warnings.append(Problem(
                sheet, 0, "", "", "", sentence(problem.message),
                "Xem lại trang này nếu danh sách còn phần đó.", UNREAD,
            ))  # fmt: skip


def sentence(text: str) -> str:
    """The text with a stop at its end."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
