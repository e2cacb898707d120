"""The list of indicators, a figure's page with its tabs, and its workbook."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres import catalogue as record_catalogue
from cadres.models import Post
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_qualification,
    make_rating,
)
from reports import catalogue
from reports.models import Indicator

pytestmark = pytest.mark.django_db

DEGREE = "/bao-cao/civil_servants_degree/"
MOST_QUERIES, MOST_BYTES = 12, 100 * 1024


@pytest.fixture
def district(db):
    """Two communes: a degree, a college degree and no record in one, a degree in the other."""
    record_catalogue.load()
    catalogue.load()
    first, second = make_commune("Xã Đầu"), make_commune("Xã Hai")
    for name, rank in (("Lê Thị Đạt", 4), ("Trần Văn Chưa", 3), ("Vũ Thị Thiếu", None)):
        add_civil_servant(name, first, rank)
    add_civil_servant("Bùi Văn Xa", second, 4)
    return first, second


def add_civil_servant(name, commune, rank, **fields):
    cadre = make_cadre(name, recruited_on="2015-01-01", national_id=fields.pop("number", None))
    make_holding(cadre, Post.objects.get(code="CC07"), commune, valid_from=date(2016, 1, 1))
    make_qualification(cadre, "general", 3)
    if rank is not None:
        make_qualification(cadre, rank=rank, field="culture", major="Văn hóa")
    return cadre


def signed_in(client, role=Role.LEADER, **fields):
    client.force_login(make_user(role, **fields), "accounts.backends.WithCommune")
    return client


def text_of(response):
    """The page without tags, its spaces drawn together."""
    bare = re.sub(
        r"<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S
    )
    return re.sub(r"\s+", " ", bare)


def rows_of(response):
    """The cells of the table of names, as text."""
    body = response.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()
         for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, flags=re.S)
    ]  # fmt: skip


def names_on(response):
    return [row[0] for row in rows_of(response)]


def test_the_list_shows_every_indicator_with_its_ratio_and_leads_to_its_names(client, district):
    page = signed_in(client).get("/bao-cao/?ngay=2023-06-08")

    html = page.content.decode()
    for indicator in Indicator.objects.all():
        assert f'href="/bao-cao/{indicator.code}/?ngay=2023-06-08"' in html
    assert "2 /4" in text_of(page)
    assert "chưa có quy định cho nhóm này ngày 08/06/2023" in text_of(page)


def test_a_figure_opens_with_those_outside_the_numerator_each_with_a_reason(client, district):
    page = signed_in(client).get(DEGREE + "?ngay=2023-06-08")

    assert rows_of(page) == [
        ["Trần Văn Chưa", "12/05/1980", "Văn hóa – xã hội", "Đầu", "Cao đẳng Văn hóa, 2015",
         "Thiếu 1 mức: cần đại học", "còn đến 25/12/2024", "Cử học đại học"],
        ["Vũ Thị Thiếu", "12/05/1980", "Văn hóa – xã hội", "Đầu", "chưa có dữ liệu",
         "Chưa có hồ sơ chuyên môn", "thiếu dữ liệu", "Bổ sung hồ sơ: bằng chuyên môn"],
    ]  # fmt: skip
    text = text_of(page)
    assert "2 /4" in text
    assert "50,0 % · theo lượt giữ chức danh" in text
    assert "2 người: 1 còn thời hạn chuyển tiếp · 1 thiếu dữ liệu" in text
    assert "TT 13/2019/TT-BNV, điều 1" in text
    assert "nguồn: đã đọc" in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("muc=dat", ["Lê Thị Đạt", "Bùi Văn Xa"]),
        ("muc=thieu", ["Vũ Thị Thiếu"]),
        ("muc=chua&ket_luan=transition", ["Trần Văn Chưa"]),
        ("muc=la-gi", ["Trần Văn Chưa", "Vũ Thị Thiếu"]),
        ("muc=tat-ca&dem=nguoi&xa=la-gi",
         ["Trần Văn Chưa", "Lê Thị Đạt", "Vũ Thị Thiếu", "Bùi Văn Xa"]),
    ],
)  # fmt: skip
def test_the_address_says_which_names_are_shown(client, district, query, names):
    page = signed_in(client).get(f"{DEGREE}?ngay=2023-06-08&{query}")

    assert names_on(page) == names


def test_one_commune_narrows_names_and_number_alike(client, district):
    _, second = district
    page = signed_in(client).get(f"{DEGREE}?ngay=2023-06-08&muc=dat&xa={second.pk}")

    assert names_on(page) == ["Bùi Văn Xa"]
    assert "1 /1" in text_of(page)
    assert "Bỏ lọc xã: Hai" in page.content.decode()


def test_the_communes_stand_beside_each_other(client, district):
    page = signed_in(client).get(DEGREE + "?ngay=2023-06-08&muc=theo-xa")

    rows = {row[0]: row[1:] for row in rows_of(page)}
    assert [cell.replace(" ", "") for cell in rows["Xã Đầu"]] == ["1/3", "33,3%", "", "2", "1"]
    assert [cell.replace(" ", "") for cell in rows["Xã Hai"]] == [
        "1/1", "100,0%", "", "0", "0",
    ]  # fmt: skip
    assert rows["Thị trấn Hùng Sơn"][0] == "—"


def test_the_trend_counts_each_day_by_its_own_record(client, district):
    first, _ = district
    late = add_civil_servant("Ngô Thị Muộn", first, None)
    make_qualification(late, rank=4, awarded_on="2023-02-01")

    page = signed_in(client).get(DEGREE + "?ngay=2023-06-08&muc=xu-huong")

    text = text_of(page)
    assert "31/12/2022 2 /5" in text
    assert "31/03/2023 3 /5" in text
    assert "08/06/2023 3 /5" in text


def test_the_change_is_since_the_end_of_the_year_before(client, district):
    first, _ = district
    make_qualification(add_civil_servant("Ngô Thị Muộn", first, None), rank=4,
                       awarded_on="2023-02-01")  # fmt: skip

    text = text_of(signed_in(client).get(DEGREE + "?ngay=2023-06-08"))

    assert "So với 31/12/2022 ▲ +20,0 điểm % tử số +1 Ngày ấy: 2 /5" in text


def test_a_day_without_a_rule_says_so_and_still_lists_the_people(client, district):
    first, _ = district
    make_holding(make_cadre("Đỗ Văn Phó"), Post.objects.get(code="NK01"), first)

    client = signed_in(client)
    june = client.get("/bao-cao/standardised_org_deputies/?ngay=2023-06-08&muc=dat")
    august = client.get("/bao-cao/standardised_org_deputies/?ngay=2023-08-15")

    assert "Chưa có quy định cho nhóm này ngày 08/06/2023" in text_of(june)
    assert names_on(june) == ["Đỗ Văn Phó"]
    assert "chưa có quy định" in rows_of(june)[0][6]
    assert "NĐ 33/2023/NĐ-CP" in text_of(august)
    assert "So với 31/12/2022 — chưa có quy định ngày ấy" in text_of(august)


def test_the_card_adds_up_and_the_tab_says_what_it_holds(client, district):
    """Of whom nothing is known is no "chưa đạt": the tab holds both, and so says its name."""
    text = text_of(signed_in(client).get(DEGREE + "?ngay=2023-06-08"))

    assert (
        "Đạt mức của chỉ tiêu 2 Ngoài tử số, gồm 2 Chưa đạt mức 1 Thiếu dữ liệu 1 Mẫu số 4"
    ) in text
    assert "Ngoài tử số 2 Đạt mức 2 Thiếu dữ liệu 1" in text
    assert "Chưa đạt mức 2" not in text


def test_a_document_is_cited_to_the_end_of_its_last_day(client, district):
    text = text_of(signed_in(client).get(DEGREE + "?ngay=2023-06-08"))

    assert "TT 13/2019/TT-BNV, điều 1 (đến hết 31/07/2023)" in text


def test_before_anyone_is_rated_there_is_no_ratio_and_no_change(client, district):
    for holding in district[0].holdings.all():
        make_rating(holding.cadre, 2022, 3)

    client = signed_in(client)
    page = client.get("/bao-cao/rated_good/?ngay=2023-12-31")
    names = client.get("/bao-cao/rated_good/?ngay=2023-12-31&muc=thieu")
    communes = client.get("/bao-cao/rated_good/?ngay=2023-12-31&muc=theo-xa")
    listed = text_of(client.get("/bao-cao/?ngay=2023-12-31"))

    text = text_of(page)
    assert "— Chưa ai được xếp loại năm 2023: 4 người chưa có kết quả xếp loại." in text
    assert "So với 31/12/2022 — chưa ai được xếp loại" in text
    assert "Không có ai thuộc nhóm này" not in text
    assert "Chưa xếp loại 4" in text
    assert "▼" not in text
    assert len(names_on(names)) == 4
    assert {row[0]: row[1:] for row in rows_of(communes)}["Xã Đầu"] == ["—", "—", "", "—", "3"]
    assert "— — — 4 — chưa ai được xếp loại" in listed


def test_those_not_rated_stand_outside_the_denominator(client, district):
    good, plain, _ = [holding.cadre for holding in district[0].holdings.order_by("pk")]
    make_rating(good, 2022, 3)
    make_rating(plain, 2022, 2)

    client = signed_in(client)
    page = client.get("/bao-cao/rated_good/?ngay=2023-06-08")
    unrated = client.get("/bao-cao/rated_good/?ngay=2023-06-08&muc=thieu")

    assert "1 /2" in text_of(page)
    assert "Chưa xếp loại, ngoài mẫu số 2" in text_of(page)
    assert names_on(page) == ["Trần Văn Chưa"]
    assert names_on(unrated) == ["Vũ Thị Thiếu", "Bùi Văn Xa"]


def test_posts_and_persons_are_two_views_of_one_figure(client, district):
    """One civil servant holds a second title: five posts, four persons."""
    first, _ = district
    cadre = first.holdings.order_by("pk").first().cadre
    make_holding(cadre, Post.objects.get(code="CC06"), first, is_main=False)

    client = signed_in(client)
    posts = text_of(client.get(DEGREE + "?ngay=2023-06-08"))
    persons = text_of(client.get(DEGREE + "?ngay=2023-06-08&dem=nguoi"))

    assert "3 /5" in posts
    assert "Đếm theo người" in posts
    assert "2 /4" in persons
    assert "theo người" in persons
    assert "Đếm theo lượt giữ chức danh" in persons


def test_a_figure_that_everyone_meets_leads_to_those_who_do(client, district):
    _, second = district
    make_membership(cadre := make_cadre("Lý Thị Ủy"), second)
    make_qualification(cadre, rank=4)
    make_qualification(cadre, "political", 2)

    client = signed_in(client)
    page = client.get("/bao-cao/committee_intermediate/?ngay=2023-06-08")
    met = client.get("/bao-cao/committee_intermediate/?ngay=2023-06-08&muc=dat")

    assert "Không ai ở ngoài tử số" in text_of(page)
    assert rows_of(met)[0][:5] == [
        "Lý Thị Ủy", "12/05/1980", "Cấp ủy viên", "Hai", "Đại học, 2015; LLCT trung cấp, 2015",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ngay=2001-01-01", "Chỉ tiêu này chưa áp dụng ngày đang xem"),
        ("ngay=2010-01-01", "Không có ai thuộc nhóm này"),
        ("ngay=2023-06-08&ket_luan=not_met", "Không có ai khớp bộ lọc"),
    ],
)
def test_an_empty_page_says_why(client, district, query, words):
    assert words in text_of(signed_in(client).get(f"{DEGREE}?{query}"))


def test_an_indicator_that_was_closed_says_so_after_its_last_day(client, district):
    Indicator.objects.filter(code="rated_good").update(valid_to=date(2023, 7, 1))

    client = signed_in(client)

    assert client.get("/bao-cao/rated_good/?ngay=2023-06-30").status_code == 200
    page = client.get("/bao-cao/rated_good/?ngay=2023-07-01")
    assert "Chỉ tiêu này không còn áp dụng ngày đang xem" in text_of(page)


def test_what_does_not_exist_is_not_found(client, district):
    client = signed_in(client)

    assert client.get("/bao-cao/khong_co/").status_code == 404
    assert client.get(DEGREE + "?xa=999999999").status_code == 404
    assert client.get(DEGREE + "?xa=999999999&muc=xu-huong").status_code == 404


# -- scope ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_a_commune_sees_its_own_names_alone(client, district, role):
    first, second = district
    client = signed_in(client, role, commune=second)

    whole = client.get(DEGREE + "?ngay=2023-06-08&muc=tat-ca")
    by_commune = client.get(DEGREE + "?ngay=2023-06-08&muc=theo-xa")

    assert names_on(whole) == ["Bùi Văn Xa"]
    assert "1 /1" in text_of(whole)
    assert names_on(by_commune) == ["Xã Hai"]
    assert client.get(f"{DEGREE}?ngay=2023-06-08&xa={first.pk}").status_code == 404
    assert client.get(f"{DEGREE}?ngay=2023-06-08&muc=xu-huong&xa={first.pk}").status_code == 404


def test_a_leader_reads_names_without_the_sensitive_fields(client, district):
    first, _ = district
    cadre = add_civil_servant("Ngô Thị Số", first, 3, number="001180000123")
    cadre.phone, cadre.ethnicity, cadre.residence = "0912000123", "Sán Dìu", "Xóm Thử 9"
    cadre.save()

    page = signed_in(client).get(DEGREE + "?ngay=2023-06-08").content.decode()

    assert "Ngô Thị Số" in page
    for secret in ("001180000123", "0912000123", "Sán Dìu", "Xóm Thử 9"):
        assert secret not in page


def test_opening_the_names_is_recorded_once_with_whose_and_without_values(client, district):
    signed_in(client).get(DEGREE + "?ngay=2023-06-08")

    (event,) = AuditEvent.objects.filter(action="list")
    assert event.subject_count == 2
    assert len(event.subject_ids) == 2
    assert event.detail == {"figure": "civil_servants_degree"}


# -- workbook -------------------------------------------------------------------------------------


def exported(client, query, purpose="Họp Ban Thường vụ"):
    """The response, read to its end, its workbook as `book`."""
    response = client.post(DEGREE + "xuat/", {"loc": query, "muc_dich": purpose})
    if response.streaming:
        response.book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return response


def test_the_workbook_holds_what_is_seen(client, district):
    response = exported(signed_in(client), "ngay=2023-06-08&muc=chua")

    rows = [list(row) for row in response.book.active.iter_rows(values_only=True)]
    assert rows[0][0] == "Công chức có trình độ chuyên môn từ đại học trở lên"
    assert rows[1][0] == "Tính đến ngày 08/06/2023: 2/4 (50,0 %), thiếu dữ liệu 1"
    head = next(n for n, row in enumerate(rows) if row[0] == "TT")
    assert rows[head][1:5] == ["Họ và tên", "Ngày sinh", "Chức vụ, chức danh", "Xã, thị trấn"]
    assert [row[1] for row in rows[head + 1 :]] == ["Trần Văn Chưa", "Vũ Thị Thiếu"]
    assert rows[head + 1][5:] == [
        "chưa đạt mức", "Cao đẳng Văn hóa, 2015", "thiếu 1 mức: cần đại học",
        "còn thời hạn đến 25/12/2024", "Cử học đại học",
    ]  # fmt: skip


def test_an_export_is_recorded_with_its_purpose(client, district):
    exported(signed_in(client), "ngay=2023-06-08&muc=dat")

    (event,) = AuditEvent.objects.filter(action="export")
    assert (event.purpose, event.subject_count) == ("Họp Ban Thường vụ", 2)


def test_an_export_without_a_purpose_goes_back_to_the_page(client, district):
    response = exported(signed_in(client), "ngay=2023-06-08&muc=dat", purpose=" ")

    assert response.status_code == 302
    assert response.url == DEGREE + "?ngay=2023-06-08&muc=dat"
    assert not AuditEvent.objects.filter(action="export").exists()


def test_an_export_stays_within_the_scope(client, district):
    first, second = district
    client = signed_in(client, Role.COMMUNE_CLERK, commune=second)

    response = exported(client, "ngay=2023-06-08&muc=tat-ca")

    cells = [str(c) for row in response.book.active.iter_rows(values_only=True) for c in row]
    assert "Bùi Văn Xa" in cells
    assert "Lê Thị Đạt" not in cells
    assert exported(client, f"ngay=2023-06-08&muc=tat-ca&xa={first.pk}").status_code == 404


# -- cost -----------------------------------------------------------------------------------------


def counted(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries), len(response.content)


@pytest.mark.parametrize("tab", ["chua", "dat", "theo-xa", "xu-huong"])
@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_CLERK])
def test_a_figure_costs_the_same_queries_whatever_the_people_and_communes(
    client, district, role, tab
):
    first, _ = district
    commune = {"commune": first} if role == Role.COMMUNE_CLERK else {}
    client = signed_in(client, role, **commune)
    address = f"{DEGREE}?muc={tab}"
    client.get(address)  # the first request of a session writes when it was seen

    few, _ = counted(client, address)
    for number in range(60):
        here = first if number % 2 else make_commune(f"Xã Mới {number}")
        add_civil_servant(f"Hà Văn Thêm{number}", here, 3 + number % 2)
    many, size = counted(client, address)

    assert few == many <= MOST_QUERIES
    assert size <= MOST_BYTES


def test_the_list_of_indicators_costs_few_queries(client, district):
    client = signed_in(client)
    client.get("/bao-cao/")

    number, size = counted(client, "/bao-cao/")

    assert number <= MOST_QUERIES
    assert size <= MOST_BYTES
