"""What a commune proposed is approved only while it is what was proposed, about its people."""

from datetime import date

import pytest

from accounts.models import Role
from cadres.change_kinds import kind_of
from cadres.decisions import Line, decide
from cadres.merging import merge
from cadres.models import Cadre, Holding, Qualification, Status
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
)
from intake.models import Proposal
from intake.tests.clients import signed_in
from intake.tests.test_decision_pages import ADD, sent
from intake.tests.test_proposals import (
    BASIS,
    LEVEL,
    approve_all,
    draft_residence,
    send,
)
from intake.tests.test_proposals import (
    decide as answer,
)

pytestmark = pytest.mark.django_db
DECISION = {"basis-kind": "decision", "basis-number": "5/QĐ", "basis-issuer": "UBND huyện"}


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def clerk(unit):
    return signed_in(Role.COMMUNE_CLERK, unit)


@pytest.fixture
def hr():
    return signed_in(Role.DISTRICT_HR)


@pytest.fixture
def person(unit):
    person = make_cadre()
    make_holding(person, make_post("Chức A"), unit, valid_from=date(2020, 1, 1))
    return person


def made(hr, kind, person, day, **values):
    decide([Line(kind_of(kind), person, values, day, {})], make_ground(hr.user))


def drafted(clerk, person, kind, **fields):
    """A clerk's decision, sent."""
    clerk.post(ADD, {**sent(person, parts=(kind,), **fields), "viec": "nhap"})
    proposal = Proposal.objects.get()
    send(clerk, proposal, **DECISION)
    assert proposal.state == "pending"
    return proposal


def test_a_post_for_someone_who_died_meanwhile_is_not_given(clerk, hr, unit, person):
    proposal = drafted(
        clerk, person, "concurrency", n0_post=str(make_post("Chức D").pk), n0_commune=str(unit.pk)
    )
    made(hr, "death", person, date(2023, 5, 1))

    page = approve_all(hr, proposal)

    assert page.status_code == 409
    assert proposal.state == "pending"
    assert not Holding.objects.filter(valid_to=None).exists()


def test_a_retirement_is_not_written_over_a_post_that_came_meanwhile(clerk, hr, unit, person):
    proposal = drafted(clerk, person, "retirement", n0_scheme="age")
    made(hr, "concurrency", person, date(2023, 3, 1), post=make_post("Chức B"), commune=unit)

    page = approve_all(hr, proposal).content.decode()

    assert "Hồ sơ đã đổi sau khi đề nghị được lập" in page
    assert proposal.state == "pending"
    assert not Status.objects.exists()


def test_what_is_about_someone_of_another_commune_by_now_is_not_written(clerk, hr, person):
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    held = person.holdings.get()
    made(hr, "transfer", person, date(2023, 1, 1), holding=held, post=make_post("Chức B"),
         commune=make_commune("Xã Bạn"))  # fmt: skip

    page = approve_all(hr, proposal).content.decode()

    assert "không còn thuộc Xã Nhà" in page
    person.refresh_from_db()
    assert person.residence == ""


def test_a_row_of_someone_new_goes_to_the_record_that_stayed(clerk, hr, unit):
    other = make_cadre("Hồ Thị Cũ", sex="F", born_on="1971-01-01")
    make_holding(other, commune=unit)
    clerk.post("/can-bo/them/", {"full_name": "Hồ Thị Mới", "sex": "F", "born_on": "12/05/1990"})
    proposal = Proposal.objects.get()
    new = proposal.items.get()
    clerk.post(f"/duyet/{proposal.pk}/nguoi-moi/{new.pk}/van-bang/", LEVEL)
    send(clerk, proposal, **BASIS)
    first, second = proposal.items.order_by("pk").values_list("pk", flat=True)
    answer(hr, proposal, {f"phan-{first}": "duyet", f"phan-{second}": "tra",
                          f"ly-do-{second}": "sửa"})  # fmt: skip
    gone = Cadre.objects.get(full_name="Hồ Thị Mới")
    merge(other.pk, gone.pk, choices={}, ground=make_ground(hr.user),
          versions=(other.version, gone.version))  # fmt: skip
    send(clerk, proposal, **BASIS)

    approve_all(hr, proposal)

    assert proposal.state == "approved"
    assert Qualification.objects.get().cadre == other
