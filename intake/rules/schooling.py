"""General schooling in old lists: "12/12", "7/10 bổ túc", a date that Excel made of it. Pure.

The ten-year system of the North (until 1989) had four, three and three years; the present one has
five, four and three.
"""

import re
from datetime import date

from cadres.rules.levels import LEVELS, Strand
from intake.rules.level_words import longest_match
from intake.rules.repairs import CannotHeal, HealedParts, RepairKind
from intake.rules.spellings import side_words, spelling_key, words_of

_GRADE = re.compile(r"(?<![\d/.-])(\d{1,2})\s*/+\s*(1[02])(?![\d/])")
# The last grade of primary, lower and upper secondary school, by the number of grades.
_LAST_GRADES = {10: (4, 7, 10), 12: (5, 9, 12)}


def has_grade(text: str) -> bool:
    """Whether the text tells a grade of a system: "9/12"."""
    return bool(_GRADE.search(text))


def grade_end(text: str) -> int:
    """Where the grade ends with which `text` begins, words before it that say nothing more apart; 0
    if it begins with something else.

    >>> grade_end("Văn hóa: 12/12, ĐH"), grade_end("ĐH, 12/12")
    (14, 0)
    """
    found = _GRADE.search(text)
    before = spelling_key(text[: found.start()]) if found else None
    return found.end() if found and (not before or before in _beside()) else 0


def _beside() -> frozenset[str]:
    return side_words("beside a grade") | side_words("evening school")


def level_of_grade(grade: int, system: int) -> str:
    """The level that somebody has who finished `grade` of a system of 10 or 12 grades.

    Raises CannotHeal for grades and systems that do not exist.

    >>> level_of_grade(10, 10), level_of_grade(10, 12)
    ('THPT', 'THCS')
    """
    if system not in _LAST_GRADES or not 1 <= grade <= system:
        raise CannotHeal(
            f"Không có lớp {grade}/{system}.", "Ghi như 12/12, 10/10, 9/12, 7/10.", is_question=True
        )
    finished = sum(grade >= last for last in _LAST_GRADES[system])
    return LEVELS[Strand.GENERAL][finished]


def heal_grade(text: str) -> HealedParts:
    """Level and schooling of a text with a grade. Raises CannotHeal where other words say more."""
    (found,) = list(_GRADE.finditer(text))[:1]
    grade, system = int(found[1]), int(found[2])
    level = level_of_grade(grade, system)
    others = [text[: found.start()], text[found.end() :]]
    is_evening = False
    for other in others:
        kind = _said_beside(other, level)
        is_evening = is_evening or kind
    schooling = f"{grade}/{system}{' bổ túc' if is_evening else ''}"
    return HealedParts({"rank": level, "schooling": schooling}, (RepairKind.SCHOOLING,))


def _said_beside(text: str, level: str) -> bool:
    """Whether the words beside a grade say evening school. Raises CannotHeal if they say more."""
    key = spelling_key(text)
    if key in side_words("evening school"):
        return True
    if not key or key in side_words("beside a grade"):
        return False
    words = words_of(text)
    match = longest_match(Strand.GENERAL, words)
    if match and match.length == len(words) and match.word.level == level:
        return match.word.adds != ""
    raise CannotHeal(
        f"Không rõ “{text.strip()}” cạnh lớp và hệ phổ thông.",
        "Chỉ ghi lớp và hệ, như 12/12.",
        is_question=True,
    )


def schooling_of_day(day: date) -> str:
    """The grade that somebody typed where Excel made a day of it, "9/12" from 9 December or (by
    American settings) 12 September; "" if no grade can have become this day.

    >>> schooling_of_day(date(2023, 12, 9)), schooling_of_day(date(2023, 9, 12))
    ('9/12', '9/12')
    """
    grade, system = sorted((day.day, day.month))
    return f"{grade}/{system}" if system in _LAST_GRADES else ""
