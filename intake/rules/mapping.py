"""Which column of a list is which field of a record. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from intake.rules.fits import fitted
from intake.rules.group_words import DOMAIN_LEAVES, NEUTRAL
from intake.rules.header_reading import UNKNOWN, UNSURE, Reading, read_headers
from intake.rules.header_words import key
from intake.rules.samples import Samples

_NOTHING: Mapping[str, str] = MappingProxyType({})
Columns = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The field that a column is taken for: a target code, or None where it is not read.

    `confidence` 0..1; `why` in Vietnamese; `is_question`: somebody must confirm it first. `given`:
    what the header itself tells of each row, by target code ({"rating.year": "2022"}).
    """

    target: str | None
    confidence: float
    why: str
    is_question: bool = False
    given: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


def suggest(
    columns: Columns, samples: Mapping[int, Sequence[str]], *, context: Sequence[str] = ()
) -> Mapping[int, Suggestion]:
    """The field of every column, by its headers and by what stands below.

    `columns`: column number -> headers, outermost first; `samples`: column number -> some texts of
    people's rows (up to 200 are looked at); `context`: the titles of the list, which may tell the
    year of its ratings. Columns of unknown or unfit headers have the target None: tell them.
    """
    cells = {column: Samples.of(samples.get(column, ())) for column in columns}
    paths = list(columns.values())
    read = {column: _read(path, paths, cells[column]) for column, path in columns.items()}
    read = _by_neighbours(columns, read, cells)
    read = _split_names(columns, read, cells)
    read = _split_births(read, cells)
    read = _dated_ratings(read, context)
    return _without_doubles(columns, read, cells)


def fingerprint(columns: Columns) -> str:
    """What is the same for all lists of one template: the folded headers in their order.

    64 hexadecimal digits; where the table stands on the sheet does not matter.
    """
    paths = [[key(text) for text in path] for _, path in sorted(columns.items()) if path]
    return hashlib.sha256(json.dumps(paths).encode()).hexdigest()


def _read(path: tuple[str, ...], paths: Sequence[tuple[str, ...]], cells: Samples) -> Reading:
    reading = read_headers(path, paths)
    if reading.target is None and path:
        reading = _by_cells(key(path[-1]), path, cells) or reading
    return fitted(reading, cells)


def _by_cells(leaf: str, path: tuple[str, ...], cells: Samples) -> Reading | None:
    """Headers that only the cells make plain: “Số”, “DT”, “Nam”."""
    if len(path) > 1 and leaf not in ("nam",):
        return None
    found: str | None = None
    if leaf in ("so", "ma so", "so hieu"):
        found = "index" if cells.is_counting else "national_id" if cells.identities > 0.8 else None
        found = "salary.grade_code" if leaf == "ma so" and cells.grades > 0.8 else found
    elif leaf in ("dt", "so dt"):
        found = "phone" if cells.phones > 0.8 else "ethnicity" if cells.peoples > 0.5 else None
    elif leaf == "nam" and "ă" not in path[-1].lower():
        found = "born.male" if cells.days > 0.5 else "mark.sex.M" if cells.marks > 0.5 else None
    return Reading(found, 0.85, "Theo nội dung các ô") if found else None


# A header that says no more than "from when": it is of what stands to its left.
_HOLDING, _FAR = "holding", "far from holding"
_FOLLOWERS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "national_id": {"ngay cap": "profile.national_id_issued_on", "noi cap":
                    "profile.national_id_issued_by"},
    _HOLDING: {each: target for each, target in DOMAIN_LEAVES["post"].items()
               if target.startswith("holding.valid")},
    _FAR: {each: target for each, target in DOMAIN_LEAVES["post"].items()
           if target == "holding.valid_from"},
    "salary": {each: "salary.valid_from" for each, target in DOMAIN_LEAVES["salary"].items()
               if target == "salary.valid_from"},
})  # fmt: skip
# What may stand between a post and its days, and what lists tell of the person anywhere.
_OF_HOLDING = frozenset({"holding.commune", "holding.decision_number", "holding.valid_to"})
_OF_DECISION = frozenset(map(key, ("Ngày quyết định", "Ngày ký", "Ngày ký quyết định")))
_OF_PERSON = frozenset({
    "sex", "mark.sex.F", "mark.sex.M", "born_on", "phone", "ethnicity", "religion", "birthplace",
    "home_town", "residence", "note", "code",
})  # fmt: skip
_APPOINTED = frozenset(map(key, ("Ngày bổ nhiệm", "Thời gian bổ nhiệm", "Thời điểm bổ nhiệm")))
_OF_GRADE = ("salary.grade_code", "salary.grade_name")


