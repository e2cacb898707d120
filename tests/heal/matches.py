"""Puts some of the people of a list on record beforehand, so that it is known who is whom."""

from collections import Counter
from collections.abc import Callable
from random import Random

from tests.heal.people import Person, day
from tests.heal.truth import Known

# What a case makes of a row: who is on record before, and {match, person} that is right.
Case = Callable[[Random, Person, str], tuple[list[Known], str, str]]
_IDENTITY_FACTS = ("full_name", "sex", "born_on", "national_id")


def _known(code: str, person: Person, *without: str, **other: str) -> Known:
    facts = {key: person.told(key) for key in _IDENTITY_FACTS if key not in without}
    return Known(code, {**facts, **other})


def same_number(rng: Random, person: Person, code: str) -> tuple[list[Known], str, str]:
    """The same CCCD and name."""
    return [_known(code, person)], "exact", code


def _reborn(person: Person, born_on: str) -> None:
    """Give a person another birth date, and the number the digits of its year."""
    person.facts["born_on"] = born_on
    number = person.told("national_id")
    if len(number) == 12:
        person.facts["national_id"] = f"{number[:4]}{born_on[-2:]}{number[6:]}"


def same_birth(rng: Random, person: Person, code: str) -> tuple[list[Known], str, str]:
    """The same name and day of birth in the same unit; no number on record."""
    _reborn(person, day(rng, 1962, 1995))
    return [_known(code, person, "national_id")], "exact", code


def other_person(rng: Random, person: Person, code: str) -> tuple[list[Known], str, str]:
    """The same name, another birth and another number: somebody else."""
    _reborn(person, day(rng, 1975, 1995))
    number = f"019064{rng.randrange(10**6):06d}"
    return [_known(code, person, born_on=day(rng, 1963, 1965), national_id=number)], "new", ""


def shared_name(rng: Random, person: Person, code: str) -> tuple[list[Known], str, str]:
    """Two on record have the name and could both be meant."""
    year = person.told("born_on")[-4:]
    _reborn(person, day(rng, 1962, 1995)[:-4] + year)
    first = _known(code, person, "national_id", born_on=year)
    return [first, _known(f"{code}B", person, "national_id", born_on="")], "doubtful", ""


CASES: dict[str, Case] = {
    "same_number": same_number,
    "same_birth": same_birth,
    "other_person": other_person,
    "shared_name": shared_name,
}


def draw_matches(
    rng: Random, people: list[Person], targets: set[str]
) -> tuple[list[Known], dict[int, tuple[str, str]]]:
    """Those on record, and {id of a person: (match, code on record)}; all others are new."""
    names = Counter(person.told("full_name") for person in people)
    alone = [person for person in people if names[person.told("full_name")] == 1]
    cases = [case for case in CASES if case != "same_number" or "national_id" in targets]
    known: list[Known] = []
    right: dict[int, tuple[str, str]] = {}
    for number, person in enumerate(rng.sample(alone, min(len(alone), rng.randint(0, 6)))):
        found, match, code = CASES[rng.choice(cases)](rng, person, f"UG{number:04d}")
        known += found
        right[id(person)] = (match, code)
    return known, right
