"""Hands-on sessions: entered by the district, counted apart unless a setting says otherwise."""

from datetime import date

import pytest

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.catalogue_actions import mark_of
from training.hands_on import sessions_by
from training.models import HandsOnSession, TrainingSetting
from training.tests.factories import make_class

pytestmark = pytest.mark.django_db
LIST = "/dao-tao/tap-huan/"


@pytest.fixture
def office(client):
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def typed(**fields):
    return {"code": "TH-1", "name": "Số hóa hồ sơ", "partner": "Phòng Nội vụ",
            "held_on": "05/05/2023", "attendance": "1.200", **fields}  # fmt: skip


def make_session(**fields):
    return HandsOnSession.objects.create(
        **{"code": "TH-1", "name": "Số hóa hồ sơ", "held_on": date(2023, 5, 5), **fields}
    )


def count_sessions(value, since):
    TrainingSetting.objects.create(
        code="sessions_count", value=value, valid_from=since, confidence="assumed"
    )


def test_a_session_is_added_once_though_sent_twice(office):
    first = office.post(f"{LIST}them/", typed())
    second = office.post(f"{LIST}them/", typed())

    row = HandsOnSession.objects.get()
    assert (row.attendance, row.held_on) == (1200, date(2023, 5, 5))
    assert first.status_code == 302
    assert second.status_code == 200
    assert "đã tồn tại" in second.content.decode() or "đã có" in second.content.decode()
    assert AuditEvent.objects.filter(subject_type="hands_on", action="create").count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"held_on": "31/02/2023"}, "ngày có thật"), ({"attendance": "5001"}, "5.000"),
     ({"attendance": "12,5"}, "số nguyên"), ({"name": ""}, "bắt buộc"),
     ({"name": "a\x00b"}, "U+0000"), ({"code": "x" * 31}, "30")],
)  # fmt: skip
def test_what_is_wrong_with_a_session_is_told(office, fields, told):
    page = office.post(f"{LIST}them/", typed(**fields))

    assert page.status_code == 200
    assert told in page.content.decode()
    assert not HandsOnSession.objects.exists()


def test_a_session_is_corrected_and_keeps_its_code(office):
    row = make_session()

    office.post(f"{LIST}{row.pk}/sua/", typed(code="KHAC", name="Tên mới", seen=mark_of(row)))

    row.refresh_from_db()
    assert (row.code, row.name, row.attendance) == ("TH-1", "Tên mới", 1200)


def test_a_stale_correction_is_refused_with_what_is_stored_and_may_be_sent_again(office):
    row = make_session()
    seen = mark_of(row)
    HandsOnSession.objects.filter(pk=row.pk).update(venue="Nhà văn hóa", attendance=9)

    refused = office.post(f"{LIST}{row.pk}/sua/", typed(name="Của tôi", seen=seen))

    page = refused.content.decode()
    row.refresh_from_db()
    assert row.name == "Số hóa hồ sơ"
    assert "vừa được người khác sửa" in page
    assert "Nhà văn hóa; 9 người dự" in page
    assert f'value="{mark_of(row)}"' in page
    assert 'value="Của tôi"' in page


def test_sessions_stand_apart_until_the_day_a_setting_counts_them(office):
    make_session()
    make_class(begins_on=date(2023, 5, 1), ends_on=date(2023, 5, 2))
    count_sessions(1, date(2023, 7, 1))

    before = sessions_by(date(2023, 6, 30))
    after = sessions_by(date(2023, 7, 1))

    assert (before.number, before.are_counted, before.classes_with(142)) == (1, False, 142)
    assert (after.number, after.are_counted, after.classes_with(142)) == (1, True, 143)


@pytest.mark.parametrize("address", ["/dao-tao/", LIST])
def test_pages_print_which_way_and_by_which_setting(office, address):
    make_session()
    make_class(begins_on=date(2023, 5, 1), ends_on=date(2023, 5, 2))
    none = office.get(f"{address}?ngay=2023-06-08").content.decode()
    count_sessions(0, date(2023, 6, 1))
    apart = office.get(f"{address}?ngay=2023-06-08").content.decode()
    TrainingSetting.objects.update(value=1)
    counted = office.get(f"{address}?ngay=2023-06-08").content.decode()

    assert "tính riêng, không nằm trong 1 lớp vì chưa có thông số" in none
    assert "tính riêng, không nằm trong 1 lớp, theo thông số từ ngày 01/06/2023 (giả định)" in apart
    assert "tính vào số lớp: 1 lớp và 1 buổi, theo thông số từ ngày 01/06/2023" in counted


@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_CLERK])
def test_others_read_and_are_offered_nothing_to_write(client, role):
    make_session()
    client.force_login(make_user(role), "accounts.backends.WithCommune")

    page = client.get(LIST).content.decode()

    assert "Số hóa hồ sơ" in page
    assert "sua/" not in page
    assert "Thêm buổi tập huấn" not in page


def test_the_list_costs_the_same_for_many(office, django_assert_max_num_queries):
    for number in range(40):
        make_session(code=f"TH-{number}")

    with django_assert_max_num_queries(12):
        assert office.get(LIST).status_code == 200
