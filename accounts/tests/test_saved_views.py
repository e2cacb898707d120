"""Kept lists: what is kept, whose they are, who sees and opens them, which one opens first."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, SavedView
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import LIST, list_url, names_of, signed_in, words_of

pytestmark = pytest.mark.django_db
ADD, MINE = "/tai-khoan/khung-nhin/luu/", "/tai-khoan/khung-nhin/"


def keep(client, query, name="Cần cử đi học", **more):
    told = {"page": "cadres:list", "loc": query, "name": name, "shared": "private", **more}
    return client.post(ADD, told)


def make_view(owner, name="Nữ", **fields):
    return SavedView.objects.create(
        **{"owner": owner, "page": "cadres:list", "name": name, "query": "gioi=F", **fields}
    )


def test_a_list_is_kept_with_filters_order_and_columns_and_opens_again(client):
    signed_in(client)
    make_holding(make_cadre("Trần Thị Nữ", sex="F"))
    make_holding(make_cadre("Lê Văn Nam", sex="M"))

    answer = keep(client, "ngay=2023-06-08&gioi=F&sap=-ten&cot=ma&cot=xa&trang=3&q=")

    assert parse_qs(urlsplit(answer.url).query) == {
        "gioi": ["F"], "sap": ["-ten"], "cot": ["ma", "xa"],
    }  # fmt: skip
    page = client.get(f"{answer.url}&ngay=2023-06-08")
    assert names_of(page) == ["Trần Thị Nữ"]
    assert "Khung nhìn: Cần cử đi học" in words_of(page)
    assert "Khung nhìn: Cần" not in words_of(client.get(list_url(gioi="M")))


def test_the_day_is_kept_only_where_it_was_chosen(client):
    signed_in(client)

    keep(client, "ngay=2023-06-08&gioi=F", "Không ngày")
    keep(client, "ngay=2023-06-08&gioi=F", "Có ngày", giu_ngay="1")

    kept = dict(SavedView.objects.values_list("name", "query"))
    assert kept == {"Không ngày": "gioi=F", "Có ngày": "gioi=F&ngay=2023-06-08"}


def test_the_default_opens_where_the_list_has_no_parameter_and_only_there(client):
    user = signed_in(client)
    make_view(user, query="gioi=F", is_default=True)
    make_view(make_user(), "Của người khác", query="gioi=M", is_default=True, shared="all")

    assert client.get(LIST).url == f"{LIST}?gioi=F"
    assert client.get(f"{LIST}?sap=ten").status_code == 200
    assert client.get(f"{LIST}?ngay=2023-06-08").status_code == 200
    page = client.get(f"{LIST}?gioi=F").content.decode()
    assert '<a href="?sap=ten">Xoá hết</a>' in page  # not "?", which would open the default again


def test_a_default_without_any_filter_opens_and_does_not_lead_to_itself(client):
    user = signed_in(client)
    make_view(user, query="", is_default=True)

    answer = client.get(LIST)

    assert answer.url == f"{LIST}?sap=ten"
    assert client.get(answer.url).status_code == 200


def test_there_is_one_default_a_page(client):
    user = signed_in(client)
    keep(client, "gioi=F", "Một", is_default="on")
    keep(client, "gioi=M", "Hai", is_default="on")

    assert list(SavedView.objects.filter(is_default=True).values_list("owner", "name")) == [
        (user.pk, "Hai")
    ]


@pytest.mark.parametrize(
    ("reader", "sees"),
    [("own clerk", {"Mình", "Cả xã", "Mọi người"}), ("own head", {"Cả xã", "Mọi người"}),
     ("other clerk", {"Mọi người"}), ("leader", {"Mọi người"})],
)  # fmt: skip
def test_private_unit_and_everyone_reach_whom_they_say(client, reader, sees):
    commune = make_commune()
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)
    make_view(clerk, "Mình")
    make_view(clerk, "Cả xã", shared="unit")
    make_view(make_user(), "Mọi người", shared="all")
    make_view(make_user(), "Huyện", shared="unit")
    readers = {
        "own clerk": clerk,
        "own head": make_user(Role.COMMUNE_HEAD, commune=commune),
        "other clerk": make_user(Role.COMMUNE_CLERK),
        "leader": make_user(Role.LEADER),
    }
    client.force_login(readers[reader], "accounts.backends.WithCommune")

    page = client.get(MINE).content.decode()

    assert {name for name in ("Mình", "Cả xã", "Mọi người", "Huyện") if f">{name}</a>" in page} == (
        sees
    )


@pytest.mark.parametrize("role", [Role.COMMUNE_CLERK, Role.COMMUNE_HEAD, Role.LEADER])
def test_only_the_district_staff_share_with_everyone(client, role):
    signed_in(client, role)
    assert 'value="all"' not in client.get(list_url()).content.decode()

    keep(client, "gioi=F", shared="all")
    assert not SavedView.objects.exists()

    signed_in(client)
    keep(client, "gioi=F", shared="all")
    assert SavedView.objects.get().shared == "all"


def test_another_ones_view_is_neither_changed_nor_deleted_shared_or_not(client):
    view = make_view(make_user(), "Chung", shared="all")
    signed_in(client)

    for path in (f"{MINE}{view.pk}/", f"{MINE}{view.pk}/xoa/"):
        answer = client.post(path, {"name": "Chiếm", "shared": "private", "owner": "1"})
        assert answer.status_code == 404
    assert client.get(f"{MINE}{view.pk}/").status_code == 404
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Chung", "all")


def test_the_owner_renames_shares_and_deletes(client):
    user = signed_in(client)
    view = make_view(user)

    client.post(f"{MINE}{view.pk}/", {"name": "Cán bộ nữ", "shared": "unit", "is_default": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared, view.is_default, view.query) == (
        "Cán bộ nữ", "unit", True, "gioi=F",
    )  # fmt: skip

    answer = client.post(f"{MINE}{view.pk}/xoa/", follow=True)
    assert "Đã xóa khung nhìn “Cán bộ nữ”" in words_of(answer)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("query", "name", "why"),
    [
        ("q=019080000417", "Số", "Không lưu số CCCD hay số điện thoại"),
        ("gioi=F", "Nữ", "Bạn đã có khung nhìn mang tên ấy"),
        ("gioi=F", " ", "Chưa lưu khung nhìn"),
        (f"xa={'a' * 2001}", "Dài", "Bộ lọc quá dài"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_kept(client, query, name, why):
    user = signed_in(client)
    make_view(user)

    answer = keep(client, query, name)

    assert why in words_of(client.get(answer.url, follow=True)) or "tim-so" in answer.url
    assert SavedView.objects.count() == 1


def test_a_page_that_has_no_views_is_nobodys(client):
    signed_in(client)

    assert keep(client, "", page="accounts:user_list").status_code == 404


def test_a_view_of_another_leads_into_the_own_scope_alone():
    commune = make_commune()
    make_holding(make_cadre("Người Nhà"), commune=commune)
    make_holding(make_cadre("Người Bạn"))
    make_view(make_user(), "Chung", shared="all", query="gioi=M&ngay=2023-06-08")
    client = Client()
    signed_in(client, Role.COMMUNE_CLERK, commune=commune)

    assert names_of(client.get(f"{LIST}?gioi=M&ngay=2023-06-08")) == ["Người Nhà"]


def test_the_menu_costs_one_query_whatever_the_number_of_views(client):
    user = signed_in(client)
    asked = []
    for number in (0, 12):
        for each in range(number):
            make_view(make_user(), f"Khung {each}", shared="all")
            make_view(user, f"Khung {each}")
        client.get(list_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(list_url())
        asked.append([q["sql"] for q in queries])

    assert len(asked[0]) == len(asked[1])
    assert sum("accounts_savedview" in sql for sql in asked[1]) == 1
