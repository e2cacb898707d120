"""Facts and rules of many people, gathered in a fixed number of queries, and their verdicts."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from cadres.models import (
    Cadre,
    CommuneArea,
    Holding,
    LegalDocument,
    Qualification,
    Rule,
    ShortTraining,
)
from cadres.rulebook import Rulebook
from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import PersonVerdict, assess_person


def documents_on(day: date, codes: Iterable[str] | None = None) -> list[LegalDocument]:
    """The documents whose rules are in force on `day`, oldest first; only of rules `codes`."""
    rules = Rule.objects.on(day)
    if codes is not None:
        rules = rules.filter(code__in=list(codes))
    found = LegalDocument.objects.filter(pk__in=rules.values("document"))
    return list(found.order_by("effective_on", "number"))


def _by_cadre(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.cadre_id].append(row)
    return found


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


def facts_of(cadre_ids: Collection[int], day: date) -> dict[int, Facts]:
    """What the record says of each of `cadre_ids` on `day`. Four queries, however many."""
    ids = list(cadre_ids)
    people = Cadre.objects.filter(pk__in=ids)
    held = _by_cadre(Holding.objects.filter(cadre__in=ids).select_related("post"))
    records = _by_cadre(Qualification.objects.filter(cadre__in=ids).by(day))
    trainings = _by_cadre(ShortTraining.objects.filter(cadre__in=ids))
    return {
        person.pk: Facts(
            day=day,
            sex=person.sex,
            born=person.born_on,
            recruited=person.recruited_on,
            records=_records(records[person.pk]),
            trainings=tuple(Training(t.content, t.completed_on) for t in trainings[person.pk]),
            holdings=tuple(
                Held(h.post.code, h.valid_from, h.valid_to, h.pk, h.commune_id)
                for h in held[person.pk]
            ),
        )
        for person in people
    }


def areas_on(day: date) -> dict[int, bool]:
    """By commune key, whether it uses the mountain floor on `day`; the others are not known."""
    rows = CommuneArea.objects.on(day).order_by("valid_from")
    return dict(rows.values_list("commune_id", "uses_mountain_floor"))


def verdicts_of(cadre_ids: Collection[int], day: date) -> dict[int, PersonVerdict]:
    """The verdict of each of `cadre_ids` on `day`, with reasons. Seven queries, however many."""
    if not cadre_ids:
        return {}
    rules, areas = Rulebook().rules_on(day), areas_on(day)
    return {
        key: assess_person(rules, facts, areas) for key, facts in facts_of(cadre_ids, day).items()
    }
