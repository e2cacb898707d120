"""Settings from the environment: typed, and a wrong value stops the start."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    """Read `name` as 0 or 1; anything else stops the start, it is never guessed."""
    value = os.environ.get(name) or ("1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def text(name: str, *, default: str = "") -> str:
    """Read `name` as text; empty counts as not set."""
    return os.environ.get(name) or default


def words(name: str, *, default: str = "") -> list[str]:
    """Read `name` as a list separated by commas or spaces."""
    return text(name, default=default).replace(",", " ").split()


def secret(name: str, *, file: Path) -> str:
    """The secret in `name`, else the one kept in `file`, made there (mode 0600) the first time."""
    given = os.environ.get(name)
    if given:
        return given
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="utf-8").strip()


def postgres(url: str) -> dict[str, object]:
    """Django's settings for a `postgresql://user:password@host:port/name?option=value` address.

    Raises ImproperlyConfigured for another scheme: no other server is tested. JIT is off: on the
    long expressions of the figures it compiles for seconds to save milliseconds.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8},
            "options": "-c jit=off",
            **dict(parse_qsl(parts.query)),
        },
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(file: Path) -> dict[str, object]:
    """Django's settings for one SQLite file.

    IMMEDIATE, so that two writers queue instead of failing; DELETE with EXTRA, because WAL of
    the libraries before 3.51.3 may lose a commit and DELETE with FULL may lose the last one at
    a power failure (docs/decisions.md).
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA foreign_keys=ON; PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "
                "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000"
            ),
        },
    }
