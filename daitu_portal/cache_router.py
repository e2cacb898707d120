"""Keeps the cache table in its own database, and everything else out of it."""

from typing import Any

from django.conf import settings
from django.db.models import Model


class CacheRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return settings.CACHE_ALIAS if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if app_label == "django_cache":
            return db == settings.CACHE_ALIAS
        return False if db == "cache" else None
