"""How a cell is read by the meaning of its column: a small reader a meaning, and which is whose."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from cadres.models import Rating
from cadres.records import Kind
from cadres.rules.levels import Strand, level_label
from daitu_portal.reading.cells import Cell
from daitu_portal.text import fold
from intake.healing.meaning import FIRST, Facts, Meaning
from intake.healing.targets import targets
from intake.rules.commune_names import commune_code
from intake.rules.day_texts import heal_day, heal_day_parts
from intake.rules.day_uses import BIRTH, END, FROM, PAST, DayUse, Imprecise
from intake.rules.digit_texts import heal_insurance_number, heal_national_id, heal_phone
from intake.rules.grade_texts import heal_grade_code
from intake.rules.level_texts import heal_level, heal_levels
from intake.rules.number_texts import heal_decimal, heal_integer, heal_step, heal_year
from intake.rules.period_texts import heal_period
from intake.rules.person_names import heal_name
from intake.rules.person_words import is_mark, people_name, rating_level, religion_name, sex_of
from intake.rules.repairs import CannotHeal, Healed, HealedParts, RepairKind
from intake.rules.schooling import schooling_of_day

if TYPE_CHECKING:
    from intake.healing.values import Healer

_MORE_THAN_A_NAME = re.compile(r"\s[-–]\s|[,;(]|[^\W\d_]\s*/\s*[^\W\d_]{2}")
_Reader = Callable[["Healer", str, Any, Cell, Facts], Iterable[Meaning]]
_Meanings = Iterator[Meaning]


def _one(code: str, healed: Healed) -> _Meanings:
    if healed.value or healed.repairs:
        yield Meaning(code, healed.value, healed.repairs)


def _written(value: Any) -> str:
    """The value of a cell as text: a day as it is written here, 5.0 as 5."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    text = _written(value)
    if text.strip(" -–…."):
        yield Meaning(target, text)


