"""What a signed-in session may do: it ends when idle, and first things come first."""

import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect

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
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
                messages.info(request, "Phiên đã hết vì lâu không thao tác; mời đăng nhập.")
            elif SEEN not in request.session or now - seen >= _WRITE_EVERY:
                request.session[SEEN] = now
        return get_response(request)

    return middleware


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
