"""With everybody passing and nobody leaving, the forecast is the figure after the class."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, Qualification, ShortTraining
from cadres.rulebook import Rulebook
from reports.forecast.models import ScenarioItem
from reports.forecast.outcome import calculate
from reports.forecast.plan import Kind, Part, Plan
from reports.models import Indicator
from reports.queries import matrix
from reports.tests.test_queries import everyone_at_random

BASE, UNTIL = date(2023, 6, 8), date(2023, 9, 30)


def class_of(people, on, *, middle=100, **award):
    item = ScenarioItem(kind=Kind.CLASS, on=on, pass_middle=middle, **award)
    return Part(item, tuple(people))


AWARDS = st.sampled_from(
    [
        {"strand": "political", "rank": 2},
        {"strand": "professional", "rank": 4},
        {"strand": "professional", "rank": 2},
        {"strand": "general", "rank": 3},
        {"content": "law"},
        {"content": "party_building"},
    ]
)
CLASSES = st.lists(
    st.tuples(AWARDS, st.dates(date(2023, 6, 9), UNTIL), st.sets(st.integers(0, 39), max_size=25)),
    min_size=1,
    max_size=3,
)


def close(part):
    """Really close the class: what each learner gains, on the record."""
    strand, rank, _, content = part.award
    for key in part.people:
        if strand:
            Qualification.objects.create(
                cadre_id=key, strand=strand, rank=rank, awarded_on=part.item.on,
                evidence="certificate",
            )  # fmt: skip
        else:
            ShortTraining.objects.create(cadre_id=key, content=content, completed_on=part.item.on)


@pytest.fixture
def district(db):
    """Forty people at random, for all examples."""
    everyone_at_random(11, 40)
    return make_user(Role.DISTRICT_HR)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(classes=CLASSES)
def test_with_everybody_passing_and_nobody_leaving_it_is_the_figure_after_the_class(
    district, classes
):
    people = list(Cadre.objects.order_by("pk").values_list("pk", flat=True))
    parts = tuple(class_of([people[n] for n in sorted(chosen)], on, **award)
                  for award, on, chosen in classes)  # fmt: skip
    codes = tuple(
        Indicator.objects.exclude(population="rated")
        .order_by("code")
        .values_list("code", flat=True)
    )

    with transaction.atomic():
        found = calculate(district, Plan(BASE, UNTIL, codes, parts), Rulebook())
        for part in parts:
            close(part)
        real = {day: matrix(None, day, codes=codes) for day in found.days}
        transaction.set_rollback(True)

    for number, day in enumerate(found.days):
        for code in codes:
            for commune in [None, *found.communes]:
                cell = found.cell(code, number, commune)
                expected = real[day].ratio(code, commune)
                assert (cell.low, cell.middle, cell.high) == (expected,) * 3, (code, day, commune)
