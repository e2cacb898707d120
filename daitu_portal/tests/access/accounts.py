"""The routes of accounts."""

from accounts.models import Role
from daitu_portal.tests.access.table import ADMIN, ANYBODY, DATA_ROLES, EVERYONE, Route

_FORM = {"GET": 200, "POST": 200}
# A kept view is its owner's, in the sweep the clerk's: to anyone else it does not exist.
_NOBODYS = {role: {"GET": 404, "POST": 404} for role in DATA_ROLES if role != Role.COMMUNE_CLERK}
_GONE = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"), 404)

ROUTES: list[Route] = [
    Route("accounts:user_list", ADMIN),
    Route("accounts:user_add", ADMIN, ok=_FORM),
    Route("accounts:user_change", ADMIN, object="account", scoped=False, ok=_FORM),
    Route("accounts:user_active", ADMIN, object="account", scoped=False, ok={"POST": 302}),
    Route("accounts:user_password", ADMIN, object="account", scoped=False, ok={"POST": 302}),
    Route("accounts:user_second_factor", ADMIN, object="account", scoped=False, ok={"POST": 302}),
    Route("accounts:audit_log", ADMIN),
    Route("accounts:installation", ADMIN, ok={"GET": 200, "POST": 200}),
    Route("accounts:notice_list", EVERYONE),
    Route("accounts:notice_open", EVERYONE, ok={"POST": 302}),
    Route("accounts:notices_read", EVERYONE, ok={"POST": 302}),
    Route("accounts:notice_choices", EVERYONE, ok={"POST": 302}),
    Route("accounts:saved_view_list"),
    Route("accounts:saved_view_add", ok={"POST": 404}),
    Route("accounts:saved_view_change", object="saved_view", ok=_FORM, ok_for=_NOBODYS),
    Route(
        "accounts:saved_view_delete",
        object="saved_view",
        ok={"POST": 302},
        ok_for={role: {"POST": 404} for role in _NOBODYS},
    ),
    # Sign-in for whoever is not signed in yet; someone signed in is sent to the front page.
    Route("account_login", ANYBODY, ok={"GET": 302, "POST": 302}, foreign_code=True),
    Route("account_logout", EVERYONE, ok={"GET": 200, "POST": 302}, foreign_code=True),
    Route("account_change_password", EVERYONE, ok=_FORM, foreign_code=True),
    Route("account_reauthenticate", EVERYONE, ok=_FORM, foreign_code=True),
    Route("mfa_index", EVERYONE, foreign_code=True),
    Route("mfa_authenticate", ANYBODY, ok={"GET": 302, "POST": 302}, foreign_code=True),
    Route("mfa_reauthenticate", EVERYONE, ok={"GET": 302, "POST": 302}, foreign_code=True),
    Route("mfa_activate_totp", EVERYONE, ok={"GET": 302, "POST": 302}, foreign_code=True),
    Route("mfa_deactivate_totp", EVERYONE, ok={"GET": 404, "POST": 404}, foreign_code=True),
    Route("mfa_view_recovery_codes", EVERYONE, ok={"GET": 404}, foreign_code=True),
    Route("mfa_generate_recovery_codes", EVERYONE, ok={"GET": 302, "POST": 302}, foreign_code=True),
    Route("mfa_download_recovery_codes", EVERYONE, ok={"GET": 404, "POST": 404}, foreign_code=True),
    Route("usersessions_list", EVERYONE, ok={"GET": 200, "POST": 302}, foreign_code=True),
    # Names that the library reverses and that lead nowhere here.
    Route("account_signup", ANYBODY, ok=_GONE),
    Route("account_reset_password", ANYBODY, ok=_GONE),
    Route("account_email", ANYBODY, ok=_GONE),
    Route("account_inactive", ANYBODY, ok=_GONE),
]
