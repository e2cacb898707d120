"""Verdicts: one rule, a post, a person; what each leaf says."""

from datetime import date

import pytest

from cadres.rules.standards import (
    MEETING,
    VERDICT_LABELS,
    Verdict,
    assess_person,
    assess_post,
    assess_rule,
    combine,
    rules_for,
)
from cadres.tests.facts import DEGREE, INTERMEDIATE, degree, facts, held, rule, trained

TRANSITION = {
    "transition_until": date(2024, 12, 25),
    "transition_condition": {"recruited_before": "2019-12-25"},
    "transition_article": "điều 3",
}


def verdict(the_rule, person, in_area=None):
    return assess_rule(the_rule, person, in_area).verdict


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([degree(4)], Verdict.MET),
        ([degree(3)], Verdict.NOT_MET),
        ([], Verdict.MISSING),
        ([degree(0)], Verdict.NOT_MET),
    ],
)
def test_a_plain_rule_is_met_not_met_or_not_known(records, expected):
    assert verdict(rule(), facts(*records)) == expected


@pytest.mark.parametrize(
    ("day", "recruited", "expected"),
    [
        (date(2024, 12, 24), "2019-12-24", Verdict.TRANSITION),
        (date(2024, 12, 25), "2019-12-24", Verdict.NOT_MET),
        (date(2023, 6, 8), "2019-12-25", Verdict.NOT_MET),
        (date(2023, 6, 8), None, Verdict.NOT_MET),
        (date(2023, 6, 8), "2019", Verdict.NOT_MET),
    ],
)
def test_who_was_recruited_before_the_circular_may_wait_until_its_term(day, recruited, expected):
    person = facts(degree(3), day=day, recruited=recruited)

    assert verdict(rule(**TRANSITION), person) == expected


@pytest.mark.parametrize("half", ["transition_until", "transition_condition"])
def test_a_transition_needs_both_a_term_and_those_it_is_for(half):
    person = facts(degree(3), recruited="2010")

    assert verdict(rule(**{half: TRANSITION[half]}), person) == Verdict.NOT_MET


def test_a_transition_may_be_for_those_who_held_the_post_before():
    waits = rule(**{**TRANSITION, "transition_condition": {"held_before": "2019-12-25"}})

    assert verdict(waits, facts(degree(3))) == Verdict.TRANSITION


def test_the_requirement_and_the_mountain_floor_speak_of_the_posts_of_the_rule():
    entered_young = {"entry_age": {"max": {"M": 45, "F": 45}}}
    elder = {"entry_age": {"max": {"M": 30, "F": 30}}}

    assert verdict(rule(entered_young), facts()) == Verdict.MET
    assert verdict(rule(elder, mountain=entered_young), facts(), True) == Verdict.AREA


def test_a_transition_does_not_cover_missing_data():
    leaf = assess_rule(rule(**TRANSITION), facts(recruited="2010"), None)

    assert leaf.verdict == Verdict.MISSING
    assert leaf.until is None


@pytest.mark.parametrize(
    ("in_area", "rank", "expected"),
    [
        (True, 3, Verdict.AREA),
        (True, 4, Verdict.MET),
        (True, 1, Verdict.NOT_MET),
        (False, 3, Verdict.NOT_MET),
        (None, 3, Verdict.NOT_MET),
    ],
)
def test_the_mountain_floor_counts_only_where_the_commune_is_known_to_use_it(
    in_area, rank, expected
):
    assert verdict(rule(mountain=INTERMEDIATE), facts(degree(rank)), in_area) == expected


def test_where_the_area_is_not_known_the_leaf_tells_both_answers():
    leaf = assess_rule(rule(mountain=INTERMEDIATE), facts(degree(3)), None)

    assert leaf.note == "nếu xã áp dụng chuẩn miền núi (sàn trung cấp): đạt"
    below = assess_rule(rule(mountain=INTERMEDIATE), facts(degree(1)), None)
    assert below.note.endswith("vẫn chưa đạt")
    unknown = assess_rule(rule(mountain=INTERMEDIATE), facts(), None)
    assert unknown.note.endswith("vẫn thiếu dữ liệu")
    assert assess_rule(rule(mountain=INTERMEDIATE), facts(degree(3)), False).note == ""
    assert assess_rule(rule(mountain=INTERMEDIATE), facts(degree(4)), None).note == ""


