"""Notices: told once, to whom it concerns and who wants it; the bell, the page, the choice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import notices
from accounts.models import Notice, Role
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/thong-bao/"
Kind = notices.Kind


@pytest.fixture
def clerk(client):
    user = make_user(Role.COMMUNE_CLERK)
    client.force_login(user, "accounts.backends.WithCommune")
    client.user = user
    return client


def told(user, text="Có mục bị trả lại", url="/can-bo/", topic="", kind=Kind.RETURNED):
    notices.tell([user], kind, text, url, topic)
    return Notice.objects.filter(user=user).latest("pk")


def test_the_same_topic_is_told_once_and_another_again(django_assert_num_queries):
    users = [make_user(), make_user()]

    assert notices.tell(users, Kind.TASK, "Đợt mới", "/", "review:1") == 2
    assert notices.tell([*users, make_user()], Kind.TASK, "Đợt mới", "/", "review:1") == 1
    assert notices.tell(users, Kind.TASK, "Đợt khác", "/", "review:2") == 2
    assert notices.tell(users[:1], Kind.TASK, "Không chủ đề") == 1
    assert notices.tell(users[:1], Kind.TASK, "Không chủ đề") == 1
    assert Notice.objects.count() == 7
    with django_assert_num_queries(2):
        notices.tell(users, Kind.TASK, "Đợt khác nữa", "/", "review:3")


def test_what_was_read_is_not_told_again_under_its_topic():
    user = make_user()
    told(user, topic="due:1")
    notices.mark_read(notices.of(user))

    assert notices.tell([user], Kind.DUE, "Sắp đến hạn", "", "due:1") == 0
    assert not notices.of(user).filter(read_at=None)


def test_locked_accounts_and_those_who_do_not_want_the_kind_are_not_told():
    locked, deaf = make_user(is_active=False), make_user(muted_notices=["due"])

    assert notices.tell([locked, deaf], Kind.DUE, "Sắp đến hạn") == 0
    assert notices.tell([locked, deaf], Kind.TASK, "Việc mới") == 1
    assert Notice.objects.get().user == deaf


@pytest.mark.parametrize("url", ["https://xau.example/", "//xau.example/", "can-bo/"])
def test_a_notice_leads_to_a_page_of_the_portal_only(url):
    with pytest.raises(ValueError, match="no page"):
        notices.tell([make_user()], Kind.TASK, "x", url)


def test_a_text_that_is_too_long_is_cut_and_says_so():
    user = make_user()

    assert told(user, text="ă" * 400).text == "ă" * 254 + "…"


def test_the_bell_counts_what_is_unread_and_costs_no_query(clerk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = clerk.get(PAGE).content.decode()
        return len(queries), page

    told(clerk.user, text="Việc cũ")
    notices.mark_read(notices.of(clerk.user))
    clerk.get(PAGE)
    before, empty = asked()
    for number in range(3):
        told(clerk.user, text=f"Việc {number}")
    told(make_user(), text="Của người khác")
    after, page = asked()

    assert "Thông báo: 3 chưa đọc" in page
    assert "chưa đọc</span>" not in empty
    assert "Của người khác" not in page
    assert after == before


def test_opening_one_marks_it_read_and_goes_there(clerk):
    one, other = told(clerk.user, url="/can-bo/?q=a"), told(clerk.user)

    answer = clerk.post(f"{PAGE}mo/", {"thong_bao": one.pk})

    assert answer.url == "/can-bo/?q=a"
    assert list(notices.of(clerk.user).filter(read_at=None)) == [other]


@pytest.mark.parametrize("key", ["999999", "x", "٣", "9" * 30, "-1"])
def test_a_notice_that_is_not_there_is_not_found(clerk, key):
    assert clerk.post(f"{PAGE}mo/", {"thong_bao": key}).status_code == 404


def test_the_notice_of_another_is_not_found_and_stays_unread(clerk):
    theirs = told(make_user())

    assert clerk.post(f"{PAGE}mo/", {"thong_bao": theirs.pk}).status_code == 404
    clerk.post(f"{PAGE}da-doc/")

    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_all_are_marked_read_at_once_and_the_number_is_told(clerk):
    for _ in range(2):
        told(clerk.user)

    page = clerk.post(f"{PAGE}da-doc/", follow=True).content.decode()

    assert "Đã đánh dấu 2 thông báo" in page
    assert "Đã đọc hết" in clerk.get(f"{PAGE}?xem=chua-doc").content.decode()


def test_kinds_that_are_not_chosen_are_no_longer_told(clerk):
    clerk.post(f"{PAGE}chon/", {"kinds": ["returned", "task"]})

    clerk.user.refresh_from_db()
    assert clerk.user.muted_notices == ["due", "decided"]
    assert notices.tell([clerk.user], Kind.DUE, "x") == 0
    page = clerk.get(PAGE).content.decode()
    assert 'value="returned" id="id_kinds_0" checked' in page
    assert 'value="due" id="id_kinds_2" checked' not in page


def test_a_kind_that_does_not_exist_changes_nothing(clerk):
    page = clerk.post(f"{PAGE}chon/", {"kinds": ["returned", "gì đó"]}, follow=True)

    clerk.user.refresh_from_db()
    assert clerk.user.muted_notices == []
    assert "Chưa lưu" in page.content.decode()
