"""The columns of the people list, on screen and in its workbook: declared once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from cadres.field_groups import FieldGroup, sees
from cadres.models import Cadre
from cadres.rules.levels import Strand
from cadres.rules.standards import PersonVerdict

PARAMETER = "cot"


@dataclass(frozen=True)
class Row:
    """A person of the list with what its cells are made of."""

    person: Cadre
    verdict: PersonVerdict
    day: date

    @property
    def posts(self) -> list:
        return self.person.posts_on(self.day)

    @property
    def main(self) -> Any:
        """The main post of the day, or the last one held where there is none."""
        return next(iter(self.posts), None) or self.last

    @property
    def last(self) -> Any:
        """The post that ended last, of someone who holds none any more."""
        ended = [h for h in self.person.career if h.valid_to and h.valid_to <= self.day]
        return max(ended, key=lambda holding: holding.valid_to, default=None)

    @property
    def others(self) -> list:
        return self.posts[1:]

    def level(self, strand: Strand) -> str:
        """The highest level of a strand with its major, or "" where nothing is on record."""
        record = self.person.highest(strand.value)
        if record is None:
            return ""
        return f"{record.level_name} · {record.major}" if record.major else record.level_name


@dataclass(frozen=True)
class ListColumn:
    """A column: how its cell reads; `sort` is the key in the address; `group` restricts it."""

    code: str
    label: str
    text: Callable[[Row], Any]
    sort: str = ""
    is_default: bool = False
    group: FieldGroup | None = None
    width: float = 18


def _post_names(row: Row) -> str:
    return "; ".join(holding.post.name for holding in row.posts)


def _unit_names(row: Row) -> str:
    names = dict.fromkeys(holding.commune.name for holding in row.posts)
    return "; ".join(names) or (row.last.commune.name if row.last else "")


def _level(strand: Strand) -> Callable[[Row], str]:
    return lambda row: row.level(strand)


COLUMNS = (
    ListColumn("ma", "Số hiệu", lambda r: r.person.code, sort="ma", width=12),
    ListColumn("gioi", "Giới", lambda r: r.person.get_sex_display(), is_default=True, width=8),
    ListColumn("sinh", "Ngày sinh", lambda r: r.person.born_on, sort="sinh", is_default=True,
               width=12),
    ListColumn("chuc", "Chức vụ, chức danh", _post_names, is_default=True, width=40),
    ListColumn("xa", "Đơn vị", _unit_names, is_default=True, width=24),
    ListColumn("cm", "Chuyên môn cao nhất", _level(Strand.PROFESSIONAL), is_default=True, width=30),
    ListColumn("llct", "LLCT", _level(Strand.POLITICAL), is_default=True, width=14),
    ListColumn("dat", "Đạt chuẩn", lambda r: r.verdict.label, is_default=True, width=26),
    ListColumn("qlnn", "QLNN", _level(Strand.STATE_MANAGEMENT)),
    ListColumn("th", "Tin học", _level(Strand.IT)),
    ListColumn("nn", "Ngoại ngữ", _level(Strand.LANGUAGE)),
    ListColumn("tuyen", "Ngày tuyển dụng", lambda r: r.person.recruited_on, sort="tuyen", width=14),
    ListColumn("dang", "Ngày vào Đảng", lambda r: r.person.party_joined_on, sort="dang", width=14),
    ListColumn("dantoc", "Dân tộc", lambda r: r.person.ethnicity, group=FieldGroup.ORIGIN,
               width=12),
    ListColumn("cccd", "Số CCCD (che)", lambda r: r.person.masked_national_id,
               group=FieldGroup.IDENTITY),
    ListColumn("dt", "Điện thoại", lambda r: r.person.phone, group=FieldGroup.CONTACT),
)  # fmt: skip
SORTS = {
    "ten": "name_sort_key",
    "ma": "code",
    "sinh": ("born_on", "name_sort_key"),
    "tuyen": ("recruited_on", "name_sort_key"),
    "dang": ("party_joined_on", "name_sort_key"),
}


def offered(user: User) -> list[ListColumn]:
    """The columns that `user` may choose from."""
    return [each for each in COLUMNS if each.group is None or sees(user, each.group)]


def chosen(user: User, asked: Sequence[str]) -> list[ListColumn]:
    """Those asked for, in the order of the list; the usual ones where none is."""
    mine = offered(user)
    found = [each for each in mine if each.code in asked]
    return found or [each for each in mine if each.is_default]
