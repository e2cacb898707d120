"""What people have learned: qualifications on the ladders, and short trainings beside them."""

from django.db import models
from django.db.models import Q

from cadres.models.holding import OfCadreQuerySet
from cadres.models.period import number_index
from cadres.rules.levels import CONTENT_LABELS, STRAND_LABELS, Strand, level_label
from daitu_portal.fields import CleanCharField, PartialDateField

# Plain values, so that migrations hold no member of an enumeration.
STRAND_CHOICES = [(strand.value, label) for strand, label in STRAND_LABELS.items()]
CONTENT_CHOICES = [(content.value, label) for content, label in CONTENT_LABELS.items()]


class StudyField(models.Model):
    """A field of study that rules may ask for, e.g. law; `code` is what rules name."""

    code = models.CharField("mã", max_length=30, unique=True)
    name = CleanCharField("ngành", max_length=120)

    class Meta:
        verbose_name = "ngành đào tạo"
        ordering = ["name"]

    def __str__(self):
        return self.name


class QualificationQuerySet(OfCadreQuerySet):
    def by(self, day):
        """Those awarded by `day`, one without a date among them, the highest of a strand first."""
        return (
            self.filter(Q(awarded_on=None) | Q(awarded_on__lte=day))
            .select_related("field")
            .order_by("strand", "-rank", "awarded_on", "pk")
        )


class StudyForm(models.TextChoices):
    FULL_TIME = "full_time", "Chính quy, tập trung"
    PART_TIME = "part_time", "Vừa làm vừa học"
    DISTANCE = "distance", "Từ xa"
    OTHER = "other", "Khác"


class Qualification(models.Model):
    """A level of a strand that a person reached, with its evidence."""

    StudyForm = StudyForm

    class Evidence(models.TextChoices):
        DIPLOMA = "diploma", "Bằng tốt nghiệp"
        CERTIFICATE = "certificate", "Chứng chỉ"
        CONFIRMATION = "confirmation", "Giấy xác nhận"
        DECLARATION = "declaration", "Tự khai"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="qualifications"
    )
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES)
    rank = models.PositiveSmallIntegerField("mức")
    awarded_on = PartialDateField("ngày cấp", null=True, blank=True)
    field = models.ForeignKey(
        StudyField,
        models.PROTECT,
        verbose_name="nhóm ngành",
        null=True,
        blank=True,
        related_name="qualifications",
    )
    major = CleanCharField("chuyên ngành", max_length=120, blank=True)
    institution = CleanCharField("cơ sở đào tạo", max_length=160, blank=True)
    studied_from = PartialDateField("học từ", null=True, blank=True)
    studied_until = PartialDateField("học đến", null=True, blank=True)
    study_form = models.CharField("hình thức đào tạo", max_length=12, choices=StudyForm, blank=True)
    evidence = models.CharField(
        "giấy tờ", max_length=12, choices=Evidence, default=Evidence.DIPLOMA
    )
    evidence_number = CleanCharField("số hiệu giấy tờ", max_length=60, blank=True)
    language = CleanCharField("thứ tiếng", max_length=40, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bằng, chứng chỉ"
        verbose_name_plural = "văn bằng, chứng chỉ"
        ordering = ["strand", "-rank", "awarded_on", "pk"]
        indexes = [
            models.Index("cadre", "strand", "rank", "awarded_on", name="qualification_level"),
            number_index("evidence_number", "qualification_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="qualification_level_exists",
                condition=Q(strand=Strand.GENERAL.value, rank__lte=3)
                | Q(strand=Strand.PROFESSIONAL.value, rank__lte=7)
                | Q(strand=Strand.POLITICAL.value, rank__lte=4)
                | Q(strand=Strand.STATE_MANAGEMENT.value, rank__lte=4)
                | Q(strand=Strand.IT.value, rank__lte=6)
                | Q(strand=Strand.LANGUAGE.value, rank__lte=6)
                | Q(strand=Strand.ETHNIC_LANGUAGE.value, rank__lte=1)
                | Q(strand=Strand.DEFENCE.value, rank__lte=3),
                violation_error_message="Nội dung này không có mức ấy.",
            ),
        ]

    def __str__(self):
        # get_strand_display puts all choices together each time: a file asks for thousands
        return f"{STRAND_LABELS[Strand(self.strand)]}: {self.level_name}"

    @property
    def level_name(self):
        return level_label(self.strand, self.rank)


class ShortTraining(models.Model):
    """A short course by content, with its date and hours; on no ladder."""

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="short_trainings"
    )
    content = models.CharField("nội dung", max_length=25, choices=CONTENT_CHOICES)
    title = CleanCharField("tên lớp, khóa học", max_length=160, blank=True)
    started_on = PartialDateField("học từ", null=True, blank=True)
    completed_on = PartialDateField("ngày hoàn thành", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    institution = CleanCharField("cơ sở bồi dưỡng", max_length=160, blank=True)
    study_form = models.CharField("hình thức học", max_length=12, choices=StudyForm, blank=True)
    certificate_number = CleanCharField("số chứng chỉ", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = OfCadreQuerySet.as_manager()

    class Meta:
        verbose_name = "bồi dưỡng ngắn hạn"
        ordering = ["content", "completed_on", "pk"]
        indexes = [
            models.Index("cadre", "content", "completed_on", name="short_training_content"),
            number_index("certificate_number", "short_training_by_number"),
        ]

    def __str__(self):
        return self.get_content_display()
