"""What can be learned: programmes by content group and form, who teaches them, what they cost."""

from django.db import models
from django.db.models import Q

from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES, StudyField
from cadres.models.standard import Confidence, LegalDocument
from cadres.rules.levels import level_label
from daitu_portal.fields import CleanCharField, SearchTextField
from training.models.ceilings import at_most
from training.rules.admission_codes import ADMITTED


class ContentGroup(models.TextChoices):
    POLITICAL = "political", "Lý luận chính trị"
    DEFENCE = "defence", "Quốc phòng – an ninh"
    STATE_MANAGEMENT = "state_management", "Quản lý nhà nước"
    SPECIALITY = "speciality", "Chuyên ngành, nghiệp vụ"
    ETHICS = "ethics", "Đạo đức công vụ"
    INTEGRATION = "integration", "Hội nhập"
    IT_LANGUAGE = "it_language", "Tin học, ngoại ngữ, tiếng dân tộc"


class ClassForm(models.TextChoices):
    """How a class is held (NĐ 101/2017 art. 4)."""

    ON_SITE = "on_site", "Tập trung"
    PART_TIME = "part_time", "Vừa làm vừa học"
    ONLINE = "online", "Trực tuyến"
    DISTANCE = "distance", "Từ xa"


class Provider(models.Model):
    """Who teaches: a political school, a university, a department."""

    code = models.CharField("mã", max_length=30, unique=True)
    name = CleanCharField("cơ sở đào tạo", max_length=160, unique=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    class Meta:
        verbose_name = "cơ sở đào tạo"
        ordering = ["name"]

    def __str__(self):
        return self.name


class ProgrammeQuerySet(models.QuerySet):
    def offered(self):
        """Those that can still be chosen for new needs, plans and classes."""
        return self.filter(is_offered=True)


class Programme(models.Model):
    """A programme of training (đào tạo, a level) or fostering (bồi dưỡng, a short content).

    It awards a level of a strand, or a content of short training, or neither (it then counts as
    hours alone).
    """

    class Kind(models.TextChoices):
        TRAINING = "training", "Đào tạo"
        FOSTERING = "fostering", "Bồi dưỡng"

    class ReportColumn(models.TextChoices):
        """Columns D–X of the result template (domain §6.3)."""

        LLCT_HIGH = "D", "LLCT: Cao cấp"
        LLCT_MIDDLE = "E", "LLCT: Trung cấp"
        LLCT_BASIC = "F", "LLCT: Sơ cấp"
        LLCT_FOSTER = "G", "LLCT: Bồi dưỡng"
        QLNN_TOP = "H", "QLNN: Chuyên viên cao cấp"
        QLNN_MAIN = "I", "QLNN: Chuyên viên chính"
        QLNN_OFFICER = "J", "QLNN: Chuyên viên"
        QLNN_CLERK = "K", "QLNN: Cán sự"
        DOCTOR = "L", "Chuyên môn: Tiến sĩ"
        MASTER = "M", "Chuyên môn: Thạc sĩ"
        DEGREE = "N", "Chuyên môn: Đại học"
        COLLEGE = "O", "Chuyên môn: Cao đẳng"
        MIDDLE = "P", "Chuyên môn: Trung cấp"
        BASIC = "Q", "Chuyên môn: Sơ cấp"
        SPECIALITY = "R", "Ngắn hạn: Kiến thức, kỹ năng chuyên ngành"
        LEADERSHIP = "S", "Ngắn hạn: Kỹ năng lãnh đạo, quản lý"
        ETHNIC = "T", "Ngắn hạn: Tiếng dân tộc"
        OTHER = "U", "Ngắn hạn: Khác"
        DEFENCE = "V", "Quốc phòng – an ninh"
        LANGUAGE = "W", "Ngoại ngữ"
        IT = "X", "Tin học"

    code = models.CharField("mã", max_length=30, unique=True)
    name = CleanCharField("chương trình", max_length=200)
    search_text = SearchTextField(source="name")
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.FOSTERING)
    content_group = models.CharField("nhóm nội dung", max_length=20, choices=ContentGroup)
    form = models.CharField(
        "hình thức", max_length=10, choices=ClassForm, default=ClassForm.ON_SITE
    )
    strand = models.CharField(
        "cấp trình độ: nội dung", max_length=20, choices=STRAND_CHOICES, blank=True
    )
    rank = models.PositiveSmallIntegerField("cấp trình độ: mức", null=True, blank=True)
    field = models.ForeignKey(
        StudyField, models.PROTECT, verbose_name="nhóm ngành", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    content = models.CharField(
        "cấp bồi dưỡng: nội dung", max_length=25, choices=CONTENT_CHOICES, blank=True
    )
    report_column = models.CharField("cột báo cáo", max_length=1, choices=ReportColumn)
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    days = models.PositiveSmallIntegerField("số ngày", null=True, blank=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name="cơ sở đào tạo thường mời", null=True, blank=True,
        related_name="programmes",
    )  # fmt: skip
    admission = models.CharField("quy định về đối tượng", max_length=30, blank=True)
    is_offered = models.BooleanField("còn mở", default=True)
    confidence = models.CharField(
        "độ tin cậy", max_length=8, choices=Confidence, default=Confidence.ASSUMED
    )
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình"
        ordering = ["content_group", "name"]
        constraints = [
            models.CheckConstraint(
                name="programme_awards_a_level_or_a_content",
                condition=Q(strand="", rank=None)
                | (~Q(strand="") & Q(rank__isnull=False, content="")),
                violation_error_message=(
                    "Chương trình cấp một mức của một nội dung trình độ, hoặc một nội dung bồi "
                    "dưỡng, không phải cả hai; có nội dung thì phải có mức."
                ),
            ),
            at_most("programme", hours=9999, days=3660),
        ]

    def __str__(self):
        return self.name

    @property
    def awards(self):
        """What completion leads to, in words; "" for nothing but hours."""
        if self.strand:
            return f"{self.get_strand_display()}: {level_label(self.strand, self.rank or 0)}"
        return self.get_content_display() if self.content else ""

    @property
    def admits(self):
        """Who may be sent, in words; "" where no rule names them."""
        return ADMITTED.get(self.admission, "")

    def gives(self, strand, rank):
        """Whether it leads to at least `rank` of `strand`."""
        return self.strand == strand and self.rank is not None and self.rank >= rank


class CostNorm(Dated):
    """What a programme, or a group of contents, may cost between two days."""

    class Unit(models.TextChoices):
        PARTICIPATION = "participation", "một lượt người"
        CLASS = "class", "một lớp"
        DAY = "day", "một ngày của lớp"
        HOUR = "hour", "một tiết"

    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="norms",
    )  # fmt: skip
    content_group = models.CharField(
        "nhóm nội dung", max_length=20, choices=ContentGroup, blank=True
    )
    what = CleanCharField("nội dung chi", max_length=160)
    unit = models.CharField("tính theo", max_length=15, choices=Unit)
    amount = models.PositiveBigIntegerField("mức chi tối đa (đồng)")
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, verbose_name="văn bản", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    confidence = models.CharField("độ tin cậy", max_length=8, choices=Confidence)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    ONE_AT_A_TIME = ("what", "programme", "content_group", "unit")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "định mức chi"
        ordering = ["what", "-valid_from"]
        constraints = [
            ends_after_it_begins("norm"),
            models.CheckConstraint(
                name="norm_is_of_a_programme_or_a_group",
                condition=Q(programme__isnull=True) | Q(content_group=""),
                violation_error_message="Định mức theo chương trình hoặc theo nhóm nội dung.",
            ),
            at_most("norm", amount=10**12),
        ]

    def __str__(self):
        return self.what


