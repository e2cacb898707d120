"""Which record a row means: never by name alone, and never by guessing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cadres.models import Cadre, Commune, Post
from cadres.records import Likeness, Table
from cadres.records_people import HOLDINGS
from cadres.rules.likeness import name_signs
from daitu_portal.dates import PartialDate
from daitu_portal.text import clean, name_sort_key, search_text
from intake.directory import People
from intake.reader import SourceRow

Key = tuple[Any, ...]
NEW = "new"  # what a sender says of a row that is nobody on record


class Doubtful(Exception):
    """The row cannot be told apart from, or contradicts, someone on record: `candidates` are they.

    A question where the sender may say who is meant; else the row contradicts itself. `rows` are
    the places of rows of the file that may mean the same person.
    """

    def __init__(
        self, code: str, message: str, remedy: str, people: Iterable[Cadre],
        *, is_question: bool = False, rows: Sequence[tuple[str, int]] = (),
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.code, self.remedy, self.is_question, self.rows = code, remedy, is_question, rows
        self.candidates = list(people)
        self.about = [each.pk for each in self.candidates]  # who the message names


@dataclass(frozen=True)
class Told:
    """What a row says of its person beside the identity: the unit, and the posts held there."""

    commune: Commune | None = None
    posts: frozenset[int] = frozenset()


def match_person(
    row: SourceRow, people: People, told: Told, chosen: str = "", *, is_healed: bool = False
) -> Cadre | None:  # fmt: skip
    """The person that a row of identity means; None for someone new.

    By code, else by CCCD, else by name and birth date, else by name, unit and year of birth with
    the post held there; never by the name alone. `chosen` is whom the sender said it is: a code,
    or NEW. Raises Doubtful where someone alike exists and the row does not say whether it is the
    same person, or where the code in an old list (`is_healed`), which may be of another numbering,
    is that of someone of another name.
    """
    number, code = row.values.get("national_id"), row.values.get("code")
    holder = people.by_number.get(number) if isinstance(number, str) else None
    if chosen and chosen != NEW:
        return _checked_by_code(row, _chosen(row, people, chosen), holder)
    if isinstance(code, str) and code in people.by_code and chosen != NEW:
        if is_healed and _is_another_name(row, people.by_code[code]):
            raise _of_another_name(row, people, people.by_code[code], holder)
        return _checked_by_code(row, people.by_code[code], holder)
    if holder:
        return _checked_by_number(row, holder)
    if chosen == NEW or not isinstance(row.values.get("full_name"), str):
        return None
    return _match_by_name(row, people, told)


def _chosen(row: SourceRow, people: People, code: str) -> Cadre:
    if code in people.by_code:
        return people.by_code[code]
    raise Doubtful(
        "full_name", "Người đã chọn cho dòng này không còn trên cổng.",
        "Chọn lại ở bước Đối chiếu người.", [],
    )  # fmt: skip


def _checked_by_code(row: SourceRow, cadre: Cadre, holder: Cadre | None) -> Cadre:
    if holder and holder.pk != cadre.pk:
        raise Doubtful(
            "national_id",
            f"Số CCCD này là của {holder.full_name} ({holder.code}).",
            "Kiểm tra lại số hiệu và số CCCD.",
            [holder],
        )
    return cadre


def _is_another_name(row: SourceRow, cadre: Cadre) -> bool:
    """Whether no slip of the hand makes the row's name that of `cadre`."""
    name = row.values.get("full_name")
    return isinstance(name, str) and not name_signs(name, cadre.full_name)


def _of_another_name(
    row: SourceRow, people: People, owner: Cadre, holder: Cadre | None
) -> Doubtful:
    named = people.by_name.get(search_text(row.values["full_name"]), [])
    who = {each.pk: each for each in (owner, holder, *named) if each}
    return Doubtful(
        "code",
        f"Số hiệu này trên cổng là của {owner.full_name}, tên khác hẳn tên trong dòng.",
        "Chọn ở bước Đối chiếu người: đúng là người ấy (đổi tên), một người khác, hay người mới; "
        "số hiệu của cơ quan khác thì không nhập cột ấy.",
        who.values(),
        is_question=True,
    )


