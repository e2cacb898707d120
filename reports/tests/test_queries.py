"""Figures in SQL against a recount by the pure functions, for people drawn at random."""

import random
from collections import Counter
from datetime import date

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, CommitteeMembership, Commune, Holding, Rating
from cadres.models.period import on_day
from cadres.rulebook import Rulebook
from cadres.rules.requirements import answer
from cadres.rules.standards import MEETING, Verdict
from cadres.tests.factories import make_holding, make_membership, make_qualification
from cadres.tests.test_standards_sql import people_at_random
from cadres.verdicts import facts_of, verdicts_of
from daitu_portal.ratio import Ratio
from reports import catalogue
from reports.models import Indicator
from reports.queries import Figures, matrix

pytestmark = pytest.mark.django_db

DAYS = [date(2021, 12, 31), date(2023, 6, 8), date(2023, 8, 15)]


def everyone_at_random(seed, number=60):
    """The people of `people_at_random`, with seats and ratings."""
    people_at_random(seed, number)
    catalogue.load()
    rng = random.Random(seed + 100)
    communes = list(Commune.objects.filter(name__startswith="Xã Số"))
    for cadre in Cadre.objects.order_by("pk"):
        if rng.random() < 0.4:
            for commune in rng.sample(communes, rng.choice([1, 1, 2])):
                make_membership(cadre, commune, valid_from=date(2020, 6, rng.randint(1, 28)))
        for year in (2020, 2021, 2022):
            if rng.random() < 0.7:
                Rating.objects.create(cadre=cadre, year=year, level=rng.randint(1, 4))


class Recount:
    """The same figures, row by row in Python."""

    def __init__(self, day):
        self.day = day
        self.book = Rulebook()
        self.holdings = list(Holding.objects.filter(on_day(day)).select_related("post"))
        self.seats = list(CommitteeMembership.objects.filter(on_day(day)))
        ids = {row.cadre_id for row in [*self.holdings, *self.seats]}
        self.facts, self.verdicts = facts_of(ids, day), verdicts_of(ids, day)
        year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        self.ratings = dict(Rating.objects.filter(year=year).values_list("cadre", "level"))

    def members(self, indicator):
        if indicator.population == "committee":
            return self.seats
        posts = self.book.title_sets_on(self.day)[indicator.title_set]
        return [row for row in self.holdings if row.post.code in posts]

    def state(self, indicator, row, by_person):
        """ "in", "out", "unknown", or "not counted"."""
        ((word, value),) = indicator.predicate.items()
        if word == "rating":
            level = self.ratings.get(row.cadre_id)
            return "unrated" if level is None else "in" if level >= value else "out"
        if word == "verdict":
            person = self.verdicts[row.cadre_id]
            said = person if by_person else {p.holding_id: p for p in person.posts}[row.pk]
            if said.verdict == Verdict.MISSING:
                return "unknown"
            return "in" if said.verdict in MEETING else "out"
        result = answer(indicator.predicate, self.facts[row.cadre_id])
        return {True: "in", False: "out", None: "unknown"}[result]

    def ratio(self, indicator, commune=None, *, other_unit=False):
        by_person = (indicator.unit == "person") is not other_unit
        rows = [r for r in self.members(indicator) if commune is None or r.commune_id == commune]
        told = {
            (row.cadre_id if by_person else row.pk): self.state(indicator, row, by_person)
            for row in rows
        }
        count = Counter(told.values())
        unrated = count.pop("unrated", 0)
        if "verdict" in indicator.predicate and not self.book.covers(indicator.title_set, self.day):
            return Ratio(None, count.total(), None)
        return Ratio(count["in"], count.total(), count["unknown"] + unrated)


