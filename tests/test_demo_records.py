"""The rest of each record of the demo: sound by the rules of the record, and obviously invented."""

from collections import Counter
from datetime import date

import pytest

from cadres.conditions import broken
from cadres.demo.population import Population
from cadres.demo.records import fill_records
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Cadre,
    Discipline,
    FamilyMember,
    Profile,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.soundness import SAME_ROW

pytestmark = pytest.mark.django_db

JUNE = date(2023, 6, 8)
MODELS = (Profile, FamilyMember, WorkPeriod, Affiliation, SalaryStep, Allowance, Award, Discipline,
          Status)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_each_row_is_one_that_a_form_would_take(model):
    rows = list(model.objects.select_related("cadre"))

    assert rows
    for row in rows:
        row.clean_fields(exclude=["cadre", "term"])
        assert [*broken(row)] == [], row
    if model in SAME_ROW:
        same = Counter((r.cadre_id, *(str(getattr(r, n)) for n in SAME_ROW[model])) for r in rows)
        assert [key for key, number in same.items() if number > 1] == []


@pytest.mark.parametrize("model", [SalaryStep, Allowance])
def test_pay_follows_without_a_day_twice(model):
    ends = {}
    for row in model.objects.order_by("cadre", "valid_from"):
        key = row.cadre_id, getattr(row, "kind", "")
        assert key not in ends or (ends[key] and ends[key] <= row.valid_from), row
        ends[key] = row.valid_to


def test_cadres_and_civil_servants_of_the_day_have_a_step_of_pay():
    paid = Cadre.objects.filter(
        holdings__valid_from__lte=JUNE, holdings__valid_to__gt=JUNE,
        holdings__post__category__in=["cadre", "civil_servant"],
    ).distinct()  # fmt: skip

    assert paid.count() == 544
    assert paid.filter(salary_steps__in=SalaryStep.objects.on(JUNE)).distinct().count() == 544
    by_degree = SalaryStep.objects.on(JUNE).filter(grade_code="01.003")
    assert by_degree.filter(coefficient__lt="2.34").count() == 0


def test_numbers_are_nobodys_and_nothing_is_recorded_after_the_day():
    for profile in Profile.objects.exclude(insurance_number=""):
        assert profile.insurance_number.startswith("0000")
    assert not SalaryStep.objects.filter(valid_from__gt=JUNE).exists()
    assert not Award.objects.filter(decided_on__gt=JUNE).exists()
    assert not Status.objects.filter(valid_from__gt=JUNE).exists()
    assert not Discipline.objects.filter(decided_on__gt=JUNE).exists()


def test_there_is_something_of_each_kind_to_look_at():
    assert Discipline.objects.count() >= 6
    assert set(Discipline.objects.values_list("system", flat=True)) >= {"state", "party"}
    assert {2, 3, 4, 5} <= set(
        Counter(FamilyMember.objects.values_list("cadre", flat=True)).values()
    )
    deputies = Affiliation.objects.filter(body="council_commune")
    assert deputies.count() >= 29 * 3
    assert Affiliation.objects.filter(body="council_district").exists()
    assert Status.objects.filter(kind="rotated", from_district=True).exists()
    assert (
        not Status.objects.on(JUNE)
        .filter(kind__in=Status.LEFT, cadre__in=Cadre.objects.serving(JUNE))
        .exists()
    )


def test_the_same_people_get_the_same_records_and_no_figure_moves():
    one, other = Population().invent(), Population().invent()
    fill_records(one)

    assert all(not life.others for life in other)
    told = [[(h.post_id, h.valid_from) for h in life.holdings] for life in one]
    assert told == [[(h.post_id, h.valid_from) for h in life.holdings] for life in other]
    fill_records(other)
    for left, right in zip(one, other, strict=True):
        assert [r.__dict__.keys() for r in left.others] == [r.__dict__.keys() for r in right.others]
        assert [str(r) for r in left.others] == [str(r) for r in right.others]
