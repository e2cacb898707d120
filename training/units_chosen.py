"""Which units a filter offers: those in force, and those that are no more where they have rows."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cadres.models import Commune, Holding
from training.models import Candidate, OutsideLearner


def units_to_choose(units: Any, day: date, *, has_rows: Q) -> Any:
    """Of `units` those in force on `day`, and others that `has_rows` says something is of; by
    kind and name, of one name those in force first. One query."""
    in_force = Commune.objects.on(day).values("pk")
    return units.filter(Q(pk__in=in_force) | has_rows).order_by("kind", "sort_key", "-valid_from")


def dated_name(unit: Commune, day: date) -> str:
    """The name; of a unit that is no more on `day` also its last day."""
    last = unit.last_on
    return f"{unit.name} (đến hết {last:%d/%m/%Y})" if last and last < day else unit.name


def of_candidates() -> Q:
    """Units with people introduced as a source of cadres."""
    return Q(Exists(Candidate.objects.filter(commune=OuterRef("pk"))))


def of_learners(day: date) -> Q:
    """Units where somebody held a post on `day`, or of which an outside learner is."""
    held = Holding.objects.on(day).filter(commune=OuterRef("pk"))
    learners = OutsideLearner.objects.filter(commune=OuterRef("pk"), cadre=None)
    return Q(Exists(held)) | Q(Exists(learners))
