"""Requirements and evidence in the words of the office."""

import pytest

from cadres.rules.wording import (
    held,
    lacking,
    late_confirmation_note,
    lower_first,
    to_do,
    usual_field_note,
    wanted,
)
from cadres.tests.facts import DEGREE, degree, facts, trained

LLCT = {"level": {"strand": "political", "min": 2, "confirmation_before": "2021-07-09"}}
FITTING = {"level": {"strand": "professional", "min": 4, "usual_fields": ["law"]}}
LAW = {"level": {"strand": "professional", "min": 2, "fields": ["law"]}}
ENTRY = {"entry_age": {"max": {"M": 60, "F": 55}}}
POSTS = frozenset({"CC03"})


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (DEGREE, "đại học"),
        (FITTING, "đại học ngành phù hợp"),
        (LAW, "trung cấp ngành phù hợp"),
        ({"level": {"strand": "it", "min": 2}}, "CNTT cơ bản"),
        ({"level": {"strand": "general", "min": 3}}, "THPT"),
        ({"training": "civil_status"}, "bồi dưỡng nghiệp vụ hộ tịch"),
        ({"age": {"min": 18}}, "đủ 18 tuổi"),
        (ENTRY, "tham gia lần đầu không quá 60 (nam), 55 (nữ) tuổi"),
        ({"entry_age": {"max": {"M": 45, "F": 45}}}, "tham gia lần đầu không quá 45 tuổi"),
        ({"recruited_before": "2019-12-25"}, "tuyển dụng trước ngày 25/12/2019"),
        ({"held_before": "2023-08-01"}, "giữ chức vụ trước ngày 01/08/2023"),
        ({"all": [LAW, {"training": "law"}]},
         "trung cấp ngành phù hợp và bồi dưỡng kiến thức pháp luật"),
        ({"any": [DEGREE, LLCT]}, "đại học hoặc trung cấp"),
    ],
)  # fmt: skip
def test_a_requirement_is_told_in_plain_words(tree, words):
    assert wanted(tree) == words


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Đại học", "đại học"),
        ("THPT", "THPT"),
        ("CNTT cơ bản", "CNTT cơ bản"),
        ("A và B", "A và B"),
        ("", ""),
    ],
)
def test_only_plain_words_lose_their_capital(text, lowered):
    assert lower_first(text) == lowered


def test_of_several_records_the_one_that_counts_is_shown_else_the_highest():
    master = degree(5, label="Thạc sĩ Kinh tế", field="economics")
    lawyer = degree(4, label="Đại học Luật", field="law")

    assert held(LAW, facts(master, lawyer), POSTS) == "Đại học Luật"
    assert held(LAW, facts(master), POSTS) == "Thạc sĩ Kinh tế"
    assert held(LAW, facts(), POSTS) == ""


def test_trainings_and_births_are_evidence_too():
    tree = {"all": [{"training": "law"}, {"age": {"min": 18}}, ENTRY, {"training": "civil_status"}]}
    person = facts(trainings=(trained("law"),))

    assert held(tree, person, POSTS) == (
        "đã bồi dưỡng kiến thức pháp luật; sinh 12/05/1980; "
        "sinh 12/05/1980, tham gia lần đầu 12/05/2015"
    )
    assert held(ENTRY, person, frozenset()) == "sinh 12/05/1980"
    assert held({"age": {"min": 18}}, facts(born=None), POSTS) == ""


def test_the_same_evidence_is_told_once():
    record = degree(4, label="Đại học Luật", field="law")

    assert held({"all": [DEGREE, LAW]}, facts(record), POSTS) == "Đại học Luật"


@pytest.mark.parametrize(
    ("tree", "person", "words"),
    [
        (DEGREE, facts(), "chưa có hồ sơ chuyên môn"),
        (LAW, facts(degree(4)), "chưa ghi ngành đào tạo hoặc ngày cấp giấy xác nhận"),
        ({"training": "law"}, facts(), "chưa có chứng nhận bồi dưỡng kiến thức pháp luật"),
        ({"training": "law"}, facts(trainings=(trained("law"),)), ""),
        (ENTRY, facts(born=None), "ngày sinh hoặc ngày tham gia lần đầu chưa đủ rõ"),
        ({"age": {"min": 18}}, facts(born=None), "ngày sinh hoặc ngày tham gia lần đầu chưa đủ rõ"),
        ({"recruited_before": "2019-12-25"}, facts(), "ngày tuyển dụng chưa đủ rõ"),
        ({"held_before": "2023-08-01"}, facts(), ""),
        ({"all": [DEGREE, DEGREE]}, facts(), "chưa có hồ sơ chuyên môn"),
        ({"all": [DEGREE, LLCT]}, facts(),
         "chưa có hồ sơ chuyên môn; chưa có hồ sơ lý luận chính trị"),
    ],
)  # fmt: skip
def test_what_is_missing_from_the_record_is_named(tree, person, words):
    assert lacking(tree, person) == words


