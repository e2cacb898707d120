"""What a leader or the district should look at on a day: said from the data, never fixed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from cadres.retirement import Leaving
from cadres.rules.retirement import NOTICE_MONTHS
from daitu_portal.ratio import Ratio
from reports.queries import Matrix
from reports.staffing import Staffing

SOON = timedelta(days=120)


@dataclass(frozen=True)
class Notice:
    """A pill (a verdict's style and words), a sentence, what is behind it, and where it leads."""

    style: str
    icon: str
    pill: str
    text: str
    detail: str
    url: str


def of_sources(matrix: Matrix, url_of) -> list[Notice]:
    """Indicators whose note says that sources contradict each other."""
    return [
        Notice("not-met", "x-lg", "mâu thuẫn nguồn",
               f"{matrix.ratio(each.code)} {each.short_name}", each.note, url_of(each.code))
        for each in matrix.indicators
        if "mâu thuẫn" in each.note and matrix.ratio(each.code).denominator
    ]  # fmt: skip


def of_rules(starts: dict[date, list[str]], day: date, moved: list[str]) -> list[Notice]:
    """Documents whose rules come into force soon after `day`; `moved` says which figures move."""
    return [
        Notice("transition", "clock", f"{begins:%d/%m/%Y}", f"{', '.join(numbers)} có hiệu lực",
               "; ".join(moved) or "người không đổi, tiêu chuẩn đổi",
               f"/?ngay={begins.isoformat()}")
        for begins, numbers in sorted(starts.items())
        if day < begins <= day + SOON
    ]  # fmt: skip


def of_moves(before: Matrix, after: Matrix) -> list[str]:
    """Figures that differ between two days, as "Đạt chuẩn: cấp trưởng 144/144 → 132/144"."""
    found = []
    for each in before.indicators:
        old, new = before.ratio(each.code), after.ratio(each.code)
        if old != new and "verdict" in each.predicate and old.denominator and new.denominator:
            found.append(f"{each.short_name} {_told(old)} → {_told(new)}")
    return found


def _told(ratio: Ratio) -> str:
    return str(ratio) if ratio.is_ruled else "chưa có quy định"


def of_missing(matrix: Matrix, code: str, url: str) -> list[Notice]:
    """How many have no record that the indicator asks for, and in which communes."""
    whole = matrix.ratio(code)
    if not whole.unknown:
        return []
    counts = Counter({c.short_name: matrix.ratio(code, c.pk).unknown or 0 for c in matrix.communes})
    named = ", ".join(f"{name} {number}" for name, number in counts.most_common(6) if number)
    return [
        Notice("missing", "question-circle", "thiếu dữ liệu",
               f"{whole.unknown} người chưa có hồ sơ trình độ", named, url)
    ]  # fmt: skip


def of_staff(found: Staffing, url: str) -> list[Notice]:
    """Units with more people than places, and places without people."""
    notices = []
    over = [each.commune.name for each in found.staff if each.over]
    if over:
        notices.append(
            Notice("not-met", "people", f"vượt {found.over}", "đơn vị vượt chỉ tiêu biên chế",
                   ", ".join(over[:6]), url)
        )  # fmt: skip
    if found.vacant:
        notices.append(
            Notice("none", "person-dash", f"khuyết {found.vacant}",
                   f"trong {found.quota} chỉ tiêu được giao", "xem theo từng đơn vị", url)
        )  # fmt: skip
    if found.is_over_district:
        notices.append(
            Notice("not-met", "x-lg", "vượt tổng", "tổng chỉ tiêu giao cho xã vượt của huyện",
                   f"{found.quota} / {found.district_quota}", url)
        )  # fmt: skip
    return notices


def retiring(found: Leaving) -> tuple[int, int]:
    """How many cadres and civil servants retire so soon that their notice is due, and of how many
    of them the decision is due too."""
    due = [each for each in found.within(NOTICE_MONTHS) if each.is_told]
    decided = [each for each in due if each.decision_on and each.decision_on <= found.day]
    return len(due), len(decided)


def of_retirements(notices_due: int, decisions_due: int, url: str) -> list[Notice]:
    """What is due to those who retire soon."""
    if not notices_due:
        return []
    more = f"{decisions_due} người" if decisions_due else "chưa ai"
    return [
        Notice("transition", "clock", f"{notices_due} người", "đã đến hạn thông báo nghỉ hưu",
               f"nghỉ trong {NOTICE_MONTHS} tháng tới; {more} đến hạn quyết định", url)
    ]  # fmt: skip
