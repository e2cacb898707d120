"""Results of a class: what may be entered when, by two people, and what follows."""

import threading
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.db import connections

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Qualification
from cadres.tests.factories import make_cadre
from training.credits import Certificate, confirm_credits
from training.models import ClassSession, Credit, Enrolment
from training.results import (
    ResultLine,
    ResultsRefused,
    StaleResults,
    pass_the_rest,
    record_results,
)
from training.rules.results import Case, problems
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_learner,
    make_programme,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 5, 15)
PASSED = ResultLine("passed", on=ON)


@pytest.fixture(autouse=True)
def _midyear():
    with time_machine.travel("2023-06-08T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


def results_class(state="results", **fields):
    return make_class(programme=make_programme(), state=state, **fields)


def enter(held, lines, by, version=None):
    held.refresh_from_db()
    return record_results(
        training_class_id=held.pk, results={row.pk: line for row, line in lines.items()}, by=by,
        version=version or held.version,
    )  # fmt: skip


def case(**given):
    return Case(
        **{"state": "results", "began": date(2023, 3, 1), "before": "studying", "after": "passed",
           "on": ON, "today": date(2023, 6, 8), **given}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, None),
        ({"state": "open"}, "lớp chưa học"),
        ({"state": "draft"}, "lớp chưa học"),
        ({"state": "running"}, "lúc này chỉ ghi kéo dài"),
        ({"state": "running", "after": "withdrawn", "has_decision": True}, None),
        ({"state": "running", "before": "suspended", "after": "studying", "reason": "Học lại"},
         None),
        ({"state": "closed", "reason": "Bổ sung"}, None),
        ({"state": "closed"}, "ghi lý do đính chính"),
        ({"state": "closed", "before": "passed", "after": "studying", "reason": "x"},
         "không còn ai đang học"),
        ({"before": "passed", "after": "failed"}, "ghi lý do đính chính"),
        ({"before": "passed", "after": "failed", "reason": "Chấm lại"}, None),
        ({"before": "passed", "after": "passed", "on": None}, None),
        ({"after": "extended"}, "phải có quyết định"),
        ({"after": "extended", "has_decision": True}, None),
        ({"after": "transferred", "has_decision": True}, "chọn lớp chuyển đến"),
        ({"after": "transferred", "has_decision": True, "goes_to": 3}, None),
        ({"after": "transferred", "has_decision": True, "goes_to": 3, "is_own_class": True},
         "phải là lớp khác"),
        ({"on": None}, "ghi ngày có kết quả"),
        ({"on": date(2023, 6, 9)}, "09/06/2023 chưa tới"),
        ({"on": date(2023, 2, 28)}, "trước ngày khai giảng 01/03/2023"),
        ({"before": "failed", "after": "studying", "reason": "x", "on": None}, None),
        ({"after": "failed", "certificate_number": "A1"}, "chỉ người hoàn thành"),
        ({"after": "failed", "certificate_on": ON}, "chỉ người hoàn thành"),
        ({"certificate_on": date(2023, 6, 9)}, "ngày cấp 09/06/2023 chưa tới"),
        ({"certificate_on": ON, "certificate_number": "A1"}, None),
        ({"certificate_on": date(2023, 5, 14)}, "trước ngày có kết quả 15/05/2023"),
        ({"certificate_on": date(2023, 5, 14), "ends": date(2023, 5, 14)}, None),
        ({"before": "passed", "on": None, "stood_on": ON, "certificate_on": date(2023, 5, 14)},
         "trước ngày có kết quả 15/05/2023"),
        ({"before": "passed", "on": None, "ends": ON, "certificate_on": date(2023, 5, 14)},
         "trước ngày có kết quả 15/05/2023"),
    ],
)  # fmt: skip
def test_a_result_may_be_entered_or_says_why_not(given, says):
    found = problems(case(**given))

    assert (says is None and found == []) or any(says in each for each in found), found


def test_passing_stores_the_result_and_proposes_the_level(hr):
    held = results_class()
    one, two = make_enrolment(held), make_enrolment(held)

    done = enter(
        held,
        {
            one: ResultLine("passed", ON, Decimal("8.5"), certificate_number="A1"),
            two: ResultLine("failed", ON),
        },
        hr,
    )

    one.refresh_from_db()
    assert (one.result, one.result_on, one.score) == ("passed", ON, Decimal("8.50"))
    assert (len(done.changed), done.proposed) == (2, 1)
    credit = Credit.objects.get()
    assert (credit.enrolment, credit.evidence_number) == (one, "A1")
    assert Enrolment.objects.get(pk=two.pk).result == "failed"


