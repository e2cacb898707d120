"""The tab of posts and seats: the term of office, and ending what is in force on the page's day."""

from datetime import date

import pytest

from accounts.models import Role
from cadres.models import Term
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_membership
from cadres.tests.pages import ON, lines_of, signed_in

pytestmark = pytest.mark.django_db
LAST_DAY_OF_UNITS = date(2025, 7, 1)


def career_of(client, person, day=ON):
    return client.get(f"/can-bo/{person.pk}/cong-tac/?ngay={day}")


def test_the_term_of_a_post_is_told_as_that_of_a_seat_is(client):
    signed_in(client)
    council, party = (
        Term.objects.create(
            organisation=organisation, name=name, valid_from=begins, valid_to=LAST_DAY_OF_UNITS
        )
        for organisation, name, begins in [
            ("hdnd", "2021–2026", date(2021, 5, 23)),
            ("dang_bo", "2020–2025", date(2020, 6, 1)),
        ]
    )
    person, commune = make_cadre(), make_commune()
    make_holding(person, commune=commune, term=council, is_main=True)
    make_holding(person, commune=commune, is_main=False)
    make_membership(person, commune, term=party)

    terms = [line["Nhiệm kỳ"] for line in lines_of(career_of(client, person))]

    assert terms == ["2021–2026", "—", "2020–2025"]


@pytest.mark.parametrize(
    ("day", "is_offered"),
    [("2021-05-11", False), ("2021-05-12", True), ("2025-06-30", True), ("2025-07-01", False)],
)
def test_what_is_in_force_on_the_day_may_be_ended_though_its_end_is_known(client, day, is_offered):
    signed_in(client)
    person, span = make_cadre(), {"valid_from": date(2021, 5, 12), "valid_to": LAST_DAY_OF_UNITS}
    holding, seat = make_holding(person, **span), make_membership(person, **span)

    page = career_of(client, person, day).content.decode()

    for way in (f"chuc-vu/{holding.pk}/thoi/", f"cap-uy/{seat.pk}/thoi/"):
        assert (f'href="/can-bo/{person.pk}/{way}"' in page) is is_offered, way
        if is_offered:
            assert client.get(f"/can-bo/{person.pk}/{way}").status_code == 200


def test_nobody_but_who_writes_or_proposes_is_offered_to_end_a_post(client):
    holding = make_holding(valid_to=LAST_DAY_OF_UNITS)
    for role in (Role.LEADER, Role.COMMUNE_HEAD):
        is_of_commune = role != Role.LEADER
        signed_in(client, role, **({"commune": holding.commune} if is_of_commune else {}))

        assert "/thoi/" not in career_of(client, holding.cadre).content.decode()
