"""The pages of a class: who reads, who writes, what is refused in words, what they cost."""

from datetime import date, time

import pytest
import time_machine

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import Basis
from cadres.tests.factories import make_cadre
from training.models import (
    ClassSession,
    TrainingClass,
)
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_plan,
    make_plan_line,
    make_programme,
    make_provider,
)

pytestmark = pytest.mark.django_db


def sign_in(client, role=Role.DISTRICT_HR, **fields):
    client.force_login(make_user(role, **fields), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def staff(client):
    return sign_in(client)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2023-03-05 09:00", tick=False):
        yield


def typed(**more):
    return {
        "code": "L2023-001", "name": "Lớp Mới", "content_group": "ethics", "form": "on_site",
        "provider": more.pop("provider", None) or make_provider().pk, "begins_on": "06/03/2023",
        "ends_on": "10/03/2023", "cost_local": "12.500.000", **more,
    }  # fmt: skip


def make_sitting(found, day=2, **more):
    return ClassSession.objects.create(
        training_class=found, held_on=date(2023, 3, day), begins_at=time(7, 30),
        ends_at=time(11), **more,
    )  # fmt: skip


def text(response):
    return response.content.decode()


# ---- The list


def test_a_class_to_come_stands_under_upcoming_and_a_draft_only_before_the_staff(client):
    make_class("Lớp Sắp Mở", begins_on=date(2023, 7, 1), ends_on=date(2023, 7, 2))
    make_class("Lớp Nháp", state="draft", begins_on=date(2023, 7, 1), ends_on=date(2023, 7, 2))
    address = "/dao-tao/?ngay=2023-06-08"

    pages = {}
    for role in (Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK):
        sign_in(client, role)
        pages[role] = text(client.get(f"{address}&khi=sap-mo"))
        assert "Lớp Sắp Mở" not in text(client.get(address))

    assert all("Lớp Sắp Mở" in page for page in pages.values())
    assert ["Lớp Nháp" in page for page in pages.values()] == [True, False, False]
    assert "khai giảng sau 08/06/2023" in pages[Role.LEADER]


def test_a_draft_begun_by_the_day_is_no_class_of_it_but_the_staff_find_it(staff):
    make_class("Lớp Nháp", state="draft")

    assert "Lớp Nháp" not in text(staff.get("/dao-tao/?ngay=2023-06-08"))
    assert "Lớp Nháp" in text(staff.get("/dao-tao/?ngay=2023-06-08&tinh_trang=draft"))


def test_a_leader_asks_for_no_drafts(client):
    make_class("Lớp Nháp", state="draft")

    page = text(sign_in(client, Role.LEADER).get("/dao-tao/?tinh_trang=draft&khi=tat-ca"))

    assert "Lớp Nháp" not in page
    assert '<option value="draft"' not in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("tinh_trang=open", True), ("tinh_trang=closed", False), ("hinh_thuc=on_site", True),
     ("hinh_thuc=online", False), ("khi=tat-ca", True), ("khi=sap-mo", False), ("khi=bậy", True),
     ("tinh_trang=x&ct=y&co_so=99999999999999999999", True)],
)  # fmt: skip
def test_the_list_is_filtered_by_state_form_and_time(staff, query, is_found):
    make_class("Lớp Tìm")

    assert ("Lớp Tìm" in text(staff.get(f"/dao-tao/?ngay=2023-06-08&{query}"))) is is_found


def test_the_list_is_filtered_by_programme(staff):
    programme = make_programme()
    make_class("Lớp Có", programme=programme)
    make_class("Lớp Không")

    page = text(staff.get(f"/dao-tao/?ngay=2023-06-08&ct={programme.pk}"))

    assert "Lớp Có" in page
    assert "Lớp Không" not in page


# ---- A class made and changed


def test_a_class_is_added_as_a_draft_and_the_chosen_people_go_along(staff):
    response = staff.post("/dao-tao/them/", typed(nguoi="5,h7,5,giả"))

    made = TrainingClass.objects.get()
    assert (made.state, made.cost_local, made.cost_central) == ("draft", 12_500_000, 0)
    assert response.url == f"/dao-tao/{made.pk}/?nguoi=5&nguoi=h7"
    page = text(staff.get(response.url))
    assert f'href="/dao-tao/{made.pk}/ghi-danh/?nguoi=5&amp;nguoi=h7"' in page
    assert AuditEvent.objects.filter(action="create", subject_key=made.pk).count() == 1


def test_two_clicks_store_one_class(staff):
    told = typed()

    first, second = staff.post("/dao-tao/them/", told), staff.post("/dao-tao/them/", told)

    assert TrainingClass.objects.count() == 1
    assert first.url == second.url


