"""The forecast, worked by hand: who counts, chances, leavers, hires, changed rules."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import RuleOnDay
from daitu_portal.dates import PartialDate
from training.rules.counting import Question, by_requirement, by_verdict, counted
from training.rules.forecast import Role, Span, forecast, role_of
from training.rules.supposed import Chance, Gain, Member, Place, Standing, ended, hired, left
from training.rules.supposed_rules import with_floor, with_rule

BASE, RESULT, END = date(2023, 6, 8), date(2023, 12, 31), date(2024, 12, 31)
POLITICAL = {"level": {"strand": "political", "min": 2}}
COLLEGE = {"level": {"strand": "professional", "min": 4}}
HERE, THERE = 1, 2


def standing(*ranks, posts=("deputy",), commune=HERE, seats=(), **facts):
    """Someone with these levels of LLCT, in `posts` since 2021."""
    since = date(2021, 1, 1)
    held = tuple(Held(p, since, None, n, commune) for n, p in enumerate(posts, 1))
    places = [Place(n, commune, since, post=p) for n, p in enumerate(posts, 1)]
    places += [Place(n, commune, since) for n in seats]
    records = tuple(Record("political", rank, PartialDate("2015")) for rank in ranks)
    return Standing(Facts(BASE, records=records, holdings=held, **facts), tuple(places))


def learner(key, chance=90, *ranks, on=RESULT, low=None, high=None, rank=2, **fields):
    """Someone in a class that gives a level of LLCT."""
    told = standing(*ranks, **fields)
    gain = Gain(on, Chance.of(chance, low, high), Record("political", rank, PartialDate.of(on)))
    return Member(key, told, told, (gain,))


def question(day=END, posts=("deputy",), *, by_person=False, tree=POLITICAL):
    chosen = None if posts is None else frozenset(posts)
    return Question(day, chosen, by_person, by_requirement(tree))


def whole(members, figures=(0, 10, 0), asked=None, **kwargs):
    return forecast(asked or question(), {None: figures}, members, **kwargs)[None]


def test_nine_in_ten_of_fifty_bring_forty_five_and_chance_lies_between_its_tenths():
    found = whole([learner(n) for n in range(50)], (88, 138, 50))

    # binomial(50; 0.9): the least k whose sum of chances reaches 10 %, 90 %
    total, bounds = 0.0, []
    for k in range(51):
        total += comb(50, k) * 0.9**k * 0.1 ** (50 - k)
        bounds += [k] * (sum(total >= share for share in (0.1, 0.9)) - len(bounds))
    assert found == Span(88 + bounds[0], 88 + 45, 88 + bounds[1], 138, 5)


def test_a_range_of_pass_rates_is_taken_as_it_is_given():
    members = [learner(n, 90, low=60, high=100) for n in range(10)]

    assert whole(members, (5, 20, 10), is_range=True) == Span(11, 14, 15, 20, 1)


def test_before_the_result_nothing_has_changed():
    day = RESULT - timedelta(days=1)

    assert whole([learner(1, 100)], (3, 9, 2), question(day)) == Span(3, 3, 3, 9, 2)
    assert whole([learner(1, 100)], (3, 9, 2), question(RESULT)) == Span(4, 4, 4, 9, 1)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (learner(1, 100, 2), Span(3, 3, 3, 9, 2)),  # has the level already
        (learner(1, 100, 1), Span(4, 4, 4, 9, 2)),  # had too low a level: was no unknown
        (learner(1, 100, posts=("clerk",)), Span(3, 3, 3, 9, 2)),  # outside the population
        (learner(1, 100, 1, rank=1), Span(3, 3, 3, 9, 2)),  # the class gives too little
        (learner(1, 0), Span(3, 3, 3, 9, 2)),  # nobody passes
    ],
)
def test_what_a_learner_changes(member, expected):
    assert whole([member], (3, 9, 2)) == expected


def test_posts_count_as_often_as_they_are_held_and_a_person_once():
    member = learner(1, 100, posts=("deputy", "deputy"))

    assert whole([member], (0, 9, 2)) == Span(2, 2, 2, 9, 0)
    assert whole([member], (0, 8, 1), question(by_person=True)) == Span(1, 1, 1, 8, 0)


def test_seats_are_counted_where_the_indicator_counts_seats():
    member = learner(1, 100, posts=("clerk",), seats=(1,))

    assert whole([member], (0, 9, 1), question(posts=None)) == Span(1, 1, 1, 9, 0)


def test_communes_are_counted_on_their_own():
    figures = {None: (0, 4, 4), HERE: (0, 2, 2), THERE: (0, 2, 2)}

    found = forecast(question(), figures, [learner(1, 100, commune=THERE)])

    assert found == {
        None: Span(1, 1, 1, 4, 3), HERE: Span(0, 0, 0, 2, 2), THERE: Span(1, 1, 1, 2, 1),
    }  # fmt: skip


def test_the_same_award_twice_is_one_with_the_better_chance():
    once = learner(1, 50)
    twice = Member(1, once.recorded, once.foreseen, once.gains * 2)

    assert role_of(twice, question()) == (Role.GAINS, Fraction(3, 4))


def test_two_awards_are_both_needed_where_both_are_asked():
    both = question(tree={"all": [POLITICAL, COLLEGE]})
    degree = Gain(RESULT, Chance.of(50), Record("professional", 4, PartialDate.of(RESULT)))
    one = learner(1, 50)
    member = Member(1, one.recorded, one.foreseen, (*one.gains, degree))

    assert role_of(member, both) == (Role.GAINS, Fraction(1, 4))
    assert role_of(one, both) == (Role.SHORT, Fraction(0))


def test_a_short_training_counts_where_it_is_asked():
    told = standing()
    gain = Gain(RESULT, Chance.of(100), training=Training("law", PartialDate.of(RESULT)))
    member = Member(1, told, told, (gain,))

    assert whole([member], (0, 1, 1), question(tree={"training": "law"})) == Span(1, 1, 1, 1, 0)
    assert gain.award == ("law",)
    assert Gain(RESULT, Chance.of(100)).award == ()


# -- who leaves, who comes ------------------------------------------------------------------------


def test_a_leaver_leaves_numerator_and_denominator_on_the_day():
    told = standing(2)
    member = Member(1, told, left(told, date(2024, 3, 1)))

    assert whole([member], (3, 9, 0), question(date(2024, 2, 29))) == Span(3, 3, 3, 9, 0)
    assert whole([member], (3, 9, 0), question(date(2024, 3, 1))) == Span(2, 2, 2, 8, 0)


def test_who_leaves_before_the_result_is_not_gained():
    one = learner(1, 100)
    member = Member(1, one.recorded, left(one.recorded, RESULT), one.gains)

    assert whole([member], (3, 9, 1)) == Span(3, 3, 3, 8, 0)
    assert role_of(member, question()) == (Role.LEAVES, Fraction(0))


def test_nobody_is_left_where_the_only_one_leaves():
    told = standing()

    assert whole([Member(1, told, left(told, RESULT))], (0, 1, 1)) == Span(0, 0, 0, 0, 0)


def test_one_post_may_end_and_another_stay():
    told = standing(posts=("deputy", "clerk"), seats=(1,))

    after = ended(told, RESULT, {(True, 1)})

    assert [(p.key, p.post, p.ends) for p in after.places] == [
        (1, "deputy", RESULT), (2, "clerk", None), (1, "", None),
    ]  # fmt: skip
    assert [(h.post, h.ends) for h in after.facts.holdings] == [("deputy", RESULT), ("clerk", None)]


def test_what_ends_earlier_keeps_its_day_and_what_begins_later_never_is():
    early, late = date(2023, 9, 1), date(2024, 6, 1)
    places = (Place(1, HERE, BASE, early, "deputy"), Place(2, HERE, late, None, "clerk"))
    held = (Held("deputy", BASE, early, 1, HERE), Held("clerk", late, None, 2, HERE))

    gone = left(Standing(Facts(BASE, holdings=held), places), RESULT)

    assert gone.places == places[:1]
    assert gone.facts.holdings == held[:1]


def test_hires_stand_in_the_denominator_and_with_their_levels_in_the_numerator():
    levels = [("political", 2), ("professional", 4)]
    members = [hired(-1, "deputy", HERE, RESULT, levels), hired(-2, "deputy", HERE, RESULT, [])]

    assert whole(members, (3, 9, 0)) == Span(4, 4, 4, 11, 1)
    assert whole(members, (3, 9, 0), question(date(2023, 12, 30))) == Span(3, 3, 3, 9, 0)


def test_a_commune_that_had_nobody_has_whom_it_hires():
    found = forecast(question(), {None: (0, 0, 0)}, [hired(-1, "deputy", THERE, RESULT, [])])

    assert found[THERE] == Span(0, 0, 0, 1, 1)


# -- verdicts -------------------------------------------------------------------------------------


def rule(code, tree, posts, dimension="Lý luận chính trị", **fields):
    begins = date(2020, 1, 1)
    return RuleOnDay(
        code, frozenset(posts), dimension, "", tree, "điều 1", begins, None, **fields
    )  # fmt: skip


def of_standard(rules, *, by_person, areas=None, posts=("deputy",)):
    judge = by_verdict(rules, areas or {}, by_person=by_person)
    return Question(END, frozenset(posts), by_person, judge)


def test_a_standard_is_asked_of_the_post_or_of_all_posts_of_the_person():
    rules = [rule("a", POLITICAL, ["deputy"]), rule("b", COLLEGE, ["clerk"], "Chuyên môn")]
    told = standing(2, posts=("deputy", "clerk"))

    assert counted(told, (), of_standard(rules, by_person=False))[None] == (1, 1, 0)
    assert counted(told, (), of_standard(rules, by_person=True))[None] == (0, 1, 1)


def test_a_post_that_no_rule_covers_is_not_met():
    assert counted(standing(2), (), of_standard([], by_person=False))[None] == (0, 1, 0)


@pytest.mark.parametrize("by_person", [True, False])
def test_seats_have_no_standard(by_person):
    judge = by_verdict([], {}, by_person=by_person)
    asked = Question(END, None, by_person, judge)

    assert counted(standing(2, seats=(7,)), (), asked)[None] == (0, 1, 0)


def test_the_mountain_floor_is_used_where_it_is_known():
    rules = [
        rule("a", POLITICAL, ["deputy"], mountain={"level": {"strand": "political", "min": 1}})
    ]

    by_floor = of_standard(rules, by_person=True, areas={HERE: True})
    assert counted(standing(1), (), by_floor)[None] == (1, 1, 0)
    assert counted(standing(1), (), of_standard(rules, by_person=True))[None] == (0, 1, 0)


# -- roles ----------------------------------------------------------------------------------------


def test_the_roles_of_people():
    told = standing(2)

    assert role_of(learner(1, 100, posts=("clerk",)), question())[0] == Role.OUTSIDE
    assert role_of(hired(-1, "deputy", HERE, RESULT, []), question())[0] == Role.OUTSIDE
    assert role_of(Member(1, told, told), question()) == (Role.ALREADY, Fraction(1))
    assert role_of(learner(1, 90), question()) == (Role.GAINS, Fraction(9, 10))
    assert role_of(learner(1, 90, rank=1), question())[0] == Role.SHORT


# -- a rule that is changed -----------------------------------------------------------------------


def test_a_new_floor_touches_its_strand_alone():
    tree = {"all": [POLITICAL, {"any": [COLLEGE, {"training": "law"}]}]}

    assert with_floor(tree, "political", 3) == {
        "all": [
            {"level": {"strand": "political", "min": 3}},
            {"any": [COLLEGE, {"training": "law"}]},
        ]
    }
    assert with_floor(POLITICAL, "it", 2) == POLITICAL


def test_a_new_rule_takes_the_place_of_those_about_the_same_content_for_its_posts():
    rules = [
        rule("both", POLITICAL, ["deputy", "head"]),
        rule("alone", POLITICAL, ["deputy"]),
        rule("other", COLLEGE, ["deputy"], "Chuyên môn"),
        rule("unsure", POLITICAL, ["deputy"], is_uncertain=True),
    ]

    found = with_rule(rules, frozenset({"deputy"}), "political", 3, RESULT)

    assert [(each.code, set(each.posts)) for each in found[:-1]] == [
        ("both", {"head"}), ("other", {"deputy"}), ("unsure", {"deputy"}),
    ]  # fmt: skip
    new = found[-1]
    assert new.requirement == {"level": {"strand": "political", "min": 3}}
    assert (new.posts, new.valid_from, new.dimension) == (
        {"deputy"}, RESULT, "Lý luận chính trị",
    )  # fmt: skip
    assert len({each.code for each in found}) == len(found)


# -- always ---------------------------------------------------------------------------------------

PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 100), st.sampled_from([(), (0,), (1,), (2,)]), st.sampled_from([1, 2, 3]),
        st.booleans(), st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(people=PEOPLE, is_range=st.booleans(), by_person=st.booleans())
def test_low_middle_and_high_stand_in_order_within_the_denominator(people, is_range, by_person):
    asked, members, totals = question(by_person=by_person), [], [0, 0, 0]
    for key, (chance, ranks, rank, is_double, leaves) in enumerate(people):
        posts = ("deputy", "deputy") if is_double else ("deputy",)
        one = learner(key, chance, *ranks, rank=rank, posts=posts,
                      low=chance // 2, high=(chance + 100) // 2)  # fmt: skip
        after = left(one.recorded, date(2024, 5, 1)) if leaves else one.recorded
        members.append(Member(key, one.recorded, after, one.gains))
        numbers = counted(one.recorded, (), asked)[None]
        totals = [a + b for a, b in zip(totals, numbers, strict=True)]

    found = whole(members, tuple(totals), asked, is_range=is_range)

    assert 0 <= found.low <= found.middle <= found.high <= found.denominator
    assert 0 <= found.unknown <= found.denominator - found.middle
