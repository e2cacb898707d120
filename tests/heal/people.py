"""Draws the people of a commune, with everything that is true about them in canonical text.

Names, communes and posts come from the tables of cadres/data, read as files. Nobody is real.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.heal.vocabulary import (
    ETHNIC_WEIGHTS,
    HAMLETS,
    LANGUAGE,
    MAJORS,
    NOTES,
    PLACES,
    RELIGIONS,
    SCHOOLING,
)

_CATALOGUES = Path(__file__).resolve().parents[2] / "cadres" / "data"
_IDENTITY = "019"  # code of the province in numbers of identity cards


@dataclass
class Person:
    """`facts`: {field code: canonical text}; all that a right reading may say about them."""

    facts: dict[str, str] = field(default_factory=dict)

    def told(self, code: str) -> str:
        return self.facts.get(code, "")


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    short_name: str
    kind: str


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """A catalogue of the portal, as the file has it."""
    with (_CATALOGUES / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return tuple(csv.DictReader(file))


@cache
def units() -> tuple[Unit, ...]:
    """Units whose code and name meant one thing all the time: no other reading is right."""
    rows = rows_of("communes")
    codes = Counter(row["code"] for row in rows)
    names = Counter(row["short_name"] for row in rows)
    return tuple(
        Unit(row["code"], row["name"], row["short_name"], row["kind"])
        for row in rows
        if codes[row["code"]] == names[row["short_name"]] == 1
        and row["valid_from"] <= "2014-01-01" < "2025-01-01" < row["valid_to"]
    )


@cache
def posts(kind: str) -> tuple[str, ...]:
    """Codes of the posts that a unit of the kind has, cadres and civil servants twice as often."""
    found = [
        row["code"]
        for row in rows_of("posts")
        if row["commune_kind"] in ("", kind) and row["category"] != "police"
    ]
    wanted = [code for code in found if code not in ("CC01", "TH01")]
    return tuple(sorted([*wanted, *(code for code in wanted if not code.startswith("NK"))]))


def draw_name(rng: Random, sex: str, ethnicity: str) -> str:
    """A name as people of the cohort have it: surname, middle, given."""
    surname = _surname(rng, ethnicity)
    middle = _weighted(rng, "names_middle", "middle", sex)
    given = _weighted(rng, "names_given", "given", sex)
    return f"{surname} {middle} {given}"


def _surname(rng: Random, ethnicity: str) -> str:
    own = {row["ethnicity"]: row["surnames"] for row in rows_of("names_ethnic")}
    if ethnicity in own and ethnicity != "Kinh":
        return rng.choice(own[ethnicity].split())
    rows = rows_of("names_surnames")
    weights = [float(row["weight_north_pct"]) for row in rows]
    return rng.choices([row["surname"] for row in rows], weights)[0]


def _weighted(rng: Random, table: str, column: str, sex: str) -> str:
    rows = [row for row in rows_of(table) if row["gender"] == sex and row[column]]
    weights = [float(row["w_born_1963_1984"]) for row in rows]
    return rng.choices([row[column] for row in rows], weights)[0]


def day(rng: Random, first: int, last: int) -> str:
    return f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(first, last)}"


def draw_person(rng: Random, unit: Unit) -> Person:
    """Somebody of the unit; what they do not have is left out."""
    sex = rng.choice(["Nam", "Nam", "Nữ"])
    ethnicity = rng.choices(list(ETHNIC_WEIGHTS), list(ETHNIC_WEIGHTS.values()))[0]
    born = day(rng, 1961, 1999)
    facts = {
        "full_name": draw_name(rng, sex, ethnicity),
        "sex": sex,
        "born_on": born,
        "ethnicity": ethnicity,
        "religion": rng.choice(RELIGIONS),
        "national_id": _identity_number(rng, sex, born),
        "phone": rng.choice(["09", "03", "08"]) + f"{rng.randrange(10**8):08d}",
        **_places(rng, unit),
        **_service(rng, unit, int(born[-4:])),
        **_learning(rng),
        **_pay(rng),
    }
    if rng.random() < 0.15:
        facts["note"] = rng.choice(NOTES)
    return Person(_less_precise(rng, facts))


def _identity_number(rng: Random, sex: str, born: str) -> str:
    """12 digits: province, sex (0 man, 1 woman of the 20th century), year, number."""
    return f"{_IDENTITY}{int(sex == 'Nữ')}{born[-2:]}{rng.randrange(10**6):06d}"


def _places(rng: Random, unit: Unit) -> dict[str, str]:
    def near() -> str:
        return f"{rng.choice(HAMLETS)}, {unit.name}"

    return {"residence": near(), "home_town": rng.choice(PLACES), "birthplace": rng.choice(PLACES)}


def _service(rng: Random, unit: Unit, year: int) -> dict[str, str]:
    facts = {
        "holding.post": rng.choice(posts(unit.kind)),
        "holding.commune": unit.code,
        "holding.valid_from": day(rng, 2015, 2022),
        "recruited_on": day(rng, year + 21, min(year + 30, 2022)),
        "profile.insured_from": day(rng, year + 21, min(year + 30, 2022))[3:],
        "rating.level": rng.choice(
            ["Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành nhiệm vụ"]
        ),
    }
    if rng.random() < 0.85:
        joined = day(rng, year + 20, min(year + 28, 2020))
        facts["party_joined_on"] = joined
        facts["party_official_on"] = f"{joined[:-4]}{int(joined[-4:]) + 1}"
    return facts


def _learning(rng: Random) -> dict[str, str]:
    schooling = rng.choice(list(SCHOOLING))
    facts = {
        "profile.schooling": schooling,
        "general.rank": SCHOOLING[schooling],
        "professional.rank": rng.choice(
            ["Trung cấp", "Trung cấp", "Cao đẳng", "Đại học", "Đại học", "Đại học", "Thạc sĩ"]
        ),
        "political.rank": rng.choice(["Sơ cấp", "Trung cấp", "Trung cấp", "Cao cấp"]),
        "it.rank": rng.choice(["Chứng chỉ A, B, C", "CNTT cơ bản", "Trung cấp"]),
        "defence.rank": rng.choice(["Đối tượng 3", "Đối tượng 4"]),
    }
    facts["professional.major"] = rng.choice(MAJORS)
    if rng.random() < 0.7:
        facts["state_management.rank"] = rng.choice(["Chuyên viên", "Chuyên viên", "Cán sự"])
    if rng.random() < 0.6:
        facts["language.rank"] = rng.choice(list(LANGUAGE))
        facts["language.language"] = "Tiếng Anh"
    return facts


def _pay(rng: Random) -> dict[str, str]:
    code, first, rise, steps = rng.choice(
        [("01.003", 234, 33, 9), ("01.004", 210, 31, 10), ("01.005", 186, 20, 12)]
    )
    step = rng.randint(1, steps)
    coefficient = first + rise * (step - 1)
    facts = {
        "salary.grade_code": code,
        "salary.step": str(step),
        "salary.coefficient": f"{coefficient // 100},{coefficient % 100:02d}",
    }
    if rng.random() < 0.5:
        facts["allowance.position"] = rng.choice(["0,15", "0,20", "0,25", "0,30"])
    if rng.random() < 0.2:
        facts["allowance.responsibility"] = rng.choice(["0,10", "0,20"])
    if rng.random() < 0.5:
        facts["allowance.area"] = rng.choice(["0,10", "0,20", "0,30"])
    return facts


def _less_precise(rng: Random, facts: dict[str, str]) -> dict[str, str]:
    """Of older people often only the year or the month is known."""
    for code, share in (("born_on", 0.25), ("party_joined_on", 0.1), ("recruited_on", 0.2)):
        if code in facts and rng.random() < share:
            facts[code] = rng.choice([facts[code][3:], facts[code][-4:]])
    return facts
