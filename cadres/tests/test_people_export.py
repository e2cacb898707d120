"""What leaves the portal from the people list, and the search by number."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from cadres.number_search import SEARCHES_A_MINUTE
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rule,
    make_title_set,
)
from cadres.tests.pages import LIST, lines_of, list_url, names_of, signed_in, words_of

pytestmark = pytest.mark.django_db
EXPORT, RECORD_SET, NUMBER = "/can-bo/xuat/", "/can-bo/bo-du-lieu/", "/can-bo/tim-so/"
CCCD = "019080000417"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def export(client, url, purpose="báo cáo quý"):
    return client.post(EXPORT, {"loc": url.partition("?")[2], "muc_dich": purpose})


def book_of(response):
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def sheet_of(response):
    """(lines above the head, head, rows) of the workbook's first sheet."""
    book = book_of(response)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(rows) if row[0] == "TT")
    return [row[0] for row in rows[:head] if row[0]], rows[head], rows[head + 1 :]


def test_the_workbook_holds_what_the_page_lists_in_its_columns_and_order(client):
    signed_in(client)
    post, commune = make_post(), make_commune("Xã Đây")
    make_title_set(post)
    make_rule()
    for name, born_on in [("Bùi Thị An", "1990"), ("Vi Văn Yên", None), ("Lê Bảo", "1981-05")]:
        person = make_cadre(name, born_on=born_on, sex="F")
        make_holding(person, post, commune)
    make_qualification(person, rank=4, major="Luật")
    make_holding(make_cadre("Trần Nam", sex="M"), post, commune)
    make_membership(make_cadre("Đỗ Ủy", sex="F"), commune, role="uv_btv")
    url = list_url(gioi="F", sap="-sinh", cot=["sinh", "chuc", "xa", "cm", "dat"], trang=7)

    seen = lines_of(client.get(url))
    lead, head, rows = sheet_of(export(client, url))

    assert head == ["TT", "Số hiệu", *seen[0]]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    told = [dict(zip(head[2:], row[2:], strict=True)) for row in rows]
    for line in (*seen, *told):
        if line["Đạt chuẩn"].endswith("không giữ chức vụ ngày này"):
            line["Đạt chuẩn"] = "không giữ chức vụ"
    assert [{k: _text(v) for k, v in line.items()} for line in told] == seen
    assert lead[1] == "Số liệu tính đến ngày 08/06/2023 · Phạm vi: toàn huyện"
    assert lead[2] == "Điều kiện lọc: Giới tính: Nữ"


def _text(value):
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else value


def test_all_pages_of_the_list_are_in_the_workbook_and_leavers_where_asked(client):
    signed_in(client)
    post, commune = make_post(), make_commune()
    for number in range(60):
        make_holding(make_cadre(f"Nguyễn {number}"), post, commune)
    make_holding(make_cadre("Lê Thôi"), post, commune, valid_to=date(2020, 1, 1),
                 valid_from=date(2015, 1, 1))  # fmt: skip

    assert len(sheet_of(export(client, list_url()))[2]) == 60
    everybody = sheet_of(export(client, list_url(ai="moi", q="thoi", cot="chuc")))[2]
    assert [row[2:] for row in everybody] == [
        ["Lê Thôi", "thôi Văn phòng – thống kê từ 01/01/2020"]
    ]


def test_text_that_looks_like_a_formula_stays_text(client):
    signed_in(client)
    make_holding(make_cadre("=HYPERLINK(1)", phone="+84987654321"))

    book = book_of(export(client, list_url(cot="dt")))

    name, phone = next(row[2:4] for row in book.worksheets[0].iter_rows() if row[0].value == 1)
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
    assert (phone.value, phone.data_type) == ("+84987654321", "s")


