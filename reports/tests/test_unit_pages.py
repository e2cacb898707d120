"""The front page and the communes: who sees what, vacancies by name, units over time."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import CommuneSuccession, DistrictQuota, Quota, QuotaCeiling
from cadres.models.post import LegalCategory, PostGroup
from cadres.tests.factories import (
    LONG_AGO,
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_title_set,
)
from reports import catalogue
from reports.staffing import CADRE, CIVIL_SERVANT, post_lines, staffing

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


def make_quota(commune, group, number, **fields):
    return Quota.objects.create(
        commune=commune, group=group, number=number, **{"valid_from": date(2023, 1, 1), **fields}
    )


def make_head(name="Chủ tịch MTTQ", **fields):
    return make_post(
        name, category=LegalCategory.CADRE, group=PostGroup.ORG_HEAD, per_commune=1, **fields
    )


def test_staff_is_counted_by_person_in_the_group_of_the_main_post():
    commune, post, other = make_commune(), make_head(), make_head("Bí thư")
    person = make_cadre()
    make_holding(person, post, commune)
    make_holding(person, other, commune, is_main=False)
    make_holding(make_cadre(), make_post(), commune)
    make_quota(commune, CADRE, 2)
    make_quota(commune, CIVIL_SERVANT, 1)

    found = staffing(DAY, [commune])
    staff = found.of(commune.pk)

    assert staff.present == {CADRE: 1, CIVIL_SERVANT: 1}
    assert (staff.quota_total, staff.vacant, staff.over) == (3, 1, 0)
    assert (found.quota, found.vacant, found.over) == (3, 1, 0)


def test_vacancies_of_one_unit_do_not_hide_what_another_has_too_many():
    full, empty = make_commune("Xã Đủ"), make_commune("Xã Khuyết")
    for _ in range(2):
        make_holding(make_cadre(), make_post(), full)
    make_quota(full, CIVIL_SERVANT, 1)
    make_quota(empty, CIVIL_SERVANT, 3)

    found = staffing(DAY, [full, empty])

    assert (found.vacant, found.over) == (3, 1)


@pytest.mark.parametrize(
    ("day", "has_police", "ceiling"),
    [
        (date(2019, 6, 24), False, 23), (DAY, False, 21), (DAY, True, 20),
        (date(2023, 8, 1), True, 20),
    ],
)  # fmt: skip
def test_the_ceiling_is_that_of_the_decree_of_the_day(day, has_police, ceiling):
    for number, less, begins, ends in [
        (23, 0, date(2010, 1, 1), date(2019, 6, 25)), (21, 1, date(2019, 6, 25), date(2023, 8, 1)),
        (20, 0, date(2023, 8, 1), None),
    ]:  # fmt: skip
        QuotaCeiling.objects.create(
            grade=2, number=number, less_with_regular_police=less, document="NĐ",
            valid_from=begins, valid_to=ends,
        )  # fmt: skip
    commune = make_commune(grade=2)
    if has_police:
        police = make_post("Công an", category=LegalCategory.POLICE, group=PostGroup.OTHER)
        make_holding(make_cadre(), police, commune, valid_from=LONG_AGO)

    assert staffing(day, [commune]).staff[0].ceiling == ceiling


def test_the_districts_total_is_a_limit_too():
    commune = make_commune()
    make_quota(commune, CADRE, 10)
    DistrictQuota.objects.create(number=9, valid_from=date(2023, 1, 1))

    assert staffing(DAY, [commune]).is_over_district


def test_a_vacant_post_is_named():
    commune, post = make_commune(), make_head("Chủ tịch Hội CCB")

    (line,) = post_lines([post], commune, [])

    assert (line.post, line.vacant) == (post, 1)
    town_post = make_head("Địa chính – đô thị", commune_kind="thi_tran")
    assert post_lines([town_post], commune, []) == []


@pytest.fixture
def district(client):
    catalogue.load()
    client.force_login(make_user(Role.LEADER), "accounts.backends.WithCommune")
    return client


def test_the_page_of_a_commune_names_holders_and_what_is_vacant(district):
    commune = make_commune("Xã Thử")
    holder = make_cadre("Nguyễn Văn An")
    make_holding(holder, make_head(), commune)
    make_head("Chủ tịch Hội Nông dân")

    page = district.get(f"/don-vi/{commune.pk}/?ngay=2023-06-08").content.decode()

    assert f'href="/can-bo/{holder.pk}/?ngay=2023-06-08"' in page
    assert "khuyết: Chủ tịch Hội Nông dân" in page


def test_a_unit_on_a_day_without_it_says_when_it_was_and_where_it_went(district):
    old = make_commune("Xã Quân Chu Cũ", valid_to=date(2023, 4, 10))
    new = make_commune("Thị trấn Quân Chu Mới", valid_from=date(2023, 4, 10))
    CommuneSuccession.objects.create(
        old=old, new=new, effective_on=date(2023, 4, 10), share="whole", document="NQ 729"
    )

    page = district.get(f"/don-vi/{old.pk}/?ngay=2023-06-08").content.decode()

    assert "không có vào ngày 08/06/2023" in page
    assert f"/don-vi/{new.pk}/?ngay=2023-04-10" in page
    before = district.get(f"/don-vi/{old.pk}/?ngay=2023-04-09").content.decode()
    assert "không có vào ngày" not in before


def test_who_moved_away_since_still_held_the_post_that_day(client):
    catalogue.load()
    mine, other = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    moved = make_cadre("Lý Văn Chuyển")
    make_holding(moved, make_head(), mine, valid_to=date(2023, 7, 1))
    make_holding(moved, make_head("Bí thư"), other, valid_from=date(2023, 7, 1))
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine)
    client.force_login(clerk, "accounts.backends.WithCommune")

    page = client.get(f"/don-vi/{mine.pk}/?ngay=2023-06-08").content.decode()

    assert "Lý Văn Chuyển" in page
    assert "nay ở đơn vị khác" in page
    assert f"/can-bo/{moved.pk}/" not in page


def test_the_page_of_a_commune_counts_whose_records_are_complete_and_lists_the_others(district):
    commune, post = make_commune("Xã Thử"), make_post()
    whole, bare = make_cadre("Đủ Văn Hồ"), make_cadre("Thiếu Văn Bằng", born_on=None)
    make_qualification(whole, "professional")
    make_qualification(whole, "political", 2)
    make_qualification(bare, "professional", awarded_on="2023-07")  # only after the day
    for cadre in (whole, bare):
        make_holding(cadre, post, commune)

    page = district.get(f"/don-vi/{commune.pk}/?ngay=2023-06-08").content.decode()

    assert "<b>1</b>/2" in page
    for name in ("sinh", "cm", "llct"):
        assert f"/can-bo/?ngay=2023-06-08&amp;xa={commune.pk}&amp;{name}=khong-ro" in page
        listed = district.get(f"/can-bo/?ngay=2023-06-08&xa={commune.pk}&{name}=khong-ro")
        assert "Thiếu Văn Bằng" in listed.content.decode()
        assert "Đủ Văn Hồ" not in listed.content.decode()


def test_the_committee_is_listed_by_rank(district):
    commune = make_commune()
    for role in ("uv_bch", "bi_thu", "uv_btv", "pho_bi_thu"):
        make_membership(make_cadre(f"Người {role}"), commune, role=role)

    page = district.get(f"/don-vi/{commune.pk}/?ngay=2023-06-08").content.decode()

    places = [page.index(f"Người {r}") for r in ("bi_thu", "pho_bi_thu", "uv_btv", "uv_bch")]
    assert places == sorted(places)


def test_the_list_adds_up_and_is_exported(district):
    commune = make_commune("Xã Thử")
    make_holding(make_cadre(), make_post(), commune)
    make_quota(commune, CIVIL_SERVANT, 2)

    page = district.get("/don-vi/?ngay=2023-06-08").content.decode()

    assert "1 khuyết, 0 vượt" in page
    assert district.post("/don-vi/xuat/", {"ngay": "2023-06-08"}).status_code == 200


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("don-vi", ["Xã An", "Xã Bình", "Xã Cát"]),
        ("-don-vi", ["Xã Cát", "Xã Bình", "Xã An"]),
        ("-khuyet", ["Xã Bình", "Xã Cát", "Xã An"]),
        ("cong-chuc", ["Xã Bình", "Xã Cát", "Xã An"]),
        ("civil_servants_degree", ["Xã An", "Xã Cát", "Xã Bình"]),
        ("-civil_servants_degree", ["Xã Cát", "Xã An", "Xã Bình"]),
        ("la-gi", ["Xã An", "Xã Bình", "Xã Cát"]),
    ],
)
def test_the_list_sorts_by_each_head_and_the_workbook_with_it(district, order, names):
    an, binh, cat = make_commune("Xã An"), make_commune("Xã Bình"), make_commune("Xã Cát")
    post = make_post()
    make_title_set(post)
    make_quota(binh, CIVIL_SERVANT, 2)
    make_quota(an, CIVIL_SERVANT, 1)
    for commune, number, degrees in ((an, 2, 1), (cat, 1, 1)):
        for each in range(number):
            cadre = make_cadre()
            make_holding(cadre, post, commune)
            if each < degrees:
                make_qualification(cadre)

    page = district.get(f"/don-vi/?ngay=2023-06-08&sap={order}").content.decode()
    sheet = district.post("/don-vi/xuat/", {"ngay": "2023-06-08", "sap": order})

    assert re.findall(r'<th scope="row"><a[^>]*>(Xã [^<]*)<', page) == names
    rows = load_workbook(BytesIO(b"".join(sheet))).active.iter_rows(values_only=True)
    assert [row[0] for row in rows if row[0] in names] == names


def test_the_list_leads_from_each_ratio_to_its_names(district):
    commune, post = make_commune("Xã An"), make_post()
    make_title_set(post)
    make_holding(make_cadre(), post, commune)

    page = district.get("/don-vi/?ngay=2023-06-08").content.decode()

    names = f"/bao-cao/civil_servants_degree/?ngay=2023-06-08&amp;xa={commune.pk}"
    assert f'<a href="{names}">0/1</a>' in page
    assert "thiếu 1" in page


def test_the_front_page_of_a_clerk_is_the_own_commune(client):
    catalogue.load()
    mine, other = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    post = make_post()
    make_title_set(post)
    for commune in (mine, other):
        cadre = make_cadre(f"Người {commune.short_name}")
        make_holding(cadre, post, commune)
        make_qualification(cadre)
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine)
    client.force_login(clerk, "accounts.backends.WithCommune")

    page = client.get("/?ngay=2023-06-08").content.decode()

    assert "Xã Nhà" in page
    assert "Xã Bạn" not in page
    assert '<b>1</b><span class="stat-whole">/1' in page
    assert "Không có việc nào đang chờ" in page
    later = "/nhap-lieu/day-du/?ngay=2023-06-08"
    assert f'hx-get="{later}"' in page
    card = client.get(later, headers={"HX-Request": "true"}).content.decode()
    assert ">Người Nhà</a>" in card
    assert "Người Bạn" not in card
    assert client.get(f"/don-vi/{other.pk}/").status_code == 404


def test_the_front_page_compares_with_another_day_verdicts_too(district):
    commune, post = make_commune(), make_post()
    make_title_set(post)
    cadre = make_cadre()
    make_holding(cadre, post, commune)
    make_qualification(cadre, awarded_on="2023-03-01")

    page = district.get("/?ngay=2023-06-08&so_voi=2023-02-01").content.decode()
    usual = district.get("/?ngay=2023-06-08").content.decode()

    assert "Ngày 08/06/2023 so với 01/02/2023" in page
    assert "0/1</td>" in page
    assert "Ngày 31/12/2022" in usual


def test_the_district_finds_its_work_on_the_front_page_and_a_leader_does_not(client):
    catalogue.load()
    commune, post = make_commune("Xã Thừa"), make_post()
    make_title_set(post)
    make_quota(commune, CIVIL_SERVANT, 0)
    make_holding(make_cadre(), post, commune)

    pages = {}
    for role in (Role.DISTRICT_HR, Role.LEADER):
        client.force_login(make_user(role), "accounts.backends.WithCommune")
        pages[role] = client.get("/?ngay=2023-06-08").content.decode()

    for words in ('href="/nhap-lieu/">', 'href="/can-bo/them/">', "Biên chế và việc nhập"):
        assert words in pages[Role.DISTRICT_HR]
    assert f'<a href="/don-vi/{commune.pk}/?ngay=2023-06-08">Xã Thừa</a>' in pages[Role.DISTRICT_HR]
    assert "/can-bo/them/" not in pages[Role.LEADER]


def test_a_clerk_asks_for_no_more_than_the_district(client, django_assert_max_num_queries):
    catalogue.load()
    mine = make_commune("Xã Nhà")
    make_holding(make_cadre(), make_head(), mine)
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine)
    client.force_login(clerk, "accounts.backends.WithCommune")
    client.get("/bao-cao/")

    for address, most in ((f"/don-vi/{mine.pk}/?ngay=2023-06-08", 12), ("/?ngay=2023-06-08", 15)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_a_day_nobody_knows_is_said_and_does_not_fail(district):
    make_commune()

    for day in ("2001-01-01", "2099-12-31", "hom-qua", "2023-02-31"):
        assert district.get(f"/?ngay={day}").status_code == 200
    assert "không đọc được" in district.get("/?ngay=hom-qua").content.decode()


def test_pages_cost_the_same_for_two_communes_and_for_thirty(
    district, django_assert_max_num_queries
):
    make_commune("Xã Một")
    district.get("/bao-cao/")  # the first page of a session also sets its idle clock
    for address, most in (("/?ngay=2023-06-08", 15), ("/don-vi/?ngay=2023-06-08", 12)):
        with django_assert_max_num_queries(most):
            district.get(address)
    for number in range(28):
        commune = make_commune(f"Xã Số {number}")
        make_holding(make_cadre(), commune=commune)
    for address, most in (("/?ngay=2023-06-08", 15), ("/don-vi/?ngay=2023-06-08", 12),
                          (f"/don-vi/{commune.pk}/?ngay=2023-06-08", 12)):  # fmt: skip
        with django_assert_max_num_queries(most):
            district.get(address)
