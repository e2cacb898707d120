"""Two records of one person who learned in both: one participation stays, nothing hangs in the
air, and splitting gives back what was."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.changes import Ground
from cadres.edits import all_plain
from cadres.merging import merge, plan_merge
from cadres.models import Change, Qualification
from cadres.person_tables import moved_tables
from cadres.tests.factories import make_cadre, make_ground
from cadres.undoing import undo
from training.credits import Certificate, confirm_credits, propose, propose_for_study, withdraw
from training.models import (
    Assessment,
    Attendance,
    Candidate,
    ClassSession,
    Credit,
    Enrolment,
    Need,
    Study,
    StudyStep,
)
from training.studies import record_step
from training.tests.factories import (
    make_assessment,
    make_candidate,
    make_class,
    make_competence,
    make_enrolment,
    make_need,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db
PAGE = "/nhap-lieu/trung-lap/"
PASSED = Enrolment.Result.PASSED
SIDES = ("left", "right")


@pytest.fixture(autouse=True)
def _midyear():
    with time_machine.travel("2023-06-08T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


@pytest.fixture
def two():
    return make_cadre("Nguyễn Thị Lý"), make_cadre("Nguyễn Lí")


def in_one_class(two, result=(PASSED, PASSED), scores=(7, 8)):
    """Their participations in one class of a programme that gives trung cấp LLCT."""
    held = make_class(programme=make_programme())
    return [
        make_enrolment(held, cadre, result=each, result_on=date(2023, 3, 10), score=score)
        for cadre, each, score in zip(two, result, scores, strict=True)
    ]


def confirmed(credit, by, number="A 1", on=date(2023, 3, 20)):
    done = confirm_credits({credit.pk: Certificate(number, on)}, by=by)
    assert done.refused == []


def chosen(two, side, **by_model):
    plan = plan_merge(*two)
    return {
        clash.key: by_model.get(clash.table.model._meta.model_name, side) for clash in plan.clashes
    }


def through_the_page(two, hr, choices):
    client = Client()
    client.force_login(hr, "accounts.backends.WithCommune")
    left, right = two
    left.refresh_from_db()
    right.refresh_from_db()
    sent = {"left_version": left.version, "right_version": right.version, "reason": "Một người"}
    sent |= {f"chon-{key}": side for key, side in choices.items()}
    return client.post(f"{PAGE}{left.pk}/{right.pk}/", sent)


def everything():
    """All rows that a merge may touch, as plain values by key."""
    models = [*(table.model for table in moved_tables()), Attendance, StudyStep]
    return {
        (model._meta.label_lower, row.pk): all_plain(row)
        for model in models
        for row in model._default_manager.all()
    }


def split(two, hr):
    change = Change.objects.filter(cadre=two[0], kind="merge").get()
    return undo(change.pk, make_ground(hr, source="revoked"))


def seen_in_sittings(rows):
    """Both called at the first sitting, each alone at one of the two others."""
    hr = make_user()
    days = [ClassSession.objects.create(
        training_class=rows[0].training_class, held_on=date(2023, 3, 1 + n),
        begins_at=time(7), ends_at=time(11)) for n in range(3)]  # fmt: skip
    marks = [(0, 0, "present"), (0, 1, "present"), (1, 0, "absent"), (1, 2, "late")]
    for who, day, mark in marks:
        Attendance.objects.create(
            session=days[day], enrolment=rows[who], mark=mark, marked_by=hr
        )  # fmt: skip


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("kind", ["proposed", "confirmed", "both confirmed"])
def test_of_two_passed_in_one_class_one_stays_with_one_credit(two, hr, side, kind):
    rows = in_one_class(two)
    credits = propose(rows)
    if kind == "confirmed":
        confirmed(credits[1], hr)
    if kind == "both confirmed":
        for number, credit in enumerate(credits):
            confirmed(credit, hr, number=f"A {number}")
    kept = rows[SIDES.index(side)]
    before = everything()

    response = through_the_page(two, hr, chosen(two, side))

    assert response.status_code == 302
    assert Enrolment.objects.get().pk == kept.pk
    credit = Credit.objects.get()
    assert (credit.cadre, credit.enrolment) == (two[0], kept)
    assert credit.state_now == ("proposed" if kind == "proposed" else "confirmed")
    assert Qualification.objects.count() == (kind != "proposed")
    split(two, hr)
    assert everything() == before


def test_the_credit_that_stays_is_the_one_whose_row_stays_in_the_record(two, hr):
    rows = in_one_class(two)
    for number, credit in enumerate(propose(rows)):
        confirmed(credit, hr, number=f"A {number}")

    through_the_page(two, hr, chosen(two, "left", qualification="right"))

    credit = Credit.objects.get()
    assert (credit.enrolment, credit.evidence_number) == (rows[0], "A 1")
    assert credit.row_id == Qualification.objects.get().pk
    assert Enrolment.objects.get().certificate_number == "A 1"


@pytest.mark.parametrize("side", SIDES)
def test_marks_of_sittings_go_along_and_none_is_doubled(two, hr, side):
    rows = in_one_class(two)
    seen_in_sittings(rows)
    kept = rows[SIDES.index(side)]
    own = set(Attendance.objects.filter(enrolment=kept).values_list("pk", flat=True))
    before = everything()

    assert through_the_page(two, hr, chosen(two, side)).status_code == 302

    marks = Attendance.objects.all()
    assert {each.enrolment_id for each in marks} == {kept.pk}
    assert len(marks) == 3
    assert own < {each.pk for each in marks}
    split(two, hr)
    assert everything() == before


def test_two_participations_that_say_the_same_are_one_without_asking(two, hr):
    rows = in_one_class(two, scores=(7, 7))
    seen_in_sittings(rows)
    propose(rows)
    before = everything()
    assert chosen(two, "left") == {}

    assert through_the_page(two, hr, {}).status_code == 302

    assert Enrolment.objects.get() == rows[0]
    assert (Credit.objects.get().enrolment, Attendance.objects.count()) == (rows[0], 3)
    split(two, hr)
    assert everything() == before


def test_who_did_not_pass_by_the_row_that_stays_has_no_credit(two, hr):
    rows = in_one_class(two, (Enrolment.Result.FAILED, PASSED))
    propose(rows)

    through_the_page(two, hr, chosen(two, "left"))

    assert Enrolment.objects.get().result == "failed"
    assert not Credit.objects.exists()


@pytest.mark.parametrize("side", SIDES)
def test_a_study_that_is_there_twice_goes_with_its_steps_and_its_credit_stays(two, hr, side):
    studies = [make_study(cadre, school=f"Trường {n}") for n, cadre in enumerate(two)]
    for study in studies:
        record_step(study=study, kind="progress", on=date(2022, 6, 1), by=hr, text="khá")
        record_step(study=study, kind="graduated", on=date(2023, 5, 1), by=hr)
    kept = studies[SIDES.index(side)]
    before = everything()

    assert through_the_page(two, hr, chosen(two, side)).status_code == 302

    assert Study.objects.get().pk == kept.pk
    assert {each.study_id for each in StudyStep.objects.all()} == {kept.pk}
    assert Credit.objects.get().study == kept
    split(two, hr)
    assert everything() == before


@pytest.mark.parametrize("side", SIDES)
def test_two_needs_of_one_programme_and_year_whatever_their_state(two, hr, side):
    programme = make_programme()
    needs = [make_need(two[0], programme), make_need(two[1], programme, state="confirmed")]
    held = [make_class(programme=programme) for _ in two]
    sent = [
        make_enrolment(each, cadre, need=need)
        for each, cadre, need in zip(held, two, needs, strict=True)
    ]
    kept = needs[SIDES.index(side)]
    before = everything()

    assert through_the_page(two, hr, chosen(two, side)).status_code == 302

    assert Need.objects.get().pk == kept.pk
    for each in sent:
        each.refresh_from_db()
        assert (each.cadre, each.need) == (two[0], kept)
    split(two, hr)
    assert everything() == before


@pytest.mark.parametrize("classes", SIDES)
@pytest.mark.parametrize("needs", SIDES)
def test_needs_and_classes_may_be_kept_of_either_side(two, hr, classes, needs):
    programme = make_programme()
    held = make_class(programme=programme)
    for cadre in two:
        make_enrolment(held, cadre, need=make_need(cadre, programme))
    before = everything()

    choices = chosen(two, "left", enrolment=classes, need=needs)
    assert through_the_page(two, hr, choices).status_code == 302

    assert Enrolment.objects.get().need == Need.objects.get()
    split(two, hr)
    assert everything() == before


def test_what_was_withdrawn_and_answers_without_a_programme_stand_side_by_side(two, hr):
    programme, competence = make_programme(), make_competence()
    for cadre in two:
        make_need(cadre, programme, state="withdrawn")
        need = make_need(cadre, answer="exempt", reason="có bằng")
        Need.objects.filter(pk=need.pk).update(programme=None)
        make_assessment(cadre, competence, state="withdrawn", level=len(cadre.full_name) % 9)

    assert plan_merge(*two).clashes == []
    assert through_the_page(two, hr, {}).status_code == 302

    assert (Need.objects.filter(cadre=two[0]).count() >= 2, Assessment.objects.count()) == (True, 2)


def test_candidates_that_say_the_same_both_stay_with_their_steps(two, hr):
    first = make_candidate(cadre=two[0])
    make_candidate(cadre=two[1], commune=first.commune)

    assert through_the_page(two, hr, {}).status_code == 302

    assert Candidate.objects.filter(cadre=two[0]).count() == 2


@pytest.mark.parametrize("side", SIDES)
def test_of_two_assessments_of_one_day_the_chosen_one_stays(two, hr, side):
    competence = make_competence()
    rows = [make_assessment(cadre, competence, level=n) for n, cadre in enumerate(two)]

    assert through_the_page(two, hr, chosen(two, side)).status_code == 302

    assert Assessment.objects.get().pk == rows[SIDES.index(side)].pk


def test_a_need_that_was_stated_since_keeps_the_records_one_in_words(two, hr):
    programme = make_programme()
    needs = [make_need(cadre, programme) for cadre in two]
    through_the_page(two, hr, chosen(two, "right"))
    Need.objects.filter(pk=needs[1].pk).update(state="withdrawn")
    make_need(two[0], programme)

    with pytest.raises(ValidationError, match="Chưa tách được"):
        split(two, hr)

    assert not type(two[1]).objects.get(pk=two[1].pk).is_kept


def test_a_confirmed_credit_can_be_withdrawn_after_the_merge(two, hr):
    rows = in_one_class(two)
    (credit, _) = propose(rows)
    other = Credit.objects.exclude(pk=credit.pk).get()
    confirmed(other, hr)
    through_the_page(two, hr, chosen(two, "left"))

    assert withdraw(Credit.objects.get(), by=hr, reason="sai kết quả")

    assert not Qualification.objects.exists()


def test_a_study_credit_waits_with_the_record_that_stays(two, hr):
    study = make_study(two[1], state="graduated", ended_on=date(2023, 5, 1))
    propose_for_study(study, awarded_on=date(2023, 5, 1))

    merge(two[0].pk, two[1].pk, choices={}, ground=Ground(hr, None, "Một người"), versions=(1, 1))

    assert Credit.objects.get().cadre == two[0]