def _name(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    if _MORE_THAN_A_NAME.search(str(value)):
        raise CannotHeal(
            f"“{str(value).strip()[:60]}” không chỉ là họ tên.",
            "Ghi họ tên vào một cột, chức vụ hay chú thích vào cột khác.", is_question=True,
        )  # fmt: skip
    return _one(target, heal_name(str(value)))


def _day(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    use = _USES.get(target) or _USES.get(target.rpartition(".")[2], PAST)
    return _one(target, healer.whole_day(lambda: heal_day(
        value, cell.kind, cell.number_format, use=use, today=healer.today,
        column=healer.column(cell),
    )))  # fmt: skip


def _start(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """The first day of a post; where its cell tells a period, the last one too."""
    part = target.rpartition(".")[0]
    try:
        found = heal_period(
            value, cell.kind, cell.number_format, today=healer.today,
            column=healer.column(cell), needs_day=True,
        )  # fmt: skip
    except Imprecise as problem:
        first = healer.first_day(problem)
        found = HealedParts({"valid_from": first.value}, first.repairs)
    for code, text in found.values.items():
        yield Meaning(f"{part}.{code}", text, found.repairs)


def _number(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    return _one(target, heal_integer(value, cell.kind, cell.number_format))


def _year(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    return _one(
        target,
        heal_year(value, cell.kind, cell.number_format, use=PAST, today=healer.today),
    )


def _decimal(low: float, high: float) -> _Reader:
    def read(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
        return _one(target, heal_decimal(value, cell.kind, cell.number_format, low=low, high=high))

    return read


def _digits(rule: Callable[[object, str, str], Healed]) -> _Reader:
    def read(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
        return _one(target, rule(value, cell.kind, cell.number_format))

    return read


def _number_of_person(
    healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts
) -> _Meanings:
    return _one(target, heal_national_id(
        value, cell.kind, cell.number_format, sex=facts.sex, born_year=facts.born_year
    ))  # fmt: skip


def _grade(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    known = healer.words.grades
    return _one(target, heal_grade_code(value, cell.kind, cell.number_format, known=known))


def _worded(rule: Callable[[str], Healed]) -> _Reader:
    def read(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
        return _one(target, rule(str(value)))

    return read


def _rating(text: str) -> Healed:
    return rating_level(text, [str(label) for label in Rating.Level.labels])


def _choice(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """A choice in other capitals or without accents; any other word is for the strict reader."""
    text = str(value).strip()
    for label in (targets()[target].field.choices or {}).values():
        if fold(label) == fold(text):
            return _one(target, Healed(label, () if label == text else (RepairKind.WORD,)))
    return _one(target, Healed(text))


def read_commune(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """The unit by its name: codes are used again, and a row speaks of the unit of its own day."""
    text = f"{value:05d}" if isinstance(value, int) else str(value).strip()
    named = healer.words.unit_of_code(text)
    if named:
        return _one(target, Healed(named, (RepairKind.COMMUNE,)))
    return _one(target, commune_code(text, units=healer.words.units))


def read_posts(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    for index, healed in enumerate(healer.posts(str(value), facts)):
        yield Meaning(target, healed.value, healed.repairs, index)
        if index:
            yield Meaning("holding.is_main", "Không", (), index)


def _levels(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """Free words of a column that says its strand, or of one that says none."""
    strand = target.removesuffix(".text").removesuffix(".rank")
    is_grade = isinstance(value, date) and strand == Strand.GENERAL  # “9/12”, a day to Excel
    text = schooling_of_day(value) if is_grade else _written(value)
    found = heal_levels(text, None if strand == "qualification" else Strand(strand))
    turns: dict[str, int] = {}
    for of, parts in found:
        index = turns[of] = turns.get(of, -1) + 1
        for code, told in parts.values.items():
            name = "profile.schooling" if code == "schooling" else f"{of}.{code}"
            yield Meaning(name, told, parts.repairs, FIRST if code == "schooling" else index)


def _marked(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """An x under the name of a level; words there say the level themselves."""
    _, strand, rank = target.split(".")
    text = str(value).strip()
    if is_mark(text):
        told = level_label(strand, int(rank))
        yield Meaning(f"{strand}.rank", told, (RepairKind.MARK,))
    elif text.strip("-–…. 0"):
        yield from _under_level(strand, int(rank), text)


def _under_level(strand: str, rank: int, text: str) -> _Meanings:
    """Words under the head of a level: a major, or a level that must be this one."""
    label = level_label(strand, rank)
    try:
        parts = heal_level(Strand(strand), text)
        told = parts.values.get("rank", label)
    except (CannotHeal, ValueError):
        if strand != Strand.PROFESSIONAL:
            raise CannotHeal(
                f"Không rõ “{text[:40]}” ở cột “{label}” nghĩa là gì.",
                "Ghi x, hoặc để trống.",
                is_question=True,
            ) from None
        parts, told = HealedParts({"major": text}, (RepairKind.LEVEL,)), label
    if told != label and not _has_several(strand, rank):
        raise CannotHeal(
            f"Cột “{label}” mà ô ghi “{text[:40]}”.", "Ghi lại mức đúng.", is_question=True
        )
    for code, each in {**parts.values, "rank": told}.items():
        yield Meaning(f"{strand}.{code}", each, (*parts.repairs, RepairKind.MARK))


def _has_several(strand: str, rank: int) -> bool:
    """Whether lists put several levels in one column: certificates A, B, C; “ThS-TS”."""
    return strand in (Strand.IT, Strand.LANGUAGE) or (strand == Strand.PROFESSIONAL and rank >= 5)


def _sex_mark(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    if is_mark(str(value)):
        yield Meaning("sex", "Nam" if target.endswith("M") else "Nữ", (RepairKind.MARK,))


def _party(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """“Đảng viên”: an x says that, and not since when; a day is kept."""
    text = str(value).strip()
    if cell.kind == "text" and is_mark(text):
        yield Meaning("", "", (), warning=(
            "Chỉ đánh dấu là đảng viên, chưa có ngày vào Đảng nên chưa ghi được.",
            "Bổ sung ngày vào Đảng (có thể chỉ ghi năm).",
        ))  # fmt: skip
    elif text.strip("-–…. 0"):
        yield from _day(healer, "party_joined_on", value, cell, facts)


def _minority(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """An x says that someone is of a minority, and not of which; a name is kept."""
    text = str(value).strip()
    if is_mark(text):
        yield Meaning("", "", (), warning=(
            "Chỉ đánh dấu là người dân tộc thiểu số, chưa rõ dân tộc nào.", "Ghi tên dân tộc.",
        ))  # fmt: skip
    elif text.strip("-–…. 0"):
        yield from _one("ethnicity", people_name(text))


def _born_under(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """A birth date in the column of a sex says both; an x only the sex."""
    sex = "Nam" if target == "born.male" else "Nữ"
    text = str(value).strip()
    if cell.kind == "text" and not text.strip("-–…. "):
        return
    if not (cell.kind == "text" and is_mark(text)):
        for each in _day(healer, "born_on", value, cell, facts):
            repairs = (*each.repairs, RepairKind.BIRTH_UNDER_SEX)
            yield Meaning("born_on", each.text, repairs)
    yield Meaning("sex", sex, (RepairKind.BIRTH_UNDER_SEX,))


def _name_part(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """Two columns of one name: told once the second is read."""
    facts.parts[target] = str(value)
    if target == "name.given":
        family = facts.parts.get("name.family", "")
        if isinstance(family, CannotHeal):  # half a name is another's
            raise family
        healed = heal_name(f"{family} {value}".strip())
        yield Meaning("full_name", healed.value, (RepairKind.NAME_PARTS, *healed.repairs))


def _born_part(healer: "Healer", target: str, value: Any, cell: Cell, facts: Facts) -> _Meanings:
    """Three columns of one birth date: told once the year is read."""
    facts.parts[target] = value
    if target == "born.year":
        told = [facts.parts.get(f"born.{each}") for each in ("day", "month", "year")]
        asked = next((each for each in told if isinstance(each, CannotHeal)), None)
        if asked is not None:
            raise asked
        healed = heal_day_parts(*told, use=BIRTH, today=healer.today)
        yield from _one("born_on", healed)


def _religion(text: str) -> Healed:
    """A mark says that there is one, and not which."""
    if is_mark(text) or text.strip() == "0":
        raise CannotHeal("Chỉ đánh dấu, chưa rõ tôn giáo nào.", "Ghi tên tôn giáo, hoặc Không.",
                         is_question=True)  # fmt: skip
    return religion_name(text)


def is_day(target: str) -> bool:
    """Whether the cells of a column of this target tell days."""
    if target in ("born.male", "born.female", "mark.party", "holding.period"):
        return True
    found = targets().get(target)
    return found is not None and found.field.kind in (Kind.PARTIAL, Kind.DAY, Kind.LAST_DAY)


_USES: Mapping[str, DayUse] = {
    "born_on": BIRTH, "valid_from": FROM, "valid_to": END, "decided_on": DayUse(65, 1, True),
}  # fmt: skip
OF_ROW: Mapping[str, _Reader] = {
    "national_id": _number_of_person,
    "name.family": _name_part,
    "name.given": _name_part,
    "born.day": _born_part,
    "born.month": _born_part,
    "born.year": _born_part,
}
_BY_TARGET: Mapping[str, _Reader] = {
    "full_name": _name,
    "phone": _digits(heal_phone),
    "profile.insurance_number": _digits(heal_insurance_number),
    "sex": _worded(sex_of),
    "ethnicity": _worded(people_name),
    "religion": _worded(_religion),
    "holding.post": read_posts,
    "holding.commune": read_commune,
    "holding.period": _start,
    "holding.valid_from": _start,
    "salary.grade_code": _grade,
    "salary.step": _digits(heal_step),
    "salary.coefficient": _decimal(0.5, 12),
    "rating.year": _year,
    "rating.level": _worded(_rating),
    "born.male": _born_under,
    "born.female": _born_under,
    "mark.sex.M": _sex_mark,
    "mark.sex.F": _sex_mark,
    "mark.party": _party,
    "mark.ethnic_minority": _minority,
    "qualification.text": _levels,
    **{f"{strand.value}.{name}": _levels for strand in Strand for name in ("text", "rank")},
    **{
        f"allowance.{kind}": _decimal(0.01, 100)
        for kind in (
            "position", "responsibility", "area", "concurrency", "public_duty", "seniority",
            "other",
        )
    },
}  # fmt: skip
_BY_ENDING: Mapping[str, _Reader] = {"decision_number": _text, "evidence_number": _text}
_BY_KIND: Mapping[Kind, _Reader] = {
    Kind.PARTIAL: _day,
    Kind.DAY: _day,
    Kind.LAST_DAY: _day,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _decimal(0, 1_000_000),
    Kind.CHOICE: _choice,
}


def reader_of(target: str) -> _Reader:
    """How the cells of a column of this target are read. Raises KeyError for no target."""
    found = _BY_TARGET.get(target) or _BY_ENDING.get(target.rpartition(".")[2])
    if found is None and target.startswith("mark."):
        found = _marked
    return found or _BY_KIND.get(targets()[target].field.kind, _text)
