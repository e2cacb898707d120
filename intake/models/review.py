"""Reviews (đợt rà soát): communes look their records through by a day, and the head confirms."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES
from cadres.models import Cadre, Commune
from daitu_portal.fields import CleanCharField

_USER = settings.AUTH_USER_MODEL


class Review(models.Model):
    """A campaign of the district over groups of fields, with a deadline."""

    title = CleanCharField("tên đợt", max_length=160)
    groups = models.JSONField("nhóm thông tin", default=list)
    as_of = models.DateField("tính đến ngày")
    due_on = models.DateField("hạn")
    opened_by = models.ForeignKey(_USER, models.PROTECT, verbose_name="người mở", related_name="+")
    opened_at = models.DateTimeField("mở lúc", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đợt rà soát"
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("intake:review", args=[self.pk])


class ReviewUnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the user's commune and its successors; the district sees all."""
        if user.role in DISTRICT_ROLES:
            return self
        if user.role in COMMUNE_ROLES:
            return self.filter(commune__in=Commune.objects.line_of_user(user))
        return self.none()


class ReviewUnit(models.Model):
    """A commune's part of a review."""

    class State(models.TextChoices):
        OPEN = "open", "Đang rà soát"
        SENT = "sent", "Chờ người đứng đầu xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"

    review = models.ForeignKey(Review, models.PROTECT, related_name="units")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.OPEN)
    sent_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    fingerprint = models.CharField("dấu của danh sách", max_length=64, blank=True)

    objects = ReviewUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị của đợt rà soát"
        ordering = ["commune__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "commune"], name="review_unit_is_one"),
        ]

    def __str__(self):
        return f"{self.review}: {self.commune}"

    def get_absolute_url(self):
        return reverse("intake:review_unit", args=[self.pk])


class ReviewLine(models.Model):
    """A person of a commune's part: looked through by the clerk. `frozen` is what the list said of
    the person each time the head confirmed it, the first first: added to, never changed."""

    unit = models.ForeignKey(ReviewUnit, models.PROTECT, related_name="lines")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("rà soát lúc", null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    frozen = models.JSONField("danh sách đã xác nhận", null=True, blank=True)

    class Meta:
        verbose_name = "người trong đợt rà soát"
        ordering = ["cadre__name_sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "cadre"], name="review_line_is_one"),
        ]

    def __str__(self):
        return f"{self.cadre}"
