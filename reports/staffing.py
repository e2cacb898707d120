"""Who sits in which post of which commune on a day, against posts and quotas. Fixed in queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Value

from cadres.models import Commune, DistrictQuota, Holding, Post, Quota, QuotaCeiling
from cadres.models.post import LegalCategory, PostGroup
from cadres.rulebook import Rulebook

CADRE, CIVIL_SERVANT = Quota.Group.CADRE, Quota.Group.CIVIL_SERVANT
# Posts that one person holds beside another and that take no place in the quota: a person is
# counted once in the group of the main post.
_GROUP_OF = {LegalCategory.CADRE: CADRE, LegalCategory.CIVIL_SERVANT: CIVIL_SERVANT}


@dataclass
class Staff:
    """A commune on a day: people in posts of the quota, quota and ceiling, vacant seats by post."""

    commune: Commune
    present: dict[str, int] = field(default_factory=lambda: {CADRE: 0, CIVIL_SERVANT: 0})
    quota: dict[str, int | None] = field(default_factory=lambda: {CADRE: None, CIVIL_SERVANT: None})
    deputies: int = 0
    held: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    ceiling: int | None = None

    @property
    def total(self) -> int:
        return sum(self.present.values())

    @property
    def quota_total(self) -> int | None:
        numbers = [number for number in self.quota.values() if number is not None]
        return sum(numbers) if numbers else None

    def difference(self, group: str) -> int | None:
        """Places of a group less people: more than 0 are vacant, less than 0 too many."""
        quota = self.quota[group]
        return None if quota is None else quota - self.present[group]

    @property
    def vacant(self) -> int:
        return sum(max(self.difference(group) or 0, 0) for group in self.present)

    @property
    def over(self) -> int:
        return sum(max(-(self.difference(group) or 0), 0) for group in self.present)

    @property
    def is_over_ceiling(self) -> bool:
        """Whether the quota given is more than the decree allows a commune of the grade."""
        total = self.quota_total
        return self.ceiling is not None and total is not None and total > self.ceiling


@dataclass(frozen=True)
class Staffing:
    """The staff of each commune of a day, and the district's total quota."""

    day: date
    staff: Sequence[Staff]
    district_quota: int | None

    def of(self, commune_id: int) -> Staff | None:
        return next((each for each in self.staff if each.commune.pk == commune_id), None)

    @property
    def present(self) -> int:
        return sum(each.total for each in self.staff)

    @property
    def deputies(self) -> int:
        return sum(each.deputies for each in self.staff)

    @property
    def quota(self) -> int:
        return sum(each.quota_total or 0 for each in self.staff)

    @property
    def vacant(self) -> int:
        return sum(each.vacant for each in self.staff)

    @property
    def over(self) -> int:
        return sum(each.over for each in self.staff)

    @property
    def is_over_district(self) -> bool:
        return self.district_quota is not None and self.quota > self.district_quota


def staffing(day: date, communes: Sequence[Commune], book: Rulebook | None = None) -> Staffing:
    """Count the staff of `communes` on `day`. Four queries, however many communes; none where
    `book` remembers what was counted before."""
    if book is None:
        return _counted(day, communes)
    key = ("staffing", day, tuple(commune.pk for commune in communes))
    found: Staffing = book.remembered(key, lambda: _counted(day, communes))
    return found


def _counted(day: date, communes: Sequence[Commune]) -> Staffing:
    by_key = {commune.pk: Staff(commune) for commune in communes}
    held = Holding.objects.on(day).filter(commune__in=by_key) if by_key else Holding.objects.none()
    rows = held.order_by("-is_main", "post__order").values_list(
        "commune_id", "cadre_id", "post_id", "post__category", "post__group"
    )
    has_police = _count(by_key, rows)
    for quota in Quota.objects.on(day).filter(commune__in=by_key):
        by_key[quota.commune_id].quota[quota.group] = quota.number
    _set_ceilings(by_key.values(), QuotaCeiling.objects.on(day), has_police)
    total = DistrictQuota.objects.on(day).order_by("-valid_from").first()
    return Staffing(day, list(by_key.values()), total.number if total else None)


def staff_of(day: date, commune: Commune, holdings: Iterable[Holding]) -> Staff:
    """The staff of one commune from its `holdings` of the day, loaded with posts. One query."""
    staff = Staff(commune)
    ordered = sorted(holdings, key=lambda h: (not h.is_main, h.post.order))
    rows = ((commune.pk, h.cadre_id, h.post_id, h.post.category, h.post.group) for h in ordered)
    has_police = _count({commune.pk: staff}, rows)
    # Quotas and ceilings in one statement: (group or "", number, grade, less with police).
    of_group = Quota.objects.on(day).filter(commune=commune).order_by()
    ceilings = QuotaCeiling.objects.on(day).order_by()
    found = of_group.values_list("group", "number", Value(0), Value(0)).union(
        ceilings.values_list(Value(""), "number", "grade", "less_with_regular_police"), all=True
    )
    for group, number, grade, less in found:
        if group:
            staff.quota[group] = number
        elif grade == commune.grade:
            staff.ceiling = number - (less if has_police else 0)
    return staff


def _count(by_key: Mapping[int, Staff], rows: Iterable[tuple]) -> set[int]:
    """Count rows (commune, cadre, post, category, group), main posts first, into the staff of each
    commune; return the communes whose police chief is regular police."""
    counted, has_police = set(), set()
    for commune, cadre, post, category, group in rows:
        staff = by_key[commune]
        staff.held[post] += 1
        if category == LegalCategory.POLICE:
            has_police.add(commune)
        if group == PostGroup.ORG_DEPUTY:
            staff.deputies += 1
        if category in _GROUP_OF and (commune, cadre) not in counted:
            counted.add((commune, cadre))
            staff.present[_GROUP_OF[category]] += 1
    return has_police


def _set_ceilings(
    staff: Iterable[Staff], ceilings: Iterable[QuotaCeiling], has_police: set[int]
) -> None:
    by_grade: dict[int | None, QuotaCeiling] = {each.grade: each for each in ceilings}
    for each in staff:
        ceiling = by_grade.get(each.commune.grade)
        if ceiling:
            less = ceiling.less_with_regular_police if each.commune.pk in has_police else 0
            each.ceiling = ceiling.number - less


@dataclass(frozen=True)
class PostLine:
    """A post of a commune: who holds it and how many seats of it stand empty."""

    post: Post
    holdings: Sequence[Holding]
    vacant: int


def post_lines(
    posts: Iterable[Post], commune: Commune, holdings: Sequence[Holding]
) -> list[PostLine]:
    """A line for each post that exists in a commune of this kind, the vacant ones named.

    Posts without a number of seats (civil servants: the quota decides) have lines only where held.
    """
    by_post: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings:
        by_post[holding.post_id].append(holding)
    found = []
    for post in posts:
        mine = by_post.get(post.pk, [])
        fits = not post.commune_kind or (post.commune_kind == "xa") == (commune.kind == "xa")
        seats = post.per_commune if fits and post.category != LegalCategory.POLICE else None
        vacant = max((seats or 0) - len(mine), 0)
        if mine or vacant:
            found.append(PostLine(post, mine, vacant))
    return found
