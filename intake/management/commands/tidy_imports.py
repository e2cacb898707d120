"""Remove what interrupted imports left in the folder of kept files; each start does."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand

from intake.models import ImportBatch

_HALF = {".staging", ".progress-new"}  # of files that were not put in their place


class Command(BaseCommand):
    help = "Dọn tệp của những lần nhập bị ngắt: tệp không thuộc lần nhập nào, tệp làm dở."

    def add_arguments(self, parser):
        parser.add_argument(
            "--minutes", type=int, default=10,
            help="chỉ những tệp cũ hơn bấy nhiêu phút: tệp mới hơn có thể đang được tải lên",
        )  # fmt: skip

    def handle(self, *args, minutes, **options):
        before = time.time() - timedelta(minutes=minutes).total_seconds()
        folder = settings.MEDIA_ROOT / "imports"
        old = [path for path in folder.glob("*") if path.stat().st_mtime <= before]
        # Asked after the files were listed: a batch is stored after its file.
        keys = set(ImportBatch.objects.values_list("key", flat=True))
        ended = set(_ended().values_list("key", flat=True))
        for path in old:
            key = path.name.partition(".")[0]
            is_written = path.suffix == ".pieces" and key in ended
            if key not in keys or path.suffix in _HALF or is_written:
                path.unlink(missing_ok=True)
                self.stdout.write(f"đã xoá {path.name}")


def _ended():
    state = ImportBatch.State
    return ImportBatch.objects.exclude(state__in=[state.READING, state.PREVIEW])
