"""The pages of sittings, roll call and questionnaire: who reads, who writes, what they cost."""

from datetime import date

import pytest
import time_machine

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from training.models import Attendance, ClassSession, Enrolment, OutsideLearner, SurveySheet
from training.tests.factories import make_class, make_enrolment
from training.tests.test_class_pages import make_sitting, sign_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return sign_in(client)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2023-03-05 09:00", tick=False):
        yield


# ---- Sittings


def test_a_series_is_shown_by_its_address_then_added_once(staff):
    found = make_class()
    make_sitting(found, 6)
    query = {"tu": "01/03/2023", "den": "10/03/2023", "thu": ["0", "2"], "begins_at": "7h30",
             "ends_at": "11", "hours": "4"}  # fmt: skip
    address = f"/dao-tao/{found.pk}/buoi/loat/"

    page = text(staff.get(address, query))
    staff.post(address, query)
    again = text(staff.post(address, query, follow=True))

    assert "Sẽ thêm 2 buổi, thứ hai, thứ tư" in page  # 1, 6 and 8 March; on 6 there is one
    assert "đã có buổi 07:30–11:00, bỏ qua" in page
    assert [each.held_on.day for each in found.sessions.all()] == [1, 6, 8]
    assert "Không thêm buổi nào" in again


@pytest.mark.parametrize(
    ("told", "words"),
    [({"den": "28/02/2023"}, "không trước ngày đầu"), ({"den": "11/03/2023"}, "Lớp học từ"),
     ({"tu": "28/02/2023"}, "Lớp học từ"), ({"thu": []}, "ít nhất một ngày"),
     ({"thu": ["9"]}, ""), ({"tu": "04/03/2023", "den": "05/03/2023"}, "Không có ngày nào"),
     ({"begins_at": "25:00"}, "giờ:phút"), ({"ends_at": "7:30"}, "phải sau giờ bắt đầu")],
)  # fmt: skip
def test_a_series_that_cannot_be_is_refused(staff, told, words):
    found = make_class()
    query = {"tu": "01/03/2023", "den": "10/03/2023", "thu": ["0", "2"], "begins_at": "7:30",
             "ends_at": "11:00", **told}  # fmt: skip

    response = staff.post(f"/dao-tao/{found.pk}/buoi/loat/", query)

    assert response.status_code == 200
    assert words in text(response)
    assert not ClassSession.objects.exists()


def test_a_series_of_more_than_two_hundred_is_refused(staff):
    found = make_class(ends_on=date(2023, 12, 31))
    query = {"tu": "01/03/2023", "den": "31/12/2023", "thu": list("0123456"),
             "begins_at": "7:30", "ends_at": "11:00"}  # fmt: skip

    assert "Có 306 buổi" in text(staff.get(f"/dao-tao/{found.pk}/buoi/loat/", query))


def test_a_sitting_is_added_corrected_and_taken_out(staff):
    found = make_class()
    base = f"/dao-tao/{found.pk}/buoi/"
    told = {"held_on": "02/03/2023", "begins_at": "7:30", "ends_at": "11:00", "topic": "Mở đầu"}

    staff.post(f"{base}them/", told)
    sitting = ClassSession.objects.get()
    form = staff.get(f"{base}{sitting.pk}/sua/").context["form"]
    seen = form.initial["seen"]
    staff.post(f"{base}{sitting.pk}/sua/", told | {"topic": "Ôn tập", "seen": seen})
    stale = text(staff.post(f"{base}{sitting.pk}/sua/", told | {"seen": seen}))

    assert "vừa được người khác sửa thành 02/03/2023 07:30–11:00, Ôn tập" in stale
    assert "Ôn tập" in text(staff.get(base))
    staff.post(f"{base}{sitting.pk}/bo/")
    assert not ClassSession.objects.exists()
    assert "Chưa có buổi học nào" in text(staff.get(base))


def test_a_clash_of_hours_names_the_person_and_the_other_class(staff):
    mine, theirs, both = make_class(), make_class("Lớp Khác"), make_cadre("Lê Thị Hai")
    make_enrolment(mine, both)
    make_enrolment(theirs, both)
    make_sitting(theirs)
    told = {"held_on": "02/03/2023", "begins_at": "8:00", "ends_at": "9:00"}

    page = text(staff.post(f"/dao-tao/{mine.pk}/buoi/them/", told))

    assert "Lê Thị Hai" in page
    assert "Lớp Khác" in page
    assert not mine.sessions.exists()


