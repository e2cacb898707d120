"""Pages and order of lists."""

import pytest
from django.db.models import Value
from django.db.models.functions import NullIf
from django.test import RequestFactory

from accounts.models import User
from accounts.tests.factories import make_user
from daitu_portal import paging
from daitu_portal.paging import page_of
from daitu_portal.tables import missing_last, sorted_by


@pytest.fixture
def get():
    return RequestFactory().get


def test_a_page_says_which_rows_of_how_many_it_shows(get):
    page = page_of(get("/", {"trang": "3"}), range(112))

    assert (page.start_index(), page.end_index(), page.total) == (101, 112, 112)
    assert list(page)[0] == 100


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("x", 1), ("0", 3), ("99", 3), ("2", 2)])
def test_a_page_that_does_not_exist_gives_the_nearest(get, asked, number):
    assert page_of(get("/", {"trang": asked}), range(112)).number == number


def test_links_of_many_pages_leave_gaps(get):
    page = page_of(get("/", {"trang": "10"}), range(1000))

    assert page.links == [1, None, 8, 9, 10, 11, 12, None, 20]


def test_links_of_few_pages_name_each(get):
    assert page_of(get("/"), range(112)).links == [1, 2, 3]


@pytest.mark.django_db
def test_counting_stops_at_the_ceiling(get, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CEILING", 3)
    for _ in range(5):
        make_user()

    page = page_of(get("/"), User.objects.order_by("pk"), per_page=2)

    assert page.total == 3
    assert page.is_capped
    assert page.paginator.num_pages == 2


@pytest.mark.django_db
def test_a_list_up_to_the_ceiling_is_counted_whole(get, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CEILING", 3)
    for _ in range(3):
        make_user()

    page = page_of(get("/"), User.objects.order_by("pk"), per_page=2)

    assert page.total == 3
    assert not page.is_capped


@pytest.mark.django_db
def test_a_page_costs_a_count_and_its_rows(get, django_assert_num_queries):
    for _ in range(4):
        make_user()

    with django_assert_num_queries(2):
        page = page_of(get("/"), User.objects.order_by("pk"), per_page=2)
        assert len(list(page)) == 2
        assert page.total == 4
        assert page.links == [1, 2]


ALLOWED = {"ten": "username", "vai-tro": ("role", "-username")}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ("username", "pk")),
        ("-ten", ("-username", "pk")),
        ("vai-tro", ("role", "-username", "pk")),
        ("-vai-tro", ("-role", "username", "pk")),
        ("password", ("username", "pk")),
        ("--ten", ("username", "pk")),
    ],
)
def test_a_table_sorts_only_by_the_columns_it_offers(get, asked, expected):
    request = get("/", {"sap": asked})

    queryset = sorted_by(request, User.objects.all(), ALLOWED, "ten")

    assert queryset.query.order_by == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "names"), [("ten", ["a", "b", "khong"]), ("-ten", ["b", "a", "khong"])]
)
def test_rows_without_a_value_come_last_whichever_way_round(get, asked, names):
    for username, email in [("khong", None), ("b", "b@thu.vn"), ("a", "a@thu.vn")]:
        make_user(username=username, email=email or "")
    users = User.objects.annotate(address=NullIf("email", Value("")))

    found = sorted_by(get("/", {"sap": asked}), users, {"ten": missing_last("address")}, "ten")

    assert [user.username for user in found] == names


def test_the_order_in_force_is_left_for_the_heads(get):
    request = get("/")

    sorted_by(request, User.objects.all(), ALLOWED, "-ten")

    assert request.table_order == "-ten"
