"""Facts and rules of many people, gathered in a fixed number of queries, and their verdicts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from cadres.models import Cadre, Qualification, ShortTraining
from cadres.people_records import QualificationLine, TrainingLine, keep_some, load_records
from cadres.rulebook import Rulebook
from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import PersonVerdict, RuleOnDay, assess_person


def _record(row: Qualification | QualificationLine) -> Any:
    if isinstance(row, QualificationLine):
        return row
    name = row.major or (row.field.name if row.field else "")
    label = f"{row.level_name} {name}".strip()
    return Record(
        strand=row.strand,
        rank=row.rank,
        awarded=row.awarded_on,
        field=row.field.code if row.field else "",
        evidence=row.evidence,
        label=f"{label}, {row.awarded_on.year}" if row.awarded_on else label,
    )


def _training(row: ShortTraining | TrainingLine) -> Any:
    return row if isinstance(row, TrainingLine) else Training(row.content, row.completed_on)


def facts_from(person: Any, day: date) -> Facts:
    """What the record says of a person loaded `with_record(day)` or by `load_records`. No query."""
    return Facts(
        day=day,
        sex=person.sex,
        born=person.born_on,
        recruited=person.recruited_on,
        records=tuple(_record(each) for each in person.held),
        trainings=tuple(_training(each) for each in person.trainings),
        holdings=tuple(
            Held(h.post.code, h.valid_from, h.valid_to, h.pk, h.commune_id) for h in person.career
        ),
    )


def facts_of(cadre_ids: Iterable[int], day: date) -> dict[int, Facts]:
    """What the record says of each of `cadre_ids` on `day`. Six queries, however many."""
    people = list(Cadre.objects.filter(pk__in=list(cadre_ids)))
    load_records(people, day, Rulebook())
    return {person.pk: facts_from(person, day) for person in people}


def verdict_from(person: Any, day: date, rules: Sequence[RuleOnDay]) -> PersonVerdict:
    """The verdict of a person whose record is loaded, with reasons. No query."""
    return assess_person(rules, facts_from(person, day), _areas(person))


def verdict_by(book: Rulebook, person: Any, day: date) -> PersonVerdict:
    """`verdict_from` under the rules of `book`, which remembers it. No query."""
    kept: dict[int, PersonVerdict] = book.remembered(("verdicts", day), dict)
    found = kept.get(person.pk)
    if found is None:
        found = verdict_from(person, day, book.rules_on(day))
        keep_some(kept, {person.pk: found})
    return found


def _areas(person: Any) -> dict[int, bool]:
    """Whether the mountain floor is used, by commune of the career, where it is known."""
    return {h.commune_id: h.in_area for h in person.career if h.in_area is not None}


def verdict_under_floor(
    person: Cadre, day: date, rules: Sequence[RuleOnDay]
) -> PersonVerdict | None:
    """The verdict if the communes used the mountain floor, where it is not known whether they do
    and it would be another; else None. No query."""
    unknown = {h.commune_id: True for h in person.posts_on(day) if h.in_area is None}
    if not unknown:
        return None
    by_floor = assess_person(rules, facts_from(person, day), _areas(person) | unknown)
    return by_floor if by_floor.verdict != verdict_from(person, day, rules).verdict else None


def verdicts_of(cadre_ids: Collection[int], day: date) -> dict[int, PersonVerdict]:
    """The verdict of each of `cadre_ids` on `day`, with reasons. Six queries, however many."""
    if not cadre_ids:
        return {}
    book = Rulebook()
    rules = book.rules_on(day)
    people = list(Cadre.objects.filter(pk__in=list(cadre_ids)))
    load_records(people, day, book)
    return {person.pk: verdict_from(person, day, rules) for person in people}
