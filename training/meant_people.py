"""Whom a pasted or sent list means, among officials and outside learners on record."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from accounts.models import User
from cadres.models import Cadre
from daitu_portal.text import search_text
from training.models import OutsideLearner
from training.person_keys import cadre_key, learner_key
from training.rules.meant_people import Known, Match, Meant, match

_NAMES_AT_ONCE = 200


def matches(lines: Sequence[Meant], by: User) -> list[Match]:
    """Whom each line means among those `by` may see, in their order. Four queries for each two
    hundred lines."""
    found = []
    for start in range(0, len(lines), _NAMES_AT_ONCE):
        some = lines[start : start + _NAMES_AT_ONCE]
        people = _known(some, by)
        found += [match(meant, _of_line(meant, people)) for meant in some]
    return found


def _of_line(meant: Meant, people: dict[str, list[Known]]) -> list[Known]:
    asked = (search_text(meant.name)[:255], meant.code, meant.national_id)
    together = {each.key: each for key in asked if key for each in people.get(key, ())}
    return list(together.values())


def _known(lines: Iterable[Meant], by: User) -> dict[str, list[Known]]:
    """The people whom the lines may mean, by what a line can call them."""
    names = {search_text(each.name)[:255] for each in lines}
    codes = {each.code for each in lines if each.code}
    numbers = {each.national_id for each in lines if each.national_id}
    asked = Q(search_text__in=names)
    asked |= Q(code__in=codes) if codes else Q()
    asked |= Q(national_id__in=numbers) if numbers else Q()
    found: dict[str, list[Known]] = {}
    for cadre in Cadre.objects.visible_to(by).filter(asked).with_career().with_seats():
        known = _of_cadre(cadre)
        for name in (cadre.search_text, cadre.code, cadre.national_id or ""):
            found.setdefault(name, []).append(known)
    learners = OutsideLearner.objects.visible_to(by).filter(search_text__in=names, cadre=None)
    for learner in learners.select_related("commune").order_by("pk"):
        found.setdefault(learner.search_text, []).append(_of_learner(learner))
    return found


def _of_cadre(cadre: Any) -> Known:  # with career and seats loaded
    """With the units of today's posts and seats; of who has none any more, all that there were."""
    rows = [*cadre.career, *cadre.seats]
    units = [each.commune.name for each in rows if each.valid_to is None]
    return Known(
        key=cadre_key(cadre.pk),
        name=cadre.full_name,
        units=tuple(dict.fromkeys(units or [each.commune.name for each in rows])),
        year=cadre.born_on.year if cadre.born_on else None,
        code=cadre.code,
        national_id=cadre.national_id or "",
    )


def _of_learner(learner: OutsideLearner) -> Known:
    commune = learner.commune.name if learner.commune else ""
    return Known(
        key=learner_key(learner.pk),
        name=learner.full_name,
        units=tuple(filter(None, (learner.workplace, commune))),
        year=learner.born_on.year if learner.born_on else None,
        code=learner.code,
    )
