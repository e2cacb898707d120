"""The rules of admission asked of people on record, and who may read what they say."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.tests.factories import (
    make_cadre,
    make_discipline,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_status,
)
from training.admission import WITHHELD, admissions_of, admissions_to, course_of_level
from training.tests.factories import make_programme

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


def middle(**fields):
    return make_programme(admission="llct_middle", **fields)


def deputy(**fields):
    person = make_cadre(**fields)
    make_holding(person, make_post("Phó CT MTTQ", group="org_deputy", category="part_time"))
    make_qualification(person, "political", 1)
    return person


def test_a_deputy_below_trung_cap_may_go_and_a_clerk_may_not():
    person, clerk = deputy(), make_cadre()
    make_holding(clerk)

    found = admissions_of(middle(), [person.pk, clerk.pk], DAY)

    assert found[person.pk].is_admitted
    assert not found[clerk.pk].is_admitted
    assert "không thuộc đối tượng" in found[clerk.pk].why[0]


def test_a_clerk_who_sits_in_the_committee_may_go():
    clerk = make_cadre()
    make_holding(clerk)
    make_membership(clerk)

    assert admissions_of(middle(), [clerk.pk], DAY)[clerk.pk].is_admitted


def test_months_after_discipline_are_told_to_whom_may_read_them():
    person = deputy()
    make_discipline(person, "warning", effective_on=date(2023, 1, 9))

    found = admissions_of(middle(), [person.pk], DAY)[person.pk]

    assert not found.is_admitted
    assert "cảnh cáo" in found.why_for(make_user(Role.DISTRICT_HR))[0]
    assert found.why_for(make_user(Role.LEADER)) == (WITHHELD,)


def test_notes_of_party_discipline_are_withheld_too():
    person = deputy()
    make_discipline(person, "warning", system="party")

    found = admissions_of(middle(), [person.pk], DAY)[person.pk]

    assert found.is_admitted
    assert "cảnh cáo" in found.notes_for(make_user(Role.DISTRICT_HR))[0]
    assert found.notes_for(make_user(Role.LEADER)) == ()


def test_to_leaders_one_phrase_stands_for_every_reason_so_that_it_marks_nobody():
    clerk, guilty, old = make_cadre(), deputy(), deputy()
    make_holding(clerk)
    make_discipline(guilty, "warning", effective_on=date(2023, 1, 9))
    make_status(old, "retired", valid_from=date(2023, 6, 9))
    leader = make_user(Role.LEADER)

    found = admissions_of(middle(), [clerk.pk, guilty.pk, old.pk], DAY)

    assert {each.why_for(leader) for each in found.values()} == {(WITHHELD,)}
    assert {each.notes_for(leader) for each in found.values()} == {()}
    assert not any(each.retires_soon_for(leader) for each in found.values())
    assert len({each.why_for(make_user(Role.DISTRICT_HR)) for each in found.values()}) == 3
    assert found[old.pk].retires_soon_for(make_user(Role.DISTRICT_HR))


def test_without_a_programme_what_holds_for_every_sending_is_asked():
    """Warned on 09/01/2023: no training for 12 months (Luật CBCC art. 82); retired from 09/06/2023
    by decision; a post that ended."""
    fine, guilty, old, gone = deputy(), deputy(), deputy(), make_cadre()
    make_discipline(guilty, "warning", effective_on=date(2023, 1, 9))
    make_status(old, "retired", valid_from=date(2023, 6, 9))
    make_holding(gone, valid_from=date(2015, 1, 1), valid_to=date(2023, 1, 1))
    keys = [each.pk for each in (fine, guilty, old, gone)]

    found = admissions_to(course_of_level("", None, days=3), keys, DAY)

    assert found[fine.pk].is_admitted
    assert "cảnh cáo" in found[guilty.pk].why[0]
    assert "nghỉ hưu ngày 08/06/2023" in found[old.pk].why[0]
    assert "không giữ chức vụ nào" in found[gone.pk].why[0]


def test_a_decided_retirement_goes_before_the_age():
    """Retired from 01/09/2023 by decision, though a man of 1980 could go on."""
    person = deputy()
    make_status(person, "retired", valid_from=date(2023, 9, 1))

    found = admissions_of(middle(), [person.pk], DAY)[person.pk]

    assert "nghỉ hưu ngày 31/08/2023" in found.why[0]
    assert found.retires_soon


def test_a_birth_year_alone_is_a_doubt():
    """A man of 1963 alone: by NĐ 135/2020 from October 2023 to December 2024."""
    person = deputy(born_on="1963")

    found = admissions_of(middle(hours=8), [person.pk], DAY)[person.pk]

    assert found.is_admitted
    assert "có thể sắp nghỉ hưu" in found.notes[0]


def test_officers_of_the_police_have_ages_of_their_own():
    officer = make_cadre(born_on="1962-10-01")
    make_holding(officer, make_post("Trưởng Công an", category="police", group="other"))

    found = admissions_of(make_programme(strand=""), [officer.pk], DAY)[officer.pk]

    assert found.notes == ()


def test_ratings_of_two_years_are_read():
    person = make_cadre(born_on="1990-01-01", recruited_on="2015")
    make_holding(person)
    make_rating(person, 2022, 3)
    make_rating(person, 2021, 2)
    master = make_programme("Thạc sĩ", strand="professional", rank=5, admission="postgraduate")

    found = admissions_of(master, [person.pk], DAY)[person.pk]

    assert "hoàn thành tốt nhiệm vụ hai năm 2021, 2022" in found.why[0]


def test_many_cost_as_many_queries_as_one(django_assert_num_queries):
    people = [deputy() for _ in range(12)]
    programme = middle()

    for keys in ([people[0].pk], list(Cadre.objects.values_list("pk", flat=True))):
        with django_assert_num_queries(7):
            admissions_of(programme, keys, DAY)


def test_nobody_costs_no_query(django_assert_num_queries):
    programme = middle()

    with django_assert_num_queries(0):
        assert admissions_of(programme, [], DAY) == {}
