"""Who may be sent to a programme: every branch of the rules, by hand from their documents."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.rules.requirements import Facts, Record, Training
from daitu_portal.dates import PartialDate
from training.rules.admission import (
    BLOCKED_MONTHS,
    Applicant,
    Course,
    Disciplined,
    PostHeld,
    admission_to_level,
    admit,
    reaches,
)

DAY = date(2023, 6, 8)
DEPUTY = PostHeld("NK01", "part_time", "org_deputy")
OFFICE = PostHeld("CC03", "civil_servant", "civil_servant")
COMMANDER = PostHeld("CC02", "civil_servant", "civil_servant")
POLICE_CHIEF = PostHeld("CC01", "civil_servant", "civil_servant")
CHAIR = PostHeld("CB05", "cadre", "leader")
HEAD = PostHeld("CB07", "cadre", "org_head")
CELL = PostHeld("TH01", "village", "other")
MIDDLE = Course(admission="llct_middle", strand="political", rank=2, hours=1056)
BASIC = Course(admission="llct_basic", strand="political", rank=1)
MASTER = Course(admission="postgraduate", strand="professional", rank=5)
FREE = Course()
PRIMARY = Record("political", 1, PartialDate("2015"), label="Sơ cấp, 2015")


def person(*posts, day=DAY, records=(PRIMARY,), trainings=(), born=None, recruited=None, **more):
    facts = Facts(
        day=day,
        born=PartialDate(born) if born else None,
        recruited=PartialDate(recruited) if recruited else None,
        records=records,
        trainings=trainings,
    )
    return Applicant(facts, posts=posts, has_served=True, **more)


@pytest.mark.parametrize("post", [DEPUTY, CHAIR, HEAD, COMMANDER])
def test_trung_cap_takes_whom_the_regulation_names(post):
    assert admit(MIDDLE, person(post)).refusals == ()


@pytest.mark.parametrize("post", [OFFICE, POLICE_CHIEF, CELL])
def test_trung_cap_refuses_others_and_says_by_which_rule(post):
    (words,) = admit(MIDDLE, person(post)).refusals

    assert "không thuộc đối tượng" in words
    assert "Quy định 57-QĐ/TW" in words


def test_a_member_of_the_committee_may_go_whatever_the_post():
    assert admit(MIDDLE, person(OFFICE, sits=True)).refusals == ()


def test_one_fitting_post_of_several_is_enough():
    assert admit(MIDDLE, person(OFFICE, DEPUTY)).refusals == ()


@pytest.mark.parametrize(
    ("day", "refused", "noted"),
    [
        (date(2022, 2, 7), False, "chưa có quy định"),
        (date(2022, 2, 8), True, ""),
        (date(2025, 6, 30), True, ""),
        (date(2025, 7, 1), False, "350-QĐ/TW"),
    ],
)
def test_the_regulation_speaks_from_its_first_day_until_it_is_replaced(day, refused, noted):
    found = admit(MIDDLE, person(OFFICE, day=day))

    assert bool(found.refusals) is refused
    assert noted in " ".join(found.notes)


@pytest.mark.parametrize("course", [BASIC, Course(admission="llct_high")])
def test_the_other_llct_programmes_have_no_rule_before_that_day_either(course):
    found = admit(course, person(OFFICE, day=date(2022, 2, 7), records=()))

    assert found.refusals == ()
    assert "chưa có quy định" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("applicant", "is_noted"),
    [
        (person(OFFICE, records=()), False),
        (person(DEPUTY, records=()), False),
        (person(COMMANDER, records=()), True),
        (person(POLICE_CHIEF, records=()), True),
        (person(COMMANDER, records=(), party_joined=PartialDate("2010")), False),
        (person(COMMANDER, records=(), party_joined=PartialDate("2024")), True),
        (person(CHAIR, records=()), True),
        (person(CHAIR, records=(), sits=True), False),
    ],
)
def test_so_cap_never_refuses_whoever_may_be_a_member(applicant, is_noted):
    found = admit(BASIC, applicant)

    assert found.refusals == ()
    assert ("đảng viên" in " ".join(found.notes)) is is_noted


def test_cao_cap_is_doubted_and_not_refused():
    found = admit(Course(admission="llct_high", strand="political", rank=3), person(CHAIR))

    assert found.refusals == ()
    assert "chưa chắc chắn" in found.notes[0]


GOOD = {2022: 3, 2021: 4}


@pytest.mark.parametrize(
    ("told", "refused", "unknown"),
    [
        ({"recruited": "2020-06-08", "born": "1983", "ratings": GOOD}, "", ""),
        ({"recruited": "2020-06-09", "born": "1983", "ratings": GOOD}, "3 năm", ""),
        ({"recruited": "2020", "born": "1983", "ratings": GOOD}, "", "3 năm"),
        ({"born": "1983", "ratings": GOOD}, "", "3 năm"),
        ({"recruited": "2010", "born": "1983", "ratings": {2022: 2, 2021: 4}}, "tốt", ""),
        ({"recruited": "2010", "born": "1983", "ratings": {2022: 3, 2021: 2}}, "tốt", ""),
        ({"recruited": "2010", "born": "1983", "ratings": {2022: 3}}, "", "tốt"),
        ({"recruited": "2010", "born": "1983", "ratings": {2022: 2}}, "tốt", ""),
        ({"recruited": "2010", "born": "1982-06-09", "ratings": GOOD}, "", ""),
        ({"recruited": "2010", "born": "1982-06-08", "ratings": GOOD}, "40 tuổi", ""),
        ({"recruited": "2010", "born": "1982", "ratings": GOOD}, "", "40 tuổi"),
        ({"recruited": "2010", "ratings": GOOD}, "", "40 tuổi"),
    ],
)
def test_postgraduate_study_asks_years_ratings_and_age(told, refused, unknown):
    """NĐ 101/2017, art. 6; on 08/06/2023 the years rated last are 2021 and 2022."""
    found = admit(MASTER, person(OFFICE, **told))
    refusals = " ".join(found.refusals)
    doubts = " ".join(note for note in found.notes if "sau đại học" in note or "101/2017" in note)

    assert (refused in refusals) if refused else not refusals
    assert (unknown in doubts) if unknown else not doubts


def test_postgraduate_study_has_no_rule_before_the_decree():
    found = admit(MASTER, person(OFFICE, day=date(2017, 10, 20), born="1950"))

    assert found.refusals == ()
    assert "21/10/2017" in " ".join(found.notes)


def test_whoever_holds_the_level_is_told_since_when():
    held = Record("political", 2, PartialDate("2018"), label="Trung cấp, 2018")

    (words,) = admit(MIDDLE, person(DEPUTY, records=(held,))).refusals

    assert words == "đã có trình độ Lý luận chính trị: Trung cấp từ 2018"


def test_a_level_without_a_day_is_held_all_the_same():
    held = Record("political", 3, None, label="Cao cấp")

    (words,) = admit(MIDDLE, person(DEPUTY, records=(held,))).refusals

    assert words == "đã có trình độ Lý luận chính trị: Cao cấp"


def test_a_late_paper_of_confirmation_is_no_level():
    """Kết luận 09-KL/TW: papers issued from 09/07/2021 do not count."""
    late = Record("political", 2, PartialDate("2021-07-09"), evidence="confirmation", label="x")
    early = Record("political", 2, PartialDate("2021-07-08"), evidence="confirmation", label="x")

    assert reaches(MIDDLE, person(records=(late,)).facts) is False
    assert reaches(MIDDLE, person(records=(early,)).facts) is True


def test_a_degree_in_another_field_is_not_what_the_programme_awards():
    law = Course(strand="professional", rank=4, field="law")
    degree = Record("professional", 4, PartialDate("2010"), field="economy", label="Đại học, 2010")

    assert admit(law, person(OFFICE, records=(degree,))).refusals == ()


def test_an_unknown_level_is_noted_and_refuses_nobody():
    found = admit(MIDDLE, person(DEPUTY, records=()))

    assert found.refusals == ()
    assert found.notes == ("thiếu dữ liệu: trình độ Lý luận chính trị hiện có",)


def test_a_content_may_be_learned_again():
    law = Course(content="law")
    found = admit(law, person(OFFICE, trainings=(Training("law", PartialDate("2020")),)))

    assert found.refusals == ()
    assert found.notes == ("đã bồi dưỡng: Kiến thức pháp luật",)
    assert reaches(law, person(OFFICE).facts) is None


def test_a_programme_of_hours_alone_takes_anyone():
    found = admit(FREE, person(CELL))

    assert (found.refusals, found.sensitive, found.notes) == ((), (), ())
    assert reaches(FREE, person(CELL).facts) is None


def test_whoever_holds_no_post_any_more_is_refused():
    assert admit(FREE, person()).refusals == ("không giữ chức vụ nào ngày 08/06/2023",)


def test_a_record_without_any_post_is_only_noted():
    found = admit(MIDDLE, Applicant(Facts(DAY, records=(PRIMARY,))))

    assert found.refusals == ()
    assert found.notes == ("thiếu dữ liệu: hồ sơ chưa có chức vụ",)


def to_end(last, first=None):
    return {"leaves": (first or last, last)}


@pytest.mark.parametrize(
    ("told", "refused", "noted", "soon"),
    [
        ({}, False, "", False),
        (to_end(date(2023, 10, 18)), True, "", True),
        (to_end(date(2023, 10, 19)), False, "dự kiến nghỉ hưu", True),
        (to_end(date(2024, 10, 18)), False, "dự kiến nghỉ hưu", True),
        (to_end(date(2024, 10, 19)), False, "", False),
        (to_end(date(2024, 8, 31), date(2023, 9, 30)), False, "dự kiến nghỉ hưu", True),
        (to_end(date(2025, 2, 28), date(2024, 3, 31)), False, "có thể sắp nghỉ hưu", False),
        (to_end(date(2023, 6, 8)), True, "", True),
        (to_end(date(2023, 6, 7)), False, "đã qua tuổi nghỉ hưu", True),
        (to_end(date(2023, 6, 7)) | {"is_decided": True}, True, "", True),
    ],
)
def test_retirement_counts_from_the_end_of_the_programme(told, refused, noted, soon):
    """1 056 tiết are 132 days of eight: from 08/06/2023 to 18/10/2023; soon is twelve months on."""
    found = admit(MIDDLE, person(HEAD, **told))

    assert bool(found.refusals) is refused
    assert noted in " ".join(found.notes)
    assert bool(found.notes) is bool(noted)
    assert found.retires_soon is soon


def test_part_time_staff_have_no_age_of_retirement_that_binds():
    told = to_end(date(2023, 7, 31))

    part_time = admit(MIDDLE, person(DEPUTY, **told))
    decided = admit(MIDDLE, person(DEPUTY, **told, is_decided=True))

    assert part_time.refusals == ()
    assert part_time.retires_soon
    assert "nghỉ hưu ngày 31/07/2023" in decided.refusals[0]


def test_the_days_of_a_programme_go_before_its_hours():
    assert Course(days=10, hours=999).ends_on(DAY) == date(2023, 6, 18)
    assert Course(hours=9).ends_on(DAY) == date(2023, 6, 10)
    assert Course().ends_on(DAY) == DAY


@pytest.mark.parametrize(
    ("form", "day", "blocked"),
    [
        ("reprimand", date(2023, 3, 30), False),
        ("reprimand", date(2023, 3, 31), True),
        ("warning", date(2024, 3, 30), True),
        ("warning", date(2024, 3, 31), False),
        ("lower_pay", date(2024, 3, 30), True),
        ("lower_pay", date(2024, 3, 31), False),
        ("demotion", date(2025, 3, 30), True),
        ("demotion", date(2025, 3, 31), False),
        ("removal", date(2025, 3, 30), True),
        ("removal", date(2025, 3, 31), False),
        ("discharge", date(2023, 4, 1), False),
    ],
)
def test_discipline_blocks_for_its_months(form, day, blocked):
    row = Disciplined("state", form, date(2023, 3, 31))

    found = admit(FREE, person(OFFICE, day=day, disciplines=(row,)))

    assert bool(found.sensitive) is blocked
    assert found.refusals == ()


def test_the_words_of_discipline_name_form_and_last_day():
    row = Disciplined("state", "warning", date(2023, 3, 31))

    (words,) = admit(FREE, person(OFFICE, disciplines=(row,))).sensitive

    assert "bị cảnh cáo từ 31/03/2023" in words
    assert "12 tháng, đến hết 30/03/2024" in words


def test_discipline_of_the_party_is_noted_and_does_not_refuse():
    row = Disciplined("party", "warning", date(2023, 3, 31))

    found = admit(FREE, person(OFFICE, disciplines=(row,)))

    assert found.sensitive == ()
    assert "cảnh cáo" in found.sensitive_notes[0]


_days = st.dates(date(2018, 1, 1), date(2026, 12, 31))
_posts = st.lists(st.sampled_from([DEPUTY, OFFICE, COMMANDER, CHAIR, HEAD, CELL]), max_size=3)
_rows = st.lists(
    st.builds(Disciplined, st.sampled_from(["state", "party"]), st.sampled_from([*BLOCKED_MONTHS]),
              _days), max_size=3,
)  # fmt: skip
_courses = st.sampled_from([BASIC, MIDDLE, MASTER, FREE, Course(admission="llct_high")])


@given(_courses, _days, _posts, st.booleans(), _rows)
def test_what_is_unknown_refuses_nobody(course, day, posts, sits, rows):
    """A person of whom nothing but the posts is known is refused by the group alone."""
    nothing = Applicant(Facts(day), posts=tuple(posts), sits=sits)

    found = admit(course, nothing)

    assert all("không thuộc đối tượng" in words for words in found.refusals)
    assert not found.refusals or (posts and not sits)


@given(_courses, _days, _posts, _rows)
def test_discipline_never_stands_among_the_open_words(course, day, posts, rows):
    found = admit(course, Applicant(Facts(day), tuple(posts), disciplines=tuple(rows)))

    open_words = " ".join(found.refusals + found.notes)
    assert not any(word in open_words for word in ("khiển trách", "cảnh cáo", "cách chức"))


@pytest.mark.parametrize(
    ("strand", "rank", "code"),
    [
        ("professional", 4, ""), ("professional", 5, "postgraduate"),
        ("professional", 7, "postgraduate"), ("professional", None, ""),
        ("political", 0, ""), ("political", 1, "llct_basic"), ("political", 2, "llct_middle"),
        ("political", 3, "llct_high"), ("political", 4, "llct_high"), ("it", 2, ""), ("", None, ""),
    ],
)  # fmt: skip
def test_the_law_ties_a_rule_to_a_level_whoever_teaches_it(strand, rank, code):
    assert admission_to_level(strand, rank) == code
