"""The yearly rating of a cadre or civil servant (NĐ 90/2020): a dated row for each year."""

from django.db import models
from django.db.models import Q

from cadres.models.holding import OfCadreQuerySet
from cadres.models.period import number_index
from cadres.rules.ratings import rated_year
from daitu_portal.fields import CleanCharField


class RatingQuerySet(OfCadreQuerySet):
    def by(self, day):
        """Those of the years rated by `day`, the latest first."""
        return self.filter(year__lte=rated_year(day)).order_by("-year")


class Rating(models.Model):
    """How the state side rated a person's year. No row: not rated, which is not a bad rating."""

    class Level(models.IntegerChoices):
        FAILED = 1, "Không hoàn thành nhiệm vụ"
        DONE = 2, "Hoàn thành nhiệm vụ"
        GOOD = 3, "Hoàn thành tốt nhiệm vụ"
        EXCELLENT = 4, "Hoàn thành xuất sắc nhiệm vụ"

    cadre = models.ForeignKey(
        "cadres.Cadre", models.PROTECT, verbose_name="người", related_name="ratings"
    )
    year = models.PositiveSmallIntegerField("năm")
    level = models.PositiveSmallIntegerField("mức xếp loại", choices=Level)
    decision_number = CleanCharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=255, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại năm"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "year"],
                name="rating_is_one_a_year",
                violation_error_message="Người này đã được xếp loại năm ấy.",
            ),
            models.CheckConstraint(name="rating_level_exists", condition=Q(level__range=(1, 4))),
        ]
        indexes = [
            models.Index("year", "cadre", "level", name="rating_of_year"),
            number_index("decision_number", "rating_by_number"),
        ]

    def __str__(self):
        return f"{self.year}: {self.get_level_display()}"
