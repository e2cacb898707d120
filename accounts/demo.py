"""Demo accounts, one or two a role: only here the flag is set that spares them the second factor
and the change of password."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from accounts.models import Installation, Role, User

FILE = "demo-accounts.txt"
ACCOUNTS = (
    ("lanhdao", "Lãnh Đạo Mẫu", Role.LEADER, ""),
    ("nhansu", "Nhân Sự Mẫu", Role.DISTRICT_HR, ""),
    ("xa.hungson", "Văn Phòng Hùng Sơn", Role.COMMUNE_CLERK, "05761"),
    ("xa.quanchu", "Văn Phòng Quân Chu", Role.COMMUNE_CLERK, "05851"),
    ("chutich.hungson", "Chủ Tịch Hùng Sơn", Role.COMMUNE_HEAD, "05761"),
    ("quantri", "Quản Trị Mẫu", Role.ADMIN, ""),
)


def seed(communes: Mapping[str, int]) -> Path:
    """Make the demo accounts; `communes` are keys by code on the reference day.

    The password is that of DEMO_PASSWORD, else a generated one; it is kept in a file that only
    its owner may read. Returns the file.
    """
    password = settings.DEMO_PASSWORD or secrets.token_urlsafe(12)
    for username, full_name, role, code in ACCOUNTS:
        user = User(
            username=username,
            full_name=full_name,
            role=role,
            commune_id=communes[code] if code else None,
            is_demo=True,
            must_change_password=False,
        )
        user.set_password(password)
        user.save()
    return _keep(password)


def file() -> Path:
    """Where the demo accounts and their password are kept."""
    return settings.DATA_DIR / FILE


def kept_password() -> str:
    """The password of all demo accounts, from the file."""
    first_account = file().read_text(encoding="utf-8").splitlines()[1]
    return first_account.split("\t")[1]


def _keep(password: str) -> Path:
    kept = file()
    handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("Tài khoản dữ liệu mẫu\n")
        for username, full_name, role, _ in ACCOUNTS:
            out.write(f"{username}\t{password}\t{full_name} ({role.label})\n")
    kept.chmod(0o600)
    return kept


def refer_to(day) -> None:
    """Make `day` the installation's reference day, and say that its data are invented."""
    Installation.objects.update_or_create(pk=1, defaults={"reference_on": day, "is_demo": True})
