"""Assessments of competences in the demo: of two communes, some confirmed, some waiting."""

import random
from datetime import date

from accounts.models import User
from cadres.models import Cadre
from training.assessing import confirm, enter
from training.competences import Line, competences_of_people

DAY, ON = date(2023, 6, 8), date(2023, 4, 28)
PEOPLE = 10
CONFIRMED = ("hungson",)  # the head of the other has not looked at them yet
ENTERED = ("hungson", "quanchu")


def seed(seed_number: int = 20230428) -> None:
    """Of the first people of Hùng Sơn, mostly confirmed, and of Quân Chu, all waiting."""
    rng = random.Random(seed_number)
    for unit in ENTERED:
        clerk = User.objects.get(username=f"xa.{unit}")
        made = _enter(rng, clerk)
        if unit in CONFIRMED:
            head = User.objects.get(username=f"chutich.{unit}")
            confirm([each for each in made if rng.random() < 0.8], by=head)


def _enter(rng: random.Random, clerk: User) -> list[int]:
    """The keys of what the clerk enters: for each person what the posts ask, but the last."""
    people = list(Cadre.objects.visible_to(clerk).serving(DAY).order_by("code")[:PEOPLE])
    asked = competences_of_people([each.pk for each in people], DAY)
    made = []
    for cadre in people:
        levels = {line.competence: _level(rng, line) for line in asked[cadre.pk][:-1]}
        rows = enter(cadre, levels, by=clerk, on=ON, note="Phiếu đánh giá mẫu")
        made += [each.pk for each in rows]
    return made


def _level(rng: random.Random, line: Line) -> int:
    """About the level asked: one below more often than one above."""
    asked = line.asked or 1
    drawn = asked + rng.choices([-1, 0, 1], [3, 6, 1])[0]
    return min(max(drawn, 0), len(line.competence.levels))
