"""The frame of every page: menu by role, day, banners."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from accounts.models import Role
from accounts.tests.factories import make_user
from daitu_portal import nav


def request_for(user, **query):
    request = RequestFactory().get("/", query)
    request.user = user
    request.resolver_match = None
    return request


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("cadres:detail", "cadres:list"),
        ("training:person", "cadres:list"),
        ("training:class", "training:class_list"),
        ("intake:cadre_update", "cadres:list"),
        ("intake:import", "intake:import"),
        ("reports:commune", "reports:commune_list"),
        ("reports:figure", "reports:indicator_list"),
        ("account_login", ""),
    ],
)
def test_a_page_belongs_to_the_entry_with_the_longest_beginning(page, section):
    assert nav.section_of(page) == section


def test_the_roles_of_the_menu_are_those_of_the_accounts():
    assert set(nav.EVERYONE) == set(Role.values)


@pytest.mark.parametrize("role", ["", "STRANGER"])
def test_nobody_without_a_role_gets_a_menu(role):
    assert nav.menu(role, "") == []


@pytest.mark.django_db
def test_the_frame_shows_who_is_signed_in_and_the_way_out():
    user = make_user(Role.LEADER, full_name="Nông Thị Mẫu")

    html = render_to_string("base.html", request=request_for(user))

    assert "Cán bộ xã Đại Từ" in html
    assert "Lãnh đạo huyện" in html
    assert "Đăng xuất" in html
    assert 'class="avatar" aria-hidden="true">NM<' in html


def test_the_frame_of_a_stranger_has_neither_menu_nor_search():
    html = render_to_string("base.html", request=request_for(AnonymousUser()))

    assert "<nav" not in html
    assert 'type="search"' not in html
    assert 'href="#main"' in html


@pytest.mark.django_db
def test_a_demo_account_is_told_that_the_data_is_invented():
    told = render_to_string("base.html", request=request_for(make_user(is_demo=True)))
    real = render_to_string("base.html", request=request_for(make_user(is_demo=False)))

    assert "Dữ liệu mẫu" in told
    assert "Dữ liệu mẫu" not in real


@override_settings(PLAIN_HTTP_WARNING=True)
def test_plain_http_is_warned_of_on_every_page():
    assert "không mã hóa" in render_to_string("base.html", request=request_for(AnonymousUser()))


def day_of_the_demo(request):
    return date(2023, 6, 8)


@pytest.fixture
def demo_day(settings):
    settings.AS_OF = "daitu_portal.tests.test_nav.day_of_the_demo"


def test_another_day_than_today_is_said(demo_day):
    html = render_to_string("partials/as_of.html", request=request_for(AnonymousUser()))

    assert "08/06/2023" in html
    assert "không phải hôm nay" in html
    assert 'name="ngay" value="08/06/2023"' in html


def test_changing_the_day_keeps_the_filters_but_not_the_page(demo_day):
    request = request_for(AnonymousUser(), q="hai", trang="3", ngay="2023-06-08")

    html = render_to_string("partials/as_of.html", request=request)

    assert '<input type="hidden" name="q" value="hai">' in html
    assert 'name="trang"' not in html
    assert "?q=hai&amp;trang=3&amp;ngay" not in html


def test_links_repeat_the_day_only_when_the_address_names_it(demo_day):
    asked = nav.AsOf(request_for(AnonymousUser(), ngay="08/06/2023"))
    silent = nav.AsOf(request_for(AnonymousUser()))

    assert asked.query == "?ngay=2023-06-08"
    assert silent.query == ""
