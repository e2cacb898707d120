"""Who came into a figure's numerator and who left it between two days."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import catalogue as record_catalogue
from cadres.models import Post
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_qualification,
)
from reports import catalogue

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/civil_servants_degree/?ngay=2023-12-31&muc=thay-doi"


@pytest.fixture
def commune(db):
    record_catalogue.load()
    catalogue.load()
    return make_commune("Xã Đầu")


def civil_servant(name, commune, *, rank=4, awarded_on="2010-06-01", **held):
    cadre = make_cadre(name, recruited_on="2015-01-01")
    post = Post.objects.get(code="CC07")
    make_holding(cadre, post, commune, **{"valid_from": date(2016, 1, 1), **held})
    make_qualification(cadre, rank=2, awarded_on="2008")
    make_qualification(cadre, rank=rank, awarded_on=awarded_on, field="culture")
    return cadre


def signed_in(client, role=Role.LEADER, **fields):
    client.force_login(make_user(role, **fields), "accounts.backends.WithCommune")
    return client


def moved(response):
    """(name, words) of each line."""
    return [(line.full_name, line.move.words) for line in response.context["lines"]]


def test_whoever_reached_the_level_since_is_named_and_the_numbers_add_up(client, commune):
    civil_servant("Lê Thị Cũ", commune)
    civil_servant("Lê Văn Mới", commune, awarded_on="2023-12-15")

    page = signed_in(client).get(f"{PAGE}&so_voi=08/06/2023")

    assert moved(page) == [("Lê Văn Mới", "nay đạt mức")]
    moves = page.context["moves"]
    assert (moves.then.ratio.numerator, moves.now.ratio.numerator) == (1, 2)
    assert (moves.came_in, moves.went_out) == (1, 0)


def test_whoever_came_or_left_is_told_so(client, commune):
    civil_servant("Lê Thị Đi", commune, valid_to=date(2023, 7, 1))
    civil_servant("Lê Văn Đến", commune, valid_from=date(2023, 8, 1))

    page = signed_in(client).get(f"{PAGE}&so_voi=2023-06-08")

    assert moved(page) == [
        ("Lê Văn Đến", "mới vào nhóm, đạt mức"),
        ("Lê Thị Đi", "không còn trong nhóm"),
    ]
    assert "bớt 1" in page.content.decode()


def test_whoever_came_without_the_level_is_no_move_of_the_numerator(client, commune):
    civil_servant("Lê Văn Đến", commune, rank=3, valid_from=date(2023, 8, 1))

    page = signed_in(client).get(f"{PAGE}&so_voi=2023-06-08")

    assert moved(page) == []
    assert "Không ai vào, không ai ra" in page.content.decode()


def test_a_level_that_a_later_rule_asks_makes_people_fall_out(client, commune):
    cadre = make_cadre("Phạm Thị Đoàn", born_on="1995-05-12")
    make_holding(cadre, Post.objects.get(code="CB08"), commune, valid_from=date(2021, 1, 1))
    make_qualification(cadre, rank=2, awarded_on="2010")
    make_qualification(cadre, "political", 2, awarded_on="2012")
    make_qualification(cadre, "general", 3, awarded_on="2000")

    page = signed_in(client).get(
        "/bao-cao/standardised_org_heads/?ngay=2023-08-15&muc=thay-doi&so_voi=2023-06-08"
    )

    assert page.context["moves"].then.ratio.numerator == 1
    assert moved(page) == [("Phạm Thị Đoàn", "nay không còn đạt mức")]


@pytest.mark.parametrize("day", ["xx", "2024-01-01", "2023-12-31"])
def test_a_day_that_is_not_before_is_told_and_the_year_before_stands(client, commune, day):
    page = signed_in(client).get(f"{PAGE}&so_voi={day}")

    assert page.context["asked"].earlier == date(2022, 12, 31)
    assert "phải đọc được và trước" in page.content.decode()


def test_a_clerk_sees_the_moves_of_the_own_commune_alone(client, commune):
    civil_servant("Lê Văn Mới", commune, awarded_on="2023-12-15")
    civil_servant("Trần Xa Lạ", make_commune("Xã Hai"), awarded_on="2023-12-15")
    gone = civil_servant("Lê Thị Đi", commune, valid_to=date(2023, 7, 1))
    make_holding(gone, Post.objects.get(code="CC03"), make_commune("Xã Ba"))

    signed_in(client, Role.COMMUNE_CLERK, commune=commune)
    page = client.get(f"{PAGE}&so_voi=2023-06-08")

    assert [name for name, _ in moved(page)] == ["Lê Văn Mới", "Lê Thị Đi"]
    assert [bool(line.url) for line in page.context["lines"]] == [True, False]


def test_the_page_asks_as_much_for_many_as_for_few(client, commune):
    signed_in(client)
    asked = []
    for count in (2, 30):
        for number in range(count):
            civil_servant(f"Lê Văn {number}", commune, awarded_on="2023-12-15")
            civil_servant(f"Lê Thị {number}", commune, valid_to=date(2023, 7, 1))
        client.get(f"{PAGE}&so_voi=2023-06-08")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PAGE}&so_voi=2023-06-08").status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]
    # inside a test's transaction nothing is remembered: definitions and units are asked anew
    assert asked[0] <= 15, asked
