"""A second record of a person is asked about before it is made: by forms and by the preview."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.tests.factories import make_cadre, make_commune, make_holding
from daitu_portal.reading.reader import read_rows
from intake.models import NotSame, Proposal, ProposalItem
from intake.planner import make_plan
from intake.reader import understand
from intake.tests.books import PEOPLE_HEAD, plan_of, write
from intake.tests.test_proposals import send
from intake.tests.test_record_pages import person_form
from intake.warnings import ALIKE

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
HIDDEN = "Có người khớp ở đơn vị khác; huyện sẽ kiểm tra"


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def clerk(unit):
    client = Client()
    client.force_login(make_user(Role.COMMUNE_CLERK, commune=unit), "accounts.backends.WithCommune")
    return client


def test_a_name_that_sounds_alike_in_the_same_year_is_asked_about_with_the_reasons(hr):
    other = make_cadre("Chần Thị Lí", sex="F", born_on="1985-11-30")

    page = hr.post("/can-bo/them/", person_form(full_name="Trần Thị Lý")).content.decode()

    assert other.code in page
    assert "ch và tr đọc như nhau" in page
    assert Cadre.objects.count() == 1


def test_a_clerk_is_shown_the_people_of_the_commune_and_asked_once(clerk, unit):
    other = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05")
    make_holding(other, commune=unit)

    page = clerk.post("/can-bo/them/", person_form()).content.decode()
    assert other.code in page
    assert not ProposalItem.objects.exists()

    clerk.post("/can-bo/them/", person_form(alike_seen=str(other.pk)))
    assert ProposalItem.objects.exists()


def test_a_clerk_learns_nothing_of_people_of_another_commune(clerk):
    other = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05-06", phone="0912345678")
    place = make_commune("Xã Kín")
    make_holding(other, commune=place)

    typed = person_form(full_name="Trần Thị Mơi", born_on="06/05/1985", phone="0912345678")
    page = clerk.post("/can-bo/them/", typed).content.decode()

    assert HIDDEN in page
    for told in (other.full_name, other.code, place.name, "số điện thoại;", f"/can-bo/{other.pk}/"):
        assert told not in page
    assert f'value="{other.pk}"' not in page
    clerk.post("/can-bo/them/", {**typed, "alike_seen": "0"})
    assert ProposalItem.objects.exists()


def test_what_only_might_be_alike_elsewhere_is_not_told(clerk):
    make_holding(make_cadre("Chần Thị Mới", sex="F", born_on="1985-11-30"))

    clerk.post("/can-bo/them/", person_form(born_on="06/05/1985"))

    assert ProposalItem.objects.exists()


def test_whoever_approves_is_shown_the_people_of_all_communes_whom_a_new_one_resembles(clerk, hr):
    other = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05-06", phone="0912345678")
    make_holding(other, commune=make_commune("Xã Kín"))
    typed = person_form(full_name="Trần Thị Mơi", born_on="06/05/1985", phone="0912345678")
    clerk.post("/can-bo/them/", {**typed, "alike_seen": "0"})
    proposal = Proposal.objects.get()
    drafted = clerk.get(f"/duyet/{proposal.pk}/").content.decode()
    send(clerk, proposal)

    page = hr.get(f"/duyet/{proposal.pk}/").content.decode()

    assert "Có thể là người đã có hồ sơ" in page
    assert f'href="/can-bo/{other.pk}/"' in page
    assert other.code not in drafted


def test_a_correction_that_makes_someone_alike_is_asked_about_once(hr):
    other = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05-06")
    cadre = make_cadre("Trần Thị Mới", sex="F", born_on="1990")

    form = person_form(full_name=cadre.full_name, born_on="06/05/1985", version=1)
    page = hr.post(f"/can-bo/{cadre.pk}/sua/", form).content.decode()
    assert other.code in page
    assert "Vẫn lưu" in page

    hr.post(f"/can-bo/{cadre.pk}/sua/", {**form, "alike_seen": str(other.pk)})
    cadre.refresh_from_db()
    assert str(cadre.born_on) == "06/05/1985"


def test_who_was_told_apart_is_not_asked_about_again(hr):
    other = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05-06")
    cadre = make_cadre("Trần Thị Mới", sex="F", born_on="1990")
    NotSame.objects.create(first=other, second=cadre, by=make_user(), reason="hai chị em")

    form = person_form(full_name=cadre.full_name, born_on="06/05/1985", version=1)
    response = hr.post(f"/can-bo/{cadre.pk}/sua/", form)

    assert response.status_code == 302


def test_what_does_not_say_who_someone_is_asks_nothing(hr):
    make_cadre("Trần Thị Mới", sex="F", born_on="1985-05")
    cadre = make_cadre("Trần Thị Mới", sex="F", born_on="1985-05")

    form = person_form(residence="Xóm Mới", version=1)

    assert hr.post(f"/can-bo/{cadre.pk}/sua/", form).status_code == 302


def test_the_preview_of_a_file_warns_of_new_people_who_may_be_on_record(tmp_path):
    known = make_cadre("Chần Thị Lí", sex="F", born_on="1985-11-30")
    rows = [
        [None, "Trần Lý", "Nữ", "06/05/1985", None],
        [None, "Trần Thị Lý", "Nữ", "1985", None],
        [None, "Trần Khác", "Nữ", "06/05/1985", None],
    ]

    plan = plan_of(write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]}), TODAY)

    alike = [each for each in plan.warnings if each.kind == ALIKE]
    assert [each.row for each in alike] == [2, 3]
    assert known.code in alike[0].message
    assert "dòng 2" in alike[1].message
    assert plan.is_writable


def test_the_preview_asks_the_same_number_of_queries_for_one_as_for_many(tmp_path):
    counts = []
    for number in (1, 60):
        rows = [[None, f"Trần Văn {'ABCDEGHIKL'[n % 10]}{'aeiou'[n % 5]}n", "Nam",
                 f"{1 + n % 28:02d}/05/19{60 + n % 30}", None] for n in range(number)]  # fmt: skip
        book = write(tmp_path / f"{number}.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]})
        with CaptureQueriesContext(connection) as queries:
            plan_of(book, TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_preview_of_a_clerk_tells_of_people_elsewhere_only_that_there_are_some(tmp_path, unit):
    near = make_cadre("Chần Thị Lí", sex="F", born_on="1985-11-30")
    make_holding(near, commune=unit)
    far = make_cadre("Trần Thị Lý", sex="F", born_on="1985-05-06")
    make_holding(far)
    row = [None, "Trần Thị Lý", "Nữ", "06/05/1985", "019185000999"]
    book = write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, row]})
    clerk = make_user(Role.COMMUNE_CLERK, commune=unit)

    plan = make_plan(understand(read_rows(book)), today=TODAY, scope=clerk)

    (told,) = [each.message for each in plan.warnings if each.kind == ALIKE]
    assert near.code in told
    assert "có người khớp ở đơn vị khác" in told
    assert far.code not in told
