"""From numbers of people to classes and money."""

import pytest

from training.models import CostNorm
from training.rules.planning import Norm, classes_for, cost_of

SIZE = {"classes": 2, "participations": 90, "days": 5, "hours": 40}


@pytest.mark.parametrize(
    ("participations", "classes"), [(0, 0), (1, 1), (60, 1), (61, 2), (120, 2), (121, 3)]
)
def test_a_class_takes_sixty(participations, classes):
    assert classes_for(participations) == classes


def test_another_capacity_may_be_told_but_not_none():
    assert classes_for(100, 25) == 4
    with pytest.raises(ValueError, match="at least one seat"):
        classes_for(10, 0)


@pytest.mark.parametrize(
    ("unit", "cost"),
    [
        ("participation", 90 * 1_000),
        ("class", 2 * 1_000),
        ("day", 2 * 5 * 1_000),
        ("hour", 2 * 40 * 1_000),
    ],
)
def test_a_norm_is_taken_by_its_unit(unit, cost):
    assert cost_of([Norm(unit, 1_000)], **SIZE) == cost


def test_every_unit_of_the_catalogue_can_be_counted():
    assert all(cost_of([Norm(unit, 1)], **SIZE) for unit in CostNorm.Unit.values)


def test_norms_of_one_programme_are_added_up():
    norms = [Norm("class", 3_000_000), Norm("participation", 50_000)]

    assert cost_of(norms, **SIZE) == 6_000_000 + 4_500_000


def test_a_programmes_own_norms_go_before_those_of_its_group():
    norms = [Norm("class", 9_000_000, is_of_programme=False), Norm("class", 3_000_000)]

    assert cost_of(norms, **SIZE) == 6_000_000
    assert cost_of(norms[:1], **SIZE) == 18_000_000


@pytest.mark.parametrize("unknown", [{"days": None}, {"hours": None}])
def test_what_cannot_be_told_is_unknown_and_not_nothing(unknown):
    unit = next(iter(unknown)).removesuffix("s")

    assert cost_of([Norm("class", 1_000), Norm(unit, 1_000)], **{**SIZE, **unknown}) is None
    assert cost_of([], **SIZE) is None
