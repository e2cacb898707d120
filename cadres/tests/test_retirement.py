"""Who of those serving on a day retires when: by age, by decision, or nobody knows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.models.post import LegalCategory, PostGroup
from cadres.retirement import Decided, first_decided, leaving
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_status,
)

pytestmark = pytest.mark.django_db
DAY, UNTIL = date(2023, 6, 8), date(2030, 12, 31)


def serving(name="Người Thử", born="1963-04-15", sex="M", post=None, commune=None, **fields):
    person = make_cadre(name, born_on=born, sex=sex, **fields)
    make_holding(person, post, commune)
    return person


def found(day=DAY, until=UNTIL, people=None):
    return leaving(Cadre.objects.all() if people is None else people, day, until)


def told(people):
    return [(each.name, each.last_day) for each in people]


def test_those_who_go_are_told_the_earliest_first_and_within_a_day_by_name():
    serving("Trần Văn Bình", "1963-04-30")
    serving("Trần Văn An", "1963-04")
    serving("Nguyễn Thị Cúc", "1968-08-01", sex="F")
    serving("Lê Văn Muộn", "1969-01-01")  # 31/01/2031
    serving("Lê Văn Kịp", "1968-12-31")

    assert told(found().leavers) == [
        ("Trần Văn An", date(2024, 4, 30)),
        ("Trần Văn Bình", date(2024, 4, 30)),
        ("Nguyễn Thị Cúc", date(2024, 12, 31)),
        ("Lê Văn Kịp", date(2030, 12, 31)),
    ]


@pytest.mark.parametrize(("sex", "born"), [("M", "1969"), ("M", "1969-01"), ("F", "1972-09")])
def test_a_bare_year_or_month_beyond_the_bound_is_not_taken_in(sex, born):
    serving(born=born, sex=sex)

    assert found().leavers == []


def test_whoever_serves_past_the_last_day_is_told_apart():
    serving("Người Quá", "1962-07-01")  # 60y9m in 04/2023
    serving("Người Đúng", "1962-08-31")  # last day 31/05/2023
    serving("Người Sắp", "1962-09-01")

    assert told(found().overdue) == [
        ("Người Quá", date(2023, 4, 30)), ("Người Đúng", date(2023, 5, 31)),
    ]  # fmt: skip
    assert told(found().leavers) == [("Người Sắp", date(2023, 6, 30))]
    assert told(found(day=date(2023, 5, 31)).overdue) == [("Người Quá", date(2023, 4, 30))]


def test_without_a_birth_date_nobody_knows():
    serving("Người Thiếu", born=None)

    assert [each.name for each in found().unknown] == ["Người Thiếu"]
    assert found().leavers == found().overdue == []


def test_only_those_who_serve_on_the_day_are_asked_about():
    left = make_cadre(born_on="1963-04")
    make_holding(left, valid_to=date(2023, 6, 8))
    make_cadre(born_on="1963-04")
    seat = make_cadre("Người Cấp Ủy", born_on="1963-04")
    make_membership(seat, role="uv_bch")

    (only,) = found().leavers
    assert (only.name, only.words) == ("Người Cấp Ủy", "Ủy viên Ban Chấp hành")
    assert len(found(day=date(2023, 6, 7)).leavers) == 2


def test_a_decision_comes_before_the_age():
    early = serving("Người Trước Tuổi", "1975-01")
    make_status(early, scheme="early", decision_number="9/QĐ", valid_from=date(2023, 10, 1))
    later = serving("Người Kéo Dài", "1963-01")
    make_status(later, valid_from=date(2024, 3, 1))
    revoked = serving("Người Đã Huỷ", "1990-01")
    make_status(revoked, valid_from=date(2023, 1, 1), valid_to=date(2023, 6, 8))

    first, second = found().leavers

    assert told([first, second]) == [
        ("Người Trước Tuổi", date(2023, 9, 30)), ("Người Kéo Dài", date(2024, 2, 29)),
    ]  # fmt: skip
    assert (first.decided.number, first.decided.scheme_words) == ("9/QĐ", "Nghỉ trước tuổi")
    assert (first.notice_on, first.decision_on, first.is_told) == (None, None, False)
    assert first.pension_on == date(2023, 10, 1)


def test_whoever_has_retired_and_still_holds_a_post_is_to_be_looked_at():
    person = serving("Người Đã Nghỉ", "1975-01")
    make_status(person, valid_from=date(2023, 6, 1))

    assert told(found().overdue) == [("Người Đã Nghỉ", date(2023, 5, 31))]


def test_of_two_decisions_that_stand_the_first_counts():
    early, late = Decided(date(2023, 9, 1), "", "1"), Decided(date(2024, 9, 1), "", "2")

    assert first_decided([(late, None), (early, None)], DAY) == early
    assert first_decided([(late, None), (early, DAY)], DAY) == late
    assert first_decided([(early, date(2023, 6, 9))], DAY) == early
    assert first_decided([], DAY) is None
    person = serving("Người Hai Quyết Định", "1990-01")
    make_status(person, valid_from=date(2024, 9, 1))
    make_status(person, valid_from=date(2023, 9, 1))
    assert told(found().leavers) == [("Người Hai Quyết Định", date(2023, 8, 31))]


@pytest.mark.parametrize(
    ("category", "is_told"),
    [(LegalCategory.CADRE, True), (LegalCategory.CIVIL_SERVANT, True),
     (LegalCategory.PART_TIME, False)],
)  # fmt: skip
def test_notice_and_decision_are_owed_to_cadres_and_civil_servants(category, is_told):
    serving(born="1963-04", post=make_post(category=category))

    (person,) = found().leavers

    dates = (date(2023, 10, 30), date(2024, 1, 30)) if is_told else (None, None)
    assert (person.notice_on, person.decision_on) == dates
    assert person.is_told is is_told


def test_officers_of_the_police_have_a_law_of_their_own():
    serving(post=make_post("Trưởng Công an", category=LegalCategory.POLICE, group=PostGroup.OTHER))

    assert found().leavers == []


def test_posts_are_told_short_the_main_one_first_and_a_secretarys_seat_once():
    commune = make_commune()
    person = make_cadre(born_on="1963-04")
    make_holding(person, make_post("Chủ tịch HĐND", short_name="CT HĐND"), commune, is_main=False)
    make_holding(person, make_post("Bí thư Đảng ủy", short_name="Bí thư"), commune)
    make_membership(person, commune, role="bi_thu")

    (leaver,) = found().leavers

    assert leaver.words == "Bí thư, CT HĐND"
    assert [place.commune_id for place in leaver.places] == [commune.pk] * 3


def test_soon_is_counted_in_months_to_the_day():
    serving("Người Trong", "1962-09")  # last day 30/06/2023
    serving("Người Ngoài", "1963-01")  # 31/10/2023

    assert told(found().within(4)) == [("Người Trong", date(2023, 6, 30))]
    assert len(found(day=date(2023, 6, 30)).within(4)) == 1
    assert len(found(day=date(2023, 6, 30)).within(5)) == 2


def test_a_clerk_is_told_of_the_people_of_the_commune():
    here, there = make_commune(), make_commune("Xã Bạn")
    serving("Người Nhà", "1963-04", commune=here)
    serving("Người Bạn", "1963-04", commune=there)
    clerk = make_user(Role.COMMUNE_CLERK, commune=here)

    assert [each.name for each in found(people=Cadre.objects.visible_to(clerk)).leavers] == [
        "Người Nhà"
    ]


def test_a_thousand_cost_as_many_queries_as_ten():
    counts, post, commune = [], make_post(), make_commune()
    for number in (10, 90):
        for _ in range(number):
            serving(post=post, commune=commune)
        with CaptureQueriesContext(connection) as queries:
            assert len(found().leavers) in (10, 100)
        counts.append(len(queries))

    assert counts == [2, 2]
