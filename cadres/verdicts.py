"""Facts and rules of many people, gathered in a fixed number of queries, and their verdicts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from cadres.models import Cadre, Holding, Qualification
from cadres.rulebook import Rulebook
from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import PersonVerdict, RuleOnDay, assess_person


def _record_label(row: Qualification) -> str:
    name = row.major or (row.field.name if row.field_id and row.field else "")
    label = f"{row.level_name} {name}".strip()
    return f"{label}, {row.awarded_on.year}" if row.awarded_on else label


def _records(rows: Iterable[Qualification]) -> tuple[Record, ...]:
    return tuple(
        Record(
            strand=row.strand,
            rank=row.rank,
            awarded=row.awarded_on,
            field=row.field.code if row.field else "",
            evidence=row.evidence,
            label=_record_label(row),
        )
        for row in rows
    )


def facts_from(person: Cadre, day: date) -> Facts:
    """What the record says of a person loaded `with_record(day)`. No query."""
    career: list[Holding] = person.career  # type: ignore[attr-defined]
    return Facts(
        day=day,
        sex=person.sex,
        born=person.born_on,
        recruited=person.recruited_on,
        records=_records(person.held),  # type: ignore[attr-defined]
        trainings=tuple(
            Training(each.content, each.completed_on)
            for each in person.trainings  # type: ignore[attr-defined]
        ),
        holdings=tuple(
            Held(h.post.code, h.valid_from, h.valid_to, h.pk, h.commune_id) for h in career
        ),
    )


def facts_of(cadre_ids: Iterable[int], day: date) -> dict[int, Facts]:
    """What the record says of each of `cadre_ids` on `day`. Four queries, however many."""
    people = Cadre.objects.filter(pk__in=list(cadre_ids)).with_record(day)
    return {person.pk: facts_from(person, day) for person in people}


def verdict_from(person: Cadre, day: date, rules: Sequence[RuleOnDay]) -> PersonVerdict:
    """The verdict of a person loaded `with_record(day)`, with reasons. No query."""
    return assess_person(rules, facts_from(person, day), _areas(person))


def _areas(person: Cadre) -> dict[int, bool]:
    """Whether the mountain floor is used, by commune of the career, where it is known."""
    career: list[Any] = person.career  # type: ignore[attr-defined]
    return {h.commune_id: h.in_area for h in career if h.in_area is not None}


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
    rules = Rulebook().rules_on(day)
    people = Cadre.objects.filter(pk__in=list(cadre_ids)).with_record(day)
    return {person.pk: verdict_from(person, day, rules) for person in people}
