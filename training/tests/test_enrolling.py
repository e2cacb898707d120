"""Enrolment: seats, hours, admission, needs, coming back, and two who take the last seat."""

import threading
from datetime import date, time

import pytest
from django.db import connection, connections

from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.models.qualification import StudyForm
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_membership,
    make_qualification,
    make_short_training,
)
from training import enrol_checks
from training.admission import Admission
from training.away import away_of
from training.clashes import clashes_of_people, clashes_of_sessions, mind_of_people
from training.decisions import decision_of
from training.enrol_checks import free_seats, open_needs, who_has_it
from training.enrolling import (
    NoSeats,
    NotLeaving,
    NotTaking,
    Refused,
    decide_later,
    enrol,
    leave,
)
from training.models import ClassSession, Enrolment, OutsideLearner, TrainingClass, TrainingSetting
from training.person_keys import cadre_key, is_person_key, learner_key, parted
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_learner,
    make_need,
    make_plan_line,
    make_programme,
    make_study,
)

DAY = date(2023, 2, 1)
ROUNDS = 50


def sit(training_class, begins=7, ends=11, day=date(2023, 3, 1)):
    return ClassSession.objects.create(
        training_class=training_class, held_on=day, begins_at=time(begins), ends_at=time(ends)
    )


def put(training_class, *cadres, learners=(), **more):
    return enrol(
        training_class_id=training_class.pk, cadre_ids=[each.pk for each in cadres],
        learner_ids=[each.pk for each in learners], **{"by": make_user(), "on": DAY, **more},
    )  # fmt: skip


@pytest.fixture
def not_admitted(monkeypatch):
    """Nobody is admitted to any programme."""

    def refuse(programme, keys, day):
        return {key: Admission(False, ("chưa là đảng viên",)) for key in keys}

    monkeypatch.setattr(enrol_checks, "admissions_to", refuse)


@pytest.mark.django_db
def test_in_a_class_without_a_programme_discipline_needs_a_written_reason_too():
    """Luật CBCC art. 82: within 12 months of a warning nobody is trained."""
    taught = make_class(begins_on=date(2023, 3, 1), ends_on=date(2023, 3, 3))
    fine, warned = make_holding().cadre, make_holding().cadre
    make_discipline(warned, "warning", effective_on=date(2023, 1, 9))

    done = put(taught, fine, warned)
    allowed = put(taught, warned, exceptions={warned.pk: "Thường vụ đồng ý"})

    assert len(done.enrolled) == 1
    assert "cảnh cáo" in done.refused[cadre_key(warned.pk)]
    assert Enrolment.objects.get(pk=allowed.enrolled[0]).exception_reason == "Thường vụ đồng ý"


@pytest.mark.django_db
def test_officials_and_outsiders_are_enrolled_with_who_did_it_and_the_decision():
    taught, by, decision = make_class(), make_user(), make_decision()
    person, learner = make_cadre(), make_learner()

    done = put(taught, person, learners=[learner], by=by, decision=decision)

    rows = list(Enrolment.objects.filter(pk__in=done.enrolled).order_by("pk"))
    assert [(row.cadre, row.outside_learner) for row in rows] == [(person, None), (None, learner)]
    assert all((row.enrolled_by, row.decision) == (by, decision) for row in rows)
    assert all(row.enrolled_at and row.result == "studying" for row in rows)


@pytest.mark.django_db
def test_who_is_in_the_class_already_is_counted_and_no_error():
    taught, person, learner = make_class(capacity=2), make_cadre(), make_learner()
    put(taught, person, learners=[learner])

    again = put(taught, person, person, learners=[learner])

    assert (again.enrolled, again.refused) == ((), {})
    assert again.already == (cadre_key(person.pk), learner_key(learner.pk))
    assert taught.enrolments.count() == 2


