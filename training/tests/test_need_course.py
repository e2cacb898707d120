"""What answers a need, and when it stands again."""

from datetime import UTC, date, datetime

import pytest

from training.models import Need
from training.tests.factories import make_class, make_enrolment, make_need, make_study

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


def confirmed(**fields):
    return make_need(state=Need.State.CONFIRMED, **fields)


@pytest.mark.parametrize(
    ("result", "on", "is_open"),
    [
        ("studying", None, False),
        ("passed", DAY, False),
        ("extended", DAY, False),
        ("suspended", DAY, False),
        ("failed", DAY, True),
        ("failed", date(2023, 6, 9), False),
        ("absent", DAY, True),
        ("withdrawn", DAY, True),
        ("withdrawn", None, True),
        ("transferred", DAY, True),
    ],
)
def test_a_need_stands_again_when_what_was_begun_came_to_nothing(result, on, is_open):
    need = confirmed()
    make_enrolment(cadre=need.cadre, need=need, result=result, result_on=on)

    assert Need.objects.open_on(DAY).filter(pk=need.pk).exists() is is_open


@pytest.mark.parametrize(
    ("state", "ended", "is_open"),
    [("studying", None, False), ("graduated", DAY, False), ("failed", DAY, True),
     ("stopped", DAY, True), ("stopped", date(2023, 6, 9), False)],
)  # fmt: skip
def test_a_study_that_failed_opens_its_need_again(state, ended, is_open):
    need = confirmed()
    make_study(need.cadre, need=need, state=state, ended_on=ended)

    assert Need.objects.open_on(DAY).filter(pk=need.pk).exists() is is_open


def test_a_second_course_serves_a_need_that_stood_again():
    need = confirmed()
    make_enrolment(cadre=need.cadre, need=need, result="failed", result_on=DAY)
    make_enrolment(make_class(), need.cadre, need=need)

    found = Need.objects.with_course(DAY).get(pk=need.pk)

    assert (found.is_served, found.was_lost) == (True, True)


@pytest.mark.parametrize(
    ("year", "stated", "result", "is_served", "was_lost"),
    [
        (2022, datetime(2023, 5, 1, tzinfo=UTC), "passed", True, False),  # left over from before
        (2024, datetime(2023, 1, 1, tzinfo=UTC), "passed", True, False),  # stood when it began
        (2024, datetime(2023, 1, 1, tzinfo=UTC), "failed", False, True),
        (2024, datetime(2023, 5, 1, tzinfo=UTC), "passed", False, False),  # asked for anew
    ],
)
def test_what_answers_one_need_answers_the_others_that_stood(
    year, stated, result, is_served, was_lost
):
    need = confirmed(year=2023)
    other = confirmed(cadre=need.cadre, programme=need.programme, year=year, stated_at=stated)
    stranger = confirmed(programme=need.programme, year=year, stated_at=stated)
    make_enrolment(make_class(), need.cadre, need=need, result=result,
                   enrolled_at=datetime(2023, 2, 20, tzinfo=UTC))  # fmt: skip

    found = {each.pk: each for each in Need.objects.with_course(DAY)}

    told = found[other.pk]
    assert (told.is_served, told.was_lost, told.was_begun) == (is_served, was_lost, False)
    assert not found[stranger.pk].is_served


def test_a_study_answers_the_other_needs_of_the_programme_too():
    need = confirmed(year=2023)
    other = confirmed(cadre=need.cadre, programme=need.programme, year=2024)
    make_study(need.cadre, need=need)

    assert not Need.objects.open_on(DAY).filter(pk=other.pk).exists()


def test_only_registered_needs_are_open():
    make_need()
    confirmed(answer="exempt", reason="Miễn")
    fresh = confirmed()

    assert list(Need.objects.open_on(DAY)) == [fresh]
