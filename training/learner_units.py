"""Where learners worked on a day: for sheets and prints of a class."""

from collections.abc import Iterable
from datetime import date

from cadres.models import Holding
from training.models import Enrolment


def units_of(enrolments: Iterable[Enrolment], day: date) -> dict[int, str]:
    """By key of each participation the unit of the main post on `day`, or the workplace of an
    outside learner; "" where none is known. One query."""
    told = list(enrolments)
    held = Holding.objects.main_units([each.cadre_id for each in told if each.cadre_id], day)
    return {each.pk: _unit(each, held) for each in told}


def _unit(enrolment: Enrolment, held: dict[int, str]) -> str:
    learner = enrolment.outside_learner
    if learner is None:
        return held.get(enrolment.cadre_id or 0, "")
    return learner.workplace or (learner.commune.name if learner.commune else "")


def posts_of(enrolments: Iterable[Enrolment], day: date) -> dict[int, str]:
    """By key of each participation the main post on `day` and its unit in one line, or the kind
    and workplace of an outside learner. One query."""
    told = list(enrolments)
    people = [each.cadre_id for each in told if each.cadre_id]
    rows = Holding.objects.on(day).filter(cadre__in=people).main_first()
    held: dict[int, str] = {}
    for person, post, unit in rows.values_list("cadre", "post__name", "commune__name"):
        held.setdefault(person, f"{post}, {unit}")
    return {each.pk: _post(each, held) for each in told}


def _post(enrolment: Enrolment, held: dict[int, str]) -> str:
    learner = enrolment.outside_learner
    if learner is None:
        return held.get(enrolment.cadre_id or 0, "")
    return ", ".join(filter(None, (learner.get_kind_display(), _unit(enrolment, held))))
