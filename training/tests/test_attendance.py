"""Roll call: what one marked is stored, what another marked meanwhile is not lost."""

from datetime import date, time

import pytest

from accounts.tests.factories import make_user
from training.attendance import StaleMarks, call_roll, learners_of
from training.classes import CannotBe
from training.forms.attendance import MarksForm, told
from training.models import Attendance, ClassSession
from training.tests.factories import make_class, make_enrolment, make_learner

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 2)


@pytest.fixture
def user(db):
    return make_user()


@pytest.fixture
def sitting(db):
    return ClassSession.objects.create(
        training_class=make_class(state="running"), held_on=DAY, begins_at=time(7),
        ends_at=time(11),
    )  # fmt: skip


def call(sitting, by, typed, seen=(), today=DAY):
    return call_roll(
        sitting.training_class_id, sitting.pk, typed=typed, seen=dict(seen), by=by, today=today
    )


def marks_of(sitting):
    return dict(Attendance.objects.filter(session=sitting).values_list("enrolment", "mark"))


def test_marks_are_given_changed_and_taken_back(sitting, user):
    one, two, three = (make_enrolment(sitting.training_class) for _ in range(3))

    given = call(sitting, user, {one.pk: "present", two.pk: "absent", three.pk: ""})
    changed = call(
        sitting, user, {one.pk: "late", two.pk: ""}, {one.pk: "present", two.pk: "absent"}
    )

    assert (given.given, given.total) == (2, 2)
    assert (changed.changed, changed.taken, changed.total) == (1, 1, 2)
    assert marks_of(sitting) == {one.pk: "late"}


def test_what_another_marked_otherwise_meanwhile_is_shown_and_nothing_is_stored(sitting, user):
    one, two = (make_enrolment(sitting.training_class) for _ in range(2))
    call(sitting, make_user(), {one.pk: "excused"})

    with pytest.raises(StaleMarks) as stale:
        call(sitting, user, {one.pk: "absent", two.pk: "present"})

    (conflict,) = stale.value.conflicts
    assert (conflict.enrolment, conflict.stored.mark, conflict.typed) == (one, "excused", "absent")
    assert marks_of(sitting) == {one.pk: "excused"}


def test_what_another_marked_the_same_or_elsewhere_is_no_conflict(sitting, user):
    one, two, three = (make_enrolment(sitting.training_class) for _ in range(3))
    call(sitting, make_user(), {one.pk: "present", two.pk: "absent"})

    marked = call(sitting, user, {one.pk: "present", two.pk: "", three.pk: "late"})

    assert marked.total == 1
    assert marks_of(sitting) == {one.pk: "present", two.pk: "absent", three.pk: "late"}


def test_whoever_is_in_another_class_is_not_called_and_whoever_left_only_where_marked(
    sitting, user
):
    stranger = make_enrolment()
    left = make_enrolment(sitting.training_class, result="withdrawn")
    outsider = make_enrolment(sitting.training_class, outside_learner=make_learner("Trần An"))

    call(sitting, user, {stranger.pk: "present", left.pk: "present", outsider.pk: "present"})
    without = list(learners_of(sitting))
    Attendance.objects.create(session=sitting, enrolment=left, mark="late", marked_by=user)

    assert marks_of(sitting) == {outsider.pk: "present", left.pk: "late"}
    assert without == [outsider]
    assert set(learners_of(sitting)) == {outsider, left}


@pytest.mark.parametrize(
    ("state", "today", "words"),
    [("draft", DAY, "dự thảo"), ("closed", DAY, "kết thúc"),
     ("running", date(2023, 3, 1), "mới học")],
)  # fmt: skip
def test_nobody_is_called_before_the_day_nor_in_a_draft_nor_after_the_end(
    sitting, user, state, today, words
):
    enrolment = make_enrolment(sitting.training_class)
    sitting.training_class.state = state
    sitting.training_class.save()

    with pytest.raises(CannotBe) as refused:
        call(sitting, user, {enrolment.pk: "present"}, today=today)

    assert words in refused.value.words


def test_a_sitting_that_was_taken_out_calls_nobody(sitting, user):
    found, key = sitting.training_class, sitting.pk
    sitting.delete()

    with pytest.raises(ClassSession.DoesNotExist):
        call_roll(found.pk, key, typed={}, seen={}, by=user, today=DAY)


def test_the_form_reads_marks_and_what_was_seen_and_nothing_else():
    form = MarksForm(
        {"d_5": "absent", "d_6": "", "d_7": "giả", "d_x": "late", "d_8": "present",
         "con_lai": "late", "seen": told({5: "present", 8: "excused"}) + ",9z,x"}
    )  # fmt: skip

    assert form.is_valid()
    assert form.typed() == {5: "absent", 6: "late", 8: "present"}
    assert form.seen_marks() == {5: "present", 8: "excused"}
