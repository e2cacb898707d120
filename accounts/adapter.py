"""How the sign-in library behaves here, and what of it the audit log keeps."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts import audit
from accounts.models import AuditEvent, User

Action = AuditEvent.Action


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản không còn dùng. "
            "Gõ lại; nếu quên mật khẩu, nhờ quản trị đặt mật khẩu mới."
        ),
        "too_many_login_attempts": (
            "Đã thử sai nhiều lần. Chờ 15 phút rồi thử lại, hoặc nhờ quản trị."
        ),
    }

    def is_open_for_signup(self, request):
        """Accounts are given by the administrator, never taken."""
        return False

    def authenticate(self, request, **credentials):
        """A disabled account gets the answer that a wrong password gets."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong tries count for the account from one address: nobody locks a victim out from
        elsewhere. The limit by address alone (settings) holds over all accounts."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def authentication_failed(self, request, **credentials):
        """Keep whose account was tried, if there is such a one; never what was typed."""
        super().authentication_failed(request, **credentials)
        tried = User.objects.filter(username=credentials.get("username") or "").first()
        audit.record(
            request,
            Action.SIGN_IN_FAILED,
            subject_type="user",
            subjects=[tried.pk] if tried else [],
        )

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        audit.record(request, Action.SIGN_IN, subject_type="user", subjects=[user.pk], actor=user)
        return response

    def logout(self, request):
        if request.user.is_authenticated:
            audit.record(request, Action.SIGN_OUT, subject_type="user", subjects=[request.user.pk])
        super().logout(request)

    def set_password(self, user, password):
        """A password that its owner chose needs no further change."""
        user.must_change_password = False
        super().set_password(user, password)
