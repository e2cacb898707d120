"""Training that took place: classes, who took part, and hands-on sessions beside them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Cadre, Commune
from daitu_portal.fields import CleanCharField, NameSortField, SearchTextField


class ContentGroup(models.TextChoices):
    POLITICAL = "political", "Lý luận chính trị"
    DEFENCE = "defence", "Quốc phòng – an ninh"
    STATE_MANAGEMENT = "state_management", "Quản lý nhà nước"
    SPECIALITY = "speciality", "Chuyên ngành, nghiệp vụ"
    ETHICS = "ethics", "Đạo đức công vụ"
    INTEGRATION = "integration", "Hội nhập"
    IT_LANGUAGE = "it_language", "Tin học, ngoại ngữ, tiếng dân tộc"


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


class TrainingClassQuerySet(models.QuerySet):
    def begun_by(self, day, since=None):
        """Those that began by `day`, and not before `since` where it is given."""
        found = self.filter(begins_on__lte=day)
        return found.filter(begins_on__gte=since) if since else found

    def with_participations(self):
        """Each with the number of its `participations`: to sort by, it counts them all."""
        return self.annotate(participations=models.Count("enrolments"))


class TrainingClass(models.Model):
    """A class that the district holds or joins."""

    code = models.CharField("mã lớp", max_length=30, unique=True)
    name = CleanCharField("tên lớp", max_length=200)
    search_text = SearchTextField(source="name")
    content_group = models.CharField("nhóm nội dung", max_length=20, choices=ContentGroup)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name="cơ sở đào tạo", related_name="classes"
    )
    venue = CleanCharField("địa điểm", max_length=160, blank=True)
    begins_on = models.DateField("khai giảng")
    ends_on = models.DateField("bế giảng")
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = TrainingClassQuerySet.as_manager()

    class Meta:
        verbose_name = "lớp đào tạo, bồi dưỡng"
        ordering = ["-begins_on", "code"]
        indexes = [models.Index("begins_on", "code", name="class_by_day")]
        constraints = [
            models.CheckConstraint(
                name="class_ends_after_it_begins",
                condition=Q(ends_on__gte=F("begins_on")),
                violation_error_message="Ngày bế giảng phải không trước ngày khai giảng.",
            ),
        ]

    def __str__(self):
        return self.name


class HandsOnSession(models.Model):
    """Tập huấn with another agency, counted beside the classes, not among them."""

    code = models.CharField("mã", max_length=30, unique=True)
    name = CleanCharField("nội dung", max_length=200)
    partner = CleanCharField("cơ quan phối hợp", max_length=160, blank=True)
    held_on = models.DateField("ngày")
    venue = CleanCharField("địa điểm", max_length=160, blank=True)
    attendance = models.PositiveSmallIntegerField("số người dự", null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    class Meta:
        verbose_name = "buổi tập huấn"
        ordering = ["-held_on", "code"]

    def __str__(self):
        return self.name


class OutsideLearner(models.Model):
    """Someone who learns with the officials but has no record here: teachers, village staff."""

    class Kind(models.TextChoices):
        PUBLIC_EMPLOYEE = "vien_chuc", "Viên chức"
        VILLAGE = "thon", "Thôn, tổ dân phố"
        OTHER = "khac", "Khác"

    code = models.CharField("mã", max_length=20, unique=True)
    full_name = CleanCharField("họ và tên", max_length=100)
    name_sort_key = NameSortField(source="full_name", max_length=400)
    search_text = SearchTextField(source="full_name")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    workplace = CleanCharField("đơn vị công tác", max_length=160, blank=True)
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        verbose_name="xã, thị trấn",
        null=True,
        blank=True,
        related_name="outside_learners",
    )

    class Meta:
        verbose_name = "học viên ngoài danh sách"
        ordering = ["name_sort_key", "pk"]

    def __str__(self):
        return self.full_name


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The district sees all; a commune those of its people and its outside learners."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            line = Commune.objects.line_of_user(user)
            return self.filter(
                Q(cadre__in=Cadre.objects.visible_to(user).values("pk"))
                | Q(outside_learner__commune__in=line)
            )
        return self.none()

    def with_sort_key(self):
        """Annotate `sort_key`: the order of names, of officials and outsiders alike."""
        return self.annotate(
            sort_key=Coalesce("cadre__name_sort_key", "outside_learner__name_sort_key")
        )

    def count_by_class(self, classes):
        """By key of each of `classes`, its participations and those of officials among them. One
        query."""
        rows = self.filter(training_class__in=classes).order_by().values_list("training_class")
        counted = rows.annotate(models.Count("pk"), models.Count("cadre"))
        return {key: (number, of_officials) for key, number, of_officials in counted}

    def count_by_result(self):
        """How many had which result, as (words, number), in the order of the results. One query."""
        rows = self.order_by().values_list("result").annotate(number=models.Count("pk"))
        numbers = dict(rows)
        return [(words, numbers.get(code, 0)) for code, words in Enrolment.Result.choices]


class Enrolment(models.Model):
    """One participation (lượt): a person of the record, or an outside learner, in one class."""

    class Result(models.TextChoices):
        STUDYING = "studying", "Đang học"
        PASSED = "passed", "Hoàn thành"
        FAILED = "failed", "Không hoàn thành"

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, verbose_name="lớp", related_name="enrolments"
    )
    cadre = models.ForeignKey(
        Cadre,
        models.PROTECT,
        verbose_name="cán bộ",
        null=True,
        blank=True,
        related_name="enrolments",
    )
    outside_learner = models.ForeignKey(
        OutsideLearner,
        models.PROTECT,
        verbose_name="học viên ngoài danh sách",
        null=True,
        blank=True,
        related_name="enrolments",
    )
    result = models.CharField("kết quả", max_length=10, choices=Result, default=Result.STUDYING)
    certificate_number = CleanCharField("số chứng chỉ", max_length=60, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt người học"
        ordering = ["training_class", "pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_is_of_a_cadre_or_an_outsider",
                condition=Q(cadre__isnull=False, outside_learner=None)
                | Q(cadre=None, outside_learner__isnull=False),
                violation_error_message="Mỗi lượt là một cán bộ hoặc một học viên ngoài danh sách.",
            ),
            models.UniqueConstraint(
                fields=["training_class", "cadre"],
                name="cadre_is_enrolled_once",
                violation_error_message="Người này đã có trong lớp.",
            ),
            models.UniqueConstraint(
                fields=["training_class", "outside_learner"], name="outsider_is_enrolled_once"
            ),
        ]

    def __str__(self):
        return f"{self.learner_name}, {self.training_class}"

    @property
    def learner_name(self):
        learner = self.cadre or self.outside_learner
        return learner.full_name if learner else ""
