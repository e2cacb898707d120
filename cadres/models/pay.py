"""Pay: the steps of the salary scale that a person went through, and allowances."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format

from cadres.models.holding import PeriodOfCadreQuerySet
from cadres.models.period import Dated, ends_after_it_begins, number_index
from daitu_portal.fields import CleanCharField


class SalaryStep(Dated):
    """A grade (ngạch), step and coefficient from a day on. The grade's code is text: 01.003."""

    class Reason(models.TextChoices):
        RANKED = "ranked", "Xếp lương, bổ nhiệm vào ngạch"
        REGULAR = "regular", "Nâng lương thường xuyên"
        EARLY = "early", "Nâng lương trước hạn"
        OVER_FRAME = "over_frame", "Phụ cấp thâm niên vượt khung"
        LOWERED = "lowered", "Hạ bậc lương"
        OTHER = "other", "Khác"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="salary_steps"
    )
    grade_code = CleanCharField("mã ngạch", max_length=12, blank=True)
    grade_name = CleanCharField("ngạch", max_length=60, blank=True)
    step = models.PositiveSmallIntegerField("bậc", null=True, blank=True)
    coefficient = models.DecimalField("hệ số", max_digits=4, decimal_places=2)
    percent = models.PositiveSmallIntegerField("phần trăm hưởng", default=100)
    over_frame_percent = models.PositiveSmallIntegerField("vượt khung (%)", default=0)
    reason = models.CharField("vì", max_length=10, choices=Reason, default=Reason.OTHER)
    delayed_months = models.PositiveSmallIntegerField("kéo dài nâng lương (tháng)", default=0)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = PeriodOfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "diễn biến lương"
        ordering = ["-valid_from", "pk"]
        constraints = [
            ends_after_it_begins("salary_step"),
            models.UniqueConstraint(
                fields=["cadre", "valid_from"],
                name="salary_step_is_one_a_day",
                violation_error_message="Người này đã có một mức lương từ ngày ấy.",
            ),
            models.CheckConstraint(
                name="salary_coefficient_is_one",
                condition=Q(coefficient__gt=0) & Q(coefficient__lte=Decimal("10")),
                violation_error_message="Hệ số lương lớn hơn 0 và không quá 10.",
            ),
            models.CheckConstraint(
                name="salary_percent_is_one",
                condition=Q(percent__range=(1, 100)) & Q(over_frame_percent__lte=60),
                violation_error_message="Phần trăm hưởng từ 1 đến 100; vượt khung không quá 60.",
            ),
        ]
        indexes = [
            models.Index("cadre", "valid_from", "valid_to", name="salary_of_cadre"),
            number_index("decision_number", "salary_by_number"),
        ]

    def __str__(self):
        return f"{self.grade_code} bậc {self.step or '–'}, hệ số {number_format(self.coefficient)}"


class Allowance(Dated):
    """An allowance beside the salary, as a coefficient or in percent."""

    class Kind(models.TextChoices):
        POSITION = "position", "Chức vụ"
        RESPONSIBILITY = "responsibility", "Trách nhiệm"
        AREA = "area", "Khu vực"
        CONCURRENCY = "concurrency", "Kiêm nhiệm"
        PUBLIC_DUTY = "public_duty", "Công vụ"
        SENIORITY = "seniority", "Thâm niên nghề"
        OTHER = "other", "Khác"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="allowances"
    )
    kind = models.CharField("phụ cấp", max_length=15, choices=Kind)
    coefficient = models.DecimalField(
        "hệ số", max_digits=4, decimal_places=2, null=True, blank=True
    )
    percent = models.DecimalField(
        "phần trăm", max_digits=5, decimal_places=2, null=True, blank=True
    )
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = PeriodOfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "phụ cấp"
        ordering = ["-valid_from", "kind", "pk"]
        constraints = [
            ends_after_it_begins("allowance"),
            models.CheckConstraint(
                name="allowance_is_a_coefficient_or_a_percent",
                # Said that one is there: a comparison with NULL would let neither pass.
                condition=Q(coefficient__isnull=False, coefficient__gt=0, percent=None)
                | Q(percent__isnull=False, percent__gt=0, coefficient=None),
                violation_error_message="Ghi hệ số hoặc phần trăm, một trong hai.",
            ),
        ]
        indexes = [
            models.Index("cadre", "valid_from", "valid_to", name="allowance_of_cadre"),
            number_index("decision_number", "allowance_by_number"),
        ]

    def __str__(self):
        return f"Phụ cấp {self.get_kind_display().lower()}"
