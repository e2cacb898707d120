"""A small portal for the concurrency run: communes, people, and signed-in accounts for each.

Run as a command in the environment of the server; prints JSON with everything the driver needs.
"""

import json
import sys
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from accounts.models import Role  # noqa: E402
from accounts.tests.factories import make_user  # noqa: E402
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post  # noqa: E402

COMMUNES, PEOPLE, CLERKS, STAFF = 10, 12, 5, 4
_SYLLABLES = [
    "An",
    "Bình",
    "Chi",
    "Dung",
    "Giang",
    "Hải",
    "Khoa",
    "Lan",
    "Minh",
    "Nga",
    "Oanh",
    "Phúc",
]


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def main() -> None:
    post = make_post(per_commune=None)
    communes = []
    for number in range(COMMUNES):
        unit = make_commune(f"Xã Số {_SYLLABLES[number]}")
        people = [
            make_holding(
                make_cadre(f"Nguyễn Văn {name}", residence=f"Xóm-{unit.code}-0"),
                post, unit, valid_from=date(2020, 1, 1),
            ).cadre.pk
            for name in _SYLLABLES[:PEOPLE]
        ]  # fmt: skip
        clerks = [session_of(make_user(Role.COMMUNE_CLERK, commune=unit)) for _ in range(CLERKS)]
        communes.append({"code": unit.code, "people": people, "clerks": clerks})
    staff = [session_of(make_user(Role.DISTRICT_HR)) for _ in range(STAFF)]
    told = {"cookie": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME,
            "communes": communes, "staff": staff}  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
