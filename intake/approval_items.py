"""Whom an item that is approved is about, and why it cannot be written."""

from collections.abc import Mapping

from cadres.edits import RowEdit, RowMoved
from cadres.models import Cadre
from intake.models import ProposalItem

_GONE = "Người này không còn trong phạm vi, hoặc hồ sơ đã gộp."
_NOBODY = "Duyệt người mới trước, rồi tới các mục của người ấy."
_MOVED = "Hồ sơ đã đổi sau khi đề nghị được lập."


class ItemRefused(Exception):
    """An item cannot be written: `why` in words; `moved` where the record changed since."""

    def __init__(self, item: ProposalItem, why: str, moved: RowEdit | None = None) -> None:
        super().__init__(why)
        self.item, self.why, self.moved = item, why, moved


def moved_since(item: ProposalItem, moved: RowMoved) -> ItemRefused:
    """The refusal of an item whose row is no longer as its author saw it."""
    return ItemRefused(item, _MOVED, moved.edit if isinstance(moved.edit, RowEdit) else None)


def person_of(item: ProposalItem, people: Mapping[int, Cadre], made: Mapping[int, Cadre]) -> Cadre:
    """The person whom an item is about: of `people` by key, or new and just `made`, by key of the
    item that adds them. Raises ItemRefused."""
    if item.person_id is not None:
        if item.person_id not in people:
            raise ItemRefused(item, _GONE)
        return people[item.person_id]
    cadre = made.get(item.new_person_id or 0)
    if cadre is None:
        raise ItemRefused(item, _NOBODY)
    return cadre
