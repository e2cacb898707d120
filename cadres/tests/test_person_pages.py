"""A person's pages: what each tab tells, to whom, as of which day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from cadres.models import CommuneArea
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_rule,
    make_short_training,
    make_title_set,
)
from cadres.tests.pages import ON, lines_of, signed_in, words_of
from daitu_portal.nav import PERSON_TABS
from training.models import Enrolment, Provider, TrainingClass

pytestmark = pytest.mark.django_db
CCCD = "019080000417"
TABS = ("", "trinh-do/", "cong-tac/", "dao-tao/", "danh-gia/")


def page_of(client, person, tab="", day=ON):
    return client.get(f"/can-bo/{person.pk}/{tab}?ngay={day}")


@pytest.fixture
def hr(client):
    signed_in(client)
    return client


@pytest.fixture
def standard():
    """A post that asks for a degree; below it, trung cấp is the mountain floor."""
    post = make_post("Văn phòng – thống kê")
    make_title_set(post)
    make_rule(
        dimension="Chuyên môn",
        mountain_requirement={"level": {"strand": "professional", "min": 2}},
        transition_until=date(2024, 12, 25),
        transition_condition={"recruited_before": "2019-12-25"},
        transition_article="điều 2",
    )
    return post


def test_the_head_says_who_where_since_when_and_the_verdict(hr, standard):
    person = make_cadre("Lương Thị Thu Hằng", code="DT0007")
    make_holding(person, make_post("Phó Bí thư Đảng ủy"), is_main=False)
    make_holding(person, standard, make_commune("Thị trấn Quân Chu"), valid_from=date(2021, 5, 12))
    make_membership(person, role="uv_btv")
    make_qualification(person, rank=4)

    words = words_of(page_of(hr, person))

    assert "Cán bộ Thị trấn Quân Chu Lương Thị Thu Hằng đạt chuẩn" in words
    assert "Văn phòng – thống kê, Phó Bí thư Đảng ủy · giữ chức từ 12/05/2021" in words
    assert "Ủy viên Ban Thường vụ Đảng bộ Xã Thử" in words
    assert "số hiệu DT0007" in words


def test_every_tab_has_its_own_address_and_keeps_the_day(hr):
    person = make_cadre()
    make_holding(person)

    for tab in TABS:
        text = page_of(hr, person, tab).content.decode()
        assert f'href="/can-bo/{person.pk}/{tab}?ngay={ON}" aria-current="page"' in text
        for _, route in PERSON_TABS:
            assert text.count(f"/can-bo/{person.pk}/") >= len(PERSON_TABS), route


def test_tabs_count_what_they_hold_by_the_day(hr):
    person = make_cadre()
    make_holding(person)
    make_membership(person)
    make_qualification(person, awarded_on="2015")
    make_qualification(person, rank=5, awarded_on="2024")
    make_short_training(person, completed_on="2018")
    make_short_training(person, content="law", completed_on="2024")
    for year in (2021, 2022, 2023):
        make_rating(person, year)

    words = words_of(page_of(hr, person))

    assert "Tổng quan Trình độ 2 Công tác 2 Đào tạo Đánh giá 2" in words


def test_key_facts_say_what_is_known_and_what_is_missing(hr):
    person = make_cadre(born_on="1981-05", party_joined_on="2006", recruited_on="2010-01-02",
                        recruited_by="UBND huyện Đại Từ", other_name="Hằng Nga")  # fmt: skip
    make_qualification(person, rank=3, major="Quản lý đất đai", awarded_on="2013")
    make_rating(person, 2022, 3)
    make_rating(person, 2023, 4)

    words = words_of(page_of(hr, person))

    for fact in (
        "Chuyên môn Cao đẳng, Quản lý đất đai (2013)", "Lý luận chính trị thiếu dữ liệu",
        "Ngày sinh 05/1981 (42 tuổi) · Nam · tên khác Hằng Nga", "Vào Đảng 2006",
        "Tuyển dụng 02/01/2010, UBND huyện Đại Từ", "Xếp loại 2022 Hoàn thành tốt nhiệm vụ",
        "Số CCCD thiếu dữ liệu",
    ):  # fmt: skip
        assert fact in words


@pytest.mark.parametrize(
    ("born_on", "told"),
    [("1980", "1980 ·"), ("1980-06", "06/1980 ·"), ("1980-06-08", "08/06/1980 (43 tuổi)"),
     ("1980-06-09", "09/06/1980 (42 tuổi)")],
)  # fmt: skip
def test_an_age_is_told_only_where_it_is_certain(hr, born_on, told):
    person = make_cadre(born_on=born_on)

    assert f"Ngày sinh {told}" in words_of(page_of(hr, person))


def test_why_names_requirement_evidence_article_remedy_and_documents(hr, standard):
    person = make_cadre(recruited_on="2010-01-01")
    make_holding(person, standard)
    make_qualification(person, rank=2, major="Luật", awarded_on="2009")

    words = words_of(page_of(hr, person))

    assert "Vì sao “còn thời hạn đến 25/12/2024”?" in words
    assert "tiêu chuẩn ngày 08/06/2023" in words
    assert "Chuyên môn: đang có trung cấp Luật, 2009, cần đại học; được đến 25/12/2024" in words
    assert "Cử học đại học" in words
    assert "yêu cầu: đại học trở lên · NĐ thử, điều 1; điều 2" in words
    assert "nguồn: đã đọc" in words
    assert "Văn bản áp dụng: NĐ thử" in words


def test_what_the_mountain_floor_would_say_stands_beside_where_it_is_not_known(hr, standard):
    commune = make_commune()
    person = make_cadre(recruited_on="2010-01-01")
    make_holding(person, standard, commune)
    make_qualification(person, rank=2)
    what_if = "Nếu xã áp dụng chuẩn miền núi: đạt chuẩn vùng"

    assert what_if in words_of(page_of(hr, person))

    CommuneArea.objects.create(
        commune=commune, valid_from=date(2020, 1, 1), uses_mountain_floor=True
    )
    words = words_of(page_of(hr, person))
    assert what_if not in words
    assert "Vì sao “được áp dụng chuẩn vùng”?" in words


def test_a_post_without_a_rule_concludes_nothing(hr):
    person = make_cadre()
    make_holding(person, make_post("Phó Chủ tịch Hội Nông dân"))

    words = words_of(page_of(hr, person))

    assert "Vì sao “chưa có quy định”?" in words
    assert "không kết luận đạt hay chưa đạt" in words


def test_a_leaver_is_told_since_when(hr, standard):
    person = make_cadre()
    make_holding(person, standard, valid_from=date(2015, 1, 1), valid_to=date(2021, 5, 12))

    words = words_of(page_of(hr, person))

    assert "đã thôi từ 12/05/2021" in words
    assert "Thôi Văn phòng – thống kê từ 12/05/2021" in words
    assert "Không giữ chức vụ, chức danh nào ngày này" in words
    assert "đã thôi" not in words_of(page_of(hr, person, day="2021-05-11"))


def test_someone_without_any_post_is_told_so(hr):
    person = make_cadre()

    assert "Chưa có chức vụ, chức danh nào đến 08/06/2023" in words_of(page_of(hr, person))
    career = words_of(page_of(hr, person, "cong-tac/"))
    assert "Chưa có chức vụ, chức danh nào" in career
    assert "Không tham gia cấp ủy" in career


def test_the_career_has_both_ends_with_what_is_held_first(hr):
    person, before, now = make_cadre(), make_commune("Xã Hùng Sơn cũ"), make_commune("Thị trấn Mới")
    posts = {name: make_post(name) for name in ("Cũ nhất", "Cũ", "Chính", "Kiêm", "Sau")}
    for name, commune, begins, ends, is_main in [
        ("Cũ nhất", before, date(2010, 1, 1), date(2015, 1, 1), True),
        ("Cũ", before, date(2015, 1, 1), date(2021, 5, 12), True),
        ("Kiêm", now, date(2021, 5, 12), None, False),
        ("Chính", now, date(2021, 5, 12), date(2025, 7, 1), True),
        ("Sau", now, date(2024, 1, 1), None, True),
    ]:
        make_holding(person, posts[name], commune, valid_from=begins, valid_to=ends,
                     is_main=is_main)  # fmt: skip
    make_membership(person, before, valid_from=date(2015, 6, 1), valid_to=date(2020, 6, 1))

    lines = lines_of(page_of(hr, person, "cong-tac/"))

    told = [
        (each["Chức vụ, chức danh"], each["Đơn vị (tên khi ấy)"], each["Từ ngày"],
         each["Đến hết ngày"])
        for each in lines if "Đơn vị (tên khi ấy)" in each
    ]  # fmt: skip
    assert told == [
        ("Chính chính", "Thị trấn Mới", "12/05/2021", "30/06/2025 đang giữ"),
        ("Kiêm", "Thị trấn Mới", "12/05/2021", "đang giữ"),
        ("Cũ", "Xã Hùng Sơn cũ", "01/01/2015", "11/05/2021"),
        ("Cũ nhất", "Xã Hùng Sơn cũ", "01/01/2010", "31/12/2014"),
        ("Sau", "Thị trấn Mới", "01/01/2024", "sau ngày tính"),
    ]
    (seat,) = [each for each in lines if "Đảng bộ" in each]
    assert (seat["Từ ngày"], seat["Đến hết ngày"]) == ("01/06/2015", "31/05/2020")


def test_qualifications_of_later_days_are_counted_but_not_shown(hr):
    person = make_cadre()
    make_qualification(person, rank=2, major="Luật", awarded_on="2009-06", institution="Trường Thử",
                       evidence_number="GĐ01")  # fmt: skip
    make_qualification(person, rank=4, major="Sau này", awarded_on="2023-06-09")
    make_short_training(person, content="law", completed_on="2018-04", hours=40)
    make_short_training(person, content="party_building", completed_on="2024")

    words = words_of(page_of(hr, person, "trinh-do/"))

    assert "Chuyên môn Trung cấp Luật 06/2009 Trường Thử — — Bằng tốt nghiệp GĐ01" in words
    assert "Sau này" not in words
    assert "Còn 1 văn bằng, chứng chỉ cấp sau 08/06/2023" in words
    assert "04/2018 40" in words
    assert "2024" not in words


@pytest.mark.parametrize(
    ("day", "years"), [("2022-12-30", ["2021"]), ("2022-12-31", ["2022", "2021"])]
)
def test_ratings_are_those_of_the_years_rated_by_the_day(hr, day, years):
    person = make_cadre()
    for year in (2021, 2022, 2023):
        make_rating(person, year)

    assert [each["Năm"] for each in lines_of(page_of(hr, person, "danh-gia/", day))] == years


def test_empty_tabs_say_why_and_what_to_do(hr):
    person = make_cadre()

    assert "Chưa có văn bằng, chứng chỉ nào đến ngày này" in words_of(
        page_of(hr, person, "trinh-do/")
    )
    assert "Không có dòng nghĩa là chưa xếp loại" in words_of(page_of(hr, person, "danh-gia/"))


@pytest.mark.parametrize("tab", TABS)
def test_each_page_of_a_person_is_logged_exactly_once(client, tab):
    user = signed_in(client)
    person = make_cadre()
    make_holding(person)

    page_of(client, person, tab)

    (event,) = AuditEvent.objects.filter(actor=user)
    assert (event.action, event.subject_ids) == (AuditEvent.Action.VIEW, [person.pk])


def test_the_number_is_masked_until_the_districts_staff_ask_for_it_by_post(hr):
    person = make_cadre(national_id=CCCD)

    masked = page_of(hr, person)
    assert "019•••••0417" in words_of(masked)
    assert CCCD not in masked.content.decode()

    shown = hr.post(f"/can-bo/{person.pk}/so-cccd/?ngay={ON}")
    assert CCCD in words_of(shown)
    looks = AuditEvent.objects.order_by("pk").values_list("action", "subject_ids", "detail")
    assert [detail["page"] for _, _, detail in looks] == ["cadres:detail", "cadres:number"]
    again = hr.get(f"/can-bo/{person.pk}/so-cccd/?ngay={ON}")
    assert again.url == f"/can-bo/{person.pk}/?ngay={ON}"


def test_a_clerk_sees_the_number_masked_and_cannot_ask_for_more(client):
    commune = make_commune()
    person = make_cadre(national_id=CCCD, phone="0987654321", ethnicity="Dao")
    make_holding(person, commune=commune)
    signed_in(client, Role.COMMUNE_CLERK, commune=commune)

    page = page_of(client, person)

    assert "019•••••0417" in words_of(page)
    assert "0987654321" in words_of(page)
    assert "hiện số" not in words_of(page)
    assert client.post(f"/can-bo/{person.pk}/so-cccd/").status_code == 403


def test_a_leader_sees_no_sensitive_field(client):
    person = make_cadre(national_id=CCCD, phone="0987654321", ethnicity="Dao",
                        religion="Công giáo", residence="Xóm Kín")  # fmt: skip
    make_holding(person)
    signed_in(client, Role.LEADER)

    for tab in TABS:
        text = page_of(client, person, tab).content.decode()
        for secret in ("0417", "0987654321", "Dao", "Công giáo", "Xóm Kín", "CCCD</dt>"):
            assert secret not in text


def test_only_the_districts_staff_get_ways_to_change_the_record(client):
    person = make_cadre()
    holding = make_holding(person)
    edits = (f"/can-bo/{person.pk}/sua/", f"/chuc-vu/{holding.pk}/")

    signed_in(client)
    assert edits[0] in page_of(client, person).content.decode()
    assert edits[1] in page_of(client, person, "cong-tac/").content.decode()

    signed_in(client, Role.COMMUNE_HEAD, commune=holding.commune)
    for tab in TABS:
        text = page_of(client, person, tab).content.decode()
        assert edits[0] not in text
        assert edits[1] not in text


@pytest.mark.parametrize("tab", TABS)
def test_someone_elsewhere_does_not_exist_for_a_clerk(client, tab):
    person = make_cadre()
    make_holding(person)
    signed_in(client, Role.COMMUNE_CLERK)

    assert page_of(client, person, tab).status_code == 404
    assert not AuditEvent.objects.filter(action=AuditEvent.Action.VIEW).exists()


def test_a_unit_that_a_clerk_may_not_open_is_no_link(client):
    here, there = make_commune("Xã Đây"), make_commune("Xã Kia")
    person = make_cadre()
    make_holding(person, commune=there, valid_from=date(2015, 1, 1), valid_to=date(2021, 1, 1))
    make_holding(person, commune=here, valid_from=date(2021, 1, 1))
    signed_in(client, Role.COMMUNE_CLERK, commune=here)

    text = page_of(client, person, "cong-tac/").content.decode()

    assert f'href="/don-vi/{here.pk}/?' in text
    assert f'href="/don-vi/{there.pk}/?' not in text
    assert "Xã Kia" in text


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK])
def test_each_tab_asks_at_most_twelve_times_however_long_the_record(client, role, standard):
    commune, person = make_commune(), make_cadre(national_id=CCCD)
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    provider = Provider.objects.create(code="thu", name="Trường Thử")
    asked = {}

    for number in range(2):
        for year in range(2000 + 10 * number, 2001 + 20 * number):
            make_holding(person, standard if year == 2000 else make_post(), commune,
                         valid_from=date(year, 1, 1))  # fmt: skip
            make_membership(person, commune, valid_from=date(year, 1, 1))
            make_qualification(person, rank=2, major=f"Ngành {year}")
            make_short_training(person)
            make_rating(person, year)
            taught = TrainingClass.objects.create(
                code=f"L{year}", name="Lớp Thử", content_group="ethics", provider=provider,
                begins_on=date(2022, 3, 1), ends_on=date(2022, 3, 2),
            )  # fmt: skip
            Enrolment.objects.create(training_class=taught, cadre=person)
        page_of(client, person)
        for tab in TABS:
            with CaptureQueriesContext(connection) as queries:
                assert page_of(client, person, tab).status_code == 200
            asked.setdefault(tab, []).append(len(queries))

    # In a test's transaction nothing is remembered: settings and competences are asked as well
    # (training/tests/test_person_training.py asks the tab as it is in a process that serves).
    most = {"dao-tao/": 15}
    assert all(few == many <= most.get(tab, 12) for tab, (few, many) in asked.items()), asked
