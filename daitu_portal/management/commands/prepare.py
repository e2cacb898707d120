"""Make the database ready: tables, cache, catalogues, static files; demo data into an empty one."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from daitu_portal.planner import keep_sizes_only
from daitu_portal.private_files import tighten


class Command(BaseCommand):
    help = "Chuẩn bị bảng, danh mục, tệp tĩnh; lần đầu thì cả dữ liệu mẫu (DEMO=0: không)."

    def handle(self, *args: Any, **options: Any) -> None:
        tighten(settings.DATA_DIR)
        call_command("migrate", verbosity=0, interactive=False)
        keep_sizes_only()
        call_command("createcachetable", database=settings.CACHE_ALIAS, verbosity=0)
        call_command("load_catalogue", verbosity=0, stdout=self.stdout)
        call_command("compact_record_version", verbosity=0)
        call_command("tidy_imports", verbosity=0, stdout=self.stdout)
        call_command(
            "collectstatic", verbosity=0, interactive=False, ignore_patterns=["bootstrap-icons"]
        )
        is_seeded_now = os.environ.get("DEMO", "1") != "0" and self._is_empty()
        if is_seeded_now:
            call_command("seed_demo", stdout=self.stdout)
        call_command("demo_accounts", just_made=is_seeded_now, stdout=self.stdout)

    def _is_empty(self) -> bool:
        """Whether nobody has an account yet; by name, since this package knows no app."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM accounts_user")
            return bool(cursor.fetchone()[0] == 0)
