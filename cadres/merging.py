"""Two records of one person made one: what moves, what says the same twice, what must be decided.

The record that stays takes the rows of the other; that one is set aside and its address leads
here. Which tables follow, the apps say (person_tables.py). A merge is one change on each of the two
people, undone together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from cadres.changes import MERGE, Ground, StaleVersion, locked_in_order, record
from cadres.edits import (
    RowEdit,
    all_plain,
    changing,
    columns_of,
    removing,
    set_aside,
    with_titles,
)
from cadres.models import Cadre, Change, Profile
from cadres.person_tables import Moved, Obstacle, RowKey, key_of, moved_tables, settled

LEFT, RIGHT, BOTH = "left", "right", "both"
# What of a person is the record's own and never taken over.
_OWN = {"code", "is_kept", "merged_into", "entered_by"}


@dataclass(frozen=True)
class Choice:
    """A field that the two records give differently; `preset` is the only one that is given, or
    that of the record that stays."""

    table: str
    name: str
    left: Any
    right: Any

    @property
    def key(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def preset(self) -> str:
        return RIGHT if self.left in (None, "") else LEFT

    @property
    def must_be_made(self) -> bool:
        """Whether both records say something."""
        return self.left not in (None, "") and self.right not in (None, "")


@dataclass(frozen=True)
class Clash:
    """Rows of the two records that cannot stand together: which ones stay must be decided."""

    key: str
    table: Moved
    left: Sequence[Any]
    right: Sequence[Any]
    obstacles: Sequence[Obstacle]

    @property
    def options(self) -> tuple[str, ...]:
        may_both = all(each.may_both for each in self.obstacles)
        return (LEFT, RIGHT, BOTH) if may_both else (LEFT, RIGHT)

    @property
    def why(self) -> list[str]:
        return list(dict.fromkeys(each.why for each in self.obstacles))


@dataclass
class Plan:
    """What a merge of `right` into `left` would do."""

    left: Cadre
    right: Cadre
    choices: list[Choice] = field(default_factory=list)
    moves: list[Any] = field(default_factory=list)
    doubles: list[tuple[Moved, Any, Any]] = field(default_factory=list)  # and what stays instead
    clashes: list[Clash] = field(default_factory=list)
    profiles: tuple[Profile, Profile] | None = None  # where both have one

    @cached_property
    def number_kept(self) -> int:
        """How many rows of the other record say something new."""
        return len(self.moves) + sum(len(clash.right) for clash in self.clashes)


class Undecided(Exception):
    """Rows clash and nobody said which stay; `clashes` are they."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(f"{len(clashes)} clashes")
        self.clashes = clashes


def plan_merge(left: Cadre, right: Cadre, *, locks: bool = False) -> Plan:
    """What would become of the two records if `right` went into `left`. Writes nothing; `locks`
    the rows for this transaction. One query for each table of the registry."""
    plan = Plan(left, right)
    plan.choices += _choices(left, right, _OWN)
    for table in moved_tables():
        rows = _rows(table, (left, right), locks)
        judge = _plan_profiles if table.model is Profile else _plan_table
        judge(plan, table, *rows)
    return plan


def _rows(table: Moved, people: tuple[Cadre, Cadre], locks: bool) -> tuple[list[Any], list[Any]]:
    found = table.model._default_manager.filter(table.where, cadre__in=people).order_by("pk")
    rows = list(with_titles(found.select_for_update(of=("self",)) if locks else found))
    left, right = ([r for r in rows if r.cadre_id == cadre.pk] for cadre in people)
    return left, right


def _choices(left: Model, right: Model, own: Iterable[str]) -> list[Choice]:
    was, comes = all_plain(left), all_plain(right)
    return [
        Choice(left._meta.model_name or "", name, was[name], comes[name])
        for name in columns_of(type(left))
        if name not in own and was[name] != comes[name] and not _is_blank(was[name], comes[name])
    ]


def _is_blank(*values: Any) -> bool:
    return all(value in (None, "") for value in values)


def _plan_profiles(plan: Plan, table: Moved, left: list[Any], right: list[Any]) -> None:
    if left and right:
        plan.profiles = left[0], right[0]
        plan.choices += _choices(left[0], right[0], {"cadre"})
    plan.moves += [] if left else right


