"""What a record must hold and what in it is doubtful, by hand-made facts; no database."""

from dataclasses import replace
from datetime import date

import pytest

from cadres.rules.retirement import AgeRow
from daitu_portal.dates import PartialDate as P
from intake.rules.completeness import Moment, Severity
from intake.rules.examination import CHECKS, examine
from intake.rules.record_facts import (
    DegreeLine,
    Facts,
    Group,
    Kind,
    PostLine,
    RelativeLine,
    kinds_on,
)

DAY = date(2023, 6, 8)
# Men retire at 60 years and 9 months, women at 56, in 2023 (NĐ 135/2020, art. 4).
AGES = (
    AgeRow("M", date(2023, 1, 1), date(2024, 1, 1), 60, 9, "", "S"),
    AgeRow("F", date(2023, 1, 1), date(2024, 1, 1), 56, 0, "", "S"),
)
MOMENT = Moment(DAY, DAY, AGES)


def post(key=1, category="civil_servant", **fields):
    given = {
        "post": 1, "unit": 1, "is_main": True, "valid_from": date(2015, 1, 1), "valid_to": None,
        "unit_from": date(2000, 1, 1), "unit_to": None, "decision_number": "12/QĐ",
    }  # fmt: skip
    return PostLine(key, category, **(given | fields))


def degree(key, strand, rank, awarded="2005", evidence="diploma", number="A1", major=""):
    return DegreeLine(key, strand, rank, P(awarded) if awarded else None, evidence, number, major)


OWN = {
    "sex": "M", "born_on": P("1980-05-12"), "national_id": "019080000017", "phone": "0900000000",
    "ethnicity": "Kinh", "religion": "Không", "birthplace": "x", "home_town": "x",
    "residence": "x", "recruited_on": P("2010"), "recruited_by": "x",
    "party_joined_on": P("2008-02-03"), "party_official_on": P("2009-02-03"),
    "national_id_issued_on": P("2021"), "insurance_number": "1", "insured_from": P("2010-03"),
    "permanent_residence": "x", "family_class": "x", "prior_job": "x",
    "agency_joined_on": P("2015"), "main_work": "x", "health": "tốt", "blood_type": "O",
}  # fmt: skip
DEGREES = (
    degree(11, "general", 3, "1998"),
    degree(12, "professional", 4),
    degree(13, "political", 2),
    degree(14, "state_management", 2),
    degree(15, "it", 2),
    degree(16, "language", 1),
)
WHOLE = Facts(
    key=1,
    own=OWN,
    posts=(post(),),
    degrees=DEGREES,
    family=(RelativeLine(31, "Vợ", "Nguyễn Thị Thử", P("1982")),),
    is_rated=True,
    has_pay=True,
    has_work=True,
    rated_year=2022,
    kinds=frozenset({Kind.CIVIL_SERVANT}),
)


def found(facts, moment=MOMENT):
    return {(each.code, each.row) for each in examine(facts, moment).findings}


def owning(**fields):
    return replace(WHOLE, own=OWN | fields)


def with_degrees(*more):
    return replace(WHOLE, degrees=(*DEGREES, *more))


def test_a_whole_record_lacks_nothing_and_nothing_in_it_is_doubtful():
    exam = examine(WHOLE, MOMENT)

    assert exam.findings == ()
    assert exam.required == exam.filled
    # 6 fields of everyone, phone and birthplace, two of staff: identity asks ten of a civil servant
    assert exam.required[Group.IDENTITY] == 10


@pytest.mark.parametrize("name", [n for n in OWN if n not in ("sex", "party_joined_on")])
def test_each_field_that_is_asked_is_missed_when_it_is_empty(name):
    empty = "" if isinstance(OWN[name], str) else None
    code = "missing_party_official" if name == "party_official_on" else f"missing_{name}"

    exam = examine(owning(**{name: empty}), MOMENT)

    assert (code, None) in {(e.code, e.row) for e in exam.findings}
    assert exam.required.total() - exam.filled.total() == 1
    assert CHECKS[code].severity == Severity.MISSING
    assert CHECKS[code].field == name


@pytest.mark.parametrize("strand", [each.strand for each in DEGREES])
def test_each_strand_that_is_asked_is_missed(strand):
    left = tuple(each for each in DEGREES if each.strand != strand)

    assert found(replace(WHOLE, degrees=left)) == {(f"missing_{strand}", None)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"has_pay": False}, "missing_pay"),
        ({"is_rated": False}, "missing_rating"),
        ({"has_work": False}, "missing_work"),
        ({"family": ()}, "missing_family"),
    ],
)
def test_each_table_that_must_have_a_row_is_missed(change, code):
    assert found(replace(WHOLE, **change)) == {(code, None)}


