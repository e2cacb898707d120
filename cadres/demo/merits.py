"""Invented awards, discipline and states of the demo's people: few, past, and without effect on a
figure."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from cadres.demo.lives import TODAY, Life
from cadres.demo.people import a_day
from cadres.models import Award, Discipline, Status
from daitu_portal.dates import add_months, years_between

DISCIPLINED = 10
_ISSUER = "UBND huyện Đại Từ"


def add_awards(life: Life, rng: random.Random) -> None:
    """Titles of the last four rated years, and the badge of thirty years in the Party."""
    for rating in life.ratings[-4:]:
        drawn = rng.random()
        if rating.level == 4 and drawn < 0.5:
            _award(life, rng, "fighter_base", rating.year, _ISSUER)
        elif rating.level >= 3 and drawn < 0.6:
            _award(life, rng, "advanced", rating.year, life.holdings[-1].commune.name)
        elif rating.level >= 3 and drawn > 0.94:
            _award(life, rng, "certificate", rating.year, _ISSUER)
    joined = life.cadre.party_joined_on
    if joined and joined.year + 30 <= TODAY.year - 1:
        _award(life, rng, "party_badge", joined.year + 30, "Tỉnh ủy Thái Nguyên", system="party",
               detail="Huy hiệu 30 năm tuổi Đảng")  # fmt: skip


def _award(life: Life, rng: random.Random, kind: str, year: int, issuer: str, **more) -> None:
    life.add(
        Award(
            cadre=life.cadre, kind=kind, year=year, decided_on=date(year, 12, 20), issuer=issuer,
            decision_number=f"{rng.randint(1, 999)}/QĐ-GĐ", **more,
        )
    )  # fmt: skip


def discipline_some(lives: Sequence[Life]) -> None:
    """Some of those who failed a year were disciplined in it: as the law reads a failed year."""
    failed = [
        (life, rating.year)
        for life in lives
        for rating in life.ratings
        if rating.level == 1 and rating.year >= 2016 and _is_no_leader(life)
    ]
    for number, (life, year) in enumerate(failed[:DISCIPLINED]):
        day = date(year, 3 + number % 8, 10)
        is_party = bool(life.cadre.party_joined_on) and number % 3 == 2
        life.add(
            Discipline(
                cadre=life.cadre, system="party" if is_party else "state",
                form="warning" if number % 4 == 1 else "reprimand",
                reason=("work", "failed", "lifestyle", "ethics")[number % 4],
                decided_on=day, effective_on=day, ends_on=add_months(day, 12),
                decision_number=f"{10 + number}/QĐ-GĐ",
                issuer="Ban Thường vụ Huyện ủy" if is_party else _ISSUER, note="dữ liệu mẫu",
            )
        )  # fmt: skip


def _is_no_leader(life: Life) -> bool:
    return not any(each.post.code < "CB07" for each in life.holdings)


def add_status(life: Life, rng: random.Random) -> None:
    """What became of those who left, and what some of those at work are doing."""
    ends = [each.valid_to for each in life.holdings]
    if all(end and end <= TODAY for end in ends):
        _leave(life, rng, max(end for end in ends if end))
    elif life.holdings[0].post.code == "CB02" and rng.random() < 0.1:
        first = life.holdings[0]
        life.add(
            Status(
                cadre=life.cadre, kind="rotated", from_district=True, valid_from=first.valid_from,
                valid_to=first.valid_to, place=life.holdings[-1].commune.name,
                decision_number=first.decision_number,
            )
        )  # fmt: skip
    elif life.cadre.sex == "F" and life.born_on.year >= 1988 and rng.random() < 0.08:
        since = a_day(rng, date(2023, 1, 5), TODAY - timedelta(days=20))
        life.add(Status(cadre=life.cadre, kind="maternity", valid_from=since,
                        valid_to=add_months(since, 6)))  # fmt: skip
    elif rng.random() < 0.01:
        life.add(Status(cadre=life.cadre, kind="study", valid_from=date(2022, 9, 5),
                        valid_to=date(2023, 7, 1), place="Trường Chính trị tỉnh"))  # fmt: skip


def _leave(life: Life, rng: random.Random, day: date) -> None:
    age = years_between(life.born_on, day)
    told = {"decision_number": f"{rng.randint(1, 999)}/QĐ-GĐ", "valid_from": day}
    if age >= (60 if life.cadre.sex == "M" else 55):
        life.add(Status(cadre=life.cadre, kind="retired", scheme="age", **told))
    elif age >= 52:
        life.add(Status(cadre=life.cadre, kind="retired", scheme="early", **told))
    else:
        kind = rng.choice(["moved", "moved", "resigned"])
        place = "Cơ quan khác (giả định)" if kind == "moved" else ""
        life.add(Status(cadre=life.cadre, kind=kind, place=place, **told))
