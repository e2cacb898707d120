"""What holds for any person and any rule: drawn at random, without a database."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cadres.rules.levels import Content, Strand, highest_rank
from cadres.rules.requirements import Facts, Held, Record, Training, answer, check
from cadres.rules.standards import MEETING, RuleOnDay, Verdict, assess_person, rules_for
from daitu_portal.dates import PartialDate

POSTS = ("CB01", "CC02", "CC03")
FIELDS = ("", "law", "military_base")
_days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
_iso_days = _days.map(date.isoformat)
_partial = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]), _days, st.sampled_from([4, 7, 10])
)
_births = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]),
    st.dates(date(1950, 1, 1), date(2006, 12, 31)),
    st.sampled_from([4, 7, 10]),
)
_levels = st.sampled_from(["professional", "political", "general", "it"]).flatmap(
    lambda strand: st.fixed_dictionaries(
        {"strand": st.just(strand), "min": st.integers(1, highest_rank(strand))},
        optional={
            "fields": st.just(["law"]),
            "confirmation_before": st.just("2021-07-09"),
        },
    )
)
_leaves = st.one_of(
    st.builds(lambda level: {"level": level}, _levels),
    st.builds(lambda content: {"training": content.value}, st.sampled_from(list(Content))),
    st.builds(lambda years: {"age": {"min": years}}, st.integers(16, 30)),
    st.builds(lambda m, f: {"entry_age": {"max": {"M": m, "F": f}}}, *[st.integers(25, 65)] * 2),
    st.builds(lambda day: {"recruited_before": day}, _iso_days),
    st.builds(lambda day: {"held_before": day}, _iso_days),
)
_trees = st.recursive(
    _leaves,
    lambda inner: st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)
_records = st.sampled_from([s.value for s in Strand]).flatmap(
    lambda strand: st.builds(
        Record,
        strand=st.just(strand),
        rank=st.integers(0, highest_rank(strand)),
        awarded=st.none() | _partial,
        field=st.sampled_from(FIELDS),
        evidence=st.sampled_from(["diploma", "confirmation"]),
    )
)
_held = st.builds(
    lambda post, begins, length: Held(
        post, begins, begins + timedelta(days=length) if length else None
    ),
    st.sampled_from(POSTS),
    _days,
    st.none() | st.integers(1, 4000),
)
_people = st.builds(
    Facts,
    day=_days,
    sex=st.sampled_from("MF"),
    born=st.none() | _births,
    recruited=st.none() | _partial,
    records=st.lists(_records, max_size=5).map(tuple),
    trainings=st.lists(
        st.builds(Training, st.sampled_from([c.value for c in Content]), st.none() | _partial),
        max_size=3,
    ).map(tuple),
    holdings=st.lists(_held, max_size=3).map(tuple),
)
_rules = st.builds(
    RuleOnDay,
    code=st.integers(0, 10**6).map(str),
    posts=st.sets(st.sampled_from(POSTS), min_size=1).map(frozenset),
    dimension=st.sampled_from(["Chuyên môn", "LLCT", "Tuổi"]),
    label=st.just("thử"),
    requirement=_trees,
    article=st.just("điều 1"),
    valid_from=_days,
    valid_to=st.none() | _days,
    mountain=st.none() | _trees,
    transition_until=st.just(date(2024, 12, 25)),
    transition_condition=st.none() | _trees,
    is_specialised=st.booleans(),
    is_uncertain=st.booleans(),
)


@given(_trees)
def test_the_check_passes_whatever_the_vocabulary_can_say(tree):
    check(tree)


@given(_trees, _people, _records)
def test_adding_a_qualification_never_makes_a_met_requirement_unmet(tree, person, record):
    more = replace(person, records=(*person.records, record))

    before, after = answer(tree, person, frozenset(POSTS)), answer(tree, more, frozenset(POSTS))

    assert not (before is True and after is not True)


@given(st.lists(_rules, max_size=4), _people, _records, st.sampled_from([True, False, None]))
def test_adding_a_qualification_never_takes_the_standard_from_anyone(rules, person, record, area):
    areas = {} if area is None else {0: area}
    more = replace(person, records=(*person.records, record))

    before, after = assess_person(rules, person, areas), assess_person(rules, more, areas)

    assert not before.meets or after.meets
    if person.of_strand(record.strand):
        assert before.verdict != Verdict.TRANSITION or after.verdict != Verdict.NOT_MET


@given(st.lists(_rules, max_size=4), _people)
def test_a_rule_outside_its_dates_never_fires(rules, person):
    found = assess_person(rules, person)

    in_force = {each.code for each in rules if each.is_in_force(person.day)}
    assert {leaf.rule_code for post in found.posts for leaf in post.leaves} <= in_force


@given(st.lists(_rules, max_size=4), _people)
def test_uncertain_rules_alone_never_say_not_met(rules, person):
    uncertain = [replace(each, is_uncertain=True) for each in rules]

    found = assess_person(uncertain, person)

    assert found.verdict == Verdict.NO_RULE
    leaves = [leaf for post in found.posts for leaf in post.leaves]
    assert all(leaf.verdict in MEETING | {Verdict.NOT_REQUIRED} for leaf in leaves)


@given(st.lists(_rules, max_size=4), st.lists(_people, max_size=8))
def test_verdicts_over_a_population_add_up_to_its_size(rules, people):
    found = [assess_person(rules, person).verdict for person in people]

    assert sum(found.count(verdict) for verdict in Verdict) == len(people)


@given(st.lists(_rules, max_size=4), _people, st.lists(_records, max_size=3))
def test_what_comes_later_leaves_the_day_as_it_was(rules, person, records):
    tomorrow = PartialDate.of(person.day + timedelta(days=1))
    later = tuple(replace(each, awarded=tomorrow) for each in records)
    held_later = Held("CC03", person.day + timedelta(days=1))
    after = replace(
        person, records=(*person.records, *later), holdings=(*person.holdings, held_later)
    )

    before_it, after_it = assess_person(rules, person), assess_person(rules, after)

    assert after_it == before_it
    assert words_of(after_it) == words_of(before_it)


def words_of(found):
    return [
        (leaf.reason, leaf.evidence, leaf.remedy, leaf.note)
        for post in found.posts
        for leaf in post.leaves
    ]


@given(st.lists(_rules, max_size=4), _people)
def test_every_leaf_names_its_article_and_open_ones_what_to_do(rules, person):
    found = assess_person(rules, person)

    for leaf in found.open_leaves:
        assert leaf.article
        assert leaf.remedy
        assert leaf.reason
    assert all(rules_for(post.post, rules, person.day) or not post.leaves for post in found.posts)
