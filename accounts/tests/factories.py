"""Accounts for tests."""

from itertools import count

from accounts.models import COMMUNE_ROLES, Role, User

_number = count(1)


def make_user(role=Role.DISTRICT_HR, *, commune=None, **fields):
    """An account of `role` that needs no second factor; one of a commune gets a commune."""
    if role in COMMUNE_ROLES and commune is None:
        from cadres.tests.factories import make_commune

        commune = make_commune()
    number = next(_number)
    password = fields.pop("password", None)
    user = User(
        **{
            "username": f"nguoidung{number}",
            "full_name": f"Người Dùng Thử {number}",
            "role": role,
            "commune": commune,
            "is_demo": True,
            "must_change_password": False,
            **fields,
        }
    )
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user
