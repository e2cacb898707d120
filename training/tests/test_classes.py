"""A class is made, changed and taken a step at a time; what forbids it is told in words."""

from datetime import date, time

import pytest
import time_machine

from cadres.tests.factories import make_cadre
from training import classes
from training.admission import Admission
from training.classes import (
    CannotBe,
    CodeTaken,
    NotInState,
    StaleClass,
    change_class,
    create_class,
    move_class,
    neighbours,
    next_code,
    seats_taken,
    warnings_of_move,
)
from training.models import ClassSession, Credit, Enrolment, TrainingClass
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_learner,
    make_programme,
    make_provider,
)

pytestmark = pytest.mark.django_db
State = TrainingClass.State


def facts(**more):
    return {"code": "L2024-001", "name": "Lớp Mới", "content_group": "ethics",
            "provider": make_provider(), "begins_on": date(2024, 3, 4),
            "ends_on": date(2024, 3, 8), **more}  # fmt: skip


def test_a_new_class_is_a_draft():
    made = create_class(facts())

    assert made.state == State.DRAFT
    assert TrainingClass.objects.get().version == 1


def test_a_code_that_is_taken_is_refused_whatever_its_case():
    first = make_class(code="L2024-001")

    with pytest.raises(CodeTaken) as taken:
        create_class(facts(code="l2024-001"))

    assert taken.value.holder == first
    assert TrainingClass.objects.count() == 1


def test_the_next_code_goes_on_from_the_last_of_its_year():
    for code in ("L2024-001", "L2024-017", "L2024-x", "L2023-140", "LL2024-900"):
        make_class(code=code)

    assert (next_code(2024), next_code(2023), next_code(2025)) == (
        "L2024-018", "L2023-141", "L2025-001"
    )  # fmt: skip


def test_a_change_of_what_someone_else_changed_meanwhile_is_refused():
    found = make_class()
    change_class(found.pk, {"venue": "Hội trường"}, version=1)

    with pytest.raises(StaleClass) as stale:
        change_class(found.pk, {"venue": "Phòng họp"}, version=1)

    assert stale.value.current.venue == "Hội trường"
    found.refresh_from_db()
    assert (found.venue, found.version) == ("Hội trường", 2)


def test_a_change_of_the_code_to_another_class_s_is_refused_and_to_its_own_is_none():
    found, other = make_class(), make_class()

    with pytest.raises(CodeTaken):
        change_class(found.pk, {"code": other.code}, version=1)

    assert change_class(found.pk, {"code": found.code}, version=1).version == 2


def test_the_seats_are_not_fewer_than_those_enrolled_but_those_who_left_hold_none():
    found = make_class(capacity=10)
    for result in ("studying", "passed", "withdrawn", "transferred"):
        make_enrolment(found, result=result)

    with pytest.raises(CannotBe) as refused:
        change_class(found.pk, {"capacity": 1}, version=1)

    assert seats_taken(found) == 2
    assert (refused.value.field, "2 người" in refused.value.words) == ("capacity", True)
    assert change_class(found.pk, {"capacity": 2}, version=1).capacity == 2
    assert change_class(found.pk, {"capacity": None}, version=2).capacity is None


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(date(2023, 3, 3), date(2023, 3, 10), "begins_on"),
     (date(2023, 3, 1), date(2023, 3, 1), "ends_on")],
)  # fmt: skip
def test_the_days_of_a_class_hold_its_sittings(begins, ends, field):
    found = make_class()
    ClassSession.objects.create(
        training_class=found, held_on=date(2023, 3, 2), begins_at=time(7), ends_at=time(11)
    )

    with pytest.raises(CannotBe) as refused:
        change_class(found.pk, {"begins_on": begins, "ends_on": ends}, version=1)

    assert refused.value.field == field
    assert "1 buổi học ngoài khoảng" in refused.value.words