def test_a_rating_is_asked_only_of_those_who_served_the_second_half_of_the_year():
    def rated(since):
        facts = replace(WHOLE, is_rated=False, posts=(post(valid_from=since),))
        return found(facts) == {("missing_rating", None)}

    assert rated(date(2022, 7, 1))
    assert not rated(date(2022, 7, 2))


def test_rows_lack_numbers_days_and_years_each_by_its_key():
    facts = replace(
        WHOLE,
        posts=(post(7, decision_number=""), post(8, is_main=False, post=2)),
        degrees=(*DEGREES[:1], degree(12, "professional", 4, None, number=""), *DEGREES[2:]),
        family=(RelativeLine(31, "Vợ", "Nguyễn Thị Thử", None),),
    )

    assert found(facts) == {
        ("missing_decision", 7), ("missing_paper", 12), ("missing_awarded", 12),
        ("missing_relative_born", 31),
    }  # fmt: skip


def test_of_a_committee_member_alone_the_form_asks_less_and_the_party_more():
    seat = post(5, "", is_main=False, decision_number="")
    facts = replace(
        WHOLE, posts=(), seats=(seat,), kinds=frozenset({Kind.COMMITTEE}), has_pay=False
    )
    bare = replace(facts, own=OWN | {"health": "", "party_joined_on": None, "phone": ""})

    assert found(facts) == set()
    assert found(bare) == {("missing_party_joined_on", None)}


def test_the_groups_of_someone_are_those_of_what_is_held_that_day():
    held = (post(1, "cadre"), post(2, "part_time", valid_to=date(2023, 6, 8)), post(3, "police"))

    assert kinds_on(held, (), DAY) == {Kind.CADRE}
    assert kinds_on((), (post(4, ""),), DAY) == {Kind.COMMITTEE}


@pytest.mark.parametrize(
    ("awarded", "code"),
    [
        ("2021-07-08", None),
        ("2021-07-09", "late_confirmation"),
        ("2022", "late_confirmation"),
        ("2021", "vague_confirmation"),
        ("2021-07", "vague_confirmation"),
        ("2021-06", None),
    ],
)
def test_a_confirmation_of_political_theory_counts_if_issued_before_9_july_2021(awarded, code):
    facts = with_degrees(degree(21, "political", 2, awarded, evidence="confirmation"))

    assert found(facts) == ({(code, 21)} if code else set())


def test_a_diploma_of_any_day_is_no_doubt():
    assert found(with_degrees(degree(21, "political", 3, "2023-01-05"))) == set()


@pytest.mark.parametrize(
    ("born", "sex", "is_passed"),
    [
        ("1962-08-01", "M", True),  # 60 years and 9 months in May 2023
        ("1962-09-01", "M", False),  # in June: until 30/06/2023
        ("1967-05-20", "F", True),
        ("1967-06-20", "F", False),
    ],
)
def test_who_reached_the_age_of_retirement_last_month_is_doubtful(born, sex, is_passed):
    number = f"0190{born[2:4]}000017" if sex == "M" else f"0191{born[2:4]}000017"
    facts = owning(born_on=P(born), sex=sex, national_id=number)

    assert (("retirement_passed", 1) in found(facts)) is is_passed


def test_the_age_of_retirement_is_no_matter_of_part_time_staff():
    facts = owning(born_on=P("1962-08-01"), national_id="019062000017")
    part_time = replace(
        facts, kinds=frozenset({Kind.PART_TIME}), posts=(post(category="part_time"),)
    )

    assert found(part_time) == set()


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ((post(1), post(2, post=2)), {("two_main_posts", 2)}),
        ((post(1), post(2, post=2, valid_to=date(2020, 1, 1))), set()),
        ((post(1, is_main=False),), {("no_main_post", 1)}),
        ((post(1), post(2, is_main=False)), {("repeated_post", 2)}),
        ((post(1, unit_from=date(2015, 1, 2)),), {("post_in_absent_unit", 1)}),
        ((post(1, unit_to=date(2024, 12, 1)),), {("post_in_absent_unit", 1)}),
        ((post(1, valid_to=date(2024, 12, 1), unit_to=date(2024, 12, 1)),), set()),
    ],
)
def test_posts_of_a_day_fit_together_and_lie_within_their_unit(posts, expected):
    assert found(replace(WHOLE, posts=posts)) == expected


