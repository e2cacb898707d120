"""What the kinds know of the law: how elections are confirmed, when raises are due, warnings."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import make_user
from cadres.change_kinds import kind_of
from cadres.changes import apply
from cadres.decisions import Line, decide, rehearse
from cadres.models import Discipline, Holding, SalaryStep, Status, Term
from cadres.models.post import LegalCategory
from cadres.rules.confirming import confirmation_of, fits_term, pending_words
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_discipline,
    make_ground,
    make_holding,
    make_membership,
    make_post,
    make_salary_step,
)

DAY = date(2023, 6, 8)
CADRE = {"category": LegalCategory.CADRE}


def line(code, cadre, day=DAY, **values):
    return Line(kind_of(code), cadre, values, day, {})


def made(code, cadre, day=DAY, **values):
    return apply(kind_of(code), cadre.pk, values, day, make_ground(make_user()))


def warned(*lines):
    found = rehearse(lines, make_ground(make_user()))
    return [words for each in found for words in each.warnings]


@pytest.mark.parametrize(
    ("post", "organisation", "words"),
    [
        ("Bí thư Đảng ủy", "", "chuẩn y"),
        ("Phó Bí thư Đảng ủy", "hdnd", "chuẩn y"),
        ("Chủ tịch Hội đồng nhân dân", "", "phê chuẩn"),
        ("Phó Chủ tịch Ủy ban nhân dân", "", "phê chuẩn"),
        ("Chủ tịch Ủy ban Mặt trận Tổ quốc", "", "công nhận"),
        ("Bí thư Đoàn TNCS Hồ Chí Minh", "", "công nhận"),
        ("Chủ tịch Hội Nông dân", "", "công nhận"),
        ("Trưởng ban gì đó", "dang_bo", "chuẩn y"),
        ("Trưởng ban gì đó", "", None),
    ],
)
def test_an_election_is_confirmed_as_the_organisation_does(post, organisation, words):
    assert confirmation_of(post, organisation) == words


def test_what_waits_is_told_in_the_words_of_its_organisation():
    assert pending_words(confirmation_of("Chủ tịch Hội Cựu chiến binh")) == "chưa công nhận"
    assert pending_words(None) == "chưa phê chuẩn, chuẩn y"


def test_council_and_committee_share_their_terms_and_the_party_does_not():
    assert fits_term("Chủ tịch Ủy ban nhân dân", "hdnd")
    assert not fits_term("Chủ tịch Ủy ban nhân dân", "dang_bo")
    assert fits_term("Trưởng ban gì đó", "dang_bo")


@pytest.mark.django_db
def test_a_post_of_the_party_is_not_ratified_but_approved():
    cadre = make_cadre()
    row = make_holding(cadre, make_post("Bí thư Đảng ủy", **CADRE), awaits_ratification=True)

    with pytest.raises(ValidationError, match="phải được chuẩn y, không phải phê chuẩn"):
        made("ratification", cadre, holding=row)
    made("party_approval", cadre, holding=row)

    row.refresh_from_db()
    assert (row.pending, row.ratified_on) == ("", DAY)


@pytest.mark.django_db
def test_a_term_of_another_organisation_is_refused():
    term = Term.objects.create(organisation="dang_bo", name="2020–2025",
                               valid_from=date(2020, 1, 1))  # fmt: skip
    post = make_post("Chủ tịch Ủy ban nhân dân", **CADRE)

    with pytest.raises(ValidationError, match="không phải của tổ chức"):
        made("election", make_cadre(), post=post, commune=make_commune(), term=term)


@pytest.mark.django_db
def test_nobody_is_elected_to_a_title_of_civil_servants():
    with pytest.raises(ValidationError, match="không do bầu cử"):
        made("election", make_cadre(), post=make_post(), commune=make_commune())


@pytest.mark.django_db
def test_a_post_is_the_main_one_where_there_is_no_other():
    cadre, unit = make_cadre(), make_commune()
    first, second = make_post("Phó Chủ tịch UBND", **CADRE), make_post("Phó Bí thư", **CADRE)

    made("election", cadre, post=first, commune=unit)
    made("designation", cadre, date(2023, 7, 1), post=second, commune=unit)

    assert Holding.objects.get(post=first).is_main
    assert not Holding.objects.get(post=second).is_main


@pytest.mark.django_db
def test_a_transfer_out_of_the_main_post_leads_to_a_main_post():
    cadre = make_cadre()
    old = make_holding(cadre, is_main=True, valid_from=date(2020, 1, 1))

    made("transfer", cadre, holding=old, post=make_post(), commune=make_commune())

    assert Holding.objects.get(valid_to=None).is_main


def moving(**more):
    """Someone with a post and a seat in a commune, and what a transfer to another is given."""
    cadre, old, new = make_cadre(), make_commune("Thị trấn Hùng Sơn"), make_commune("Xã Quân Chu")
    held = make_holding(cadre, commune=old, is_main=True, valid_from=date(2020, 1, 1))
    seat = make_membership(cadre, old, valid_from=date(2020, 1, 1))
    return cadre, seat, {"holding": held, "post": make_post(), "commune": new, **more}


@pytest.mark.django_db
def test_whoever_is_transferred_to_another_unit_is_warned_of_the_seat_that_stays():
    cadre, seat, values = moving()

    (words,) = warned(line("transfer", cadre, **values))

    assert f"Vẫn là {seat} sau khi sang Xã Quân Chu" in words
    assert "“Thôi tham gia cấp ủy, nếu có”" in words


@pytest.mark.django_db
def test_a_transfer_ends_the_seat_that_it_names_and_no_other():
    cadre, seat, values = moving()
    there = make_membership(cadre, values["commune"], valid_from=date(2020, 1, 1))

    assert warned(line("transfer", cadre, **values, seat=seat)) == []
    made("transfer", cadre, **values, seat=seat)

    seat.refresh_from_db()
    there.refresh_from_db()
    assert (seat.valid_to, seat.end_reason) == (DAY, "transferred")
    assert there.valid_to is None


@pytest.mark.django_db
def test_a_transfer_within_the_unit_warns_of_no_seat():
    cadre, seat, values = moving()

    assert warned(line("transfer", cadre, **{**values, "commune": seat.commune})) == []


@pytest.mark.django_db
def test_probation_is_of_those_who_were_recruited():
    cadre = make_cadre()
    make_holding(cadre, make_post("Chủ tịch UBND", **CADRE), standing="elected")

    with pytest.raises(ValidationError, match="không giữ chức danh công chức nào do tuyển dụng"):
        made("probation", cadre)


@pytest.mark.django_db
def test_a_raise_goes_to_the_next_step_of_the_scale():
    cadre = make_cadre()
    make_salary_step(cadre, "2.67", step=2, valid_from=date(2020, 6, 1))

    made("regular_raise", cadre)

    after = SalaryStep.objects.get(valid_to=None)
    assert (after.step, after.coefficient) == (3, Decimal("3.00"))


@pytest.mark.django_db
def test_beyond_the_last_step_of_the_scale_there_is_none():
    cadre = make_cadre()
    make_salary_step(cadre, "4.98", step=9, valid_from=date(2020, 6, 1))

    with pytest.raises(ValidationError, match="không có bậc sau"):
        made("regular_raise", cadre)


@pytest.mark.django_db
def test_a_regular_raise_before_its_time_is_told_with_the_day():
    """01.003: 36 months (TT 08/2013); six more for a reprimand."""
    cadre = make_cadre()
    make_salary_step(cadre, "2.67", step=2, valid_from=date(2020, 6, 8))

    assert warned(line("regular_raise", cadre)) == []
    make_discipline(cadre, form="reprimand", effective_on=date(2022, 1, 1))
    assert warned(line("regular_raise", cadre)) == [
        "Sớm hơn kỳ nâng lương thường xuyên: theo hồ sơ là từ 08/12/2023."
    ]


@pytest.mark.django_db
def test_whoever_was_disciplined_within_twelve_months_is_told_of():
    cadre = make_cadre()
    make_discipline(cadre, form="warning", effective_on=date(2022, 6, 9))
    told = line("study", cadre, place="Trường")

    assert "Đang trong 12 tháng sau kỷ luật cảnh cáo" in warned(told)[0]
    assert warned(line("study", cadre, date(2023, 6, 9), place="Trường")) == []


@pytest.mark.django_db
def test_who_retires_by_age_before_the_age_is_told_of():
    """A man born 05/1963 retires at 61 (NĐ 135/2020): reached 05/2024, pension from 01/06/2024."""
    from daitu_portal.dates import PartialDate

    cadre = make_cadre(born_on=PartialDate("1963-05"))

    (words,) = warned(line("retirement", cadre, date(2024, 5, 31), scheme="age"))

    assert "nghỉ từ 01/06/2024" in words
    assert warned(line("retirement", cadre, date(2024, 6, 1), scheme="age")) == []
    assert warned(line("retirement", cadre, date(2023, 5, 31), scheme="early")) == []


@pytest.mark.django_db
def test_more_holders_than_places_are_told_of_and_a_change_of_hands_is_not():
    post, unit = make_post("Chủ tịch UBND", per_commune=1, **CADRE), make_commune()
    old = make_holding(make_cadre("Người Cũ"), post, unit)
    new = make_cadre("Người Mới")
    comes = line("election", new, post=post, commune=unit)

    assert "Người Cũ" in warned(comes)[0]
    assert warned(line("leave_post", old.cadre, holding=old), comes) == []


@pytest.mark.django_db
def test_who_is_expelled_from_the_party_leaves_its_committee():
    cadre = make_cadre()
    seat = make_membership(cadre)

    made("discipline", cadre, system="party", form="expulsion", reason="ethics")

    seat.refresh_from_db()
    assert (seat.valid_to, seat.end_reason) == (DAY, "removed")


@pytest.mark.django_db
def test_discipline_was_decided_on_the_day_of_the_decision_and_works_from_its_own():
    cadre = make_cadre()
    basis = make_basis(signed_on=date(2023, 5, 30))
    values = {"system": "state", "form": "warning", "reason": "work"}

    decide([line("discipline", cadre, **values)], make_ground(make_user(), basis=basis))

    row = Discipline.objects.get()
    assert (row.decided_on, row.effective_on) == (date(2023, 5, 30), DAY)
    assert row.decision_number == basis.number


@pytest.mark.django_db
def test_nobody_leaves_before_a_step_of_pay_that_begins_later():
    cadre = make_cadre()
    make_salary_step(cadre, valid_from=date(2023, 9, 1))

    with pytest.raises(ValidationError, match="bắt đầu từ 01/09/2023"):
        made("quitting", cadre)
    assert not Status.objects.exists()
