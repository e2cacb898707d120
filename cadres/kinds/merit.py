"""Awards and discipline, with what discipline does to posts and pay; decided when the basis was.

NĐ 112/2020, NĐ 71/2023: khiển trách, cảnh cáo, hạ bậc lương, giáng chức, cách chức, bãi nhiệm,
buộc thôi việc; a decision runs twelve months unless it says otherwise.
"""

from datetime import date

from django.utils.formats import number_format

from cadres.change_kinds import ChangeKind
from cadres.edits import RowEdit, adding
from cadres.kinds.parts import (
    HOLDING,
    NOTE,
    SEAT,
    Values,
    end_problems,
    ending,
    leaving,
    leaving_problems,
    new_step,
    seats,
    step_on,
)
from cadres.kinds.pay import same_as
from cadres.models import Award, Cadre, Discipline, Ended, SalaryStep, Status
from cadres.records import Field, Kind
from cadres.rules.careers import Problem
from cadres.rules.salary import DELAY_OF

Edits = list[RowEdit | None]
Form = Discipline.Form
# Forms that take a post away, and what its end is called.
_ENDS = {Form.REMOVAL: Ended.REMOVED, Form.DISMISSAL: Ended.DISMISSED}


class Praise(ChangeKind):
    code, label = "award", "Khen thưởng"
    section = "Khen thưởng"
    fields: tuple[Field, ...] = (
        Field("kind", "Hình thức", Kind.CHOICE, choices=dict(Award.Kind.choices), is_required=True),
        Field("system", "Hệ thống", Kind.CHOICE, choices=dict(Award.System.choices),
              is_required=True),
        Field("year", "Năm", Kind.INTEGER, is_required=True),
        Field("detail", "Thành tích, tên gọi", Kind.TEXT),
        Field("issuer", "Cơ quan khen thưởng", Kind.TEXT),
    )  # fmt: skip

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        told = {name: values.get(name) or "" for name in ("detail", "issuer")}
        return [
            adding(
                Award(
                    cadre=cadre, kind=values["kind"], system=values["system"],
                    year=values["year"], **told,
                )
            )
        ]  # fmt: skip


class Disciplined(ChangeKind):
    code, label = "discipline", "Kỷ luật"
    section = "Kỷ luật"
    fields: tuple[Field, ...] = (
        Field("system", "Hệ thống", Kind.CHOICE, choices=dict(Award.System.choices),
              is_required=True),
        Field("form", "Hình thức", Kind.CHOICE, choices=dict(Form.choices), is_required=True),
        Field("reason", "Lý do", Kind.CHOICE, choices=dict(Discipline.Reason.choices),
              is_required=True),
        Field("until", "Hiệu lực đến hết ngày", Kind.LAST_DAY,
              help="Để trống: mười hai tháng kể từ ngày có hiệu lực."),
        Field("holding", HOLDING.header, Kind.HOLDING,
              help="Khi cách chức, bãi nhiệm: chức vụ bị thôi giữ."),
        Field("seat", SEAT.header, Kind.SEAT, help="Khi cách chức trong Đảng."),
        Field("coefficient", "Hệ số sau khi hạ bậc", Kind.DECIMAL, help="Chỉ khi hạ bậc lương."),
        Field("step", "Bậc sau khi hạ", Kind.INTEGER, help="Chỉ khi hạ bậc lương."),
        Field("issuer", "Cơ quan quyết định", Kind.TEXT),
        NOTE,
    )  # fmt: skip

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        form = values["form"]
        if form in _ENDS:
            holding, seat = values.get("holding"), values.get("seat")
            if holding is None and seat is None:
                return [Problem("holding", "Chưa chọn chức vụ bị thôi giữ", "chọn một chức vụ")]
            return [*end_problems(holding, day, "holding"), *end_problems(seat, day, "seat")]
        if form == Form.LOWER_PAY:
            return self._lower_pay_problems(cadre, values, day)
        if form == Form.EXPULSION:
            return [each for row in seats(cadre, day) for each in end_problems(row, day, "form")]
        return leaving_problems(cadre, day) if form == Form.DISCHARGE else []

    def _lower_pay_problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        now = step_on(cadre, day)
        if now is None or now.valid_from == day:
            return [Problem("", "Không có mức lương nào để hạ từ ngày ấy", "xếp lương trước")]
        lower = values.get("coefficient")
        if lower is None or lower >= now.coefficient:
            now_told = number_format(now.coefficient)
            words = f"Hệ số sau khi hạ phải thấp hơn hệ số đang hưởng ({now_told})"
            return [Problem("coefficient", words, "nhập hệ số của bậc dưới")]
        return []

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        months = DELAY_OF.get(values["form"])
        if values["system"] != Award.System.STATE or not months or step_on(cadre, day) is None:
            return []
        return [f"Lần nâng lương thường xuyên tới chậm thêm {months} tháng (TT 08/2013, điều 2)."]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        told = {name: values.get(name) or "" for name in ("issuer", "note")}
        row = Discipline(
            cadre=cadre, system=values["system"], form=values["form"], reason=values["reason"],
            effective_on=day,
            ends_on=values.get("until") or _a_year_after(day), **told,
        )  # fmt: skip
        return [adding(row), *self._effects(cadre, values, day)]

    def _effects(self, cadre: Cadre, values: Values, day: date) -> Edits:
        form = values["form"]
        if form in _ENDS:
            rows = (values.get("holding"), values.get("seat"))
            return [ending(row, day, _ENDS[form]) for row in rows if row is not None]
        if form == Form.EXPULSION:  # who is no member of the Party sits in none of its committees
            return [ending(row, day, Ended.REMOVED) for row in seats(cadre, day)]
        if form == Form.DISCHARGE:
            return leaving(cadre, day, Status.Kind.RESIGNED, Ended.QUIT)
        if form == Form.LOWER_PAY:
            now = step_on(cadre, day)
            assert now is not None, "problems() said that there is one"
            lowered = {"coefficient": values["coefficient"], "step": values.get("step"),
                       "reason": SalaryStep.Reason.LOWERED}  # fmt: skip
            return new_step(cadre, day, **{**same_as(now), **lowered})
        return []


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if is_leap_day else day.replace(year=day.year + 1)
