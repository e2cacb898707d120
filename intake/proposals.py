"""What a commune proposes: drafted, sent, confirmed by its head. What the district does with it
stands in approvals.py.

Each step claims the proposal by its state and version in one statement, so that of two requests
one wins and the other is told; nothing here writes a record.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, When
from django.utils import timezone

from accounts import notices
from accounts.models import COMMUNE_ROLES, Installation, Notice, Role, User
from cadres.changes import RECORD
from cadres.edits import RowEdit
from cadres.models import Attachment, Basis, Cadre
from intake.models import Proposal, ProposalItem
from intake.models.proposal import PERSON
from intake.sections import section_of

State = Proposal.State


class NotOpen(Exception):
    """The proposal is not in the state for this step, or someone made a step meanwhile."""


class Incomplete(Exception):
    """Something that is required before sending is missing; `faults` by key of the item."""

    def __init__(self, faults: Mapping[int, Any]) -> None:
        super().__init__(f"{len(faults)} items")
        self.faults = faults


@dataclass(frozen=True)
class Draft:
    """One change as its author left the form: what was typed, and, once it is whole, its edits."""

    cadre: Cadre | None
    kind: str = RECORD
    table: str = ""
    row_id: int | None = None
    action: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Any] = field(default_factory=dict)
    edits: Sequence[RowEdit] = ()
    effective_on: Any = None
    new_person: ProposalItem | None = None


def may_propose(user: User) -> bool:
    """Whether what `user` enters becomes a proposal."""
    return user.role == Role.COMMUNE_CLERK


def open_proposal(user: User, cadre: Cadre | None) -> Proposal:
    """The author's draft about this person, or a new one; what a decision says stays apart."""
    decisions = ProposalItem.objects.filter(proposal=OuterRef("pk")).exclude(kind=RECORD)
    mine = Proposal.objects.visible_to(user).filter(~Exists(decisions), author=user, batch=None)
    if cadre is not None and cadre.pk:
        about = mine.filter(items__cadre=cadre, state__in=Proposal.OPEN).order_by("-pk").first()
        if about is not None:
            return about
    return Proposal.objects.create(author=user, commune_id=user.commune_id)


@transaction.atomic
def put(
    draft: Draft, *, by: User, proposal_id: int | None = None, item_id: int | None = None
) -> ProposalItem:
    """Keep a change in the author's draft: in the place of `item_id`, or of what the same draft
    already says about the same row; else as a new item of `proposal_id` or the person's draft.

    Raises NotOpen if that is not the author's to change any more, Cadre.DoesNotExist outside the
    scope of `by`.
    """
    if not may_propose(by) and not by.is_district_hr:
        raise PermissionDenied
    if draft.cadre is not None and draft.cadre.pk:
        Cadre.objects.visible_to(by).get(pk=draft.cadre.pk)
    proposal = _mine(proposal_id, by) if proposal_id else open_proposal(by, draft.cadre)
    item = _place(proposal, draft, item_id)
    _fill(item, draft)
    item.save()
    _step(proposal)
    return item


def _mine(proposal_id: int, by: User) -> Proposal:
    """The author's own draft, locked. Raises NotOpen."""
    seen = Proposal.objects.visible_to(by).select_for_update()
    found = seen.filter(pk=proposal_id, author=by, state__in=Proposal.OPEN)
    proposal = found.first()
    if proposal is None:
        raise NotOpen
    return proposal


def _place(proposal: Proposal, draft: Draft, item_id: int | None) -> ProposalItem:
    items = proposal.items.exclude(state=ProposalItem.State.APPROVED)
    if item_id is not None:
        item = items.filter(pk=item_id).first()
        if item is None:
            raise NotOpen
        return item
    if draft.row_id is not None and draft.kind == RECORD:
        same = items.filter(kind=RECORD, table=draft.table, row_id=draft.row_id).first()
        if same is not None:
            return same
    return ProposalItem(proposal=proposal)


def _fill(item: ProposalItem, draft: Draft) -> None:
    item.cadre = draft.cadre if draft.cadre is not None and draft.cadre.pk else None
    item.new_person = draft.new_person
    item.kind, item.table, item.row_id = draft.kind, draft.table, draft.row_id
    item.action, item.effective_on = draft.action, draft.effective_on
    item.section = section_of(draft.kind, draft.table)[:30]
    item.typed, item.faults = dict(draft.typed), dict(draft.faults)
    item.edits = [edit.as_plain() for edit in draft.edits]
    item.state, item.return_reason = ProposalItem.State.OPEN, ""


