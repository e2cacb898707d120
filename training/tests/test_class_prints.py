"""What is printed of a class: the annex, the certificates, the report."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from training.class_report import mean_of
from training.models import Attendance, ClassSession, SurveySheet
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_learner,
    make_programme,
)

pytestmark = pytest.mark.django_db


def signed_in(client, role=Role.DISTRICT_HR):
    client.force_login(make_user(role), "accounts.backends.WithCommune")
    return client


def shown(response):
    return response.content.decode()


@pytest.fixture
def hr(client):
    return signed_in(client)


@pytest.fixture
def held():
    return make_class("Trung cấp LLCT khóa 1", programme=make_programme(), state="results")


def test_the_annex_lists_who_was_sent_with_post_and_year_and_no_reason(client, held):
    decision = make_decision("77/QĐ-UBND")
    cadre = make_cadre("Lý Thị Cử", born_on="1985-01-02")
    make_holding(
        cadre, make_post("Phó Chủ tịch Hội"), make_commune("Xã Nhà"), valid_from=date(2022, 1, 1)
    )
    make_enrolment(held, cadre, decision=decision, exception_reason="Vừa hết kỷ luật")
    make_enrolment(held, make_cadre("Ghi Nhầm"), result="withdrawn", decision=decision)
    make_enrolment(
        held, make_cadre("Rút Sau"), result="withdrawn", decision=decision,
        result_decision=make_decision(),
    )  # fmt: skip
    make_enrolment(held, make_cadre("Chuyển Đi"), result="transferred", decision=decision)
    signed_in(client, Role.LEADER)

    page = shown(client.get(f"/dao-tao/{held.pk}/danh-sach-cu-hoc/"))

    assert "Kèm theo Quyết định số 77/QĐ-UBND ngày 20/02/2023 của UBND huyện" in page
    assert "<td>Lý Thị Cử</td><td>1985</td><td>Phó Chủ tịch Hội, Xã Nhà</td>" in page
    for gone in ("Rút Sau", "Ghi Nhầm", "Chuyển Đi"):
        assert gone not in page
    assert "kỷ luật" not in page


def test_each_decision_has_a_list_of_those_whom_it_sends_and_those_without_one_theirs(hr, held):
    make_enrolment(held, make_cadre("Chưa Có"))
    make_enrolment(held, make_cadre("Của Hai"), decision=make_decision("2/QĐ"))
    first = make_decision("1/QĐ", signed_on=date(2023, 2, 1))
    make_enrolment(held, make_cadre("Của Một"), decision=first)

    page = shown(hr.get(f"/dao-tao/{held.pk}/danh-sach-cu-hoc/"))

    told = ["số 1/QĐ ngày 01/02/2023", "Của Một", "số 2/QĐ ngày 20/02/2023", "Của Hai",
            "Chưa có quyết định cử đi học</h2>", "Chưa Có</td>"]  # fmt: skip
    places = [page.index(each) for each in told]
    assert places == sorted(places)
    assert page.count("Danh sách có 1 người.") == 3
    # each goes with its own decision: a sheet of its own, with its head and its signatures
    assert page.count("CỘNG HÒA") == page.count("THỦ TRƯỞNG") == page.count("<article") == 3


def test_a_class_without_learners_has_an_annex_that_says_what_to_do(hr, held):
    assert "chưa có ai trong danh sách" in shown(hr.get(f"/dao-tao/{held.pk}/danh-sach-cu-hoc/"))


def test_certificates_list_who_passed(hr, held):
    make_enrolment(
        held, make_cadre("Người Đạt"), result="passed", certificate_number="A1",
        certificate_on=date(2023, 5, 20),
    )  # fmt: skip
    make_enrolment(held, make_cadre("Người Trượt"), result="failed")

    page = shown(hr.get(f"/dao-tao/{held.pk}/chung-chi/"))

    assert "<td>A1</td><td>20/05/2023</td><td></td>" in page
    assert "Người Trượt" not in page


def test_the_report_says_luot_and_people_units_attendance_survey_and_costs(hr):
    held = make_class(cost_local=12_500_000, cost_central=1_000_000)
    cadre = make_cadre()
    make_holding(cadre, commune=make_commune("Xã Nhà"))
    row = make_enrolment(held, cadre, result="passed")
    make_enrolment(held, make_cadre(), result="failed")
    make_enrolment(held, outside_learner=make_learner(commune=make_commune("Xã Ngoài")))
    sitting = ClassSession.objects.create(
        training_class=held, held_on=date(2023, 3, 1), begins_at="07:00", ends_at="11:00"
    )
    by = make_user()
    Attendance.objects.create(session=sitting, enrolment=row, mark="present", marked_by=by)
    SurveySheet.objects.create(
        training_class=held, marks={"goal": 5, "use": 4}, token="a", entered_by=by
    )

    page = shown(hr.get(f"/dao-tao/{held.pk}/bao-cao/"))

    assert "3 lượt người học; 3 người, trong đó 2 người có hồ sơ trên cổng" in page
    assert "đang học 1; hoàn thành 1; không hoàn thành 1." in page
    assert "<td>Xã Nhà</td><td>1</td><td>1</td><td>0</td><td>0</td>" in page
    assert "<td>Xã Ngoài</td><td>1</td><td>0</td><td>0</td><td>1</td>" in page
    assert page.index("Xã Ngoài") < page.index("Ngoài các xã, thị trấn")
    assert "1/1 buổi đã điểm danh; có mặt 1/1 lượt điểm danh" in page
    assert "1 phiếu; điểm trung bình 4,50 trên 5" in page
    assert "Ngân sách địa phương: 12.500.000 đồng" in page
    assert "Cộng: 13.500.000 đồng" in page


@pytest.mark.parametrize(
    ("sheets", "mean"), [([], None), ([{}, None], None), ([{"a": 5, "b": 4}, {"a": 4, "b": 9}],
                                                         "4.33")]
)  # fmt: skip
def test_the_mean_is_of_marks_from_1_to_5(sheets, mean):
    found = mean_of(sheets)

    assert (str(found) if found else None) == mean


@pytest.mark.parametrize("path", ["danh-sach-cu-hoc", "chung-chi", "bao-cao"])
def test_a_draft_is_printed_by_the_districts_staff_alone(client, path):
    draft = make_class(state="draft")
    url = f"/dao-tao/{draft.pk}/{path}/"
    signed_in(client, Role.LEADER)
    assert client.get(url).status_code == 404

    assert signed_in(client).get(url).status_code == 200
