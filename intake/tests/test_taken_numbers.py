"""That a CCCD is taken tells of people whom a commune does not see: it is a search by number, so it
is counted and logged as one, in the forms as in a file."""

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AuditEvent, Role
from cadres import number_search
from cadres.tests.factories import make_cadre, make_commune, make_holding
from intake import taken_numbers
from intake.models import ImportBatch, Proposal
from intake.tests.books import PEOPLE_HEAD, write
from intake.tests.clients import signed_in

pytestmark = pytest.mark.django_db
MOST = 3  # questions a minute
TAKEN, FREE = "019180000777", "019180000778"
SAYS = "đã có trong một hồ sơ khác"
SAYS_OF_FILE = "đã có trong một hồ sơ ngoài đơn vị của bạn"


@pytest.fixture(autouse=True)
def within_a_minute(settings, tmp_path, monkeypatch):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(number_search, "SEARCHES_A_MINUTE", MOST)
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def stranger():
    return make_holding(make_cadre("Lê Thị Lạ", national_id=TAKEN), commune=make_commune()).cadre


@pytest.fixture
def clerk(unit):
    return signed_in(Role.COMMUNE_CLERK, unit)


def asked(client, number, path="/can-bo/them/", **fields):
    form = {"full_name": "", "sex": "F", "national_id": number, **fields}
    return client.post(path, form)


def searches():
    return AuditEvent.objects.filter(action="search_number").order_by("pk")


def test_a_taken_number_is_logged_as_searched_for_though_nothing_is_kept(clerk, stranger):
    assert SAYS in asked(clerk, TAKEN).content.decode()
    assert SAYS not in asked(clerk, FREE).content.decode()

    event = searches().get()
    assert (event.actor, event.subject_type, event.subject_ids) == (
        clerk.user, "cadre", [stranger.pk],
    )  # fmt: skip
    assert TAKEN not in str(event.detail)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("luu", ["", "nhap"])
def test_past_the_limit_a_form_tells_nothing(clerk, stranger, luu):
    for number in range(MOST):
        asked(clerk, f"0191800{number:05d}", luu=luu)

    answer = asked(clerk, TAKEN, luu=luu)

    assert answer.status_code == 429
    assert SAYS not in answer.content.decode()
    assert not searches().exists()


def test_the_search_and_the_forms_share_one_limit(clerk, stranger):
    for _ in range(MOST):
        clerk.post("/can-bo/tim-so/", {"q": FREE})

    assert asked(clerk, TAKEN).status_code == 429


def test_a_correction_asks_about_numbers_as_a_new_person_does(clerk, stranger, unit):
    mine = make_holding(make_cadre("Trần Thị Nhà", national_id=FREE), commune=unit).cadre
    path = f"/can-bo/{mine.pk}/sua/"

    assert SAYS in asked(clerk, TAKEN, path, version=1).content.decode()
    assert searches().get().subject_ids == [stranger.pk]
    for _ in range(2 * MOST):  # the person's own number is no question
        answer = asked(clerk, FREE, path, version=1)
    assert answer.status_code == 200
    for _ in range(MOST):
        answer = asked(clerk, TAKEN, path, version=1)
    assert answer.status_code == 429


def test_who_sees_everybody_is_told_at_once(stranger):
    hr = signed_in(Role.DISTRICT_HR)

    answers = [asked(hr, TAKEN) for _ in range(MOST + 1)]

    assert all(SAYS in answer.content.decode() for answer in answers)


def sent(client, folder, *numbers):
    rows = [[None, f"Người Thứ {at}", "Nữ", "12/05/1980", number]
            for at, number in enumerate(numbers)]  # fmt: skip
    book = write(folder / "danh sách.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]})
    with book.open("rb") as file:
        return client.post("/nhap-lieu/", {"tep": file}, follow=True)


def strangers(number, start=0):
    elsewhere = make_commune()
    numbers = [f"0191700{at:05d}" for at in range(start, start + number)]
    for each in numbers:
        make_holding(make_cadre(national_id=each), commune=elsewhere)
    return numbers


def test_a_file_is_logged_with_all_whose_numbers_it_was_told_are_taken(clerk, tmp_path):
    numbers = strangers(3)

    page = sent(clerk, tmp_path, *numbers, numbers[0], FREE).content.decode()

    assert page.count(SAYS_OF_FILE) == 4
    event = searches().get()
    assert (event.subject_count, event.actor) == (3, clerk.user)
    assert event.detail == {"batch": ImportBatch.objects.get().pk}


def test_a_file_of_too_many_taken_numbers_is_not_told_which(clerk, tmp_path, monkeypatch):
    monkeypatch.setattr(taken_numbers, "MOST_OF_A_FILE", 2)

    page = sent(clerk, tmp_path, *strangers(3)).content.decode()

    assert "quá nhiều số CCCD" in page
    assert SAYS_OF_FILE not in page
    assert not ImportBatch.objects.exists()
    event = searches().get()
    assert (event.subject_count, event.detail) == (3, {"refused": True})


def test_an_account_is_told_of_so_many_a_day_and_looking_again_counts(
    clerk, unit, tmp_path, monkeypatch
):
    monkeypatch.setattr(taken_numbers, "MOST_A_DAY", 4)
    sent(clerk, tmp_path, *strangers(2))
    batch = ImportBatch.objects.get()
    again = f"{batch.get_absolute_url()}kiem-tra/"
    assert "Đã kiểm tra lại" in clerk.post(again, follow=True).content.decode()

    more = sent(clerk, tmp_path, *strangers(1, start=10)).content.decode()

    assert "quá nhiều số CCCD" in more
    assert "quá nhiều số CCCD" in clerk.post(again, follow=True).content.decode()
    assert SAYS_OF_FILE not in more
    nothing_taken = sent(clerk, tmp_path, FREE).content.decode()
    assert "quá nhiều" not in nothing_taken
    other = signed_in(Role.COMMUNE_CLERK, unit)
    assert SAYS_OF_FILE in sent(other, tmp_path, "019170000010").content.decode()
