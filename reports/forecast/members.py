"""The people of a scenario: what the record says of each, and what is foreseen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from accounts.models import User
from cadres.models import Cadre, CommitteeMembership, Holding
from cadres.people_records import load_records
from cadres.retirement import Leaving, leaving
from cadres.rulebook import Rulebook
from cadres.rules.requirements import Record, Training
from cadres.verdicts import facts_from
from daitu_portal.dates import PartialDate
from reports.forecast.plan import Kind, Part, Plan, award_words
from training.models import Study
from training.rules.supposed import Gain, Member, Place, Standing, ended, hired, left


@dataclass
class Gathered:
    """Everybody whom a plan speaks of. `leaves` says who goes altogether, and from which day."""

    plan: Plan
    people: dict[int, Cadre] = field(default_factory=dict)  # in the order of names
    members: dict[int, Member] = field(default_factory=dict)
    hires: list[Member] = field(default_factory=list)
    leaves: dict[int, date] = field(default_factory=dict)
    overdue: int = 0
    unknown_age: int = 0
    named: dict[int, list[Part]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def everyone(self) -> list[Member]:
        return [*self.members.values(), *self.hires]

    @property
    def absent(self) -> int:
        """How many of those named have no record that the user may see."""
        return len(self.named.keys() - self.people.keys())

    @property
    def twice(self) -> int:
        """How many stand in two classes or studies: each pass is counted on its own."""
        return sum(sum(part.is_learning for part in parts) > 1 for key, parts in self.named.items())


def gather(user: User, plan: Plan, book: Rulebook) -> Gathered:
    """The members of `plan` whom `user` may see. At most eleven queries, however many people."""
    found = Gathered(plan)
    for part in plan.parts:
        for key in dict.fromkeys(part.everyone):
            if part.kind != Kind.TERM:
                found.named[key].append(part)
    _retire(found, user)
    _leave(found)
    terms = _terms(user, plan)
    keys = {*found.named, *found.leaves, *(key for _, _, _, key in terms)}
    if keys:
        people = Cadre.objects.visible_to(user).filter(pk__in=keys)
        found.people = {each.pk: each for each in people.order_by("name_sort_key", "pk")}
        _stand(found, user, book, terms)
    found.hires = list(_hires(plan))
    return found


def _retire(found: Gathered, user: User) -> None:
    """Who retires by the table or by decision; who is past the last day goes at once."""
    plan = found.plan
    if not plan.of(Kind.RETIREMENT):
        return
    told: Leaving = leaving(Cadre.objects.visible_to(user), plan.base, plan.until)
    first = plan.base + timedelta(days=1)
    for person in (*told.leavers, *told.overdue):
        if person.last_day:
            found.leaves[person.key] = max(person.last_day + timedelta(days=1), first)
    found.overdue, found.unknown_age = len(told.overdue), len(told.unknown)


def _leave(found: Gathered) -> None:
    """Whom the scenario names: the earlier of two days counts."""
    first = found.plan.base + timedelta(days=1)
    for part in found.plan.of(Kind.LEAVERS):
        for key in part.people:
            on = max(part.item.on or first, first)
            found.leaves[key] = min(found.leaves.get(key, on), on)


_Term = tuple[date, bool, int, int]  # the day, whether a post, key of the place, of the person


def _terms(user: User, plan: Plan) -> list[_Term]:
    """The posts and seats that end with a term, without those who stay. Two queries a term."""
    found: list[_Term] = []
    models: tuple[Any, ...] = (Holding, CommitteeMembership)
    for part in plan.of(Kind.TERM):
        on = max(part.item.on or plan.base, plan.base + timedelta(days=1))
        for model in models:
            rows = model.objects.visible_to(user).filter(term=part.item.term_id).on(plan.base)
            places = rows.exclude(cadre__in=part.people).values_list("pk", "cadre")
            found += [(on, model is Holding, place, person) for place, person in places]
    return found


def _stand(found: Gathered, user: User, book: Rulebook, terms: Sequence[_Term]) -> None:
    """Make the members: as recorded, as foreseen, with what they may gain."""
    plan = found.plan
    load_records(found.people.values(), plan.until, book)
    seats = _seats(user, found.people)
    ends: dict[int, list[_Term]] = defaultdict(list)
    for row in terms:
        ends[row[3]].append(row)
    gains = _gains(plan)
    for key, person in found.people.items():
        recorded = Standing(facts_from(person, plan.until), (*_held(person), *seats[key]))
        foreseen = recorded
        for on, is_post, place, _ in ends[key]:
            foreseen = ended(foreseen, on, {(is_post, place)})
        if key in found.leaves:
            foreseen = left(foreseen, found.leaves[key])
        found.members[key] = Member(key, recorded, foreseen, tuple(gains[key]))


def _held(person: Any) -> Iterable[Place]:
    return (Place(h.pk, h.commune_id, h.valid_from, h.valid_to, h.post.code) for h in person.career)


def _seats(user: User, keys: Iterable[int]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    rows = CommitteeMembership.objects.visible_to(user).filter(cadre__in=list(keys)).order_by("pk")
    for person, *told in rows.values_list("cadre", "pk", "commune", "valid_from", "valid_to"):
        found[person].append(Place(*told))
    return found


def _gains(plan: Plan) -> dict[int, list[Gain]]:
    """What each learner may gain, by key. At most one query, for studies on record."""
    found: dict[int, list[Gain]] = defaultdict(list)
    studies = _studies(key for part in plan.of(Kind.STUDY) for _, key in part.studies)
    for part in plan.of(Kind.CLASS, Kind.STUDY):
        if part.people and part.item.on:
            gain = _gain(part, part.item.on, *part.award)
            if gain:
                for key in part.people:
                    found[key].append(gain)
        for person, key in part.studies:
            study = studies.get(key)
            if study and (gain := _gain(part, max(study.due_on, _next(plan)), *_of_study(study))):
                found[person].append(gain)
    return found


def _next(plan: Plan) -> date:
    """The first day of the forecast: a study that is past its day ends then at the earliest."""
    return plan.base + timedelta(days=1)


def _studies(keys: Iterable[int]) -> dict[int, Study]:
    wanted = list(keys)
    return Study.objects.select_related("field").in_bulk(wanted) if wanted else {}


def _of_study(study: Study) -> tuple[str, int, str, str]:
    return study.strand, study.rank, study.field.code if study.field else "", ""


def _gain(part: Part, on: date, strand: str, rank: int, studied: str, content: str) -> Gain | None:
    """None for a programme that awards nothing."""
    day = PartialDate.of(on)
    if strand:
        label = award_words(strand, rank, "")
        return Gain(on, part.chance, Record(strand, rank, day, studied, "certificate", label))
    return Gain(on, part.chance, training=Training(content, day)) if content else None


def _hires(plan: Plan) -> Iterable[Member]:
    number = 0
    for part in plan.of(Kind.HIRES):
        item = part.item
        if not (item.post and item.commune_id and item.on):
            continue
        on = max(item.on, _next(plan))
        for _ in range(item.number or 0):
            number -= 1
            yield hired(number, item.post.code, item.commune_id, on, item.levels.items())
