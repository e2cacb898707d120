"""What a person's service is on a day, beside the posts: probation, study, suspension, leaving."""

from django.db import models
from django.db.models import Q

from cadres.models.holding import PeriodOfCadreQuerySet
from cadres.models.period import Dated, ends_after_it_begins, number_index
from daitu_portal.fields import CleanCharField


class Status(Dated):
    """A dated state of someone's service. No row: simply at work."""

    class Kind(models.TextChoices):
        PROBATION = "probation", "Tập sự"
        MATERNITY = "maternity", "Nghỉ thai sản"
        STUDY = "study", "Đi học"
        SECONDED = "seconded", "Biệt phái"
        ROTATED = "rotated", "Luân chuyển"
        SUSPENDED = "suspended", "Tạm đình chỉ công tác"
        RETIRED = "retired", "Nghỉ hưu"
        RESIGNED = "resigned", "Thôi việc"
        MOVED = "moved", "Chuyển đi"
        DECEASED = "deceased", "Từ trần"

    class Scheme(models.TextChoices):
        AGE = "age", "Đủ tuổi (NĐ 135/2020)"
        EARLY = "early", "Nghỉ trước tuổi"
        REDUCTION = "reduction", "Tinh giản biên chế (NĐ 29/2023, NĐ 154/2025)"
        NOT_REELECTED = "not_reelected", "Không tái cử (NĐ 26/2015, NĐ 177/2024)"
        REORGANISED = "reorganised", "Sắp xếp bộ máy (NĐ 178/2024)"
        OTHER = "other", "Khác"

    # Whoever left is in one of these for good.
    LEFT = (Kind.RETIRED, Kind.RESIGNED, Kind.MOVED, Kind.DECEASED)

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="statuses"
    )
    kind = models.CharField("tình trạng", max_length=10, choices=Kind)
    scheme = models.CharField("chế độ", max_length=15, choices=Scheme, blank=True)
    place = CleanCharField("nơi đến, nơi học, cơ quan", max_length=160, blank=True)
    from_district = models.BooleanField("từ cấp huyện trở lên", default=False)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = PeriodOfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "tình trạng công tác"
        ordering = ["-valid_from", "pk"]
        constraints = [
            ends_after_it_begins("status"),
            models.UniqueConstraint(
                fields=["cadre", "kind", "valid_from"],
                name="status_begins_once_a_day",
                violation_error_message="Người này đã có tình trạng ấy từ ngày ấy.",
            ),
            models.CheckConstraint(
                name="status_scheme_is_of_retirement",
                condition=Q(kind="retired") | Q(scheme=""),
                violation_error_message="Chế độ chỉ ghi khi nghỉ hưu.",
            ),
        ]
        indexes = [
            models.Index("cadre", "valid_from", "valid_to", name="status_of_cadre"),
            number_index("decision_number", "status_by_number"),
        ]

    def __str__(self):
        return self.get_kind_display()