def test_a_certificate_is_not_entered_of_a_day_before_the_result(hr):
    held = results_class()  # of 01/03 to 10/03/2023
    row = make_enrolment(held)

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {row: replace(PASSED, certificate_on=date(2023, 4, 1))}, hr)
    enter(held, {row: replace(PASSED, certificate_on=date(2023, 3, 10))}, hr)

    assert "trước ngày có kết quả 15/05/2023" in refused.value.why[row.pk]
    row.refresh_from_db()
    assert row.certificate_on == date(2023, 3, 10)


def test_lines_that_say_what_stands_change_nothing(hr):
    held = results_class()
    row = make_enrolment(held)
    enter(held, {row: PASSED}, hr)
    held.refresh_from_db()

    done = enter(held, {row: replace(PASSED, on=None)}, hr)

    version = held.version
    held.refresh_from_db()
    assert (done.changed, held.version) == ([], version)


def test_the_second_of_two_people_is_refused_and_nothing_of_the_first_is_lost(hr):
    held = results_class()
    row = make_enrolment(held)
    seen = held.version
    enter(held, {row: PASSED}, hr)

    with pytest.raises(StaleResults) as stale:
        enter(held, {row: ResultLine("failed", ON, note="x")}, hr, version=seen)

    row.refresh_from_db()
    assert (stale.value.current.version, row.result) == (seen + 1, "passed")


def test_one_wrong_line_keeps_all_from_being_written(hr):
    held = results_class()
    good, bad = make_enrolment(held), make_enrolment(held)

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {good: PASSED, bad: ResultLine("suspended", ON)}, hr)

    assert list(refused.value.why) == [bad.pk]
    assert not Enrolment.objects.filter(result="passed").exists()


def test_somebody_of_another_class_is_told_to_be_in_it_no_more(hr):
    held = results_class()

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {make_enrolment(): PASSED}, hr)

    assert "không còn trong lớp" in next(iter(refused.value.why.values()))


def test_a_decision_that_was_revoked_is_none(hr):
    held = results_class("running")
    revoked = make_decision(revoked_by=make_decision())

    with pytest.raises(ResultsRefused):
        enter(held, {make_enrolment(held): ResultLine("withdrawn", ON, decision=revoked)}, hr)


def test_withdrawing_keeps_its_decision_and_coming_back_lets_it_go(hr):
    held = results_class("running")
    row = make_enrolment(held)
    decision = make_decision()

    enter(held, {row: ResultLine("withdrawn", ON, decision=decision)}, hr)
    row.refresh_from_db()
    assert (row.result, row.result_decision) == ("withdrawn", decision)

    enter(held, {row: ResultLine("studying", note="Học lại")}, hr)
    row.refresh_from_db()
    assert (row.result, row.result_decision, row.result_on) == ("studying", None, None)


def confirm(row, by):
    credit = Credit.objects.get(enrolment=row)
    return confirm_credits({credit.pk: Certificate("A1", date(2023, 5, 20))}, by=by)


def test_correcting_a_result_withdraws_its_qualification_with_the_reason(hr):
    held = results_class()
    row = make_enrolment(held)
    enter(held, {row: PASSED}, hr)
    confirm(row, hr)
    wrong = ResultLine(
        "failed", ON, note="Chấm lại", certificate_number="A1", certificate_on=date(2023, 5, 20)
    )

    done = enter(held, {row: wrong}, hr)

    row.refresh_from_db()
    assert (done.withdrawn, row.result_note, row.certificate_number) == (1, "Chấm lại", "")
    assert not Qualification.objects.exists()
    assert Credit.objects.get().reason == "Chấm lại"

    again = enter(held, {row: replace(PASSED, note="Phúc khảo")}, hr)
    assert (again.proposed, Credit.objects.get().state) == (1, "proposed")


