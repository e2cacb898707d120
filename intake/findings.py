"""Findings of many people as lists show them: narrowed by whoever looks, filtered, with links."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from accounts.models import User
from cadres.models import Cadre, Commune
from intake.completeness import Sum, UnitExams, add_up
from intake.mending import address
from intake.rules.completeness import Check, Exam, Finding, Severity
from intake.rules.examination import CHECKS
from intake.rules.record_facts import Group

MOST_UNITS = 60  # a page looks through the people of so many communes at most


def total(found: Mapping[int, UnitExams]) -> Sum:
    """The sum over all units."""
    return add_up(exam for each in found.values() for exam in each.exams.values())


@dataclass(frozen=True)
class Asked:
    """Which findings are wanted; "" is all of them."""

    code: str = ""
    severity: str = ""
    group: str = ""

    def wants(self, check: Check) -> bool:
        return (
            self.code in ("", check.code)
            and self.severity in ("", check.severity)
            and self.group in ("", check.group)
        )


class Place(NamedTuple):
    """A finding and whose it is, by keys."""

    unit: int
    person: int
    finding: Finding


class Line(NamedTuple):
    """A finding as a list prints it."""

    person: Cadre
    unit: Commune | None
    check: Check
    url: str


def places(found: Mapping[int, UnitExams], asked: Asked) -> list[Place]:
    """The findings that are wanted, those of a person together."""
    wanted = {code for code, check in CHECKS.items() if asked.wants(check)}
    return [
        Place(unit, person, finding)
        for unit, exams in found.items()
        for person, exam in exams.exams.items()
        for finding in exam.findings
        if finding.code in wanted
    ]


def in_order(user: User, found: Collection[Place]) -> list[Place]:
    """`found` by name of the person, without those whom `user` may not see. One query."""
    keys = {each.person for each in found}
    named = Cadre.objects.visible_to(user).filter(pk__in=keys)
    order = {key: place for place, key in enumerate(named.values_list("pk", flat=True))}
    seen = [each for each in found if each.person in order]
    return sorted(seen, key=lambda each: order[each.person])


def lines(user: User, shown: Iterable[Place], units: Iterable[Commune]) -> Iterator[Line]:
    """`shown` as they are printed, with the names of those whom `user` may see. One query."""
    shown, by_key = list(shown), {unit.pk: unit for unit in units}
    keys = {each.person for each in shown}
    people = Cadre.objects.visible_to(user).only("full_name", "code").in_bulk(keys)
    for each in shown:
        if each.person in people:
            check = CHECKS[each.finding.code]
            url = address(check, each.person, each.finding.row, user.role)
            yield Line(people[each.person], by_key.get(each.unit), check, url)


class Lacking(NamedTuple):
    """Someone of whose record much is missing."""

    person: Cadre
    number: int


def card(
    user: User, found: Mapping[int, UnitExams], units: Iterable[Commune], number: int = 8
) -> dict[str, Any]:
    """What the card of a commune prints: the sum, the first doubts, and whose records lack most;
    `number` of each at most. Two queries."""
    exams = {key: exam for each in found.values() for key, exam in each.exams.items()}
    missing = {key: _missing(exam) for key, exam in exams.items()}
    most = sorted((key for key in missing if missing[key]), key=lambda key: -missing[key])[:number]
    people = Cadre.objects.visible_to(user).only("full_name", "code").in_bulk(most)
    doubts = places(found, Asked(severity=Severity.DOUBTFUL))[:number]
    return {
        "sum": total(found),
        "doubts": list(lines(user, doubts, units)),
        "lacking": [Lacking(people[key], missing[key]) for key in most if key in people],
    }


def _missing(exam: Exam) -> int:
    return sum(CHECKS[each.code].severity == Severity.MISSING for each in exam.findings)


def kinds_found(of: Sum, group: Group | None = None) -> list[tuple[Check, int]]:
    """The kinds of findings with how many there are of each: doubts first, then the most."""
    kinds = [(CHECKS[code], number) for code, number in of.found.items()]
    chosen = [pair for pair in kinds if group in (None, pair[0].group)]
    return sorted(chosen, key=lambda pair: (pair[0].severity, -pair[1], pair[0].code))
