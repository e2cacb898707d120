"""What the district does with a proposal: approves or returns its parts. The only place where what
was proposed is written to a record, and never by its author.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice, Role, User
from cadres.actions import create_cadre
from cadres.change_kinds import kind_of, kinds
from cadres.changes import RECORD, Ground, record
from cadres.edits import RowMoved, from_plain, loaded
from cadres.merged_address import survivor_of
from cadres.models import Cadre, Change, Commune
from intake.approval_items import ItemRefused, moved_since, person_of
from intake.decision_entry import not_as_drafted
from intake.file_approval import is_writable, write_items
from intake.models import Proposal, ProposalItem
from intake.models.proposal import PERSON
from intake.proposals import NotOpen, claim, digest_of, name_of, tell_author

Item = ProposalItem.State
_GOES = "Thay đổi này đưa người ấy ra khỏi phạm vi của bạn."


@dataclass(frozen=True)
class Decision:
    """What the district decides about the open items: those approved, those returned and why."""

    approved: frozenset[int]
    returned: Mapping[int, str]


@transaction.atomic
def decide(
    proposal_id: int, decision: Decision, *, by: User, version: int, digest: str
) -> tuple[Proposal, list[Change]]:
    """Approve and return items of a proposal that waits; items left out wait on.

    `version` and `digest` are of what the page showed. Raises PermissionDenied for anyone but
    another member of the district's staff; NotOpen if the proposal is no longer what was shown or
    the decision is about something else; ItemRefused, with nothing written, where an item does not
    fit the record any more.
    """
    if by.role != Role.DISTRICT_HR:
        raise PermissionDenied
    proposal = Proposal.objects.visible_to(by).select_for_update().get(pk=proposal_id)
    if proposal.author_id == by.pk:
        raise PermissionDenied("Người lập không tự duyệt đề nghị của mình.")
    items = list(proposal.items.filter(state=Item.OPEN).select_related("cadre", "new_person"))
    _check_decision(items, decision, digest)
    claim(proposal, version, [Proposal.State.PENDING])
    changes = _approve(proposal, [each for each in items if each.pk in decision.approved], by)
    _return(items, decision.returned, by)
    _close(proposal, by)
    _tell_author(proposal, decision)
    return proposal, changes


def _check_decision(items: Sequence[ProposalItem], decision: Decision, digest: str) -> None:
    keys = {item.pk for item in items}
    named = decision.approved | decision.returned.keys()
    is_both = decision.approved & decision.returned.keys()
    is_unexplained = any(not reason.strip() for reason in decision.returned.values())
    if digest_of(items) != digest or not named or not named <= keys or is_both or is_unexplained:
        raise NotOpen
    if decision.approved and is_whole(items) and decision.approved != keys:
        raise NotOpen


def is_whole(items: Iterable[ProposalItem]) -> bool:
    """Whether the items are approved together or not at all, as those of a decision are."""
    return any(_is_of_kind(item) and kind_of(item.kind).needs_decision for item in items)


def _is_of_kind(item: ProposalItem) -> bool:
    return item.kind in {kind.code for kind in kinds()}


def _approve(proposal: Proposal, items: Sequence[ProposalItem], by: User) -> list[Change]:
    ground = ground_of(proposal, by)
    now, changes = timezone.now(), []
    for item, change in _applied(items, ground):
        item.change, item.state, item.decided_by, item.decided_at = change, Item.APPROVED, by, now
        item.cadre = change.cadre
        changes.append(change)
    fields = ["change", "state", "decided_by", "decided_at", "cadre"]
    ProposalItem.objects.bulk_update(items, fields, batch_size=200)
    return changes


def ground_of(proposal: Proposal, by: User) -> Ground:
    """What the approval of a proposal by `by` rests on."""
    return Ground(
        by=by,
        basis=proposal.basis,
        reason=proposal.reason,
        source=Change.Source.APPROVED,
        proposed_by=proposal.author,
        confirmed_by=proposal.confirmed_by,
    )


def _applied(
    items: Sequence[ProposalItem], ground: Ground
) -> Iterable[tuple[ProposalItem, Change]]:
    """Write the items, new people first, in the order in which they were drafted."""
    made: dict[int, Cadre] = {}
    people = _locked_together(items, ground.by)
    _check_unit(items, people)
    _check_kinds(items, ground)
    if _is_file(items):
        yield from _written_together(items, ground, people)
        return
    for item in sorted(items, key=lambda each: (not each.adds_person, each.pk)):
        try:
            yield item, _apply(item, ground, made, people)
        except RowMoved as moved:
            raise moved_since(item, moved) from moved
        except ValidationError as error:
            raise ItemRefused(item, " ".join(error.messages)) from error
        except IntegrityError as error:
            raise ItemRefused(item, "Trùng với dữ liệu vừa được ghi.") from error
        except PermissionDenied as error:
            raise ItemRefused(item, _GOES) from error


def _is_file(items: Sequence[ProposalItem]) -> bool:
    """Whether the items came with a workbook and can be written as one."""
    return bool(items) and items[0].proposal.batch_id is not None and is_writable(items)


def _written_together(
    items: Sequence[ProposalItem], ground: Ground, people: Mapping[int, Cadre]
) -> list[tuple[ProposalItem, Change]]:
    try:
        with transaction.atomic():
            return write_items(items, ground, people)
    except (ValidationError, IntegrityError) as error:
        words = " ".join(getattr(error, "messages", [])) or "Trùng với dữ liệu vừa được ghi."
        raise ItemRefused(items[0], words) from error


def _locked_together(items: Sequence[ProposalItem], by: User) -> dict[int, Cadre]:
    """The people whom the items are about, by the keys that the items have, locked in the order of
    their own. Who was merged is the record that stayed. Two queries, and some for each merged."""
    keys = {item.person_id for item in items if item.person_id}
    gone = Cadre.objects.filter(pk__in=keys, is_kept=False).values_list("pk", flat=True)
    stays = dict.fromkeys(keys) | {key: survivor_of(key) for key in gone}
    wanted = {into or key for key, into in stays.items()}
    rows = Cadre.objects.visible_to(by).select_for_update().filter(pk__in=wanted).order_by("pk")
    people = {cadre.pk: cadre for cadre in rows}
    return {key: people[into or key] for key, into in stays.items() if (into or key) in people}


def _check_unit(items: Sequence[ProposalItem], people: Mapping[int, Cadre]) -> None:
    """Refuse what a commune proposed about someone who is another's by now. A query; none where
    nobody is on record yet."""
    proposal = items[0].proposal if items else None
    if proposal is None or proposal.commune_id is None or not people:
        return
    line = Commune.objects.line_of(proposal.commune_id)
    theirs = Cadre.objects.of_units(line, proposal.author).filter(pk__in=_keys(people))
    known = set(theirs.values_list("pk", flat=True))
    for item in items:
        person = people.get(item.person_id)
        if person is not None and person.pk not in known:
            raise ItemRefused(item, f"{person.full_name} không còn thuộc {proposal.commune}.")


def _keys(people: Mapping[int, Cadre]) -> set[int]:
    return {cadre.pk for cadre in people.values()}


def _check_kinds(items: Sequence[ProposalItem], ground: Ground) -> None:
    """Refuse what a decision says where it would be another change by now."""
    lines = [item for item in items if _is_of_kind(item)]
    refused = not_as_drafted(lines, ground.by, ground.basis)
    for item in lines:
        if item.pk in refused:
            raise ItemRefused(item, refused[item.pk])


def _apply(
    item: ProposalItem, ground: Ground, made: dict[int, Cadre], people: Mapping[int, Cadre]
) -> Change:
    if item.adds_person:
        person = from_plain(item.edits[0], None).row
        cadre = made[item.pk] = create_cadre(person, ground=ground, alike_seen=None)
        return cadre.changes.latest("pk")
    cadre = person_of(item, people, made)
    kept = item.edits
    rows = loaded((edit["table"], edit["row"]) for edit in kept if edit["row"] is not None)
    rows |= {key: cadre for key in rows if key[0] == PERSON}  # the one that is locked
    edits = [from_plain(each, rows.get((each["table"], each["row"])), cadre) for each in kept]
    return record(
        cadre, edits, ground,
        kind=item.kind, effective_on=item.effective_on, values=_values_of(item),
    )  # fmt: skip


def _values_of(item: ProposalItem) -> dict[str, Any]:
    """What was typed for a kind of decision; a plain row says itself what it is."""
    return {} if item.kind == RECORD else item.typed


def _return(items: Sequence[ProposalItem], reasons: Mapping[int, str], by: User) -> None:
    now = timezone.now()
    back = [item for item in items if item.pk in reasons]
    for item in back:
        item.state, item.return_reason = Item.RETURNED, reasons[item.pk].strip()[:500]
        item.decided_by, item.decided_at = by, now
    fields = ["state", "return_reason", "decided_by", "decided_at"]
    ProposalItem.objects.bulk_update(back, fields, batch_size=200)


def _close(proposal: Proposal, by: User) -> None:
    """Where nothing waits any more: back to the author, or done."""
    states = set(proposal.items.values_list("state", flat=True))
    if Item.OPEN in states:
        return
    is_back = Item.RETURNED in states
    proposal.state = Proposal.State.RETURNED if is_back else Proposal.State.APPROVED
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _tell_author(proposal: Proposal, decision: Decision) -> None:
    name = name_of(proposal)
    if decision.returned:
        words = f"Huyện trả lại {len(decision.returned)} mục của {name}"
        tell_author(proposal, Notice.Kind.RETURNED, words)
    elif decision.approved:
        words = f"Huyện đã duyệt {len(decision.approved)} mục của {name}"
        tell_author(proposal, Notice.Kind.DECIDED, words)


def rehearse(
    proposal: Proposal, items: Sequence[ProposalItem], by: User
) -> dict[int, dict[str, list[str]]]:
    """What would refuse the items if they were approved now, by key; nothing is written.

    Items are tried in order and what fails is left out, so that everything wrong is told at once.
    """
    faults: dict[int, dict[str, list[str]]] = {}
    left = list(items)
    while left:
        sid = transaction.savepoint()
        try:
            for _ in _applied(left, Ground(by=by, basis=proposal.basis)):
                pass
            left = []
        except ItemRefused as refused:
            faults[refused.item.pk] = {"": [refused.why]}
            left = [each for each in left if each is not refused.item]
        finally:
            transaction.savepoint_rollback(sid)
    return faults
