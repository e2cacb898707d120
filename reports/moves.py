"""Who made a figure differ from that of an earlier day: who came into its numerator, who left."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from cadres.models import Cadre, Post
from cadres.rulebook import Rulebook
from cadres.standards_sql import IN
from daitu_portal.addresses import address
from reports.models import Indicator
from reports.names import Line, LineWriter, Name, Names, names_of
from reports.scope import Scope


class Kind(StrEnum):
    REACHED = "reached"  # counted then and now, in the numerator only now
    CAME = "came"  # counted only now, in the numerator
    FELL = "fell"  # counted then and now, in the numerator only then
    LEFT = "left"  # counted only then, in the numerator


WORDS = {
    Kind.REACHED: "nay đạt mức",
    Kind.CAME: "mới vào nhóm, đạt mức",
    Kind.FELL: "nay không còn đạt mức",
    Kind.LEFT: "không còn trong nhóm",
}


@dataclass(frozen=True)
class Move:
    """A unit that a figure counts: a person, or a post held; `name` is that of now, or, of whoever
    left, that of then."""

    kind: Kind
    name: Name

    @property
    def words(self) -> str:
        return WORDS[self.kind]

    @property
    def is_more(self) -> bool:
        """Whether it makes the numerator greater."""
        return self.kind in (Kind.REACHED, Kind.CAME)


@dataclass(frozen=True)
class Moves:
    """Everyone who moved between two days; the numerators and how they follow from each other."""

    now: Names
    then: Names

    @cached_property
    def all(self) -> list[Move]:
        """Those who came in first, each group in the order of names."""
        now, then = _by_key(self.now), _by_key(self.then)
        found = [
            Move(Kind.REACHED if key in then else Kind.CAME, name)
            for key, name in now.items()
            if name.state == IN and (key not in then or then[key].state != IN)
        ]
        found += [
            Move(Kind.FELL, now[key]) if key in now else Move(Kind.LEFT, name)
            for key, name in then.items()
            if name.state == IN and (key not in now or now[key].state != IN)
        ]
        order = list(Kind)
        return sorted(found, key=lambda move: order.index(move.kind))

    @property
    def came_in(self) -> int:
        return sum(1 for move in self.all if move.is_more)

    @property
    def went_out(self) -> int:
        return len(self.all) - self.came_in

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many moved in which way, in words; those ways in which somebody did."""
        numbers = {kind: sum(1 for move in self.all if move.kind == kind) for kind in Kind}
        return [(WORDS[kind], number) for kind, number in numbers.items() if number]


def _by_key(names: Names) -> dict[Hashable, Name]:
    """By what makes a unit the same on two days: the person; where posts are counted, the post
    too, but not the unit of the State, which may be merged meanwhile."""
    by_person = names.counted.by_person
    found: dict[Hashable, Name] = {}
    for name in names.everyone:
        row = name.row
        key: Hashable = row.cadre_id if by_person else (row.cadre_id, row.post_id)
        known = found.get(key)
        if known is None or (name.state == IN and known.state != IN):
            found[key] = name
    return found


def moves_of(
    now: tuple[Indicator, date],
    then: tuple[Indicator, date],
    line: set[int] | None,
    scope: Scope,
    book: Rulebook,
    *,
    commune_id: int | None = None,
    other_unit: bool = False,
) -> Moves:
    """Who moved between the day of `then` and that of `now`, each by the definition of its day.

    `line` and `commune_id` as of `names_of`; `scope`: whose rows stood for them then. Two queries.
    """
    found = names_of(now[0], line, now[1], book, commune_id=commune_id, other_unit=other_unit)
    earlier = None if scope.line is None else set(scope.line)
    before = names_of(then[0], earlier, then[1], book, other_unit=other_unit)
    return Moves(found, before)


@dataclass(frozen=True)
class MoveLine:
    """A move as the page prints it: `line` of those who are counted now, else name and unit."""

    move: Move
    full_name: str
    url: str
    commune: str
    posts: str
    line: Line | None = None

    @property
    def has(self) -> str:
        return self.line.reason.has if self.line else ""


def lines_of(
    chosen: Sequence[Move], moves: Moves, book: Rulebook, line: set[int] | None
) -> list[MoveLine]:
    """The lines of `chosen`, in their order. At most six queries."""
    here = [move for move in chosen if move.kind != Kind.LEFT]
    told = LineWriter(moves.now, book, line).lines([move.name for move in here])
    by_name = {id(move): each for move, each in zip(here, told, strict=True)}
    gone = _people(move for move in chosen if move.kind == Kind.LEFT)
    posts = _posts() if gone else {}
    return [
        _told(move, by_name[id(move)])
        if id(move) in by_name
        else _of_gone(move, gone[move.name.row.cadre_id], posts, is_seen=line is None)
        for move in chosen
    ]


def _people(moves: Iterable[Move]) -> dict[int, Cadre]:
    return Cadre.objects.filter(pk__in={move.name.row.cadre_id for move in moves}).in_bulk()


def _posts() -> dict[int, str]:
    return dict(Post.objects.values_list("pk", "short_name"))


def _told(move: Move, line: Line) -> MoveLine:
    return MoveLine(move, line.person.full_name, line.url, line.commune, line.posts, line)


def _of_gone(move: Move, person: Cadre, posts: dict[int, str], *, is_seen: bool) -> MoveLine:
    row = move.name.row
    url = address("cadres:detail", person.pk) if is_seen else ""
    return MoveLine(move, person.full_name, url, row.commune, posts.get(row.post_id, "Cấp ủy viên"))
