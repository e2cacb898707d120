"""The boxes of the inbox by role, and what each line says of its proposal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Role, User
from intake.filters import InboxFilter
from intake.models import Proposal, ProposalItem

State = Proposal.State


@dataclass(frozen=True)
class Box:
    """A box: its part of the address, its words, and the states that lie in it."""

    code: str
    label: str
    states: tuple[str, ...]
    is_mine: bool = False
    empty: str = ""


_WAITING = Box("cho-duyet", "Chờ duyệt", (State.PENDING,), empty="Không có đề nghị nào chờ duyệt.")
_RETURNED = Box("da-tra", "Đã trả lại", (State.RETURNED,), empty="Không có đề nghị nào bị trả lại.")
_DONE = Box("da-duyet", "Đã duyệt", (State.APPROVED,), empty="Chưa có đề nghị nào được duyệt.")
_MINE = Box("cua-toi", "Của tôi", tuple(State.values), is_mine=True,
            empty="Bạn chưa lập đề nghị nào.")  # fmt: skip
_TO_CONFIRM = Box("cho-xac-nhan", "Chờ xác nhận", (State.TO_CONFIRM,),
                  empty="Không có đề nghị nào chờ xác nhận.")  # fmt: skip
_DRAFTS = Box(
    "nhap", "Bản nháp", (State.DRAFT,), is_mine=True,
    empty="Không có bản nháp. Mở hồ sơ một người, sửa hoặc thêm mục rồi lưu: bản nháp nằm ở đây.",
)  # fmt: skip
_SENT = Box("da-gui", "Đã gửi", (State.TO_CONFIRM, State.PENDING),
            empty="Không có đề nghị nào đang chờ.")  # fmt: skip
_WITHDRAWN = Box("da-rut", "Đã rút", (State.WITHDRAWN,), is_mine=True,
                 empty="Không có đề nghị nào đã rút.")  # fmt: skip

BOXES: dict[str, tuple[Box, ...]] = {
    Role.DISTRICT_HR: (_WAITING, _RETURNED, _DONE, _MINE),
    Role.COMMUNE_HEAD: (_TO_CONFIRM, _SENT, _RETURNED, _DONE),
    Role.COMMUNE_CLERK: (_DRAFTS, _RETURNED, _SENT, _DONE, _WITHDRAWN),
}


@dataclass
class Inbox:
    """What the page shows: the chosen box, all boxes with their numbers, the filtered lines."""

    box: Box
    boxes: list[tuple[Box, int]]
    filters: InboxFilter
    proposals: QuerySet
    lines: list[Any] = field(default_factory=list)


def inbox_of(user: User, asked: Any, day: date) -> Inbox:
    """The inbox of `user` as the address asks, the units and posts of `day`. Two queries: the
    numbers, and the page's rows."""
    boxes = BOXES[user.role]
    box = next((each for each in boxes if each.code == asked.get("hop")), boxes[0])
    seen = Proposal.objects.visible_to(user)
    counts = _counts(seen, boxes, user)
    rows = _in(seen, box, user).select_related("author", "commune", "basis")
    filters = InboxFilter(asked, rows, user=user, day=day)
    order = "submitted_at" if State.PENDING in box.states else "-pk"
    return Inbox(box, [(each, counts[each.code]) for each in boxes], filters,
                 filters.qs.order_by(order, "pk"))  # fmt: skip


def _in(seen: QuerySet, box: Box, user: User) -> QuerySet:
    return seen.filter(_condition(box, user))


def _condition(box: Box, user: User) -> Q:
    found = Q(state__in=box.states)
    return found & Q(author=user) if box.is_mine else found


def _counts(seen: QuerySet, boxes: Sequence[Box], user: User) -> dict[str, int]:
    counted = {box.code.replace("-", "_"): Count("pk", filter=_condition(box, user))
               for box in boxes}  # fmt: skip
    found = seen.order_by().aggregate(**counted)
    return {box.code: found[box.code.replace("-", "_")] for box in boxes}


@dataclass
class Told:
    """What a line of the inbox says beside the proposal itself."""

    items: int = 0
    people: dict[int, str] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    returned: list[tuple[str, str]] = field(default_factory=list)

    @property
    def who(self) -> str:
        names = list(self.people.values())
        more = f" và {len(names) - 2} người nữa" if len(names) > 2 else ""
        return ", ".join(names[:2]) + more


def tell_lines(page: Iterable[Proposal]) -> list[tuple[Proposal, Told]]:
    """Each proposal of a page with what it is about. One query."""
    proposals = list(page)
    told = {proposal.pk: Told() for proposal in proposals}
    items = ProposalItem.objects.filter(proposal__in=proposals).select_related("cadre")
    for item in items.only("proposal", "section", "state", "return_reason", "cadre__full_name",
                           "table", "action"):  # fmt: skip
        one = told[item.proposal_id]
        one.items += 1
        one.sections[item.section] = one.sections.get(item.section, 0) + 1
        if item.cadre is not None:
            one.people[item.cadre.pk] = item.cadre.full_name
        if item.state == ProposalItem.State.RETURNED:
            one.returned.append((item.section, item.return_reason))
    return [(proposal, told[proposal.pk]) for proposal in proposals]
