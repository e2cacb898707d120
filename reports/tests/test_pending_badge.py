"""Who was elected and is not confirmed yet says so: on the own pages, and on the commune's."""

import pytest

from accounts.tests.factories import make_user
from cadres.models.post import LegalCategory, PostGroup
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
)
from cadres.tests.pages import words_of
from reports import catalogue

pytestmark = pytest.mark.django_db
DAY = "2023-06-08"


@pytest.fixture
def elected():
    """A chairwoman and member of the committee, both not confirmed yet."""
    catalogue.load()
    person, unit = make_cadre("Đỗ Thị Mới"), make_commune("Xã Nhà")
    post = make_post("Chủ tịch Ủy ban nhân dân", category=LegalCategory.CADRE,
                     group=PostGroup.LEADER)  # fmt: skip
    holding = make_holding(person, post, unit, is_main=True, awaits_ratification=True)
    seat = make_membership(person, unit, awaits_ratification=True)
    return holding, seat


@pytest.fixture
def page(client):
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return lambda address: words_of(client.get(f"{address}?ngay={DAY}"))


def test_an_election_that_waits_is_flagged_in_the_words_of_its_organisation(page, elected):
    holding, _ = elected

    head = page(f"/can-bo/{holding.cadre_id}/")
    career = page(f"/can-bo/{holding.cadre_id}/cong-tac/")
    commune = page(f"/don-vi/{holding.commune_id}/")

    assert "chưa phê chuẩn" in head
    assert career.count("chưa phê chuẩn") == 2
    assert career.count("chưa chuẩn y") == 2
    assert commune.count("chưa phê chuẩn") == 1
    assert commune.count("chưa chuẩn y") == 1


def test_once_confirmed_nothing_is_flagged(page, elected):
    for row in elected:
        row.awaits_ratification = False
        row.save()

    career = page(f"/can-bo/{elected[0].cadre_id}/cong-tac/")

    assert "chưa phê chuẩn" not in career
    assert "chưa chuẩn y" not in career
