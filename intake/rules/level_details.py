"""What stands beside a level in a cell: year, form of study, school, number. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date

from intake.rules.repairs import CannotHeal
from intake.rules.spellings import first_capital, flat

# All patterns are for text without accents, in small letters (spellings.flat).
_FORMS = {  # as intake/values.py reads them; none holds another
    r"chinh\s+qu[iy]|he\s+cq": "Chính quy, tập trung",
    r"tai\s+chuc|vua\s+(?:lam\s+vua\s+hoc|hoc\s+vua\s+lam)|vlvh|vhvl": "Vừa làm vừa học",
    r"(?:dao\s+tao\s+)?tu\s+xa|dttx": "Từ xa",
    r"chuyen\s+tu|lien\s+thong|mo\s+rong|ham\s+thu": "Khác",
}
_SHORT_FORMS = {"tc": 1, "cq": 0, "tx": 2, "lt": 3}
_FORM = re.compile(
    r"(?:(?<!\w)(?:he|hinh\s+thuc)\s*:?\s*)?(?<!\w)(?:"
    + "|".join(f"(?P<f{n}>{words})" for n, words in enumerate(_FORMS))
    + r")(?!\w)"
)
_SHORT_FORM = re.compile(r"\(\s*(?:he\s+)?(tc|cq|tx|lt)\s*\)|(?<!\w)he\s+(tc|tx|lt)(?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|\d\d)(?!\d)")
_DAY = re.compile(
    r"(?:(?<!\w)(?:da\s+)?(?:tot\s+nghiep|tn|ntn|cap|ngay\s+cap|ngay|nam\s+cap|nam|thang|khoa)"
    r"\s*:?\s*)*"
    r"(?<![\d./-])(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?((?:19|20)\d\d)(?![\d/])"
)
_NUMBER = re.compile(
    r"(?<!\w)(?:so\s+hieu|so\s+bang|so\s+vao\s+so|so|sh)\s*:?\s*"
    r"((?=\S*\d)[\w./-]+(?:\s\d[\w./-]*)*)"
)
_SCHOOL = re.compile(
    r"(?:(?<!\w)(?:tai|do)\s+)?"
    r"(?<!\w)((?:truong|hoc\s+vien|hv|trung\s+tam|ttgdtx|ttbdct)(?!\w)[^;]*?)\s*(?:cap\s*)?$"
)
_EMPTY = re.compile(r"\(\s*[,;:.\-–]*\s*\)")


@dataclass(slots=True)
class Details:
    """What was found, by the last part of its field code, and the words that are left."""

    left: str
    values: dict[str, str] = field(default_factory=dict)


def details_of(text: str) -> Details:
    """Takes year, form of study, number and school out of the words after a level.

    Raises CannotHeal for years of which the last is not surely that of the diploma, and for days
    that do not exist.
    """
    found = Details(text)
    for take in (_take_number, _take_day, _take_form, _take_school):
        take(found)
        found.left = _EMPTY.sub(" ", found.left)
    return found


def _take_number(found: Details) -> None:
    match = _NUMBER.search(flat(found.left))
    if match:
        found.values["evidence_number"] = _part(found, match, 1).rstrip(".-/")
        _cut(found, match)


def _take_day(found: Details) -> None:
    if _YEARS.search(flat(found.left)):
        raise CannotHeal(
            "Ô có hai năm.", "Ghi năm tốt nghiệp vào cột năm cấp bằng.", is_question=True
        )
    match = _DAY.search(flat(found.left))
    if not match:
        return
    day, month, year = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise CannotHeal(
            "Không phải ngày có thật.", "Kiểm tra ngày cấp bằng.", is_question=True
        ) from error
    parts = [f"{int(part):02d}" for part in (day, month) if part]
    found.values["awarded_on"] = "/".join([*parts, year])
    _cut(found, match)


def _take_form(found: Details) -> None:
    forms = list(_FORMS.values())
    match = _FORM.search(flat(found.left))
    if match:
        taken = next(name for name, words in match.groupdict().items() if words)
        found.values["study_form"] = forms[int(taken[1:])]
        _cut(found, match)
        return
    short = _SHORT_FORM.search(flat(found.left))
    if short:
        found.values["study_form"] = forms[_SHORT_FORMS[short[1] or short[2]]]
        _cut(found, short)


def _take_school(found: Details) -> None:
    match = _SCHOOL.search(flat(found.left))
    if match and " " in match[1].strip():
        found.values["institution"] = first_capital(_part(found, match, 1).strip(" ,;:.-–()"))
        _cut(found, match)


def _part(found: Details, match: re.Match[str], group: int) -> str:
    return found.left[match.start(group) : match.end(group)]


def _cut(found: Details, match: re.Match[str]) -> None:
    found.left = f"{found.left[: match.start()]} {found.left[match.end() :]}"


def short_form(word: str) -> str:
    """The form of study that an abbreviation right after "ĐH" or "CĐ" means, or "".

    >>> short_form("tc")
    'Vừa làm vừa học'
    """
    return list(_FORMS.values())[_SHORT_FORMS[word]] if word in _SHORT_FORMS else ""
