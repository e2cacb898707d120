"""Who on record may be the person being entered, and what of them may be told to whom."""

import re

import pytest
from django.db import connection

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.alike import alike_to, candidates, newly_alike, split_by_scope, traits_of
from cadres.models import Cadre
from cadres.tests.factories import make_cadre, make_commune, make_holding
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


def someone(**fields):
    return Cadre(
        **{"full_name": "Trần Thị Lý", "sex": "F", "born_on": PartialDate("1985-05-06"), **fields}
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"full_name": "Trần Thị Lý", "born_on": "1985-05-06"},
        {"full_name": "TRAN THI LY", "born_on": "1985"},
        {"full_name": "Chần Lí", "born_on": "1985-11-30"},
        {"full_name": "Trần Thị Hoa Lý", "born_on": "1985-05-06"},
        {"full_name": "Khác Hẳn", "born_on": None, "phone": "0912345678"},
        {"full_name": "Khác Hẳn", "born_on": None, "national_id": "019185000132"},
    ],
)
def test_who_may_be_the_person_is_found(fields):
    other = make_cadre(sex="F", **fields)
    mine = someone(phone="0912345678", national_id="019185000123")

    assert [each.cadre for each in alike_to(mine)] == [other]


@pytest.mark.parametrize(
    "fields",
    [
        {"full_name": "Trần Thị Lý", "born_on": "1986"},
        {"full_name": "Trần Thị Lan", "born_on": "1985-05-06"},
        {"full_name": "Trần Thị Lý", "born_on": None},
        {"full_name": "Trần Thị Lý", "born_on": "1985-05-06", "is_kept": False},
    ],
)
def test_who_is_someone_else_is_not_found(fields):
    make_cadre(sex="F", **fields)

    assert alike_to(someone()) == []


def test_the_likeliest_comes_first_and_one_query_finds_all(django_assert_num_queries):
    weak = make_cadre("Chần Lí", sex="F", born_on="1985-01-01")
    strong = make_cadre("Trần Thị Lý", sex="F", born_on="1985-05-06")

    with django_assert_num_queries(1):
        found = alike_to(someone())

    assert [each.cadre for each in found] == [strong, weak]


def test_the_search_reads_indexes_and_never_everybody():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # whose planner would rather read so few rows whole
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    mine = traits_of(someone(phone="0912345678", national_id="019185000123"))

    plan = candidates(mine).explain()

    indexes = {"cadre_by_birth", "cadre_by_phone"}
    if connection.vendor == "sqlite":  # the other picks among two that fit by its figures
        indexes |= {"cadre_by_sound", "sqlite_autoindex_cadres_cadre"}
    assert not {index for index in indexes if index not in plan}, plan
    assert not re.search("SCAN cadres_cadre|Seq Scan", plan), plan


def test_a_correction_asks_only_about_whom_it_makes_alike():
    known = make_cadre("Trần Thị Lý", sex="F", born_on="1985-01-02")
    cadre = make_cadre("Trần Thị Lý", sex="F", born_on="1985-05-06", phone="0911111111")
    was = Cadre.objects.get(pk=cadre.pk)

    cadre.phone = "0922222222"
    assert newly_alike(cadre, was) == []
    cadre.born_on = PartialDate("1985-01-02")

    assert [each.cadre for each in newly_alike(cadre, was)] == [known]


def test_of_people_of_another_commune_only_that_there_are_any_is_told():
    unit = make_commune()
    mine = make_cadre("Trần Thị Lý", sex="F", born_on="1985-05-06")
    make_holding(mine, commune=unit)
    theirs = make_cadre("Trần Thị Lý", sex="F", born_on="1985-05-06")
    make_holding(theirs)
    clerk = make_user(Role.COMMUNE_CLERK, commune=unit)

    shown, is_hidden = split_by_scope(alike_to(someone()), clerk)

    assert ([each.cadre for each in shown], is_hidden) == ([mine], True)
    assert split_by_scope(alike_to(someone()), make_user())[1] is False
