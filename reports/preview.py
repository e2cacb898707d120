"""What a change of the catalogues does to the ratios: tried in a transaction that is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from daitu_portal.ratio import Ratio
from reports.models import Indicator
from reports.queries import Figures, Matrix


@dataclass(frozen=True)
class Move:
    """An indicator before and after; `communes` is how many communes' ratios change."""

    indicator: Indicator
    before: Ratio | None
    after: Ratio | None
    communes: int


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
