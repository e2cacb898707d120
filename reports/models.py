"""Indicators: what a ratio counts, as dated data."""

from django.db import models
from django.db.models import Q

from cadres.models.period import Dated, DatedQuerySet, ends_after_it_begins
from daitu_portal.fields import CleanCharField
from reports.forecast.models import Scenario, ScenarioItem, ScenarioPerson

__all__ = ["Indicator", "Scenario", "ScenarioItem", "ScenarioPerson"]


class Indicator(Dated):
    """A named ratio: whom it counts, what puts one in the numerator, and what one unit is.

    `title_set` names the posts (cadres.TitleSet.code) where the population is of post holders.
    `predicate` is data in the vocabulary of cadres/rules/requirements.py; {"verdict": true} means
    the standard of the post, {"rating": 3} a yearly rating of at least that level.
    """

    class Population(models.TextChoices):
        HOLDERS = "holders", "Người giữ chức vụ, chức danh"
        COMMITTEE = "committee", "Cấp ủy viên"
        RATED = "rated", "Người được xếp loại"

    class Unit(models.TextChoices):
        PERSON = "person", "người"
        POST = "post", "lượt giữ chức vụ, chức danh"

    code = models.CharField("mã", max_length=40)
    name = CleanCharField("tên", max_length=200)
    short_name = CleanCharField("tên ngắn", max_length=60)
    population = models.CharField("tổng thể", max_length=10, choices=Population)
    title_set = models.CharField("mã nhóm chức danh", max_length=40, blank=True)
    predicate = models.JSONField("điều kiện")
    unit = models.CharField("đơn vị đếm", max_length=6, choices=Unit)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    is_headline = models.BooleanField("ở trang đầu", default=False)
    definition = models.TextField("cách tính", blank=True)
    note = models.TextField("ghi chú", blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        ordering = ["order", "code", "valid_from"]
        constraints = [
            ends_after_it_begins("indicator"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="indicator_begins_once_a_day"
            ),
            models.CheckConstraint(
                name="indicator_of_holders_names_a_title_set",
                condition=Q(population="committee") | ~Q(title_set=""),
            ),
        ]

    def __str__(self):
        return self.name
