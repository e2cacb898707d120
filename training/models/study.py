"""Individual study (cử đi học): sent to a school by decision, until it ends."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cadres.models import Basis, Cadre, Commune
from cadres.models.holding import OfCadreQuerySet
from cadres.models.qualification import STRAND_CHOICES, StudyField, StudyForm
from cadres.rules.levels import level_label
from daitu_portal.fields import CleanCharField
from training.models.ceilings import MONEY, at_most
from training.models.programme import Programme
from training.rules import study as rules

_USER = settings.AUTH_USER_MODEL
_STATES = (rules.Step.EXTENSION, *rules.ENDS)


class StudyQuerySet(OfCadreQuerySet):
    def known_by(self, day):
        """Those decided or begun by `day`."""
        return self.filter(Q(begins_on__lte=day) | Q(decision__signed_on__lte=day))

    def with_stage(self, day):
        """Annotate where each stood on `day` as `stage` (rules.study.Stage), and by when it was to
        end as `due_then`: read back from the steps, as `Study.stage_on` does."""
        steps = StudyStep.objects.filter(study=OuterRef("pk"), corrected_by=None)
        by_then = steps.filter(kind__in=_STATES, on__lte=day)
        # an end stands above every extension, whatever the order of their days
        last = by_then.annotate(
            weight=Case(When(kind=rules.Step.EXTENSION, then=Value(0)), default=Value(1))
        ).order_by("-weight", "-on", "-pk")
        later = steps.filter(kind=rules.Step.EXTENSION, on__gt=day).order_by("on", "pk")
        return self.annotate(
            last_kind=Subquery(last.values("kind")[:1]),
            stage=Case(
                When(last_kind__in=rules.ENDS, then=F("last_kind")),
                When(begins_on__gt=day, then=Value(rules.Stage.UPCOMING.value)),
                When(last_kind=rules.Step.EXTENSION, then=Value(rules.Stage.EXTENDED.value)),
                default=Value(rules.Stage.STUDYING.value),
                output_field=models.CharField(),
            ),
            due_then=Coalesce(Subquery(later.values("due_before")[:1]), F("due_on")),
        )


class Study(models.Model):
    """One person's study towards a level, with its decision and what was agreed."""

    class State(models.TextChoices):
        STUDYING = "studying", "Đang học"
        EXTENDED = "extended", "Gia hạn"
        GRADUATED = "graduated", "Đã tốt nghiệp"
        FAILED = "failed", "Không tốt nghiệp"
        STOPPED = "stopped", "Thôi học"

    cadre = models.ForeignKey(Cadre, models.PROTECT, verbose_name="cán bộ", related_name="studies")
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="đơn vị khi được cử", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="studies",
    )  # fmt: skip
    school = CleanCharField("trường", max_length=160)
    major = CleanCharField("chuyên ngành", max_length=120, blank=True)
    field = models.ForeignKey(
        StudyField, models.PROTECT, verbose_name="nhóm ngành", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES)
    rank = models.PositiveSmallIntegerField("mức")
    form = models.CharField(
        "hình thức", max_length=12, choices=StudyForm, default=StudyForm.PART_TIME
    )
    begins_on = models.DateField("học từ")
    due_on = models.DateField("dự kiến tốt nghiệp")
    decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định cử đi học", related_name="studies"
    )
    need = models.ForeignKey(
        "training.Need", models.PROTECT, verbose_name="nhu cầu", null=True, blank=True,
        related_name="studies",
    )  # fmt: skip
    exception_reason = CleanCharField("lý do cử ngoài đối tượng", max_length=255, blank=True)
    plan_line = models.ForeignKey(
        "training.PlanLine", models.PROTECT, verbose_name="dòng kế hoạch", null=True, blank=True,
        related_name="studies",
    )  # fmt: skip
    support_agreed = models.PositiveBigIntegerField("mức hỗ trợ (đồng)", default=0)
    committed_until = models.DateField("cam kết phục vụ đến hết ngày", null=True, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.STUDYING)
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", null=True, related_name="+"
    )
    entered_at = models.DateTimeField("nhập lúc", default=timezone.now)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    # What `with_stage` puts beside the row.
    stage: str
    due_then: date

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = "cử đi học"
        ordering = ["-begins_on", "pk"]
        indexes = [models.Index("cadre", "begins_on", name="study_of_cadre")]
        constraints = [
            models.CheckConstraint(
                name="study_ends_after_it_begins",
                condition=Q(due_on__gt=F("begins_on"))
                & (Q(ended_on=None) | Q(ended_on__gte=F("begins_on"))),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu học.",
            ),
            models.CheckConstraint(
                name="study_is_of_a_possible_year",
                condition=Q(begins_on__gte=date(1990, 1, 1), due_on__lt=date(2101, 1, 1)),
                violation_error_message="Ngày học phải trong khoảng năm 1990 đến 2100.",
            ),
            models.CheckConstraint(
                name="study_that_ended_says_when",
                condition=Q(state__in=["studying", "extended"], ended_on=None)
                | Q(state__in=["graduated", "failed", "stopped"], ended_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["cadre", "strand", "rank", "begins_on"],
                name="study_begins_once",
                violation_error_message="Người này đã có lượt cử đi học ấy từ ngày ấy.",
            ),
            at_most("study", support_agreed=MONEY),
        ]

    def __str__(self):
        return f"{self.cadre}: {self.what}, {self.school}"

    def get_absolute_url(self):
        return reverse("training:study", args=[self.pk])

    @property
    def what(self):
        """The level it leads to, in words."""
        return f"{self.get_strand_display()}: {level_label(self.strand, self.rank)}"

    @property
    def is_over(self):
        return self.ended_on is not None

    @property
    def agreed(self) -> rules.Agreed:
        return rules.Agreed(self.begins_on, self.due_on, self.support_agreed, self.committed_until)

    @cached_property
    def told(self) -> list[rules.Told]:
        """All steps as the rules read them. One query, none where `steps` are loaded."""
        return [step.told for step in self.steps.all()]

    def stage_on(self, day: date) -> rules.Stage:
        """Where it stood on `day`, read back from the steps."""
        return rules.stage_on(day, self.begins_on, self.told)

    @property
    def money(self) -> rules.Money:
        return rules.money_of(self.support_agreed, self.told)

    @property
    def stage_words(self):
        """The stage of a row `with_stage`, in words."""
        return rules.STAGE_LABELS[rules.Stage(self.stage)]


class StudyStep(models.Model):
    """What happened in a study: appended to, never changed."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "Kết quả năm học"
        EXTENSION = "extension", "Gia hạn"
        SUPPORT = "support", "Hỗ trợ đã trả"
        GRADUATED = "graduated", "Tốt nghiệp"
        FAILED = "failed", "Không tốt nghiệp"
        STOPPED = "stopped", "Thôi học"
        BROKEN = "broken", "Vi phạm cam kết"
        REPAYMENT = "repayment", "Bồi hoàn đã thu"
        CORRECTION = "correction", "Đính chính"

    study = models.ForeignKey(Study, models.PROTECT, verbose_name="cử đi học", related_name="steps")
    kind = models.CharField("việc", max_length=10, choices=Kind)
    on = models.DateField("ngày")
    until = models.DateField("đến ngày", null=True, blank=True)
    amount = models.PositiveBigIntegerField("số tiền (đồng)", null=True, blank=True)
    due_before = models.DateField("hạn trước khi gia hạn", null=True, blank=True)
    text = CleanCharField("nội dung", max_length=255, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, verbose_name="đính chính bước", null=True, blank=True,
        related_name="corrected_by",
    )  # fmt: skip
    decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định", null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người ghi", null=True, related_name="+"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now)

    class Meta:
        verbose_name = "diễn biến học tập"
        ordering = ["on", "pk"]
        constraints = [at_most("study_step", amount=MONEY)]

    def __str__(self):
        return self.get_kind_display()

    @property
    def told(self) -> rules.Told:
        return rules.Told(
            self.pk, self.kind, self.on, self.amount or 0, self.corrects_id, self.due_before
        )
