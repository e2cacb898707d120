"""What a signed-in session may do: it ends when idle, and first things come first."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.shortcuts import redirect

from daitu_portal import long_write

SEEN = "seen"
_WRITE_EVERY = 60  # seconds: an idle clock finer than that would cost a write a request
_ALWAYS_OPEN = {"account_logout", "healthz", "account_reauthenticate", "mfa_reauthenticate"}
_OPEN_TO_CHANGE_PASSWORD = _ALWAYS_OPEN | {"account_change_password"}
_OPEN_TO_SET_UP = _ALWAYS_OPEN | {
    "account_change_password",
    "mfa_activate_totp",
    "mfa_index",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


def idle_sessions(get_response):
    """Sign out a session in which nothing was asked for SESSION_IDLE_SECONDS."""

    def middleware(request):
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN, now)
            is_busy = long_write.is_by_another()
            if is_busy or now - seen > settings.SESSION_IDLE_SECONDS:
                seen = max(seen, cache.get(_cached(request), 0))
            if now - seen > settings.SESSION_IDLE_SECONDS:
                _sign_out(request, is_busy)
            elif is_busy:  # the session's row cannot be written now; the cache is another file
                cache.set(_cached(request), now, 2 * settings.SESSION_IDLE_SECONDS)
            elif SEEN not in request.session or now - seen >= _WRITE_EVERY:
                request.session[SEEN] = now
        return get_response(request)

    return middleware


def _cached(request):
    return f"seen:{request.session.session_key}"


def _sign_out(request, is_busy):
    if is_busy:  # nobody for now; the session ends with the next page after the long write
        request.user = AnonymousUser()
    else:
        logout(request)
    messages.info(request, "Phiên đã hết vì lâu không thao tác; mời đăng nhập.")


class FirstThingsFirst:
    """A first password must be changed, and some roles must set up a second factor, before
    anything else opens."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user, name = request.user, request.resolver_match.view_name
        if not user.is_authenticated:
            return None
        if user.must_change_password and name not in _OPEN_TO_CHANGE_PASSWORD:
            messages.warning(request, "Hãy đổi mật khẩu được cấp trước khi làm việc khác.")
            return redirect("account_change_password")
        if user.needs_second_factor and name not in _OPEN_TO_SET_UP and not is_mfa_enabled(user):
            messages.warning(request, "Vai trò này cần xác thực hai bước; hãy cài đặt trước.")
            return redirect("mfa_activate_totp")
        return None
