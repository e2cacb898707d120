"""People found by the number of a decision or another paper of their record."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Change, Holding
from cadres.paper_search import people_of_paper
from cadres.tests.factories import (
    make_allowance,
    make_award,
    make_basis,
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_post,
    make_qualification,
    make_rating,
    make_salary_step,
    make_short_training,
    make_status,
)
from cadres.tests.pages import names_of, signed_in, words_of

pytestmark = pytest.mark.django_db
NUMBER = "123/QĐ-UBND"


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("123/QĐ-UBND", {"123/QĐ-UBND"}),
        ("123/qd-ubnd", {"123/QĐ-UBND"}),
        (" 123/Qđ ", {"123/QĐ-UBND", "123/QĐ-HU"}),
        ("123/", {"123/QĐ-UBND", "123/QĐ-HU"}),
        ("123", {"123/QĐ-UBND", "123/QĐ-HU", "123-QĐ/HU", "123"}),
        ("123-QĐ/HU", {"123-QĐ/HU"}),
        ("12", set()),
        ("1234/QĐ", {"1234/QĐ-UBND"}),
        ("123a/qđ", {"123A/QĐ-UBND"}),
        ("vb 2011", {"VB 2011.0042"}),
        ("vb 2011.0042", {"VB 2011.0042"}),
        ("QĐ-UBND", set()),
        ("999/QĐ-UBND", set()),
        ("12%", set()),
        ("123_QĐ-UBND", set()),
        ("123\U0010ffff", set()),
        ("\ud7ff1", set()),
    ],
)
def test_a_number_is_found_by_its_beginning_in_any_case_with_or_without_accents(typed, finds):
    numbers = ("123/QĐ-UBND", "123/QĐ-HU", "123-QĐ/HU", "123", "1234/QĐ-UBND", "123A/QĐ-UBND",
               "VB 2011.0042", "")  # fmt: skip
    owner = {number: make_cadre() for number in numbers}
    for number, cadre in owner.items():
        make_qualification(cadre, evidence_number=number)

    found = people_of_paper(make_user(), typed)

    assert set(found) == {owner[number].pk for number in finds}


def test_every_table_that_names_a_paper_is_looked_in():
    makers = {
        "holding": lambda c: make_holding(c, decision_number=NUMBER),
        "qualification": lambda c: make_qualification(c, evidence_number=NUMBER),
        "training": lambda c: make_short_training(c, certificate_number=NUMBER),
        "rating": lambda c: make_rating(c, decision_number=NUMBER),
        "salary": lambda c: make_salary_step(c, decision_number=NUMBER),
        "allowance": lambda c: make_allowance(c, decision_number=NUMBER),
        "status": lambda c: make_status(c, decision_number=NUMBER),
        "award": lambda c: make_award(c, decision_number=NUMBER),
        "discipline": lambda c: make_discipline(c, decision_number=NUMBER),
        "basis": lambda c: Change.objects.create(
            cadre=c, kind="record", basis=make_basis(number=NUMBER)
        ),
    }
    people = {name: make_cadre(name) for name in makers}
    for name, make in makers.items():
        make(people[name])

    found = people_of_paper(make_user(), NUMBER)

    assert found == sorted(cadre.pk for cadre in people.values())


def test_a_leader_finds_nobody_by_what_tells_of_discipline():
    shown, *hidden = (make_cadre(f"Người {n}") for n in range(5))
    make_award(shown, decision_number=NUMBER)
    make_discipline(hidden[0], decision_number=NUMBER)
    make_salary_step(hidden[1], reason="lowered", decision_number=NUMBER)
    make_status(hidden[2], "suspended", decision_number=NUMBER)
    Change.objects.create(cadre=hidden[3], kind="record", basis=make_basis(number=NUMBER))

    assert people_of_paper(make_user(Role.LEADER), NUMBER) == [shown.pk]
    assert len(people_of_paper(make_user(), NUMBER)) == 5


def test_a_commune_finds_its_own_people_alone():
    commune = make_commune()
    own = make_holding(commune=commune, decision_number=NUMBER).cadre
    make_holding(decision_number=NUMBER)

    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)

    assert people_of_paper(clerk, NUMBER) == [own.pk]


def test_the_list_and_the_search_of_the_head_find_by_number(client):
    signed_in(client)
    make_holding(make_cadre("Trần Thị Đúng"), decision_number="45/QĐ-UBND")
    make_holding(make_cadre("Lê Văn Khác"), decision_number="451/QĐ-UBND")

    answer = client.post("/can-bo/tim/?ngay=2023-06-08", {"q": "45/qd-ubnd"})

    assert names_of(client.get(answer.url)) == ["Trần Thị Đúng"]
    assert "Tên, số quyết định: 45/qd-ubnd" in words_of(client.get(answer.url))


def test_a_diploma_whose_number_is_as_long_as_a_cccd_is_found_by_post(client):
    signed_in(client)
    person = make_qualification(make_cadre(), evidence_number="2011000412").cadre

    answer = client.post("/can-bo/tim/", {"q": "2011000412"})

    assert answer.url == f"/can-bo/{person.pk}/"


def test_text_without_a_digit_asks_nothing_and_a_number_asks_once():
    user = make_user()
    with CaptureQueriesContext(connection) as queries:
        people_of_paper(user, "nguyen van hai")
        assert len(queries) == 0
        people_of_paper(user, NUMBER)
    assert len(queries) == 1


def test_numbers_are_read_from_their_index_on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("the other planner would rather read so few rows whole")
    post, commune = make_post(), make_commune()
    for number in range(30):
        make_holding(make_cadre(), post, commune, decision_number=f"{number}/QĐ-UBND",
                     valid_from=date(2021, 5, 1))  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        people_of_paper(make_user(), "12/QĐ")

    asked = next(q["sql"] for q in queries if "UNION" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "holding_by_number" in plan
    assert f"SCAN {Holding._meta.db_table}" not in plan
