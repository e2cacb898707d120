"""What the sender of an old list decided about it: which sheet, which column is what, who is who.

It is stored with the batch as plain values; the file itself is never changed. Read again with the
same recipe, the same file says the same.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

IGNORED = "ignore"


@dataclass(frozen=True)
class Recipe:
    """Decisions, each by the name of the sheet; empty: as the portal found it itself.

    `heads` are row numbers of the header, `encodings` and `columns` go by the number of the column
    (as text), `constants` by target; `off` are kinds of repairs that are taken back everywhere,
    `kept` cells (“sheet!B7”) that stay as they are, `typed` what was typed in place of a cell;
    `people` says who a row (“sheet!7”) is: a code, "new", or "=sheet!9" for the person of that row.
    """

    sheets: tuple[str, ...] = ()
    heads: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    encodings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    off: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    skips_bad: bool = False
    first_day: bool = False  # a month or a year stands for its first day, where a day is needed

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Recipe":
        """The recipe that `plain` wrote; unknown names are of another version, and left out."""
        known = {name: value for name, value in stored.items() if name in cls.__annotations__}
        for name in ("sheets", "off", "kept"):
            known[name] = tuple(known.get(name, ()))
        known["heads"] = {name: tuple(rows) for name, rows in known.get("heads", {}).items()}
        return cls(**known)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    def with_columns(self, sheet: str, columns: Mapping[str, str]) -> "Recipe":
        return replace(self, columns={**self.columns, sheet: dict(columns)})

    def with_constant(self, target: str, text: str) -> "Recipe":
        """`text` "" takes the constant away."""
        others = {key: each for key, each in self.constants.items() if key != target}
        return replace(self, constants={**others, target: text} if text else others)

    def with_person(self, place: str, who: str) -> "Recipe":
        """`who` "" takes the choice back."""
        people = {key: each for key, each in self.people.items() if key != place}
        return replace(self, people={**people, place: who} if who else people)