def _by_neighbours(
    columns: Columns, read: Mapping[int, Reading], cells: Mapping[int, Samples]
) -> dict[int, Reading]:
    found, subject, left = dict(read), "", UNKNOWN
    groups: tuple[str, ...] = ()  # over the column that the subject is of
    for column, reading in sorted(read.items()):
        path = columns[column]
        leaf = key(path[-1]) if path else ""
        target = _FOLLOWERS.get(subject, _NOTHING).get(leaf)
        if reading.target is None and target and _stands_with(path[:-1], groups):
            found[column] = reading = fitted(_followed(target, subject), cells[column])
        elif _is_doubtful(reading, leaf, path, left):
            found[column] = reading = _doubted(reading)
        if _subject(reading.target or ""):
            groups = path[:-1]
        subject, left = _next_subject(subject, reading.target, leaf), reading
    return found


def _stands_with(above: tuple[str, ...], groups: tuple[str, ...]) -> bool:
    """Whether no group says that a column is of something else than what stands to its left."""
    return above == groups or all(key(each) in NEUTRAL for each in above)


def _followed(target: str, subject: str) -> Reading:
    if subject == _FAR:
        told = "Có thể là ngày giữ chức vụ, vì danh sách có cột chức vụ ở bên trái"
        return Reading(target, UNSURE, told, is_question=True)
    return Reading(target, 0.75, "Theo cột bên trái")


def _is_doubtful(reading: Reading, leaf: str, path: tuple[str, ...], left: Reading) -> bool:
    """Whether it is a day of appointment beside a grade: to the grade, or to the post."""
    is_bare = len(path) == 1 and leaf in _APPOINTED and reading.target is not None
    return is_bare and left.target in _OF_GRADE


def _doubted(reading: Reading) -> Reading:
    told = "Có thể là ngày bổ nhiệm vào ngạch ở cột bên trái, không phải ngày giữ chức vụ"
    return replace(reading, confidence=UNSURE, why=told, is_question=True)


def _next_subject(subject: str, target: str | None, leaf: str) -> str:
    """What a bare header to the right of a column is of."""
    if target is None:
        return subject if leaf in _OF_DECISION and subject in (_HOLDING, _FAR) else ""
    if own := _subject(target):
        return own
    if subject in (_HOLDING, _FAR) and target in _OF_HOLDING:
        return subject
    return _FAR if subject in (_HOLDING, _FAR) and target in _OF_PERSON else ""


def _subject(target: str) -> str:
    if target.startswith(("national_id", "profile.national_id")):
        return "national_id"
    if target in ("holding.post", "holding.valid_from"):
        return _HOLDING
    return "salary" if target.startswith("salary.") else ""


def _split_names(
    columns: Columns, read: Mapping[int, Reading], cells: Mapping[int, Samples]
) -> dict[int, Reading]:
    """One header over two columns, family and middle names left, given names right."""
    found = dict(read)
    for column, reading in read.items():
        right = column + 1
        if reading.target != "full_name" or right not in columns:
            continue
        if columns[right] not in ((), columns[column]):
            continue
        given = cells[right]
        if not given:
            found[right] = Reading(None, why="Cột trống")
        elif given.single_words >= 0.8 and 2 * len(given.texts) > len(cells[column].texts):
            found[column] = Reading("name.family", 0.9, "Họ đệm và tên ở hai cột")
            found[right] = Reading("name.given", 0.9, "Họ đệm và tên ở hai cột")
        else:
            found[right] = UNKNOWN
    return _lone_parts(found, cells)


