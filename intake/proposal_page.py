"""What a proposal's page shows: for each person and part, the rows before and after."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.urls import reverse

from accounts.models import User
from cadres.alike import Alike, alike_to_new
from cadres.change_kinds import kinds
from cadres.changes import RECORD
from cadres.edits import RowEdit, columns_of, from_plain, model_of, names_in, told
from cadres.history import ToldEdit, tell_edits
from cadres.models import Cadre
from intake.approval_items import ItemRefused
from intake.approvals import is_whole
from intake.forms.kinds import DAY
from intake.models import Proposal, ProposalItem

ITEMS_A_PAGE = 60
_CODE = re.compile(r"[a-z0-9_]*")  # what names a field in code and is no label
# Which form goes on with a draft's item: (route of a new row, of a stored one), by table.
_FORMS = {
    "cadres.cadre": "cadre",
    "cadres.holding": "holding",
    "cadres.committeemembership": "membership",
    "cadres.qualification": "qualification",
    "cadres.shorttraining": "short_training",
    "cadres.rating": "rating",
    "cadres.profile": "profile",
    "cadres.familymember": "family",
    "cadres.workperiod": "work_period",
    "cadres.affiliation": "affiliation",
    "cadres.salarystep": "salary_step",
    "cadres.allowance": "allowance",
    "cadres.award": "award",
    "cadres.discipline": "discipline",
    "cadres.status": "status",
}


@dataclass(frozen=True)
class Shown:
    """An item with its rows in words, what is missing, and the form that goes on with it."""

    item: ProposalItem
    edits: list[ToldEdit]
    faults: list[str]
    url: str
    alike: Sequence[Alike] = ()  # people on record who may be the new one


@dataclass
class Part:
    """What is approved or returned together: a section of one person's items."""

    who: str
    cadre: Cadre | None
    section: str
    items: list["Shown"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The items' keys, as the form sends them back."""
        return "-".join(
            str(shown.item.pk)
            for shown in self.items
            if shown.item.state == ProposalItem.State.OPEN
        )


@dataclass
class Parts:
    """The parts of a proposal as one page shows them; all open items, shown or not."""

    parts: list[Part]
    open_items: list[ProposalItem]
    people: list[int]
    number: int
    is_whole: bool

    @property
    def faults(self) -> list[str]:
        """All that is missing, each with whom and what it is about."""
        return [
            f"{part.section} – {part.who}: {fault}"
            for part in self.parts
            for shown in part.items
            for fault in shown.faults
        ]

    @property
    def title(self) -> str:
        """What the proposal could be called."""
        names = list(dict.fromkeys(part.who for part in self.parts))
        sections = list(dict.fromkeys(part.section for part in self.parts))
        if not names:
            return ""
        more = f" và {len(names) - 1} người nữa" if len(names) > 1 else ""
        return f"{', '.join(sections[:3])}: {names[0]}{more}"[:160]


def parts_of(
    proposal: Proposal,
    user: User,
    *,
    shown: slice = slice(0, ITEMS_A_PAGE),
    faults: Mapping[int, Mapping[str, list[str]]] = MappingProxyType({}),
) -> Parts:
    """The items `shown` by person and part, told for `user`; `faults` by key of the item are told
    beside those that the draft kept. A fixed number of queries."""
    items = list(proposal.items.select_related("cadre", "new_person", "decided_by"))
    visible = items[shown]
    edits = [(item, edit) for item in visible for edit in item.edits]
    words = tell_edits([edit for _, edit in edits], user)
    by_item: dict[int, list[ToldEdit]] = {}
    for (item, _), one in zip(edits, words, strict=True):
        by_item.setdefault(item.pk, []).append(one)
    alike = _alike(visible, user)
    parts: dict[tuple[Any, str], Part] = {}
    for item in visible:
        key = (item.cadre_id or item.new_person_id or item.pk, item.section)
        part = parts.setdefault(key, Part(_who(item), item.cadre, item.section))
        missing = fault_words(faults.get(item.pk) or item.faults, item)
        part.items.append(
            Shown(item, by_item.get(item.pk, []), missing, form_url(item), alike.get(item.pk, ()))
        )
    open_items = [item for item in items if item.state == ProposalItem.State.OPEN]
    people = sorted({item.cadre_id for item in items if item.cadre_id})
    return Parts(list(parts.values()), open_items, people, len(items), is_whole(open_items))


def _alike(items: Iterable[ProposalItem], user: User) -> dict[int, list[Alike]]:
    """Whom the new people of `items` may be, by key of the item."""
    new = [
        item
        for item in items
        if item.adds_person and item.edits and item.state != ProposalItem.State.APPROVED
    ]
    people = [from_plain(item.edits[0], None).row for item in new]
    found = alike_to_new(people, user)
    return {item.pk: alike for item, alike in zip(new, found, strict=True)}


def _who(item: ProposalItem) -> str:
    if item.cadre is not None:
        return item.cadre.full_name
    new = item.new_person or item
    typed = new.typed.get("full_name") or [""]
    name = next((edit["after"].get("full_name", "") for edit in new.edits), "") or typed[0]
    return f"{name or 'Chưa có tên'} (người mới)"


def fault_words(faults: Mapping[str, list[str]], item: ProposalItem) -> list[str]:
    """What is missing in an item, each with the field it is about."""
    labels = _labels(item)
    found = []
    for name, messages in faults.items():
        label = labels.get(name, "" if _CODE.fullmatch(name) else name)
        found += [f"{label.rstrip(' *')}: {each}" if label else each for each in messages]
    return [each[:1].upper() + each[1:] for each in found]


def _labels(item: ProposalItem) -> dict[str, str]:
    """What pages call the columns of an item's row, or the fields of its kind, by code."""
    kind = next((each for each in kinds() if each.code == item.kind), None)
    if kind is not None:
        return {DAY: "Có hiệu lực từ ngày", **{each.code: each.header for each in kind.fields}}
    columns = columns_of(model_of(item.table)) if item.table else {}
    return {name: str(column.verbose_name) for name, column in columns.items()}


def form_url(item: ProposalItem) -> str:
    """The form that goes on with a draft's item; "" where there is none: a row taken away is
    dropped instead."""
    if item.kind in {kind.code for kind in kinds()}:
        return f"{reverse('intake:decision_add')}?de-nghi={item.proposal_id}"
    of = _FORMS.get(item.table, "") if item.kind == RECORD else ""
    if not of or item.action == "remove":
        return ""
    start = _start(of, item)
    return f"{start}?muc={item.pk}" if start else ""


def _start(of: str, item: ProposalItem) -> str:
    if of == "cadre" and item.cadre_id is None:
        return reverse("intake:cadre_add")
    if of in ("cadre", "profile"):
        return reverse(f"intake:{of}_change", args=[item.cadre_id])
    if item.cadre_id is None:
        return reverse(f"intake:new_{of}", args=[item.proposal_id, item.new_person_id])
    if item.row_id is None:
        return reverse(f"intake:{of}_add", args=[item.cadre_id])
    return reverse(f"intake:{of}_change", args=[item.cadre_id, item.row_id])


@dataclass(frozen=True)
class RefusedWords:
    """Why an item could not be approved; where the record moved, all three versions of it."""

    who: str
    section: str
    why: str
    rows: tuple[tuple[str, str, str, str], ...] = ()  # field, seen by the author, asked for, now


def refused_words(refused: ItemRefused, user: User) -> RefusedWords:
    """What the page says of a refused item."""
    item, moved = refused.item, refused.moved
    rows: tuple[tuple[str, str, str, str], ...] = ()
    if moved is not None and moved.row.pk is not None:
        now = dict(told(moved.row, moved.before))
        called = {**moved.names, **names_in(moved.row, now)}
        rows = _three(moved, now, called, user)
    return RefusedWords(_who(item), item.section, refused.why, rows)


def _three(
    moved: RowEdit, now: Mapping[str, Any], names: Mapping[str, str], user: User
) -> tuple[tuple[str, str, str, str], ...]:
    edit = {"table": moved.table, "action": "change", "before": moved.before, "names": names}
    wanted, stands = tell_edits([{**edit, "after": moved.after}, {**edit, "after": now}], user)
    found: dict[str, list[str]] = {}
    for line in wanted.lines:
        found[line.label] = [line.before, line.after, line.before]
    for line in stands.lines:
        found.setdefault(line.label, [line.before, line.before, ""])[2] = line.after
    return tuple((label, *words) for label, words in found.items())  # type: ignore[misc]
