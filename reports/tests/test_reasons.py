"""Why someone is outside a figure, in the words of the office."""

from datetime import date

import pytest

from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import RuleOnDay, assess_person, assess_post
from daitu_portal.dates import PartialDate
from reports.rules import reasons
from reports.rules.reasons import Reason

DAY = date(2023, 6, 8)
DEGREE = {"level": {"strand": "professional", "min": 4}}
POLITICAL = {"level": {"strand": "political", "min": 2, "confirmation_before": "2021-07-09"}}
TRAINED = {"all": [{"training": "party_building"}, {"training": "law"}]}


def record(strand="professional", rank=4, label="Đại học Luật, 2015", **fields):
    awarded = PartialDate(fields.pop("awarded", "2015"))
    return Record(strand=strand, rank=rank, label=label, awarded=awarded, **fields)


COLLEGE = record(rank=3, label="Cao đẳng Kế toán, 2013")
FIRST_STEP = record("political", 1, "Sơ cấp, 2012")


def facts(*records, **fields):
    return Facts(day=DAY, records=records, holdings=(Held("P", date(2020, 1, 1)),), **fields)


def rule(requirement, **fields):
    return RuleOnDay(
        **{
            "code": "R",
            "posts": frozenset({"P"}),
            "dimension": "Chuyên môn",
            "label": "đại học trở lên",
            "requirement": requirement,
            "article": "TT 13/2019/TT-BNV, điều 1",
            "valid_from": date(2019, 12, 25),
            **fields,
        }
    )


def beside(predicate, person, *rules):
    judged = assess_person(rules, person)
    return reasons.beside_standard(reasons.of_level(predicate, person), judged, predicate, person)


@pytest.mark.parametrize(
    ("predicate", "person", "reason"),
    [
        (DEGREE, facts(record()), Reason("Đại học Luật, 2015")),
        (DEGREE, facts(COLLEGE),
         Reason("Cao đẳng Kế toán, 2013", "thiếu 1 mức: cần đại học", "Cử học đại học")),
        (DEGREE, facts(),
         Reason("", "chưa có hồ sơ chuyên môn", "Bổ sung hồ sơ: bằng chuyên môn")),
        (POLITICAL, facts(FIRST_STEP),
         Reason("LLCT sơ cấp, 2012", "thiếu 1 mức: cần trung cấp lý luận chính trị",
                "Cử học trung cấp lý luận chính trị")),
        ({"all": [DEGREE, POLITICAL]}, facts(COLLEGE, FIRST_STEP),
         Reason("Cao đẳng Kế toán, 2013; LLCT sơ cấp, 2012",
                "thiếu 1 mức: cần đại học; thiếu 1 mức: cần trung cấp lý luận chính trị",
                "Cử học đại học; Cử học trung cấp lý luận chính trị")),
    ],
)  # fmt: skip
def test_the_reason_names_what_is_there_what_lacks_and_what_to_do(predicate, person, reason):
    assert reasons.of_level(predicate, person) == reason


def test_a_confirmation_that_came_too_late_is_told_as_such():
    late = record("political", 2, "Trung cấp, 2022", awarded="2022-03-01", evidence="confirmation")

    why = reasons.of_level(POLITICAL, facts(late)).why

    assert why == "giấy xác nhận cấp 01/03/2022 không được tính (Kết luận 09-KL/TW)"


def test_trainings_are_told_in_one_breath():
    person = facts(trainings=(Training("party_building"), Training("law"), Training("other")))

    reason = reasons.of_level({"all": [*TRAINED["all"], {"training": "other"}]}, person)

    assert reason == Reason(
        "đã bồi dưỡng nghiệp vụ công tác xây dựng Đảng; kiến thức pháp luật; khác"
    )


def test_a_training_not_on_record_is_to_be_completed():
    reason = reasons.of_level(TRAINED, facts(trainings=(Training("law"),)))

    assert reason.why == "chưa có chứng nhận bồi dưỡng nghiệp vụ công tác xây dựng Đảng"
    assert reason.has == "đã bồi dưỡng kiến thức pháp luật"


