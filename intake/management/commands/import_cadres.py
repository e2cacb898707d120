"""Bring a workbook in from the command line: all of it, or nothing and the list of problems."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import AuditEvent, User
from daitu_portal.reading.limits import BULK, INTERACTIVE
from daitu_portal.reading.problems import WorkbookProblem
from intake.actions import StaleImport, audit_detail, confirm_import, keep_file, preview_import
from intake.models import ImportBatch

PROBLEMS_SHOWN = 200
_WORDS = {
    "read": "dòng đọc được",
    "created": "thêm mới",
    "updated": "cập nhật",
    "unchanged": "không đổi",
    "skipped": "bỏ qua",
    "failed": "lỗi",
}


class Command(BaseCommand):
    help = "Nhập một tệp Excel: mẫu một dòng một người, hoặc các trang của bộ dữ liệu."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi")
        parser.add_argument("--bulk", action="store_true", help="tệp lớn: nới các mức giới hạn")
        parser.add_argument("--by", default="", help="tên đăng nhập của người nhập")

    def handle(self, *args, file, check, bulk, by, **options):
        user = _user(by)
        limits = BULK if bulk else INTERACTIVE
        today = timezone.localdate()
        try:
            batch = keep_file([file.read_bytes()], name=file.name, by=user)
            preview_import(batch, today=today, limits=limits)
            if batch.state == ImportBatch.State.PREVIEW and not check:
                confirm_import(batch, by=user, today=today, limits=limits)
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file}: {error.strerror}.") from error
        except WorkbookProblem as problem:
            raise CommandError(f"{problem} {problem.remedy}") from problem
        except StaleImport as error:
            raise CommandError("Dữ liệu vừa thay đổi; chạy lại lệnh.") from error
        _log(batch, user)
        self._report(batch)

    def _report(self, batch):
        for problem in batch.problems[:PROBLEMS_SHOWN]:
            place = f"{problem['sheet']}!{problem['ref'] or problem['row'] or '(cả trang)'}"
            value = f" “{problem['value']}”" if problem["value"] else ""
            self.stderr.write(
                f"{place} {problem['column']}{value}: {problem['message']} {problem['remedy']}"
            )
        for warning in batch.warnings[:PROBLEMS_SHOWN]:
            place = f"{warning['sheet']}!{warning['ref'] or warning['row']}"
            self.stderr.write(f"Cảnh báo, {place} {warning['column']}: {warning['message']}")
        for key, number in batch.counts.items():
            self.stdout.write(f"{_WORDS[key]}: {number}")
        self.stdout.write(batch.get_state_display())
        if batch.problem_count:
            raise CommandError(f"{batch.problem_count} lỗi; chưa ghi gì.")


def _user(username: str) -> User | None:
    if not username:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.is_district_hr:
        raise CommandError(f"Không có tài khoản Tổ chức – Nội vụ huyện “{username}”.")
    return user


def _log(batch: ImportBatch, user: User | None) -> None:
    AuditEvent.objects.create(
        actor=user,
        actor_name=user.username if user else "",
        action=AuditEvent.Action.IMPORT,
        subject_type="import_batch",
        subject_ids=[batch.pk],
        subject_count=batch.counts["read"],
        path="manage.py import_cadres",
        detail=audit_detail(batch, state=batch.state),
    )
