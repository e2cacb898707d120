"""The people list: who is on it, for whom, in which order, and what each line says."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Installation, Role
from cadres.columns import COLUMNS, MOST_COLUMNS
from cadres.models import CommuneSuccession
from cadres.models.post import ManagingLevel, PostManagement
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_rule,
    make_title_set,
)
from cadres.tests.pages import LIST, lines_of, list_url, names_of, signed_in, words_of
from daitu_portal.paging import COUNT_CEILING

pytestmark = pytest.mark.django_db

# Given name, then surname, then middle name, each in Vietnamese order (a ă â … đ, then the tone:
# ngang, huyền, hỏi, ngã, sắc, nặng).
IN_ORDER = (
    "Nguyễn Văn An", "Trần Thị Ân", "Lê Văn Ẩn", "Bùi Thị Bảo", "Đinh Văn Bắc", "Hà Thị Cúc",
    "Lý Văn Dũng", "Phạm Thị Duyên", "Nguyễn Văn Đạt", "Trần Đức", "Nguyễn Thị Hà",
    "Nguyễn Văn Hà", "Trần Thị Hà", "Nguyễn Văn Hạ", "Nguyễn Văn Hai", "Lê Văn Hải",
    "Nguyễn Văn Hải", "Trần Văn Hải", "Đỗ Văn Hoa", "Đỗ Văn Hoà", "Nguyễn Hồng", "Trần Oanh",
    "Lê Ơn", "Vi Thị Thu", "Vi Thị Thủ", "Ngô Thúy", "Ngô Văn Thúy", "Mai Ước", "Đặng Văn Xuân",
    "Đặng Thị Ý", "Đặng Thị Yên",
)  # fmt: skip


def make_people(*names, **fields):
    post, commune = make_post(), make_commune()
    return [make_holding(make_cadre(name), post, commune, **fields).cadre for name in names]


@pytest.fixture
def hr(client):
    signed_in(client)
    return client


def test_the_list_counts_those_who_serve_on_the_day_and_says_which_day(hr):
    make_people("Trần Thị Đang")
    make_people("Lê Văn Thôi", valid_to=date(2022, 1, 1))
    make_people("Vi Văn Sau", valid_from=date(2024, 1, 1))

    page = hr.get(list_url())

    assert names_of(page) == ["Trần Thị Đang"]
    assert "1 người" in words_of(page)
    assert "Số liệu tính đến 08/06/2023" in words_of(page)


@pytest.mark.parametrize(
    ("day", "serves"), [("2023-04-09", False), ("2023-04-10", True), ("2023-07-31", True),
                        ("2023-08-01", False)],
)  # fmt: skip
def test_the_first_day_counts_and_the_day_of_leaving_does_not(hr, day, serves):
    make_people("Trần Thị Đang", valid_from=date(2023, 4, 10), valid_to=date(2023, 8, 1))

    assert bool(names_of(hr.get(list_url(ngay=day)))) == serves


def test_without_a_day_the_reference_day_of_the_installation_counts(hr):
    Installation.objects.create(pk=1, reference_on=date(2023, 6, 8))
    make_people("Lê Văn Thôi", valid_to=date(2023, 7, 1))

    assert names_of(hr.get(LIST)) == ["Lê Văn Thôi"]


def test_names_stand_in_vietnamese_order_and_the_other_way_round(hr):
    make_people(*reversed(IN_ORDER))

    assert names_of(hr.get(list_url())) == list(IN_ORDER)
    assert names_of(hr.get(list_url(sap="-ten"))) == list(reversed(IN_ORDER))


@pytest.mark.parametrize(
    ("order", "names"),
    [("sinh", ["Ba", "Hai", "Một", "Không"]), ("-sinh", ["Một", "Hai", "Ba", "Không"]),
     ("ma", ["Không", "Ba", "Một", "Hai"]), ("khong-co", ["Ba", "Hai", "Không", "Một"])],
)  # fmt: skip
def test_heads_sort_and_what_is_missing_comes_last(hr, order, names):
    post, commune = make_post(), make_commune()
    for name, born_on, code in [
        ("Một", "1990-01-01", "C"), ("Hai", "1980-05", "D"), ("Ba", "1980", "B"),
        ("Không", None, "A"),
    ]:  # fmt: skip
        make_holding(make_cadre(name, born_on=born_on, code=code), post, commune)

    assert names_of(hr.get(list_url(sap=order))) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nguyen van hai", ["Nguyễn Văn Hai", "Nguyễn Văn Hải"]),
        ("NGUYỄN VĂN HẢI", ["Nguyễn Văn Hải", "Nguyễn Văn Hai"]),
        ("hai", ["Nguyễn Văn Hai", "Nguyễn Văn Hải"]),
        ("dang phai", ["Đặng Văn Phải"]),
        ("hải nguyen", ["Nguyễn Văn Hải", "Nguyễn Văn Hai"]),
        ("ngu", ["Nguyễn Văn Hai", "Nguyễn Văn Hải"]),
        ("uyen", []),
    ],
)
def test_words_are_found_at_their_beginnings_and_exact_accents_come_first(hr, text, names):
    make_people("Đặng Văn Phải", "Nguyễn Văn Hải", "Nguyễn Văn Hai")

    assert names_of(hr.get(list_url(q=text))) == names


def test_a_name_that_only_leavers_bear_leads_to_them(hr):
    make_people("Trần Thị Đang")
    make_people("Lê Văn Thôi", valid_to=date(2022, 1, 1))

    page = hr.get(list_url(q="thoi", sap="ma"))

    assert "Không có ai đang công tác có tên như vậy" in words_of(page)
    url = list_url(q="thoi", sap="ma", ai="moi").replace("&", "&amp;")
    assert url.removeprefix(LIST) in page.content.decode()
    everybody = hr.get(list_url(q="thoi", ai="moi"))
    (line,) = lines_of(everybody)
    assert line["Chức vụ, chức danh"] == "thôi Văn phòng – thống kê từ 01/01/2022"
    assert line["Đạt chuẩn"] == "— không giữ chức vụ ngày này"
    assert "kể cả người đã thôi" in words_of(everybody)


def test_an_empty_list_says_why_and_what_to_do(hr):
    make_people("Trần Thị Đang")

    nobody = words_of(hr.get(list_url(q="khongcoai")))
    assert "Không có ai khớp bộ lọc" in nobody
    assert "0 người khớp bộ lọc, trong 1" in nobody
    assert "Xoá hết bộ lọc" in nobody
    assert "Không có ai công tác ngày này" in words_of(hr.get(list_url(ngay="2001-01-01")))


def test_a_line_says_posts_unit_levels_and_verdict(hr):
    main, other = make_post("Chủ tịch UBND xã", short_name="CT UBND"), make_post("Phó Bí thư")
    make_title_set(main)
    make_rule()
    person = make_cadre("Ma Thị Thu An", sex="F", born_on="1981-05")
    make_holding(person, other, make_commune("Xã Một"), is_main=False)
    make_holding(person, main, make_commune("Thị trấn Hai"))
    make_qualification(person, rank=2, major="Luật")
    make_qualification(person, rank=4, major="Kế toán", awarded_on="2015")
    make_qualification(person, rank=5, major="Sau này", awarded_on="2024")

    (line,) = lines_of(hr.get(list_url()))

    assert line == {
        "Họ và tên": "Ma Thị Thu An", "Giới": "Nữ", "Ngày sinh": "05/1981",
        "Chức vụ, chức danh": "CT UBND + Phó Bí thư", "Đơn vị": "Thị trấn Hai",
        "Chuyên môn cao nhất": "Đại học · Kế toán", "LLCT": "thiếu dữ liệu",
        "Đạt chuẩn": "đạt chuẩn",
    }  # fmt: skip


def test_someone_who_only_sits_in_a_committee_is_told_with_the_seat(hr):
    make_membership(make_cadre("Bùi Văn Ủy"), make_commune("Xã Ba"), role="uv_bch")

    (line,) = lines_of(hr.get(list_url()))

    assert line["Chức vụ, chức danh"] == "Ủy viên Ban Chấp hành"
    assert line["Đơn vị"] == "Xã Ba"


def test_columns_are_chosen_and_kept_in_the_address(hr):
    (person,) = make_people("Trần Thị Đang")
    make_rating(person, 2022, 4)
    PostManagement.objects.create(
        post=person.holdings.get().post,
        level=ManagingLevel.COMMUNE_PARTY,
        valid_from=date(2020, 1, 1),
    )

    page = hr.get(list_url(cot=["ql", "xl", "khong-co"]))

    assert lines_of(page) == [
        {"Họ và tên": "Trần Thị Đang", "Xếp loại năm": "2022: Hoàn thành xuất sắc nhiệm vụ",
         "Cấp quản lý": "Đảng ủy xã"}
    ]  # fmt: skip
    assert '<input type="hidden" name="cot" value="xl">' in page.content.decode()


def test_chips_name_what_narrows_and_lead_to_the_list_without_it(hr):
    make_people("Trần Thị Đang")

    page = hr.get(list_url(gioi="M", nhom=["civil_servant", "leader"], cot="ma", trang=1, q=""))

    text = page.content.decode()
    assert "1 người khớp bộ lọc, trong 1" in words_of(page)
    assert 'aria-label="Bỏ lọc Giới tính: Nam"' in text
    assert (
        'href="?ngay=2023-06-08&amp;gioi=M&amp;nhom=leader&amp;cot=ma" '
        'aria-label="Bỏ lọc Nhóm: Công chức"' in text
    )
    assert '<a href="?ngay=2023-06-08&amp;cot=ma">Xoá hết</a>' in text


def test_fields_left_empty_narrow_nothing(hr):
    make_people("Trần Thị Đang")

    text = words_of(hr.get(list_url(q="", gioi="", xa="", sinh_tu="", dat="")))

    assert "khớp bộ lọc" not in text


def test_what_cannot_be_read_is_told_and_filters_nothing(hr):
    make_people("Trần Thị Đang")

    page = hr.get(list_url(sinh_tu="abc", gioi="X", ngay="32/13/2023", xa="9" * 40))

    assert page.status_code == 200
    assert "Có điều kiện không đọc được" in words_of(page)
    assert "Ngày trên địa chỉ không đọc được" in words_of(page)
    assert '<details class="filters" open>' in page.content.decode()


def test_a_clerk_sees_the_own_commune_and_those_who_went_on_to_its_successor(client):
    old, new, foreign = make_commune("Xã Cũ"), make_commune("Xã Mới"), make_commune("Xã Bạn")
    CommuneSuccession.objects.create(
        old=old, new=new, effective_on=date(2023, 4, 10), share="whole", document="NQ thử"
    )
    post = make_post()
    for name, commune in [("Người Cũ", old), ("Người Mới", new), ("Người Bạn", foreign)]:
        make_holding(make_cadre(name), post, commune)
    moved = make_cadre("Người Đi")
    make_holding(moved, post, old, valid_to=date(2022, 1, 1))
    make_holding(moved, post, foreign, valid_from=date(2022, 1, 1))

    signed_in(client, Role.COMMUNE_CLERK, commune=old)
    page = client.get(list_url(ai="moi"))

    assert names_of(page) == ["Người Cũ", "Người Mới"]
    assert "2 người" in words_of(page)
    assert names_of(client.get(list_url(xa=foreign.pk))) == []
    assert names_of(client.get(list_url(xa=new.pk))) == ["Người Mới"]


def test_a_head_sees_the_same_as_the_clerk_and_the_administrator_nothing(client):
    commune = make_commune()
    make_holding(make_cadre("Người Nhà"), commune=commune)
    make_holding(make_cadre("Người Bạn"))

    signed_in(client, Role.COMMUNE_HEAD, commune=commune)
    assert names_of(client.get(list_url())) == ["Người Nhà"]

    signed_in(client, Role.ADMIN)
    assert client.get(list_url()).status_code == 403


def test_a_leader_gets_no_sensitive_column_and_no_filter_of_one(client):
    person = make_cadre(
        "Lý Thị Kín", national_id="019080000417", phone="0987654321", ethnicity="Dao"
    )
    make_holding(person)
    signed_in(client, Role.LEADER)

    page = client.get(list_url(cot=["ma", "cccd", "dt", "dantoc"], dan_toc="Kinh"))

    assert [list(line) for line in lines_of(page)] == [["Họ và tên", "Số hiệu"]]
    text = page.content.decode()
    secrets = ("0417", "0987654321", "Dao", '<select name="dan_toc"', "cot-cccd", "cot-dantoc")
    for secret in secrets:
        assert secret not in text


def test_those_who_keep_the_record_see_the_number_masked(hr):
    person = make_cadre("Lý Thị Kín", national_id="019080000417", phone="0987654321",
                        ethnicity="Dao")  # fmt: skip
    make_holding(person)

    page = hr.get(list_url(cot=["cccd", "dt", "dantoc"]))

    assert lines_of(page) == [
        {"Họ và tên": "Lý Thị Kín", "Dân tộc": "Dao", "Số CCCD (che)": "019•••••0417",
         "Điện thoại": "0987654321"}
    ]  # fmt: skip
    assert "019080000417" not in page.content.decode()


def test_only_the_districts_staff_are_offered_to_add_and_import(client):
    signed_in(client, Role.LEADER)
    assert "Thêm người" not in words_of(client.get(list_url()))

    signed_in(client)
    assert "Thêm người" in words_of(client.get(list_url()))
    assert "Nhập Excel" in words_of(client.get(list_url()))


def test_a_look_at_the_list_is_logged_once_with_its_count_and_no_name(client):
    user = signed_in(client)
    make_people("Trần Thị Đang", "Lê Văn Hai")

    client.get(list_url(q="tran"))

    (event,) = AuditEvent.objects.filter(action=AuditEvent.Action.LIST)
    assert (event.actor, event.subject_type, event.subject_count) == (user, "cadre", 1)
    assert event.subject_ids == []
    assert "tran" not in f"{event.path}{event.detail}".lower()


def test_pages_hold_fifty_and_links_keep_the_filters(hr):
    make_people(*(f"Nguyễn Văn {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(51)))

    first, second = hr.get(list_url(gioi="M")), hr.get(list_url(gioi="M", trang=2))

    assert (len(names_of(first)), len(names_of(second))) == (50, 1)
    assert "1–50 trong 51" in words_of(first)
    assert "?ngay=2023-06-08&amp;gioi=M&amp;trang=2" in first.content.decode()


def test_counting_stops_at_its_ceiling_and_the_page_says_so(hr, monkeypatch):
    make_people("Trần Thị Đang")
    monkeypatch.setattr("cadres.people_page.count_of", lambda *_: Value(COUNT_CEILING + 1))

    assert "hơn 10.000 người" in words_of(hr.get(list_url()))


def test_many_communes_are_typed_instead_of_listed(hr):
    (person,) = make_people("Trần Thị Đang")
    for number in range(60):
        make_commune(f"Xã Số {number}")
    there = make_commune("Xã Đức Lương")
    make_holding(make_cadre("Vi Văn Kia"), commune=there)

    page = hr.get(list_url(xa="duc luong"))

    assert names_of(page) == ["Vi Văn Kia"]
    assert "Xã, thị trấn: duc luong" in words_of(page)
    assert '<input type="text" id="id_xa"' in page.content.decode()
    assert "Xã, thị trấn: Xã Đức Lương" in words_of(hr.get(list_url(xa=there.pk)))


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK])
def test_the_list_asks_as_often_for_fifty_as_for_one(client, role):
    commune, post = make_commune(), make_post()
    make_title_set(post)
    make_rule()
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    asked = []

    for number in (1, 49):
        for _ in range(number):
            person = make_cadre("Nguyễn Thị Một Cái Tên Thật Là Dài Để Xem Dòng Có Vỡ Hay Không")
            make_holding(person, post, commune)
            make_holding(person, make_post(), commune, is_main=False)
            make_qualification(person, major="Quản lý đất đai và môi trường nông thôn miền núi")
        client.get(list_url())  # the session is written once a minute
        with CaptureQueriesContext(connection) as queries:
            page = client.get(list_url(cot=["chuc", "xa", "cm", "dat", "xl", "ql"]))
        asked.append(len(queries))

    assert len(names_of(page)) == 50
    assert asked[0] == asked[1] <= 12


@pytest.mark.parametrize("of_them", [slice(0, 40), slice(-16, None)])
def test_a_full_page_with_as_many_columns_as_it_holds_stays_under_a_hundred_kibibytes(hr, of_them):
    commune, post = make_commune("Xã Đức Lương"), make_post()
    for _ in range(29):
        make_commune()
    for _ in range(50):
        person = make_cadre("Nguyễn Thị Một Cái Tên Thật Là Dài Để Xem Dòng Có Vỡ Hay Không")
        make_holding(person, post, commune)
        make_qualification(person, major="Quản lý đất đai")

    page = hr.get(list_url(cot=[each.code for each in COLUMNS][of_them]))

    assert len(names_of(page)) == 50
    assert len(lines_of(page)[0]) == 1 + MOST_COLUMNS
    assert len(page.content) <= 100 * 1024