@pytest.mark.parametrize(
    ("words", "is_in", "reason"),
    [
        ("Hoàn thành tốt nhiệm vụ", True, Reason("Hoàn thành tốt nhiệm vụ (2022)")),
        ("Hoàn thành nhiệm vụ", False,
         Reason("Hoàn thành nhiệm vụ (2022)", "dưới mức hoàn thành tốt nhiệm vụ")),
        ("", False, Reason("", "chưa xếp loại năm 2022: ngoài mẫu số",
                           "Bổ sung kết quả xếp loại năm 2022")),
    ],
)  # fmt: skip
def test_the_reason_of_a_rating(words, is_in, reason):
    assert reasons.of_rating(words, 2022, is_in=is_in) == reason


def test_the_reason_of_a_standard_names_the_open_dimensions():
    person = facts(COLLEGE, FIRST_STEP)

    reason = reasons.of_verdict(assess_person([rule(DEGREE)], person), person)

    assert reason == Reason(
        "Cao đẳng Kế toán, 2013; LLCT sơ cấp, 2012",
        "Chuyên môn: đang có cao đẳng Kế toán, 2013, cần đại học",
        "Cử học đại học",
    )


def test_the_reason_of_one_post_is_that_of_its_own_rules():
    person = facts(COLLEGE)

    reason = reasons.of_verdict(assess_post(Held("P", DAY), [rule(DEGREE)], person), person)

    assert reason.why == "Chuyên môn: đang có cao đẳng Kế toán, 2013, cần đại học"


def test_who_has_no_rule_is_told_so_and_nothing_is_asked():
    person = facts(COLLEGE)

    assert reasons.of_verdict(assess_person([], person), person) == Reason(
        "Cao đẳng Kế toán, 2013", reasons.NO_RULE
    )


def test_outside_the_ratio_is_not_below_a_standard_that_another_law_sets():
    special = rule(
        {"level": {"strand": "professional", "min": 2}},
        label="Trung cấp quân sự cơ sở",
        is_specialised=True,
    )

    reason = beside(DEGREE, facts(COLLEGE), special)

    assert reason == Reason(
        "Cao đẳng Kế toán, 2013",
        "luật chuyên ngành áp dụng: trung cấp quân sự cơ sở",
        "Cử học đại học (không bắt buộc)",
    )


def test_a_special_rule_of_another_strand_explains_nothing():
    special = rule({"level": {"strand": "professional", "min": 2}}, is_specialised=True)

    reason = beside(POLITICAL, facts(COLLEGE, FIRST_STEP), special)

    assert reason.why == (
        "thiếu 1 mức: cần trung cấp lý luận chính trị; tiêu chuẩn của chức danh không đòi mức này"
    )


def test_who_is_below_the_standard_too_keeps_the_plain_reason():
    assert beside(DEGREE, facts(COLLEGE), rule(DEGREE)).to_do == "Cử học đại học"


def test_inside_the_ratio_the_standard_may_still_ask_for_something():
    reason = beside(DEGREE, facts(record(), FIRST_STEP), rule(POLITICAL, dimension="LLCT"))

    assert reason == Reason(
        "Đại học Luật, 2015",
        "LLCT: đang có sơ cấp, 2012, cần trung cấp",
        "Cử học trung cấp lý luận chính trị",
    )
    assert beside(DEGREE, facts(record())) == Reason("Đại học Luật, 2015")


def test_a_level_reached_in_another_field_lacks_the_field():
    in_law = {"level": {"strand": "professional", "min": 4, "fields": ["law"]}}

    reason = reasons.of_level(in_law, facts(record(label="Đại học Kế toán", field="accounting")))

    assert reason.why == "cần đại học ngành phù hợp"


def test_an_age_not_reached_is_told_without_levels():
    young = facts(born=PartialDate("2010-01-01"))

    assert reasons.of_level({"age": {"min": 18}}, young).why == "cần đủ 18 tuổi"
