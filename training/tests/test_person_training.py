"""A person's training on a day: classes, studies, hours, needs, competences."""

from datetime import date

import pytest

from accounts.models import Role
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from cadres.tests.pages import lines_of, signed_in
from training.models import (
    Assessment,
    Candidate,
    Competence,
    Credit,
    Enrolment,
    PostCompetence,
    TrainingSetting,
)
from training.tests.factories import (
    make_candidate,
    make_class,
    make_enrolment,
    make_learner,
    make_need,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db


def tab(client, cadre, part="lop", day="2023-06-08"):
    return client.get(f"/can-bo/{cadre.pk}/dao-tao/?ngay={day}&phan={part}")


@pytest.fixture
def leader(client):
    signed_in(client, Role.LEADER)
    return client


def test_a_linked_outside_learner_brings_its_classes_along(leader):
    cadre = make_cadre()
    make_enrolment(make_class("Lớp Thôn"), outside_learner=make_learner(cadre=cadre))

    page = tab(leader, cadre).content.decode()

    assert "Lớp Thôn" in page
    assert "dự khi là học viên ngoài" in page


def test_whose_participations_is_answered_without_reading_all_of_them():
    cadre, stranger = make_cadre(), make_cadre("Người Khác")
    own = make_enrolment(make_class(), cadre)
    once = make_enrolment(make_class("Lớp Hai"), outside_learner=make_learner(cadre=cadre))
    make_enrolment(make_class("Lớp Ba"), stranger)

    found = Enrolment.objects.of_people([cadre.pk])

    assert {each.pk for each in found} == {own.pk, once.pk}
    # joined, the two conditions stand in two tables, and no index serves their `or`
    assert 'JOIN "training_outsidelearner"' not in str(found.query)


def test_a_linked_outside_learner_counts_among_those_on_record_of_a_class():
    held = make_class()
    for fields in ({"cadre": make_cadre()}, {"outside_learner": make_learner(cadre=make_cadre())},
                   {"outside_learner": make_learner()}):  # fmt: skip
        make_enrolment(held, **fields)

    assert Enrolment.objects.count_by_class([held]) == {held.pk: (3, 2)}


@pytest.mark.parametrize(
    ("day", "result", "certificate"),
    [("2023-03-09", "Đang học", "—"), ("2023-03-12", "Hoàn thành", "—"),
     ("2023-03-15", "Hoàn thành", "C1")],
)  # fmt: skip
def test_a_result_and_its_certificate_are_told_from_their_days(leader, day, result, certificate):
    cadre = make_cadre()
    make_enrolment(
        make_class(), cadre, result="passed", result_on=date(2023, 3, 12), certificate_number="C1",
        certificate_on=date(2023, 3, 15),
    )  # fmt: skip

    (line,) = lines_of(tab(leader, cadre, day=day))

    assert (line["Kết quả"], line["Số chứng chỉ"]) == (result, certificate)


def test_the_credit_of_a_class_is_told_with_its_state(leader):
    enrolment = make_enrolment(result="passed")
    Credit.objects.create(
        cadre=enrolment.cadre, enrolment=enrolment, content="law", awarded_on=date(2023, 3, 10)
    )

    (line,) = lines_of(tab(leader, enrolment.cadre))

    assert line["Ghi nhận vào hồ sơ"] == "Kiến thức pháp luật: chờ xác nhận chứng chỉ"


@pytest.mark.parametrize(
    ("worth", "words"), [(39, "chưa đủ"), (40, ""), (80, ""), (81, "trên mức tối đa")]
)
def test_the_hours_of_the_year_stand_against_the_limits(leader, worth, words):
    for code, value in (("hours_min", 40), ("hours_max", 80)):
        TrainingSetting.objects.create(
            code=code, value=value, valid_from=date(2022, 1, 1), confidence="M-med"
        )
    cadre = make_cadre()
    make_enrolment(make_class(hours=worth), cadre, result="passed")
    long = make_programme(kind="training")
    make_enrolment(make_class(hours=1056, programme=long), cadre, result="passed")

    page = tab(leader, cadre).content.decode()

    assert f"{worth} tiết / tối thiểu 40, tối đa 80 tiết" in page
    assert "1.056 tiết" in page
    for each in ("chưa đủ", "trên mức tối đa"):
        assert (each in page) is (each == words)


def test_studies_stand_beside_the_classes(leader):
    study = make_study()

    (line,) = lines_of(tab(leader, study.cadre))

    assert (line["Trường"], line["Tình trạng"]) == ("Trường Đại học Thử", "Đang học")


def test_draft_classes_are_the_district_staffs_alone(leader, client):
    enrolment = make_enrolment(make_class("Lớp Dự Thảo", state="draft"))

    assert "Lớp Dự Thảo" not in tab(leader, enrolment.cadre).content.decode()
    signed_in(client, Role.DISTRICT_HR)
    assert "Lớp Dự Thảo" in tab(client, enrolment.cadre).content.decode()


def test_needs_and_where_somebody_came_from(leader):
    cadre = make_cadre()
    make_need(cadre, make_programme("Trung cấp LLCT"))
    make_need(cadre, make_programme("Đã Rút"), state="withdrawn")
    make_candidate(cadre=cadre, state=Candidate.State.RECRUITED)

    page = tab(leader, cadre, "nhu-cau").content.decode()

    assert "Trung cấp LLCT" in page
    assert "Đã Rút" not in page
    assert "Đảng viên trẻ, do Chi bộ" in page


def test_competences_stand_against_the_post(leader):
    cadre, post = make_cadre(), make_post()
    make_holding(cadre, post)
    competence = Competence.objects.create(
        code="soan-thao", name="Soạn thảo văn bản", group="general", levels=["Biết", "Khá", "Giỏi"]
    )
    PostCompetence.objects.create(
        post=post, competence=competence, level=3, valid_from=date(2021, 1, 1)
    )
    page = tab(leader, cadre, "nang-luc").content.decode()
    assert "chưa đánh giá" in page
    clerk = make_need(cadre).stated_by
    Assessment.objects.create(
        cadre=cadre, competence=competence, level=1, assessed_on=date(2023, 1, 1),
        state="confirmed", entered_by=clerk,
    )  # fmt: skip

    assert "thiếu 2 mức" in tab(leader, cadre, "nang-luc").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["lop", "nhu-cau", "nang-luc"])
@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_CLERK])
def test_each_part_costs_at_most_twelve_queries(client, role, part, django_assert_max_num_queries):
    commune = make_commune()
    cadre = make_holding(commune=commune).cadre
    for _ in range(10):
        make_enrolment(cadre=cadre, result="passed")
        make_need(cadre, commune=commune)
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    tab(client, cadre, part)  # the rules are loaded once, the session written once

    with django_assert_max_num_queries(12):
        assert tab(client, cadre, part).status_code == 200
