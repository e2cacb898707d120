"""The plan as a workbook, in the columns of the plan template (domain §6.3)."""

from collections.abc import Iterator, Sequence
from typing import Any

from daitu_portal.excel import Column, write_table
from training.models import PlanLine, TrainingPlan
from training.plan_page import Planned

_COLUMNS = (
    Column("TT", width=6),
    Column("Nội dung, khóa", width=44, wrap=True),
    Column("Đối tượng", width=30, wrap=True),
    Column("Số lớp", width=9, number_format="#,##0"),
    Column("Số lượt người", width=11, number_format="#,##0",
           says="Lượt: một người học hai lớp tính hai"),
    Column("Thời gian (ngày)", width=10, number_format="#,##0", says="Số ngày của một lớp"),
    Column("Thời điểm", width=24),
    Column("Cơ sở đào tạo, bồi dưỡng", width=30, wrap=True),
    Column("Kinh phí TW", width=16, number_format="#,##0", says="Đồng"),
    Column("Kinh phí ĐP", width=16, number_format="#,##0", says="Đồng"),
    Column("Kinh phí khác", width=16, number_format="#,##0", says="Đồng"),
    Column("Đơn vị chủ trì", width=26, wrap=True),
    Column("Ghi chú", width=30, wrap=True),
)  # fmt: skip


def period_of(line: PlanLine) -> str:
    """ "03/2024 – 05/2024"; "" where nothing is known."""
    days = [line.period_from, line.period_to]
    return " – ".join(dict.fromkeys(f"{day:%m/%Y}" for day in days if day))


def workbook(plan: TrainingPlan, lines: Sequence[PlanLine], total: Planned) -> bytes:
    """The district's `lines` with their `total`, as the bytes of a workbook."""
    return write_table(_COLUMNS, _rows(lines, total), title="Kế hoạch", lead=_lead(plan))


def _lead(plan: TrainingPlan) -> list[str]:
    state = str(plan.decision) if plan.state == TrainingPlan.State.APPROVED else "Chưa phê duyệt"
    return [
        f"KẾ HOẠCH ĐÀO TẠO, BỒI DƯỠNG CÁN BỘ, CÔNG CHỨC CẤP XÃ NĂM {plan.year}",
        state,
        "Đơn vị tính kinh phí: đồng. Số lượt người: một người học hai lớp tính hai lượt.",
    ]


def _rows(lines: Sequence[PlanLine], total: Planned) -> Iterator[list[Any]]:
    for number, line in enumerate(lines, start=1):
        yield [
            number, line.programme.name, line.target_group, line.classes, line.participations,
            line.days, period_of(line), line.provider.name if line.provider else "",
            line.cost_central, line.cost_local, line.cost_other, line.lead, line.note,
        ]  # fmt: skip
    yield [
        None, "Tổng cộng", None, total.classes, total.participations, None, None, None,
        total.cost_central, total.cost_local, total.cost_other, None, None,
    ]  # fmt: skip
