"""The same certificate number of two people: told, never refused, for papers do bear wrong ones."""

from collections.abc import Iterable, Mapping
from typing import Any

from training.models import Enrolment
from training.person_keys import key_of

_TOLD = 3


def same_numbers(enrolments: Iterable[Enrolment], numbers: Mapping[int, str]) -> dict[int, str]:
    """By key of each of `enrolments`, in words, whose certificate bears its number too: somebody
    else's of the same provider and programme.

    `numbers` are the certificates of `enrolments` by key, as they stand or as they are typed. The
    class and the outside learner are loaded. One query; none where nobody has a number.
    """
    mine = {each.pk: each for each in enrolments}
    asked = {key: number.strip() for key, number in numbers.items() if number.strip()}
    if not asked:
        return {}
    bearers: dict[Any, list[Enrolment]] = {}
    for key, number in asked.items():
        bearers.setdefault(_series(mine[key], number), []).append(mine[key])
    providers = {each.training_class.provider_id for each in mine.values()}
    rows = Enrolment.objects.filter(
        certificate_number__in=set(asked.values()), training_class__provider__in=providers
    ).exclude(pk__in=list(mine))
    for each in rows.select_related("cadre", "outside_learner", "training_class").order_by("pk"):
        bearers.setdefault(_series(each, each.certificate_number), []).append(each)
    told = {
        key: _others(mine[key], bearers[_series(mine[key], number)])
        for key, number in asked.items()
    }
    return {key: f"số {asked[key]} cũng là của {words}" for key, words in told.items() if words}


def told_of(same: Mapping[int, str], names: Mapping[int, str]) -> str:
    """A warning of `same_numbers` in one line, by name; "" where there is nothing to warn of."""
    told = [f"{names[key]}: {words}" for key, words in same.items()]
    more = f"; và {len(told) - _TOLD} người nữa" if len(told) > _TOLD else ""
    said = "; ".join(told[:_TOLD])
    return f"Trùng số chứng chỉ, xem lại: {said}{more}." if told else ""


def _series(enrolment: Enrolment, number: str) -> tuple[int, int | None, str]:
    """Within what a number is given once."""
    held = enrolment.training_class
    return held.provider_id, held.programme_id, number.casefold()


def _others(enrolment: Enrolment, bearers: Iterable[Enrolment]) -> str:
    found = {
        _person(each): f"{each.learner_name} (lớp {each.training_class.code})" for each in bearers
    }
    found.pop(_person(enrolment), None)
    more = f" và {len(found) - 1} người khác" if len(found) > 1 else ""
    return f"{next(iter(found.values()))}{more}" if found else ""


def _person(enrolment: Enrolment) -> str:
    learner = enrolment.outside_learner
    return key_of(
        enrolment.cadre_id, learner.cadre_id if learner else None, enrolment.outside_learner_id
    )