@pytest.mark.parametrize("told", [{"held_on": "20/03/2023"}, {"begins_at": "x\x00"}, {}])
def test_a_sitting_that_cannot_be_is_refused(staff, told):
    found = make_class()

    response = staff.post(f"/dao-tao/{found.pk}/buoi/them/", told)

    assert response.status_code == 200
    assert not ClassSession.objects.exists()


def test_a_sitting_that_was_called_or_is_gone_is_told(staff):
    found, user = make_class(), make_user()
    called = make_sitting(found)
    Attendance.objects.create(
        session=called, enrolment=make_enrolment(found), mark="late", marked_by=user
    )

    page = text(staff.post(f"/dao-tao/{found.pk}/buoi/{called.pk}/bo/", follow=True))

    assert "đã điểm danh 1 người nên không bỏ được" in page
    assert "có mặt 1/1" in page


# ---- Roll call


def test_all_are_called_in_one_form_and_the_class_says_how_often_each_came(staff):
    found = make_class(state="running")
    first, second = make_sitting(found, 2), make_sitting(found, 3)
    one, two = make_enrolment(found, make_cadre("An")), make_enrolment(found, make_cadre("Bình"))

    for sitting in (first, second):
        staff.post(
            f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/luu/",
            {f"d_{one.pk}": "absent" if sitting == second else "", f"d_{two.pk}": "",
             "con_lai": "present"},
        )  # fmt: skip

    page = text(staff.get(f"/dao-tao/{found.pk}/"))
    assert "1/2 buổi" in page
    assert "2/2 buổi" in page
    assert Attendance.objects.count() == 4


def test_marks_that_someone_else_gave_meanwhile_are_shown_and_sent_again_they_stand(staff):
    found = make_class(state="running")
    sitting, enrolment = make_sitting(found), make_enrolment(found, make_cadre("Lê An"))
    Attendance.objects.create(session=sitting, enrolment=enrolment, mark="excused",
                              marked_by=make_user(full_name="Người Khác"))  # fmt: skip
    address = f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/luu/"
    told = {f"d_{enrolment.pk}": "absent"}

    page = text(staff.post(address, told))
    staff.post(address, told | {"seen": f"{enrolment.pk}e"})

    assert "Vắng có phép (Người Khác" in page
    assert f'name="seen" value="{enrolment.pk}e"' in page
    assert Attendance.objects.get().mark == "absent"