def _plan_table(plan: Plan, table: Moved, left: list[Any], right: list[Any]) -> None:
    said: dict[str, list[Any]] = defaultdict(list)
    for row in left:
        said[table.says(row)].append(row)
    coming = []
    for row in right:
        same = said[table.says(row)]
        if same and not table.stays:
            plan.doubles.append((table, row, same.pop(0)))
        else:
            coming.append(row)
    clashing = _group(left, coming, table.obstacle)
    in_clash = {id(row) for group in clashing for row in group[1]}
    plan.moves += [row for row in coming if id(row) not in in_clash]
    if not table.stays:
        plan.clashes += [_clash(table, *group) for group in clashing]


def _clash(table: Moved, left: list[Any], right: list[Any], obstacles: list[Obstacle]) -> Clash:
    key = f"{table.model._meta.model_name}-{left[0].pk}-{right[0].pk}"
    return Clash(key, table, left, right, obstacles)


def _group(
    left: Sequence[Any], right: Sequence[Any], obstacle: Callable[[Any, Any], Obstacle | None]
) -> list[tuple[list[Any], list[Any], list[Obstacle]]]:
    """Rows that clash, those together that clash with the same rows: each group is decided as
    one, so that what stays has no clash left."""
    groups: list[tuple[list[Any], list[Any], list[Obstacle]]] = []
    for comes in right:
        met = [(there, found) for there in left if (found := obstacle(there, comes))]
        if not met:
            continue
        mine = ([there for there, _ in met], [comes], [found for _, found in met])
        for group in [g for g in groups if any(there in g[0] for there in mine[0])]:
            groups.remove(group)
            mine[0].extend(row for row in group[0] if row not in mine[0])
            mine[1].extend(group[1])
            mine[2].extend(group[2])
        groups.append(mine)
    return groups


@transaction.atomic
def merge(
    left_id: int,
    right_id: int,
    *,
    choices: Mapping[str, str],
    ground: Ground,
    versions: tuple[int, int],
) -> Change:
    """Put the record `right_id` into `left_id`, which stays; returns the change of that one.

    `choices` say by key of a choice or clash which side's value or rows stay: LEFT, RIGHT or, where
    a clash allows, BOTH; a field that is not named keeps its preset. `versions` are of the two
    records as the page showed them. Raises Cadre.DoesNotExist, StaleVersion, Undecided.
    """
    if not ground.by.is_district_hr or left_id == right_id:
        raise PermissionDenied
    people = locked_in_order([left_id, right_id])
    kept = Cadre.objects.visible_to(ground.by)
    for key, version in zip((left_id, right_id), versions, strict=True):
        kept.get(pk=key)
        if people[key].version != version:
            raise StaleVersion(people[key])
    plan = plan_merge(people[left_id], people[right_id], locks=True)
    missing = [each for each in plan.clashes if choices.get(each.key) not in each.options]
    if missing:
        raise Undecided(missing)
    return _carry_out(plan, choices, replace(ground, source=Change.Source.MERGED))


def _carry_out(plan: Plan, choices: Mapping[str, str], ground: Ground) -> Change:
    left, right = plan.left, plan.right
    values = {
        "pair": f"{left.pk}<{right.pk}@{right.version}", "into": left.pk, "gone": right.pk,
    }  # fmt: skip
    taken, moving = _taken(plan, choices), _Moving(plan, choices)
    gone = moving.removals(of_left=False)
    record(right, [*gone, set_aside(right, left)], ground, kind=MERGE, values=values, check=None)
    coming = moving.arrivals()  # made only now: what went before writes the same rows
    own = [changing(row, fields) for row, fields in taken if fields]
    return record(left, [*coming, *own], ground, kind=MERGE, values=values, check=None)


def _taken(plan: Plan, choices: Mapping[str, str]) -> list[tuple[Model, dict[str, Any]]]:
    """The fields that the record that stays takes over, for its own row and its profile; read
    before the other record is set aside, which empties its number."""
    rows: dict[str, tuple[Model, Model]] = {"cadre": (plan.left, plan.right)}
    if plan.profiles:
        rows["profile"] = plan.profiles
    found: dict[str, dict[str, Any]] = {table: {} for table in rows}
    for choice in plan.choices:
        if choices.get(choice.key, choice.preset) == RIGHT:
            found[choice.table][choice.name] = getattr(rows[choice.table][1], choice.name)
    return [(left, found[table]) for table, (left, _) in rows.items()]