def test_an_uncertain_rule_yields_a_note_and_never_a_failure():
    uncertain = rule(is_uncertain=True)

    assert verdict(uncertain, facts(degree(1))) == Verdict.NOT_REQUIRED
    assert verdict(uncertain, facts()) == Verdict.NOT_REQUIRED
    assert verdict(uncertain, facts(degree(4))) == Verdict.MET
    leaf = assess_rule(uncertain, facts(degree(1)), None)
    assert "chưa chắc chắn" in leaf.note
    assert leaf.remedy == ""


def test_a_specialised_rule_that_is_met_says_so():
    special = rule(INTERMEDIATE, is_specialised=True)

    assert verdict(special, facts(degree(2))) == Verdict.SPECIALISED
    assert verdict(special, facts(degree(1))) == Verdict.NOT_MET


def test_a_specialised_rule_replaces_the_general_one_of_its_dimension_alone():
    general = rule(code="CM")
    school = rule(code="GDPT", dimension="Giáo dục phổ thông")
    special = rule(INTERMEDIATE, code="QS", is_specialised=True, posts=frozenset({"CC02", "CC03"}))

    found = rules_for("CC03", [general, school, special], date(2023, 6, 8))

    assert [each.code for each in found] == ["GDPT", "QS"]


@pytest.mark.parametrize(
    ("day", "post", "is_found"),
    [
        (date(2019, 12, 24), "CC03", False),
        (date(2019, 12, 25), "CC03", True),
        (date(2023, 7, 31), "CC03", True),
        (date(2023, 8, 1), "CC03", False),
        (date(2023, 6, 8), "CC05", False),
    ],
)
def test_a_rule_outside_its_dates_or_posts_never_fires(day, post, is_found):
    circular = rule(valid_to=date(2023, 8, 1))

    assert bool(rules_for(post, [circular], day)) is is_found


def test_the_leaf_names_evidence_article_and_what_to_do():
    have = degree(3, "2011", label="Cao đẳng Kế toán, 2011")
    leaf = assess_rule(rule(**TRANSITION), facts(have, recruited="2012"), None)

    assert leaf.evidence == "Cao đẳng Kế toán, 2011"
    assert leaf.reason == "đang có cao đẳng Kế toán, 2011, cần đại học; được đến 25/12/2024"
    assert leaf.remedy == "Cử học đại học"
    assert leaf.article == "TT 13/2019/TT-BNV, điều 1; điều 3"
    assert leaf.until == date(2024, 12, 25)
    assert leaf.label == "còn thời hạn đến 25/12/2024"


def test_the_leaf_of_a_met_rule_shows_the_paper_and_the_article_alone():
    leaf = assess_rule(rule(**TRANSITION), facts(degree(4, label="Đại học Luật, 2010")), None)

    assert (leaf.reason, leaf.remedy) == ("Đại học Luật, 2010", "")
    assert leaf.article == "TT 13/2019/TT-BNV, điều 1"
    assert leaf.label == "đạt chuẩn"
    assert leaf.meets


def test_a_met_rule_without_a_paper_to_show_says_what_it_answers():
    waits = rule({"recruited_before": "2019-12-25"})
    either_way = rule({"any": [{"recruited_before": "2019-12-25"}, DEGREE]})

    assert assess_rule(either_way, facts(recruited="2010"), None).verdict == Verdict.MET
    assert assess_rule(waits, facts(recruited="2010"), None).reason.startswith("đáp ứng")


def test_a_missing_record_is_told_and_asked_for():
    leaf = assess_rule(rule(), facts(), None)

    assert leaf.reason == "chưa có hồ sơ chuyên môn"
    assert leaf.remedy == "Bổ sung hồ sơ: bằng chuyên môn"
    assert not leaf.meets


def test_notes_of_the_rule_show_only_where_it_is_not_met():
    noted = rule(note="miền núi: tương đương sơ cấp")

    assert assess_rule(noted, facts(degree(3)), None).note == "miền núi: tương đương sơ cấp"
    assert assess_rule(noted, facts(degree(4)), None).note == ""


