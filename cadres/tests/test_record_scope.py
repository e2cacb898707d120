"""Whose rows and units an account may see, and what a record is called."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import actions
from cadres.actions import change_cadre, create_cadre, save_record
from cadres.catalogue_actions import close_row
from cadres.management.commands.describe_records import described
from cadres.models import (
    Cadre,
    Commune,
    CommuneSuccession,
    DistrictQuota,
    Holding,
    PostManagement,
    Quota,
    QuotaCeiling,
)
from cadres.tests.factories import (
    LONG_AGO,
    make_cadre,
    make_commune,
    make_document,
    make_ground,
    make_holding,
    make_post,
    make_qualification,
    make_rating,
    make_short_training,
    make_title_set,
)
from cadres.verdicts import verdicts_of

pytestmark = pytest.mark.django_db


def test_a_commune_sees_the_rows_of_its_people_and_an_administrator_none():
    mine, theirs = make_holding(), make_holding()
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine.commune)

    assert list(Holding.objects.visible_to(clerk)) == [mine]
    assert set(Holding.objects.visible_to(make_user(Role.LEADER))) == {mine, theirs}
    assert not Holding.objects.visible_to(make_user(Role.ADMIN)).exists()


def test_an_administrator_sees_no_unit():
    make_commune()

    assert not Commune.objects.visible_to(make_user(Role.ADMIN)).exists()


@pytest.fixture
def clerk():
    return make_user(Role.COMMUNE_CLERK)


def test_nobody_makes_a_person_that_one_could_not_open():
    with pytest.raises(PermissionDenied):
        create_cadre(
            Cadre(full_name="Trần Thị Mới", sex="F"), ground=make_ground(make_user(Role.ADMIN))
        )

    assert not Cadre.objects.exists()


def test_nobody_moves_a_person_out_of_ones_own_sight(clerk):
    holding = make_holding(commune=clerk.commune)
    holding.commune = make_commune()

    with pytest.raises(PermissionDenied):
        save_record(holding, ground=make_ground(clerk))

    holding.refresh_from_db()
    assert holding.commune == clerk.commune


def test_a_person_without_a_birth_date_is_like_nobody():
    make_cadre("Trần Thị Mới", born_on=None)

    create_cadre(Cadre(full_name="Trần Thị Mới", sex="F"), ground=make_ground(make_user()))

    assert Cadre.objects.count() == 2


def test_a_code_that_was_taken_meanwhile_is_tried_again(monkeypatch):
    make_cadre(code="DT000001")
    offered = iter([["DT000001"], ["DT000001"], ["DT000002"]])
    monkeypatch.setattr(actions, "next_codes", lambda: next(offered))

    cadre = create_cadre(Cadre(full_name="Trần Thị Mới", sex="F"), ground=make_ground(make_user()))

    assert cadre.code == "DT000002"


def test_codes_that_are_taken_every_time_give_up(monkeypatch):
    make_cadre(code="DT000001")
    monkeypatch.setattr(actions, "next_codes", lambda: ["DT000001"])

    with pytest.raises(IntegrityError):
        create_cadre(Cadre(full_name="Trần Thị Mới", sex="F"), ground=make_ground(make_user()))

    assert Cadre.objects.count() == 1


def test_what_no_number_explains_is_not_told_as_a_taken_number():
    cadre = make_cadre()

    with pytest.raises(IntegrityError):
        change_cadre(cadre.pk, {"sex": "X"}, ground=make_ground(make_user()), version=1)

    cadre.refresh_from_db()
    assert (cadre.sex, cadre.version) == ("M", 1)


def test_the_same_problem_of_two_others_is_told_once():
    cadre, name = make_cadre(), "Văn phòng – thống kê"
    for _ in range(2):
        make_holding(cadre, make_post(name), make_commune("Xã Thử"), is_main=True)
    again = Holding(cadre=cadre, post=make_post(), commune=make_commune(), is_main=True,
                    valid_from=date(2022, 1, 1))  # fmt: skip

    with pytest.raises(ValidationError) as refused:
        save_record(again, ground=make_ground(make_user()))

    assert len(refused.value.message_dict["is_main"]) == 1


def test_nobody_has_no_verdict_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert verdicts_of([], date(2023, 6, 8)) == {}


def test_a_document_ends_with_its_day_of_expiry():
    document = make_document("NĐ cũ", title="Nghị định cũ", issuer="Chính phủ")

    close_row(document, ends_on=date(2023, 8, 1))

    document.refresh_from_db()
    assert document.expired_on == date(2023, 8, 1)


def test_the_headers_of_the_record_set_are_printed():
    out = StringIO()

    call_command("describe_records", stdout=out)

    assert out.getvalue() == described()


def test_a_record_is_called_by_what_it_says():
    cadre, commune = make_cadre("Lê Thị Thử"), make_commune("Xã Thử")
    later, post = make_commune("Xã Mới"), make_post("Trưởng Công an")
    management = PostManagement(post=post, level="commune")
    since = date(2023, 1, 1)

    assert str(cadre) == "Lê Thị Thử"
    assert str(CommuneSuccession(old=commune, new=later)) == "Xã Thử → Xã Mới"
    assert str(management) == f"Trưởng Công an: {management.get_level_display()}"
    assert str(make_title_set(post, name="Nhóm thử")) == "Nhóm thử"
    assert str(make_qualification(cadre)) == "Chuyên môn: Đại học"
    assert str(make_rating(cadre, 2022)).startswith("2022: ")
    assert str(make_short_training(cadre)) == make_short_training(cadre).get_content_display()
    assert str(Quota(commune=commune, group="cadre", number=11)).endswith(": 11")
    assert str(QuotaCeiling(grade=1, number=23, valid_from=LONG_AGO)).endswith(": 23")
    assert str(DistrictQuota(number=500, valid_from=since)) == "01/01/2023: 500"