def _checked_by_number(row: SourceRow, holder: Cadre) -> Cadre:
    name = row.values.get("full_name")
    if row.values.get("code"):
        raise Doubtful(
            "code",
            f"Số CCCD này là của {holder.full_name}, số hiệu {holder.code}.",
            f"Ghi số hiệu {holder.code}, hoặc sửa số CCCD.",
            [holder],
        )
    if isinstance(name, str) and search_text(name) != holder.search_text:
        raise Doubtful(
            "national_id",
            f"Số CCCD này là của người tên {holder.full_name}.",
            f"Nếu đúng là người ấy và đổi tên, ghi số hiệu {holder.code}; nếu không, sửa số CCCD.",
            [holder],
            is_question=True,
        )
    return holder


def _match_by_name(row: SourceRow, people: People, told: Told) -> Cadre | None:
    alike = [
        cadre
        for cadre in people.by_name.get(search_text(row.values["full_name"]), [])
        if may_be_one_birth(row.values.get("born_on"), cadre.born_on)
        and not _are_other_numbers(row.values.get("national_id"), cadre.national_id)
    ]
    if not alike:
        return None
    sure = [cadre for cadre in alike if _is_surely(row, cadre, people, told)]
    if len(sure) == 1 and len(alike) == 1 and not row.values.get("code"):
        return sure[0]
    listed = ", ".join(f"{cadre.code} ({cadre.born_on or 'không rõ ngày sinh'})" for cadre in alike)
    raise Doubtful(
        "full_name",
        f"Có người cùng tên, không rõ có phải một người: {listed}.",
        "Ghi số hiệu của người ấy; nếu là người khác, ghi đủ ngày sinh và số CCCD của cả hai.",
        alike,
        is_question=True,
    )


def _are_other_numbers(told: Any, known: str | None) -> bool:
    """Two numbers of a kind are of two people; an old CMND and a CCCD may be one's."""
    return bool(told and known) and len(told) == len(known or "")


def may_be_one_birth(told: Any, known: PartialDate | None) -> bool:
    """Whether two birth dates can be one: what is unknown contradicts nothing."""
    if not isinstance(told, PartialDate) or known is None:
        return True
    return told.earliest <= known.latest and known.earliest <= told.latest


def _is_one_name(told: str, known: str) -> bool:
    """Whether two names are one, the place of the tone mark (Hoà, Hòa) apart."""
    return name_sort_key(told) == name_sort_key(known)


def _is_surely(row: SourceRow, cadre: Cadre, people: People, told: Told) -> bool:
    """Birth and unit as on record, or one told less exactly, with the same post in the unit."""
    born_on = row.values.get("born_on")
    if born_on is None or not _is_one_name(row.values["full_name"], cadre.full_name):
        return False
    if not isinstance(told.commune, Commune) or told.commune.pk not in people.units[cadre.pk]:
        return False
    if born_on == cadre.born_on:
        return True
    held = {post for post, commune in people.posts[cadre.pk] if commune == told.commune.pk}
    return cadre.born_on is not None and bool(held & told.posts)


def told_of_posts(rows: Iterable[SourceRow]) -> dict[int, Told]:
    """The unit and the posts that each row of identity tells of, by id()."""
    found: dict[int, Told] = {}
    for row in rows:
        if row.table is HOLDINGS and row.person:
            was = found.get(id(row.person), Told())
            post, commune = row.values.get("post"), row.values.get("commune")
            posts = was.posts | {post.pk} if isinstance(post, Post) else was.posts
            found[id(row.person)] = Told(was.commune or commune, posts)
    return found


def goes_on(first: SourceRow, row: SourceRow, *, is_known: bool) -> bool:
    """Whether a later row of a list goes on about the person of an earlier one: nothing in it
    contradicts the other, and more than the name makes them one (`is_known`: someone on record
    whom both surely mean)."""
    born_on = row.values.get("born_on")
    is_day = isinstance(born_on, PartialDate) and born_on.precision == "day"
    if not (is_known or is_day or row.values.get("national_id")):
        return False
    return agrees(first, row)


