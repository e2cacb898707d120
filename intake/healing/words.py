"""The catalogues that old lists name in their own words: units and posts of a day, grades of pay."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cadres.legal_tables import salary_grades
from cadres.models import Commune, Post
from daitu_portal.text import fold
from intake.rules.repairs import CannotHeal
from intake.rules.tmp_words import commune_code


@dataclass(frozen=True)
class _Named:
    code: str
    names: tuple[str, ...]
    kind: str
    valid_from: date
    valid_to: date | None

    def is_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Words:
    """Units and posts of all days, loaded once; `on` gives those of a day."""

    units: Sequence[_Named]
    posts: Sequence[_Named]
    days: dict[date, "WordsOfDay"] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Words":
        """Two queries."""
        return cls(
            [
                _Named(u.code, (u.name, u.short_name), u.kind, u.valid_from, u.valid_to)
                for u in Commune.objects.order_by("pk")
            ],
            [
                _Named(p.code, (p.name, p.short_name), p.commune_kind, p.valid_from, p.valid_to)
                for p in Post.objects.order_by("pk")
            ],
        )

    def on(self, day: date) -> "WordsOfDay":
        if day not in self.days:
            self.days[day] = WordsOfDay(
                [u for u in self.units if u.is_on(day)] or list(self.units),
                [p for p in self.posts if p.is_on(day)] or list(self.posts),
            )
        return self.days[day]

    def names(self) -> frozenset[str]:
        """Folded names of units and posts of all days."""
        return frozenset(fold(n) for each in (*self.units, *self.posts) for n in each.names if n)


@dataclass(frozen=True)
class WordsOfDay:
    """What names mean on a day, folded."""

    of_units: Sequence[_Named]
    of_posts: Sequence[_Named]

    @cached_property
    def units(self) -> Mapping[str, tuple[str, ...]]:
        """Codes by folded name; several where units share it."""
        return _by_name(self.of_units)

    @cached_property
    def unit_kinds(self) -> Mapping[str, str]:
        return {each.code: each.kind for each in self.of_units}

    @cached_property
    def posts(self) -> Mapping[str, str]:
        return {name: codes[0] for name, codes in _by_name(self.of_posts).items()}

    @cached_property
    def grades(self) -> frozenset[str]:
        return frozenset(grade.code for grade in salary_grades())

    def commune_in(self, text: str) -> str:
        """The code of the unit that a line of a title names, "" where it names none."""
        try:
            return commune_code(text, units=self.units).value
        except CannotHeal:
            return ""


def _by_name(found: Sequence[_Named]) -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for each in found:
        for name in {fold(name) for name in each.names if name}:
            if each.code not in codes[name]:
                codes[name].append(each.code)
    return {name: tuple(mine) for name, mine in codes.items()}
