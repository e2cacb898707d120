"""What the words after a professional level say: major, school, form of study. Pure."""

import re

from cadres.rules.levels import Strand
from intake.rules.level_details import Details, details_of, short_form
from intake.rules.level_words import OPEN, SURE, LevelWord, longest_match
from intake.rules.majors import Major, bare_major, is_major, major_of
from intake.rules.repairs import CannotHeal, HealedParts, RepairKind
from intake.rules.spellings import Word, side_words, spelling_key, words_of

_GLUED = re.compile(r"^(ĐH|DH|CĐ|CD|TC|SC|Ths|ThS|THS|CN|KS)(?=[^\W\d_])(\w+)")
_SCHOOL_LEVELS = {"dh": "Đại học", "dai": "Đại học", "daihoc": "Đại học", "cd": "Cao đẳng",
                  "cao": "Cao đẳng", "tc": "Trung cấp", "trung": "Trung cấp"}  # fmt: skip
_MOST_PLACE_WORDS = 3
_MOST_MAJOR = 120  # characters, of cadres.Qualification
# Words that say that the level is not reached, or is told of two things.
_DOUBTFUL = re.compile(
    r"(?<!\w)(?:chưa|nợ|không|bằng|đang|thi|sắp|hai|hoặc|xét|chua|khong|tc)(?!\w)", re.I
)
_OF_MONEY = "finance_accounting"


def unglued(item: str) -> str:
    """ "ĐHLuật", "CĐSP", "ĐHTC Luật" with a space after the level, where a major or a form of study
    surely follows it."""
    found = _GLUED.match(item)
    if found and (is_major(found[2]) or short_form(found[2].lower())):
        return f"{found[1]} {item[found.start(2) :]}"
    return item


def profession(level: LevelWord, written: str, rest: str) -> HealedParts | None:
    """What an item says of a professional level: `written` is the key of the level's first word,
    `rest` what follows the level. None where the rest is no major.

    Raises CannotHeal where "TC" may be "tại chức" or "tài chính".
    """
    details = details_of(rest)
    _take_named_school(details, written)
    _take_leading_form(details, level)
    major = major_of(f"{level.adds} {bare_major(details.left)}".strip())
    if _is_doubtful(major):
        return None
    values = {"rank": level.level, "major": major.name, "field": major.field, **details.values}
    told = {code: value for code, value in values.items() if value}
    return HealedParts(told, (RepairKind.LEVEL,))


def level_last(item: str, words: list[Word]) -> HealedParts | None:
    """What an item says that tells a known major before the level: "Luật - Đại học"."""
    for start in range(1, len(words)):
        match = longest_match(Strand.PROFESSIONAL, words[start:])
        before = item[: words[start].start]
        if match and match.word.level != OPEN and is_major(before):
            rest = item[words[start + match.length - 1].end :]
            return profession(match.word, words[start].key, f"{bare_major(before)} {rest}")
    return None


def _take_named_school(details: Details, written: str) -> None:
    """ "Luật Hà Nội" after "ĐH" is a school; whether law was studied there, it does not say."""
    left = bare_major(details.left)
    kind = _SCHOOL_LEVELS.get(written)
    if kind and (
        _ends_with_place(left) or spelling_key(left) in side_words("name of a university")
    ):
        details.values.setdefault("institution", f"{kind} {left}")
        details.left = ""


def _ends_with_place(text: str) -> bool:
    keys = [word.key for word in words_of(text)]
    ends = ("".join(keys[-length:]) for length in range(1, _MOST_PLACE_WORDS + 1))
    return any(end in side_words("place of a school") for end in ends)


def _take_leading_form(details: Details, level: LevelWord) -> None:
    """ "TC" right after "ĐH" is "tại chức", unless what follows may go with "tài chính"."""
    left = bare_major(details.left)
    word, _, rest = left.partition(" ")
    form = short_form(word.lower()) if level.level in ("Đại học", "Cao đẳng") else ""
    if not form:
        return
    if word.lower() == "tc" and not (is_major(rest) and major_of(rest).field != _OF_MONEY):
        raise CannotHeal(
            f"Không rõ “TC” trong “{left}” là tại chức hay tài chính.",
            "Ghi đủ chữ: tại chức, tài chính.",
            is_question=True,
        )
    details.values.setdefault("study_form", form)
    details.left = rest


def _is_doubtful(major: Major) -> bool:
    if major.is_known or not major.name:
        return False
    words = words_of(major.name)
    if len(major.name) > _MOST_MAJOR or any(char.isdigit() for char in major.name):
        return True
    pieces = re.split("[,;]", major.name)
    if len(pieces) > 1 and any(map(is_major, pieces)):  # "Luật, Tin": two majors, or two strands
        return True
    if _DOUBTFUL.search(major.name):
        return True
    matches = (longest_match(Strand.PROFESSIONAL, words[at:]) for at in range(len(words)))
    return any(match and match.word.sureness == SURE for match in matches)
