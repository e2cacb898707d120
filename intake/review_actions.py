"""The steps of a review, one transaction each: opened by the district, looked through and sent by
the clerk, confirmed by the head, opened again or closed by the district.

Each step claims its row by one UPDATE that names the state it comes from: of two requests one
wins, and the other raises NotInState. What the head confirmed is added to, never changed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import notices
from accounts.models import COMMUNE_ROLES, Notice, Role, User
from cadres.models import Cadre, Commune, CommuneSuccession
from intake.completeness import serving_in
from intake.models import Review, ReviewLine, ReviewUnit
from intake.review_values import fingerprint, values_of

State = ReviewUnit.State


class NotInState(Exception):
    """The list is not in the state for this step: someone else was first, or the review closed."""


class NotLookedThrough(Exception):
    """People are not ticked yet; `number` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} people")
        self.number = number


class NotConfirmed(Exception):
    """More lists are not confirmed than was said; `number` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} lists")
        self.number = number


class Changed(Exception):
    """The records changed since the head opened the page."""


@transaction.atomic
def open_review(
    by: User, *, title: str, groups: Collection[str], as_of: date, due_on: date,
    communes: Collection[Commune],
) -> Review:  # fmt: skip
    """Open a review: a list for each of `communes`, of those who serve there on `as_of`; their
    clerks are told."""
    review = Review.objects.create(
        title=title, groups=list(groups), as_of=as_of, due_on=due_on, opened_by=by
    )
    made = [ReviewUnit(review=review, commune=commune) for commune in communes]
    units = ReviewUnit.objects.bulk_create(made)
    people = serving_in([unit.commune_id for unit in units], as_of)
    _add_lines(units, people)
    lines = _lines_back()
    for unit in units:
        words = f"Đợt rà soát mới, hạn {due_on:%d/%m/%Y}: {title}"
        _tell(unit, (Role.COMMUNE_CLERK,), Notice.Kind.TASK, words, "opened", lines)
    return review


def _add_lines(units: Iterable[ReviewUnit], people: Mapping[int, Iterable[int]]) -> None:
    ReviewLine.objects.bulk_create(
        [ReviewLine(unit=unit, cadre_id=key) for unit in units for key in people[unit.commune_id]],
        batch_size=500,
    )


def _claim(unit_id: int, before: str, after: str, **fields: Any) -> ReviewUnit:
    """The unit, taken from one state to another and locked till the end of the transaction.
    Raises NotInState if it is not in `before`, or its review is closed."""
    mine = ReviewUnit.objects.filter(pk=unit_id, state=before)
    # Columns of the row alone: PostgreSQL looks at them again once the lock is given.
    if not mine.update(state=after, **fields):
        raise NotInState
    unit = ReviewUnit.objects.select_related("review", "commune").get(pk=unit_id)
    if unit.review.closed_at:
        raise NotInState
    return unit


@transaction.atomic
def look_through(
    unit_id: int, by: User, *, ticked: Collection[int], shown: Collection[int],
    notes: Mapping[int, str],
) -> int:  # fmt: skip
    """Tick those lines of `shown` that are in `ticked`, untick the others, keep the notes; return
    how many of `shown` are ticked. Raises NotInState."""
    _claim(unit_id, State.OPEN, State.OPEN)
    lines = list(ReviewLine.objects.filter(unit=unit_id, pk__in=shown))
    now = timezone.now()
    for line in lines:
        line.note = notes.get(line.pk, line.note)
        if line.pk not in ticked:
            line.checked_by, line.checked_at = None, None
        elif line.checked_at is None:
            line.checked_by, line.checked_at = by, now
    ReviewLine.objects.bulk_update(lines, ["note", "checked_by", "checked_at"], batch_size=500)
    return sum(line.checked_at is not None for line in lines)


@transaction.atomic
def look_through_all(unit_id: int, by: User) -> int:
    """Tick everyone who is not ticked yet; return how many. Raises NotInState."""
    _claim(unit_id, State.OPEN, State.OPEN)
    waiting = ReviewLine.objects.filter(unit=unit_id, checked_at=None)
    return waiting.update(checked_by=by, checked_at=timezone.now())


@transaction.atomic
def send(unit_id: int, by: User) -> ReviewUnit:
    """Send the list to the head. Raises NotInState, NotLookedThrough."""
    unit = _claim(unit_id, State.OPEN, State.SENT, sent_by=by, sent_at=timezone.now())
    waiting = unit.lines.filter(checked_at=None).count()
    if waiting:
        raise NotLookedThrough(waiting)
    words = f"Danh sách rà soát chờ xác nhận: {unit.review.title}"
    _tell(unit, (Role.COMMUNE_HEAD,), Notice.Kind.TASK, words, f"sent:{_stamp(unit.sent_at)}")
    return unit


@transaction.atomic
def send_back(unit_id: int, by: User) -> ReviewUnit:
    """The head gives the list back to the clerk; the reason stands in the log and on the list, not
    in the notice, which holds no free words. Raises NotInState."""
    unit = _claim(unit_id, State.SENT, State.OPEN)
    words = f"Người đứng đầu trả lại danh sách rà soát: {unit.review.title}"
    _tell(unit, (Role.COMMUNE_CLERK,), Notice.Kind.RETURNED, words, f"back:{_stamp(unit.sent_at)}")
    return unit


@transaction.atomic
def confirm(unit_id: int, by: User, *, seen: str) -> ReviewUnit:
    """Confirm the list as the head saw it, and freeze it. `seen` is the fingerprint of what the
    page showed. Raises NotInState, Changed."""
    now = timezone.now()
    unit = _claim(unit_id, State.SENT, State.CONFIRMED, confirmed_by=by, confirmed_at=now)
    lines = lines_of(unit)
    said = told_of(unit, lines, by)
    mark = fingerprint_of(said)
    if mark != seen:
        raise Changed
    for line in lines:
        frozen = {"confirmed_by": by.full_name, "confirmed_at": now.isoformat(),
                  "fingerprint": mark, "said": said[line.pk]}  # fmt: skip
        line.frozen = [*(line.frozen or []), frozen]
    ReviewLine.objects.bulk_update(lines, ["frozen"], batch_size=500)
    unit.fingerprint = mark
    unit.save(update_fields=["fingerprint"])
    notices.tell(
        notices.accounts_of([Role.DISTRICT_HR]), Notice.Kind.DECIDED,
        f"{unit.commune.name} đã xác nhận: {unit.review.title}",
        unit.get_absolute_url(), f"review:{unit.pk}:confirmed:{_stamp(now)}",
    )  # fmt: skip
    return unit


def told_of(unit: ReviewUnit, lines: Collection[ReviewLine], by: User) -> dict[int, Any]:
    """By key of each line, loaded with its person and who ticked it, what the list says of the
    person now; of those whom `by` may no longer see, the name and the note alone. Nine queries
    however many people."""
    keys = [line.cadre_id for line in lines]
    seen = Cadre.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)
    values = values_of(list(seen), unit.review.groups, unit.review.as_of)
    return {
        line.pk: {
            "name": line.cadre.full_name,
            "code": line.cadre.code,
            "note": line.note,
            "checked_by": line.checked_by.full_name if line.checked_by else "",
            "groups": values.get(line.cadre_id, []),
        }
        for line in lines
    }


def lines_of(unit: ReviewUnit) -> list[ReviewLine]:
    """The lines of a list with their people, in the order in which they are frozen."""
    return list(unit.lines.select_related("cadre", "checked_by").order_by("pk"))


def fingerprint_of(said: Mapping[int, Any]) -> str:
    """The mark of a list, whose lines `told_of` gave in the order of `lines_of`."""
    return fingerprint(said.values())


def _stamp(when: datetime | None) -> str:
    """What tells one step of a kind from the next, for the topic of a notice."""
    return f"{when.timestamp()}" if when else ""


@transaction.atomic
def reopen(unit_id: int, by: User) -> ReviewUnit:
    """The district opens a confirmed list again: ticks begin anew, people who serve on the day by
    now are added, what was confirmed stays; the reason stands as in `send_back`. Raises
    NotInState."""
    unit = _claim(unit_id, State.CONFIRMED, State.OPEN, fingerprint="")
    unit.lines.update(checked_by=None, checked_at=None)
    known = set(unit.lines.values_list("cadre", flat=True))
    serving = serving_in([unit.commune_id], unit.review.as_of)
    _add_lines([unit], {u: [k for k in keys if k not in known] for u, keys in serving.items()})
    words = f"Huyện mở lại danh sách rà soát: {unit.review.title}"
    topic = f"reopened:{_stamp(timezone.now())}"
    _tell(unit, COMMUNE_ROLES, Notice.Kind.RETURNED, words, topic)
    return unit


@transaction.atomic
def close(review_id: int, *, unconfirmed: int) -> Review:
    """End a review: nothing in it changes any more, and its units are told. `unconfirmed` is how
    many lists the page said were not confirmed. Raises NotInState; NotConfirmed if it is more by
    now."""
    mine = Review.objects.filter(pk=review_id, closed_at=None)
    if not mine.update(closed_at=timezone.now()):
        raise NotInState
    review = Review.objects.get(pk=review_id)
    units = list(review.units.select_related("review", "commune"))
    left = sum(unit.state != State.CONFIRMED for unit in units)
    if left > unconfirmed:
        raise NotConfirmed(left)
    lines = _lines_back()
    for unit in units:
        told = "" if unit.state == State.CONFIRMED else "; danh sách của đơn vị chưa được xác nhận"
        words = f"Đợt rà soát đã kết thúc{told}: {review.title}"
        _tell(unit, COMMUNE_ROLES, Notice.Kind.DECIDED, words, "closed", lines)
    return review


def keepers(unit: ReviewUnit, roles: Iterable[str], lines: Any = None) -> Any:
    """The accounts of `roles` that see the unit: its own, and of the units that went into it."""
    back = (lines or _lines_back()).get(unit.commune_id, set())
    return notices.accounts_of(roles, {unit.commune_id, *back})


def _lines_back() -> dict[int, set[int]]:
    """By key of a commune, the units that it came out of, however many steps before."""
    direct: dict[int, set[int]] = {}
    for old, new in CommuneSuccession.objects.values_list("old_id", "new_id"):
        direct.setdefault(new, set()).add(old)
    found: dict[int, set[int]] = {}
    for new in direct:
        line, frontier = set(direct[new]), set(direct[new])
        while frontier:
            frontier = {old for each in frontier for old in direct.get(each, ())} - line
            line |= frontier
        found[new] = line
    return found


def _tell(
    unit: ReviewUnit, roles: Iterable[str], kind: str, words: str, what: str, lines: Any = None
) -> None:
    topic = f"review:{unit.pk}:{what}"
    notices.tell(keepers(unit, roles, lines), kind, words, unit.get_absolute_url(), topic)
