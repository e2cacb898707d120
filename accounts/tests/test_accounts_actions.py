"""What the administrator may do to accounts and the log beside the plain cases."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from accounts import actions, audit
from accounts.access import allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, AuditSeal, Installation, Role, User
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/tai-khoan/"
OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def admin(client):
    client.user = make_user(Role.ADMIN)
    client.force_login(client.user, "accounts.backends.WithCommune")
    return client


def asked_by(user):
    """A request of `user`, for an action called without its page."""
    return SimpleNamespace(user=user, META={}, path="/thu/")


def test_a_page_without_a_role_is_a_slip():
    with pytest.raises(ValueError, match="at least one role"):
        allow()


def test_a_changed_account_is_saved_with_its_reason(admin):
    other = make_user(Role.LEADER, full_name="Tên Cũ")
    form = {"full_name": "Tên Mới", "role": Role.DISTRICT_HR, "reason": "chuyển công tác"}

    response = admin.post(f"{LIST}{other.pk}/", form)

    other.refresh_from_db()
    assert response["Location"] == f"{LIST}{other.pk}/"
    assert (other.full_name, other.role) == ("Tên Mới", Role.DISTRICT_HR)
    assert other.search_text == " ten moi"
    assert AuditEvent.objects.get(subject_type="user").purpose == "chuyển công tác"


def test_a_district_role_takes_the_commune_away(admin):
    clerk = make_user(Role.COMMUNE_CLERK)
    form = {"full_name": "Tên", "role": Role.LEADER, "commune": clerk.commune_id, "reason": "thử"}

    admin.post(f"{LIST}{clerk.pk}/", form)

    clerk.refresh_from_db()
    assert (clerk.role, clerk.commune) == (Role.LEADER, None)


def test_the_last_administrator_is_kept_by_whoever_asks():
    last = make_user(Role.ADMIN)
    request = asked_by(make_user(Role.ADMIN, is_active=False))

    with pytest.raises(actions.Refused, match="quản trị cuối cùng"):
        actions.set_active(request, last.pk, is_active=False, reason="thử")

    last.refresh_from_db()
    assert last.is_active


def test_one_of_two_administrators_may_go():
    first, second = make_user(Role.ADMIN), make_user(Role.ADMIN)

    actions.set_active(asked_by(first), second.pk, is_active=False, reason="nghỉ")

    second.refresh_from_db()
    assert not second.is_active


def test_a_lost_second_factor_is_forgotten_and_every_session_ends(admin):
    other = make_user(Role.LEADER)
    TOTP.activate(other, "JBSWY3DPEHPK3PXP")
    theirs = Client()
    theirs.force_login(other, "accounts.backends.WithCommune")
    assert theirs.get("/can-bo/").status_code == 200

    admin.post(f"{LIST}{other.pk}/hai-buoc/", {"viec-reason": "mất điện thoại"})

    assert not Authenticator.objects.filter(user=other).exists()
    assert theirs.get("/can-bo/").status_code == 302
    assert AuditEvent.objects.get(subject_type="user").detail == {"what": "second factor"}


@pytest.mark.parametrize("part", ["mat-khau", "hai-buoc"])
def test_without_a_reason_an_account_stays_as_it_is(admin, part):
    other = make_user(Role.LEADER, password="cũ")
    TOTP.activate(other, "JBSWY3DPEHPK3PXP")

    page = admin.post(f"{LIST}{other.pk}/{part}/", {"viec-reason": ""}, follow=True)

    other.refresh_from_db()
    assert "hãy ghi lý do" in page.content.decode()
    assert other.check_password("cũ")
    assert Authenticator.objects.filter(user=other).exists()


def test_accounts_are_filtered_by_role(admin):
    make_user(Role.LEADER, full_name="Đỗ Thị Lãnh Đạo")
    make_user(Role.DISTRICT_HR, full_name="Bùi Văn Nhân Sự")

    page = admin.get(f"{LIST}?vai_tro=LEADER").content.decode()

    assert "Đỗ Thị Lãnh Đạo" in page
    assert "Bùi Văn Nhân Sự" not in page


def test_a_filter_that_does_not_exist_leaves_the_list_whole(admin):
    make_user(Role.LEADER, full_name="Đỗ Thị Lãnh Đạo")

    assert "Đỗ Thị Lãnh Đạo" in admin.get(f"{LIST}?vai_tro=KHAC").content.decode()


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("tu=2023-06-08", True), ("tu=2023-06-09", False), ("den=2023-06-08", True),
     ("den=2023-06-07", False), ("tu=2023-06-08&den=2023-06-08", True), ("tu=hôm qua", True)],
)  # fmt: skip
def test_the_log_is_narrowed_to_whole_days_of_the_office(admin, query, is_found):
    late = datetime(2023, 6, 8, 23, 59, tzinfo=OFFICE)
    AuditEvent.objects.create(action="view", actor_name="nguoi.muon", path="/dau-vet/", at=late)

    page = admin.get(f"/quan-tri/nhat-ky/?{query}").content.decode()

    assert ("/dau-vet/" in page) is is_found


def test_the_reference_day_is_shown_before_it_is_changed(admin):
    Installation.objects.update_or_create(pk=1, defaults={"reference_on": date(2023, 6, 8)})

    assert 'value="08/06/2023"' in admin.get("/quan-tri/thiet-lap/").content.decode()


@time_machine.travel("2023-06-08 20:00 +0000")
@pytest.mark.parametrize(
    ("reference_on", "expected"),
    [(date(2022, 1, 1), date(2022, 1, 1)), (None, date(2023, 6, 9))],
)
def test_a_user_that_was_loaded_plainly_gets_the_installations_day(reference_on, expected):
    Installation.objects.update_or_create(pk=1, defaults={"reference_on": reference_on})
    request = RequestFactory().get("/")
    request.user = User()

    assert as_of(request) == expected


def test_a_log_in_order_says_so(capsys):
    AuditEvent.objects.create(action="view")
    call_command("seal_audit")

    call_command("seal_audit", "--check")

    assert capsys.readouterr().out.splitlines()[-1] == "Nhật ký nguyên vẹn."


def test_an_event_removed_with_its_seal_is_told_at_the_next_one():
    events = [AuditEvent.objects.create(action="view") for _ in range(3)]
    audit.seal()

    AuditSeal.objects.filter(pk=events[1].pk).delete()
    AuditEvent.objects.filter(pk=events[1].pk).delete()

    assert f"số {events[2].pk} không khớp" in audit.first_wrong()


def test_a_name_that_nobody_could_type_makes_no_administrator():
    with pytest.raises(CommandError):
        call_command("create_admin", "quản trị", "Quản Trị")

    assert not User.objects.exists()


def test_events_and_seals_are_told_by_what_they_are():
    at = datetime(2023, 6, 8, 9, 30, tzinfo=OFFICE)
    event = AuditEvent.objects.create(action="view", at=at)
    audit.seal()

    assert str(event).endswith("08/06/2023 09:30")
    assert str(event.seal) == event.seal.digest
    assert str(make_user(full_name="Người Có Tên")) == "Người Có Tên"
