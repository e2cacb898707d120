"""Which step of a source of cadres may follow which."""

from datetime import date

import pytest

from training.models import Candidate
from training.rules.candidate_states import (
    STATES,
    StepFault,
    fault_of_step,
    is_possible_birth,
    next_states,
)

DAY = date(2023, 6, 8)


def test_the_rule_and_the_model_know_the_same_states():
    assert set(STATES) == set(Candidate.State.values)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("introduced", {"training", "recruited", "elected", "ended"}),
        ("training", {"recruited", "elected", "ended"}),
        ("recruited", {"ended"}),
        ("elected", {"ended"}),
        ("ended", set()),
    ],
)
def test_only_steps_forward_or_to_the_end_follow(state, after):
    assert set(next_states(state)) == after


@pytest.mark.parametrize(
    ("to", "on", "fault"),
    [
        ("recruited", date(2023, 1, 1), None),  # the day of the step before
        ("recruited", DAY, None),  # today
        ("recruited", date(2022, 12, 31), StepFault.BEFORE_THE_LAST),
        ("recruited", date(2023, 6, 9), StepFault.NOT_YET),
        ("introduced", DAY, StepFault.NOT_FORWARD),
        ("training", DAY, StepFault.NOT_FORWARD),
    ],
)
def test_a_step_is_refused_for_what_is_wrong_with_it(to, on, fault):
    found = fault_of_step("training", date(2023, 1, 1), to=to, on=on, today=DAY)

    assert found == fault


@pytest.mark.parametrize(
    ("born_on", "is_possible"),
    [
        (date(2007, 1, 1), True),  # 16 in the year
        (date(2008, 1, 1), False),
        (date(1953, 1, 1), True),  # 70
        (date(1952, 12, 31), False),
        (date(2030, 1, 1), False),
    ],
)
def test_who_is_too_young_or_too_old_is_no_source(born_on, is_possible):
    assert is_possible_birth(born_on, DAY) == is_possible
