"""The result template as a workbook."""

from daitu_portal.excel import Column, write_table
from training.result_report import Report, Told, column_label
from training.rules.result_template import COLUMNS, SUBSETS

_LETTERS = tuple(letter for letter, _, _ in (*COLUMNS, *SUBSETS))
_HEADS = (
    Column("A. TT", width=6),
    Column("B. Đối tượng", width=44, wrap=True),
    Column("C. Ghi chú", width=16, says="Số nhập tay, hoặc dòng ngoài mẫu, ngoài phạm vi cổng"),
)


def workbook(found: Report) -> bytes:
    """The report with its period and costs above it. Unit: participations (lượt)."""
    columns = [*_HEADS, *(Column(column_label(each), width=11, wrap=True) for each in _LETTERS)]
    rows = [
        [told.line.number, told.line.label, _note(told), *(cell.value for cell in told.cells)]
        for told in found.rows
    ]
    return write_table(columns, rows, title="Mẫu số 1", lead=_lead(found))


def _note(told: Told) -> str:
    if any(cell.is_manual for cell in told.cells):
        return "nhập tay"
    if told.line.is_outside:
        return "ngoài phạm vi cổng"
    return "ngoài mẫu" if told.line.is_beyond else ""


def _lead(found: Report) -> list[str]:
    period, costs = found.period, found.costs
    return [
        "Tổng hợp kết quả đào tạo, bồi dưỡng cán bộ, công chức trong nước",
        f"Từ {period.first:%d/%m/%Y} đến hết {period.last:%d/%m/%Y}; đơn vị tính: lượt người",
        f"Kinh phí lớp (triệu đồng): {_millions(found.class_cost)}, trong đó NSTW "
        f"{_millions(costs['central'])}, NSĐP {_millions(costs['local'])}, nguồn khác "
        f"{_millions(costs['other'])}; hỗ trợ người được cử đi học {_millions(costs['study'])}",
    ]


def _millions(dong: int) -> str:
    return f"{dong / 1_000_000:,.1f}".translate(str.maketrans(",.", ".,"))
