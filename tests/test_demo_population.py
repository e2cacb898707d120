"""Every number of the demo district, counted by plain questions to the record."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from accounts.models import Installation, User
from cadres.careers import career_problems, gone_by, stay_of
from cadres.models import Cadre, CommitteeMembership, Commune, Holding, Quota, Rating, Status
from cadres.models.post import PostGroup
from cadres.verdicts import verdicts_of
from training.models import Enrolment, HandsOnSession, TrainingClass

pytestmark = pytest.mark.django_db

JUNE, AUGUST = date(2023, 6, 8), date(2023, 8, 15)


def holders(group, day=JUNE):
    held = Holding.objects.on(day).filter(post__group=group)
    return held.order_by().values_list("cadre", flat=True)


def rank(cadre, strand, day=JUNE):
    """The highest level on record by the day; None where nothing is."""
    ranks = [
        q.rank for q in cadre.qualifications.all()
        if q.strand == strand and (q.awarded_on is None or q.awarded_on.earliest <= day)
    ]  # fmt: skip
    return max(ranks, default=None)


def cross(group):
    """How many have (chuyên môn rank, LLCT rank) on 08/06/2023."""
    people = Cadre.objects.filter(pk__in=holders(group)).prefetch_related("qualifications")
    return [(rank(p, "professional"), rank(p, "political")) for p in people]


def test_units_on_the_days_around_the_mergers():
    for day, units in [
        (date(2023, 4, 9), 30), (date(2023, 4, 10), 29), (JUNE, 29), (date(2024, 11, 30), 29),
        (date(2024, 12, 1), 27), (date(2025, 6, 30), 27), (date(2025, 7, 1), 10),
    ]:  # fmt: skip
        assert Commune.objects.on(day).count() == units, day


def test_who_serves_on_the_eighth_of_june_2023():
    assert Cadre.objects.serving(JUNE).count() == 712
    assert len(set(holders(PostGroup.LEADER))) == 145
    assert len(holders(PostGroup.LEADER)) == 203
    assert len(holders(PostGroup.ORG_HEAD)) == 144
    assert len(holders(PostGroup.CIVIL_SERVANT)) == 255
    assert len(holders(PostGroup.ORG_DEPUTY)) == 138
    groups = [set(holders(g)) for g in (PostGroup.LEADER, PostGroup.ORG_HEAD,
                                        PostGroup.CIVIL_SERVANT)]  # fmt: skip
    assert len(set().union(*groups)) == sum(map(len, groups)) == 544


@pytest.mark.parametrize(
    ("codes", "number"),
    [
        (["CB01"], 29), (["CB02"], 58), (["CB03"], 29), (["CB04"], 29), (["CB05"], 29),
        (["CB06"], 29), (["CC02"], 29), (["CC03"], 58), (["CC04A", "CC04B"], 58), (["CC05"], 29),
        (["CC06"], 29), (["CC07"], 52), (["CC01"], 0), (["CAX01"], 29), (["TH01"], 1),
    ],
)  # fmt: skip
def test_holders_of_each_post(codes, number):
    assert Holding.objects.on(JUNE).filter(post__code__in=codes).count() == number


def test_the_vacant_head_is_neither_in_hung_son_nor_in_quan_chu():
    heads = Counter(
        Holding.objects.on(JUNE).filter(post__group=PostGroup.ORG_HEAD)
        .values_list("commune__short_name", flat=True)
    )  # fmt: skip
    (short,) = [name for name, number in heads.items() if number == 4]
    assert short not in ("Hùng Sơn", "Quân Chu")


def test_the_committees_are_thirteen_a_commune_and_thirty_are_outside_the_staff():
    seats = list(CommitteeMembership.objects.on(JUNE).values_list("commune", "cadre"))
    assert len(seats) == len({cadre for _, cadre in seats}) == 377
    assert set(Counter(commune for commune, _ in seats).values()) == {13}
    staff = {*holders(PostGroup.LEADER), *holders(PostGroup.ORG_HEAD),
             *holders(PostGroup.CIVIL_SERVANT)}  # fmt: skip
    assert len({cadre for _, cadre in seats} - staff) == 30


def test_civil_servants_by_degree_and_political_theory():
    found = Counter(((cm or 0) >= 4, (llct or 0) >= 2) for cm, llct in cross("civil_servant"))

    assert found == {(True, True): 140, (True, False): 69, (False, True): 23, (False, False): 23}


def test_the_forty_six_are_twelve_commanders_thirty_in_transition_and_four_without_record():
    people = Cadre.objects.filter(pk__in=holders("civil_servant")).prefetch_related(
        "qualifications"
    )
    below = [p for p in people if (rank(p, "professional") or 0) < 4]
    said = verdicts_of([p.pk for p in below], JUNE)

    assert Counter(v.verdict for v in said.values()) == {
        "specialised": 12, "transition": 30, "missing": 4,
    }  # fmt: skip
    commanders = set(
        Holding.objects.on(JUNE).filter(post__code="CC02").values_list("cadre", flat=True)
    )
    assert {p.pk for p in below if said[p.pk].verdict == "specialised"} <= commanders
    assert {v.label for v in said.values() if v.verdict == "transition"} == {
        "còn thời hạn đến 25/12/2024"
    }
    missing = [p for p in below if rank(p, "professional") is None]
    assert len(missing) == 4
    assert all(rank(p, "political") is not None for p in missing)


def test_heads_and_deputies_by_level():
    heads = cross("org_head")
    assert sum(llct >= 2 for _, llct in heads) == 144
    assert sum(cm >= 4 for cm, _ in heads) == 132
    assert {cm for cm, _ in heads if cm < 4} <= {2, 3}
    deputies = Counter((cm >= 2, llct >= 2) for cm, llct in cross("org_deputy"))
    assert deputies == {(True, True): 70, (False, True): 18, (True, False): 26, (False, False): 24}


def test_everyone_in_hung_son_meets_the_standard():
    held = Holding.objects.on(JUNE).filter(commune__short_name="Hùng Sơn")
    people = set(held.filter(post__category__in=["cadre", "civil_servant"]).values_list(
        "cadre", flat=True))  # fmt: skip

    assert len(people) == 19
    assert all(v.meets for v in verdicts_of(people, JUNE).values())


@pytest.mark.parametrize(
    ("group", "day", "verdicts"),
    [
        ("leader", JUNE, {"met": 145}),
        ("org_head", JUNE, {"met": 144}),
        ("leader", AUGUST, {"met": 145}),
        ("org_head", AUGUST, {"met": 132, "transition": 12}),
        ("org_deputy", JUNE, {"no_rule": 138}),
        ("org_deputy", AUGUST, {"met": 96, "not_met": 42}),
    ],
)
def test_verdicts_before_and_after_the_decree_of_the_first_of_august(group, day, verdicts):
    said = verdicts_of(set(holders(group, day)), day)

    assert Counter(v.verdict.value for v in said.values()) == verdicts


def test_civil_servants_meet_the_standard_in_june_as_in_august():
    for day, until in ((JUNE, "25/12/2024"), (AUGUST, "01/08/2028")):
        said = verdicts_of(set(holders("civil_servant", day)), day)
        assert sum(v.meets for v in said.values()) == 221
        assert Counter(v.label for v in said.values())[f"còn thời hạn đến {until}"] == 30
        assert sum(v.verdict == "missing" for v in said.values()) == 4


def test_ratings_of_2022():
    staff = {*holders(PostGroup.LEADER), *holders(PostGroup.ORG_HEAD),
             *holders(PostGroup.CIVIL_SERVANT)}  # fmt: skip
    levels = Counter(
        Rating.objects.filter(year=2022, cadre__in=staff).values_list("level", flat=True)
    )
    assert levels == {4: 54, 3: 432, 2: 50, 1: 4}


def test_quotas_vacancies_and_the_one_too_many():
    quota = Quota.objects.on(JUNE)
    assert sum(quota.values_list("number", flat=True)) == 566
    assert sum(quota.filter(commune__short_name="Quân Chu").values_list("number", flat=True)) == 18
    assert sum(quota.filter(commune__short_name="Hùng Sơn").values_list("number", flat=True)) == 20


def test_training_since_2021():
    assert TrainingClass.objects.count() == 142
    assert Enrolment.objects.count() == 9513
    sizes = Counter(Counter(Enrolment.objects.values_list("training_class", flat=True)).values())
    assert sizes == {67: 141, 66: 1}
    assert HandsOnSession.objects.count() == 18
    assert Enrolment.objects.filter(outside_learner__isnull=False).exists()


def test_nothing_is_recorded_about_people_after_the_reference_day():
    people = Holding.objects.filter(valid_from__gt=JUNE)
    assert set(people.values_list("valid_from", flat=True)) <= {date(2024, 12, 1)}
    assert set(Holding.objects.filter(valid_to__gt=JUNE).values_list("valid_to", flat=True)) <= {
        date(2023, 8, 1), date(2024, 12, 1), date(2025, 7, 1),
    }  # fmt: skip
    assert Installation.objects.get().reference_on == JUNE


def test_everyone_is_obviously_fictitious():
    numbers = Cadre.objects.values_list("national_id", flat=True)
    assert all(number.startswith("000") and len(number) == 12 for number in numbers)
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}


def test_everyone_serves_within_the_life_of_the_unit_and_of_the_post():
    """What the portal refuses on a form is in no record of its own demo."""
    rows = [*Holding.objects.with_post_and_commune(),
            *CommitteeMembership.objects.select_related("commune")]  # fmt: skip
    outside = [
        (row, holder)
        for row in rows
        for holder in (row.commune, getattr(row, "post", row.commune))
        if row.valid_from < holder.valid_from
        or (holder.valid_to and (row.valid_to is None or row.valid_to > holder.valid_to))
    ]

    assert rows
    assert outside == []


def test_the_portals_own_checks_find_nothing_wrong_with_any_career():
    rows = [*Holding.objects.with_post_and_commune().select_related("term"),
            *CommitteeMembership.objects.select_related("commune", "term")]  # fmt: skip
    others = {model: defaultdict(list) for model in (Holding, CommitteeMembership)}
    for row in rows:
        others[type(row)][row.cadre_id].append(row)
    gone = defaultdict(list)
    for status in Status.objects.filter(kind__in=Status.LEFT):
        gone[status.cadre_id].append(gone_by(status))

    assert gone
    for row in rows:
        beside = [stay_of(o) for o in others[type(row)][row.cadre_id] if o is not row]
        assert career_problems(row, beside, None, gone[row.cadre_id]) == [], row
