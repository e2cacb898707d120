"""The vocabulary of requirements: yes, no, or not known."""

from datetime import date

import pytest

from cadres.rules.requirements import answer, both, check, either, leaves
from cadres.tests.facts import DEGREE, degree, facts, held, trained
from daitu_portal.dates import PartialDate

POSTS = frozenset({"CC03"})
LLCT = {"level": {"strand": "political", "min": 2, "confirmation_before": "2021-07-09"}}
LAW = {"level": {"strand": "professional", "min": 2, "fields": ["law"]}}


@pytest.mark.parametrize(
    ("answers", "all_of_them", "any_of_them"),
    [
        ([True, True], True, True),
        ([True, False], False, True),
        ([True, None], None, True),
        ([False, None], False, None),
        ([False, False], False, False),
        ([None], None, None),
        ([], True, False),
    ],
)
def test_what_is_not_known_decides_only_where_nothing_else_does(answers, all_of_them, any_of_them):
    assert both(answers) is all_of_them
    assert either(answers) is any_of_them


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], None),
        ([degree(0)], False),
        ([degree(3)], False),
        ([degree(4)], True),
        ([degree(7)], True),
        ([degree(3), degree(4)], True),
        ([degree(4, strand="political")], None),
        ([degree(4, awarded="2023-06-08")], True),
        ([degree(4, awarded="2023-06-09")], None),
        ([degree(4, awarded=None)], True),
        ([degree(4, awarded="2023")], True),  # a bare year is read at its first day
        ([degree(4, awarded="2023-07"), degree(3)], False),
    ],
)
def test_a_level_is_met_by_itself_or_higher_on_record_by_the_day(records, expected):
    assert answer(DEGREE, facts(*records)) is expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (degree(2, field="law"), True),
        (degree(4, field="law"), True),
        (degree(4, field="economics"), False),
        (degree(4, field=""), None),
        (degree(1, field=""), False),
    ],
)
def test_where_a_field_is_asked_for_another_field_does_not_do(record, expected):
    assert answer(LAW, facts(record)) is expected


@pytest.mark.parametrize(
    ("awarded", "evidence", "expected"),
    [
        ("2021-07-08", "confirmation", True),
        ("2021-07-09", "confirmation", False),
        ("2021", "confirmation", True),
        (None, "confirmation", None),
        ("2022-01-01", "diploma", True),
        (None, "diploma", True),
    ],
)
def test_a_paper_of_confirmation_counts_if_issued_before_the_ninth_of_july_2021(
    awarded, evidence, expected
):
    record = degree(2, awarded, "political", evidence=evidence)

    assert answer(LLCT, facts(record)) is expected


@pytest.mark.parametrize(
    ("training", "expected"),
    [
        (trained("law"), True),
        (trained("law", None), True),
        (trained("law", "2023-06-08"), True),
        (trained("law", "2023-06-09"), None),
        (trained("party_building"), None),
    ],
)
def test_a_training_without_record_is_not_known_rather_than_not_done(training, expected):
    assert answer({"training": "law"}, facts(trainings=(training,))) is expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2005-06-08", True),
        ("2005-06-09", False),
        ("2005", None),
        ("2004", True),
        ("2006", False),
        (None, None),
    ],
)
def test_age_is_counted_in_full_years_and_a_bare_year_may_leave_it_open(born, expected):
    assert answer({"age": {"min": 18}}, facts(born=born)) is expected


@pytest.mark.parametrize(
    ("born", "sex", "expected"),
    [
        ("1970-05-13", "M", True),  # 44 on 12/05/2015
        ("1969-05-13", "M", True),  # 45 still, for one more day
        ("1969-05-12", "M", False),  # 46 that very day
        ("1969", "M", None),
        ("1964-05-13", "F", False),
        ("1974-05-13", "F", True),
        (None, "M", None),
    ],
)
def test_entry_age_is_that_on_the_first_day_in_one_of_the_posts(born, sex, expected):
    tree = {"entry_age": {"max": {"M": 45, "F": 40}}}

    assert answer(tree, facts(born=born, sex=sex), POSTS) is expected


def test_who_enters_on_the_very_day_has_entered():
    tree = {"entry_age": {"max": {"M": 45, "F": 45}}}
    today = facts(holdings=(held(begins=date(2023, 6, 8)),))

    assert answer(tree, today, POSTS) is True


def test_entry_age_is_not_known_of_someone_who_never_entered_by_the_day():
    tree = {"entry_age": {"max": {"M": 45, "F": 45}}}
    later = facts(holdings=(held(begins=date(2023, 6, 9)),))

    assert answer(tree, later, POSTS) is None
    assert answer(tree, facts(), frozenset({"CB01"})) is None


@pytest.mark.parametrize(
    ("recruited", "expected"),
    [
        ("2019-12-24", True),
        ("2019-12-25", False),
        ("2019-12", None),
        ("2019", None),
        ("2019-11", True),
        ("2020", False),
        (None, None),
    ],
)
def test_recruited_before_a_day_is_open_where_the_date_is_too_coarse(recruited, expected):
    assert answer({"recruited_before": "2019-12-25"}, facts(recruited=recruited)) is expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (date(2023, 7, 31), None, True),
        (date(2023, 8, 1), None, False),
        (date(2015, 1, 1), date(2023, 8, 1), True),
        (date(2015, 1, 1), date(2023, 7, 31), False),
    ],
)
def test_held_before_looks_at_the_eve_of_the_day(begins, ends, expected):
    person = facts(day=date(2023, 8, 15), holdings=(held(begins=begins, ends=ends),))

    assert answer({"held_before": "2023-08-01"}, person, POSTS) is expected