class _Part:
    def __init__(self, verdict, until=None):
        self.verdict, self.until = verdict, until


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([Verdict.MET, Verdict.NOT_MET, Verdict.MISSING], Verdict.NOT_MET),
        ([Verdict.MET, Verdict.MISSING, Verdict.TRANSITION], Verdict.MISSING),
        ([Verdict.AREA, Verdict.TRANSITION], Verdict.TRANSITION),
        ([Verdict.SPECIALISED, Verdict.AREA], Verdict.AREA),
        ([Verdict.MET, Verdict.SPECIALISED], Verdict.SPECIALISED),
        ([Verdict.MET, Verdict.NOT_REQUIRED, Verdict.NO_RULE], Verdict.MET),
        ([Verdict.NOT_REQUIRED], Verdict.NO_RULE),
        ([], Verdict.NO_RULE),
    ],
)
def test_the_worst_known_answer_is_that_of_the_whole(parts, expected):
    assert combine([_Part(each) for each in parts]) == (expected, None)


def test_several_transitions_end_with_the_first_of_them():
    late, soon = date(2028, 8, 1), date(2024, 12, 25)
    parts = [_Part(Verdict.TRANSITION, late), _Part(Verdict.TRANSITION, soon)]

    assert combine(parts) == (Verdict.TRANSITION, soon)
    assert combine([*parts, _Part(Verdict.NOT_MET)]) == (Verdict.NOT_MET, None)


def test_the_end_of_what_does_not_wait_is_none_of_the_whole():
    soon, late = date(2024, 12, 25), date(2028, 8, 1)
    parts = [_Part(Verdict.MET, soon), _Part(Verdict.TRANSITION, late)]

    assert combine(parts) == (Verdict.TRANSITION, late)


def test_a_person_and_the_post_wait_until_the_term_of_the_rule():
    person = facts(degree(3), recruited="2012")

    found = assess_person([rule(**TRANSITION)], person)

    assert (found.verdict, found.until) == (Verdict.TRANSITION, date(2024, 12, 25))
    assert found.posts[0].until == date(2024, 12, 25)


def test_a_post_shows_uncertain_rules_and_is_not_decided_by_them():
    rules = [rule(), rule(is_uncertain=True, code="NGHI", dimension="Tuổi")]

    found = assess_post(held(holding_id=7), rules, facts(degree(4)))

    assert (found.holding_id, found.post, found.verdict) == (7, "CC03", Verdict.MET)
    assert [leaf.rule_code for leaf in found.leaves] == ["THU", "NGHI"]


def test_a_post_without_a_rule_on_the_day_has_no_rule():
    found = assess_post(held("TH01"), [rule()], facts())

    assert (found.verdict, found.leaves) == (Verdict.NO_RULE, ())
    assert found.label == "chưa có quy định"


def test_a_person_meets_the_standard_who_meets_that_of_every_post():
    secretary = rule(posts=frozenset({"CB01"}), requirement={"training": "law"}, code="BD")
    posts = (held("CC03"), held("CB01"))
    person = facts(degree(4), holdings=posts)

    assert assess_person([rule(), secretary], person).verdict == Verdict.MISSING
    taught = facts(degree(4), holdings=posts, trainings=(trained("law"),))
    assert assess_person([rule(), secretary], taught).verdict == Verdict.MET


def test_only_posts_held_on_the_day_count():
    posts = (
        held(begins=date(2023, 6, 9)),
        held(begins=date(2010, 1, 1), ends=date(2023, 6, 8)),
    )

    assert assess_person([rule()], facts(degree(1), holdings=posts)).verdict == Verdict.NO_RULE


def test_a_post_counts_from_its_first_day():
    person = facts(degree(4), holdings=(held(begins=date(2023, 6, 8)),))

    assert assess_person([rule()], person).verdict == Verdict.MET


def test_each_post_is_judged_by_the_area_of_its_commune():
    floor = rule(mountain=INTERMEDIATE)
    posts = (held(commune_id=1),)

    in_area = assess_person([floor], facts(degree(2), holdings=posts), {1: True})
    elsewhere = assess_person([floor], facts(degree(2), holdings=posts), {2: True})

    assert (in_area.verdict, elsewhere.verdict) == (Verdict.AREA, Verdict.NOT_MET)


def test_open_leaves_are_told_once_a_dimension():
    posts = (held("CC03"), held("CC05"))
    both_posts = rule(posts=frozenset({"CC03", "CC05"}))

    found = assess_person([both_posts], facts(degree(3), holdings=posts))

    assert len(found.posts) == 2
    assert len(found.open_leaves) == 1
    assert assess_person([both_posts], facts(degree(4), holdings=posts)).open_leaves == []


def test_the_words_of_verdicts_are_those_of_the_office():
    assert set(VERDICT_LABELS) == set(Verdict)
    assert {"met", "specialised", "area"} == MEETING
