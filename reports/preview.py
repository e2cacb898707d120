"""What a change of the catalogues does to ratios and staff: tried in a transaction undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import transaction

from accounts.models import User
from cadres.models import Commune
from daitu_portal.ratio import Ratio
from reports.models import Indicator
from reports.queries import Figures, Matrix
from reports.staffing import Staffing, staffing


class Moved(Enum):
    """What the rows of a catalogue can move."""

    NOTHING = "nothing"
    RATIOS = "ratios"
    STAFF = "staff"


@dataclass(frozen=True)
class Move:
    """An indicator before and after; `communes` is how many communes' ratios change."""

    indicator: Indicator
    before: Ratio | None
    after: Ratio | None
    communes: int


@dataclass(frozen=True)
class StaffMove:
    """A number of the district's staff before and after."""

    label: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Preview:
    """What a change moves on a day: ratios, or numbers of the staff; the other is None."""

    day: date
    ratios: list[Move] | None = None
    staff: list[StaffMove] | None = None


def preview(moved: Moved, user: User, day: date, change: Callable[[], object]) -> Preview:
    """What `change` moves on `day`; nothing of it stays. Whatever it raises is raised."""
    if moved == Moved.STAFF:
        return Preview(day, staff=staff_moves_of(day, change))
    return Preview(day, ratios=moves_of(user, day, change))


def moves_of(user: User, day: date, change: Callable[[], object]) -> list[Move]:
    """The indicators that `change` moves on `day`. Nothing of it stays.

    Whatever `change` raises is raised, after it was undone.
    """
    with transaction.atomic():
        before = Figures(user).matrix(day)
        change()
        after = Figures(user).matrix(day)
        transaction.set_rollback(True)
    return [move for move in _compared(before, after) if move.before != move.after or move.communes]


def staff_moves_of(day: date, change: Callable[[], object]) -> list[StaffMove]:
    """The numbers of the staff that `change` moves on `day`. Nothing of it stays."""
    with transaction.atomic():
        before = _numbers(_staff_on(day))
        change()
        after = _numbers(_staff_on(day))
        transaction.set_rollback(True)
    moves = [StaffMove(label, before[label], after[label]) for label in before]
    return [move for move in moves if move.before != move.after]


def _staff_on(day: date) -> Staffing:
    return staffing(day, list(Commune.objects.on(day)))


def _numbers(found: Staffing) -> dict[str, int | None]:
    return {
        "Chỉ tiêu đã giao các xã": found.quota,
        "Tổng chỉ tiêu của huyện": found.district_quota,
        "Số đơn vị đã có chỉ tiêu": sum(each.quota_total is not None for each in found.staff),
        "Khuyết so với chỉ tiêu": found.vacant,
        "Vượt chỉ tiêu": found.over,
        "Số đơn vị có trần": sum(each.ceiling is not None for each in found.staff),
        "Số đơn vị được giao vượt trần": sum(each.is_over_ceiling for each in found.staff),
        "Số giao vượt tổng của huyện": (
            found.quota - (found.district_quota or 0) if found.is_over_district else 0
        ),
    }


def _compared(before: Matrix, after: Matrix) -> list[Move]:
    old = {each.code: each for each in before.indicators}
    new = {each.code: each for each in after.indicators}
    communes = [each.pk for each in after.communes]
    return [
        Move(
            new.get(code) or old[code],
            before.ratio(code) if code in old else None,
            after.ratio(code) if code in new else None,
            sum(before.ratio(code, key) != after.ratio(code, key) for key in communes),
        )
        for code in {**old, **new}
    ]
