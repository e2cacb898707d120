"""Who took part: people of the record and others, what came of it, and what it proves."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Basis, Cadre, Change, Commune, Holding
from cadres.models.period import on_day
from cadres.models.qualification import (
    CONTENT_CHOICES,
    STRAND_CHOICES,
    Qualification,
    ShortTraining,
    StudyField,
)
from cadres.rules.levels import level_label
from daitu_portal.fields import CleanCharField, NameSortField, PartialDateField, SearchTextField
from training.models.training_class import ClassSession, TrainingClass

_USER = settings.AUTH_USER_MODEL


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
        return self.filter(Q(cadre__in=keys) | Q(outside_learner__cadre__in=keys))

    def took_part(self):
        """Without those who never came, left for another class, or were taken off the list."""
        away = [Enrolment.Result.ABSENT, Enrolment.Result.TRANSFERRED, Enrolment.Result.WITHDRAWN]
        return self.exclude(result__in=away)

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


class CreditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the people `user` may see."""
        if user.role in DISTRICT_ROLES:
            return self
        return self.filter(cadre__in=Cadre.objects.visible_to(user).values("pk"))

    def proposed(self):
        """Those whose certificate waits to be confirmed."""
        return self.filter(state=Credit.State.PROPOSED)

    def with_standing(self):
        """Annotate `stands`: whether the row that a confirmed one wrote is in the record. It may
        have been undone or removed there since, and given back."""
        whens = [
            When(table=row._meta.label_lower,
                 then=Exists(row.objects.filter(pk=OuterRef("row_id"), cadre=OuterRef("cadre"))))
            for row in (Qualification, ShortTraining)
        ]  # fmt: skip
        return self.annotate(
            stands=Case(*whens, default=Value(False), output_field=models.BooleanField())
        )

    def in_state(self, state):
        """Those that are so by what the record says now, each with `stands`."""
        found, gone = self.with_standing(), Q(state=Credit.State.CONFIRMED, stands=False)
        if state == Credit.State.WITHDRAWN:
            return found.filter(Q(state=state) | gone)
        return found.filter(state=state).exclude(gone)


class Credit(models.Model):
    """What a completed class or study proposes for the record (domain §6.4): a level, or a content
    of short training. It counts only when the certificate is confirmed: a change of the record
    then holds it, and undoing the result undoes that change.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Chờ xác nhận chứng chỉ"
        CONFIRMED = "confirmed", "Đã vào hồ sơ"
        DROPPED = "dropped", "Không ghi nhận"
        WITHDRAWN = "withdrawn", "Đã rút khỏi hồ sơ"

    cadre = models.ForeignKey(Cadre, models.PROTECT, verbose_name="cán bộ", related_name="credits")
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, verbose_name="lượt người học", null=True, blank=True,
        related_name="credit",
    )  # fmt: skip
    study = models.OneToOneField(
        "training.Study", models.PROTECT, verbose_name="cử đi học", null=True, blank=True,
        related_name="credit",
    )  # fmt: skip
    strand = models.CharField("nội dung", max_length=20, choices=STRAND_CHOICES, blank=True)
    rank = models.PositiveSmallIntegerField("mức", null=True, blank=True)
    field = models.ForeignKey(
        StudyField, models.PROTECT, verbose_name="nhóm ngành", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    major = CleanCharField("chuyên ngành", max_length=120, blank=True)
    content = models.CharField("bồi dưỡng", max_length=25, choices=CONTENT_CHOICES, blank=True)
    awarded_on = models.DateField("ngày cấp")
    evidence = models.CharField(
        "giấy tờ", max_length=12, choices=Qualification.Evidence,
        default=Qualification.Evidence.CERTIFICATE,
    )  # fmt: skip
    evidence_number = CleanCharField("số hiệu giấy tờ", max_length=60, blank=True)
    institution = CleanCharField("cơ sở cấp", max_length=160, blank=True)
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.PROPOSED)
    change = models.ForeignKey(
        Change, models.PROTECT, verbose_name="thay đổi hồ sơ", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    table = models.CharField("bảng", max_length=30, blank=True)
    row_id = models.BigIntegerField("dòng hồ sơ", null=True, blank=True)
    decided_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người xác nhận", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    reason = CleanCharField("lý do", max_length=255, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả chờ ghi nhận"
        ordering = ["-awarded_on", "pk"]
        indexes = [
            models.Index("state", "awarded_on", name="credit_by_state"),
            models.Index("table", "row_id", name="credit_of_row"),
        ]
        constraints = [
            models.CheckConstraint(
                name="credit_is_of_a_class_or_a_study",
                condition=Q(enrolment__isnull=False, study=None)
                | Q(enrolment=None, study__isnull=False),
            ),
            models.CheckConstraint(
                name="credit_is_a_level_or_a_content",
                condition=Q(content="", rank__isnull=False) & ~Q(strand="")
                | Q(strand="", rank=None) & ~Q(content=""),
            ),
            models.CheckConstraint(
                name="credit_confirmed_has_its_change",
                condition=~Q(state="confirmed") | Q(change__isnull=False),
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def what(self):
        if self.content:
            return self.get_content_display()
        return f"{self.get_strand_display()}: {level_label(self.strand, self.rank or 0)}"

    @property
    def state_now(self):
        """The state by what the record says now. One query, none for a row `with_standing`."""
        if self.state != self.State.CONFIRMED:
            return self.State(self.state)
        stands = getattr(self, "stands", None)
        if stands is None:
            stands = Credit.objects.in_state(self.State.CONFIRMED).filter(pk=self.pk).exists()
        return self.State.CONFIRMED if stands else self.State.WITHDRAWN

    @property
    def state_words(self):
        """The state in words; where the record's own history took it back, that too."""
        now = self.state_now
        is_elsewhere = now == self.State.WITHDRAWN != self.state
        return f"{now.label} (gỡ ở hồ sơ)" if is_elsewhere else now.label

    @property
    def source(self):
        """The class or the study that it comes of."""
        return self.enrolment.training_class if self.enrolment else self.study

    @property
    def source_name(self):
        return self.source.name if self.enrolment else f"Cử đi học: {self.source.school}"
