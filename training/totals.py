"""How many participations, of how many people: each total says which. Set-based."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from training.models import Enrolment, TrainingClass


@dataclass(frozen=True)
class Totals:
    """Classes, participations (lượt), distinct people, and the officials among them."""

    classes: int
    participations: int
    people: int
    officials: int
    of_officials: int  # participations of officials


def totals_of(classes: QuerySet[TrainingClass], enrolments: QuerySet[Enrolment]) -> Totals:
    """The totals of `classes`, over those of `enrolments` in them. Two queries.

    An outside learner who is linked to a record is that official: one person, whose participations
    are an official's.
    """
    chosen = enrolments.filter(training_class__in=classes.order_by().values("pk"))
    official = Coalesce("cadre", "outside_learner__cadre")
    found = chosen.aggregate(
        participations=Count("pk"),
        officials=Count(official, distinct=True),
        outsiders=Count(
            "outside_learner", distinct=True, filter=Q(outside_learner__cadre__isnull=True)
        ),
        of_officials=Count(official),
    )
    return Totals(
        classes=classes.count(),
        participations=found["participations"],
        people=found["officials"] + found["outsiders"],
        officials=found["officials"],
        of_officials=found["of_officials"],
    )
