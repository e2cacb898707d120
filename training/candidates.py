"""Sources of cadres: introduced, moved on, corrected, linked to a record. One transaction each.

What a commune enters is at once its own list: no head confirms it, it moves no figure of the
record. Whoever saves a form that someone else saved meanwhile is refused (Stale).
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from cadres.models import Cadre, Commune
from daitu_portal.text import search_text
from training.models import Candidate, CandidateStep
from training.rules.candidate_states import StepFault, fault_of_step

State = Candidate.State
_TYPED = ("sex", "born_on", "kind", "body", "body_name", "introduced_on")  # beside the name
_TOLD = ("strengths", "training_agreed", "programme_id")  # what does not tell people apart


class Alike(Exception):
    """Likely the same person is on the commune's list already; `rows` are those not yet seen."""

    def __init__(self, rows: list[Candidate]) -> None:
        super().__init__(f"{len(rows)} alike")
        self.rows = rows


class Twice(Exception):
    """The very same was entered before: `candidate` is that row. `is_other`: the form says
    something else of the person than the row, so it was not just sent twice."""

    def __init__(self, candidate: Candidate, *, is_other: bool) -> None:
        super().__init__(str(candidate.pk))
        self.candidate, self.is_other = candidate, is_other


class Stale(Exception):
    """Someone else changed the candidate since the page was opened."""


class StepRefused(Exception):
    """The step cannot be written; `fault` says why (training/rules/candidate_states.py)."""

    def __init__(self, fault: StepFault) -> None:
        super().__init__(fault)
        self.fault = fault


class IntroducedTooLate(Exception):
    """The day of introduction would be after the next step, on `on`."""

    def __init__(self, on: date) -> None:
        super().__init__(str(on))
        self.on = on


class AnotherName(Exception):
    """A candidate and a record are linked only where both have the same name."""


def alike_to(candidate: Candidate) -> list[Candidate]:
    """Others of the commune with the same folded name whose year of birth is the same, or not
    known of one of them. One query."""
    same = Candidate.objects.filter(
        commune=candidate.commune_id, search_text=search_text(candidate.full_name)
    ).exclude(pk=candidate.pk)
    return [each for each in same.order_by("pk") if _may_be_born_with(each, candidate)]


def _may_be_born_with(one: Candidate, other: Candidate) -> bool:
    known = [each.born_on.year for each in (one, other) if each.born_on]
    return len(set(known)) < 2


@transaction.atomic
def introduce(candidate: Candidate, *, by: User, alike_seen: Collection[int] = ()) -> Candidate:
    """Store a new candidate with the step that says so. Raises Twice, Alike.

    `alike_seen` are the keys of those alike whom the user was shown and told apart.
    """
    # Two forms at once would not see each other: the commune's list is written one at a time.
    Commune.objects.select_for_update().get(pk=candidate.commune_id)
    alike = alike_to(candidate)
    for each in alike:
        if all(getattr(each, name) == getattr(candidate, name) for name in _TYPED):
            is_other = any(getattr(each, name) != getattr(candidate, name) for name in _TOLD)
            raise Twice(each, is_other=is_other)
    _check_alike(alike, alike_seen)
    candidate.state, candidate.state_on = State.INTRODUCED, candidate.introduced_on
    candidate.entered_by = by
    candidate.save()
    CandidateStep.objects.create(
        candidate=candidate, state=candidate.state, on=candidate.state_on, by=by
    )
    return candidate


def _check_alike(alike: list[Candidate], seen: Collection[int]) -> None:
    unseen = [each for each in alike if each.pk not in seen]
    if unseen:
        raise Alike(alike)


def _locked(key: int, version: int) -> Candidate:
    """The row for this transaction alone. Raises Stale."""
    found = Candidate.objects.select_for_update(of=("self",)).get(pk=key)
    if found.version != version:
        raise Stale
    return found


@transaction.atomic
def correct(
    candidate: Candidate, *, by: User, version: int, alike_seen: Collection[int] = ()
) -> Candidate:
    """Store what a form corrected of a candidate; its first step follows the day of introduction.
    Raises Stale, Alike, AnotherName, IntroducedTooLate."""
    stored = _locked(candidate.pk, version)
    if (stored.search_text, stored.born_on) != (
        search_text(candidate.full_name),
        candidate.born_on,
    ):
        _check_alike(alike_to(candidate), alike_seen)
    if candidate.cadre_id:
        _check_name(candidate, candidate.cadre)
    first, *later = standing_steps(candidate)
    if later and later[0].on < candidate.introduced_on:
        raise IntroducedTooLate(later[0].on)
    if first.on != candidate.introduced_on:
        first.on, first.by = candidate.introduced_on, by
        first.save(update_fields=["on", "by"])
    last = later[-1] if later else first
    candidate.state, candidate.state_on = last.state, last.on
    candidate.version = version + 1
    candidate.save()
    return candidate


def standing_steps(candidate: Candidate) -> list[CandidateStep]:
    """The steps that were not taken back, the first of them the introduction. One query."""
    return list(candidate.steps.standing().order_by("on", "pk"))


@transaction.atomic
def move_on(
    key: int, *, by: User, version: int, state: str, on: date, today: date, note: str = ""
) -> Candidate:
    """Write the next step of a candidate. Raises Stale, StepRefused."""
    candidate = _locked(key, version)
    fault = fault_of_step(candidate.state, candidate.state_on, to=state, on=on, today=today)
    if fault:
        raise StepRefused(fault)
    CandidateStep.objects.create(candidate=candidate, state=state, on=on, note=note, by=by)
    return _now(candidate, state=state, state_on=on)


@transaction.atomic
def take_back(key: int, *, by: User, version: int) -> CandidateStep | None:
    """Take back the last step, which keeps its row, and return it; None where only the introduction
    is left. Raises Stale."""
    candidate = _locked(key, version)
    *before, last = standing_steps(candidate)
    if not before:
        return None
    last.withdrawn_by, last.withdrawn_at = by, timezone.now()
    last.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _now(candidate, state=before[-1].state, state_on=before[-1].on)
    return last


def _now(candidate: Candidate, **fields) -> Candidate:
    Candidate.objects.filter(pk=candidate.pk).update(version=F("version") + 1, **fields)
    candidate.refresh_from_db()
    return candidate


@transaction.atomic
def link(key: int, cadre: Cadre | None, *, version: int) -> Candidate:
    """Say whose record the candidate's is, or with None that it is nobody's any more. Raises Stale,
    AnotherName."""
    candidate = _locked(key, version)
    if cadre is not None:
        _check_name(candidate, cadre)
    return _now(candidate, cadre=cadre)


def _check_name(candidate: Candidate, cadre: Cadre | None) -> None:
    if cadre and search_text(candidate.full_name) != search_text(cadre.full_name):
        raise AnotherName


def records_like(candidate: Candidate, user: User, *, at_most: int = 10) -> list[Cadre]:
    """The records of the same folded name that `user` may see: whom the candidate may be. One
    query."""
    same = Cadre.objects.visible_to(user).filter(search_text=search_text(candidate.full_name))
    return list(same.order_by("born_on", "pk")[:at_most])
