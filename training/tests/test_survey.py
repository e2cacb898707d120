"""The questionnaire: what came back is counted, a sheet sent twice once."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from training.classes import CannotBe
from training.models import SurveySheet
from training.rules.survey import QUESTIONS, summary
from training.survey import enter_sheet
from training.tests.factories import make_class


def test_marks_are_counted_and_averaged_over_the_sheets_that_answer():
    sheets = [{"goal": 5}, {"goal": 4, "use": 1}, {"goal": 4}, {}, {"goal": 9}, {"goal": "5"}]

    found = {each.code: each for each in summary(sheets)}

    assert list(found) == list(QUESTIONS)
    assert (found["goal"].numbers, found["goal"].total) == ((0, 0, 0, 2, 1), 3)
    assert found["goal"].mean == Decimal("4.33")  # 13 / 3
    assert (found["goal"].mean_words, found["use"].mean_words) == ("4,33", "1,00")
    assert (found["time"].mean, found["time"].mean_words, found["time"].total) == (None, "—", 0)


def test_a_mean_between_two_hundredths_goes_up():
    sheets = [{"goal": 5}] * 1 + [{"goal": 4}] * 7  # 33 / 8 = 4.125

    assert summary(sheets)[0].mean == Decimal("4.13")


@pytest.mark.django_db
def test_a_sheet_sent_twice_counts_once_in_whatever_class():
    by, first, second = make_user(), make_class(state="running"), make_class(state="closed")
    sheet = {"marks": {"goal": 4}, "comment": "", "token": "t" * 32, "by": by}

    assert enter_sheet(first.pk, **sheet) is not None
    assert enter_sheet(first.pk, **sheet) is None
    assert enter_sheet(second.pk, **sheet) is None
    assert str(SurveySheet.objects.get()) == "Phiếu hỏi, Lớp Thử"


@pytest.mark.django_db
def test_other_answers_by_a_form_that_was_sent_before_are_another_sheet():
    found = make_class(state="closed")
    sheet = {"comment": "", "token": "t" * 32, "by": make_user()}

    for mark in (4, 5, 5):
        enter_sheet(found.pk, marks={"goal": mark}, **sheet)

    sheets = SurveySheet.objects.order_by("pk")
    assert [each.marks for each in sheets] == [{"goal": 4}, {"goal": 5}]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_class_that_nobody_sat_in_has_no_sheets(state):
    with pytest.raises(CannotBe):
        enter_sheet(
            make_class(state=state).pk, marks={}, comment="Hay", token="t" * 32, by=make_user()
        )
