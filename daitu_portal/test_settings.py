"""Settings under which the tests run: plain http, plain static files, fast hashing, own folder."""

import os
import tempfile

os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))

from daitu_portal.settings import *  # noqa: F403
from daitu_portal.settings import DATABASE_URL, DATABASES, STATIC_ROOT, STORAGES

if not DATABASE_URL:
    DATABASES.pop("cache")
    DATABASES["default"]["NAME"] = ":memory:"
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # type: ignore[attr-defined]
CACHE_ALIAS = "default"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where it is missing