def test_the_programme_stays_while_results_rest_on_it():
    old, new = make_programme(), make_programme()
    found, cadre = make_class(programme=old), make_cadre()
    taken_off = {"result": "withdrawn"}
    credit = Credit.objects.create(
        cadre=cadre, enrolment=make_enrolment(found, cadre, **taken_off), content="law",
        awarded_on=date(2023, 3, 10),
    )  # fmt: skip

    with pytest.raises(CannotBe) as refused:
        change_class(found.pk, {"programme": new}, version=1)
    credit.state = Credit.State.DROPPED
    credit.save()

    assert refused.value.field == "programme"
    assert change_class(found.pk, {"programme": new}, version=1).programme == new


def test_the_programme_is_not_changed_while_people_are_enrolled_for_it():
    old, new = make_programme(), make_programme()
    found = make_class(programme=old)
    row = make_enrolment(found)

    for programme in (new, None):
        with pytest.raises(CannotBe) as refused:
            change_class(found.pk, {"programme": programme}, version=1)
        assert refused.value.field == "programme"
        assert "1 người" in refused.value.words
    Enrolment.objects.filter(pk=row.pk).update(result="withdrawn")

    assert change_class(found.pk, {"programme": new}, version=1).programme == new


def test_a_class_without_a_programme_is_given_one_that_admits_those_enrolled(monkeypatch):
    found, programme = make_class(), make_programme()
    people = [make_cadre(name) for name in ("Vi Ngoài", "Vi Trong", "Vi Khác")]
    outsider = make_learner(cadre=make_cadre("Vi Nối"))
    rows = [make_enrolment(found, each) for each in people]
    rows.append(make_enrolment(found, outside_learner=outsider))
    make_enrolment(found, outside_learner=make_learner())
    refused_ones = {people[0].pk, people[2].pk, outsider.cadre_id}

    def admissions(asked, keys, day):
        assert (asked, day) == (programme, date(2023, 3, 1))
        return {key: Admission(key not in refused_ones, ("quá tuổi",)) for key in keys}

    monkeypatch.setattr(classes, "admissions_of", admissions)

    with pytest.raises(CannotBe) as refused:
        change_class(found.pk, {"programme": programme}, version=1)
    Enrolment.objects.filter(cadre=people[0]).update(exception_reason="Thiếu người")
    Enrolment.objects.filter(pk__in=[rows[2].pk, rows[3].pk]).update(result="withdrawn")

    assert "3 người" in refused.value.words
    assert "Vi Ngoài (quá tuổi)" in refused.value.words
    assert "Trần Thị Ngoài (quá tuổi)" in refused.value.words
    assert "Vi Trong" not in refused.value.words
    assert change_class(found.pk, {"programme": programme}, version=1).programme == programme


@pytest.mark.parametrize(
    ("days", "words"),
    [({"result_on": date(2023, 3, 8)}, "kết quả của Vi Lâm ngày 08/03/2023"),
     ({"result_on": date(2023, 3, 9), "certificate_on": date(2023, 3, 8)},
      "chứng chỉ của Vi Lâm ngày 08/03/2023")],
)  # fmt: skip
def test_a_class_is_not_moved_past_what_came_of_it(days, words):
    found = make_class()  # of 01/03 to 10/03/2023
    make_enrolment(found, result="passed", result_on=date(2023, 3, 9))
    make_enrolment(found, make_cadre("Vi Lâm"), result="passed", **days)
    later = {"begins_on": date(2023, 3, 20), "ends_on": date(2023, 3, 30)}

    with pytest.raises(CannotBe) as refused:
        change_class(found.pk, later, version=1)

    assert refused.value.field == "begins_on"
    assert words in refused.value.words
    assert change_class(found.pk, {"begins_on": date(2023, 3, 8)}, version=1).version == 2
    assert change_class(found.pk, {"begins_on": date(2023, 2, 20)}, version=2).version == 3