@pytest.mark.parametrize("other_unit", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_every_figure_is_that_of_a_recount_by_hand(seed, other_unit):
    everyone_at_random(seed)

    for day in DAYS:
        found, recount = matrix(None, day, other_unit=other_unit), Recount(day)
        assert len(found.indicators) == 15
        for indicator in found.indicators:
            for commune in [None, *(each.pk for each in found.communes)]:
                expected = recount.ratio(indicator, commune, other_unit=other_unit)
                assert found.ratio(indicator.code, commune) == expected, (indicator.code, day)


def test_communes_add_up_to_the_district_where_posts_are_counted():
    everyone_at_random(3)
    found = matrix(None, date(2023, 8, 15))

    for indicator in found.indicators:
        if indicator.unit == Indicator.Unit.POST:
            parts = [found.ratio(indicator.code, each.pk) for each in found.communes]
            whole = found.ratio(indicator.code)
            assert sum(part.denominator for part in parts) == whole.denominator
            assert sum(part.numerator for part in parts) == whole.numerator
            assert sum(part.unknown for part in parts) == whole.unknown


def test_a_day_without_a_rule_has_no_numerator_and_a_day_with_one_has():
    everyone_at_random(4)

    june = matrix(None, date(2023, 6, 8)).ratio("standardised_org_deputies")
    august = matrix(None, date(2023, 8, 15)).ratio("standardised_org_deputies")

    assert (june.numerator, june.unknown) == (None, None)
    assert june.denominator == august.denominator
    assert august.is_ruled


def test_what_is_recorded_later_leaves_the_figures_of_a_day_as_they_were():
    everyone_at_random(5)
    day = date(2023, 6, 8)
    before = matrix(None, day)

    for cadre in Cadre.objects.all()[:30]:
        make_qualification(cadre, rank=4, awarded_on="2023-06-09")
    make_holding(commune=before.communes[0], valid_from=date(2023, 6, 9))

    assert matrix(None, day).numbers == before.numbers
    assert matrix(None, date(2023, 8, 15)).numbers != before.numbers


def test_a_degree_more_never_lowers_a_numerator():
    everyone_at_random(6)
    day = date(2023, 6, 8)
    before = matrix(None, day)

    for cadre in Cadre.objects.all():
        make_qualification(cadre, rank=4, awarded_on="2023-01-01", field="law")

    after = matrix(None, day)
    for indicator in after.indicators:
        old, new = before.ratio(indicator.code), after.ratio(indicator.code)
        assert not old.is_ruled or new.numerator >= old.numerator
        assert new.denominator == old.denominator
    assert (
        after.ratio("civil_servants_degree").numerator
        == after.ratio("civil_servants_degree").denominator
    )


def test_the_whole_matrix_takes_five_queries_whatever_the_communes(django_assert_num_queries):
    everyone_at_random(7, number=10)

    with django_assert_num_queries(5):
        matrix(None, date(2023, 6, 8))
    with django_assert_num_queries(5):
        figures = Figures(None)
        figures.matrices(DAYS)


def test_several_days_in_one_statement_are_as_each_for_itself():
    everyone_at_random(8)
    figures = Figures(None)

    together = figures.matrices(DAYS)

    assert together == {day: figures.matrix(day) for day in DAYS}


def test_a_clerk_gets_the_figures_of_the_own_commune_alone():
    everyone_at_random(9)
    day = date(2023, 6, 8)
    whole = matrix(None, day)
    commune = whole.communes[-1]
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)

    found = matrix(clerk, day)

    assert found.communes == [commune]
    for indicator in found.indicators:
        mine = whole.ratio(indicator.code, commune.pk)
        assert found.ratio(indicator.code, commune.pk) == mine
        assert found.ratio(indicator.code) == mine


def test_an_administrator_gets_no_figures():
    everyone_at_random(9, number=10)

    found = matrix(make_user(Role.ADMIN), date(2023, 6, 8))

    assert found.communes == []
    assert found.ratio("civil_servants_degree").denominator == 0


def test_an_indicator_that_is_closed_is_not_counted_after_its_last_day():
    everyone_at_random(10, number=10)
    Indicator.objects.filter(code="rated_good").update(valid_to=date(2023, 7, 1))

    assert [each.code for each in matrix(None, date(2023, 6, 30)).indicators].count("rated_good")
    assert "rated_good" not in [each.code for each in matrix(None, date(2023, 7, 1)).indicators]
    found = Figures(None).matrices([date(2023, 6, 30), date(2023, 7, 1)], codes=["rated_good"])
    assert found[date(2023, 6, 30)].ratio_if_any("rated_good") is not None
    assert found[date(2023, 7, 1)].ratio_if_any("rated_good") is None
