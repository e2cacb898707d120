"""Keeps the cache table in its own database, and everything else out of it."""

from django.conf import settings


class CacheRouter:
    def db_for_read(self, model, **hints):
        return settings.CACHE_ALIAS if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        if app_label == "django_cache":
            return db == settings.CACHE_ALIAS
        return False if db == "cache" else None
