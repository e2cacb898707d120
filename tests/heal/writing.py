"""What a clerk writes into the cell of one person for one column, and what it means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.heal import vocabulary as words
from tests.heal.dates import Written, write_date
from tests.heal.people import Person, units

DATES = {
    "born_on", "recruited_on", "party_joined_on", "party_official_on", "profile.insured_from",
    "holding.valid_from",
}  # fmt: skip
DECIMALS = {
    "salary.coefficient", "allowance.position", "allowance.responsibility", "allowance.area",
}  # fmt: skip


@dataclass(frozen=True)
class Habit:
    """How the writer of one column writes: how often otherwise than by the book, and dates how."""

    mess: float
    favourite: int
    capitals: bool = False
    titles: bool = False


@dataclass(frozen=True)
class Told:
    """A cell that says something: how it is written, and {field code: canonical text}."""

    written: Written
    values: dict[str, str] = field(default_factory=dict)


def tell(rng: Random, target: str, person: Person, habit: Habit) -> Told | None:
    """The cell of a column for a person; None where there is nothing to say."""
    writer = _WRITERS.get(target)
    if writer:
        return writer(rng, person, habit)
    if target.startswith("mark."):
        return _mark(rng, target, person)
    strand, _, rest = target.partition(".")
    if rest == "text":
        return _level(rng, strand, person, habit)
    value = person.told(target)
    if not value:
        return None
    return Told(_write_plain(rng, target, value, habit), {target: value})


def _write_plain(rng: Random, target: str, value: str, habit: Habit) -> Written:
    if target in DATES:
        return write_date(rng, value, habit.favourite if rng.random() < 0.9 else 0)
    if target in DECIMALS:
        return _decimal(rng, value)
    return Written(value)


def _decimal(rng: Random, value: str) -> Written:
    drawn = rng.randrange(3)
    if drawn == 0:
        return Written(value)
    if drawn == 1:
        return Written(value.replace(",", "."), ("decimal",))
    return Written(float(value.replace(",", ".")), ())


def _one_of(
    rng: Random, ways: dict[str, tuple[str, ...]], value: str, habit: Habit, kind: str
) -> Written:
    """`value` by one of its names; the first of them is the usual one."""
    text = rng.choice(ways[value]) if rng.random() < habit.mess else ways[value][0]
    return Written(text, () if text == value else (kind,))


def _name(rng: Random, person: Person, habit: Habit) -> Told:
    name, kinds = person.told("full_name"), []
    text = name
    if habit.capitals:
        text, kinds = name.upper(), ["name_case"]
    if habit.titles and rng.random() < 0.6:
        text = rng.choice(words.TITLE_WORDS[person.told("sex")]) + text
        kinds.append("title_word")
    if rng.random() < habit.mess * 0.3:
        text, kinds = _loose(rng, text), [*kinds, "spaces"]
    return Told(Written(text, tuple(kinds)), {"full_name": name})


def _loose(rng: Random, text: str) -> str:
    """Blanks too many, some of them not broken or not seen."""
    return rng.choice(
        [f" {text}", f"{text}  ", text.replace(" ", "  ", 1), text.replace(" ", "\u00a0"),
         text.replace(" ", "\u200b ", 1), text.replace(" ", "\n", 1)]
    )  # fmt: skip


def _name_part(which: str) -> Callable[[Random, Person, Habit], Told]:
    def write(rng: Random, person: Person, habit: Habit) -> Told:
        family, _, given = person.told("full_name").rpartition(" ")
        text = family if which == "family" else given
        kinds = ["name_parts", *(["name_case"] if habit.capitals else [])]
        shown = text.upper() if habit.capitals else text
        return Told(Written(shown, tuple(kinds)), {"full_name": person.told("full_name")})

    return write


def _sex(rng: Random, person: Person, habit: Habit) -> Told:
    value = person.told("sex")
    return Told(_one_of(rng, words.SEX, value, habit, "sex"), {"sex": value})


def _born_under(sex: str) -> Callable[[Random, Person, Habit], Told | None]:
    def write(rng: Random, person: Person, habit: Habit) -> Told | None:
        if person.told("sex") != sex:
            return None
        born = person.told("born_on")
        written = write_date(rng, born, habit.favourite)
        kinds = (*written.kinds, "birth_under_sex")
        return Told(
            Written(written.value, kinds, written.number_format), {"born_on": born, "sex": sex}
        )

    return write


def _born_part(part: int) -> Callable[[Random, Person, Habit], Told | None]:
    """Day, month and year in a column each: 0, 1, 2. What is not known stays empty."""

    def write(rng: Random, person: Person, habit: Habit) -> Told | None:
        born = person.told("born_on")
        parts = ["", "", *born.split("/")][-3:]
        if not parts[part]:
            return None
        return Told(Written(int(parts[part])), {"born_on": born})

    return write


def _number(target: str) -> Callable[[Random, Person, Habit], Told | None]:
    def write(rng: Random, person: Person, habit: Habit) -> Told | None:
        value = person.told(target)
        return Told(_digits(rng, value, habit), {target: value}) if value else None

    return write


def _digits(rng: Random, value: str, habit: Habit) -> Written:
    if rng.random() >= habit.mess:
        return Written(value)
    drawn = rng.randrange(4)
    if drawn == 0:
        return Written(int(value), ("lost_zero",), "0")
    if drawn == 1:
        return Written(value.lstrip("0"), ("lost_zero",))
    mark = " " if drawn == 2 else "."
    groups = [value[start : start + 3] for start in range(0, 12, 3)]
    return Written(mark.join(filter(None, groups)), ("digits",))


def _ethnicity(rng: Random, person: Person, habit: Habit) -> Told:
    value = person.told("ethnicity")
    return Told(_one_of(rng, words.ETHNIC, value, habit, "people"), {"ethnicity": value})


def _post(rng: Random, person: Person, habit: Habit) -> Told:
    code = person.told("holding.post")
    written = _one_of(rng, words.POSTS, code, habit, "post")
    return Told(written, {"holding.post": code})


def _commune(rng: Random, person: Person, habit: Habit) -> Told:
    unit = next(unit for unit in units() if unit.code == person.told("holding.commune"))
    text = unit.name if rng.random() >= habit.mess else rng.choice(commune_names(unit.code))
    kinds = () if text == unit.name else ("commune",)
    return Told(Written(text, kinds), {"holding.commune": unit.code})


def commune_names(code: str) -> list[str]:
    """How a unit is called in lists."""
    unit = next(unit for unit in units() if unit.code == code)
    short = ("TT ", "TT. ", "T.T ") if unit.kind == "thi_tran" else ("X. ", "UBND xã ", "xã ")
    office = "UBND thị trấn " if unit.kind == "thi_tran" else "Đảng ủy xã "
    return [unit.short_name, *(f"{word}{unit.short_name}" for word in (*short, office))]


def _level(rng: Random, strand: str, person: Person, habit: Habit) -> Told | None:
    rank = person.told(f"{strand}.rank")
    if not rank:
        return None
    if strand == "professional":
        return _profession(rng, person, habit)
    values = {f"{strand}.rank": rank}
    if strand == "language":
        values["language.language"] = person.told("language.language")
        return Told(Written(rng.choice(words.LANGUAGE[rank]), ("level",)), values)
    return Told(_one_of(rng, words.LEVELS[strand], rank, habit, "level"), values)


def _profession(rng: Random, person: Person, habit: Habit) -> Told:
    """Mostly with what was studied: "ĐH Luật"."""
    rank, major = person.told("professional.rank"), person.told("professional.major")
    written = _one_of(rng, words.PROFESSIONAL, rank, habit, "level")
    if rng.random() < 0.5:
        return Told(written, {"professional.rank": rank})
    mark = rng.choice([" ", " ", " ngành ", " chuyên ngành "])
    text = f"{written.value}{mark}{major}"
    return Told(Written(text, ("level",)), {"professional.rank": rank, "professional.major": major})


def _schooling(rng: Random, person: Person, habit: Habit) -> Told:
    """The grade and the system, or the level by name."""
    rank, grade = person.told("general.rank"), person.told("profile.schooling")
    if rng.random() < 0.2:
        return Told(_one_of(rng, words.GENERAL, rank, habit, "level"), {"general.rank": rank})
    text = grade if rng.random() < 0.85 else f"{grade} ".replace("/", " / ")
    return Told(Written(text, ("schooling",)), {"profile.schooling": grade, "general.rank": rank})


def _grade(rng: Random, person: Person, habit: Habit) -> Told:
    code = person.told("salary.grade_code")
    lost = rng.random() < habit.mess
    written = Written(float(code), ("grade_code",), "0.000") if lost else Written(code)
    return Told(written, {"salary.grade_code": code})


def _step(rng: Random, person: Person, habit: Habit) -> Told:
    step = person.told("salary.step")
    return Told(Written(int(step) if rng.random() < 0.7 else step), {"salary.step": step})


def _rating(rng: Random, person: Person, habit: Habit) -> Told:
    level = person.told("rating.level")
    values = {"rating.level": level, "rating.year": "2022"}
    return Told(_one_of(rng, words.RATING, level, habit, "word"), values)


def _mark(rng: Random, target: str, person: Person) -> Told | None:
    """An x under a level, or under the sex; some levels are told by a word instead."""
    _, strand, wanted = target.split(".", 2)
    if strand == "sex":
        told = person.told("sex")
        return _marked(rng, {"sex": told}) if told == wanted else None
    rank = person.told(f"{strand}.rank")
    if rank not in wanted.split("|"):
        return None
    values = {f"{strand}.rank": rank}
    word = _WORD_UNDER_HEAD.get(strand, {}).get(rank)
    return Told(Written(word, ("level",)), values) if word else _marked(rng, values)


def _marked(rng: Random, values: dict[str, str]) -> Told:
    return Told(Written(rng.choice(words.MARKS), ("mark",)), values)


# Where one column stands for several levels an x would not say which.
_WORD_UNDER_HEAD = {"professional": {"Thạc sĩ": "ThS"}, "language": words.LANGUAGE_LETTER}
_WRITERS: dict[str, Callable[[Random, Person, Habit], Told | None]] = {
    "full_name": _name,
    "name.family": _name_part("family"),
    "name.given": _name_part("given"),
    "sex": _sex,
    "born.male": _born_under("Nam"),
    "born.female": _born_under("Nữ"),
    "born.day": _born_part(0),
    "born.month": _born_part(1),
    "born.year": _born_part(2),
    "national_id": _number("national_id"),
    "phone": _number("phone"),
    "ethnicity": _ethnicity,
    "holding.post": _post,
    "holding.commune": _commune,
    "general.text": _schooling,
    "salary.grade_code": _grade,
    "salary.step": _step,
    "rating.level": _rating,
}
