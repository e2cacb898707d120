"""From registered needs to the lines of a plan in two clicks."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune
from training.models import CostNorm, Credit, Need, PlanLine, TrainingPlan
from training.plan_needs import plan_of_needs
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_need,
    make_plan,
    make_plan_line,
    make_programme,
)

pytestmark = pytest.mark.django_db
ADDRESS = reverse("training:plan_from_needs")


@pytest.fixture
def district(client):
    client.force_login(make_user(Role.DISTRICT_HR), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def commune():
    return make_commune("Xã Nhà")


def registered(programme, commune, number=1, **more):
    fields = {"state": Need.State.CONFIRMED, "year": 2024, "commune": commune, **more}
    return [make_need(make_cadre(), programme, **fields) for _ in range(number)]


def post(client, needs=(), **more):
    return client.post(ADDRESS, {"need": [need.pk for need in needs], **more}, follow=True)


def written(client, needs):
    """The second click of the page that the first one shows."""
    keys = post(client, needs).context["keys"]
    return client.post(ADDRESS, {"need": keys, "ghi": "1"}, follow=True)


@pytest.mark.parametrize(
    ("credit", "is_left"),
    [
        ({}, True),
        ({"rank": 1}, False),
        ({"strand": "state_mgmt"}, False),
        ({"state": "dropped"}, False),
    ],
)
def test_a_need_that_another_class_met_stays_out_of_the_plan(district, commune, credit, is_left):
    [need] = registered(make_programme(), commune)
    passed = make_enrolment(make_class(), need.cadre, result="passed")
    Credit.objects.create(**{
        "cadre": need.cadre, "enrolment": passed, "strand": "political", "rank": 2,
        "awarded_on": date(2023, 3, 10), **credit,
    })  # fmt: skip

    left = plan_of_needs(Need.objects.all()).left
    page = district.get("/dao-tao/nhu-cau/da-neu/").content.decode()

    assert [why for _, why in left] == (["đã đạt qua lớp khác, theo chứng chỉ"] if is_left else [])
    assert ("đã đạt theo chứng chỉ" in page) == is_left


def test_two_clicks_make_a_line_a_programme_and_tie_the_needs(district, commune):
    one, other = make_programme(hours=40, days=5), make_programme("Khác")
    needs = [*registered(one, commune, 3), *registered(other, commune)]

    shown = post(district, needs)
    assert not PlanLine.objects.exists()
    assert "4 nhu cầu đã xác nhận vào 2 dòng" in shown.content.decode()
    written(district, needs)

    lines = {line.programme: line for line in PlanLine.objects.all()}
    assert {key: line.participations for key, line in lines.items()} == {one: 3, other: 1}
    assert (lines[one].classes, lines[one].hours, lines[one].days) == (1, 40, 5)
    assert lines[one].commune is None
    assert lines[one].plan == TrainingPlan.objects.get(year=2024)
    assert {need.plan_line for need in Need.objects.filter(programme=one)} == {lines[one]}


def test_sent_again_nothing_is_written_twice(district, commune):
    needs = registered(make_programme(), commune, 2)
    keys = post(district, needs).context["keys"]

    for _ in range(2):
        page = district.post(ADDRESS, {"need": keys, "ghi": "1"}, follow=True)

    assert [line.participations for line in PlanLine.objects.all()] == [2]
    assert "Không ghi thêm gì" in page.content.decode()


def test_a_line_that_stands_takes_more_and_as_many_classes_as_it_needs(district, commune):
    programme = make_programme()
    line = make_plan_line(make_plan(2024), programme, participations=59, classes=1)
    make_plan_line(line.plan, programme, participations=12, commune=make_commune("Xã Bạn"))
    needs = registered(programme, commune, 2)

    page = post(district, needs).content.decode()
    written(district, needs)

    line.refresh_from_db()
    assert "dòng đã có" in page
    assert "các xã còn đăng ký 12 lượt" in page  # the same people may stand there, too
    assert (line.participations, line.classes) == (61, 2)


def test_the_cost_comes_from_the_norms_of_the_year(district, commune):
    programme = make_programme()
    norm = {"what": "Bồi dưỡng", "unit": "participation", "confidence": "assumed"}
    CostNorm.objects.create(
        **norm, programme=programme, amount=1_500_000, valid_from=date(2023, 1, 1)
    )
    CostNorm.objects.create(
        **norm, programme=programme, amount=9, valid_from=date(2020, 1, 1),
        valid_to=date(2023, 1, 1),
    )  # fmt: skip
    CostNorm.objects.create(
        **norm, content_group="political", amount=7, valid_from=date(2020, 1, 1)
    )
    needs = registered(programme, commune, 2)

    assert "3.000.000, ghi vào ĐP" in post(district, needs).content.decode()
    written(district, needs)

    assert PlanLine.objects.get().cost_local == 3_000_000


def test_without_a_norm_the_cost_is_unknown_and_said_so(district, commune):
    page = post(district, registered(make_programme(), commune)).content.decode()

    assert "chưa có định mức" in page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"state": "stated"}, "chờ người đứng đầu xác nhận"),
        ({"state": "withdrawn"}, "đã rút"),
        ({"answer": "exempt", "reason": "Sắp nghỉ"}, "không phải cử đi học: miễn"),
        ({"year": 2023}, "kế hoạch năm 2023 đã phê duyệt"),
    ],
)
def test_what_cannot_go_in_is_told_and_left(district, commune, fields, why):
    make_plan(2023, state="approved", decision=make_decision())
    programme = make_programme()
    kept, left = registered(programme, commune), registered(programme, commune, **fields)

    page = post(district, [*kept, *left]).content.decode()
    written(district, [*kept, *left])

    assert why in page
    assert list(Need.objects.exclude(plan_line=None)) == kept


def test_a_need_that_is_in_a_plan_already_is_told(district, commune):
    line = make_plan_line(make_plan(2024))
    need = registered(line.programme, commune, plan_line=line)[0]

    page = post(district, [need]).content.decode()

    assert "đã ở kế hoạch đào tạo, bồi dưỡng năm 2024" in page
    assert "Ghi vào kế hoạch" not in page


@pytest.mark.parametrize("told_by", ["key", "code"])
def test_people_of_a_list_come_by_their_needs_of_the_programme(district, commune, told_by):
    programme = make_programme()
    needs, other = registered(programme, commune, 2), registered(make_programme("K"), commune)
    nobody = make_cadre("Người Chưa Nêu")
    people = [need.cadre_id for need in [*needs, *other]] + [nobody.pk]

    told = programme.pk if told_by == "key" else programme.code
    page = post(district, nguoi=people, ct=told)

    assert page.context["proposed"].participations == 2
    assert "Người Chưa Nêu" in page.content.decode()
    assert page.context["keys"].split() == [str(need.pk) for need in needs] or set(
        page.context["keys"].split()
    ) == {str(need.pk) for need in needs}


@pytest.mark.parametrize(
    "told",
    [{}, {"need": "abc"}, {"need": "9" * 40}, {"need": "\x00"}, {"nguoi": "1", "ct": "\x00"},
     {"nguoi": "x", "ct": "9" * 40}, {"ghi": "1"}, {"need": "999999999", "ghi": "1"}],
)  # fmt: skip
def test_wrong_keys_write_nothing_and_are_answered_in_words(district, told):
    page = district.post(ADDRESS, told, follow=True)

    assert page.status_code == 200
    assert not PlanLine.objects.exists()
    assert not TrainingPlan.objects.exists()


def test_a_sum_that_no_line_can_hold_is_refused_in_words(district, commune):
    programme = make_programme()
    make_plan_line(make_plan(2024), programme, participations=1_000_000)
    needs = registered(programme, commune)

    page = written(district, needs).content.decode()

    assert "lớn hơn mức có thể" in page
    assert not Need.objects.exclude(plan_line=None).exists()


def test_many_needs_are_looked_up_in_as_many_queries_as_few(commune, django_assert_max_num_queries):
    def ask():
        with django_assert_max_num_queries(5) as found:
            plan_of_needs(Need.objects.all())
        return len(found)

    make_plan_line(make_plan(2024), make_programme("Có dòng"))
    registered(make_programme(), commune, 2)
    few = ask()
    for number in range(10):
        registered(make_programme(f"Chương trình {number}"), commune, 3)

    assert ask() == few
