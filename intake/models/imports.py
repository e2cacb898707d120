"""Workbooks that were brought in: who, when, which file, what became of its rows."""

import secrets

from django.conf import settings
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from cadres import record_version
from cadres.models import Commune
from intake.healing.staging import Staging


def new_key() -> str:
    """A key that nobody guesses: names the kept file, and confirms one preview once."""
    return secrets.token_urlsafe(24)


def version_now():
    """The record's version as a batch keeps it, "" where there is none to compare."""
    version = record_version.current()
    return "" if version is None else str(version)


def version_before():
    """The record's version before a transaction, for `has_moved` in it; None inside one."""
    return None if connection.in_atomic_block else str(record_version.seen_here())


def has_moved(version):
    """Whether the record is no longer as `version_before` saw it, asked in a transaction that wrote
    nothing to it yet."""
    return version is not None and str(record_version.seen_here()) != version


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the district's staff, who see each other's; a clerk sees those of the own commune
        and its successors."""
        if user.is_district_hr:
            return self
        if user.role == Role.COMMUNE_CLERK:
            return self.filter(commune__in=Commune.objects.line_of_user(user))
        return self.none()


class ImportBatch(models.Model):
    """One workbook, from its preview to what was written.

    The file is kept under a random name; its own name is data, never a path.
    """

    class State(models.TextChoices):
        READING = "reading", "Đang đọc"
        PREVIEW = "preview", "Chờ ghi"
        REFUSED = "refused", "Có lỗi, chưa ghi gì"
        UNCHANGED = "unchanged", "Không có gì thay đổi"
        STALE = "stale", "Đã cũ, phải kiểm tra lại"
        DONE = "done", "Đã ghi"
        PROPOSED = "proposed", "Đã thành đề nghị"

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tải lên", null=True
    )
    # Whose people the file may speak of, wherever the account goes; none: everybody.
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="đơn vị gửi", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now)
    file_name = models.CharField("tên tệp", max_length=255)
    file_size = models.PositiveIntegerField("cỡ tệp")
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.PREVIEW)
    counts = models.JSONField("số dòng", default=dict)
    problems = models.JSONField("lỗi", default=list)
    problem_count = models.PositiveIntegerField("số lỗi", default=0)
    warnings = models.JSONField("cảnh báo", default=list)
    warning_count = models.PositiveIntegerField("số cảnh báo", default=0)
    preview = models.JSONField("thay đổi", default=list)
    notices = models.JSONField("lưu ý", default=list)
    recipe = models.JSONField("quyết định của người nhập", default=dict, blank=True)
    is_healed = models.BooleanField("danh sách cũ, không theo mẫu", default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    people = models.JSONField("những người trong tệp", default=list)  # keys: whom the page tells of
    record_version = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name}, {self.uploaded_at:%d/%m/%Y %H:%M}"

    def get_absolute_url(self):
        return reverse("intake:import_batch", args=[self.pk])

    @property
    def may_be_decided(self):
        """Whether its sender may still say what the columns of an old list mean, and who is who."""
        state = self.State
        is_open = self.state in (state.PREVIEW, state.REFUSED, state.UNCHANGED, state.STALE)
        return self.is_healed and is_open

    def is_outdated(self, version):
        """Whether the record was written to since the preview, `version` being that of now: what
        the preview showed may no longer be what would be written."""
        if self.state != self.State.PREVIEW:
            return self.state == self.State.STALE
        return bool(self.record_version and version and self.record_version != version)

    def state_words(self, version):
        """The state as it is by the record's `version` of now."""
        return self.State.STALE.label if self.is_outdated(version) else self.get_state_display()

    @property
    def path(self):
        """Where the original stands, under DATA_DIR/files: outside anything that is served."""
        return settings.MEDIA_ROOT / "imports" / f"{self.key}.xlsx"

    @property
    def staging(self):
        """What was found in the file, beside it."""
        return Staging(self.path.with_suffix(".staged"))


class ImportedChange(models.Model):
    """A change that a batch wrote: what undoing the batch takes back."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="imported")
    change = models.OneToOneField("cadres.Change", models.PROTECT, related_name="imported")

    class Meta:
        verbose_name = "thay đổi của lần nhập"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.batch_id}: {self.change_id}"


class ColumnMemory(models.Model):
    """What the columns of a kind of list meant when one was written: the next is read so too.

    `fingerprint` is of the headers alone (rules/mapping.py); of people nothing is kept.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    columns = models.JSONField("cột", default=dict)  # header path, joined: target or "ignore"
    used_at = models.DateTimeField("dùng lần cuối", default=timezone.now)
    times = models.PositiveIntegerField("số lần dùng", default=1)

    class Meta:
        verbose_name = "cách đọc một mẫu danh sách"
        ordering = ["-used_at"]

    def __str__(self):
        return f"{len(self.columns)} cột, dùng {self.times} lần"
