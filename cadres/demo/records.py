"""What a whole record holds beside what figures ask, for each invented person."""

import random
from collections.abc import Sequence

from cadres.demo.lives import Life
from cadres.demo.merits import add_awards, add_status, discipline_some
from cadres.demo.pay import add_allowances, add_steps
from cadres.demo.profiles import (
    add_affiliations,
    add_family,
    add_profile,
    add_studies,
    add_work,
)

_PARTS = (add_profile, add_family, add_work, add_affiliations, add_studies, add_steps,
          add_allowances, add_awards, add_status)  # fmt: skip


def fill_records(lives: Sequence[Life]) -> None:
    """Add the rest of each record. Each person has a generator of the own code: who is added or
    left out moves nobody else's record, and no figure."""
    for life in lives:
        rng = random.Random(f"record of {life.cadre.code}")
        if life.holdings:
            for part in _PARTS:
                part(life, rng)
    discipline_some([life for life in lives if life.holdings])


def fill_pay(lives: Sequence[Life]) -> None:
    """Profile, pay and states alone, for the larger sets."""
    for life in lives:
        rng = random.Random(f"record of {life.cadre.code}")
        if life.holdings:
            for part in (add_profile, add_steps, add_status):
                part(life, rng)
