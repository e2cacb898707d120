"""What changed for a person in a year, in the words of the yearly supplement (4a)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cadres.models import Affiliation, SalaryStep
from cadres.printing.curriculum import Person, person_words
from cadres.printing.merits import affiliation_words, award_words
from cadres.printing.people import DISCIPLINE, FAMILY, Dossier
from cadres.printing.tables import (
    NOT_SHOWN,
    Learning,
    Relative,
    amount_words,
    coefficient_words,
    grade_and_step,
    learning_rows,
    relative_of,
)
from cadres.printing.words import day_words, in_brackets, joined, lower_first, plain


@dataclass(frozen=True)
class Changed:
    """A change: when, what, by which decision."""

    period: str = ""
    what: str = ""
    decision: str = ""


@dataclass(frozen=True)
class PayChanged:
    """A step of the salary or an allowance that began."""

    period: str = ""
    what: str = ""
    amount: str = ""
    why: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Supplement(Person):
    """What stands on the yearly supplement, field by field."""

    year: str
    career_changes: tuple[Changed, ...]
    learning: tuple[Learning, ...]
    pay_changes: tuple[PayChanged, ...]
    award_changes: tuple[Changed, ...]
    discipline_changes: tuple[Changed, ...]
    rating: str
    body_changes: tuple[Changed, ...]
    family_changes: tuple[Relative, ...]
    household_economy: str
    other_changes: str


def supplement_of(dossier: Dossier, year: int) -> Supplement:
    """The supplement of `year`: the person as on the day of the dossier, and what the record says
    began, ended or was decided in that year. No query."""
    return Supplement(
        **person_words(dossier),
        year=str(year),
        career_changes=_career(dossier, year),
        learning=_learned(dossier, year),
        pay_changes=_pay(dossier, year),
        award_changes=_awards(dossier, year),
        discipline_changes=_disciplines(dossier, year),
        rating=next((r.get_level_display() for r in dossier.ratings if r.year == year), ""),
        body_changes=_bodies(dossier, year),
        family_changes=_family(dossier, year),
        household_economy="",
        other_changes="",
    )


def _in_year(when: Any, year: int) -> bool:
    return when is not None and when.year == year


def _changed(rows: Iterable[tuple[Any, Changed]]) -> tuple[Changed, ...]:
    def first_day(pair: tuple[Any, Changed]) -> date:
        when = pair[0]
        return when if isinstance(when, date) else when.earliest

    return tuple(changed for _, changed in sorted(rows, key=first_day))


def _career(dossier: Dossier, year: int) -> tuple[Changed, ...]:
    rows: list[tuple[Any, Changed]] = []
    for each in dossier.holdings:
        name = f"{each.post.name}, {lower_first(each.commune.name)}"
        rows += _began(each, f"Giữ chức vụ, chức danh {name}", year)
        rows += _ended(each, f"Thôi giữ {name}", dossier.day, year, each.get_end_reason_display())
    for seat in dossier.seats:
        name = f"{seat.get_role_display()} Đảng bộ {lower_first(seat.commune.name)}"
        rows += _began(seat, f"Tham gia cấp ủy: {name}", year)
        rows += _ended(seat, f"Thôi {name}", dossier.day, year, seat.get_end_reason_display())
    for status in dossier.statuses:
        words = joined([status.get_kind_display(), status.get_scheme_display(), status.place], ", ")
        rows += _began(status, words, year)
        rows += _ended(status, f"Hết thời gian: {words}", dossier.day, year)
    for line in dossier.work:
        if _in_year(line.from_on, year):
            rows.append((line.from_on, Changed(day_words(line.from_on), plain(line.what))))
    return _changed(rows)


def _began(row: Any, what: str, year: int) -> list[tuple[Any, Changed]]:
    if not _in_year(row.valid_from, year):
        return []
    when = f"Từ {day_words(row.valid_from)}"
    decision = plain(getattr(row, "decision_number", ""))
    return [(row.valid_from, Changed(when, plain(what), decision))]


def _ended(row: Any, what: str, day: date, year: int, why: str = "") -> list[tuple[Any, Changed]]:
    """The end of what ended by `day`; its decision is not the one that began it."""
    last = row.last_on
    if not _in_year(last, year) or last > day:
        return []
    told = Changed(f"Hết ngày {day_words(last)}", plain(what + in_brackets(why.lower())))
    return [(last + timedelta(days=1), told)]


def _learned(dossier: Dossier, year: int) -> tuple[Learning, ...]:
    """What was begun, finished or certified in the year."""
    studied = [
        each
        for each in dossier.qualifications
        if any(
            _in_year(when, year)
            for when in (each.awarded_on, each.studied_from, each.studied_until)
        )
    ]
    courses = [each for each in dossier.trainings if _in_year(each.completed_on, year)]
    return learning_rows(studied, courses)


def _pay(dossier: Dossier, year: int) -> tuple[PayChanged, ...]:
    rows = [(each.valid_from, _step(each)) for each in dossier.steps]
    for each in dossier.allowances:
        kind = f"Phụ cấp {each.get_kind_display().lower()}"
        decision = plain(each.decision_number)
        told = PayChanged(day_words(each.valid_from), kind, amount_words(each), "", decision)
        rows.append((each.valid_from, told))
    return tuple(told for when, told in sorted(rows, key=lambda r: r[0]) if _in_year(when, year))


def _step(step: SalaryStep) -> PayChanged:
    grade = joined([plain(step.grade_name), grade_and_step(step)], ", ")
    why = plain(step.get_reason_display())
    decision = plain(step.decision_number)
    return PayChanged(day_words(step.valid_from), grade, coefficient_words(step), why, decision)


def _awards(dossier: Dossier, year: int) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            day_words(each.decided_on) or str(each.year),
            joined([award_words(each), plain(each.issuer)], ", "),
            plain(each.decision_number),
        )
        for each in dossier.awards
        if each.year == year
    )


def _disciplines(dossier: Dossier, year: int) -> tuple[Changed, ...]:
    if DISCIPLINE in dossier.hidden:
        return (Changed(what=NOT_SHOWN),)
    return tuple(
        Changed(
            f"Từ {day_words(each.effective_on)}",
            f"{each.get_form_display()} ({each.get_system_display()}), lý do: "
            f"{each.get_reason_display().lower()}",
            plain(each.decision_number),
        )
        for each in dossier.disciplines
        if _in_year(each.effective_on, year)
    )


def _bodies(dossier: Dossier, year: int) -> tuple[Changed, ...]:
    person = dossier.person
    rows: list[tuple[Any, Changed]] = [
        (when, Changed(day_words(when), what))
        for when, what in (
            (person.party_joined_on, "Vào Đảng Cộng sản Việt Nam"),
            (person.party_official_on, "Đảng viên chính thức"),
        )
        if _in_year(when, year)
    ]
    for each in dossier.affiliations:
        if _in_year(each.joined_on, year):
            rows.append((each.joined_on, Changed(day_words(each.joined_on), _body(each))))
        until = each.until_on
        if until and _in_year(until, year) and until.earliest <= dossier.day:
            rows.append((until, Changed(day_words(until), f"Thôi {_body(each)}")))
    return _changed(rows)


def _body(affiliation: Affiliation) -> str:
    return affiliation_words(affiliation).partition(" (")[0]


def _family(dossier: Dossier, year: int) -> tuple[Relative, ...]:
    """Who was born in the year; other changes of relatives have no day on record."""
    if FAMILY in dossier.hidden:
        return (Relative(detail=NOT_SHOWN),)
    return tuple(relative_of(each) for each in dossier.family if _in_year(each.born_on, year))