@transaction.atomic
def put_decision(drafts: Iterable[Draft], *, by: User, proposal_id: int | None = None) -> Proposal:
    """Keep the changes of a decision in a draft of its own, in the place of those it had.

    Raises PermissionDenied, NotOpen as `put` does.
    """
    if not may_propose(by):
        raise PermissionDenied
    proposal = (
        _mine(proposal_id, by)
        if proposal_id
        else Proposal.objects.create(author=by, commune_id=by.commune_id)
    )
    proposal.items.exclude(state=ProposalItem.State.APPROVED).exclude(kind=RECORD).delete()
    put_all(drafts, proposal)
    _step(proposal)
    return proposal


def put_all(drafts: Iterable[Draft], proposal: Proposal) -> None:
    """Keep many whole changes at once, as of a decision or a file, in a new draft.

    Rows of someone new are tied to the item that adds the person; those items come first.
    """
    people: dict[int, ProposalItem] = {}
    rows = []
    for draft in drafts:
        item = ProposalItem(proposal=proposal)
        _fill(item, draft)
        if draft.cadre is not None and not draft.cadre.pk and draft.table == PERSON:
            people[id(draft.cadre)] = item
        else:
            rows.append((item, draft))
    ProposalItem.objects.bulk_create(people.values(), batch_size=500)
    for item, draft in rows:
        if draft.cadre is not None and not draft.cadre.pk:
            item.new_person = people[id(draft.cadre)]
    ProposalItem.objects.bulk_create((item for item, _ in rows), batch_size=500)


@transaction.atomic
def drop(item_id: int, *, proposal_id: int, by: User) -> None:
    """Take an item out of the author's draft. Raises NotOpen."""
    proposal = _mine(proposal_id, by)
    items = proposal.items.exclude(state=ProposalItem.State.APPROVED).filter(pk=item_id)
    gone, _ = items.delete()
    if not gone:
        raise NotOpen
    _step(proposal)


def _step(proposal: Proposal) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(version=F("version") + 1)


def claim(proposal: Proposal, version: int, states: Iterable[str], **changes: Any) -> None:
    """Make a step if the proposal is still what the page showed. Raises NotOpen."""
    claimed = Proposal.objects.filter(pk=proposal.pk, version=version, state__in=list(states))
    if not claimed.update(version=F("version") + 1, **changes):
        raise NotOpen
    proposal.refresh_from_db()


@transaction.atomic
def submit(
    proposal_id: int, *, by: User, version: int, basis: Basis, title: str, reason: str = ""
) -> Proposal:
    """Send the author's draft: to the head of the commune where the setting asks for it, else to
    the district.

    Raises NotOpen; Incomplete with what is missing in each item.
    """
    from intake.approvals import is_whole, rehearse

    proposal = _mine(proposal_id, by)
    items = list(proposal.items.exclude(state=ProposalItem.State.APPROVED))
    faults = {item.pk: item.faults for item in items if item.faults}
    if not items:
        faults = {0: {"": ["Chưa có mục nào."]}}
    elif is_whole(items) and basis.kind != Basis.Kind.DECISION:
        faults = {0: {"": ["Việc theo quyết định phải có căn cứ là một quyết định."]}}
    if not faults and proposal.batch_id is None:  # a file was checked whole by its preview
        proposal.basis, proposal.reason = basis, reason
        faults = rehearse(proposal, items, by)
    if faults:
        raise Incomplete(faults)
    to_head = heads_confirm() and by.role in COMMUNE_ROLES
    ProposalItem.objects.filter(pk__in=[item.pk for item in items]).update(
        state=ProposalItem.State.OPEN
    )
    claim(
        proposal, version, Proposal.OPEN,
        state=State.TO_CONFIRM if to_head else State.PENDING,
        basis=basis, title=title, reason=reason, submitted_at=timezone.now(),
        confirmed_by=None, confirmed_at=None, decided_by=None, decided_at=None,
    )  # fmt: skip
    _tell_next(proposal)
    return proposal


def kept_faults(proposal: Proposal) -> dict[int, Any]:
    """What the items of a draft lacked when they were kept, by key of the item. One query."""
    items = proposal.items.exclude(state=ProposalItem.State.APPROVED).exclude(faults={})
    return {item.pk: item.faults for item in items}


def name_of(proposal: Proposal) -> str:
    """Which proposal it is, for notices, which hold no values of records: number and parts."""
    parts = list(dict.fromkeys(proposal.items.values_list("section", flat=True)))
    more = "…" if len(parts) > 3 else ""
    told = f" ({', '.join(each for each in parts[:3] if each)}{more})" if any(parts) else ""
    return f"đề nghị số {proposal.pk}{told}"


