"""Scans and photos, and the checklist of a person's paper file."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES, Role
from cadres.field_groups import hidden_file_kinds
from cadres.models.change import Basis, Change, Edit
from cadres.models.commune import Commune
from cadres.models.holding import OfCadreQuerySet
from cadres.traces import betraying
from daitu_portal.fields import CleanCharField

_USER = settings.AUTH_USER_MODEL


def new_file_key() -> str:
    """The name under which a file is kept: says nothing, and nobody guesses it."""
    return secrets.token_hex(20)


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the people `user` may see, of the kinds that the role may see.

        The scan of a basis that is nobody's own: for a commune where all whom the basis changes
        are its people, or where it put it up itself. What a decision that tells of discipline
        brought is not for leaders. Any other role sees none.
        """
        from cadres.models.cadre import Cadre

        rows = self.exclude(kind__in=hidden_file_kinds(user))
        if user.role == Role.LEADER:
            changed = Edit.objects.filter(betraying(user), change__basis=OuterRef("basis"))
            rows = rows.exclude(Exists(changed))
        if user.role in DISTRICT_ROLES:
            return rows
        if user.role not in COMMUNE_ROLES:
            return self.none()
        people = Cadre.objects.visible_to(user).values("pk")
        line = Commune.objects.line_of_user(user)
        changes = Change.objects.filter(basis=OuterRef("basis"))
        theirs = Exists(changes) & ~Exists(changes.exclude(cadre__in=people))
        return rows.filter(Q(cadre__in=people) | Q(Q(commune__in=line) | theirs, cadre=None))

    def of_person(self, cadre):
        """Those of the person and those of whatever the person's record was changed on."""
        bases = Change.objects.filter(cadre=cadre).values("basis")
        return self.filter(Q(cadre=cadre) | Q(cadre=None, basis__in=bases))

    def kept(self):
        """Those that were not set aside."""
        return self.filter(set_aside_at=None)


class Attachment(models.Model):
    """A file beside the record: kept under its key outside the static tree, never removed."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "Ảnh 4×6"
        DECISION = "decision", "Quyết định"
        DIPLOMA = "diploma", "Văn bằng, chứng chỉ"
        DECLARATION = "declaration", "Tờ khai, phiếu bổ sung lý lịch"
        RESUME = "resume", "Sơ yếu lý lịch"
        IDENTITY = "identity", "Giấy tờ tùy thân"
        HEALTH = "health", "Giấy khám sức khỏe"
        RATING = "rating", "Phiếu đánh giá, xếp loại"
        OTHER = "other", "Khác"

    key = models.CharField(max_length=40, unique=True, default=new_file_key, editable=False)
    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", null=True, blank=True,
        related_name="attachments",
    )  # fmt: skip
    basis = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="căn cứ", null=True, blank=True, related_name="scans"
    )
    kind = models.CharField("loại giấy tờ", max_length=12, choices=Kind)
    name = CleanCharField("tên tệp", max_length=160)
    content_type = models.CharField("định dạng", max_length=20)
    size = models.PositiveIntegerField("cỡ tệp")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người tải lên", null=True, related_name="+"
    )
    commune = models.ForeignKey(  # of whoever put it up, at the time; none: the district
        Commune, models.PROTECT, verbose_name="đơn vị tải lên", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)
    set_aside_at = models.DateTimeField("bỏ khỏi hồ sơ lúc", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_content_is_allowed",
                condition=Q(content_type__in=["application/pdf", "image/jpeg", "image/png"]),
                violation_error_message="Chỉ nhận tệp PDF, JPEG hoặc PNG.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path(self):
        """Where it stands, under DATA_DIR/files: outside anything that is served."""
        return settings.MEDIA_ROOT / "scans" / self.key[:2] / self.key


class PaperItem(models.Model):
    """A component of someone's paper file (thành phần hồ sơ) and whether it is there."""

    class State(models.TextChoices):
        THERE = "there", "Có"
        COPY = "copy", "Bản sao"
        MISSING = "missing", "Thiếu"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="paper_items"
    )
    component = models.CharField("thành phần", max_length=30)
    state = models.CharField("tình trạng", max_length=7, choices=State)
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    checked_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người kiểm", null=True, related_name="+"
    )
    checked_on = models.DateField("ngày kiểm")

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "thành phần hồ sơ giấy"
        ordering = ["component"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "component"], name="paper_item_is_one_of_a_kind"
            ),
        ]

    def __str__(self):
        return f"{self.component}: {self.get_state_display()}"