@pytest.mark.django_db
def test_where_seats_are_short_nobody_is_enrolled_and_it_says_how_many_are_free():
    taught = make_class(capacity=3)
    put(taught, make_cadre())

    with pytest.raises(NoSeats, match="còn 2 chỗ trong 3, không đủ cho 3 người"):
        put(taught, make_cadre(), make_cadre(), make_cadre())

    assert (taught.enrolments.count(), free_seats(taught)) == (1, 2)
    put(taught, make_cadre(), make_cadre())
    with pytest.raises(NoSeats, match="Lớp đã đủ 3 chỗ"):
        put(taught, make_cadre())


@pytest.mark.django_db
def test_a_class_without_a_limit_takes_everybody_and_freed_seats_are_free():
    taught, limited = make_class(), make_class(capacity=1)
    make_enrolment(limited, result="withdrawn")
    make_enrolment(limited, result="absent")

    put(taught, *[make_cadre() for _ in range(5)])

    assert free_seats(taught) is None
    assert free_seats(limited) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "takes"), [("draft", True), ("running", True),
                                              ("results", False), ("closed", False)])  # fmt: skip
def test_a_class_takes_people_until_its_results(state, takes):
    taught, person = make_class(state=state), make_cadre()

    if takes:
        assert put(taught, person).enrolled
    else:
        with pytest.raises(NotTaking, match="không nhận thêm"):
            put(taught, person)


@pytest.mark.django_db
def test_nobody_sits_in_two_classes_at_one_hour_official_and_linked_outsider_alike():
    person = make_cadre("Người Bận")
    linked = make_learner("Người Bận", cadre=person)
    busy, next_to_it, later = make_class("Lớp Trước"), make_class(), make_class()
    sit(busy), sit(next_to_it, 10, 12), sit(later, 11, 12)
    make_enrolment(busy, outside_learner=linked)

    refused = put(next_to_it, person).refused

    assert (
        "trùng giờ với lớp “Lớp Trước”, buổi 01/03/2023 07:00–11:00"
        in refused[cadre_key(person.pk)]
    )
    assert put(later, person).enrolled
    with pytest.raises(Refused):
        put(next_to_it, person, make_cadre(), all_or_nobody=True)
    assert not next_to_it.enrolments.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("result", ["withdrawn", "transferred", "absent"])
def test_hours_of_a_class_that_somebody_left_are_free(result):
    person, busy, other = make_cadre(), make_class(), make_class()
    sit(busy), sit(other)
    make_enrolment(busy, person, result=result)

    assert clashes_of_people(other, [cadre_key(person.pk)]) == {}


@pytest.mark.django_db
def test_new_sittings_are_asked_about_of_those_who_are_in_the_class():
    person, busy, taught = make_cadre("Người Bận"), make_class(), make_class()
    sit(busy)
    make_enrolment(busy, person), make_enrolment(taught, person)
    sitting = ClassSession(held_on=date(2023, 3, 1), begins_at=time(9), ends_at=time(10))
    free = ClassSession(held_on=date(2023, 3, 2), begins_at=time(9), ends_at=time(10))

    (clash,) = clashes_of_sessions(taught, [sitting]).values()

    assert (clash.name, clash.begins_at) == ("Người Bận", time(7))
    assert clashes_of_sessions(taught, [free]) == clashes_of_sessions(taught, []) == {}


@pytest.mark.django_db
def test_days_that_overlap_are_warned_of_only_where_hours_are_not_known():
    person, without, withs, other = (
        make_cadre(),
        make_class("Không Giờ"),
        make_class(),
        make_class(),
    )
    sit(withs), sit(other, day=date(2023, 3, 2))
    make_enrolment(without, person), make_enrolment(withs, person)
    key = cadre_key(person.pk)

    assert "Không Giờ" in mind_of_people(other, [key])[key][0]
    without.enrolments.update(result="withdrawn")
    assert mind_of_people(other, [key]) == {}


@pytest.mark.django_db
def test_who_is_not_admitted_needs_a_written_reason_that_is_kept(not_admitted):
    taught, person = make_class(programme=make_programme()), make_cadre()
    key = cadre_key(person.pk)

    assert "chưa là đảng viên" in put(taught, person, exceptions={person.pk: "  "}).refused[key]
    done = put(taught, person, exceptions={person.pk: "Đang xét kết nạp"})

    assert Enrolment.objects.get(pk=done.enrolled[0]).exception_reason == "Đang xét kết nạp"


