"""What is a gap and which course gives it: every branch, by hand."""

from datetime import date

import pytest

from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import RuleOnDay, assess_person
from daitu_portal.dates import PartialDate
from training.rules.admission import Applicant, Course, Disciplined, PostHeld
from training.rules.gaps import (
    NONE,
    Gap,
    State,
    backlog,
    cheapest,
    gap_of_code,
    lack,
    merged,
    standard_gaps,
    suffices,
)

DAY = date(2023, 8, 15)
POST = frozenset({"CC03"})
HELD = (Held("CC03", date(2015, 1, 1), None, 1, 7),)
DEGREE = {"level": {"strand": "professional", "min": 4}}
MIDDLE = {"level": {"strand": "professional", "min": 2}}
LAW = {"training": "law"}
COLLEGE = Record("professional", 3, PartialDate("2010"), field="law", label="Cao đẳng")
DEPUTY = PostHeld("NK01", "part_time", "org_deputy")
TRUNG_CAP = Course(admission="llct_middle", strand="political", rank=2, hours=1056)
SO_CAP = Course(admission="llct_basic", strand="political", rank=1, hours=160)


def rule(requirement, **fields):
    told = {"code": "r", "dimension": "Chuyên môn", "label": "", "article": "NĐ thử, điều 1"}
    return RuleOnDay(posts=POST, requirement=requirement, valid_from=date(2020, 1, 1),
                     **{**told, **fields})  # fmt: skip


def gaps(*rules, records=(COLLEGE,), trainings=(), areas=()):
    facts = Facts(DAY, records=records, trainings=trainings, holdings=HELD)
    return standard_gaps(assess_person(rules, facts, dict(areas)))


def test_a_level_below_the_standard_is_a_gap_with_its_article():
    (gap,) = gaps(rule(DEGREE))

    assert (gap.state, gap.code, gap.due) == (State.LACKS, "professional-4", None)
    assert gap.words == "Đại học chuyên môn"
    assert gap.short == "chưa có đại học chuyên môn"
    assert "NĐ thử" in gap.article


def test_time_left_is_the_day_due():
    waiting = rule(DEGREE, transition_until=date(2028, 8, 1),
                   transition_condition={"held_before": "2023-08-01"})  # fmt: skip

    (gap,) = gaps(waiting)

    assert (gap.state, gap.due) == (State.TRANSITION, date(2028, 8, 1))


def test_what_the_record_does_not_tell_is_unknown():
    (level,) = gaps(rule(DEGREE), records=())
    (content,) = gaps(rule(LAW))

    assert level.state == State.UNKNOWN
    assert (content.state, content.code) == (State.UNKNOWN, "law")
    assert content.words == "Kiến thức pháp luật"
    assert content.short == "chưa ghi nhận kiến thức pháp luật"


def test_of_all_only_the_open_parts_are_gaps():
    both = rule({"all": [MIDDLE, LAW, {"training": "civil_status"}]})

    found = gaps(both, trainings=(Training("law"),))

    assert [gap.code for gap in found] == ["civil_status"]


def test_of_several_ways_the_one_with_fewest_open_parts_is_a_gap():
    either = rule({"any": [{"all": [LAW, {"training": "civil_status"}]}, DEGREE]})

    assert [gap.code for gap in gaps(either)] == ["professional-4"]


def test_an_age_is_no_gap():
    assert gaps(rule({"age": {"min": 18}})) == []


def test_what_is_met_or_uncertain_is_no_gap():
    assert gaps(rule(MIDDLE)) == []
    assert gaps(rule(DEGREE, is_uncertain=True)) == []


def test_in_a_mountain_commune_its_floor_is_what_is_lacking():
    low = Record("professional", 1, PartialDate("2010"), label="Sơ cấp")

    (gap,) = gaps(rule(DEGREE, mountain=MIDDLE), records=(low,), areas={7: True})

    assert gap.code == "professional-2"


def test_the_fields_that_a_rule_asks_go_along():
    law = rule({"level": {"strand": "professional", "min": 4, "fields": ["law"]}})

    (gap,) = gaps(law)

    assert gap.fields == ("law",)


LATER, SOONER = date(2028, 8, 1), date(2024, 12, 25)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Gap(State.TRANSITION, "political", 1, due=LATER),
         Gap(State.TRANSITION, "political", 2, due=SOONER),
         Gap(State.TRANSITION, "political", 2, due=SOONER)),
        (Gap(State.TRANSITION, "political", 2, due=LATER), Gap(State.LACKS, "political", 1),
         Gap(State.LACKS, "political", 2)),
        (Gap(State.UNKNOWN, "political", 2), Gap(State.UNKNOWN, "political", 2, fields=("law",)),
         Gap(State.UNKNOWN, "political", 2, fields=("law",))),
    ],
)  # fmt: skip
def test_of_a_strand_the_highest_level_and_the_first_day_count(one, other, expected):
    assert merged([one, other]) == [expected]
    assert merged([other, one]) == [expected]


def test_gaps_of_several_strands_and_contents_stand_apart():
    several = [Gap(State.UNKNOWN, content="law"), Gap(State.LACKS, "political", 2)]

    assert merged(several) == several


