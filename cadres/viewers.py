"""Who looked at a person's record, in words: pages by their names, a visit in one line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.models import AuditEvent
from daitu_portal.nav import MENU, PERSON_TABS, section_of

# What is neither a tab of a person nor named well enough by its entry of the menu.
_PAGES = {
    "cadres:list": "Danh sách cán bộ",
    "cadres:export": "Xuất danh sách",
    "cadres:search": "Tìm nhanh",
    "cadres:search_number": "Tìm theo số",
    "cadres:record_set": "Bộ dữ liệu hồ sơ",
    "cadres:number": "Số CCCD",
    "cadres:photo": "Ảnh",
    "cadres:file": "Tệp đính kèm",
    "cadres:print": "In hồ sơ",
    "cadres:print_batch": "In hàng loạt",
    "cadres:viewers": "Ai đã xem hồ sơ này",
    "cadres:changes": "Thay đổi của hồ sơ",
    "cadres:handover": "Bàn giao hồ sơ",
    "cadres:handover_word": "Bàn giao hồ sơ",
    "intake:work_pack": "Gói dữ liệu của đơn vị",
    "intake:cadre_add": "Thêm người",
    "intake:cadre_change": "Sửa thông tin cá nhân",
    "intake:profile_change": "Sửa lý lịch",
    "intake:bulk_edit": "Sửa hàng loạt",
    "intake:change_undo": "Hủy thay đổi",
    "intake:journal_add": "Ghi chú",
    "intake:papers": "Hồ sơ giấy",
    "intake:file_add": "Thêm tệp",
    "intake:person_completeness": "Hồ sơ còn thiếu",
    "intake:duplicates": "Hồ sơ trùng",
    "intake:merge": "Gộp hồ sơ",
}
_NAMES = {route: label for label, route in PERSON_TABS} | _PAGES
_SECTIONS = {entry.route: entry.label for entry in MENU}


def page_named(path: str) -> str:
    """What people call the page of that path; "" for one that the portal no longer has."""
    try:
        route = resolve(path).view_name
    except Resolver404:
        return ""
    return _NAMES.get(route) or _SECTIONS.get(section_of(route), "")


@dataclass
class Visit:
    """Looks of one account at one record within one hour of a day, or one event of another kind."""

    event: AuditEvent  # the last of them
    events: list[AuditEvent] = field(default_factory=list)  # the latest first

    @property
    def began_at(self) -> Any:
        return self.events[-1].at

    @property
    def pages(self) -> list[tuple[str, int]]:
        """(name of the page, how often), in the order in which they were opened."""
        found: dict[str, int] = {}
        for event in reversed(self.events):
            name = page_named(event.path)
            if name:
                found[name] = found.get(name, 0) + 1
        return list(found.items())


def visits_of(events: Iterable[AuditEvent]) -> list[Visit]:
    """`events`, the latest first, with those of one visit gathered. No query."""
    found: dict[Any, Visit] = {}
    for event in events:
        found.setdefault(_visit_of(event), Visit(event)).events.append(event)
    return list(found.values())


def _visit_of(event: AuditEvent) -> Any:
    """What looks of one visit share; other deeds, and looks at many at once, stand alone."""
    if event.action != AuditEvent.Action.VIEW or event.subject_count > 1 or event.is_of_all:
        return event.pk
    return (
        event.actor_id,
        event.actor_name,
        event.purpose,
        f"{timezone.localtime(event.at):%Y%m%d%H}",
    )
