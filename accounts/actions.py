"""What the administrator does to accounts: one transaction each, with its reason in the log."""

import secrets
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import audit
from accounts.models import AuditEvent, Installation, Role, User

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Refused(Exception):
    """The change would lock the portal, or its author, out; the message says why."""


def one_time_password() -> str:
    """A password to read out once: 4 × 4 letters and digits that are hard to confuse."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _log(request: HttpRequest, user: User, what: str, reason: str) -> None:
    audit.record(
        request,
        AuditEvent.Action.ACCOUNT,
        subject_type="user",
        subjects=[user.pk],
        purpose=reason,
        detail={"what": what},
    )


def _keep_an_administrator(user: User, by: User | AnonymousUser) -> None:
    if user.pk == by.pk:
        raise Refused("Không thể tự khóa, tự đổi vai trò hay đặt lại chính tài khoản đang dùng.")
    if user.role != Role.ADMIN or not user.is_active:
        return
    others = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True)
    if not others.exclude(pk=user.pk).exists():
        raise Refused("Đây là quản trị cuối cùng còn dùng; thêm quản trị khác trước.")


@transaction.atomic
def add_user(request: HttpRequest, user: User, *, reason: str) -> str:
    """Save a new account and return its one-time password."""
    password = one_time_password()
    user.must_change_password = True
    user.set_password(password)
    user.save(force_insert=True)
    _log(request, user, "add", reason)
    return password


@transaction.atomic
def change_user(request: HttpRequest, user: User, *, reason: str) -> None:
    """Save what the form set on `user`; its sessions end if role or commune changed.

    Raises Refused where the last administrator, or the author, would lose the role.
    """
    before = User.objects.select_for_update().get(pk=user.pk)
    if before.role != user.role:
        _keep_an_administrator(before, request.user)
    user.save(update_fields=["full_name", "search_text", "role", "commune", "email"])
    _log(request, user, "change", reason)


@transaction.atomic
def set_active(request: HttpRequest, user_id: int, *, is_active: bool, reason: str) -> User:
    """Disable or enable an account; a disabled one is out with its next request."""
    user = User.objects.select_for_update().get(pk=user_id)
    if not is_active:
        _keep_an_administrator(user, request.user)
    user.is_active = is_active
    user.sessions_ended += 1
    user.save(update_fields=["is_active", "sessions_ended"])
    _log(request, user, "enable" if is_active else "disable", reason)
    return user


@transaction.atomic
def give_password(request: HttpRequest, user_id: int, *, reason: str) -> tuple[User, str]:
    """Give an account a one-time password, to be changed at the next sign-in."""
    user = User.objects.select_for_update().get(pk=user_id)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _log(request, user, "password", reason)
    return user, password


@transaction.atomic
def forget_second_factor(request: HttpRequest, user_id: int, *, reason: str) -> User:
    """Remove the second factor of an account whose device is lost, and end its sessions."""
    user = User.objects.select_for_update().get(pk=user_id)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    _log(request, user, "second factor", reason)
    return user


def end_sessions(user: User) -> None:
    """Sign an account out everywhere; a session ends with its next request."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    UserSession.objects.filter(user=user).delete()


@transaction.atomic
def set_up(
    request: HttpRequest, *, reference_on: date | None, head_confirms: bool, reason: str
) -> None:
    """Set the day that pages speak of by default (None is today), and whether the head of a commune
    confirms what it proposes."""
    told = {"reference_on": reference_on, "head_confirms": head_confirms}
    Installation.objects.update_or_create(pk=1, defaults=told)
    audit.record(
        request,
        AuditEvent.Action.ACCOUNT,
        subject_type="installation",
        purpose=reason,
        detail={
            "reference_on": reference_on.isoformat() if reference_on else None,
            "head_confirms": head_confirms,
        },
    )
