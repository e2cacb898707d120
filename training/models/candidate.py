"""Sources of cadres (nguồn cán bộ): whom cells and organisations of a commune introduce.

Not quy hoạch: planning lists may be secrets of the Party and are not kept here (domain §5).
"""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Cadre, Commune
from daitu_portal.fields import CleanCharField, NameSortField, PartialDateField, SearchTextField
from training.models.programme import Programme

_USER = settings.AUTH_USER_MODEL


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The district sees all; a commune those that were introduced in it."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            return self.filter(commune__in=Commune.objects.line_of_user(user))
        return self.none()

    def introduced_by(self, day):
        """Those introduced by `day`."""
        return self.filter(introduced_on__lte=day)

    def with_state_on(self, day):
        """Each with `state_then`, its state on `day`, read back from the steps: None before the
        first."""
        steps = CandidateStep.objects.standing().filter(candidate=OuterRef("pk"), on__lte=day)
        latest = steps.order_by("-on", "-pk").values("state")[:1]
        return self.annotate(state_then=Subquery(latest))


class Candidate(models.Model):
    """Someone introduced as a source of cadres; `cadre` once the person has a record."""

    class Kind(models.TextChoices):
        YOUNG_MEMBER = "young_member", "Đảng viên trẻ"
        PART_TIME = "part_time", "Người hoạt động không chuyên trách"
        VILLAGE = "village", "Cán bộ thôn, xóm, tổ dân phố"
        STUDENT = "student", "Sinh viên"
        OTHER = "other", "Khác"

    class Body(models.TextChoices):
        CELL = "cell", "Chi bộ"
        FRONT = "front", "Mặt trận Tổ quốc"
        YOUTH = "youth", "Đoàn Thanh niên"
        WOMEN = "women", "Hội Phụ nữ"
        FARMERS = "farmers", "Hội Nông dân"
        VETERANS = "veterans", "Hội Cựu chiến binh"
        OTHER = "other", "Tổ chức khác"

    class State(models.TextChoices):
        INTRODUCED = "introduced", "Được giới thiệu"
        TRAINING = "training", "Đang bồi dưỡng"
        RECRUITED = "recruited", "Đã tuyển dụng"
        ELECTED = "elected", "Được bầu"
        ENDED = "ended", "Thôi"

    full_name = CleanCharField("họ và tên", max_length=100)
    name_sort_key = NameSortField(source="full_name", max_length=400)
    search_text = SearchTextField(source="full_name")
    sex = models.CharField("giới tính", max_length=1, choices=Cadre.Sex)
    born_on = PartialDateField("ngày sinh", null=True, blank=True)
    kind = models.CharField("là", max_length=12, choices=Kind)
    commune = models.ForeignKey(
        Commune, models.PROTECT, verbose_name="xã, thị trấn", related_name="candidates"
    )
    body = models.CharField("tổ chức giới thiệu", max_length=8, choices=Body)
    body_name = CleanCharField("tên tổ chức", max_length=120, blank=True)
    introduced_on = models.DateField("ngày giới thiệu")
    strengths = CleanCharField("điểm mạnh", max_length=255, blank=True)
    training_agreed = CleanCharField("hướng bồi dưỡng", max_length=255, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="chương trình", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, verbose_name="hồ sơ cán bộ", null=True, blank=True,
        related_name="candidacies",
    )  # fmt: skip
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.INTRODUCED)
    state_on = models.DateField("từ ngày")
    entered_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người nhập", null=True, related_name="+"
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "nguồn cán bộ"
        ordering = ["name_sort_key", "pk"]
        indexes = [models.Index("commune", "state", name="candidate_of_commune")]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("training:candidate", args=[self.pk])


class CandidateStepQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class CandidateStep(models.Model):
    """What became of a candidate, and when: the states are read back on any day.

    A step written by mistake is taken back and keeps its row.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="steps")
    state = models.CharField("tình trạng", max_length=10, choices=Candidate.State)
    on = models.DateField("từ ngày")
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người ghi", null=True, related_name="+"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        _USER, models.PROTECT, verbose_name="người rút", null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)

    objects = CandidateStepQuerySet.as_manager()

    class Meta:
        verbose_name = "diễn biến của nguồn cán bộ"
        ordering = ["on", "pk"]

    def __str__(self):
        return self.get_state_display()
