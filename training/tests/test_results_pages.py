"""The pages of results, certificates and prints: what they show, to whom, and what they write."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import Basis, Qualification
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_qualification,
    make_short_training,
)
from training.credits import propose
from training.models import Attendance, ClassSession, Credit, Enrolment
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_programme,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 5, 15)


@pytest.fixture(autouse=True)
def _midyear():
    with time_machine.travel("2023-06-08T03:00:00+00:00", tick=False):
        yield


def signed_in(client, role=Role.DISTRICT_HR, **fields):
    client.force_login(make_user(role, **fields), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def hr(client):
    return signed_in(client)


@pytest.fixture
def held():
    return make_class("Trung cấp LLCT khóa 1", programme=make_programme(), state="results")


def sheet_of(held, *rows, **said):
    """What the form of a class sends: `rows` are (participation, result, number, day)."""
    held.refresh_from_db()
    sent = {"version": held.version, "on": "15/05/2023", **said}
    for row, result, number, day in rows:
        sent |= {f"kq_{row.pk}": result, f"d_{row.pk}": "", f"so_{row.pk}": number,
                 f"nc_{row.pk}": day}  # fmt: skip
    return sent


def shown(response):
    return response.content.decode()


def test_results_are_entered_and_the_page_counts_what_waits(hr, held):
    one, two = make_enrolment(held, make_cadre("Lý Văn Một")), make_enrolment(held)

    sent = sheet_of(held, (one, "passed", "A1", "20/05/2023"), (two, "failed", "", ""))
    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert "Đã ghi kết quả của 2 lượt; 1 kết quả chờ xác nhận chứng chỉ." in page
    assert "hoàn thành 1 · không hoàn thành 1" in page
    assert "1 kết quả chờ xác nhận chứng chỉ</a>" in page
    one.refresh_from_db()
    assert (one.result_on, one.certificate_on) == (ON, date(2023, 5, 20))
    event = AuditEvent.objects.get(action="change")
    assert (event.subject_type, event.subject_ids) == ("enrolment", [one.pk, two.pk])


def test_sent_twice_the_second_is_told_and_writes_nothing(hr, held):
    row = make_enrolment(held)
    sent = sheet_of(held, (row, "passed", "A1", ""))
    hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent)

    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", {**sent, f"kq_{row.pk}": "failed"}))

    assert "vừa được người khác sửa" in page
    assert "đang ghi: Hoàn thành, chứng chỉ A1" in page
    assert '<option value="failed" selected>' in page
    held.refresh_from_db()
    assert f'name="version" value="{held.version}"' in page
    assert Enrolment.objects.get().result == "passed"


def test_the_same_sheet_sent_twice_is_told_to_be_recorded_already(hr, held):
    row = make_enrolment(held)
    sent = sheet_of(held, (row, "passed", "A1", ""))
    hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent)

    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert "Những kết quả này đã ghi rồi; không ghi lần nữa." in page
    assert "vừa được người khác sửa" not in page
    assert AuditEvent.objects.filter(action="change").count() == 1


@pytest.mark.parametrize(
    ("result", "number", "day", "said", "says"),
    [
        ("passed", "A" * 61, "", {}, "Số chứng chỉ: "),
        ("passed", "A1", "31/02/2023", {}, "Ngày cấp: Nhập ngày có thật"),
        ("passed", "A\x00", "", {}, "Số chứng chỉ: "),
        ("withdrawn", "", "", {}, "phải có quyết định"),
        ("passed", "", "", {"on": ""}, "ghi ngày có kết quả"),
        ("passed", "", "", {"on": "hôm qua"}, "Chưa ghi được"),
        ("nothing", "", "", {}, "Không có gì thay đổi"),
        ("withdrawn", "", "", {"decision_number": "1/QĐ"}, "Nhập ngày ký quyết định"),
        ("withdrawn", "", "", {"decision_signed_on": "09/06/2023"}, "Ngày ký chưa tới"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_written(
    hr, held, result, number, day, said, says
):
    row = make_enrolment(held)

    sent = sheet_of(held, (row, result, number, day), **said)
    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert says in page
    assert Enrolment.objects.get().result == "studying"
    assert not Basis.objects.exists()


@pytest.mark.parametrize("score", ["101", "-1", "chín", "1" * 30])
def test_a_score_is_a_number_from_0_to_100(hr, held, score):
    row = make_enrolment(held)
    sent = sheet_of(held, (row, "passed", "", "")) | {f"d_{row.pk}": score}

    assert "Điểm: " in shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent))


def test_withdrawing_keeps_the_decision_that_was_typed(hr, held):
    row = make_enrolment(held)
    decision = {"decision_number": "12/QĐ-UBND", "decision_signed_on": "10/05/2023",
                "decision_issuer": "UBND huyện"}  # fmt: skip

    hr.post(f"/dao-tao/{held.pk}/ket-qua/", sheet_of(held, (row, "withdrawn", "", ""), **decision))

    row.refresh_from_db()
    assert (row.result, row.result_decision.number) == ("withdrawn", "12/QĐ-UBND")


def test_a_transfer_goes_to_the_class_that_was_chosen(hr, held):
    row, to = make_enrolment(held), make_class(state="open")
    decision = {"decision_number": "12/QĐ-UBND", "decision_signed_on": "10/05/2023",
                "decision_issuer": "UBND huyện", "transferred_to": to.pk}  # fmt: skip

    sent = sheet_of(held, (row, "transferred", "", ""), **decision)
    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert "1 người đã ghi danh ở lớp chuyển đến" in page
    assert to.enrolments.get().cadre == row.cadre


def test_all_the_rest_pass_by_one_button(hr, held):
    make_enrolment(held, result="failed", result_on=ON)
    for _ in range(2):
        make_enrolment(held)
    url = f"/dao-tao/{held.pk}/ket-qua/"
    assert "Tất cả 2 lượt ấy hoàn thành" in shown(hr.get(url))
    sent = {"viec": "tat-ca", "rest_on": "15/05/2023", "version": held.version}

    hr.post(url, sent)

    assert Enrolment.objects.filter(result="passed", result_on=ON).count() == 2
    assert "vừa được người khác sửa" in shown(hr.post(url, sent))
    make_enrolment(held)
    assert "Nhập ngày có thật" in shown(hr.post(url, {**sent, "rest_on": "32/05/2023"}))


@pytest.mark.parametrize(
    ("state", "says"),
    [("open", "chưa vào kết quả được"), ("running", "Lớp đang học: lúc này chỉ ghi kéo dài")],
)
def test_a_class_that_is_not_over_says_what_to_do(hr, state, says):
    held = make_class(state=state)
    make_enrolment(held)

    page = shown(hr.get(f"/dao-tao/{held.pk}/ket-qua/"))

    assert says in page
    assert '<option value="passed"' not in page


def test_everyone_cannot_pass_before_the_class_is_over(hr):
    held = make_class(state="running")
    make_enrolment(held)
    sent = {"viec": "tat-ca", "rest_on": "15/05/2023", "version": held.version}

    assert "lớp đang học" in shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent))
    assert Enrolment.objects.get().result == "studying"


def test_attendance_counts_the_sittings_at_which_a_learner_was_called(hr, held):
    row = make_enrolment(held)
    by = make_user()
    for number, mark in enumerate(["present", "late", "absent"], start=1):
        sitting = ClassSession.objects.create(
            training_class=held, held_on=date(2023, 3, number), begins_at="07:00", ends_at="11:00"
        )
        Attendance.objects.create(session=sitting, enrolment=row, mark=mark, marked_by=by)

    assert "<td>2/3</td>" in shown(hr.get(f"/dao-tao/{held.pk}/ket-qua/"))


def fill(held, number):
    for each in range(number):
        cadre = make_cadre(f"Người {each}")
        make_holding(cadre, commune=make_commune(f"Xã {each}"))
        row = make_enrolment(held, cadre, result="passed", result_on=ON, certificate_number="A1")
        propose([row])


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as found:
        page = client.get(url)
    assert page.status_code == 200
    return len(found), page.content


@pytest.mark.parametrize(
    "path", ["{}/ket-qua/", "ket-qua/", "{}/danh-sach-cu-hoc/", "{}/chung-chi/", "{}/bao-cao/"]
)
def test_few_queries_however_many_learners(hr, held, path):
    url = f"/dao-tao/{path.format(held.pk)}"
    fill(held, 2)
    queries_of(hr, url)
    few, _ = queries_of(hr, url)

    fill(held, 40)

    many, _ = queries_of(hr, url)
    assert few == many <= 12


def test_a_hundred_lines_are_less_than_100_kib(hr, held):
    fill(held, 110)

    assert len(queries_of(hr, f"/dao-tao/{held.pk}/ket-qua/")[1]) <= 100 * 1024
    assert len(queries_of(hr, "/dao-tao/ket-qua/")[1]) <= 100 * 1024


def waiting(held, cadre=None, **fields):
    row = make_enrolment(held, cadre, result="passed", result_on=ON, **fields)
    return propose([row])[0]


def decide(client, act, *credits, query="", **said):
    sent = {"viec": act, "chon": [each.pk for each in credits], **said}
    for each in credits:
        sent.setdefault(f"so_{each.pk}", "A1")
        sent.setdefault(f"nc_{each.pk}", "20/05/2023")
        sent.setdefault(f"gt_{each.pk}", "diploma")
    return client.post(f"/dao-tao/ket-qua/ghi/{query}", sent, follow=True)


def test_ticked_certificates_are_confirmed_and_leave_the_list(hr, held):
    one, two, left = waiting(held), waiting(held), waiting(held)

    page = shown(decide(hr, "xac-nhan", one, two, query="?lop=LT"))

    assert "Đã xác nhận 2 chứng chỉ và ghi vào hồ sơ." in page
    assert Qualification.objects.count() == 2
    assert Credit.objects.proposed().get() == left
    assert AuditEvent.objects.get(action="confirm").subject_ids == [one.pk, two.pk]


def test_what_could_not_be_confirmed_stays_as_typed_and_says_why(hr, held):
    good, early, empty = waiting(held), waiting(held), waiting(held)

    page = shown(
        decide(
            hr, "xac-nhan", good, early, empty,
            **{f"nc_{early.pk}": "28/02/2023", f"so_{empty.pk}": " "},
        )
    )  # fmt: skip

    assert "2 dòng chưa ghi được" in page
    assert "trước ngày bắt đầu học 01/03/2023" in page
    assert "chưa có số hiệu" in page
    assert 'value="28/02/2023"' in page
    assert Qualification.objects.get().cadre_id == good.cadre_id


def test_a_double_click_confirms_once_and_the_second_is_told(hr, held):
    credit = waiting(held)
    decide(hr, "xac-nhan", credit)

    page = shown(decide(hr, "xac-nhan", credit))

    assert f"{credit.cadre.full_name}: không còn chờ xác nhận: Đã vào hồ sơ" in page
    assert Qualification.objects.count() == 1


def test_dropping_needs_a_reason_and_can_be_taken_back(hr, held):
    credit = waiting(held)
    assert "Ghi lý do không ghi nhận." in shown(decide(hr, "bo", credit))

    decide(hr, "bo", credit, ly_do="Đã có bằng")

    page = shown(hr.get("/dao-tao/ket-qua/?tt=dropped"))
    assert "Đã có bằng" in page
    decide(hr, "lai", credit, query="?tt=dropped")
    assert Credit.objects.get().state == "proposed"


@pytest.mark.parametrize(("act", "says"), [("xac-nhan", "Chưa chọn ai"), ("gi-do", "Chưa chọn ai")])
def test_nothing_ticked_nothing_done(hr, act, says):
    assert says in shown(decide(hr, act))


def test_an_unknown_button_or_a_foreign_key_does_nothing(hr, held):
    credit = waiting(held)

    assert "bấm một trong các nút" in shown(decide(hr, "xoa-het", credit))
    sent = {"viec": "bo", "chon": ["0", "x", "9" * 30], "ly_do": "x"}
    assert "Chưa chọn ai" in shown(hr.post("/dao-tao/ket-qua/ghi/", sent, follow=True))


def test_the_list_tells_what_the_record_holds_and_what_does_not_count(hr, held):
    make_qualification(waiting(held).cadre, "political", 2, awarded_on="2020")
    Credit.objects.update(evidence="confirmation")

    page = shown(hr.get("/dao-tao/ket-qua/"))

    assert "hồ sơ đã có mức Trung cấp, cấp 2020" in page
    assert "không được tính (Kết luận 09-KL/TW)" in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("", True), ("q=tim+toi", True), ("q=ai+khac", False), ("lop=llct", True),
        ("lop=ke+toan", False), ("tt=confirmed", False), ("tt=tat-ca", True), ("tt=x", False),
        ("ct=99999999999999999999", False), ("xa=1", False), ("lop=%00", False),
    ],
)  # fmt: skip
def test_the_list_is_filtered(hr, held, query, is_found):
    waiting(held, make_cadre("Phạm Tìm Tôi"))

    response = hr.get(f"/dao-tao/ket-qua/?{query}")

    assert response.status_code == 200
    assert ("Phạm Tìm Tôi" in shown(response)) is is_found


def test_the_list_finds_by_unit_and_programme(hr, held):
    commune = make_commune("Xã Nhà")
    make_holding(waiting(held, make_cadre("Phạm Tìm Tôi")).cadre, commune=commune)
    other = make_programme("Khác")

    assert "Phạm Tìm Tôi" in shown(hr.get(f"/dao-tao/ket-qua/?xa={commune.pk}"))
    assert "Phạm Tìm Tôi" in shown(hr.get(f"/dao-tao/ket-qua/?ct={held.programme_id}"))
    assert "Phạm Tìm Tôi" not in shown(hr.get(f"/dao-tao/ket-qua/?ct={other.pk}"))


def test_a_clerk_reads_the_own_people_and_decides_nothing(client, held):
    mine = make_commune("Xã Nhà")
    here = waiting(held, make_cadre("Người Nhà"))
    waiting(held, make_cadre("Người Bạn"))
    make_holding(here.cadre, commune=mine)
    signed_in(client, Role.COMMUNE_CLERK, commune=mine)

    page = shown(client.get("/dao-tao/ket-qua/"))

    assert "Người Nhà" in page
    assert "Người Bạn" not in page
    assert "Xác nhận các dòng" not in page
    assert decide(client, "xac-nhan", here).status_code == 403


def test_a_content_that_the_record_holds_and_a_day_to_come_are_told(hr):
    held = make_class(programme=make_programme("Pháp luật", content="law"), state="results")
    make_short_training(waiting(held).cadre, "law", completed_on="2019")
    Credit.objects.update(awarded_on=date(2023, 7, 1))

    page = shown(hr.get("/dao-tao/ket-qua/"))

    assert "hồ sơ đã có bồi dưỡng nội dung này, cấp 2019" in page
    assert "ngày cấp chưa tới" in page


def test_what_failed_since_is_not_proposed_again_and_it_says_why(hr, held):
    credit = waiting(held)
    Credit.objects.update(state="dropped")
    Enrolment.objects.update(result="failed")

    page = shown(decide(hr, "lai", credit, query="?tt=dropped"))

    assert "Chưa ghi gì." in page
    assert "không phải hoàn thành" in page


def test_the_address_of_the_decision_leads_back_to_its_list(hr):
    response = hr.get("/dao-tao/ket-qua/ghi/?tt=dropped&trang=2")

    assert response.url == "/dao-tao/ket-qua/?tt=dropped&trang=2"


def test_a_number_is_looked_for_where_numbers_are(hr):
    response = hr.get("/dao-tao/ket-qua/?q=000185012345")

    assert response.url == "/can-bo/tim-so/"


def test_a_correction_says_what_left_the_record(hr, held):
    credit = waiting(held)
    decide(hr, "xac-nhan", credit)
    row = credit.enrolment

    sent = sheet_of(held, (row, "failed", "A1", "20/05/2023"), reason="Chấm lại")
    page = shown(hr.post(f"/dao-tao/{held.pk}/ket-qua/", sent, follow=True))

    assert "1 văn bằng, chứng chỉ đã rút khỏi hồ sơ" in page
    assert "Chấm lại" in shown(hr.get("/dao-tao/ket-qua/?tt=withdrawn"))