def test_a_sitting_to_come_is_not_called(staff):
    found = make_class(state="running")
    sitting, enrolment = make_sitting(found, 9), make_enrolment(found)
    address = f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/"

    page = text(staff.post(f"{address}luu/", {f"d_{enrolment.pk}": "present"}, follow=True))

    assert "đến 09/03/2023 mới học" in page
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "told", [{"seen": "x" * 100_001}, {"con_lai": "giả"}, {"d_999999999": "present"}, {"d_": ""}]
)
def test_a_form_that_makes_no_sense_stores_nothing(staff, told):
    found = make_class(state="running")
    sitting = make_sitting(found)

    response = staff.post(f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/luu/", told)

    assert response.status_code == 302
    assert not Attendance.objects.exists()


def test_the_sheet_to_sign_names_everyone_for_one_sitting_or_several(client):
    found = make_class(state="running")
    sittings = [make_sitting(found, day) for day in range(1, 9)]
    make_enrolment(found, make_cadre("Lê An"))
    make_enrolment(found, make_cadre("Người Rút"), result="withdrawn")
    address = f"/dao-tao/{found.pk}/bang-diem-danh/"
    sign_in(client, Role.LEADER)

    whole, one = text(client.get(address)), text(client.get(f"{address}?buoi={sittings[0].pk}"))
    rest = text(client.get(f"{address}?tu=6"))

    assert "Lê An" in whole
    assert "Người Rút" not in whole
    assert "01/03<br>" in whole
    assert "07/03<br>" not in whole
    assert "07/03<br>" in rest
    assert "Ký tên" in one
    for odd in ("?buoi=x", "?tu=99999", "?tu=-1", "?buoi=99999999999999"):
        assert client.get(address + odd).status_code == 200


def test_a_clerk_reads_the_marks_of_the_own_people_alone(client):
    mine, theirs = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    here, there = make_cadre("Người Nhà"), make_cadre("Người Bạn")
    make_holding(here, commune=mine)
    make_holding(there, commune=theirs)
    found = make_class(state="running")
    sitting = make_sitting(found)
    for cadre in (here, there):
        Attendance.objects.create(session=sitting, enrolment=make_enrolment(found, cadre),
                                  mark="late", marked_by=make_user())  # fmt: skip
    sign_in(client, Role.COMMUNE_CLERK, commune=mine)

    page = text(client.get(f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/"))

    assert "Người Nhà" in page
    assert "Người Bạn" not in page
    assert "<select" not in page
    assert "1 người của đơn vị · đi muộn 1" in page


# ---- Questionnaire


def test_a_sheet_is_entered_once_and_counted(staff):
    found = make_class(state="results")
    address = f"/dao-tao/{found.pk}/phieu-hoi/"
    token = staff.get(f"{address}nhap/").context["form"].initial["token"]
    sheet = {"q_goal": "4", "comment": "<b>Hay</b>", "token": token}

    staff.post(f"{address}nhap/", sheet)
    again = text(staff.post(f"{address}nhap/", sheet, follow=True))

    page = text(staff.get(address))
    assert "không tính hai lần" in again
    assert SurveySheet.objects.count() == 1
    assert "<td>4,00</td><td>1/1</td>" in page
    assert "&lt;b&gt;Hay" in page


@pytest.mark.parametrize(
    "told", [{}, {"q_goal": "6"}, {"comment": "a" * 1001}, {"comment": "a\x00"}, {"token": "x"}]
)
def test_a_sheet_that_is_empty_or_odd_is_refused(staff, told):
    found = make_class(state="results")
    sheet = {"token": "t" * 32, **told}

    response = staff.post(f"/dao-tao/{found.pk}/phieu-hoi/nhap/", sheet)

    assert response.status_code == 200
    assert not SurveySheet.objects.exists()


def test_a_class_that_nobody_sat_in_takes_no_sheet(staff):
    found = make_class(state="open")
    sheet = {"q_goal": "4", "token": "t" * 32}

    page = text(staff.post(f"/dao-tao/{found.pk}/phieu-hoi/nhap/", sheet))

    assert "Lớp chưa học" in page
    assert "Chưa có phiếu nào" in text(staff.get(f"/dao-tao/{found.pk}/phieu-hoi/"))


# ---- What they cost


def test_five_hundred_learners_cost_as_many_queries_as_five(client, django_assert_max_num_queries):
    small, large = make_class(state="running"), make_class(state="running")
    for found, number in ((small, 5), (large, 500)):
        sitting = make_sitting(found)
        learners = OutsideLearner.objects.bulk_create(
            OutsideLearner(code=f"{found.pk}-{each}", full_name=f"Trần Thị Học Viên {each}",
                           kind="thon", workplace="Tổ dân phố Trung tâm, thị trấn Hùng Sơn")
            for each in range(number)
        )  # fmt: skip
        enrolled = Enrolment.objects.bulk_create(
            Enrolment(training_class=found, outside_learner=each) for each in learners
        )
        by = make_user()
        Attendance.objects.bulk_create(
            Attendance(session=sitting, enrolment=each, mark="present", marked_by=by)
            for each in enrolled[::2]
        )
    sign_in(client)

    sizes = {}
    for found in (small, large):
        sitting = found.sessions.get()
        for path in ("", "buoi/", f"buoi/{sitting.pk}/diem-danh/", "bang-diem-danh/",
                     "phieu-hoi/", "sua/", "buoi/loat/"):  # fmt: skip
            with django_assert_max_num_queries(12):
                sizes[found.pk, path] = len(client.get(f"/dao-tao/{found.pk}/{path}").content)
    assert sizes[large.pk, ""] <= 100 * 1024
    called = f"buoi/{large.sessions.get().pk}/diem-danh/"
    assert sizes[large.pk, called] <= 5 * 100 * 1024  # one form of all five hundred


def test_five_hundred_are_called_in_few_queries(staff, django_assert_max_num_queries):
    found = make_class(state="running")
    sitting = make_sitting(found)
    learners = OutsideLearner.objects.bulk_create(
        OutsideLearner(code=f"HV-{each}", full_name=f"Học Viên {each}", kind="thon")
        for each in range(500)
    )
    enrolled = Enrolment.objects.bulk_create(
        Enrolment(training_class=found, outside_learner=each) for each in learners
    )
    told = {f"d_{each.pk}": "" for each in enrolled}

    with django_assert_max_num_queries(24):
        staff.post(f"/dao-tao/{found.pk}/buoi/{sitting.pk}/diem-danh/luu/",
                   told | {"con_lai": "present"})  # fmt: skip

    assert Attendance.objects.count() == 500
