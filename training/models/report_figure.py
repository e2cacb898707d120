"""Figures of reports that no row of the record gives: typed in, and marked so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daitu_portal.fields import CleanCharField
from training.models.ceilings import at_most


class ReportFigure(models.Model):
    """A cell of the result template that is typed for a period (nhập tay): the row of those planned
    for office, whose lists are no business of the portal."""

    period_from = models.DateField("từ ngày")
    period_to = models.DateField("đến hết ngày")
    row = models.CharField("dòng", max_length=10)
    column = models.CharField("cột", max_length=2)
    value = models.PositiveIntegerField("số lượt")
    note = CleanCharField("ghi chú", max_length=255, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người nhập", related_name="+"
    )
    entered_at = models.DateTimeField("nhập lúc", auto_now=True)

    class Meta:
        verbose_name = "số liệu nhập tay"
        ordering = ["-period_from", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["period_from", "period_to", "row", "column"], name="report_figure_is_one"
            ),
            models.CheckConstraint(
                name="report_figure_period_ends_after_it_begins",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message="Ngày kết thúc phải không trước ngày bắt đầu.",
            ),
            at_most("report_figure", value=1_000_000),
        ]

    def __str__(self):
        return f"{self.row}, {self.column}: {self.value}"
