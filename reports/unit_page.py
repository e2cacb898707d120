"""One commune on a day: who holds which post, what stands vacant, whose record lacks what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from cadres.filter_choices import NO_DATA
from cadres.models import CommitteeMembership, Commune, Holding, Post
from daitu_portal.ratio import Ratio
from reports.queries import Matrix
from reports.staffing import CADRE, CIVIL_SERVANT, PostLine, Staff, post_lines, staff_of

_ROLE_ORDER = Case(
    *(When(role=role, then=Value(place)) for place, role in enumerate(CommitteeMembership.Role)),
    default=Value(9),
)


@dataclass(frozen=True)
class Lack:
    """What some records of the unit have not: how many, and the list or figure that names them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class UnitPage:
    """A commune on a day. `complete`: whose records have birth date and both levels, of all."""

    unit: Commune
    staff: Staff
    lines: Sequence[PostLine]
    seats: Sequence[CommitteeMembership]
    complete: Ratio
    lacks: Sequence[Lack]

    @property
    def vacant_posts(self) -> list[PostLine]:
        return [line for line in self.lines if line.vacant]

    @property
    def groups(self) -> list[tuple[str, int, int | None, int | None]]:
        """(label, present, quota, places free) of cadres and of civil servants."""
        return [
            (label, self.staff.present[group], self.staff.quota[group],
             self.staff.difference(group))
            for label, group in (("Cán bộ", CADRE), ("Công chức", CIVIL_SERVANT))
        ]  # fmt: skip


def unit_page(
    user: User, unit: Commune, day: date, posts: Iterable[Post], matrix: Matrix
) -> UnitPage:
    """Gather `unit`, found in the scope of `user`, on `day`. Three queries.

    Rows are chosen by commune, not by person: someone who moved away since still held the post
    that day, and the post was not vacant.
    """
    holdings = list(_of(Holding, user, unit, day).select_related("post", "cadre", "term")
                    .order_by("post__order", "cadre__name_sort_key", "pk"))  # fmt: skip
    seats = list(_of(CommitteeMembership, user, unit, day).select_related("cadre")
                 .order_by(_ROLE_ORDER, "cadre__name_sort_key", "pk"))  # fmt: skip
    people = {row.cadre_id: row for row in [*holdings, *seats] if row.in_scope}
    lacking = _lacking(people)
    whole = len(people) - len(set().union(*lacking.values()))
    return UnitPage(
        unit=unit,
        staff=staff_of(day, unit, holdings),
        lines=post_lines(posts, unit, holdings),
        seats=seats,
        complete=Ratio(whole, len(people)),
        lacks=[*_lists(lacking, unit, day), *_figures(matrix, unit, day)],
    )


def _of(model: Any, user: User, unit: Commune, day: date) -> Any:
    found = model.objects.on(day).filter(commune=unit)
    return found.with_scope(user).with_lacks(day)


def _lacking(people: Mapping[int, Any]) -> dict[tuple[str, str], set[int]]:
    """The people whose record lacks something, by its words and the filter that finds them."""
    return {
        ("chưa có ngày sinh", "sinh"): {k for k, row in people.items() if not row.cadre.born_on},
        ("chưa có trình độ chuyên môn", "cm"): {
            key for key, row in people.items() if row.lacks_professional
        },
        ("chưa có lý luận chính trị", "llct"): {
            key for key, row in people.items() if row.lacks_political
        },
    }


def _lists(lacking: Mapping[tuple[str, str], set[int]], unit: Commune, day: date) -> list[Lack]:
    address = reverse("cadres:list")
    shared = {"ngay": day.isoformat(), "xa": str(unit.pk)}
    return [
        Lack(words, len(people), f"{address}?{urlencode(shared | {name: NO_DATA})}")
        for (words, name), people in lacking.items()
        if people
    ]


def _figures(matrix: Matrix, unit: Commune, day: date) -> list[Lack]:
    """What only the figures know: who was not rated, whose verdict lacks data."""
    query = urlencode({"ngay": day.isoformat(), "muc": "thieu", "xa": str(unit.pk)})
    found = []
    for code, words in (
        ("rated_good", "chưa xếp loại"),
        ("standardised_all", "chưa kết luận được tiêu chuẩn"),
    ):
        unknown = matrix.ratio(code, unit.pk).unknown
        if unknown:
            address = reverse("reports:figure", args=[code])
            found.append(Lack(words, unknown, f"{address}?{query}"))
    return found