def test_scope_and_field_groups_hold_in_the_workbook(client):
    commune = make_commune()
    make_holding(make_cadre("Người Nhà", national_id=CCCD, ethnicity="Dao"), commune=commune)
    make_holding(make_cadre("Người Bạn"))
    url = list_url(cot=["ma", "cccd", "dantoc"])

    signed_in(client, Role.COMMUNE_CLERK, commune=commune)
    lead, head, rows = sheet_of(export(client, url))
    assert [row[2] for row in rows] == ["Người Nhà"]
    assert head[3:] == ["Dân tộc", "Số CCCD (che)"]
    assert rows[0][4] == "019•••••0417"
    assert f"Phạm vi: {commune.name}" in lead[1]

    signed_in(client, Role.LEADER)
    _, head, rows = sheet_of(export(client, url))
    assert head == ["TT", "Số hiệu", "Họ và tên"]
    assert len(rows) == 2


def test_the_ticked_are_exported_and_no_one_outside_the_scope_however_ticked(client):
    commune = make_commune()
    one, two = (make_holding(make_cadre(name), commune=commune).cadre for name in ("An", "Bảo"))
    theirs = make_holding(make_cadre("Người Bạn")).cadre
    signed_in(client, Role.COMMUNE_CLERK, commune=commune)
    told = {"loc": list_url(sap="-ten").partition("?")[2], "muc_dich": "thử",
            "chon": [one.pk, theirs.pk, "x", two.pk]}  # fmt: skip

    lead, _, rows = sheet_of(client.post(EXPORT, told))
    assert [row[2] for row in rows] == ["Bảo", "An"]
    assert "Những người được chọn trên danh sách" in lead

    everyone = sheet_of(client.post(EXPORT, {**told, "chon": [one.pk], "tat_ca": "1"}))[2]
    assert len(everyone) == 2
    only_theirs = sheet_of(client.post(EXPORT, {**told, "chon": [theirs.pk]}))[2]
    assert only_theirs == []
    kept = AuditEvent.objects.filter(action=AuditEvent.Action.EXPORT).order_by("pk")
    assert [event.subject_count for event in kept] == [2, 2, 0]


def test_an_export_is_logged_with_count_and_purpose_and_none_without(client):
    signed_in(client)
    make_holding()
    url = list_url(gioi="M")

    refused = client.post(EXPORT, {"loc": url.partition("?")[2], "muc_dich": " "}, follow=True)
    assert refused.redirect_chain[0][0] == url
    assert "hãy ghi mục đích" in words_of(refused)
    assert not AuditEvent.objects.filter(action=AuditEvent.Action.EXPORT).exists()

    sheet_of(export(client, url, purpose="báo cáo quý II"))
    event = AuditEvent.objects.get(action=AuditEvent.Action.EXPORT)
    assert (event.subject_count, event.purpose) == (1, "báo cáo quý II")


def test_the_whole_record_set_is_for_the_districts_staff_and_logged(client):
    signed_in(client)
    make_holding(make_cadre("Trần Thị Đang"))

    book = book_of(client.post(RECORD_SET, {"muc_dich": "sao lưu"}))

    cells = [cell for row in book["Hồ sơ"].iter_rows(values_only=True) for cell in row]
    assert "Trần Thị Đang" in cells
    event = AuditEvent.objects.get(action=AuditEvent.Action.EXPORT)
    assert (event.purpose, event.subject_count, event.detail) == (
        "sao lưu", 1, {"what": "record set"},
    )  # fmt: skip
    assert client.post(RECORD_SET, {}).url == LIST

    signed_in(client, Role.LEADER)
    assert client.post(RECORD_SET, {"muc_dich": "sao lưu"}).status_code == 403


@pytest.mark.parametrize("text", [CCCD, "019 080 000 417", "123456789", "0987654321", f"An {CCCD}"])
def test_a_number_typed_as_a_name_goes_to_the_search_by_number_and_out_of_the_address(client, text):
    signed_in(client)

    response = client.get(list_url(q=text))

    assert (response.status_code, response.url) == (302, NUMBER)
    page = client.get(NUMBER)
    assert text not in page.content.decode()
    assert f'<form method="post" action="{NUMBER}">' in page.content.decode()
    assert not AuditEvent.objects.filter(path__contains=text).exists()