@pytest.mark.django_db
def test_the_open_registered_need_is_tied():
    programme = make_programme()
    person, unconfirmed = make_cadre(), make_cadre()
    old = make_need(person, programme, state="confirmed", year=2022)
    make_need(person, programme, state="confirmed", year=2023)
    make_need(unconfirmed, programme)
    taught = make_class(programme=programme)

    put(taught, person, unconfirmed)

    assert list(taught.enrolments.order_by("pk").values_list("need", flat=True)) == [old.pk, None]
    assert open_needs(programme) == {}  # the other need is met with it


@pytest.mark.django_db
def test_the_need_of_the_line_of_the_class_is_tied_before_an_older_one():
    programme, person = make_programme(), make_cadre()
    line = make_plan_line(programme=programme)
    make_need(person, programme, state="confirmed", year=2022)
    planned = make_need(person, programme, state="confirmed", year=2023, plan_line=line)

    put(make_class(programme=programme, plan_line=line), person)

    assert person.enrolments.get().need == planned


@pytest.mark.django_db
def test_a_failed_result_leaves_the_need_open():
    need = make_need(state="confirmed")
    make_enrolment(make_class(), need.cadre, need=need, result="failed")

    assert open_needs(need.programme, [need.cadre_id]) == {need.cadre_id: need.pk}


@pytest.mark.django_db
def test_a_mistake_is_withdrawn_with_its_reason_and_comes_back_by_the_same_row():
    taught, person = make_class(capacity=1), make_cadre()
    (pk,) = put(taught, person).enrolled

    left = leave(enrolment_id=pk, reason="Ghi nhầm người", on=DAY)
    assert (left.result, left.result_on, free_seats(taught)) == ("withdrawn", DAY, 1)
    with pytest.raises(NotLeaving, match="đã có kết quả"):
        leave(enrolment_id=pk, reason="x", on=DAY)
    again = put(taught, person)

    row = Enrolment.objects.get(training_class=taught)
    assert again.enrolled == (pk,)
    assert (row.result, row.result_on) == ("studying", None)
    assert row.result_note == "Ghi danh lại; đã rút 01/02/2023: Ghi nhầm người"


@pytest.mark.django_db
def test_who_leaves_a_running_class_needs_a_result():
    row = make_enrolment(make_class(state="running"))

    with pytest.raises(NotLeaving, match="kèm quyết định"):
        leave(enrolment_id=row.pk, reason="x", on=DAY)


@pytest.mark.django_db
def test_who_was_transferred_or_absent_or_merged_away_is_refused():
    taught, gone = make_class(), make_cadre()
    moved = make_enrolment(taught, result="transferred").cadre
    Cadre.objects.filter(pk=gone.pk).update(is_kept=False)

    refused = put(taught, moved, gone).refused

    assert "Chuyển lớp" in refused[cadre_key(moved.pk)]
    assert "không còn dùng" in refused[cadre_key(gone.pk)]


@pytest.mark.django_db
def test_a_decision_comes_later_for_those_without_and_is_stored_once():
    taught, by = make_class(), make_user()
    early = make_decision()
    put(taught, make_cadre(), decision=early)
    put(taught, make_cadre(), make_cadre())
    make_enrolment(taught, result="withdrawn")
    told = {"number": "9/QĐ-UBND", "signed_on": DAY, "issuer": "UBND huyện", "by": by}

    decision = decision_of(**told)

    assert decide_later(training_class_id=taught.pk, decision=decision) == 2
    assert decision_of(**told) == decision
    assert taught.enrolments.filter(decision=early).count() == 1


