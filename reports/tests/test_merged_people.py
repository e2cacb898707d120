"""Two records of one person count twice until they are merged, and once after."""

from datetime import date

import pytest

from accounts.tests.factories import make_user
from cadres.changes import Ground
from cadres.merging import merge, plan_merge
from cadres.models import Holding
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_rating,
)
from cadres.undoing import undo
from reports import catalogue
from reports.models import Scenario, ScenarioPerson
from reports.queries import matrix
from training.models import Study
from training.tests.factories import make_study

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


def figures():
    """All ratios of the day, over all communes and in each."""
    return repr(matrix(None, DAY).__dict__)


def test_merging_two_records_of_one_person_corrects_the_counts_and_splitting_gives_them_back():
    catalogue.load()
    hr, unit, post = make_user(), make_commune(), make_post()
    left, right = make_cadre("Nguyễn Lý"), make_cadre("Nguyễn Lí")
    make_holding(left, post, unit)
    make_membership(left, unit)
    make_rating(left, 2022)
    single = figures()
    make_holding(right, post, unit)
    make_membership(right, unit)
    make_rating(right, 2022)
    double = figures()
    assert double != single
    assert plan_merge(left, right).clashes == []

    ground = Ground(hr, None, "Một người")
    change = merge(left.pk, right.pk, choices={}, ground=ground, versions=(1, 1))

    assert Holding.objects.count() == 1
    assert figures() == single
    undo(change.pk, make_ground(hr, source="revoked"))
    assert figures() == double


def scenario_of(hr, *named):
    """A scenario that names people with their studies, by one item each group of `named`."""
    made = Scenario.objects.create(
        owner=hr, name="Thử", base_on=DAY, until_on=date(2025, 1, 1), token="t"
    )
    for group in named:
        item = made.items.create(kind="study")
        for study in group:
            ScenarioPerson.objects.create(item=item, cadre=study.cadre, study=study)
    return made


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_scenario_supposes_the_study_that_stays(side):
    hr, left, right = make_user(), make_cadre("Nguyễn Lý"), make_cadre("Nguyễn Lí")
    studies = [make_study(left, school="Trường A"), make_study(right, school="Trường B")]
    scenario_of(hr, studies, studies[:1], studies[1:])
    (clash,) = plan_merge(left, right).clashes
    before = list(ScenarioPerson.objects.values_list("pk", "item", "cadre", "study"))

    ground = Ground(hr, None, "Một người")
    change = merge(left.pk, right.pk, choices={clash.key: side}, ground=ground, versions=(1, 1))

    kept = Study.objects.get()
    assert kept.cadre == left
    assert {each.study for each in ScenarioPerson.objects.all()} == {kept}
    assert ScenarioPerson.objects.count() == 3
    undo(change.pk, make_ground(hr, source="revoked"))
    assert list(ScenarioPerson.objects.values_list("pk", "item", "cadre", "study")) == before
