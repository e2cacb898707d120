"""The form of a plan's line sent twice, or again with other values by the Back button."""

from datetime import date

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


@pytest.mark.parametrize("job", ["phe-duyet", "", "dang-ky-lai", "\x00"])
def test_a_step_that_the_page_does_not_know_closes_no_registration(client, job):
    signed_in(client, Role.DISTRICT_HR)
    plan = make_plan(2024)

    address = reverse("training:plan_step", args=[2024])
    page = client.post(address, {"viec": job, "version": plan.version}, follow=True)

    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("registering", 1)
    assert "Chưa làm gì" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ({"period_from": "03/2024", "period_to": "05/2024"}, (date(2024, 3, 1), date(2024, 5, 31))),
        ({"period_from": "2/2024", "period_to": "2/2024"}, (date(2024, 2, 1), date(2024, 2, 29))),
        ({"period_from": "12/03/2024", "period_to": ""}, (date(2024, 3, 12), None)),
    ],
)
def test_a_month_as_period_is_meant_whole(sent, typed, period):
    sent(make_programme(), **typed)

    line = PlanLine.objects.get()
    assert (line.period_from, line.period_to) == period


@pytest.mark.parametrize("typed", ["13/2024", "0/2024", "03/0000", "2024", "03/1024"])
def test_what_is_no_month_is_refused_in_words(sent, typed):
    page = sent(make_programme(), period_to=typed)

    assert not PlanLine.objects.exists()
    assert "Thời điểm đến" in page
