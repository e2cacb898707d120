"""What one person's record becomes by an edit of many people: rows read before, no query here.

Each function says which rows of a person are added, changed or removed for what was asked, or
refuses with the reason, which stops that person alone.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from cadres.careers import career_problems, stay_of
from cadres.conditions import broken
from cadres.edits import Action, RowEdit, adding, changing, removing, title_of
from cadres.models import Allowance, Cadre, Holding, Profile, Rating, Term


class Refusal(Exception):
    """Why this person's record does not become what was asked, in words."""


@dataclass(frozen=True)
class WantedTerm:
    """The term of the main post; None takes it away."""

    term: Term | None


@dataclass(frozen=True)
class WantedRating:
    """The rating of a year; None takes the row out."""

    year: int
    level: int | None


@dataclass(frozen=True)
class WantedArea:
    """The area allowance from a day on, as a coefficient; None ends it on the day before."""

    from_on: date
    coefficient: Decimal | None


@dataclass(frozen=True)
class Wanted:
    """What is asked for many people: own fields by name ("" takes away), and rows beside."""

    person: Mapping[str, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    term: WantedTerm | None = None
    rating: WantedRating | None = None
    area: WantedArea | None = None


@dataclass
class Stored:
    """The rows of one person that an edit of many reads."""

    cadre: Cadre
    profile: Profile | None = None
    holdings: list[Holding] = field(default_factory=list)
    rating: Rating | None = None
    areas: list[Allowance] = field(default_factory=list)


def edits_of(stored: Stored, wanted: Wanted, day: date) -> list[RowEdit]:
    """The edits of one person, in the order of writing; none where all is so already. `day` says
    which post is meant. Raises Refusal."""
    found = [
        changing(stored.cadre, wanted.person),
        _of_profile(stored, wanted.profile),
        _of_term(stored, wanted.term, day) if wanted.term else None,
        _of_rating(stored, wanted.rating) if wanted.rating else None,
        *(_of_area(stored, wanted.area) if wanted.area else ()),
    ]
    edits = [edit for edit in found if edit is not None]
    for edit in edits:
        _check(edit)
    return edits


def _of_profile(stored: Stored, values: Mapping[str, Any]) -> RowEdit | None:
    if stored.profile is not None:
        return changing(stored.profile, values)
    if not any(values.values()):
        return None
    return adding(Profile(cadre=stored.cadre, **values))


def _of_term(stored: Stored, wanted: WantedTerm, day: date) -> RowEdit | None:
    in_force = [each for each in stored.holdings if each.is_in_force(day)]
    main = next((each for each in in_force if each.is_main), None)
    if main is None:
        raise Refusal(f"Không giữ chức vụ chính nào ngày {day:%d/%m/%Y}.")
    others = [stay_of(each) for each in stored.holdings if each is not main]
    was, old, new = copy(main), main.term, wanted.term
    if old == new:
        return None
    main.term = new
    problems = career_problems(main, others, was)
    if problems:
        raise Refusal(" ".join(f"{each.message}." for each in problems))
    # made by hand, for the terms are known here: else a query for each person would name them
    keys = [each.pk if each else None for each in (old, new)]
    names = {f"term:{each.pk}": str(each) for each in (old, new) if each}
    title = title_of(main)
    return RowEdit(main, Action.CHANGE, {"term": keys[0]}, {"term": keys[1]}, title, names)


def _of_rating(stored: Stored, wanted: WantedRating) -> RowEdit | None:
    row = stored.rating
    if wanted.level is None:
        return removing(row) if row else None
    if row is not None:
        return changing(row, {"level": wanted.level})
    return adding(Rating(cadre=stored.cadre, year=wanted.year, level=wanted.level))


def _of_area(stored: Stored, wanted: WantedArea) -> list[RowEdit | None]:
    """The allowance in force ends where the new one begins; a later one that is on record stays,
    and the new one lasts until it."""
    now = next((each for each in stored.areas if each.is_in_force(wanted.from_on)), None)
    if wanted.coefficient is None:
        return [_ended(now, wanted.from_on)] if now else []
    told = {"coefficient": wanted.coefficient, "percent": None}
    if now and now.valid_from == wanted.from_on:
        return [changing(now, told)]
    if now and now.coefficient == wanted.coefficient:
        return []
    later = [each.valid_from for each in stored.areas if each.valid_from > wanted.from_on]
    new = Allowance(
        cadre=stored.cadre, kind=Allowance.Kind.AREA, valid_from=wanted.from_on,
        valid_to=min(later, default=None), **told,
    )  # fmt: skip
    return [changing(now, {"valid_to": wanted.from_on}) if now else None, adding(new)]


def _ended(row: Allowance, day: date) -> RowEdit | None:
    if row.valid_from == day:
        raise Refusal("Phụ cấp khu vực bắt đầu đúng ngày ấy: gỡ dòng ở hồ sơ của người này.")
    return changing(row, {"valid_to": day})


def _check(edit: RowEdit) -> None:
    """Refuse what the model's limits or the database would. No query: names of rows were chosen
    from those that exist, and the person is known."""
    if edit.action == Action.REMOVE:
        return
    row = edit.row
    relations = {f.name for f in row._meta.concrete_fields if f.is_relation}
    untouched = {f.name for f in row._meta.concrete_fields} - set(edit.after)
    skipped = relations if edit.action == Action.ADD else relations | untouched
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    faults = [str(each.violation_error_message) for each in broken(row)]
    if faults:
        raise Refusal(" ".join(faults))


def by_person(rows: Sequence[Any]) -> dict[int, list[Any]]:
    """Rows by the key of the person."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.cadre_id, []).append(row)
    return found