class TrainingSetting(Dated):
    """A number or a switch that the law or the district gives, between two days."""

    class Code(models.TextChoices):
        HOURS_MIN = "hours_min", "Số tiết tối thiểu mỗi người một năm"
        HOURS_MAX = "hours_max", "Số tiết tối đa mỗi người một năm"
        SESSIONS_COUNT = "sessions_count", "Tập huấn tính vào số lớp (1: có, 0: không)"
        AWAY_SHARE = "away_share", "Tỷ lệ cán bộ một xã đi học cùng lúc, tối đa (%)"
        YEARS_WITHOUT = "years_without", "Cảnh báo khi chưa học trong (năm)"

    code = models.CharField("nội dung", max_length=20, choices=Code)
    value = models.PositiveIntegerField("giá trị")
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, verbose_name="văn bản", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    article = CleanCharField("điều, khoản", max_length=60, blank=True)
    confidence = models.CharField("độ tin cậy", max_length=8, choices=Confidence)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    ONE_AT_A_TIME = ("code",)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thông số đào tạo"
        ordering = ["code", "-valid_from"]
        constraints = [
            ends_after_it_begins("training_setting"),
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="training_setting_begins_once_a_day",
                violation_error_message="Thông số này đã có giá trị từ ngày ấy.",
            ),
            at_most("training_setting", value=100_000),
        ]

    def __str__(self):
        return self.get_code_display()
