"""Who on record may be the person that is being entered: looked for before a second record is made.

The database finds candidates by its indexes; the rules (rules/likeness.py) judge them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from cadres.models import Cadre
from cadres.rules.likeness import Likeness, Traits, likeness, mended, slips
from daitu_portal.dates import PartialDate
from daitu_portal.text import sound_key

MOST_ASKED = 20  # the strongest; nobody looks through more


@dataclass(frozen=True)
class Alike:
    """Someone on record, and why it may be the same person."""

    cadre: Cadre
    likeness: Likeness


def traits_of(cadre: Cadre) -> Traits:
    """What of a record tells who it is."""
    born_on = cadre.born_on if isinstance(cadre.born_on, PartialDate) else None
    return Traits(
        cadre.full_name, born_on, cadre.sex, cadre.national_id or "", cadre.phone or ""
    )  # fmt: skip


def alike_to(cadre: Cadre) -> list[Alike]:
    """Others on record who may be this person, the likeliest first. One query, by indexes."""
    mine = traits_of(cadre)
    return likest(mine, candidates(mine).exclude(pk=cadre.pk))


def newly_alike(cadre: Cadre, was: Cadre) -> list[Alike]:
    """Those whom `cadre`, as a form left it, resembles more than `was`, as it stands, did: what
    was alike before is no news."""
    before = {each.cadre.pk: each.likeness.score for each in alike_to(was)}
    return [each for each in alike_to(cadre) if each.likeness.score > before.get(each.cadre.pk, 0)]


def split_by_scope(alike: Sequence[Alike], user) -> tuple[list[Alike], bool]:
    """(those whom `user` may see, whether someone likely is out of sight): of people of another
    commune nothing may be told but that there are any."""
    keys = [each.cadre.pk for each in alike]
    mine = set(Cadre.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    hidden = [each for each in alike if each.cadre.pk not in mine]
    return [each for each in alike if each.cadre.pk in mine], any(
        each.likeness.is_likely for each in hidden
    )


def likest(mine: Traits, others: Iterable[Cadre]) -> list[Alike]:
    """Those of `others` who may be the person of these traits, the likeliest first."""
    found = [Alike(other, how) for other in others if (how := likeness(mine, traits_of(other)))]
    found.sort(key=lambda each: (-each.likeness.score, each.cadre.pk or 0))
    return found[:MOST_ASKED]


def alike_to_new(people: Sequence[Cadre], user) -> list[list[Alike]]:
    """For each of `people`, who are not on record yet, those whom `user` may see and who may be
    the same person, the likeliest first. One query; none for nobody."""
    if not people:
        return []
    traits = [traits_of(cadre) for cadre in people]
    found = reduce(or_, (_found_by(each) for each in traits))
    others = list(Cadre.objects.visible_to(user).filter(found, is_kept=True))
    return [likest(each, others) for each in traits]


def candidates(mine: Traits) -> QuerySet[Cadre]:
    """Whom the indexes find: by sounds and year of birth, by the very day, by telephone, and by
    CCCD numbers that are a slip of the hand away."""
    return Cadre.objects.filter(_found_by(mine), is_kept=True)


def _found_by(mine: Traits) -> Q:
    conditions = _by_birth(mine)
    number = mended(mine.national_id)
    if number:
        conditions.append(Q(national_id__in=slips(number) | {number}))
    if mine.phone:
        conditions.append(Q(phone=mine.phone))
    return reduce(or_, conditions, Q(pk__in=[]))


def _by_birth(mine: Traits) -> list[Q]:
    if mine.born_on is None:
        return []
    found = [Q(born_on=mine.born_on)] if mine.born_on.precision == "day" else []
    key, year = sound_key(mine.full_name), mine.born_on.year
    if key:
        of_year = {"born_on__gte": f"{year:04d}", "born_on__lt": f"{year + 1:04d}"}
        found.append(Q(sound_key=key, **of_year))
    return found