@dataclass(frozen=True)
class _Going:
    """A row that goes, of the record that stays or of the other; `kept` stays in its stead."""

    table: Moved
    row: Any
    kept: Any
    is_of_left: bool


class _Moving:
    """What becomes of the rows: removals first, so that nothing stands twice on the way; before
    each, what hangs on it is settled."""

    def __init__(self, plan: Plan, choices: Mapping[str, str]) -> None:
        self.left = plan.left
        self.leaving = _leaving(plan, choices)
        self.going = {key_of(each.row) for each in self.leaving}
        self.known = _known(plan)
        self.arriving = {key_of(row): (row, dict(more)) for row, more in _arriving(plan, choices)}

    def removals(self, *, of_left: bool) -> list[RowEdit | None]:
        """What goes from the record that stays, or from the other."""
        found: list[RowEdit | None] = []
        for each in self.leaving:
            if each.is_of_left == of_left:
                for row, values in settled(each.row, each.kept, self.going):
                    found += self._settle(row, values, of_left)
                found.append(removing(each.row))
        return found

    def _settle(
        self, row: Model, values: Mapping[str, Any] | None, of_left: bool
    ) -> list[RowEdit | None]:
        key = key_of(row)
        if key in self.going:
            return []
        standing = self.known.get(key, row)
        if values is None:
            self.going.add(key)
            return [removing(standing)]
        if of_left and key in self.arriving:  # written once, when it comes
            self.arriving[key][1].update(values)
            return []
        return [changing(standing, values)]

    def arrivals(self) -> list[RowEdit | None]:
        """What goes from the record that stays and what comes to it."""
        lost = self.removals(of_left=True)
        coming = [
            changing(row, {"cadre": self.left, **more})
            for key, (row, more) in self.arriving.items()
            if key not in self.going
        ]
        return [*lost, *coming]


def _leaving(plan: Plan, choices: Mapping[str, str]) -> list[_Going]:
    """All rows that go, table by table, as the apps named them: what names another row before
    that one."""
    found = [
        _Going(table, row, kept, is_of_left=False)
        for table, row, kept in plan.doubles
        if table.doubled is None
    ]
    for clash in plan.clashes:
        if choices[clash.key] == BOTH:
            continue
        is_left = choices[clash.key] == RIGHT
        rows, kept = (clash.left, clash.right) if is_left else (clash.right, clash.left)
        found += [_Going(clash.table, row, _in_stead(clash.table, row, kept), is_left)
                  for row in rows]  # fmt: skip
    order = [table.model for table in moved_tables()]
    return sorted(found, key=lambda each: order.index(each.table.model))


def _in_stead(table: Moved, row: Any, kept: Sequence[Any]) -> Any:
    """Of the rows that stay the first that stands against `row`."""
    return next((each for each in kept if table.obstacle(each, row)), kept[0])


def _known(plan: Plan) -> dict[RowKey, Any]:
    """The rows that the plan read, by key: what hangs on others is changed on these very ones."""
    rows = [*plan.moves, *(row for _, *pair in plan.doubles for row in pair)]
    rows += [row for clash in plan.clashes for row in (*clash.left, *clash.right)]
    return {key_of(row): row for row in rows}


def _arriving(
    plan: Plan, choices: Mapping[str, str]
) -> list[tuple[Any, Mapping[str, Any]]]:  # fmt: skip
    """The rows that come over, each with what is set on it beside the person."""
    found: list[tuple[Any, Mapping[str, Any]]] = [(row, {}) for row in plan.moves]
    found += [(row, table.doubled()) for table, row, _ in plan.doubles if table.doubled is not None]
    for clash in plan.clashes:
        chosen = choices[clash.key]
        if chosen != LEFT:
            more = clash.table.giving_way if chosen == BOTH else {}
            found += [(row, more) for row in clash.right]
    return found
