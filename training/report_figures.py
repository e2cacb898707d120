"""Cells of the result template that are typed."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from training.models import ReportFigure
from training.result_report import Period
from training.rules.result_template import MANUAL_ROW


def figures_of(period: Period) -> tuple[dict[str, int], str]:
    """What is typed for the period, by column, and where it is from."""
    typed = list(
        ReportFigure.objects.filter(period_from=period.first, period_to=period.last, row=MANUAL_ROW)
    )
    return {each.column: each.value for each in typed}, typed[0].note if typed else ""


@transaction.atomic
def type_in(period: Period, figures: Mapping[str, int], *, note: str, by: User) -> None:
    """Put `figures` (by column) in the place of what was typed for the period."""
    ReportFigure.objects.filter(
        period_from=period.first, period_to=period.last, row=MANUAL_ROW
    ).exclude(column__in=figures).delete()
    for column, value in figures.items():
        ReportFigure.objects.update_or_create(
            period_from=period.first, period_to=period.last, row=MANUAL_ROW, column=column,
            defaults={"value": value, "note": note, "entered_by": by},
        )  # fmt: skip
