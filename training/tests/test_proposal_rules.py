"""The proposal: no other choice brings more, and it says of everybody left why."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules import proposal
from training.rules.proposal import Block, Course, Learner, Limits, propose

SPRING = Course(1, 2, date(2024, 3, 1), date(2024, 3, 9), cost=1_000_000)
AUTUMN = Course(2, 2, date(2024, 9, 1), date(2024, 9, 9), cost=2_000_000)
BOTH = frozenset({1, 2})


def learner(key, commune=0, gain=1, due_on=None, courses=BOTH):
    return Learner(key, commune, gain, due_on, courses)


def test_seats_are_filled_and_the_rest_is_told_that_the_class_is_full():
    found = propose([learner(key) for key in range(5)], [SPRING, AUTUMN], Limits())

    assert found.gain == 4
    assert sorted(found.chosen.values()) == [1, 1, 2, 2]
    assert list(found.blocks.values()) == [Block.SEATS]
    assert found.cost == 6_000_000


def test_the_sooner_deadline_goes_first_and_to_the_earlier_class():
    late, soon = learner(1, due_on=date(2028, 8, 1)), learner(2, due_on=date(2024, 12, 25))
    one = Course(1, 1, SPRING.begins_on, SPRING.ends_on)

    assert propose([late, soon], [one], Limits()).chosen == {2: 1}
    assert propose([late, soon], [one, AUTUMN], Limits()).chosen == {2: 1, 1: 2}


def test_whoever_brings_two_units_goes_before_whoever_brings_one():
    one = Course(1, 1, SPRING.begins_on, SPRING.ends_on)

    assert propose([learner(1), learner(2, gain=2)], [one], Limits()).chosen == {2: 1}


def test_no_more_than_the_share_of_a_commune_is_away_on_one_day():
    same_days = Course(2, 9, date(2024, 3, 5), date(2024, 3, 20))
    people = [learner(key, commune=7) for key in range(3)]

    found = propose(people, [SPRING, same_days], Limits(away={7: 1}))

    assert len(found.chosen) == 1
    assert set(found.blocks.values()) == {Block.AWAY}


def test_those_who_are_away_already_take_from_the_share():
    held = Course(1, 9, SPRING.begins_on, SPRING.ends_on, away={7: 2})

    found = propose([learner(1, commune=7)], [held], Limits(away={7: 2}))

    assert (found.chosen, found.blocks) == ({}, {1: Block.AWAY})


def test_the_money_is_not_overspent():
    found = propose([learner(1), learner(2)], [AUTUMN], Limits(budget=3_000_000))

    assert (len(found.chosen), found.cost) == (1, 2_000_000)
    assert list(found.blocks.values()) == [Block.MONEY]


def test_whoever_brings_nothing_is_not_sent_unless_kept_in():
    nobody = [learner(1, gain=0)]

    assert propose(nobody, [SPRING], Limits()).blocks == {1: Block.NO_GAIN}
    assert propose(nobody, [SPRING], Limits(), keep={1}).chosen == {1: 1}


def test_the_planner_keeps_in_and_leaves_out():
    one = Course(1, 1, SPRING.begins_on, SPRING.ends_on)
    people = [learner(1, gain=2), learner(2)]

    assert propose(people, [one], Limits(), keep={2}).chosen == {2: 1}
    left = propose(people, [one], Limits(), leave_out={1})
    assert (left.chosen, left.blocks) == ({2: 1}, {1: Block.LEFT_OUT})


def test_people_who_cannot_all_be_kept_are_told_as_impossible():
    people = [learner(key) for key in range(3)]

    found = propose(people, [SPRING], Limits(), keep={0, 1, 2})

    assert (found.is_possible, found.chosen, found.gain) == (False, {}, 0)
    full = Course(1, 0, SPRING.begins_on, SPRING.ends_on)
    assert not propose(people, [full], Limits(), keep={1}).is_possible


def test_whoever_no_class_takes_is_told_so():
    found = propose([learner(1, courses=frozenset()), learner(2)], [], Limits())

    assert found.blocks == {1: Block.NO_COURSE, 2: Block.NO_COURSE}


def test_a_solver_out_of_time_says_that_it_is_not_the_best(monkeypatch):
    monkeypatch.setattr(proposal, "_SECONDS", 0.0)

    found = propose([learner(key) for key in range(9)], [SPRING, AUTUMN], Limits())

    assert not found.is_best
    assert set(found.blocks.values()) <= {Block.STOPPED, Block.SEATS}


def is_allowed(choice, people, courses, limits):
    """Whether a class (or None) for each person keeps every limit: said anew, by counting."""
    sent = [(who, at) for who, at in zip(people, choice, strict=True) if at]
    if any(at.key not in who.courses for who, at in sent):
        return False
    if any(sum(1 for _, at in sent if at is course) > course.seats for course in courses):
        return False
    if limits.budget is not None and sum(at.cost for _, at in sent) > limits.budget:
        return False
    days = {date(2024, 1, 1) + timedelta(days=number) for number in range(30)}
    for day, (commune, most) in product(days, limits.away.items()):
        away = sum(1 for who, at in sent if who.commune == commune and at.runs_on(day))
        running = [course for course in courses if course.runs_on(day)]
        before = max((course.away.get(commune, 0) for course in running), default=0)
        if away and away + before > most:
            return False
    return True


@st.composite
def tasks(draw):
    courses = []
    for key in (1, 2):
        begins = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 12)))
        ends = begins + timedelta(days=draw(st.integers(0, 8)))
        courses.append(Course(key, draw(st.integers(0, 3)), begins, ends, draw(st.integers(0, 3))))
    keys = st.frozensets(st.sampled_from([1, 2]))
    people = [
        Learner(number, draw(st.integers(0, 1)), draw(st.integers(0, 2)), None, draw(keys))
        for number in range(draw(st.integers(0, 5)))
    ]
    budget = draw(st.none() | st.integers(0, 8))
    return people, courses, Limits(budget, {0: draw(st.integers(0, 3))})


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_no_other_choice_brings_more(task):
    people, courses, limits = task

    found = propose(people, courses, limits)

    by_key = {course.key: course for course in courses}
    mine = [by_key.get(found.chosen.get(who.key)) for who in people]
    assert is_allowed(mine, people, courses, limits)
    best = max(
        sum(who.gain for who, at in zip(people, choice, strict=True) if at)
        for choice in product([None, *courses], repeat=len(people))
        if is_allowed(choice, people, courses, limits)
    )
    assert found.gain == best
    assert set(found.chosen) | set(found.blocks) == {who.key for who in people}
    assert Block.STOPPED not in found.blocks.values()


@pytest.mark.parametrize("people", [0, 1])
def test_without_classes_nothing_is_spent(people):
    found = propose([learner(key) for key in range(people)], [], Limits(budget=0))

    assert (found.gain, found.cost, found.is_best) == (0, 0, True)
