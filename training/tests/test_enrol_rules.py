"""Pure rules of enrolment: sittings at one hour, and how many are away at once."""

from datetime import date, time
from types import SimpleNamespace

import pytest

from training.rules.away import Away, is_too_many, peak
from training.rules.meeting import meet, meeting

FIRST, LAST = date(2023, 3, 1), date(2023, 3, 10)


def sitting(day, begins, ends):
    return SimpleNamespace(
        held_on=date(2023, 3, day), begins_at=time(begins), ends_at=time(ends)
    )  # fmt: skip


def stay(person, begins, ends):
    return Away(person, date(2023, 3, begins), date(2023, 3, ends))


@pytest.mark.parametrize(
    ("other", "is_so"),
    [
        ((1, 7, 11), True),
        ((1, 10, 12), True),
        ((1, 8, 9), True),
        ((1, 11, 12), False),
        ((1, 5, 7), False),
        ((2, 7, 11), False),
    ],
)
def test_sittings_meet_where_they_share_a_moment(other, is_so):
    morning = sitting(1, 7, 11)

    assert meet(morning, sitting(*other)) is is_so
    assert meet(sitting(*other), morning) is is_so
    assert meeting([sitting(5, 7, 11), morning], sitting(*other)) is is_so


def test_the_most_on_one_day_is_told_with_the_first_such_day():
    stays = [stay(1, 1, 3), stay(2, 3, 5), stay(3, 5, 6)]

    assert peak(stays, FIRST, LAST) == (2, date(2023, 3, 3))


def test_who_is_away_twice_counts_once_and_who_is_away_before_or_after_not():
    stays = [stay(1, 1, 9), stay(1, 2, 4), stay(2, 11, 12), Away(3, date(2023, 2, 1), FIRST)]

    assert peak(stays, FIRST, LAST) == (2, FIRST)
    assert peak(stays, date(2023, 3, 2), LAST) == (1, date(2023, 3, 2))
    assert peak([], FIRST, LAST) == (0, FIRST)


def test_exactly_the_share_is_not_too_many():
    assert not is_too_many(4, 20, 20)
    assert is_too_many(5, 20, 20)