@time_machine.travel("2023-02-28T03:00:00+00:00", tick=False)
def test_no_results_before_the_first_day_but_it_may_be_said_to_run():
    found = make_class(state=State.OPEN)  # from 01/03/2023

    move_class(found.pk, before="open", to="running")
    with pytest.raises(CannotBe, match="đến 01/03/2023 mới khai giảng"):
        move_class(found.pk, before="running", to="results")
    with time_machine.travel("2023-03-01T03:00:00+00:00", tick=False):
        moved = move_class(found.pk, before="running", to="results")

    assert moved.state == State.RESULTS


def test_a_class_goes_its_way_a_step_at_a_time():
    found = make_class(state=State.DRAFT)
    way = ["draft", "open", "running", "results", "closed"]

    for before, to in zip(way, way[1:], strict=False):
        move_class(found.pk, before=before, to=to)

    found.refresh_from_db()
    assert found.state == State.CLOSED
    assert [neighbours(each) for each in (State.DRAFT, State.RUNNING, State.CLOSED)] == [
        (None, State.OPEN), (State.OPEN, State.RESULTS), (State.RESULTS, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "to", "reason", "words"),
    [("open", "results", "vội", "liền"), ("open", "closed", "vội", "liền"),
     ("open", "open", "", "liền"), ("open", "không có", "", "liền"),
     ("running", "open", "  ", "lý do")],
)  # fmt: skip
def test_a_step_that_skips_or_goes_back_without_a_reason_is_refused(before, to, reason, words):
    found = make_class(state=before)

    with pytest.raises(CannotBe) as refused:
        move_class(found.pk, before=before, to=to, reason=reason)

    assert words in refused.value.words
    found.refresh_from_db()
    assert found.state == before


def test_a_class_goes_back_a_step_with_a_reason_but_to_no_draft_while_people_are_in_it():
    found = make_class(state=State.RUNNING)
    enrolment = make_enrolment(found)

    assert move_class(found.pk, before="running", to="open", reason="bấm nhầm").state == "open"
    with pytest.raises(CannotBe) as refused:
        move_class(found.pk, before="open", to="draft", reason="bấm nhầm")
    enrolment.delete()

    assert "1 lượt" in refused.value.words
    assert move_class(found.pk, before="open", to="draft", reason="bấm nhầm").state == "draft"


def test_a_class_does_not_end_while_somebody_is_studying():
    found = make_class(state=State.RESULTS)
    enrolment = make_enrolment(found)
    make_enrolment(found, result="passed")

    with pytest.raises(CannotBe) as refused:
        move_class(found.pk, before="results", to="closed")
    enrolment.result = "failed"
    enrolment.save()

    assert "1 học viên chưa có kết quả" in refused.value.words
    assert move_class(found.pk, before="results", to="closed").state == "closed"


def test_of_two_who_move_a_class_the_second_is_told():
    found = make_class(state=State.OPEN)
    move_class(found.pk, before="open", to="running")

    with pytest.raises(NotInState) as late:
        move_class(found.pk, before="open", to="running")

    assert late.value.current.state == "running"


def test_what_is_early_or_missing_is_told_and_forbids_nothing():
    bare = make_class(begins_on=date(2024, 3, 4), ends_on=date(2024, 3, 8))
    whole = make_class(capacity=40, decision=make_decision(), begins_on=date(2024, 3, 4),
                       ends_on=date(2024, 3, 8))  # fmt: skip
    early, late = date(2024, 3, 3), date(2024, 3, 8)

    assert len(warnings_of_move(bare, State.OPEN, early)) == 2
    assert warnings_of_move(whole, State.OPEN, early) == []
    assert warnings_of_move(whole, State.RUNNING, early) == [
        "Lớp đến 04/03/2024 mới khai giảng."
    ]  # fmt: skip
    assert warnings_of_move(whole, State.RESULTS, early) == ["Lớp đến 08/03/2024 mới bế giảng."]
    assert warnings_of_move(whole, State.RUNNING, late) == []
    assert warnings_of_move(whole, State.RESULTS, late) == []
    assert warnings_of_move(whole, State.CLOSED, early) == []
