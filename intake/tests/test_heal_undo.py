"""Taking a written list back: person by person, and whoever was changed later stays and is told."""

import pytest

from accounts.models import Role
from cadres.actions import change_cadre
from cadres.models import Cadre, Change
from cadres.tests.factories import make_ground
from cadres.undoing import undo
from intake.batch_undo import standing, touched_since, undo_batch
from intake.tests.clients import signed_in
from intake.tests.conftest import BASIS
from intake.tests.old_lists import HEAD, PEOPLE, drawn, page_of, sent, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]


@pytest.fixture
def batch(hr):
    return written(hr, sent(hr, drawn(PEOPLE)))


def undone(client, batch):
    return client.post(f"/nhap-lieu/{batch.pk}/huy/", BASIS, follow=True).content.decode()


def changed_later():
    """Trần Thị Bình, after somebody changed what the list wrote."""
    cadre = Cadre.objects.get(full_name="Trần Thị Bình")
    ground = make_ground(cadre.entered_by)
    later = change_cadre(cadre.pk, {"born_on": "1981"}, ground=ground, version=cadre.version)
    cadre.refresh_from_db()
    return cadre, later


def test_a_written_list_is_taken_back_whole(hr, batch):
    page = page_of(hr, batch, "huy/")
    assert "của 3 người" in page

    told = undone(hr, batch)

    assert "Đã hủy lần nhập: 3 người" in told
    assert not any(cadre.is_kept for cadre in Cadre.objects.all())
    assert standing(batch).count() == 0
    assert "đã được hủy rồi" in hr.get(f"/nhap-lieu/{batch.pk}/huy/", follow=True).content.decode()


def test_what_was_added_to_known_people_goes_and_the_rest_stays(hr, batch):
    head = HEAD + "|Điện thoại"
    second = written(
        hr, sent(hr, drawn(PEOPLE.replace("TC Luật", "TC Luật|0987654321"), head=head))
    )
    assert Cadre.objects.get(full_name="Lê Văn Cường").phone == "0987654321"

    undone(hr, second)

    cuong = Cadre.objects.get(full_name="Lê Văn Cường")
    assert (cuong.phone or "", str(cuong.born_on)) == ("", "1985")


def test_whoever_was_changed_later_stays_and_is_named_until_that_is_undone(hr, batch):
    cadre, _ = changed_later()
    assert [c.cadre for c in touched_since(batch)] == [cadre]
    assert "Trần Thị Bình" in page_of(hr, batch, "huy/")

    told = undone(hr, batch)

    assert "Đã hủy của 2 người" in told
    assert "Chưa hủy được của 1 người" in told
    assert "Trần Thị Bình" in told
    assert str(Cadre.objects.get(pk=cadre.pk).born_on) == "1981"
    assert "Đã hủy của 2 trong 3 người" in page_of(hr, batch)

    later = Change.objects.filter(cadre=cadre, imported=None).latest("pk")
    undo(later.pk, make_ground(cadre.entered_by))
    told = undone(hr, batch)

    assert "Đã hủy lần nhập: 1 người" in told
    assert standing(batch).count() == 0


def test_many_people_are_undone_in_several_transactions_with_one_ground(hr, monkeypatch, batch):
    monkeypatch.setattr("intake.batch_undo._AT_ONCE", 2)
    asked = []

    def ground():
        asked.append(1)
        return make_ground(Cadre.objects.first().entered_by)

    assert undo_batch(batch, ground).undone == 3
    assert asked == [1]


def test_taking_back_asks_for_a_ground(hr, batch):
    answer = hr.post(f"/nhap-lieu/{batch.pk}/huy/", {})

    assert answer.status_code == 200
    assert standing(batch).count() == 3


def test_only_the_district_takes_back_and_only_what_was_written(hr, unit, batch):
    clerk = signed_in(Role.COMMUNE_CLERK, unit)
    assert clerk.get(f"/nhap-lieu/{batch.pk}/huy/").status_code == 403

    waiting = sent(hr, drawn(PEOPLE.replace("1985", "1986")))
    assert hr.get(f"/nhap-lieu/{waiting.pk}/huy/").status_code in (302, 404)
