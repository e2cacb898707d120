"""Rows made and inserted in numbers are those that Django makes and inserts one by one."""

from datetime import date

import pytest
from django.db import IntegrityError

from cadres import records
from cadres.models import Cadre, Change, Edit, Holding, Profile, Qualification, Rating
from cadres.new_rows import insert_rows, new_row
from cadres.tests.factories import make_commune, make_post
from daitu_portal.dates import PartialDate

MODELS = sorted({table.model for table in records.tables()} | {Edit}, key=lambda each: str(each))
PERSON = {"full_name": "Lê  Thị Hoà", "sex": "F", "born_on": PartialDate("1984-05")}


def held(row):
    """What a row holds, but for the moments that the clock tells."""
    columns = [each.attname for each in row._meta.concrete_fields if each.name != "created_at"]
    return {name: getattr(row, name) for name in columns}


def people(*codes):
    return [new_row(Cadre, {**PERSON, "code": code}) for code in codes]


@pytest.mark.parametrize("model", MODELS)
def test_a_new_row_holds_what_the_model_gives_it(model):
    told = {each.name for each in model._meta.concrete_fields if each.name.endswith("_at")}
    own = [each for each in model._meta.concrete_fields if each.name not in told | {"at", "key"}]

    row, other = new_row(model, {}), model()

    assert [getattr(row, each.attname) for each in own] == [
        getattr(other, each.attname) for each in own
    ]
    assert row._state.adding


def test_no_two_new_rows_share_a_value_that_can_change():
    one, other = new_row(Edit, {}), new_row(Edit, {})

    one.after["code"] = "X"

    assert other.after == {}


def test_another_row_is_taken_with_its_key():
    person, change = Cadre(pk=7, **PERSON), Change(pk=8)

    rating = new_row(Rating, {"cadre": person, "year": 2022})
    profile = new_row(Profile, {"cadre": person})
    undoing = new_row(Change, {"undoes": change})

    assert (rating.cadre_id, rating.cadre, profile.cadre_id) == (7, person, 7)
    assert (undoing.undoes_id, undoing.undoes, change.undone_by) == (8, change, undoing)


@pytest.mark.django_db
def test_rows_inserted_in_numbers_stand_as_saved_ones():
    made = people(*(f"A{number}" for number in range(120)))  # more than one statement holds
    insert_rows(Cadre, made)
    saved = Cadre(**PERSON, code="B")
    saved.save()

    stored = [*Cadre.objects.order_by("pk")]

    assert [held(row) for row in stored[:-1]] == [held(row) for row in made]
    same = {"id": 0, "code": ""}
    assert {**held(stored[0]), **same} == {**held(stored[-1]), **same}
    assert stored[0].full_name == "Lê Thị Hoà"
    assert not made[0]._state.adding


@pytest.mark.django_db
def test_a_row_takes_over_the_key_that_its_person_has_only_now():
    (person,) = people("A1")
    rows = [
        new_row(Qualification, {"cadre": person, "strand": "it", "rank": 2}),
        new_row(Holding, {"cadre": person, "post": make_post(), "commune": make_commune(),
                          "valid_from": date(2020, 1, 2)}),
    ]  # fmt: skip

    insert_rows(Cadre, [person])
    for row in rows:
        insert_rows(type(row), [row])

    assert {row.cadre_id for row in rows} == {person.pk}
    for row in rows:
        assert held(type(row).objects.get(pk=row.pk)) == held(row)


@pytest.mark.django_db
def test_what_the_database_refuses_is_raised():
    with pytest.raises(IntegrityError):
        insert_rows(Cadre, people("A1", "A1"))
