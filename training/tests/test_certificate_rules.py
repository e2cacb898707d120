"""What a certificate may say, at its edges."""

from datetime import date, timedelta

import pytest

from training.rules.certificates import forbids, to_mind, usual_evidence

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
    assert forbids(BEGAN, began=BEGAN, today=TODAY) == ""
    assert forbids(TODAY, began=BEGAN, today=TODAY) == ""
    assert "chưa tới" in forbids(TODAY + DAY, began=BEGAN, today=TODAY)
    assert "trước ngày bắt đầu học 15/01/2024" in forbids(BEGAN - DAY, began=BEGAN, today=TODAY)


@pytest.mark.parametrize(
    ("strand", "evidence", "awarded_on", "is_told"),
    [("political", "confirmation", date(2021, 7, 9), True),
     ("political", "confirmation", date(2021, 7, 8), False),
     ("political", "diploma", date(2021, 7, 9), False),
     ("it", "confirmation", date(2021, 7, 9), False)],
)  # fmt: skip
def test_a_late_confirmation_of_llct_is_minded(strand, evidence, awarded_on, is_told):
    assert bool(to_mind(strand, evidence, awarded_on)) is is_told
