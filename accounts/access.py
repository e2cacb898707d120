"""Who may open a page: one decorator, outermost on every view."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.models import DATA_ROLES, Role

HR = (Role.DISTRICT_HR,)
WRITERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK)  # the first at once, the other by proposal
ADMIN = (Role.ADMIN,)
DATA = DATA_ROLES
EVERYONE = tuple(Role)


def allow(*roles):
    """Open the view to `roles` only; the others get 403 before anything is looked up.

    `allow(*HR)` or `allow(Role.LEADER, Role.DISTRICT_HR)`. Without a role it is an error: a page
    that nobody may open is a slip.
    """
    if not roles:
        raise ValueError("a page must be open to at least one role")

    def decorate(view):
        def guarded(request, *args, **kwargs):
            if request.user.role not in roles:
                raise PermissionDenied("Vai trò của bạn không mở được trang này.")
            return view(request, *args, **kwargs)

        opened: Any = wraps(view)(guarded)
        opened.allowed_roles = roles
        return opened

    return decorate