def test_who_has_left_holds_no_post():
    assert found(replace(WHOLE, has_left=True)) == {("left_but_serving", 1)}


def test_a_seat_lies_within_its_unit():
    seat = post(5, "", is_main=False, unit_from=date(2016, 1, 1))

    assert ("seat_in_absent_unit", 5) in found(replace(WHOLE, seats=(seat,)))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"party_joined_on": P("1979")}, "party_before_birth"),
        ({"party_joined_on": P("1998-05-11")}, "party_too_young"),
        ({"party_joined_on": P("1998-05-12")}, None),
        ({"party_joined_on": P("1998")}, None),
        ({"party_joined_on": P("2009-02-04")}, "official_before_joined"),
        ({"party_joined_on": P("2009")}, None),
        ({"recruited_on": P("1998-05-11")}, "recruited_too_young"),
        ({"recruited_on": P("1998-05-12")}, None),
        ({"national_id": "123456789"}, "number_of_nine"),
        ({"national_id": "0190800000"}, "number_malformed"),
        ({"national_id": "01908000001A"}, "number_malformed"),
        ({"national_id": "019180000017"}, "number_of_other_sex"),
        ({"national_id": "019280000017"}, "number_of_other_sex"),
        ({"national_id": "019081000017"}, "number_of_other_year"),
        ({"recruited_on": P("2024")}, "future_recruited_on"),
        ({"recruited_on": P("2023")}, None),
        ({"national_id_issued_on": P("2023-06-09")}, "future_national_id_issued_on"),
        ({"insured_from": P("2023-07")}, "future_insured_from"),
    ],
)
def test_a_persons_own_fields_fit_together(fields, code):
    assert found(owning(**fields)) == ({(code, None)} if code else set())


def test_a_woman_born_in_this_century_has_a_three_in_her_number():
    born = P("2001-03-04")
    fields = {"sex": "F", "born_on": born, "recruited_on": P("2022"), "party_joined_on": P("2021"),
              "party_official_on": P("2022")}  # fmt: skip
    facts = replace(
        owning(**fields, national_id="019301000017"),
        degrees=(
            degree(11, "general", 3, "2019"),
            degree(12, "professional", 4, "2022"),
            *DEGREES[2:],
        ),
    )
    doubts = {code for code, _ in found(facts) if code.startswith("number")}

    assert doubts == set()
    other = replace(facts, own=dict(facts.own) | {"national_id": "019101000017"})
    assert ("number_of_other_sex", None) in found(other)


@pytest.mark.parametrize(
    ("general", "professional", "is_doubtful"),
    [(3, 4, False), (2, 4, True), (2, 3, True), (2, 2, False), (1, 2, True), (1, 1, False)],
)
def test_a_profession_rests_on_the_school_it_needs(general, professional, is_doubtful):
    degrees = (degree(11, "general", general, "1998"), degree(12, "professional", professional))
    facts = replace(WHOLE, degrees=(*degrees, *DEGREES[2:]))

    assert (("general_too_low", 11) in found(facts)) is is_doubtful


@pytest.mark.parametrize(
    ("strand", "rank", "awarded", "is_doubtful"),
    [
        ("it", 2, "1995-05-11", True),
        ("it", 2, "1995-05-12", False),
        ("it", 2, "1995", False),  # may have been in December
        ("it", 0, "1990", False),  # "none" is no paper
        ("general", 1, "1991", False),
        ("general", 3, "1994", True),
    ],
)
def test_no_degree_comes_before_fifteen(strand, rank, awarded, is_doubtful):
    facts = with_degrees(degree(21, strand, rank, awarded))

    assert (("degree_too_early", 21) in found(facts)) is is_doubtful


def test_rows_that_say_the_same_are_told_once_each():
    facts = replace(
        with_degrees(degree(22, "it", 2)),
        family=(*WHOLE.family, RelativeLine(32, "vợ", "nguyễn thị thử", P("1983"))),
    )

    assert found(facts) == {("repeated_degree", 22), ("repeated_relative", 32)}


def test_what_is_after_the_day_but_not_after_today_is_no_doubt():
    facts = owning(recruited_on=P("2024"))

    assert found(facts, Moment(DAY, date(2026, 1, 1), AGES)) == set()


def test_a_degree_of_next_year_is_doubtful():
    assert found(with_degrees(degree(21, "it", 3, "2024"))) == {("future_degree", 21)}


def test_words_tell_what_to_do_and_never_hold_a_place_for_a_value():
    for check in CHECKS.values():
        assert "{" not in check.words
        assert check.field
        assert len(check.words) > 10
    assert len(CHECKS) > 55
