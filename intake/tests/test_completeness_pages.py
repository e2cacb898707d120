"""Completeness of many people in few queries, its pages, and who sees whom on them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.forms import Form
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import FamilyMember, Profile, SalaryStep, Status, WorkPeriod
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
)
from daitu_portal.planner import tell_sizes
from intake import completeness
from intake.findings import Asked, card, places
from intake.forms.cadre import CadreForm
from intake.forms.career import HoldingForm, MembershipForm
from intake.forms.learning import QualificationForm, RatingForm
from intake.mending import address
from intake.rules.examination import CHECKS

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
MOMENT = completeness.moment_of(DAY, DAY)
PAGE, LIST = "/nhap-lieu/day-du/", "/nhap-lieu/day-du/muc/"


def signed_in(client, role, **fields):
    user = make_user(role, **fields)
    client.force_login(user, "accounts.backends.WithCommune")
    return user


def codes(exam):
    return {each.code for each in exam.findings}


def text_of(client, url, **query):
    return client.get(url, {"ngay": "2023-06-08", **query}).content.decode()


@pytest.fixture
def two(db):
    """Two communes with a civil servant each: (own, foreign, mine, theirs)."""
    own, foreign, post = make_commune("Xã Nhà"), make_commune("Xã Bạn"), make_post()
    mine, theirs = make_cadre("Hoàng Thị Mẫu"), make_cadre("Đỗ Văn Khác")
    make_holding(mine, post, own, decision_number="1")
    make_holding(theirs, post, foreign, decision_number="2")
    return own, foreign, mine, theirs


def test_a_record_is_read_from_all_its_tables(two):
    own, _, person, _ = two
    before = codes(completeness.of_person(person, MOMENT))
    Profile.objects.create(cadre=person, health="tốt", blood_type="O", prior_job="Làm ruộng")
    FamilyMember.objects.create(cadre=person, relation="Cha", full_name="Hoàng Văn Cha")
    WorkPeriod.objects.create(cadre=person, from_on="2010", what="Công chức")
    SalaryStep.objects.create(cadre=person, valid_from=date(2022, 1, 1), coefficient="2.34")
    make_qualification(person, "political", 2, evidence="confirmation", awarded_on="2022")
    make_rating(person, 2022)

    after = codes(completeness.of_person(person, MOMENT))

    assert before - after == {
        "missing_health", "missing_blood_type", "missing_prior_job", "missing_family",
        "missing_work", "missing_pay", "missing_rating", "missing_political",
    }  # fmt: skip
    assert after - before == {"late_confirmation", "missing_paper", "missing_relative_born"}


def test_who_left_and_holds_a_post_is_doubtful_on_that_day_alone(two):
    person = two[2]
    Status.objects.create(cadre=person, kind="retired", valid_from=date(2023, 6, 1))

    before = completeness.moment_of(date(2023, 5, 31), DAY)
    assert "left_but_serving" in codes(completeness.of_person(person, MOMENT))
    assert "left_but_serving" not in codes(completeness.of_person(person, before))


def test_a_retirement_to_come_is_no_doubt_today_whatever_the_planner_knows(two):
    own, _, person, _ = two
    person.holdings.update(valid_to=date(2025, 7, 1))
    people = [person, *(make_cadre() for _ in range(30))]
    Status.objects.bulk_create(
        Status(cadre=each, kind="retired", valid_from=date(2027, 12, 1)) for each in people
    )

    tell_sizes()

    assert "left_but_serving" not in codes(completeness.of_person(person, MOMENT))


def test_someone_counts_where_the_main_post_is_and_nowhere_else(two):
    own, foreign, mine, _ = two
    make_membership(mine, foreign)
    seated = make_cadre()
    make_membership(seated, foreign)
    make_holding(make_cadre(), make_post(), own, valid_to=date(2023, 6, 8))
    units = [own.pk, foreign.pk]

    found = completeness.of_units(units, MOMENT)

    assert set(found[own.pk].exams) == {mine.pk}
    assert set(found[foreign.pk].exams) == {two[3].pk, seated.pk}
    assert completeness.serving_in(units, DAY) == {
        own.pk: [mine.pk], foreign.pk: sorted([two[3].pk, seated.pk]),
    }  # fmt: skip


def test_records_that_were_set_aside_are_nobodys(two):
    own, _, mine, _ = two
    type(mine).objects.filter(pk=mine.pk).update(is_kept=False)

    assert completeness.of_units([own.pk], MOMENT)[own.pk].exams == {}


def test_many_people_cost_as_many_queries_as_one(two):
    own, post = two[0], make_post()
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            completeness.of_units([own.pk], MOMENT)
        asked.append(len(queries))
        for _ in range(40):
            person = make_cadre()
            make_holding(person, post, own)
            make_qualification(person)

    assert asked[0] == asked[1] <= 6


def test_a_sum_adds_up(two):
    found = completeness.of_units([two[0].pk, two[1].pk], MOMENT)
    one = found[two[0].pk].sum

    both = completeness.add_up(e for each in found.values() for e in each.exams.values())

    assert both.people == 2
    assert both.ratio.denominator == 2 * one.ratio.denominator
    assert one.missing == one.ratio.missing == sum(len(e.findings) for e in
                                                   found[two[0].pk].exams.values())  # fmt: skip
    assert one.whole == one.doubtful == 0


def test_the_district_sees_each_commune_in_numbers_and_the_leader_no_way_to_names(client, two):
    own = two[0]
    signed_in(client, Role.DISTRICT_HR)
    page = text_of(client, PAGE)
    assert "Xã Nhà" in page
    assert f"xa={own.pk}" in page
    assert "Hoàng Thị Mẫu" not in page

    signed_in(client, Role.LEADER)
    page = text_of(client, PAGE)
    assert "Xã Bạn" in page
    assert LIST not in page
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_a_commune_sees_nothing_of_another(client, two, role):
    own, foreign, _, theirs = two
    signed_in(client, role, commune=own)

    for page in (
        text_of(client, PAGE),
        text_of(client, LIST),
        text_of(client, LIST, xa=foreign.pk),
    ):
        assert "Xã Nhà" in page or "Hoàng Thị Mẫu" in page
        assert "Xã Bạn" not in page
        assert "Đỗ Văn Khác" not in page
        assert f"/can-bo/{theirs.pk}/" not in page
    assert client.get(f"/can-bo/{theirs.pk}/con-thieu/").status_code == 404


def test_who_moved_away_is_no_longer_the_communes_to_mend(client, two):
    own, foreign, mine, _ = two
    mine.holdings.update(valid_to=date(2023, 9, 1))
    make_holding(mine, make_post(), foreign, valid_from=date(2023, 9, 1))
    user = signed_in(client, Role.COMMUNE_CLERK, commune=own)

    assert completeness.of_units([own.pk], MOMENT, user)[own.pk].exams == {}
    assert "Hoàng Thị Mẫu" not in text_of(client, LIST)
    assert "0 người" in text_of(client, PAGE)


def test_the_list_is_filtered_by_kind_severity_group_and_commune(client, two):
    own, _, mine, _ = two
    make_qualification(mine, "political", 2, evidence="confirmation", awarded_on="2022")
    signed_in(client, Role.DISTRICT_HR)

    assert "2 mục của 2 người" in text_of(client, LIST, loai="missing_health")
    assert "1 mục của 1 người" in text_of(client, LIST, loai="missing_health", xa=own.pk)
    assert "1 mục của 1 người" in text_of(client, LIST, muc="doubtful")
    assert "4 mục của 2 người" in text_of(client, LIST, phan="health")
    assert "Không còn mục nào" in text_of(client, LIST, muc="doubtful", phan="health")
    assert "mục của 2 người" in text_of(client, LIST, loai="gì đó", xa="abc")


def test_each_finding_leads_to_the_field_for_who_may_open_the_form(client, two):
    own, _, mine, _ = two
    signed_in(client, Role.DISTRICT_HR)
    assert f'href="/can-bo/{mine.pk}/sua/#id_ethnicity"' in text_of(client, LIST)
    holding = mine.holdings.get()
    check = CHECKS["missing_decision"]

    assert address(check, mine.pk, holding.pk, Role.DISTRICT_HR) == (
        f"/can-bo/{mine.pk}/chuc-vu/{holding.pk}/#id_decision_number"
    )
    assert address(check, mine.pk, holding.pk, Role.LEADER) == f"/can-bo/{mine.pk}/cong-tac/"
    assert address(CHECKS["missing_political"], mine.pk, None, Role.DISTRICT_HR) == (
        f"/can-bo/{mine.pk}/van-bang/them/#id_level"
    )


FORMS: dict[str, type[Form]] = {
    "cadre": CadreForm, "holding": HoldingForm, "membership": MembershipForm,
    "qualification": QualificationForm, "rating": RatingForm,
}  # fmt: skip


@pytest.mark.parametrize("check", [c for c in CHECKS.values() if c.table in FORMS],
                         ids=lambda c: c.code)  # fmt: skip
def test_the_field_that_a_finding_names_stands_on_its_form(check):
    assert check.field in FORMS[check.table].base_fields or check.field == "commune"


def test_the_overview_brings_a_card_and_without_scripts_a_link(client, two):
    mine = two[2]
    signed_in(client, Role.DISTRICT_HR)
    url = f"/can-bo/{mine.pk}/con-thieu/"

    assert url in text_of(client, f"/can-bo/{mine.pk}/")
    card = client.get(url, {"ngay": "2023-06-08"}, headers={"HX-Request": "true"}).content.decode()
    number = int(re.search(r"Còn thiếu (\d+), nghi ngờ 0", card)[1])
    assert "<html" not in card
    assert number == len(completeness.of_person(mine, MOMENT).findings)
    assert "Đường dẫn" in text_of(client, url)
    seen = AuditEvent.objects.filter(action="view", subject_ids=[mine.pk]).latest("pk")
    assert seen.detail == {"page": "intake:person_completeness"}
    signed_in(client, Role.LEADER)
    assert url not in text_of(client, f"/can-bo/{mine.pk}/")


@pytest.mark.parametrize("url", [PAGE, LIST])
def test_pages_cost_as_much_for_600_people_as_for_two(client, two, url):
    own, post = two[0], make_post()
    make_holding(make_cadre(), post, own)  # the log keeps one person otherwise than two
    signed_in(client, Role.COMMUNE_CLERK, commune=own)
    asked = []
    for number in (0, 600):
        for _ in range(number):
            make_holding(make_cadre(), post, own)
        text_of(client, url)
        with CaptureQueriesContext(connection) as queries:
            page = text_of(client, url)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 16, asked
    assert page.count("<tr>") < 120


def test_a_card_tells_doubts_and_who_lacks_most_first(two, django_assert_max_num_queries):
    own, foreign, mine, theirs = two
    make_qualification(theirs, "political", 2, evidence="confirmation", awarded_on="2022",
                       evidence_number="1")  # fmt: skip
    hr, found = make_user(), completeness.of_units([own.pk, foreign.pk], MOMENT)

    with django_assert_max_num_queries(2):
        told = card(hr, found, [own, foreign])

    assert [(line.person, line.check.code) for line in told["doubts"]] == [
        (theirs, "late_confirmation")
    ]
    missing = [len(found[own.pk].exams[mine.pk].findings),
               len(found[foreign.pk].exams[theirs.pk].findings) - 1]  # fmt: skip
    assert [tuple(each) for each in told["lacking"]] == [(mine, missing[0]), (theirs, missing[1])]
    assert missing[0] > missing[1]
    assert len(places(found, Asked())) == sum(missing) + 1
