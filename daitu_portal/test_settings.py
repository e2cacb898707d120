"""Settings under which the tests run: plain http, plain static files, fast hashing, own folder."""

import os
import tempfile

os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))

from daitu_portal.settings import *  # noqa: F403
from daitu_portal.settings import DATA_DIR, DATABASE_URL, DATABASES, STATIC_ROOT, STORAGES

if not DATABASE_URL:
    DATABASES.pop("cache")
    # A file, which the browser's server reads from its own thread; nothing of it need survive.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # type: ignore[index]
        "PRAGMA foreign_keys=ON; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"
    )
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # type: ignore[attr-defined]
CACHE_ALIAS = "default"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where it is missing
