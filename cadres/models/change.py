"""What happened to the record: on which basis, by whom, why, and each row before and after.

This is the history: appended to, never changed. A change is undone by another one.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import COMMUNE_ROLES
from cadres.models.commune import Commune
from cadres.models.holding import OfCadreQuerySet
from daitu_portal.fields import CleanCharField

_USER = settings.AUTH_USER_MODEL


class BasisQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the district office; for a commune those that change one of its people, and
        those that it entered or a unit which went into it. Any other role sees none."""
        if user.is_district_hr:
            return self
        if user.role not in COMMUNE_ROLES:
            return self.none()
        theirs = Change.objects.visible_to(user).filter(basis=OuterRef("pk"))
        line = Commune.objects.line_of_user(user)
        return self.filter(Q(commune__in=line) | Q(Exists(theirs)))

    def decisions(self):
        """Decisions alone, without degrees and declarations."""
        return self.filter(kind=Basis.Kind.DECISION)


class Basis(models.Model):
    """What a change rests on (căn cứ): a decision, a degree or certificate, or a declaration."""

    class Kind(models.TextChoices):
        DECISION = "decision", "Quyết định"
        CERTIFICATE = "certificate", "Văn bằng, chứng chỉ"
        DECLARATION = "declaration", "Tờ khai, phiếu bổ sung lý lịch"

    kind = models.CharField("loại căn cứ", max_length=12, choices=Kind)
    number = CleanCharField("số", max_length=60, blank=True)
    signed_on = models.DateField("ngày", null=True, blank=True)
    issuer = CleanCharField("cơ quan ban hành", max_length=160, blank=True)
    signer = CleanCharField("người ký", max_length=100, blank=True)
    about = CleanCharField("trích yếu", max_length=255, blank=True)
    revoked_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="bị bãi bỏ bởi", null=True, blank=True,
        related_name="revokes",
    )  # fmt: skip
    created_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", null=True, related_name="+"
    )
    # Whose it is stays so, wherever the account goes; none: the district entered it.
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="đơn vị nhập", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField("nhập lúc", default=timezone.now, editable=False)

    objects = BasisQuerySet.as_manager()

    class Meta:
        verbose_name = "căn cứ"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="basis_decision_says_which",
                condition=~Q(kind="decision")
                | (~Q(number="") & Q(signed_on__isnull=False) & ~Q(issuer="")),
                violation_error_message="Quyết định phải có số, ngày và cơ quan ban hành.",
            ),
        ]
        indexes = [models.Index("number", name="basis_by_number")]

    def __str__(self):
        words = self.get_kind_display()
        if self.number:
            words += f" {self.number}"
        if self.signed_on:
            words += f" ngày {self.signed_on:%d/%m/%Y}"
        return f"{words} của {self.issuer}" if self.issuer else words


class Change(models.Model):
    """One change of one person's record: a kind from the registry, what was given, who did it."""

    class Source(models.TextChoices):
        DIRECT = "direct", "Nhập trực tiếp"
        APPROVED = "approved", "Duyệt đề nghị"
        IMPORTED = "imported", "Nhập từ tệp"
        RESTORED = "restored", "Khôi phục"
        UNDONE = "undone", "Hủy thay đổi"
        REVOKED = "revoked", "Bãi bỏ quyết định"
        MERGED = "merged", "Gộp hồ sơ"

    kind = models.CharField("loại thay đổi", max_length=30)
    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="changes"
    )
    basis = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="căn cứ", related_name="changes", null=True
    )
    effective_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    values = models.JSONField("nội dung", default=dict)
    reason = CleanCharField("lý do", max_length=255, blank=True)
    source = models.CharField("bằng cách", max_length=10, choices=Source)
    by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người ghi", null=True, related_name="+"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người đề nghị", null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="hủy thay đổi", null=True, related_name="undone_by"
    )

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="change_cites_its_basis",
                condition=Q(basis__isnull=False) | Q(source__in=["restored", "merged"]),
                violation_error_message="Mỗi thay đổi phải có căn cứ.",
            ),
            models.CheckConstraint(
                name="change_is_not_approved_by_its_author",
                condition=~Q(source="approved")
                | Q(proposed_by__isnull=False) & ~Q(proposed_by=F("by")),
                violation_error_message="Người đề nghị không tự duyệt.",
            ),
        ]
        indexes = [
            models.Index("cadre", F("id").desc(), name="change_of_cadre"),
            models.Index("basis", "id", name="change_of_basis"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M}"


class Edit(models.Model):
    """One row of the record before and after a change: only the columns that changed.

    `before` is empty for a new row and `after` for one that was taken away; both hold the plain
    values that JSON can hold (see cadres/history.py).
    """

    class Action(models.TextChoices):
        ADD = "add", "Thêm"
        CHANGE = "change", "Sửa"
        REMOVE = "remove", "Gỡ"

    change = models.ForeignKey(Change, models.PROTECT, related_name="edits")
    cadre = models.ForeignKey("cadres.Cadre", models.PROTECT, related_name="+")
    table = models.CharField("bảng", max_length=30)
    row_id = models.BigIntegerField("dòng")
    action = models.CharField("việc", max_length=6, choices=Action)
    title = models.CharField("là", max_length=200, blank=True)
    before = models.JSONField("trước", default=dict)
    after = models.JSONField("sau", default=dict)
    names = models.JSONField("tên", default=dict)  # of rows that values name, as they were then

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng thay đổi"
        ordering = ["pk"]
        indexes = [
            models.Index("table", "row_id", "id", name="edit_of_row"),
            models.Index("cadre", "id", name="edit_of_cadre"),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.table} {self.row_id}"


class JournalNote(models.Model):
    """A remark of an office about a person's file, beside the history; never in print or export."""

    cadre = models.ForeignKey("cadres.Cadre", models.PROTECT, related_name="journal")
    text = models.TextField("ghi chú", max_length=2000)
    by = models.ForeignKey(_USER, models.PROTECT, verbose_name="người ghi", related_name="+")
    at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "ghi chú hồ sơ"
        ordering = ["-pk"]

    def __str__(self):
        return self.text[:60]
