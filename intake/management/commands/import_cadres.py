"""Bring a workbook in from the command line: all of it, or nothing and the list of problems.

The code is that of the pages; `--format json` prints what docs/healing.md describes. The exit code
says whether the file can be written as it is, with `--dry-run` too.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import AuditEvent, User
from cadres.models import Commune
from daitu_portal.reading.container import check_fits, check_name
from daitu_portal.reading.limits import BULK, INTERACTIVE
from daitu_portal.reading.problems import WorkbookProblem
from intake.actions import StaleImport
from intake.batches import (
    Sight,
    audit_detail,
    confirm_import,
    keep_file,
    look_at,
    look_in_parts,
    preview_import,
    refuse,
    set_aside,
)
from intake.healing.recipe import Recipe
from intake.healing.report import report
from intake.models import ImportBatch
from intake.progress import READING, Reporter

PROBLEMS_SHOWN = 200
_LONG = 1024 * 1024  # bytes: a file to look at in parts
_WORDS = {
    "read": "dòng đọc được",
    "created": "thêm mới",
    "updated": "cập nhật",
    "unchanged": "không đổi",
    "skipped": "bỏ qua",
    "failed": "lỗi",
}


class Command(BaseCommand):
    help = "Nhập một tệp Excel: danh sách cũ của xã, tệp mẫu, hoặc bộ dữ liệu đã xuất."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--commune", default="", help="mã đơn vị của những người trong tệp")
        parser.add_argument(
            "--dry-run", "--check", action="store_true", dest="dry_run",
            help="chỉ kiểm tra, không ghi gì",
        )  # fmt: skip
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--skip-bad", action="store_true", help="bỏ qua dòng lỗi, ghi các dòng còn lại"
        )
        parser.add_argument("--bulk", action="store_true", help="tệp lớn: nới các mức giới hạn")
        parser.add_argument("--by", default="", help="tên đăng nhập của người nhập")

    def handle(self, *args, file, commune, dry_run, format, skip_bad, bulk, by, **options):
        user, recipe = _user(by), _recipe(commune, skip_bad)
        try:
            is_large = bulk or file.stat().st_size > INTERACTIVE.file_size
            limits = BULK if is_large else INTERACTIVE
            if dry_run:
                check_name(file.name)
                check_fits(file, file.name)
                sight = _look(file, recipe, limits, in_parts=format == "text")
                state = "chỉ kiểm tra, chưa ghi gì"
            else:
                batch, sight = _bring_in(file, recipe, user, limits, in_parts=format == "text")
                state = batch.get_state_display()
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file}: {error.strerror}.") from error
        except WorkbookProblem as problem:
            self._refuse(problem, format)
        except StaleImport as error:
            raise CommandError("Dữ liệu vừa thay đổi; chạy lại lệnh.") from error
        if dry_run:
            _log(user, sight.plan.counts["read"], {"dry_run": True, "counts": sight.plan.counts})
        else:
            _log(user, batch.counts["read"], audit_detail(batch, state=batch.state), [batch.pk])
        self._tell(sight, state, format)
        if sight.plan.problems:  # exit code 1, whatever was printed and looked at or written
            raise CommandError(f"{sight.plan.problem_count} lỗi; chưa ghi gì.")

    def _tell(self, sight: Sight, state: str, format: str) -> None:
        if format == "json":
            found = report(sight.reading, sight.plan)
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for problem in sight.plan.problems[:PROBLEMS_SHOWN]:
            self.stderr.write(_line(problem))
        for warning in sight.plan.warnings[:PROBLEMS_SHOWN]:
            self.stderr.write(f"Cảnh báo, {_line(warning)}")
        for key, number in sight.plan.counts.items():
            self.stdout.write(f"{_WORDS[key]}: {number}")
        self.stdout.write(state)

    def _refuse(self, problem: WorkbookProblem, format: str) -> None:
        if format == "json":
            self.stdout.write(json.dumps(_refused(problem), ensure_ascii=False, indent=1))
        raise CommandError(f"{problem} {problem.remedy}") from problem


def _look(file, recipe, limits, *, in_parts) -> Sight:
    today = timezone.localdate()
    if not in_parts or file.stat().st_size < _LONG:
        return look_at(file, recipe=recipe, today=today, limits=limits)
    with TemporaryDirectory(prefix="portal-import-") as folder:
        return look_in_parts(
            file, recipe=recipe, today=today, limits=limits, beside=Path(folder) / "file"
        )


def _bring_in(file, recipe, user, limits, *, in_parts: bool) -> tuple[ImportBatch, Sight]:
    today = timezone.localdate()
    batch = keep_file([file.read_bytes()], name=file.name, by=user)
    batch.recipe, batch.state = recipe.plain(), ImportBatch.State.READING
    batch.save()  # before the work: a page of its own says how far it is, or that it broke off
    reporter = Reporter(batch, READING)
    sight = _previewed(batch, today, limits, reporter, in_parts=in_parts)
    if batch.state == ImportBatch.State.PREVIEW:
        try:
            written = confirm_import(
                batch, by=user, today=today, limits=limits, report=reporter, in_parts=in_parts
            )
        except StaleImport:
            set_aside(batch)
            reporter.end("Dữ liệu vừa thay đổi; chưa ghi gì.")
            raise
        sight.plan.counts = written.counts
    reporter.end()
    return batch, sight


def _previewed(batch, today, limits, reporter, *, in_parts) -> Sight:
    try:
        return preview_import(batch, today=today, limits=limits, report=reporter, in_parts=in_parts)
    except WorkbookProblem as problem:
        refuse(batch, problem)
        reporter.end(str(problem))
        raise


def _recipe(commune: str, skip_bad: bool) -> Recipe:
    """Raises CommandError for a code of no unit."""
    if commune and not Commune.objects.filter(code=commune).exists():
        raise CommandError(f"Không có đơn vị nào mang mã “{commune}”.")
    constants = {"holding.commune": commune} if commune else {}
    return Recipe(constants=constants, skips_bad=skip_bad)


def _line(problem) -> str:
    place = f"{problem.sheet}!{problem.ref or problem.row or '(cả trang)'}"
    value = f" “{problem.value}”" if problem.value else ""
    return f"{place} {problem.column}{value}: {problem.message} {problem.remedy}"


def _refused(problem: WorkbookProblem) -> dict:
    """The JSON of a file of which nothing could be read."""
    told = {
        "sheet": "", "row": 0, "column": "", "header": "", "value": "",
        "message": str(problem), "remedy": problem.remedy, "kind": "error",
    }  # fmt: skip
    return {"counts": dict.fromkeys(_WORDS, 0), "people": [], "repairs": [], "problems": [told]}


def _user(username: str) -> User | None:
    if not username:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.is_district_hr:
        raise CommandError(f"Không có tài khoản Tổ chức – Nội vụ huyện “{username}”.")
    return user


def _log(user: User | None, read: int, detail: dict, subjects: list | None = None) -> None:
    AuditEvent.objects.create(
        actor=user,
        actor_name=user.username if user else "",
        action=AuditEvent.Action.IMPORT,
        subject_type="import_batch",
        subject_ids=subjects or [],
        subject_count=read,
        path="manage.py import_cadres",
        detail=detail,
    )
