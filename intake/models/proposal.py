"""Changes that a commune proposes: a draft, what the head confirms, what the district decides.

Nothing of it counts in a figure: the record is written only when an item is approved.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import COMMUNE_ROLES
from cadres.models import Basis, Cadre, Change, Commune
from daitu_portal.fields import CleanCharField
from intake.models.imports import ImportBatch

_USER = settings.AUTH_USER_MODEL
PERSON = Cadre._meta.label_lower  # the table of an item that is about the person's own fields


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the user's commune and its successors; the district's staff see all that came
        to them, and their own: nothing that was never sent or that no head confirmed."""
        if user.is_district_hr:
            waits = Q(submitted_at=None) | Q(state__in=Proposal.NOT_SENT)
            return self.filter(~waits | Q(author=user))
        if user.role in COMMUNE_ROLES:
            return self.filter(commune__in=Commune.objects.line_of_user(user))
        return self.none()


class Proposal(models.Model):
    """A set of changes sent together on one basis. `version` moves with every step."""

    class State(models.TextChoices):
        DRAFT = "draft", "Bản nháp"
        TO_CONFIRM = "to_confirm", "Chờ người đứng đầu xác nhận"
        PENDING = "pending", "Chờ duyệt"
        RETURNED = "returned", "Đã trả lại"
        APPROVED = "approved", "Đã duyệt"
        WITHDRAWN = "withdrawn", "Đã rút"

    # Whose items the author may still change.
    OPEN = (State.DRAFT, State.RETURNED)
    # What the district has no business with yet.
    NOT_SENT = (State.DRAFT, State.TO_CONFIRM)
    # Nobody judges what it rests on now.
    NOT_WAITING = (*OPEN, State.WITHDRAWN)

    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", null=True, related_name="+"
    )
    author = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người lập", related_name="proposals"
    )
    title = CleanCharField("nội dung", max_length=160, blank=True)
    basis = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="căn cứ", null=True, blank=True, related_name="+"
    )
    reason = CleanCharField("lý do", max_length=255, blank=True)
    batch = models.OneToOneField(
        ImportBatch, models.PROTECT, verbose_name="tệp nhập", null=True, blank=True,
        related_name="proposal",
    )  # fmt: skip
    state = models.CharField(
        "tình trạng", max_length=10, choices=State, default=State.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)
    # Of the last sending; none again where that never came to the district.
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người duyệt", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("duyệt lúc", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_not_decided_by_its_author",
                condition=Q(decided_by=None) | ~Q(decided_by=F("author")),
                violation_error_message="Người lập không tự duyệt đề nghị của mình.",
            ),
        ]
        indexes = [
            models.Index("commune", "state", F("id").desc(), name="proposal_of_commune"),
            models.Index("state", F("submitted_at"), name="proposal_waiting"),
        ]

    def __str__(self):
        return self.title or f"Đề nghị số {self.pk}"

    def get_absolute_url(self):
        return reverse("intake:proposal", args=[self.pk])


class ProposalItem(models.Model):
    """One change of a proposal: as typed, and once sent also what it would do to the row.

    `kind` is of the registry (cadres/changes.py), `table` and `row_id` say which row a "record"
    change is about. `edits` are the rows before and after (cadres/edits.py): an approval compares
    what the author saw with what stands.
    """

    class State(models.TextChoices):
        OPEN = "open", "Chưa duyệt"
        APPROVED = "approved", "Đã duyệt"
        RETURNED = "returned", "Trả lại"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="items")
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, verbose_name="người", null=True, blank=True, related_name="+"
    )
    new_person = models.ForeignKey(
        "self", models.CASCADE, verbose_name="người mới", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("loại thay đổi", max_length=30)
    table = models.CharField("bảng", max_length=30, blank=True)
    row_id = models.BigIntegerField("dòng", null=True, blank=True)
    action = models.CharField("việc", max_length=6, blank=True)
    section = models.CharField("phần", max_length=30, blank=True)
    effective_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    typed = models.JSONField("đã gõ", default=dict)
    faults = models.JSONField("còn thiếu", default=dict)
    edits = models.JSONField("dòng thay đổi", default=list)
    state = models.CharField("tình trạng", max_length=8, choices=State, default=State.OPEN)
    return_reason = CleanCharField("lý do trả lại", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người duyệt", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    change = models.ForeignKey(
        Change, models.PROTECT, verbose_name="thay đổi", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "mục đề nghị"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="returned_item_has_a_reason",
                condition=~Q(state="returned") | ~Q(return_reason=""),
                violation_error_message="Trả lại phải có lý do.",
            ),
        ]
        indexes = [models.Index("cadre", "state", name="proposal_item_of_cadre")]

    def __str__(self):
        return f"{self.kind} {self.table} {self.row_id or ''}".strip()

    @property
    def adds_person(self):
        """Whether the change is someone new."""
        return self.table == PERSON and self.action == "add"

    @property
    def person_id(self):
        """The key of the person on record whom the item is about; None for someone new."""
        return self.cadre_id or (self.new_person.cadre_id if self.new_person else None)
