"""Names, births and numbers of invented people."""

import csv
import random
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from cadres.models import Cadre
from daitu_portal.dates import PartialDate

DATA = Path(__file__).resolve().parent.parent / "data"
KINH, OTHERS = "Kinh", "Khác"
_COHORT = 1985  # from this year of birth on names are drawn from the younger table
_SPELLED = {"Khác": "Mường"}


def a_day(rng: random.Random, first: date, last: date) -> date:
    """A day between `first` and `last`, both included; `first` where that is the later one."""
    last = max(first, last)
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def partly(rng: random.Random, day: date, *, whole: float, month: float) -> PartialDate:
    """`day` as the record knows it: whole, its month, or its year alone, with these chances."""
    drawn = rng.random()
    length = 10 if drawn < whole else 7 if drawn < whole + month else 4
    return PartialDate(day.isoformat()[:length])


@cache
def _table(name: str) -> list[dict[str, str]]:
    with (DATA / f"names_{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _weighted(name: str, column: str, weight: str, sex: str = "") -> tuple[list, list]:
    rows = [row for row in _table(name) if not sex or row["gender"] == sex]
    return [row[column] for row in rows], [float(row[weight]) for row in rows]


@cache
def _peoples() -> tuple[list, list, dict[str, list[str]]]:
    rows = _table("ethnic")
    names = [row["ethnicity"] for row in rows]
    shares = [float(row["province_share_pct"]) for row in rows]
    return names, shares, {row["ethnicity"]: row["surnames"].split() for row in rows}


class Inventor:
    """Invents people one after the other; the same seed gives the same people."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._numbers = count(1)

    def person(self, *, sex: str, born_on: date, coarse: bool = True) -> Cadre:
        """Someone with name, people, numbers and birth date; a third known by month or year."""
        rng, number = self.rng, next(self._numbers)
        people, surname = self._people()
        century = {"M": 0, "F": 1}[sex] if born_on.year < 2000 else {"M": 2, "F": 3}[sex]
        return Cadre(
            code=f"DT{number:06d}",
            full_name=self.name(surname, sex, born_on.year),
            sex=sex,
            born_on=partly(rng, born_on, whole=0.68 if coarse else 1, month=0.14),
            national_id=f"000{century}{born_on.year % 100:02d}{number:06d}",
            phone=f"0000{number:06d}",
            ethnicity=people,
            religion="Không",
            home_town="Huyện Đại Từ, tỉnh Thái Nguyên",
        )

    def _people(self) -> tuple[str, str]:
        names, shares, surnames = _peoples()
        people = self.rng.choices(names, shares)[0]
        if people == KINH:
            words, weights = _weighted("surnames", "surname", "weight_north_pct")
            return KINH, self.rng.choices(words, weights)[0]
        return _SPELLED.get(people, people), self.rng.choice(surnames[people])

    def name(self, surname: str, sex: str, year: int) -> str:
        """A name of someone of `sex` born in `year`."""
        column = "w_born_1963_1984" if year < _COHORT else "w_born_1985_2001"
        table = "Nam" if sex == "M" else "Nữ"
        middle = self.rng.choices(*_weighted("middle", "middle", column, table))[0]
        given = self.rng.choices(*_weighted("given", "given", column, table))[0]
        return " ".join((surname, middle, given) if middle != given else (surname, given))
