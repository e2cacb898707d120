"""Check constraints asked in memory give what the database gives."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from cadres import records
from cadres.conditions import broken, fields_of, holds
from cadres.models import (
    Allowance,
    Discipline,
    Profile,
    Qualification,
    SalaryStep,
    Status,
    WorkPeriod,
)
from daitu_portal.dates import PartialDate

DAYS = (None, date(2020, 1, 1), date(2020, 1, 2))
NUMBERS = (None, Decimal("-1"), Decimal("0"), Decimal("0.25"), Decimal("10"), Decimal("10.01"))
MONTHS = (None, PartialDate("2019"), PartialDate("2019-05"), PartialDate("2018-12"),
          PartialDate("2019-05-12"))  # fmt: skip


def every(model, **values):
    return [model(**dict(zip(values, row, strict=True))) for row in product(*values.values())]


ROWS = [
    *every(Allowance, coefficient=NUMBERS, percent=NUMBERS, valid_from=DAYS[1:2]),
    *every(Allowance, coefficient=NUMBERS[3:4], valid_from=DAYS, valid_to=DAYS),
    *every(SalaryStep, coefficient=NUMBERS, percent=(0, 1, 100, 101), over_frame_percent=(0, 61)),
    *every(Discipline, effective_on=DAYS, ends_on=DAYS),
    *every(Status, kind=("retired", "study"), scheme=("", "age")),
    *every(WorkPeriod, from_on=MONTHS, until_on=MONTHS),
    *every(Profile, height_cm=(None, 79, 80, 251), weight_kg=(None, 24, 25)),
    *every(Qualification, strand=("general", "it", "x"), rank=(0, 3, 4, 6, 7)),
]  # fmt: skip


@pytest.mark.django_db
def test_memory_and_database_agree_about_each_row():
    asked = 0
    for row in ROWS:
        for constraint in row._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                continue
            try:
                constraint.validate(type(row), row)
                is_kept = True
            except ValidationError:
                is_kept = False
            told = {name: str(getattr(row, name)) for name in fields_of(constraint.condition)}
            assert (constraint not in [*broken(row)]) == is_kept, (constraint.name, told)
            asked += 1
    assert asked > 150


def test_every_constraint_of_the_record_can_be_asked():
    for table in records.tables():
        for constraint in table.model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                holds(constraint.condition, table.model())


def test_an_allowance_is_one_of_two():
    assert [c.name for c in broken(Allowance())] == ["allowance_is_a_coefficient_or_a_percent"]
    assert [*broken(Allowance(percent=Decimal("25")))] == []