def test_the_code_proposed_for_a_line_of_the_plan_is_of_the_year_of_the_plan(staff):
    line = make_plan_line(make_plan(2025))
    begun = make_plan_line(make_plan(2024), period_from=date(2024, 3, 1))

    assert "L2025-001" in text(staff.get(f"/dao-tao/them/?dong={line.pk}"))
    assert "L2024-001" in text(staff.get(f"/dao-tao/them/?dong={begun.pk}"))


def test_hours_of_a_class_are_told_with_points(staff):
    found = make_class(hours=1056)

    assert "<dd>1.056</dd>" in text(staff.get(found.get_absolute_url()))


@pytest.mark.parametrize("other", [{"capacity": "40"}, {"cost_local": "1"}, {"note": "Mới"}])
def test_the_same_form_with_other_values_is_not_taken_for_a_second_click(staff, other):
    told = typed()
    staff.post("/dao-tao/them/", told)

    page = text(staff.post("/dao-tao/them/", {**told, **other}))

    assert "Mã này đã là của lớp “Lớp Mới”. Mã còn trống: L2023-002" in page
    assert TrainingClass.objects.count() == 1


def test_a_code_that_is_taken_is_told_with_a_free_one(staff):
    make_class("Lớp Cũ", code="L2023-001")

    page = text(staff.post("/dao-tao/them/", typed()))

    assert "“Lớp Cũ”. Mã còn trống: L2023-002" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("begins_on", "06/03/2033", "sau hôm nay hơn 5 năm; kiểm tra lại năm"),
     ("ends_on", "10/03/2032", "kéo dài hơn 6 năm; kiểm tra lại năm"),
     ("code", "có dấu cách", "không có dấu cách"), ("cost_local", "1,5", "Nhập số nguyên"),
     ("cost_local", "9" * 40, "Nhập số nguyên"), ("capacity", "0", "Nhập số từ 1 đến 5.000"),
     ("hours", "10.000", "Nhập số từ 1 đến 9.999"), ("ends_on", "05/03/2023", "không trước"),
     ("begins_on", "31/02/2023", "ngày có thật"), ("name", "a\x00b", ""),
     ("content_group", "", "Chọn nhóm nội dung"), ("provider", "99999999999999999999", ""),
     ("decision_number", "1/QĐ", "Nhập ngày ký"), ("plan_line", "x", "")],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(staff, field, value, words):
    response = staff.post("/dao-tao/them/", typed(**{field: value}))

    assert response.status_code == 200
    assert words in text(response)
    assert not TrainingClass.objects.exists()


def test_a_decision_is_kept_once_and_not_of_a_day_to_come(staff):
    decision = {"decision_number": "12/QĐ-UBND", "decision_signed_on": "01/03/2023",
                "decision_issuer": "UBND huyện"}  # fmt: skip

    staff.post("/dao-tao/them/", typed(**decision))
    staff.post("/dao-tao/them/", typed(code="L2023-002", **decision))
    late = staff.post("/dao-tao/them/", typed(code="L2023-003",
                      **decision | {"decision_signed_on": "06/03/2023"}))  # fmt: skip

    assert Basis.objects.count() == 1
    assert {each.decision_id for each in TrainingClass.objects.all()} == {Basis.objects.get().pk}
    assert "chưa tới" in text(late)


def test_a_line_of_the_plan_fills_the_form(staff):
    programme = make_programme("Chương Trình Thử", content_group="ethics", strand="", hours=40)
    line = make_plan_line(
        make_plan(2023), programme, classes=3, participations=100, cost_local=9_000_000,
        period_from=date(2023, 4, 3), period_to=date(2023, 4, 7), provider=make_provider(),
    )  # fmt: skip

    page = text(staff.get(f"/dao-tao/them/?dong={line.pk}&nguoi=3&nguoi=4"))

    for told in ('value="L2023-001"', 'value="Chương Trình Thử"', 'value="34"',
                 'value="3.000.000"', 'value="03/04/2023"', 'value="3,4"'):  # fmt: skip
        assert told in page
    assert f'value="{line.pk}" selected' in page


def test_a_programme_fills_the_form_and_gives_the_group(staff):
    programme = make_programme("Chương Trình Thử", content_group="ethics", strand="", hours=40)

    page = text(staff.get(f"/dao-tao/them/?ct={programme.pk}"))
    staff.post("/dao-tao/them/", typed(content_group="", programme=programme.pk))

    assert f'value="{programme.pk}" selected' in page
    assert TrainingClass.objects.get().content_group == "ethics"


@pytest.mark.parametrize("query", ["dong=99999", "ct=99999"])
def test_a_line_or_programme_that_is_not_there_is_no_page(staff, query):
    assert staff.get(f"/dao-tao/them/?{query}").status_code == 404


def changed(found, **more):
    return typed(code=found.code, name=found.name, provider=found.provider_id,
                 begins_on="01/03/2023", ends_on="10/03/2023", version=found.version,
                 **more)  # fmt: skip