@pytest.mark.parametrize(
    ("tree", "is_missing", "words"),
    [
        (DEGREE, True, "Bổ sung hồ sơ: bằng chuyên môn"),
        (LLCT, True, "Bổ sung hồ sơ: bằng lý luận chính trị"),
        ({"level": {"strand": "it", "min": 2}}, True, "Bổ sung hồ sơ: chứng chỉ"),
        ({"training": "law"}, True,
         "Bổ sung chứng nhận hoặc cử bồi dưỡng kiến thức pháp luật"),
        (ENTRY, True, "Bổ sung ngày sinh, ngày tuyển dụng, quá trình công tác"),
        (FITTING, False, "Cử học đại học ngành phù hợp"),
        (ENTRY, False, "Xem xét bố trí"),
        ({"all": [ENTRY, DEGREE]}, False, "Cử học đại học"),
    ],
)  # fmt: skip
def test_what_to_do_is_to_study_or_to_complete_the_record(tree, is_missing, words):
    assert to_do(tree, facts(), is_missing=is_missing) == words


def test_of_a_requirement_met_in_part_only_the_rest_is_lacking_and_to_be_done():
    both = {"all": [DEGREE, {"training": "law"}]}
    person = facts(degree(4))

    assert lacking(both, person) == "chưa có chứng nhận bồi dưỡng kiến thức pháp luật"
    assert to_do(both, person, is_missing=True) == (
        "Bổ sung chứng nhận hoặc cử bồi dưỡng kiến thức pháp luật"
    )


@pytest.mark.parametrize(
    ("record", "note"),
    [
        (degree(4, field="pedagogy"),
         "ngành đào tạo không có trong danh mục ngành phù hợp (giả định): cần xem lại"),
        (degree(4, field="law"), ""),
        (degree(3, field="pedagogy"), ""),
    ],
)  # fmt: skip
def test_a_degree_outside_the_assumed_fields_passes_with_a_note(record, note):
    assert usual_field_note(FITTING, facts(record)) == note


def test_a_rule_without_assumed_fields_has_no_such_note():
    assert usual_field_note(DEGREE, facts(degree(4))) == ""
    assert usual_field_note({"training": "law"}, facts()) == ""


@pytest.mark.parametrize("other", [DEGREE, {"training": "law"}])
def test_the_note_on_the_field_is_found_behind_other_requirements(other):
    tree = {"all": [other, FITTING]}

    assert "cần xem lại" in usual_field_note(tree, facts(degree(4, field="pedagogy")))


@pytest.mark.parametrize(
    ("record", "is_noted"),
    [
        (degree(2, "2021-07-09", "political", evidence="confirmation"), True),
        (degree(2, "2021-07-08", "political", evidence="confirmation"), False),
        (degree(1, "2022-01-01", "political", evidence="confirmation"), False),
        (degree(2, "2022-01-01", "political"), False),
        (degree(2, None, "political", evidence="confirmation"), False),
    ],
)
def test_a_confirmation_that_came_too_late_is_named(record, is_noted):
    assert ("Kết luận 09-KL/TW" in late_confirmation_note(LLCT, facts(record))) is is_noted
    assert late_confirmation_note(DEGREE, facts(record)) == ""


@pytest.mark.parametrize("other", [DEGREE, {"training": "law"}])
def test_the_note_on_the_confirmation_is_found_behind_other_requirements(other):
    late = degree(2, "2022-01-01", "political", evidence="confirmation")

    note = late_confirmation_note({"all": [other, LLCT]}, facts(late))

    assert note == "giấy xác nhận cấp 01/01/2022 không được tính (Kết luận 09-KL/TW)"


def test_a_confirmation_in_another_field_is_not_called_late():
    paper = degree(4, field="economics", evidence="confirmation")

    assert late_confirmation_note(LAW, facts(paper)) == ""
