"""Scenarios: what the district supposes, and what came of it when it was calculated.

They stand beside the record: no figure and no list of people is made of them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import DISTRICT_ROLES, User
from cadres.models import Cadre, Commune, Post, Term
from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES
from daitu_portal.fields import CleanCharField
from training.models import Programme, Study

_USER = settings.AUTH_USER_MODEL


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: User) -> "ScenarioQuerySet":
        """Those that the district shares, and one's own; none for a commune."""
        if user.role not in DISTRICT_ROLES:
            return self.none()
        return self.filter(Q(is_shared=True) | Q(owner=user))


class Scenario(models.Model):
    """A forecast that was kept: the indicators it watches, from which day until which.

    `result` is what was calculated when it was saved last (reports/forecast/outcome.py); it stays
    as it was, so that what happened can be set beside it.
    """

    owner = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người lập", related_name="scenarios"
    )
    name = CleanCharField("tên kịch bản", max_length=160)
    indicators = models.JSONField("chỉ tiêu theo dõi", default=list)
    base_on = models.DateField("ngày gốc")
    until_on = models.DateField("dự báo đến hết ngày")
    is_shared = models.BooleanField("lãnh đạo và cán bộ huyện cùng xem", default=True)
    result = models.JSONField("kết quả", default=dict)
    calculated_at = models.DateTimeField("tính lúc", default=timezone.now)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    token = models.CharField("mã biểu mẫu", max_length=40, unique=True)  # sent twice, it is one
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "kịch bản dự báo"
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="scenario_ends_after_its_base", condition=Q(until_on__gt=F("base_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:forecast", args=[self.pk])


class ScenarioItem(models.Model):
    """One supposition of a scenario. Which columns speak depends on the kind."""

    class Kind(models.TextChoices):
        CLASS = "class", "Lớp, chương trình"
        STUDY = "study", "Cử đi học"
        RETIREMENT = "retirement", "Nghỉ hưu theo bảng tuổi"
        LEAVERS = "leavers", "Thôi giữ chức vụ"
        TERM = "term", "Hết nhiệm kỳ"
        HIRES = "hires", "Tuyển mới"
        RULE = "rule", "Đổi quy định"

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="items")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES, blank=True)
    rank = models.PositiveSmallIntegerField("mức", null=True, blank=True)
    content = models.CharField("bồi dưỡng", max_length=25, choices=CONTENT_CHOICES, blank=True)
    on = models.DateField("từ ngày", null=True, blank=True)
    pass_low = models.PositiveSmallIntegerField("tỷ lệ đạt thấp (%)", null=True, blank=True)
    pass_middle = models.PositiveSmallIntegerField("tỷ lệ đạt (%)", null=True, blank=True)
    pass_high = models.PositiveSmallIntegerField("tỷ lệ đạt cao (%)", null=True, blank=True)
    term = models.ForeignKey(
        Term, models.PROTECT, verbose_name="nhiệm kỳ", null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="chức danh", null=True, blank=True, related_name="+"
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField("số người", null=True, blank=True)
    levels = models.JSONField("trình độ", default=dict, blank=True)
    title_set = models.CharField("nhóm chức danh", max_length=40, blank=True)

    class Meta:
        verbose_name = "mục của kịch bản"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="scenario_item_passes_in_order",
                condition=(Q(pass_low=None) | Q(pass_low__lte=F("pass_middle")))
                & (Q(pass_high=None) | Q(pass_high__gte=F("pass_middle"), pass_high__lte=100))
                & (Q(pass_middle=None) | Q(pass_middle__lte=100)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ScenarioPerson(models.Model):
    """Whom an item names; `study` where it is one that is on record."""

    item = models.ForeignKey(ScenarioItem, models.CASCADE, related_name="people")
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, verbose_name="cán bộ", related_name="in_scenarios"
    )
    study = models.ForeignKey(
        Study, models.PROTECT, verbose_name="lượt cử đi học", null=True, blank=True,
        related_name="in_scenarios",
    )  # fmt: skip

    class Meta:
        verbose_name = "người trong kịch bản"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "cadre"], condition=Q(study=None), name="scenario_names_once"
            ),
            models.UniqueConstraint(fields=["item", "study"], name="scenario_takes_a_study_once"),
        ]

    def __str__(self) -> str:
        return str(self.cadre)
