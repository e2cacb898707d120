"""The forms of a person's profile, family, work, organisations, merit, states and pay."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms

from cadres.legal_tables import salary_grades
from cadres.records_profile import AFFILIATIONS, AWARDS, FAMILY, PROFILE, WORK
from cadres.records_service import ALLOWANCES, DISCIPLINES, SALARY, STATUSES
from cadres.rules.salary import Grade
from cadres.steps import before, end_with_next
from intake.forms.fields import DigitsField
from intake.forms.rows import TableForm, form_of

_LOST_ZERO = re.compile(r"[0-9]\.[0-9]{3}")


class ProfileTableForm(TableForm):
    """One a person, new or not: the version guards both."""

    versioned = True

    def clean(self) -> Any:
        super().clean()
        cleaned = self.cleaned_data
        begins, ends = cleaned.get("enlisted_on"), cleaned.get("discharged_on")
        if begins and ends and ends.latest < begins.earliest:
            self.add_error("discharged_on", "Ngày xuất ngũ phải không trước ngày nhập ngũ.")
        for name in ("academic_title_year", "honour_year"):
            year = cleaned.get(name)
            if year and not 1945 <= year <= self.today.year:
                self.add_error(name, f"Năm phải từ 1945 đến {self.today.year}.")
        return cleaned


class FollowingForm(TableForm):
    """A step of pay or an allowance: a new one ends the one before by itself, and says so."""

    def check_record(self) -> None:
        row = self.instance
        last = before(row) if row.pk is None else None
        later = end_with_next(row) if row.pk is None else None
        told = []
        if later is not None:
            told.append(f"Mức này đến hết ngày {row.last_on:%d/%m/%Y}, trước {later}.")
        if last is not None:
            told.append(f"Dòng trước ({last}) tự kết thúc trước ngày {row.valid_from:%d/%m/%Y}.")
        self.told = " ".join(told)
        if last is None:
            super().check_record()


class SalaryStepForm(FollowingForm):
    def clean_grade_code(self) -> str:
        code: str = self.cleaned_data["grade_code"]
        if _LOST_ZERO.fullmatch(code):
            raise forms.ValidationError(f"Mã ngạch đã mất số 0 ở đầu; ghi 0{code}.")
        return code

    def clean(self) -> Any:
        """The name of a grade of the law is told by its code."""
        super().clean()
        cleaned = self.cleaned_data
        if (
            cleaned.get("grade_code")
            and not cleaned.get("grade_name")
            and cleaned.get("valid_from")
        ):
            cleaned["grade_name"] = _grade_name(cleaned["grade_code"], cleaned)
        return cleaned


def _grade_name(code: str, cleaned: Mapping[str, Any]) -> str:
    """The name of the grade on the day; "" where the code names several or none."""
    day, coefficient = cleaned["valid_from"], cleaned.get("coefficient")
    grades = [g for g in salary_grades() if g.code == code and _is_in_force(g, day)]
    fitting = [g for g in grades if coefficient in _coefficients(g)] or grades
    names = {grade.name for grade in fitting}
    return names.pop() if len(names) == 1 else ""


def _is_in_force(grade: Grade, day: Any) -> bool:
    return grade.valid_from <= day and (grade.valid_to is None or day < grade.valid_to)


def _coefficients(grade: Grade) -> set[Decimal]:
    return {grade.first + grade.increment * step for step in range(grade.steps)}


ProfileForm = form_of(
    PROFILE,
    (
        ("Giấy tờ, bảo hiểm", (
            ("national_id_issued_on", "national_id_issued_by"),
            ("personal_code", "health_card_number"),
            ("insurance_number", "insured_from"),
            ("permanent_residence", "email"),
        )),
        ("Nguồn gốc, công việc", (
            ("family_class", "prior_job"),
            ("agency_joined_on", "revolution_joined_on"),
            ("main_work", "longest_work"),
            ("strengths", "schooling"),
            ("academic_title", "academic_title_year"),
            ("honour", "honour_year"),
        )),
        ("Lực lượng vũ trang, chính sách", (
            ("enlisted_on", "discharged_on"),
            ("military_rank", "war_invalid"),
            "policy_family",
        )),
        ("Sức khỏe", (("health", "blood_type"), ("height_cm", "weight_kg"))),
        ("Lịch sử bản thân", (
            "personal_history", "foreign_relations", "household_economy", "remark",
        )),
    ),
    base=ProfileTableForm,
    help_texts={
        "insured_from": "Tháng/năm, như 09/2005.",
        "schooling": "Như 12/12, 10/10, 7/10, bổ túc 12/12.",
        "foreign_relations": "Tổ chức, thân nhân ở nước ngoài: ai, ở đâu, làm gì; không có thì ghi "
        "“Không”.",
        "policy_family": "Như con liệt sĩ, con thương binh; không ghi nếu không thuộc diện nào.",
        "remark": "Chỉ nhận xét đã công bố; không ghi quy hoạch, đơn thư, việc chưa kết luận.",
    },
    insurance_number=DigitsField(
        label="Số sổ BHXH", lengths=(10,), message="Số sổ BHXH có 10 chữ số, kể cả số 0 ở đầu."
    ),
)  # fmt: skip

FamilyForm = form_of(
    FAMILY,
    (("Người thân", (
        ("side", "relation"), ("full_name", "born_on"), "is_deceased", "detail",
    )),),
    before_birth=frozenset({"born_on"}),
    help_texts={"relation": "Như Bố, Mẹ, Vợ, Chồng, Con, Anh, Chị, Em, Bố vợ."},
)  # fmt: skip

WorkPeriodForm = form_of(
    WORK,
    (("Quá trình công tác", (("from_on", "until_on"), "what")),),
    help_texts={"what": "Kể cả học tập, bộ đội, nơi khác; chức vụ ở xã ghi thêm ở “Chức vụ, chức "
                        "danh”, vì số liệu tính từ đó."},
)  # fmt: skip

AffiliationForm = form_of(
    AFFILIATIONS,
    (("Đoàn thể, đại biểu HĐND", (
        ("body", "role"), ("joined_on", "until_on"), ("term", "note"),
    )),),
    future=frozenset({"until_on"}),
    help_texts={"term": "Của đại biểu HĐND."},
)  # fmt: skip

SalaryForm = form_of(
    SALARY,
    (
        ("Mức lương", (
            ("valid_from", "last_on"), ("grade_code", "grade_name"), ("step", "coefficient"),
            ("percent", "over_frame_percent"),
        )),
        ("Vì sao", (("reason", "delayed_months"), ("decision_number", "note"))),
    ),
    base=SalaryStepForm,
    help_texts={
        "last_on": "Để trống: mức trước tự kết thúc, mức này đến khi có mức mới.",
        "grade_code": "Như 01.003, 01.004, 01.005.",
        "grade_name": "Để trống thì lấy theo mã ngạch.",
    },
)  # fmt: skip

AllowanceForm = form_of(
    ALLOWANCES,
    (("Phụ cấp", (
        "kind", ("valid_from", "last_on"), ("coefficient", "percent"),
        ("decision_number", "note"),
    )),),
    base=FollowingForm,
    help_texts={"coefficient": "Ghi hệ số hoặc phần trăm, một trong hai, ví dụ 0,25.",
                "percent": "Ví dụ 25.",
                "last_on": "Để trống nếu còn hưởng; phụ cấp cùng loại trước đó tự kết thúc."},
)  # fmt: skip

AwardForm = form_of(
    AWARDS,
    (("Khen thưởng", (
        ("kind", "system"), ("year", "decided_on"), ("decision_number", "issuer"), "detail", "note",
    )),),
    help_texts={"system": ""},
)  # fmt: skip

DisciplineForm = form_of(
    DISCIPLINES,
    (("Quyết định kỷ luật đã ban hành", (
        ("system", "form"), ("reason", "decided_on"), ("effective_on", "last_on"),
        ("decision_number", "issuer"), "note",
    )),),
    future=frozenset({"effective_on"}),
    help_texts={
        "last_on": "Ngày cuối còn hiệu lực; kỷ luật chính quyền hết sau 12 tháng nếu không tái "
        "phạm.",
        "note": "Không ghi đơn thư, vụ việc chưa kết luận.",
    },
)  # fmt: skip

StatusForm = form_of(
    STATUSES,
    (("Tình trạng công tác", (
        ("kind", "scheme"), ("valid_from", "last_on"), ("place", "decision_number"),
        "from_district", "note",
    )),),
    help_texts={"from_district": "", "scheme": "Chỉ chọn khi nghỉ hưu."},
)  # fmt: skip

FORMS = MappingProxyType(
    {
        "profile": ProfileForm,
        "family": FamilyForm,
        "work_period": WorkPeriodForm,
        "affiliation": AffiliationForm,
        "salary_step": SalaryForm,
        "allowance": AllowanceForm,
        "award": AwardForm,
        "discipline": DisciplineForm,
        "status": StatusForm,
    }
)
