"""Larger sets of the same shape for measuring: invented communes, no fixed figures."""

import random
from collections.abc import Iterator
from datetime import date

from cadres.demo.copies import copy_communes
from cadres.demo.levels import Target, teach
from cadres.demo.lives import Catalogue, Life, save_all
from cadres.demo.people import Inventor, a_day
from cadres.demo.places import ABOLISHED, Place
from cadres.demo.records import fill_pay
from cadres.demo.roles import DEPUTIES, HEADS, LEADERS, POLICE, Role, officers
from cadres.models import Commune

BEGAN = date(2004, 1, 1)
_INVENTED = 100  # communes
# Codes of five digits from 10000 on, each for a province of its own length; none is real.
_FIRST_CODE = 20_000
_SYLLABLES = ("An", "Bình", "Cao", "Đông", "Hà", "Khê", "Lâm", "Minh", "Phú", "Quang", "Sơn",
              "Tân", "Thạch", "Vân", "Xuân", "Yên")  # fmt: skip


def seed(people: int, communes: int) -> None:
    """`people` people in `communes` invented communes, about as many in each.

    The first communes are invented person by person; the others are copies of them with numbers of
    their own, made by the database: inventing 220 000 lives one by one takes a quarter of an hour.
    """
    rng = random.Random(220_000)
    units = _units(communes)
    catalogue, inventor = Catalogue(), Inventor(rng)
    whole = min(communes, _INVENTED)
    each = people // communes
    lives: list[Life] = []
    for number, unit in enumerate(units[:whole]):
        place = Place(unit.short_name, ((unit, unit.valid_from),))
        # What does not divide evenly goes to the first communes.
        extra = (people - each * communes) if number == 0 else 0
        lives += _staff(rng, catalogue, inventor, place, each + extra)
    fill_pay(lives)
    save_all(lives)
    copy_communes(units, whole, extra=people - each * communes)


def _units(number: int) -> list[Commune]:
    """The communes; the district's own stand beside them, without people."""
    rows = []
    for each in range(number):
        words = [_SYLLABLES[each % 16], _SYLLABLES[each // 16 % 16]]
        name = f"{' '.join(words)} {each + 1}"
        rows.append(
            Commune(
                code=f"{_FIRST_CODE + each:05d}",
                name=f"Xã {name}",
                short_name=name,
                kind="xa",
                district_code=f"{600 + each // 29 % 400:03d}",
                province_code=f"{40 + each // 320 % 60:02d}",
                valid_from=BEGAN,
                valid_to=ABOLISHED,
                note="giả định",
            )
        )
    return Commune.objects.bulk_create(rows, batch_size=500)


def _staff(
    rng: random.Random, catalogue: Catalogue, inventor: Inventor, place: Place, number: int
) -> Iterator[Life]:
    """`number` people who fill the roles of a commune in turn, then precede each other."""
    roles = [*LEADERS, *HEADS, *officers(9), *DEPUTIES, POLICE]
    for place_in_staff in range(number):
        role = roles[place_in_staff % len(roles)]
        is_current = place_in_staff < len(roles)
        begins = a_day(rng, date(2010, 1, 5), date(2022, 6, 25))
        life = _life(rng, catalogue, inventor, role, begins)
        until = None if is_current else a_day(rng, date(2022, 7, 1), date(2023, 5, 1))
        life.hold(role.posts, place, begins, until)
        if role.seat:
            life.sit(place, role.seat, begins, until)
        professional = rng.choice([2, 3, 4, 4, 4, 4, None]) if role.group == "civil" else 4
        teach(life, role, Target(professional, rng.choice([1, 2, 2]), bool(role.seat)))
        for year in life.years_to_rate()[-2:]:
            life.rate(year, rng.choices([4, 3, 2, 1], [8, 76, 15, 1])[0])
        yield life


def _life(
    rng: random.Random, catalogue: Catalogue, inventor: Inventor, role: Role, begins: date
) -> Life:
    age = rng.randint(role.youngest_entry, role.oldest_entry - 1)
    born_on = a_day(rng, date(begins.year - age, 1, 1), date(begins.year - age, 12, 28))
    sex = "F" if rng.random() < role.women else "M"
    return Life(inventor.person(sex=sex, born_on=born_on), born_on, rng, catalogue)
