"""The population of 08/06/2023 and those who served before it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cadres.demo.levels import Target, teach
from cadres.demo.lives import TODAY, Catalogue, Life
from cadres.demo.people import Inventor, a_day, partly
from cadres.demo.places import HUNG_SON, MERGED, QUAN_CHU, Place, origins_of_quan_chu, places
from cadres.demo.roles import (
    COMMANDER,
    DEPUTIES,
    HEADS,
    JUSTICE,
    LEADERS,
    OFFICE_HEAD,
    OLD_POLICE,
    POLICE,
    VILLAGE,
    Role,
    officers,
)
from daitu_portal.dates import PartialDate

EIGHT_OFFICERS = ("Na Mao", "Vạn Thọ", "Lục Ba", "Khôi Kỳ", "Đức Lương", "Phú Thịnh")
FOUR_DEPUTIES = {
    "Minh Tiến": "veterans_deputy", "Na Mao": "youth_deputy", "Hoàng Nông": "farmers_deputy",
    "Tân Thái": "front_deputy", "La Bằng": "veterans_deputy", "Phú Xuyên": "youth_deputy",
    "Hùng Sơn": "farmers_deputy",
}  # fmt: skip
VACANT_HEAD = ("Đức Lương", "veterans")
WITHOUT_RECORD = {
    ("Phúc Lương", "office_2"), ("Phúc Lương", "building"), ("Minh Tiến", "culture"),
    ("Cát Nê", "culture"),
}  # fmt: skip
COMMANDERS_WITHOUT_DEGREE = 12
NEWCOMERS = 4  # civil servants of less than six months in 2022
POLICE_CAME = (date(2019, 9, 1), date(2021, 11, 30))
RATINGS_OF_2022 = {4: 54, 3: 432, 2: 50, 1: 4}
HEADS_WITHOUT_DEGREE, CIVIL = 12, 255
# Deputies by (professional, political) at 08/06/2023: both, LLCT alone, chuyên môn alone, neither.
DEPUTY_TARGETS = [(70, True, True), (18, False, True), (26, True, False), (24, False, False)]
# Civil servants who are neither commanders nor in the committee: with degree and LLCT, degree
# alone, LLCT alone, neither (the four without a record among the last).
OFFICER_COUNTS = {"both": 94, "degree": 69, "political": 11, "neither": 19}


@dataclass(frozen=True)
class Seat:
    """A role in a place that someone fills on 08/06/2023."""

    place: Place
    role: Role
    kind: str = ""  # of a civil servant: both, degree, political, neither, none (no record)


class Population:
    """Invents everybody; `lives` in the order of their numbers."""

    def __init__(self, seed: int = 20230608) -> None:
        self.rng = random.Random(seed)
        self.catalogue = Catalogue()
        self.inventor = Inventor(self.rng)
        self.places = places()
        self.lives: list[Life] = []
        self.current: list[tuple[Seat, Life]] = []
        quan_chu = next(place for place in self.places if place.name == QUAN_CHU)
        self.origins = origins_of_quan_chu(quan_chu.units[0][0])

    def invent(self) -> list[Life]:
        """Everybody who ever served, the current ones first in each seat."""
        seats = [seat for place in self.places for seat in self._seats(place)]
        newcomers = self._newcomers(seats)
        for seat in self._with_levels(seats):
            self._fill(seat, is_newcomer=(seat.place.name, seat.role.name) in newcomers)
        self._rate()
        return self.lives

    # -- who sits where ---------------------------------------------------------------------------

    def _seats(self, place: Place) -> Iterator[Seat]:
        number = 8 if place.name in EIGHT_OFFICERS else 9
        gap = FOUR_DEPUTIES.get(place.name)
        roles = [*LEADERS, *HEADS, *officers(number), *DEPUTIES, POLICE]
        for role in roles:
            if role.name == gap:
                continue
            is_vacant = (place.name, role.name) == VACANT_HEAD
            yield Seat(place, replace(VILLAGE) if is_vacant else role)

    def _newcomers(self, seats: list[Seat]) -> set[tuple[str, str]]:
        """Four who came after the middle of 2022, in posts that the levels do not single out."""
        found = [
            (seat.place.name, seat.role.name) for seat in seats if seat.role.name == "accounts"
        ]
        return set(self.rng.sample(found, NEWCOMERS))

    def _with_levels(self, seats: list[Seat]) -> list[Seat]:
        """Give each civil servant one of the four kinds, so that the counts come out."""
        civil = [seat for seat in seats if seat.role.group == "civil"]
        kinds: dict[Seat, str] = {}
        commanders = [s for s in civil if s.role == COMMANDER]
        elsewhere = [s for s in commanders if s.place.name != HUNG_SON]
        below = set(self.rng.sample(range(len(elsewhere)), COMMANDERS_WITHOUT_DEGREE))
        for seat in commanders:
            kinds[seat] = "both"
        for number in below:
            kinds[elsewhere[number]] = "political"
        for seat in civil:
            if seat.role == OFFICE_HEAD:
                kinds[seat] = "both"
            elif (seat.place.name, seat.role.name) in WITHOUT_RECORD:
                kinds[seat] = "none"
        rest = [seat for seat in civil if seat not in kinds]
        without_degree = [
            s for s in rest
            if s.role != JUSTICE and s.place.name != HUNG_SON and s.role.name != "accounts"
        ]  # fmt: skip
        lower = self.rng.sample(
            without_degree, OFFICER_COUNTS["political"] + OFFICER_COUNTS["neither"]
        )
        for number, seat in enumerate(lower):
            kinds[seat] = "political" if number < OFFICER_COUNTS["political"] else "neither"
        degrees = [seat for seat in rest if seat not in kinds]
        self.rng.shuffle(degrees)
        for number, seat in enumerate(degrees):
            kinds[seat] = "both" if number < OFFICER_COUNTS["both"] else "degree"
        self._heads = self._draw([s for s in seats if s.role.group == "head"])
        self._deputies = self._draw_deputies([s for s in seats if s.role.group == "deputy"])
        return [replace(seat, kind=kinds.get(seat, "")) for seat in seats]

    def _draw(self, heads: list[Seat]) -> set[tuple[str, str]]:
        """The twelve heads without a degree, none in Hùng Sơn."""
        names = [(s.place.name, s.role.name) for s in heads if s.place.name != HUNG_SON]
        return set(self.rng.sample(names, HEADS_WITHOUT_DEGREE))

    def _draw_deputies(self, deputies: list[Seat]) -> dict[tuple[str, str], tuple[bool, bool]]:
        kinds = [(cm, llct) for number, cm, llct in DEPUTY_TARGETS for _ in range(number)]
        self.rng.shuffle(kinds)
        names = [(seat.place.name, seat.role.name) for seat in deputies]
        return dict(zip(names, kinds, strict=True))

    def _target(self, seat: Seat) -> Target:
        rng, key = self.rng, (seat.place.name, seat.role.name)
        if seat.role.group == "leader":
            return Target(rng.choice([4, 4, 4, 5]), rng.choice([2, 2, 3]), True, True)
        if seat.role.group == "head":
            professional = rng.choice([2, 3]) if key in self._heads else 4
            return Target(professional, 2, True)
        if seat.role.group == "deputy":
            has_profession, has_politics = self._deputies[key]
            professional = rng.choice([2, 2, 3, 4]) if has_profession else rng.choice([0, 1])
            return Target(professional, 2 if has_politics else rng.choice([0, 1, 1]))
        if seat.role.group in ("police", "village"):
            return Target(rng.choice([3, 4]), 2, True)
        return self._target_of_officer(seat)

    def _target_of_officer(self, seat: Seat) -> Target:
        rng = self.rng
        has_trainings = bool(seat.role.seat)
        political = 2 if seat.kind in ("both", "political") else rng.choice([0, 1, 1])
        if seat.kind == "none":
            return Target(None, political, has_trainings)
        if seat.kind in ("both", "degree"):
            return Target(rng.choice([4] * 9 + [5]), political, has_trainings)
        professional = 2 if seat.role == COMMANDER else rng.choice([2, 2, 3])
        return Target(professional, political, has_trainings)

    # -- who serves when --------------------------------------------------------------------------

    def _began(self, seat: Seat, *, is_newcomer: bool) -> date:
        """The first day in the seat."""
        rng = self.rng
        if is_newcomer:
            return a_day(rng, date(2022, 8, 1), date(2023, 4, 1))
        if seat.role == POLICE:
            return a_day(rng, *POLICE_CAME)
        if seat.role.group == "deputy" and rng.random() < 0.12:
            return a_day(rng, date(2022, 7, 1), date(2023, 5, 25))
        drawn = rng.random()
        if seat.kind in ("political", "neither", "none"):
            return a_day(rng, date(2009, 1, 5), date(2019, 11, 30))
        if drawn < 0.3:
            return a_day(rng, date(2009, 1, 5), date(2014, 12, 20))
        if drawn < 0.55:
            return a_day(rng, date(2015, 2, 1), date(2019, 12, 20))
        if drawn < 0.88:
            return a_day(rng, date(2020, 1, 6), date(2021, 12, 20))
        return a_day(rng, date(2022, 1, 4), date(2022, 6, 25))

    def _fill(self, seat: Seat, *, is_newcomer: bool) -> None:
        """Invent who sits there on 08/06/2023, and who sat there before."""
        begins = self._began(seat, is_newcomer=is_newcomer)
        place = seat.place
        if place.name == QUAN_CHU:
            place = self.rng.choice(self.origins)
            other = next(each for each in self.origins if each is not place)
            self._fill_until_merger(seat, other)
        begins = place.not_before(begins)
        life = self._life(seat.role, begins)
        self._serve(life, seat.role, place, begins, None)
        # Who has no degree learned before being recruited; who came late, before coming.
        is_early = is_newcomer or seat.kind in ("political", "neither", "none")
        teach(life, seat.role, self._target(seat), is_early=is_early)
        self._enter_service(life, seat, begins)
        self.current.append((seat, life))
        if begins > date(2015, 1, 31):
            self._precede(seat.role, place, begins)
        if seat.role.name == VILLAGE.name:
            veteran = next(role for role in HEADS if role.name == VACANT_HEAD[1])
            self._precede(veteran, place, date(2023, 3, 1))

    def _fill_until_merger(self, seat: Seat, place: Place) -> None:
        """Someone of the unit whose seat the merger took away: left the day before."""
        begins = a_day(self.rng, date(2010, 1, 5), date(2021, 6, 30))
        if seat.role == POLICE:
            begins = a_day(self.rng, *POLICE_CAME)
        begins = place.not_before(begins)
        life = self._life(seat.role, begins)
        self._serve(life, seat.role, place, begins, MERGED)
        teach(life, seat.role, self._target(seat))
        if begins > date(2015, 1, 31):
            self._precede(seat.role, place, begins)

    def _precede(self, role: Role, place: Place, until: date) -> None:
        """Who held the seat before `until`, less schooled than those of today."""
        if role == POLICE:
            role = OLD_POLICE
        begins = place.not_before(a_day(self.rng, date(2006, 1, 5), date(2014, 6, 30)))
        life = self._life(role, begins)
        self._serve(life, role, place, begins, until)
        rng = self.rng
        is_deputy = role.group == "deputy"
        professional = rng.choice([1, 2, 2, 4] if is_deputy else [2, 2, 3, 4, 4, 4])
        target = Target(
            professional, rng.choice([1, 1, 2] if is_deputy else [1, 2, 2]),
            bool(role.seat) and rng.random() < 0.7, role.group == "leader" and rng.random() < 0.7,
        )  # fmt: skip
        teach(life, role, target, is_early=True)

    def _life(self, role: Role, begins: date) -> Life:
        rng = self.rng
        sex = "F" if rng.random() < role.women else "M"
        age = rng.randint(role.youngest_entry, role.oldest_entry - 1)
        born_on = a_day(rng, date(begins.year - age, 1, 1), date(begins.year - age, 12, 28))
        cadre = self.inventor.person(sex=sex, born_on=born_on)
        life = Life(cadre, born_on, rng, self.catalogue)
        self.lives.append(life)
        return life

    def _serve(
        self, life: Life, role: Role, place: Place, begins: date, until: date | None
    ) -> None:
        life.hold(role.posts, place, begins, until)
        if role.seat:
            life.sit(place, role.seat, begins, until)
        if role.seat or self.rng.random() < 0.6:
            joined = max(begins - timedelta(days=self.rng.randint(400, 3000)),
                         date(life.born_on.year + 19, 1, 1))  # fmt: skip
            life.cadre.party_joined_on = PartialDate.of(joined)
            life.cadre.party_official_on = PartialDate.of(joined + timedelta(days=365))

    def _enter_service(self, life: Life, seat: Seat, begins: date) -> None:
        """The day of recruitment: whole where a transition asks whether it was before a day."""
        if seat.role.group not in ("civil", "head", "leader"):
            return
        is_whole = seat.kind in ("political", "neither", "none")
        life.cadre.recruited_on = (
            PartialDate.of(begins) if is_whole else partly(self.rng, begins, whole=0.8, month=0.2)
        )
        life.cadre.recruited_by = "UBND huyện Đại Từ" if seat.role.group == "civil" else ""

    # -- ratings ----------------------------------------------------------------------------------

    def _rate(self) -> None:
        """Ratings of each year worked; those of 2022 as the district's article says."""
        levels = [level for level, number in RATINGS_OF_2022.items() for _ in range(number)]
        self.rng.shuffle(levels)
        current = {id(life) for _, life in self.current}
        drawn = iter(levels)
        for life in self.lives:
            for year in life.years_to_rate():
                if year == TODAY.year - 1 and id(life) in current:
                    life.rate(year, next(drawn))
                else:
                    life.rate(year, self.rng.choices([4, 3, 2, 1], [8, 76, 15, 1])[0])
        if next(drawn, None) is not None:
            raise AssertionError("more ratings of 2022 than people to rate")
