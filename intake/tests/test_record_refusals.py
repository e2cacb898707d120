"""What the forms of a person's record refuse, and what another's change meanwhile does to them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import make_user
from cadres.models import Cadre, Qualification, Rating
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post, make_rating
from intake.views import cadre as cadre_views
from intake.views import records as record_views

pytestmark = pytest.mark.django_db


def person_form(**fields):
    return {"full_name": "Trần Thị Mới", "sex": "F", "born_on": "1985", "national_id": "",
            "phone": "", "ethnicity": "", "note": "", **fields}  # fmt: skip


def holding_form(**fields):
    return {"post": make_post().pk, "commune": make_commune().pk, "valid_from": "12/05/2021",
            "standing": "recruited", **fields}  # fmt: skip


def test_a_telephone_number_begins_with_a_zero(hr):
    page = hr.post("/can-bo/them/", person_form(phone="8412345678")).content.decode()

    assert "bắt đầu bằng 0" in page
    assert not Cadre.objects.exists()


def test_a_people_that_the_list_has_not_stays_a_choice_of_its_person(hr):
    cadre = make_cadre(ethnicity="Pà Hưng")

    hr.post(f"/can-bo/{cadre.pk}/sua/", person_form(version=1, ethnicity="Pà Hưng"))

    cadre.refresh_from_db()
    assert (cadre.full_name, cadre.ethnicity) == ("Trần Thị Mới", "Pà Hưng")


@pytest.fixture
def number_taken(monkeypatch):
    """Someone else takes the number after the form was checked, before it is saved."""

    def taken(*args, **options):
        raise ValidationError({"national_id": "Số CCCD này đã có trong một hồ sơ khác."})

    monkeypatch.setattr(cadre_views, "create_cadre", taken)
    monkeypatch.setattr(cadre_views, "change_cadre", taken)


@pytest.mark.parametrize("part", ["them", "{}/sua"])
def test_a_number_taken_meanwhile_is_told_and_what_was_typed_stays(hr, number_taken, part):
    cadre = make_cadre("Lê Thị Cũ", sex="F")

    page = hr.post(f"/can-bo/{part.format(cadre.pk)}/", person_form(version=1)).content.decode()

    assert "đã có trong một hồ sơ khác" in page
    assert 'value="Trần Thị Mới"' in page
    assert Cadre.objects.get().full_name == "Lê Thị Cũ"


@pytest.mark.parametrize(("since", "is_told"), [("31/12/1929", True), ("01/01/1930", False)])
def test_a_day_beyond_every_memory_is_a_slip_of_the_year(hr, since, is_told):
    cadre = make_cadre()

    page = hr.post(f"/can-bo/{cadre.pk}/chuc-vu/them/", holding_form(valid_from=since))

    assert ("trong khoảng 01/01/1930" in page.content.decode()) is is_told


@pytest.mark.parametrize(("awarded_on", "is_saved"), [("1979", False), ("1980", True)])
def test_nobody_has_a_degree_before_birth(hr, awarded_on, is_saved):
    cadre = make_cadre(born_on="1980-05-12")
    form = {"level": "professional:4", "awarded_on": awarded_on, "evidence": "diploma"}

    page = hr.post(f"/can-bo/{cadre.pk}/van-bang/them/", form)

    assert Qualification.objects.exists() is is_saved
    assert is_saved or "trước khi sinh (12/05/1980)" in page.content.decode()


@pytest.mark.parametrize(("year", "is_saved"), [(1989, False), (1990, True)])
def test_ratings_begin_in_1990(hr, year, is_saved):
    cadre = make_cadre()

    hr.post(f"/can-bo/{cadre.pk}/xep-loai/them/", {"year": year, "level": 3})

    assert Rating.objects.exists() is is_saved


def test_leaving_a_post_from_an_old_page_is_asked_again_and_then_done(hr):
    holding = make_holding()
    Cadre.objects.update(version=4)
    address = f"/can-bo/{holding.cadre_id}/chuc-vu/{holding.pk}/thoi/"

    page = hr.post(address, {"left_on": "10/04/2023", "version": 1}).content.decode()

    holding.refresh_from_db()
    assert "vừa được người khác sửa" in page
    assert holding.valid_to is None
    hr.post(address, {"left_on": "10/04/2023", "version": 4})
    holding.refresh_from_db()
    assert holding.valid_to == date(2023, 4, 10)


def test_leaving_a_post_never_makes_the_stay_longer(hr):
    holding = make_holding(valid_to=date(2023, 4, 10))
    address = f"/can-bo/{holding.cadre_id}/chuc-vu/{holding.pk}/thoi/"

    page = hr.post(address, {"left_on": "11/04/2023", "version": 0}).content.decode()

    holding.refresh_from_db()
    assert "Đã thôi từ ngày 10/04/2023 rồi" in page
    assert holding.valid_to == date(2023, 4, 10)


def test_what_the_record_refuses_at_the_last_moment_stands_at_its_field(hr, monkeypatch):
    def refuse(row, **options):
        raise ValidationError({"year": ["Năm này vừa có."], "cadre": ["Hồ sơ đang khóa."]})

    rating = make_rating(make_cadre(), 2022)
    monkeypatch.setattr(record_views, "save_record", refuse)
    form = {"year": 2022, "level": 4, "version": 1}

    page = hr.post(f"/can-bo/{rating.cadre_id}/xep-loai/{rating.pk}/", form).content.decode()

    assert "Năm này vừa có." in page
    assert "Hồ sơ đang khóa." in page


def test_one_summary_tells_what_is_wrong_with_the_form_and_with_its_basis(client):
    client.force_login(make_user(), "accounts.backends.WithCommune")

    page = client.post("/can-bo/them/", {"full_name": "", "sex": ""}).content.decode()

    assert page.count('class="error-summary"') == 1
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    for field in ("id_full_name", "id_sex", "id_basis-kind", "id_basis-reason"):
        assert f'href="#{field}"' in summary
    assert summary.count("<li>") == 4


def test_a_basis_alone_is_told_in_the_summary_above_the_form(client):
    client.force_login(make_user(), "accounts.backends.WithCommune")
    whole = {"full_name": "Trần Thị Mới", "sex": "F", "born_on": "1980"}

    page = client.post("/can-bo/them/", whole).content.decode()

    assert page.count('class="error-summary"') == 1
    assert page.index('class="error-summary"') < page.index('id="id_full_name"')
    assert 'href="#id_basis-kind"' in page
