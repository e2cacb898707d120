"""What waits in the loop, told on the front page to whom it waits for."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import signed_in
from intake.todo import todo_of
from training.models import Assessment, Competence, Credit
from training.pipeline import waiting
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_need,
    make_plan_line,
    make_study,
)

pytestmark = pytest.mark.django_db


def numbers(user):
    return todo_of(user, timezone.localdate(), waiting(user)).numbers


def test_the_district_is_told_of_needs_lines_classes_certificates_and_studies():
    make_need(state="confirmed")
    make_need()
    taken = make_need(state="confirmed")
    make_enrolment(need=taken, cadre=taken.cadre)
    make_plan_line(commune=make_commune())
    make_class(state="draft")
    make_class(state="results")
    passed = make_enrolment(make_class(state="closed"), result="passed")
    Credit.objects.create(
        cadre=passed.cadre, enrolment=passed, content="law", awarded_on=date(2023, 3, 10)
    )
    make_study()
    make_study(state="graduated", ended_on=date(2025, 6, 1))

    found = numbers(make_user(Role.DISTRICT_HR))

    assert (found["training_needs"], found["training_lines"]) == (1, 1)
    assert (found["training_drafts"], found["training_results"]) == (1, 1)
    assert (found["training_open"], found["training_running"]) == (1, 0)
    assert (found["training_credits"], found["training_studies"]) == (1, 1)


def test_the_list_behind_the_needs_is_of_those_that_are_counted(client):
    user = signed_in(client, Role.DISTRICT_HR)
    make_need(make_cadre("Chưa Vào"), state="confirmed")
    make_need(make_cadre("Đã Vào"), state="confirmed", plan_line=make_plan_line())

    page = client.get("/dao-tao/nhu-cau/da-neu/?tt=unplanned").content.decode()

    assert numbers(user)["training_needs"] == 1
    assert "Chưa Vào" in page
    assert "Đã Vào" not in page


def test_a_commune_is_told_of_its_own_people_alone():
    commune = make_commune()
    cadre = make_cadre()
    make_holding(cadre, commune=commune)
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)
    make_need(cadre, commune=commune, stated_by=clerk)
    make_need()
    competence = Competence.objects.create(code="it", name="Tin học", group="it", levels=["A"])
    Assessment.objects.create(
        cadre=cadre, competence=competence, level=1, assessed_on=date(2023, 5, 1), entered_by=clerk
    )
    make_study(cadre)
    make_study()

    found = numbers(make_user(Role.COMMUNE_HEAD, commune=commune))

    assert found["training_stated"] == 1
    assert (found["training_assessed"], found["training_studies"]) == (1, 1)


def test_nobody_else_is_told():
    assert waiting(make_user(Role.LEADER)) == {}


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.COMMUNE_CLERK])
def test_the_front_page_leads_to_what_waits(client, role):
    commune = make_commune()
    client.force_login(
        make_user(role, commune=commune if role == Role.COMMUNE_CLERK else None),
        "accounts.backends.WithCommune",
    )

    text = client.get("/").content.decode()

    assert "Đào tạo, bồi dưỡng" in text
    assert "/dao-tao/nhu-cau/" in text
