"""The columns of the people list, on screen and in its workbook: declared once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F
from django.utils.formats import number_format

from accounts.models import User
from cadres.field_groups import FieldGroup, sees
from cadres.models import Cadre, CommitteeMembership, Rating, Status
from cadres.models.post import ManagingLevel
from cadres.rulebook import Rulebook
from cadres.rules.levels import Strand
from cadres.rules.standards import PersonVerdict
from cadres.verdicts import verdict_by
from daitu_portal.tables import missing_last

PARAMETER = "cot"
MOST_COLUMNS = 16  # at once: a page of fifty people stays under its 100 KiB
NOT_SERVING = "không giữ chức vụ"


@dataclass(frozen=True)
class Row:
    """A person with a loaded record, and what the cells of a line are made of."""

    person: Any
    verdict: PersonVerdict
    day: date
    year: int  # whose rating is told

    @cached_property
    def posts(self) -> list[Any]:
        """The posts held on the day, the main one first."""
        return self.person.posts_on(self.day)

    @cached_property
    def main(self) -> Any:
        """The main post of the day, or the last one held where there is none."""
        return next(iter(self.posts), None) or self.last

    @cached_property
    def last(self) -> Any:
        """The post that ended last, of someone who holds none any more."""
        ended = [h for h in self.person.career if h.valid_to and h.valid_to <= self.day]
        return max(ended, key=lambda holding: holding.valid_to, default=None)

    @property
    def others(self) -> list[Any]:
        return self.posts[1:]

    @property
    def seat(self) -> str:
        """The seat of the day in a Party committee, in words."""
        seat = self.person.seat
        return CommitteeMembership.Role(seat["role"]).label if seat else ""

    @cached_property
    def unit(self) -> tuple[int, str] | None:
        """Key and name of the unit of the main post, else of the seat, else of the last post."""
        seat = self.person.seat
        if seat and not self.posts:
            return seat["commune_id"], seat["commune"]
        return (self.main.commune_id, self.main.commune.name) if self.main else None

    def level(self, strand: Strand) -> str:
        """The highest level of a strand with its major, or "" where nothing is on record."""
        record = self.person.highest(strand.value)
        if record is None:
            return ""
        return f"{record.level_name} · {record.major}" if record.major else record.level_name

    @property
    def rating(self) -> str:
        level = self.person.rated
        return f"{self.year}: {Rating.Level(level).label}" if level else ""


def rows_of(people: Sequence[Cadre], book: Rulebook, day: date, year: int) -> list[Row]:
    """The lines of people whose record is loaded. No query."""
    return [Row(person, verdict_by(book, person, day), day, year) for person in people]


@dataclass(frozen=True)
class ListColumn:
    """A column: how its cell reads ("" is missing); `sort` is the key in the address.

    `group` restricts who sees it; `load` adds what the cell needs to the people of a day and a
    year of ratings. `stored` names the table and field of the record set that the cell tells as
    it is stored: only such cells come back with the workbook; what is derived never does, and
    `says` explains it. `number` is what a workbook holds instead of the text, shown by `format`.
    """

    code: str
    label: str
    text: Callable[[Row], Any]
    sort: str = ""
    is_default: bool = False
    group: FieldGroup | None = None
    width: float = 18
    load: Callable[[Any, date, int], Any] | None = None
    stored: tuple[str, str] | None = None
    says: str = ""
    number: Callable[[Row], Any] | None = None
    format: str = ""


def post_names(row: Row) -> str:
    """The posts of the day, else the seat, else what was held last and until when."""
    if row.posts:
        return "; ".join(holding.post.name for holding in row.posts)
    if row.seat:
        return row.seat
    return f"thôi {row.last.post.name} từ {row.last.valid_to:%d/%m/%Y}" if row.last else ""


def _unit_name(row: Row) -> str:
    return row.unit[1] if row.unit else ""


def _managing_level(row: Row) -> str:
    level = row.person.managed_by
    return ManagingLevel(level).label if level else ""


def _level(strand: Strand) -> Callable[[Row], str]:
    return lambda row: row.level(strand)


def _status(row: Row) -> str:
    kind = row.person.state
    return Status.Kind(kind).label if kind else "Đang công tác" if row.posts else ""


def _grade(row: Row) -> str:
    pay = row.person.pay
    if not pay:
        return ""
    step = f"bậc {pay['step']}" if pay["step"] else ""
    return " · ".join(filter(None, (pay["grade"], step)))


def _coefficient(row: Row) -> str:
    pay = row.person.pay
    return number_format(pay["coefficient"]) if pay else ""


def _coefficient_number(row: Row) -> Decimal | None:
    pay = row.person.pay
    return Decimal(pay["coefficient"]) if pay else None


def _with_pay(people: Any, day: date, year: int) -> Any:
    return people.with_pay(day)


def _of_profile(name: str) -> Callable[[Any, date, int], Any]:
    return lambda people, day, year: people.annotate(**{f"told_{name}": F(f"profile__{name}")})


COLUMNS = (
    ListColumn("ma", "Số hiệu", lambda r: r.person.code, sort="ma", width=12,
               stored=("people", "code")),
    ListColumn("gioi", "Giới", lambda r: r.person.get_sex_display(), is_default=True, width=8,
               stored=("people", "sex")),
    ListColumn("sinh", "Ngày sinh", lambda r: r.person.born_on, sort="sinh", is_default=True,
               width=12, stored=("people", "born_on")),
    ListColumn("chuc", "Chức vụ, chức danh", post_names, is_default=True, width=40,
               says="Các chức vụ, chức danh giữ vào ngày tính; không có thì chức vụ giữ sau cùng"),
    ListColumn("xa", "Đơn vị", _unit_name, is_default=True, width=24,
               says="Đơn vị của chức vụ chính vào ngày tính"),
    ListColumn("cm", "Chuyên môn cao nhất", _level(Strand.PROFESSIONAL), is_default=True, width=30,
               says="Mức chuyên môn cao nhất đã có, kèm chuyên ngành"),
    ListColumn("llct", "LLCT", _level(Strand.POLITICAL), is_default=True, width=14,
               says="Mức lý luận chính trị cao nhất đã có"),
    ListColumn("dat", "Đạt chuẩn", lambda r: r.verdict.label if r.posts else NOT_SERVING,
               is_default=True, width=26,
               says="Kết luận theo tiêu chuẩn của ngày tính"),
    ListColumn("qlnn", "QLNN", _level(Strand.STATE_MANAGEMENT),
               says="Mức quản lý nhà nước cao nhất đã có"),
    ListColumn("th", "Tin học", _level(Strand.IT),
               says="Mức tin học cao nhất đã có"),
    ListColumn("nn", "Ngoại ngữ", _level(Strand.LANGUAGE),
               says="Mức ngoại ngữ cao nhất đã có"),
    ListColumn("xl", "Xếp loại năm", lambda r: r.rating, width=30,
               load=lambda people, day, year: people.with_rating(year),
               says="Năm và mức xếp loại"),
    ListColumn("tuyen", "Ngày tuyển dụng", lambda r: r.person.recruited_on, sort="tuyen", width=14,
               stored=("people", "recruited_on")),
    ListColumn("dang", "Ngày vào Đảng", lambda r: r.person.party_joined_on, sort="dang", width=14,
               stored=("people", "party_joined_on")),
    ListColumn("dangct", "Đảng chính thức", lambda r: r.person.party_official_on, width=14,
               stored=("people", "party_official_on")),
    ListColumn("ql", "Cấp quản lý", _managing_level, width=24,
               load=lambda people, day, year: people.with_managing_level(day),
               says="Cấp quản lý chức vụ chính"),
    ListColumn("ngach", "Ngạch, bậc", _grade, width=22, load=_with_pay,
               says="Ngạch, bậc lương vào ngày tính"),
    ListColumn("hs", "Hệ số lương", _coefficient, width=10, load=_with_pay,
               says="Hệ số lương vào ngày tính",
               number=_coefficient_number, format="0.00"),
    ListColumn("tt", "Tình trạng", _status, group=FieldGroup.DISCIPLINE,
               load=lambda people, day, year: people.with_state(day),
               says="Tình trạng công tác vào ngày tính"),
    ListColumn("bhxh", "Đóng BHXH từ", lambda r: r.person.told_insured_from, width=13,
               load=_of_profile("insured_from"), stored=("profile", "insured_from")),
    ListColumn("viec", "Công việc chính", lambda r: r.person.told_main_work, width=30,
               load=_of_profile("main_work"), stored=("profile", "main_work")),
    ListColumn("que", "Quê quán", lambda r: r.person.home_town, width=28,
               stored=("people", "home_town")),
    ListColumn("dantoc", "Dân tộc", lambda r: r.person.ethnicity, group=FieldGroup.ORIGIN,
               width=12, stored=("people", "ethnicity")),
    ListColumn("tongiao", "Tôn giáo", lambda r: r.person.religion, group=FieldGroup.ORIGIN,
               width=12, stored=("people", "religion")),
    ListColumn("cccd", "Số CCCD (che)", lambda r: r.person.masked_national_id,
               group=FieldGroup.IDENTITY, stored=("people", "national_id"),
               says="Số đang che thì không đọc lại; muốn sửa thì gõ đủ số, ô dạng Text"),
    ListColumn("dt", "Điện thoại", lambda r: r.person.phone, group=FieldGroup.CONTACT,
               stored=("people", "phone")),
)  # fmt: skip
SORTS = {
    "ten": "name_sort_key",
    "ma": "code",
    "sinh": (missing_last("born_on"), "name_sort_key"),
    "tuyen": (missing_last("recruited_on"), "name_sort_key"),
    "dang": (missing_last("party_joined_on"), "name_sort_key"),
}


def offered(user: User) -> list[ListColumn]:
    """The columns that `user` may choose from."""
    return [each for each in COLUMNS if each.group is None or sees(user, each.group)]


def chosen(user: User, asked: Sequence[str]) -> list[ListColumn]:
    """Those asked for, in the order of the list, as many as a page holds; the usual ones where
    none is."""
    mine = offered(user)
    found = [each for each in mine if each.code in asked][:MOST_COLUMNS]
    return found or [each for each in mine if each.is_default]


def with_cells(people: Any, columns: Sequence[ListColumn], day: date, year: int) -> Any:
    """`people` with all that `columns` print beside the record: no further query."""
    people = people.with_seat(day)
    for load in dict.fromkeys(each.load for each in columns if each.load):
        people = load(people, day, year)
    return people
