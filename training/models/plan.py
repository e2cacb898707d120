"""The annual plan: lines that communes register, the district consolidates and approves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Basis, Commune
from daitu_portal.fields import CleanCharField
from training.models.ceilings import MONEY, at_most
from training.models.programme import Programme, Provider

_USER = settings.AUTH_USER_MODEL


class TrainingPlan(models.Model):
    """The plan of a year."""

    class State(models.TextChoices):
        REGISTERING = "registering", "Các xã đăng ký"
        CONSOLIDATING = "consolidating", "Huyện tổng hợp"
        APPROVED = "approved", "Đã phê duyệt"

    year = models.PositiveSmallIntegerField("năm", unique=True)
    state = models.CharField("tình trạng", max_length=13, choices=State, default=State.REGISTERING)
    decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định phê duyệt", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "kế hoạch năm"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="plan_year_is_one",
                condition=Q(year__range=(2000, 2100)),
                violation_error_message="Năm từ 2000 đến 2100.",
            ),
            models.CheckConstraint(
                name="plan_approved_has_its_decision",
                condition=~Q(state="approved") | Q(decision__isnull=False),
                violation_error_message="Kế hoạch được phê duyệt phải có quyết định.",
            ),
        ]

    def __str__(self):
        return f"Kế hoạch đào tạo, bồi dưỡng năm {self.year}"

    def get_absolute_url(self):
        return reverse("training:plan", args=[self.year])


class PlanLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The district sees all; a commune its own and the district's."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            line = Commune.objects.line_of_user(user)
            return self.filter(Q(commune__in=line) | Q(commune=None))
        return self.none()

    def of_the_district(self):
        """The lines of the plan itself, not what communes registered."""
        return self.filter(commune=None)

    def registered_ones(self):
        """What communes registered."""
        return self.exclude(commune=None)

    def standing(self):
        """Those that were not left out."""
        return self.filter(left_out_because="")

    def waiting(self):
        """Registered ones of which nothing became yet."""
        return self.registered_ones().standing().filter(into=None)


class PlanLine(models.Model):
    """A line of a plan: what a commune registers, or (commune empty) what the district plans.

    A registered line goes into one of the district's (`into`), or is left out with a reason.
    """

    plan = models.ForeignKey(
        TrainingPlan, models.PROTECT, verbose_name="kế hoạch", related_name="lines"
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", null=True, blank=True,
        related_name="plan_lines",
    )  # fmt: skip
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", related_name="plan_lines"
    )
    target_group = CleanCharField("đối tượng", max_length=200, blank=True)
    classes = models.PositiveSmallIntegerField("số lớp", default=1)
    participations = models.PositiveIntegerField("số lượt người")
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    days = models.PositiveSmallIntegerField("thời gian (ngày)", null=True, blank=True)
    period_from = models.DateField("thời điểm từ", null=True, blank=True)
    period_to = models.DateField("thời điểm đến", null=True, blank=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name="cơ sở đào tạo", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    cost_central = models.PositiveBigIntegerField("kinh phí trung ương (đồng)", default=0)
    cost_local = models.PositiveBigIntegerField("kinh phí địa phương (đồng)", default=0)
    cost_other = models.PositiveBigIntegerField("kinh phí khác (đồng)", default=0)
    lead = CleanCharField("đơn vị chủ trì", max_length=160, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="gộp vào", null=True, blank=True,
        related_name="registered",
    )  # fmt: skip
    left_out_because = CleanCharField("không đưa vào vì", max_length=255, blank=True)
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", null=True, related_name="+"
    )
    token = models.CharField("mã gửi", max_length=40, blank=True, editable=False)  # sent once

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng kế hoạch"
        ordering = ["plan", "programme__content_group", "programme__name", "pk"]
        indexes = [models.Index("plan", "commune", name="plan_line_of_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="plan_line_is_sent_once"
            ),
            models.CheckConstraint(
                name="plan_line_period_ends_after_it_begins",
                condition=Q(period_from=None)
                | Q(period_to=None)
                | Q(period_to__gte=models.F("period_from")),
                violation_error_message="Thời điểm kết thúc phải không trước thời điểm bắt đầu.",
            ),
            models.CheckConstraint(
                name="plan_line_goes_in_or_is_left_out",
                condition=Q(into=None) | Q(left_out_because=""),
                violation_error_message="Dòng đăng ký hoặc được gộp, hoặc không đưa vào.",
            ),
            at_most(
                "plan_line", classes=1000, participations=1_000_000, hours=9999, days=3660,
                cost_central=MONEY, cost_local=MONEY, cost_other=MONEY,
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.programme}, {self.plan.year}"

    def get_absolute_url(self):
        return reverse("training:plan_line", args=[self.plan.year, self.pk])

    @property
    def cost(self):
        return self.cost_central + self.cost_local + self.cost_other

    @property
    def fate(self):
        """What became of a registered line, in words."""
        if self.into_id:
            return "đã gộp vào kế hoạch huyện"
        return f"không đưa vào: {self.left_out_because}" if self.left_out_because else "chờ xem xét"
