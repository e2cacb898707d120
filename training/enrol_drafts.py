"""A list of people on its way into a class, between its choice and the confirmation.

It is kept in the session of who made it, under a key that the address names (`?phieu=`): nothing is
written before the last click, and what was not finished ends with the session.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from training.person_keys import is_person_key
from training.rules.meant_people import Match

PARAMETER = "phieu"
_STORED = "enrol_drafts"
_MOST = 5  # kept at once; the oldest goes
MOST_PEOPLE = 500


@dataclass
class Draft:
    """`people` by their keys; `lines` of a list that are still to be asked about."""

    training_class: int
    people: list[str] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    twice: int = 0  # lines that named somebody again
    key: str = ""

    def add(self, people: Iterable[str]) -> None:
        """Add people, each once, and count who was there."""
        for person in people:
            if person in self.people:
                self.twice += 1
            else:
                self.people.append(person)

    def line(self, number: int) -> dict[str, Any] | None:
        return next((each for each in self.lines if each["number"] == number), None)

    def drop_line(self, number: int) -> None:
        self.lines = [each for each in self.lines if each["number"] != number]


def draft_of(training_class_id: int, matches: Iterable[Match]) -> Draft:
    """The draft of a list: who is meant, and what is to be asked."""
    draft = Draft(training_class_id)
    for found in matches:
        if found.key:
            draft.add([found.key])
        else:
            meant = found.meant
            draft.lines.append(
                {"number": meant.number, "text": meant.text, "name": meant.name,
                 "unit": meant.unit, "year": meant.year, "place": meant.place,
                 "among": list(found.among), "why": found.why}
            )  # fmt: skip
    return draft


def keep(session: Any, draft: Draft) -> str:
    """Keep a draft, new or changed, and return its key."""
    draft.key = draft.key or secrets.token_urlsafe(9)
    kept = {key: told for key, told in session.get(_STORED, {}).items() if key != draft.key}
    while len(kept) >= _MOST:
        kept.pop(next(iter(kept)))
    session[_STORED] = kept | {draft.key: asdict(draft)}
    return draft.key


def find(session: Any, key: str, training_class_id: int) -> Draft | None:
    """The draft of that key for that class, or None."""
    told = session.get(_STORED, {}).get(key)
    if not told or told["training_class"] != training_class_id:
        return None
    draft = Draft(**told)
    draft.people = [person for person in draft.people if is_person_key(person)]
    return draft


def forget(session: Any, key: str) -> None:
    """Take a draft away that is done."""
    session[_STORED] = {k: told for k, told in session.get(_STORED, {}).items() if k != key}
