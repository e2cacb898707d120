"""The page of those who retire: by month, what falls vacant, what becomes of the ratios."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from cadres import catalogue as cadres_catalogue
from cadres.models import Post
from cadres.models.post import LegalCategory
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_status,
)
from cadres.tests.pages import lines_of, signed_in, words_of
from reports import catalogue
from reports.queries import Figures

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/nghi-huu/"
DAY = "2023-06-08"


def url(**query):
    return PAGE + "?" + "&".join(f"{k}={v}" for k, v in {"ngay": DAY, **query}.items())


def serving(name, born="1963-04-15", post=None, commune=None, sex="M"):
    person = make_cadre(name, born_on=born, sex=sex)
    make_holding(person, post or make_post(), commune or make_commune())
    return person


def names(response):
    return [line["Họ và tên"] for line in lines_of(response)]


@pytest.fixture
def hr(client):
    signed_in(client)
    return client


def test_the_list_goes_month_by_month_with_the_days_of_notice_and_decision(hr):
    serving("Nguyễn Văn Tư", "1963-04-15", commune=make_commune("Xã Bản Ngoại"))
    serving("Trần Thị Năm", "1968", sex="F", post=make_post("Tư pháp – hộ tịch"))

    page = hr.get(url())

    first, second = lines_of(page)
    assert first == {
        "Họ và tên": "Nguyễn Văn Tư", "Ngày sinh": "15/04/1963", "Giới": "Nam",
        "Chức vụ, chức danh": "Văn phòng – thống kê", "Xã, thị trấn": "Xã Bản Ngoại",
        "Tuổi nghỉ hưu": "61 tuổi", "Ngày làm việc cuối": "30/04/2024",
        "Thông báo trước 6 tháng": "30/10/2023", "Quyết định trước 3 tháng": "30/01/2024",
        "Ghi chú": "—",
    }  # fmt: skip
    assert second["Ngày làm việc cuối"] == "31/05/2024"
    assert second["Ghi chú"] == "Chỉ có năm sinh, tính là 01/01/1968"
    words = words_of(page)
    assert "Nghỉ hưu từ 08/06/2023 đến 31/12/2030 2 người đến tuổi" in words
    assert words.index("Tháng 04/2024") < words.index("Tháng 05/2024")
    assert "Theo năm: 2024 2" in words


def test_the_row_that_overrides_the_formula_says_so(hr):
    serving("Lê Thị Sáu", "1969-05-20", sex="F")

    (line,) = lines_of(hr.get(url()))

    assert line["Ngày làm việc cuối"] == "31/01/2026"
    assert "Phụ lục I như các bản đã in" in line["Ghi chú"]
    assert "độ tin cậy: vừa" in line["Ghi chú"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["An", "Ba", "Cam", "Dần"]),
        ({"nam": "2025"}, ["Ba"]),
        ({"tu": "2024-05-01"}, ["Ba", "Cam", "Dần"]),
        ({"den": "2025-05-31"}, ["An", "Ba"]),
        ({"tu": "2025-04-30", "den": "2025-04-30"}, ["Ba"]),
        ({"den": "2031-01-31"}, ["An", "Ba", "Cam", "Dần", "Én"]),
        ({"nhom": "org_head"}, ["Cam"]),
        ({"nhom": "cap_uy"}, ["Dần"]),
        ({"nhom": "khac"}, ["An", "Ba", "Cam", "Dần"]),  # not a group: told, not used
        ({"tu": "31-02-2025"}, ["An", "Ba", "Cam", "Dần"]),
        ({"den": "2022-01-01"}, ["An", "Ba", "Cam", "Dần"]),
        ({"den": "9999-12-31"}, ["An", "Ba", "Cam", "Dần"]),
        ({"tu": "2026-01-01", "nam": "2025"}, []),
    ],
)
def test_the_filters_narrow_the_list(hr, query, found):
    serving("An", "1963-04")  # 30/04/2024
    serving("Ba", "1964-01")  # 30/04/2025
    serving("Cam", "1966-04", post=make_post("Chủ tịch MTTQ", group="org_head"))  # 30/04/2028
    seat = make_cadre("Dần", born_on="1968-12")  # 31/12/2030
    make_membership(seat)
    serving("Én", "1969-01")  # 31/01/2031

    page = hr.get(url(**query))

    assert names(page) == found
    if query.get("nhom") == "khac" or query.get("tu") == "31-02-2025":
        assert "Có điều kiện không đọc được" in words_of(page)


def test_the_commune_narrows_everything_and_can_be_taken_off(hr):
    here = make_commune("Xã Nhà")
    serving("Người Nhà", commune=here)
    serving("Người Quá", "1960-01", commune=here)
    serving("Người Bạn", "1960-01")

    page = hr.get(url(xa=here.pk))

    assert names(page) == ["Người Nhà"]
    assert "Xã, thị trấn: Xã Nhà" in words_of(page)
    assert names(hr.get(url(xa=here.pk, muc="qua-tuoi"))) == ["Người Quá"]
    assert f'href="{PAGE}?ngay={DAY}&amp;muc=theo-thang"' in page.content.decode()


def test_whom_to_look_at_has_tabs_of_its_own(hr):
    serving("Người Quá", "1960-01")
    serving("Người Thiếu", None)
    decided = serving("Người Quyết", "1980-01")
    make_status(decided, scheme="reduction", decision_number="7/QĐ-UBND")

    assert names(hr.get(url(muc="qua-tuoi"))) == ["Người Quá"]
    assert names(hr.get(url(muc="thieu-ngay-sinh"))) == ["Người Thiếu"]
    (line,) = lines_of(hr.get(url()))
    assert line["Ngày làm việc cuối"] == "31/08/2023"
    assert line["Thông báo trước 6 tháng"] == "đã có quyết định"
    assert line["Ghi chú"].startswith("Đã có quyết định nghỉ hưu 7/QĐ-UBND: Tinh giản biên chế")
    words = words_of(hr.get(url()))
    assert "1 người đã quá tuổi vẫn giữ chức vụ · 1 người thiếu ngày sinh" in words


def test_part_time_staff_have_no_days_of_notice(hr):
    serving("Người Phó", post=make_post("Phó CT MTTQ", category=LegalCategory.PART_TIME))

    (line,) = lines_of(hr.get(url()))

    told = line["Thông báo trước 6 tháng"], line["Quyết định trước 3 tháng"]
    assert told == ("không nêu hạn",) * 2
    assert "luật chỉ nêu hạn báo trước cho cán bộ, công chức" in words_of(hr.get(url()))


def test_what_falls_vacant_is_told_by_commune_with_who_stays(hr):
    commune, post = make_commune("Xã Nhà"), make_post("Văn hóa – xã hội")
    head = make_post("Chủ tịch Hội Nông dân")
    leaver = serving("Nguyễn Văn Đi", commune=commune, post=post)
    make_membership(leaver, commune)
    make_holding(leaver, head, commune, is_main=False)
    serving("Nguyễn Văn Ở", "1985", commune=commune, post=post)
    serving("Nguyễn Văn Xa", "1963-05", commune=make_commune("Xã Bạn"))

    units = {line["Xã, thị trấn"]: line for line in lines_of(hr.get(url(muc="cho-khuyet")))}

    told = units["Xã Nhà"]
    assert (told["Người nghỉ"], told["Cấp ủy viên"]) == ("1", "1")
    assert "Văn hóa – xã hội 1/2 Nguyễn Văn Đi (04/2024)" in told["Chức vụ, chức danh sẽ khuyết"]
    assert "Chủ tịch Hội Nông dân 1/1 Nguyễn Văn Đi" in told["Chức vụ, chức danh sẽ khuyết"]
    assert units["Xã Bạn"]["Cấp ủy viên"] == "0"


@pytest.fixture
def clerks():
    """Four civil servants, of whom three have a degree; one with and one without retire."""
    cadres_catalogue.load()
    catalogue.load()
    post, commune = Post.objects.get(code="CC05"), make_commune("Xã Nhà")
    for name, born, rank in [
        ("Đi Có Bằng", "1963-04", 4), ("Đi Không Bằng", "1963-05", 2), ("Ở Một", "1985", 4),
        ("Ở Hai", "1986", 4),
    ]:  # fmt: skip
        make_qualification(serving(name, born, post, commune), rank=rank)
    return commune


def test_the_ratios_are_told_today_and_without_those_who_go(hr, clerks):
    """3/4 = 75,0 %; without one with and one without a degree 2/2 = 100,0 %."""
    lines = {line["Chỉ tiêu"]: line for line in lines_of(hr.get(url(muc="ty-le")))}

    degree = lines["Công chức có trình độ chuyên môn từ đại học trở lên"]
    assert degree["Ngày 08/06/2023"] == "3/4 (75,0 %)"
    assert degree["Sau khi nghỉ"] == "2/2 (100,0 %)"
    assert degree["Thay đổi"] == "▲ +25,0 điểm % tử số −1, mẫu số −2"
    assert len(lines) == 6
    none = hr.get(url(muc="ty-le", nam="2029"))
    assert lines_of(none)[0]["Thay đổi"] == "không đổi"


def test_the_ratios_are_those_of_the_commune_asked_for(hr, clerks):
    other = make_commune("Xã Bạn")
    make_qualification(serving("Người Bạn", "1985", Post.objects.get(code="CC05"), other), rank=4)

    whole, narrowed = (
        lines_of(hr.get(url(muc="ty-le", **query)))[0]["Sau khi nghỉ"]
        for query in ({}, {"xa": clerks.pk})
    )

    assert (whole, narrowed) == ("3/3 (100,0 %)", "2/2 (100,0 %)")


def test_without_people_every_kind_of_indicator_counts_the_others(clerks):
    """Posts, persons, seats and verdicts: nobody who goes is in any of them."""
    leaver = make_cadre("Người Cấp Ủy", born_on="1985")
    make_membership(leaver, clerks)
    make_membership(make_cadre("Người Ở Lại", born_on="1985"), clerks)
    make_holding(leaver, Post.objects.get(code="CB05"), clerks)
    figures, day = Figures(None), date(2023, 6, 8)

    now, then = figures.matrix(day), figures.matrix_without(day, {leaver.pk})

    gone = {
        each.code: now.ratio(each.code).denominator - then.ratio(each.code).denominator
        for each in figures.on(day)
    }
    assert {code for code, number in gone.items() if number} == {
        "key_leaders_degree", "committee_intermediate", "committee_trained",
        "standardised_key_leaders", "standardised_all",
    }  # fmt: skip
    assert set(gone.values()) == {0, 1}


def test_the_table_behind_it_is_shown_with_its_sources(hr):
    lines = lines_of(hr.get(url(muc="can-cu")))

    assert len(lines) == 26
    assert {
        "Đủ tuổi trong thời gian": "sinh tháng 05/1969", "Giới": "Nữ",
        "Tuổi nghỉ hưu": "56 tuổi 8 tháng",
        "Nguồn": "Nghị định 135/2020/NĐ-CP, Phụ lục I như các bản đã in (theo điều 4 là 57 tuổi, "
        "nghỉ 05/2026)",
        "Độ tin cậy": "độ tin cậy: vừa",
    } in lines  # fmt: skip
    assert [line["Đủ tuổi trong thời gian"] for line in lines[:2]] == ["đến 31/12/2020", "2021"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Không ai đến tuổi nghỉ hưu trong khoảng này"),
        ({"nam": "2024"}, "Không ai đến tuổi nghỉ hưu khớp bộ lọc"),
        ({"muc": "qua-tuoi"}, "Không ai quá tuổi nghỉ hưu mà còn giữ chức vụ"),
        ({"muc": "thieu-ngay-sinh"}, "Không ai thiếu ngày sinh"),
        ({"muc": "cho-khuyet"}, "Không chức vụ nào khuyết vì nghỉ hưu"),
        ({"muc": "ty-le"}, "Không có chỉ tiêu nào áp dụng ngày này"),
    ],
)
def test_an_empty_tab_says_why(hr, query, words):
    assert words in words_of(hr.get(url(**query)))


def test_a_clerk_sees_the_own_commune_alone(client):
    here, there = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    serving("Người Nhà", commune=here)
    serving("Người Bạn", commune=there)
    signed_in(client, Role.COMMUNE_CLERK, commune=here)

    assert names(client.get(url())) == ["Người Nhà"]
    assert names(client.get(url(xa=there.pk))) == ["Người Nhà"]  # no choice of this clerk
    assert [u["Xã, thị trấn"] for u in lines_of(client.get(url(muc="cho-khuyet")))] == ["Xã Nhà"]
    assert "Xã Bạn" not in words_of(client.get(url()))


def test_too_many_units_to_list_are_chosen_from_the_tab_of_units(hr, monkeypatch):
    monkeypatch.setattr("reports.forms.retirement._UNITS_OFFERED", 1)
    here = make_commune("Xã Nhà")
    serving("Người Nhà", commune=here)
    serving("Người Bạn", commune=make_commune("Xã Bạn"))

    units = hr.get(url(muc="cho-khuyet")).content.decode()
    chosen = hr.get(url(xa=here.pk))

    assert f'href="?ngay={DAY}&amp;muc=theo-thang&amp;xa={here.pk}"' in units
    assert names(chosen) == ["Người Nhà"]
    assert "chọn ở tab Chỗ khuyết" in words_of(chosen)
    assert "<option" not in units.split('name="xa"')[1].split("</select>")[0].replace(
        '<option value="" selected>Tất cả</option>', ""
    )


def test_the_years_of_the_list_go_on_after_2030(hr):
    serving("Người Sau", "1972-01")  # 62y: 31/01/2034

    page = hr.get(f"{PAGE}?ngay=2034-01-01")

    assert names(page) == ["Người Sau"]
    assert "Nghỉ hưu từ 01/01/2034 đến 31/12/2034" in words_of(page)


def exported(client, query, purpose="Kế hoạch nhân sự"):
    response = client.post(PAGE + "xuat/", {"loc": query, "muc_dich": purpose})
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def test_the_workbook_has_those_who_go_and_whom_to_look_at(hr):
    here = make_commune("Xã Nhà")
    serving("Nguyễn Văn Tư", commune=here)
    serving("Người Quá", "1960", commune=here)
    serving("Người Thiếu", None, commune=here)
    serving("Người Bạn")

    book = exported(hr, f"ngay={DAY}&xa={here.pk}")

    assert book.sheetnames == ["Nghỉ hưu", "Giải thích", "Quá tuổi nghỉ hưu", "Thiếu ngày sinh"]
    rows = list(book["Nghỉ hưu"].values)
    assert rows[1][0] == "Nghỉ từ 08/06/2023 đến 31/12/2030, tính đến ngày 08/06/2023"
    assert rows[2][0] == "Xã, thị trấn: Xã Nhà"
    assert rows[-1][:3] == (1, "Nguyễn Văn Tư", rows[-1][2])
    assert [day.date() for day in rows[-1][7:11]] == [
        date(2024, 4, 30), date(2024, 5, 1), date(2023, 10, 30), date(2024, 1, 30)
    ]  # fmt: skip
    assert [each.max_row for each in book if each.title != "Giải thích"] == [len(rows)] * 3
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.purpose, event.subject_count) == ("export", "Kế hoạch nhân sự", 3)


def test_without_a_purpose_nothing_is_exported(hr):
    response = hr.post(PAGE + "xuat/", {"loc": "nam=2025", "muc_dich": " "}, follow=True)

    assert response.redirect_chain == [(f"{PAGE}?nam=2025", 302)]
    assert "hãy ghi mục đích" in words_of(response)


def test_the_look_is_logged_with_whose_names_were_shown(hr):
    person = serving("Nguyễn Văn Tư")

    hr.get(url())

    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject_ids) == ("list", [person.pk])
    assert event.detail == {"report": "retirements"}


@pytest.mark.parametrize("tab", ["theo-thang", "cho-khuyet", "ty-le", "qua-tuoi", "can-cu"])
@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.COMMUNE_CLERK])
def test_a_hundred_and_more_cost_as_many_queries_as_ten(client, tab, role):
    cadres_catalogue.load()
    catalogue.load()
    post, commune = Post.objects.get(code="CC05"), make_commune()
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    counts = []
    for number in (10, 110):
        for place in range(number):
            serving(f"Người {place}", ("1963-04", "1960")[place % 2], post, commune)
        client.get(url(muc=tab))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url(muc=tab))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
    if tab == "theo-thang":
        assert "1–50 trong 60" in words_of(page)


def test_the_front_page_tells_whose_notice_is_due(client):
    cadres_catalogue.load()
    catalogue.load()
    commune, post = make_commune("Xã Nhà"), Post.objects.get(code="CC05")
    for name, born in [("Sắp Nghỉ", "1962-10"), ("Trong Năm", "1962-12"), ("Còn Lâu", "1963-01")]:
        serving(name, born, post, commune)  # 31/07, 30/09 and 31/10/2023
    serving("Người Phó", "1962-10", make_post(category=LegalCategory.PART_TIME), commune)
    signed_in(client, Role.LEADER)

    words = words_of(client.get(f"/?ngay={DAY}"))

    assert "3 người đã đến hạn thông báo nghỉ hưu" in words
    assert "nghỉ trong 6 tháng tới; 1 người đến hạn quyết định" in words
    assert "đến hạn thông báo nghỉ hưu" not in words_of(client.get("/?ngay=2022-12-31"))
    client.logout()
    signed_in(client, Role.COMMUNE_CLERK, commune=make_commune("Xã Bạn"))
    assert "đến hạn thông báo nghỉ hưu" not in words_of(client.get(f"/?ngay={DAY}"))
