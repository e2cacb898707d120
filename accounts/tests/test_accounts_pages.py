"""The administrator's pages: accounts, the log, the reference day."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts import audit
from accounts.models import AuditEvent, AuditSeal, Installation, Role, User
from accounts.tests.factories import make_user
from cadres.tests.factories import make_commune

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/tai-khoan/"


@pytest.fixture
def admin(client):
    user = make_user(Role.ADMIN, username="quantri1", password="x")
    client.force_login(user, "accounts.backends.WithCommune")
    client.user = user
    return client


def test_accounts_are_listed_searched_and_filtered(admin):
    make_user(Role.LEADER, full_name="Đỗ Thị Hương")
    make_user(Role.LEADER, full_name="Trần Văn Nam", is_active=False)

    assert "Đỗ Thị Hương" in admin.get(LIST).content.decode()
    found = admin.get(f"{LIST}?q=huong").content.decode()
    assert "Đỗ Thị Hương" in found
    assert "Trần Văn Nam" not in found
    assert "Trần Văn Nam" in admin.get(f"{LIST}?dung=khong").content.decode()
    for nobody in ("xyz", "%25"):
        assert "Không có tài khoản nào" in admin.get(f"{LIST}?q={nobody}").content.decode()


def test_a_new_account_shows_its_password_once_and_must_change_it(admin):
    commune = make_commune()
    data = {"username": "xa.thu", "full_name": "Người Thử", "role": Role.COMMUNE_CLERK,
            "commune": commune.pk, "reason": "nhận việc"}  # fmt: skip

    page = admin.post(f"{LIST}them/", data).content.decode()

    user = User.objects.get(username="xa.thu")
    assert user.must_change_password
    assert user.commune == commune
    assert not user.is_demo
    word = page.split("stat-number")[1].split("<b>")[1].split("</b>")[0]
    assert user.check_password(word)
    assert word not in admin.get(f"{LIST}{user.pk}/").content.decode()
    assert AuditEvent.objects.get(subject_type="user", purpose="nhận việc").actor == admin.user


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"role": Role.COMMUNE_CLERK}, "chọn đơn vị"),
        ({"username": "quantri1"}, "đã có người dùng"),
        ({"username": "có dấu"}, "chữ cái không dấu"),
        ({"reason": ""}, "bắt buộc"),
    ],
)
def test_what_is_wrong_with_an_account_is_told(admin, fields, message):
    data = {"username": "moi", "full_name": "Người Mới", "role": Role.LEADER, "reason": "thử"}

    page = admin.post(f"{LIST}them/", {**data, **fields}).content.decode()

    assert message in page
    assert User.objects.count() == 1


def test_nobody_takes_the_role_or_the_account_from_themselves(admin):
    mine = f"{LIST}{admin.user.pk}/"
    data = {"full_name": "Tôi", "role": Role.LEADER, "reason": "thử"}

    assert "Không thể tự khóa" in admin.post(mine, data).content.decode()
    admin.post(f"{mine}khoa/", {"viec-reason": "thử", "bat": "0"})

    admin.user.refresh_from_db()
    assert admin.user.is_active
    assert admin.user.role == Role.ADMIN


def test_an_account_is_disabled_and_enabled_with_a_reason(admin):
    other = make_user(Role.LEADER)

    admin.post(f"{LIST}{other.pk}/khoa/", {"viec-reason": "", "bat": "0"})
    other.refresh_from_db()
    assert other.is_active
    admin.post(f"{LIST}{other.pk}/khoa/", {"viec-reason": "nghỉ việc", "bat": "0"})
    other.refresh_from_db()
    assert not other.is_active
    admin.post(f"{LIST}{other.pk}/khoa/", {"viec-reason": "trở lại", "bat": "1"})
    other.refresh_from_db()
    assert other.is_active


def test_a_new_password_is_shown_once_and_ends_the_sessions(admin, django_user_model):
    other = make_user(Role.LEADER, password="cũ")

    page = admin.post(f"{LIST}{other.pk}/mat-khau/", {"viec-reason": "quên"}).content.decode()

    other.refresh_from_db()
    assert other.must_change_password
    assert not other.check_password("cũ")
    assert "Chỉ hiện lần này" in page


def test_the_log_is_filtered_and_holds_no_personal_data(admin):
    make_user(Role.LEADER)
    admin.get(LIST)
    admin.get("/can-bo/")

    page = admin.get("/quan-tri/nhat-ky/?viec=refused&ai=quantri1").content.decode()

    assert "/can-bo/" in page
    assert "Bị từ chối" in page
    assert "Không có lượt ghi nào" in admin.get("/quan-tri/nhat-ky/?ai=khongco").content.decode()


def test_the_reference_day_is_set_with_a_reason(admin):
    admin.post("/quan-tri/thiet-lap/", {"reference_on": "2023-06-08", "reason": "tập huấn"})

    assert Installation.objects.get().reference_on == date(2023, 6, 8)
    assert AuditEvent.objects.get(subject_type="installation").purpose == "tập huấn"


def some_events(number):
    return [
        AuditEvent.objects.create(action="view", subject_type="cadre", subject_ids=[n])
        for n in range(number)
    ]


def test_a_sealed_log_that_is_touched_says_where():
    events = some_events(20)
    call_command("seal_audit", verbosity=0)
    assert audit.first_wrong() == ""

    AuditEvent.objects.filter(pk=events[7].pk).update(subject_ids=[99])

    assert str(events[7].pk) in audit.first_wrong()
    with pytest.raises(CommandError, match="không khớp niêm phong"):
        call_command("seal_audit", "--check")


def test_a_removed_and_an_inserted_event_are_found():
    events = some_events(6)
    audit.seal()
    AuditSeal.objects.filter(pk=events[3].pk).delete()

    assert audit.first_wrong() != ""


def test_sealing_twice_seals_nothing_twice():
    some_events(5)

    assert (audit.seal(), audit.seal()) == (5, 0)


def test_the_first_administrator_is_made_from_the_command_line(capsys):
    call_command("create_admin", "quantri", "Quản Trị")

    user = User.objects.get(username="quantri")
    word = capsys.readouterr().out.strip().split(": ")[1]
    assert user.check_password(word)
    assert user.must_change_password
    with pytest.raises(CommandError, match="Đã có"):
        call_command("create_admin", "quantri", "Quản Trị")


def test_whether_heads_confirm_is_set_with_a_reason_and_logged(admin):
    admin.post("/quan-tri/thiet-lap/", {"head_confirms": "on", "reason": "Theo quy chế"})

    assert Installation.objects.get().head_confirms
    event = AuditEvent.objects.filter(subject_type="installation").latest("pk")
    assert (event.purpose, event.detail["head_confirms"]) == ("Theo quy chế", True)
