"""An old list that dates a post otherwise than the record does puts the date right; it tells of no
second post."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from cadres.models import Cadre, Holding
from intake.reader import SourceRow

Owned = tuple[SourceRow, Cadre]


def redated(
    owned: Sequence[Owned], stored: Iterable[Holding], taken: Collection[int], today: date
) -> Mapping[int, Holding]:
    """By id() of the rows of an old list, the post held whose first day each of them corrects.

    `owned` are rows that mean no stored post and their people, `taken` the keys of posts that other
    rows mean. It is a correction where the file tells of this one main post of the person beside
    those, and it is the only main post that the person holds on the day of the list.
    """
    told = [(row, cadre) for row, cadre in owned if row.values.get("is_main", True)]
    times = Counter(cadre.pk for _, cadre in told)
    mine = [(row, cadre) for row, cadre in told if times[cadre.pk] == 1 and _tells_a_day(row)]
    held = _main_posts(stored)
    found = {}
    for row, cadre in mine:
        day = row.told_on or today
        posts = [post for post in held.get(cadre.pk, ()) if post.is_in_force(day)]
        if len(posts) == 1 and posts[0].pk not in taken and _is_one(row, posts[0], day):
            found[id(row)] = posts[0]
    return found


def _main_posts(stored: Iterable[Holding]) -> Mapping[int, list[Holding]]:
    """Main posts, of whatever day, by key of the person."""
    found: dict[int, list[Holding]] = {}
    for holding in stored:
        if holding.is_main:
            found.setdefault(holding.cadre_id, []).append(holding)
    return found


def _tells_a_day(row: SourceRow) -> bool:
    """Whether the row itself says since when: a first of a month that stands for the whole month
    puts no day right."""
    return "valid_from" in row.values and "valid_from" not in row.assumed


def _is_one(row: SourceRow, held: Holding, day: date) -> bool:
    """Whether the row tells of the post that is held: the same one, in the same unit, begun by the
    day of the list, and of no other end: “2004 – 2010” is a stay before this one."""
    values = row.values
    is_place = values.get("post") == held.post and values.get("commune") == held.commune
    ends_alike = values.get("valid_to", held.valid_to) == held.valid_to
    return is_place and ends_alike and values["valid_from"] <= day
