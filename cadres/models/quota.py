"""Quotas (chỉ tiêu biên chế): what a commune was given, what the law and the district allow."""

from django.db import models
from django.db.models import Q

from cadres.models.commune import Commune
from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from daitu_portal.fields import CleanCharField


class Quota(Dated):
    """How many cadres, or civil servants, a commune may have; one row a year."""

    class Group(models.TextChoices):
        CADRE = "cadre", "Cán bộ"
        CIVIL_SERVANT = "civil_servant", "Công chức"

    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="quotas"
    )
    group = models.CharField("nhóm", max_length=15, choices=Group)
    number = models.PositiveSmallIntegerField("chỉ tiêu")
    document = CleanCharField("văn bản giao", max_length=120, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu biên chế"
        ordering = ["commune", "group", "valid_from"]
        constraints = [
            ends_after_it_begins("quota"),
            models.UniqueConstraint(
                fields=["commune", "group", "valid_from"],
                name="quota_begins_once_a_day",
                violation_error_message="Đơn vị đã có chỉ tiêu của nhóm này từ ngày ấy.",
            ),
        ]

    def __str__(self):
        return f"{self.commune}, {self.get_group_display()}: {self.number}"


class QuotaCeiling(Dated):
    """The most a commune of a grade may have, under the decree of the day (NĐ 34/2019, 33/2023)."""

    grade = models.PositiveSmallIntegerField(
        "loại đơn vị", choices=[(1, "I"), (2, "II"), (3, "III")]
    )
    number = models.PositiveSmallIntegerField("trần")
    less_with_regular_police = models.PositiveSmallIntegerField(
        "bớt nếu Trưởng Công an là chính quy", default=0
    )
    document = CleanCharField("văn bản", max_length=120)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "trần biên chế"
        ordering = ["grade", "valid_from"]
        constraints = [
            ends_after_it_begins("quota_ceiling"),
            models.UniqueConstraint(
                fields=["grade", "valid_from"], name="quota_ceiling_begins_once_a_day"
            ),
            models.CheckConstraint(
                name="quota_ceiling_grade_is_one_to_three", condition=Q(grade__range=(1, 3))
            ),
        ]

    def __str__(self):
        return f"Loại {self.get_grade_display()}: {self.number}"


class DistrictQuota(Dated):
    """The total the province gave the district; the communes' quotas may not exceed it."""

    number = models.PositiveIntegerField("tổng chỉ tiêu")
    document = CleanCharField("văn bản giao", max_length=120, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tổng chỉ tiêu của huyện"
        ordering = ["valid_from"]
        constraints = [
            ends_after_it_begins("district_quota"),
            models.UniqueConstraint(fields=["valid_from"], name="district_quota_begins_once_a_day"),
        ]

    def __str__(self):
        return f"{self.valid_from:%d/%m/%Y}: {self.number}"
