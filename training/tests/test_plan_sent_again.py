"""The form of a plan's line sent twice, or again with other values by the Back button."""

import pytest
from django.urls import reverse

from accounts.models import Role
from cadres.tests.pages import signed_in
from daitu_portal.marks import mark_of_sending
from training.models import PlanLine
from training.tests.factories import make_plan, make_programme

pytestmark = pytest.mark.django_db
TYPED = {"classes": "2", "participations": "100", "token": "a" * 32}


@pytest.fixture
def sent(client):
    signed_in(client, Role.DISTRICT_HR)
    make_plan(2024)

    def send(programme, **more):
        address = reverse("training:plan_line_add", args=[2024])
        page = client.post(address, {**TYPED, "programme": programme.pk, **more}, follow=True)
        return page.content.decode()

    return send


def test_the_same_values_are_stored_once_and_it_is_said(sent):
    programme = make_programme("Tin học", hours=40)

    first, second = sent(programme), sent(programme)

    assert PlanLine.objects.count() == 1
    assert "Đã ghi dòng" in first
    assert "đã được ghi từ lần bấm trước" in second
    assert "Đã ghi dòng" not in second


def test_another_programme_by_the_same_form_is_a_second_line_stored_once(sent):
    one, two = make_programme("Tin học"), make_programme("Ngoại ngữ")

    sent(one)
    further = sent(two)
    sent(two)

    assert set(PlanLine.objects.values_list("programme", flat=True)) == {one.pk, two.pk}
    assert PlanLine.objects.count() == 2
    assert "Đây là dòng mới" in further


def test_another_number_by_the_same_form_is_not_dropped_either(sent):
    programme = make_programme()

    sent(programme)
    sent(programme, participations="120")

    numbers = PlanLine.objects.order_by("pk").values_list("participations", flat=True)
    assert list(numbers) == [100, 120]


def test_a_mark_of_a_sending_fits_the_column_and_tells_values_apart():
    assert len(mark_of_sending("x" * 40, ["a"])) <= 40
    assert mark_of_sending("x" * 40, ["a"]) != mark_of_sending("x" * 40, ["b"])
    assert mark_of_sending("", ["a"]) == ""
