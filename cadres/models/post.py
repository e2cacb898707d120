"""Posts: the catalogue of offices and titles, with the days between which each exists."""

from django.db import models
from django.db.models import Q

from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from daitu_portal.fields import CleanCharField


class LegalCategory(models.TextChoices):
    """What the law makes of the holder (Luật CBCC 2008, art. 4.3; NĐ 33/2023)."""

    CADRE = "cadre", "Cán bộ"
    CIVIL_SERVANT = "civil_servant", "Công chức"
    PART_TIME = "part_time", "Người hoạt động không chuyên trách"
    VILLAGE = "village", "Thôn, tổ dân phố"
    POLICE = "police", "Công an chính quy"


class PostGroup(models.TextChoices):
    """The groups in which the district reports."""

    LEADER = "leader", "Lãnh đạo Đảng, HĐND, UBND"
    ORG_HEAD = "org_head", "Cấp trưởng MTTQ, đoàn thể"
    ORG_DEPUTY = "org_deputy", "Cấp phó MTTQ, đoàn thể"
    CIVIL_SERVANT = "civil_servant", "Công chức"
    OTHER = "other", "Khác"


class ManagingLevel(models.TextChoices):
    """Who manages the holder of a post."""

    DISTRICT_PARTY = "btv_huyen_uy", "Ban Thường vụ Huyện ủy"
    DISTRICT_COMMITTEE = "ubnd_huyen", "UBND huyện"
    COMMUNE_PARTY = "dang_uy_xa", "Đảng ủy xã"


class Post(Dated):
    """An office or title that a person may hold in a commune."""

    code = models.CharField("mã", max_length=10, unique=True)
    name = CleanCharField("tên", max_length=120)
    short_name = CleanCharField("tên ngắn", max_length=60)
    category = models.CharField("loại theo luật", max_length=15, choices=LegalCategory)
    group = models.CharField("nhóm", max_length=15, choices=PostGroup)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    per_commune = models.PositiveSmallIntegerField(
        "số người mỗi xã",
        null=True,
        blank=True,
        help_text="Để trống nếu số người do chỉ tiêu biên chế quyết định.",
    )
    commune_kind = models.CharField(
        "chỉ ở loại đơn vị",
        max_length=10,
        blank=True,
        choices=[("xa", "Xã"), ("thi_tran", "Thị trấn, phường")],
    )
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ, chức danh"
        verbose_name_plural = "chức vụ, chức danh"
        ordering = ["order", "code"]
        constraints = [
            ends_after_it_begins("post"),
            models.CheckConstraint(
                name="post_category_is_known", condition=Q(category__in=LegalCategory.values)
            ),
            models.CheckConstraint(
                name="post_group_is_known", condition=Q(group__in=PostGroup.values)
            ),
        ]

    def __str__(self):
        return self.name


class PostManagement(Dated):
    """Which level manages a post, between two days."""

    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name="chức vụ, chức danh", related_name="managements"
    )
    level = models.CharField("cấp quản lý", max_length=15, choices=ManagingLevel)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "phân cấp quản lý"
        constraints = [
            ends_after_it_begins("management"),
            models.UniqueConstraint(
                fields=["post", "valid_from"], name="post_management_begins_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.post}: {self.get_level_display()}"


class TitleSet(Dated):
    """A named set of posts that rules and indicators speak of, e.g. "cán bộ chủ chốt".

    No statute defines some of them, so they are data, dated, and printed with the figure.
    """

    code = models.CharField("mã", max_length=40)
    name = CleanCharField("tên", max_length=160)
    posts = models.ManyToManyField(Post, verbose_name="gồm", related_name="title_sets")
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm chức danh"
        ordering = ["code", "valid_from"]
        constraints = [
            ends_after_it_begins("title_set"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="title_set_begins_once_a_day"
            ),
        ]

    def __str__(self):
        return self.name


class Term(Dated):
    """A term of office of one kind of organisation: each has its own."""

    class Organisation(models.TextChoices):
        PARTY = "dang_bo", "Đảng bộ"
        COUNCIL = "hdnd", "HĐND"
        COMMITTEE = "ubnd", "UBND"
        FRONT = "mttq", "MTTQ"
        YOUTH = "doan", "Đoàn TNCS Hồ Chí Minh"
        WOMEN = "phu_nu", "Hội Liên hiệp Phụ nữ"
        FARMERS = "nong_dan", "Hội Nông dân"
        VETERANS = "ccb", "Hội Cựu chiến binh"

    organisation = models.CharField("tổ chức", max_length=10, choices=Organisation)
    name = CleanCharField("nhiệm kỳ", max_length=40)
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        ordering = ["organisation", "valid_from"]
        constraints = [
            ends_after_it_begins("term"),
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="term_begins_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.get_organisation_display()} {self.name}"
