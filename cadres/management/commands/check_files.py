"""Are the kept files what they were? Each is read and compared with its digest."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cadres.attachments import fault_of
from cadres.models import Attachment

_YOUNG = timedelta(hours=1).total_seconds()  # may belong to a transaction that is still open


class Command(BaseCommand):
    help = (
        "Đọc lại mọi tệp đã lưu, so với mã SHA-256; báo tệp mất, tệp bị đổi, tệp không thuộc "
        "hồ sơ nào. Lỗi thì trả mã khác 0."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="Xoá tệp quá một giờ không thuộc hồ sơ nào (của lần ghi không thành).",
        )

    def handle(self, *args, **options):
        orphans = self._orphans()  # before the rows: what is committed meanwhile is none
        faults, count = 0, 0
        for attachment in Attachment.objects.iterator(chunk_size=500):
            count += 1
            fault = fault_of(attachment)
            if fault:
                faults += 1
                self.stdout.write(f"{fault}: số {attachment.pk}, {attachment.key}")
        for path in orphans:
            self.stdout.write(f"không thuộc hồ sơ nào: {path.name}")
            if options["remove_orphans"]:
                path.unlink(missing_ok=True)
        self.stdout.write(f"{count} tệp, {faults} lỗi, {len(orphans)} tệp thừa")
        if faults or (orphans and not options["remove_orphans"]):
            raise CommandError("Có tệp không khớp: xem các dòng trên, khôi phục từ bản sao lưu.")

    def _orphans(self):
        """Old files that no row names."""
        found = [path for path in (settings.MEDIA_ROOT / "scans").glob("*/*") if path.is_file()]
        keys = set(Attachment.objects.values_list("key", flat=True))
        now = time.time()
        return sorted(
            path for path in found if path.name not in keys and now - path.stat().st_mtime > _YOUNG
        )
