"""Whose participations an account may see, what a class is called, and the demo's classes."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre
from training.models import Enrolment, HandsOnSession, OutsideLearner
from training.tests.test_pages import enrol, make_class

pytestmark = pytest.mark.django_db


def test_an_administrator_sees_no_participation_and_the_district_all():
    enrol(make_class(), make_cadre(), outsiders=1)

    assert not Enrolment.objects.visible_to(make_user(Role.ADMIN)).exists()
    assert Enrolment.objects.visible_to(make_user(Role.DISTRICT_HR)).count() == 2


def test_a_participation_is_called_by_who_and_which_class():
    found = make_class("Văn hóa công sở")
    enrol(found, make_cadre("Lê Thị Thử"), outsiders=1)

    assert [str(each) for each in Enrolment.objects.order_by("pk")] == [
        "Lê Thị Thử, Văn hóa công sở", "Ngoài 0, Văn hóa công sở"
    ]  # fmt: skip
    assert str(OutsideLearner.objects.get()) == "Ngoài 0"
    assert str(HandsOnSession(name="Buổi thử", held_on=date(2023, 6, 8))) == "Buổi thử"
