"""What a certificate may say, at its edges."""

from datetime import date, timedelta

import pytest

from training.rules.certificates import Course, forbids, to_mind, usual_evidence

TODAY, BEGAN = date(2024, 6, 1), date(2024, 1, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("strand", "paper"),
    [("political", "diploma"), ("professional", "diploma"), ("general", "diploma"),
     ("it", "certificate"), ("state_management", "certificate"), ("", "certificate")],
)  # fmt: skip
def test_a_level_is_proved_by_its_usual_paper(strand, paper):
    assert usual_evidence(strand) == paper


def test_a_certificate_is_of_a_day_between_the_beginning_and_today():
    course = Course(BEGAN)

    assert forbids(BEGAN, course, TODAY) == ""
    assert forbids(TODAY, course, TODAY) == ""
    assert "chưa tới" in forbids(TODAY + DAY, course, TODAY)
    assert "trước ngày bắt đầu học 15/01/2024" in forbids(BEGAN - DAY, course, TODAY)


def test_a_certificate_is_not_before_the_result_unless_handed_out_at_the_closing():
    closed, done = date(2024, 3, 1), date(2024, 3, 11)
    course = Course(BEGAN, done, closed_on=closed)

    assert forbids(done, course, TODAY) == ""
    assert forbids(closed, course, TODAY) == ""
    assert "trước ngày có kết quả 11/03/2024" in forbids(closed - DAY, course, TODAY)
    assert "trước ngày có kết quả 11/03/2024" in forbids(done - DAY, course, TODAY)
    study = Course(BEGAN, done, done_words="ngày tốt nghiệp")
    assert "trước ngày tốt nghiệp 11/03/2024" in forbids(done - DAY, study, TODAY)


@pytest.mark.parametrize(
    ("strand", "evidence", "awarded_on", "is_told"),
    [("political", "confirmation", date(2021, 7, 9), True),
     ("political", "confirmation", date(2021, 7, 8), False),
     ("political", "diploma", date(2021, 7, 9), False),
     ("it", "confirmation", date(2021, 7, 9), False)],
)  # fmt: skip
def test_a_late_confirmation_of_llct_is_minded(strand, evidence, awarded_on, is_told):
    assert bool(to_mind(strand, evidence, awarded_on)) is is_told
