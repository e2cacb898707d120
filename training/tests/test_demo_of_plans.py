"""The demo's sources of cadres and plans."""

from datetime import date

import pytest

from cadres.tests.factories import make_commune
from training.demo import candidates, plans
from training.models import Candidate, Enrolment, PlanLine, TrainingClass, TrainingPlan
from training.rules.candidate_states import fault_of_step
from training.tests.factories import make_class, make_enrolment, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes():
    return [make_commune(f"Xã {number}") for number in range(9)]


def test_eight_communes_introduced_three_each_and_every_step_is_one_that_may_be(communes):
    candidates.seed()

    rows = Candidate.objects.prefetch_related("steps")
    assert len(rows) == 24
    assert len({row.commune_id for row in rows}) == 8
    for row in rows:
        steps = list(row.steps.all())
        assert (row.state, row.state_on) == (steps[-1].state, steps[-1].on)
        for one, next_one in zip(steps, steps[1:], strict=False):
            assert not fault_of_step(
                one.state, one.on, to=next_one.state, on=next_one.on, today=date(2023, 6, 8)
            )


def test_the_same_seed_introduces_the_same_people(communes):
    def names():
        candidates.seed()
        found = list(Candidate.objects.order_by("pk").values_list("full_name", "introduced_on"))
        for row in Candidate.objects.all():
            row.steps.all().delete()
            row.delete()
        return found

    assert names() == names()


def test_classes_of_2023_hang_on_lines_of_the_approved_plan_and_nothing_else_moves(communes):
    named = make_programme("Kế toán ngân sách xã")
    make_programme("Quản lý nhà nước ngạch chuyên viên")
    held = make_class("Kế toán ngân sách xã, khóa 4")
    other = make_class("Lớp riêng, khóa 1", programme=named)
    unknown = make_class("Môn không có trong danh mục, khóa 1")
    older = make_class("Kế toán ngân sách xã, khóa 1", begins_on=date(2022, 3, 1),
                       ends_on=date(2022, 3, 2))  # fmt: skip
    make_enrolment(held)

    plans.seed()

    line = PlanLine.objects.get(plan__year=2023)
    tied = TrainingClass.objects.filter(plan_line=line)
    assert set(tied) == {held, other}
    assert line.classes >= 2
    assert not TrainingClass.objects.filter(pk__in=[unknown.pk, older.pk]).exclude(plan_line=None)
    assert Enrolment.objects.count() == 1
    states = dict(TrainingPlan.objects.values_list("year", "state"))
    assert states == {2023: "approved", 2024: "registering"}
    assert PlanLine.objects.filter(plan__year=2024).waiting().count() == 5


def test_without_a_catalogue_the_plans_are_there_and_empty():
    plans.seed()

    assert TrainingPlan.objects.count() == 2
    assert not PlanLine.objects.exists()
