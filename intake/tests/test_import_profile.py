"""The profile and service tables of the record set: out, back, and what is refused."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from accounts.tests.factories import make_user
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Discipline,
    FamilyMember,
    Profile,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.models.post import Term
from cadres.records import write_record_set
from cadres.tests.factories import (
    make_affiliation,
    make_allowance,
    make_award,
    make_cadre,
    make_commune,
    make_discipline,
    make_family_member,
    make_holding,
    make_profile,
    make_qualification,
    make_salary_step,
    make_short_training,
    make_status,
    make_work_period,
)
from daitu_portal.dates import PartialDate
from intake.models import ImportBatch
from intake.tests.books import plan_of, told, write
from intake.tests.test_import import bring_in_file

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
MODELS = (Affiliation, Allowance, Award, Discipline, FamilyMember, Profile, SalaryStep, Status,
          WorkPeriod)  # fmt: skip
_numbers = count(1)


@pytest.fixture
def hr():
    return make_user()


def full_person():
    """Someone with a row in each table, and in each column of it."""
    number = next(_numbers)
    cadre = make_cadre("Lê Thị Đủ", code=f"PF00010{number}", born_on="1980-05-12")
    make_profile(
        cadre, national_id_issued_on=PartialDate("2021-08-05"), national_id_issued_by="Cục CS",
        personal_code="019080000001", insurance_number="0190800001", health_card_number="GD4019",
        insured_from=PartialDate("2005-09"), permanent_residence="Xóm Thử", email="a@vidu.vn",
        schooling="12/12", family_class="Nông dân", prior_job="Giáo viên",
        agency_joined_on=PartialDate("2010"), revolution_joined_on=PartialDate("2000"),
        main_work="Văn thư", longest_work="Dạy học", strengths="Soạn thảo", academic_title="",
        honour="Nhà giáo ưu tú", honour_year=2009, enlisted_on=PartialDate("2000-02"),
        discharged_on=PartialDate("2002-02"), military_rank="Thượng sĩ", war_invalid="4/4",
        policy_family="Con liệt sĩ", health="Tốt", height_cm=158, weight_kg=52, blood_type="AB-",
        personal_history="Dòng một\nDòng hai", foreign_relations="Không",
        household_economy="Nhà cấp 4", remark="=1+1",
    )  # fmt: skip
    make_family_member(cadre, "Chồng", "Lý Văn Thân", born_on=PartialDate("1978"), side="own")
    make_family_member(cadre, "Bố chồng", "Lý Văn Cha", side="spouse", is_deceased=True, detail="x")
    make_work_period(cadre, until_on=PartialDate("2010-02"))
    term, _ = Term.objects.get_or_create(
        organisation="hdnd", valid_from=date(2021, 5, 23), defaults={"name": "Khóa Thử"}
    )
    make_affiliation(cadre, "council_commune", term=term, joined_on=PartialDate("2021-05-23"),
                     until_on=PartialDate("2023"), role="Đại biểu", note="n")  # fmt: skip
    make_affiliation(cadre, "women")
    make_award(cadre, system="party", detail="Bài dự thi", decided_on=date(2021, 12, 1),
               decision_number="9/QĐ", issuer="Huyện ủy", note="n")  # fmt: skip
    make_status(cadre, "rotated", place="Xã Bạn", from_district=True, decision_number="7/QĐ",
                valid_from=date(2022, 1, 1), valid_to=date(2022, 7, 1), note="n")  # fmt: skip
    make_status(cadre, "retired", scheme="early")
    make_salary_step(cadre, "2.34", valid_from=date(2019, 3, 1), valid_to=date(2022, 3, 1), step=1)
    make_salary_step(cadre, "2.67", step=2, percent=85, over_frame_percent=6, reason="regular",
                     delayed_months=6, decision_number="8/QĐ", note="n")  # fmt: skip
    make_allowance(cadre, decision_number="5/QĐ", note="n")
    make_allowance(cadre, "public_duty", percent=Decimal("25"))
    make_discipline(cadre, ends_on=date(2024, 1, 9), decision_number="6/QĐ", issuer="HU", note="n")
    make_qualification(cadre, studied_from=PartialDate("2001-09"), studied_until="2005-06")
    make_short_training(cadre, title="Lớp 1", started_on=PartialDate("2017"), study_form="distance")
    make_holding(cadre, make_post_once(), make_commune(), valid_to=date(2023, 1, 1),
                 ratified_on=date(2021, 7, 1), end_reason="resigned")  # fmt: skip
    return cadre


def make_post_once():
    from cadres.tests.factories import make_post

    return make_post(f"Chức danh {next(_numbers)}")


def test_what_is_exported_and_brought_back_changes_nothing(tmp_path, hr):
    full_person()
    full_person()
    write_record_set(tmp_path / "x.xlsx")

    batch = bring_in_file(tmp_path / "x.xlsx", hr)

    assert batch.problems == []
    assert [cell for one in batch.preview for cell in one["cells"]] == []
    assert batch.state == ImportBatch.State.UNCHANGED
    assert batch.counts["unchanged"] == 2 * 18


def test_an_empty_portal_is_filled_to_the_last_column(tmp_path, hr):
    cadre = full_person()
    kept = {model: list(model.objects.values().order_by("pk")) for model in MODELS}
    write_record_set(tmp_path / "x.xlsx")
    for model in MODELS:
        model.objects.all().delete()

    batch = bring_in_file(tmp_path / "x.xlsx", hr)

    assert (batch.problems, batch.state) == ([], ImportBatch.State.DONE)
    for model, rows in kept.items():
        again = list(model.objects.values().order_by("pk"))
        assert [{**row, "id": 0} for row in again] == [{**row, "id": 0} for row in rows], model
    cadre.refresh_from_db()
    assert cadre.version == 2


def test_a_clerks_numbers_come_with_comma_or_dot_and_codes_keep_their_zero(tmp_path, hr):
    cadre = make_cadre(code="DT000001")
    head = ["Số hiệu", "Từ ngày", "Đến hết ngày", "Mã ngạch", "Hệ số"]

    bring_in_file(
        write(tmp_path / "x.xlsx", {"Diễn biến lương": [
            head,
            ["DT000001", date(2019, 3, 1), date(2022, 2, 28), "01.003", "2,34"],
            ["DT000001", "01/03/2022", None, "01.003", 2.67],
        ]}), hr,
    )  # fmt: skip

    first, second = cadre.salary_steps.order_by("valid_from")
    assert (first.coefficient, first.grade_code) == (Decimal("2.34"), "01.003")
    assert (second.coefficient, second.percent, second.valid_to) == (Decimal("2.67"), 100, None)


@pytest.mark.parametrize(
    ("sheet", "head", "row", "where", "message"),
    [
        ("Diễn biến lương", ["Số hiệu", "Từ ngày", "Hệ số"], ["A", date(2022, 1, 1), "1.800"], "C2",
         "Không rõ là phần nghìn"),
        ("Diễn biến lương", ["Số hiệu", "Từ ngày", "Hệ số"], ["A", date(2022, 1, 1), "hai"], "C2",
         "Không phải số"),
        ("Diễn biến lương", ["Số hiệu", "Từ ngày", "Hệ số"], ["A", date(2022, 1, 1), 12], "C2",
         "không quá 10"),
        ("Diễn biến lương", ["Số hiệu", "Từ ngày", "Hệ số", "Mã ngạch"],
         ["A", date(2022, 1, 1), 2.34, 1.003], "D2", "mất số 0"),
        ("Diễn biến lương", ["Số hiệu", "Từ ngày", "Hệ số"], ["B", date(2022, 6, 1), 2.67], "B2",
         "Trùng thời gian"),
        ("Phụ cấp", ["Số hiệu", "Phụ cấp", "Từ ngày"], ["A", "Chức vụ", date(2022, 1, 1)], "",
         "hệ số hoặc phần trăm"),
        ("Tình trạng công tác", ["Số hiệu", "Tình trạng", "Từ ngày", "Chế độ nghỉ hưu"],
         ["A", "Đi học", date(2022, 1, 1), "Nghỉ trước tuổi"], "B2", "Chế độ chỉ ghi khi nghỉ hưu"),
        ("Kỷ luật",
         ["Số hiệu", "Hệ thống", "Hình thức", "Lý do", "Ngày quyết định", "Có hiệu lực từ",
          "Hiệu lực đến hết ngày"],
         ["A", "Đảng", "Cảnh cáo", "Lối sống", date(2022, 1, 1), date(2022, 1, 1),
          date(2021, 1, 1)], "G2", "phải sau ngày có hiệu lực"),
        ("Lý lịch", ["Số hiệu", "Chiều cao (cm)"], ["A", 15], "B2", "từ 80 đến 250"),
        ("Quá trình công tác", ["Số hiệu", "Từ", "Đến", "Chức danh, chức vụ, đơn vị công tác"],
         ["A", "2010", "2009", "Bộ đội"], "C2", "không trước"),
        ("Khen thưởng", ["Số hiệu", "Hình thức", "Năm"], ["A", "Giấy khen", 1900], "C2", "1945"),
        ("Gia đình", ["Số hiệu", "Quan hệ"], ["A", "Vợ"], "", "Thiếu “Họ và tên người thân”"),
    ],
)  # fmt: skip
def test_what_the_rules_of_the_record_refuse_is_told_at_its_cell(
    tmp_path, sheet, head, row, where, message
):
    make_cadre(code="A")
    make_salary_step(make_cadre(code="B"))

    plan = plan_of(write(tmp_path / "x.xlsx", {sheet: [head, row]}), TODAY)

    said = [(ref, words) for ref, words in told(plan.problems) if message in words]
    assert len(said) == 1, told(plan.problems)
    assert not where or said[0][0] == where


def test_a_parent_is_older_than_the_person(tmp_path):
    make_cadre(code="A", born_on="1980")
    sheet = {"Gia đình": [["Số hiệu", "Quan hệ", "Họ và tên người thân", "Năm sinh"],
                          ["A", "Bố", "Lý Văn Cha", 1950]]}  # fmt: skip

    assert plan_of(write(tmp_path / "x.xlsx", sheet), TODAY).problems == []


def test_the_plan_asks_the_same_number_of_questions_for_many_rows(tmp_path, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(number):
        rows = [["Số hiệu", "Từ ngày", "Hệ số"]]
        for each in range(number):
            make_cadre(code=f"N{number}-{each}")
            rows.append([f"N{number}-{each}", date(2022, 1, 1), 2.34])
        path = write(tmp_path / f"{number}.xlsx", {"Diễn biến lương": rows})
        with CaptureQueriesContext(connection) as queries:
            plan_of(path, TODAY)
        return len(queries)

    assert asked(2) == asked(40)
