"""Classes that the district holds or joins, their hours, and hands-on sessions beside them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cadres.models import Basis
from daitu_portal.fields import CleanCharField, SearchTextField
from training.models.ceilings import MONEY, at_most
from training.models.programme import ClassForm, ContentGroup, Programme, Provider

_USER = settings.AUTH_USER_MODEL


class TrainingClassQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the district's staff; for others those that are more than a draft."""
        return self if user.is_district_hr else self.exclude(state=TrainingClass.State.DRAFT)

    def begun_by(self, day, since=None):
        """Those that began by `day`, and not before `since` where it is given."""
        found = self.filter(begins_on__lte=day)
        return found.filter(begins_on__gte=since) if since else found


class TrainingClass(models.Model):
    """A class that the district holds or joins."""

    class State(models.TextChoices):
        """One way: a class is planned, open to enrol, running, has results, is closed."""

        DRAFT = "draft", "Dự thảo"
        OPEN = "open", "Nhận đăng ký"
        RUNNING = "running", "Đang học"
        RESULTS = "results", "Vào kết quả"
        CLOSED = "closed", "Đã kết thúc"

    code = models.CharField("mã lớp", max_length=30, unique=True)
    name = CleanCharField("tên lớp", max_length=200)
    search_text = SearchTextField(source="name")
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="classes",
    )  # fmt: skip
    content_group = models.CharField("nhóm nội dung", max_length=20, choices=ContentGroup)
    form = models.CharField(
        "hình thức", max_length=10, choices=ClassForm, default=ClassForm.ON_SITE
    )
    is_held_here = models.BooleanField("huyện tổ chức", default=True)
    provider = models.ForeignKey(
        Provider, models.PROTECT, verbose_name="cơ sở đào tạo", related_name="classes"
    )
    venue = CleanCharField("địa điểm", max_length=160, blank=True)
    begins_on = models.DateField("khai giảng")
    ends_on = models.DateField("bế giảng")
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("số chỗ", null=True, blank=True)
    cost_central = models.PositiveBigIntegerField("kinh phí trung ương (đồng)", default=0)
    cost_local = models.PositiveBigIntegerField("kinh phí địa phương (đồng)", default=0)
    cost_other = models.PositiveBigIntegerField("kinh phí khác (đồng)", default=0)
    decision = models.ForeignKey(
        Basis, models.PROTECT, verbose_name="quyết định mở lớp", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    plan_line = models.ForeignKey(
        "training.PlanLine", models.PROTECT, verbose_name="dòng kế hoạch", null=True, blank=True,
        related_name="training_classes",
    )  # fmt: skip
    state = models.CharField("tình trạng", max_length=8, choices=State, default=State.DRAFT)
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

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
            models.CheckConstraint(
                name="class_is_of_a_possible_year",
                condition=Q(begins_on__gte=date(1990, 1, 1), ends_on__lt=date(2101, 1, 1)),
                violation_error_message="Lớp phải trong khoảng năm 1990 đến 2100.",
            ),
            at_most(
                "class", hours=9999, capacity=5000, cost_central=MONEY, cost_local=MONEY,
                cost_other=MONEY,
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("training:class", args=[self.pk])

    @property
    def cost(self):
        return self.cost_central + self.cost_local + self.cost_other

    @property
    def takes_learners(self):
        """Whether people can still be enrolled."""
        return self.state in (self.State.DRAFT, self.State.OPEN, self.State.RUNNING)


class ClassSession(models.Model):
    """A sitting of a class (buổi học): when and where, and what is taught."""

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, verbose_name="lớp", related_name="sessions"
    )
    held_on = models.DateField("ngày")
    begins_at = models.TimeField("từ giờ")
    ends_at = models.TimeField("đến giờ")
    topic = CleanCharField("nội dung", max_length=200, blank=True)
    venue = CleanCharField("địa điểm", max_length=160, blank=True)
    hours = models.PositiveSmallIntegerField("số tiết", null=True, blank=True)

    class Meta:
        verbose_name = "buổi học"
        ordering = ["held_on", "begins_at", "pk"]
        indexes = [models.Index("held_on", "training_class", name="class_session_by_day")]
        constraints = [
            models.CheckConstraint(
                name="class_session_ends_after_it_begins",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["training_class", "held_on", "begins_at"],
                name="class_session_begins_once",
                violation_error_message="Lớp đã có một buổi bắt đầu vào giờ này.",
            ),
            at_most("class_session", hours=24),
        ]

    def __str__(self):
        return f"{self.held_on:%d/%m/%Y} {self.begins_at:%H:%M}–{self.ends_at:%H:%M}"


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
        constraints = [at_most("hands_on_session", attendance=5000)]

    def __str__(self):
        return self.name


class SurveySheet(models.Model):
    """A questionnaire that came back after a class; who answered is not asked.

    `marks` holds a mark from 1 to 5 by the code of the question (training/rules/survey.py).
    """

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, verbose_name="lớp", related_name="survey_sheets"
    )
    marks = models.JSONField("điểm", default=dict)
    comment = models.TextField("ý kiến", max_length=1000, blank=True)
    token = models.CharField("mã phiếu", max_length=40, unique=True)  # a sheet sent twice is one
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", related_name="+"
    )
    entered_at = models.DateTimeField("nhập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "phiếu hỏi sau lớp"
        ordering = ["pk"]

    def __str__(self):
        return f"Phiếu hỏi, {self.training_class}"
