"""The names behind a figure as a workbook: what the page shows, streamed."""

from collections.abc import Iterator, Sequence
from typing import Any

from cadres.standards_sql import IN, OUT, UNKNOWN
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet
from daitu_portal.ratio import Ratio
from reports.figure_page import Asked
from reports.names import LineWriter, Name

_AT_ONCE = 500
_STATES = {IN: "đạt mức", OUT: "chưa đạt mức", UNKNOWN: "thiếu dữ liệu"}


def _columns(asked: Asked) -> list[Column]:
    return [
        Column("TT", width=6, says="Số thứ tự của dòng"),
        Column("Họ và tên", width=26, number_format=TEXT_FORMAT),
        Column("Ngày sinh", width=12, holds_days=True, says="Chỉ ghi phần đã biết"),
        Column("Chức vụ, chức danh", width=30, wrap=True, says="Giữ vào ngày tính"),
        Column("Xã, thị trấn", width=18, says="Đơn vị của chức vụ"),
        Column("Mức của chỉ tiêu", width=16, says="Có đạt mức mà chỉ tiêu đếm hay không"),
        Column("Đang có", width=34, wrap=True, says="Điều hồ sơ có về mức ấy"),
        Column(asked.why_label, width=40, wrap=True, says="Vì sao được kết luận như vậy"),
        Column("Kết luận chuẩn", width=28, says="Theo tiêu chuẩn của ngày tính"),
        Column("Việc cần làm", width=34, wrap=True, says="Điều giúp đạt chuẩn"),
    ]


def names_sheet(writer: LineWriter, chosen: Sequence[Name], asked: Asked, commune: str) -> Sheet:
    """A sheet with a row for each of `chosen`, in their order; people are read 500 at a time."""
    scope = f"Đơn vị: {commune}" if commune else "Phạm vi: tất cả đơn vị được xem"
    lead = [
        asked.indicator.name,
        f"Tính đến ngày {asked.day:%d/%m/%Y}: {ratio_words(writer.names.ratio)}",
        f"{scope} · đếm {asked.unit_words} · {len(chosen)} dòng",
        asked.indicator.definition,
    ]
    rows = _rows(writer, chosen, is_unruled=asked.is_unruled)
    return Sheet("Danh sách", _columns(asked), rows, lead=[line for line in lead if line])


def ratio_words(ratio: Ratio) -> str:
    """ "209/255 (82,0 %), thiếu dữ liệu 4"; "—" where there is nobody."""
    if not ratio.is_ruled:
        return f"chưa có quy định ({ratio.denominator})"
    share = "" if ratio.percent is None else f" ({ratio.percent} %)".replace(".", ",")
    unknown = f", thiếu dữ liệu {ratio.unknown}" if ratio.unknown else ""
    return f"{ratio}{share}{unknown}"


def _rows(writer: LineWriter, chosen: Sequence[Name], *, is_unruled: bool) -> Iterator[list[Any]]:
    for start in range(0, len(chosen), _AT_ONCE):
        lines = writer.lines(chosen[start : start + _AT_ONCE])
        for number, line in enumerate(lines, start + 1):
            yield [
                number,
                line.person.full_name,
                line.person.born_on,
                line.posts,
                line.commune,
                "chưa có quy định" if is_unruled else _STATES[line.state],
                line.reason.has,
                line.reason.why,
                line.verdict.label,
                line.reason.to_do,
            ]
