"""What posts ask of people beside the standards, and how far each person is, on a day.

An assessment counts once the head confirmed it; until then it is told as waiting. Nobody assessed
is not nobody able: the level is then unknown, never zero.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q

from cadres.models.period import on_day
from daitu_portal.text import text_sort_key
from training.models import Assessment, Competence, PostCompetence

_ORDER = {code: number for number, code in enumerate(Competence.Group.values)}


@dataclass(frozen=True)
class Line:
    """One competence of one person: the level asked, the one that counts, those that wait."""

    competence: Competence
    asked: int | None  # None: no post of the person asks for it
    counted: Assessment | None  # the latest confirmed one
    waiting: tuple[Assessment, ...] = ()  # entered, not confirmed, of any day; the latest first

    @property
    def level(self) -> int | None:
        """The level that counts; None is unknown."""
        return self.counted.level if self.counted else None

    @property
    def gap(self) -> int | None:
        """How many levels are missing; 0 for enough, None where one of the two is unknown."""
        if self.asked is None or self.level is None:
            return None
        return max(self.asked - self.level, 0)

    @property
    def is_unknown(self) -> bool:
        """Whether a post asks for it and nothing that counts is known."""
        return self.asked is not None and self.counted is None

    @property
    def asked_words(self) -> str:
        return "" if self.asked is None else self.competence.told(self.asked)

    @property
    def level_words(self) -> str:
        return "chưa đánh giá" if self.level is None else self.competence.told(self.level)

    @property
    def said(self) -> str:
        """The answer in words: "đạt", "thiếu 2 mức", "chưa đánh giá", or "không yêu cầu"."""
        if self.asked is None:
            return "chức danh không yêu cầu"
        if self.gap is None:
            return "chưa đánh giá"
        return f"thiếu {self.gap} mức" if self.gap else "đạt"


@dataclass
class _Person:
    asked: dict[int, int] = field(default_factory=dict)
    counted: dict[int, Assessment] = field(default_factory=dict)
    waiting: defaultdict[int, list[Assessment]] = field(default_factory=lambda: defaultdict(list))


def competences_of(cadre_id: int, day: date) -> list[Line]:
    """What the posts of a person ask on `day` and what was assessed by then, those asked first.
    The caller has found the person in the user's scope. Two queries."""
    return competences_of_people([cadre_id], day)[cadre_id]


def competences_of_people(cadre_ids: Collection[int], day: date) -> dict[int, list[Line]]:
    """The same by key of each of `cadre_ids`. Two queries, however many people."""
    found = {key: _Person() for key in cadre_ids}
    known: dict[int, Competence] = {}
    for row in _asked(cadre_ids, day):
        asked, known[row.competence_id] = found[row.person].asked, row.competence
        asked[row.competence_id] = max(row.level, asked.get(row.competence_id, 0))
    for each in _assessed(cadre_ids, day):
        person, known[each.competence_id] = found[each.cadre_id], each.competence
        if each.state == Assessment.State.ENTERED:
            person.waiting[each.competence_id].append(each)
        else:
            person.counted.setdefault(each.competence_id, each)
    return {key: _lines(person, known) for key, person in found.items()}


def _asked(cadre_ids: Collection[int], day: date) -> Iterable[Any]:
    """What posts ask that someone holds, each with the `person`."""
    held = on_day(day, "post__holdings__") & Q(post__holdings__cadre__in=cadre_ids)
    rows = PostCompetence.objects.on(day).filter(held).order_by()
    return rows.annotate(person=F("post__holdings__cadre")).select_related("competence")


def _assessed(cadre_ids: Collection[int], day: date) -> Iterable[Assessment]:
    """Those that were confirmed and are of `day` or before, and all that wait; the latest first."""
    waiting = Q(state=Assessment.State.ENTERED)
    counted = Q(state=Assessment.State.CONFIRMED, assessed_on__lte=day)
    rows = Assessment.objects.filter(waiting | counted, cadre__in=cadre_ids)
    loaded = rows.select_related("competence", "entered_by", "confirmed_by")
    return loaded.order_by("-assessed_on", "-pk")


def _lines(person: _Person, known: dict[int, Competence]) -> list[Line]:
    keys = {*person.asked, *person.counted, *person.waiting}
    lines = [
        Line(
            known[key],
            person.asked.get(key),
            person.counted.get(key),
            tuple(person.waiting.get(key, ())),
        )
        for key in keys
    ]
    return sorted(lines, key=_place)


def _place(line: Line) -> tuple[bool, int, str]:
    group, name = line.competence.group, line.competence.name
    return line.asked is None, _ORDER.get(group, len(_ORDER)), text_sort_key(name)
