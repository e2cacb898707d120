"""The pages of studies: the list of a day, sending, correcting, recording a step."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from accounts.models import Role
from cadres.tests.factories import make_cadre, make_commune, make_discipline, make_holding
from cadres.tests.pages import lines_of, signed_in
from training.models import Credit, Study
from training.tests.factories import make_decision, make_programme, make_study

pytestmark = pytest.mark.django_db
LIST = "/dao-tao/cu-di-hoc/"
FACTS = {
    "decision_number": "7/QĐ-UBND", "decision_signed_on": "20/08/2021",
    "decision_issuer": "UBND huyện", "level": "professional:4", "school": "Đại học Thử",
    "form": "part_time", "begins_on": "01/09/2021", "due_on": "15/12/2025",
    "support_agreed": "12.000.000",
}  # fmt: skip


@pytest.fixture
def hr(client):
    signed_in(client, Role.DISTRICT_HR)
    return client


def test_people_are_sent_from_the_page_and_a_second_click_sends_nobody_more(hr):
    people = [make_cadre(), make_cadre()]
    sending = {**FACTS, "nguoi": [each.pk for each in people]}

    for _ in range(2):
        response = hr.post(f"{LIST}them/", sending)
        assert response.status_code == 302

    assert Study.objects.count() == 2
    assert set(Study.objects.order_by().values_list("support_agreed", "rank")) == {(12_000_000, 4)}
    assert Study.objects.order_by().values("decision").distinct().count() == 1


def test_sent_again_with_another_commitment_says_that_it_was_not_stored(hr):
    cadre = make_cadre("Lê Thị Cử")
    hr.post(f"{LIST}them/", {**FACTS, "nguoi": cadre.pk}, follow=True)

    again = {**FACTS, "nguoi": cadre.pk, "committed_until": "01/01/2031"}
    page = hr.post(f"{LIST}them/", again, follow=True).content.decode()

    assert "Chưa lưu điều vừa gõ khác với lượt đã ghi của Lê Thị Cử" in page
    assert "Đã cử" not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nguoi": []}, "Chưa chọn ai"),
        ({"level": ""}, "Chọn nội dung và mức"),
        ({"decision_number": ""}, "Nhập số quyết định"),
        ({"decision_signed_on": "20/08/2090"}, "chưa tới"),
        ({"begins_on": ""}, "Nhập ngày bắt đầu học: ngày/tháng/năm, ví dụ 05/09/2023."),
        ({"due_on": ""}, "Nhập ngày dự kiến tốt nghiệp: ngày/tháng/năm"),
        ({"decision_signed_on": ""}, "Nhập ngày ký quyết định, ví dụ"),
        ({"due_on": "01/09/2021"}, "phải sau ngày bắt đầu"),
        ({"due_on": "01/01/2022"}, "dưới 12 tháng"),
        ({"begins_on": "01/09/1931"}, "từ năm 1990"),
        ({"committed_until": "01/01/2025"}, "sau ngày tốt nghiệp"),
        ({"due_on": "02/09/2033"}, "hơn 12 năm; kiểm tra lại năm"),
        ({"begins_on": "01/09/2092", "due_on": "15/12/2095"}, "hơn 5 năm; kiểm tra lại năm"),
        ({"support_agreed": "1,5"}, "Nhập số"),
        ({"support_agreed": "9" * 40}, "số"),
        ({"school": "a\0b"}, 'aria-invalid="true"'),
    ],
)
def test_what_is_wrong_with_a_sending_is_told_and_nothing_stored(hr, change, words):
    page = hr.post(f"{LIST}them/", {**FACTS, "nguoi": [make_cadre().pk], **change})

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Study.objects.exists()


def test_the_programme_of_the_address_says_what_is_learned(hr):
    programme = make_programme("Đại học Luật", kind="training", strand="professional", rank=4)
    cadre = make_cadre("Lê Thị Cử")
    address = f"{LIST}them/?ct={programme.pk}&nguoi={cadre.pk}"

    assert "Lê Thị Cử" in hr.get(address).content.decode()
    facts = {**FACTS, "level": "", "programme": programme.pk, "nguoi": cadre.pk,
             "exception_reason": "Theo nhu cầu"}  # fmt: skip
    hr.post(address, facts)

    assert Study.objects.get().programme == programme
    wrong = hr.post(address, {**facts, "level": "political:2"}).content.decode()
    assert "để trống ô này" in wrong


def test_whoever_may_not_be_sent_is_told_before_any_programme_is_chosen(hr):
    warned = make_holding(make_cadre("Lê Bị Phạt")).cadre
    make_discipline(warned, "warning", effective_on=date(2023, 1, 9))
    address = f"{LIST}them/?nguoi={warned.pk}&ngay=2023-06-08"

    assert "bị cảnh cáo từ 09/01/2023" in hr.get(address).content.decode()


def test_people_to_send_are_found_by_name_but_not_by_an_identity_number(hr):
    make_cadre("Trần Văn Tìm")

    assert "Trần Văn Tìm" in hr.get(f"{LIST}them/?q=tim").content.decode()
    assert "Không thấy ai" in hr.get(f"{LIST}them/?q=%25&nguoi=x&ct=9999999999").content.decode()
    for page in (LIST, f"{LIST}them/"):
        assert hr.get(f"{page}?q=000083000034").status_code == 302


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("q=cu", True), ("q=khac", False), ("muc=professional:4", True),
        ("tinh_trang=studying", True),
        ("tinh_trang=graduated", False), ("han=12", False),
        ("truong=" + quote("Đại học Thử"), True),
        ("han=qua", False), ("ngay=2025-06-01&han=12", True), ("ngay=2026-01-01&han=qua", True),
        ("ngay=2020-01-01", False), ("xa=999999", True), ("sap=-han", True), ("sap=%00", True),
    ],
)  # fmt: skip
def test_the_list_is_filtered_by_what_held_on_the_day(hr, query, is_found):
    make_study(make_cadre("Lê Thị Cử"), school="Đại học Thử",
               decision=make_decision(signed_on=date(2021, 8, 20)))  # fmt: skip

    page = hr.get(f"{LIST}?ngay=2023-06-08&{query}" if "ngay" not in query else f"{LIST}?{query}")

    assert page.status_code == 200
    assert ("Lê Thị Cử" in page.content.decode()) is is_found


def test_the_list_counts_by_stage_and_filters_by_unit(hr):
    commune = make_commune("Xã Nhà")
    make_study(make_holding(commune=commune).cadre)
    make_study()

    page = hr.get(f"{LIST}?ngay=2023-06-08").content.decode()
    of_unit = lines_of(hr.get(f"{LIST}?ngay=2023-06-08&xa={commune.pk}"))

    assert "đang học 2" in page
    assert len(of_unit) == 1


def test_a_commune_reads_its_own_and_writes_nothing(client):
    mine = make_commune()
    study, other = make_study(make_holding(commune=mine).cadre), make_study()
    signed_in(client, Role.COMMUNE_CLERK, commune=mine)

    assert client.get(study.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(f"{study.get_absolute_url()}ghi/").status_code == 403
    assert len(lines_of(client.get(LIST))) == 1


@pytest.mark.parametrize(("role", "is_told"), [(Role.LEADER, False), (Role.DISTRICT_HR, True)])
def test_why_somebody_was_sent_unusually_is_not_told_to_leaders(client, role, is_told):
    study = make_study(exception_reason="Sau khiển trách đã tiến bộ")
    signed_in(client, role)

    page = client.get(study.get_absolute_url()).content.decode()

    assert ("khiển trách" in page) is is_told


def test_the_workbook_holds_the_list_of_the_address_as_text(hr):
    make_study(make_cadre("=1+1"), support_agreed=5)
    make_study(make_cadre("Vi Khác"))

    response = hr.post(f"{LIST}xuat/", {"loc": "q=1&ngay=2023-06-08"})

    rows = list(load_workbook(BytesIO(response.getvalue())).worksheets[0].iter_rows())
    cells = {cell.value: cell for row in rows for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert "Vi Khác" not in cells


def test_each_step_has_its_form_and_a_foreign_word_shows_the_choice(hr):
    study = make_study()
    address = f"{study.get_absolute_url()}ghi/"

    assert "Chọn việc cần ghi" in hr.get(f"{address}?viec=x").content.decode()
    for kind in ("progress", "extension", "support", "graduated", "failed", "stopped"):
        assert "Ghi</button>" in hr.get(f"{address}?viec={kind}").content.decode()


def test_graduation_is_recorded_and_taken_back_from_the_pages(hr):
    study = make_study()
    address = f"{study.get_absolute_url()}ghi/"
    sent = {"on": "15/12/2023", "diploma_number": "B1", "version": 1}

    for _ in range(2):  # a second click stores nothing more
        assert hr.post(f"{address}?viec=graduated", sent).status_code == 302
    assert study.steps.count() == 1
    assert Credit.objects.get().evidence_number == "B1"
    other = hr.post(f"{address}?viec=graduated", {**sent, "diploma_number": "B2"})
    assert "vừa được người khác ghi thêm hoặc sửa" in other.content.decode()

    wrong = {"on": "05/01/2024", "corrects": study.steps.get().pk, "text": "Nhầm", "version": 2}
    assert hr.post(f"{address}?viec=correction", wrong).status_code == 302
    assert Credit.objects.get().state == "withdrawn"
    page = hr.get(f"{study.get_absolute_url()}?ngay=2024-02-01").content.decode()
    assert "đã đính chính, không tính" in page
    assert "đang học ngày 01/02/2024" in page


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("support", {"amount": "1.000"}, "vượt mức đã thỏa thuận"),
        ("support", {"amount": "x"}, "Nhập số"),
        ("progress", {}, "Ghi kết quả năm học"),
        ("progress", {"on": "01/01/2090", "text": "Khá"}, "chưa tới"),
        ("extension", {"until": "01/01/2027"}, "Nhập số quyết định"),
        ("correction", {"corrects": "7", "text": "x"}, 'aria-invalid="true"'),
        ("stopped", {"text": "x", "version": "5"}, "vừa được người khác"),
        ("stopped", {"text": "x", "decision_number": "1"}, "Nhập ngày ký"),
    ],
)
def test_a_step_that_cannot_be_is_told_why(hr, kind, sent, words):
    study = make_study()

    page = hr.post(
        f"{study.get_absolute_url()}ghi/?viec={kind}", {"on": "01/06/2022", "version": 1, **sent}
    )

    assert words in page.content.decode()
    assert not study.steps.exists()


def test_what_is_asked_back_is_shown_where_a_commitment_is_broken(hr):
    study = make_study(support_agreed=60, committed_until=date(2030, 12, 15))
    study.steps.create(kind="support", on=date(2022, 1, 1), amount=60)
    study.steps.create(kind="graduated", on=date(2025, 12, 15))
    Study.objects.update(state="graduated", ended_on=date(2025, 12, 15))

    page = hr.get(f"{study.get_absolute_url()}ghi/?viec=broken&ngay=2026-12-15")

    assert "bồi hoàn 48 đồng" in page.content.decode()  # 12 of 60 months served


def test_facts_are_corrected_and_a_stale_form_is_refused(hr):
    study = make_study()
    facts = {**FACTS, "school": "Trường Khác", "version": 1}

    assert hr.post(f"{study.get_absolute_url()}sua/", facts).status_code == 302
    stale = hr.post(f"{study.get_absolute_url()}sua/", facts)

    study.refresh_from_db()
    assert (study.school, study.version) == ("Trường Khác", 2)
    assert "vừa được người khác" in stale.content.decode()


def test_what_is_over_keeps_its_level_and_support_not_below_what_was_paid(hr):
    study = make_study(support_agreed=20)
    study.steps.create(kind="support", on=date(2022, 1, 1), amount=15)
    study.steps.create(kind="graduated", on=date(2025, 12, 15))
    Study.objects.update(state="graduated", ended_on=date(2025, 12, 15))
    facts = {**FACTS, "level": "political:2", "version": 1}

    low = hr.post(f"{study.get_absolute_url()}sua/", {**facts, "support_agreed": "14"})
    hr.post(f"{study.get_absolute_url()}sua/", {**facts, "support_agreed": "15"})

    study.refresh_from_db()
    assert "Đã trả 15 đồng" in low.content.decode()
    assert (study.strand, study.support_agreed) == ("professional", 15)


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_costs_as_much_for_sixty_as_for_three(hr, number, django_assert_max_num_queries):
    for _ in range(number):
        make_study()
    hr.get(LIST)  # the session is written once

    with django_assert_max_num_queries(12):
        hr.get(LIST)
