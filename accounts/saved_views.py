"""Lists as someone looks at them every day: an address kept by a name, and whom it is for.

What is kept is the query of a page's address and nothing of what it found: whoever opens a view
sees what the own scope and role show.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accounts.models import SavedView, User
from daitu_portal.text import has_personal_number

Shared = SavedView.Shared
# Pages whose addresses can be kept: route name, and what the list is called.
PAGES = MappingProxyType({"cadres:list": "Cán bộ, công chức"})
# What opens a page as it is, without the view that stands as its default.
PLAIN = MappingProxyType({"cadres:list": "sap=ten"})
_DAY = "ngay"
_NEVER_KEPT = {"trang"}
_LONGEST = 2000  # of SavedView.query


@lru_cache(maxsize=256)
def _seen(page: str, user_id: int, role: str, commune_id: int | None) -> QuerySet[SavedView]:
    """The question is kept, not its answer: to put it together takes longer than to ask it."""
    user = User(pk=user_id, role=role, commune_id=commune_id)
    return SavedView.objects.visible_to(user).filter(page=page).select_related("owner")


@dataclass(frozen=True)
class Menu:
    """The views of a page for one account, and which of them the address shows."""

    page: str
    user: User
    query: QueryDict

    @cached_property
    def views(self) -> list[SavedView]:
        """The own ones first, then those of others. One query."""
        user = self.user
        found = list(_seen(self.page, user.pk, user.role, user.commune_id).all())
        return sorted(found, key=lambda each: each.owner_id != self.user.pk)

    @property
    def lines(self) -> list[dict[str, object]]:
        """What the menu prints of each view."""
        return [
            {
                "view": each,
                "url": url_of(each),
                "is_here": each == self.current,
                "of": "" if each.owner_id == self.user.pk else str(each.owner),
            }
            for each in self.views
        ]

    @cached_property
    def current(self) -> SavedView | None:
        """The view that the address shows: the same query, on whatever day where it keeps none."""
        for each in self.views:
            kept = QueryDict(each.query)
            if kept_query(self.query, with_day=_DAY in kept) == each.query:
                return each
        return None

    @property
    def default(self) -> SavedView | None:
        """The view that the user chose to be opened with the page."""
        return next((v for v in self.views if v.is_default and v.owner_id == self.user.pk), None)

    @property
    def plain_url(self) -> str:
        return f"{reverse(self.page)}?{PLAIN[self.page]}"

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Whom the user may share a view with."""
        return shares_of(self.user)

    @property
    def kept(self) -> str:
        """The query of the page as a form sends it back."""
        return self.query.urlencode()

    @property
    def keeps_day(self) -> bool:
        """Whether the address names a day, which may then be kept."""
        return bool(self.query.get(_DAY))


def shares_of(user: User) -> list[tuple[str, str]]:
    """Whom `user` may share a view with: everyone only for the district's HR staff."""
    return [
        (value, label)
        for value, label in Shared.choices
        if value != Shared.ALL or user.is_district_hr
    ]


def url_of(view: SavedView) -> str:
    """The address that the view opens: never without a parameter, which would open the default."""
    return f"{reverse(view.page)}?{view.query or PLAIN[view.page]}"


def kept_query(query: QueryDict, *, with_day: bool) -> str:
    """What a view keeps of an address: filters, order, columns; names in order, so that the same
    list is the same text. The day only `with_day`, the page number never."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        values = [value for value in query.getlist(name) if value]
        if values and name not in _NEVER_KEPT and (with_day or name != _DAY):
            kept.setlist(name, values)
    return kept.urlencode()


def check_query(query: str) -> None:
    """Raise ValidationError for what no view may keep: personal numbers, endless lists."""
    if len(query) > _LONGEST:
        raise ValidationError("Bộ lọc quá dài để lưu; bỏ bớt điều kiện rồi lưu lại.")
    if any(
        has_personal_number(value) for _, values in QueryDict(query).lists() for value in values
    ):
        raise ValidationError("Không lưu số CCCD hay số điện thoại vào khung nhìn.")


@transaction.atomic
def keep(view: SavedView, *, by: User) -> SavedView:
    """Save a view of `by`, new or changed; the one that was the default gives way to a new one.

    Raises ValidationError: another's view, a page without views, a name that is taken, a share
    that `by` may not give.
    """
    if view.owner_id != by.pk or view.page not in PAGES:
        raise ValidationError("Khung nhìn này không phải của bạn.")
    if view.shared not in dict(shares_of(by)):
        raise ValidationError({"shared": "Chỉ Tổ chức – Nội vụ huyện chia sẻ cho mọi người."})
    check_query(view.query)
    mine = SavedView.objects.select_for_update().filter(owner=by, page=view.page)
    if view.is_default:
        mine.exclude(pk=view.pk).filter(is_default=True).update(is_default=False)
    view.full_clean()
    view.save()
    return view
