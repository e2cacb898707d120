"""What waits in the loop of training, for the front page: rows of now, counted by whoever asks."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import Role, User
from training.models import Assessment, Credit, Need, PlanLine, Study, TrainingClass, TrainingPlan

State = TrainingClass.State


def waiting(user: User) -> dict[str, QuerySet[Any]]:
    """By what they are, the rows that wait for `user`; none for a role that does nothing."""
    if user.is_district_hr:
        return _of_the_district(user)
    if user.role in (Role.COMMUNE_CLERK, Role.COMMUNE_HEAD):
        return _of_a_commune(user)
    return {}


def _of_the_district(user: User) -> dict[str, QuerySet[Any]]:
    classes = TrainingClass.objects.visible_to(user)
    return {
        "training_needs": Need.objects.visible_to(user)
        .with_course(date.max)
        .with_met()
        .unplanned(),
        "training_lines": PlanLine.objects.visible_to(user)
        .filter(plan__state=TrainingPlan.State.REGISTERING, into=None, left_out_because="")
        .exclude(commune=None),
        "training_drafts": classes.filter(state=State.DRAFT),
        "training_open": classes.filter(state=State.OPEN),
        "training_running": classes.filter(state=State.RUNNING),
        "training_results": classes.filter(state=State.RESULTS),
        "training_credits": Credit.objects.visible_to(user).proposed(),
        "training_studies": Study.objects.visible_to(user).filter(ended_on=None),
    }


def _of_a_commune(user: User) -> dict[str, QuerySet[Any]]:
    needs = Need.objects.visible_to(user)
    assessed = Assessment.objects.visible_to(user)
    return {
        "training_stated": needs.filter(state=Need.State.STATED),
        "training_needs": needs.registered(),
        "training_assessed": assessed.filter(state=Assessment.State.ENTERED),
        "training_credits": Credit.objects.visible_to(user).proposed(),
        "training_studies": Study.objects.visible_to(user).filter(ended_on=None),
    }