@pytest.mark.django_db
def test_who_has_what_the_programme_gives_by_the_day():
    has, later, lower = make_cadre(), make_cadre(), make_cadre()
    make_qualification(has, "political", 3, awarded_on="2020")
    make_qualification(later, "political", 2, awarded_on="2024")
    make_qualification(lower, "political", 1)
    keys = [has.pk, later.pk, lower.pk]
    trained = make_short_training(lower, "law").cadre

    assert who_has_it(make_programme(), keys, DAY) == {has.pk}
    assert who_has_it(make_programme(content="law"), keys, DAY) == {trained.pk}
    assert who_has_it(make_programme(strand=""), keys, DAY) == set()


@pytest.mark.django_db
def test_too_many_of_a_commune_away_at_once_are_warned_of_with_numbers():
    commune, other = make_commune("Xã Vắng"), make_commune()
    people = [make_holding(commune=commune).cadre for _ in range(4)]
    people.append(make_membership(commune=commune).cadre)
    make_holding(commune=other)
    taught = make_class(begins_on=date(2023, 3, 1), ends_on=date(2023, 3, 5))
    beside = make_class(begins_on=date(2023, 3, 4), ends_on=date(2023, 3, 9))
    make_enrolment(beside, people[0])
    make_study(people[1], form=StudyForm.FULL_TIME, begins_on=date(2021, 9, 1))
    make_study(people[2], form=StudyForm.PART_TIME, begins_on=date(2021, 9, 1))

    assert away_of(taught, [people[4].pk]) == []  # nobody said how many may be
    TrainingSetting.objects.create(
        code="away_share", value=50, valid_from=date(2020, 1, 1), confidence="M-low"
    )
    (found,) = away_of(taught, [people[4].pk])

    assert (found.commune, found.away, found.serving) == ("Xã Vắng", 3, 5)
    assert (found.on, found.share, str(found.ratio.percent)) == (date(2023, 3, 4), 50, "60.0")
    TrainingSetting.objects.update(value=60)
    assert away_of(taught, [people[4].pk]) == []


def test_keys_of_people_are_read_strictly():
    assert [is_person_key(key) for key in ("c1", "h25", "c0", "x1", "c1 ", "c9999999999")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert parted(["c2", "h1", "c2"]) == ([2], [1])


def at_once(*actions):
    """Run the actions in threads of their own at once; what each gave or raised, sorted as text."""
    together, told = threading.Barrier(len(actions)), []

    def one(action):
        together.wait()
        try:
            told.append("won" if action().enrolled else "lost")
        except NoSeats as problem:
            told.append(str(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_seat_at_once_exactly_one_gets_it():
    people, users = [make_cadre(), make_cadre()], [make_user(), make_user()]
    outcomes = []
    for _ in range(ROUNDS):
        taught = make_class(capacity=1)
        pairs = zip(people, users, strict=True)
        actions = [lambda c=taught, p=p, u=u: put(c, p, by=u) for p, u in pairs]
        outcomes.append(at_once(*actions))
        assert taught.enrolments.count() == 1, connection.vendor

    assert len(outcomes) == ROUNDS
    for told, won in outcomes:
        assert told.startswith("Lớp đã đủ 1 chỗ")
        assert won == "won"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_person_to_two_classes_of_an_hour_one_is_refused():
    person, users = make_cadre(), [make_user(), make_user()]
    for _ in range(10):
        pair = [make_class(), make_class()]
        for each in pair:
            sit(each)
        actions = [lambda c=c, u=u: put(c, person, by=u) for c, u in zip(pair, users, strict=True)]

        assert at_once(*actions) == ["lost", "won"], connection.vendor
        Enrolment.objects.all().delete()


@pytest.mark.django_db
def test_a_check_costs_as_many_queries_for_a_hundred_as_for_one(django_assert_max_num_queries):
    taught = make_class(programme=make_programme(), capacity=200)
    sit(taught)
    by = make_user()
    many, learners = [make_cadre() for _ in range(100)], [make_learner() for _ in range(50)]

    for people, others in ((many[:1], learners[:1]), (many[1:], learners[1:])):
        with django_assert_max_num_queries(23):
            put(taught, *people, learners=others, by=by)

    assert TrainingClass.objects.get().enrolments.count() == 150
    assert OutsideLearner.objects.count() == 50
