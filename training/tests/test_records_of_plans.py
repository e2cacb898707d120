"""Sources of cadres and plans in the record set."""

from datetime import date

import pytest

from cadres.records import table
from cadres.tests.factories import make_cadre, make_commune
from training.models import CandidateStep
from training.tests.factories import (
    make_candidate,
    make_decision,
    make_plan,
    make_plan_line,
    make_programme,
)

pytestmark = pytest.mark.django_db


def rows(code):
    """Each row of a sheet by the codes of its fields."""
    made = table(code)
    names = [field.code for field in made.fields]
    return [dict(zip(names, row, strict=True)) for row in made.rows()]


def test_a_candidate_is_written_with_every_step_also_those_taken_back():
    programme, cadre = make_programme(), make_cadre("Lê Thị Nguồn")
    found = make_candidate(
        commune=make_commune("Xã Nhà"), born_on="1999", programme=programme, cadre=cadre
    )
    taken_back = CandidateStep.objects.create(
        candidate=found, state="ended", on=date(2023, 2, 1), note="Ghi nhầm"
    )
    taken_back.withdrawn_at = taken_back.at
    taken_back.save()

    (told,), steps = rows("candidates"), rows("candidate_steps")

    assert (told["full_name"], str(told["born_on"]), told["kind"], told["body"]) == (
        "Lê Thị Nguồn", "1999", "Đảng viên trẻ", "Chi bộ"
    )  # fmt: skip
    assert (told["programme"], told["cadre"], told["state"]) == (
        programme.code, cadre.code, "Được giới thiệu"
    )  # fmt: skip
    assert [(step["state"], step["on"], step["withdrawn"]) for step in steps] == [
        ("Được giới thiệu", date(2023, 1, 15), False), ("Thôi", date(2023, 2, 1), True)
    ]  # fmt: skip


def test_a_plan_is_written_with_its_decision_and_all_lines():
    plan = make_plan(2024, state="approved", decision=make_decision("45/QĐ-UBND"))
    programme, commune = make_programme(), make_commune("Xã Nhà")
    ours = make_plan_line(plan, programme, cost_local=42_000_000)
    make_plan_line(plan, programme, commune=commune, into=ours)
    make_plan_line(plan, programme, commune=commune, left_out_because="Hết kinh phí")

    (told,), lines = rows("training_plans"), rows("plan_lines")

    assert (told["year"], told["state"], told["decision_number"]) == (
        2024, "Đã phê duyệt", "45/QĐ-UBND"
    )  # fmt: skip
    assert [(line["commune_name"], line["is_in"], line["left_out_because"]) for line in lines] == [
        (None, None, None), ("Xã Nhà", True, None), ("Xã Nhà", False, "Hết kinh phí")
    ]  # fmt: skip
    assert (lines[0]["programme"], lines[0]["cost_local"]) == (programme.code, 42_000_000)
