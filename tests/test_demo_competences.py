"""What the demo holds of training's catalogue: programmes of its classes, a few assessments."""

import pytest

from training.models import Assessment, TrainingClass

pytestmark = pytest.mark.django_db


def test_every_class_has_the_programme_of_its_subject():
    classes = TrainingClass.objects.select_related("programme")

    for each in classes:
        assert each.name.startswith(f"{each.programme.name}, khóa")
        assert (each.hours, each.content_group) == (
            each.programme.hours, each.programme.content_group
        )  # fmt: skip


def test_one_commune_has_confirmed_assessments_and_one_has_only_some_that_wait():
    found = set(Assessment.objects.values_list("entered_by__username", "state"))

    assert found == {
        ("xa.hungson", "confirmed"), ("xa.hungson", "entered"), ("xa.quanchu", "entered"),
    }  # fmt: skip
    by = Assessment.objects.filter(state="confirmed").values_list("confirmed_by__username")
    assert set(by) == {("chutich.hungson",)}
