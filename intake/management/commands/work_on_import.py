"""One step of a long import, in a process of its own: started by the pages, never by hand."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import AuditEvent, User
from cadres.changes import Ground
from cadres.models import Basis, Change
from daitu_portal.reading.problems import WorkbookProblem
from intake import jobs
from intake.actions import StaleImport
from intake.batches import (
    audit_detail,
    check_again,
    confirm_import,
    limits_of,
    preview_import,
    propose_import,
    refuse,
    set_aside,
)
from intake.models import ImportBatch
from intake.progress import CHECKING, READING, WRITING, Reporter

_STALE = "Dữ liệu hoặc tệp đã đổi từ lúc xem trước; chưa ghi gì. Kiểm tra lại rồi ghi."


class Command(BaseCommand):
    help = "Làm một bước của lần nhập tệp lớn (cổng tự gọi)."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int)
        parser.add_argument("step", choices=(jobs.PREVIEW, jobs.CHECK, jobs.WRITE))
        parser.add_argument("--by", type=int)
        parser.add_argument("--basis", type=int)

    def handle(self, *args, batch, step, by, basis, **options):
        found = ImportBatch.objects.get(pk=batch)
        user = User.objects.filter(pk=by).first() if by else None
        first = {jobs.PREVIEW: READING, jobs.CHECK: CHECKING, jobs.WRITE: WRITING}[step]
        reporter = Reporter(found, first)
        reason = sys.stdin.read() if basis else ""
        try:
            said = _STEPS[step](found, user, reporter, basis, reason)
        except WorkbookProblem as problem:
            refuse(found, problem)
            said = f"{problem} {problem.remedy}"
        except StaleImport:
            set_aside(found)
            said = _STALE
        _log(found, user)
        reporter.end(said)


def _preview(batch, user, reporter, basis, reason):
    preview_import(batch, today=timezone.localdate(), limits=limits_of(batch), report=reporter)
    return ""


def _check(batch, user, reporter, basis, reason):
    today, limits = timezone.localdate(), limits_of(batch)
    check_again(batch, by=user, today=today, limits=limits, report=reporter)
    return ""


def _write(batch, user, reporter, basis, reason):
    today, limits = timezone.localdate(), limits_of(batch)
    if basis is None:
        propose_import(batch, by=user, today=today, limits=limits)
        return "Đã thành bản nháp, chưa vào hồ sơ: xem lại rồi bấm Gửi duyệt."
    ground = Ground(
        by=user, basis=Basis.objects.get(pk=basis), reason=reason, source=Change.Source.IMPORTED
    )
    confirm_import(
        batch, by=user, today=today, limits=limits, ground=lambda: ground, report=reporter
    )
    return f"Đã ghi {batch.counts['created'] + batch.counts['updated']} dòng."


_STEPS = {jobs.PREVIEW: _preview, jobs.CHECK: _check, jobs.WRITE: _write}


def _log(batch, user):
    AuditEvent.objects.create(
        actor=user, actor_name=user.username if user else "", action=AuditEvent.Action.IMPORT,
        subject_type="import_batch", subject_ids=[batch.pk],
        subject_count=batch.counts.get("read", 0), path="manage.py work_on_import",
        detail=audit_detail(batch, state=batch.state),
    )  # fmt: skip
