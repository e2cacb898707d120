"""Posts and seats without a last day that an import ends by itself, and what it says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from cadres.careers import end_with_holder
from cadres.records_people import HOLDINGS, MEMBERSHIPS
from cadres.rules.careers import Gone
from intake.checks import is_told, owner_of
from intake.plan import Change


def end_with_holder_of(change: Change, gone: Mapping[Any, Sequence[Gone]]) -> bool:
    """Whether a new post or seat without an end was given that of its unit or post, or ends where
    the person leaves for good."""
    is_period = change.table in (HOLDINGS, MEMBERSHIPS) and change.is_new
    if not is_period or "valid_to" in change.source.bad or not is_told(change):
        return False
    change.note = end_with_holder(change.row, gone.get(owner_of(change), ()))
    if change.note:
        change.before["valid_to"] = None
    return bool(change.note)


def told_of_ends(ended: int) -> list[str]:
    """What is said of so many rows that were given a last day."""
    if not ended:
        return []
    return [
        f"{ended} dòng để trống ngày cuối ở đơn vị hoặc chức danh đã có ngày kết thúc, hoặc "
        "của người đã có ngày rời đi: cổng ghi đến hết ngày ấy (xem từng dòng bên dưới)."
    ]
