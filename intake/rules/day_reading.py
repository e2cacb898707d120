"""Reads the ways in which offices write a day: everything it may mean, not yet believed. Pure.

The day stands first, as everywhere in Vietnam (NĐ 30/2020/NĐ-CP, phụ lục I).
"""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from intake.rules.day_uses import Told, not_a_day, which_day
from intake.rules.repairs import RepairKind

EXCEL_ZERO = date(1899, 12, 30)  # day 0 of the serial numbers, right from 01/03/1900 on
SERIALS = range(10_000, 60_001)  # 18/05/1927 to 08/04/2064

# Without help, as PartialDate.parse takes it: the day first, or an ISO date.
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_ZERO_PART = re.compile(r"(?:^|[/.-])0{1,2}[/.-]")
_FLOAT_TAIL = re.compile(r"(?<=\d)[.,]0$")  # of whole numbers that a program wrote as text
_EDGE = " \t\r\n'\"’‘`´.,;:…/\\-–—_?*"
_MIDNIGHT = re.compile(r"[t\s]\s*0?0:00(?::00(?:\.0+)?)?$")
_CUT_YEAR = re.compile(r"(?:^|\D)\d{2}\s*(?:\.{2,}|[…_?*x])[\s.…_?*x]*$")
_BLANK_PART = re.compile(r"(?<![a-z0-9])[x?*_]+(?![a-z0-9])")
_ONLY_DIGIT_LIKE = re.compile(r"[0-9oil|/\\.,:;\s…–—-]*[0-9][0-9oil|/\\.,:;\s…–—-]*")
_DIGIT_LIKE = re.compile(r"(?<![a-z])(?=[oil|]*[0-9])[0-9oil|]+(?![a-z])")
_DIGIT_OF = str.maketrans("oil|", "0111")
_SINCE = re.compile(r"(?:ke )?tu\s+(?=\S)")
_BORN = re.compile(
    r"(?P<day>ngay,? thang,? nam sinh|ngay sinh|sinh ngay|ngay)\s*[:.]?\s*(?=[\d.…/-])"
    r"|(?:sinh nam|nam sinh|sinh|s\.?n\.?|n\.?s\.?|nam)\s*[:.]?\s*(?=[\d.…/-])"
)
_YEAR_WORD = re.compile(
    r"(?:sinh nam|nam sinh|sinh|s\.?n\.?|n\.?s\.?|nam)\s*[:.]?\s*[./…-]*(\d{4}|\d{2})"
)
_BEFORE_YEAR = re.compile(  # 12/5 năm 1965
    r"(?<!\d)(\d{1,2}\s*[/.-]\s*\d{1,2})\s*[,/]?\s*nam\s*(\d{4}|\d{2})$"
)
_GAP = r"[\s/\\.,–—-]*"
_WORDED = re.compile(
    rf"(?:(?:sinh )?(?:ngay\s*)?(?P<day>\d{{1,2}}|[.…\s]*){_GAP})?"
    rf"(?:thang|thg|th|t)[\s.:]*(?P<month>\d{{1,2}}|[.…]*){_GAP}(?:nam\s*[.:]?\s*)?(?P<year>\d{{4}}|\d{{2}})"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAMED = re.compile(rf"(?:(?P<day>\d{{1,2}}){_GAP})?{_NAME}{_GAP}(?P<year>\d{{4}}|\d{{2}})")
_NAMED_FIRST = re.compile(rf"{_NAME}\s*(?P<day>\d{{1,2}})(?:\s*,\s*|\s+)(?P<year>\d{{4}})")
_SEPARATED = re.compile(r"[\d\s/\\.,:;…–—_-]+")
_NUMBER = re.compile(r"\d+")


def plain_letters(text: str) -> str:
    """Small letters without accents, đ as d; every other sign stays."""
    text = text.lower()
    if text.isascii():
        return text
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(bare).replace("đ", "d").replace("\xa0", " ")


@lru_cache(maxsize=1 << 16)
def read_day(text: str) -> tuple[Told, ...]:
    """Everything that a text may mean as a day, a month or a year; () where it tells nothing, as
    …/…/… does. Impossible days come too. Raises CannotHeal where no day can be read.

    >>> [told[:3] for told in read_day("ngày 12 tháng 5 năm 1965")]
    [(12, 5, 1965)]
    """
    bare = text.strip()
    if (found := _TYPED.fullmatch(bare)) and not _ZERO_PART.search(bare):
        return (Told(int(found[1] or 0), int(found[2] or 0), int(found[3]), repair=None),)
    if found := _ISO.fullmatch(bare):
        is_whole = int(found[2]) > 0 and found[3] != "00"
        repair = None if is_whole else RepairKind.DATE_TEXT
        return (Told(int(found[3] or 0), int(found[2]), int(found[1]), repair=repair),)
    return _told(_prepared(text), text)


def _prepared(text: str) -> str:
    """The text without what surrounds a day: time, quotes, dots for parts left out."""
    plain = _BLANK_PART.sub("…", plain_letters(text).strip())
    if _CUT_YEAR.search(plain):
        raise which_day("Năm chưa ghi đủ bốn chữ số.")
    plain = _FLOAT_TAIL.sub("", _MIDNIGHT.sub("", plain)).strip(_EDGE)
    plain = _BEFORE_YEAR.sub(r"\1/\2", _SINCE.sub("", plain, count=1))
    if _ONLY_DIGIT_LIKE.fullmatch(plain):
        return plain.translate(_DIGIT_OF)
    return _DIGIT_LIKE.sub(lambda found: found[0].translate(_DIGIT_OF), plain)


def _told(plain: str, text: str) -> tuple[Told, ...]:
    if not plain:
        return ()
    if found := _YEAR_WORD.fullmatch(plain):
        return (_with_year(0, 0, found[1]),)
    for form in (_WORDED, _NAMED, _NAMED_FIRST):
        if found := form.fullmatch(plain):
            return (_of_words(found),)
    lead = _BORN.match(plain)
    rest = plain[lead.end() :].strip(_EDGE) if lead else plain
    told = _separated(rest) if _SEPARATED.fullmatch(rest) else ()
    if not told:
        raise not_a_day(text)
    if lead and lead["day"] and not told[0].day and told[0].month:
        raise which_day(f"“{text[:40]}”: không rõ số đầu là ngày hay tháng.")
    return told


def _with_year(day: int, month: int, year: str) -> Told:
    return Told(day, month, int(year), len(year) == 2)


def _of_words(found: re.Match[str]) -> Told:
    """A day whose month is told by a word: tháng 5, May."""
    day, month, year = (found[part] or "" for part in ("day", "month", "year"))
    number = _MONTHS.get(month[:3]) or int(month.strip(".… ") or 0)
    is_named = month[:3] in _MONTHS
    if is_named and not day and len(year) == 2 and 1 <= int(year) <= 31:
        raise which_day(f"Không rõ {year} là ngày hay năm.")
    return _with_year(int(day.strip(".… ") or 0), number, year)


def _separated(plain: str) -> tuple[Told, ...]:
    """Digits with anything between them; a gap may belong to a number (1 2/05/1965)."""
    soft = _NUMBER.findall(plain)
    gaps = ["".join(gap.split()) for gap in _NUMBER.split(plain)[1:-1]]
    if len(soft) == 1:
        if len(soft[0]) == 2:
            raise which_day(f"Không rõ {soft[0]} là năm hay số khác.")
        return compact(soft[0])
    if any(len(gap) > (1 if len(soft) == 2 else 2) for gap in gaps):
        raise which_day("Thiếu một phần giữa ngày và năm.")
    hard = _NUMBER.findall("".join(plain.split())) if any(gaps) else soft
    return tuple(dict.fromkeys([*_of_numbers(soft), *(_of_numbers(hard) if hard != soft else ())]))


def _of_numbers(numbers: list[str]) -> tuple[Told, ...]:
    """Two or three numbers as month and year, or day, month and year; or from the year down."""
    lengths = [min(len(number), 5) for number in numbers]
    if lengths[:1] == [4]:
        numbers, lengths = numbers[::-1], lengths[::-1]
    is_day = len(numbers) in (2, 3) and lengths[-1] in (2, 4) and max(lengths[:-1]) <= 2
    if not is_day:
        return ()
    *parts, year = numbers
    if len(parts) == 1 and len(year) == 2 and 1 <= int(year) <= 12:
        raise which_day(f"Không rõ {parts[0]}/{year} là tháng, năm hay ngày, tháng.")
    day, month = (0, int(parts[0])) if len(parts) == 1 else (int(parts[0]), int(parts[1]))
    return (_with_year(day, month, year),)


# Where the parts stand in digits without a gap: slices of day, month and year.
_COMPACT: dict[int, tuple[tuple[slice, slice, slice], ...]] = {
    4: ((slice(0), slice(0), slice(0, 4)),),
    5: ((slice(0), slice(0, 1), slice(1, 5)), (slice(0, 1), slice(1, 3), slice(3, 5))),
    6: (
        (slice(0, 2), slice(2, 4), slice(4, 6)),
        (slice(0), slice(0, 2), slice(2, 6)),
        (slice(0, 1), slice(1, 2), slice(2, 6)),
        (slice(0), slice(4, 6), slice(0, 4)),
        (slice(4, 6), slice(2, 4), slice(0, 2)),
    ),
    7: (
        (slice(0, 1), slice(1, 3), slice(3, 7)),
        (slice(0, 2), slice(2, 3), slice(3, 7)),
    ),
    8: (
        (slice(0, 2), slice(2, 4), slice(4, 8)),
        (slice(6, 8), slice(4, 6), slice(0, 4)),
    ),
}  # fmt: skip


def compact(digits: str) -> tuple[Told, ...]:
    """Everything that digits without a gap may mean: 12051965, 120565, 121965, a serial number of
    Excel (23874); () where they cannot be a day.

    >>> [told[:3] for told in compact("1121965")]
    [(1, 12, 1965), (11, 2, 1965)]
    """
    told = tuple(
        _with_year(int(digits[day] or 0), int(digits[month] or 0), digits[year])
        for day, month, year in _COMPACT.get(len(digits), ())
        if _has_parts(digits[day], digits[month], digits[year])
    )
    return (serial_day(int(digits)), *told) if _is_serial(digits) else told


def _has_parts(day: str, month: str, year: str) -> bool:
    """Whether the parts that there are may be those of a day that anyone remembers."""
    if not month:
        return True
    is_near = len(year) == 2 or year[:2] in ("19", "20")
    return is_near and 1 <= int(month) <= 12 and (not day or 1 <= int(day) <= 31)


def _is_serial(digits: str) -> bool:
    return len(digits) == 5 and int(digits) in SERIALS


def serial_day(serial: int) -> Told:
    """The day that Excel keeps as this number."""
    day = EXCEL_ZERO + timedelta(days=serial)
    return Told(day.day, day.month, day.year, repair=RepairKind.DATE_SERIAL)