def test_a_change_is_stored_and_logged_before_and_after(staff):
    found = make_class()

    response = staff.post(f"/dao-tao/{found.pk}/sua/", changed(found, venue="Hội trường"))

    assert response.status_code == 302
    found.refresh_from_db()
    assert (found.venue, found.version) == ("Hội trường", 2)
    event = AuditEvent.objects.get(action="change", subject_type="class")
    assert event.detail["fields"]["venue"] == ["", "Hội trường"]


def test_a_stale_form_is_shown_beside_what_is_stored_and_sent_again_it_stands(staff):
    found = make_class()
    mine = changed(found, venue="Phòng họp")
    staff.post(f"/dao-tao/{found.pk}/sua/", changed(found, venue="Hội trường"))

    page = text(staff.post(f"/dao-tao/{found.pk}/sua/", mine))

    assert "vừa được người khác sửa" in page
    assert "<td>Hội trường</td><td>Phòng họp</td>" in page
    assert 'name="version" value="2"' in page
    staff.post(f"/dao-tao/{found.pk}/sua/", mine | {"version": 2})
    found.refresh_from_db()
    assert found.venue == "Phòng họp"


def test_what_forbids_a_change_is_told_at_its_field(staff):
    found = make_class(capacity=5)
    make_enrolment(found)
    make_enrolment(found)
    other = make_class()
    address = f"/dao-tao/{found.pk}/sua/"

    few = text(staff.post(address, changed(found, capacity="1")))
    taken = text(staff.post(address, changed(found) | {"code": other.code}))

    assert "Lớp đã ghi danh 2 người" in few
    assert "Mã này đã là của lớp" in taken


def test_a_class_that_ended_is_changed_with_a_reason(staff):
    found = make_class(state="closed", decision=make_decision("7/QĐ"))
    address = f"/dao-tao/{found.pk}/sua/"

    assert 'value="7/QĐ"' in text(staff.get(address))
    assert staff.post(address, changed(found)).status_code == 200
    assert staff.post(address, changed(found, reason="bổ sung")).status_code == 302
    assert AuditEvent.objects.get(action="change", subject_type="class").purpose == "bổ sung"


# ---- Its steps


def move(client, found, before, to, **more):
    return client.post(f"/dao-tao/{found.pk}/buoc/", {"tu": before, "den": to, **more}, follow=True)


def test_the_page_offers_the_next_step_and_takes_it_once(staff):
    found = make_class(begins_on=date(2023, 4, 1), ends_on=date(2023, 4, 2))

    assert "Bắt đầu học" in text(staff.get(f"/dao-tao/{found.pk}/"))
    taken = text(move(staff, found, "open", "running"))
    again = text(move(staff, found, "open", "running"))
    late = text(move(staff, found, "open", "draft", reason="nhầm"))

    assert "nay ở bước “Đang học”" in taken
    assert "đến 01/04/2023 mới khai giảng" in taken
    assert "đã ở bước “Đang học” từ trước" in again
    assert "vừa có người chuyển lớp sang bước “Đang học”" in late
    event = AuditEvent.objects.get(action="change", subject_type="class")
    assert event.detail == {"state": ["open", "running"]}


@pytest.mark.parametrize(
    "told", [{}, {"tu": "x", "den": "y"}, {"tu": "open", "den": "running", "reason": "a" * 161}]
)
def test_a_step_that_is_none_is_refused_in_words(staff, told):
    found = make_class()

    page = text(staff.post(f"/dao-tao/{found.pk}/buoc/", told, follow=True))

    assert "Chưa chuyển" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("draft", "Ghi quyết định mở lớp"), ("open", "Ghi danh học viên (1 người, còn 9 chỗ)"),
     ("running", "Điểm danh (1 buổi chưa điểm danh)"), ("results", "Vào kết quả của 1 học viên"),
     ("closed", "Lớp đã kết thúc")],
)  # fmt: skip
def test_the_staff_read_what_to_do_in_each_state_and_a_leader_only_what_is(client, state, words):
    found = make_class(state=state, capacity=10)
    make_enrolment(found)
    make_sitting(found)

    mine = text(sign_in(client).get(f"/dao-tao/{found.pk}/"))
    leader = sign_in(client, Role.LEADER).get(f"/dao-tao/{found.pk}/")

    assert words in mine
    assert leader.status_code == (404 if state == "draft" else 200)
    assert "Lùi một bước" not in text(leader)
    assert "Sửa lớp" not in text(leader)


def test_certificates_that_wait_are_the_work_of_a_class_that_ended(staff):
    from training.models import Credit

    found, cadre = make_class(state="closed"), make_cadre()
    Credit.objects.create(cadre=cadre, enrolment=make_enrolment(found, cadre, result="passed"),
                          content="law", awarded_on=date(2023, 3, 10))  # fmt: skip

    assert "Xác nhận 1 chứng chỉ" in text(staff.get(f"/dao-tao/{found.pk}/"))
