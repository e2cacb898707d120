"""The record set tells all of a class: its facts, sittings, who came, what was answered."""

from datetime import date, time

import pytest

from accounts.tests.factories import make_user
from cadres.records import table
from cadres.tests.factories import make_cadre
from training.models import Attendance, ClassSession, SurveySheet
from training.tests.factories import make_class, make_decision, make_enrolment, make_programme

pytestmark = pytest.mark.django_db


def only_row(code):
    found = table(code)
    (row,) = found.rows()
    return dict(zip([field.code for field in found.fields], row, strict=True))


def test_a_class_is_told_with_its_state_programme_costs_and_decision():
    make_class(state="running", programme=make_programme(code="tc-llct"), capacity=40,
               cost_local=12_500_000, decision=make_decision("7/QĐ"))  # fmt: skip

    row = only_row("classes")

    assert (row["state"], row["programme"], row["capacity"]) == ("Đang học", "tc-llct", 40)
    assert (row["cost_local"], row["decision_number"]) == (12_500_000, "7/QĐ")
    assert row["plan_year"] is None


def test_sittings_marks_and_sheets_are_told_by_the_codes_of_class_and_person():
    found, by, cadre = make_class(code="L2023-001"), make_user(), make_cadre("Lê An")
    sitting = ClassSession.objects.create(
        training_class=found, held_on=date(2023, 3, 2), begins_at=time(7, 30), ends_at=time(11)
    )
    Attendance.objects.create(
        session=sitting, enrolment=make_enrolment(found, cadre), mark="late", marked_by=by
    )
    SurveySheet.objects.create(
        training_class=found, marks={"goal": 4}, token="t" * 32, entered_by=by
    )

    told, mark, sheet = (
        only_row(code) for code in ("class_sessions", "attendance", "survey_sheets")
    )

    assert (told["class"], told["begins_at"], told["ends_at"]) == ("L2023-001", "07:30", "11:00")
    assert (mark["cadre"], mark["learner_name"], mark["mark"], mark["begins_at"]) == (
        cadre.code, "Lê An", "Đi muộn", "07:30"
    )  # fmt: skip
    assert (sheet["class"], sheet["marks"]) == ("L2023-001", '{"goal": 4}')