def test_a_tree_joins_its_branches():
    justice = {"all": [LAW, {"training": "civil_status"}]}
    person = facts(degree(2, field="law"), trainings=(trained("civil_status"),))

    assert answer(justice, person) is True
    assert answer(justice, facts(degree(2, field="law"))) is None
    assert answer({"any": [DEGREE, {"training": "law"}]}, facts(degree(3))) is None
    assert leaves({"any": [justice, DEGREE]}) == [LAW, {"training": "civil_status"}, DEGREE]


@pytest.mark.parametrize("word", ["all", "any"])
def test_the_branches_of_a_tree_speak_of_the_posts_of_the_rule(word):
    tree = {word: [{"held_before": "2023-01-01"}]}

    assert answer(tree, facts(), POSTS) is True
    assert answer(tree, facts(), frozenset({"CB01"})) is False


def test_a_word_outside_the_vocabulary_is_an_error_and_no_answer():
    with pytest.raises(ValueError, match="'degree' is no requirement"):
        answer({"degree": 4}, facts())


def test_facts_of_a_strand_come_highest_first():
    person = facts(degree(2), degree(5), degree(4), degree(3, strand="political"))

    assert [record.rank for record in person.of_strand("professional")] == [5, 4, 2]


@pytest.mark.parametrize(
    "tree",
    [
        DEGREE,
        LLCT,
        LAW,
        {"training": "law"},
        {"age": {"min": 18}},
        {"entry_age": {"max": {"M": 45, "F": 45}}},
        {"recruited_before": "2019-12-25"},
        {"held_before": "2023-08-01"},
        {"all": [DEGREE, {"any": [LLCT, {"training": "law"}]}]},
        {"level": {"strand": "professional", "min": 4, "usual_fields": ["law"]}},
        {"level": {"strand": "ethnic_language", "min": 1}},
    ],
)
def test_sound_requirements_pass_the_check(tree):
    check(tree)


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        (None, "yêu cầu: cần đúng một từ"),
        ({}, "yêu cầu: cần đúng một từ"),
        ({"training": "law", "age": {"min": 18}}, "yêu cầu: cần đúng một từ"),
        ({"degree": 4}, "yêu cầu: không có điều kiện nào tên “degree”"),
        ({"all": []}, r"yêu cầu\.all: cần một danh sách"),
        ({"any": DEGREE}, r"yêu cầu\.any: cần một danh sách"),
        ({"all": [DEGREE, {"training": "cooking"}]}, r"all\[1\]\.training: không có .* “cooking”"),
        ({"level": 4}, "một mức có “strand” và “min”"),
        ({"level": {"min": 4}}, "một mức có “strand” và “min”"),
        ({"level": {"strand": "professional", "min": 4, "max": 5}}, "một mức có “strand” và “min”"),
        ({"level": {"strand": "trade", "min": 4}}, "nội dung trình độ nào tên “trade”"),
        ({"level": {"strand": "professional", "min": 0}}, "từ 1 đến 7, không phải “0”"),
        ({"level": {"strand": "professional", "min": 7}}, None),
        ({"level": {"strand": "professional", "min": 8}}, "từ 1 đến 7, không phải “8”"),
        ({"level": {"strand": "professional", "min": "4"}}, "không phải “4”"),
        (
            {"level": {"strand": "political", "min": 2, "confirmation_before": "9/7/2021"}},
            "không phải ngày",
        ),
        (
            {"level": {"strand": "political", "min": 2, "confirmation_before": None}},
            "không phải ngày",
        ),
        ({"age": 18}, "tuổi cần đúng “min”"),
        ({"age": {"min": "18"}}, "tuổi cần đúng “min”"),
        ({"age": {"min": 18, "max": 60}}, "tuổi cần đúng “min”"),
        ({"entry_age": 45}, "tuổi tham gia lần đầu cần “max”"),
        ({"entry_age": {"max": {"M": 45}}}, "tuổi tham gia lần đầu cần “max”"),
        ({"entry_age": {"max": {"M": "45", "F": 45}}}, "tuổi tham gia lần đầu cần “max”"),
        ({"training": ["law"]}, "nội dung bồi dưỡng nào tên"),
        ({"level": {"strand": {}, "min": 4}}, "nội dung trình độ nào tên"),
        ({"entry_age": {"max": 45}}, "tuổi tham gia lần đầu cần “max”"),
        ({"recruited_before": "hôm qua"}, "không phải ngày"),
        ({"held_before": 20230801}, "không phải ngày"),
    ],
)
def test_what_is_wrong_with_a_requirement_is_told_with_its_place(tree, place):
    if place is None:
        check(tree, "yêu cầu")
        return

    with pytest.raises(ValueError, match=place):
        check(tree, "yêu cầu")


def test_the_place_of_a_requirement_that_stands_alone_is_called_requirement():
    with pytest.raises(ValueError, match=r"^yêu cầu\.all\[0\]: .*“degree”"):
        check({"all": [{"degree": 4}]})


def test_facts_hold_partial_dates_as_they_are():
    assert facts(born="1965").born == PartialDate("1965")
