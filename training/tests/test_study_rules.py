"""What the steps of a study say, worked by hand."""

from datetime import date

import pytest

from training.rules import study as rules
from training.rules.study import Agreed, Stage, Step, Told

BEGINS, DUE = date(2021, 9, 1), date(2025, 6, 30)
AGREED = Agreed(BEGINS, DUE, support=10_000_000, committed_until=date(2030, 6, 30))


def told(*steps):
    """Steps as (kind, day, more), numbered from 1."""
    return [
        Told(number, kind, on, **(more[0] if more else {}))
        for number, (kind, on, *more) in enumerate(steps, start=1)
    ]


EXTENDED = (Step.EXTENSION, date(2025, 5, 1), {"due_before": date(2025, 6, 30)})
GRADUATED = (Step.GRADUATED, date(2025, 12, 15))


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2021, 8, 31), Stage.UPCOMING),
        (date(2021, 9, 1), Stage.STUDYING),
        (date(2025, 4, 30), Stage.STUDYING),
        (date(2025, 5, 1), Stage.EXTENDED),
        (date(2025, 12, 14), Stage.EXTENDED),
        (date(2025, 12, 15), Stage.GRADUATED),
    ],
)
def test_the_stage_of_a_day_is_read_back_from_the_steps(day, stage):
    assert rules.stage_on(day, BEGINS, told(EXTENDED, GRADUATED)) == stage


def test_whoever_stopped_before_the_first_day_has_stopped():
    steps = told((Step.STOPPED, date(2021, 8, 1)))

    assert rules.stage_on(date(2021, 8, 2), BEGINS, steps) == Stage.STOPPED


def test_what_a_correction_takes_back_never_happened():
    steps = told(GRADUATED, (Step.CORRECTION, date(2026, 1, 5), {"corrects": 1}))

    assert rules.end_of(steps) is None
    assert rules.stage_on(date(2025, 12, 31), BEGINS, steps) == Stage.STUDYING


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2025, 4, 30), date(2025, 6, 30)), (date(2025, 5, 1), date(2025, 12, 31))],
)
def test_the_day_it_is_due_is_that_of_before_the_extension_until_then(day, due):
    assert rules.due_on_day(day, date(2025, 12, 31), told(EXTENDED)) == due


def test_sums_leave_out_what_was_taken_back():
    steps = told(
        (Step.SUPPORT, date(2022, 1, 1), {"amount": 3_000_000}),
        (Step.SUPPORT, date(2022, 2, 1), {"amount": 9_000_000}),
        (Step.CORRECTION, date(2022, 2, 2), {"corrects": 2}),
        (Step.STOPPED, date(2022, 3, 1)),
        (Step.BROKEN, date(2022, 3, 1), {"amount": 3_000_000}),
        (Step.REPAYMENT, date(2022, 4, 1), {"amount": 1_000_000}),
    )

    money = rules.money_of(10_000_000, steps)

    assert (money.agreed, money.paid, money.owed, money.repaid) == (
        10_000_000, 3_000_000, 3_000_000, 1_000_000,
    )  # fmt: skip
    assert money.left_to_repay == 2_000_000


@pytest.mark.parametrize(
    ("left_on", "amount"),
    [
        (date(2025, 6, 30), 12_000_000),  # at once: all
        (date(2027, 12, 29), 6_200_000),  # 29 whole months of 60 served: 12 000 000 × 31/60
        (date(2028, 1, 1), 6_000_000),  # 30 of 60
        (date(2030, 6, 30), 0),
        (date(2031, 1, 1), 0),
        (date(2025, 1, 1), 12_000_000),
    ],
)
def test_compensation_is_the_cost_by_the_months_not_served(left_on, amount):
    found = rules.compensation(12_000_000, date(2025, 6, 30), date(2030, 6, 30), left_on)

    assert found == amount


def test_a_commitment_of_no_month_is_one_of_one():
    day = date(2025, 6, 30)

    assert rules.compensation(12, day, day, day) == 12


@pytest.mark.parametrize(
    ("strand", "rank", "due", "is_short"),
    [
        ("professional", 4, date(2022, 8, 31), True),
        ("professional", 4, date(2022, 9, 1), False),
        ("professional", 2, date(2022, 8, 31), True),
        ("professional", 1, date(2022, 3, 1), False),
        ("political", 2, date(2022, 3, 1), False),
    ],
)
def test_a_degree_in_less_than_a_year_is_unusual(strand, rank, due, is_short):
    assert rules.short_for_a_degree(strand, rank, BEGINS, due) is is_short