def _tell_next(proposal: Proposal) -> None:
    """Tell those whose turn it is."""
    is_heads = proposal.state == State.TO_CONFIRM
    if is_heads:
        hearers = notices.accounts_of([Role.COMMUNE_HEAD], [proposal.commune_id or 0])
    else:
        hearers = notices.accounts_of([Role.DISTRICT_HR])
    notices.tell(
        hearers,
        Notice.Kind.TASK,
        f"{proposal.commune or 'Huyện'}: {name_of(proposal)} chờ "
        f"{'xác nhận' if is_heads else 'duyệt'}",
        proposal.get_absolute_url(),
        f"proposal:{proposal.pk}:{proposal.version}",
    )


def tell_author(proposal: Proposal, kind: str, words: str) -> None:
    """Tell the author what became of the proposal."""
    topic = f"proposal:{proposal.pk}:{proposal.version}"
    notices.tell([proposal.author], kind, words, proposal.get_absolute_url(), topic)


def heads_confirm() -> bool:
    """Whether the head of a commune confirms before the district sees a proposal."""
    return Installation.objects.filter(head_confirms=True).exists()


@transaction.atomic
def confirm(proposal_id: int, *, by: User, version: int) -> Proposal:
    """The head of the commune confirms what the commune sends, with name and time.

    Raises NotOpen, Proposal.DoesNotExist outside the scope of `by`, PermissionDenied.
    """
    proposal = _to_confirm(proposal_id, by)
    claim(
        proposal, version, [State.TO_CONFIRM],
        state=State.PENDING, confirmed_by=by, confirmed_at=timezone.now(),
    )  # fmt: skip
    _tell_next(proposal)
    return proposal


@transaction.atomic
def send_back(proposal_id: int, *, by: User, version: int, reason: str) -> Proposal:
    """The head of the commune sends the whole draft back to its author. Raises as `confirm`."""
    proposal = _to_confirm(proposal_id, by)
    claim(proposal, version, [State.TO_CONFIRM], state=State.RETURNED, submitted_at=None)
    proposal.items.exclude(state=ProposalItem.State.APPROVED).update(
        state=ProposalItem.State.RETURNED, return_reason=reason[:500],
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    tell_author(proposal, Notice.Kind.RETURNED, f"Người đứng đầu trả lại {name_of(proposal)}")
    return proposal


def _to_confirm(proposal_id: int, by: User) -> Proposal:
    if by.role != Role.COMMUNE_HEAD:
        raise PermissionDenied
    proposal = Proposal.objects.visible_to(by).get(pk=proposal_id)
    if proposal.author_id == by.pk:
        raise PermissionDenied
    return proposal


@transaction.atomic
def withdraw(proposal_id: int, *, by: User, version: int) -> Proposal:
    """The author takes back what was not decided yet; it is kept, as withdrawn.

    A proposal of which something was approved stays. Raises NotOpen.
    """
    states = [State.DRAFT, State.RETURNED, State.TO_CONFIRM, State.PENDING]
    proposal = Proposal.objects.visible_to(by).filter(pk=proposal_id, author=by).first()
    if proposal is None or proposal.items.filter(state=ProposalItem.State.APPROVED).exists():
        raise NotOpen
    # The district never saw what waited for the head, and does not now.
    sent = Case(When(state=State.TO_CONFIRM, then=None), default=F("submitted_at"))
    claim(proposal, version, states, state=State.WITHDRAWN, submitted_at=sent)
    return proposal


@transaction.atomic
def take_back(proposal_id: int, *, by: User, version: int) -> Proposal:
    """The author opens again what was sent and not yet looked at, to mend it. Raises NotOpen."""
    proposal = Proposal.objects.visible_to(by).filter(pk=proposal_id, author=by).first()
    if proposal is None:
        raise NotOpen
    sent = [State.TO_CONFIRM, State.PENDING]
    claim(proposal, version, sent, state=State.DRAFT, submitted_at=None)
    return proposal


def digest_of(items: Sequence[ProposalItem]) -> str:
    """SHA-256 of all that the items of a proposal would write, and of the basis and its scans: an
    approval is of this and nothing else. One query."""
    told: list[Any] = [[item.pk, item.kind, item.cadre_id, item.edits] for item in items]
    basis = items[0].proposal.basis_id if items else None
    scans = Attachment.objects.kept().filter(basis=basis or 0)
    told.append([basis, sorted(scans.values_list("pk", "sha256"))])
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