def agrees(first: SourceRow, row: SourceRow) -> bool:
    """Whether two rows say the same wherever both say something; notes are added, not compared."""
    return all(
        _agree(first.values[code], value)
        for code, value in row.values.items()
        if code in first.values and code != "note"
    )


def what_more(first: SourceRow, row: SourceRow) -> dict[str, Any]:
    """What a later row tells of the person beyond the earlier one: more fields, and days told more
    exactly."""
    return {
        code: value for code, value in row.values.items()
        if code not in first.values or _is_more_exact(value, first.values[code])
    }  # fmt: skip


def _is_more_exact(one: Any, other: Any) -> bool:
    are_days = isinstance(one, PartialDate) and isinstance(other, PartialDate)
    return are_days and one != other and one.iso.startswith(other.iso)


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return may_be_one_birth(one, other)
    if isinstance(one, str) and isinstance(other, str):
        return search_text(one) == search_text(other)
    return bool(one == other)


def match_rows(
    table: Table, owned: Sequence[tuple[SourceRow, Cadre]], stored: Iterable[Model]
) -> tuple[dict[int, Model], list[tuple[SourceRow, SourceRow]]]:
    """Pair rows of the file with stored ones: by the table's key, then by what is alike.

    Returns the stored row of each row (by id()), and the rows that say what an earlier one says.
    """
    matching = _Matching(owned, stored)
    if not matching.stored:
        return {}, matching.repeated(table.key)
    matching.pair(table.key)
    repeated = matching.repeated(table.key)
    for likeness in table.alike:
        matching.pair_alike(likeness)
    return matching.found, repeated


class _Matching:
    def __init__(self, owned: Sequence[tuple[SourceRow, Cadre]], stored: Iterable[Model]) -> None:
        self.owner = {id(row): cadre for row, cadre in owned}
        self.rows = [row for row, _ in owned]
        self.stored = list(stored)
        self.taken: set[int] = set()
        self.found: dict[int, Model] = {}

    def pair(self, fields: Sequence[str]) -> None:
        """One stored row for each row with the same values."""
        by_key = self._free(fields)
        for row in self._unmatched():
            same = by_key[self._key(row, fields)]
            if same:
                self._take(row, same.pop(0))

    def pair_alike(self, likeness: Likeness) -> None:
        """Where exactly one row and one stored row are left that are alike."""
        by_key = self._free(likeness.same)
        rows = [r for r in self._unmatched() if not any(r.values.get(f) for f in likeness.blank)]
        keys = [self._key(row, likeness.same) for row in rows]
        counts = Counter(keys)
        for row, key in zip(rows, keys, strict=True):
            if counts[key] == 1 and len(by_key[key]) == 1:
                self._take(row, by_key[key][0])

    def repeated(self, fields: Sequence[str]) -> list[tuple[SourceRow, SourceRow]]:
        """Rows without a stored one whose key an earlier row of the file has."""
        first: dict[Key, SourceRow] = {}
        found = []
        for row in self.rows:
            earlier = first.setdefault(self._key(row, fields), row)
            if earlier is not row and id(row) not in self.found:
                found.append((row, earlier))
        return found

    def _free(self, fields: Sequence[str]) -> dict[Key, list[Model]]:
        by_key = defaultdict(list)
        for record in self.stored:
            if id(record) not in self.taken:
                by_key[_key_of_record(record, fields)].append(record)
        return by_key

    def _unmatched(self) -> list[SourceRow]:
        return [row for row in self.rows if id(row) not in self.found]

    def _take(self, row: SourceRow, record: Model) -> None:
        self.found[id(row)] = record
        self.taken.add(id(record))

    def _key(self, row: SourceRow, fields: Sequence[str]) -> Key:
        values, owner = row.values, self.owner[id(row)]
        told = [owner if code == "cadre" else values.get(code) for code in fields]
        return tuple(map(_comparable, told))


def _key_of_record(record: Model, fields: Sequence[str]) -> Key:
    return tuple(_comparable(getattr(record, code)) for code in fields)


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, Model):
        return value.pk or id(value)
    return value
