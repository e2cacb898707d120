"""The search in the head of every page: names go to the list, numbers to nobody's address, and
only to fields that whoever asks may see."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import AuditEvent, Role
from cadres.number_search import SEARCHES_A_MINUTE, numbers_of
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import LIST, list_url, names_of, signed_in, words_of

pytestmark = pytest.mark.django_db
SEARCH, NUMBER = "/can-bo/tim/", "/can-bo/tim-so/"
CCCD, PHONE, CODE = "019080000417", "0987654321", "DT000417"
DATA_ROLES = (Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def person():
    found = make_cadre("Lý Thị Kín", national_id=CCCD, phone=PHONE, code=CODE)
    make_holding(found)
    return found


def account_of(client, role, person):
    """Sign in as `role`; a clerk or head of the person's own commune."""
    is_of_commune = role in (Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
    fields = {"commune": person.holdings.get().commune} if is_of_commune else {}
    return signed_in(client, role, **fields)


@pytest.mark.parametrize("address", [SEARCH, NUMBER])
@pytest.mark.parametrize("role", DATA_ROLES)
@pytest.mark.parametrize(("number", "is_withheld"), [(CCCD, True), (PHONE, True), (CODE, False)])
def test_a_number_is_compared_only_with_fields_that_the_role_sees(
    client, person, role, number, is_withheld, address
):
    account_of(client, role, person)

    response = client.post(address, {"q": number})

    is_found = role != Role.LEADER or not is_withheld
    assert (response.url == f"/can-bo/{person.pk}/") is is_found


@pytest.mark.parametrize("number", [CCCD, PHONE])
def test_whoever_sees_neither_number_is_told_so_and_the_try_is_logged(client, person, number):
    signed_in(client, Role.LEADER)

    page = client.post(SEARCH, {"q": number}, follow=True)

    told = "Chỉ tìm được theo tên và số hiệu: vai trò của bạn không xem số CCCD và điện thoại."
    assert told in words_of(page)
    assert number not in page.content.decode()
    event = AuditEvent.objects.get(action=AuditEvent.Action.SEARCH_NUMBER)
    assert (event.subject_ids, event.subject_count) == ([], 0)


def test_the_fields_of_the_search_speak_of_what_the_role_may_search_by(client):
    clerk = signed_in(client, Role.COMMUNE_CLERK, commune=make_commune())
    assert numbers_of(clerk) == ["số CCCD", "điện thoại", "số hiệu"]
    assert "số quyết định, số CCCD, điện thoại" in words_of(client.get(NUMBER))

    leader = signed_in(client, Role.LEADER)
    page = client.get(NUMBER)
    assert numbers_of(leader) == ["số hiệu"]
    assert "Tìm người theo tên, số quyết định, số hiệu" in words_of(page)
    assert "Tìm theo số hiệu Vai trò của bạn không xem số CCCD và điện thoại" in words_of(page)


def test_the_search_in_the_head_is_a_form_that_posts_with_its_token(client):
    signed_in(client)
    page = client.get(list_url()).content.decode()

    for form in re.findall(r'<form class="quick-search".*?</form>', page, re.DOTALL):
        assert f'method="post" action="{SEARCH}?ngay=2023-06-08"' in form
        assert "csrfmiddlewaretoken" in form
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = client.cookies
    assert guarded.post(SEARCH, {"q": "lan"}).status_code == 403


def test_a_name_goes_to_the_list_whose_address_keeps_it_and_the_day(client, person):
    signed_in(client)

    response = client.post(f"{SEARCH}?ngay=2023-06-08", {"q": " ly thi "}, follow=True)

    assert response.redirect_chain == [(f"{LIST}?q=ly+thi&ngay=2023-06-08", 302)]
    assert names_of(response) == ["Lý Thị Kín"]
    assert client.post(SEARCH, {"q": " "}).url == LIST
    assert client.get(SEARCH).url == LIST


@pytest.mark.parametrize("number", [CCCD, "019 080 000 417", f"Kín {CCCD}", "0987.654.321"])
def test_a_number_is_answered_without_ever_being_in_an_address(client, person, number):
    signed_in(client)

    found = client.post(f"{SEARCH}?ngay=2023-06-08", {"q": number})
    missed = client.post(SEARCH, {"q": number[:-1] + "9"})

    assert found.url == f"/can-bo/{person.pk}/?ngay=2023-06-08"
    assert missed.url == NUMBER
    assert AuditEvent.objects.filter(action=AuditEvent.Action.SEARCH_NUMBER).count() == 2


@pytest.mark.parametrize("code", [CODE, "dt000417", " DT 000417 "])
def test_a_code_opens_the_person_within_scope(client, person, code):
    signed_in(client, Role.LEADER)
    assert client.post(SEARCH, {"q": code}).url == f"/can-bo/{person.pk}/"

    signed_in(client, Role.COMMUNE_CLERK)
    assert client.post(SEARCH, {"q": code}).url.startswith(LIST + "?q=")


@pytest.mark.parametrize("text", ["DT\x00000417", "\x00", "1\x00" * 3000, "a" * 5000, "\ud800 1"])
def test_whatever_is_sent_is_answered_with_an_address_of_some_length(client, person, text):
    signed_in(client)

    sent = urlencode({"q": text.encode(errors="surrogatepass")})
    response = client.post(SEARCH, sent, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302
    assert len(response.url) < 1000
    assert client.get(response.url).status_code in (200, 302)


@pytest.mark.usefixtures("within_a_minute")
def test_numbers_in_the_head_cannot_be_tried_one_after_another(client):
    signed_in(client)

    answers = [client.post(SEARCH, {"q": CCCD}).status_code for _ in range(SEARCHES_A_MINUTE * 2)]

    assert 429 in answers


_PATTERN = re.compile(r'<input type="text" id="id_q"[^>]* pattern="([^"]+)" title="([^"]+)"')


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [("Nguyễn Văn An", True), ("Lớp 12345678", True), (CCCD, False), ("019 080 000 417", False),
     ("123456789", False), (f"An {PHONE}", False), ("0987.654-321", False)],
)  # fmt: skip
def test_the_form_of_filters_sends_no_number_even_without_a_script(client, text, is_sent):
    signed_in(client)

    pattern, told = _PATTERN.search(client.get(list_url()).content.decode()).groups()

    assert bool(re.fullmatch(pattern, text)) is is_sent
    assert "ô tìm trên đầu trang" in told
