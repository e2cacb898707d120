"""Units, quotas and vacancies of the demo district, read off the pages; figures from its design:
566 places, 23 vacant, 1 too many; 30 units, 29, 27, then ten successors without people."""

import re

import pytest

from accounts.models import User
from cadres.models import Commune

pytestmark = pytest.mark.django_db
JUNE = "2023-06-08"


@pytest.fixture
def leader(client, django_db_setup):
    client.force_login(User.objects.get(username="lanhdao"), "accounts.backends.WithCommune")
    return client


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def unit(name, day=JUNE):
    return Commune.objects.on(day).get(name=name)


def test_the_list_adds_up_to_the_quota_of_the_district(leader):
    page = page_of(leader, f"/don-vi/?ngay={JUNE}")

    assert "29 đơn vị · 544 cán bộ, công chức trong 566 chỉ tiêu · 23 khuyết, 1 vượt" in page
    assert page.count("khuyết 1<") == 23
    assert page.count("vượt 1<") == 2  # the unit, and the line of totals
    assert "138</td>" in page


@pytest.mark.parametrize(
    ("day", "units"),
    [
        ("2023-04-09", 30), ("2023-04-10", 29), ("2024-11-30", 29), ("2024-12-01", 27),
        ("2025-06-30", 27), ("2025-07-01", 10),
    ],
)  # fmt: skip
def test_the_units_of_each_day(leader, day, units):
    page = page_of(leader, f"/don-vi/?ngay={day}")

    assert f"{units} đơn vị" in page
    assert len(re.findall(r'<th scope="row"><a href="/don-vi/', page)) == units
    assert f"{units} xã, thị trấn" in page_of(leader, f"/?ngay={day}")


def test_the_vacant_head_of_the_144_of_145_is_named_on_one_page_only(leader):
    vacant = [
        (commune.name, post)
        for commune in Commune.objects.on(JUNE)
        for post in re.findall(
            r'<th scope="row">([^<]*)</th><td><span class="verdict',
            page_of(leader, f"/don-vi/{commune.pk}/?ngay={JUNE}"),
        )
    ]

    heads = [(name, post) for name, post in vacant if not post.startswith("Phó ")]
    assert len(heads) == 1
    assert heads[0][0] not in ("Thị trấn Hùng Sơn", "Thị trấn Quân Chu")
    assert len(vacant) - 1 == 145 - 138  # deputies


def test_the_merged_town_is_one_over_its_quota_and_says_where_it_came_from(leader):
    page = page_of(leader, f"/don-vi/{unit('Thị trấn Quân Chu').pk}/?ngay={JUNE}")

    assert re.search(r'is-bad"><dt>Công chức / chỉ tiêu 8</dt><dd>9</dd>', page)
    assert re.search(r"Trần theo nghị định</dt><dd>18</dd>", page)
    assert "Hình thành từ" in page
    assert "NQ-UBTVQH15" in page


def test_a_unit_of_before_says_from_when_to_when_and_where_it_went(leader):
    old = Commune.objects.get(name="Xã Quân Chu", valid_to="2023-04-10")

    page = page_of(leader, f"/don-vi/{old.pk}/?ngay={JUNE}")

    assert "không có vào ngày 08/06/2023" in page
    assert "đến hết 09/04/2023" in page
    assert f"/don-vi/{unit('Thị trấn Quân Chu').pk}/?ngay=2023-04-10" in page


def test_a_successor_without_people_says_so_and_does_not_fail(leader):
    page = page_of(leader, f"/don-vi/{unit('Xã Đại Phúc', '2025-07-01').pk}/?ngay=2025-07-01")

    assert "Hình thành từ" in page
    assert "Thị trấn Hùng Sơn" in page
    assert "Chưa có cấp ủy viên nào" in page


def test_the_front_page_names_what_to_look_at(leader):
    page = page_of(leader, "/")

    for words in (
        "29 xã, thị trấn · 544 cán bộ, công chức · 138 cấp phó không chuyên trách",
        "mâu thuẫn nguồn", "96/138", "NĐ 33/2023/NĐ-CP có hiệu lực", "144/144 → 132/144",
        "chưa có quy định → 96/138", "510/544 → 498/544", "4 người chưa có hồ sơ trình độ",
        "vượt 1", "khuyết 23",
    ):  # fmt: skip
        assert words in page


def test_a_clerk_sees_the_own_town_and_no_other(client, django_db_setup):
    clerk = User.objects.get(username="xa.hungson")
    client.force_login(clerk, "accounts.backends.WithCommune")

    page = page_of(client, "/")

    assert "Thị trấn Hùng Sơn" in page
    own = page_of(client, f"/don-vi/{clerk.commune_id}/")
    assert own.count(" / chỉ tiêu 10</dt>") == 2  # cadres and civil servants
    assert "chỉ tiêu 10</dt><dd>10</dd>" in own
    assert "chỉ tiêu 10</dt><dd>9</dd>" in own
    others = Commune.objects.on(JUNE).exclude(pk=clerk.commune_id)
    assert not [each.name for each in others if each.name in page]
    assert client.get(f"/don-vi/{others[0].pk}/").status_code == 404
