"""Who took part: people of the record and others, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Basis, Cadre, Commune, Holding
from cadres.models.period import on_day
from daitu_portal.fields import CleanCharField, NameSortField, PartialDateField, SearchTextField
from training.models.training_class import ClassSession, TrainingClass

_USER = settings.AUTH_USER_MODEL
# Results of those who take no part, or no longer: they hold no seat, and none counts as a lượt.
FREED = ("absent", "transferred", "withdrawn")
# The participations of classes that count, as a condition of a Count over `enrolments`.
COUNTED = ~Q(enrolments__result__in=FREED)


class OutsideLearnerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The district sees all; a commune those it names as theirs."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            return self.filter(commune__in=Commune.objects.line_of_user(user))
        return self.none()


class OutsideLearner(models.Model):
    """Someone who learns with the officials but has no record here: teachers, village staff.

    Linked to a person of the record once one appears: the participations stay as they were
    written, and are counted as that person's.
    """

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
    sex = models.CharField("giới tính", max_length=1, choices=Cadre.Sex, blank=True)
    born_on = PartialDateField("ngày sinh", null=True, blank=True)
    ethnicity = CleanCharField("dân tộc", max_length=40, blank=True)
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, verbose_name="là cán bộ", null=True, blank=True,
        related_name="as_outsider",
    )  # fmt: skip
    linked_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nối", null=True, related_name="+"
    )
    linked_at = models.DateTimeField("nối lúc", null=True, blank=True)

    objects = OutsideLearnerQuerySet.as_manager()

    class Meta:
        verbose_name = "học viên ngoài danh sách"
        ordering = ["name_sort_key", "pk"]

    def __str__(self):
        return self.full_name


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The district sees all; a commune those of its people and its outside learners. A draft
        class is the district staff's alone."""
        if user.is_district_hr:
            return self
        held = self.exclude(training_class__state=TrainingClass.State.DRAFT)
        if user.role in DISTRICT_ROLES:
            return held
        if user.role in COMMUNE_ROLES:
            line = Commune.objects.line_of_user(user)
            return held.filter(
                Q(cadre__in=Cadre.objects.visible_to(user).values("pk"))
                | Q(outside_learner__commune__in=line)
            )
        return self.none()

    def of_people(self, keys):
        """Those of these people, as officials or as the outside learners they once were."""
        # not through a join: an `or` over two tables reads every participation there is
        once = OutsideLearner.objects.filter(cadre__in=keys).values("pk")
        return self.filter(Q(cadre__in=keys) | Q(outside_learner__in=once))

    def took_part(self):
        """Without those who never came, left for another class, or were taken off the list."""
        return self.exclude(result__in=FREED)

    def left(self):
        """Only those: listed beside, never counted as a lượt."""
        return self.filter(result__in=FREED)

    def left_last(self):
        """By name, those who took part before those who did not. Needs `with_sort_key`."""
        left = Case(When(result__in=FREED, then=1), default=0)
        return self.order_by(left, "sort_key", "pk")

    def with_unit(self):
        """Annotate `unit`: the name of the unit of the main post on the day the class began, or
        the workplace of an outside learner; empty or None where neither is known."""
        day = on_day(OuterRef("training_class__begins_on"))
        held = Holding.objects.filter(day, cadre=OuterRef("cadre")).main_first()
        return self.annotate(
            unit=Case(
                When(cadre=None, then=F("outside_learner__workplace")),
                default=Subquery(held.values("commune__name")[:1]),
            )
        )

    def with_sort_key(self):
        """Annotate `sort_key`: the order of names, of officials and outsiders alike."""
        return self.annotate(
            sort_key=Coalesce("cadre__name_sort_key", "outside_learner__name_sort_key")
        )

    def count_by_class(self, classes):
        """By key of each of `classes`, its participations and those of officials among them, a
        linked outside learner as one, of those who took part. One query."""
        rows = (
            self.took_part()
            .filter(training_class__in=classes)
            .order_by()
            .values_list("training_class")
        )
        counted = rows.annotate(
            models.Count("pk"),
            of_officials=models.Count(Coalesce("cadre", "outside_learner__cadre")),
        )
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
        ABSENT = "absent", "Vắng, không học"
        EXTENDED = "extended", "Kéo dài"
        SUSPENDED = "suspended", "Tạm dừng"
        TRANSFERRED = "transferred", "Chuyển lớp"
        WITHDRAWN = "withdrawn", "Rút khỏi lớp"

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
    decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định cử đi học", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    need = models.ForeignKey(
        "training.Need", models.PROTECT, verbose_name="nhu cầu", null=True, blank=True,
        related_name="enrolments",
    )  # fmt: skip
    exception_reason = CleanCharField("lý do cử ngoài đối tượng", max_length=255, blank=True)
    result = models.CharField("kết quả", max_length=11, choices=Result, default=Result.STUDYING)
    result_on = models.DateField("ngày có kết quả", null=True, blank=True)
    result_decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định về kết quả", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    result_note = CleanCharField("ghi chú kết quả", max_length=255, blank=True)
    score = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    transferred_to = models.ForeignKey(
        TrainingClass, models.PROTECT, verbose_name="chuyển sang lớp", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    certificate_number = CleanCharField("số chứng chỉ", max_length=60, blank=True)
    certificate_on = models.DateField("ngày cấp chứng chỉ", null=True, blank=True)
    enrolled_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người ghi danh", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    enrolled_at = models.DateTimeField("ghi danh lúc", null=True, blank=True)

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
    def has_left(self):
        """Whether it is no lượt: never came, went elsewhere, or was taken off the list."""
        return self.result in FREED

    @property
    def learner_name(self):
        learner = self.cadre or self.outside_learner
        return learner.full_name if learner else ""


class Attendance(models.Model):
    """Whether a learner sat in a sitting of the class; no row: not called yet."""

    class Mark(models.TextChoices):
        PRESENT = "present", "Có mặt"
        LATE = "late", "Đi muộn"
        EXCUSED = "excused", "Vắng có phép"
        ABSENT = "absent", "Vắng không phép"

    session = models.ForeignKey(
        ClassSession, models.PROTECT, verbose_name="buổi học", related_name="attendances"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, verbose_name="lượt người học", related_name="attendances"
    )
    mark = models.CharField("điểm danh", max_length=8, choices=Mark)
    marked_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người điểm danh", related_name="+"
    )
    marked_at = models.DateTimeField("điểm danh lúc", default=timezone.now)

    class Meta:
        verbose_name = "điểm danh"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_is_one"),
        ]

    def __str__(self):
        return self.get_mark_display()
