"""Sittings within the days of the class, no two at an hour, nobody in two classes at once."""

from datetime import date, time

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre
from training.classes import CannotBe
from training.models import Attendance, ClassSession
from training.rules.series import Planned, days_of_series, weekday_words
from training.sittings import (
    FIELDS,
    Clashing,
    StaleSitting,
    add_sittings,
    change_sitting,
    mark_of,
    remove_sitting,
    standing_in_the_way,
)
from training.tests.factories import make_class, make_enrolment

pytestmark = pytest.mark.django_db
MONDAY = date(2023, 3, 6)


def planned(day=2, begins=time(7, 30), ends=time(11), **more):
    return Planned(date(2023, 3, day), begins, ends, **more)


def make_sitting(found, day=2, begins=time(7, 30), ends=time(11), **more):
    return ClassSession.objects.create(
        training_class=found, held_on=date(2023, 3, day), begins_at=begins, ends_at=ends, **more
    )


def told(sitting, **more):
    return {name: getattr(sitting, name) for name in FIELDS} | more


@pytest.mark.parametrize(
    ("last", "weekdays", "days"),
    [(12, [0, 2], [6, 8]), (13, [0], [6, 13]), (6, [0], [6]), (6, [1], []), (5, [0], []),
     (12, [], []), (8, range(7), [6, 7, 8])],
)  # fmt: skip
def test_a_series_takes_the_weekdays_from_its_first_day_to_its_last(last, weekdays, days):
    found = days_of_series(MONDAY, date(2023, 3, last), weekdays)

    assert [day.day for day in found] == days


def test_weekdays_are_told_once_in_the_order_of_the_week():
    assert weekday_words([4, 0, 4]) == "thứ hai, thứ sáu"


def test_sittings_are_added_once_however_often_they_are_sent():
    found = make_class()

    first = add_sittings(found.pk, [planned(2), planned(3)])
    again = add_sittings(found.pk, [planned(2), planned(3), planned(4, hours=4, topic="Ôn tập")])

    assert (len(first), len(again)) == (2, 1)
    assert [each.held_on.day for each in found.sessions.all()] == [2, 3, 4]
    assert (again[0].hours, again[0].topic) == (4, "Ôn tập")


def test_a_sitting_in_the_afternoon_stands_beside_one_in_the_morning():
    found = make_class()
    morning = make_sitting(found)

    taken = standing_in_the_way([planned(2, time(11), time(12)), planned(3)], found.sessions.all())
    overlapping = standing_in_the_way([planned(2, time(10, 59), time(12))], found.sessions.all())

    assert taken == {}
    assert overlapping == {date(2023, 3, 2): morning}


@pytest.mark.parametrize("day", [date(2023, 2, 28), date(2023, 3, 11)])
def test_a_sitting_outside_the_class_is_refused(day):
    found = make_class()

    with pytest.raises(CannotBe) as refused:
        add_sittings(found.pk, [Planned(day, time(7), time(8))])

    assert "01/03/2023 – 10/03/2023" in refused.value.words
    assert not ClassSession.objects.exists()


def test_nobody_sits_in_two_classes_at_the_same_hour():
    mine, theirs, both = make_class(), make_class("Lớp Khác"), make_cadre("Lê Thị Hai")
    make_enrolment(mine, both)
    make_enrolment(theirs, both)
    make_sitting(theirs, 2)

    with pytest.raises(Clashing) as clashing:
        add_sittings(mine.pk, [planned(2, time(10), time(12)), planned(3)])
    made = add_sittings(mine.pk, [planned(2, time(11), time(12))])

    assert [each.name for each in clashing.value.clashes] == ["Lê Thị Hai"]
    assert len(made) == 1
    with pytest.raises(Clashing):
        change_sitting(
            mine.pk, made[0].pk, told(made[0], begins_at=time(10)), seen=mark_of(made[0])
        )


def test_a_sitting_is_corrected_unless_someone_was_first():
    found = make_class()
    sitting = make_sitting(found)
    seen = mark_of(sitting)

    change_sitting(found.pk, sitting.pk, told(sitting, topic="Ôn tập"), seen=seen)
    with pytest.raises(StaleSitting) as stale:
        change_sitting(found.pk, sitting.pk, told(sitting, topic="Kiểm tra"), seen=seen)

    assert stale.value.current.topic == "Ôn tập"


def test_a_correction_meets_no_other_sitting_and_stays_within_the_class():
    found = make_class()
    sitting, _ = make_sitting(found, 2), make_sitting(found, 3)
    seen = mark_of(sitting)

    with pytest.raises(CannotBe) as met:
        change_sitting(found.pk, sitting.pk, told(sitting, held_on=date(2023, 3, 3)), seen=seen)
    with pytest.raises(CannotBe) as outside:
        change_sitting(found.pk, sitting.pk, told(sitting, held_on=date(2023, 3, 20)), seen=seen)

    assert (met.value.field, outside.value.field) == ("begins_at", "held_on")


def test_a_sitting_goes_only_while_nobody_was_called_in_it():
    found = make_class()
    called, free = make_sitting(found, 2), make_sitting(found, 3)
    Attendance.objects.create(
        session=called, enrolment=make_enrolment(found), mark="present",
        marked_by=make_user(Role.DISTRICT_HR),
    )  # fmt: skip

    with pytest.raises(CannotBe) as refused:
        remove_sitting(found.pk, called.pk)
    remove_sitting(found.pk, free.pk)

    assert "đã điểm danh 1 người" in refused.value.words
    assert list(found.sessions.all()) == [called]


def test_a_class_that_ended_keeps_its_sittings():
    found = make_class(state="closed")
    sitting = make_sitting(found)

    for act in (
        lambda: add_sittings(found.pk, [planned(3)]),
        lambda: change_sitting(found.pk, sitting.pk, told(sitting), seen=mark_of(sitting)),
        lambda: remove_sitting(found.pk, sitting.pk),
    ):
        with pytest.raises(CannotBe):
            act()
