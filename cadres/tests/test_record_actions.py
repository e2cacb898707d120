"""Actions on a person's record: what they write, what they refuse, and whose they may touch."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import (
    DuplicatePeople,
    change_cadre,
    close_record,
    create_cadre,
    next_codes,
    save_record,
)
from cadres.changes import StaleVersion
from cadres.models import Cadre, CommitteeMembership, Holding, Qualification, ShortTraining
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_short_training,
)
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return make_user()


def someone(name="Trần Thị Mới", **fields):
    return Cadre(full_name=name, sex="F", born_on=PartialDate("1985-05"), **fields)


def stay(cadre, **fields):
    """A post not yet saved: since 12/05/2021, in a unit and a post of its own unless told."""
    fields = {"post": fields.pop("post", None) or make_post(),
              "commune": fields.pop("commune", None) or make_commune(),
              "valid_from": date(2021, 5, 12), **fields}  # fmt: skip
    return Holding(cadre=cadre, **fields)


def refusal(row, by):
    """The fields that a refused row is refused for."""
    with pytest.raises(ValidationError) as refused:
        save_record(row, ground=make_ground(by))
    return set(refused.value.message_dict)


def test_a_new_person_has_the_next_code_and_who_entered_it(hr):
    make_cadre(code="DT000712")

    cadre = create_cadre(someone(), ground=make_ground(hr))

    cadre.refresh_from_db()
    assert (cadre.code, cadre.entered_by, cadre.version) == ("DT000713", hr, 1)


def test_codes_go_on_past_a_million_and_pass_over_other_makes():
    make_cadre(code="DT999999")
    make_cadre(code="DT1000000")
    make_cadre(code="XA9999999")

    assert next_codes(2) == ["DT1000001", "DT1000002"]


def test_someone_alike_stops_a_new_person_until_shown(hr):
    first = make_cadre("TRẦN THỊ MỚI", born_on="1985-05")

    with pytest.raises(DuplicatePeople) as stopped:
        create_cadre(someone(), ground=make_ground(hr))

    assert stopped.value.people == [first]
    assert create_cadre(someone(), ground=make_ground(hr), alike_seen=[first.pk]).pk
    with pytest.raises(DuplicatePeople):  # a third one: the second was not shown
        create_cadre(someone(), ground=make_ground(hr), alike_seen=[first.pk])


def test_another_year_of_birth_is_someone_else(hr):
    make_cadre("Trần Thị Mới", born_on="1986-06")

    create_cadre(someone(), ground=make_ground(hr))

    assert Cadre.objects.count() == 2


def test_a_number_taken_meanwhile_is_told_at_its_field(hr):
    make_cadre(national_id="000000000001")

    with pytest.raises(ValidationError) as refused:
        create_cadre(someone(national_id="000000000001"), ground=make_ground(hr))

    assert set(refused.value.message_dict) == {"national_id"}
    assert Cadre.objects.count() == 1


def test_a_changed_number_that_someone_has_changes_nothing(hr):
    make_cadre(national_id="000000000001")
    cadre = make_cadre(residence="Xóm Cũ")

    with pytest.raises(ValidationError):
        change_cadre(
            cadre.pk,
            {"national_id": "000000000001", "residence": "Xóm Mới"},
            ground=make_ground(hr),
            version=1,
        )

    cadre.refresh_from_db()
    assert (cadre.residence, cadre.version) == ("Xóm Cũ", 1)


def test_an_older_version_changes_nothing_and_brings_the_present_one(hr):
    cadre = make_cadre(version=3, residence="Xóm Nay")

    with pytest.raises(StaleVersion) as stale:
        change_cadre(cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(hr), version=2)

    assert stale.value.current.residence == "Xóm Nay"
    cadre.refresh_from_db()
    assert (cadre.residence, cadre.version) == ("Xóm Nay", 3)


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD, Role.ADMIN])
def test_who_may_not_see_a_person_cannot_change_the_record(role):
    cadre = make_holding().cadre

    with pytest.raises(Cadre.DoesNotExist):
        change_cadre(
            cadre.pk, {"residence": "Xóm Mới"}, ground=make_ground(make_user(role)), version=1
        )
    with pytest.raises(Cadre.DoesNotExist):
        save_record(stay(cadre, is_main=False), ground=make_ground(make_user(role)))

    assert cadre.holdings.count() == 1


def test_every_saved_row_raises_the_persons_version(hr):
    cadre = make_cadre()

    save_record(stay(cadre), ground=make_ground(hr))
    save_record(
        Qualification(cadre=cadre, strand="political", rank=2), ground=make_ground(hr), version=2
    )

    cadre.refresh_from_db()
    assert cadre.version == 3


def test_a_row_with_an_older_version_is_not_saved(hr):
    cadre = make_cadre(version=2)

    with pytest.raises(StaleVersion):
        save_record(stay(cadre), ground=make_ground(hr), version=1)

    assert not Holding.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [(date(2020, 1, 1), date(2021, 5, 12), False), (date(2020, 1, 1), date(2021, 5, 13), True),
     (date(2021, 5, 1), None, True)],
)  # fmt: skip
def test_the_same_post_may_follow_itself_but_not_overlap(hr, first, last, is_refused):
    known = make_holding(valid_from=first, valid_to=last, is_main=False)
    again = stay(known.cadre, post=known.post, commune=known.commune, is_main=False)

    if is_refused:
        assert refusal(again, hr) == {"valid_from"}
    else:
        assert save_record(again, ground=make_ground(hr)).pk


def test_two_posts_at_once_are_fine_with_one_main(hr):
    known = make_holding(is_main=True)

    assert refusal(stay(known.cadre, is_main=True), hr) == {"is_main"}
    assert save_record(stay(known.cadre, is_main=False), ground=make_ground(hr)).pk


@pytest.mark.parametrize(("last", "is_refused"), [(9, False), (10, True), (None, True)])
def test_a_post_in_a_unit_that_ended_on_9_april_2023_ends_with_it(hr, last, is_refused):
    gone = make_commune(valid_to=date(2023, 4, 10))
    row = stay(make_cadre(), commune=gone, valid_to=last and date(2023, 4, last + 1))

    if is_refused:
        assert refusal(row, hr) == {"last_on"}
    else:
        assert save_record(row, ground=make_ground(hr)).pk


def test_a_post_of_communes_is_refused_in_a_town(hr):
    post = make_post("Địa chính – nông nghiệp", commune_kind="xa")

    row = stay(make_cadre(), post=post, commune=make_commune("Thị trấn Thử"))

    assert refusal(row, hr) == {"post"}


def test_a_seat_is_taken_once_at_a_time(hr):
    known = make_membership()
    again = CommitteeMembership(
        cadre=known.cadre, commune=known.commune, valid_from=date(2022, 1, 1), role=known.role
    )

    assert refusal(again, hr) == {"valid_from"}


def test_the_same_degree_or_course_twice_is_a_form_sent_twice(hr):
    cadre = make_cadre()
    degree = make_qualification(cadre, major="Luật")
    make_short_training(cadre)

    same = Qualification(cadre=cadre, strand=degree.strand, rank=degree.rank,
                         awarded_on="2015", major="Luật")  # fmt: skip
    course = ShortTraining(cadre=cadre, content="party_building", completed_on="2018")

    assert refusal(same, hr) == refusal(course, hr) == {"__all__"}


def test_leaving_stores_the_first_day_without_the_post(hr):
    holding = make_holding()

    close_record(holding, left_on=date(2023, 4, 10), ground=make_ground(hr), version=1)

    holding.refresh_from_db()
    assert (holding.valid_to, holding.last_on) == (date(2023, 4, 10), date(2023, 4, 9))


def test_nobody_leaves_before_coming(hr):
    holding = make_holding()

    with pytest.raises(ValidationError):
        close_record(holding, left_on=holding.valid_from, ground=make_ground(hr), version=1)

    holding.refresh_from_db()
    assert holding.valid_to is None
