"""Ranking into a grade, and raises of pay (TT 08/2013/TT-BNV, TT 03/2021/TT-BNV)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

from cadres.change_kinds import ChangeKind
from cadres.edits import RowEdit, changing
from cadres.kinds.parts import NOTE, Values, new_step, step_on
from cadres.legal_tables import salary_grades
from cadres.models import Cadre, SalaryStep
from cadres.pay_records import pay_record_of
from cadres.records import Field, Kind
from cadres.rules.careers import Problem
from cadres.rules.salary import Step, grade_of, next_raise

Edits = list[RowEdit | None]
Reason = SalaryStep.Reason
_BY_SCALE = "Để trống: bậc kế tiếp của ngạch."

STEP = Field("step", "Bậc", Kind.INTEGER, is_required=True)
COEFFICIENT = Field("coefficient", "Hệ số", Kind.DECIMAL, is_required=True)


class Ranking(ChangeKind):
    code, label = "ranking", "Bổ nhiệm vào ngạch, xếp lương"
    section = "Lương"
    fields: tuple[Field, ...] = (
        Field("grade_code", "Mã ngạch", Kind.IDENTIFIER, is_required=True, example="01.003"),
        Field("grade_name", "Ngạch", Kind.TEXT),
        STEP,
        COEFFICIENT,
        Field("percent", "Phần trăm hưởng", Kind.INTEGER, help="Tập sự: 85; để trống là 100."),
        NOTE,
    )

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        told = {name: values.get(name) or "" for name in ("grade_code", "grade_name", "note")}
        return new_step(
            cadre, day, reason=Reason.RANKED, step=values["step"],
            coefficient=values["coefficient"], percent=values.get("percent") or 100, **told,
        )  # fmt: skip


class Raise(ChangeKind):
    """The next step of the grade in which the person is; by its scale where it is left empty."""

    section = "Lương"
    fields: tuple[Field, ...] = (
        replace(STEP, is_required=False, help=_BY_SCALE),
        replace(COEFFICIENT, is_required=False, help=_BY_SCALE),
        NOTE,
    )
    reason = Reason.REGULAR

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        now = step_on(cadre, day)
        if now is None:
            words = "Người này chưa có mức lương nào vào ngày ấy"
            return [Problem("", words, "xếp lương trước")]
        return self.against(now, values, day)

    def against(self, now: SalaryStep, values: Values, day: date) -> list[Problem]:
        """What is wrong with the new step beside the one of now."""
        if now.valid_from == day:
            return [Problem("", "Đã có một mức lương từ đúng ngày ấy", "chọn ngày khác")]
        step, coefficient = self.next_of(now, values, day)
        if coefficient is None:
            words = "Bảng lương không có bậc sau bậc đang hưởng"
            return [Problem("coefficient", words, "nhập bậc và hệ số, hoặc dùng vượt khung")]
        if coefficient <= now.coefficient:
            words = f"Hệ số mới không cao hơn hệ số đang hưởng ({number_format(now.coefficient)})"
            return [Problem("coefficient", words, "kiểm tra lại bậc và hệ số")]
        return []

    def next_of(
        self, now: SalaryStep, values: Values, day: date
    ) -> tuple[int | None, Decimal | None]:
        """(step, coefficient) after `now`: as given, what is missing by the scale of the grade."""
        step, coefficient = values.get("step"), values.get("coefficient")
        held = Step(now.valid_from, now.grade_code, now.step, now.coefficient)
        grade = grade_of(salary_grades(), held, day)
        if grade is None:
            return step, coefficient
        if coefficient is None:
            step = step or (grade.step_of(now.coefficient) or 0) + 1
            return step, grade.coefficient(step) if step <= grade.steps else None
        return step or grade.step_of(coefficient), coefficient

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        now = step_on(cadre, day)
        assert now is not None, "problems() said that there is one"
        return new_step(cadre, day, **{**same_as(now), **self.raised(now, values, day)})

    def raised(self, now: SalaryStep, values: Values, day: date) -> dict[str, object]:
        """What the new step has otherwise than the one of now."""
        step, coefficient = self.next_of(now, values, day)
        return {
            "step": step,
            "coefficient": coefficient,
            "reason": self.reason,
            "note": values.get("note") or "",
        }


def same_as(now: SalaryStep) -> dict[str, object]:
    """What a new step takes over from the one of now."""
    names = ("grade_code", "grade_name", "step", "coefficient", "percent", "over_frame_percent")
    return {name: getattr(now, name) for name in names}


class RegularRaise(Raise):
    """Before its time it is told, not refused: the record may not know what the office counted
    (time kept from an earlier grade, service in the army), and the decision is signed."""

    code, label = "regular_raise", "Nâng lương thường xuyên"

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        pay = pay_record_of(cadre, day)
        now = next((each for each in pay.steps if each.is_in_force(day)), None)
        if now is None:
            return []
        step = Step(
            now.valid_from, now.grade_code, now.step, now.coefficient, now.percent,
            now.over_frame_percent, now.delayed_months,
        )  # fmt: skip
        due = next_raise(step, salary_grades(), pay.delays, day).on
        if due is None or day >= due:
            return []
        return [f"Sớm hơn kỳ nâng lương thường xuyên: theo hồ sơ là từ {due:%d/%m/%Y}."]


class EarlyRaise(Raise):
    code, label, reason = "early_raise", "Nâng lương trước hạn", Reason.EARLY


class OverFrame(Raise):
    """The seniority allowance beyond the last step: 5 %, then 1 % a year."""

    code, label, reason = "over_frame", "Phụ cấp thâm niên vượt khung", Reason.OVER_FRAME
    fields: tuple[Field, ...] = (
        Field("over_frame_percent", "Vượt khung (%)", Kind.INTEGER, is_required=True),
        NOTE,
    )

    def against(self, now: SalaryStep, values: Values, day: date) -> list[Problem]:
        if now.valid_from == day:
            return [Problem("", "Đã có một mức lương từ đúng ngày ấy", "chọn ngày khác")]
        if values["over_frame_percent"] <= now.over_frame_percent:
            words = f"Không cao hơn mức đang hưởng ({now.over_frame_percent} %)"
            return [Problem("over_frame_percent", words, "kiểm tra lại phần trăm")]
        return []

    def raised(self, now: SalaryStep, values: Values, day: date) -> dict[str, object]:
        return {
            "over_frame_percent": values["over_frame_percent"],
            "reason": self.reason,
            "note": values.get("note") or "",
        }


class DelayedRaise(ChangeKind):
    """The next regular raise comes later: 6 or 12 months more (TT 08/2013, điều 2.3)."""

    code, label = "delayed_raise", "Kéo dài thời gian nâng lương"
    section = "Lương"
    fields: tuple[Field, ...] = (
        Field("months", "Số tháng kéo dài", Kind.INTEGER, is_required=True),
        NOTE,
    )

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        if step_on(cadre, day) is None:
            words = "Người này chưa có mức lương nào vào ngày ấy"
            return [Problem("", words, "xếp lương trước")]
        if not 1 <= values["months"] <= 36:
            return [Problem("months", "Số tháng phải từ 1 đến 36", "kiểm tra lại")]
        return []

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        now = step_on(cadre, day)
        assert now is not None, "problems() said that there is one"
        return [changing(now, {"delayed_months": now.delayed_months + values["months"]})]