@pytest.mark.parametrize(
    ("number", "finds"),
    [(CCCD, True), ("019 080 000 417", True), ("0987.654.321", True), ("01908000041", False),
     ("19080000417", False), ("987654321", False)],
)  # fmt: skip
def test_a_number_finds_only_its_whole_self(client, number, finds):
    signed_in(client)
    person = make_cadre("Lý Thị Kín", national_id=CCCD, phone="0987654321")

    response = client.post(NUMBER, {"q": number})

    assert response.url == (f"/can-bo/{person.pk}/" if finds else NUMBER)
    event = AuditEvent.objects.get(action=AuditEvent.Action.SEARCH_NUMBER)
    assert event.subject_ids == ([person.pk] if finds else [])
    assert number not in f"{event.path}{event.detail}{event.purpose}"


def test_a_number_outside_the_scope_is_not_found(client):
    make_holding(make_cadre(national_id=CCCD))
    signed_in(client, Role.COMMUNE_CLERK)

    page = client.post(NUMBER, {"q": CCCD}, follow=True)

    assert "Không thấy ai có đúng số này trong phạm vi của bạn" in words_of(page)
    assert CCCD not in page.content.decode()


def test_no_number_is_asked_for_again(client):
    signed_in(client)

    page = client.post(NUMBER, {"q": " "}, follow=True)

    assert "hãy nhập số" in words_of(page)


def test_a_telephone_of_two_people_names_both(client):
    signed_in(client)
    for name in ("Lê Văn Một", "Lê Thị Hai"):
        make_cadre(name, phone="0987654321")

    page = words_of(client.post(NUMBER, {"q": "0987654321"}))

    assert "Lê Văn Một" in page
    assert "Lê Thị Hai" in page


@pytest.mark.usefixtures("within_a_minute")
def test_numbers_cannot_be_tried_one_after_another(client):
    signed_in(client)
    answers = [client.post(NUMBER, {"q": CCCD}).status_code for _ in range(SEARCHES_A_MINUTE)]

    assert set(answers) == {302}
    assert client.post(NUMBER, {"q": CCCD}).status_code == 429

    signed_in(client)  # another account counts for itself
    assert client.post(NUMBER, {"q": CCCD}).status_code == 302


def test_names_with_few_digits_are_names(client):
    signed_in(client)
    make_holding(make_cadre("Lớp 12345678"))

    assert names_of(client.get(list_url(q="lop 12345678"))) == ["Lớp 12345678"]


def test_the_workbook_of_one_unit_says_so_and_that_of_ticked_people_does_not(client):
    signed_in(client)
    here = make_commune("Xã Hùng Thử")
    person = make_holding(make_cadre("Bùi Thị An"), commune=here).cadre
    url = list_url(xa=here.pk)

    lead, *_ = sheet_of(export(client, url))
    ticked = {"loc": url.partition("?")[2], "muc_dich": "báo cáo", "chon": [person.pk]}
    of_ticked, *_ = sheet_of(client.post(EXPORT, ticked))

    assert lead[1] == "Số liệu tính đến ngày 08/06/2023 · Phạm vi: Xã Hùng Thử"
    assert of_ticked[1] == "Số liệu tính đến ngày 08/06/2023 · Phạm vi: toàn huyện"


@time_machine.travel(datetime(2023, 6, 8, 2, 30, 15, tzinfo=UTC), tick=False)
def test_the_workbook_says_when_it_was_written_by_the_clock_here(client):
    signed_in(client)
    make_holding(make_cadre("Bùi Thị An"))

    about = book_of(export(client, list_url()))["Thông tin"]

    told = dict(about.iter_rows(values_only=True, max_col=2))
    assert told["Xuất lúc"] == "08/06/2023 09:30:15"