def _lone_parts(found: dict[int, Reading], cells: Mapping[int, Samples]) -> dict[int, Reading]:
    """A family name without a given name beside it is the full name, or not understood."""
    targets = {reading.target for reading in found.values()}
    for column, reading in found.items():
        if reading.target == "name.family" and "name.given" not in targets:
            is_whole = cells[column].people >= 0.5
            found[column] = replace(reading, target="full_name") if is_whole else UNKNOWN
        if reading.target == "name.given" and "name.family" not in targets:
            found[column] = UNKNOWN
    return found


def _split_births(read: Mapping[int, Reading], cells: Mapping[int, Samples]) -> dict[int, Reading]:
    """“Ngày sinh | Tháng sinh | Năm sinh”, each in its own column."""
    found = dict(read)
    if not any(reading.target == "born.month" for reading in read.values()):
        return found
    for column, reading in read.items():
        is_born = reading.target == "born_on" or "sinh" in reading.why
        if is_born and cells[column].below(31) >= 0.8:
            found[column] = Reading("born.day", 0.9, "Ngày sinh chia cột")
        elif reading.target == "born_on" and cells[column].years >= 0.5:
            found[column] = Reading("born.year", 0.9, "Ngày sinh chia cột")
    return found


def _dated_ratings(read: Mapping[int, Reading], context: Sequence[str]) -> dict[int, Reading]:
    """A rating without a year is of the one year that a title on ratings tells."""
    told = [t for t in context if re.search(r"xep loai|danh gia", key(t))]
    years = {year for text in told for year in re.findall(r"\b20\d\d\b", text)}
    found = dict(read)
    has_year = any(r.target == "rating.year" for r in read.values())
    for column, reading in read.items():
        if reading.target == "rating.level" and not reading.given and not has_year:
            given = {"rating.year": years.pop()} if len(years) == 1 else {}
            why = f"{reading.why}; chưa rõ năm nào" if not given else reading.why
            found[column] = replace(
                reading, given=MappingProxyType(given), why=why, is_question=not given
            )
    return found


def _is_repeatable(target: str) -> bool:
    return target in ("info", "index") or target.startswith("mark.")


def _without_doubles(
    columns: Columns, read: Mapping[int, Reading], cells: Mapping[int, Samples]
) -> Mapping[int, Suggestion]:
    """The better of two columns for one field; the other is not read, and says so."""
    best: dict[str, int] = {}
    rivals: set[str] = set()

    def weight(column: int) -> tuple[float, str, float, int, int]:
        reading = read[column]
        year = reading.given.get("rating.year", "")
        cell = cells[column]
        return reading.confidence, year, -cell.years, len(cell.texts), -column

    for column, reading in read.items():
        target = reading.target
        if target is None or _is_repeatable(target):
            continue
        other = best.get(target, column)
        if other != column and cells[column] and cells[other]:
            rivals.add(target if columns[other] != columns[column] else _ALIKE + target)
        best[target] = (
            other if columns[other] == columns[column] else max(other, column, key=weight)
        )
    return {c: _suggestion(c, r, best, rivals, columns) for c, r in sorted(read.items())}


def _suggestion(
    column: int, reading: Reading, best: Mapping[str, int], rivals: set[str], columns: Columns
) -> Suggestion:
    target = reading.target
    if target is not None and best.get(target, column) != column:
        other = " > ".join(columns[best[target]])
        return Suggestion(None, 0.0, f"Cột “{other}” đã được lấy cho cùng nội dung")
    asked = reading.is_question or (target in rivals and target in _RIVALLED)
    asked = asked or f"{_ALIKE}{target}" in rivals
    return Suggestion(
        target, reading.confidence if target else 0.0, reading.why, asked, reading.given
    )


_ALIKE = "="  # before a target that two columns with the very same headers name
_RIVALLED = frozenset({"holding.post", "holding.commune", "full_name", "national_id"})
