"""The catalogues of the district: units over time, posts, ceilings."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Sum

from cadres import catalogue
from cadres.models import (
    Commune,
    CommuneSuccession,
    Post,
    PostManagement,
    QuotaCeiling,
    StudyField,
    Term,
    TitleSet,
)
from cadres.tests.pages import signed_in, words_of

TABLES = (
    Commune,
    CommuneSuccession,
    Post,
    PostManagement,
    QuotaCeiling,
    StudyField,
    Term,
    TitleSet,
)


@pytest.fixture(autouse=True)
def _loaded(db):
    catalogue.load()


def counts():
    return {table.__name__: table.objects.count() for table in TABLES}


@pytest.mark.parametrize(
    ("day", "communes", "townships"),
    [
        (date(2015, 1, 1), 28, 2),
        (date(2023, 4, 9), 28, 2),
        (date(2023, 4, 10), 27, 2),
        (date(2023, 6, 8), 27, 2),
        (date(2023, 8, 1), 27, 2),
        (date(2024, 11, 30), 27, 2),
        (date(2024, 12, 1), 25, 2),
        (date(2025, 6, 30), 25, 2),
        (date(2025, 7, 1), 10, 0),
    ],
)
def test_the_district_has_30_29_27_then_10_units(day, communes, townships):
    units = Commune.objects.on(day)

    assert units.filter(kind="xa").count() == communes
    assert units.filter(kind="thi_tran").count() == townships


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("05851", date(2023, 4, 9), "Xã Quân Chu"),
        ("05851", date(2023, 4, 10), "Thị trấn Quân Chu"),
        ("05851", date(2025, 7, 1), "Xã Quân Chu"),
        ("05764", date(2023, 4, 9), "Thị trấn Quân Chu"),
        ("05845", date(2024, 11, 30), "Xã Ký Phú"),
        ("05845", date(2024, 12, 1), "Xã Vạn Phú"),
        ("05773", date(2023, 6, 8), "Xã Yên Lãng"),
        ("05773", date(2025, 7, 1), "Xã Phú Xuyên"),
    ],
)
def test_a_code_names_one_unit_a_day(code, day, name):
    assert Commune.objects.on(day).get(code=code).name == name


def test_every_unit_that_ended_has_a_successor_from_that_day():
    for unit in Commune.objects.exclude(valid_to=None):
        days = set(unit.successions.values_list("effective_on", flat=True))
        successors_begin = set(unit.successions.values_list("new__valid_from", flat=True))

        assert days == {unit.valid_to}, unit
        assert max(successors_begin) <= unit.valid_to


def test_na_mao_was_split_between_two_communes():
    na_mao = Commune.objects.get(code="05782")

    assert set(na_mao.successions.values_list("new__name", "share")) == {
        ("Xã Phú Xuyên", "partial"),
        ("Xã Phú Cường", "remainder"),
    }


@pytest.mark.parametrize(
    ("code", "day", "area"),
    [
        ("05797", date(2024, 11, 30), "22.86"),
        ("05797", date(2024, 12, 1), "25.87"),  # 22,86 and 3,01 of Na Mao
        ("05779", date(2024, 11, 30), "16.78"),
        ("05779", date(2024, 12, 1), "22.92"),  # 16,78 and the rest, 9,15 - 3,01
        ("05782", date(2024, 11, 30), "9.15"),
        ("05845", date(2024, 12, 1), "26.67"),  # of a new unit from its first day: told once
        ("05851", date(2023, 4, 10), "53.18"),
        ("05830", date(2025, 7, 1), None),
    ],
)
def test_the_area_of_a_unit_is_that_of_the_day(code, day, area):
    unit = Commune.objects.on(day).get(code=code)

    assert unit.area_on(day, unit.predecessions.all()) == (area and Decimal(area))


def test_an_area_with_a_part_that_is_not_known_is_not_known():
    grown = CommuneSuccession(effective_on=date(2024, 12, 1), area_km2=None)
    unit = Commune.objects.get(code="05797")

    assert unit.area_on(date(2024, 11, 30), [grown]) == Decimal("22.86")
    assert unit.area_on(date(2024, 12, 1), [grown]) is None


def test_a_catalogue_loaded_before_gets_the_areas_that_joined():
    areas = CommuneSuccession.objects.filter(old__code="05782").order_by("new__code")
    areas.update(area_km2=None)

    import_module("cadres.migrations.0004_area_that_joined").fill(apps, None)

    assert list(areas.values_list("area_km2", flat=True)) == [Decimal("6.14"), Decimal("3.01")]


def test_the_page_of_a_unit_tells_the_area_of_its_day(client):
    unit = Commune.objects.get(code="05797")
    signed_in(client)

    assert "22,86 km²" in words_of(client.get(f"/don-vi/{unit.pk}/?ngay=2024-11-30"))
    assert "25,87 km²" in words_of(client.get(f"/don-vi/{unit.pk}/?ngay=2024-12-01"))


def test_the_ten_successors_come_from_the_27_units():
    last = CommuneSuccession.objects.filter(effective_on=date(2025, 7, 1))

    assert last.values("old").distinct().count() == 27
    assert set(last.filter(new__name="Xã Đại Từ").values_list("old__short_name", flat=True)) == {
        "Bình Thuận",
        "Khôi Kỳ",
        "Mỹ Yên",
        "Lục Ba",
    }


def test_the_clerk_of_na_mao_follows_both_parts():
    names = {
        unit.name
        for unit in Commune.objects.filter(
            pk__in=Commune.objects.line_of(Commune.objects.get(code="05782").pk)
        )
    }

    assert names == {"Xã Na Mao", "Xã Phú Xuyên", "Xã Phú Cường", "Xã Phú Thịnh"}


def test_no_grade_is_invented():
    assert not Commune.objects.exclude(grade=None).exists()


def test_the_police_chief_of_the_civil_service_ends_on_31_07_2023():
    assert Post.objects.on(date(2023, 7, 31)).filter(code="CC01").exists()
    assert not Post.objects.on(date(2023, 8, 1)).filter(code="CC01").exists()


def test_a_commune_has_eleven_cadre_offices_with_two_deputy_secretaries():
    offices = Post.objects.filter(category="cadre")

    assert offices.count() == 11
    assert offices.get(code="CB02").per_commune == 2
    assert offices.aggregate(seats=Sum("per_commune"))["seats"] == 12


def test_land_officers_differ_between_commune_and_township():
    assert Post.objects.get(code="CC04A").commune_kind == "thi_tran"
    assert Post.objects.get(code="CC04B").commune_kind == "xa"


def test_key_leaders_are_the_six_offices_of_party_council_and_committee():
    codes = TitleSet.objects.get(code="key_leaders").posts.values_list("code", flat=True)

    assert set(codes) == {"CB01", "CB02", "CB03", "CB04", "CB05", "CB06"}


def test_deputies_are_outside_the_cadres_and_civil_servants():
    cbcc = TitleSet.objects.get(code="cadres_and_civil_servants").posts

    assert set(cbcc.values_list("category", flat=True)) == {"cadre", "civil_servant"}
    assert cbcc.count() == 19


@pytest.mark.parametrize(
    ("day", "with_regular_police"),
    [
        (date(2019, 6, 24), [25, 23, 21]),
        (date(2019, 6, 25), [22, 20, 18]),
        (date(2023, 7, 31), [22, 20, 18]),
        (date(2023, 8, 1), [22, 20, 18]),
    ],
)
def test_ceilings_are_those_of_the_decree_of_the_day(day, with_regular_police):
    ceilings = QuotaCeiling.objects.on(day).order_by("grade")

    assert [c.number - c.less_with_regular_police for c in ceilings] == with_regular_police


def test_terms_in_force_on_the_reference_day():
    terms = dict(Term.objects.on(date(2023, 6, 8)).values_list("organisation", "name"))

    assert terms["dang_bo"] == "2020–2025"
    assert terms["hdnd"] == terms["ubnd"] == "2021–2026"
    assert set(terms) == set(Term.Organisation.values)


def test_loading_again_adds_and_changes_nothing():
    Post.objects.filter(code="CB10").update(name="Tên huyện đã sửa")
    before = counts()

    catalogue.load()

    assert counts() == before
    assert Post.objects.get(code="CB10").name == "Tên huyện đã sửa"
