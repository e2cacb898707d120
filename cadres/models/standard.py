"""Legal documents and the rules in them, as dated data."""

from django.db import models
from django.db.models import Q

from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from daitu_portal.fields import CleanCharField


class Confidence(models.TextChoices):
    """How sure we are of a fact of the law; shown beside it."""

    READ = "S", "nguồn: đã đọc"
    HIGH = "M-high", "độ tin cậy: cao"
    MEDIUM = "M-med", "độ tin cậy: vừa"
    LOW = "M-low", "độ tin cậy: thấp"
    ASSUMED = "assumed", "giả định"


class LegalDocument(models.Model):
    """A law, decree, circular or decision that rules cite."""

    number = CleanCharField("số, ký hiệu", max_length=60, unique=True)
    title = CleanCharField("trích yếu", max_length=255, blank=True)
    issuer = CleanCharField("cơ quan ban hành", max_length=120, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    effective_on = models.DateField("ngày hiệu lực", null=True, blank=True)
    expired_on = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=8, choices=Confidence)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "văn bản pháp luật"
        ordering = ["effective_on", "number"]

    def __str__(self):
        return self.number


class Rule(Dated):
    """One dimension of the standard of a set of posts, between two days.

    `requirement`, `mountain_requirement` and `transition_condition` are data in the vocabulary of
    cadres/rules/requirements.py. A specialised rule replaces the general ones of its dimension.
    """

    code = models.CharField("mã", max_length=40, unique=True)
    title_set = models.CharField("mã nhóm chức danh", max_length=40, db_index=True)
    dimension = CleanCharField("nội dung", max_length=30)
    label = CleanCharField("yêu cầu", max_length=200)
    requirement = models.JSONField("điều kiện")
    mountain_requirement = models.JSONField("điều kiện vùng núi", null=True, blank=True)
    transition_until = models.DateField("hết thời hạn chuyển tiếp", null=True, blank=True)
    transition_condition = models.JSONField("ai được chuyển tiếp", null=True, blank=True)
    transition_article = CleanCharField("điều khoản chuyển tiếp", max_length=120, blank=True)
    is_specialised = models.BooleanField("luật chuyên ngành", default=False)
    is_uncertain = models.BooleanField(
        "chưa chắc chắn",
        default=False,
        help_text="Quy định chưa chắc chắn chỉ cho ghi chú, không bao giờ cho “chưa đạt”.",
    )
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, verbose_name="văn bản", related_name="rules"
    )
    article = CleanCharField("điều, khoản", max_length=60, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=8, choices=Confidence)
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chuẩn"
        ordering = ["title_set", "valid_from", "code"]
        constraints = [
            ends_after_it_begins("rule"),
            models.CheckConstraint(
                name="rule_transition_has_both_a_day_and_a_condition",
                condition=Q(transition_until=None, transition_condition=None)
                | Q(transition_until__isnull=False, transition_condition__isnull=False),
                violation_error_message="Chuyển tiếp cần cả thời hạn và điều kiện.",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.label}"
