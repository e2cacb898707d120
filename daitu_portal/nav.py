"""The menu and the tabs of a person, and what every page's frame needs to know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

DATA = ("DISTRICT_HR", "LEADER", "COMMUNE_CLERK", "COMMUNE_HEAD")
HR = ("DISTRICT_HR",)
ADMIN = ("ADMIN",)
EVERYONE = (*DATA, *ADMIN)
WRITERS = ("DISTRICT_HR", "COMMUNE_CLERK")
SENDERS = ("DISTRICT_HR", "COMMUNE_CLERK", "COMMUNE_HEAD")


@dataclass(frozen=True)
class Entry:
    """One line of the menu. `pages` are the beginnings of the route names that belong to it."""

    label: str
    route: str
    roles: tuple[str, ...]
    pages: tuple[str, ...]


MENU = (
    Entry("Tổng quan", "reports:dashboard", EVERYONE, ("reports:dashboard",)),
    Entry("Cán bộ", "cadres:list", DATA, ("cadres:", "training:person", "intake:")),
    Entry("Đơn vị", "reports:commune_list", DATA, ("reports:commune",)),
    Entry("Đào tạo", "training:class_list", DATA, ("training:", "reports:forecast")),
    Entry(
        "Báo cáo",
        "reports:indicator_list",
        DATA,
        ("reports:indicator", "reports:figure", "reports:retirements"),
    ),
    Entry("Duyệt", "intake:inbox", SENDERS, ("intake:inbox", "intake:proposal", "intake:item")),
    Entry("Rà soát", "intake:completeness", DATA, ("intake:completeness", "intake:review")),
    Entry(
        "Nhập liệu",
        "intake:import",
        ("DISTRICT_HR", "COMMUNE_CLERK"),
        (
            "intake:import",
            "intake:template",
            "intake:work_pack",
            "intake:duplicates",
            "intake:merge",
        ),
    ),
    Entry("Quyết định", "intake:decision_list", WRITERS, ("intake:decision",)),
    Entry(
        "Danh mục",
        "reports:catalogue",
        HR,
        ("reports:catalogue", "reports:year_quotas", "reports:commune_grades"),
    ),
    Entry("Tài khoản", "accounts:user_list", ADMIN, ("accounts:user",)),
    Entry("Nhật ký", "accounts:audit_log", ADMIN, ("accounts:audit",)),
)

PERSON_TABS = (
    ("Tổng quan", "cadres:detail"),
    ("Trình độ", "cadres:qualifications"),
    ("Công tác", "cadres:career"),
    ("Đào tạo", "training:person"),
    ("Đánh giá", "cadres:ratings"),
    ("Khen thưởng–Kỷ luật", "cadres:merits"),
    ("Tiền lương – Nghỉ hưu", "cadres:pay"),
    ("Tài liệu", "cadres:documents"),
    ("Nhật ký", "cadres:history"),
)


def section_of(page: str, entries: Iterable[Entry] = MENU) -> str:
    """The route of the entry that a page belongs to: the one with the longest fitting beginning."""
    fits = [
        (len(start), entry.route)
        for entry in entries
        for start in entry.pages
        if page.startswith(start)
    ]
    return max(fits)[1] if fits else ""


def menu(role: str, page: str) -> list[dict[str, Any]]:
    """The entries that `role` may open, the one that holds `page` marked."""
    here = section_of(page)
    return [
        {"label": entry.label, "url": reverse(entry.route), "is_here": entry.route == here}
        for entry in MENU
        if role in entry.roles
    ]


@lru_cache(maxsize=1024)
def menu_html(role: str, page: str) -> str:
    """The menu as HTML, made once for a role and a page: every page prints it twice."""
    return render_to_string("partials/_menu.html", {"menu": menu(role, page)})


def person_tabs(
    cadre_id: int, query: str = "", counts: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """The tabs of a person's pages for partials/tabs.html; `counts` by route name."""
    return [
        {
            "key": route,
            "label": label,
            "url": reverse(route, args=[cadre_id]) + query,
            "count": (counts or {}).get(route),
        }
        for label, route in PERSON_TABS
    ]


class AsOf:
    """The day that the page speaks of. Nothing is read before a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def day(self) -> date:
        as_of: Callable[[HttpRequest], date] = import_string(settings.AS_OF)
        return as_of(self._request)

    @property
    def is_shown(self) -> bool:
        """Whether the page has printed its day: then the print foot repeats it."""
        return "day" in self.__dict__

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def query(self) -> str:
        """ "?ngay=2023-06-08" when the address names the day, else nothing."""
        return f"?ngay={self.day.isoformat()}" if self._request.GET.get("ngay") else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The page's other parameters, which changing the day must not lose."""
        return [
            (key, value)
            for key, values in self._request.GET.lists()
            for value in values
            if key not in ("ngay", "trang")
        ]

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """Days that are often wanted: (ISO date, label)."""
        today = timezone.localdate()
        ends = {date(year, 12, 31) for year in (self.day.year - 1, today.year - 1)}
        days = [("Hôm nay", today)] + [(f"{d:%d/%m/%Y}", d) for d in sorted(ends, reverse=True)]
        return [(d.isoformat(), label) for label, d in days if d != self.day]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the office's name, the menu of the role, the search, the day."""
    user = getattr(request, "user", None)
    match = request.resolver_match
    role = getattr(user, "role", "")
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "place": settings.PORTAL_PLACE,
            "plain_http": settings.PLAIN_HTTP_WARNING,
            "is_demo": getattr(user, "is_demo", settings.DEMO),
        },
        "menu": SimpleLazyObject(lambda: menu_html(role, match.view_name if match else "")),
        "can_search": role in DATA,
        "searched_numbers": SimpleLazyObject(
            lambda: import_string(settings.SEARCHED_NUMBERS)(user)
        ),
        "as_of": AsOf(request),
    }
