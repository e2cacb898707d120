"""Nobody holds a post after leaving for good; whoever is taken on again is no longer gone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import save_record
from cadres.change_kinds import kind_of
from cadres.decisions import Line, Refused, decide, rehearse
from cadres.models import Cadre, CommitteeMembership, Holding, Status
from cadres.models.post import LegalCategory
from cadres.retirement import leaving
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_status,
)
from cadres.undoing import HasDependants, undo

pytestmark = pytest.mark.django_db
LEFT = date(2022, 1, 1)


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


@pytest.fixture
def person():
    """Someone who held a post from 2015 until the person left on the day LEFT."""
    found = make_cadre()
    make_holding(found, valid_from=date(2015, 1, 1), valid_to=LEFT)
    return found


def make(hr, person, code, day, **values):
    """The kind made of the person from `day`; the change."""
    values = {"post": make_post(), "commune": make_commune(), **values}
    (change,) = decide([Line(kind_of(code), person, values, day, {})], make_ground(hr))
    return change


def faults_of(hr, person, code, day, **values):
    with pytest.raises(Refused) as refused:
        make(hr, person, code, day, **values)
    return refused.value.faults[0]


def states(person):
    rows = person.statuses.order_by("valid_from")
    return list(rows.values_list("kind", "valid_from", "valid_to"))


CADRE_POST = {"category": LegalCategory.CADRE}


@pytest.mark.parametrize(
    "code", ["designation", "election", "recruitment", "reception", "transfer"]
)
@pytest.mark.parametrize("day", [LEFT, date(2023, 1, 1)])
def test_the_dead_are_appointed_to_nothing_from_the_day_on(hr, person, code, day):
    make_status(person, "deceased", valid_from=LEFT)
    fields = CADRE_POST if code == "election" else {}

    faults = faults_of(hr, person, code, day, post=make_post(**fields))

    assert faults["valid_from"] == [
        "Người này đã từ trần từ ngày 01/01/2022; chọn ngày trước ngày ấy; nếu ghi nhầm người thì "
        "bãi bỏ hoặc sửa tình trạng ấy trước."
    ]
    assert person.holdings.count() == 1


def test_death_has_no_end_even_where_one_was_typed(hr, person):
    make_status(person, "deceased", valid_from=LEFT, valid_to=date(2022, 6, 1))

    assert "valid_from" in faults_of(hr, person, "designation", date(2023, 1, 1))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("retired", "nghỉ hưu"), ("resigned", "thôi việc"), ("moved", "chuyển đi")],
)
def test_whoever_left_is_transferred_nowhere_and_is_told_how_one_comes_back(
    hr, person, kind, words
):
    make_status(person, kind, valid_from=LEFT)

    (message,) = faults_of(hr, person, "transfer", date(2023, 1, 1))["valid_from"]

    assert message == (
        f"Người này đã {words} từ ngày 01/01/2022; được nhận lại thì nhập bằng quyết định tuyển "
        "dụng, tiếp nhận, bầu cử hoặc chỉ định, hoặc ghi “đến hết ngày” của tình trạng ấy."
    )


@pytest.mark.parametrize("code", ["recruitment", "reception", "designation", "election"])
def test_being_taken_on_again_ends_having_left_and_undoing_it_brings_that_back(hr, person, code):
    make_status(person, "resigned", valid_from=LEFT)
    post = make_post(**(CADRE_POST if code == "election" else {}))

    change = make(hr, person, code, date(2023, 2, 1), post=post)

    assert states(person) == [("resigned", LEFT, date(2023, 2, 1))]
    assert person.holdings.filter(post=post, valid_to=None).exists()

    undo(change.pk, make_ground(hr))

    assert states(person) == [("resigned", LEFT, None)]


def test_who_leaves_and_is_recruited_on_one_day_was_never_away(hr, person):
    make_status(person, "resigned", valid_from=LEFT)

    change = make(hr, person, "recruitment", LEFT)

    assert states(person) == []
    undo(change.pk, make_ground(hr))
    assert states(person) == [("resigned", LEFT, None)]


def test_whoever_decides_sees_that_someone_who_left_comes_back(hr, person):
    make_status(person, "retired", valid_from=LEFT)
    values = {"post": make_post(), "commune": make_commune()}
    line = Line(kind_of("designation"), person, values, date(2023, 1, 1), {})

    (told,) = rehearse([line], make_ground(hr))

    assert told.warnings == [
        "Người này đã nghỉ hưu từ 01/01/2022: quyết định này nhận lại, tình trạng ấy kết thúc."
    ]


def test_who_was_taken_on_again_may_leave_again_and_is_at_work_until_then(hr, person):
    make_status(person, "resigned", valid_from=LEFT)
    make(hr, person, "recruitment", date(2023, 1, 1))

    shown = Cadre.objects.with_state(date(2023, 6, 8)).get(pk=person.pk).state
    make(hr, person, "retirement", date(2026, 1, 1), scheme="age")

    assert shown is None
    assert states(person) == [
        ("resigned", LEFT, date(2023, 1, 1)),
        ("retired", date(2026, 1, 1), None),
    ]
    assert not Cadre.objects.serving(date(2026, 1, 1)).filter(pk=person.pk).exists()


def test_who_retired_and_was_taken_on_again_has_no_decision_to_retire(hr):
    person = make_cadre(born_on="1963-03-15")
    make_holding(person, valid_from=date(2015, 1, 1), valid_to=LEFT)
    make_status(person, "retired", scheme="early", valid_from=LEFT)

    make(hr, person, "recruitment", date(2023, 1, 1))

    found = leaving(Cadre.objects.all(), date(2023, 6, 8), date(2026, 6, 8))
    assert [(each.key, each.decided) for each in found.leavers] == [(person.pk, None)]


def test_an_open_leaving_of_old_says_how_to_close_it(hr, person):
    make_status(person, "resigned", valid_from=date(2018, 1, 1))

    (message,) = faults_of(hr, person, "retirement", date(2026, 1, 1), scheme="age")["__all__"]

    assert "đã thôi việc từ 01/01/2018" in message
    assert "đã được nhận lại thì ghi “đến hết ngày” của tình trạng ấy" in message


def test_a_post_and_a_seat_before_a_retirement_to_come_end_with_it(hr):
    person, retires = make_cadre(), date(2027, 1, 1)
    holding = make_holding(person, valid_from=date(2020, 1, 1))
    make(hr, person, "retirement", retires, scheme="age")
    holding.refresh_from_db()

    make(hr, person, "transfer", date(2026, 6, 1), holding=holding)
    make(hr, person, "designation", date(2026, 7, 1), role="uv_bch", is_main=False)

    new = person.holdings.filter(valid_from__gte=date(2026, 6, 1))
    assert set(new.values_list("valid_to", "end_reason")) == {(retires, "retired")}
    seat = person.memberships.get()
    assert (seat.valid_to, seat.end_reason) == (retires, "retired")
    assert not Cadre.objects.serving(date(2028, 1, 1)).filter(pk=person.pk).exists()


@pytest.mark.parametrize("model", [Holding, CommitteeMembership])
@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (date(2020, 1, 1), LEFT, None),
        (date(2020, 1, 1), date(2022, 1, 2), "last_on"),
        (date(2020, 1, 1), None, "last_on"),
        (LEFT, None, "valid_from"),
        (date(2022, 12, 31), None, "valid_from"),
        (date(2023, 1, 1), None, None),
    ],
)
def test_no_row_of_a_post_or_seat_lies_in_days_away(hr, model, begins, ends, field):
    person = make_cadre()
    make_status(person, "moved", valid_from=LEFT, valid_to=date(2023, 1, 1))
    row = model(cadre=person, commune=make_commune(), valid_from=begins, valid_to=ends)
    if model is Holding:
        row.post = make_post()

    if field is None:
        assert save_record(row, ground=make_ground(hr)).pk
        return
    with pytest.raises(ValidationError) as refused:
        save_record(row, ground=make_ground(hr))
    assert list(refused.value.message_dict) == [field]


def test_what_contradicts_a_leaving_already_may_still_be_ended(hr, person):
    make_status(person, "resigned", valid_from=LEFT)
    late = make_holding(person, valid_from=date(2022, 6, 1))
    seat = make_membership(person, valid_from=date(2022, 6, 1))

    make(hr, person, "leave_post", date(2023, 1, 1), holding=late, seat=seat)

    late.refresh_from_db()
    assert late.valid_to == date(2023, 1, 1)


def test_another_persons_leaving_forbids_nothing(hr, person):
    make_status(make_cadre(), "deceased", valid_from=LEFT)

    make(hr, person, "designation", date(2023, 1, 1))

    assert Status.objects.count() == 1
    assert person.holdings.filter(valid_to=None).exists()


def what_forbids(hr, change):
    with pytest.raises(HasDependants) as refused:
        undo(change.pk, make_ground(hr))
    return refused.value.changes


def test_an_end_is_not_taken_back_past_a_leaving(hr):
    person = make_cadre()
    holding = make_holding(person, valid_from=date(2015, 1, 1))
    ended = make(hr, person, "leave_post", date(2020, 1, 1), holding=holding)
    left = make(hr, person, "quitting", LEFT)

    assert what_forbids(hr, ended) == [left]

    undo(left.pk, make_ground(hr))
    undo(ended.pk, make_ground(hr))
    assert person.holdings.get().valid_to is None


def test_a_leaving_that_a_later_post_ends_with_is_not_taken_back_before_that_post(hr):
    person = make_cadre()
    make_holding(person, valid_from=date(2015, 1, 1))
    left = make(hr, person, "retirement", date(2027, 1, 1), scheme="age")
    posted = make(hr, person, "designation", date(2026, 1, 1), is_main=False)
    make(hr, make_cadre(), "designation", date(2026, 1, 1))

    assert what_forbids(hr, left) == [posted]

    undo(posted.pk, make_ground(hr))
    undo(left.pk, make_ground(hr))
    assert person.holdings.get().valid_to is None
