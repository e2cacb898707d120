"""What becomes of the page of a decision: tried as a whole, written at once, or kept as a draft."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from cadres.changes import Ground
from cadres.decisions import Refused, Rehearsed, basis_to_try, decide, rehearse
from cadres.edits import Action, loaded
from cadres.models import Basis
from intake.forms.decision import PARTS, Asked, DecisionForm, Own, Part, data_of, typed_of
from intake.models import ProposalItem
from intake.proposals import Draft

_TWO_IN_ONE = (
    "Việc này sửa dòng mà một nội dung khác của chính quyết định này vừa thêm: gửi việc trước, khi "
    "huyện duyệt xong thì gửi tiếp việc này."
)

_GONE = "Người này không còn trong phạm vi, hoặc loại thay đổi này không còn."
_OTHER = "Hồ sơ đã đổi sau khi đề nghị được lập: việc này nay sẽ đổi khác đi. Trả lại để lập lại."


def tried(form: DecisionForm, user: User, basis: Basis | None, *, proposes: bool = False) -> bool:
    """Try all lines of a valid form and keep on it what they would do, or what forbids them.

    `proposes`: whether they are kept until the district approves them one after the other, so
    that none may build on a row that another one adds. True where nothing forbids any line.
    """
    try:
        found = rehearse(form.lines(), Ground(by=user, basis=basis))
    except Refused as refused:
        form.refuse(refused.faults)
        return False
    form.tell(found)
    if proposes:
        form.refuse(_built_on_each_other(found))
    return not form.problem_count


def _built_on_each_other(found: Sequence[Rehearsed]) -> dict[int, dict[str, list[str]]]:
    """Lines that change a row which is not there yet: another line of the decision adds it."""
    keys = {
        (edit.table, edit.row.pk)
        for each in found
        for edit in each.edits
        if edit.action != Action.ADD
    }
    missing = keys - loaded(keys).keys()
    return {
        number: {"": [_TWO_IN_ONE]}
        for number, each in enumerate(found)
        if any((edit.table, edit.row.pk) in missing for edit in each.edits)
    }


def ratio_moves(
    form: DecisionForm, user: User, basis: Basis | None
) -> tuple[date, list[Any], list[Any]]:
    """The day on which all lines are in force, the ratios that they move then, and those that stay
    as they are and move in communes alone, as where someone goes from one to another. Two
    statements for all ratios; the form must be tried."""
    lines = form.lines()
    day = max(line.day for line in lines)

    def change() -> None:
        decide(lines, Ground(by=user, basis=basis_to_try(basis)))

    moves = import_string(settings.RATIO_MOVES)(user, day, change)
    within = [move for move in moves if move.before == move.after]
    return day, [move for move in moves if move.before != move.after], within


def digest_of(form: DecisionForm) -> str:
    """SHA-256 of all that the page shows would be written: nothing else is written after it."""
    told = [
        [
            part.kind.code,
            own.person.pk,
            [
                [edit.table, edit.action, edit.before, edit.after]
                for edit in (own.rehearsed.edits if own.rehearsed else ())
            ],
        ]
        for part, own in form.each()
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def drafts_of(form: DecisionForm) -> list[Draft]:
    """The lines as a draft keeps them: with their rows where they are whole, else with what is
    missing; what was typed stays in any case."""
    return [
        Draft(
            own.person,
            kind=part.kind.code,
            action="change",
            typed=typed_of(part, own),
            faults=_faults_of(form, part, own),
            edits=own.rehearsed.edits if own.rehearsed else (),
            effective_on=_day(part),
        )
        for part, own in form.each()
    ]


def _day(part):
    return getattr(part.shared, "cleaned_data", {}).get("effective_on")


def _faults_of(form, part, own) -> dict[str, list[str]]:
    found = {name: [str(words) for words in errors] for name, errors in part.shared.errors.items()}
    for name, errors in own.form.errors.items():
        found.setdefault(name, []).extend(str(words) for words in errors)
    if own.faults or form.faults:
        found[""] = [*own.faults, *form.faults]
    if not found and own.rehearsed is None:
        found[""] = ["Chưa kiểm tra được vì mục khác của quyết định còn lỗi: mở lại và lưu."]
    return found


def not_as_drafted(
    items: Sequence[ProposalItem], user: User, basis: Basis | None
) -> dict[int, str]:
    """Why lines of a drafted decision would not be made now as they were drafted, by key of the
    item: the kind's own rules refuse them, or they would change other rows than those shown."""
    if not items:
        return {}
    data = data_of(typed_lines(items))
    form = DecisionForm(user, Asked.of(data), data, day=timezone.localdate(), is_bound=True)
    is_sound = form.is_valid() and tried(form, user, basis)
    lines = {(f"{part.number}:{part.kind.code}", own.person.pk): (part, own)
             for part, own in form.each()}  # fmt: skip
    found = {}
    for item in items:
        line = lines.get((item.typed.get(PARTS, ""), item.cadre_id or 0))
        why = _GONE if line is None else _refusal(form, *line, item, is_sound)
        if why:
            found[item.pk] = why
    return found


def _refusal(form: DecisionForm, part: Part, own: Own, item: ProposalItem, is_sound: bool) -> str:
    if is_sound:
        edits = own.rehearsed.edits if own.rehearsed else ()
        return "" if _plain(edit.as_plain() for edit in edits) == _plain(item.edits) else _OTHER
    if not (part.shared.errors or own.form.errors or own.faults or form.faults):
        return ""  # another line is at fault
    return " ".join(
        words for messages in _faults_of(form, part, own).values() for words in messages
    )


def _plain(edits: Iterable[Mapping[str, Any]]) -> list[Any]:
    """What edits do; a new row has no key before it is written."""
    return [
        (each["table"], each["action"], each["row"] if each["action"] != Action.ADD else None,
         each["before"], each["after"])
        for each in edits
    ]  # fmt: skip


def typed_lines(items: Sequence[ProposalItem]) -> list[tuple[int, dict[str, str]]]:
    """(person, typed) of each line that a draft keeps."""
    return [(item.cadre_id, item.typed) for item in items if item.cadre_id]
