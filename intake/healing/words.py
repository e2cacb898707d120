"""The catalogues that old lists name in their own words: units and posts of a day, pay grades."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cadres.legal_tables import salary_grades
from cadres.models import Commune, Post, StudyField
from daitu_portal.text import fold
from intake.rules.aliases import post_codes
from intake.rules.commune_names import commune_code
from intake.rules.repairs import CannotHeal


@dataclass(frozen=True)
class _Named:
    code: str
    names: tuple[str, ...]
    kind: str
    valid_from: date
    valid_to: date | None

    def is_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


_LONGEST_ABBREVIATION = 14


class GroupNames(Collection[str]):
    """Folded names that stand in rows of groups: of units and posts, and short abbreviations of
    posts (“pct hccb”), which no person is called."""

    def __init__(self, names: Iterable[str], posts: Mapping[str, str]) -> None:
        self._names, self._posts = frozenset(names), posts
        self._asked: dict[str, bool] = {}

    def __contains__(self, text: object) -> bool:
        return text in self._names or self._is_abbreviated(str(text))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _is_abbreviated(self, text: str) -> bool:
        if len(text) > _LONGEST_ABBREVIATION or any(len(word) > 4 for word in text.split()):
            return False
        if text not in self._asked:
            self._asked[text] = self._names_posts(text)
        return self._asked[text]

    def _names_posts(self, text: str) -> bool:
        try:
            return bool(post_codes(text, posts=self._posts))
        except CannotHeal:
            return False


@dataclass(frozen=True)
class Words:
    """Units and posts of all days, loaded once; `on` gives those of a day."""

    units: Sequence[_Named]
    posts: Sequence[_Named]
    fields: Mapping[str, str] = field(default_factory=dict)  # names of fields of study by code
    days: dict[date, "WordsOfDay"] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Words":
        """Three queries."""
        return cls(
            [
                _Named(u.code, (u.name, u.short_name), u.kind, u.valid_from, u.valid_to)
                for u in Commune.objects.order_by("pk")
            ],
            [
                _Named(p.code, (p.name, p.short_name), p.commune_kind, p.valid_from, p.valid_to)
                for p in Post.objects.order_by("pk")
            ],
            dict(StudyField.objects.values_list("code", "name")),
        )

    def on(self, day: date) -> "WordsOfDay":
        """What names mean on a day; a name that none of the day has means who had it, if one did:
        lists are brought in years later."""
        if day not in self.days:
            units, posts = _named_on(day, self.units), _named_on(day, self.posts)
            self.days[day] = WordsOfDay(units, posts, self.fields)
        return self.days[day]

    def names(self) -> GroupNames:
        """Names of units and posts of all days, as rows of groups have them."""
        names = (fold(n) for each in (*self.units, *self.posts) for n in each.names if n)
        return GroupNames(names, {n: each.code for each in self.posts for n in each.names if n})


def _named_on(day: date, found: Sequence[_Named]) -> list[_Named]:
    now = [each for each in found if each.is_on(day)]
    taken = {fold(name) for each in now for name in each.names}
    gone = [each for each in found if each not in now and not taken & set(map(fold, each.names))]
    return [*now, *gone]


@dataclass(frozen=True)
class WordsOfDay:
    """What names mean on a day, folded."""

    of_units: Sequence[_Named]
    of_posts: Sequence[_Named]
    fields: Mapping[str, str] = field(default_factory=dict)

    def shown(self, code: str, text: str) -> str:
        """A value as its reader knows it: the name for a code of the catalogues."""
        names = {
            "holding.post": self.post_names, "holding.commune": self.unit_names,
        }.get(code, self.fields if code.endswith(".field") else {})  # fmt: skip
        return names.get(text, text)

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        return {each.code: each.names[0] for each in self.of_units}

    @cached_property
    def post_names(self) -> Mapping[str, str]:
        return {each.code: each.names[0] for each in self.of_posts}

    @cached_property
    def units(self) -> Mapping[str, tuple[str, ...]]:
        """Units by full name, each meaning itself: a code may be another unit's on another day."""
        return {each.names[0]: (each.names[0],) for each in self.of_units}

    @cached_property
    def unit_kinds(self) -> Mapping[str, str]:
        """Kinds of units, by name and by code."""
        told = {each.code: each.kind for each in reversed(self.of_units)}
        return told | {each.names[0]: each.kind for each in self.of_units}

    def unit_of_code(self, code: str) -> str:
        """The full name of the unit that has a code on the day; "" where none has."""
        return next((each.names[0] for each in self.of_units if each.code == code), "")

    @cached_property
    def posts(self) -> Mapping[str, str]:
        """Codes by name, the short ones too."""
        return {name: each.code for each in self.of_posts for name in each.names if name}

    @cached_property
    def grades(self) -> frozenset[str]:
        return frozenset(grade.code for grade in salary_grades())

    def commune_in(self, text: str) -> str:
        """The name of the unit that a line of a title names, "" where it names none."""
        try:
            return commune_code(text, units=self.units).value
        except CannotHeal:
            return ""
