"""“Ai đã xem hồ sơ này”: pages by their names, the looks of one visit in one line."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre
from cadres.tests.pages import lines_of
from cadres.viewers import page_named
from daitu_portal.nav import MENU, PERSON_TABS

pytestmark = pytest.mark.django_db
MORNING = datetime(2023, 6, 8, 1, 5, tzinfo=UTC)  # 08:05 in Việt Nam


def look(client, user, path, at):
    client.force_login(user, "accounts.backends.WithCommune")
    with time_machine.travel(at, tick=False):
        assert client.get(path).status_code == 200


def viewers(client, cadre):
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return lines_of(client.get(f"/can-bo/{cadre.pk}/ai-da-xem/"))


def test_the_looks_of_an_hour_are_one_line_that_names_the_tabs(client):
    cadre, leader = make_cadre(), make_user(Role.LEADER, full_name="Lê Xem Nhiều")
    for minute, tab in enumerate(["", "trinh-do/", "cong-tac/", "trinh-do/"]):
        look(client, leader, f"/can-bo/{cadre.pk}/{tab}", MORNING.replace(minute=5 + minute))

    (line,) = [each for each in viewers(client, cadre) if each["Ai"] == "Lê Xem Nhiều"]

    assert line["Lúc"] == "08/06/2023 08:05–08:08"
    assert line["Việc"] == "Xem 4 lượt"
    assert line["Trang"] == "Tổng quan, Trình độ (2), Công tác"


def test_looks_within_one_minute_show_one_time(client):
    cadre, leader = make_cadre(), make_user(Role.LEADER, full_name="Lê Xem Nhanh")
    for second, tab in enumerate(["", "trinh-do/"]):
        look(client, leader, f"/can-bo/{cadre.pk}/{tab}", MORNING.replace(second=second))

    (line,) = [each for each in viewers(client, cadre) if each["Ai"] == "Lê Xem Nhanh"]

    assert line["Lúc"] == "08/06/2023 08:05"
    assert line["Việc"] == "Xem 2 lượt"


def test_another_hour_another_day_and_another_person_are_lines_of_their_own(client):
    cadre, one, two = make_cadre(), make_user(Role.LEADER), make_user(Role.LEADER)
    path = f"/can-bo/{cadre.pk}/"
    for user, at in [(one, MORNING), (one, MORNING.replace(hour=2)), (two, MORNING),
                     (one, MORNING.replace(day=9))]:  # fmt: skip
        look(client, user, path, at)

    lines = [each for each in viewers(client, cadre) if each["Vai trò"] == "Lãnh đạo huyện"]

    assert [each["Việc"] for each in lines] == ["Xem"] * 4


def test_a_download_of_papers_is_not_lost_among_looks(client):
    cadre, leader = make_cadre(), make_user(Role.LEADER, full_name="Lê In")
    path = f"/can-bo/{cadre.pk}/"
    look(client, leader, path, MORNING)
    with time_machine.travel(MORNING, tick=False):
        form = {"mau": "2c", "tep": "pdf", "nam": 2023, "muc_dich": "lưu hồ sơ"}
        client.post(f"{path}in/", form)

    lines = [each for each in viewers(client, cadre) if each["Ai"] == "Lê In"]

    assert {each["Việc"] for each in lines} == {"Xem", "In"}


def test_every_tab_has_its_name_and_no_address_is_shown_raw():
    for label, route in PERSON_TABS:
        assert page_named(reverse(route, args=[5])) == label
    assert page_named("/duyet/7/") == "Duyệt"
    assert {page_named(reverse(each.route)) for each in MENU} >= {"Đơn vị", "Báo cáo", "Nhập liệu"}
    assert page_named("/khong-con/trang-nay/") == ""
