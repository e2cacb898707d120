"""SQL and the pure function answer alike, for people and rules drawn at random."""

import random
from datetime import date

import pytest
from django.db import connection

from cadres import catalogue
from cadres.models import (
    Cadre,
    CommuneArea,
    Holding,
    Post,
    Qualification,
    ShortTraining,
    StudyField,
)
from cadres.rulebook import Rulebook
from cadres.rules.levels import Content, Strand, highest_rank
from cadres.rules.requirements import answer
from cadres.rules.standards import Verdict
from cadres.standards_sql import IN, OUT, UNKNOWN, Scope, answered
from cadres.tests.factories import make_cadre, make_commune
from cadres.verdict_sql import (
    VERDICT_AT,
    holdings_judged,
    judged_holdings,
    with_verdict_among,
)
from cadres.verdicts import facts_of, verdicts_of
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db

DAYS = [
    date(2012, 1, 1),
    date(2014, 6, 1),
    date(2021, 12, 31),
    date(2023, 6, 8),
    date(2023, 8, 15),
    date(2024, 12, 25),
    date(2028, 8, 1),
]

SCORE_OF = {True: IN, None: UNKNOWN, False: OUT}


def some_date(rng, first=1960, last=2023):
    iso = f"{rng.randint(first, last)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    return PartialDate(iso[: rng.choice([4, 7, 10, 10])])


def some_qualification(rng, cadre, fields):
    strand = rng.choice(
        [Strand.GENERAL, Strand.PROFESSIONAL, Strand.PROFESSIONAL, Strand.POLITICAL, Strand.IT]
    ).value
    return Qualification(
        cadre=cadre,
        strand=strand,
        rank=rng.randint(0, highest_rank(strand)),
        awarded_on=rng.choice([None, some_date(rng, 2005, 2024), some_date(rng, 2005, 2024)]),
        field=rng.choice([None, *fields]),
        evidence=rng.choice(["diploma", "certificate", "confirmation"]),
    )


def people_at_random(seed, number=60):
    """People with random birth dates, posts, qualifications and trainings in three communes."""
    rng = random.Random(seed)
    catalogue.load()
    communes = [make_commune(f"Xã Số {n}") for n in range(3)]
    CommuneArea.objects.create(
        commune=communes[0], uses_mountain_floor=True, valid_from=date(2010, 1, 1), document="QĐ"
    )
    CommuneArea.objects.create(
        commune=communes[1], uses_mountain_floor=False, valid_from=date(2010, 1, 1), document="QĐ"
    )
    posts, fields = list(Post.objects.all()), list(StudyField.objects.all())
    for _ in range(number):
        cadre = make_cadre(
            sex=rng.choice("MF"),
            born_on=rng.choice([None, some_date(rng, 1950, 2006), some_date(rng, 1950, 2006)]),
            recruited_on=rng.choice([None, some_date(rng, 2000, 2022)]),
        )
        for post in rng.sample(posts, rng.randint(0, 3)):
            start = some_date(rng, 2005, 2023).earliest
            end = rng.choice([None, None, date(start.year + rng.randint(1, 8), 3, 1)])
            Holding.objects.create(
                cadre=cadre,
                post=post,
                commune=rng.choice(communes),
                valid_from=start,
                valid_to=end,
            )
        Qualification.objects.bulk_create(
            some_qualification(rng, cadre, fields) for _ in range(rng.randint(0, 7))
        )
        ShortTraining.objects.bulk_create(
            ShortTraining(cadre=cadre, content=rng.choice(list(Content)).value)
            for _ in range(rng.randint(0, 3))
        )


def judged(day):
    """(verdict by post held, verdict by person with a post) as SQL tells them."""
    text, parameters = judged_holdings(Rulebook(), day)
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        rows = cursor.fetchall()
    people = {}
    for _, cadre, _, place in rows:
        people[cadre] = min(place, people.get(cadre, place))
    return (
        {key: VERDICT_AT[place] for key, _, _, place in rows},
        {key: VERDICT_AT[place] for key, place in people.items()},
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_verdict_of_each_post_and_person_is_the_same_in_sql_and_in_the_function(seed):
    people_at_random(seed)

    for day in DAYS:
        said = verdicts_of(Cadre.objects.values_list("pk", flat=True), day)
        posts, people = judged(day)
        assert posts == {p.holding_id: p.verdict for person in said.values() for p in person.posts}
        assert people == {key: person.verdict for key, person in said.items() if person.posts}


@pytest.mark.parametrize("seed", range(3, 5))
def test_each_requirement_is_the_same_in_sql_and_in_the_function(seed):
    people_at_random(seed, number=40)
    ids = list(Cadre.objects.values_list("pk", flat=True))

    for day in DAYS:
        facts = facts_of(ids, day)
        for rule in Rulebook().rules_on(day):
            score = answered(rule.requirement, Scope(day, "pk", rule.posts))
            by_sql = dict(Cadre.objects.annotate(score=score).values_list("pk", "score"))
            by_function = {key: answer(rule.requirement, facts[key], rule.posts) for key in ids}
            assert by_sql == {key: SCORE_OF[said] for key, said in by_function.items()}, rule.code


def test_verdicts_take_as_many_queries_for_forty_people_as_for_one(django_assert_num_queries):
    people_at_random(9, number=40)
    ids = list(Cadre.objects.values_list("pk", flat=True))

    with django_assert_num_queries(6):
        verdicts_of(ids[:1], date(2023, 6, 8))
    with django_assert_num_queries(6):
        verdicts_of(ids, date(2023, 6, 8))


def test_people_and_posts_are_chosen_by_verdict():
    people_at_random(7)
    book = Rulebook()

    for day in DAYS:
        said = verdicts_of(Cadre.objects.values_list("pk", flat=True), day)
        held = Holding.objects.on(day)
        for verdict in Verdict:
            chosen = set(with_verdict_among(Cadre.objects.all(), [verdict], day))
            assert {each.pk for each in chosen} == {
                key for key, person in said.items() if person.verdict == verdict
            }
            posts = holdings_judged(held, [verdict], day, book)
            assert set(posts.values_list("pk", flat=True)) == {
                p.holding_id for person in said.values() for p in person.posts
                if p.verdict == verdict
            }  # fmt: skip


def test_the_rulebook_says_which_populations_a_day_has_rules_for():
    catalogue.load()
    book = Rulebook()

    assert book.covers("civil_servants", date(2023, 6, 8))
    assert not book.covers("org_deputies", date(2023, 6, 8))
    assert book.covers("org_deputies", date(2023, 8, 15))
    assert not book.covers("civil_servants", date(2003, 1, 1))
