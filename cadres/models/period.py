"""Rows that are true for a period: from a day, until the day before another."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q


def on_day(day, prefix=""):
    """The condition that a dated row (behind `prefix`) is in force on `day`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def overlapping(start, end):
    """The condition that a dated row shares a day with [start, end); `end` None is for ever."""
    ends_after = Q(valid_to=None) | Q(valid_to__gt=start)
    return ends_after & Q(valid_from__lt=end) if end else ends_after


class DatedQuerySet(models.QuerySet):
    def overlapping(self, start, end):
        """Those that share a day with [start, end); `end` None is for ever."""
        return self.filter(overlapping(start, end))

    def on(self, day):
        """Those in force on `day`."""
        return self.filter(on_day(day))


class Dated(models.Model):
    """Both ends are stored: `valid_from` is the first day, `valid_to` the day after the last.

    Screens and workbooks show the last day (`last_on`), as the office writes it.
    """

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_on(self):
        """The last day it is in force, or None while it has no end."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    def is_in_force(self, day):
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def ends_after_it_begins(name):
    """The constraint that every dated table carries."""
    return models.CheckConstraint(
        name=f"{name}_ends_after_it_begins",
        condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
        violation_error_message="Ngày kết thúc phải không trước ngày bắt đầu.",
    )


def number_index(column, name):
    """The index by which people are found by the number of a paper: of beginnings, too."""
    return models.Index(fields=[column], name=name, opclasses=["varchar_pattern_ops"])