@pytest.mark.parametrize(
    ("course", "gap", "expected"),
    [
        (Course(strand="political", rank=2), Gap(State.LACKS, "political", 2), True),
        (Course(strand="political", rank=3), Gap(State.LACKS, "political", 2), True),
        (Course(strand="political", rank=1), Gap(State.LACKS, "political", 2), False),
        (Course(strand="it", rank=2), Gap(State.LACKS, "political", 2), False),
        (Course(content="law"), Gap(State.UNKNOWN, content="law"), True),
        (Course(content="other"), Gap(State.UNKNOWN, content="law"), False),
        (Course(strand="professional", rank=4, field="law"),
         Gap(State.LACKS, "professional", 4, fields=("law",)), True),
        (Course(strand="professional", rank=4, field="economics"),
         Gap(State.LACKS, "professional", 4, fields=("law",)), False),
        (Course(strand="professional", rank=4),
         Gap(State.LACKS, "professional", 4, fields=("law",)), True),
        (Course(), Gap(State.BACKLOG), False),
    ],
)  # fmt: skip
def test_whether_a_course_fills_a_gap(course, gap, expected):
    assert suffices(course, gap) is expected


def test_the_cheapest_course_that_is_enough_is_proposed():
    gap, nobody = Gap(State.LACKS, "political", 2), Facts(DAY)
    courses = {
        1: Course(strand="political", rank=3, hours=10),
        2: Course(strand="political", rank=2),
        3: Course(strand="political", rank=2, hours=1056),
        4: Course(strand="political", rank=1, hours=1),
    }

    assert cheapest(courses, gap, nobody) == 3
    assert cheapest({4: courses[4]}, gap, nobody) is None


def test_the_field_of_what_was_learned_goes_before_others():
    gap = Gap(State.LACKS, "professional", 4)
    courses = {
        1: Course(strand="professional", rank=4, field="economics"),
        2: Course(strand="professional", rank=4, field="law"),
    }

    assert cheapest(courses, gap, Facts(DAY, records=(COLLEGE,))) == 2
    assert cheapest(courses, Gap(State.UNKNOWN, content="law"), Facts(DAY)) is None


def deputy(*records, **more):
    return Applicant(Facts(DAY, records=records), posts=(DEPUTY,), has_served=True, **more)


PRIMARY = Record("political", 1, PartialDate("2015"), label="Sơ cấp")
UNTRAINED = Record("political", 0, label="Chưa qua đào tạo")


def test_a_deputy_below_trung_cap_is_a_backlog_though_no_standard_asks():
    found = backlog({1: SO_CAP, 2: TRUNG_CAP}, deputy(UNTRAINED))

    assert found == Gap(State.BACKLOG, "political", 2, article="Quy định 57-QĐ/TW")


def test_discipline_and_retirement_do_not_end_a_backlog():
    blocked = Disciplined("state", "warning", DAY)

    person = deputy(PRIMARY, disciplines=(blocked,), leaves=(DAY, DAY))

    assert backlog({2: TRUNG_CAP}, person)


@pytest.mark.parametrize(
    "person",
    [
        deputy(),  # nothing is known of LLCT
        deputy(Record("political", 2, PartialDate("2015"), label="Trung cấp")),
        Applicant(Facts(DAY, records=(PRIMARY,)), posts=(PostHeld("CC03", "civil_servant",
                  "civil_servant"),)),
    ],
)  # fmt: skip
def test_whoever_no_rule_sends_is_no_backlog(person):
    assert backlog({2: TRUNG_CAP, 3: Course(strand="political", rank=2)}, person) is None


def test_what_a_course_would_give_is_the_gap_of_the_standard_where_there_is_one():
    gap = Gap(State.TRANSITION, "professional", 4, due=LATER)
    course = Course(strand="professional", rank=4, field="law")

    assert lack(course, [gap], Facts(DAY, records=(COLLEGE,))) is gap


def test_else_it_is_the_level_or_content_that_the_record_has_not():
    low, high = Facts(DAY, records=(COLLEGE,)), Record("professional", 4, label="Đại học")
    degree = Course(strand="professional", rank=4, field="law")

    assert lack(degree, [], low) == Gap(State.BACKLOG, "professional", 4)
    of_another = Gap(State.LACKS, "political", 2)
    assert lack(degree, [of_another], low) == Gap(State.BACKLOG, "professional", 4)
    assert lack(degree, [], Facts(DAY, records=(high,))) is None
    assert lack(degree, [], Facts(DAY)) is None
    assert lack(Course(content="law"), [], low) == Gap(State.UNKNOWN, content="law")
    assert lack(Course(content="law"), [], Facts(DAY, trainings=(Training("law"),))) is None
    assert lack(Course(), [], low) == Gap(State.UNKNOWN)


def test_a_course_of_no_certain_content_is_lacked_by_everyone():
    taught = Facts(DAY, trainings=(Training("other"),))

    assert lack(Course(content="other"), [], taught) == Gap(State.UNKNOWN, content="other")


@pytest.mark.parametrize("code", ["political-2", "professional-4", "law", "other", NONE])
def test_a_gap_is_called_by_its_code(code):
    gap = gap_of_code(code)

    assert gap
    assert gap.code == code


@pytest.mark.parametrize("code", ["", "political-9", "political-0", "political-²", "x-1", "xyz"])
def test_what_is_no_code_names_no_gap(code):
    assert gap_of_code(code) is None


def test_no_gap_has_no_words():
    assert Gap(State.BACKLOG).words == ""
