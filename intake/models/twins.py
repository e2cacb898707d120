"""Pairs of people that were looked at and are two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from daitu_portal.fields import CleanCharField


class NotSameQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the district office: a pair names people of any two communes."""
        return self if user.is_district_hr else self.none()

    def of_pair(self, one, other):
        """That of the two people, by key, in whichever order."""
        return self.filter(first=min(one, other), second=max(one, other))


class NotSame(models.Model):
    """Two people who look like one, and who someone knows to be two; `first` has the lower key."""

    first = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    second = models.ForeignKey(Cadre, models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người xem xét", related_name="+"
    )
    at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    reason = CleanCharField("lý do", max_length=255)

    objects = NotSameQuerySet.as_manager()

    class Meta:
        verbose_name = "hai người khác nhau"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_same_is_told_once"),
            models.CheckConstraint(
                name="not_same_is_of_two_in_order", condition=Q(first__lt=F("second"))
            ),
        ]

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"
