"""Prepare the portal and serve it."""

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from daitu_portal import serve


class Command(BaseCommand):
    help = "Chuẩn bị rồi chạy cổng; HOST, PORT, DATA_DIR, DATABASE_URL, HTTPS lấy từ môi trường."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = serve.environment(os.environ)
        except serve.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        # In a process of its own, so that it sees the environment that will be served in.
        done = subprocess.run([sys.executable, "manage.py", "prepare"], env=found, cwd=serve.ROOT)
        if done.returncode:
            raise CommandError("Chưa chạy: chuẩn bị không xong, xem lỗi ở trên.")
        scheme = "http" if found["HTTPS"] == "0" else "http (sau máy chủ trung gian HTTPS)"
        self.stdout.write(f"Cổng chạy ở {scheme}://{found['HOST']}:{found['PORT']}/")
        self.stdout.flush()
        serve.become_server(found)
