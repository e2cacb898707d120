"""Awards and discipline that were decided. Complaints and undecided cases are not kept."""

from django.db import models
from django.db.models import F, Q

from cadres.models.holding import OfCadreQuerySet
from cadres.models.period import number_index
from daitu_portal.fields import CleanCharField


class Award(models.Model):
    """A title or form of praise, with its decision."""

    class Kind(models.TextChoices):
        ADVANCED = "advanced", "Lao động tiên tiến"
        FIGHTER_BASE = "fighter_base", "Chiến sĩ thi đua cơ sở"
        FIGHTER_PROVINCE = "fighter_province", "Chiến sĩ thi đua cấp tỉnh"
        FIGHTER_NATION = "fighter_nation", "Chiến sĩ thi đua toàn quốc"
        CERTIFICATE = "certificate", "Giấy khen"
        DIPLOMA = "diploma", "Bằng khen"
        COMMEMORATIVE = "commemorative", "Kỷ niệm chương"
        MEDAL = "medal", "Huy chương"
        ORDER = "order", "Huân chương"
        PARTY_BADGE = "party_badge", "Huy hiệu Đảng"
        STATE_TITLE = "state_title", "Danh hiệu vinh dự nhà nước"
        OTHER = "other", "Khác"

    class System(models.TextChoices):
        PARTY = "party", "Đảng"
        STATE = "state", "Chính quyền"
        MASS = "mass", "Đoàn thể"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="awards"
    )
    kind = models.CharField("hình thức", max_length=20, choices=Kind)
    system = models.CharField("hệ thống", max_length=5, choices=System, default=System.STATE)
    detail = CleanCharField("thành tích, tên gọi", max_length=160, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    issuer = CleanCharField("cơ quan khen thưởng", max_length=120, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        ordering = ["-year", "-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="award_year_is_one",
                condition=Q(year__range=(1945, 2100)),
                violation_error_message="Năm khen thưởng từ 1945.",
            ),
        ]
        indexes = [
            models.Index("cadre", "year", name="award_of_cadre"),
            number_index("decision_number", "award_by_number"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}"


class Discipline(models.Model):
    """A disciplinary decision in force or past, of one of three systems."""

    class Form(models.TextChoices):
        REPRIMAND = "reprimand", "Khiển trách"
        WARNING = "warning", "Cảnh cáo"
        LOWER_PAY = "lower_pay", "Hạ bậc lương"
        DEMOTION = "demotion", "Giáng chức"
        REMOVAL = "removal", "Cách chức"
        DISMISSAL = "dismissal", "Bãi nhiệm"
        DISCHARGE = "discharge", "Buộc thôi việc"
        EXPULSION = "expulsion", "Khai trừ"

    class Reason(models.TextChoices):
        ETHICS = "ethics", "Phẩm chất đạo đức"
        LIFESTYLE = "lifestyle", "Lối sống"
        WORK = "work", "Kỷ luật công tác"
        FAILED = "failed", "Không hoàn thành nhiệm vụ"
        OTHER = "other", "Khác"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="disciplines"
    )
    system = models.CharField("hệ thống", max_length=5, choices=Award.System)
    form = models.CharField("hình thức", max_length=10, choices=Form)
    reason = models.CharField("lý do", max_length=10, choices=Reason)
    decided_on = models.DateField("ngày quyết định")
    effective_on = models.DateField("có hiệu lực từ")
    ends_on = models.DateField("hết hiệu lực từ", null=True, blank=True)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    issuer = CleanCharField("cơ quan quyết định", max_length=120, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật"
        ordering = ["-effective_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="discipline_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("effective_on")),
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
        ]
        indexes = [
            models.Index("cadre", "effective_on", name="discipline_of_cadre"),
            number_index("decision_number", "discipline_by_number"),
        ]

    def __str__(self):
        return f"{self.get_form_display()} ({self.get_system_display()})"
