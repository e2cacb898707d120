"""What a leaf says beside its verdict: evidence, reason, notes."""

from datetime import date

import pytest

from cadres.rules.standards import PostVerdict, Verdict, assess_rule
from cadres.tests.facts import degree, facts, rule

LATE_PAPER = degree(2, "2022-01-01", "political", evidence="confirmation", label="Trung cấp, 2022")
LLCT = {"level": {"strand": "political", "min": 2, "confirmation_before": "2021-07-09"}}
FITTING = {"level": {"strand": "professional", "min": 4, "usual_fields": ["law"]}}


def entered_by(age):
    return {"entry_age": {"max": {"M": age, "F": age}}}


def test_the_evidence_of_an_entry_age_names_the_entry_into_the_posts_of_the_rule():
    leaf = assess_rule(rule(entered_by(45)), facts(), None)

    assert leaf.evidence == "sinh 12/05/1980, tham gia lần đầu 12/05/2015"


def test_the_reason_without_evidence_starts_with_what_is_wanted():
    too_late = facts(recruited="2020-01-01")

    leaf = assess_rule(rule({"recruited_before": "2019-12-25"}), too_late, None)

    assert leaf.reason == "cần tuyển dụng trước ngày 25/12/2019"


def test_the_note_on_the_mountain_floor_speaks_of_the_posts_of_the_rule():
    leaf = assess_rule(rule(entered_by(30), mountain=entered_by(45)), facts(), None)

    assert leaf.note == (
        "nếu xã áp dụng chuẩn miền núi (sàn tham gia lần đầu không quá 45 tuổi): đạt"
    )


@pytest.mark.parametrize(
    ("the_rule", "record", "note"),
    [
        (rule(is_uncertain=True), degree(3),
         "quy định chưa chắc chắn, chỉ ghi chú, không kết luận"),
        (rule(FITTING), degree(4, field="pedagogy"),
         "ngành đào tạo không có trong danh mục ngành phù hợp (giả định): cần xem lại"),
        (rule(LLCT), LATE_PAPER,
         "giấy xác nhận cấp 01/01/2022 không được tính (Kết luận 09-KL/TW)"),
        (rule(LLCT, note="theo hướng dẫn của tỉnh"), LATE_PAPER,
         "theo hướng dẫn của tỉnh; "
         "giấy xác nhận cấp 01/01/2022 không được tính (Kết luận 09-KL/TW)"),
    ],
)  # fmt: skip
def test_the_notes_of_a_leaf_stand_one_after_another(the_rule, record, note):
    assert assess_rule(the_rule, facts(record), None).note == note


@pytest.mark.parametrize(
    ("until", "label"),
    [
        (date(2024, 12, 25), "còn thời hạn đến 25/12/2024"),
        (None, "chưa đạt, còn thời hạn chuyển tiếp"),
    ],
)
def test_a_transition_is_called_by_its_term_where_that_is_known(until, label):
    assert PostVerdict(1, "CC03", Verdict.TRANSITION, until, ()).label == label
