"""Sign-in: who gets in, how often one may try, when a session ends."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from accounts.models import AuditEvent, Role, User
from accounts.sessions import SEEN
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "một câu dài để thử đăng nhập"
SIGN_IN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def leader():
    return make_user(Role.LEADER, username="lanhdao1", password=PASSWORD)


def sign_in(client, username="lanhdao1", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": username, "password": password, **more})


def test_the_right_password_opens_the_front_page_and_is_logged(client, leader):
    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/")
    event = AuditEvent.objects.get(action="sign_in")
    assert (event.actor, event.subject_ids) == (leader, [leader.pk])


@pytest.mark.parametrize(
    ("username", "password"),
    [("lanhdao1", "sai"), ("khongco", PASSWORD), ("dakhoa", PASSWORD)],
)
def test_a_wrong_password_an_unknown_name_and_a_disabled_account_get_one_answer(
    client, leader, username, password
):
    make_user(Role.LEADER, username="dakhoa", password=PASSWORD, is_active=False)

    response = sign_in(client, username, password)

    assert response.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_was_typed_is_in_no_log(client, leader, caplog):
    sign_in(client, "012345678901", "bí mật đã gõ")

    event = AuditEvent.objects.get(action="sign_in_failed")
    assert event.subject_ids == []
    told = f"{event.actor_name}{event.purpose}{event.path}{event.detail}{caplog.text}"
    assert "012345678901" not in told
    assert "bí mật" not in told


def test_after_five_wrong_tries_even_the_right_password_waits(client, leader):
    for _ in range(5):
        sign_in(client, password="sai")

    response = sign_in(client)

    assert "_auth_user_id" not in client.session
    assert "Đã thử sai nhiều lần" in response.content.decode()


def test_a_victim_is_not_locked_out_from_elsewhere(leader):
    attacker = Client(REMOTE_ADDR="10.0.0.9")
    for _ in range(6):
        sign_in(attacker, password="sai")
    victim = Client(REMOTE_ADDR="10.0.0.1")

    response = sign_in(victim)

    assert response.status_code == 302


def test_the_session_key_changes_at_sign_in(client, leader):
    client.get(SIGN_IN)
    session = client.session
    session["a"] = 1
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("next_page", "target"),
    [("/can-bo/", "/can-bo/"), ("https://xau.example/", "/"), ("//xau.example/", "/")],
)
def test_after_sign_in_one_never_leaves_the_portal(client, leader, next_page, target):
    response = sign_in(client, next=next_page)

    assert response["Location"] == target


def change(user, **fields):
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"role": Role.ADMIN}, {"sessions_ended": 1}],
)
def test_who_is_disabled_or_changes_role_is_out_with_the_next_request(client, leader, fields):
    sign_in(client)
    assert client.get("/can-bo/").status_code == 200

    change(leader, **fields)

    response = client.get("/can-bo/")
    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=/can-bo/")


def test_a_new_password_ends_every_other_session(leader):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)

    new = "một câu khác dài hơn nữa"
    answer = here.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer.status_code == 302
    assert here.get("/can-bo/").status_code == 200
    assert elsewhere.get("/can-bo/").status_code == 302


def test_an_idle_session_ends(client, leader, settings):
    sign_in(client)
    client.get("/can-bo/")
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()

    response = client.get("/can-bo/")

    assert response.status_code == 302


def test_a_given_password_must_be_changed_before_anything_else(client):
    make_user(Role.LEADER, username="moi", password=PASSWORD, must_change_password=True)
    sign_in(client, "moi")

    assert client.get("/can-bo/")["Location"] == "/mat-khau/"
    new = "một câu khác dài hơn nữa"
    client.post("/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert client.get("/can-bo/").status_code == 200
    assert not User.objects.get(username="moi").must_change_password


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.ADMIN])
def test_some_roles_set_up_a_second_factor_before_anything_else(client, role):
    make_user(role, username="chinh", password=PASSWORD, is_demo=False)
    sign_in(client, "chinh")

    assert client.get("/can-bo/")["Location"] == "/hai-buoc/bat/"
    page = client.get("/hai-buoc/bat/", follow=True)
    if "Xác nhận lại" in page.content.decode():  # the library asks for the password again
        page = client.post("/xac-nhan/?next=/hai-buoc/bat/", {"password": PASSWORD}, follow=True)
    assert "quét mã dưới đây" in page.content.decode()
    assert client.get("/can-bo/")["Location"] == "/hai-buoc/bat/"


def test_with_a_second_factor_the_password_alone_opens_nothing(client, leader):
    TOTP.activate(leader, "JBSWY3DPEHPK3PXP")

    response = sign_in(client)

    assert response["Location"] == "/hai-buoc/ma/"
    assert client.get("/can-bo/").status_code == 302
    wrong = client.post("/hai-buoc/ma/", {"code": "000000"})
    assert wrong.status_code == 200
    missing = client.post("/hai-buoc/ma/", {})
    assert missing.status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_is_by_post_and_logged(client, leader):
    sign_in(client)

    assert client.get("/dang-xuat/").status_code == 200
    assert client.get("/can-bo/").status_code == 200
    client.post("/dang-xuat/")

    assert client.get("/can-bo/").status_code == 302
    assert AuditEvent.objects.filter(action="sign_out", actor=leader).count() == 1


def test_a_refusal_is_written_down_with_who_and_where(client, leader):
    sign_in(client)

    client.get("/quan-tri/tai-khoan/")
    client.get("/can-bo/999999/")

    told = AuditEvent.objects.filter(action="refused").order_by("pk")
    assert [(e.actor, e.path, e.detail["status"]) for e in told] == [
        (leader, "/quan-tri/tai-khoan/", 403),
        (leader, "/can-bo/999999/", 404),
    ]
