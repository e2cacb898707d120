"""What the page of a merge shows: fields side by side, rows that move, rows to decide about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cadres.edits import adding
from cadres.history import Line, ToldEdit, plain_of, tell_edits
from cadres.merging import BOTH, LEFT, RIGHT, Choice, Clash, Plan
from cadres.models import Cadre, Profile

_TABLES = {"cadre": "cadres.cadre", "profile": "cadres.profile"}
_OPTIONS = {
    LEFT: "Giữ của {left}, bỏ của {right}",
    RIGHT: "Giữ của {right}, bỏ của {left}",
    BOTH: "Giữ cả hai; chức vụ của {left} là chính, của {right} là kiêm nhiệm",
}


@dataclass(frozen=True)
class ToldChoice:
    """A field with the words of both sides and what is chosen."""

    choice: Choice
    line: Line
    chosen: str


@dataclass(frozen=True)
class ToldClash:
    """Rows that clash, in words; `chosen` is "" until someone decides."""

    clash: Clash
    what: str
    left: Sequence[ToldEdit]
    right: Sequence[ToldEdit]
    options: Sequence[tuple[str, str]]
    chosen: str


def choices_in(data: Mapping[str, Any], plan: Plan) -> dict[str, str]:
    """What was chosen on the page, of what the plan asks; anything else is not read."""
    keys = [*(each.key for each in plan.choices), *(each.key for each in plan.clashes)]
    chosen = {key: data.get(f"chon-{key}", "") for key in keys}
    return {key: side for key, side in chosen.items() if side in (LEFT, RIGHT, BOTH)}


def told_choices(plan: Plan, chosen: Mapping[str, str], user: User) -> list[ToldChoice]:
    """The fields that differ, in words. No query."""
    edits = [
        {
            "table": _TABLES[each.table],
            "action": "change",
            "before": {each.name: each.left},
            "after": {each.name: each.right},
        }
        for each in plan.choices
    ]
    return [
        ToldChoice(choice, told.lines[0], chosen.get(choice.key, choice.preset))
        for choice, told in zip(plan.choices, tell_edits(edits, user), strict=True)
        if told.lines
    ]


def told_clashes(plan: Plan, chosen: Mapping[str, str], user: User) -> list[ToldClash]:
    """The rows to decide about, in words. No query."""
    codes = {"left": plan.left.code, "right": plan.right.code}
    return [
        ToldClash(
            clash,
            str(clash.table.model._meta.verbose_name),
            told_rows(clash.left, user),
            told_rows(clash.right, user),
            [(option, _OPTIONS[option].format(**codes)) for option in clash.options],
            chosen.get(clash.key, ""),
        )
        for clash in plan.clashes
    ]


def told_rows(rows: Sequence[Any], user: User) -> list[ToldEdit]:
    """Rows in words."""
    return tell_edits([plain_of(adding(row)) for row in rows], user)


def told_moves(plan: Plan) -> list[tuple[str, list[str]]]:
    """What comes over, by table: its words and what its rows are called."""
    found: dict[str, list[str]] = {}
    for row in plan.moves:
        title = "toàn bộ" if isinstance(row, Profile) else str(row)
        found.setdefault(str(row._meta.verbose_name), []).append(title)
    return list(found.items())


def pair_in(people: Sequence[Cadre], left: int, right: int) -> tuple[Cadre, Cadre] | None:
    """The two people by key, in this order; None where one is missing, or both are one."""
    found = {cadre.pk: cadre for cadre in people}
    if left == right or not {left, right} <= found.keys():
        return None
    return found[left], found[right]
