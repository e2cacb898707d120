"""What people of the demo have learned by 08/06/2023, and when they learned it."""

from dataclasses import dataclass
from datetime import date, timedelta

from cadres.demo.lives import TODAY, Life
from cadres.demo.people import a_day
from cadres.demo.roles import Role

PARTY_CONTENTS = ("party_building", "state_management", "law")
# Of those who reached a level by 08/06/2023: how many did so in 2023, in 2022, since 2015.
_LATELY = (0.045, 0.075, 0.33)


@dataclass(frozen=True)
class Target:
    """The levels at which a person stands: `professional` None is a record nobody has."""

    professional: int | None
    political: int
    has_trainings: bool = False
    is_economist: bool = False


def _day_of_award(life: Life, *, earliest: date, is_early: bool = False) -> date:
    """A day for reaching a level; most long ago, some lately, so that ratios move."""
    drawn = life.rng.random()
    in_2023, in_2022, since_2015 = _LATELY
    if is_early or drawn > in_2023 + in_2022 + since_2015:
        return a_day(life.rng, earliest, max(earliest, date(2014, 12, 31)))
    if drawn < in_2023:
        return a_day(life.rng, date(2023, 1, 5), TODAY)
    if drawn < in_2023 + in_2022:
        return a_day(life.rng, date(2022, 1, 5), date(2022, 12, 25))
    return a_day(life.rng, max(earliest, date(2015, 1, 1)), date(2021, 12, 30))


def teach(life: Life, role: Role, target: Target, *, is_early: bool = False) -> None:
    """Give a life the records of its levels; whoever was lower before has that on record too."""
    leaves_school = date(life.born_on.year + 18, 5, 30)
    life.learn("general", 3, leaves_school, evidence="diploma")
    grown = leaves_school + timedelta(days=4 * 365)
    if target.professional is not None:
        _teach_profession(life, role, target.professional, grown, is_early)
    _teach_politics(life, target.political, grown, is_early)
    _teach_the_rest(life, role, target, grown)


def _teach_profession(life: Life, role: Role, rank: int, grown: date, is_early: bool) -> None:
    if rank < 2:
        life.learn("professional", rank, grown)
        return
    day = _day_of_award(life, earliest=grown, is_early=is_early)
    if day > grown + timedelta(days=365):
        before = life.rng.choice([2, 2, 3]) if rank >= 4 else rank - 1
        field = role.field if before >= 2 else ""
        life.learn("professional", before, grown, major_in=field)
    life.learn("professional", rank, day, major_in=role.field)


def _teach_politics(life: Life, rank: int, grown: date, is_early: bool) -> None:
    if rank < 2:
        life.learn("political", rank, grown)
        return
    day = _day_of_award(life, earliest=grown, is_early=is_early)
    life.learn("political", life.rng.choice([0, 1]), grown)
    is_paper = day < date(2021, 7, 1) and life.rng.random() < 0.06
    life.learn("political", rank, day, evidence="confirmation" if is_paper else "diploma")


def _teach_the_rest(life: Life, role: Role, target: Target, grown: date) -> None:
    rng = life.rng
    late = a_day(rng, max(grown, date(2008, 1, 1)), date(2019, 12, 1))
    if role.group in ("leader", "head", "civil"):
        _teach_an_official(life, role, late)
    if rng.random() < 0.35:
        language = rng.choice(["Tiếng Anh", "Tiếng Anh", "Tiếng Trung"])
        life.learn(
            "language", rng.choice([1, 2, 2, 3]), late, evidence="certificate", language=language
        )
    contents = list(PARTY_CONTENTS) if target.has_trainings else []
    if target.is_economist:
        contents.append("economic_management")
    if role.name == "justice":
        contents.append("civil_status")
    for content in contents:
        _train_in_time(life, content)


def _teach_an_official(life: Life, role: Role, late: date) -> None:
    rng = life.rng
    life.learn("it", rng.choice([2, 2, 3]), late, evidence="certificate")
    if rng.random() < 0.7:
        life.learn("state_management", rng.choice([1, 2, 2]), late, evidence="certificate")
    life.learn("defence", 2 if role.group == "leader" else 1, late, evidence="certificate")
    if rng.random() < 0.5:
        life.train("office_title", date(2016, 1, 1), date(2022, 12, 1))


def _train_in_time(life: Life, content: str) -> None:
    drawn = life.rng.random()
    first, last = date(2014, 3, 1), date(2021, 11, 30)
    if drawn < 0.03:
        first, last = date(2023, 1, 10), TODAY
    elif drawn < 0.09:
        first, last = date(2022, 1, 10), date(2022, 12, 20)
    life.train(content, first, last)
