"""Pages of a list. The page number is `?trang=`; counting stops at a ceiling."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as DjangoPage
from django.core.paginator import Paginator
from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

PARAMETER = "trang"
COUNT_CEILING = 10_000  # rows; past it a list is to be narrowed, not leafed through
PER_PAGE = 50
GAP = None

if TYPE_CHECKING:  # Django's pages have no parameters when they run
    _Paginator = Paginator[Any]
    _Page = DjangoPage[Any]
else:
    _Paginator, _Page = Paginator, DjangoPage


def capped_count(rows: QuerySet[Any]) -> int:
    """How many `rows` there are, one more than the ceiling at most: counting 220 000 to print 50 is
    waste."""
    return rows.order_by()[: COUNT_CEILING + 1].count()


class CappedPaginator(_Paginator):
    @cached_property
    def counted(self) -> int:
        """Rows, one more than the ceiling at most."""
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return capped_count(rows)

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNT_CEILING)

    @property
    def is_capped(self) -> bool:
        return self.counted > COUNT_CEILING

    def _get_page(self, *args: Any, **kwargs: Any) -> "Page":
        return Page(*args, **kwargs)


class Page(_Page):
    """One page of a list, with the numbers to print beneath it."""

    object_list: Any  # rows or a slice of them, as they were given

    @property
    def total(self) -> int:
        return self.paginator.count

    @property
    def is_capped(self) -> bool:
        return bool(getattr(self.paginator, "is_capped", False))

    @property
    def links(self) -> list[int | None]:
        """Page numbers to offer, None for a gap."""
        numbers = self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1)
        return [number if isinstance(number, int) else GAP for number in numbers]


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | Sequence[Any],
    per_page: int = PER_PAGE,
    counted: int | None = None,
) -> Page:
    """The page that the address asks for; the nearest one if there is no such page.

    `counted` is the number of rows where it is known already.
    """
    paginator = CappedPaginator(rows, per_page)
    if counted is not None:
        paginator.counted = counted
    # the stub does not know that _get_page says which class a page is of
    found: Page = paginator.get_page(request.GET.get(PARAMETER))  # type: ignore[assignment]
    return found


def count_of(rows: QuerySet[Any]) -> RawSQL:
    """How many `rows` there are, one past the ceiling at most, as a column of another query."""
    capped = rows.order_by().values("pk")[: COUNT_CEILING + 1]
    text, values = capped.query.get_compiler(using=rows.db, elide_empty=False).as_sql()
    return RawSQL(f"SELECT COUNT(*) FROM ({text}) AS counted", values, IntegerField())