def test_a_certificate_in_the_record_is_not_changed_behind_it(hr):
    held = results_class()
    row = make_enrolment(held)
    enter(held, {row: PASSED}, hr)
    confirm(row, hr)

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {row: replace(PASSED, certificate_number="B2")}, hr)

    assert "đã vào hồ sơ" in refused.value.why[row.pk]


def test_a_form_opened_before_a_certificate_was_confirmed_is_stale(hr):
    held = results_class()
    row = make_enrolment(held)
    enter(held, {row: PASSED}, hr)
    held.refresh_from_db()
    seen = held.version
    confirm(row, hr)

    with pytest.raises(StaleResults):
        enter(held, {row: PASSED}, hr, version=seen)


def test_all_the_others_pass_at_once_and_results_that_stand_stay(hr):
    held = results_class()
    failed = make_enrolment(held, result="failed", result_on=ON)
    for _ in range(3):
        make_enrolment(held)

    done = pass_the_rest(training_class_id=held.pk, on=ON, by=hr, version=held.version)

    assert (len(done.changed), done.proposed) == (3, 3)
    failed.refresh_from_db()
    assert failed.result == "failed"


def transferred(to, decision=None):
    return ResultLine("transferred", ON, transferred_to=to.pk, decision=decision or make_decision())


def test_a_transferred_learner_is_enrolled_in_the_other_class_by_the_same_decision(hr):
    held, to = results_class("running"), make_class(state="open")
    official, outsider = make_enrolment(held), make_enrolment(held, outside_learner=make_learner())
    decision = make_decision()

    done = enter(
        held, {official: transferred(to, decision), outsider: transferred(to, decision)}, hr
    )

    there = Enrolment.objects.filter(training_class=to)
    assert (done.transferred, there.count()) == (2, 2)
    assert there.get(cadre=official.cadre).decision == decision
    official.refresh_from_db()
    assert (official.transferred_to, official.result) == (to, "transferred")


def test_a_transfer_is_not_corrected_while_the_learner_sits_in_the_other_class(hr):
    held, to = results_class("running"), make_class(state="open")
    row, alone = make_enrolment(held), make_enrolment(held)
    enter(held, {row: transferred(to), alone: transferred(to)}, hr)
    back = ResultLine("studying", note="Ghi nhầm")

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {row: back}, hr)
    Enrolment.objects.filter(training_class=to, cadre=row.cadre).update(result="withdrawn")
    enter(held, {row: back}, hr)

    row.refresh_from_db()
    assert to.code in refused.value.why[row.pk]
    assert (row.result, row.transferred_to) == ("studying", None)


def test_the_hours_of_the_class_that_is_left_are_no_clash(hr):
    held, to = results_class("running"), make_class(state="open")
    for each in (held, to):
        ClassSession.objects.create(
            training_class=each, held_on=date(2023, 3, 2), begins_at=time(7), ends_at=time(9)
        )

    done = enter(held, {make_enrolment(held): transferred(to)}, hr)

    assert done.transferred == 1


def test_a_full_class_takes_nobody_over_and_nothing_is_written(hr):
    held, to = results_class("running"), make_class(state="open", capacity=1)
    make_enrolment(to)
    row = make_enrolment(held)

    with pytest.raises(ResultsRefused) as refused:
        enter(held, {row: transferred(to)}, hr)

    row.refresh_from_db()
    assert "đã đủ 1 chỗ" in refused.value.why[row.pk]
    assert row.result == "studying"


def test_who_is_in_the_other_class_already_is_linked_to_it(hr):
    held, to = results_class("running"), make_class(state="open", capacity=1)
    cadre = make_cadre()
    there = make_enrolment(to, cadre)

    enter(held, {make_enrolment(held, cadre): transferred(to)}, hr)

    assert Enrolment.objects.get(training_class=to) == there


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_enter_the_same_class_at_once_one_writes(hr):
    held = results_class()
    row = make_enrolment(held)
    together, outcomes = threading.Barrier(2), []

    def one(line):
        together.wait()
        try:
            record_results(
                training_class_id=held.pk, results={row.pk: line}, by=hr, version=held.version
            )
            outcomes.append(line.result)
        except StaleResults:
            outcomes.append("stale")
        finally:
            connections.close_all()

    lines = [PASSED, ResultLine("failed", ON)]
    threads = [threading.Thread(target=one, args=[line]) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    row.refresh_from_db()
    assert sorted(outcomes) == sorted(["stale", row.result])
