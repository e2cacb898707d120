"""Sending to study, recording steps, and what both refuse."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_discipline, make_holding
from training import study_checks
from training.admission import Admission
from training.models import Credit, Need, Study
from training.studies import Diploma, correct_study, record_step, send_to_study
from training.tests.factories import (
    make_decision,
    make_need,
    make_plan,
    make_plan_line,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db
BEGINS, DUE, ENDS = date(2021, 9, 1), date(2025, 12, 15), date(2023, 12, 15)


@pytest.fixture
def hr():
    return make_user(Role.DISTRICT_HR)


def terms(**fields):
    return Study(
        **{"school": "Trường Đại học Thử", "strand": "professional", "rank": 4,
           "begins_on": BEGINS, "due_on": DUE, "decision": make_decision("5/QĐ-UBND"), **fields}
    )  # fmt: skip


def degree(**fields):
    return make_programme("Đại học Luật", strand="professional", rank=4, **fields)


def test_several_are_sent_by_one_decision_from_their_units(hr):
    commune = make_commune()
    people = [make_holding(commune=commune).cadre, make_cadre()]

    sent = send_to_study(people=people, terms=terms(support_agreed=5), by=hr)

    assert {each.cadre for each in sent.new} == set(people)
    assert Study.objects.get(cadre=people[0]).commune == commune
    assert Study.objects.get(cadre=people[1]).commune is None
    found = Study.objects.order_by().values_list("decision__number", "support_agreed")
    assert found.distinct().get() == (
        "5/QĐ-UBND", 5
    )  # fmt: skip


def test_sent_twice_by_a_decision_is_stored_once(hr):
    one, two = make_cadre(), make_cadre()
    sent = terms()
    send_to_study(people=[one], terms=sent, by=hr)

    again = send_to_study(people=[one, two], terms=terms(decision=sent.decision), by=hr)

    assert [each.cadre for each in again.new] == [two]
    assert [each.cadre for each in again.standing] == [one]
    assert Study.objects.count() == 2


def test_what_differs_from_what_the_decision_wrote_before_is_told_and_not_written(hr):
    cadre, sent = make_cadre(), terms(support_agreed=5)
    send_to_study(people=[cadre], terms=sent, by=hr)
    again = {"support_agreed": 5, "decision": sent.decision}

    same = send_to_study(people=[cadre], terms=terms(**again), by=hr, reason="Theo nhu cầu")
    other = send_to_study(
        people=[cadre], terms=terms(**again, committed_until=date(2030, 1, 1)), by=hr
    )

    assert list(same.differing) == []
    assert [each.cadre for each in other.differing] == [cadre]
    assert Study.objects.get().committed_until is None


def test_nobody_is_sent_where_one_is_refused(hr):
    busy, free = make_cadre("Lê Bận"), make_cadre()
    make_study(busy)

    with pytest.raises(ValidationError) as refused:
        send_to_study(people=[busy, free], terms=terms(begins_on=date(2023, 9, 1)), by=hr)

    told = refused.value.messages[0]
    assert "Lê Bận: đang có lượt cử đi học cùng nội dung trùng thời gian" in told
    assert "Trường Đại học Thử, từ 01/09/2021 đến 15/12/2025" in told
    assert Study.objects.count() == 1


@pytest.mark.parametrize(
    ("standing", "is_refused"),
    [
        ({"due_on": date(2022, 9, 1)}, True),
        ({"due_on": date(2022, 8, 31)}, False),
        ({"state": "stopped", "ended_on": date(2022, 9, 1)}, False),
        ({"state": "stopped", "ended_on": date(2022, 9, 2)}, True),
        ({"strand": "political", "rank": 2}, False),
        ({"begins_on": date(2026, 1, 2), "due_on": date(2027, 1, 1)}, False),
    ],
)
def test_studies_of_one_strand_do_not_overlap(hr, standing, is_refused):
    cadre = make_cadre()
    make_study(cadre, **standing)
    sending = terms(begins_on=date(2022, 9, 1), due_on=date(2026, 1, 1))

    if is_refused:
        with pytest.raises(ValidationError):
            send_to_study(people=[cadre], terms=sending, by=hr)
    else:
        assert send_to_study(people=[cadre], terms=sending, by=hr).new


def test_nobody_to_send_is_refused(hr):
    with pytest.raises(ValidationError, match="Chưa chọn ai"):
        send_to_study(people=[], terms=terms(), by=hr)


def test_who_is_not_admitted_is_sent_only_for_a_written_reason(hr, monkeypatch):
    inside, outside = make_cadre(), make_cadre("Vi Ngoài")
    told = {inside.pk: Admission(), outside.pk: Admission(is_admitted=False, why=("quá tuổi",))}
    monkeypatch.setattr(study_checks, "admissions_to", lambda *args: told)
    sending = terms(programme=degree())

    with pytest.raises(ValidationError, match="Vi Ngoài: quá tuổi"):
        send_to_study(people=[inside, outside], terms=sending, by=hr)
    send_to_study(people=[inside, outside], terms=sending, by=hr, reason="Thiếu người")

    reasons = dict(Study.objects.values_list("cadre", "exception_reason"))
    assert reasons == {inside.pk: "", outside.pk: "Thiếu người"}


def test_without_a_programme_discipline_needs_a_written_reason_too(hr):
    """Luật CBCC art. 82: within 12 months of a warning nobody is trained."""
    warned = make_holding(make_cadre("Lê Bị Phạt")).cadre
    make_discipline(warned, "warning", effective_on=date(2021, 5, 1))

    with pytest.raises(ValidationError, match="Lê Bị Phạt: bị cảnh cáo từ 01/05/2021"):
        send_to_study(people=[warned], terms=terms(), by=hr)

    sent = send_to_study(people=[warned], terms=terms(), by=hr, reason="Thường vụ đồng ý")
    assert sent.new[0].exception_reason == "Thường vụ đồng ý"


def test_a_postgraduate_level_asks_the_age_though_no_programme_is_named(hr):
    """NĐ 101/2017: not above 40 years; born in 1975 is 46 in 2021."""
    old = make_holding(make_cadre("Lê Đã Lớn", born_on="1975-01-01")).cadre

    with pytest.raises(ValidationError, match="Lê Đã Lớn: .*không quá 40 tuổi"):
        send_to_study(people=[old], terms=terms(rank=5), by=hr)
    assert send_to_study(people=[old], terms=terms(), by=hr).new


def test_a_degree_within_a_year_needs_a_reason(hr):
    short = {"begins_on": date(2023, 1, 2), "due_on": date(2023, 12, 31)}

    with pytest.raises(ValidationError, match="dưới 12 tháng"):
        send_to_study(people=[make_cadre()], terms=terms(**short), by=hr)

    sent = send_to_study(people=[make_cadre()], terms=terms(**short), by=hr, reason="Liên thông")
    assert sent.new[0].exception_reason == "Liên thông"


def test_the_registered_need_is_tied_with_its_line_of_the_plan(hr):
    cadre, programme, commune = make_cadre(), degree(), make_commune()
    plan = make_plan(2021)
    ours = make_plan_line(plan, programme)
    theirs = make_plan_line(plan, programme, commune=commune, into=ours)
    confirmed = {"state": Need.State.CONFIRMED, "commune": commune}
    make_need(cadre, programme, year=2023, **confirmed)
    need = make_need(cadre, programme, year=2021, plan_line=theirs, **confirmed)
    make_need(cadre, programme, year=2020, commune=commune)  # stated, not registered

    (study,) = send_to_study(people=[cadre], terms=terms(programme=programme), by=hr).new

    assert study.need == need
    assert study.plan_line == ours


def test_a_need_that_a_study_meets_is_not_met_by_another(hr):
    cadre, programme = make_cadre(), degree()
    need = make_need(cadre, programme, year=2021, state=Need.State.CONFIRMED)
    make_study(cadre, programme=programme, need=need, begins_on=date(2015, 9, 1),
               due_on=date(2016, 9, 1), state="graduated", ended_on=date(2016, 1, 1))  # fmt: skip

    (study,) = send_to_study(people=[cadre], terms=terms(programme=programme), by=hr).new

    assert study.need is None


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_without_a_need_the_one_line_of_the_programme_that_year_is_tied(hr, lines):
    programme, plan = degree(), make_plan(2021)
    made = [make_plan_line(plan, programme) for _ in range(lines)]

    (study,) = send_to_study(people=[make_cadre()], terms=terms(programme=programme), by=hr).new

    assert study.plan_line == (made[0] if lines == 1 else None)


def step(study, kind, on, by, **more):
    return record_step(study=study, kind=kind, on=on, by=by, **more)


def test_graduating_proposes_the_level_and_a_correction_withdraws_it(hr):
    study = make_study(major="Luật")

    graduated = step(study, "graduated", ENDS, hr, diploma=Diploma("B-123"))
    credit = Credit.objects.get(study=study)
    study.refresh_from_db()
    assert (credit.state, credit.strand, credit.rank) == ("proposed", "professional", 4)
    assert (credit.awarded_on, credit.evidence_number, credit.major) == (ENDS, "B-123", "Luật")
    assert (study.state, study.ended_on) == ("graduated", ENDS)

    step(study, "correction", date(2024, 1, 5), hr, corrects=graduated.pk, text="Nhầm người")

    credit.refresh_from_db()
    study = Study.objects.get(pk=study.pk)
    assert (credit.state, credit.reason) == ("withdrawn", "Nhầm người")
    assert (study.state, study.ended_on) == ("studying", None)


def test_an_extension_moves_the_day_and_its_correction_gives_it_back(hr):
    study = make_study()
    until = date(2026, 6, 30)

    extended = step(study, "extension", ENDS, hr, until=until, decision=make_decision())
    study.refresh_from_db()
    assert (study.due_on, study.state, extended.due_before) == (until, "extended", DUE)

    step(study, "correction", date(2024, 1, 5), hr, corrects=extended.pk, text="Nhầm")
    study.refresh_from_db()
    assert (study.due_on, study.state) == (DUE, "studying")


def test_no_extension_is_more_than_twelve_years_after_the_beginning(hr):
    study, decision = make_study(), make_decision()  # from 01/09/2021

    with pytest.raises(ValidationError, match="hơn 12 năm; kiểm tra lại năm"):
        step(study, "extension", ENDS, hr, until=date(2033, 9, 2), decision=decision)
    step(study, "extension", ENDS, hr, until=date(2033, 9, 1), decision=decision)

    study.refresh_from_db()
    assert study.due_on == date(2033, 9, 1)


def test_the_stage_of_each_day_is_the_same_by_the_database_and_by_the_steps(hr):
    study = make_study()
    step(study, "extension", date(2022, 3, 1), hr, until=date(2026, 6, 30),
         decision=make_decision())  # fmt: skip
    wrong = step(study, "stopped", date(2022, 6, 1), hr, text="Xin thôi")
    step(study, "correction", date(2022, 7, 1), hr, corrects=wrong.pk, text="Đã rút đơn")
    step(study, "graduated", date(2023, 1, 10), hr)
    days = [date(2021, 8, 31), BEGINS, date(2022, 3, 1), date(2022, 6, 2), date(2023, 1, 10)]

    by_steps = [Study.objects.get().stage_on(day) for day in days]
    found = [Study.objects.with_stage(day).get() for day in days]

    assert [each.stage for each in found] == by_steps
    assert by_steps == ["upcoming", "studying", "extended", "extended", "graduated"]
    assert [each.due_then for each in found] == [DUE, DUE, *[date(2026, 6, 30)] * 3]


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("progress", {}, "text"),
        ("extension", {"until": date(2026, 1, 1)}, "decision_number"),
        ("extension", {}, "until"),
        ("extension", {"until": DUE}, "until"),
        ("extension", {"until": date(2150, 1, 1)}, "until"),
        ("support", {}, "amount"),
        ("support", {"amount": 1}, "amount"),
        ("stopped", {}, "text"),
        ("failed", {}, "text"),
    ],
)
def test_a_step_says_what_it_must(hr, kind, more, field):
    with pytest.raises(ValidationError) as refused:
        step(make_study(), kind, ENDS, hr, **more)

    assert field in refused.value.message_dict


@pytest.mark.parametrize("on", [date(2021, 8, 31), date(2101, 1, 1)])
def test_a_step_is_not_before_the_study_nor_after_the_last_day(hr, on):
    with pytest.raises(ValidationError) as refused:
        step(make_study(), "progress", on, hr, text="Khá")

    assert "on" in refused.value.message_dict


@pytest.mark.parametrize("kind", ["repayment", "broken", "correction"])
def test_what_cannot_be_recorded_yet_is_refused_in_words(hr, kind):
    with pytest.raises(ValidationError, match="Chưa|Không còn"):
        step(make_study(), kind, ENDS, hr, amount=1, text="x")


def test_a_study_that_ended_does_not_end_again(hr):
    study = make_study()
    step(study, "graduated", ENDS, hr)

    with pytest.raises(ValidationError):
        step(study, "stopped", ENDS, hr, text="Thôi")


def test_only_a_step_that_stands_is_corrected(hr):
    study = make_study()
    step(study, "progress", ENDS, hr, text="Khá")

    with pytest.raises(ValidationError) as refused:
        step(study, "correction", ENDS, hr, corrects=999_999, text="Sai")

    assert "corrects" in refused.value.message_dict


def test_money_is_paid_owed_and_repaid(hr):
    study = make_study(support_agreed=10_000_000, committed_until=date(2030, 12, 31))
    step(study, "support", date(2022, 1, 1), hr, amount=10_000_000)
    step(study, "stopped", ENDS, hr, text="Thôi học")
    step(study, "broken", date(2024, 1, 1), hr, amount=10_000_000, text="Xin thôi việc")
    step(study, "repayment", date(2024, 2, 1), hr, amount=4_000_000)

    with pytest.raises(ValidationError) as refused:
        step(study, "repayment", date(2024, 3, 1), hr, amount=6_000_001)

    assert "6.000.000" in refused.value.message_dict["amount"][0]
    assert Study.objects.get().money.left_to_repay == 6_000_000


def test_the_button_pressed_twice_stores_once_and_another_is_told(hr):
    study = make_study()
    first = step(study, "progress", ENDS, hr, text="Khá", version=1)

    again = step(study, "progress", ENDS, hr, text="Khá", version=1)

    assert again == first
    with pytest.raises(ValidationError, match="vừa được người khác"):
        step(study, "progress", ENDS, hr, text="Giỏi", version=1)
    assert study.steps.count() == 1


def test_facts_are_corrected_at_the_version_that_was_read():
    study = make_study()
    study.school = "Trường Khác"

    correct_study(study=study, version=1)

    stale = Study.objects.get()
    assert (stale.school, stale.version) == ("Trường Khác", 2)
    with pytest.raises(ValidationError, match="vừa được người khác"):
        correct_study(study=stale, version=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"begins_on": date(2023, 12, 16)}, "begins_on"),  # a step was before
        ({"due_on": date(2027, 1, 1)}, "due_on"),  # extended since
        ({"begins_on": date(2019, 1, 1)}, "begins_on"),  # into the study before
    ],
)
def test_a_correction_fits_what_was_recorded(hr, change, field):
    study = make_study()
    make_study(study.cadre, begins_on=date(2017, 9, 1), due_on=date(2020, 1, 1))
    step(study, "extension", ENDS, hr, until=date(2026, 6, 30), decision=make_decision())
    study.refresh_from_db()
    for name, value in change.items():
        setattr(study, name, value)

    with pytest.raises(ValidationError) as refused:
        correct_study(study=study, version=study.version)

    assert field in refused.value.message_dict
