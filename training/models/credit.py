"""What a completed class or study proves, from its proposal to the record and back."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from accounts.models import DISTRICT_ROLES
from cadres.models import Cadre, Change
from cadres.models.qualification import (
    CONTENT_CHOICES,
    STRAND_CHOICES,
    Qualification,
    ShortTraining,
    StudyField,
)
from cadres.rules.levels import level_label
from daitu_portal.fields import CleanCharField
from training.models.enrolment import Enrolment

_USER = settings.AUTH_USER_MODEL


class CreditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the people `user` may see."""
        if user.role in DISTRICT_ROLES:
            return self
        return self.filter(cadre__in=Cadre.objects.visible_to(user).values("pk"))

    def proposed(self):
        """Those whose certificate waits to be confirmed."""
        return self.filter(state=Credit.State.PROPOSED)

    def with_standing(self):
        """Annotate `stands`: whether the row that a confirmed one wrote is in the record. It may
        have been undone or removed there since, and given back."""
        whens = [
            When(table=row._meta.label_lower,
                 then=Exists(row.objects.filter(pk=OuterRef("row_id"), cadre=OuterRef("cadre"))))
            for row in (Qualification, ShortTraining)
        ]  # fmt: skip
        return self.annotate(
            stands=Case(*whens, default=Value(False), output_field=models.BooleanField())
        )

    def in_state(self, state):
        """Those that are so by what the record says now, each with `stands`."""
        found, gone = self.with_standing(), Q(state=Credit.State.CONFIRMED, stands=False)
        if state == Credit.State.WITHDRAWN:
            return found.filter(Q(state=state) | gone)
        return found.filter(state=state).exclude(gone)


class Credit(models.Model):
    """What a completed class or study proposes for the record (domain §6.4): a level, or a content
    of short training. It counts only when the certificate is confirmed: a change of the record
    then holds it, and undoing the result undoes that change.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Chờ xác nhận chứng chỉ"
        CONFIRMED = "confirmed", "Đã vào hồ sơ"
        DROPPED = "dropped", "Không ghi nhận"
        WITHDRAWN = "withdrawn", "Đã rút khỏi hồ sơ"

    cadre = models.ForeignKey(Cadre, models.PROTECT, verbose_name="cán bộ", related_name="credits")
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, verbose_name="lượt người học", null=True, blank=True,
        related_name="credit",
    )  # fmt: skip
    study = models.OneToOneField(
        "training.Study", models.PROTECT, verbose_name="cử đi học", null=True, blank=True,
        related_name="credit",
    )  # fmt: skip
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES, blank=True)
    rank = models.PositiveSmallIntegerField("mức", null=True, blank=True)
    field = models.ForeignKey(
        StudyField, models.PROTECT, verbose_name="nhóm ngành", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    major = CleanCharField("chuyên ngành", max_length=120, blank=True)
    content = models.CharField("bồi dưỡng", max_length=25, choices=CONTENT_CHOICES, blank=True)
    awarded_on = models.DateField("ngày cấp")
    evidence = models.CharField(
        "giấy tờ", max_length=12, choices=Qualification.Evidence,
        default=Qualification.Evidence.CERTIFICATE,
    )  # fmt: skip
    evidence_number = CleanCharField("số hiệu giấy tờ", max_length=60, blank=True)
    institution = CleanCharField("cơ sở cấp", max_length=160, blank=True)
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.PROPOSED)
    change = models.ForeignKey(
        Change, models.PROTECT, verbose_name="thay đổi hồ sơ", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    table = models.CharField("bảng", max_length=30, blank=True)
    row_id = models.BigIntegerField("dòng hồ sơ", null=True, blank=True)
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    reason = CleanCharField("lý do", max_length=255, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả chờ ghi nhận"
        ordering = ["-awarded_on", "pk"]
        indexes = [
            models.Index("state", "awarded_on", name="credit_by_state"),
            models.Index("table", "row_id", name="credit_of_row"),
        ]
        constraints = [
            models.CheckConstraint(
                name="credit_is_of_a_class_or_a_study",
                condition=Q(enrolment__isnull=False, study=None)
                | Q(enrolment=None, study__isnull=False),
            ),
            models.CheckConstraint(
                name="credit_is_a_level_or_a_content",
                condition=Q(content="", rank__isnull=False) & ~Q(strand="")
                | Q(strand="", rank=None) & ~Q(content=""),
            ),
            models.CheckConstraint(
                name="credit_confirmed_has_its_change",
                condition=~Q(state="confirmed") | Q(change__isnull=False),
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def what(self):
        if self.content:
            return self.get_content_display()
        return f"{self.get_strand_display()}: {level_label(self.strand, self.rank or 0)}"

    @property
    def state_now(self):
        """The state by what the record says now. One query, none for a row `with_standing`."""
        if self.state != self.State.CONFIRMED:
            return self.State(self.state)
        stands = getattr(self, "stands", None)
        if stands is None:
            stands = Credit.objects.in_state(self.State.CONFIRMED).filter(pk=self.pk).exists()
        return self.State.CONFIRMED if stands else self.State.WITHDRAWN

    @property
    def state_words(self):
        """The state in words; where the record's own history took it back, that too."""
        now = self.state_now
        is_elsewhere = now == self.State.WITHDRAWN != self.state
        return f"{now.label} (gỡ ở hồ sơ)" if is_elsewhere else now.label

    @property
    def source(self):
        """The class or the study that it comes of."""
        return self.enrolment.training_class if self.enrolment else self.study

    @property
    def source_name(self):
        return self.source.name if self.enrolment else f"Cử đi học: {self.source.school}"