@pytest.mark.parametrize(
    ("steps", "has", "has_not"),
    [
        ([], {Step.PROGRESS, Step.GRADUATED}, {Step.BROKEN, Step.REPAYMENT, Step.CORRECTION}),
        ([GRADUATED], {Step.SUPPORT, Step.BROKEN, Step.CORRECTION},
         {Step.PROGRESS, Step.EXTENSION, Step.GRADUATED, Step.REPAYMENT}),
        ([GRADUATED, (Step.BROKEN, date(2026, 1, 1), {"amount": 5})],
         {Step.REPAYMENT, Step.CORRECTION}, {Step.BROKEN}),
    ],
)  # fmt: skip
def test_what_can_be_recorded_next(steps, has, has_not):
    found = set(rules.next_steps(AGREED, told(*steps)))

    assert has <= found
    assert not has_not & found


@pytest.mark.parametrize(("end", "is_offered"), [(Step.GRADUATED, False), (Step.STOPPED, True)])
def test_without_a_commitment_only_who_did_not_finish_can_break_it(end, is_offered):
    agreed = Agreed(BEGINS, DUE)

    found = rules.next_steps(agreed, told((end, date(2023, 1, 1))))

    assert (Step.BROKEN in found) is is_offered


def test_a_step_that_another_rests_on_is_not_taken_back_first():
    steps = told(
        (Step.PROGRESS, date(2022, 6, 1)),
        (Step.EXTENSION, date(2023, 1, 1)),
        (Step.EXTENSION, date(2024, 1, 1)),
    )
    ended = [*steps, *(Told(k, e, d) for k, e, d in (
        (4, Step.STOPPED, date(2024, 2, 1)), (5, Step.BROKEN, date(2024, 3, 1)),
        (6, Step.REPAYMENT, date(2024, 4, 1)),
    ))]  # fmt: skip

    assert [each.key for each in rules.correctable(steps)] == [3, 1]
    assert [each.key for each in rules.correctable(ended[:4])] == [4, 1]
    assert [each.key for each in rules.correctable(ended[:5])] == [5, 1]
    assert [each.key for each in rules.correctable(ended)] == [6, 1]


@pytest.mark.parametrize(
    ("kind", "on", "words"),
    [
        (Step.SUPPORT, date(2021, 8, 31), "trước khi học"),
        (Step.SUPPORT, date(2021, 9, 1), ""),
        (Step.GRADUATED, date(2025, 4, 30), "theo thứ tự"),
        (Step.GRADUATED, date(2025, 5, 1), ""),
        (Step.EXTENSION, date(2025, 4, 30), "theo thứ tự"),
    ],
)
def test_days_are_in_order(kind, on, words):
    problem = rules.day_problem(kind, on, AGREED, told(EXTENDED))

    assert words in problem
    assert bool(problem) is bool(words)


@pytest.mark.parametrize(
    ("end", "on", "words"),
    [
        (Step.GRADUATED, date(2025, 12, 14), "theo thứ tự"),
        (Step.GRADUATED, date(2030, 6, 30), ""),
        (Step.GRADUATED, date(2030, 7, 1), "không vi phạm"),
        (Step.STOPPED, date(2030, 7, 1), ""),
    ],
)
def test_a_commitment_is_broken_only_while_it_lasts(end, on, words):
    steps = told((end, date(2025, 12, 15)))

    problem = rules.day_problem(Step.BROKEN, on, AGREED, steps)

    assert words in problem
    assert bool(problem) is bool(words)


PAID = (Step.SUPPORT, date(2022, 1, 1), {"amount": 8_000_000})
STOPPED = (Step.STOPPED, date(2023, 1, 1))
OWED = (Step.BROKEN, date(2023, 2, 1), {"amount": 8_000_000})


@pytest.mark.parametrize(
    ("kind", "amount", "reason", "steps", "words"),
    [
        (Step.PROGRESS, None, "", [], ""),
        (Step.SUPPORT, None, "", [], "lớn hơn 0"),
        (Step.SUPPORT, 0, "vì sao", [], "lớn hơn 0"),
        (Step.SUPPORT, 2_000_000, "", [PAID], ""),
        (Step.SUPPORT, 2_000_001, "", [PAID], "vượt mức đã thỏa thuận 10.000.000 đồng"),
        (Step.SUPPORT, 2_000_001, "học phí tăng", [PAID], ""),
        (Step.BROKEN, 8_000_000, "", [PAID, STOPPED], ""),
        (Step.BROKEN, 8_000_001, "", [PAID, STOPPED], "Nhiều hơn số đã hỗ trợ 8.000.000 đồng"),
        (Step.REPAYMENT, 8_000_000, "", [PAID, STOPPED, OWED], ""),
        (Step.REPAYMENT, 8_000_001, "vì sao", [PAID, STOPPED, OWED], "không thu quá"),
    ],
)
def test_sums_stay_within_what_was_agreed_and_is_owed(kind, amount, reason, steps, words):
    problem = rules.amount_problem(kind, amount, reason, AGREED, told(*steps))

    assert words in problem
    assert bool(problem) is bool(words)
